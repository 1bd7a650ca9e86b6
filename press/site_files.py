"""Files at the root of a site: ``robots.txt``, a page for addresses that lead nowhere
(``404.html``), and, if the site's address is known, ``sitemap.xml`` and the feed of editions.

The feed (``atom.xml``) is made of ``CHANGELOG.md``: each edition a heading with its day,
``## 2026.1 (2026-11-22)``, and what stands under it.  The first may have no day: it is not out.

The sitemap and the page are written here: ``sphinx-sitemap`` fails a build without an address, and
``sphinx-notfound-page`` makes a page of the theme, whose dozen files an address that leads nowhere
does not need; this one needs none, so it works at any depth.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from press import book_metadata, urls
from press.languages.printed import catalogue
from press.templating import head, render

CHANGES = "CHANGELOG.md"
FEED, SITEMAP, MISSING = "atom.xml", "sitemap.xml", "404.html"
PICTURES = "_static/share"
LOST = "There is no such page: to the first page"
ATOM, MAP = "http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9"
EDITION = re.compile(r"^## (\S+)(?: \((\d{4}-\d\d-\d\d)\))? *$", re.M)


class NoDate(ValueError):
    """An edition has no day in the list of changes; the text names it."""


def write_robots(out: Path, address: str) -> None:
    """Let every page be found; name the sitemap if there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if address:
        lines.append(f"Sitemap: {address}{SITEMAP}")
    (out / "robots.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def missing(
    address: str, title: str, language: str, chapters: Iterable[tuple[str, str]],
    within: str = "", script: str = "", twins: Iterable[str] = (),
) -> str:
    """The page for addresses that lead nowhere, with the ``chapters``, each title and name.

    A server shows it at any depth, so its links start at the root of the host: below the path of
    the site's address, or, where that is not known, at the top.  ``within`` is the folder of the
    site that holds the chapters, ``script`` one of the site that knows of the other folders;
    ``twins`` are the codes of the further languages that the book is in.
    """
    others = [(code, catalogue(code).get(LOST, LOST)) for code in twins]
    return render("missing.html", language=language, title=f"Page not found: {title}", book=title,
                  icon="data:,", top=urlsplit(address).path or "/", within=within, script=script,
                  chapters=chapters, others=others)  # fmt: skip


def write_sitemap(out: Path, address: str, dated: Mapping[str, str]) -> None:
    """Write the list of all pages, by name, with the day of their last change where it is known."""
    top = ElementTree.Element("urlset", xmlns=MAP)
    for name, date in sorted(dated.items()):
        url = ElementTree.SubElement(top, "url")
        ElementTree.SubElement(url, "loc").text = urls.canonical(address, name)
        if date:
            ElementTree.SubElement(url, "lastmod").text = date
    _write(top, out / SITEMAP)


def editions(changes: str) -> list[tuple[str, str, str]]:
    """Name, day and text of each edition in the list of changes.  Raises NoDate."""
    found = list(EDITION.finditer(changes))
    ends = [match.start() for match in found[1:]] + [len(changes)]
    if found and not found[0][2]:
        del found[0], ends[0]
    for match in found:
        if not match[2]:
            raise NoDate(f"{CHANGES}: edition {match[1]} has no day, such as (2026-11-22)")
    return [
        (match[1], match[2], changes[match.end() : end].strip())
        for match, end in zip(found, ends, strict=True)
    ]


def write_feed(out: Path, address: str, root: Path, published: Collection[str]) -> None:
    """Write the feed of those editions of the book at ``root`` that are published.  Raises NoDate.

    Without any, nothing is written.
    """
    from markdown_it import MarkdownIt

    book = book_metadata.record(root)
    listed = [edition for edition in editions((root / CHANGES).read_text(encoding="utf-8-sig"))
              if edition[0] in published]  # fmt: skip
    if not listed:
        return
    top = ElementTree.Element("feed", xmlns=ATOM)
    _add(top, id=address, title=book.title, updated=_moment(max(day for _, day, _ in listed)))
    ElementTree.SubElement(top, "link", rel="self", href=f"{address}{FEED}")
    ElementTree.SubElement(top, "link", rel="alternate", href=f"{address}index.html")
    _add(ElementTree.SubElement(top, "author"), name=book.author)
    for edition, day, words in listed:
        entry = ElementTree.SubElement(top, "entry")
        # An id that stays when the site moves within its host.
        _add(entry, id=f"tag:{urlsplit(address).hostname},{day}:{edition}",
             title=f"Edition {edition}", updated=_moment(day))  # fmt: skip
        place = urls.permanent(address, edition, "index")
        ElementTree.SubElement(entry, "link", rel="alternate", href=place)
        ElementTree.SubElement(entry, "content", type="html").text = MarkdownIt().render(words)
    _write(top, out / FEED)


def feed_link(address: str, title: str) -> str:
    return head(("link", {"rel": "alternate", "type": "application/atom+xml",
                          "title": f"{title}: editions", "href": f"{address}{FEED}"}))  # fmt: skip


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: ElementTree.Element, **words: str) -> None:
    for name, text in words.items():
        ElementTree.SubElement(parent, name).text = text


def _write(top: ElementTree.Element, path: Path) -> None:
    ElementTree.indent(top)
    ElementTree.ElementTree(top).write(path, encoding="utf-8", xml_declaration=True)
