"""Stacked counts: what is drawn is told, and what is wrong is refused."""

from __future__ import annotations

import pytest

from citygap import charts

STAGES = {"a": "first", "b": "rest"}


def test_a_stack_tells_every_count_and_lists_it():
    chart = charts.stack("fig-s", "L.", {"x": {"a": 2, "b": 1}, "y": {"b": 4}}, stages=STAGES,
                         xlabel="n", tables=["targets"])  # fmt: skip
    assert chart.alt == "L. x: 2 first, 1 rest. y: 0 first, 4 rest."
    assert list(chart.data["count"]) == [2, 1, 0, 4] and chart.tables == ("targets",)


def test_bars_of_one_length_keep_their_counts():
    chart = charts.stack("fig-s", "L.", {"x": {"a": 2, "b": 1}, "y": {"b": 4}}, stages=STAGES, xlabel="n", alike=True)
    assert list(chart.data["count"]) == [2, 1, 0, 4]
    assert chart.view["spec"]["layer"][0]["encoding"]["x"]["stack"] == "normalize"
    assert chart.alt == "L. x: 2 first, 1 rest. y: 0 first, 4 rest."


def test_a_stack_has_no_more_stages_than_fills():
    with pytest.raises(ValueError, match="fig-s: 5 stages"):
        charts.stack("fig-s", "L.", {"x": {}}, stages=dict.fromkeys("abcde", "w"), xlabel="n")
