"""What stands behind a number or a figure, as the page says it: sources, definitions, re-readings.

Everything is looked up in the tables by the keys that quantities carry (``Quantity.rows`` and
``Quantity.sources``).  Addresses are from the root of the book.

Out of scope: how it looks (``press.extensions.figure_directive``,
``press.extensions.bound_numbers``) and the data pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from citygap import words
from citygap.data import row_keys
from citygap.data.corrections import Registers
from citygap.data.row_keys import RowKey
from citygap.data.tables import Tables, book
from citygap.data.works import references
from press import data_urls
from press.languages.printed import now, say
from press.subject import subject


def in_language(row: Mapping[str, str], field: str) -> str:
    """A field of a row in the language that is printed; empty if it is known in English alone."""
    if now().code == "zh":
        return row.get(f"{field}_hans") or words.of_a_row(row.get(field, "")) or ""
    return row[f"{field}_en"] if f"{field}_en" in row else row[field]


class Unknown(LookupError):
    """A key that the tables do not hold; the text names it."""


class Behind:
    """Looks up what stands behind keys of rows and sources in ``tables``."""

    def __init__(self, tables: Tables = book):
        self.tables = tables

    @cached_property
    def registers(self) -> Registers:
        return Registers(self.tables)

    @cached_property
    def places(self) -> dict[str, dict[str, str]]:
        return {row["place"]: row for row in self.tables.rows("places")}

    @cached_property
    def indicators(self) -> dict[str, dict[str, str]]:
        return {row["indicator"]: row for row in self.tables.rows("indicators")}

    def source(self, key: str) -> dict[str, str]:
        """Title, publisher, date, web address and page of a source, and how it is named in short.

        The address is the one to which a page may lead (``Tables.link``).  Raises Unknown.
        """
        try:
            entry = self.tables.sources[key]
        except KeyError:
            raise Unknown(f"{key!r} is no source of sources.bib") from None
        language = now().code or "en"
        return {
            "key": key,
            "title": references.title(entry, language),
            "publisher": references.authors(entry, language),
            "short": references.short(key, entry, language),
            "date": references.published(entry, language),
            "url": self.tables.link(key),
            "page": data_urls.source_address(key),
        }

    def row(self, key: str) -> RowKey:
        """A key taken apart.  Raises Unknown."""
        try:
            return row_keys.parse(key, self.tables)
        except ValueError as error:
            raise Unknown(str(error)) from None

    def address(self, key: str) -> str:
        """Where the row stands in the book.  Raises Unknown."""
        self.row(key)
        return data_urls.row_address(key, self.tables)

    def reread(self, key: str) -> dict[str, str] | None:
        """Date and outcome of the last re-reading of a row, if it was read again."""
        found = self.registers.reread_row(key)
        return {"date": found["date"], "outcome": found["outcome"]} if found else None

    @cached_property
    def _readings(self) -> Counter:
        """Number of sources for each figure: place, indicator (or name) and period."""
        found = {
            (table, row["place"], row["indicator"] or row.get("name_en", ""), row["period"],
             row["source"])
            for table in ("observations", "targets")
            for row in self.tables.rows(table)
        }  # fmt: skip
        return Counter(each[:-1] for each in found)

    def second_sources(self, key: str) -> int:
        """How many sources besides its own give the figure of a row: the same place, indicator
        and period.  A complete distribution is one source's alone."""
        row = self.row(key)
        return max(self._readings[row.table, row.place, row.what, row.period] - 1, 0)

    def label(self, key: str) -> str:
        """What a row is about, for a reader: the place and the period."""
        row = self.row(key)
        if not row.place:
            return row.what
        try:
            place = in_language(self.places[row.place], "name") or self.tables.name(row.place)
        except KeyError:
            place = row.place
        first, stroke, last = row.period.partition("/")
        if first == "..":
            period = say("until {to}", to=last)
        else:
            period = say("{from} to {to}", **{"from": first, "to": last}) if stroke else first
        return say(", ").join([place, period]) if period != "-" else place

    def outcomes(self, rows: Iterable[str]) -> Counter:
        """How many of the rows were read again, by outcome; ``not yet`` counts the others."""
        found = (self.reread(key) for key in rows)
        return Counter(each["outcome"] if each else "not yet" for each in found)

    def definition(self, key: str) -> dict[str, str]:
        """What the row with this key counts: name, scope, unit, definition, what it leaves out.

        Raises Unknown.
        """
        row = self.row(key)
        if row.table in ("observations", "targets") and row.what in self.indicators:
            found = self.indicators[row.what]
            name = in_language(found, "name") or found["name_en"]
            return {
                "key": row.what,
                "name": say("{name} (aim of a plan)", name=name) if row.table == "targets" else name,
                "scope": in_language(found, "scope"),
                "unit": found["unit"],
                "definition": in_language(found, "definition"),
                "leaves_out": in_language(found, "leaves_out"),
                "page": data_urls.indicator_page(row.what),
            }
        if row.table == "observations":
            raise Unknown(f"{key!r}: {row.what!r} is no indicator")
        return self._of_table(row)

    def _of_table(self, row: RowKey) -> dict[str, str]:
        """The definition of a row that stands in a table other than the observations."""
        resource = next(r for r in self.tables.package["resources"] if r["name"] == row.table)
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        column = fields.get(row.what, {})
        chapter, title = subject().chapter_of(row.table), resource["title"]
        if now().code == "zh":
            title = subject().chinese(title) or title
            described = words.of_a_row(resource["description"]) or ""
            resource = {**resource, "description": described}
            column = {}
        return {
            "key": f"{row.table}/{row.what}" if column or row.table == "targets" else row.table,
            "name": f"{title}: {row.what}" if column else row.what if row.table == "targets" else title,
            "scope": title,
            "unit": column.get("unit", ""),
            "definition": column.get("description", "") or resource["description"],
            "leaves_out": resource["description"] if column else "",
            "page": f"{chapter}.html" if chapter else data_urls.table_page(row.table),
        }

    def definitions(self, rows: Iterable[str]) -> list[dict[str, str]]:
        """The definition of everything that the rows count, each once, in order."""
        found = {}
        for key in rows:
            each = self.definition(key)
            found.setdefault(each["key"] + each["name"], each)
        return list(found.values())
