"""A table of parities: who is caught, under which growths, and when.

Out of scope: working them out (``citygap.scenarios``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd

from citygap import style
from citygap.answers import Answer
from citygap.charts.finished import Chart, make
from citygap.charts.marks import both_names, place_name

if TYPE_CHECKING:  # scenarios draws on charts, so it cannot be loaded before them
    from citygap.scenarios import Case

#: Fill, ink and weight of a cell by what it says; the words carry it, the shade only helps.
CLOSES, OPEN, NEVER, LEVEL = (
    ("#9fcbea", "#101418"), ("#e3eef7", "#101418"), ("#f3c4a8", "#101418"), ("#f4eebb", "#101418"),
)  # fmt: skip
COLUMNS = {
    "place": "key of the city to catch, as in places.csv",
    "name": "name of the city to catch",
    "scenario": "growths of the two, or the series",
    "answer": "the year of parity: never, a range, or from a year on or never",
    "earliest": "earliest moment of parity; empty for never or not known",
    "latest": "latest moment of parity; empty if it may be never",
    "weak": "yes if the levels stand on different definitions or years",
    "caveat": "what must be known to read it",
    "rows": "keys of the rows of the data it rests on, separated by line feeds",
}


def tone(case: Case) -> tuple[str, str] | None:
    """Fill and ink of a cell; None where nothing is known."""
    if case.parity is None:
        return None
    if case.parity.latest == case.parity.start:
        return LEVEL
    return {Answer.YES: CLOSES, Answer.CANNOT_TELL: OPEN, Answer.NO: NEVER}[case.parity.answer]


def parities(name: str, lead: str, cases: Sequence[Case], *, label: str = "") -> Chart:
    """Cities down, scenarios across, the year of parity in each cell; hatched is not known.

    ``label`` is printed under the table.
    """
    rows = list(dict.fromkeys(case.place for case in cases))
    columns = list(dict.fromkeys(case.scenario for case in cases))
    lines = max(column.count("\n") + 1 for column in columns)
    figure, axes = style.canvas(0.25 + 0.42 * len(rows) + 0.16 * lines + (0.2 if label else 0))
    for case in cases:
        x, y = columns.index(case.scenario), rows.index(case.place)
        look = tone(case)
        if look is None:
            axes.add_patch(plt.Rectangle((x + 0.02, y + 0.05), 0.96, 0.9, fill=False, hatch="////",
                                         edgecolor=style.GRID, linewidth=0))
        else:
            axes.add_patch(plt.Rectangle((x + 0.02, y + 0.05), 0.96, 0.9, facecolor=look[0],
                                         edgecolor="none"))
        axes.text(x + 0.5, y + 0.5, _wrapped(case.text), ha="center", va="center", fontsize=8.5,
                  linespacing=1.1, color=look[1] if look else style.MUTED)
    axes.set_xlim(0, len(columns))
    axes.set_ylim(len(rows), 0)
    axes.set_yticks([y + 0.5 for y in range(len(rows))], [both_names(row) for row in rows])
    axes.set_xticks([x + 0.5 for x in range(len(columns))], columns)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.grid(False)
    for side in axes.spines.values():
        side.set_visible(False)
    if label:
        axes.set_xlabel(label, color=style.MUTED, fontsize=8.5)
        axes.xaxis.set_label_position("bottom")
    alt = f"{lead} " + " ".join(
        f"{place_name(row)}: " + "; ".join(
            f"{' '.join(case.scenario.split())} {case.text}" for case in cases if case.place == row
        ) + "." for row in rows
    )
    known = [case.quantity for case in cases if case.parity is not None]
    return make(figure, name, alt, table(cases), COLUMNS, known)


def _wrapped(text: str) -> str:
    return text.replace(" or never", "\nor never")


def table(cases: Sequence[Case]) -> pd.DataFrame:
    """What the cells say, one row each, with the columns of :data:`COLUMNS`."""
    return pd.DataFrame(
        [
            {
                "place": case.place,
                "name": place_name(case.place),
                "scenario": " ".join(case.scenario.split()),
                "answer": case.text,
                "earliest": _moment(case, "earliest"),
                "latest": _moment(case, "latest"),
                "weak": "yes" if case.weak else "no",
                "caveat": case.quantity.caveat,
                "rows": "\n".join(case.quantity.rows),
            }
            for case in cases
        ],
        columns=list(COLUMNS),
    )


def _moment(case: Case, end: str) -> str:
    moment = getattr(case.parity, end, float("inf"))
    return "" if moment == float("inf") else f"{moment:.2f}"
