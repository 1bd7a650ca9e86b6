"""Sphinx extension: what a bound number shows when it is pointed at.

A quantity prints itself as ``<data class="quantity" ...>``, with its bounds, unit, scope, period,
rows, sources and code in attributes (``citygap.showing``, ``citygap.page``).  Here the page gets

- an anchor for each number, ``#n-<key>``, at its first appearance;
- one block of JSON, ``#quantity-facts``, with what the keys stand for: titles and addresses of the
  sources, pages of the rows, and what a re-reading of each found.

``press/static/quantity.js`` makes the card from both.  Without scripts, and in print, the number is
plain text with a title.

A headline rests on rows that were read again at their sources: a number of the first page, or one
in a chapter before its first section, whose rows were not is a warning, hence a failed build.

Out of scope: finding figures typed by hand (``press.audit``).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from press import citations
from press.datapages import has_data

logger = logging.getLogger(__name__)

NUMBER = re.compile(r'(<data class="quantity"[^>]*>)([^<]*)')
MARKED = re.compile(r'<(?:data class="quantity"|span class="checked")[^>]*>')
ATTRIBUTE = re.compile(r'\b(data-[\w-]+)="([^"]*)"')
REPORT = "data/corrections.html#report"
FRONT = "chapters/index"
ZERO = "/-/"  # in the key of a zero read off a complete list, which has no row to read again


def setup(app) -> dict:
    """Called by Sphinx."""
    app.connect("doctree-resolved", explain)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def explain(app, doctree: nodes.document, docname: str) -> None:
    """Anchor the bound numbers of a page and say what stands behind them."""
    if not has_data(Path(app.srcdir)):
        return
    from press.provenance import Behind, Unknown  # which needs the tables

    found = [(node, attributes(tag)) for node, tag in numbers(doctree)]
    if not found and not any(MARKED.search(raw.astext()) for raw in doctree.findall(nodes.raw)):
        return
    behind = Behind()
    facts = Facts(behind)
    for node, given in found:
        try:
            facts.add(given)
        except Unknown as unknown:
            logger.warning(f"number {given.get('data-key', '')}: {unknown}", location=node)
    told = list(headlines(doctree, docname))
    for node, given in told:
        facts.must_be_read_again(node, given)
    collected(app)[docname] = [given for _, given in told]
    anchor(doctree)
    up = "../" * docname.count("/")
    page = {
        "up": up,
        "page": docname.rpartition("/")[2],
        "edition": citations.record(Path(app.srcdir)).edition,
        "report": up + REPORT,
        "sources": facts.sources,
        "rows": facts.rows,
        "definitions": facts.definitions,
    }
    words = json.dumps(page, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    block = f'<script type="application/json" id="quantity-facts">{words}</script>'
    doctree += nodes.raw("", block, format="html")


def collected(app) -> dict[str, list[dict[str, str]]]:
    """The headlines of all pages written so far, by page, for the page that lists them."""
    if not hasattr(app, "headlines"):
        app.headlines = {}
    return app.headlines


class Facts:
    """What the keys on a page stand for, gathered number by number."""

    def __init__(self, behind):
        self.behind = behind
        self.sources: dict[str, dict] = {}
        self.rows: dict[str, dict] = {}
        self.definitions: dict[str, dict] = {}

    def add(self, given: dict[str, str]) -> None:
        """Look up what a number with these attributes rests on.  Raises provenance.Unknown."""
        for key in given.get("data-sources", "").split():
            self.sources[key] = self.behind.source(key)
        for key in keys_of(given):
            counts = self.behind.definition(key)
            self.definitions[counts["key"]] = {
                field: counts[field] for field in ("name", "scope", "page")
            }
            self.rows[key] = {
                "label": self.behind.label(key),
                "page": self.behind.address(key),
                "reread": self.behind.reread(key),
                "second": self.behind.second_sources(key),
                "counts": counts["key"],
            }

    def must_be_read_again(self, node: nodes.Node, given: dict[str, str]) -> None:
        """Warn if a headline rests on a row that was never read again at its source."""
        unread = [key for key in keys_of(given) if key in self.rows
                  and not self.rows[key]["reread"] and ZERO not in key]  # fmt: skip
        if unread:
            more = f" and {len(unread) - 1} more" if unread[1:] else ""
            logger.warning(
                f"headline {given.get('data-key', '')!r} rests on {unread[0]}{more}, never read "
                "again at the source: read it, and record that in data/rereadings.csv",
                location=node,
            )


def keys_of(given: dict[str, str]) -> list[str]:
    """Keys of the rows of a number with these attributes."""
    return [key for key in given.get("data-rows", "").split("\n") if key]


def numbers(tree: nodes.Node) -> Iterator[tuple[nodes.raw, str]]:
    """Every bound number below a node: the raw node that holds it, and its opening tag.

    The words printed are added to the tag, as ``data-words``.
    """
    for raw in tree.findall(nodes.raw):
        for tag, words in NUMBER.findall(raw.astext()):
            yield raw, f'{tag[:-1]} data-words="{words}">'


def headlines(doctree: nodes.document, docname: str) -> Iterator[tuple[nodes.raw, dict]]:
    """The numbers of a page that are headlines: of the first page all, else of its opening."""
    top = next(doctree.findall(nodes.section), None)
    if top is None or docname != FRONT and not any(
        isinstance(part, nodes.section) for part in top.children
    ):
        return  # a page without sections has no opening
    for part in top.children:
        if docname == FRONT or not isinstance(part, nodes.section):
            for raw, tag in numbers(part):
                yield raw, attributes(tag)


def attributes(tag: str) -> dict[str, str]:
    """The ``data-`` attributes of a tag, unescaped."""
    return {name: html.unescape(value) for name, value in ATTRIBUTE.findall(tag)}


def anchor(doctree: nodes.document) -> None:
    """Give the first appearance of each number (or checked phrase) an id of its own."""
    seen: set[str] = set()

    def named(match: re.Match) -> str:
        key = attributes(match[0]).get("data-key", "")
        if not key or key in seen:
            return match[0]
        seen.add(key)
        return f'{match[0][:-1]} id="n-{key}">'

    for raw in list(doctree.findall(nodes.raw)):
        before = raw.astext()
        after = MARKED.sub(named, before)
        if after != before:
            raw.replace_self(nodes.raw("", after, **raw.attributes))
