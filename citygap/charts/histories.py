"""One small panel a place over time, one line a scope: what can be followed and what cannot.

Out of scope: places on one axis (``lines``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import seaborn as sns

from citygap import style
from citygap.charts.drawing import draw_mark, limits, log_axis
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark, place_name
from citygap.charts.profiles import ACROSS


def histories(name: str, lead: str, marks: Sequence[Mark], *, ylabel: str) -> Chart:
    """Quantities by year on one logarithmic axis, a panel a place; only one row is joined up.

    A mark's row is the scope that it stands on; marks of one row and place are joined, marks of
    two rows never, and each row is named at its last mark.  Hollow marks keep their meaning.
    """
    places = list(dict.fromkeys(mark.place for mark in marks))
    down = -(-len(places) // ACROSS)
    figure, grid = style.canvas(0.35 + 1.55 * down, ACROSS, down, sharex=True, sharey=True,
                                squeeze=False)
    first, last = (math.floor(edge(m.year for m in marks)) for edge in (min, max))
    spots = list(grid.flat)
    for axes, place in zip(spots, places):
        axes.set_yscale("log")
        axes.set_xlim(first, last + 1)
        axes.set_ylim(limits(marks, True))
        own = [mark for mark in marks if mark.place == place]
        for row in dict.fromkeys(mark.row for mark in own):
            line = sorted((m for m in own if m.row == row), key=lambda m: m.year)
            axes.plot([m.year for m in line], [m.middle for m in line], linewidth=1.6,
                      color=style.colour(place), zorder=2)
            for mark in line:
                draw_mark(axes, mark, 0, size=5.5, x=mark.year)
            _name(axes, line, row, first, last)
        log_axis(axes.yaxis)
        step = max(1, math.ceil((last - first) / 3))
        ticks = range(first, last + 1, step)
        axes.set_xticks([year + 0.5 for year in ticks], [str(year) for year in ticks])
        axes.grid(axis="x", visible=False)
        axes.set_title(place_name(place), loc="left", color=style.INK)
        sns.despine(ax=axes, left=True)
    for axes in spots[len(places):]:
        axes.set_visible(False)
    figure.suptitle(ylabel, x=0.01, ha="left", fontsize=8.5, color=style.MUTED)
    return finish(figure, name, lead, marks)


def _name(axes, line: Sequence[Mark], row: str, first: float, last: float) -> None:
    """The row's name under its last mark, or, at the right edge, to the left of it."""
    mark = line[-1]
    right = mark.year > (first + last + 1) / 2
    axes.annotate(row, (mark.year, mark.low), xytext=(4 if right else -4, -9),
                  ha="right" if right else "left", textcoords="offset points", fontsize=8,
                  color=style.INK, va="center")
