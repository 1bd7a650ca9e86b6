"""Sphinx extension: what a page must have to be part of a site of many editions.

- In the side bar stands the edition (``edition.html``); on pages of an edition that is not out yet
  a banner says so.  Both stand there without scripts.
- Canonical addresses are those of the newest edition (``press.addresses``).
- ``editions.js`` tells the page, in a site, of the other editions (``press.editions.switcher``).
- Renamed pages have one at the old name that leads on (``press.editions.renamed``).
- ``edition.json`` says which edition this is and which pages it has: the site is made from it.
"""

from __future__ import annotations

import json
import re
from html import escape, unescape
from pathlib import Path

from sphinx.util import logging

from press import addresses, changed, site
from press.editions import record, renamed, versions
from press.editions.building import FACTS

logger = logging.getLogger(__name__)

TEMPLATES = "press/editions"
SIDEBAR = ["navbar-logo.html", "edition.html", "search-button-field.html", "sbt-sidebar-nav.html"]
OVERVIEW = "editions.html"  # of the site
TITLE = re.compile(r"<title>(?:\d+\. )?(.*) &#8212; [^<]*</title>", re.S)
EARLY = 400  # before extensions that go through the written pages


def setup(app) -> dict:
    """Called by Sphinx."""
    app.add_css_file("editions.css")
    app.add_js_file("editions.js", loading_method="defer")
    app.connect("config-inited", place_edition)
    app.connect("html-page-context", belong)
    app.connect("build-finished", finish, priority=EARLY)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def place_edition(app, config) -> None:
    """Give the edition a place in the side bar."""
    if TEMPLATES not in config.templates_path:
        config.templates_path.append(TEMPLATES)
    config.html_sidebars.setdefault("**", SIDEBAR)


def label(version: str) -> str:
    """How a page calls the version that it belongs to."""
    if versions.is_unreleased(version):
        return f"Not yet an edition ({version})"
    return f"Edition {version}"


def belong(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Name the edition on a page, and the address of the newest."""
    version, address = record.version(Path(app.srcdir)), _address(app)
    context["edition"] = version
    context["edition_label"] = label(version) if version else ""
    context["edition_overview"] = f"{address}{OVERVIEW}" if address else ""
    if address:
        context["pageurl"] = addresses.canonical(address, pagename)
    if version and versions.is_unreleased(version):
        context["theme_announcement"] = (
            f'<span id="edition-dev">This is not yet an edition: what stands here is being worked '
            f"on for {escape(version.removesuffix(addresses.UNRELEASED))}.</span>"
        )
        context["metatags"] = (
            context.get("metatags", "") + '\n<meta name="robots" content="noindex" />'
        )


def finish(app, exception) -> None:
    """Write the pages at old names and what the book says of itself."""
    if exception is not None or app.builder.name != "html":
        return
    out, root, address = Path(app.outdir), Path(app.srcdir), _address(app)
    try:
        moved = renamed.read(root)
    except renamed.BadList as fault:
        logger.warning(str(fault))
        return
    titles = titles_of(out)
    faults = renamed.faults(moved, titles)
    for fault in faults:
        logger.warning(fault)
    if faults:
        return
    renamed.write(out, moved, titles, app.config.language,
                  lambda page: addresses.canonical(address, page))  # fmt: skip
    known = getattr(app, "changed", {})
    first = app.config.root_doc
    told = {
        "version": record.version(root),
        "date": record.date(root),
        "title": app.config.html_title,
        "language": app.config.language,
        "first": first,
        "chapters": [name for name in [first, *app.env.toctree_includes.get(first, ())]
                     if name in titles],
        "pages": {name: {"title": titles[name], "changed": changed.of_page(name, known)}
                  for name in sorted(titles)},
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
        return site.address(app.config)
    except site.NoAddress:
        return ""  # press.sharing says so
