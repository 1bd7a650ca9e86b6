"""Keys of rows: ``place/indicator/period/source`` and its relatives, taken apart.

A quantity carries the keys of the rows it rests on (``Quantity.rows``); :func:`parse` says which
row of which table a key names.

Out of scope: where a row stands in the built book (the press knows its pages).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citygap.data.tables import Tables, book

PLAN = re.compile(r"^(?:[A-Z]{2}_[A-Z0-9_]+_\d{4})?$")  # the key of a plan, or none


@dataclass(frozen=True)
class RowKey:
    """A row's key, taken apart.

    ``table`` is the table that holds the row.  Of an observation and of a target ``what`` is the
    indicator (or, of a target without one, its name), of a complete distribution the column, of a
    claim its own key.  ``source`` is empty where the key does not name it.
    """

    table: str
    place: str
    what: str
    period: str
    plan: str = ""
    source: str = ""


def parse(key: str, tables: Tables = book) -> RowKey:
    """A key taken apart.

    Keys: ``place/indicator/period/source`` of an observation, ``place/name/period/plan/source`` of
    a target, ``table/place/period/column`` of a complete distribution, ``claims/claim`` of a claim.
    A period may hold a stroke itself.  Raises ValueError for text that is no key.
    """
    parts = key.split("/")
    if len(parts) == 2 and parts[0] == "claims":
        return RowKey("claims", "", parts[1], "")
    if len(parts) < 4:
        raise ValueError(f"{key!r} is no key of a row")
    if parts[0] in {resource["name"] for resource in tables.package["resources"]}:
        table, place, *period, column = parts
        return RowKey(table, place, column, "/".join(period))
    if len(parts) >= 5 and PLAN.match(parts[-2]):
        place, what, *period, plan, source = parts
        return RowKey("targets", place, what, "/".join(period), plan, source)
    place, indicator, *period, source = parts
    return RowKey("observations", place, indicator, "/".join(period), "", source)
