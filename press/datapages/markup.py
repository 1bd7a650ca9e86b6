"""Small pieces of HTML that the data pages are made of.

Every text that comes from the data goes through :func:`text`, which escapes it and marks what is
Chinese, so that a browser chooses the right glyphs and a screen reader the right voice.

A data page is written as text, not as a document tree: it has no directives, references are known
beforehand, and hundreds of pages must not slow the build down.

Out of scope: what a page says (the modules beside this one).
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from citygap import addresses
from citygap.corrections import Registers
from citygap.places import main_cities
from citygap.quantity import UNITS, Quantity
from citygap.reading import WORDS
from citygap.tables import Tables, book
from citygap.wording import in_full
from press.han import HAN, RUN  # noqa: F401  for those who read pages

TOPICS = {
    "ai_scale": "AI scale",
    "firms": "Firms",
    "models": "Models",
    "talent": "Talent",
    "compute": "Compute",
    "capital": "Capital",
    "science": "Science",
    "economy": "Economy",
    "industry": "Industry",
    "trade": "Trade",
    "anchoring": "Anchoring of firms",
    "world": "World",
}
CONFIDENCE = {
    "high": "official, agency or newsroom page",
    "medium": "repost or trade press",
    "low": "content farm, self-media or mirror",
}

KANA = re.compile(r"[\u3040-\u30fa\u30fd-\u30ff]")


# ----------------------------------------------------------------------------------------- text


class Script:
    """Tells Simplified from Traditional Chinese by the characters of the places' names.

    The table of places gives each name in both; a character that only one of them uses tells the
    script of a text that holds it.  Text without such a character is taken for Simplified.
    """

    def __init__(self, tables: Tables):
        simplified, traditional = set(), set()
        for row in tables.rows("places"):
            simplified |= set(row["name_hans"])
            traditional |= set(row["name_hant"])
        self.traditional = traditional - simplified

    def of(self, words: str) -> str:
        """``ja`` for text with Japanese letters, else ``zh-Hant`` or ``zh-Hans``."""
        if KANA.search(words):
            return "ja"
        return "zh-Hant" if self.traditional & set(words) else "zh-Hans"


_SCRIPT: Script | None = None


def script(words: str) -> str:
    """Language tag of Chinese (or Japanese) text; see :class:`Script`."""
    global _SCRIPT
    if _SCRIPT is None:
        _SCRIPT = Script(book)
    return _SCRIPT.of(words)


def text(words: str) -> str:
    """``words`` as HTML: escaped, and Chinese marked as such."""
    tag = script(words)  # one page or title keeps to one script
    parts, end = [], 0
    for run in RUN.finditer(words):
        parts.append(html.escape(words[end : run.start()]))
        parts.append(f'<span lang="{tag}">{html.escape(run[0])}</span>')
        end = run.end()
    parts.append(html.escape(words[end:]))
    return "".join(parts)


def chinese(words: str, tag: str = "zh-Hans") -> str:
    """``words``, known to be Chinese in the script ``tag``, as HTML; empty for empty text."""
    return f'<span lang="{tag}">{html.escape(words)}</span>' if words else ""


def code(words: str) -> str:
    """A key of the data as HTML, which may break after each ``_``."""
    return f"<code>{html.escape(words).replace('_', '_<wbr>')}</code>"


def attributes(**given: str) -> str:
    """Attributes with values escaped; ``_`` in a name becomes ``-``, empty values are left out."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(value, quote=True)}"'
        for name, value in given.items()
        if value
    )


def link(address: str, inner: str, **given: str) -> str:
    """A link around HTML ``inner``."""
    return f"<a{attributes(href=address, **given)}>{inner}</a>"


def outside(address: str, inner: str) -> str:
    """A link that leaves the book; HTML ``inner`` alone if there is no web address."""
    if not re.match(r"https?://", address):
        return inner
    return link(address, inner, class_="reference external", rel="noreferrer")


# ---------------------------------------------------------------------------------------- blocks


