"""Rows of quantities on one axis.

Out of scope: quantities over time (``line_plot``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter, MaxNLocator

from citygap.charts import interactive, style
from citygap.charts.axes import (
    draw_mark,
    limits,
    log_axis,
    place_legend,
    row_axis,
    spread,
    tick_label,
)
from citygap.charts.chart import Chart, finish, in_all_forms
from citygap.charts.marks import Mark, number, place_name


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
    hollow: str = "",
    legend: bool = True,
    labels: bool = False,
) -> Chart:
    """Rows of quantities on one (by default logarithmic) axis, one marker a place.

    ``reference`` draws an upright line, named by ``reference_label``; ``least`` starts the axis and
    ``most`` ends it, which lines of chance may leave; ``labels`` prints each value at its right,
    for rows with one mark.

    Where places share a row, ``named`` are those whose name and value stand above their marks: one
    place, which then has the second colour, or several, which stay grey.  All others are small and
    grey, and a line above the axes says so (``legend``).  ``hollow`` explains hollow markers there.
    """
    import seaborn as sns  # here: it takes longer to import than the rest

    view = interactive.rows(
        marks, xlabel=xlabel, log=log, reference=reference, reference_label=reference_label, least=least,
        most=most, named=named,
    )  # fmt: skip
    second = named if isinstance(named, str) else ""
    named = {named} - {""} if isinstance(named, str) else set(named)
    rows = list(dict.fromkeys(mark.row for mark in marks))
    unnamed = [mark for mark in marks if mark.place not in named]
    legend = legend and len(marks) > len(rows) and bool(unnamed)
    over = 0.18 * bool(reference_label) + 0.2 * bool(legend or hollow)
    figure, axes = style.canvas(0.75 + (0.44 if named else 0.36) * len(rows) + over)
    if log:
        axes.set_xscale("log")
    axes.set_xlim(limits(marks, log, [reference] if reference else []))
    if least is not None:
        axes.set_xlim(left=least)
    if most is not None:
        axes.set_xlim(right=most)
    row_axis(axes, rows, above=18 if named else 8, head=90 * over)
    if reference is not None:
        axes.axvline(reference, color=style.MUTED, linewidth=1.1, zorder=1)
        axes.annotate(
            reference_label, (reference, 1), xycoords=("data", "axes fraction"), xytext=(0, 3),
            textcoords="offset points", ha="center", fontsize=style.size(8.5), color=style.MUTED,
        )  # fmt: skip
    told: list[tuple[Mark, plt.Annotation]] = []
    for mark in sorted(marks, key=lambda mark: mark.place == style.FOCUS):
        y, ink = rows.index(mark.row), style.colour(mark.place, second)
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
    if legend or hollow:
        place_legend(axes, unnamed if legend else [], hollow=hollow)
    if reference is not None and told:
        _off_line(axes, told, reference)
    if named:
        _name_all(axes, [[mark for mark in marks if mark.row == row and mark.place in named] for row in rows])
    return finish(figure, name, lead, marks, view)


def _name_all(axes: plt.Axes, rows: Sequence[Sequence[Mark]]) -> None:
    """Print place and value above the marks of each row, pushed apart where two would overlap."""
    points = 72 / axes.figure.dpi
    texts = [[axes.annotate(
        f"{place_name(mark.place)} {number(mark.quantity)}", (mark.middle, y), xytext=(0, 6),
        textcoords="offset points", va="bottom", ha="center", fontsize=style.size(8), color=style.INK,
        bbox=style.UNDER,
    ) for mark in marks] for y, marks in enumerate(rows)]  # fmt: skip
    for _ in range(2):  # words beyond the axes make them narrower, which brings marks together
        axes.figure.draw_without_rendering()  # so that the places of the marks are known
        for y, (marks, told) in enumerate(zip(rows, texts)):
            at = [points * axes.transData.transform((mark.middle, y))[0] for mark in marks]
            widths = [points * text.get_window_extent().width for text in told]
            for text, here, moved in zip(told, at, spread(at, widths, gap=7)):
                text.xyann = (moved - here, 6)


def _off_line(axes: plt.Axes, told: Sequence[tuple[Mark, plt.Annotation]], reference: float) -> None:
    """Move the values that stand at the right of their marks and would be crossed by the upright line: to
    the left of the marks or, without room there, beyond the line."""
    axes.figure.draw_without_rendering()  # so that the places of the values are known
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
