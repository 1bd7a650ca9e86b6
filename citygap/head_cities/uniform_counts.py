"""The counts of AI that treat the head cities alike: each on one definition, by one publisher.

City governments' own figures are not among them; each city draws the line of its own (``tables``).

Out of scope: what the counts say (``conclusions``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from citygap.comparison import filed_models
from citygap.comparison.comparable_counts import (
    DEAL_YEARS,
    FILINGS,
    HEADS,
    RECENT_YEARS,
    Yardstick,
    listed,
    observed,
)
from citygap.data.tables import NoObservation, book
from citygap.quantity.quantity import Answer, Quantity, billions, shown

#: The last day of the filing lists.
LAST_DAY = "2026-08-31"
RESIDENTS = "resident_population", "2024"
PER_RESIDENT = "a count per million residents"


@dataclass(frozen=True)
class Count(Yardstick):
    """A count of AI that treats all head cities alike; ``kind`` and ``year`` of what it counts."""

    kind: str = ""
    year: str = ""


def in_billions(reader: Callable[[str], Quantity]) -> Callable[[str], Quantity]:
    """The same reader in billions of yuan, the unit of the page."""
    return lambda place: billions(reader(place))


def filed(place: str) -> Quantity:
    """Filed models of a city on the last day, with those of its province whose city is unknown.

    Raises NoObservation where the lists are left out.
    """
    return filed_models.in_cities([place], LAST_DAY)


def registered(place: str) -> Quantity:
    """Registered applications of a municipality or province; NoObservation for a city in one."""
    if book.province(place) not in ("", place):
        raise NoObservation(f"registered applications are not counted for {place}")
    return filed_models.count(place, LAST_DAY, filed_models.REGISTERED)


#: Every count of AI in the data that covers the four head cities on one definition.  Where only
#: the province is counted, it bounds its city from above.
COUNTS = (
    Count("firms", "Firms on a list", listed("ai-firms-by-city", "companies"),
          kind="firms", year="2018"),
    Count("survey", "Firms in a survey, %", observed("ai_firms_share_city_cngai", "2020"),
          kind="firms", year="2020"),
    Count("database", "Firms in a database", observed("ai_firms_itjuzi", "2021-03"),
          kind="firms", year="2021"),
    Count("deals", "Deals on a list", listed("ai-deals-by-city", "deals", DEAL_YEARS),
          kind="money", year="2013–18"),
    Count("raised", "Money raised, bn yuan",
          in_billions(listed("ai-deals-by-city", "amount_1e8_cny", DEAL_YEARS)),
          kind="money", year="2013–18"),
    Count("unicorns", "AI unicorns",
          listed("unicorns-by-city", "companies", ["2022-03"], list="ai"),
          kind="money", year="2022"),
    Count("rounds", "Funding rounds", observed("vc_deals_szaiia", "2024"),
          kind="money", year="2024"),
    Count("funding", "Money raised, bn yuan", in_billions(observed("vc_amount_szaiia", "2024")),
          kind="money", year="2024"),
    Count("robots", "Humanoid-robot firms funded", observed("vc_companies_humanoid", "2025Q1"),
          kind="robots", year="early 2025"),
    Count("community", "Models on a users' list", observed("models_listed_community", "2024-11-30"),
          kind="models", year="2024"),
    Count("notable", "Notable models",
          listed("notable-models-by-city", "models", RECENT_YEARS), kind="models", year="2023–26"),
    Count("filed", "Filed models", filed, kind="models", year="2026"),
    Count("algorithms", "Filed algorithms*", observed("algorithm_filings", FILINGS), True,
          kind="models", year="2023–25"),
    Count("applications", "Registered applications*", registered, True,
          kind="models", year="2026"),
)
COUNT = {count.key: count for count in COUNTS}
KINDS = tuple(dict.fromkeys(count.kind for count in COUNTS))

#: A count and what each place has on it.
Row = tuple[Count, Mapping[str, Quantity]]


def rows(counts: Sequence[Count] = COUNTS, places: Sequence[str] = HEADS) -> list[Row]:
    """The counts that cover all ``places``, read once, with the quantities of the places.

    A city of which only the province is counted has from none to all of it.  A count of which a row
    was left out (``leaving_out``) is left out.
    """
    found = []
    for count in counts:
        values = {place: count.value(place) for place in places}
        if None not in values.values():
            row = {p: replace(q, low=0, place=p) if weak else q for p, (q, weak) in values.items()}
            found.append((count, row))
    return found


def sound(table: Sequence[Row]) -> list[Row]:
    """The rows in which no place's figure is of low confidence."""
    return [(count, row) for count, row in table if all(q.confidence != "low" for q in row.values())]


def per_resident(table: Sequence[Row]) -> list[Row]:
    """The same rows per million residents of the last year for which all four cities have a figure.

    Raises NoObservation for a place without one.
    """
    size = {p: shown(book.observe(p, *RESIDENTS), "1e6 persons") for _, row in table for p in row}
    return [
        (count, {p: q.ratio(size[p], because=PER_RESIDENT) for p, q in row.items()})
        for count, row in table
    ]


def first(row: Mapping[str, Quantity]) -> str | None:
    """The place that is surely first; None if the bounds or a tie leave it open."""
    for place, own in row.items():
        if all(other == place or (own > q) is Answer.YES for other, q in row.items()):
            return place
    return None


def firsts(table: Sequence[Row]) -> dict[str | None, int]:
    """On how many rows each place is surely first; under None, those that are undecided."""
    found: dict[str | None, int] = {}
    for _, row in table:
        found[first(row)] = found.get(first(row), 0) + 1
    return found
