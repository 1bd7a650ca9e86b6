"""Sphinx extension: the data pages, written from ``data/`` at every build.

==============================  =================================================
``data/index.html``             all of them, by topic
``data/tables/<table>``         each table: columns, rows, download
``data/indicators/<indicator>`` each indicator: definition, scope, every observation
``data/places/<place>``         each place of which the book's own package has a page, and the choice
                                of one
``data/sources.html``           each source and the rows that rest on it
``data/corrections.html``       contradictions, corrections, re-readings
``data/headlines.html``         the numbers that the book leads with, and how well each is founded
``data/api.html``               the book for programs: files, fields, examples
==============================  =================================================

They are made in every language of the book, but for the one for programs, which stands in the first
alone (``press.page_names.in_each_language``).  They are pages of the theme like the
chapters, found by the book's search.  The tables themselves
are copied to ``_static/data``, and the observations of each indicator to
``_static/data/indicators``.  ``press.data_urls`` names every page and anchor.

In a chapter, ``{datapage}`tables/places` `` or ``{datapage}`places <tables/places>` `` links to
one; a page that does not exist is a warning, hence a failed build.

The modules: ``site`` (what pages know of the book around them), one module a kind of page, and
``coverage_plot``; their HTML stands in ``press/templates/data``.

Out of scope: what the figures say (the chapters).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docutils import nodes
from docutils.utils import new_document
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from press.languages.printed import now
from press.page_names import PREFIX, has_data, in_order
from press.subject import subject

logger = logging.getLogger(__name__)

TEMPLATE = "page.html"  # the theme's
CSS = "datapages.css"
REPORT = "report.js"
BUILDERS = ("html", "dirhtml")


def setup(app) -> None:
    app.add_role("datapage", DataPage())
    app.connect("html-collect-pages", collect)
    app.connect("html-page-context", style)
    app.connect("build-finished", copy_data)


class DataPage(SphinxRole):
    """A link to a data page, by its address without ``data/`` and ``.html``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
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


def known_pages() -> set[str]:
    from citygap.data.tables import book

    return {
        "index", "sources", "corrections", "headlines", "api",
        *(f"tables/{resource['name']}" for resource in book.package["resources"]),
        *(f"indicators/{key}" for key in book.table("indicators")["indicator"]),
        *(f"places/{place}" for place in ("index", *subject().places(book))),
    }  # fmt: skip


def collect(app) -> Iterator[tuple[str, dict, str]]:
    """Every data page as Sphinx wants it: name, context, template."""
    if app.builder.name not in BUILDERS or not has_data(Path(app.srcdir)):
        return
    written = []
    from press.citing import of_data_page
    from press.extensions.bound_numbers import collected

    for page in make(frozenset(app.env.found_docs), headlines=in_order(app, collected(app))):
        written.append(page.name)
        index(app, page)
        for file, content in page.files.items():
            path = Path(app.outdir) / "_static" / "data" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        above, cited = of_data_page(app, page) if page.citable else ("", "")
        body = page.body.replace("</h1>", f"</h1>{above}", 1) + cited
        yield page.name, {"title": page.title, "body": body, "meta": {}}, TEMPLATE
    keep_in_index(app, written)


def make(
    chapters: frozenset[str] = frozenset(),
    tables_of=None,
    headlines: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
) -> Iterator:
    """Every data page (:class:`~press.data_pages.site.Page`), with links to ``chapters``.

    ``tables_of`` are the tables to show (:class:`~citygap.data.tables.Tables`), the book's if not
    given; ``headlines`` the numbers that each page leads with
    (``press.extensions.bound_numbers.collected``).
    """
    # Here, so that a book without data/ needs none of it.
    from press.data_pages import (
        headline_page as leads, indicator_pages, index_page, corrections_page,
    )
    from press.api import api_page
    from press.data_pages import source_page, table_pages
    from press.data_pages.site import Site

    site = Site(tables_of, chapters) if tables_of else Site(chapters=chapters)
    rows = indicator_pages.Rows(site)
    yield index_page.page(site, rows)
    yield from table_pages.pages(site)
    yield from indicator_pages.pages(site, rows)
    yield source_page.page(site)
    yield corrections_page.page(site)
    yield leads.page(site, headlines or {})
    yield from subject().pages(site)
    if not now().code:
        yield api_page.page(site)


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
    from citygap.data.bibtex import published
    from citygap.data.tables import book
    from press.citing import work_exports
    from press.data_pages import indicator_pages, table_pages
    from press.data_pages.site import Site

    target, site = Path(app.outdir) / "_static" / "data", Site()
    for resource in book.package["resources"]:
        file = target / resource["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        columns = [field["name"] for field in resource["schema"]["fields"]]
        lines = indicator_pages.in_a_file(columns, book.rows(resource["name"]), site)
        if now().code:
            file.write_text(indicator_pages.as_csv(lines), encoding="utf-8")
        else:
            file.write_bytes(published(root / "data" / resource["path"]))
        file.with_suffix(".xlsx").write_bytes(table_pages.workbook_of(resource, lines, site))
    if not now().code:  # these are the same in every language
        (target / "datapackage.json").write_bytes(published(root / "data" / "datapackage.json"))
        for name, write in (("sources.bib", work_exports.bibtex), ("sources.ris", work_exports.ris),
                            ("sources.json", work_exports.csl_json)):  # fmt: skip
            (target / name).write_text(write(book), encoding="utf-8")
    (target / "indicators").mkdir(parents=True, exist_ok=True)
    for key, rows in indicator_pages.Rows(site).of.items():
        if rows:
            text = indicator_pages.download(rows, site)
            (target / "indicators" / f"{key}.csv").write_text(text, encoding="utf-8")
