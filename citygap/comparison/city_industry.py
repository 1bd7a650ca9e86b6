"""Industry and construction of the large cities: in all, by head, and as a share of output.

All years stand on one basis, that of the fourth economic census: the census of 2023 revised the
accounts, so that a share of 2022 and one of 2024 are of two vintages and make no growth.  The year
compared is the last on that basis for which every one of the cities has a sound figure.

Out of scope: shares of China, and what a rank means for a claim.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from citygap.comparison.comparable_counts import FOCUS
from citygap.data.tables import NoObservation, Tables, book
from citygap.measures import ranks
from citygap.quantity.quantity import Quantity
from citygap.quantity.three_valued import Answer

INDUSTRY, OUTPUT, RESIDENTS = "secondary_value_added", "gdp", "resident_population"
YEAR = "2022"
#: The year after, the last on the same basis.
LAST = "2023"
#: Residents move little in a year, so that the nearest year with a sound figure will do.
NEAR_YEARS = ("2023", "2024")
#: Industry on the basis of the fifth census, and its first year: with pages of low confidence, told
#: beside and never compared with the years before.
REVISED, REVISED_YEAR = "secondary_value_added_census5", "2024"
PART, BY_HEAD = "industry and construction in the whole", "output of 2022 by residents of 2023 or 2024"


def of_cities(indicator: str, period: str, tables: Tables | None = None) -> dict[str, Quantity]:
    """The best reading of an indicator for every city with one of more than low confidence."""
    tables = book if tables is None else tables
    kinds = {row["place"]: row["kind"] for row in tables.rows("places")}
    found = {}
    for place in tables.places_with(indicator, period):
        sound = [q for q in tables.readings(place, indicator, period) if q.confidence != "low"]
        if kinds[place] == "city" and sound:
            found[place] = sound[0]
    return found


def residents(tables: Tables | None = None) -> dict[str, Quantity]:
    """Residents of cities in the latest of :data:`NEAR_YEARS` with a sound figure."""
    found: dict[str, Quantity] = {}
    for year in NEAR_YEARS:
        found |= of_cities(RESIDENTS, year, tables)
    return found


def residents_of(city: str) -> Quantity:
    """The same of one city.  Raises NoObservation without a sound figure."""
    found = residents()
    if city not in found:
        raise NoObservation(f"no sound page gives the residents of {city}")
    return found[city]


def totals(tables: Tables | None = None) -> dict[str, Quantity]:
    """Value added of industry and construction."""
    return of_cities(INDUSTRY, YEAR, tables)


def by_head(tables: Tables | None = None) -> dict[str, Quantity]:
    """The same by resident."""
    people = residents(tables)
    return {
        city: q.ratio(people[city], because=BY_HEAD)
        for city, q in totals(tables).items()
        if city in people
    }


def shares(year: str = YEAR, tables: Tables | None = None) -> dict[str, Quantity]:
    """Industry and construction in the output of each city, in percent."""
    whole = of_cities(OUTPUT, year, tables)
    return {
        city: q.ratio(whole[city], because=PART).to("%")
        for city, q in of_cities(INDUSTRY, year, tables).items()
        if city in whole
    }


def rank(found: Mapping[str, Quantity], city: str = FOCUS) -> tuple[int, int]:
    """Best and worst rank of a city.  Raises NoObservation where it has no figure."""
    if city not in found:
        raise NoObservation(f"the industry of {city} is not known")
    return ranks.rank_of(found, city)


def table(tables: Tables | None = None) -> pd.Series:
    """Chongqing's share of industry in two years, and its places among ``of`` cities with a figure."""
    first, last = (shares(year, tables) for year in (YEAR, LAST))
    return pd.Series({
        "share": first[FOCUS],
        "later": last[FOCUS],
        "by_share": rank(first)[0],
        "in_all": rank(totals(tables))[0],
        "by_head": rank(by_head(tables))[0],
        "of": len(first),
    }, dtype=object)  # fmt: skip


def passed_since(tables: Tables | None = None) -> dict[str, tuple[Quantity, Quantity]]:
    """Cities with less industry than Chongqing in :data:`YEAR` and more on the revised basis, each with
    its revised figure and Chongqing's; pages of low confidence count."""
    tables = book if tables is None else tables
    before = totals(tables)
    now = {city: found[0] for city in before if (found := tables.readings(city, REVISED, REVISED_YEAR))}
    if FOCUS not in now or FOCUS not in before:
        return {}
    return {city: (q, now[FOCUS]) for city, q in now.items()
            if (before[city] < before[FOCUS]) is Answer.YES and (q > now[FOCUS]) is Answer.YES}  # fmt: skip


def fell(tables: Tables | None = None) -> Answer:
    """Whether Chongqing's share of industry was lower in the later of the two years."""
    found = table(tables)
    return found["later"] < found["share"]


def among_first(found: Mapping[str, Quantity], part: int, city: str = FOCUS) -> Answer:
    """Whether a city is among the first third (``part`` 3) or half (2) of the cities with a figure."""
    best, worst = rank(found, city)
    most = -(-len(found) // part)  # rounded up
    return Answer.of(worst <= most, best > most)
