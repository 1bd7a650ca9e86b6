"""Each head city's own AI sizes over time, each on the scope that it was stated on.

Sizes of two scopes are never joined.  A part of a province's figure (Shenzhen's core size) and a
share of it (Hangzhou's industry size) are marked hollow: the city did not state them.

Out of scope: whether the sizes of several cities add up (``sizes``), and targets (``plans``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citygap import gap
from citygap.charts import Mark, year_of
from citygap.quantity import Quantity
from citygap.tables import NoObservation, book
from citygap.yardsticks import HEADS

SCOPES = {"ai_industry_scale": "industry", "ai_core_scale": "core",
          "ai_above_scale": "above size"}
AS_SHARE = "a published share of the city in its province, times the province's figure"
AS_PART = "printed as a part of the province's figure"
#: Sizes that the place did not state itself: place, indicator, year.
NOT_OWN = {("shenzhen", "ai_core_scale", "2023"): AS_PART}


def series(place: str, indicator: str) -> list[Quantity]:
    """Whole years of one scope, each year all that its sources allow; none is an empty list.

    Forecasts and low confidence are left out.
    """
    years = dict.fromkeys(
        q.period for q in book.readings(place, indicator)
        if len(q.period) == 4 and q.confidence != "low" and not q.forecast
    )
    found = []
    for year in sorted(years):
        q = replace(book.spread(place, indicator, year), period=year)
        reason = NOT_OWN.get((place, indicator, year))
        found.append(q.noting(reason) if reason else q)
    return found


def from_province(place: str, year: str) -> Quantity:
    """Industry size of a city as its published share of the province's, both of one year.

    Raises NoObservation if one of them is missing.
    """
    share = book.observe(place, "ai_share_of_province", year)
    whole = book.observe(book.province(place), "ai_industry_scale", year)
    return replace(
        (share * whole).across(whole.scope, because=AS_SHARE), place=place, period=year,
        unit=whole.unit,
    )


def marks(places: Sequence[str] = HEADS) -> list[Mark]:
    """Every size of every place, the row of a mark being its scope."""
    found = []
    for place in places:
        for indicator, scope in SCOPES.items():
            for q in series(place, indicator):
                found.append(Mark(scope, place, q, AS_PART in q.caveat))
        try:
            found.append(Mark("industry", place, from_province(place, "2020"), True))
        except NoObservation:
            continue
    return found


def longest(place: str) -> float:
    """Years from the first to the last size of a place on one scope, the longest such run.

    Raises NoObservation for a place without a size.
    """
    runs: dict[str, list[float]] = {}
    for mark in marks([place]):
        runs.setdefault(mark.row, []).append(year_of(mark.quantity.period))
    if not runs:
        raise NoObservation(f"no size of {place} in a whole year")
    return max(max(years) - min(years) for years in runs.values())


def growth(place: str, indicator: str, since: str, until: str) -> Quantity:
    """Growth a year of a size on one scope, in percent, from year to year.

    Raises NoObservation if one of the years is missing.
    """
    start, end = (book.spread(place, indicator, year) for year in (since, until))
    return gap.growth(start, end, int(until) - int(since)).to("%")
