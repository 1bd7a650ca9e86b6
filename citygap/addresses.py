"""Where a row of the data stands in the built book, as an address from the root of its pages.

A quantity carries the keys of the rows it rests on (``Quantity.rows``).  :func:`row_address` turns
such a key into the page and the anchor that show the row, so that whatever prints a quantity can
lead its reader there.

Out of scope: writing the pages (``press.datapages``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citygap.tables import Tables, book

SOURCES = "data/sources.html"
CORRECTIONS = "data/corrections.html"
LEDGER = "chapters/claim-ledger.html"
HEADLINES = "data/headlines.html"
OVERVIEW = "data/index.html"
PLAN = re.compile(r"^(?:[A-Z]{2}_[A-Z0-9_]+_\d{4})?$")  # the key of a plan, or none


def slug(text: str) -> str:
    """``text`` as an anchor: a character that is not A-Z, a-z, 0-9, ``_``, ``.`` or - becomes -."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", text)


def row_anchor(place: str, period: str, source: str) -> str:
    """Anchor of an observation on the page of its indicator."""
    return slug(f"{place}-{period}-{source}")


def indicator_page(indicator: str) -> str:
    """Page of an indicator."""
    return f"data/indicators/{slug(indicator)}.html"


def table_page(table: str) -> str:
    """Page of a table of the data package."""
    return f"data/tables/{slug(table)}.html"


def place_page(place: str) -> str:
    """Page of one of the main cities; other places have none."""
    return f"data/places/{slug(place)}.html"


def source_address(key: str) -> str:
    """Entry of a source on the page of all sources."""
    return f"{SOURCES}#{slug(key)}"


def observation_address(place: str, indicator: str, period: str, source: str) -> str:
    """Row of an observation on the page of its indicator."""
    return f"{indicator_page(indicator)}#{row_anchor(place, period, source)}"


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


def row_address(key: str, tables: Tables = book) -> str:
    """Page and anchor of the row with the given key (see :func:`parse`).

    A zero read off a complete distribution has no row: its key leads to the table.
    Raises ValueError for text that is no key.
    """
    row = parse(key, tables)
    if row.table == "claims":
        return f"{LEDGER}#{slug(row.what)}"
    if row.table == "targets":
        return f"{table_page('targets')}#{slug(key)}"
    if row.table == "observations":
        return observation_address(row.place, row.what, row.period, row.source)
    anchor = "" if row.period == "-" else "#" + slug(f"{row.place}-{row.period}")
    return table_page(row.table) + anchor
