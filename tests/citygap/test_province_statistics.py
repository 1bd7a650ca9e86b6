"""National statistics by province: who is first, where only a lower end is known, and shares."""

from __future__ import annotations

import pytest

from citygap.comparison import province_statistics as statistics
from citygap.data.tables import book
from citygap.quantity.three_valued import Answer
from tests.small_tables import observed

YES, NO, CANNOT_TELL = Answer.YES, Answer.NO, Answer.CANNOT_TELL
STANDARDS = "standards_secretariats"


def standards(beijing, shanghai, china, bound="at_least"):
    return [
        observed("beijing", STANDARDS, "2022", beijing),
        observed("shanghai", STANDARDS, "2022", shanghai, bound=bound),
        observed("china", STANDARDS, "2022", china),
    ]


@pytest.mark.parametrize("beijing, shanghai, china, answer", [
    (60, 30, 100, YES),  # Shanghai has at most the 40 that are left
    (40, 30, 100, CANNOT_TELL),  # it may have 30 or up to 60
    (20, 30, 100, NO),
])  # fmt: skip
def test_an_open_end_is_bounded_by_what_the_nation_has_left(made_up, beijing, shanghai, china, answer):
    made_up(observations=standards(beijing, shanghai, china))
    assert statistics.first("standards", "beijing") is answer


def test_a_place_sells_more_than_it_buys_or_not(made_up):
    made_up(observations=[
        observed(place, f"technology_contracts_{side}", "2023", value)
        for place, sold, bought in (("beijing", 50, 30), ("chongqing", 30, 50), ("hubei", 40, 45))
        for side, value in (("sold", sold), ("bought", bought))
    ])  # fmt: skip
    found = map(statistics.sells_more_technology_than_it_buys, ("beijing", "chongqing", "hubei"))
    assert list(found) == [YES, NO, NO]


def test_without_a_national_figure_the_mainland_is_the_whole(made_up):
    made_up(observations=[
        observed(place, "openrank_developers", "2024", value)
        for place, value in (("beijing", 300), ("shanghai", 100), ("hong_kong", 600))
    ])  # fmt: skip
    assert statistics.STATISTICS["developers"].share("beijing").middle == pytest.approx(75, abs=0.2)


@pytest.mark.parametrize("guangdong, leads", [(90, YES), (40, NO)])
def test_a_system_is_led_on_all_its_statistics_or_not(made_up, guangdong, leads):
    made_up(observations=[
        observed("beijing", "hightech_manufacturing_revenue", "2023", 10),
        observed("guangdong", "hightech_manufacturing_revenue", "2023", 90),
        observed("beijing", "electronics_industry_revenue", "2023", 50),
        observed("guangdong", "electronics_industry_revenue", "2023", guangdong),
    ])  # fmt: skip
    assert statistics.first_in("hardware", "guangdong") is leads
    assert statistics.first_in("hardware", "beijing") is NO
    assert statistics.ahead("electronics", "guangdong", ["beijing"]) is leads


@pytest.mark.parametrize("key", statistics.STATISTICS)
def test_shares_of_the_provinces_fill_the_nation(key):
    """All but the list of which only lower ends are known, and contracts from outside the mainland."""
    statistic = statistics.STATISTICS[key]
    whole = sum(statistic.of(p).low for p in statistic.provinces())
    assert whole <= statistic.nation().high * 1.0001
    assert all(book.province(p) == p for p in statistic.provinces())
    if key != "standards":
        assert len(statistic.provinces()) == 31 and whole > 0.9 * statistic.nation().low
