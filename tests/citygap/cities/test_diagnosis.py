"""The diagnosis of any city is that of Chongqing with another city in its place."""

from __future__ import annotations

import math

import pytest

from citygap.cities import diagnosis
from citygap.comparison import comparable_counts
from citygap.data.tables import book
from citygap.quantity.quantity import reading_rules

CITIES = diagnosis.main_cities()


@pytest.fixture(scope="module")
def base() -> diagnosis.Known:
    return diagnosis.known()


@pytest.fixture(scope="module")
def all_of_them(base) -> dict[str, diagnosis.Diagnosis]:
    return {place: diagnosis.diagnosis(place, base) for place in CITIES}


def test_there_are_fourteen_main_cities_chongqing_first():
    assert len(CITIES) == 14 and CITIES[0] == "chongqing"


def test_the_multiples_of_chongqing_are_those_of_the_chapter(all_of_them):
    marks = comparable_counts.multiples(diagnosis.PEERS + diagnosis.HEADS)
    assert len(marks) > 50
    found = {(c.yardstick.label, c.place): c for c in all_of_them["chongqing"].comparisons}
    for mark in marks:
        own = found[mark.row, mark.place]
        assert own.quantity.bounds == mark.quantity.bounds, mark
        assert own.mark.hollow == mark.hollow, mark


def test_the_span_of_the_head_cities_is_that_of_the_chapter(all_of_them):
    marks = comparable_counts.multiples(diagnosis.PEERS + diagnosis.HEADS)
    assert all_of_them["chongqing"].heads.bounds == comparable_counts.span(marks, diagnosis.HEADS).bounds


def test_two_cities_see_one_another_upside_down(all_of_them):
    compared = 0
    for comparison in all_of_them["chongqing"].comparisons:
        back = all_of_them[comparison.place].of(comparison.yardstick.key, "chongqing")
        if comparison.limit or comparison.weak or comparison.quantity.low == 0:
            continue
        assert back is not None and not back.limit
        low, high = comparison.quantity.bounds
        assert back.quantity.low == pytest.approx(1 / high)
        assert back.quantity.high == pytest.approx(1 / low)
        compared += 1
    assert compared > 50


def test_a_province_gives_at_most_for_its_city_and_at_least_as_a_base(all_of_them):
    at_most = all_of_them["chongqing"].of("filings", "chengdu")
    assert (at_most.limit, at_most.text[:8]) == ("at most", "at most ")
    at_least = all_of_them["chengdu"].of("filings", "chongqing")
    assert (at_least.limit, at_least.text[:9]) == ("at least", "at least ")


def test_two_provinces_say_nothing_of_their_cities(all_of_them):
    assert all_of_them["chengdu"].of("filings", "xian") is None
    assert all_of_them["nanjing"].of("filings", "suzhou") is None  # of one province
    assert all_of_them["beijing"].of("filings", "shanghai") is not None


def test_what_a_complete_list_lacks_is_absent_and_never_a_divisor(all_of_them):
    found = all_of_them["chongqing"]
    assert "Notable models 2023-26" in found.absent
    assert not [c for c in found.comparisons if c.yardstick.key == "models"]
    assert all(math.isfinite(c.quantity.low) for d in all_of_them.values() for c in d.comparisons)


def test_every_yardstick_is_known_or_named_as_not_known(all_of_them):
    for found in all_of_them.values():
        labels = [yardstick.label for yardstick in comparable_counts.YARDSTICKS]
        known = [comparable_counts.YARDSTICK[key].label for key in found.own]
        assert sorted(known + list(found.unknown)) == sorted(labels), found.place


def test_growth_is_that_of_the_plan_and_only_where_there_is_one(all_of_them):
    (growth,) = all_of_them["chongqing"].growth
    assert growth.quantity == growth.path.growth and growth.of == 9
    assert growth.ranks[0] <= growth.ranks[1] <= 9
    assert all_of_them["xian"].growth == ()


def test_weights_leave_out_provinces(all_of_them):
    rows = {mark.row for mark in all_of_them["chengdu"].weights}
    assert rows == {"AI firms on a list 2018"}
    by_hand = (265 / book.observe("beijing", "gdp", "2023").middle) / (
        6 / book.observe("chongqing", "gdp", "2023").middle
    )
    beijing = [m for m in all_of_them["chongqing"].weights
               if m.place == "beijing" and m.row == "AI firms on a list 2018"]
    assert beijing[0].quantity.middle == pytest.approx(by_hand, rel=1e-3)


def test_other_reading_rules_give_another_diagnosis():
    with reading_rules(width=5):
        wide = diagnosis.diagnosis("wuhan").of("gdp", "beijing").quantity
    narrow = diagnosis.diagnosis("wuhan").of("gdp", "beijing").quantity
    assert wide.high - wide.low > narrow.high - narrow.low


def test_a_place_without_a_role_has_no_diagnosis():
    with pytest.raises(ValueError, match="not one of the main cities"):
        diagnosis.diagnosis("jinan")


def test_every_figure_of_a_city_is_the_one_that_speaks():
    found = diagnosis.figures("beijing")
    frame = book.table("observations")
    pairs = frame[frame["place"] == "beijing"][["indicator", "period"]].drop_duplicates()
    assert len(found) == len(pairs) > 50
    for figure in found:
        assert figure.quantity == book.observe("beijing", figure.indicator, figure.quantity.period)


def test_claims_that_name_a_city_name_it_as_a_word():
    found = [row["claim"] for row in diagnosis.claims_naming("xian")]
    assert "C10" in found and "C01" not in found


def test_lists_count_a_city_without_an_entry_as_zero():
    found = {(title, column): q for title, column, q in diagnosis.counts("chongqing")}
    models = [q for (title, _), q in found.items() if "models" in title.lower()]
    assert models and models[0].bounds == (0, 0)
    assert found["AI firms by city, 2018", "companies"].middle == 6
