"""Lines over time, labelled at their ends.

Out of scope: rows on one axis (``forest_plot``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter, MaxNLocator

from citygap.charts import interactive, style
from citygap.charts.axes import draw_mark, limits, log_axis, spread, tick_label, wrapped
from citygap.charts.chart import Chart, finish, in_all_forms
from citygap.charts.marks import Mark, number
from citygap.words import say

WIDTHS = {style.FOCUS: 2.2, "china": 1.5, "second": 1.8}  # of lines, in points
AWAY = 8  # points from the end of a line to its name
LETTERS = 15  # of a name in a line of the narrow picture
DATE = 7  # of a date below the axis of the narrow picture: month and year in two lines
LONG = 5  # years from which on days are marked by years on the axis


@in_all_forms
def lines(
    name: str,
    lead: str,
    marks: Sequence[Mark],
    *,
    ylabel: str,
    log: bool = False,
    height: float = 3.4,
    label: Mapping[str, str] | None = None,
    end_year: float | None = None,
    like: Mapping[str, str] | None = None,
    named: str = "",
    xlabel: str = "",
    least: float | None = None,
    values: bool = False,
) -> Chart:
    """Lines over time, one a row, labelled at their right end; hollow markers are plans.

    The line between two marks is dashed where the later one is hollow.  ``label`` overrides the
    text at the end of a line (by default the row), ``like`` the place whose colour and marker a
    line takes, for lines that are about no single place; ``named`` is the one place besides
    Chongqing that the title names, which has the second colour.  Where chance is known of all
    counts of a line, what it leaves open is a pale band.  ``xlabel`` says what the years are where
    it is not evident; ``least`` starts the axis, above zero where lines lie close to one another;
    ``values`` prints the last number of each line behind its name, but not that of a
    mark alone.
    """
    figure, axes = style.canvas(height)
    if log:
        axes.set_yscale("log")
    years = [mark.year for mark in marks]
    last = end_year or max(years)
    width = last - min(years)
    axes.set_xlim(min(years) - 0.05 * width - 0.1, last + 0.1 * width)
    axes.set_ylim(limits(marks, log))
    if least is not None:
        axes.set_ylim(bottom=least)
    ends = []
    rows = list(dict.fromkeys(mark.row for mark in marks))
    for row in sorted(rows, key=lambda row: _look(marks, row, like) == style.FOCUS):
        own = sorted((m for m in marks if m.row == row), key=lambda m: m.year)
        look = _look(marks, row, like)
        _line(axes, own, look, style.colour(look, named))
        ends.append((own[-1], (label or {}).get(row, row)))
    if values:
        alone = {row for row in rows if sum(mark.row == row for mark in marks) == 1}
        ends = [(mark, name and mark.row not in alone and f"{name} {number(mark.quantity)}" or name)
                for mark, name in ends]  # fmt: skip
    axes.set_ylabel("")
    axes.set_title(wrapped(ylabel, style.TITLE) if style.narrow() else ylabel, loc="left",
                   color=style.MUTED, fontsize=style.size(8.5))  # fmt: skip
    axes.set_xlabel(xlabel, color=style.MUTED, fontsize=style.size(8.5))
    if log:
        log_axis(axes.yaxis)
    else:
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
        axes.yaxis.set_major_formatter(FuncFormatter(tick_label))
    days = any(len(m.quantity.period) > 4 and "/" not in m.quantity.period for m in marks)
    ticks = _year_ticks(min(years), last, days)
    below = [wrapped(name, DATE) if style.narrow() else name for name in ticks.values()]
    axes.set_xticks(list(ticks), below)
    axes.grid(axis="x", visible=False)
    _end_labels(axes, [end for end in ends if end[1]])
    looks = {row: _look(marks, row, like) for row in rows}
    last = {mark.row: name for mark, name in ends} if values else label
    view = interactive.over_time(
        marks, looks, ticks, ylabel=ylabel, log=log, label=last, named=named, xlabel=xlabel, least=least)
    return finish(figure, name, lead, marks, view)


def _look(marks: Sequence[Mark], row: str, like: Mapping[str, str] | None) -> str:
    """The place whose colour a line takes."""
    return (like or {}).get(row) or next(mark.place for mark in marks if mark.row == row)


def _line(axes: plt.Axes, own: Sequence[Mark], look: str, ink: str) -> None:
    """One line with its marks; a pale band where chance is known of all of them."""
    wide = WIDTHS.get(look, 1.3)
    for before, after in zip(own, own[1:]):
        ahead = before.hollow or after.hollow
        dash = (0, (4, 3)) if ahead else (0, (5, 1.5)) if look == "china" else "-"
        axes.plot([before.year, after.year], [before.middle, after.middle], color=ink,
                  linewidth=wide, linestyle=dash, zorder=3 if look == style.FOCUS else 2)  # fmt: skip
    banded = len(own) > 1 and all(mark.chance for mark in own)
    if banded:
        axes.fill_between([m.year for m in own], [m.chance.low for m in own],
                          [m.chance.high for m in own], color=ink, alpha=style.TINT, linewidth=0)  # fmt: skip
    for mark in own:
        shown = replace(mark, place=look, chance=None if banded else mark.chance)
        draw_mark(axes, shown, 0, size=5.5 if look == style.FOCUS else 4, x=mark.year, ink=ink)


def _year_ticks(first: float, last: float, days: bool) -> dict[float, str]:
    """Ticks under the years, or, for counts at a day over a few years, at January and July."""
    if days and last - first < LONG:
        step = 1 if style.narrow() else 2  # ticks a year
        halves = [half / step for half in range(math.ceil(step * first), math.floor(step * last) + 1)]
        names = [say(f"{'Jan' if half == int(half) else 'Jul'} {int(half)}") for half in halves]
        return dict(zip(halves, names))
    start, most = int(first), 4 if style.narrow() else 7
    years = list(range(start, int(last) + 1, max(1, math.ceil((last - first) / most))))
    return {year + 0.5: str(year) for year in years}


def _end_labels(axes: plt.Axes, ends: Sequence[tuple[Mark, str]]) -> None:
    """Name each line at its right end, pushed apart where two would overlap."""
    figure = axes.figure
    texts = [
        axes.annotate(
            wrapped(words, LETTERS) if style.narrow() else words, (mark.year, mark.middle),
            xytext=(AWAY, 0), textcoords="offset points", va="center", color=style.INK,
            fontsize=style.size(8.5), bbox=style.UNDER,
        )
        for mark, words in ends
    ]  # fmt: skip
    style.lay_out_so_far(figure)  # so that the sizes of axes and words are known
    points = 72 / figure.dpi
    wide = points * axes.get_window_extent().width
    boxes = [text.get_window_extent() for text in texts]
    sizes = [(points * box.width, points * box.height) for box in boxes]
    start, end = axes.get_xlim()
    room = [start + (mark.year - start) * wide / max(wide - AWAY - size, wide / 3)
            for (mark, _), (size, _) in zip(ends, sizes)]  # fmt: skip
    axes.set_xlim(start, max(end, *room))
    floor, top = points * axes.get_window_extent().y0 + 1, points * axes.get_window_extent().y1
    places = [points * axes.transData.transform((mark.year, mark.middle)) for mark, _ in ends]
    for group in _side_by_side([(at[0], at[0] + AWAY + size[0]) for at, size in zip(places, sizes)]):
        heights = [sizes[n][1] for n in group]
        moved = spread([places[n][1] for n in group], heights, gap=0)
        moved = _kept_in(moved, heights, floor, top)
        for n, y in zip(group, moved):
            texts[n].xyann = (AWAY, y - places[n][1])


def _kept_in(centres: Sequence[float], sizes: Sequence[float], floor: float, top: float) -> list[float]:
    """Centres of things that do not overlap, moved so that none lies on the axis or above the picture."""
    found = list(centres)
    order = sorted(range(len(found)), key=lambda n: found[n])
    for n in reversed(order):
        found[n] = min(found[n], top - sizes[n] / 2)
        top = found[n] - sizes[n] / 2
    for n in order:
        found[n] = max(found[n], floor + sizes[n] / 2)
        floor = found[n] + sizes[n] / 2
    return found


def _side_by_side(spans: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Which spans, by their number, overlap with one another, directly or through others."""
    groups: list[list[int]] = []
    reach = -math.inf
    for n in sorted(range(len(spans)), key=lambda n: spans[n]):
        if spans[n][0] > reach:
            groups.append([])
        groups[-1].append(n)
        reach = max(reach, spans[n][1])
    return groups
