"""Bars of counts, a cell each: how many of each kind stand at which stage.

Out of scope: shares of places (``share_bars``) and quantities with bounds (``forest_plot``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.patches import Patch

from citygap.charts import interactive, style
from citygap.charts.axes import row_axis
from citygap.charts.chart import Chart, in_all_forms, make, told
from citygap.quantity.quantity import Quantity
from citygap.words import CHINESE, speaking

#: Fill of each stage, first to last: from dark to an empty bar.  Lightness carries the order.
FILLS = ("#46525e", "#8f9ba6", "#cdd4da", "none")
#: Ink of a number in a part, and what is under it, by the part's fill.
PRINTED = {fill: ("#fefeff" if fill == FILLS[0] else "#101418", fill) for fill in FILLS[:-1]} | {"none": (style.INK, style.PAPER)}
#: A framed stage: an empty cell in a thick frame, and its fill in the chart that a reader draws anew.
FRAME, FRAMED = 2.0, "#6b7783"
GAP = 0.12  # of a cell, between it and the next
COLUMNS_OF_KEY = {False: 2, True: 1}  # in the wide picture and in the narrow one
THICK_NARROW = 24  # points of a bar in the narrow picture
COLUMNS = {
    "kind": "bar of the figure",
    "stage": "part of the bar",
    "count": "how many are counted",
}
WHICH = {"which": "what is counted, by its key"}


def part(count: int, label: str) -> str:
    """A part of a bar in words, in the language that is spoken."""
    return f"{label}{count}" if speaking() == CHINESE else f"{count} {label}"


@in_all_forms
def stack(
    name: str,
    lead: str,
    counts: Mapping[str, Mapping[str, int | Sequence[str]]],
    *,
    stages: Mapping[str, str],
    xlabel: str,
    framed: str = "",
    quantities: Iterable[Quantity] = (),
    tables: Sequence[str] = (),
) -> Chart:
    """One bar a kind, one part a stage, one cell a thing; the number stands in each part that has room.

    ``counts`` gives the count of each stage by kind, kinds from above, or the keys of what is counted,
    which the values then list; ``stages`` names the parts from the axis outwards, at most four and one
    that is ``framed`` instead of filled.
    """
    filled = [stage for stage in stages if stage != framed]
    if len(filled) > len(FILLS):
        raise ValueError(f"figure {name}: {len(filled)} stages, but {len(FILLS)} fills")
    fills = dict(zip(filled, FILLS)) | ({framed: "none"} if framed else {})
    looks = {stage: {"facecolor": fills[stage], "edgecolor": style.INK, "linewidth": FRAME} if stage == framed else
             {"facecolor": fills[stage], "edgecolor": style.MUTED} for stage in stages}  # fmt: skip
    which = {(kind, stage): each for kind, parts in counts.items() for stage, each in parts.items()
             if not isinstance(each, int)}  # fmt: skip
    counts = {kind: {stage: len(each) if (kind, stage) in which else each for stage, each in parts.items()}
              for kind, parts in counts.items()}  # fmt: skip
    kinds = list(counts)
    figure, axes = style.canvas(1.2 + 0.33 * len(kinds))
    longest = max(sum(parts.values()) for parts in counts.values())
    tall = row_axis(axes, kinds, above=THICK_NARROW / 2 + 1, below=THICK_NARROW / 2 + 4,
                    head=18 * math.ceil(len(stages) / COLUMNS_OF_KEY[style.narrow()]))  # fmt: skip
    thick = THICK_NARROW / tall if style.narrow() else 0.66
    for y, kind in enumerate(kinds):
        start = 0
        for stage in stages:
            n = counts[kind].get(stage, 0)
            gap = GAP * (2 if stage == framed else 1)  # a frame is thick
            axes.barh([y] * n, 1 - gap, left=[start + gap / 2 + cell for cell in range(n)], height=thick,
                      **{"linewidth": 0.6} | looks[stage])  # fmt: skip
            if n >= longest / 30:
                ink, under = PRINTED[fills[stage]]
                axes.text(start + n / 2, y, str(n), ha="center", va="center", fontsize=style.size(8.5), color=ink,
                          bbox=style.UNDER | {"facecolor": under})  # fmt: skip
            start += n
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    handles = [
        Patch(**{"linewidth": 0.8} | looks[stage], label=label)
        for stage, label in stages.items()
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=COLUMNS_OF_KEY[style.narrow()], handlelength=1.2,
                  handleheight=0.9, columnspacing=1.2)  # fmt: skip
    rows = [
        {"kind": kind, "stage": label, "count": counts[kind].get(stage, 0)}
        | ({"which": ", ".join(which.get((kind, stage), ()))} if which else {})
        for kind in kinds
        for stage, label in stages.items()
    ]
    alt = told(lead, {
        kind: [part(counts[kind].get(stage, 0), label) for stage, label in stages.items()] for kind in kinds
    }, " ")  # fmt: skip
    inks = {stage: FRAMED if stage == framed else style.CSS[style.PAPER] if fills[stage] == "none" else fills[stage]
            for stage in stages}  # fmt: skip
    view = interactive.counts(counts, stages, inks, xlabel=xlabel)
    return make(figure, name, alt, pd.DataFrame(rows), COLUMNS | WHICH if which else COLUMNS, quantities, tables=tables, view=view)
