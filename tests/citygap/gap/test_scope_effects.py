"""What a definition does to a figure, on made-up figures; the rows of the book are well formed."""

from __future__ import annotations

import math

import pytest

from citygap.data.tables import NoObservation
from citygap.gap import scope_effects as d
from citygap.quantity.quantity import NotComparable
from tests.small_tables import observed

CORE, INDUSTRY = ("ai_core_scale", "2023"), ("ai_industry_scale", "2023")


def aim(place, indicator, period, value, **more):
    return {"place": place, "indicator": indicator, "period": period, "value": value,
            "name_en": indicator, "plan": "P", "as_of": "2020"} | more  # fmt: skip


def test_the_effect_of_a_scope_is_the_wider_figure_over_the_narrower_with_its_reason(made_up):
    made_up(observations=[observed("hefei", *CORE, 800), observed("hefei", *INDUSTRY, 3000)])
    q = d.scope_effect("hefei", CORE, INDUSTRY)
    assert 3000 / 800 in q and q.unit == "ratio"
    assert d.SCOPE_EFFECT in q.caveat and d.YEARS_APART not in q.caveat


def test_figures_of_two_years_say_so(made_up):
    later = ("ai_core_scale", "2025")
    made_up(observations=[observed("hefei", *later, 800), observed("hefei", *INDUSTRY, 3000)])
    assert d.YEARS_APART in d.scope_effect("hefei", later, INDUSTRY).caveat


def test_a_figure_that_was_still_expected_is_drawn_hollow(made_up, monkeypatch):
    rows = (("A", "hefei", CORE, INDUSTRY), ("B", "wuhan", CORE, INDUSTRY))
    monkeypatch.setattr(d, "COUNTED", rows)
    made_up(observations=[
        observed(place, *key, value, bound=bound)
        for place, bound in (("hefei", "exact"), ("wuhan", "expected"))
        for key, value, bound in ((CORE, 800, bound), (INDUSTRY, 3000, "exact"))
    ])  # fmt: skip
    assert [mark.hollow for mark in d.marks()] == [False, True]


def test_without_one_of_the_two_figures_there_is_no_effect(made_up):
    made_up(observations=[observed("hefei", *CORE, 800)])
    with pytest.raises(NoObservation):
        d.scope_effect("hefei", CORE, INDUSTRY)


def test_without_the_reason_the_two_would_not_be_divided(made_up):
    made = made_up(observations=[observed("hefei", *CORE, 800), observed("hefei", *INDUSTRY, 3000)])
    with pytest.raises(NotComparable):
        made.observe("hefei", *INDUSTRY) / made.observe("hefei", *CORE)


def test_a_declared_multiple_is_aim_over_aim_and_a_forecast(made_up):
    made_up(targets=[aim("hefei", "ai_core_scale", "2030", 100),
                     aim("hefei", "ai_related_scale", "2030", 1000)])
    q = d.declared("hefei", "2030")
    assert 10 in q and q.forecast and d.DECLARED in q.caveat
    with pytest.raises(NoObservation, match="no target"):
        d.declared("hefei", "2027")


def test_over_and_over_leaves_a_declared_multiple_open_on_both_sides(made_up):
    made_up(targets=[aim("hefei", "ai_core_scale", "2030", 100, bound="over"),
                     aim("hefei", "ai_related_scale", "2030", 1000, bound="over")])
    q = d.declared("hefei", "2030")
    assert q.low < 10 < q.high


def test_the_rows_of_the_book_say_which_scope_is_the_wider_one():
    for mark in d.marks():
        assert mark.quantity.low > 1, mark.row
        assert d.SCOPE_EFFECT in mark.quantity.caveat
        assert mark.hollow == mark.quantity.forecast, mark.row


def test_what_plans_promise_are_aims_and_one_a_plan():
    found = d.promised()
    assert len(found) == len(d.PLANNED)
    assert all(q.forecast and math.isfinite(q.high) for q in found.values())