def section(anchor: str, title: str, *body: str, level: int = 2) -> str:
    """A section with its heading, as Sphinx writes it; ``title`` is HTML."""
    mark = f'<a class="headerlink" href="#{anchor}" title="Link to this heading">#</a>'
    return (
        f'<section id="{anchor}"><h{level}>{title}{mark}</h{level}>'
        f"{''.join(body)}</section>"
    )


def paragraph(inner: str, kind: str = "") -> str:
    """A paragraph of HTML."""
    return f"<p{attributes(class_=kind)}>{inner}</p>"


def bullets(items: Iterable[str], kind: str = "") -> str:
    """A list of HTML items; nothing for none."""
    body = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul{attributes(class_=kind)}>{body}</ul>" if body else ""


def definitions(pairs: Iterable[tuple[str, str]]) -> str:
    """Terms and what they are, both HTML; pairs without a second part are left out."""
    body = "".join(f"<div><dt>{term}</dt><dd>{what}</dd></div>" for term, what in pairs if what)
    return f'<dl class="facts">{body}</dl>'


def warning(title: str, *body: str) -> str:
    """A box that warns, as the book's other pages have them."""
    return (
        f'<div class="admonition warning"><p class="admonition-title">{title}</p>'
        f"{''.join(body)}</div>"
    )


@dataclass(frozen=True)
class Row:
    """A row of a table: HTML cells, the first of which names the row; ``anchor`` may be empty."""

    cells: Sequence[str]
    anchor: str = ""


def plain_table(head: Sequence[str], rows: Iterable[Row], caption: str) -> str:
    """A table with a caption and row headers, which scrolls in its frame (:func:`wide`)."""
    heads = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = []
    for row in rows:
        first, *rest = row.cells
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        lines.append(f'<tr{attributes(id=row.anchor)}><th scope="row">{first}</th>{cells}</tr>')
    return (
        f'<table class="data-table plain"><caption>{caption}</caption>'
        f'<thead><tr>{heads}</tr></thead><tbody>{"".join(lines)}</tbody></table>'
    )


def table(head: Sequence[str], rows: Iterable[Row], caption: str, kind: str = "") -> str:
    """A table with a caption and row headers.

    On a narrow screen each row becomes a small card (``datapages.css``): the roles keep it a table
    for screen readers then, and ``data-label`` prints the heads.
    """
    heads = "".join(f'<th scope="col" role="columnheader">{cell}</th>' for cell in head)
    plain = [re.sub(r"<[^>]+>", "", cell) for cell in head]
    lines = []
    for row in rows:
        first, *rest = row.cells
        cells = "".join(
            f'<td role="cell" data-label="{label}">{cell}</td>'
            for label, cell in zip(plain[1:], rest, strict=True)
        )
        lines.append(
            f'<tr role="row"{attributes(id=row.anchor)}>'
            f'<th scope="row" role="rowheader">{first}</th>{cells}</tr>'
        )
    return (
        f'<table class="data-table {kind}" role="table"><caption>{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(lines)}</tbody></table>'
    )


def wide(inner: str, label: str) -> str:
    """A frame in which a table too wide for the page scrolls, by keyboard too."""
    return (
        f'<div class="table-frame wide" tabindex="0" role="region" '
        f'aria-label="{html.escape(label, quote=True)}">{inner}</div>'
    )


# --------------------------------------------------------------------------------------- figures


def printed(value: str, bound: str, unit: str, high: str = "") -> str:
    """A figure as its source prints it: the word, the number, the unit in words."""
    number = _separated(value) + (f" to {_separated(high)}" if high else "")
    return text(f"{WORDS[bound]}{number}") + unit_after(unit)


def _separated(value: str) -> str:
    whole, point, rest = value.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.removeprefix('-')):,}{point}{rest}"


def unit_after(unit: str) -> str:
    """What stands after a number: a per cent sign, the unit in words, or nothing for counts."""
    if unit == "%":
        return "%"
    name = UNITS[unit].name if unit in UNITS else unit
    return f' <span class="unit">{text(name)}</span>' if name and unit != "count" else ""


