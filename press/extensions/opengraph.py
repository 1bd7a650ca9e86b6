"""Sphinx extension: how a page names itself to search engines, feeds and messengers.

Every page gets a description (``press.extensions.descriptions``) and the properties of Open Graph
and of Twitter's cards that need no address.  If the site's address is set
(``press.site_settings``), it also gets the address of its newest edition and a picture
(``press.extensions.opengraph_cards``): nothing is made that would point to a host that does not
exist.  The files of a whole site are ``press.editions.assemble``'s.

In the footer stand the edition and the day on which the page's source last changed.

Written here and not taken from a library, because ``sphinxext-opengraph`` skips raw HTML when it
makes a description, which all bound numbers are ("One stands at times the other"), knows no
pages without a document tree, which the data pages are, and has one picture size and no Chinese.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup
from sphinx.util import logging

from press import ROOT, book_metadata, site_files, site_settings, urls
from press.extensions import descriptions, opengraph_cards
from press.languages.printed import file_of, now, say
from press.page_names import PREFIX, has_data
from press.templating import head, render
from press.write import last_modified

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Page:
    """What a page says of itself; ``picture`` is the path of its picture in the built book, and
    ``folder`` that of the book in the site, with a slash, or nothing."""

    name: str
    title: str
    description: str
    book: str
    picture: str
    folder: str = ""


def setup(app) -> None:
    app.connect("builder-inited", begin)
    app.connect("doctree-resolved", describe)
    app.connect("html-page-context", name_itself)
    app.connect("build-finished", finish)


def begin(app) -> None:
    """Read the settings and the dates, once."""
    app.descriptions, app.shared = {}, {}
    app.changed = last_modified.dates(Path(app.srcdir))
    try:
        app.address = site_settings.address(app.config)
        site_settings.repository(app.config)
    except site_settings.NoAddress as fault:
        app.address = ""
        logger.warning(str(fault))


def describe(app, doctree, docname: str) -> None:
    app.descriptions[docname] = descriptions.of_chapter(doctree)


def name_itself(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Add a page's properties to its head, and edition and date to its footer."""
    if app.builder.name != "html":
        return
    if not (doctree or pagename.startswith(PREFIX)):  # the search and the index
        if sentence := say(descriptions.HELPERS.get(pagename, "")):
            described_only = head(("meta", {"name": "description", "content": sentence}))
            context["metatags"] = context.get("metatags", "") + described_only
        return
    page = described(app, pagename, context)
    app.shared[pagename] = page
    context["metatags"] = context.get("metatags", "") + tags(page, app.address)
    if app.address:
        context["metatags"] += site_files.feed_link(app.address, page.book)
    context["theme_extra_footer"] = footer(app, pagename, context)


def described(app, pagename: str, context: dict) -> Page:
    if pagename.startswith(PREFIX) and pagename not in app.descriptions:
        title = context["title"]
        sentence = descriptions.of_data_page(pagename.removeprefix(PREFIX), title)
        picture = app.config.root_doc  # the book's own
    else:
        title = app.env.titles[pagename].astext()
        sentence, picture = app.descriptions.get(pagename, ""), pagename
    return Page(pagename, title, sentence, app.config.html_title,
                f"{site_files.PICTURES}/{Path(picture).name}.png", folder(app))  # fmt: skip


def tags(page: Page, address: str) -> str:
    named = {"description": page.description}
    properties = {
        "og:title": page.title,
        "og:description": page.description,
        "og:type": "article",
        "og:site_name": page.book,
    }
    named["twitter:card"] = "summary_large_image" if address else "summary"
    if address:
        properties |= {
            "og:url": urls.canonical(address, page.name),
            "og:image": f"{address}{page.folder}{now().folder}{page.picture}",
            "og:image:width": str(opengraph_cards.SIZE[0]),
            "og:image:height": str(opengraph_cards.SIZE[1]),
            "og:image:alt": f"{page.title}. {page.description}",
        }
    return head(*(
        ("meta", {kind: key, "content": value})
        for kind, given in (("name", named), ("property", properties))
        for key, value in given.items()
    ))  # fmt: skip


def shared_as(app, name: str) -> str:
    """The same elements and the canonical address, for the file that leads to the first page."""
    page = getattr(app, "shared", {}).get(name)
    if page is None:
        return ""
    at = urls.canonical(app.address, name)
    own = head(("link", {"rel": "canonical", "href": at})) if at else ""
    return own + tags(page, app.address)


def footer(app, pagename: str, context: dict) -> str:
    """The edition, and the day on which the page's source last changed, as far as known."""
    root = Path(app.srcdir)
    return str(render(
        "theme/foot.html",
        before=Markup(context.get("theme_extra_footer") or ""),  # HTML, of the settings
        edition=book_metadata.version(root),
        what="Data" if pagename.startswith(PREFIX) else "Text",
        changed=last_modified.of_page(_source(app, pagename), app.changed),
    ))  # fmt: skip


def _source(app, pagename: str) -> str:
    """The name of the file of a page, without its suffix: that of its twin in a further language."""
    return file_of(pagename, now().code).relative_to(ROOT).with_suffix("").as_posix() if now().code else pagename


def finish(app, exception) -> None:
    """Draw the pictures of pages, once all are written."""
    if exception is not None or app.builder.name != "html":
        return
    out, root = Path(app.outdir), Path(app.srcdir)
    if not app.address:
        return
    edition = f", edition {book_metadata.record(root).edition}" if book_metadata.is_there(root) else ""
    for page in app.shared.values():
        if page.name.startswith(PREFIX):
            continue
        figure = next(iter(sorted_figures(app, page.name)), None)
        opengraph_cards.write(out / page.picture, page.title, page.description, figure,
                           under=f"{page.book}{edition}")  # fmt: skip


def folder(app) -> str:
    """The folder of the book in the site, with a slash; empty for a book without a record."""
    version = book_metadata.version(Path(app.srcdir))
    return f"{urls.folder(version)}/" if version else ""


def sorted_figures(app, pagename: str) -> Iterator[Path]:
    """Pictures of the figures of a chapter, in the order of their numbers."""
    if not has_data(Path(app.srcdir)):
        return  # its figures have no files
    from press.extensions.figure_cards import FOLDER  # which needs the tables

    numbers = app.env.toc_fignumbers.get(pagename, {}).get("figure", {})
    folder = Path(app.outdir) / FOLDER / Path(pagename).name
    for name in sorted(numbers, key=numbers.get):
        if (folder / f"{name}.png").is_file():
            yield folder / f"{name}.png"
