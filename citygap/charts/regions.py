"""The map of pairs of growths: where a gap closes, by when, and where it never does.

Out of scope: which pairs are published (``citygap.scenarios``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.ticker import FuncFormatter

from citygap import style
from citygap.charts.finished import Chart, make
from citygap.charts.marks import place_name
from citygap.quantity import Quantity

if TYPE_CHECKING:  # scenarios draws on charts, so it cannot be loaded before them
    from citygap.scenarios import Pair

#: Fill of the regions, from "never" to the earliest horizon.
FILLS = ("#f3c4a8", "#e6eef5", "#bcd9ee", "#8fc1e3")
COLUMNS = {
    "pair": "which growths meet",
    "leader": "key of the city to catch, or of the follower where its growth is hypothetical",
    "leader_low": "lower bound of the leader's growth a year, percent",
    "leader_high": "upper bound of the leader's growth a year, percent",
    "follower_low": "lower bound of the follower's growth a year, percent",
    "follower_high": "upper bound of the follower's growth a year, percent",
    "rows": "keys of the rows of the data it rests on, separated by line feeds",
}


def region(
    name: str, lead: str, pairs: Sequence[Pair], *, multiple: Quantity, horizons: Sequence[int],
    start: int, leader: str, follower: str, most: tuple[float, float] = (75, 100),
) -> Chart:
    """Growth of the leader across, of the follower up; shaded by when parity comes.

    ``multiple`` is the leader's level over the follower's at ``start``; a boundary is as thick as
    its bounds.  ``most`` are the ends of the axes, in percent.
    """
    figure, axes = style.canvas(4.3)
    across = np.linspace(0, most[0], 200)
    axes.fill_between(across, 0, across, color=FILLS[0], linewidth=0)
    axes.fill_between(across, across, most[1], color=FILLS[1], linewidth=0)
    for fill, by in zip(FILLS[2:], sorted(horizons, reverse=True)):
        low, high = (((1 + across / 100) * end ** (1 / (by - start)) - 1) * 100
                     for end in multiple.bounds)
        axes.fill_between(across, high, most[1], color=fill, linewidth=0, where=high < most[1])
        axes.fill_between(across, low, np.minimum(high, most[1]), color="#3b6d92", alpha=0.55,
                          linewidth=0, where=low < most[1])
        axes.annotate(f"parity by {by}", (1, high[2]), xytext=(0, 4), textcoords="offset points",
                      fontsize=8.5, color="#101418", va="bottom")
    axes.annotate("later", (1, 14), fontsize=8.5, color="#101418")
    axes.annotate("never", (most[0] - 1, 3), fontsize=8.5, color="#101418", ha="right")
    in_rows = sorted(pairs, key=lambda pair: (pair.y.middle, pair.x.middle))
    for number, pair in enumerate(in_rows):  # labels of neighbours in turn below and above
        _draw(axes, pair, above=number % 2 == 1)
    axes.set_xlim(0, most[0])
    axes.set_ylim(0, most[1])
    percent = FuncFormatter(lambda value, _: f"{value:.0f}%")
    axes.xaxis.set_major_formatter(percent)
    axes.yaxis.set_major_formatter(percent)
    axes.set_xlabel(f"{leader}'s growth a year")
    axes.set_title(f"{follower}'s growth a year", loc="left", color=style.MUTED, fontsize=8.5)
    axes.grid(False)
    sns.despine(ax=axes, left=True)
    alt = f"{lead} " + " ".join(
        f"{pair.row}: {leader} {pair.x.text()}, {follower} {pair.y.text()}." for pair in pairs
    ) + f" {leader} stands at {multiple.text()} times {follower} in {start}."
    return make(figure, name, alt, table(pairs), COLUMNS,
                [multiple, *(q for pair in pairs for q in (pair.x, pair.y))])


def _draw(axes, pair: Pair, above: bool) -> None:
    """A box of the bounds of both growths, with a marker in its middle and its name beside it."""
    x, y = pair.x.middle, pair.y.middle
    ink = style.colour("chongqing")
    axes.plot([pair.x.low, pair.x.high], [y, y], color="#101418", linewidth=2)
    axes.plot([x, x], [pair.y.low, pair.y.high], color="#101418", linewidth=2)
    axes.plot(x, y, marker="D", color=ink, markersize=6, markeredgecolor="#101418",
              markeredgewidth=0.8, linestyle="none", zorder=4)
    axes.annotate(pair.row, (x, y), xytext=(0, 7 if above else -7), textcoords="offset points",
                  fontsize=8.5, color="#101418", ha="center", va="bottom" if above else "top")


def table(pairs: Sequence[Pair]) -> pd.DataFrame:
    """The pairs drawn, one row each, with the columns of :data:`COLUMNS`."""
    return pd.DataFrame(
        [
            {
                "pair": pair.row,
                "leader": place_name(pair.place),
                "leader_low": round(pair.x.low, 3),
                "leader_high": round(pair.x.high, 3),
                "follower_low": round(pair.y.low, 3),
                "follower_high": round(pair.y.high, 3),
                "rows": "\n".join(dict.fromkeys([*pair.x.rows, *pair.y.rows])),
            }
            for pair in pairs
        ],
        columns=list(COLUMNS),
    )
