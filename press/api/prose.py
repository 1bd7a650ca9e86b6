"""What a page says, read from its document tree: its text by section, and its bound numbers.

A block is a paragraph, an item of a list, a term, a caption or a table; of a block each line is a
sentence, since the chapters have one sentence a line, and of a table each row.  Code and what cells print (tables, the ledger) are no
text of the page.

Out of scope: how text is compared (``press.edition_diff``).
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes

from citygap.quantity.rounding import in_digits
from press.downloads.notebooks import brackets
from press.languages.printed import say
from press.extensions.bound_numbers import NUMBER, attributes, keys_of

#: Nodes that are one block of text each.
BLOCKS = {nodes.paragraph, nodes.caption, nodes.term, nodes.literal_block, nodes.table}
CELLS = {"cell_code_source", "cell_code_output"}
VALUE = re.compile(r'\svalue="([^"]*)"')
ANCHOR = "n-"  # of a number, before its key (``press.extensions.bound_numbers``)


@dataclass
class Section:
    """A heading with the blocks below it, up to the next heading."""

    anchor: str
    heading: str
    level: int
    blocks: list[str] = field(default_factory=list)
    markdown: list[str] = field(default_factory=list)

    def told(self) -> dict:
        return {"anchor": self.anchor, "heading": self.heading, "level": self.level,
                "blocks": self.blocks}  # fmt: skip


@dataclass
class Reading:
    page: str
    title: str = ""
    sections: list[Section] = field(default_factory=list)
    numbers: dict[str, dict] = field(default_factory=dict)

    def markdown(self) -> str:
        """The page as Markdown; bounds follow in square brackets where the words leave them open."""
        parts = []
        for section in self.sections:
            parts += [f"{'#' * section.level} {section.heading}", *section.markdown]
        return "\n\n".join(parts) + "\n"


def read(doctree: nodes.document, page: str, labels: dict[str, str]) -> Reading:
    """Read a page; ``labels`` are the words before a figure's caption, by its anchor."""
    found = Reading(page)
    for node, section, level in _parts(doctree):
        if section is None:
            continue
        anchor = section["ids"][0]
        if not found.sections or found.sections[-1].anchor != anchor:
            found.sections.append(Section(anchor, "", level))
        here = found.sections[-1]
        lines = list(_lines(node))
        said = "\n".join(line.words for line in lines)
        if isinstance(node, nodes.title) and node.parent is section:
            here.heading = " ".join(said.split("\n"))
            found.title = found.title or here.heading
        elif said:
            label = _label(node, labels)
            here.blocks.append(label + said)
            here.markdown.append(_mark(node, label + "\n".join(line.full for line in lines)))
        for line in lines:
            for given in line.numbers:
                _note(found, given, line.words, here)
    return found


def _parts(doctree: nodes.Node) -> Iterator[tuple[nodes.Node, nodes.section | None, int]]:
    """Blocks and titles in the order of the page, each with its section and the section's level."""

    def walk(node: nodes.Node, section, level: int):
        for child in node.children:
            if isinstance(child, nodes.section):
                yield from walk(child, child, level + 1)
            elif isinstance(child, nodes.title) or type(child) in BLOCKS:
                yield child, section, level
            elif isinstance(child, nodes.Element) and child.get("nb_element") not in CELLS:
                yield from walk(child, section, level)

    yield from walk(doctree, None, 0)


@dataclass
class Line:
    """A sentence: its words, the same with bounds, and the tags of its numbers."""

    words: str = ""
    full: str = ""
    numbers: list[dict[str, str]] = field(default_factory=list)


def _lines(block: nodes.Node) -> Iterator[Line]:
    """The sentences of a block, one a line of its source."""
    line = Line()
    for piece, given in _pieces(block):
        if given is not None:
            line.words += piece
            line.full += piece + _bounds(piece, given)
            line.numbers.append(given)
            continue
        first, *rest = piece.split("\n")
        line.words += first
        line.full += first
        for more in rest:
            yield from _clean(line, isinstance(block, nodes.literal_block))
            line = Line(more, more)
    yield from _clean(line, isinstance(block, nodes.literal_block))


def _clean(line: Line, literal: bool) -> Iterator[Line]:
    """The line without spaces that a page does not show; nothing for an empty one."""
    if not literal:
        line.words, line.full = " ".join(line.words.split()), " ".join(line.full.split())
    if line.words.strip():
        yield line


