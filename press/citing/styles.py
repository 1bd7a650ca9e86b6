"""Citations for people: APA 7, Chicago (author-date) and GB/T 7714-2025, made by pandoc's citeproc.

The styles are those of the Citation Style Language project, and for GB/T 7714-2025 of the Chinese
users of Zotero, unchanged, in ``styles/``.  pandoc is
run once a style, for the book, for all chapters, and for one part with stand-ins for its title and
address.  The parts that a page has (figures, claims, numbers) differ from that one in nothing else:
their titles are sentences, in which no style changes capitals.

A citation is text in which :data:`ON` and :data:`OFF` stand around what is set in italics, and
:data:`READ` for the day of reading, which GB/T 7714 wants of what is read online and only the
reader knows.

Out of scope: reference managers (``press.citing.export_formats``).

Weighed: citeproc-py, which is lighter, puts full stops outside quotation marks and abbreviates
first names in Chicago, and leaves out "[M]" and the book's authors in GB/T 7714.  citation-js needs node.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from press.book_metadata import Record
from press.languages import printed
from press.citing.citable import Part, address, item

FOLDER = Path(__file__).with_name("styles")
#: The styles: how readers call them, and their files.
STYLES = {
    "apa": ("APA 7", "apa.csl"),
    "chicago": ("Chicago", "chicago-author-date.csl"),
    "gbt": ("GB/T 7714-2025", "gb-t-7714-2025-numeric.csl"),
}
ON, OFF, READ = "\ue001", "\ue002", "\ue003"
UNREAD = "yyyy-mm-dd"  # what stands for the day of reading until a reader fills it in
_TITLE, _ADDRESS, _DAY = "\ue010", "https://book.invalid/", (1111, 11, 11)
# One list of references has 2026a and 2026b; each of our citations stands alone.
_TOLD_APART = re.compile(r'\sdisambiguate-add-year-suffix="true"')
# GB/T 7714-2025 is written in CSL-M, which has a layout for each language; both are the same.
_LAYOUT_OF_LANGUAGE = re.compile(r'<layout locale="\w+">.*?</layout>\s*', re.S)
_NUMBER = re.compile(r"^\[\d+\]\s*")
_ENDS = "?!。？！…"  # after which a title has no full stop


def order() -> list[str]:
    """The styles in the order in which a page of the language that is printed gives them."""
    return sorted(STYLES, key=lambda style: style != "gbt") if printed.now().code == "zh" else list(STYLES)


class NoStyle(RuntimeError):
    """pandoc could not make a citation; the text says why."""


class Styles:
    """Makes the citations of a book: ``chapters`` are all that it has, by page."""

    def __init__(self, book: Record, front: Part, chapters: Iterable[Part]):
        self.book = book
        whole = tuple(chapters)
        self.made = _made(book, front, whole)

    def of(self, part: Part) -> dict[str, str]:
        known = self.made.get((part.kind, part.page, part.anchor))
        if known:
            return dict(known)
        return {style: self._filled(style, text, part)
                for style, text in self.made["template"].items()}  # fmt: skip

    def _filled(self, style: str, template: str, part: Part) -> str:
        title = typeset(part.name, quoted=f"“{_TITLE}" in template)
        if title.endswith(tuple(_ENDS)):
            template = template.replace(f"{_TITLE}.", _TITLE)
        return template.replace(_ADDRESS, address(part, self.book)).replace(_TITLE, title)


def in_gbt(items: list[dict]) -> dict[str, str]:
    """Works as GB/T 7714-2025 lists them, by their keys; ``items`` are CSL-JSON, with the day of reading."""
    return {key: plain(text) for key, text in _run("gbt", items).items()}


def plain(text: str) -> str:
    return text.replace(ON, "").replace(OFF, "").replace(READ, UNREAD)


def typeset(words: str, quoted: bool) -> str:
    """Words with the marks that printers use; ``quoted`` if they stand in quotation marks."""
    outer, inner = ("‘’", "“”") if quoted else ("“”", "‘’")
    words = re.sub(r'"([^"]*)"', rf"{outer[0]}\1{outer[1]}", words)
    words = re.sub(r"(?<![\w’])'([^']*)'(?!\w)", rf"{inner[0]}\1{inner[1]}", words)
    if quoted:
        words = words.translate(str.maketrans("“”", "‘’"))
    return words.replace("'", "’")


@lru_cache(maxsize=8)
def _made(book: Record, front: Part, chapters: tuple[Part, ...]) -> Mapping:
    """The citations of book and chapters by kind, page and anchor, and the one to be filled."""
    stand_in = Part("figure", _TITLE, front.page, anchor="stand-in")
    parts = [front, *chapters, stand_in]
    items = []
    for number, part in enumerate(parts):
        one = item(part, book) | {"id": f"i{number}"}
        if part is stand_in and "URL" in one:
            one["URL"] = _ADDRESS
        items.append(one)
    with ThreadPoolExecutor() as pool:
        wanted = {"gbt": [_as_gbt_wants(one) for one in items]}
        lists = dict(zip(STYLES, pool.map(lambda style: _run(style, wanted.get(style, items)), STYLES), strict=True))
    by_part = {
        (part.kind, part.page, part.anchor): {style: lists[style][f"i{n}"] for style in STYLES}
        for n, part in enumerate(parts)
    }
    return by_part | {"template": by_part.pop(("figure", front.page, "stand-in"))}


def _run(style: str, items: list[dict]) -> dict[str, str]:
    """The list of references that pandoc makes in a style, by the keys of the items."""
    name, file = STYLES[style]
    rules = _LAYOUT_OF_LANGUAGE.sub("", _TOLD_APART.sub("", (FOLDER / file).read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "style.csl").write_text(rules, encoding="utf-8")
        done = subprocess.run(
            [pandoc(), "--from=csljson", "--to=json", "--citeproc", "--csl=style.csl",
             "--metadata=link-bibliography:false"],
            input=json.dumps([_safe(one) for one in items]), capture_output=True, text=True,
            encoding="utf-8", cwd=folder, timeout=60,
        )  # fmt: skip
    if done.returncode:
        raise NoStyle(f"pandoc made no citation in the style {name}: {done.stderr.strip()}")
    entries = {}
    for block in _inside(json.loads(done.stdout)["blocks"]):
        words = _NUMBER.sub("", _text(block["c"][1]).strip())
        words = words.replace(". （", ".（").replace("1111-11-11", READ)  # a wide bracket has its own space
        entries[block["c"][0][0].removeprefix("ref-")] = words
    if set(entries) != {one["id"] for one in items}:
        raise NoStyle(f"pandoc left out parts of the book in the style {name}")
    return entries


def pandoc() -> Path:
    """The program that came with pypandoc-binary; one of the system might say something else."""
    try:
        import pypandoc
    except ModuleNotFoundError:
        raise NoStyle("pypandoc-binary is not installed: make install") from None
    folder = Path(pypandoc.__file__).parent / "files"
    found = [path for path in folder.glob("pandoc*") if path.stem == "pandoc"]
    if not found:
        raise NoStyle("there is no pandoc: install pypandoc-binary, as make install does")
    return found[0]


def _as_gbt_wants(one: dict) -> dict:
    """With the day of reading, and the authors of the book named again after those of its part."""
    read = {"accessed": {"date-parts": [_DAY]}} if "URL" in one else {}
    again = {"container-author": one["author"]} if "container-title" in one else {}
    return read | one | again


def _safe(one: dict) -> dict:
    """An item whose words hold no markup: CSL-JSON reads ``<i>`` and its like as such."""

    def kept(value: object) -> object:
        if not isinstance(value, str):
            return value
        return value.replace("<", "\ue020").replace(">", "\ue021")

    return {field: kept(value) for field, value in one.items()}


def _inside(blocks: list) -> Iterable[dict]:
    """The entries of the list of references: divisions of class ``csl-entry``."""
    for block in blocks:
        if block["t"] == "Div":
            if "csl-entry" in block["c"][0][1]:
                yield block
            else:
                yield from _inside(block["c"][1])


def _text(nodes: list) -> str:
    """The text of nodes of pandoc's document, with marks around italics."""
    out = []
    for node in nodes:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            out.append(content.replace("\ue020", "<").replace("\ue021", ">"))
        elif kind in ("Space", "SoftBreak"):
            out.append(" ")
        elif kind == "Emph":
            out.append(f"{ON}{_text(content)}{OFF}")
        elif kind == "Quoted":
            marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
            out.append(f"{marks[0]}{_text(content[1])}{marks[1]}")
        elif kind in ("Span", "Link"):
            out.append(_text(content[1]))
        elif kind in ("Para", "Plain"):
            out.append(_text(content))
        elif kind == "Div":
            out.append(_text(content[1]))
        else:  # nothing else is in these styles; what is unknown must not vanish unseen
            raise NoStyle(f"pandoc gave a {kind}, which no citation has")
    return "".join(out)
