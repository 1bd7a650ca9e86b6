"""The small picture of a city's page: other cities as multiples of it, as SVG by a template.

It looks as the pictures of the data pages do (``press.data_pages.coverage_plot``), with Chongqing an
orange diamond and other cities grey circles, as in the book's figures (``citygap.charts.style``).

Out of scope: the figures of the chapters (``citygap.charts``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from citygap.charts import style
from press.data_pages.coverage_plot import LETTER, WIDTH
from press.languages.printed import say
from press.templating import render

ARROW = 17  # length of an arrow that means a missing bound


@dataclass(frozen=True)
class Dot:
    """A city on a row of a comparison: bounds of its multiple (may be infinite) and whether the
    comparison is a weak one, drawn hollow."""

    place: str
    low: float
    high: float
    hollow: bool = False

    @property
    def middle(self) -> float:
        """Where the marker stands: halfway on the logarithmic axis, or at the bound that is."""
        if math.isinf(self.high):
            return self.low
        if self.low <= 0:
            return self.high
        return math.sqrt(self.low * self.high)


def multiples(
    rows: Sequence[tuple[str, Sequence[Dot]]], names: dict[str, str], axis: str, title: str
) -> str:
    """Cities as multiples of one, on a logarithmic axis with a line at 1.

    ``rows`` are a label and its dots, ``names`` the places drawn, ``axis`` what
    the axis counts.  A band runs from bound to bound; an arrow means that a bound is missing.
    """
    ends = [v for _, dots in rows for d in dots for v in (d.low, d.high) if 0 < v < math.inf]
    low, high = min([*ends, 0.9]) / 1.3, max([*ends, 1.1]) * 1.3
    left, right = max(134.0, *(_width(label) for label, _ in rows)), WIDTH - 10.0
    legend, top = _legend(key(names))
    height = top + 20 * len(rows) + 32

    def at(value: float) -> float:
        share = math.log(value / low) / math.log(high / low)
        return left + share * (right - left)

    return render(
        "multiples.html",
        title=title,
        axis=axis,
        height=height,
        top=top,
        bottom=height - 30,
        legend=legend,
        ticks=[(at(tick), tick) for tick in decimal_ticks(low, high)],
        one=at(1),
        middle=(left + right) / 2,
        rows=[(label, top + 20 * number + 10, [_drawn(dot, at, left, right) for dot in dots])
              for number, (label, dots) in enumerate(rows)],
        colour=style.painted,
        outline=lambda place: SHAPES.get(style.marker(place)),
        radius=4.2,
    )  # fmt: skip


def _drawn(dot: Dot, at, left: float, right: float) -> dict:
    """Where a dot stands, its band from bound to bound, and its arrows: the way they point and
    their tips, as far away as there is room for."""
    x, banded = at(dot.middle), dot.low > 0 and dot.high < math.inf
    ends = ((-1, left, dot.low <= 0), (1, right, math.isinf(dot.high)))
    return {
        "place": dot.place,
        "hollow": dot.hollow,
        "x": x,
        "band": (at(dot.low), at(dot.high)) if banded and at(dot.high) - at(dot.low) > 1 else None,
        "arrows": [(way, x + way * min(ARROW, abs(edge - x))) for way, edge, is_open in ends if is_open],
    }


#: Markers of the house style that are no circle, as polygons around 0, one unit in radius.
SHAPES = {"D": [(0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)]}


def key(names: dict[str, str]) -> dict[str, str]:
    """What the colours mean, by a place that has each: Chongqing, if it is drawn, and the rest."""
    told = {style.FOCUS: names[style.FOCUS]} if style.FOCUS in names else {}
    return told | ({"": say("other cities")} if names.keys() - told.keys() else {})


def _width(label: str) -> float:
    """About how wide a label is: a Chinese character is as wide as letters are high."""
    return 8 + sum(9.5 if ord(letter) > 0x2E7F else LETTER for letter in label)


def _legend(names: dict[str, str]) -> tuple[list[tuple[str, str, float, float]], float]:
    """Places, their names and where they stand, in rows of up to five, and the height at which
    these end."""
    placed, x, y = [], 6.0, 8.0
    for place, name in names.items():
        width = 6 + 1.1 * _width(name)
        if x + width > WIDTH:
            x, y = 6.0, y + 15
        placed.append((place, name, x, y))
        x += width + 8
    return placed, y + 14


def decimal_ticks(low: float, high: float) -> list[float]:
    """1, 2, 5 times powers of ten within bounds; the powers alone if there are many."""
    steps = (1, 2, 5) if math.log10(high / low) < 2.8 else (1,)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [s * 10.0**p for p in powers for s in steps if low <= s * 10.0**p <= high]
