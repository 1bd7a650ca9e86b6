"""Lines over time, labelled at their ends.

Out of scope: rows on one axis (``forest``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.ticker import FuncFormatter, MaxNLocator

from citygap import style
from citygap.charts.drawing import draw_mark, limits, log_axis, tick_label
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark


def lines(
    name: str,
    lead: str,
    marks: Sequence[Mark],
    *,
    ylabel: str,
    log: bool = False,
    height: float = 3.4,
    label: Mapping[str, str] | None = None,
    end_year: float | None = None,
    like: Mapping[str, str] | None = None,
) -> Chart:
    """Lines over time, one a row, labelled at their right end; hollow markers are plans.

    The line between two marks is dashed where the later one is hollow.  ``label`` overrides the
    text at the end of a line (by default the row), ``like`` the place whose colour and marker a
    line takes, for lines that are about no single place.
    """
    figure, axes = style.canvas(height)
    if log:
        axes.set_yscale("log")
    years = [mark.year for mark in marks]
    last = end_year or max(years)
    width = last - min(years)
    axes.set_xlim(min(years) - 0.05 * width - 0.1, last + 0.34 * width + 0.2)
    low, high = limits(marks, log)
    axes.set_ylim(low, high)
    frame = pd.DataFrame(
        {"row": [m.row for m in marks], "year": years, "value": [m.middle for m in marks]}
    )
    ends = []
    for row, part in frame.groupby("row", sort=False):
        own = sorted((m for m in marks if m.row == row), key=lambda m: m.year)
        look = (like or {}).get(row, own[0].place)
        ink = style.colour(look)
        solid = [m for m in own if not m.hollow]
        sns.lineplot(
            x=[m.year for m in solid], y=[m.middle for m in solid], color=ink, linewidth=1.8,
            ax=axes, legend=False, errorbar=None,
        )
        for before, after in zip(own, own[1:]):
            if before.hollow or after.hollow:
                axes.plot([before.year, after.year], [before.middle, after.middle], color=ink,
                          linewidth=1.4, linestyle=(0, (4, 3)))
        for mark in own:
            draw_mark(axes, replace(mark, place=look), 0, size=5.5, x=mark.year)
        ends.append((own[-1], (label or {}).get(row, row)))
    _end_labels(axes, ends)
    axes.set_ylabel("")
    axes.set_title(ylabel, loc="left", color=style.MUTED, fontsize=8.5)
    axes.set_xlabel("")
    if log:
        log_axis(axes.yaxis)
    else:
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
        axes.yaxis.set_major_formatter(FuncFormatter(tick_label))
    _year_axis(axes, min(years), last, days=any(len(m.quantity.period) > 4 for m in marks))
    axes.grid(axis="x", visible=False)
    return finish(figure, name, lead, marks)


def _year_axis(axes: plt.Axes, first: float, last: float, days: bool) -> None:
    """Ticks under the years, or, for counts at a day, at January and July."""
    if days:
        halves = [half / 2 for half in range(math.ceil(2 * first), math.floor(2 * last) + 1)]
        names = [f"{'Jan' if half == int(half) else 'Jul'} {int(half)}" for half in halves]
        axes.set_xticks(halves, names)
        return
    start = int(first)
    years = list(range(start, int(last) + 1, _step(start, last)))
    axes.set_xticks([year + 0.5 for year in years], [str(year) for year in years])


def _step(first: float, last: float) -> int:
    return max(1, math.ceil((last - first) / 7))


def _end_labels(axes: plt.Axes, ends: Sequence[tuple[Mark, str]]) -> None:
    """Name each line at its right end, pushed apart where two would overlap."""
    figure = axes.figure
    height = figure.get_figheight() * 72 * 0.8
    spots = []
    for mark, text in ends:
        low, high = axes.get_ylim()
        if axes.get_yscale() == "log":
            share = math.log(mark.middle / low) / math.log(high / low)
        else:
            share = (mark.middle - low) / (high - low)
        spots.append([share * height, mark, text])
    spots.sort(key=lambda spot: spot[0])
    for below, spot in zip(spots, spots[1:]):
        spot[0] = max(spot[0], below[0] + 11.0 * (1 + below[2].count("\n")))
    for y, mark, text in spots:
        low, high = axes.get_ylim()
        if axes.get_yscale() == "log":
            own = math.log(mark.middle / low) / math.log(high / low) * height
        else:
            own = (mark.middle - low) / (high - low) * height
        axes.annotate(text, (mark.year, mark.middle), xytext=(8, y - own), color=style.INK,
                      textcoords="offset points", va="center", fontsize=8.5)
