"""A quantity as a function of one supposed number: a band between its bounds.

Out of scope: series in time (``lines``).
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import seaborn as sns
from matplotlib.ticker import FuncFormatter

from citygap import style
from citygap.charts.drawing import tick_label
from citygap.charts.finished import Chart, make
from citygap.quantity import Quantity

BLUE = "#0077bb"
COLUMNS = {
    "supposed": "the number supposed, on the horizontal axis",
    "low": "lower bound of what follows",
    "high": "upper bound of what follows",
}


def band(
    name: str,
    lead: str,
    supposed: Sequence[Quantity],
    found: Sequence[Quantity],
    *,
    xlabel: str,
    ylabel: str,
    edges: tuple[str, str],
    upright: tuple[Quantity, str] | None = None,
    level: tuple[Quantity, str] | None = None,
) -> Chart:
    """The band of ``found`` over ``supposed``; ``edges`` name its lower and its upper side.

    ``upright`` draws a line at a known number of the axis, ``level`` a grey band across, each with
    its text.
    """
    x = [q.middle for q in supposed]
    low, high = [q.low for q in found], [q.high for q in found]
    figure, axes = style.canvas(3.5)
    axes.fill_between(x, low, high, color=BLUE, alpha=0.22, linewidth=0)
    for side in (low, high):
        axes.plot(x, side, color=BLUE, linewidth=1.8)
    axes.set_xlim(x[0], x[-1] * 1.02)
    top = max([*high, *([level[0].high] if level else [])]) * 1.1
    axes.set_ylim(0, top)
    late, half = -2, len(x) // 2
    axes.annotate(edges[0], (x[late], low[late]), xytext=(-8, 5), textcoords="offset points",
                  va="bottom", ha="right", fontsize=8.5, color=style.INK)  # fmt: skip
    axes.annotate(edges[1], (x[half], high[half]), xytext=(-6, 3), textcoords="offset points",
                  va="bottom", ha="right", fontsize=8.5, color=style.INK)  # fmt: skip
    behind = list(found)
    if level:
        q, text = level
        axes.axhspan(q.low, q.high, color=style.OTHER, alpha=0.25, linewidth=0)
        axes.annotate(text, (x[0], q.high), xytext=(4, 3), textcoords="offset points",
                      va="bottom", fontsize=8.5, color=style.INK)  # fmt: skip
        behind.append(q)
    if upright:
        q, text = upright
        axes.axvline(q.middle, color=style.MUTED, linewidth=1.1, linestyle=(0, (4, 3)))
        axes.annotate(text, (q.middle, 0.36 * top), xytext=(-5, 0), textcoords="offset points",
                      ha="right", va="center", fontsize=8.5, color=style.INK)  # fmt: skip
        behind.append(q)
    axes.yaxis.set_major_formatter(FuncFormatter(tick_label))
    axes.set_xlabel(xlabel)
    axes.set_title(ylabel, loc="left", color=style.MUTED, fontsize=8.5)
    axes.grid(axis="x", visible=False)
    sns.despine(ax=axes, left=True)
    data = pd.DataFrame({"supposed": x, "low": low, "high": high})
    told = "; ".join(f"at {s.text()}: {f.text()}" for s, f in zip(supposed, found))
    lines = "".join(f" {text.replace(chr(10), ' ')}: {q.text()}." for q, text in
                    (pair for pair in (upright, level) if pair))  # fmt: skip
    return make(figure, name, f"{lead} {told}.{lines}", data, COLUMNS, behind)
