"""How fast series of a kind have grown, as a yardstick for the growth that an aim needs.

Growth is taken between neighbouring whole years of one place and scope, from all that the sound
sources leave open; forecasts are left out.  An aim is then set among them: how many grew at least
as fast, surely and perhaps.  The series are those that somebody published, which leaves out what
nobody boasts of: the real distribution is likely slower.

Out of scope: the growth of one path (``plans``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from citygap import gap
from citygap.answers import Answer
from citygap.charts import Mark
from citygap.quantity import Quantity
from citygap.tables import book

#: Published sizes of the AI industry, each on its own scope.
AI_SCALE = ("ai_core_scale", "ai_industry_scale", "ai_above_scale")
ONE_CHANGE = "change of a published ratio, spread over the years between"


@dataclass(frozen=True)
class Growth:
    """Growth a year of a place between two whole years, in percent (or points) a year."""

    place: str
    indicator: str
    first: str
    last: str
    quantity: Quantity


def observed(indicators: Iterable[str], without: Sequence[str] = ()) -> list[Growth]:
    """Compound growth a year between neighbouring years of every place, in percent."""
    return [
        Growth(place, of, a, b, gap.growth(start, end, int(b) - int(a)).to("%"))
        for place, of, a, b, start, end in _pairs(indicators, without)
    ]


def changes(indicators: Iterable[str], without: Sequence[str] = ()) -> list[Growth]:
    """Change a year of published ratios between neighbouring years, in percentage points."""
    return [
        Growth(place, of, a, b, ((end - start) / (int(b) - int(a))).noting(ONE_CHANGE))
        for place, of, a, b, start, end in _pairs(indicators, without)
    ]


def _pairs(indicators: Iterable[str], without: Sequence[str]):
    for of in indicators:
        for place in book.places_with(of):
            if place in without:
                continue
            seen = {
                q.period for q in book.readings(place, of)
                if re.fullmatch(r"\d{4}", q.period) and not q.forecast
            }
            years = sorted(seen)
            for a, b in zip(years, years[1:]):
                yield place, of, a, b, book.spread(place, of, a), book.spread(place, of, b)


def at_least_as_fast(needed: Quantity, seen: Sequence[Growth]) -> tuple[int, int]:
    """How many growths were at least as high as the one needed: surely, and perhaps."""
    answers = [growth.quantity >= needed for growth in seen]
    return (
        sum(answer is Answer.YES for answer in answers),
        sum(answer is not Answer.NO for answer in answers),
    )


def marks(row: str, seen: Sequence[Growth]) -> list[Mark]:
    """Growths as filled marks of one row."""
    return [
        Mark(row, each.place, replace(each.quantity, period=f"{each.first}/{each.last}"))
        for each in seen
    ]
