"""What can be cited: the book, its chapters, figures, numbers and what else has a name in it, each as
one CSL-JSON item.

All forms of a citation are made from this item (``press.citing.styles``,
``press.citing.export_formats``). A part names the book that it is in, the edition, the day of the
edition, and, once they are known, its permanent address and the DOI of the edition.
"""

from __future__ import annotations

from dataclasses import dataclass

from press import urls
from press.book_metadata import Author, Record
from press.languages.printed import say

KINDS = ("book", "chapter", "report", "figure", "item", "number")


@dataclass(frozen=True)
class Part:
    """A part of the book.

    ``label`` is how the page calls it ("Figure 2.1"; empty for a chapter), ``title``
    its own words; ``page`` is the name of its page, ``anchor`` leads to it there.
    """

    kind: str
    title: str
    page: str
    label: str = ""
    anchor: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is nothing that can be cited")

    @property
    def name(self) -> str:
        """Label and words, in one line and without the full stop of a sentence."""
        words = " ".join(self.title.split())
        words = words[:-1] if words.endswith(".") and not words.endswith("..") else words
        return say("{label}: {words}", label=self.label, words=words) if self.label else words

    @property
    def key(self) -> str:
        """Its name among the parts of its page, fit for an address and for a file."""
        return self.anchor or self.page.rpartition("/")[2]


def identity(part: Part, book: Record) -> str:
    """The key of the part in lists of references, the same in every form."""
    page = "" if part.kind == "book" else part.page.rpartition("/")[2]
    return "-".join(filter(None, (book.name, book.version, page, part.anchor)))


def address(part: Part, book: Record) -> str:
    """Where the part of this edition stays; empty as long as the book has no address."""
    return urls.permanent(book.site, book.version, part.page, part.anchor)


def edition(book: Record) -> str:
    """The edition in the words that styles print as they stand."""
    ahead = book.version.endswith(urls.UNRELEASED)
    return say("version {version}", version=book.version) if ahead else say("{version} ed.", version=book.version)


def names(authors: tuple[Author, ...]) -> list[dict[str, str]]:
    return [
        {"literal": one.name} if one.name else {"family": one.family, "given": one.given}
        for one in authors
    ]


def item(part: Part, book: Record) -> dict[str, object]:
    year, month, day = (int(number) for number in book.date.split("-"))
    made: dict[str, object] = {
        "id": identity(part, book),
        "type": "book" if part.kind == "book" else "chapter",
        "title": part.name,
        "author": names(book.authors),
        "edition": edition(book),
        "issued": {"date-parts": [[year, month, day]]},
        "language": book.language,
        "URL": address(part, book),
        "DOI": book.doi,
    }
    if part.kind == "book":
        made["abstract"] = book.abstract
    else:
        made["container-title"] = book.title
    return {field: value for field, value in made.items() if value}


def front(page: str, book: Record) -> Part:
    """The book itself, whose first page is ``page``."""
    return Part("book", book.title, page)


def chapter(page: str, title: str) -> Part:
    return Part("chapter", title, page)


def report(page: str, title: str) -> Part:
    """A page that is made from data and says what they come to."""
    return Part("report", title, page)


def figure(page: str, number: str, title: str, anchor: str) -> Part:
    """A figure: its number, the first sentence of its caption and its name."""
    return Part("figure", title, page, say("Figure {number}", number=number), anchor)


def named(page: str, what: str, key: str, words: str) -> Part:
    """What has a name of its own on a page: what it is ("Claim"), its key there, its words."""
    return Part("item", words, page, f"{say(what)} {key}", key)


def number(page: str, key: str, words: str) -> Part:
    where = f"{page.rpartition('/')[2]}/{key}"
    return Part("number", words, page, say("Number {where}", where=where), f"n-{key}")
