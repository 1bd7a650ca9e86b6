"""The page of all sources: what each work is, where it was read, its grade, and what rests on it.

A source that has a key of an earlier edition is found under that too: ``ids`` of its entry.

Out of scope: how chapters cite (``press.extensions.bibliography_style``).
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from citygap.data.works import references
from citygap.data.works.grades import CONFIDENCE, GRADES
from press import data_urls
from press.citing import work_exports
from press.citing.styles import in_gbt
from press.data_pages.site import Page, Site
from press.languages.printed import now, say

#: What a source is, by the type of its entry, where the entry does not say its kind.
LITERATURE = {
    "article": "article in a journal",
    "book": "book",
    "dataset": "data set",
    "incollection": "chapter of a book",
    "inproceedings": "paper at a conference",
    "mastersthesis": "master's thesis",
    "phdthesis": "doctoral thesis",
    "report": "report",
}
HEIGHTS = (16, 20, 24, 28, 32, 40, 48, 64, 80, 96)  # rem; datapages.css has a rule for each


def page(site: Site) -> Page:
    rest = Resting(site)
    listed = in_gbt(work_exports.items(site.tables)) if now().code == "zh" else {}
    letters: dict[str, list[dict]] = {}
    for key in sorted(site.tables.sources, key=str.lower):
        letters.setdefault(initial_of(key), []).append(entry(key, site, rest) | {"gbt": listed.get(key, "")})
    return site.page(
        data_urls.SOURCES,
        say("Sources"),
        "bibliography publishers copies grades confidence",
        "data/sources.html",
        letters=letters,
        titles=rest.titles,
        tall=tall,
        counts=Counter(site.tables.grades.values()),
        grade_words=GRADES,
        confidence_of=CONFIDENCE,
    )


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
        """Table and row of all that rests on a source; registers and copies are left out."""
        registers = ("contradictions", "corrections", "rereadings", "copies")
        return [(name, row) for name, row in self.rows.get(key, []) if name not in registers]


def initial_of(key: str) -> str:
    """The letter under which a key stands; 0 for all figures."""
    return "0" if key[0].isdigit() else key[0].upper()


def entry(key: str, site: Site, rest: Resting) -> dict:
    """One source, with its copies and what rests on it, table by table."""
    language = now().code or "en"
    source, tables = site.tables.sources[key], site.tables
    by_table: dict[str, list[dict[str, str]]] = {}
    for name, row in rest.of(key):
        by_table.setdefault(name, []).append(row)
    return {
        "key": key,
        "source": source,
        "title": references.title(source, language),
        "authors": authors(source),
        "inside": say(", ").join(filter(None, (references.container(source, language), source.get("number", "")))),
        "published": references.published(source, language),
        "kind": source.get("kind") or LITERATURE.get(source["type"], "not recorded"),
        "grade": tables.grades.get(key, ""),
        "copies": [copy | {"read_on": references.day(copy["read_on"], language),
                           "publisher_in": copy["publisher"] if language == "zh" and copy["publisher"]
                           else copy["publisher_en"] or copy["publisher"],
                           "linked": tables.may_link(copy["address"])}
                   for copy in tables.copies.get(key, ())],
        "original_linked": tables.may_link(source.get("url", "")),
        "earlier": [data_urls.slug(each) for each in source.get("ids", "").split(",") if each],
        "by_table": by_table,
    }  # fmt: skip


def authors(source: dict[str, str]) -> str:
    """The authors in Latin letters, and as the work has them if that differs; in Chinese as it has them."""
    if now().code == "zh":
        return references.authors(source, "zh")
    latin, own = references.authors(source), source.get("author", "")
    return f"{latin} ({own})" if own and own != latin else latin


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
    shown = " ".join(re.sub(r"<[^>]*>", "", shown).split())
    return -(-sum(2 if character >= "\u2e80" else 1 for character in shown) // width)
