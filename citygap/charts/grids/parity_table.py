"""A table of parities: who is caught, under which growths, and when.

Out of scope: working them out (``citygap.catch_up.scenarios``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.patheffects import withStroke
from matplotlib.transforms import offset_copy

from citygap.charts import interactive, style
from citygap.charts.axes import wrapped
from citygap.charts.chart import Chart, in_all_forms, make, told
from citygap.charts.marks import both_names, in_line, place_name
from citygap.quantity import chinese
from citygap.quantity.three_valued import Answer
from citygap.words import CHINESE, say, speaking

if TYPE_CHECKING:
    from citygap.quantity.quantity import Quantity

#: How dark the grey of a cell is by what it says; the words carry it, the shade only helps.
SHADES = {Answer.YES: 0.0, Answer.CANNOT_TELL: 0.45, Answer.NO: 1.0}
LINE = 11.5  # points from one line of a head to the next
COLUMNS = {
    "place": "key of the city to catch, as in places.csv",
    "name": "name of the city to catch",
    "scenario": "growths of the two, or the series",
    "answer": "the year of parity: never, a range, or from a year on or never",
    "earliest": "earliest moment of parity; empty for never or not known",
    "latest": "latest moment of parity; empty if it may be never",
    "weak": "yes if the levels stand on different definitions or years",
    "caveat": "what must be known to read it",
    "sources": "keys of the sources in sources.bib, separated by blanks",
    "rows": "keys of the rows of the data it rests on, separated by line feeds",
}


class Case(Protocol):
    """What the table needs of a parity: the catch-up chapter's ``scenarios.Case`` has it."""

    place: str
    scenario: str
    weak: bool
    parity: Any  # of ``gap.Parity``, or None
    row: str
    quantity: Quantity
    text: str


def scenario(case: Case) -> str:
    """The growths of a case in one line, in the language that is spoken."""
    return in_line(say(case.scenario))


def answer(case: Case) -> str:
    """What a case comes to, in the language that is spoken."""
    text = say(case.text)
    return f"{text}年" if speaking() == CHINESE and re.fullmatch(r"\d{4}", text) else text


def shade(case: Case) -> float:
    """How dark the grey of a cell is, 0 to 1."""
    if case.parity is None or case.parity.latest == case.parity.start:
        return 0.0
    return SHADES[case.parity.answer]


@in_all_forms
def parities(
    name: str, lead: str, cases: Sequence[Case], *, bold: str = "", heads: Sequence[str] = (),
    over: Sequence[tuple[str, Sequence[int]]] = (),
) -> Chart:
    """Cities down, scenarios across, the year of parity in each cell; never is grey.

    ``bold`` is the city whose row is.  ``heads`` stand above the columns in place of the scenarios'
    names, and ``over`` above them, with a bracket, what columns share, each with their numbers.
    """
    rows = list(dict.fromkeys(case.place for case in cases))
    columns = list(dict.fromkeys(case.scenario for case in cases))
    letters = 44 // len(columns)  # of a head in a line of the narrow picture
    heads = list(heads) or [say(column) for column in columns]
    heads = [wrapped(head, letters) if style.narrow() else head for head in heads]
    lines = max(head.count("\n") + 1 for head in heads)
    figure, axes = style.canvas(0.25 + 0.42 * len(rows) + 0.16 * lines + 0.42 * bool(over))
    top = 0.42 if style.narrow() else 0.05  # part of a row above its cells
    for case in cases:
        x, y = columns.index(case.scenario), rows.index(case.place)
        ink = style.INK if case.parity is not None else style.MUTED
        axes.add_patch(plt.Rectangle((x + 0.02, y + top), 0.96, 0.95 - top, facecolor=style.GRID,
                                     alpha=shade(case), edgecolor="none"))  # fmt: skip
        text = axes.text(x + 0.5, y + (top + 0.95) / 2, _wrapped(answer(case)), ha="center", va="center",
                         linespacing=1.1, fontsize=style.size(8.5), color=ink)  # fmt: skip
        if case.place == bold:  # the book's font has one weight
            text.set_path_effects([withStroke(linewidth=0.6, foreground=ink)])
    axes.set_xlim(0, len(columns))
    axes.set_ylim(len(rows), 0)
    names = [both_names(row) for row in rows]
    if style.narrow():  # each name on a line of its own above its cells
        axes.set_yticks([])
        figure.set_figheight(figure.get_figheight() + 0.25 * len(rows) + 0.3)
        for y, row in enumerate(names):
            axes.annotate(row, (0.02, y + top), xytext=(0, 1.5), textcoords="offset points",
                          va="bottom", fontsize=style.size(9), color=style.INK)  # fmt: skip
    else:
        axes.set_yticks([y + 0.5 for y in range(len(rows))], names)
    axes.set_xticks([x + 0.5 for x in range(len(columns))], heads)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.grid(False)
    for side in axes.spines.values():
        side.set_visible(False)
    for words, shared in over:
        _bracket(axes, words, min(shared), max(shared) + 1, lines, letters)
    alt = told(lead, {
        place_name(row): [f"{scenario(case)} {answer(case)}" for case in cases if case.place == row]
        for row in rows
    }, " ", "; ")  # fmt: skip
    known = [case.quantity for case in cases if case.parity is not None]
    cells = [(case.place, scenario(case), answer(case), shade(case)) for case in cases]
    return make(figure, name, alt, table(cases), COLUMNS, known, view=interactive.cells(cells, named=bold))


