"""One style sheet for all pages, without the rules that no page needs.

The theme and the extensions bring a dozen sheets with half a megabyte of rules, of which a page
needs a tenth, and a browser shows no text before it has them all.  Here they become one,
``_static/all.css``, in the order in which pages name them.

A rule stays if each class that its selector asks for occurs in a page's ``class`` or as a word of
some script (which may set it later), and each id likewise.  What is inside ``:not()``, ``:is()`` and
the like is not looked at: a rule is cut only if it surely applies to nothing.  CSS is read with
tinycss2.

Rules for paper go into a sheet of their own, ``_static/paper.css``, which holds up no text: a browser
fetches it last.

Out of scope: what rules say.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import tinycss2

from press.write import fingerprinted_files, worker_pool

NAME = "_static/all.css"
PAPER = "_static/paper.css"
LINK = re.compile(r'<link\b(?=[^>]*\brel="stylesheet")[^>]*\bhref="([^"]+)"[^>]*>')
CLASSES = re.compile(r'class="([^"]*)"')
IDS = re.compile(r'id="([^"]*)"')
WORD = re.compile(r"-?[A-Za-z_][\w-]*")
VARIABLE = re.compile(
    r"""(?<=[{;\s])(--[\w-]+)\s*:((?:"[^"]*"|'[^']*'|[^;{}"'])*)(?:;|(?=\}))"""
)
CUSTOM = re.compile(r"--[A-Za-z][\w-]*")
ADDRESS = re.compile(r"""url\(\s*(["']?)(?!data:|https?:|#)([^"')]+)\1\s*\)""")

#: Scripts that set no class of a page, whatever words are in them.
SILENT = {"fontawesome.js", "searchindex.js", "vega.js"}
#: What ``icons.css`` says instead of the theme: the rules and the fonts of Font Awesome.
ICONS = "icons.css"
REPLACED = re.compile(r"^\s*\.(fa|fas|far|fab|fa-[a-z0-9-]+)(::?before|::?after)?\s*$")
REPLACED_FONT = re.compile(r"Font ?Awesome", re.I)

#: Parts that Bootstrap's script could bring to life if a page had them.
PARTS = {"carousel", "modal", "offcanvas", "popover", "toast", "accordion", "alert", "progress"}

#: At-rules that hold rules, and may become empty.
HOLDERS = {"media", "supports", "layer", "container"}


class Sheet:
    """The sheet, gathered page by page, then written."""

    def __init__(self, folder: Path, words: Iterable[str] = ()):
        self.folder = folder
        self.files: list[Path] = []  # in the order of the pages
        self.used: set[Path] = set()  # with those that they import
        self.words = set(words)  # classes, ids, words of scripts, and variables that they name
        self.made = {folder / NAME, folder / PAPER}
        self.names: tuple[str, str] = (NAME, PAPER)  # as pages ask for them

    def read(self, path: Path, text: str) -> None:
        """Note the sheets that a page names, and its classes and ids."""
        at = 0
        for file in self._named(path, text):
            if file in self.files:
                at = self.files.index(file) + 1
            else:
                self.files.insert(at, file)
                at += 1
        for found in (CLASSES, IDS):
            for value in set(found.findall(text)):
                self.words.update(value.split())
        self.words.update(CUSTOM.findall(text))

    def write(self) -> None:
        """Write the sheet, and remove those that went into it."""
        files = [file for file in self.files if file not in self.made]
        if not files:
            return  # no page was written anew
        for script in self.folder.rglob("*.js"):
            if script.name not in SILENT and script.parent.name != "cite":
                code = script.read_text(encoding="utf-8-sig")
                self.words.update(set(WORD.findall(code)) - self._unused(script))
                self.words.update(CUSTOM.findall(code))
        parts = []
        for text, used in worker_pool.each(lambda file: (self._cut(file), self.used), files):
            parts.append(text)
            self.used |= used
        text = unused_variables(unused_keyframes("".join(parts)), self.words)
        screen, paper = for_paper(text)
        self.names = (
            fingerprinted_files.write(self.folder, NAME, screen), fingerprinted_files.write(self.folder, PAPER, paper)
        )  # fmt: skip
        for file in self.used:
            file.unlink(missing_ok=True)

    def _unused(self, script: Path) -> set[str]:
        """Words of Bootstrap's script that stand for parts which no page has."""
        if script.name != "bootstrap.js":
            return set()
        return {part for part in PARTS if not any(word.startswith(part) for word in self.words)}

    def link(self, path: Path, text: str) -> str:
        """The page, with the one sheet, and that for paper, instead of those that it names."""
        if self.made.issuperset(self._named(path, text)):
            return text
        up = "../" * (len(path.relative_to(self.folder).parts) - 1)
        name, paper = self.names
        both = (
            f'\n<link rel="stylesheet" href="{up}{name}" />'
            f'\n<link rel="stylesheet" media="print" href="{up}{paper}" />'
        )
        first = LINK.search(text)
        rest = LINK.sub("", text[first.end() :])
        return text[: first.start()] + both + rest

    def _named(self, path: Path, text: str) -> list[Path]:
        return [
            Path(os.path.normpath(path.parent / unquote(address.partition("?")[0])))
            for address in LINK.findall(text)
        ]

    def _cut(self, file: Path) -> str:
        """A sheet without what no page needs, to be read from where the one sheet stands."""
        nodes = tinycss2.parse_stylesheet(
            file.read_text(encoding="utf-8-sig"), skip_comments=False, skip_whitespace=True
        )
        kept = self._kept(nodes, file)
        self.used.add(file)
        here = (self.folder / NAME).parent

        def moved(match: re.Match) -> str:
            aim = os.path.relpath(file.parent / match[2].strip(), here)
            return f'url("{Path(aim).as_posix()}")'

        return ADDRESS.sub(moved, kept)

    def _kept(self, nodes: list, file: Path) -> str:
        """The rules among ``nodes``, of a sheet, that some page may need, as text."""
        own = file.name == ICONS
        parts = []
        for node in nodes:
            if node.type == "comment":
                if node.value.startswith("!"):  # a licence
                    parts.append(f"/*{node.value.rstrip()}*/\n")
            elif node.type == "qualified-rule":
                selectors = [s for s in split(node.prelude) if self._needed(s, own)]
                if selectors:
                    inner = squeezed(tinycss2.serialize(node.content))
                    parts.append(f"{','.join(selectors)}{{{inner}}}\n")
            elif node.type == "at-rule" and node.lower_at_keyword in HOLDERS and node.content:
                inner = self._kept(
                    tinycss2.parse_rule_list(
                        node.content, skip_comments=True, skip_whitespace=True
                    ),
                    file,
                )
                if inner:
                    head = tinycss2.serialize(node.prelude).strip()
                    parts.append(f"@{node.at_keyword} {head}{{\n{inner}}}\n")
            elif node.type == "at-rule" and node.lower_at_keyword == "import":
                parts.append(self._cut(file.parent / imported(node)))
            elif node.type == "at-rule" and node.lower_at_keyword != "charset":
                text = tinycss2.serialize([node]).strip()
                if not (node.lower_at_keyword == "font-face" and REPLACED_FONT.search(text)):
                    parts.append(f"{text}\n")
            elif node.type == "error":
                raise ValueError(f"a style sheet cannot be read: {node.message}")
        return "".join(parts)

    def _needed(self, selector: str, own: bool) -> bool:
        """Whether some page may have what the selector asks for."""
        if not own and REPLACED.match(selector):
            return False
        return asked(selector) <= self.words


def for_paper(text: str) -> tuple[str, str]:
    """A sheet without its rules for paper, and these alone."""
    screen, paper = [], []
    for node in tinycss2.parse_stylesheet(text):
        at = getattr(node, "lower_at_keyword", "")
        only = at == "media" and tinycss2.serialize(node.prelude).strip().lower() == "print"
        (paper if only else screen).append(node.serialize())
    return "".join(screen), "\n".join(paper)


def imported(node) -> str:
    """The address that an ``@import`` names.  Raises ValueError if it asks for more."""
    tokens = [token for token in node.prelude if token.type not in ("whitespace", "comment")]
    if len(tokens) != 1 or tokens[0].type not in ("string", "url"):
        raise ValueError("an @import with conditions cannot be put into one style sheet")
    return tokens[0].value


def split(prelude: list) -> list[str]:
    parts: list[list] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type != "comment":
            parts[-1].append(token)
    return [squeezed(tinycss2.serialize(part)) for part in parts]


def asked(selector: str) -> set[str]:
    """Classes and ids that an element or those around it must have for the selector to apply."""
    found, dot = set(), False
    for token in tinycss2.parse_component_value_list(selector):
        if token.type == "ident" and dot:
            found.add(token.value)
        elif token.type == "hash":
            found.add(token.value)
        dot = token.type == "literal" and token.value == "."
    return found


def squeezed(text: str) -> str:
    """CSS text without comments and needless space; strings of our sheets hold no double spaces."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\s+", " ", text).strip()


def unused_keyframes(text: str) -> str:
    rest = re.sub(r"@(?:-webkit-)?keyframes[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", text)
    named = set(WORD.findall(rest))

    def kept(match: re.Match) -> str:
        return match[0] if match[1] in named else ""

    return re.sub(
        r"@(?:-webkit-)?keyframes\s+([\w-]+)\s*\{(?:[^{}]*\{[^{}]*\})*\s*\}\n?", kept, text
    )


def unused_variables(text: str, words: set[str]) -> str:
    """The sheet without variables that nothing in it and no script names."""
    while True:
        named = words.union(re.findall(r"var\(\s*(--[\w-]+)", text))
        kept = VARIABLE.sub(lambda m: m[0] if m[1] in named else "", text)  # noqa: B023
        if kept == text:
            return re.sub(r"^[^{}\n@]+\{\s*\}\n", "", text, flags=re.M)
        text = kept