def _pieces(node: nodes.Node) -> Iterator[tuple[str, dict[str, str] | None]]:
    """Pieces of text; those that are bound numbers with their attributes."""
    if isinstance(node, nodes.raw):
        source, end = node.astext(), 0
        for match in NUMBER.finditer(source):
            yield _bare(source[end : match.start()]), None
            words, value = html.unescape(match[2]), VALUE.search(match[1])
            more = {"value": value[1] if value else "", "data-words": words}
            yield words, attributes(match[1]) | more
            end = match.end()
        yield _bare(source[end:]), None
    elif isinstance(node, nodes.Text):
        yield node.astext(), None
    else:
        for child in node.children:
            if isinstance(child, nodes.entry) and child is not node.children[0]:
                yield " | ", None
            for piece, given in _pieces(child):  # a row of a table is one line
                yield piece.replace("\n", " ") if isinstance(child, nodes.entry) else piece, given
        if isinstance(node, (nodes.row, nodes.title)):
            yield "\n", None


def _bare(source: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", source)).replace("\n", " ")


def _bounds(words: str, given: dict[str, str]) -> str:
    """Bounds of a number in square brackets, where its words leave them open."""
    if not given.get("data-range"):
        return ""
    whole = given.get("data-said-range", given["data-range"])
    return brackets(words, whole, given["data-low"], given["data-high"])


def _label(node: nodes.Node, labels: dict[str, str]) -> str:
    figure = node.parent if isinstance(node, nodes.caption) else None
    name = labels.get((figure["ids"] or [""])[0], "") if figure is not None else ""
    return say("{label}. {words}", label=name, words="") if name else ""


def _mark(node: nodes.Node, words: str) -> str:
    if isinstance(node, nodes.literal_block):
        return f"```\n{words}\n```"
    if isinstance(node, nodes.term):
        return f"**{words}**"
    if isinstance(node, nodes.table):
        return _table(node, words.split("\n"))
    if isinstance(node.parent, nodes.list_item):
        return "* " + words.replace("\n", "\n  ")
    return words


def _table(node: nodes.table, lines: list[str]) -> str:
    """The rows of a table between bars, the head ruled off; a title stands above."""
    title = [f"{lines.pop(0)}\n"] if isinstance(node.children[0], nodes.title) else []
    rows = [f"| {line} |" for line in lines]
    rule = "|" + " --- |" * (lines[0].count(" | ") + 1)
    return "\n".join([*title, rows[0], rule, *rows[1:]])


def _note(page: Reading, given: dict[str, str], sentence: str, section: Section) -> None:
    """Note a number at its first appearance, and at each further one the sentence alone."""
    key = given.get("data-key", "")
    if not key:
        return
    if key in page.numbers:
        sentences = page.numbers[key]["sentences"]
        if sentence not in sentences:
            sentences.append(sentence)
        return
    page.numbers[key] = number(page.page, key, given) | {
        "section": section.anchor, "sentences": [sentence],
    }  # fmt: skip


def number(page: str, key: str, given: dict[str, str]) -> dict:
    """A number as it stands in ``numbers.json``, from the attributes of its tag."""
    counted = given["value"] if "data-low" not in given else ""
    shown = given.get("data-words", "")
    return {
        "id": f"{page}#{ANCHOR}{key}",
        "page": f"{page}.html",
        "anchor": f"{ANCHOR}{key}",
        "key": key,
        "shown": shown,
        "low": end(counted or given["data-low"]),
        "high": end(counted or given["data-high"]),
        "range": given.get("data-range", shown),
        "unit": given.get("data-unit", "count"),
        "scope": given.get("data-scope", ""),
        "period": given.get("data-period", ""),
        "place": given.get("data-place", ""),
        "confidence": given.get("data-confidence", ""),
        "forecast": given.get("data-forecast") == "yes",
        "caveat": given.get("data-caveat", ""),
        "rows": keys_of(given),
        "sources": given.get("data-sources", "").split(),
        "code": given.get("data-code", ""),
    }


def end(text: str | float) -> float | int | None:
    """One bound as JSON knows it: an infinite one is none, a whole one a whole number."""
    value = float(in_digits(float(text)))
    if not math.isfinite(value):
        return None
    return int(value) if value == int(value) and abs(value) < 2**53 else value
