"""Sphinx extension: the book for programs, ``api/`` and ``llms.txt`` of the built book.

``api/index.json`` says what there is; every file is of the form that ``api/schema.json`` describes
(JSON Schema), which stands beside this module.  ``data/api.html`` says it to people.

- Paths and pages are given from the root of the edition, whose address, where the site has one,
  is ``address`` of the index.
- The same tree gives the same bytes; an entry stands in one line, so that two editions can be
  compared line by line.
- ``chapters/<page>.html.md`` is the text of a page as Markdown, for ``llms.txt``.

What is read off the pages is read from their document trees, once all extensions have had theirs;
the files are written last, since they hold digests of others.

Out of scope: comparing editions (``press.edition_diff``).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from sphinx.util import logging

from citygap.data.works.grades import GRADES
from press import FIGURES, book_metadata
from press.languages.printed import say
from press.page_names import has_data
from press.subject import subject

logger = logging.getLogger(__name__)

FOLDER = "api"
SCHEMA = Path(__file__).with_name("schema.json")
VERSION = "1.0"  # of the schema; the first number changes when a reader of the files must
LICENCE = {
    "name": "CC-BY-4.0",
    "url": "https://creativecommons.org/licenses/by/4.0/",
    "covers": "text, pictures and our arrangement of the data; single figures belong to their "
              "sources, each named with its row",
}  # fmt: skip
CAVEATS = (
    "A number has bounds, low and high: cite them with it. null is an open bound.",
    "Figures of different scope count different things and are not comparable.",
    "The fields value and bound are as the source prints them; low and high are what the reading "
    "rules of the book make of both, in the unit bounds_unit.",
    f"Confidence low is grade D: {GRADES['D']}. A number that rests on such a row is low itself, and where "
    "it is a headline the sentences around it say so.",
)
LAST = 990  # after extensions that go through the written pages


def setup(app) -> None:
    app.connect("doctree-resolved", collect, priority=LAST)
    app.connect("build-finished", finish, priority=LAST)


def collect(app, doctree, docname: str) -> None:
    """Keep what a page says."""
    if has_data(Path(app.srcdir)):
        from press.api import prose

        pages_of(app)[docname] = prose.read(doctree, docname, labels(app))


def pages_of(app) -> dict:
    if not hasattr(app, "api_pages"):
        app.api_pages = {}
    return app.api_pages


def labels(app) -> dict[str, str]:
    """The words before the captions of figures, "Figure 1.2", by name."""
    return {
        name: say("Figure {number}", number=".".join(map(str, number)))
        for numbers in app.env.toc_fignumbers.values()
        for name, number in numbers.get("figure", {}).items()
    }


def finish(app, exception) -> None:
    """Write the files, once all pages are written."""
    root, out = Path(app.srcdir), Path(app.outdir)
    if exception is not None or app.builder.name != "html" or not has_data(root):
        return
    pages, made = read(app)
    try:
        write(out, root, pages, made, _address(app, root))
    except OSError as fault:
        logger.warning(f"api/ cannot be written: {fault}")


def read(app) -> tuple[list, dict[str, Callable[[], list[dict]]]]:
    """All pages as read, in their order, and what each file is to list; to be asked once all chapters
    are written.

    Lists are made once: the pages of changes (``press.editions.pages.since``) ask for them first.
    """
    from press.page_names import in_order

    if not hasattr(app, "api_read"):
        for page in sorted(set(app.env.found_docs) - set(pages_of(app))):
            app.env.get_and_resolve_doctree(page, app.builder)  # was not written: `collect` reads it
        pages = list(in_order(app, pages_of(app)).values())
        named = _figures(app, [page.page for page in pages])
        made = contents(Path(app.outdir), pages, named)
        app.api_read = pages, {kind: cache(make) for kind, make in made.items()}
    return app.api_read


def write(
    out: Path, root: Path, pages: Sequence, made: Mapping[str, Callable[[], list[dict]]], address: str
) -> None:
    """Write ``api/``, the pages as Markdown and ``llms.txt`` into the built book ``out``.

    ``made`` gives what each file lists.
    """
    from press.api import llms

    book = book_metadata.record(root)
    folder = out / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    files = []
    for kind, make in made.items():
        items = make()
        data = listed(kind, book.edition, items).encode()
        (folder / f"{kind}.json").write_bytes(data)
        files.append({"file": f"{FOLDER}/{kind}.json", "holds": describes(kind),
                      "items": len(items), "bytes": len(data),
                      "sha256": hashlib.sha256(data).hexdigest()})  # fmt: skip
    described = json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
    (folder / SCHEMA.name).write_text(described, encoding="utf-8")
    told = index(book, address, files, every_page(out, pages))
    (folder / "index.json").write_text(
        json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    for page in pages:
        target = out / f"{page.page}.html.md"
        target.write_text(page.markdown(), encoding="utf-8")
    (out / llms.NAME).write_text(llms.text(told, book.abstract, pages), encoding="utf-8")


def contents(out: Path, pages: Sequence, named: Sequence) -> dict[str, Callable[[], list[dict]]]:
    """What each file lists, by its name without ``.json``."""
    from citygap.data.tables import book
    from press.api import listing

    return {
        "indicators": lambda: listing.indicators(book),
        "observations": lambda: listing.observations(book),
        "sources": lambda: listing.sources(book),
        "places": lambda: listing.places(book),
        "figures": lambda: listing.figures(out, named),
        "numbers": lambda: [number for page in pages for number in page.numbers.values()],
        "corrections": lambda: listing.corrections(book),
        "texts": lambda: [
            {"id": page.page, "page": f"{page.page}.html", "title": page.title,
             "markdown": f"{page.page}.html.md",
             "sections": [section.told() for section in page.sections]}
            for page in pages
        ],
        "tables": lambda: listing.others(book),
        **subject().lists(),
    }  # fmt: skip


def listed(kind: str, edition: str, items: Sequence[dict]) -> str:
    """A file: a head, and one entry a line."""
    head = json.dumps({"schema": VERSION, "kind": kind, "edition": edition})[:-1]
    lines = ",\n".join(
        json.dumps(item, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        for item in items
    )
    return f'{head}, "items": [\n{lines}\n]}}\n'


def describes(kind: str) -> str:
    return schema()["$defs"][kind]["description"]


@cache
def schema() -> dict:
    """The schema of all files, those that the book's own package adds among them."""
    found = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for kind, described in subject().schema().items():
        found["$defs"][kind] = described
        found["properties"]["kind"]["enum"].append(kind)
        is_it = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
        found["allOf"].append({"if": is_it, "then": {"$ref": f"#/$defs/{kind}"}})
    return found


