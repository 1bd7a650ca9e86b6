"""Sphinx extension: what a link shows when it is pointed at or reached by the keyboard.

The page carries one block of JSON, ``#preview-facts``, with the words for each term of the glossary
that it links to and for what the book's own package names (``press.subject``), by the address as the
link has it.  A figure is shown from the page itself, a citation from its link's title: they cost
nothing.  ``press/static/popover.js`` makes the
card; without scripts a link is a link.

Written here rather than taken: sphinx-hoverxref is archived and asks a server; sphinx-tippy needs
two libraries that alone are heavier than a page may spend on this.

Out of scope: the cards of numbers (``press.extensions.bound_numbers``).
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path


from press.languages.printed import now, say
from press.page_names import has_data
from press.search.search_index import terms
from press.subject import subject

LINK = re.compile(r'<a\b[^>]*\shref="([^"#:]*#[^"]+)"')
#: Links that stand beside what they lead to.
PLAIN = re.compile(r'<a\b[^>]*class="headerlink"[^>]*>')


def setup(app) -> None:
    app.connect("html-page-context", equip)


def equip(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Give a page the words for its links."""
    body = context.get("body", "")
    if app.builder.name not in ("html", "dirhtml") or not body:
        return
    target = app.builder.get_target_uri(pagename)
    if found := on_page(PLAIN.sub("", body), target, known(app)):
        words = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        block = f'<script type="application/json" id="preview-facts">{words}</script>'
        context["body"] = body + block


def on_page(body: str, page: str, all_: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Of ``all_``, what the HTML ``body`` of ``page`` links to, by the address as it stands there.

    A link to a place on the page itself needs no preview.
    """
    found = {}
    for address in dict.fromkeys(LINK.findall(body)):
        plain = html.unescape(address)
        path, _, anchor = plain.partition("#")
        there = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
        if there != page and f"{there}#{anchor}" in all_:
            found[plain] = all_[f"{there}#{anchor}"]
    return found


def known(app) -> Mapping[str, list[str]]:
    """Head, words and perhaps a remark of all that has a preview, by its address."""
    if not hasattr(app, "previews"):
        app.previews = dict(_terms(app))
        if has_data(Path(app.srcdir)) and not now().code:
            app.previews |= dict(subject().previews())
    return app.previews


def _terms(app):
    std = app.env.get_domain("std")
    pages = {docname for (kind, _), (docname, _) in std.objects.items() if kind == "term"}
    for docname in sorted(pages):
        for term in terms(app.env.get_doctree(docname)):
            head = term.words_of_title.removesuffix(say("{term} (glossary)", term=""))
            yield f"{app.builder.get_target_uri(docname)}#{term.anchor}", [head, term.first]
