"""Models by place and date: filings that accumulate, and notable models that are counted by year.

A national count of filings is published on other days than a city's.  Filings only grow, so the
national count on a city's day lies between the last count before and the first after it; the
city's share is bounded by both.

Out of scope: the quality of a model.
"""

from __future__ import annotations

from dataclasses import replace

from citygap import gap
from citygap.charts import Mark
from citygap.quantity import Quantity, hull
from citygap.tables import book

#: Days on which a count of Beijing's filed models is known from a sound source.
BEIJING_DAYS = ("2025-03-31", "2025-06-30", "2025-11-29", "2026-01-08")
NATIONAL_DAYS = (
    "2024-12-31", "2025-03-31", "2025-06-30", "2025-08-31", "2025-11-01", "2025-12-31",
    "2026-02-28",
)


def filed(place: str, days=NATIONAL_DAYS) -> list[Quantity]:
    """Cumulative filed models of a place on the given days."""
    return [book.observe(place, "models_filed", day) for day in days]


def filed_in_china(day: str) -> Quantity:
    """National count on ``day``: published, or between its neighbours in time.

    Raises LookupError outside the published days.
    """
    if day in NATIONAL_DAYS:
        return book.observe("china", "models_filed", day)
    before = [d for d in NATIONAL_DAYS if d < day]
    after = [d for d in NATIONAL_DAYS if d > day]
    if not before or not after:
        raise LookupError(f"no national count before and after {day}")
    return hull(
        book.observe("china", "models_filed", before[-1]),
        book.observe("china", "models_filed", after[0]),
    )


def share_of_filed(place: str, day: str) -> Quantity:
    """Share of a place in China's filed models on a day, in percent."""
    return gap.share(book.observe(place, "models_filed", day), filed_in_china(day)).to("%")


def filed_marks() -> list[Mark]:
    """China's and Beijing's cumulative filings over time."""
    return [Mark("China", "china", q) for q in filed("china")] + [
        Mark("Beijing", "beijing", q) for q in filed("beijing", BEIJING_DAYS)
    ]


def share_marks(place: str = "beijing") -> list[Mark]:
    """A place's share over time, dated by its own days."""
    return [
        Mark(f"{book.name(place)}'s share", place, replace(share_of_filed(place, d), period=d))
        for d in BEIJING_DAYS
    ]


def notable(place: str, year: str) -> Quantity:
    """Notable models of a city published in a year; an exact zero if none was placed there."""
    q = book.counted("notable-models-by-city", "models", place, [year])
    return replace(q, period=year)


def notable_marks(places, first: int = 2018, last: int = 2025) -> list[Mark]:
    """Notable models by city and year, one line a city; whole years only."""
    return [
        Mark(book.name(place), place, notable(place, str(year)))
        for place in places
        for year in range(first, last + 1)
    ]

