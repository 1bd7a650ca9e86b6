"""Models by place and date: filings that accumulate, and notable models that are counted by year.

Three kinds of filing are kept apart: filed models, registered applications, filed algorithms.

A national count of filings is published on other days than a city's.  Filings only grow, so the
national count on a city's day lies between the last count before and the first after it; the
city's share is bounded by both.

Out of scope: the quality of a model.
"""

from __future__ import annotations

import math
from dataclasses import replace

from citygap import gap
from citygap.charts import Mark
from citygap.quantity import Quantity, hull
from citygap.tables import book
from citygap.yardsticks import FILINGS, FOCUS

#: Days on which a count of Beijing's filed models is known from a sound source.
BEIJING_DAYS = ("2025-03-31", "2025-06-30", "2025-11-29", "2026-01-08", "2026-01-27")
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


#: Lines of filings over time: row, place, indicator, days.  Registered applications are another
#: thing than filed models, and drawn hollow.
LINES = (
    ("China: filed", "china", "models_filed", NATIONAL_DAYS),
    ("China: registered", "china", "models_registered", ("2024-12-31", "2025-12-31")),
    ("Beijing: filed", "beijing", "models_filed", BEIJING_DAYS),
    ("Beijing: registered", "beijing", "models_registered", ("2025-06", "2026-01-08")),
    ("Shanghai: filed", "shanghai", "models_filed", ("2024-07-04", "2025-03-31")),
    ("Sichuan: filed", "sichuan", "models_filed", NATIONAL_DAYS),
    ("Chongqing: filed", "chongqing", "models_filed", NATIONAL_DAYS),
)


def filed_marks() -> list[Mark]:
    """Cumulative filings and registrations over time, one line a place and kind."""
    return [
        Mark(row, place, book.observe(place, indicator, day), indicator != "models_filed")
        for row, place, indicator, days in LINES
        for day in days
    ]


def multiple_of_filed(place: str, day: str, focus: str = FOCUS) -> Quantity:
    """Filed models of a place as a multiple of those of ``focus`` on the day of the place's count."""
    return book.observe(place, "models_filed", day).ratio(filed_on(focus, day))


def registered_at_most(place: str, day: str) -> Quantity:
    """Share of a place in China's registered applications, in percent: a ceiling.

    The last national count before the day can only have grown, so it gives no floor.  Raises
    LookupError without one; a count of the year or month of the day may be a later one.
    """
    known = [
        q for q in book.series("china", "models_registered")
        if q.period == day or q.period < day and not day.startswith(q.period)
    ]
    if not known:
        raise LookupError(f"no national count of registrations before {day}")
    whole = replace(known[-1], high=math.inf, published="")
    share = gap.share(book.observe(place, "models_registered", day), whole).to("%")
    return replace(share, low=-math.inf)


def share_of_algorithms(place: str) -> Quantity:
    """Share of a place in the nation's filed deep-synthesis algorithms, in percent."""
    part, whole = (book.observe(p, "algorithm_filings", FILINGS) for p in (place, "china"))
    return gap.share(part, whole).to("%")


def share_marks() -> list[Mark]:
    """Beijing's and Shanghai's shares in the three kinds of filing, one row a kind and day."""
    names = {"2025-03-31": "31 March 2025", "2025-06-30": "30 June 2025",
             "2025-11-29": "29 Nov. 2025", "2026-01-27": "27 Jan. 2026"}
    marks = [
        Mark(f"Filed models, {name}", "beijing", share_of_filed("beijing", day))
        for day, name in names.items()
    ]
    marks.insert(1, Mark(marks[0].row, "shanghai", share_of_filed("shanghai", "2025-03-31")))
    marks.append(Mark("Registered apps, Jan. 2026", "beijing",
                      registered_at_most("beijing", "2026-01-08")))
    algorithms = "Filed algorithms, to July 2025"
    return marks + [Mark(algorithms, p, share_of_algorithms(p)) for p in ("beijing", "shanghai")]


def notable(place: str, year: str) -> Quantity:
    """Notable models of a city published in a year; an exact zero if none was placed there.

    Raises NoObservation for a year of which the list has no model at all.
    """
    q = book.counted("notable-models-by-city", "models", place, [year])
    return replace(q, period=year)


def notable_marks(places, first: int = 2018, last: int = 2025) -> list[Mark]:
    """Notable models by city and year, one line a city; whole years only."""
    return [
        Mark(book.name(place), place, notable(place, str(year)))
        for place in places
        for year in range(first, last + 1)
    ]


def of_world(country: str, year: str) -> Quantity:
    """Share of a country in a year's notable models, in percent; NoObservation for a year without.

    A model of two countries counts in both, so shares add up to more than the whole.
    """
    found = book.distribution("notable-models-by-country", "models", [year])
    part = book.counted("notable-models-by-country", "models", country, [year])
    others = [q for place, q in found.items() if place != country]
    return replace(gap.share_of_sum(part, others).to("%"), period=year, place=country)