def range_of(q: Quantity) -> str:
    """Both bounds of a quantity in its unit, as text."""
    low, high = q.bounds
    if math.isinf(low) and math.isinf(high):
        return "unknown"
    return in_full(low, high) + ("%" if q.unit == "%" else "")


def period_words(period: str) -> str:
    """A period as a reader says it: ``2025-01/2025-09`` is 2025-01 to 2025-09."""
    first, stroke, last = period.partition("/")
    if not stroke:
        return period
    return f"until {last}" if first == ".." else f"{first} to {last}"


def confidence(level: str) -> str:
    """A level of confidence with its sign; what it means is said where it is touched."""
    return (
        f'<span class="confidence {level}"{attributes(title=CONFIDENCE.get(level, ""))}>'
        f"{text(level)}</span>"
    )


# --------------------------------------------------------------------------------------- a page


@dataclass(frozen=True)
class Page:
    """A finished page: its name (``data/places/chongqing``), title, HTML and words to be found by.

    ``title`` is plain text; ``body`` begins with the heading.
    """

    name: str
    title: str
    body: str
    words: str = ""


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
    def cities(self) -> tuple[str, ...]:
        """Places with a page of their own."""
        return main_cities(self.tables)

    @cached_property
    def names(self) -> dict[str, str]:
        """English name of each place."""
        places = self.tables.table("places")
        return dict(zip(places["place"], places["name_en"]))

    @cached_property
    def indicators(self) -> dict[str, dict[str, str]]:
        """Rows of the table of indicators by their key, in its order."""
        rows = self.tables.rows("indicators")
        return {row["indicator"]: row for row in rows}

    @cached_property
    def observations(self) -> list[dict[str, str]]:
        """Rows of the table of observations."""
        return self.tables.rows("observations")

    def frame(self, name: str) -> Frame:
        """The frame of the page called ``name``."""
        return Frame(self, "../" * name.count("/"))


@dataclass(frozen=True)
class Frame:
    """Links from one page to others; ``up`` leads from it to the root of the book."""

    site: Site
    up: str

    def to(self, address: str) -> str:
        """An address of the book (``data/index.html``) as this page writes it."""
        return self.up + address

    def go(self, address: str, inner: str) -> str:
        """A link to an address of the book around HTML ``inner``."""
        return link(self.to(address), inner)

    def chapter(self, name: str, inner: str, anchor: str = "") -> str:
        """A link to a chapter of the book, or ``inner`` alone if it has no such chapter."""
        page = f"chapters/{name}"
        if page not in self.site.chapters:
            return inner
        return self.go(f"{page}.html{anchor}", inner)

    def place(self, key: str) -> str:
        """Name of a place, with a link if it has a page."""
        name = text(self.site.names.get(key, key))
        return self.go(addresses.place_page(key), name) if key in self.site.cities else name

    def indicator(self, key: str, anchor: str = "") -> str:
        """Name of an indicator with a link to its page, at ``anchor`` if given."""
        address = addresses.indicator_page(key) + (f"#{anchor}" if anchor else "")
        return self.go(address, text(self.site.indicators[key]["name_en"]))

    def source(self, key: str) -> str:
        """Title and publisher of a source: the title leads to the page itself, the key to ours."""
        entry = self.site.tables.sources.get(key, {})
        title = outside(entry.get("url", ""), text(entry.get("title", key)))
        own = self.go(addresses.source_address(key), code(key))
        return f'{title} <span class="source-key">{own}</span>'

    def trail(self, *steps: tuple[str, str]) -> str:
        """Where the reader is: links from the overview of the data down to this page."""
        links = [self.chapter("data", "Data"), *(self.go(a, text(t)) for a, t in steps)]
        items = "".join(f"<li>{item}</li>" for item in links)
        return f'<nav class="trail" aria-label="Where this page stands"><ol>{items}</ol></nav>'

    def download(self, file: str, words: str) -> str:
        """A link that saves a file of ``_static/data``."""
        address = self.to(f"_static/data/{file}")
        return link(address, text(words), download="", class_="download-data")