def _bracket(axes: plt.Axes, words: str, start: float, end: float, lines: int, letters: int) -> None:
    """What columns share, above their heads of so many ``lines``, over a bracket."""
    up = lines * LINE * style.size(8.5) / 8.5 + 10  # points from the cells to the bracket
    at = axes.get_xaxis_transform()
    low = offset_copy(at, axes.figure, y=up, units="points")
    left, right, drop = start + 0.04, end - 0.04, offset_copy(at, axes.figure, y=up - 4, units="points")
    axes.plot([left, right], [1, 1], color=style.MUTED, linewidth=1, transform=low, clip_on=False)
    for x in (left, right):
        axes.annotate("", (x, 1), xycoords=low, xytext=(x, 1), textcoords=drop,
                      arrowprops={"arrowstyle": "-", "color": style.MUTED, "linewidth": 1, "shrinkA": 0, "shrinkB": 0})  # fmt: skip
    wide = round(letters * (end - start))
    axes.text((start + end) / 2, 1, wrapped(words, wide) if style.narrow() else wrapped(words, 2 * wide),
              transform=offset_copy(at, axes.figure, y=up + 3, units="points"), ha="center", va="bottom",
              fontsize=style.size(8.5), color=style.INK, linespacing=1.1)  # fmt: skip


def _wrapped(text: str) -> str:
    if style.narrow():
        return wrapped(text, 11)
    return text.replace(" or never", "\nor never").replace("，", "，\n")


def table(cases: Sequence[Case]) -> pd.DataFrame:
    """What the cells say, one row each, with the columns of :data:`COLUMNS`."""
    return pd.DataFrame(
        [
            {
                "place": case.place,
                "name": place_name(case.place),
                "scenario": scenario(case),
                "answer": answer(case),
                "earliest": _moment(case, "earliest"),
                "latest": _moment(case, "latest"),
                "weak": say("yes" if case.weak else "no"),
                "caveat": chinese.caveats(case.quantity.caveat) if speaking() == CHINESE else case.quantity.caveat,
                "sources": " ".join(case.quantity.sources),
                "rows": "\n".join(case.quantity.rows),
            }
            for case in cases
        ],
        columns=list(COLUMNS),
    )


def _moment(case: Case, end: str) -> str:
    moment = getattr(case.parity, end, float("inf"))
    return "" if moment == float("inf") else f"{moment:.2f}"
