"""A table of answers: which statement holds under which choice.

Out of scope: working the answers out (``citygap.sensitivity``).
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import seaborn as sns

from citygap import style
from citygap.charts.finished import Chart, make
from citygap.quantity import Quantity

#: How an answer is drawn: marker, filled or not, colour.  Shape carries it, colour only helps.
LOOK = {
    "yes": ("o", True, "#0077bb"),
    "cannot tell": ("o", False, "#0077bb"),
    "no": ("X", True, "#d5490b"),
    "no data": ("_", True, style.OTHER),
}
COLUMNS = {
    "statement": "what is said",
    "choice": "the choice under which it is tested",
    "answer": "yes, cannot tell, no, or no data (the choice leaves nothing to compute it from)",
}


def answers(
    name: str, lead: str, table: pd.DataFrame, quantities: Iterable[Quantity] = (),
    *, slanted: bool = False,
) -> Chart:
    """Statements down, choices across, an answer in each cell.

    ``table`` holds the columns of :data:`COLUMNS`; ``quantities`` are what the answers rest on.
    ``slanted`` sets the names of many choices at an angle, each on one line.
    """
    statements = list(dict.fromkeys(table["statement"]))
    choices = list(dict.fromkeys(table["choice"]))
    lines = sum(1 + text.count("\n") for text in statements)
    figure, axes = style.canvas(1.25 + 0.24 * lines + 0.1 * len(statements))
    for row in table.itertuples(index=False):
        shape, full, ink = LOOK[row.answer]
        axes.plot(
            choices.index(row.choice), statements.index(row.statement), marker=shape, markersize=8,
            color=ink, markerfacecolor=ink if full else style.PAPER, markeredgecolor=ink,
            markeredgewidth=1.5, linestyle="none",
        )  # fmt: skip
    axes.set_yticks(range(len(statements)), statements)
    axes.set_ylim(len(statements) - 0.4, -0.6)
    axes.set_xlim(-0.5, len(choices) - 0.5)
    axes.set_xticks(range(len(choices)), choices)
    axes.xaxis.tick_top()
    if slanted:
        flat_names = [choice.replace("-\n", "").replace("\n", " ") for choice in choices]
        axes.set_xticklabels(flat_names, rotation=55, ha="left", rotation_mode="anchor")
    axes.tick_params(length=0)
    axes.grid(axis="x", visible=False)
    sns.despine(ax=axes, left=True, bottom=True)
    met = [key for key in LOOK if key in set(table["answer"])]
    handles = [
        axes.plot([], [], marker=LOOK[key][0], markersize=7, linestyle="none", color=LOOK[key][2],
                  markerfacecolor=LOOK[key][2] if LOOK[key][1] else style.PAPER,
                  markeredgewidth=1.5, label=key)[0]
        for key in met
    ]  # fmt: skip
    figure.legend(handles=handles, loc="outside lower left", ncols=len(met), handletextpad=0.1)
    flat = table.assign(
        statement=table["statement"].str.replace("\n", " "),
        choice=table["choice"].str.replace("\n", " "),
    )
    alt = f"{lead} " + " ".join(
        f"{statement}: " + ", ".join(f"{r.choice} {r.answer}" for r in part.itertuples()) + "."
        for statement, part in flat.groupby("statement", sort=False)
    )
    return make(figure, name, alt, flat[list(COLUMNS)], COLUMNS, quantities)
