"""What a reader reads of a chapter: its running text, with the line that each word stands on.

MyST's own parser says what is prose.  Read are paragraphs, headings, list items, table cells,
quotations, definitions, footnotes, HTML, alternative texts and titles of links and pictures, and
the arguments, options and bodies of directives that print text (figures and their captions,
admonitions, tabs ...).  Not read are code, comments, targets of roles and links, addresses, and
the keys that directives and roles take.  A directive or role that is not listed here is read
whole: what is unknown alarms rather than hides.

Out of scope: what counts as a figure (``figure_directive``) and what code prints (``cells``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from press.audit.typed_numbers import BOUND, UNREAD, figures

CELL = "code-cell"
#: Directives that print no prose of their own.
MUTE = {
    CELL, "bibliography", "code", "code-block", "literalinclude", "mermaid", "sourcecode",
    "output", "tableofcontents", "toctree",
}  # fmt: skip
#: Directives whose argument is a key, a path, an address or a layout.
KEYED = {
    "button-link", "button-ref", "contents", "eval-rst", "figure", "figure-md", "glue", "glue:any",
    "glue:figure", "glue:md", "grid", "image", "include", "math", "only", "output", "raw",
}  # fmt: skip
#: Options that are printed or read aloud; those of a code cell's figure are among them.
READ_OPTION = re.compile(r"(\s*):?(?:alt|caption|header|title)\s*:(?:\s*[|>][+-]?\s*$)?(.*)")
SHORT_OPTION = re.compile(r"\s*:(?!::)")
#: Roles that print the name of what they lead to, unless a text is given: {doc}`text <target>`.
LEADING = {"any", "claim", "doc", "download", "eq", "numref", "ref", "sub-ref"}
TITLED = re.compile(r"(.+?)\s*<[^<>]*>$", re.DOTALL)
COMPUTED = re.compile(r"(?:glue(?::.*)?|eval)$")
GLUE = re.compile(r"\{(?:glue(?::[^}]*)?|check)\}`[^`]*`")
MUTE_ROLES = re.compile(r"(?:cite(?::.*)?|code|command|file|footcite(?::.*)?|kbd|literal)$")
#: A formula names a variable or an operation; one without letters would be a typed figure.
FORMULA = re.compile(r"[^\W\d_]")
SHOWN_ATTRIBUTES = ("alt", "aria-label", "title")


@dataclass
class Passage:
    """A running text that is read in one breath: a paragraph, a heading, a table cell.

    ``text`` holds a placeholder where something computed or unread stands (``typed_numbers.BOUND``,
    ``typed_numbers.UNREAD``); :meth:`line` gives the line of the file for a position in it.
    """

    text: str = ""
    starts: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def add(self, text: str, line: int) -> None:
        """Append ``text``, which begins on ``line`` and keeps its line breaks."""
        for number, part in enumerate(re.split(r"(?<=\n)", text)):
            if part:
                self.starts.append(len(self.text))
                self.lines.append(line + number)
                self.text += part

    def line(self, position: int) -> int:
        """Line of the file, counted from 1, on which the text at ``position`` stands."""
        return self.lines[max(bisect_right(self.starts, position) - 1, 0)]


@dataclass(frozen=True)
class Cell:
    """The code of a code cell and the line of the file on which it begins."""

    code: str
    line: int


@dataclass(frozen=True)
class Reader:
    """Reads chapters with the Markdown extensions that the book is printed with."""

    markdown: MarkdownIt

    @classmethod
    def of_book(cls, root: Path) -> Reader:
        """A reader with the settings of ``root/_config.yml``; MyST's own if there is none."""
        config = settings(root)
        parse, sphinx = config.get("parse") or {}, config.get("sphinx") or {}
        given = MdParserConfig(
            enable_extensions=set(parse.get("myst_enable_extensions") or ["colon_fence"]),
            linkify_fuzzy_links=bool(
                (sphinx.get("config") or {}).get("myst_linkify_fuzzy_links", True)
            ),
        )
        return cls(create_md_parser(given, RendererHTML))

    def read(self, text: str, first: int = 1) -> Iterator[Passage | Cell]:
        """Passages and code cells of a Markdown text whose first line is line ``first``."""
        for token in self.markdown.parse(text):
            line = first + token.map[0] if token.map else first
            if token.type == "inline":
                yield _inline(token, line)
            elif token.type in ("fence", "colon_fence"):
                yield from self._fence(token, line)
            elif token.type == "html_block":
                yield _html(token.content, line)
            elif token.type in ("math_block", "amsmath") and not FORMULA.search(token.content):
                yield plain(token.content, line)
            elif token.type == "substitution_block" and not token.content.isidentifier():
                yield plain(token.content, line)
            elif token.type == "front_matter":
                yield from substitutions(token.content, line + 1)

    def _fence(self, token: Token, line: int) -> Iterator[Passage | Cell]:
        """A directive; a fence without braces is code."""
        directive = re.match(r"\{([^}]+)\}\s*(.*)", token.info.strip())
        if not directive:
            return
        name, argument = directive[1].strip(), directive[2]
        options, body, offset = split_options(token.content)
        yield from _options(options, line + 1)
        if name == CELL:
            yield Cell(body, line + 1 + offset)
        if name in MUTE:
            return
        if argument and name not in KEYED:
            yield from self.read(argument, line)
        if name == "math":
            if not FORMULA.search(body):
                yield plain(body, line + 1 + offset)
        elif name == "raw":
            yield _html(body, line + 1 + offset)
        else:
            yield from self.read(body, line + 1 + offset)


def settings(root: Path) -> dict:
    """The book's settings, empty if there are none; what is wrong with them the build says."""
    try:
        found = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}


