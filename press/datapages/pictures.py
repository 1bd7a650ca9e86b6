"""The small pictures of the data pages, written as SVG by hand: there are hundreds of them.

They follow the page's theme (text in ``currentColor``, muted ink by a custom property) and are
drawn 390 units wide, so that their letters stay legible when a phone shows them at that width.
Every picture says in words what it shows, and the table under it holds the same values.

Out of scope: the figures of the chapters (``citygap.charts``).
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from citygap import style
from citygap.corrections import edges

WIDTH = 390
MUTED = "var(--figure-muted, #5b6771)"
GRID = "var(--figure-grid, #d3d9de)"
PAPER = "var(--figure-paper, #fefefe)"
SEEN = "#0077bb"

LINE = 15  # height of a row
LETTER = 5.3  # mean width of a letter at the size of labels
LABEL = 9.5  # size of labels
ARROW = 17  # length of an arrow that means a missing bound


# -------------------------------------------------------------------------------------- coverage


@dataclass(frozen=True)
class Seen:
    """A period in which a place was observed; ``forecast`` if nothing but a forecast is known."""

    period: str
    forecast: bool = False

    @property
    def years(self) -> tuple[int | None, int]:
        """First and last year; the first is None for a period that is open at its start."""
        start, end = edges(self.period)
        return (start[0] or None), end[0]


def coverage(rows: Sequence[tuple[str, Sequence[Seen]]], title: str) -> str:
    """Which place has a figure for which year: rows of places, columns of years.

    A full square is a year, or part of one, with a published figure; a hollow one has a forecast
    only; a bar is one figure for several years, which starts at the edge if its start is open.
    """
    years = sorted({y for _, seen in rows for s in seen for y in s.years if y is not None})
    first, last = years[0], years[-1]
    left = min(150.0, 8 + LETTER * max(len(name) for name, _ in rows))
    step = min(28.0, (WIDTH - left - 8) / (last - first + 1))
    side = min(11.0, step - 2)
    top = 18
    height = top + LINE * len(rows) + 4
    parts = []
    for year in _ticks(first, last, step):
        x = left + (year - first + 0.5) * step
        parts.append(_text(x, 11, str(year), anchor="middle", muted=True))
        parts.append(
            f'<path d="M{x:.1f} {top - 3}V{height - 3}" stroke="{GRID}" stroke-width="0.7"/>'
        )
    for number, (name, seen) in enumerate(rows):
        y = top + LINE * number + LINE / 2
        parts.append(_text(0, y + 3.3, _short(name, left)))
        for one in sorted(seen, key=lambda s: not s.forecast):  # figures above forecasts
            start, end = one.years
            x = left + (end - first + 0.5) * step
            if start == end:
                parts.append(_square(x, y, side, one.forecast))
            else:
                begin = left if start is None else left + (start - first + 0.5) * step
                parts.append(
                    f'<path d="M{begin:.1f} {y:.1f}H{x:.1f}" stroke="{SEEN}" stroke-width="4" '
                    'opacity="0.55"/>'
                )
                parts.append(_square(x, y, side * 0.6, one.forecast))
    return _svg(height, title, parts)


def coverage_words(rows: Sequence[tuple[str, Sequence[Seen]]]) -> str:
    """The same in words, shortly: each place with its first and last year."""
    words = []
    for name, seen in rows[:20]:
        years = sorted({y for s in seen for y in s.years if y is not None})
        span = str(years[0]) if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
        words.append(f"{name} {span}")
    more = f"; and {len(rows) - 20} more places" if len(rows) > 20 else ""
    return "Years with a figure. " + "; ".join(words) + more + "."


def _ticks(first: int, last: int, step: float) -> Iterable[int]:
    every = max(1, math.ceil(26 / step))
    return range(last - (last - first) // every * every, last + 1, every)


def _square(x: float, y: float, side: float, hollow: bool) -> str:
    half = side / 2
    fill = f'fill="{PAPER}" stroke="{SEEN}" stroke-width="1.2"' if hollow else f'fill="{SEEN}"'
    return (
        f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{side:.1f}" height="{side:.1f}" '
        f"{fill}/>"
    )


# ----------------------------------------------------------------------------------- comparisons


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

    ``rows`` are a label and its dots, ``names`` the places of the legend in order, ``axis`` what
    the axis counts.  A band runs from bound to bound; an arrow means that a bound is missing.
    """
    ends = [v for _, dots in rows for d in dots for v in (d.low, d.high) if 0 < v < math.inf]
    low, high = min([*ends, 0.9]) / 1.3, max([*ends, 1.1]) * 1.3
    left, right = 134.0, WIDTH - 10.0
    legend, top = _legend(names)
    height = top + 20 * len(rows) + 32
    bottom = height - 30

    def at(value: float) -> float:
        share = math.log(value / low) / math.log(high / low)
        return left + share * (right - left)

    parts = [legend]
    for tick in decimal_ticks(low, high):
        x = at(tick)
        parts.append(f'<path d="M{x:.1f} {top}V{bottom}" stroke="{GRID}" stroke-width="0.7"/>')
        parts.append(_text(x, bottom + 11, f"{tick:,.4g}", anchor="middle", muted=True))
    parts.append(
        f'<path d="M{at(1):.1f} {top}V{bottom}" stroke="{MUTED}" stroke-width="1.2"/>'
    )
    parts.append(_text((left + right) / 2, bottom + 25, axis, anchor="middle", muted=True))
    for number, (label, dots) in enumerate(rows):
        y = top + 20 * number + 10
        parts.append(_text(0, y + 3.3, label))
        for dot in dots:
            parts += _dot(dot, at, y, left, right)
    return _svg(height, title, parts)


