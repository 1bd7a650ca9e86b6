"""Models by place and date: filings that accumulate, and notable models that are counted by year.

A national count of filings is published on other days than a city's.  Filings only grow, so the
national count on a city's day lies between the last count before and the first after it; the
city's share is bounded by both.

Out of scope: the quality of a model.
"""

from __future__ import annotations

from dataclasses import replace

from citygap.comparison.comparable_counts import FILINGS
from citygap.data.tables import book
from citygap.measures import gap
from citygap.quantity.quantity import Quantity, hull

#: Days on which the filed models of the nation, and of the inland provinces, are known.
NATIONAL_DAYS = (
    "2024-12-31", "2025-03-31", "2025-06-30", "2025-08-31", "2025-11-01", "2025-12-31",
    "2026-02-28", "2026-04-30", "2026-06-30", "2026-08-31",
)


def filed(place: str, days=NATIONAL_DAYS) -> list[Quantity]:
    """Cumulative filed models of a place on the given days, each as published.

    Raises NoObservation for a day without a count.
    """
    return [book.observe(place, "models_filed", day) for day in days]


def filed_on(place: str, day: str) -> Quantity:
    """Filed models of China or of an inland province on ``day``: counted, or between neighbours.

    Raises LookupError outside the days that are known.
    """
    if day in NATIONAL_DAYS:
        return book.observe(place, "models_filed", day)
    before = [d for d in NATIONAL_DAYS if d < day]
    after = [d for d in NATIONAL_DAYS if d > day]
    if not before or not after:
        raise LookupError(f"no count of {place} before and after {day}")
    return hull(
        book.observe(place, "models_filed", before[-1]),
        book.observe(place, "models_filed", after[0]),
    )


def filed_in_china(day: str) -> Quantity:
    """National count on ``day``; see :func:`filed_on`."""
    return filed_on("china", day)


def share_of_filed(place: str, day: str) -> Quantity:
    """Share of a place in China's filed models on a day, in percent.

    Raises LookupError if the place has no count of that day, or China none around it.
    """
    return gap.share(book.observe(place, "models_filed", day), filed_in_china(day)).to("%")


def share_of_algorithms(place: str) -> Quantity:
    """Share of a place in the nation's filed deep-synthesis algorithms, in percent."""
    part, whole = (book.observe(p, "algorithm_filings", FILINGS) for p in (place, "china"))
    return gap.share(part, whole).to("%")


def notable(place: str, year: str) -> Quantity:
    """Notable models of a city published in a year; an exact zero if none was placed there.

    Raises NoObservation for a year of which the list has no model at all.
    """
    q = book.counted("notable-models-by-city", "models", place, [year])
    return replace(q, period=year)
