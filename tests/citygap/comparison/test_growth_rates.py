"""Growth seen, stated and planned, from made-up rows and values worked by hand."""

from __future__ import annotations

import pytest

from citygap.comparison import growth_rates
from citygap.data.tables import NoObservation
from tests.made_up import sharp, upside_down, use

ROWS = """
beijing, ai_core_scale, 2022, 200
beijing, ai_core_scale, 2024, 242
beijing, ai_core_scale, 2024-01/2024-06, 900
beijing, ai_industry_scale, 2023, 400
beijing, ai_industry_scale, 2024, 500
china, ai_core_scale, 2023, 100
china, ai_core_scale, 2024, 300
chengdu, ai_industry_growth, 2025, 30
chongqing, ai_core_scale, 2024, 100
chongqing, ai_core_growth, 2025, 15
zhejiang, ai_industry_scale, 2020, 100
zhejiang, ai_industry_scale, 2021, 200
wuhan, ai_core_scale, 2024, 100
wuhan, ai_core_scale, 2025, 140, expected
jinan, ai_core_scale, 2022, 100, exact, mirror, low
jinan, ai_core_scale, 2023, 110
"""
BREAKS = "zhejiang, ai_industry_scale, 2020, 2021, another directory"
AIMS = """
chongqing, ai_core_scale, 2027, 172.8
shenzhen, ai_industry_growth, 2026, 20
beijing, ai_core_scale, 2027, 500
"""


@pytest.fixture(autouse=True)
def rows(monkeypatch):
    with sharp():
        use(monkeypatch, observations=ROWS, targets=AIMS, breaks=BREAKS)
        yield


def middles(found) -> dict[str, float]:
    return {each.label: round(each.quantity.middle, 6) for each in found}


def test_growth_is_seen_between_neighbouring_whole_years_of_one_series_and_stated_by_itself():
    assert middles(growth_rates.seen()) == {
        "Beijing 2022-24, core": 10,  # 1.1 squared is 1.21; the half year is no year
        "Beijing 2023-24, industry": 25,
        "China 2023-24, core": 200,
        "Wuhan 2024-25, core": 40,
        "Jinan 2022-23, core": 10,
        "Chengdu 2025, stated": 30,
        "Chongqing 2025, stated": 15,
    }, "two years of Zhejiang count other firms"


def test_growth_of_some_places_only():
    assert set(middles(growth_rates.seen(["chongqing", "wuhan"]))) == {
        "Chongqing 2025, stated", "Wuhan 2024-25, core"}  # fmt: skip
    assert growth_rates.seen([]) == []


def test_a_forecast_or_low_confidence_makes_a_growth_weak():
    weak = {each.label: each.weak for each in growth_rates.seen()}
    assert {label for label, is_weak in weak.items() if is_weak} == {
        "Wuhan 2024-25, core", "Jinan 2022-23, core"}  # fmt: skip
    (wuhan,) = growth_rates.seen(["wuhan"])
    assert (wuhan.mark.row, wuhan.mark.place, wuhan.mark.hollow) == (wuhan.label, "wuhan", True)


def test_a_stated_growth_keeps_that_no_levels_stand_behind_it():
    (stated,) = growth_rates.seen(["chengdu"])
    assert stated.quantity.scope == "" and "without the two levels" in stated.quantity.caveat


def test_all_growth_seen_of_a_place_is_one_range():
    assert growth_rates.observed("beijing").bounds == pytest.approx((10, 25))
    with pytest.raises(NoObservation, match="hangzhou"):
        growth_rates.observed("hangzhou")


def test_the_nation_is_no_place_to_compare_with():
    assert "china" not in {each.place for each in growth_rates.elsewhere()}
    assert growth_rates.fastest().middle == pytest.approx(40), "China's 200 % does not count"


def test_a_plan_needs_growth_from_the_last_count_or_names_one():
    assert growth_rates.planned("chongqing").middle == pytest.approx(20)  # 1.2 cubed is 1.728
    shenzhen = growth_rates.planned("shenzhen")
    assert shenzhen.middle == pytest.approx(20) and shenzhen.forecast and shenzhen.scope == ""
    for place in ("beijing", "jinan", "xian"):  # no count of 2025; no aim; no path at all
        with pytest.raises(NoObservation, match=place):
            growth_rates.planned(place)


def test_without_any_growth_nothing_is_said(monkeypatch):
    use(monkeypatch, observations="beijing, ai_core_scale, 2024, 9")
    assert growth_rates.seen() == []
    with pytest.raises(NoObservation):
        growth_rates.fastest()


def test_the_order_of_rows_does_not_matter(monkeypatch):
    before = middles(growth_rates.seen()), growth_rates.fastest().bounds, growth_rates.observed("beijing").bounds
    use(monkeypatch, observations=upside_down(ROWS), targets=upside_down(AIMS), breaks=BREAKS)
    assert before == (
        middles(growth_rates.seen()), growth_rates.fastest().bounds, growth_rates.observed("beijing").bounds)
