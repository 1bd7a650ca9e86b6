"""The page of all sources: what each is, how far it is trusted, and every row that rests on it.

What kind of page a source is was not written down source by source.  It is told from the address
(a site of the Chinese government), from the type of the entry (literature), and else from the
confidence of the rows, which says the same in three steps.

Out of scope: how chapters cite (``press.references``).
"""

from __future__ import annotations

import re
from html import unescape

from citygap import addresses
from press.datapages.markup import (
    CONFIDENCE,
    Frame,
    Page,
    Site,
    code,
    confidence,
    definitions,
    outside,
    paragraph,
    period_words,
    text,
)

GOVERNMENT = re.compile(r"^https?://(?:[\w.-]+\.)?gov\.cn(?:[:/]|$)")
LITERATURE = {
    "article": "article in a journal",
    "book": "book",
    "incollection": "chapter of a book",
    "phdthesis": "doctoral thesis",
}
FOLDED = 12  # more rows than this are folded
HEIGHTS = (16, 20, 24, 28, 32, 40, 48, 64)  # rem; datapages.css has a rule for each


def page(site: Site) -> Page:
    """The page of all sources, in order of their keys."""
    name = addresses.SOURCES.removesuffix(".html")
    frame = site.frame(name)
    rest = Resting(site)
    entries = site.tables.sources
    parts = [
        frame.trail((addresses.OVERVIEW, "Data pages")),
        "<h1>Sources</h1>",
        paragraph(
            f"{len(entries)} sources, in order of their keys, which stand in every "
            f"{code('source')} column. Each was read on the day given, many of them from their "
            "beginning only, and many as reposts: the publisher names the origin first. "
            "The entries are in one file, "
            + frame.download("sources.bib", "sources.bib")
            + "."
        ),
        letters(entries),
    ]
    initial = ""
    for key in sorted(entries, key=str.lower):
        first = initial_of(key)
        if first != initial:
            initial = first
            parts.append(f'<h2 id="letter-{initial}">{initial}</h2>')
        parts.append(entry(frame, key, entries[key], rest))
    return Page(name, "Sources", "".join(parts), "bibliography publishers confidence")


class Resting:
    """The rows of all tables by the source on which they rest."""

    def __init__(self, site: Site):
        self.rows: dict[str, list[tuple[str, dict[str, str]]]] = {}
        self.titles = {}
        for resource in site.tables.package["resources"]:
            self.titles[resource["name"]] = resource["title"]
            if any(field["name"] == "source" for field in resource["schema"]["fields"]):
                for row in site.tables.rows(resource["name"]):
                    self.rows.setdefault(row["source"], []).append((resource["name"], row))

    def of(self, key: str) -> list[tuple[str, dict[str, str]]]:
        """Table and row of all that rests on a source; registers of faults are left out."""
        registers = ("contradictions", "corrections", "rereadings")
        return [(name, row) for name, row in self.rows.get(key, []) if name not in registers]


def initial_of(key: str) -> str:
    """The letter under which a key stands; 0 for all figures."""
    return "0" if key[0].isdigit() else key[0].upper()


def letters(entries: dict) -> str:
    """Links to the letters."""
    found = sorted({initial_of(key) for key in entries})
    links = "".join(f'<li><a href="#letter-{i}">{"0–9" if i == "0" else i}</a></li>' for i in found)
    return f'<nav class="letters" aria-label="Letters"><ul>{links}</ul></nav>'


def entry(frame: Frame, key: str, source: dict[str, str], rest: Resting) -> str:
    """One source."""
    rows = rest.of(key)
    levels = [level for level in CONFIDENCE if any(r.get("confidence") == level for _, r in rows)]
    url = source.get("url", "")
    published = source.get("date") or source.get("year", "")
    facts = definitions([
        ("Publisher", text(source.get("author", ""))),
        ("Published", dates(published, source.get("urldate", ""))),
        ("Kind", text(kind(source, levels))),
        ("Confidence", ", ".join(confidence(level) for level in levels)),
        ("Address", outside(url, text(url)) if url else "none"),
        ("Remark", text(source.get("annote") or source.get("note", ""))),
        ("Rests on it", resting(frame, rows, rest) or "no row of the tables"),
    ])  # fmt: skip
    title = text(source.get("title", key))
    return (
        f'<section class="source tall-{tall(title, facts)}" id="{addresses.slug(key)}"><h3>{title} '
        f'<a class="headerlink" href="#{addresses.slug(key)}" title="Link to this source">#</a>'
        f'</h3><p class="source-key">{code(key)}</p>{facts}</section>'
    )


def tall(title: str, facts: str) -> int:
    """Height of an entry on a phone in rem, one of ``HEIGHTS``; too large rather than too small.

    Entries out of sight are not laid out, which a page this long needs to answer at once; their
    height has to be said instead.  One said too small would lay an entry over the next.
    """
    lines = _lines(title, 20) * 1.4 + sum(
        max(1, _lines(row, 24)) * 0.9 + 1.3 for row in re.findall(r"<dd>(.*?)</dd>", facts, re.S)
    )
    return next((height for height in HEIGHTS if height >= lines + 2), HEIGHTS[-1])


def _lines(markup: str, width: int) -> int:
    """Lines that text fills at ``width`` Latin characters a line; a Chinese one takes two."""
    shown = unescape(re.sub(r"<details>.*?</summary>.*?</details>", "", markup, flags=re.S))
    shown = re.sub(r"<[^>]*>", "", shown)
    return -(-sum(2 if character >= "\u2e80" else 1 for character in shown) // width)


def dates(published: str, read: str) -> str:
    """When a source was published and when it was read."""
    said = text("no date given" if published in ("", "n.d.") else published)
    return said + (f"; read {text(read)}" if read else "")


def kind(source: dict[str, str], levels: list[str]) -> str:
    """What sort of page a source is, as far as that is known."""
    if source["type"] in LITERATURE:
        return LITERATURE[source["type"]]
    if GOVERNMENT.match(source.get("url", "")):
        return "site of a Chinese government body"
    return "; ".join(CONFIDENCE[level] for level in levels) or "not recorded"


def resting(frame: Frame, rows: list[tuple[str, dict[str, str]]], rest: Resting) -> str:
    """Links to the rows that rest on a source, table by table."""
    by_table: dict[str, list[dict[str, str]]] = {}
    for name, row in rows:
        by_table.setdefault(name, []).append(row)
    return "".join(
        _folded(rest.titles[name].lower(), links(frame, name, found))
        for name, found in by_table.items()
    )


def links(frame: Frame, name: str, rows: list[dict[str, str]]) -> list[str]:
    """A link for each row of a table: to its place, or to the table."""
    if name == "observations":
        return [
            frame.go(
                addresses.observation_address(
                    row["place"], row["indicator"], row["period"], row["source"]
                ),
                f"{text(frame.site.names[row['place']])}: "
                f"{text(frame.site.indicators[row['indicator']]['name_en'])}, "
                f"{text(period_words(row['period']))}",
            )
            for row in rows
        ]
    if name == "claims":
        return [frame.chapter("claim-ledger", text(row["claim"]), f"#{row['claim']}")
                for row in rows]
    table = addresses.table_page(name)
    return [frame.go(f"{table}#rows", f"{len(rows)} row{'s' * (len(rows) > 1)}")]


def _folded(title: str, items: list[str]) -> str:
    head = f"{len(items)} of {text(title)}" if len(items) > 1 else text(title)
    body = "; ".join(items)
    if len(items) > FOLDED:
        return f"<details><summary>{head}</summary>{body}</details>"
    return f'<div><span class="count">{text(title)}:</span> {body}</div>'
