"""Rows of quantities on one axis.

Out of scope: quantities over time (``line_plot``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter, MaxNLocator

from citygap.charts import interactive, style
from citygap.charts.axes import (
    draw_mark,
    limits,
    log_axis,
    row_axis,
    spread,
    tick_label,
)
from citygap.charts.chart import Chart, finish, in_all_forms
from citygap.charts.marks import Mark, number, place_name

HEAD, UNDER = 0.75, 0.3  # of a row: what the head of a group takes, and names below a row's marks


@in_all_forms
def forest(
    name: str,
    lead: str,
    marks: Sequence[Mark],
    *,
    xlabel: str,
    reference: float | None = None,
    reference_label: str = "",
    least: float | None = None,
    most: float | None = None,
    named: str | Collection[str] = (),
    log: bool = True,
    labels: bool = False,
    groups: Mapping[str, str] | None = None,
) -> Chart:
    """Rows of quantities on one (by default logarithmic) axis, one marker a place.

    ``reference`` draws an upright line, named by ``reference_label``; ``least`` starts the axis and
    ``most`` ends it, which lines of chance may leave; ``labels`` prints each value at its right,
    for rows with one mark.  ``groups`` are heads by the row above which they stand.

    Where places share a row, ``named`` are those whose name and value stand above their marks: one
    place, which then has the second colour, or several, which stay grey.  All others are small and
    grey, and named once, below their marks in the row that has most of them.
    """
    import seaborn as sns  # here: it takes longer to import than the rest

    view = interactive.rows(
        marks, xlabel=xlabel, log=log, reference=reference, reference_label=reference_label, least=least,
        most=most, named=named,
    )  # fmt: skip
    second = named if isinstance(named, str) else ""
    named = {named} - {""} if isinstance(named, str) else set(named)
    rows = list(dict.fromkeys(mark.row for mark in marks))
    others = Counter(mark.row for mark in marks if mark.place not in named) if len(marks) > len(rows) else {}
    once = max(others, key=others.get, default="")  # the row that names the others
    at, heads = _spots(rows, groups or {}, once)
    spots = sorted([*at.items(), *((words, spot) for spot, words in heads.items())], key=lambda each: each[1])
    over = 0.18 * bool(reference_label)
    figure, axes = style.canvas(0.75 + (0.44 if named else 0.36) * (spots[-1][1] + 1) + over)
    if log:
        axes.set_xscale("log")
    axes.set_xlim(limits(marks, log, [reference] if reference else []))
    if least is not None:
        axes.set_xlim(left=least)
    if most is not None:
        axes.set_xlim(right=most)
    row_axis(axes, [name for name, _ in spots], [spot for _, spot in spots], above=18 if named else 8,
             below=21 if once == rows[-1] else 9, head=90 * over, muted=heads.values())  # fmt: skip
    if reference is not None:
        axes.axvline(reference, color=style.MUTED, linewidth=1.1, zorder=1)
        axes.annotate(
            reference_label, (reference, 1), xycoords=("data", "axes fraction"), xytext=(0, 3),
            textcoords="offset points", ha="center", fontsize=style.size(8.5), color=style.MUTED,
        )  # fmt: skip
    told: list[tuple[Mark, plt.Annotation]] = []
    for mark in sorted(marks, key=lambda mark: mark.place == style.FOCUS):
        y, ink = at[mark.row], style.colour(mark.place, second)
        if named and mark.place not in named and mark.place != style.FOCUS:
            draw_mark(axes, replace(mark, chance=None), y, size=5, ink=style.OTHER)
        else:
            draw_mark(axes, mark, y, ink=ink)
        if labels:
            told.append((mark, _label(axes, mark, y)))
    if log:
        log_axis(axes.xaxis)
    else:
        nbins = 4 if style.narrow() else 6
        axes.xaxis.set_major_locator(MaxNLocator(nbins=nbins, steps=[1, 2, 5, 10]))
        axes.xaxis.set_major_formatter(FuncFormatter(tick_label))
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    if reference is not None and told:
        _off_line(axes, told, reference)
    _name(axes, {at[row]: [m for m in marks if m.row == row and m.place in named] for row in rows}, below=False)
    if once:
        _name(axes, {at[once]: [m for m in marks if m.row == once and m.place not in named]}, below=True)
    return finish(figure, name, lead, marks, view)


def _spots(rows: Sequence[str], groups: Mapping[str, str], once: str) -> tuple[dict[str, float], dict[float, str]]:
    """Where rows stand, by name, and heads, by place; below the row ``once`` there is room for names."""
    found, heads, spot = {}, {}, 0.0
    for row in rows:
        if row in groups:
            heads[spot] = groups[row]
            spot += HEAD
        found[row] = spot
        spot += 1 + UNDER * (row == once)
    return found, heads


def _name(axes: plt.Axes, rows: Mapping[float, Sequence[Mark]], below: bool) -> None:
    """Print place and value above the marks of rows, by where those stand, or places alone below them, each
    with a line to its mark; pushed apart where two would overlap."""
    points, away = 72 / axes.figure.dpi, -10 if below else 6
    line = {"arrowstyle": "-", "color": style.MUTED, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 3, "relpos": (0.5, 1)}
    texts = {y: [axes.annotate(
        place_name(mark.place) + f" {number(mark.quantity)}" * (not below), (mark.middle, y), xytext=(0, away),
        textcoords="offset points", va="top" if below else "bottom", ha="center", fontsize=style.size(8),
        color=style.INK, bbox=style.UNDER, arrowprops=line if below else None,
    ) for mark in marks] for y, marks in rows.items()}  # fmt: skip
    for _ in range(2):  # words beyond the axes make them narrower, which brings marks together
        style.lay_out_so_far(axes.figure)  # so that the places of the marks are known
        for y, marks in rows.items():
            at = [points * axes.transData.transform((mark.middle, y))[0] for mark in marks]
            widths = [points * text.get_window_extent().width for text in texts[y]]
            for text, here, moved in zip(texts[y], at, spread(at, widths, gap=7)):
                text.xyann = (moved - here, away)


def _off_line(axes: plt.Axes, told: Sequence[tuple[Mark, plt.Annotation]], reference: float) -> None:
    """Move the values that stand at the right of their marks and would be crossed by the upright line: to
    the left of the marks or, without room there, beyond the line."""
    style.lay_out_so_far(axes.figure)  # so that the places of the values are known
    at, gap = axes.transData.transform((reference, 0))[0], axes.figure.dpi / 24  # of three points
    for mark, text in told:
        box = text.get_window_extent()
        start = axes.transData.transform((mark.ends[0], 0))[0]
        if text.xyann[0] <= 0 or not box.x0 - gap < at < box.x1 + gap:
            continue
        if start - 4 * gap - box.width < axes.bbox.x0:
            text.xyann = (text.xyann[0] + 72 / axes.figure.dpi * (at + gap - box.x0), text.xyann[1])
        else:
            text.xy, text.xyann = (mark.ends[0], text.xy[1]), (-text.xyann[0], 0)
            text.set_horizontalalignment("right")


def _label(axes: plt.Axes, mark: Mark, y: float) -> plt.Annotation:
    """Print the value of a mark: at its right, or above it where an arrow or a line of chance would
    part the two; in the narrow picture names stand above, and only what leaves the axes does that."""
    above = mark.ends[1] > axes.get_xlim()[1] or mark.chance and not style.narrow()
    return axes.annotate(
        number(mark.quantity),
        (mark.middle if above else mark.ends[1], y),
        xytext=(0, 10) if above else (8, 0),
        textcoords="offset points",
        va="center",
        ha="center" if above and not style.narrow() else "left",
        fontsize=style.size(8.5),
        color=style.INK,
        bbox=style.UNDER,  # over the upright line
    )
