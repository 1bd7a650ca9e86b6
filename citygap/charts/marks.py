"""What is drawn: a quantity, the place it is about, and the row or line that it belongs to.

Out of scope: how it is drawn (``axes``).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from citygap import words
from citygap.data.tables import book
from citygap.quantity import chinese
from citygap.quantity.quantity import Quantity, in_three_digits


@dataclass(frozen=True)
class Mark:
    """One thing to draw: ``quantity`` of ``place`` in row (or line) ``row``.

    ``hollow`` marks a target, a forecast, or a figure on another scope than its neighbours.
    ``chance`` is what chance leaves open in a small count (``measures.counting_intervals``), drawn
    as a thin line with caps; bounds of words or definitions are those of the quantity, drawn broad.
    """

    row: str
    place: str
    quantity: Quantity
    hollow: bool = False
    chance: Quantity | None = None

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
    def ends(self) -> tuple[float, float]:
        """Lowest and highest of all that is drawn of it."""
        low, high = self.chance.bounds if self.chance else self.quantity.bounds
        return min(low, self.low), max(high, self.high)

    @property
    def line(self) -> str:
        """The row's name in one line."""
        return in_line(self.row)

    def in_chinese(self) -> Mark:
        """The same with its row's name in Chinese and its quantity in a unit that Chinese prints."""
        chance = self.chance and in_chinese_unit(self.chance)
        return replace(self, row=words.say(self.row), quantity=in_chinese_unit(self.quantity), chance=chance)

    @property
    def year(self) -> float:
        return year_of(self.quantity.period)


def hollow(mark: Mark) -> Mark:
    """The same mark, drawn hollow."""
    return replace(mark, hollow=True)


#: What Chinese prints a unit of a figure's axis in, where it has no word for its size.
CHINESE_UNITS = {
    "1e9 CNY": "1e8 CNY", "1e9 USD": "1e8 USD", "1e6 persons": "1e4 persons", "1e9 kWh": "1e8 kWh",
    "1e6 count": "1e4 count",
}  # fmt: skip


def in_chinese_unit(q: Quantity) -> Quantity:
    """A quantity in a unit that Chinese has a word for, 亿元 for billions of yuan."""
    return q.to(CHINESE_UNITS.get(q.unit, q.unit))


def in_line(text: str) -> str:
    """A text of several lines in one: a line feed is a blank, and nothing in Chinese."""
    return text.replace("\n", "" if words.speaking() == words.CHINESE else " ")


LONGEST = 3  # digits of a published number beside a mark


def number(q: Quantity) -> str:
    """The number that stands beside a mark, in the language that is spoken.

    A published number of many digits (22.501) is shortened to three (22.5); a count is not.
    """
    if q.unit != "count" and re.fullmatch(r"-?[\d,.]+", q.published):
        digits = Decimal(q.published.replace(",", "")).normalize().as_tuple().digits
        q = in_three_digits(q) if len(digits) > LONGEST else q
    return chinese.on_axis(q) if words.speaking() == words.CHINESE else q.brief()


def place_name(place: str) -> str:
    """Name of a place in the language that is spoken; text that is no key of the places table is
    given back."""
    try:
        return words.say(book.name(place))
    except KeyError:
        return place


def both_names(place: str) -> str:
    """Name in English and Chinese, as a figure gives it where a place is first met; in a Chinese
    figure the Chinese one."""
    if words.speaking() == words.CHINESE:
        return place_name(place)
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
