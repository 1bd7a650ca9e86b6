"""Bars of counts, stacked: how many of each kind stand at which stage.

Out of scope: shares (every bar has its own length) and quantities with bounds (``forest``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.patches import Patch

from citygap import style
from citygap.charts.finished import Chart, make
from citygap.quantity import Quantity

#: Fill of each stage, first to last: from full colour to an empty bar.  Lightness carries the order.
FILLS = ("#0b5c8f", "#4b9bd1", "#b9d6ec", "none")
COLUMNS = {
    "kind": "bar of the figure",
    "stage": "part of the bar",
    "count": "how many are counted",
}


def stack(
    name: str,
    lead: str,
    counts: Mapping[str, Mapping[str, int]],
    *,
    stages: Mapping[str, str],
    xlabel: str,
    quantities: Iterable[Quantity] = (),
    tables: Sequence[str] = (),
) -> Chart:
    """One bar a kind, one part a stage; the number stands in each part that has room.

    ``counts`` gives the count of each stage by kind, kinds from above; ``stages`` names the parts
    from the axis outwards, at most four.
    """
    if len(stages) > len(FILLS):
        raise ValueError(f"figure {name}: {len(stages)} stages, but {len(FILLS)} fills")
    kinds = list(counts)
    figure, axes = style.canvas(1.2 + 0.33 * len(kinds))
    longest = max(sum(parts.values()) for parts in counts.values())
    for y, kind in enumerate(kinds):
        start = 0
        for fill, stage in zip(FILLS, stages):
            n = counts[kind].get(stage, 0)
            axes.barh(y, n, left=start, height=0.66, facecolor=fill, edgecolor=style.MUTED,
                      linewidth=0.8 if n else 0)  # fmt: skip
            if n >= longest / 30:
                ink = "#fefeff" if fill == FILLS[0] else "#101418" if fill != "none" else style.INK
                axes.text(start + n / 2, y, str(n), ha="center", va="center", fontsize=8, color=ink)
            start += n
    axes.set_yticks(range(len(kinds)), kinds)
    axes.set_ylim(len(kinds) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    handles = [
        Patch(facecolor=fill, edgecolor=style.MUTED, linewidth=0.8, label=label)
        for fill, label in zip(FILLS, stages.values())
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=2, handlelength=1.2,
                  handleheight=0.9, columnspacing=1.2)  # fmt: skip
    rows = [
        {"kind": kind, "stage": label, "count": counts[kind].get(stage, 0)}
        for kind in kinds
        for stage, label in stages.items()
    ]
    alt = f"{lead} " + " ".join(
        f"{kind}: " + ", ".join(
            f"{counts[kind].get(stage, 0)} {label}" for stage, label in stages.items()
        ) + "."
        for kind in kinds
    )  # fmt: skip
    return make(figure, name, alt, pd.DataFrame(rows), COLUMNS, quantities, tables=tables)
