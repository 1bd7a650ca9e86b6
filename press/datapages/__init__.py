"""Sphinx extension: the data pages, written from ``data/`` at every build.

==============================  =================================================
``data/index.html``             all of them, by topic
``data/tables/<table>``         each table: columns, rows, download
``data/indicators/<indicator>`` each indicator: definition, scope, every observation
``data/places/<place>``         each main city: diagnosis, figures, ranks, targets, claims
``data/sources.html``           each source and the rows that rest on it
``data/corrections.html``       contradictions, corrections, re-readings
``data/headlines.html``         the numbers that the book leads with, and how well each is founded
``data/api.html``               the book for programs: files, fields, examples
==============================  =================================================

They are pages of the theme like the chapters, found by the book's search.  The tables themselves
are copied to ``_static/data``, and the observations of each indicator to
``_static/data/indicators``.  ``citygap.addresses`` names every page and anchor.

In a chapter, ``{datapage}`places/chengdu` `` or ``{datapage}`Chengdu <places/chengdu>` `` links to
one; a page that does not exist is a warning, hence a failed build.

The modules: ``markup`` (pieces of HTML), ``pictures`` (SVG), ``indicators``, ``tables``,
``cities``, ``sources``, ``register``, ``overview`` (the pages).

Out of scope: what the figures say (the chapters).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docutils import nodes
from docutils.utils import new_document
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

logger = logging.getLogger(__name__)

TEMPLATE = "page.html"  # the theme's
CSS = "datapages.css"
REPORT = "report.js"
PREFIX = "data/"
BUILDERS = ("html", "dirhtml")


def setup(app) -> dict:
    """Called by Sphinx."""
    app.add_role("datapage", DataPage())
    app.connect("html-collect-pages", collect)
    app.connect("html-page-context", style)
    app.connect("build-finished", copy_data)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class DataPage(SphinxRole):
    """A link to a data page, by its address without ``data/`` and ``.html``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Called by docutils."""
        title, _, target = self.text.partition("<")
        target = target.rstrip(">").strip() or title.strip()
        page, hash_, anchor = target.partition("#")
        if has_data(Path(self.env.srcdir)) and page not in known_pages():
            logger.warning(f"there is no data page {page!r}", location=self.get_location())
        up = "../" * self.env.docname.count("/")
        words = title.strip() or target
        node = nodes.reference(
            self.rawtext, words, internal=True, refuri=f"{up}data/{page}.html{hash_}{anchor}"
        )
        return [node], []


def has_data(root: Path) -> bool:
    """Whether the book has a data package to make pages of."""
    return (root / "data" / "datapackage.json").is_file()


def known_pages() -> set[str]:
    """Names of all data pages, without ``data/``."""
    from citygap.places import main_cities
    from citygap.tables import book

    return {
        "index", "sources", "corrections", "headlines", "api",
        *(f"tables/{resource['name']}" for resource in book.package["resources"]),
        *(f"indicators/{key}" for key in book.table("indicators")["indicator"]),
        *(f"places/{place}" for place in main_cities()),
    }  # fmt: skip


def collect(app) -> Iterator[tuple[str, dict, str]]:
    """Every data page as Sphinx wants it: name, context, template."""
    if app.builder.name not in BUILDERS or not has_data(Path(app.srcdir)):
        return
    written = []
    from press.numbers import collected

    for page in make(frozenset(app.env.found_docs), headlines=in_order(app, collected(app))):
        written.append(page.name)
        index(app, page)
        yield page.name, {"title": page.title, "body": page.body, "meta": {}}, TEMPLATE
    keep_in_index(app, written)


def make(
    chapters: frozenset[str] = frozenset(),
    tables_of=None,
    headlines: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
) -> Iterator:
    """Every data page (:class:`~press.datapages.markup.Page`), with links to ``chapters``.

    ``tables_of`` are the tables to show (:class:`~citygap.tables.Tables`), the book's if not given;
    ``headlines`` the numbers that each page leads with (``press.numbers.collected``).
    """
    # Here, so that a book without data/ needs none of it.
    from press.datapages import cities, headlines as leads, indicators, machine, overview, register
    from press.datapages import sources, tables
    from press.datapages.markup import Site

    site = Site(tables_of, chapters) if tables_of else Site(chapters=chapters)
    rows = indicators.Rows(site)
    yield overview.page(site, rows)
    yield from tables.pages(site)
    yield from indicators.pages(site, rows)
    yield from cities.pages(site)
    yield sources.page(site)
    yield register.page(site)
    yield leads.page(site, headlines or {})
    yield machine.page(site)


def in_order(app, pages: Mapping[str, object]) -> dict[str, object]:
    """The same by page, in the order of the table of contents."""
    root = app.config.root_doc
    order = [root, *app.env.toctree_includes.get(root, ())]
    return {page: pages[page] for page in order if page in pages}


def index(app, page) -> None:
    """Let the book's search find a page by its title and its words."""
    indexer = getattr(app.builder, "indexer", None)
    if indexer is None:
        return
    document = new_document(page.name)
    heading = nodes.section("", nodes.title("", page.title), nodes.paragraph("", page.words))
    document += heading
    indexer.feed(page.name, f"{page.name}.html", page.title, document)


def keep_in_index(app, names: list[str]) -> None:
    """Keep the data pages in the search index, from which Sphinx prunes all but documents."""
    indexer = getattr(app.builder, "indexer", None)
    if indexer is None:
        return
    prune = indexer.prune
    indexer.prune = lambda docnames: prune([*docnames, *names])


def style(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Give the data pages their style sheet, and no other page; one of them has a form."""
    if pagename.startswith(PREFIX) and doctree is None:
        app.add_css_file(CSS)
    if pagename == f"{PREFIX}corrections":
        app.add_js_file(REPORT)


def copy_data(app, exception) -> None:
    """Copy the tables to ``_static/data``, once all pages are written."""
    root = Path(app.srcdir)
    if exception is not None or app.builder.name not in BUILDERS or not has_data(root):
        return
    from citygap.tables import book
    from press.datapages import indicators
    from press.datapages.markup import Site

    target = Path(app.outdir) / "_static" / "data"
    files = [resource["path"] for resource in book.package["resources"]]
    for file in [*files, "datapackage.json", "sources.bib"]:
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / "data" / file, target / file)
    (target / "indicators").mkdir(parents=True, exist_ok=True)
    site = Site()
    for key, rows in indicators.Rows(site).of.items():
        if rows:
            text = indicators.download(rows, site)
            (target / "indicators" / f"{key}.csv").write_text(text, encoding="utf-8")
