"""What a data page knows of the book around it, and how it says periods, figures and units.

A data page is made from a template (``press/templates/data``), not from a document tree: it has no
directives, references are known beforehand, and hundreds of pages must not slow the build down.

Out of scope: what a page says (the modules beside this one).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from citygap.data.corrections import Registers
from citygap.data.tables import Tables, book
from citygap.data.works import references
from citygap.data.works.grades import LEVELS
from citygap.quantity import chinese
from citygap.quantity.quantity import UNITS, Quantity
from citygap.quantity.reading_rules import WORDS
from citygap.quantity.rounding import in_full
from press import data_urls
from press.languages.printed import now, say
from press.subject import subject
from press.templating import macros, render

#: Macros of ``data/macros.html`` that print few things often.
REPEATED = ("chapter", "confidence", "indicator", "place", "printed", "source", "source_key", "unit_after")


@dataclass(frozen=True)
class Page:
    """A finished page: its name (``data/index``), title, HTML and words to be found by.

    ``title`` is plain text; ``body`` begins with the heading.  A ``citable`` page ends with its
    citations; ``files`` are texts written below ``_static/data``, by their paths there.
    """

    name: str
    title: str
    body: str
    words: str = ""
    citable: bool = False
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """What pages need to know of the book around them.

    ``chapters`` are the names of the pages that Sphinx writes (``chapters/data``): a link to one
    that is not there is printed as plain text.
    """

    tables: Tables = book
    chapters: frozenset[str] = frozenset()

    @cached_property
    def registers(self) -> Registers:
        """Contradictions, corrections and re-readings."""
        return Registers(self.tables)

    @cached_property
    def own_page(self) -> tuple[str, ...]:
        """Places with a page of their own."""
        return subject().places(self.tables)

    @cached_property
    def topics(self) -> dict[str, str]:
        """Titles of the topics that indicators belong to, by their keys, in the order of the
        description of the tables; of a topic without a title, its key in words."""
        resources = self.tables.package["resources"]
        fields = next(r["schema"]["fields"] for r in resources if r["name"] == "indicators")
        given = next((f.get("categories", ()) for f in fields if f["name"] == "topic"), ())
        titles = {each["value"]: said(each["label"]) for each in given}
        used = dict.fromkeys(row["topic"] for row in self.indicators.values())
        return titles | {key: key.replace("_", " ").capitalize() for key in used if key not in titles}

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each place, in the language that is printed."""
        return {row["place"]: named(row) for row in self.tables.rows("places")}

    @cached_property
    def indicators(self) -> dict[str, dict[str, str]]:
        """Rows of the table of indicators by their key, in its order."""
        rows = self.tables.rows("indicators")
        return {row["indicator"]: row for row in rows}

    @cached_property
    def observations(self) -> list[dict[str, str]]:
        """Rows of the table of observations."""
        return self.tables.rows("observations")

    def page(
        self, address: str, title: str, words: str, template: str, /, **values: object
    ) -> Page:
        """The page at ``address``, its body from a template with ``values`` besides those that all
        data pages have: the site, how things are said, and the macros of ``data/macros.html``."""
        name = address.removesuffix(".html")
        given = self.given["../" * name.count("/")]
        return Page(name, title, str(render(template, title=title, **given, **values)), words)

    @cached_property
    def given(self) -> dict[str, dict[str, object]]:
        """What every page is given, by the way that leads from it to the root of the book."""
        found = {}
        for up in ("", "../", "../../"):
            given = {
                "site": self,
                "up": up,
                "urls": data_urls,
                "topics": self.topics,
                "on_chapters": subject().on_chapters,
                "grades": {level: say("grade {letters}", letters=say(" or ").join(letters))
                           for level, letters in LEVELS.items()},
                "tag": now().code or "en",
                "named": named,
                "said": said,
                "in_chinese": in_chinese,
                "works": references,
                "as_printed": as_printed,
                "period_words": period_words,
                "range_of": range_of,
                "unit_name": unit_name,
            }
            pieces = macros("data/macros.html", **given)
            # The same link stands on hundreds of pages.
            pieces |= {name: lru_cache(maxsize=None)(pieces[name]) for name in REPEATED}
            found[up] = given | pieces
        return found


def named(row: Mapping[str, str]) -> str:
    """The name in a row, in the language that is printed; in English where it has no other."""
    return row.get("name_hans") or row["name_en"] if now().code == "zh" else row["name_en"]


def said(words: str) -> str:
    """Words of a table in the language that is printed; as they are where the book's catalogue lacks
    them."""
    return (subject().chinese(words) or words).replace("\n", "") if now().code == "zh" else words


def in_chinese(value: str, bound: str, unit: str, high: str = "") -> str:
    """A figure as its source prints it, with its unit, in Chinese: "超4500亿元"."""
    base, power = chinese.unit_of(unit)
    percent = "%" if unit == "%" else base
    return chinese.printed(as_printed(value, bound, high), percent, power, computed=False)


def as_printed(value: str, bound: str, high: str = "") -> str:
    """A figure as its source prints it, without its unit: "over 4,500"."""
    return f"{WORDS[bound]}{_separated(value)}" + (f" to {_separated(high)}" if high else "")


def _separated(value: str) -> str:
    whole, point, rest = value.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.removeprefix('-')):,}{point}{rest}"


def unit_name(unit: str) -> str:
    """A unit in words, which stand after a number; nothing for counts."""
    if now().code == "zh":
        return "" if unit == "count" else chinese.unit_name(unit)
    return "" if unit == "count" else UNITS[unit].name if unit in UNITS else unit


def range_of(q: Quantity) -> str:
    """Both bounds of a quantity in its unit, as text."""
    low, high = q.bounds
    if math.isinf(low) and math.isinf(high):
        return "unknown"
    return in_full(low, high) + ("%" if q.unit == "%" else "")


def period_words(period: str) -> str:
    """A period as a reader says it: ``2025-01/2025-09`` is 2025-01 to 2025-09."""
    if now().code == "zh":
        return chinese.when(period)
    first, stroke, last = period.partition("/")
    if not stroke:
        return period
    return f"until {last}" if first == ".." else f"{first} to {last}"
