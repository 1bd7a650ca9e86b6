"""A table of quantities, rows by places, shaded.

Out of scope: pictures of yes and no (``answers``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns

from citygap import style
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark, place_name


def matrix(
    name: str,
    lead: str,
    marks: Sequence[Mark],
    *,
    shade: Mapping[tuple[str, str], float],
    label: str,
    wrap: int = 0,
) -> Chart:
    """A table of quantities, rows by places, shaded 0 to 1; hatched cells are not known.

    ``shade`` gives the depth of each ``(row, place)``; ``label`` says what the depth means;
    ``wrap`` breaks longer texts in the cells into lines of about so many characters.
    """
    rows = list(dict.fromkeys(mark.row for mark in marks))
    places = list(dict.fromkeys(mark.place for mark in marks))
    depth = pd.DataFrame(
        [[shade.get((row, place), np.nan) for place in places] for row in rows],
        index=rows, columns=[place_name(p) for p in places],
    )
    figure, axes = style.canvas(0.8 + 0.4 * len(rows))
    for y in range(len(rows)):
        for x in range(len(places)):
            if np.isnan(depth.iloc[y, x]):
                axes.add_patch(plt.Rectangle((x, y), 1, 1, fill=False, hatch="////",
                                             edgecolor=style.GRID, linewidth=0))
    ramp = sns.light_palette("#4b9bd1", as_cmap=True)
    sns.heatmap(depth, ax=axes, cmap=ramp, vmin=0, vmax=1, cbar=False, linewidths=2,
                linecolor=style.PAPER, mask=depth.isna())
    for mark in marks:
        x, y = places.index(mark.place), rows.index(mark.row)
        known = not np.isnan(depth.iloc[y, x])
        words = mark.quantity.text() if known else "not known"
        axes.text(x + 0.5, y + 0.5, fill(words, wrap) if wrap else words, linespacing=0.95,
                  ha="center", va="center", fontsize=8.5,
                  color="#101418" if known else style.MUTED,
                  fontfamily="DejaVu Sans",  # the only one of the two fonts with a bold weight
                  fontweight="bold" if known and depth.iloc[y, x] >= 0.999 else "normal")
    axes.tick_params(length=0)
    axes.grid(False)
    axes.xaxis.tick_top()
    axes.set_xlabel(label, color=style.MUTED, fontsize=8.5)
    axes.xaxis.set_label_position("bottom")
    axes.set_ylabel("")
    axes.tick_params(axis="y", rotation=0)
    return finish(figure, name, lead, marks)
