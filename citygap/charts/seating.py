"""Where things are said to be and where they were found: rows by places, a ring and a dot.

Out of scope: finding them (``citygap.seats``).
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import seaborn as sns

from citygap import style
from citygap.charts.finished import Chart, make
from citygap.charts.marks import place_name
from citygap.quantity import Quantity

COLUMNS = {
    "layer": "what the firm mainly makes, as the authors sorted it",
    "firm": "name of the firm in English",
    "said": "key of the city in which the commentary puts it",
    "found": "key of the city in which the best page puts it",
    "basis": "what that page speaks of: registered office, head office, legal name, location",
    "confidence": "standing of that page",
    "sources": "its key in sources.bib",
}


def seating(
    name: str, lead: str, table: pd.DataFrame, quantities: Iterable[Quantity] = ()
) -> Chart:
    """Firms down, cities across: a ring where a firm is said to sit, a dot where it was found.

    ``table`` holds the columns of :data:`COLUMNS`, in the order of the rows; rows of one layer
    stand together under its name.
    """
    cities = list(dict.fromkeys([*table["said"], *table["found"]]))
    layers = list(dict.fromkeys(table["layer"]))
    figure, axes = style.canvas(0.75 + 0.27 * (len(table) + len(layers)))
    ticks, labels, y = [], [], 0
    for layer in layers:
        axes.annotate(layer, (-0.62, y), color=style.MUTED, fontsize=8.5, va="center")
        y += 1
        for row in table[table["layer"] == layer].itertuples(index=False):
            said, found = cities.index(row.said), cities.index(row.found)
            apart = said != found
            axes.plot(said, y, marker="o", markersize=13, markerfacecolor="none", linestyle="none",
                      markeredgecolor=style.COLOURS["chongqing"] if apart else style.MUTED,
                      markeredgewidth=1.6)
            if apart:
                axes.annotate("", (found, y), (said, y), arrowprops={
                    "arrowstyle": "->", "color": style.COLOURS["chongqing"], "shrinkA": 8,
                    "shrinkB": 6})
            axes.plot(found, y, marker="o", markersize=7, color=style.colour(row.found),
                      linestyle="none")
            ticks.append(y)
            labels.append(row.firm)
            y += 1
    axes.set_yticks(ticks, labels)
    axes.set_ylim(y - 0.4, -0.6)
    axes.set_xlim(-0.65, len(cities) - 0.35)
    axes.set_xticks(range(len(cities)), [place_name(city) for city in cities])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.grid(axis="x", visible=False)
    sns.despine(ax=axes, left=True, bottom=True)
    alt = f"{lead} " + " ".join(
        f"{row.firm} ({row.layer}): said to be in {place_name(row.said)}, "
        f"found in {place_name(row.found)}."
        for row in table.itertuples(index=False)
    )
    return make(figure, name, alt, table[list(COLUMNS)], COLUMNS, quantities, tables=("seats", "claims"))
