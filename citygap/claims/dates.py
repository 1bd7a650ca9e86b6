"""Dates of differing precision: a year, a month or a day as the span of days that it leaves open.

Comparisons answer yes, no or cannot tell, as those of quantities do.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from citygap.quantity.three_valued import Answer


YEARS = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Span:
    """The days from ``first`` to ``last`` that a printed date leaves open."""

    first: date
    last: date
    printed: str

    def __str__(self) -> str:
        year, *rest = self.printed.split("-")
        if not rest:
            return year
        month = calendar.month_name[self.first.month]
        return f"{self.first.day} {month} {year}" if len(rest) == 2 else f"{month} {year}"

    def before(self, other: Span) -> Answer:
        """Whether this date lies before the other."""
        return Answer.of(self.last < other.first, self.first >= other.last)

    def within(self, other: Span) -> Answer:
        """Whether this date lies in the other, such as a day in a month."""
        inside = other.first <= self.first and self.last <= other.last
        return Answer.of(inside, self.last < other.first or self.first > other.last)

    def days_to(self, other: Span) -> tuple[int, int]:
        """Fewest and most days from this date to the other, negative if it comes first."""
        return (other.first - self.last).days, (other.last - self.first).days


def start(period: str) -> str:
    """Where a period of the tables begins, as a date: "2025-01/2025-09" in 2025-01, "2025H1" in 2025.

    A period that has no beginning ("../2025") is taken by its end.
    """
    first, _, last = period.partition("/")
    begins = last if first == ".." else first
    return begins if begins[4:5] in ("", "-") else begins[:4]


def year(period: str) -> int:
    """The year in which a period of the tables ends: 2025 of "2025-01/2025-09", of "2025H1" and of
    "2023 to 2025"."""
    return int(YEARS.findall(period)[-1])


def span(printed: str) -> Span:
    """The span of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.  Raises ValueError for another form."""
    numbers = [int(part) for part in printed.split("-")]
    if len(numbers) == 3:
        day = date(*numbers)
        return Span(day, day, printed)
    year, month = numbers[0], numbers[1:]
    first, last = (month[0], month[0]) if month else (1, 12)
    return Span(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), printed)
