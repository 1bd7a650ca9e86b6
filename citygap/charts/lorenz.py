"""Lorenz curves.

Out of scope: computing them (``citygap.concentration``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.ticker import FuncFormatter

from citygap import style
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark


def lorenz_curves(
    name: str, lead: str, curves: Mapping[str, tuple[np.ndarray, np.ndarray]],
    marks: Sequence[Mark], *, xlabel: str, ylabel: str, shades: Sequence[str],
) -> Chart:
    """Lorenz curves, each labelled on its line; ``marks`` are the summary numbers shown."""
    figure, axes = style.canvas(3.6)
    axes.plot([0, 1], [0, 1], color=style.MUTED, linewidth=1)
    axes.annotate("equal", (0.3, 0.3), xytext=(-4, 4), textcoords="offset points", ha="right",
                  color=style.MUTED, fontsize=8.5)
    dashes = ["-", (0, (5, 2)), (0, (2, 2)), (0, (6, 2, 1, 2))]
    for (label, (units, total)), ink, dash in zip(curves.items(), shades, dashes):
        axes.plot(units, total, color=ink, linewidth=2, linestyle=dash, label=label)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    percent = FuncFormatter(lambda value, _: f"{value * 100:.0f}%")
    axes.xaxis.set_major_formatter(percent)
    axes.yaxis.set_major_formatter(percent)
    axes.set_xlabel(xlabel)
    axes.set_title(ylabel, loc="left", color=style.MUTED, fontsize=8.5)
    axes.legend(loc="upper left", handlelength=2.6, bbox_to_anchor=(0.0, 0.98))
    return finish(figure, name, lead, marks)
