"""Growth among growths, from made-up rows and values worked by hand."""

from __future__ import annotations

import pytest
from made_up import sharp, upside_down, use

from citygap import base_rates
from citygap.quantity import Quantity, exactly

ROWS = """
beijing, ai_core_scale, 2021, 100
beijing, ai_core_scale, 2023, 144
beijing, ai_core_scale, 2024, 180
beijing, ai_core_scale, 2024, 216, exact, second2026
beijing, ai_core_scale, 2024, 999, expected, third2026
beijing, ai_core_scale, 2025, 400, expected
beijing, ai_core_scale, 2024-01/2024-06, 500
wuhan, ai_core_scale, 2024, 50
xian, ai_industry_scale, 2023, 100
xian, ai_industry_scale, 2024, 90
chengdu, rd_intensity, 2020, 3
chengdu, rd_intensity, 2024, 4
"""


@pytest.fixture(autouse=True)
def rows(monkeypatch):
    with sharp():
        use(monkeypatch, observations=ROWS)
        yield


def found(growths) -> dict[tuple, tuple]:
    return {(g.place, g.indicator, g.first, g.last): tuple(round(end, 6) for end in g.quantity.bounds)
            for g in growths}


def test_growth_by_hand_without_forecasts_and_parts_of_years():
    assert found(base_rates.observed(["ai_core_scale", "ai_industry_scale"])) == {
        ("beijing", "ai_core_scale", "2021", "2023"): (20, 20),  # 1.2 squared is 1.44
        # two outcomes of 2024, 180 and 216, leave a range; the forecast of 999 is left out
        ("beijing", "ai_core_scale", "2023", "2024"): (25, 50),
        ("xian", "ai_industry_scale", "2023", "2024"): (-10, -10),
    }


def test_two_outcomes_leave_a_range(monkeypatch):
    use(monkeypatch, observations="\n".join(row for row in ROWS.splitlines() if "999" not in row))
    assert found(base_rates.observed(["ai_core_scale"]))[
        "beijing", "ai_core_scale", "2023", "2024"] == (25, 50)


def test_change_of_a_ratio_is_in_points_a_year():
    (change,) = base_rates.changes(["rd_intensity"])
    assert (change.quantity.middle, change.quantity.unit) == (pytest.approx(0.25), "%")
    assert base_rates.ONE_CHANGE in change.quantity.caveat


def test_places_are_left_out_and_nothing_is_made_up_for_one_year():
    growths = base_rates.observed(["ai_core_scale"], without=["beijing"])
    assert growths == [], "one year of Wuhan is no growth"
    assert base_rates.observed([]) == base_rates.changes(["gdp"]) == []


def test_the_order_of_rows_does_not_matter(monkeypatch):
    before = found(base_rates.observed(base_rates.AI_SCALE))
    use(monkeypatch, observations=upside_down(ROWS))
    assert found(base_rates.observed(base_rates.AI_SCALE)) == before


def seen(*bounds: tuple[float, float]) -> list[base_rates.Growth]:
    return [base_rates.Growth("x", "i", "2020", "2021", Quantity(*pair, "%")) for pair in bounds]


def test_as_fast_is_fast_enough():
    needed = exactly(20, "%")
    assert base_rates.at_least_as_fast(needed, seen((20, 20), (19, 19), (30, 30))) == (2, 2)
    assert base_rates.at_least_as_fast(needed, seen((10, 20), (19, 21), (1, 2))) == (0, 2)
    assert base_rates.at_least_as_fast(needed, []) == (0, 0)
    surely, perhaps = base_rates.at_least_as_fast(Quantity(-1e9, 1e9, "%"), seen((1, 2), (3, 4)))
    assert (surely, perhaps) == (0, 2)


def test_marks_are_filled_and_carry_both_years():
    (mark,) = base_rates.marks("row", seen((1, 2)))
    assert (mark.row, mark.place, mark.hollow) == ("row", "x", False)
    assert mark.quantity.period == "2020/2021" and mark.year == 2021
    assert base_rates.marks("row", []) == []
