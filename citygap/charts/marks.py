"""What is drawn: a quantity, the place it is about, and the row or line that it belongs to.

Out of scope: how it is drawn (``drawing``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

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


def hollow(mark: Mark) -> Mark:
    """The same mark, drawn hollow."""
    return replace(mark, hollow=True)


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
