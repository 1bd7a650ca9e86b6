"""A chapter as a plain notebook, for readers who run it without the book's build.

The cells stay as they are.  What only the build understands becomes text: bound numbers and words
are printed as in the edition, a number whose words leave its bounds open with these in square
brackets; captions, citations and references to pages and figures are written out.

Outputs are left out.  The text already says what was computed, figures would make a file of
megabytes, and an empty cell shows that its result was made on the reader's machine.

Out of scope: collecting what the page prints (``press.downloads``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

import jupytext
import nbformat

#: A role; one in double backticks may hold others.
ROLE = re.compile(r"(?<!`)\{(\w+)\}(?:``(.+?)``|`([^`]+)`)(?!`)", re.S)
DIRECTIVE = re.compile(r"^(`{3,})\{([\w:]+)\} *(\S*)\n(.*?)^\1 *$", re.M | re.S)
BOX = re.compile(r"^:{3,}(?:\{div\}.*)?(?:\n|\Z)", re.M)  # around what has a look of its own
OPTION = re.compile(r"^:[\w-]+:.*\n+", re.M)
NAME = re.compile(r"^:name: *(\S+)", re.M)
TARGET = re.compile(r"^(.*?)\s*<([^>]+)>$", re.S)
LINK = re.compile(r'<a href="([\w-]+)\.html(#[^"]*|)">(.*?)</a>', re.S)
RANGE = re.compile(r'\bdata-range="([^"]*)"')
NUMBERS = re.compile(r"(?:at (?:least|most) )?\S+(?: to \S+)?")
ENDS = re.compile(r'\bdata-low="([^"]*)" data-high="([^"]*)"')
#: The lines by which a chapter finds the repository; the notebook has a cell for that.
FINDS = re.compile(r"^(?:import sys\n+|sys\.path\.insert\(0, \"\.\.\"\).*\n)", re.M)
HIDDEN = {"hide-input", "hide-cell", "remove-cell", "remove-input"}


class NotPlain(ValueError):
    """A chapter cannot be written as a plain notebook; the text says what stands in the way."""


@dataclass(frozen=True)
class Printed:
    """What the page prints where the chapter's source has a role or a directive."""

    values: Mapping[str, str]  # bound numbers and words, by key
    figures: Mapping[str, str]  # "Fig. 1.2", by name
    titles: Mapping[str, str]  # of the chapters, by page
    citations: Sequence[str]  # "(Balassa, 1965)", in the order of the page
    sources: Sequence[str] = ()  # the list of sources, if the page has one
    sections: Mapping[str, str] = field(default_factory=dict)  # titles, by label
    address: str = ""  # of the site, with a slash at its end, if it has one

    def link(self, words: str, page: str, anchor: str = "") -> str:
        """Words that lead to a page of the site, or just the words if the site has no address."""
        return f"[{words}]({self.address}{page}.html{anchor})" if self.address else words


def value(output: Mapping[str, str]) -> str:
    """A bound value as text, from what its cell handed to the page (by MIME type).

    A number has its bounds in square brackets, unless its words say them or it is exact.
    """
    words = output.get("text/plain", "")
    made = output.get("text/html", "")
    bounds, ends = RANGE.search(made), ENDS.search(made)
    if not bounds or not ends or ends[1] == ends[2] or says_bounds(words):
        return words
    numbers = NUMBERS.match(unescape(bounds[1]))[0]  # the prose has the unit
    return words if numbers == words else f"{words} [{numbers}]"


def says_bounds(words: str) -> bool:
    """Whether printed words are themselves a range: "9 to 11", "at least 4"."""
    return " to " in words or words.startswith(("at least ", "at most "))


def notebook(source: str, printed: Printed, name: str, head: str, setup: str):
    """The chapter whose MyST text is ``source`` as a notebook (nbformat 4.5) without outputs.

    ``name`` makes the cells' ids; ``head`` is the text of the first cell, ``setup`` the code of the
    second, which finds the repository.  Raises NotPlain.
    """
    rest = iter(printed.citations)
    cells = [nbformat.v4.new_markdown_cell(head), nbformat.v4.new_code_cell(setup)]
    for cell in jupytext.reads(source, fmt="md:myst").cells:
        if cell.cell_type == "code":
            code = FINDS.sub("", cell.source)
            made = nbformat.v4.new_code_cell(code)
            if HIDDEN & set(cell.metadata.get("tags", ())):
                made.metadata = {"jupyter": {"source_hidden": True}}  # as on the page
            cells.append(made)
        else:
            cells.append(nbformat.v4.new_markdown_cell(plain(cell.source, printed, rest)))
    if left := list(rest):
        raise NotPlain(f"{len(left)} citations of the page have no place in its source")
    for number, cell in enumerate(cells):
        cell.id = f"{name}-{number}"[-64:]
    metadata = {
        "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    made = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.validate(made)
    return made


def plain(text: str, printed: Printed, citations: Iterator[str]) -> str:
    """MyST text with its roles and directives written out.  Raises NotPlain for unknown ones."""

    text = BOX.sub("", text)

    def directive(match: re.Match) -> str:
        _, name, argument, body = match.groups()
        if name == "glue:figure":
            words = OPTION.sub("", body, count=1).strip()
            named = NAME.search(body)
            return f"**{_of(printed.figures, named[1] if named else argument)}** {words}"
        if name == "bibliography":
            return "\n".join(f"- {source}" for source in printed.sources)
        raise NotPlain(f"there is no plain text for the directive {name!r}")

    def role(match: re.Match) -> str:
        name, content = match[1], match[3] or ROLE.sub(role, match[2]).strip()
        split = TARGET.match(content)
        title, target = split.groups() if split else ("", content)
        if name == "glue":
            return _of(printed.values, content)
        if name == "cite":
            return next(citations, None) or _missing("citation", content)
        if name == "numref":
            return title or _of(printed.figures, target)
        if name == "ref":
            return title or _of(printed.sections, target)
        if name == "doc":
            page = f"chapters/{target.rpartition('/')[2]}"
            return printed.link(f"*{title or _of(printed.titles, page)}*", page)
        if name == "term":
            return title or target
        if name == "claim":
            return printed.link(title or target, "chapters/claim-ledger", f"#{target}")
        if name == "datapage":
            page, hash_, anchor = target.partition("#")
            return printed.link(title or target, f"data/{page}", hash_ + anchor)
        raise NotPlain(f"there is no plain text for the role {name!r}")

    written = ROLE.sub(role, DIRECTIVE.sub(directive, text))
    return LINK.sub(lambda match: printed.link(match[3], f"chapters/{match[1]}", match[2]), written)


def _of(known: Mapping[str, str], key: str) -> str:
    return known[key] if key in known else _missing("value", key)


def _missing(what: str, key: str) -> str:
    raise NotPlain(f"the page has no {what} for {key!r}")
