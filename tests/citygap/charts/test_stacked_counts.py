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


def test_keys_of_what_is_counted_are_listed_and_each_has_a_cell():
    chart, more = (charts.stack("fig-s", "L.", {"x": {"a": ["C01", "C02"], "b": []}, "y": {"b": keys}}, stages=STAGES, xlabel="n")
                   for keys in (["C03"], ["C03", "C04"]))  # fmt: skip
    assert list(chart.data["count"]) == [2, 0, 0, 1] and list(chart.data["which"]) == ["C01, C02", "", "", "C03"]
    assert chart.alt == "L. x: 2 first, 0 rest. y: 0 first, 1 rest."
    assert more.svg.count("<path") > chart.svg.count("<path")


def test_a_framed_stage_has_cells_of_its_own_and_takes_no_fill():
    five = {**dict.fromkeys("abde", "w"), "c": "framed"}
    plain, framed = (charts.stack("fig-s", "L.", {"x": {"a": 1, "c": 2}}, stages=five if f else {"a": "w", "c": "framed"},
                                  xlabel="n", framed=f) for f in ("", "c"))  # fmt: skip
    assert framed.svg.count("stroke-width: 2") == 3 and "stroke-width: 2" not in plain.svg, "two cells and the key"


def test_a_stack_has_no_more_stages_than_fills():
    with pytest.raises(ValueError, match="fig-s: 5 stages"):
        charts.stack("fig-s", "L.", {"x": {}}, stages=dict.fromkeys("abcde", "w"), xlabel="n")
