"""Two dates of one series, joined: where it stood, where it stands, and which way it went.

Out of scope: series with many dates (``lines``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import seaborn as sns

from citygap import style
from citygap.answers import Answer
from citygap.charts.drawing import draw_mark, limits, row_axis
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


def shifts(name: str, lead: str, found: Sequence[Shift], *, xlabel: str) -> Chart:
    """One row a series: an open ring at the first date, a full mark at the last, an arrow between.

    Rises, falls and those that cannot be told have a colour each, which the arrow shows as well.
    """
    rows = [each.row for each in found]
    marks = []
    for each in found:
        place = INK_OF[each.rose, each.fell]
        marks.append(Mark(each.row, place, each.first, True))
        marks.append(Mark(each.row, place, each.last))
    figure, axes = style.canvas(0.95 + 0.33 * len(rows) + 0.08 * sum(r.count("\n") for r in rows))
    low, high = limits(marks, False)
    axes.set_xlim(0, high + 0.16 * (high - low))
    row_axis(axes, rows)
    for first, last in zip(marks[::2], marks[1::2]):
        y = rows.index(first.row)
        ink = style.colour(first.place)
        axes.annotate(
            "", (last.middle, y), (first.middle, y),
            arrowprops={"arrowstyle": "-|>", "color": ink, "shrinkA": 4, "shrinkB": 4, "lw": 1.4},
            zorder=2,
        )  # fmt: skip
        for mark in (first, last):
            draw_mark(axes, mark, y, size=5.5)
        right = max(first.high, last.high)
        axes.annotate(
            f"{first.quantity.text()} \u2192 {last.quantity.text()}", (right, y), xytext=(8, 0),
            textcoords="offset points", va="center", fontsize=8, color=style.INK,
        )  # fmt: skip
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    real = [
        Mark(f"{each.row}, {q.period}", each.place, q, q is each.first)
        for each in found
        for q in (each.first, each.last)
    ]
    return finish(figure, name, lead, real)


#: Whose colour an arrow takes, by the answers to "rose" and "fell".
INK_OF = {
    (Answer.YES, Answer.NO): "chongqing",
    (Answer.NO, Answer.YES): "beijing",
    (Answer.NO, Answer.NO): "china",
    (Answer.CANNOT_TELL, Answer.CANNOT_TELL): "china",
    (Answer.NO, Answer.CANNOT_TELL): "china",
    (Answer.CANNOT_TELL, Answer.NO): "china",
}
