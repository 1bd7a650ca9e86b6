"""Where a row of the data stands in the built book, as an address from the root of its pages.

A quantity carries the keys of the rows it rests on (``Quantity.rows``).  :func:`row_address` turns
such a key into the page and the anchor that show the row, so that whatever prints a quantity can
lead its reader there.

Out of scope: writing the pages (``press.data_pages`` and, of places, the book's own package).
"""

from __future__ import annotations

import re

from citygap.data.row_keys import parse
from citygap.data.tables import Tables, book
from press.subject import subject

SOURCES = "data/sources.html"
CORRECTIONS = "data/corrections.html"
HEADLINES = "data/headlines.html"
OVERVIEW = "data/index.html"


def slug(text: str) -> str:
    """``text`` as an anchor: a character that is not A-Z, a-z, 0-9, ``_``, ``.`` or - becomes -."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", text)


def row_anchor(place: str, period: str, source: str) -> str:
    """Anchor of an observation on the page of its indicator."""
    return slug(f"{place}-{period}-{source}")


def indicator_page(indicator: str) -> str:
    return f"data/indicators/{slug(indicator)}.html"


def table_page(table: str) -> str:
    return f"data/tables/{slug(table)}.html"


def place_page(place: str) -> str:
    """Page of a place, of those that have one (``Subject.places``)."""
    return f"data/places/{slug(place)}.html"


def source_address(key: str) -> str:
    return f"{SOURCES}#{slug(key)}"


def observation_address(place: str, indicator: str, period: str, source: str) -> str:
    """Row of an observation on the page of its indicator."""
    return f"{indicator_page(indicator)}#{row_anchor(place, period, source)}"


def row_address(key: str, tables: Tables = book) -> str:
    """Page and anchor of the row with the given key (see :func:`parse`).

    A zero read off a complete distribution has no row: its key leads to the table.
    Raises ValueError for text that is no key.
    """
    row = parse(key, tables)
    if chapter := subject().chapter_of(row.table):
        return f"{chapter}.html#{slug(row.what)}"
    if row.table == "targets":
        return f"{table_page('targets')}#{slug(key)}"
    if row.table == "observations":
        return observation_address(row.place, row.what, row.period, row.source)
    anchor = "" if row.period == "-" else "#" + slug(f"{row.place}-{row.period}")
    return table_page(row.table) + anchor
