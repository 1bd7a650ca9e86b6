"""Sphinx extension: the book, and each chapter, figure and number of it, can be cited, and so can
what the book's own package names (``press.subject``).

``citable`` says what can be cited, ``styles`` and ``export_formats`` make the citations,
``citation_box`` puts them on the page; ``meta_tags`` and ``json_ld`` say in the head of each page
what it is, to reference managers and search engines.  All of it comes from one record
(``press.book_metadata``).

A book without a record (small ones of tests) has none of it.

Out of scope: how the book cites its sources (``press.extensions.bibliography_style``).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from docutils import nodes

from press import book_metadata
from press.citing import citable
from press.subject import subject

LATE = 600  # after the cards of figures and the anchors of numbers


def setup(app) -> None:
    app.add_css_file("cite.css")
    app.add_js_file("cite.js", loading_method="defer")
    app.connect("doctree-resolved", offer, priority=LATE)
    app.connect("html-page-context", say, priority=LATE)


def citer(app):
    """What makes the citations of the book (:class:`~press.citing.citation_box.Citer`), if it has a record.

    To be asked for once all pages are read.  None without a record.
    """
    if not hasattr(app, "citer"):
        app.citer = None
        root = Path(app.srcdir)
        if book_metadata.is_there(root):
            from press.citing.citation_box import Citer

            book = book_metadata.in_language(book_metadata.record(root))
            book = replace(book, site=getattr(app, "address", book.site))  # as press.extensions.opengraph has it
            front = app.config.root_doc
            order = [front, *getattr(app.env, "toctree_includes", {}).get(front, ())]
            known = app.env.titles
            pages = [page for page in order if page in known] + sorted(set(known) - set(order))
            app.citer = Citer(book, front, {page: known[page].astext() for page in pages})
    return app.citer


def cited(app, page: str) -> list:
    """The figures of a page, which ``press.extensions.figure_directive`` adds as it makes their cards."""
    if not hasattr(app, "cited"):
        app.cited = {}
    return app.cited.setdefault(page, [])


def offer(app, doctree: nodes.document, docname: str) -> None:
    """Put the fold of a page at its end, and write what it leads to."""
    made = citer(app)
    if made is None or app.builder.format != "html":
        return
    from press.extensions.bound_numbers import attributes, numbers

    own = made.pages[docname]
    listed = [own, *cited(app, docname), *subject().citable_parts(doctree, docname)]
    words: dict[str, str] = {}
    for _, tag in numbers(doctree):
        given = attributes(tag)
        words.setdefault(given.get("data-key", ""), given.get("data-words", ""))
    words.pop("", None)
    out, up = Path(app.outdir), "../" * docname.count("/")
    script = made.write_script(out, docname, listed, words)
    for part in listed[: 1 + len(cited(app, docname))]:
        made.write_files(out, part)
    doctree += nodes.raw("", str(made.box(own, up, f"{up}{script}")), format="html")


def of_data_page(app, page) -> tuple[str, str]:
    """The link to the fold of citations for the top of a data page (:class:`~press.data_pages.site.Page`),
    and the fold, for its end, with the files that it leads to; nothing for a book without a record."""
    made = citer(app)
    if made is None:
        return "", ""
    part = made.reports[page.name] = citable.report(page.name, page.title)
    out, up = Path(app.outdir), "../" * page.name.count("/")
    script = made.write_script(out, page.name, [part], {})
    made.write_files(out, part)
    return str(made.link(part)), str(made.box(part, up, f"{up}{script}"))


def say(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    made = citer(app)
    if made is None or app.builder.format != "html":
        return
    from press.citing import json_ld, meta_tags

    page = meta_tags.Page.of(app, made, pagename, context)
    if page is None:
        return
    context["metatags"] = (
        context.get("metatags", "") + meta_tags.tags(page) + json_ld.script(app, page, doctree)
    )
