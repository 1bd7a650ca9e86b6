"""Wholes of which a few places hold most: bars of 100 percent, the focus a sliver at the end.

Out of scope: parts with names of their own (``stacked_bar``).
"""

from __future__ import annotations

from collections.abc import Sequence

import seaborn as sns
from matplotlib.ticker import FuncFormatter

from citygap.charts import interactive, style
from citygap.charts.axes import LINE, row_axis
from citygap.charts.chart import Chart, finish, in_all_forms
from citygap.charts.marks import Mark, number, place_name

#: Fill and ink of the parts in their order, darkest first; what is left is pale.
GREYS = (("#46525e", "#ffffff"), ("#66727e", "#ffffff"), ("#8f9ba6", "#101418"), ("#aeb8c0", "#101418"))
REST = style.GRID
LEAST = 5  # percent: a part narrower than this has no room for its number
WIDE = 12  # percent: a part narrower than this has no room for its name above it
THICK_NARROW = 24  # points of a bar in the narrow picture
NAMES = 28  # points of the names of the places there
SLIVER = 0.6  # percent: no sliver is drawn narrower, or it would not be seen


@in_all_forms
def share_bars(
    name: str, lead: str, marks: Sequence[Mark], *, xlabel: str, focus: str = style.FOCUS
) -> Chart:
    """Bars of 100 percent, one a row, cut into the places of its marks in their order.

    The places are named once, above the first bar; the share of ``focus`` is a sliver in its colour
    at the end of the bar, with its name and value outside.  Raises ValueError for more places than
    there are greys.
    """
    rows = list(dict.fromkeys(mark.row for mark in marks))
    places = list(dict.fromkeys(mark.place for mark in marks if mark.place != focus))
    if len(places) > len(GREYS):
        raise ValueError(f"figure {name}: {len(places)} places, but {len(GREYS)} greys")
    figure, axes = style.canvas(0.9 + 0.5 * len(rows))
    tall = row_axis(axes, rows, above=THICK_NARROW / 2 + 1, below=THICK_NARROW / 2 + 4, head=NAMES)
    thick = THICK_NARROW / tall if style.narrow() else 0.66
    first = -thick / 2 - 0.09  # where the names of the places stand
    if style.narrow():
        first = axes.get_ylim()[1] - 2 / tall  # above the name of the row
        axes.set_ylim(top=axes.get_ylim()[1] - NAMES / tall)
    else:
        axes.set_ylim(len(rows) - 0.55, -0.75)
    for y, row in enumerate(rows):
        axes.barh(y, 100, height=thick, color=REST, linewidth=0)
        start = 0.0
        for mark in (mark for mark in marks if mark.row == row):
            if mark.place == focus:
                width = max(mark.middle, SLIVER)
                axes.barh(y, width, left=100 - width, height=thick, color=style.colour(focus), linewidth=0)
                axes.annotate(f"{place_name(focus)}\n{number(mark.quantity)}", (100, y), xytext=(5, 0),
                              textcoords="offset points", va="center", fontsize=style.size(9), color=style.INK,
                              annotation_clip=False)  # fmt: skip
                continue
            fill, ink = GREYS[places.index(mark.place)]
            axes.barh(y, mark.middle, left=start, height=thick, color=fill, edgecolor=style.PAPER, linewidth=0.8)
            if mark.middle >= LEAST:
                axes.text(start + mark.middle / 2, y, f"{mark.middle:.0f}%", ha="center", va="center",
                          fontsize=style.size(9), color=ink)  # fmt: skip
            if not y:
                narrow = mark.middle < WIDE  # its name begins where it begins, and runs over the rest
                turn = style.narrow() and places.index(mark.place) % 2  # in turn a line higher
                axes.annotate(
                    place_name(mark.place), (start + (0 if narrow else mark.middle / 2), first),
                    xytext=(0, LINE * turn), textcoords="offset points", va="bottom",
                    ha="left" if narrow else "center", fontsize=style.size(8.5), color=style.INK,
                    annotation_clip=False,
                )  # fmt: skip
            start += mark.middle
    axes.set_xlim(0, 100)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}%"))
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    inks = {place: fill for place, (fill, _) in zip(places, GREYS)} | {focus: style.painted(focus)}
    return finish(figure, name, lead, marks, interactive.shares(marks, inks, xlabel=xlabel))
