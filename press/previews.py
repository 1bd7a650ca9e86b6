"""Sphinx extension: what a link shows when it is pointed at or reached by the keyboard.

The page carries one block of JSON, ``#preview-facts``, with the words for each claim and each term
of the glossary that it links to, by the address as the link has it.  A figure is shown from the page
itself, a citation from its link's title: they cost nothing.  ``press/static/preview.js`` makes the
card; without scripts a link is a link.

Written here rather than taken: sphinx-hoverxref is archived and asks a server; sphinx-tippy needs
two libraries that alone are heavier than a page may spend on this.

Out of scope: the cards of numbers (``press.numbers``).
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path


from press.datapages import has_data
from press.search_parts import terms

LINK = re.compile(r'<a\b[^>]*\shref="([^"#:]*#[^"]+)"')
#: Links that stand beside what they lead to.
PLAIN = re.compile(r'<a\b[^>]*class="headerlink"[^>]*>')
SCRIPT, STYLE = "preview.js", "preview.css"
#: A link that only a script can give a card: a figure on the page, a citation.
OTHERS = re.compile(r'<a\b[^>]*\bhref="#fig-|<a class="reference internal"[^>]*\btitle="')


def setup(app) -> dict:
    """Called by Sphinx."""
    app.connect("html-page-context", equip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def equip(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Give a page the words for its links, and the script and style if it has any use for them."""
    body = context.get("body", "")
    if app.builder.name not in ("html", "dirhtml") or not body:
        return
    target = app.builder.get_target_uri(pagename)
    found = on_page(PLAIN.sub("", body), target, known(app))
    if not found and not OTHERS.search(body):
        return
    if found:
        words = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        block = f'<script type="application/json" id="preview-facts">{words}</script>'
        context["body"] = body + block
    app.add_css_file(STYLE)
    app.add_js_file(SCRIPT, loading_method="defer")


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
    """Head, words and, of a claim, verdict of all that has a preview, by its address."""
    if not hasattr(app, "previews"):
        app.previews = dict(_terms(app)) | dict(_claims(Path(app.srcdir)))
    return app.previews


def _claims(root: Path):
    if not has_data(root):
        return
    from citygap import addresses
    from press.judged import ledger

    for key, verdict in ledger().verdicts.items():
        words = ledger().claims[key]["paraphrase_en"]
        yield (
            f"{addresses.LEDGER}#{addresses.slug(key)}",
            [f"Claim {key}: {words}", verdict.reason, str(verdict.verdict)],
        )


def _terms(app):
    std = app.env.get_domain("std")
    pages = {docname for (kind, _), (docname, _) in std.objects.items() if kind == "term"}
    for docname in sorted(pages):
        for term in terms(app.env.get_doctree(docname)):
            head = term.words_of_title.removesuffix(" (glossary)")
            yield f"{app.builder.get_target_uri(docname)}#{term.anchor}", [head, term.first]
