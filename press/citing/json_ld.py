"""What a page's head says to search engines: JSON-LD of schema.org.

The first page is a Book, a chapter a Chapter, a data page a Dataset.  What else a page holds the
book's own package says (``press.subject``).

Addresses are permanent ones; where the book has no address yet, they are left out, or relative
where a file of the same book is meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urljoin

from press import urls
from press.citing.meta_tags import LICENCES, Page
from press.languages.printed import now
from press.languages.twins import at_home
from press.subject import subject


def script(app, page: Page, doctree) -> str:
    nodes = [node(page, app.citer), *subject().linked_data(page, doctree)]
    body = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
    words = json.dumps({"@context": "https://schema.org"} | body, ensure_ascii=False,
                       separators=(",", ":"))  # fmt: skip
    for sign in "<>&":  # in a script nothing else could end it or be markup
        words = words.replace(sign, f"\\u{ord(sign):04x}")
    return f'\n<script type="application/ld+json">{words}</script>'


def node(page: Page, citer) -> dict:
    if page.kind == "data":
        return dataset(page)
    common = _work(page) | {"name": page.title, "url": page.address, "description": page.description}
    if page.kind == "book":
        chapters = [
            {"@type": "Chapter", "name": part.title, "url": address(page, f"{name}.html")}
            for name, part in citer.pages.items()
            if name != page.name
        ]
        return said({"@type": "Book", "@id": page.home} | common | {
            "abstract": page.book.abstract,
            "keywords": list(page.book.keywords),
            "bookEdition": page.book.version,
            "bookFormat": "https://schema.org/EBook",
            "isAccessibleForFree": True,
            "identifier": f"https://doi.org/{page.book.doi}" if page.book.doi else "",
            "hasPart": chapters,
        })  # fmt: skip
    return said({"@type": "Chapter", "@id": page.address} | common | {"isPartOf": whole(page)})


def whole(page: Page) -> dict:
    """The book, as its parts name it."""
    return said({
        "@type": "Book", "@id": page.home, "name": page.book.title, "url": page.home,
        "bookEdition": page.book.version, "author": people(page),
    })  # fmt: skip


def dataset(page: Page) -> dict:
    """A data page: a table, an indicator, a place, or the package of all tables."""
    name = page.name.removeprefix("data/")
    kind, _, key = name.partition("/")
    package = {"@type": "Dataset", "name": f"{page.book.title}: data",
               "description": page.book.abstract, "license": _licence(page), "creator": people(page),
               "url": address(page, "data/index.html")}  # fmt: skip
    made = {"@type": "Dataset", "@id": page.address, "name": page.title} | _work(page) | {
        "url": page.address, "description": page.description, "creator": people(page),
        "version": page.book.version, "isAccessibleForFree": True,
        "isPartOf": whole(page) if name == "index" else package,
    }  # fmt: skip
    made.pop("author")
    if name == "index":
        made |= {"name": package["name"], "description": package["description"],
                 "keywords": list(page.book.keywords)}  # fmt: skip
    if kind == "indicators":
        made["variableMeasured"] = page.title
    if kind == "places" and key != "index":
        from citygap.data.tables import book
        from press.data_pages.wording import named

        (place,) = book.rows("places", place=key)
        made["spatialCoverage"] = {"@type": "Place", "name": named(place)}
    made["distribution"] = [
        {"@type": "DataDownload", "encodingFormat": form, "contentUrl": address(page, file)}
        for file, form in _files(kind, key)
    ]
    return said(made)


def _files(kind: str, key: str) -> Iterator[tuple[str, str]]:
    """Files of a data page in the built book, with their media types."""
    from citygap.data.tables import book

    folder = "_static/data"
    resources = {one["name"]: one for one in book.package["resources"]}
    if kind == "index":
        yield f"{folder}/datapackage.json", "application/json"
        for one in resources.values():
            yield f"{folder}/{one['path']}", "text/csv"
    elif kind == "tables":
        yield f"{folder}/{resources[key]['path']}", "text/csv"
    elif kind == "indicators" and key in set(book.table("observations")["indicator"]):
        yield f"{folder}/indicators/{key}.csv", "text/csv"
    elif kind == "places" and key != "index":
        yield f"{folder}/places/{key}.csv", "text/csv"
        yield f"{folder}/places/{key}.md", "text/markdown"
    elif kind == "sources":
        yield f"{folder}/sources.bib", "application/x-bibtex"
        yield f"{folder}/sources.ris", "application/x-research-info-systems"
        yield f"{folder}/sources.json", "application/vnd.citationstyles.csl+json"
    elif kind == "corrections":
        for name in ("contradictions", "corrections", "rereadings"):
            yield f"{folder}/{resources[name]['path']}", "text/csv"


def people(page: Page) -> list[dict]:
    return [
        {"@type": "Organization", "name": one.name} if one.name else said(
            {"@type": "Person", "givenName": one.given, "familyName": one.family, "name": str(one),
             "@id": f"https://orcid.org/{one.orcid}" if one.orcid else ""})
        for one in page.book.authors
    ]  # fmt: skip


def _work(page: Page) -> dict:
    return {
        "author": people(page),
        "datePublished": page.book.date,
        "inLanguage": page.book.language,
        "license": _licence(page),
    }


def _licence(page: Page) -> str:
    return LICENCES.get(page.book.text_licence, page.book.text_licence)


def address(page: Page, file: str) -> str:
    """A file of this edition: its permanent address, or else relative to the page."""
    at = file if file.startswith("_static/") else at_home(file)  # its files stand beside the page
    if page.book.site:
        return urljoin(f"{page.book.site}{urls.folder(page.book.version)}/{now().folder}", at)
    return "../" * page.name.count("/") + at


def said(given: dict) -> dict:
    return {name: value for name, value in given.items() if value not in ("", [], None)}
