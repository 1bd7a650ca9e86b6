"""Sphinx extension: what a page must have to be part of a site of many editions.

- In the side bar stands the edition (``edition.html``); on pages of an edition that is not out yet
  a banner says so.  Both stand there without scripts.
- Canonical addresses are those of the newest edition (``press.urls``).
- ``editions.js`` tells the page, in a site, of the other editions
  (``press.editions.pages.switcher``).
- Renamed pages have one at the old name that leads on (``press.editions.pages.redirects``).
- ``changes/`` says what changed since each earlier edition, and a link in the foot of every page
  leads there (``press.editions.pages.since``).
- ``edition.json`` says which edition this is and which pages it has: the site is made from it.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

from sphinx.util import logging

from press import api, book_metadata, site_settings, urls
from press.editions import versions
from press.editions.build_edition import FACTS
from press.editions.pages import redirects, since
from press.languages import twins
from press.languages.printed import say
from press.page_names import in_each_language
from press.subject import subject
from press.templating import head, render
from press.write import last_modified

logger = logging.getLogger(__name__)

TEMPLATES = "press/templates/theme"
SIDEBAR = ["navbar-logo.html", "edition.html", "search-button-field.html", "sbt-sidebar-nav.html", "beside.html"]
OVERVIEW = "editions.html"  # of the site
TITLE = re.compile(r"<title>(?:\d+\. )?(.*) &#8212; [^<]*</title>", re.S)
EARLY = 400  # before extensions that go through the written pages


def setup(app) -> None:
    app.add_css_file("editions.css")
    app.add_js_file("editions.js", loading_method="defer")
    app.connect("config-inited", place_edition)
    app.connect("html-page-context", belong)
    app.connect("html-collect-pages", since.collect)
    if app.config.press_language:
        app.connect("doctree-resolved", api.collect, priority=api.LAST)  # what pages say, for `since`
    else:  # the book in the first language speaks for all
        app.connect("build-finished", finish, priority=EARLY)


def place_edition(app, config) -> None:
    if TEMPLATES not in config.templates_path:
        config.templates_path.append(TEMPLATES)
    config.html_sidebars.setdefault("**", SIDEBAR)
    since.place(app, config)


def label(version: str) -> str:
    if versions.is_unreleased(version):
        return say("Not yet an edition ({version})", version=version)
    return say("Edition {version}", version=version)


def belong(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Name the edition on a page, and the address of the newest."""
    version, address = book_metadata.version(Path(app.srcdir)), _address(app)
    since.offer(app, pagename, context)
    context["edition"], context["say"] = version, say
    context["beside"] = [(page, say(words)) for page, words in subject(Path(app.srcdir)).in_sidebar.items()]
    context["edition_label"] = label(version) if version else ""
    context["edition_overview"] = f"{address}{OVERVIEW}" if address else ""
    if address:
        context["pageurl"] = urls.canonical(address, pagename)
    if version and versions.is_unreleased(version):
        to_come = version.removesuffix(urls.UNRELEASED)
        context["theme_announcement"] = str(render("theme/announcement.html", version=to_come)).strip()
        noindex = head(("meta", {"name": "robots", "content": "noindex"}))
        context["metatags"] = context.get("metatags", "") + noindex


def finish(app, exception) -> None:
    """Write the pages at old names and what the book says of itself."""
    if exception is not None or app.builder.name != "html":
        return
    out, root, address = Path(app.outdir), Path(app.srcdir), _address(app)
    try:
        moved = redirects.read(root)
    except redirects.BadList as fault:
        logger.warning(str(fault))
        return
    titles = titles_of(out)
    faults = redirects.faults(moved, titles)
    for fault in faults:
        logger.warning(fault)
    if faults:
        return
    redirects.write(out, moved, titles, app.config.language,
                  lambda page: urls.canonical(address, page))  # fmt: skip
    known = getattr(app, "changed", {})
    first = app.config.root_doc
    told = {
        "version": book_metadata.version(root),
        "date": book_metadata.date(root),
        "title": app.config.html_title,
        "language": app.config.language,
        "first": first,
        "chapters": [name for name in [first, *app.env.toctree_includes.get(first, ())]
                     if name in titles],
        "pages": {name: {"title": titles[name], "changed": last_modified.of_page(name, known)}
                  for name in sorted(titles)},
        "twins": {code: [*pages, *(name for name in sorted(titles) if pages and in_each_language(name))]
                  for code in app.languages for pages in [twins.pages(code, root)]},
        "renamed": dict(sorted(moved.items())),
    }  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (out / FACTS).write_text(text, encoding="utf-8")


def titles_of(out: Path) -> dict[str, str]:
    """Titles of all pages by their names, read off the pages; a file that leads on is none."""
    found = {}
    for path in sorted(out.rglob("*.html")):
        name = path.relative_to(out).with_suffix("").as_posix()
        text = "" if name.startswith("_") else path.read_text(encoding="utf-8")
        if 'id="edition"' in text and (title := TITLE.search(text)):
            found[name] = unescape(title[1]).strip()
    return found


def _address(app) -> str:
    try:
        return site_settings.address(app.config)
    except site_settings.NoAddress:
        return ""  # press.extensions.opengraph says so
