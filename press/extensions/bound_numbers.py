"""Sphinx extension: what a bound number shows when it is pointed at.

A quantity prints itself as ``<data class="quantity" ...>``, with its bounds, unit, scope, period,
rows, sources and code in attributes (``citygap.quantity.formatting``, ``citygap.notebook``).  Here
the page gets

- an anchor for each number, ``#n-<key>``, at its first appearance;
- one block of JSON, ``#quantity-facts``, with what the keys stand for: titles and addresses of the
  sources, pages of the rows, and what a re-reading of each found.

``press/static/popover.js`` makes the card from both.  Without scripts, and in print, the number is
plain text with a title.

``{check}`words <key>` `` prints words that a comparison of the chapter bears (``notebook.check``).
If its answer is not yes any more, that is a warning, hence a failed build, and the words are marked.

A key may be written as ``bind`` is given it, with underscores, or with hyphens; the page has hyphens.
A number in thousands or millions of something whose sentence does not say so is a warning, hence a
failed build, and so is a scale that is said twice.

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
from sphinx.util.docutils import SphinxRole

from press import book_metadata
from press.build.diagnostics import meant
from press.languages.twins import at_home
from press.page_names import has_data

logger = logging.getLogger(__name__)

NUMBER = re.compile(r'(<data class="quantity"[^>]*>)([^<]*)')
MARKED = re.compile(r'<(?:data class="quantity"|span class="checked")[^>]*>')
WORDED = re.compile(r"(.+?)\s*<([^<>]*)>$", re.DOTALL)
#: What a folded cell is called that shows its table as well as its code.
TABLE_FOLDED, TABLE_OPEN = "The data behind this", "Hide the data"
ATTRIBUTE = re.compile(r'\b(data-[\w-]+)="([^"]*)"')
REPORT = "data/corrections.html#report"
FRONT = "chapters/index"
#: How prose says the scale of a unit, by its power of ten.
SAYS = {
    3: "thousand|千", 6: "million|百万|百萬", 9: "billion|十亿|十億", 12: "trillion|万亿|兆",
}  # fmt: skip
IN_WORDS = (4, 8)  # powers whose numbers bind prints in English words (citygap.notebook)
SCALED = re.compile(r"^1e(\d+) ")
SAID = re.compile("ten thousand|hundred million|万|萬|亿|億|" + "|".join(SAYS.values()), re.I)
BLOCKS = (nodes.paragraph, nodes.caption, nodes.term, nodes.title, nodes.rubric, nodes.table)
ZERO = "/-/"  # in the key of a zero read off a complete list, which has no row to read again


def setup(app) -> None:
    from myst_nb.ext.glue import directives, roles

    roles.retrieve_glue_data = directives.retrieve_glue_data = retrieve
    app.add_role("check", Check())
    app.connect("doctree-read", scales)
    app.connect("doctree-read", name_folded_tables)
    app.connect("doctree-resolved", explain)


def retrieve(document: nodes.document, key: str, by: str = "bind"):
    """What a cell of the chapter bound to ``key``, for MyST-NB's roles and directives.

    ``by`` is the function of ``citygap.notebook`` that a cell should have called.

    Raises RetrievalError, with what to do, if none did.
    """
    from myst_nb.core.variables import RetrievalError, VariableOutput

    element, bound = handed_over(document)
    found = key if key in bound else key.replace("_", "-")
    if found not in bound:
        named = re.sub(r"\W", "_", key.partition("/")[0])
        raise RetrievalError(
            f"no cell of this chapter binds {key!r}: {meant(found, bound)}bind it in a cell, "
            f"{by}({named}=...)"
        )
    given = bound[found]
    return VariableOutput(
        data=given["data"], metadata=given.get("metadata", {}), nb_renderer=element, vtype="glue"
    )


def handed_over(document: nodes.document) -> tuple[object, dict]:
    """What prints results on a page, and what its chapter's cells handed to it, by key: those of the
    page, or, in a further language, those of its twin (``press.languages.results``)."""
    env = getattr(getattr(document, "settings", None), "env", None)
    if of_twin := getattr(getattr(env, "app", None), "handed_over", None):
        return of_twin(env.docname)
    element = document.get("nb_renderer")
    return element, element.renderer.nb_client.glue_data if element else {}


class Check(SphinxRole):
    """Words that are printed as long as the comparison that they rest on answers yes."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        from myst_nb.core.variables import RetrievalError

        worded = WORDED.match(self.text)
        fault = ""
        if not worded:
            fault = f"{self.text!r} names no comparison: write {{check}}`words <key>`"
        else:
            words, key = worded[1], worded[2].strip()
            try:
                data = retrieve(self.inliner.document, key, "check").data
            except RetrievalError as missing:
                fault = str(missing)
            else:
                answer = data.get("text/plain", "")
                if answer == "yes" and "text/html" in data:
                    tag = data["text/html"].removesuffix("</span>")
                    return [nodes.raw("", f"{tag}{html.escape(words, quote=False)}</span>", format="html")], []
                fault = (
                    f"the data no longer say {words!r}: the comparison {key!r} answers {answer!r}. "
                    "Change the sentence, or see which row changed"
                )
        logger.warning(fault, location=self.get_location())
        return [nodes.problematic(self.rawtext, worded[1] if worded else self.text)], []


