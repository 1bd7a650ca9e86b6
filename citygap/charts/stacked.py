"""Groups of quantities on one axis, each mark on a line of its own and named beside it.

Out of scope: marks that share a line (``forest``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import seaborn as sns

from citygap import style
from citygap.charts.drawing import draw_mark, limits
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark, place_name

LINE, GAP = 0.2, 0.6  # inches of a line; lines left free between two groups


def stacked(name: str, lead: str, marks: Sequence[Mark], *, xlabel: str) -> Chart:
    """The marks of a row one under the other, in the order given, on a linear axis from 0.

    Beside each mark stands its place and its value; the name of the row stands at its first line.
    """
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.row, []).append(mark)
    lines = len(marks) + GAP * (len(groups) - 1)
    figure, axes = style.canvas(0.6 + LINE * lines)
    axes.set_xlim(0, limits(marks, False)[1] * 1.35)  # room for the words beside the last mark
    axes.set_ylim(lines - 0.4, -0.6)
    y, ticks = 0.0, []
    for row, own in groups.items():
        ticks.append((y, row))
        for mark in own:
            draw_mark(axes, mark, y, size=6)
            _beside(axes, mark, y)
            y += 1
        axes.axhline(y - 0.5 + GAP / 2, color=style.GRID, linewidth=0.7)
        y += GAP
    axes.set_yticks([at for at, _ in ticks], [row for _, row in ticks])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    return finish(figure, name, lead, marks)


def _beside(axes, mark: Mark, y: float) -> None:
    """Place and value of a mark at its right, on paper so that an open side passes beneath."""
    is_open = math.isinf(mark.high)
    end, digits = (mark.middle, None) if is_open else (mark.high, 2)
    axes.annotate(
        f"{place_name(mark.place)}, {mark.quantity.text(digits)}", (end, y), xytext=(8, 0),
        textcoords="offset points", va="center", fontsize=8, color=style.INK,
        bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.8},
    )
