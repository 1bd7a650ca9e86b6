"""Rows of quantities on one axis.

Out of scope: quantities over time (``lines``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt

from citygap import style
from citygap.charts.drawing import draw_mark, limits, log_axis, place_legend, row_axis
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark


def forest(
    name: str,
    lead: str,
    marks: Sequence[Mark],
    *,
    xlabel: str,
    reference: float | None = None,
    log: bool = True,
    hollow: str = "",
    legend: bool = True,
    labels: bool = False,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Chart:
    """Rows of quantities on one (by default logarithmic) axis, one marker a place.

    ``reference`` draws an upright line; ``hollow`` explains hollow markers in the legend;
    ``labels`` prints each value at its right, for rows with one mark; ``groups`` names rows that
    belong together, which stand one group after the other, every second one on a grey band.
    """
    import seaborn as sns  # here: it takes longer to import than the rest

    rows = list(dict.fromkeys(mark.row for mark in marks))
    places = list(dict.fromkeys(mark.place for mark in marks))
    figure, axes = style.canvas(0.9 + 0.36 * len(rows) + (0.4 if legend else 0))
    if log:
        axes.set_xscale("log")
    axes.set_xlim(limits(marks, log, [reference] if reference else []))
    row_axis(axes, rows)
    if groups:
        _group(axes, rows, groups)
    if reference is not None:
        axes.axvline(reference, color=style.MUTED, linewidth=1.1, zorder=1)
    for mark in marks:
        draw_mark(axes, mark, rows.index(mark.row))
        if labels:
            _label(axes, mark, rows.index(mark.row))
    if log:
        log_axis(axes.xaxis)
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    if legend:
        place_legend(axes, places, hollow=hollow)
    return finish(figure, name, lead, marks)


def _group(axes: plt.Axes, rows: Sequence[str], groups: Mapping[str, Sequence[str]]) -> None:
    """Lay a band behind every second group and print its name at the right of the axes."""
    for turn, (title, members) in enumerate(groups.items()):
        places = [rows.index(row) for row in members if row in rows]
        if not places:
            continue
        if turn % 2:
            axes.axhspan(min(places) - 0.5, max(places) + 0.5, color=style.GRID, alpha=0.35,
                         linewidth=0, zorder=0)  # fmt: skip
        axes.annotate(
            title, (1, sum(places) / len(places)), xycoords=("axes fraction", "data"),
            xytext=(6, 0), textcoords="offset points", va="center", fontsize=10,
            color=style.INK, annotation_clip=False,
        )  # fmt: skip


def _label(axes: plt.Axes, mark: Mark, y: float) -> None:
    """Print the value of a mark: at its right, or above it where an arrow leaves to the right."""
    is_open = math.isinf(mark.high)
    axes.annotate(
        mark.quantity.text(),
        (mark.middle if is_open else mark.high, y),
        xytext=(0, 7) if is_open else (8, 0),
        textcoords="offset points",
        va="center",
        fontsize=8.5,
        color=style.INK,
    )
