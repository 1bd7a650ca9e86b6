"""Ranks in several lists, with those who are not on a list set apart.

Out of scope: which ranks a list leaves open (``citygap.ranks``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import seaborn as sns

from citygap import style
from citygap.charts.drawing import draw_mark, place_legend, row_axis
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark

STEP = 5  # ranks between two ticks
APART = 1.1  # ranks from one place to the next among those not listed


def ranking(name: str, lead: str, marks: Sequence[Mark], *, xlabel: str, absent: str) -> Chart:
    """One row a list, rank 1 at the left; places below the list stand in columns at the right.

    ``absent`` is the heading of those columns.  Ranks with two ends (a tier) are bands.
    """
    rows = list(dict.fromkeys(mark.row for mark in marks))
    places = list(dict.fromkeys(mark.place for mark in marks))
    listed = [mark for mark in marks if math.isfinite(mark.high)]
    last = max(mark.high for mark in listed)
    first_column = last + 2.2
    figure, axes = style.canvas(1.3 + 0.32 * len(rows))
    axes.set_xlim(0, first_column + APART * (len(places) - 1) + 1)
    row_axis(axes, rows)
    axes.grid(axis="y", visible=True, alpha=0.5)
    axes.axvspan(first_column - 1, axes.get_xlim()[1], color=style.GRID, alpha=0.45, linewidth=0)
    for mark in listed:
        draw_mark(axes, mark, rows.index(mark.row))
    for mark in marks:
        if math.isinf(mark.high):
            axes.plot(
                first_column + APART * places.index(mark.place), rows.index(mark.row),
                marker=style.marker(mark.place), markersize=6.5, linestyle="none",
                color=style.colour(mark.place), markeredgewidth=1.3, zorder=3,
                markerfacecolor=style.PAPER if mark.hollow else style.colour(mark.place),
            )
    axes.text((first_column - 1 + axes.get_xlim()[1]) / 2, -0.75, absent, ha="center", va="bottom",
              fontsize=8, color=style.MUTED)
    axes.set_xticks([1, *range(STEP, int(last) + 1, STEP)])
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    place_legend(axes, places)
    return finish(figure, name, lead, marks)
