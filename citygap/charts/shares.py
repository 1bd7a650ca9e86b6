"""Wholes and their parts: one bar a row, cut into named parts.

Out of scope: computing the parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle

import seaborn as sns
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from citygap import style
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark

#: Hatching of the parts in their order, so that colour is not all that tells them apart.
HATCHES = ("", "//", "..", "\\\\", "xx")
LEAST = 6  # percent: a part narrower than this has no room for its number


def shares(
    name: str, lead: str, marks: Sequence[Mark], *, colours: Mapping[str, str], xlabel: str,
) -> Chart:
    """Bars of 100 percent, one a row; a mark's ``place`` names the part, in the order of
    ``colours``, which gives each part its fill; hatching tells them apart as well.

    Each part is drawn at the middle of its bounds and its number printed inside where it fits.
    """
    rows = list(dict.fromkeys(mark.row for mark in marks))
    figure, axes = style.canvas(1.1 + 0.34 * len(rows))
    for y, row in enumerate(rows):
        start = 0.0
        parts = {mark.place: mark.middle for mark in marks if mark.row == row}
        for (part, fill), hatch in zip(colours.items(), cycle(HATCHES)):
            width = parts.get(part, 0.0)
            axes.barh(y, width, left=start, height=0.72, color=fill, edgecolor=style.PAPER,
                      linewidth=1, hatch=hatch)
            if width >= LEAST:
                axes.text(start + width / 2, y, f"{width:.0f}%", ha="center", va="center",
                          fontsize=8.5, color="#101418",
                          bbox={"facecolor": fill, "edgecolor": "none", "pad": 1.2})
            start += width
    axes.set_yticks(range(len(rows)), rows)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}%"))
    axes.set_xlabel(xlabel)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    sns.despine(ax=axes, left=True)
    met = {mark.place for mark in marks if mark.middle > 0}
    handles = [
        Patch(facecolor=fill, edgecolor=style.PAPER, linewidth=0, hatch=hatch, label=part)
        for (part, fill), hatch in zip(colours.items(), cycle(HATCHES)) if part in met
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=3, handlelength=2,
                  handletextpad=0.4, columnspacing=1.2, borderaxespad=0.2)
    return finish(figure, name, lead, marks)
