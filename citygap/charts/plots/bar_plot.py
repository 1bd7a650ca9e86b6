"""Bars from zero, one a row, longest first as given.

Out of scope: parts of a whole (``stacked_bar``) and stages (``stacked_count``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import seaborn as sns
from matplotlib.ticker import FuncFormatter, MaxNLocator

from citygap.charts import interactive, style
from citygap.charts.axes import row_axis, tick_label
from citygap.charts.chart import Chart, finish, in_all_forms
from citygap.charts.marks import Mark, number

THICK = 0.62  # of the height of a row
THICK_NARROW = 15  # points
HEAD = 17  # points of the name of a group, in the narrow picture


@in_all_forms
def bars(
    name: str, lead: str, marks: Sequence[Mark], *, xlabel: str, heads: Mapping[str, str] | None = None
) -> Chart:
    """One bar a mark from zero to its lower bound, its value printed at the tip.

    A pale tip runs to the upper bound; a bar without one (an open side) has no tip.  Hollow marks
    are outlines.  ``heads`` gives, by the first row
    of a group of bars, the name above it.
    """
    rows, heads = [mark.row for mark in marks], heads or {}
    spots = [at + sum(row in heads for row in rows[: at + 1]) for at in range(len(rows))]
    figure, axes = style.canvas(0.7 + 0.36 * (len(rows) + len(heads)))
    ends = [end for mark in marks for end in (mark.low, mark.high) if math.isfinite(end)]
    axes.set_xlim(0, 1.22 * max(ends))  # room for the value at the tip
    tall = row_axis(axes, rows, spots, above=THICK_NARROW / 2 + 1, below=THICK_NARROW / 2 + 4,
                    head=HEAD if rows[0] in heads else 0)  # fmt: skip
    thick = THICK_NARROW / tall if style.narrow() else THICK
    if style.narrow() and rows[0] in heads:
        axes.set_ylim(top=axes.get_ylim()[1] - HEAD / tall)
    for y, mark in zip(spots, marks):
        if mark.row in heads:
            axes.text(0, y - 0.9, heads[mark.row], va="center", fontsize=style.size(9), color=style.MUTED)
        ink = style.colour(mark.place)
        axes.barh(y, mark.low, height=thick, facecolor="none" if mark.hollow else ink, edgecolor=ink,
                  linewidth=1.2)  # fmt: skip
        end = mark.high if math.isfinite(mark.high) else mark.low
        if end > mark.low:
            axes.barh(y, end - mark.low, left=mark.low, height=thick, color=ink, alpha=style.TINT, linewidth=0)
        axes.annotate(number(mark.quantity), (end, y), xytext=(5, 0), textcoords="offset points",
                      va="center", fontsize=style.size(9), color=style.INK)  # fmt: skip
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4 if style.narrow() else 5, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(tick_label))
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    view = interactive.rows(marks, xlabel=xlabel, bars=True, heads=heads)
    return finish(figure, name, lead, marks, view)