def substitutions(text: str, first: int) -> Iterator[Passage]:
    """Texts that YAML gives for MyST's substitutions, which prose prints by name."""
    try:
        node = yaml.compose(text)
    except yaml.YAMLError:
        return
    yield from _substituted(node, first, False)


def _substituted(node: yaml.Node | None, first: int, inside: bool) -> Iterator[Passage]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            named = key.value in ("substitutions", "myst_substitutions")
            yield from _substituted(value, first, inside or named)
    elif isinstance(node, yaml.ScalarNode) and inside:
        yield plain(node.value, first + node.start_mark.line)


def split_options(content: str) -> tuple[list[str], str, int]:
    """Lines of a directive's options, its body, and how many lines stand before the body."""
    lines = content.split("\n")
    count = 0
    if lines[0].startswith("---"):
        count = next((n for n, line in enumerate(lines[1:], 1) if line.startswith("---")), 0) + 1
    else:
        count = next(n for n, line in enumerate([*lines, ""]) if not SHORT_OPTION.match(line))
    return lines[:count], "\n".join(lines[count:]), count


def _options(lines: list[str], first: int) -> Iterator[Passage]:
    """Values of the options that are read, each with the deeper lines that continue it."""
    passage, depth = Passage(), 0
    for number, line in enumerate(lines, first):
        found = READ_OPTION.match(line)
        deeper = line.startswith(" " * (depth + 1)) or not line.strip()
        if found:
            yield passage
            passage, depth = Passage(), len(found[1])
            passage.add(found[2] + "\n", number)
        elif passage.text and deeper:
            passage.add(line + "\n", number)
        else:
            yield passage
            passage = Passage()
    yield passage


def plain(text: str, line: int) -> Passage:
    """A passage of plain text that begins on ``line``."""
    passage = Passage()
    passage.add(text, line)
    return passage


def _inline(token: Token, first: int) -> Passage:
    """The running text of one block.

    Lines are found by following the tokens through the block's source: MyST says on which line a
    block begins, not where its words stand.
    """
    passage, source, at = Passage(), token.content, 0
    skipping = False  # within an address that is its own text
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            passage.add("\n", first + source.count("\n", 0, at))
            at = source.find("\n", at) + 1
            continue
        if child.type == "link_open":
            skipping = child.info == "auto"
        elif child.type == "link_close":
            skipping = False
        shown = "" if skipping else _shown(child)
        if child.type == "text" and shown:
            # Its longest stretch of plain words stands in the source as it is, whatever was
            # escaped around it, and behind all that was passed.
            stretch = max(re.findall(r"[\w ]+", shown) or [""], key=len)
            found = source.find(stretch, at)
            at = found + len(stretch) if found >= 0 else at
            passage.add(shown, first + source.count("\n", 0, max(found, 0) or at))
        elif shown:
            if child.content:
                at = _past(source, child.content, at)
            passage.add(shown, first + source.count("\n", 0, at))
    return passage


def _past(source: str, content: str, at: int) -> int:
    """Position behind ``content``, in which the parser has made line breaks spaces."""
    pattern = r"\s".join(map(re.escape, re.split(r"\s", content)))
    found = re.compile(pattern).search(source, at)
    return found.end() if found else at


def _shown(child: Token) -> str:
    """What a reader sees of one token: its words, or a placeholder."""
    kind, content = child.type, child.content
    if kind in ("text", "text_special"):
        return content
    if kind == "myst_role":
        return _role(child.meta["name"], content.strip())
    if kind == "image":
        return f" {content} {child.attrGet('title') or ''} "
    if kind == "link_open":
        title = child.attrGet("title")
        return f" {title} " if title else ""
    if kind == "html_inline":
        return _text_of(content)
    if kind.startswith("math") and not FORMULA.search(content):
        return content
    if kind == "substitution_inline" and not content.isidentifier():
        return content  # an expression, which may hold a number
    return "" if kind.endswith(("_open", "_close")) else UNREAD


def _role(name: str, content: str) -> str:
    if name == "claim":  # whose words may hold bound numbers
        content = GLUE.sub(BOUND, content)
    if COMPUTED.match(name):
        return BOUND
    if name == "check":  # whose comparison vouches for number words, but not for digits
        return _without_number_words(content.rpartition("<")[0])
    if MUTE_ROLES.match(name):
        return UNREAD
    titled = TITLED.match(content)
    if name in LEADING:
        return titled[1] if titled else UNREAD
    if name == "math":
        return UNREAD if FORMULA.search(content) else content
    return titled[1] if titled else content


def _without_number_words(words: str) -> str:
    """Checked words, without the figures in letters."""
    for start, end in reversed(figures(words)):
        if not any(map(str.isdigit, words[start:end])):
            words = words[:start] + BOUND + words[end:]
    return words


def _html(source: str, line: int) -> Passage:
    passage = Passage()
    parser = _Html(lambda text, row: passage.add(text, line + row - 1))
    parser.feed(source)
    parser.close()
    return passage


def _text_of(source: str) -> str:
    return _html(source, 1).text


class _Html(HTMLParser):
    """Hands on the text of HTML and of the attributes that are shown or read aloud."""

    def __init__(self, say) -> None:
        super().__init__(convert_charrefs=True)
        self._say = say
        self._mute = 0

    def handle_starttag(self, tag, attrs) -> None:
        self._mute += tag in ("script", "style")
        source = self.get_starttag_text() or ""
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES and value:
                before = source[: max(source.find(value), 0)].count("\n")
                self._say(f" {value} ", self.getpos()[0] + before)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag) -> None:
        self._mute -= tag in ("script", "style") and self._mute > 0

    def handle_data(self, data) -> None:
        if not self._mute:
            self._say(data, self.getpos()[0])