def name_folded_tables(app, doctree: nodes.document) -> None:
    """Call a folded cell by what a reader finds in it: its table."""
    for cell in doctree.findall(nodes.container):
        if cell.get("hide_mode") == "all":
            cell["prompt_show"], cell["prompt_hide"] = TABLE_FOLDED, TABLE_OPEN


def scales(app, doctree: nodes.document) -> None:
    """Warn of a bound number whose sentence leaves out the scale of its unit, or says it twice.

    In Chinese a number prints its unit, scale and all.
    """
    if app.config.press_language == "zh":
        return
    for raw, tag in numbers(doctree):
        given = attributes(tag)
        unit = SCALED.match(given.get("data-unit", ""))
        if unit and given.get("data-key"):
            if fault := scale_fault(int(unit[1]), given, *_around(raw)):
                logger.warning(f"{given['data-key']!r} prints {given['data-words']!r}{fault}", location=raw)


def scale_fault(power: int, given: dict[str, str], sentence: str, after: str) -> str:
    """What is wrong with a number in units of ten to ``power``, in the words around it; or nothing."""
    if power in IN_WORDS:
        twice = re.match(rf"\s*(?:{SAID.pattern})", after, re.I)
        return (
            f", scale and all, and {twice[0].strip()!r} follows: delete that, and name only what is counted"
            if twice else ""
        )  # fmt: skip
    name = SAYS.get(power)
    if name and re.search(name, sentence, re.I):
        return ""
    remedy = f"write {name.partition('|')[0]!r} after it" if name else "bind it in another unit, shown(x, unit)"
    return f" in units of {given['data-unit']}, and the sentence does not say so: {remedy}"


def _around(raw: nodes.raw) -> tuple[str, str]:
    """The words of the block that a number stands in, and those right after it."""
    block, here = raw.parent, raw.parent.index(raw)
    after = raw.parent[here + 1].astext() if here + 1 < len(raw.parent) else ""
    while block.parent is not None and not isinstance(block, BLOCKS):
        block = block.parent
    texts = (text for text in block.findall(nodes.Text) if not isinstance(text.parent, nodes.raw))
    return " ".join(text.astext() for text in texts), after


def explain(app, doctree: nodes.document, docname: str) -> None:
    """Anchor the bound numbers of a page and say what stands behind them."""
    if not has_data(Path(app.srcdir)):
        return
    from press.extensions.provenance import Behind, Unknown  # which needs the tables

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
        "edition": book_metadata.record(Path(app.srcdir)).edition,
        "report": up + at_home(REPORT),
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
            source = self.behind.source(key)
            self.sources[key] = source | {"page": at_home(source["page"])}
        for key in keys_of(given):
            counts = self.behind.definition(key)
            self.definitions[counts["key"]] = {
                "name": counts["name"], "scope": counts["scope"], "page": at_home(counts["page"]),
            }  # fmt: skip
            self.rows[key] = {
                "label": self.behind.label(key),
                "page": at_home(self.behind.address(key)),
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
