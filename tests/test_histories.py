"""Sizes over time, each on the scope on which it was stated: made-up series, by hand."""

from __future__ import annotations

import pytest

from citygap import histories as h
from citygap.quantity import NotComparable
from citygap.tables import NoObservation
from small_tables import observed

CORE, INDUSTRY = "ai_core_scale", "ai_industry_scale"


def core(period, value, place="hefei", **more):
    return observed(place, CORE, period, value, **more)


def test_a_series_is_in_order_of_time_and_of_whole_years(made_up):
    made_up(observations=[
        core("2024", 400), core("2022", 100), core("2023H1", 90), core("2023-01/2023-09", 150),
        observed("hefei", INDUSTRY, "2023", 999),
    ])  # fmt: skip
    assert [(q.period, q.middle) for q in h.series("hefei", CORE)] == [("2022", 100), ("2024", 400)]
    assert h.series("wuhan", CORE) == []


def test_weak_readings_and_forecasts_are_no_sizes(made_up):
    made_up(observations=[
        core("2022", 100, confidence="low"), core("2023", 200, bound="expected"),
        core("2024", 300), core("2024", 900, bound="expected", source="t"),
        core("2024", 10, confidence="low", source="u"),
    ])  # fmt: skip
    (only,) = h.series("hefei", CORE)
    assert 300 in only and only.high < 310 and not only.forecast
    assert only.sources == ("s",)


def test_a_year_is_all_that_its_sources_allow_in_any_order(made_up):
    made_up(observations=[core("2024", 340, source="t"), core("2024", 300)])
    (only,) = h.series("hefei", CORE)
    assert 300 in only and 340 in only and only.period == "2024"


def test_a_size_printed_as_part_of_the_provinces_says_so_and_is_hollow(made_up):
    made_up(observations=[core("2023", 800, "shenzhen"), core("2024", 900, "shenzhen")])
    found = h.marks(["shenzhen"])
    assert [(m.quantity.period, m.hollow, h.AS_PART in m.quantity.caveat) for m in found] == [
        ("2023", True, True), ("2024", False, False),
    ]  # fmt: skip


def test_a_published_share_of_the_province_gives_a_size_that_is_marked(made_up):
    made_up(observations=[
        observed("hangzhou", "ai_share_of_province", "2020", "50.0", unit="%"),
        observed("zhejiang", INDUSTRY, "2020", 2000),
    ])  # fmt: skip
    q = h.from_province("hangzhou", "2020")
    assert 1000 in q and (q.unit, q.place, q.period) == ("1e8 CNY", "hangzhou", "2020")
    assert h.AS_SHARE in q.caveat and q.scope == h.book.observe("zhejiang", INDUSTRY, "2020").scope
    assert [(m.row, m.hollow) for m in h.marks(["hangzhou"])] == [("industry", True)]


@pytest.mark.parametrize("left", ["share", "whole"])
def test_without_the_share_or_the_whole_there_is_no_size(made_up, left):
    rows = {
        "share": observed("hangzhou", "ai_share_of_province", "2020", "50", unit="%"),
        "whole": observed("zhejiang", INDUSTRY, "2020", 2000),
    }
    made_up(observations=[rows[left]])
    with pytest.raises(NoObservation):
        h.from_province("hangzhou", "2020")
    assert h.marks(["hangzhou"]) == []


def test_the_longest_run_is_on_one_scope(made_up):
    made_up(observations=[
        core("2018", 10), core("2021", 20), core("2022", 30),
        observed("hefei", INDUSTRY, "2024", 99), core("2024", 5, "wuhan"),
    ])  # fmt: skip
    assert h.longest("hefei") == 4
    assert h.longest("wuhan") == 0
    with pytest.raises(NoObservation, match="no size of xian"):
        h.longest("xian")


def test_growth_is_compound_and_in_percent(made_up):
    made_up(observations=[core("2020", "100.000"), core("2022", "144.000")])
    q = h.growth("hefei", CORE, "2020", "2022")
    assert 20 in q and q.unit == "%" and q.high - q.low < 0.01
    with pytest.raises(NoObservation):
        h.growth("hefei", CORE, "2020", "2024")


def test_two_scopes_are_never_one_series(made_up):
    made = made_up(observations=[core("2020", 100), observed("hefei", INDUSTRY, "2022", 900)])
    assert {m.row for m in h.marks(["hefei"])} == {"core", "industry"}
    with pytest.raises(NotComparable):
        h.gap.growth(made.observe("hefei", CORE), made.observe("hefei", INDUSTRY), 2)
