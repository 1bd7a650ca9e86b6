"""Growth between two years of one series, and the breaks that it must not cross.

A break is a row of ``breaks.csv``: from one year to the next the series counts something else, or
its publisher changes.  Levels on both sides stand; growth from one side to the other is refused.

Out of scope: growth that a plan needs (``target_paths``), and growth that a place states itself
(``growth_rates``).
"""

from __future__ import annotations

from citygap.data.tables import NoObservation, Tables, book
from citygap.measures import gap
from citygap.quantity.formatting import Phrase
from citygap.quantity.quantity import Quantity

TABLE = "breaks"


class Broken(NoObservation):
    """Growth was asked across a break of the series."""


def crossed(place: str, indicator: str, since: str, until: str, tables: Tables | None = None) -> bool:
    """Whether a series breaks between two years, by the book's tables or others."""
    tables = book if tables is None else tables
    if TABLE not in {resource["name"] for resource in tables.package["resources"]}:
        return False  # a data folder without the table knows of none
    return any(
        since <= row["before"] and row["after"] <= until
        for row in tables.rows(TABLE, place=place, indicator=indicator)
    )


def growth(
    place: str,
    indicator: str,
    since: str,
    until: str,
    *,
    best: bool = False,
    tables: Tables | None = None,
) -> Quantity:
    """Compound growth a year between two whole years of a series, in percent.

    Of each year all that its sound sources leave open counts, or with ``best`` the source alone
    that speaks.  Raises Broken across a break, and NoObservation if a year is missing.
    """
    tables = book if tables is None else tables
    if crossed(place, indicator, since, until, tables):
        raise Broken(f"{indicator} of {place} breaks between {since} and {until}")
    level = tables.observe if best else tables.spread
    start, end = (level(place, indicator, year) for year in (since, until))
    return gap.growth(start, end, int(until) - int(since)).to("%")


def named(tables: Tables | None = None) -> Phrase:
    """Every break in words: "China (core) from 2023 to 2024, Zhejiang (industry) from 2020 to 2021"."""
    tables = book if tables is None else tables
    rows = tables.rows(TABLE)
    return Phrase(", ".join(
        f"{tables.name(row['place'])} ({tables.indicator(row['indicator'])['scope']}) "
        f"from {row['before']} to {row['after']}" for row in rows
    ))