def _dot(dot: Dot, at, y: float, left: float, right: float) -> list[str]:
    ink = style.colour(dot.place)
    x = at(dot.middle)
    parts = []
    if dot.low > 0 and dot.high < math.inf and at(dot.high) - at(dot.low) > 1:
        parts.append(
            f'<path d="M{at(dot.low):.1f} {y:.1f}H{at(dot.high):.1f}" stroke="{ink}" '
            'stroke-width="3.6" opacity="0.35"/>'
        )
    for way, edge, is_open in ((-1, left, dot.low <= 0), (1, right, math.isinf(dot.high))):
        if is_open:  # an arrow as long as there is room for
            tip = x + way * min(ARROW, abs(edge - x))
            parts.append(
                f'<path d="M{x:.1f} {y:.1f}H{tip:.1f}M{tip - way * 3.5:.1f} {y - 3:.1f}'
                f'L{tip:.1f} {y:.1f}L{tip - way * 3.5:.1f} {y + 3:.1f}" fill="none" '
                f'stroke="{ink}" stroke-width="1.2"/>'
            )
    return [*parts, marker(dot.place, x, y, dot.hollow)]


#: Markers of the house style as polygons around 0, one unit in radius.
SHAPES = {
    "D": [(0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)],
    "s": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
    "^": [(0, -1.1), (1.05, 0.85), (-1.05, 0.85)],
    "v": [(0, 1.1), (1.05, -0.85), (-1.05, -0.85)],
    "p": [(math.sin(a * 1.2566), -math.cos(a * 1.2566)) for a in range(5)],
    "h": [(math.sin(a * 1.0472), -math.cos(a * 1.0472)) for a in range(6)],
    "P": [(-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
          (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4)],
    "X": [(-1.05, -0.6), (-0.6, -1.05), (0, -0.45), (0.6, -1.05), (1.05, -0.6), (0.45, 0),
          (1.05, 0.6), (0.6, 1.05), (0, 0.45), (-0.6, 1.05), (-1.05, 0.6), (-0.45, 0)],
}  # fmt: skip


def marker(place: str, x: float, y: float, hollow: bool = False, radius: float = 4.2) -> str:
    """The marker of a place: its colour and its shape, hollow for a weak comparison."""
    ink = style.colour(place)
    look = f'fill="{PAPER if hollow else ink}" stroke="{ink}" stroke-width="1.2"'
    shape = SHAPES.get(style.marker(place))
    if shape is None:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" {look}/>'
    points = " ".join(f"{x + radius * a:.1f},{y + radius * b:.1f}" for a, b in shape)
    return f'<polygon points="{points}" {look}/>'


def _legend(names: dict[str, str]) -> tuple[str, float]:
    """Markers and names in rows of up to five, and the height at which they end."""
    parts, x, y = [], 6.0, 8.0
    for place, name in names.items():
        width = 14 + 1.1 * LETTER * len(name)
        if x + width > WIDTH:
            x, y = 6.0, y + 15
        parts.append(marker(place, x, y))
        parts.append(_text(x + 8, y + 3.3, name))
        x += width + 8
    return "".join(parts), y + 14


def decimal_ticks(low: float, high: float) -> list[float]:
    """1, 2, 5 times powers of ten within bounds; the powers alone if there are many."""
    steps = (1, 2, 5) if math.log10(high / low) < 2.8 else (1,)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [s * 10.0**p for p in powers for s in steps if low <= s * 10.0**p <= high]


# ---------------------------------------------------------------------------------------- pieces


def _text(x: float, y: float, words: str, anchor: str = "", muted: bool = False) -> str:
    place = f' text-anchor="{anchor}"' if anchor else ""
    ink = f' fill="{MUTED}"' if muted else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{place}{ink}>{html.escape(words)}</text>'


def _short(name: str, room: float) -> str:
    letters = int(room / LETTER) - 1
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"


def _svg(height: float, title: str, parts: Iterable[str]) -> str:
    return (
        f'<svg class="figure data-figure" role="img" aria-label="{html.escape(title, quote=True)}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}" xmlns="http://www.w3.org/2000/svg" '
        f'font-size="{LABEL}" fill="currentColor">{"".join(parts)}</svg>'
    )
