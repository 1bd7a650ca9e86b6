"""The picture of an indicator's page: which place has a figure for which year.

There are hundreds of them, so they are SVG by a template (``data/coverage.html``).  Every picture
says in words what it shows, and the table under it holds the same values.

Out of scope: the figures of the chapters (``citygap.charts``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from citygap.data.corrections import edges
from press.languages.printed import say
from press.templating import render

WIDTH = 390  # of every small picture, as in the template svg.html
LINE = 15  # height of a row
LETTER = 5.3  # mean width of a letter


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
    left = min(150.0, 8 + LETTER * max(width(name) for name, _ in rows))
    step = min(28.0, (WIDTH - left - 8) / (last - first + 1))
    top = 18

    def at(year: int) -> float:
        return left + (year - first + 0.5) * step

    def mark(one: Seen) -> tuple[float | None, float, bool]:
        """Where a bar begins, if it is one; where its square stands; whether that is hollow."""
        start, end = one.years
        begin = left if start is None else at(start)
        return None if start == end else begin, at(end), one.forecast

    return render(
        "data/coverage.html",
        title=title,
        top=top,
        height=top + LINE * len(rows) + 4,
        side=min(11.0, step - 2),
        ticks=[(at(year), year) for year in _ticks(first, last, step)],
        rows=[
            (_short(name, left), top + LINE * number + LINE / 2,
             [mark(one) for one in sorted(seen, key=lambda s: not s.forecast)])  # figures above forecasts
            for number, (name, seen) in enumerate(rows)
        ],
    )  # fmt: skip


def coverage_words(rows: Sequence[tuple[str, Sequence[Seen]]]) -> str:
    """The same in words, shortly: each place with its first and last year."""
    words = []
    for name, seen in rows[:20]:
        years = sorted({y for s in seen for y in s.years if y is not None})
        words.append(f"{name} {_span(years)}")
    more = say("; and {number} more places", number=len(rows) - 20) if len(rows) > 20 else ""
    return say("Years with a figure. {years}.", years=say("; ").join(words) + more)


def _span(years: Sequence[int]) -> str:
    first, last = years[0], years[-1]
    return say("{year}", year=first) if first == last else say("{first} to {last}", first=first, last=last)


def width(name: str) -> int:
    """Letters as wide as a name; a Chinese one is as wide as two."""
    return sum(1 + (sign >= "\u2e80") for sign in name)


def _ticks(first: int, last: int, step: float) -> Iterable[int]:
    every = max(1, math.ceil(26 / step))
    return range(last - (last - first) // every * every, last + 1, every)


def _short(name: str, room: float) -> str:
    letters = int(room / LETTER) - 1
    if width(name) <= letters:
        return name
    while name and width(name) >= letters:
        name = name[:-1]
    return name.rstrip() + "…"
