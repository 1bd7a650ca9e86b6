"""What a data page knows of the book around it.

A data page is made from a template (``press/templates/data``), not from a document tree: it has no
directives, references are known beforehand, and hundreds of pages must not slow the build down.

Out of scope: what a page says (the modules beside this one), and how (``press.data_pages.wording``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from citygap.data.corrections import Registers
from citygap.data.tables import Tables, book
from citygap.data.works import references
from citygap.data.works.grades import LEVELS
from citygap.quantity.units import scaled
from press import data_urls
from press.data_pages import wording
from press.languages.printed import now, say
from press.subject import subject
from press.templating import macros, render

#: Macros of ``data/macros.html`` that print few things often.
REPEATED = ("chapter", "confidence", "indicator", "place", "printed", "source", "source_key", "with_unit")


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
        return Registers(self.tables)

    @cached_property
    def own_page(self) -> tuple[str, ...]:
        return subject().places(self.tables)

    @cached_property
    def topics(self) -> dict[str, str]:
        """Titles of the topics that indicators belong to, by their keys, in the order of the
        description of the tables; of a topic without a title, its key in words."""
        resources = self.tables.package["resources"]
        fields = next(r["schema"]["fields"] for r in resources if r["name"] == "indicators")
        given = next((f.get("categories", ()) for f in fields if f["name"] == "topic"), ())
        titles = {each["value"]: each["label"] for each in given}
        used = dict.fromkeys(row["topic"] for row in self.indicators.values())
        titles |= {key: key.replace("_", " ").capitalize() for key in used if key not in titles}
        return {key: wording.plain(title) for key, title in titles.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each place, in the language that is printed."""
        return {row["place"]: wording.named(row) for row in self.tables.rows("places")}

    def indicator_name(self, key: str) -> str:
        """Name of an indicator, in the language that is printed."""
        return wording.named(self.indicators[key])

    def measure_of(self, indicator: str) -> str:
        """The Chinese measure word of what an indicator counts."""
        return self.indicators.get(indicator, {}).get("measure_hans", "")

    @cached_property
    def indicators(self) -> dict[str, dict[str, str]]:
        """Rows of the table of indicators by their key, in its order."""
        rows = self.tables.rows("indicators")
        return {row["indicator"]: row for row in rows}

    @cached_property
    def observations(self) -> list[dict[str, str]]:
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
                "grades": {level: say("grade {grades}", grades=say(" or ").join(letters))
                           for level, letters in LEVELS.items()},
                "works": references,
                "language": now().code or "en",
                "zh": wording.in_chinese(),
                "told": wording.told,
                "value": wording.value,
                "named": wording.named,
                "as_printed": wording.as_printed,
                "figure": wording.figure,
                "period_words": wording.period_words,
                "unit_name": wording.unit_name,
                "scaled": scaled,
            }  # fmt: skip
            pieces = macros("data/macros.html", **given)
            # The same link stands on hundreds of pages.
            pieces |= {name: lru_cache(maxsize=None)(pieces[name]) for name in REPEATED}
            found[up] = given | pieces
        return found
