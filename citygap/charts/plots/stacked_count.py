"""Bars of counts, stacked: how many of each kind stand at which stage.

Out of scope: shares of places (``share_bars``) and quantities with bounds (``forest_plot``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from citygap.charts import interactive, style
from citygap.charts.axes import row_axis
from citygap.charts.chart import Chart, in_all_forms, make, told
from citygap.quantity.quantity import Quantity
from citygap.words import CHINESE, speaking

#: Fill of each stage, first to last: from dark to an empty bar.  Lightness carries the order.
FILLS = ("#46525e", "#8f9ba6", "#cdd4da", "none")
COLUMNS_OF_KEY = {False: 2, True: 1}  # in the wide picture and in the narrow one
THICK_NARROW = 24  # points of a bar in the narrow picture
COLUMNS = {
    "kind": "bar of the figure",
    "stage": "part of the bar",
    "count": "how many are counted",
}


def part(count: int, label: str) -> str:
    """A part of a bar in words, in the language that is spoken."""
    return f"{label}{count}" if speaking() == CHINESE else f"{count} {label}"


@in_all_forms
def stack(
    name: str,
    lead: str,
    counts: Mapping[str, Mapping[str, int]],
    *,
    stages: Mapping[str, str],
    xlabel: str,
    quantities: Iterable[Quantity] = (),
    tables: Sequence[str] = (),
    alike: bool = False,
) -> Chart:
    """One bar a kind, one part a stage; the number stands in each part that has room.

    ``counts`` gives the count of each stage by kind, kinds from above; ``stages`` names the parts
    from the axis outwards, at most four.  ``alike`` makes all bars 100 percent long.
    """
    if len(stages) > len(FILLS):
        raise ValueError(f"figure {name}: {len(stages)} stages, but {len(FILLS)} fills")
    kinds = list(counts)
    figure, axes = style.canvas(1.2 + 0.33 * len(kinds))
    longest = max(sum(parts.values()) for parts in counts.values())
    tall = row_axis(axes, kinds, above=THICK_NARROW / 2 + 1, below=THICK_NARROW / 2 + 4,
                    head=18 * math.ceil(len(stages) / COLUMNS_OF_KEY[style.narrow()]))  # fmt: skip
    thick = THICK_NARROW / tall if style.narrow() else 0.66
    for y, kind in enumerate(kinds):
        start, unit = 0, 100 / (sum(counts[kind].values()) or 1) if alike else 1
        for fill, stage in zip(FILLS, stages):
            n = counts[kind].get(stage, 0)
            axes.barh(y, n * unit, left=start, height=thick, facecolor=fill, edgecolor=style.MUTED,
                      linewidth=0.8 if n else 0)  # fmt: skip
            if n * unit >= (100 if alike else longest) / 30:
                ink = "#fefeff" if fill == FILLS[0] else "#101418" if fill != "none" else style.INK
                axes.text(start + n * unit / 2, y, str(n), ha="center", va="center", fontsize=style.size(8.5), color=ink)
            start += n * unit
    if alike:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}%"))
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    handles = [
        Patch(facecolor=fill, edgecolor=style.MUTED, linewidth=0.8, label=label)
        for fill, label in zip(FILLS, stages.values())
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=COLUMNS_OF_KEY[style.narrow()], handlelength=1.2,
                  handleheight=0.9, columnspacing=1.2)  # fmt: skip
    rows = [
        {"kind": kind, "stage": label, "count": counts[kind].get(stage, 0)}
        for kind in kinds
        for stage, label in stages.items()
    ]
    alt = told(lead, {
        kind: [part(counts[kind].get(stage, 0), label) for stage, label in stages.items()] for kind in kinds
    }, " ")  # fmt: skip
    inks = {stage: style.CSS[style.PAPER] if fill == "none" else fill for stage, fill in zip(stages, FILLS)}
    view = interactive.counts(counts, stages, inks, xlabel=xlabel, alike=alike)
    return make(figure, name, alt, pd.DataFrame(rows), COLUMNS, quantities, tables=tables, view=view)
