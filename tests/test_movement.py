"""Shares on two dates, rankings and the world, from made-up rows and values worked by hand."""

from __future__ import annotations

import pytest
from made_up import sharp, upside_down, use

from citygap import movement
from citygap.answers import Answer
from citygap.charts import Shift
from citygap.quantity import Quantity, exactly
from citygap.tables import NoObservation

DEALS = """
2013, beijing, 5, 5, 50
2013, wuhan, 5, 5, 50
2018, beijing, 8, 8, 30
2018, wuhan, 1, 1, 50
2018, chengdu, 1, 1, 20
"""


@pytest.fixture(autouse=True)
def points():
    with sharp():
        yield


def test_the_four_largest_and_one_place_of_a_list(monkeypatch):
    use(monkeypatch, ai_deals_by_city="""
        2013, beijing, 40
        2013, shanghai, 20
        2013, wuhan, 15
        2013, xian, 15
        2013, hefei, 10
        2014, hefei, 900""")
    assert movement.four("ai-deals-by-city", "deals", ["2013"]).middle == pytest.approx(90)
    beijing = movement.of_one("beijing", "ai-deals-by-city", "deals", ["2013"])
    assert (beijing.middle, beijing.unit, beijing.place) == (pytest.approx(40), "%", "beijing")
    both = movement.of_one("hefei", "ai-deals-by-city", "deals", ["2013", "2014"])
    assert both.middle == pytest.approx(91)
    with pytest.raises(LookupError):
        movement.of_one("beijing", "ai-deals-by-city", "deals", ["2014"])
    with pytest.raises(NoObservation):
        movement.four("ai-deals-by-city", "deals", ["2015"])


def test_a_share_in_the_nation_holds_what_the_sources_leave_open(monkeypatch):
    use(monkeypatch, observations="""
        beijing, ai_core_scale, 2024, 300
        beijing, ai_core_scale, 2024, 350, exact, second2026
        china, ai_core_scale, 2024, 1000""")
    found = movement.of_nation("beijing", "ai_core_scale", "2024")
    assert found.bounds == pytest.approx((30, 35)) and found.unit == "%"
    with pytest.raises(NoObservation):
        movement.of_nation("beijing", "ai_core_scale", "2025")


def test_a_part_above_its_whole_is_no_share(monkeypatch):
    use(monkeypatch, observations="""
        beijing, ai_core_scale, 2024, 300
        china, ai_core_scale, 2024, 100""")
    with pytest.raises(ValueError, match="no share"):
        movement.of_nation("beijing", "ai_core_scale", "2024")


def test_series_with_both_dates_are_kept_and_the_largest_rise_is_first(monkeypatch):
    use(monkeypatch, ai_deals_by_city=DEALS, observations="""
        beijing, ai_firms_share_province_xinhua, 2017, 40
        beijing, ai_core_scale, 2024, 30
        china, ai_core_scale, 2024, 100
        beijing, ai_core_scale, 2025, 45
        china, ai_core_scale, 2025, 100""")
    found = movement.in_china()
    assert [(each.row, round(each.first.middle), round(each.last.middle)) for each in found] == [
        ("Beijing, AI deals", 50, 80),
        ("Beijing, core industry", 30, 45),
        ("Four cities, AI deals", 100, 100),
        ("Four cities, AI money*", 100, 100),
        ("Beijing, AI money*", 50, 30),
    ], "the share of firms has one date"
    assert movement.tally(found) == (2, 1, 2)


def test_without_rows_no_series_is_left(monkeypatch):
    use(monkeypatch)
    assert movement.in_china() == [] and movement.tally([]) == (0, 0, 0)


def test_overlapping_bounds_are_neither_a_rise_nor_a_fall():
    shift = Shift("r", "beijing", Quantity(40, 45, "%"), Quantity(44, 50, "%"))
    assert shift.rose is Answer.CANNOT_TELL and movement.tally([shift]) == (0, 0, 1)


# ------------------------------------------------------------------------------ the order of cities


def test_the_order_of_places_in_a_list_does_not_matter_to_their_ranks():
    part = {"a": exactly(9), "b": exactly(5), "c": exactly(1)}
    other = {"c": exactly(2), "a": exactly(3), "b": exactly(8)}
    # ranks 3, 2, 1 against 2, 3, 1: 1 - 6 * 2 / (3 * 8)
    for last in (other, dict(reversed(other.items()))):
        assert movement.rank_correlation(part, last).middle == pytest.approx(0.5)
    assert movement.rank_correlation(part, part).bounds == pytest.approx((1, 1))


