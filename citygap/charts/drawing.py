"""The pieces that every chart is drawn with: bands, markers, axes, legends, labels.

Out of scope: whole charts (the modules beside this one) and the house style (``citygap.style``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import matplotlib.pyplot as plt
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from citygap import style
from citygap.charts.marks import Mark, place_name


def draw_mark(axes: plt.Axes, mark: Mark, y: float, size: float = 6.5, x: float | None = None) -> None:
    """Band, marker and arrows of one mark at height ``y`` (or upright at ``x``)."""
    upright = x is not None
    ink = style.colour(mark.place)
    low, high = mark.low, mark.high
    start, end = (axes.get_ylim() if upright else axes.get_xlim())
    if math.isinf(low) or low <= 0 and is_log(axes, upright):
        low = start
    if math.isinf(high):
        high = end
    if high > low:
        line = ([x, x], [low, high]) if upright else ([low, high], [y, y])
        axes.plot(*line, color=ink, alpha=0.35, linewidth=5, zorder=2, solid_capstyle="butt")
    point = (x, mark.middle) if upright else (mark.middle, y)
    axes.plot(
        *point,
        marker=style.marker(mark.place),
        markersize=size,
        color=ink,
        markerfacecolor=style.PAPER if mark.hollow else ink,
        markeredgecolor=ink,
        markeredgewidth=1.3,
        linestyle="none",
        zorder=4 if mark.place == "chongqing" else 3,
    )
    for is_open, edge in ((math.isinf(mark.high), end), (math.isinf(mark.low), start)):
        if is_open:
            axes.annotate(
                "", (x, edge) if upright else (edge, y), point,
                arrowprops={"arrowstyle": "->", "color": ink, "alpha": 0.8}, zorder=2,
            )


def is_log(axes: plt.Axes, upright: bool) -> bool:
    return (axes.get_yscale() if upright else axes.get_xscale()) == "log"


def tick_label(value: float, _position: int = 0) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"


def log_axis(axis) -> None:
    low, high = axis.get_view_interval()
    decades = math.log10(high / low)
    steps = (1.0, 2.0, 5.0) if decades < 2.6 else (1.0,)
    axis.set_major_locator(LogLocator(base=10, subs=steps))
    axis.set_major_formatter(FuncFormatter(tick_label))
    axis.set_minor_formatter(NullFormatter())
    axis.set_tick_params(which="minor", length=0)


def limits(marks: Sequence[Mark], log: bool, keep: Sequence[float] = ()) -> tuple[float, float]:
    ends = [v for m in marks for v in (m.low, m.high) if math.isfinite(v) and (v > 0 or not log)]
    low, high = min([*ends, *keep]), max([*ends, *keep])
    if log:
        return low / 1.25, high * 1.25
    pad = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return (0 if low >= 0 else low - pad), high + pad


def place_legend(axes: plt.Axes, places: Iterable[str], columns: int = 5, hollow: str = "") -> None:
    handles = [
        Line2D([], [], marker=style.marker(p), color=style.colour(p), linestyle="none",
               markersize=6.5, label=place_name(p))
        for p in places
    ]
    if hollow:
        handles.append(
            Line2D([], [], marker="o", color=style.MUTED, markerfacecolor=style.PAPER,
                   linestyle="none", markersize=6.5, label=hollow)
        )
    axes.figure.legend(
        handles=handles, loc="outside upper left", ncols=columns, handletextpad=0.1,
        columnspacing=0.9, borderaxespad=0.2,
    )


def row_axis(axes: plt.Axes, rows: Sequence[str]) -> None:
    axes.set_yticks(range(len(rows)), rows)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
