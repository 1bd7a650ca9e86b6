"""Stacked counts, levels and bands: what is drawn is told, and what is wrong is refused."""

from __future__ import annotations

import pandas as pd
import pytest

from citygap import charts
from citygap.quantity import exactly, read

STAGES = {"a": "first", "b": "rest"}


def test_a_stack_tells_every_count_and_lists_it():
    chart = charts.stack("fig-s", "L.", {"x": {"a": 2, "b": 1}, "y": {"b": 4}}, stages=STAGES,
                         xlabel="n", tables=["targets"])  # fmt: skip
    assert chart.alt == "L. x: 2 first, 1 rest. y: 0 first, 4 rest."
    assert list(chart.data["count"]) == [2, 1, 0, 4] and chart.tables == ("targets",)


def test_a_stack_has_no_more_stages_than_fills():
    with pytest.raises(ValueError, match="fig-s: 5 stages"):
        charts.stack("fig-s", "L.", {"x": {}}, stages=dict.fromkeys("abcde", "w"), xlabel="n")


WORDS = {2: "full", 1: "part", 0: "not seen"}


def test_levels_are_told_in_words_and_a_broken_heading_is_one_word():
    table = pd.DataFrame({"Chong-\nqing": [2, 0], "one\ntwo": [1, 0]}, index=["r", "s"])
    seen = read("6", "exact", "count", rows=["a/b/c/d"], sources=["s"])
    chart = charts.levels("fig-l", "L.", table, words=WORDS, quantities=[seen], chain=True)
    assert chart.alt == (
        "L. r: Chongqing full, one two part. s: Chongqing not seen, one two not seen."
    )
    assert chart.rows == ("a/b/c/d",) and len(chart.data) == 4


def test_a_chain_is_drawn_as_far_as_it_is_unbroken():
    row = pd.DataFrame([[2, 1, 0, 2]], index=["r"], columns=list("abcd"))
    plain = charts.levels("fig-l", "L.", row, words=WORDS)
    chained = charts.levels("fig-l", "L.", row, words=WORDS, chain=True)
    assert chained.svg.count("<path") > plain.svg.count("<path")


def test_a_band_lists_its_bounds_and_tells_its_lines():
    x = [exactly(v, "CNY/kWh") for v in (0, 1, 2)]
    y = [read("0", "range", "%", high=str(v)) for v in (1, 2, 3)]
    chart = charts.band("fig-b", "L.", x, y, xlabel="x", ylabel="y", edges=("low", "high"),
                        upright=(x[1], "a\nline"), level=(y[0], "a level"))  # fmt: skip
    assert list(chart.data["supposed"]) == [0, 1, 2]
    assert list(chart.data["high"]) == pytest.approx([1.5, 2.5, 3.5])
    assert "a line: 1" in chart.alt and "a level: 0 to 1" in chart.alt