def test_equal_counts_share_their_rank():
    tied = {"a": exactly(5), "b": exactly(5), "c": exactly(1)}  # ranks 2.5, 2.5 and 1
    order = {"a": exactly(9), "b": exactly(5), "c": exactly(1)}  # ranks 3, 2 and 1
    assert movement.rank_correlation(tied, order).middle == pytest.approx(1.5 / (1.5 * 2) ** 0.5)


YEARS = """
2013, beijing, 3
2013, shanghai, 3
2013, wuhan, 1
2014, beijing, 2
2014, wuhan, 2
2014, shanghai, 1
2015, wuhan, 5
2016, beijing, 5
2017, beijing, 1
2017, shanghai, 1
2017, wuhan, 1
2018, shanghai, 4
2018, beijing, 3
2018, xian, 2
"""


@pytest.mark.parametrize("rows", [YEARS, upside_down(YEARS)])
def test_years_in_which_places_had_the_most(monkeypatch, rows):
    use(monkeypatch, ai_deals_by_city=rows)
    assert movement.years_leading(["beijing"]) == 4  # 2013, 2014 and 2017 with ties, 2016 alone
    assert movement.years_leading(["beijing", "shanghai"]) == 3  # 2013, 2017, 2018


def test_a_year_with_fewer_places_than_are_asked_for_is_led_by_none(monkeypatch):
    use(monkeypatch, ai_deals_by_city=YEARS)
    assert movement.years_leading(["beijing", "shanghai", "wuhan"]) == 3  # 2013, 2014, 2017
    assert movement.years_leading([*"abcd"]) == 0


@pytest.mark.parametrize("turn", [str.strip, upside_down])
def test_the_first_places_of_a_ranking(monkeypatch, turn):
    use(monkeypatch, rankings=turn("""
        r1, overall, hefei, 10
        r1, overall, beijing, 1
        r1, overall, wuhan, 2
        r1, overall, chongqing,
        r1, talent, xian, 1
        r2, overall, chengdu, 1"""))
    assert movement.ranked("r1", "overall", 2) == ["beijing", "wuhan"]
    assert movement.ranked("r1", "overall", 9) == ["beijing", "wuhan", "hefei"], "a rank is a number"
    assert movement.ranked("r3", "overall", 5) == []


# --------------------------------------------------------------------------------------- the world

WORLD = """
world, private_ai_investment_cset, 2024, 100
united_states, private_ai_investment_cset, 2024, 60
china, private_ai_investment_cset, 2024, 20
"""


def test_the_worlds_index_lies_between_dust_and_one_more_country(monkeypatch):
    use(monkeypatch, observations=WORLD)
    found = movement.world_index("2024")
    assert found.bounds == pytest.approx((0.36 + 0.04, 0.36 + 0.04 + 0.04))
    assert found.period == "2024" and len(found.rows) == 3
    assert movement.of_world("china", "2024").middle == pytest.approx(20)
    with pytest.raises(NoObservation):
        movement.world_index("2023")


def test_a_complete_world_leaves_nothing_open(monkeypatch):
    use(monkeypatch, observations=WORLD.replace("2024, 20", "2024, 40"))
    assert movement.world_index("2024").bounds == pytest.approx((0.52, 0.52))


def test_the_lines_of_the_world_and_its_forecast(monkeypatch):
    years = [row.replace("2024", year) + (", expected" if year == "2025" else "")
             for year in movement.CSET_YEARS for row in WORLD.strip().splitlines()]
    use(monkeypatch, observations="\n".join(years))
    marks = movement.world_marks()
    assert len(marks) == 3 * len(movement.CSET_YEARS)
    assert {m.quantity.period for m in marks if m.hollow} == {"2025"}
    assert {m.quantity.unit for m in marks} == {"ratio"}
    first = {m.row: m.middle for m in marks[:3]}
    assert first["United States"] == pytest.approx(0.6) and first["China"] == pytest.approx(0.2)
    assert set(movement.WORLD_COLOURS) < set(first)


def test_the_lines_of_the_world_need_every_year(monkeypatch):
    use(monkeypatch, observations=WORLD)
    with pytest.raises(NoObservation):
        movement.world_marks()
