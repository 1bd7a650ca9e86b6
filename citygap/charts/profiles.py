"""One small panel a place, all on the same rows and the same axis.

Out of scope: one axis for all places (``forest``), panels over time (``histories``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import seaborn as sns

from citygap import style
from citygap.charts.drawing import draw_mark, limits, log_axis, row_axis
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark, place_name

ACROSS = 2  # panels side by side, so that a phone can show them


def profiles(
    name: str,
    lead: str,
    marks: Sequence[Mark],
    *,
    xlabel: str,
    reference: float | None = None,
    notes: Mapping[str, str] | None = None,
) -> Chart:
    """Rows of quantities on a logarithmic axis, a panel a place, with its name and its note above.

    ``reference`` draws an upright line in every panel; ``notes`` says, by place, what its panel
    shows.
    """
    rows = list(dict.fromkeys(mark.row for mark in marks))
    places = list(dict.fromkeys(mark.place for mark in marks))
    down = -(-len(places) // ACROSS)
    height = 0.45 + down * (0.62 + 0.25 * len(rows))
    figure, grid = style.canvas(height, ACROSS, down, sharex=True, sharey=True, squeeze=False)
    spots = list(grid.flat)
    for axes, place in zip(spots, places):
        axes.set_xscale("log")
        axes.set_xlim(limits(marks, True, [reference] if reference else []))
        row_axis(axes, rows)
        if reference is not None:
            axes.axvline(reference, color=style.MUTED, linewidth=1.1, zorder=1)
        for mark in marks:
            if mark.place == place:
                draw_mark(axes, mark, rows.index(mark.row))
        log_axis(axes.xaxis)
        note = (notes or {}).get(place, "")
        axes.set_title(place_name(place), loc="left", color=style.INK, pad=14 if note else 6)
        axes.annotate(note, (0, 1), xycoords="axes fraction", xytext=(0, 4), fontsize=8.5,
                      textcoords="offset points", color=style.MUTED)
        sns.despine(ax=axes, left=True)
    for axes in spots[len(places):]:
        axes.set_visible(False)
    figure.supxlabel(xlabel, fontsize=9, color=style.INK)
    return finish(figure, name, lead, marks)
