"""Ranks from one count to the next: lines that run straight where the order stays.

Out of scope: which ranks the bounds allow (``citygap.system``).
"""

from __future__ import annotations

from collections.abc import Sequence

import seaborn as sns

from citygap import style
from citygap.charts.drawing import row_axis
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark, place_name


def ranks(
    name: str, lead: str, marks: Sequence[Mark], *, xlabel: str, groups: Sequence[int] = ()
) -> Chart:
    """Rows of ranks, 1 at the left, each place joined from row to row and named at its first.

    A quantity is the range of ranks that the bounds allow; a place shares its best and its worst
    rank with the places that it ties with.  ``groups`` are the numbers of the rows above which a
    rule is drawn.
    """
    rows = list(dict.fromkeys(mark.row for mark in marks))
    places = list(dict.fromkeys(mark.place for mark in marks))
    figure, axes = style.canvas(0.9 + 0.3 * len(rows))
    axes.set_xlim(0.6, len(places) + 0.4)
    row_axis(axes, rows)
    axes.set_ylim(len(rows) - 0.4, -1.1)
    spots = {(m.row, m.place): x for row in rows for m, x in _spots([m for m in marks if m.row == row])}
    for place in places:
        own = [(spots[row, place], y) for y, row in enumerate(rows) if (row, place) in spots]
        axes.plot(*zip(*own), color=style.colour(place), linewidth=1.6, alpha=0.75, zorder=1)
        axes.annotate(place_name(place), (own[0][0], own[0][1]), xytext=(0, 11), ha="center",
                      textcoords="offset points", color=style.INK, fontsize=9)
    for mark in marks:
        y, x = rows.index(mark.row), spots[mark.row, mark.place]
        if mark.high > mark.low:
            axes.plot([mark.low, mark.high], [y, y], color=style.colour(mark.place), alpha=0.3,
                      linewidth=5, zorder=2, solid_capstyle="butt")
        axes.plot(x, y, marker=style.marker(mark.place), markersize=7.5, zorder=3,
                  color=style.colour(mark.place), markeredgewidth=1.3, linestyle="none",
                  markerfacecolor=style.PAPER if mark.hollow else style.colour(mark.place))
    for row in groups:
        axes.axhline(row - 0.5, color=style.GRID, linewidth=0.9)
    axes.set_xticks(range(1, len(places) + 1), [str(rank) for rank in range(1, len(places) + 1)])
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    return finish(figure, name, lead, marks)


def _spots(row: Sequence[Mark]) -> list[tuple[Mark, float]]:
    """Where each mark of a row stands: in the middle of its ranks, beside those that stand there."""
    found, taken = [], {}
    for mark in row:
        taken.setdefault(mark.middle, []).append(mark)
    for middle, together in taken.items():
        for i, mark in enumerate(together):
            found.append((mark, middle + 0.36 * (i - (len(together) - 1) / 2)))
    return found
