"""Two dates of one series, joined: where it stood, where it stands, and which way it went.

Out of scope: series with many dates (``lines``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import seaborn as sns

from citygap import style
from citygap.answers import Answer
from citygap.charts.drawing import limits, row_axis
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark
from citygap.quantity import Quantity


@dataclass(frozen=True)
class Shift:
    """One series at two dates; ``rose`` answers whether the later figure is the higher one."""

    row: str
    place: str
    first: Quantity
    last: Quantity

    @property
    def rose(self) -> Answer:
        return self.last > self.first

    @property
    def fell(self) -> Answer:
        return self.last < self.first


def shifts(
    name: str, lead: str, found: Sequence[Shift], *, xlabel: str, most: float = math.inf
) -> Chart:
    """One row a series: a ring at the first date, a full mark at the last, an arrow between.

    Series of which the bounds leave open whether they rose or fell are grey and have no arrow.
    ``most`` is the largest value that can be (100 for percentages): the axis ends its ticks there.
    """
    rows = [each.row for each in found]
    figure, axes = style.canvas(0.75 + 0.29 * len(rows))
    every = [Mark(each.row, each.place, q) for each in found for q in (each.first, each.last)]
    low, high = limits(every, False)
    axes.set_xlim(0, high + 0.2 * (high - low))
    row_axis(axes, rows)
    for y, each in enumerate(found):
        told = Answer.YES in (each.rose, each.fell)
        ink = style.INK if told else style.OTHER
        ends = [Mark(each.row, each.place, q) for q in (each.first, each.last)]
        for mark, full in zip(ends, (False, True)):
            if mark.high > mark.low:
                axes.plot([mark.low, mark.high], [y, y], color=style.OTHER, alpha=0.35,
                          linewidth=5, zorder=2, solid_capstyle="butt")  # fmt: skip
            axes.plot(mark.middle, y, marker="o", markersize=5.5, color=ink, zorder=3,
                      markerfacecolor=ink if full else style.PAPER, markeredgewidth=1.3,
                      linestyle="none")  # fmt: skip
        if told:
            axes.annotate(
                "", (ends[1].middle, y), (ends[0].middle, y), zorder=2,
                arrowprops={"arrowstyle": "-|>", "color": ink, "shrinkA": 3, "shrinkB": 3, "lw": 1.3},
            )  # fmt: skip
        axes.annotate(
            f"{each.first.text()} \u2192 {each.last.text()}", (max(m.high for m in ends), y),
            xytext=(8, 0), textcoords="offset points", va="center", fontsize=8, color=style.INK,
        )  # fmt: skip
    axes.set_xticks([tick for tick in axes.get_xticks() if tick <= most])
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    dated = [
        Mark(f"{each.row}, {q.period}", each.place, q, q is each.first)
        for each in found
        for q in (each.first, each.last)
    ]
    return finish(figure, name, lead, dated)
