"""What a page's head says to reference managers: Highwire's tags and Dublin Core.

Addresses are permanent ones, of the page in its edition; where the book has no address yet, there
are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from press import urls
from press.book_metadata import Record
from press.citing import citable
from press.templating import head

LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "MIT": "https://opensource.org/license/mit",
}
SCHEMAS = (("DC", "http://purl.org/dc/elements/1.1/"), ("DCTERMS", "http://purl.org/dc/terms/"))
PUBLIC = re.compile(
    r'(<meta name="citation_public_url" content=")(.*?/((?:chapters|data)/[^"]*)\.html)" />'
)
PDF = re.compile(r'\n<meta name="citation_pdf_url"[^>]*>')


@dataclass(frozen=True)
class Page:
    """A page and what it is: ``kind`` is ``book``, ``chapter`` or ``data``."""

    kind: str
    name: str
    title: str
    description: str
    book: Record
    front: str
    citation: str = ""  # one sentence that cites the page

    @classmethod
    def of(cls, app, citer, name: str, context: dict) -> Page | None:
        """The page of that name; None if it is neither a page of the book nor one of its data."""
        from press.page_names import PREFIX

        shared = getattr(app, "shared", {}).get(name)
        description = shared.description if shared else ""
        front = app.config.root_doc
        if name in citer.pages:
            kind = "book" if name == front else "chapter"
            part = citer.pages[name]
            return cls(kind, name, part.title, description, citer.book, front, citer.sentence(part))
        if name.startswith(PREFIX) and shared:
            citation = citer.sentence(citer.reports[name]) if name in citer.reports else ""
            return cls("data", name, shared.title, description, citer.book, front, citation)
        return None

    @property
    def address(self) -> str:
        """Where this page of this edition stays, or nothing."""
        return urls.permanent(self.book.site, self.book.version, self.name)

    @property
    def home(self) -> str:
        return urls.permanent(self.book.site, self.book.version, self.front)


def tags(page: Page) -> str:
    said = [("meta", {"name": name, "content": " ".join(content.split())})
            for name, content in (*highwire(page), *dublin_core(page))]  # fmt: skip
    schemas = [("link", {"rel": f"schema.{prefix}", "href": space}) for prefix, space in SCHEMAS]
    return head(*said, *schemas)


def highwire(page: Page) -> Iterator[tuple[str, str]]:
    """Names and values of Highwire's tags, as Google Scholar and Zotero read them."""
    book = page.book
    yield "citation_title", page.title
    if page.kind != "book":
        yield "citation_inbook_title", book.title
    for author in citable.names(book.authors):
        yield "citation_author", author.get("literal") or f"{author['family']}, {author['given']}"
    yield "citation_publication_date", book.date.replace("-", "/")
    yield "citation_edition", book.version
    yield "citation_language", book.language
    yield "citation_keywords", "; ".join(book.keywords) if page.kind == "book" else ""
    yield "citation_public_url", page.address
    yield "citation_fulltext_html_url", page.address if page.kind != "data" else ""
    yield "citation_doi", book.doi


def dublin_core(page: Page) -> Iterator[tuple[str, str]]:
    book = page.book
    yield "DC.title", page.title
    for author in book.authors:
        yield "DC.creator", str(author)
    yield "DC.date", book.date
    yield "DC.language", book.language
    yield "DC.type", "Dataset" if page.kind == "data" else "Text"
    yield "DC.format", "text/html"
    yield "DC.rights", book.text_licence
    yield "DC.description", page.description
    yield "DC.identifier", page.address
    yield "DC.identifier", f"https://doi.org/{book.doi}" if book.doi else ""
    if page.kind != "book":
        yield "DCTERMS.isPartOf", page.home or f"{book.title}, {citable.edition(book)}"
    yield "DCTERMS.bibliographicCitation", page.citation


def with_pdf(text: str, folder: str, file: str) -> str:
    """The text of a page, saying where its print lies: ``folder/file`` of the built book.

    Only known once it is printed (``press.print.links``); without an address nothing is said.
    """
    text = PDF.sub("", text)
    public = PUBLIC.search(text)
    if not public or not file:
        return text
    root = public[2].removesuffix(f"{public[3]}.html")
    # ``root`` stands escaped in the page already.
    tag = head(("meta", {"name": "citation_pdf_url", "content": f"{unescape(root)}{folder}/{file}"}))
    return text[: public.end()] + tag + text[public.end() :]
