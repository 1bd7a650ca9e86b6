"""A grid of levels: full, half or not seen, rows by columns.

Out of scope: numbers in cells (``matrix``) and yes, no, cannot tell (``answers``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import seaborn as sns

from citygap import style
from citygap.charts.finished import Chart, make
from citygap.quantity import Quantity

BLUE = "#0077bb"
#: Marker, size, filled or not, of each level.  Shape and fill carry it, not colour.
LOOK = {2: ("o", 9.5, True), 1: ("o", 8.0, False), 0: ("_", 5.0, True)}
COLUMNS = {
    "row": "row of the figure",
    "column": "column of the figure",
    "level": "what is known of the pair, in words",
}


def levels(
    name: str,
    lead: str,
    table: pd.DataFrame,
    *,
    words: Mapping[int, str],
    quantities: Iterable[Quantity] = (),
    tables: Sequence[str] = (),
    chain: bool = False,
    rules: Sequence[int] = (),
) -> Chart:
    """Rows down, columns across, a marker for the level 2, 1 or 0 of each pair.

    ``table`` holds the levels, rows as its index; ``words`` says what each level means.  A
    ``chain`` draws a line along a row as far as its levels are above 0 without a break.  ``rules``
    are the columns before which a thin line parts the columns.
    """
    rows, columns = list(table.index), list(table.columns)
    lines = sum(1 + str(row).count("\n") for row in rows)
    figure, axes = style.canvas(1.3 + 0.235 * lines + (0.12 * len(rows) if chain else 0))
    for y, row in enumerate(rows):
        values = [int(v) for v in table.loc[row]]
        if chain:
            reach = next((i for i, v in enumerate(values) if v == 0), len(values))
            axes.plot([0, max(reach - 1, 0)], [y, y], color=BLUE, linewidth=2.2, zorder=1)
        for x, level in enumerate(values):
            shape, size, full = LOOK[level]
            ink = BLUE if level else style.OTHER
            axes.plot(x, y, marker=shape, markersize=size, color=ink, linestyle="none",
                      markerfacecolor=ink if full else style.PAPER, markeredgecolor=ink,
                      markeredgewidth=1.5, zorder=2)  # fmt: skip
    for x in rules:
        axes.axvline(x - 0.5, color=style.GRID, linewidth=1)
    axes.set_yticks(range(len(rows)), rows)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_xticks(range(len(columns)), columns)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.tick_params(axis="x", labelsize=7.6 if len(columns) > 6 else 8.5)
    axes.grid(axis="x", visible=False)
    sns.despine(ax=axes, left=True, bottom=True)
    met = [level for level in LOOK if level in set(table.to_numpy().ravel())]
    handles = [
        axes.plot([], [], marker=LOOK[level][0], markersize=7, linestyle="none",
                  color=BLUE if level else style.OTHER, markeredgewidth=1.5,
                  markerfacecolor=BLUE if LOOK[level][2] else style.PAPER,
                  label=words[level])[0]
        for level in met
    ]  # fmt: skip
    figure.legend(handles=handles, loc="outside lower left", ncols=len(met), handletextpad=0.1)
    flat = pd.DataFrame(
        [
            {"row": _line(row), "column": _line(column), "level": words[int(table.loc[row, column])]}
            for row in rows
            for column in columns
        ]
    )
    alt = f"{lead} " + " ".join(
        f"{row}: " + ", ".join(f"{r.column} {r.level}" for r in part.itertuples()) + "."
        for row, part in flat.groupby("row", sort=False)
    )
    return make(figure, name, alt, flat, COLUMNS, quantities, tables=tables)


def _line(text: str) -> str:
    return str(text).replace("-\n", "").replace("\n", " ")  # a broken word is one word
