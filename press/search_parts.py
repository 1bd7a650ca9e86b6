"""What the search finds of a page: its sections, figures, claims and terms, each with its anchor.

Text that no reader sees at first (code, values behind a figure, evidence behind a claim) is left
out: it would make the index larger and results worse.

Out of scope: the index (``press.search``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docutils import nodes

#: HTML whose words are not indexed.
UNREAD = re.compile(
    r"<(script|style|svg|details|form)\b.*?</\1>|<div class=\"figure-card\".*", re.DOTALL | re.I
)
#: The same of parts of a document; sources are entries of their own.
UNSOUGHT = (nodes.literal_block, nodes.comment, nodes.system_message, nodes.citation)
CLAIM = re.compile(r'<article class="claim" id="([^"]+)".*?<h3[^>]*>(.*?)</h3>(.*?)</article>', re.S)
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
        """The title without markup."""
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
        yield from claims(raw.astext())
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
            f"Figure {number}: {html.escape(text_of(strong), quote=False)}",
            f"{text_of(caption)} {said}",
            (f"Figure {number}", f"Fig. {number}"),
        )


def claims(source: str) -> Iterator[Part]:
    """Every claim of the ledger in a piece of HTML, by its key, its words and its verdict."""
    for anchor, heading, rest in CLAIM.findall(source):
        words = plain(heading).removeprefix(anchor).strip()
        title = f"Claim {anchor}: {html.escape(words, quote=False)}"
        yield Part(anchor, title, plain(rest), (anchor, f"Claim {anchor}"))


def terms(doctree: nodes.document) -> Iterator[Part]:
    """Every term of a glossary, by its names and its definition."""
    for item in doctree.findall(nodes.definition_list_item):
        named = [term for term in item.findall(nodes.term) if term["ids"]]
        if not named or "glossary" not in item.parent["classes"]:
            continue
        names = [text_of(term) for term in named]
        yield Part(
            named[0]["ids"][0],
            f"{html.escape(', '.join(names), quote=False)} (glossary)",
            text_of(item[-1]),
            tuple(names),
            text_of(next(iter(item[-1].findall(nodes.paragraph)), item[-1])),
        )


def data_parts(app) -> Iterator[tuple[str, Part]]:
    """Parts of the data pages, each with its page: every source by its title and publisher, and
    every main city by its names."""
    from press.datapages import has_data

    if not has_data(Path(app.srcdir)):
        return
    from citygap import addresses
    from citygap.places import main_cities
    from citygap.tables import book

    page = addresses.SOURCES.removesuffix(".html")
    for key, entry in book.sources.items():
        title = html.escape(f"{entry.get('title', '')}, {entry.get('author', '')}", quote=False)
        yield page, Part(addresses.slug(key), f"Source {key}: {title}", "", (key,))
    places = {row["place"]: row for row in book.rows("places")}
    for place in main_cities():
        row = places[place]
        names = dict.fromkeys((row["name_en"], row["name_hans"], row["name_hant"]))
        title = f"{row['name_en']} {row['name_hans']}: figures and diagnosis"
        words = f"{row['name_hant']} city diagnosis ranks targets"
        yield addresses.place_page(place).removesuffix(".html"), Part("", title, words, tuple(names))


def text_of(node: nodes.Node, whole: bool = True) -> str:
    """The words of a node; unless ``whole``, without those of the parts inside it."""
    found: list[str] = []
    for child in node.children:
        if isinstance(child, nodes.raw):
            found.append(plain(CLAIM.sub(" ", child.astext())))
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