def caveats() -> list[str]:
    """What must be known before a number of the book is used."""
    return [*CAVEATS, *subject().caveats]


def index(book: book_metadata.Record, address: str, files: list[dict], pages: list[dict]) -> dict:
    return {
        "schema": VERSION,
        "kind": "index",
        "edition": book.edition,
        "title": book.title,
        "author": book.author,
        "year": book.year,
        "date": book.date,
        "address": address,
        "licence": LICENCE,
        "cite": f"{book.author} ({book.year}). {book.title}, edition {book.edition}.",
        "caveats": caveats(),
        "documentation": "data/api.html",
        "described_by": f"{FOLDER}/{SCHEMA.name}",
        "files": files,
        "pages": pages,
    }


def every_page(out: Path, read: Sequence) -> list[dict]:
    """Every page of the book: the chapters in their order, then the data pages by name."""
    chapters = [{"id": page.page, "title": page.title} for page in read]
    names = sorted(path.relative_to(out).with_suffix("").as_posix()
                   for path in (out / "data").rglob("*.html"))  # fmt: skip
    return [*chapters, *({"id": name, "title": ""} for name in names)]


def _figures(app, order: Sequence[str]) -> list[tuple[str, str]]:
    """Page and name of each figure, in the order of the book; one without a card was a warning."""
    numbers, out = app.env.toc_fignumbers, Path(app.outdir) / FIGURES
    return [(page, name) for page in order for name in numbers.get(page, {}).get("figure", {})
            if (out / Path(page).name / f"{name}.json").is_file()]  # fmt: skip


def _address(app, root: Path) -> str:
    """Where this edition stays; empty without a site."""
    from press import site_settings, urls

    home = site_settings.address(app.config)
    return f"{home}{urls.folder(book_metadata.record(root).edition)}/" if home else ""
