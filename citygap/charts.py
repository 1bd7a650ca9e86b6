"""The chart functions of the book: quantities in, one inline figure out.

Every function takes :class:`Mark` objects (a quantity, the place it is about and the row or line
it belongs to) and gives a :class:`Chart`, which prints itself in a notebook or, glued, on a page.
What is drawn, what the alternative text says and what the table under the figure lists are the
same quantities.

How bounds are drawn: a band from low to high; a marker in its middle; a hollow marker for a
forecast, a target or a figure on another scope; an arrow where a side is open.

Out of scope: statistics, and the words of captions.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from citygap import style
from citygap.quantity import Quantity
from citygap.tables import book


@dataclass(frozen=True)
class Mark:
    """One thing to draw: ``quantity`` of ``place`` in row (or line) ``row``.

    ``hollow`` marks a target, a forecast, or a figure on another scope than its neighbours.
    """

    row: str
    place: str
    quantity: Quantity
    hollow: bool = False

    @property
    def low(self) -> float:
        return self.quantity.low

    @property
    def high(self) -> float:
        return self.quantity.high

    @property
    def middle(self) -> float:
        """Where the marker stands: the middle of the bounds, or the closed end of an open one."""
        if math.isinf(self.high):
            return self.low
        if math.isinf(self.low):
            return self.high
        return (self.low + self.high) / 2

    @property
    def year(self) -> float:
        return year_of(self.quantity.period)


@dataclass(frozen=True)
class Chart:
    """A finished figure: its SVG, its alternative text and the values it shows."""

    name: str
    svg: str
    alt: str
    data: pd.DataFrame
    sources: tuple[str, ...]

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope='col'>{html.escape(c)}</th>" for c in self.data.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(str(v))}</td>" for v in row) + "</tr>"
            for row in self.data.itertuples(index=False)
        )
        return (
            f'<div class="figure-frame">{self.svg}</div>'
            f'<details class="figure-values"><summary>Values and sources</summary>'
            f'<div class="figure-table" tabindex="0"><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div></details>"
        )

    def __repr__(self) -> str:
        return self.alt


def place_name(place: str) -> str:
    """English name of a place; text that is no key of the places table is given back."""
    try:
        return book.name(place)
    except KeyError:
        return place


def both_names(place: str) -> str:
    """Name in English and Chinese, as a figure gives it where a place is first met."""
    return f"{book.name(place)} {book.name(place, 'hans')}"


def year_of(period: str) -> float:
    """Position of a period on an axis of years: a year or its parts at their middle.

    ``2024`` is 2024.5, ``2025H1`` 2025.25, ``2025-01/2025-09`` 2025.375 and ``2025-11-29`` about
    2025.91.  Raises ValueError for an interval that is open at its start.
    """
    if "/" in period:
        start, end = period.split("/")
        if start == "..":
            raise ValueError(f"period {period!r} has no start")
        return (_edges(start)[0] + _edges(end)[1]) / 2
    return sum(_edges(period)) / 2


def _edges(moment: str) -> tuple[float, float]:
    year = int(moment[:4])
    part = moment[4:]
    if not part:
        return year, year + 1
    if part[0] in "HQ":
        length = {"H": 0.5, "Q": 0.25}[part[0]]
        start = year + (int(part[1]) - 1) * length
        return start, start + length
    month = int(part[1:3])
    if len(part) == 3:
        return year + (month - 1) / 12, year + month / 12
    day = year + (month - 1) / 12 + (int(part[4:6]) - 0.5) / 365.25
    return day, day


def values_of(marks: Iterable[Mark]) -> pd.DataFrame:
    """The table under a figure: row, place, value, bounds, unit, period, scope and sources."""
    return pd.DataFrame(
        [
            {
                "Row": mark.row.replace("\n", " "),
                "Place": place_name(mark.place),
                "Value": mark.quantity.text(),
                "Low": _plain(mark.low),
                "High": _plain(mark.high),
                "Unit": "" if mark.quantity.unit in ("1", "ratio") else mark.quantity.unit,
                "Period": mark.quantity.period,
                "Scope": mark.quantity.scope,
                "Confidence": mark.quantity.confidence,
                "Sources": ", ".join(mark.quantity.sources),
            }
            for mark in marks
        ]
    )


def _plain(value: float) -> str:
    return "open" if math.isinf(value) else f"{value:.4g}"


def finish(figure: plt.Figure, name: str, lead: str, marks: Sequence[Mark]) -> Chart:
    """Make the chart of a drawn figure; ``lead`` opens the alternative text, the values end it."""
    rows: dict[str, list[str]] = {}
    for mark in marks:
        row = mark.row.replace("\n", " ")
        rows.setdefault(row, []).append(f"{place_name(mark.place)} {mark.quantity.text()}")
    alt = f"{lead} " + "; ".join(f"{row}: {', '.join(parts)}" for row, parts in rows.items()) + "."
    sources = tuple(dict.fromkeys(key for mark in marks for key in mark.quantity.sources))
    return Chart(name, style.to_svg(figure, name, alt), alt, values_of(marks), sources)


# --------------------------------------------------------------------------------------- drawing


def _draw(axes: plt.Axes, mark: Mark, y: float, size: float = 6.5, x: float | None = None) -> None:
    """Band, marker and arrows of one mark at height ``y`` (or upright at ``x``)."""
    upright = x is not None
    ink = style.colour(mark.place)
    low, high = mark.low, mark.high
    start, end = (axes.get_ylim() if upright else axes.get_xlim())
    if math.isinf(low) or low <= 0 and _is_log(axes, upright):
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


def _is_log(axes: plt.Axes, upright: bool) -> bool:
    return (axes.get_yscale() if upright else axes.get_xscale()) == "log"


def _number(value: float, _position: int = 0) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"


def _log_axis(axis) -> None:
    low, high = axis.get_view_interval()
    decades = math.log10(high / low)
    steps = (1.0, 2.0, 5.0) if decades < 2.6 else (1.0,)
    axis.set_major_locator(LogLocator(base=10, subs=steps))
    axis.set_major_formatter(FuncFormatter(_number))
    axis.set_minor_formatter(NullFormatter())
    axis.set_tick_params(which="minor", length=0)


def _span(marks: Sequence[Mark], log: bool, keep: Sequence[float] = ()) -> tuple[float, float]:
    ends = [v for m in marks for v in (m.low, m.high) if math.isfinite(v) and (v > 0 or not log)]
    low, high = min([*ends, *keep]), max([*ends, *keep])
    if log:
        return low / 1.25, high * 1.25
    pad = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return (0 if low >= 0 else low - pad), high + pad


def _legend(axes: plt.Axes, places: Iterable[str], columns: int = 5, hollow: str = "") -> None:
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


def _row_axis(axes: plt.Axes, rows: Sequence[str]) -> None:
    axes.set_yticks(range(len(rows)), rows)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)


# ---------------------------------------------------------------------------------------- charts


def forest(
    name: str,
    lead: str,
    marks: Sequence[Mark],
    *,
    xlabel: str,
    reference: float | None = None,
    log: bool = True,
    hollow: str = "",
    legend: bool = True,
    labels: bool = False,
) -> Chart:
    """Rows of quantities on one (by default logarithmic) axis, one marker a place.

    ``reference`` draws an upright line; ``hollow`` explains hollow markers in the legend;
    ``labels`` prints each value at its right, for rows with one mark.
    """
    rows = list(dict.fromkeys(mark.row for mark in marks))
    places = list(dict.fromkeys(mark.place for mark in marks))
    figure, axes = style.canvas(0.9 + 0.36 * len(rows) + (0.4 if legend else 0))
    if log:
        axes.set_xscale("log")
    axes.set_xlim(_span(marks, log, [reference] if reference else []))
    _row_axis(axes, rows)
    if reference is not None:
        axes.axvline(reference, color=style.MUTED, linewidth=1.1, zorder=1)
    for mark in marks:
        _draw(axes, mark, rows.index(mark.row))
        if labels:
            _label(axes, mark, rows.index(mark.row))
    if log:
        _log_axis(axes.xaxis)
    axes.set_xlabel(xlabel)
    sns.despine(ax=axes, left=True)
    if legend:
        _legend(axes, places, hollow=hollow)
    return finish(figure, name, lead, marks)


def _label(axes: plt.Axes, mark: Mark, y: float) -> None:
    """Print the value of a mark: at its right, or above it where an arrow leaves to the right."""
    is_open = math.isinf(mark.high)
    axes.annotate(
        mark.quantity.text(),
        (mark.middle if is_open else mark.high, y),
        xytext=(0, 7) if is_open else (8, 0),
        textcoords="offset points",
        va="center",
        fontsize=8.5,
        color=style.INK,
    )


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
) -> Chart:
    """Lines over time, one a row, labelled at their right end; hollow markers are plans.

    The line between two marks is dashed where the later one is hollow.  ``label`` overrides the
    text at the end of a line (by default the row).
    """
    figure, axes = style.canvas(height)
    if log:
        axes.set_yscale("log")
    years = [mark.year for mark in marks]
    last = end_year or max(years)
    span = last - min(years)
    axes.set_xlim(min(years) - 0.05 * span - 0.1, last + 0.34 * span + 0.2)
    low, high = _span(marks, log)
    axes.set_ylim(low, high)
    frame = pd.DataFrame(
        {"row": [m.row for m in marks], "year": years, "value": [m.middle for m in marks]}
    )
    ends = []
    for row, part in frame.groupby("row", sort=False):
        own = sorted((m for m in marks if m.row == row), key=lambda m: m.year)
        ink = style.colour(own[0].place)
        solid = [m for m in own if not m.hollow]
        sns.lineplot(
            x=[m.year for m in solid], y=[m.middle for m in solid], color=ink, linewidth=1.8,
            ax=axes, legend=False, errorbar=None,
        )
        for before, after in zip(own, own[1:]):
            if before.hollow or after.hollow:
                axes.plot([before.year, after.year], [before.middle, after.middle], color=ink,
                          linewidth=1.4, linestyle=(0, (4, 3)))
        for mark in own:
            _draw(axes, mark, 0, size=5.5, x=mark.year)
        ends.append((own[-1], (label or {}).get(row, row), ink))
    _end_labels(axes, ends)
    axes.set_ylabel("")
    axes.set_title(ylabel, loc="left", color=style.MUTED, fontsize=8.5)
    axes.set_xlabel("")
    if log:
        _log_axis(axes.yaxis)
    else:
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
        axes.yaxis.set_major_formatter(FuncFormatter(_number))
    _year_axis(axes, min(years), last, days=any(len(m.quantity.period) > 4 for m in marks))
    axes.grid(axis="x", visible=False)
    return finish(figure, name, lead, marks)


def _year_axis(axes: plt.Axes, first: float, last: float, days: bool) -> None:
    """Ticks under the years, or, for counts at a day, at January and July."""
    if days:
        halves = [half / 2 for half in range(math.ceil(2 * first), math.floor(2 * last) + 1)]
        names = [f"{'Jan' if half == int(half) else 'Jul'} {int(half)}" for half in halves]
        axes.set_xticks(halves, names)
        return
    start = int(first)
    years = list(range(start, int(last) + 1, _step(start, last)))
    axes.set_xticks([year + 0.5 for year in years], [str(year) for year in years])


def _step(first: float, last: float) -> int:
    return max(1, math.ceil((last - first) / 7))


def _end_labels(axes: plt.Axes, ends: Sequence[tuple[Mark, str, str]]) -> None:
    """Name each line at its right end, pushed apart where two would overlap."""
    figure = axes.figure
    height = figure.get_figheight() * 72 * 0.8
    spots = []
    for mark, text, ink in ends:
        low, high = axes.get_ylim()
        if axes.get_yscale() == "log":
            share = math.log(mark.middle / low) / math.log(high / low)
        else:
            share = (mark.middle - low) / (high - low)
        spots.append([share * height, mark, text, ink])
    spots.sort(key=lambda spot: spot[0])
    for below, spot in zip(spots, spots[1:]):
        spot[0] = max(spot[0], below[0] + 11.0 * (1 + below[2].count("\n")))
    for y, mark, text, ink in spots:
        low, high = axes.get_ylim()
        if axes.get_yscale() == "log":
            own = math.log(mark.middle / low) / math.log(high / low) * height
        else:
            own = (mark.middle - low) / (high - low) * height
        axes.annotate(text, (mark.year, mark.middle), xytext=(8, y - own), color=ink,
                      textcoords="offset points", va="center", fontsize=8.5)


def matrix(
    name: str,
    lead: str,
    marks: Sequence[Mark],
    *,
    shade: Mapping[tuple[str, str], float],
    label: str,
) -> Chart:
    """A table of quantities, rows by places, shaded 0 to 1; hatched cells are not known.

    ``shade`` gives the depth of each ``(row, place)``; ``label`` says what the depth means.
    """
    rows = list(dict.fromkeys(mark.row for mark in marks))
    places = list(dict.fromkeys(mark.place for mark in marks))
    depth = pd.DataFrame(
        [[shade.get((row, place), np.nan) for place in places] for row in rows],
        index=rows, columns=[place_name(p) for p in places],
    )
    figure, axes = style.canvas(0.8 + 0.4 * len(rows))
    for y in range(len(rows)):
        for x in range(len(places)):
            if np.isnan(depth.iloc[y, x]):
                axes.add_patch(plt.Rectangle((x, y), 1, 1, fill=False, hatch="////",
                                             edgecolor=style.GRID, linewidth=0))
    ramp = sns.light_palette("#4b9bd1", as_cmap=True)
    sns.heatmap(depth, ax=axes, cmap=ramp, vmin=0, vmax=1, cbar=False, linewidths=2,
                linecolor=style.PAPER, mask=depth.isna())
    for mark in marks:
        x, y = places.index(mark.place), rows.index(mark.row)
        known = not np.isnan(depth.iloc[y, x])
        axes.text(x + 0.5, y + 0.5, mark.quantity.text() if known else "not known",
                  ha="center", va="center", fontsize=8.5,
                  color="#101418" if known else style.MUTED,
                  fontfamily="DejaVu Sans",  # the only one of the two fonts with a bold weight
                  fontweight="bold" if known and depth.iloc[y, x] >= 0.999 else "normal")
    axes.tick_params(length=0)
    axes.grid(False)
    axes.xaxis.tick_top()
    axes.set_xlabel(label, color=style.MUTED, fontsize=8.5)
    axes.xaxis.set_label_position("bottom")
    axes.set_ylabel("")
    axes.tick_params(axis="y", rotation=0)
    return finish(figure, name, lead, marks)


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


def hollow(mark: Mark) -> Mark:
    """The same mark, drawn hollow."""
    return replace(mark, hollow=True)
