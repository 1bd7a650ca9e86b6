"""The pieces that every chart is drawn with: bands, markers, axes, labels.

Out of scope: whole charts (the modules beside this one) and the house style
(``citygap.charts.style``).
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Collection, Sequence

import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from citygap import words
from citygap.charts import style
from citygap.charts.marks import Mark
from citygap.quantity import chinese


def draw_mark(
    axes: plt.Axes, mark: Mark, y: float, size: float = 6.5, x: float | None = None, ink: str = ""
) -> None:
    """Band, marker and arrows of one mark at height ``y`` (or upright at ``x``).

    ``ink`` takes the place of the colour of the mark's place.
    """
    upright = x is not None
    ink = ink or style.colour(mark.place)
    low, high = mark.low, mark.high
    start, end = (axes.get_ylim() if upright else axes.get_xlim())
    if math.isinf(low) or low <= 0 and is_log(axes, upright):
        low = start
    if math.isinf(high):
        high = end
    if high > low:
        line = ([x, x], [low, high]) if upright else ([low, high], [y, y])
        axes.plot(*line, color=ink, alpha=style.TINT, linewidth=5, zorder=2, solid_capstyle="butt")
    if mark.chance:
        line = ([x, x], mark.chance.bounds) if upright else (mark.chance.bounds, [y, y])
        axes.plot(*line, color=ink, linewidth=1.1, zorder=2, marker="_" if upright else "|", markersize=6)
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
        clip_on=not start <= mark.middle <= end,  # a mark at the edge is whole
        zorder=4 if mark.place == style.FOCUS else 3,
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
    if words.speaking() == words.CHINESE:
        return chinese.printed(f"{value:.0f}" if value == int(value) else f"{value:.4g}")
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"


DOUBLED = 8  # times its least, from which on the marks of a logarithmic axis double


def log_axis(axis) -> None:
    """Marks 1, 2, 4, 8, ... on a logarithmic axis, with a line at each second one; else 1, 2, 5, ..."""
    low, high = axis.get_view_interval()
    doubled = high >= DOUBLED * low
    axis.set_major_locator(LogLocator(base=4, numticks=20) if doubled else LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter(FuncFormatter(tick_label))
    if doubled:
        axis.set_minor_locator(LogLocator(base=4, subs=[2], numticks=20))
    axis.set_minor_formatter(FuncFormatter(tick_label) if doubled else NullFormatter())
    axis.set_tick_params(which="both", length=0, pad=5)


def limits(marks: Sequence[Mark], log: bool, keep: Sequence[float] = ()) -> tuple[float, float]:
    ends = [v for m in marks for v in m.ends if math.isfinite(v) and (v > 0 or not log)]
    low, high = min([*ends, *keep]), max([*ends, *keep])
    if log:
        return low / 1.25, high * 1.25
    pad = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return (0 if low >= 0 else low - pad), high + pad


AFTER = "，、；：。）》”"  # marks that begin no line
PIECE = re.compile(rf"(?:[（《“]*[⺀-鿿]|[^⺀-鿿\s（《“{AFTER}]+|[（《“]+|\s)[{AFTER}]*")
LINE = 13.0  # points from one line of a row's name to the next, in the narrow picture
AXIS = 44.0  # points of an axis with its name below the rows
LETTERS = 44  # of a row's name in a line of the narrow picture


def row_axis(
    axes: plt.Axes, rows: Sequence[str], spots: Sequence[float] = (), *,
    above: float = 8.0, below: float = 9.0, head: float = 0.0, muted: Collection[str] = (),
) -> float:
    """Name the rows, which stand at ``spots`` (by default 0, 1, 2, ...), from above.

    In the wide picture the names stand at the left.  In the narrow one each stands on a line of its
    own, ``above`` points over its row, which reaches ``below`` points down; the figure is made as
    high as that takes, with ``head`` points for what stands over the axes.  Names that are ``muted``
    are heads of the rows below them.  Gives the height of a row in points.
    """
    spots = list(spots) or [float(at) for at in range(len(rows))]
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    if not style.narrow():
        axes.set_yticks(spots, rows)
        axes.set_ylim(spots[-1] + 0.6, -0.6)
        for label in axes.get_yticklabels():
            label.set_color(style.MUTED if label.get_text() in muted else style.INK)
        return 72 * axes.figure.get_figheight() / (spots[-1] + 2)
    names = [wrapped(row, LETTERS) for row in rows]
    tall = [LINE * (1 + name.count("\n")) for name in names]
    row = max(tall) + above + below
    axes.set_yticks([])
    axes.set_ylim(spots[-1] + below / row, -(tall[0] + above + 2) / row)
    for at, name, plain in zip(spots, names, rows):
        axes.annotate(
            name, (0, at), xycoords=("axes fraction", "data"), xytext=(0, above), va="bottom",
            textcoords="offset points", fontsize=style.size(9), linespacing=1.1, bbox=style.UNDER, zorder=5,
            color=style.MUTED if plain in muted else style.INK,
        )  # fmt: skip
    axes.figure.set_figheight((row * (spots[-1] + 1) + AXIS + head) / 72)
    return row


def wrapped(text: str, letters: int) -> str:
    """Words in lines of so many letters at most; the line feeds that they have are blanks.

    In Chinese lines break between any two characters, each as wide as two letters, but before a mark.
    """
    if words.speaking() != words.CHINESE:
        return textwrap.fill(text.replace("-\n", "").replace("\n", " "), letters)
    lines, wide = [""], 0.0
    for piece in PIECE.findall(text.replace("\n", "")):
        size = sum(2 if sign > "⺀" else 1.1 for sign in piece.rstrip(AFTER))
        if wide and wide + size > letters:
            lines, wide = [*lines, ""], 0.0
        lines[-1] += piece
        wide += size
    return "\n".join(lines)


def spread(centres: Sequence[float], sizes: Sequence[float], gap: float = 2.0) -> list[float]:
    """Centres, moved as little as it takes for things of these sizes not to overlap.

    The order of the things stays.  Those that would overlap come to stand side by side about the
    mean of where they were.
    """
    order = sorted(range(len(centres)), key=lambda at: centres[at])
    blocks: list[tuple[list[int], float, float]] = []  # members, middle, size
    for at in order:
        blocks.append(([at], centres[at], sizes[at]))
        while len(blocks) > 1 and _overlap(blocks[-2], blocks[-1], gap):
            (some, middle, size), (more, other, further) = blocks[-2:]
            many, few = len(some), len(more)
            both = (many * middle + few * other) / (many + few)
            blocks[-2:] = [([*some, *more], both, size + gap + further)]
    found = list(centres)
    for members, middle, size in blocks:
        edge = middle - size / 2
        for at in members:
            found[at] = edge + sizes[at] / 2
            edge += sizes[at] + gap
    return found


def _overlap(below: tuple, above: tuple, gap: float) -> bool:
    return below[1] + below[2] / 2 + gap > above[1] - above[2] / 2
