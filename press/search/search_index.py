"""What the search finds of a page: its sections, figures and terms, each with its anchor, and what
the book's own package names there (``press.subject``).

Text that no reader sees at first (code, values behind a figure, what is folded) is left
out: it would make the index larger and results worse.

Out of scope: the index (``press.search.search``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docutils import nodes

from press.languages.printed import now, say
from press.subject import subject

#: HTML whose words are not indexed.
UNREAD = re.compile(
    r"<(script|style|svg|details|form)\b.*?</\1>|<div class=\"figure-card\".*", re.DOTALL | re.I
)
#: The same of parts of a document; sources are entries of their own.
UNSOUGHT = (nodes.literal_block, nodes.comment, nodes.system_message, nodes.citation)
ALT = re.compile(r'aria-label="([^"]*)"')


@dataclass(frozen=True)
class Part:
    """What the search finds: ``title`` is HTML, shown as the result; the rest is plain text.

    ``entries`` are names by which the part is sought as a whole: they come first among results.
    """

    anchor: str
    title: str
    text: str
    entries: tuple[str, ...] = field(default=())
    first: str = ""  # the first paragraph of the text, where a preview needs it

    @property
    def words_of_title(self) -> str:
        return plain(self.title)


def parts(env, docname: str, title: str, doctree: nodes.document) -> Iterator[Part]:
    """The parts of a page, the page itself first; ``title`` is HTML."""
    top = next(doctree.findall(nodes.section), doctree)
    yield Part("", title, text_of(top, whole=False))
    for section in top.findall(nodes.section):
        if section is not top:
            name = text_of(section[0])
            yield Part(
                section["ids"][0],
                f"{title} › {html.escape(name, quote=False)}",
                text_of(section, whole=False),
                (name,),
            )
    yield from figures(env, docname, doctree)
    for raw in doctree.findall(nodes.raw):
        yield from subject().named_parts(raw.astext())[1]
    yield from terms(doctree)


def figures(env, docname: str, doctree: nodes.document) -> Iterator[Part]:
    """Every numbered figure, by its number, its caption and what its marks say."""
    numbers = env.toc_fignumbers.get(docname, {}).get("figure", {})
    for figure in doctree.findall(nodes.figure):
        anchor = next((name for name in figure["ids"] if name in numbers), "")
        caption = next(iter(figure.findall(nodes.caption)), None)
        if not anchor or caption is None:
            continue
        number = ".".join(map(str, numbers[anchor]))
        strong = next(iter(caption.findall(nodes.strong)), caption)
        said = " ".join(
            html.unescape(alt) for raw in figure.findall(nodes.raw) for alt in ALT.findall(raw.astext())
        )
        yield Part(
            anchor,
            say("Figure {number}: {title}", number=number, title=html.escape(text_of(strong), quote=False)),
            f"{text_of(caption)} {said}",
            (say("Figure {number}", number=number), say("Fig. {number}", number=number)),
        )


def terms(doctree: nodes.document) -> Iterator[Part]:
    """Every term of a glossary, by its names and its definition."""
    for item in doctree.findall(nodes.definition_list_item):
        named = [term for term in item.findall(nodes.term) if term["ids"]]
        if not named or "glossary" not in item.parent["classes"]:
            continue
        names = [text_of(term) for term in named]
        yield Part(
            named[0]["ids"][0],
            say("{term} (glossary)", term=html.escape(say(", ").join(names), quote=False)),
            text_of(item[-1]),
            tuple(names),
            text_of(next(iter(item[-1].findall(nodes.paragraph)), item[-1])),
        )


def data_parts(app) -> Iterator[tuple[str, Part]]:
    """Parts of the data pages, each with its page: every source by its title and publisher, and
    every place by its names, on its own page or where the tables have a row of it."""
    from press.page_names import has_data

    if not has_data(Path(app.srcdir)):
        return
    from citygap.data.tables import book
    from press import data_urls

    page = data_urls.SOURCES.removesuffix(".html")
    for key, entry in book.sources.items():
        title = html.escape(f"{entry.get('title', '')}, {entry.get('author', '')}", quote=False)
        yield page, Part(data_urls.slug(key), say("Source {key}: {title}", key=key, title=title), "", (key,))
    yield from subject().entries(book)
    with_page = subject().places(book)
    places = {row["place"]: row for row in book.rows("places") if row["place"] not in with_page}
    yield from _other_places(places)


def _other_places(places: dict[str, dict[str, str]]) -> Iterator[tuple[str, Part]]:
    """An entry for each place without a page of its own: its latest observation, else its first row
    in another table, else its row in the table of places."""
    from citygap.data.tables import book
    from press import data_urls
    from press.data_pages.table_pages import anchors_of, shown_of
    from press.data_pages.wording import named, plain as plain_words

    where: dict[str, tuple[str, str, str]] = {}  # page, anchor, and what stands there
    for row in sorted(book.rows("observations"), key=lambda row: row["period"], reverse=True):
        indicator = data_urls.indicator_page(row["indicator"])
        anchor = data_urls.row_anchor(row["place"], row["period"], row["source"])
        where.setdefault(row["place"], (indicator, anchor, named(book.indicator(row["indicator"]))))
    tables = sorted(book.package["resources"], key=lambda resource: resource["name"] == "places")
    for resource in tables:
        rows = shown_of(resource, book.rows(resource["name"]))
        if resource["name"] == "observations" or not rows or "place" not in rows[0]:
            continue
        for row, anchor in zip(rows, anchors_of(resource, rows), strict=True):
            found = (data_urls.table_page(resource["name"]), anchor, plain_words(resource["title"]))
            where.setdefault(row["place"], found)
    for place, row in places.items():
        page, anchor, what = where[place]
        english, simplified, traditional = (row.get(f"name_{tag}", "") for tag in ("en", "hans", "hant"))
        names = dict.fromkeys(filter(None, (english, simplified, traditional)))
        name = simplified if now().code and simplified else f"{english} {simplified}".rstrip()
        title = html.escape(say("{place}: {what}", place=name, what=what), quote=False)
        yield page.removesuffix(".html"), Part(anchor, title, traditional, tuple(names))


def text_of(node: nodes.Node, whole: bool = True) -> str:
    """The words of a node; unless ``whole``, without those of the parts inside it."""
    found: list[str] = []
    for child in node.children:
        if isinstance(child, nodes.raw):
            found.append(plain(subject().named_parts(child.astext())[0]))
        elif isinstance(child, nodes.Text):
            found.append(child.astext())
        elif isinstance(child, UNSOUGHT):
            continue
        elif not whole and isinstance(child, (nodes.section, nodes.figure)):
            continue
        elif not whole and isinstance(child, nodes.definition_list) and "glossary" in child["classes"]:
            continue
        else:
            words = text_of(child, whole)
            found.append(words if isinstance(child, nodes.Inline) else f" {words} ")
    return re.sub(r"\s+", " ", "".join(found)).strip()


def plain(source: str) -> str:
    """The words of a piece of HTML that a reader sees at first."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", UNREAD.sub(" ", source))).split())
