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


@in_all_forms
def bars(
    name: str, lead: str, marks: Sequence[Mark], *, xlabel: str, named: str = "", none: Mapping[str, str] | None = None
) -> Chart:
    """One bar a mark from zero to its lower bound, its value printed at the tip.

    A pale tip runs to the upper bound; a bar without one (an open side) has no tip.  Hollow marks
    are outlines.  ``named`` is the place besides Chongqing that the title names, which has the second
    colour; ``none`` are rows below the bars for which there is no number, with the words in its place.
    """
    none = none or {}
    rows = [*(mark.row for mark in marks), *none]
    figure, axes = style.canvas(0.7 + 0.36 * len(rows))
    ends = [end for mark in marks for end in (mark.low, mark.high) if math.isfinite(end)]
    axes.set_xlim(0, 1.22 * max(ends))  # room for the value at the tip
    tall = row_axis(axes, rows, above=THICK_NARROW / 2 + 1, below=THICK_NARROW / 2 + 4)
    thick = THICK_NARROW / tall if style.narrow() else THICK
    for y, said in enumerate(none.values(), start=len(marks)):
        axes.annotate(said, (0, y), xytext=(5, 0), textcoords="offset points", va="center",
                      fontsize=style.size(9), color=style.MUTED)  # fmt: skip
    for y, mark in enumerate(marks):
        ink = style.colour(mark.place, named)
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
    view = interactive.rows(marks, xlabel=xlabel, bars=True, named=named)
    return finish(figure, name, lead, marks, view, none)
