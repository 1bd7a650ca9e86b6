"""The tables behind the chapter: worked by hand from the rows of the book, and from made-up ones."""

from __future__ import annotations

import pytest

from citygap.comparison import comparable_counts, filed_models
from citygap.data.corrections import Registers
from citygap.data.tables import book
from citygap.gap import tables


def test_a_share_of_china_is_the_part_over_the_whole():
    shares = tables.shares_of_china()
    assert 100 * 49 / 3834 in shares.loc["algorithms", "chongqing"]
    assert 100 * 10 / 1105 in shares.loc["models", "chongqing"]
    assert 100 * 32193.15 / 1349084 in shares.loc["output", "chongqing"]
    assert shares.loc["research", "beijing"] is None, "Beijing has no figure of that year"


def test_chance_is_told_of_small_counts_alone():
    shares = tables.shares_of_china()
    told = {thing for thing in shares.index if shares.loc[thing, "by_chance"] is not None}
    assert told == {"unicorns", "open_list", "models"}
    own, chance = shares.loc["models", "chongqing"], shares.loc["models", "by_chance"]
    assert chance.low < own.low <= own.high < chance.high


def test_in_proportion_is_the_share_of_output_of_the_whole():
    shares = tables.shares_of_china()
    assert 1105 * 32193.15 / 1349084 in shares.loc["models", "in_proportion"]
    assert tables.location_quotient(shares, "models").middle == pytest.approx(0.379, abs=0.001)


def test_marks_of_shares_go_from_the_largest_to_the_smallest_in_each_group_without_output():
    shares = tables.shares_of_china()
    marks = tables.share_marks(shares)
    ai = [tables.THINGS[thing].label for thing in tables.ABOUT_AI]
    assert [mark.row in ai for mark in marks] == [False] * (len(marks) - len(ai)) + [True] * len(ai)
    for group in (marks[: -len(ai)], marks[-len(ai) :]):
        middles = [mark.middle for mark in group]
        assert middles == sorted(middles, reverse=True)
        assert group[0].row in tables.share_groups(shares)
    assert tables.THINGS["output"].label not in {mark.row for mark in marks}
    assert [mark.row for mark in marks if mark.hollow] == [tables.THINGS["core"].label]


def test_multiples_are_of_cities_and_none_stands_for_a_province():
    times, chance = tables.multiples(), tables.multiples_by_chance()
    assert 294 / 10 in times.loc["models", "beijing"]
    assert times.loc["algorithms", "chengdu"] is None
    per_head = 29.4 / (2183.2 / 3190.47)
    assert times.loc["models_per_head", "beijing"].middle == pytest.approx(per_head, rel=1e-3)
    for row in chance.index:
        for city in chance.columns:
            assert chance.loc[row, city].low < times.loc[row, city].low
            assert chance.loc[row, city].high > times.loc[row, city].high


def test_a_city_whose_models_are_partly_unknown_has_a_range():
    q = tables.filed_multiple("chengdu")
    known = filed_models.in_cities(["chengdu"], filed_models.days()[-1])
    assert q.low == pytest.approx(known.low / 10) and q.high == pytest.approx(known.high / 10)


def test_a_sixth_is_read_in_four_ways_and_beside_counts():
    ratios = tables.sixth()
    assert 171 / 1000 in ratios["aim"] and 171 / 780 in ratios["year_before"]
    assert ratios["printed"].low == min(ratios[k].low for k in ("aim", "pace", "slow_end", "year_before"))
    assert 6 / 18 in ratios["firms"] and 3 / 4 in ratios["open_list"]
    assert ratios["counted"].low == min(ratios[key].low for key in tables.ALIKE)
    for key, q in tables.sixth_by_chance().items():
        assert q.low < ratios[key].low and q.high > ratios[key].high


def test_filed_marks_have_a_band_and_a_line_in_proportion():
    models = tables.filed_models()
    marks = tables.filed_marks(models)
    assert len(marks) == 2 * len(models)
    assert all((mark.place == "china") != (mark.chance is not None) for mark in marks)
    assert not any(mark.hollow for mark in marks)


def test_ranks_add_up():
    ranks = tables.ranks()
    assert 0 < ranks["missing"] < ranks["lists"]
    assert ranks["chengdu"] <= ranks["chengdu_of"] and ranks["xian"] <= ranks["xian_of"]
    assert ranks["filed_first"] <= ranks["filed_last"]


def test_the_opening_rests_on_rows_that_were_read_again():
    registers = Registers(book)
    for key, q in tables.opening().items():
        assert all(registers.reread_row(row) for row in q.rows), key


def test_a_year_of_nine_months_ends_with_a_quarter_no_smaller_than_the_year_before():
    """780, read as 779.5 or more, in 2023; over 800 in nine months, up over 35 per cent: their like of
    2023 was 593, the last quarter of 2023 so 187."""
    found = comparable_counts.at_least_as_before(
        "chengdu", "ai_industry_scale", "2024-01/2024-09", "ai_industry_growth"
    )
    assert found.low == pytest.approx(779.5 + 800 - 800 / 1.35)
    assert found.period == "2024" and comparable_counts.NO_LESS in found.caveat
