"""A chapter as a plain notebook, for readers who run it without the book's build.

The cells stay as they are.  What only the build understands becomes text: bound numbers and words
are printed as in the edition, a number whose words leave its bounds open with these in square
brackets; captions, citations and references to pages and figures are written out.

Outputs are left out.  The text already says what was computed, figures would make a file of
megabytes, and an empty cell shows that its result was made on the reader's machine.

Out of scope: collecting what the page prints (``press.downloads.downloads``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

import jupytext
import nbformat

from citygap.quantity.rounding import exact_as_shown
from press.subject import subject

#: A role; one in double backticks may hold others.
ROLE = re.compile(r"(?<!`)\{(\w+)\}(?:``(.+?)``|`([^`]+)`)(?!`)", re.S)
DIRECTIVE = re.compile(r"^(`{3,})\{([\w:-]+)\} *(\S*)\n(.*?)^\1 *$", re.M | re.S)
BOX = re.compile(r"^:{3,}(?:\{div\}.*)?(?:\n|\Z)", re.M)  # around what has a look of its own
OPTION = re.compile(r"^:[\w-]+:.*\n+", re.M)
NAME = re.compile(r"^:name: *(\S+)", re.M)
TARGET = re.compile(r"^(.*?)\s*<([^>]+)>$", re.S)
LINK = re.compile(r'<a href="([\w-]+)\.html(#[^"]*|)">(.*?)</a>', re.S)
SCALE_WORDS = ("million", "billion", "trillion")
SAID_RANGE = re.compile(r'\bdata-said-range="([^"]*)"')  # of "1.3 million", in millions
RANGE = re.compile(r'\bdata-range="([^"]*)"')
NUMBERS = re.compile(r"(?:at (?:least|most) )?\S+(?: to \S+)?")
ENDS = re.compile(r'\bdata-low="([^"]*)" data-high="([^"]*)"')
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

    A number has its bounds in square brackets, unless its words say them (:func:`brackets`).
    """
    words = output.get("text/plain", "")
    made = output.get("text/html", "")
    bounds, ends = SAID_RANGE.search(made) or RANGE.search(made), ENDS.search(made)
    if not bounds or not ends:
        return words
    return words + brackets(words, unescape(bounds[1]), ends[1], ends[2])


def brackets(words: str, whole: str, low: str, high: str) -> str:
    """The bounds of a number as they follow its words, " [20 to 21]".

    Nothing if the words are a range themselves, or exact to the digits that they show.  ``whole``
    is the range with its unit, ``low`` and ``high`` its ends, each as the page's tag has them.
    """
    if low == high or says_bounds(words) or exact_as_shown(words, float(low), float(high)):
        return ""
    numbers = NUMBERS.match(whole)[0]  # the prose has the unit
    number, _, word = words.rpartition(" ")
    if word in SCALE_WORDS:  # "130 billion": the bounds are given on the scale of the words
        ends = [float(end.replace(",", "")) for end in numbers.split(" to ")]
        if exact_as_shown(number, ends[0], ends[-1]):
            return ""
    return "" if numbers == words else f" [{numbers}]"


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
            made = nbformat.v4.new_code_cell(cell.source)
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
            # JupyterLab takes what stands between two dollars of a list for mathematics.
            return "\n".join(f"- {source}" for source in printed.sources).replace("$", r"\$")
        if name == "list-table":
            return pipes(OPTION.sub("", body))
        raise NotPlain(f"there is no plain text for the directive {name!r}")

    def role(match: re.Match) -> str:
        name, content = match[1], match[3] or ROLE.sub(role, match[2]).strip()
        split = TARGET.match(content)
        title, target = split.groups() if split else ("", content)
        if name == "glue":
            key = content if content in printed.values else content.replace("_", "-")
            return _of(printed.values, key)
        if name == "check":
            return title
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
        if name in (there := subject().on_chapters):
            return printed.link(title or target, there[name][1], f"#{target}")
        if name == "datapage":
            page, hash_, anchor = target.partition("#")
            return printed.link(title or target, f"data/{page}", hash_ + anchor)
        raise NotPlain(f"there is no plain text for the role {name!r}")

    written = ROLE.sub(role, DIRECTIVE.sub(directive, text))
    return LINK.sub(lambda match: printed.link(match[3], f"chapters/{match[1]}", match[2]), written)


def pipes(body: str) -> str:
    """A list table, whose first row is its head, as a table with upright lines."""
    rows = [re.split(r"\n  - ", row.strip()) for row in re.split(r"^\* - ", body, flags=re.M) if row.strip()]
    lines = ["| " + " | ".join(" ".join(cell.split()) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def _of(known: Mapping[str, str], key: str) -> str:
    return known[key] if key in known else _missing("value", key)


def _missing(what: str, key: str) -> str:
    raise NotPlain(f"the page has no {what} for {key!r}")
