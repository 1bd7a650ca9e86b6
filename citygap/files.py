"""Reading the files of ``data/``: CSV tables as text, and the bibliography.

Numbers stay text, since the printed digits of a published figure matter.

Out of scope: whether the tables hold together (``checking``), and what they say (``tables``).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
PACKAGE = "datapackage.json"
BIBLIOGRAPHY = "sources.bib"
MAX_FIELD = 100_000  # characters; below what the csv module takes, so that both agree


@dataclass(frozen=True)
class Problem:
    """One fault of one cell: where it is, what is wrong and what to do about it."""

    file: str
    row: int
    column: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: row {self.row}, column {self.column}: {self.message} - {self.remedy}"


class DataError(ValueError):
    """The tables do not hold together; ``problems`` lists every fault."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        more = f"\n... and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__("\n".join(map(str, problems[:20])) + more)


def read_rows(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a CSV file as text.

    A byte-order mark and CRLF line ends are harmless.  Raises :class:`DataError` for a file that
    is missing, is not UTF-8 or not CSV, holds a cell of more than :data:`MAX_FIELD` characters, or
    has a row with more or fewer cells than the header.
    """
    name, text = shown_path(path), _text(path)
    if not text.strip():
        raise DataError([Problem(name, 1, "-", "the file is empty", "give it a header row")])
    try:
        # Lines end where CSV says, not at every character that Unicode calls a line's end.
        header, *body = csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error:
        raise DataError([_not_csv(name, text)]) from None
    # Python's own limit is one for all of a program, and a library may have lifted it.
    if any(len(cell) > MAX_FIELD for row in (header, *body) for cell in row):
        raise DataError([_not_csv(name, text)])
    if header and header[0].lower().startswith("sep="):
        raise DataError([Problem(name, 1, "-", "a line for Excel alone", "delete the line sep=")])
    if len(header) == 1 and re.search("[;\t|]", header[0]):
        raise DataError([Problem(
            name, 1, "-", f"the columns are not parted by commas: {header[0][:60]!r}",
            "save the file as CSV with commas and encoding UTF-8",
        )])  # fmt: skip
    for number, row in enumerate(body, start=2):
        if len(row) != len(header):
            first = (header[len(row) :] or header[-1:] or ["-"])[0]
            raise DataError([Problem(
                name, number, first, f"{len(row)} cells where the header has {len(header)}",
                "quote cells that hold commas, and leave no blank line",
            )])  # fmt: skip
    return header, body


def _text(path: Path) -> str:
    """Text of a file of ``data/``; :class:`DataError` if it is missing, too large or not UTF-8."""
    name = shown_path(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError([Problem(name, 0, "-", "the file is missing", "restore it")]) from None
    except OSError as error:
        raise DataError([Problem(
            name, 0, "-", f"the file cannot be read: {error.strerror}", "see to its rights",
        )]) from None  # fmt: skip
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row, column, _ = _scan(content[: error.start].decode("utf-8", "replace"))
        raise DataError([Problem(
            name, row, column, "not UTF-8",
            "save the file with encoding UTF-8 (in Excel: CSV UTF-8)",
        )]) from None  # fmt: skip


#: A cell as CSV writes it: in quotes, in which a quote stands twice, or plain.
CELL = re.compile(r'"[^"]*(?:""[^"]*)*(?P<closed>"?)|[^,\r\n]*')


def _not_csv(name: str, text: str) -> Problem:
    """The fault for which ``text`` is no CSV, or has a cell that no reader takes."""
    row, column, what = _scan(text)
    remedy = "quote the cell as RFC 4180 does: one quote before, one after, doubled in between"
    if what.endswith("characters in one cell"):
        remedy = "at most a few lines of text belong in a cell"
    return Problem(name, row, column, what or "not CSV", remedy)


def _scan(text: str) -> tuple[int, str, str]:
    """Row and column of the first cell of ``text`` that is no CSV, and what is wrong with it.

    Without a fault, those of the last cell, and nothing.
    """
    at, row, column, header = 0, 1, 0, []

    def named() -> str:
        return header[column] if row > 1 and column < len(header) else "-"

    while True:
        cell = CELL.match(text, at)
        at = cell.end()
        if cell[0].startswith('"') and not cell["closed"]:
            return row, named(), "a quote is opened and not closed"
        if len(cell[0]) > MAX_FIELD:
            return row, named(), f"{len(cell[0])} characters in one cell"
        if row == 1:
            header.append(cell[0].strip('"\ufeff'))
        if at >= len(text):
            return row, named(), ""
        if text[at] == ",":
            at, column = at + 1, column + 1
        elif text[at] in "\r\n":
            at += 2 if text.startswith("\r\n", at) else 1
            row, column = row + 1, 0
        else:
            return row, named(), "text after the quote that closes the cell"


def read_sources(path: Path) -> dict[str, dict[str, str]]:
    """Entries of a BibTeX file as ``{key: {field: text}}``, LaTeX escapes removed.

    The file keeps to one field a line (``  name = {value},``), which lets it be read a hundred
    times faster than by a full BibTeX parser; a test holds the two readings equal.
    Raises :class:`DataError` for a line that is neither, for an entry that is not closed, and for
    a key or field that stands twice.
    """
    entries: dict[str, dict[str, str]] = {}
    entry: dict[str, str] | None = None
    name = shown_path(path)

    def fault(column: str, message: str, remedy: str) -> DataError:
        return DataError([Problem(name, number, column, message, remedy)])

    number = 0
    for number, line in enumerate(_text(path).split("\n"), start=1):
        line = line.removesuffix("\r")
        if not line.strip() or line.startswith("%"):
            continue
        start = ENTRY.match(line)
        field = FIELD.match(line)
        if start:
            if entry is not None:
                raise fault(start[2], "the entry before it is not closed", "end it with a line }")
            if start[2] in entries:
                raise fault(start[2], "key stands twice", "merge the two entries")
            entry = entries.setdefault(start[2], {"type": start[1].lower()})
        elif field and entry is not None:
            key, value = field[1].lower(), field[2]
            if key in entry:
                raise fault(key, "the field stands twice in its entry", "delete one of the two")
            if not _balanced(value):
                raise fault(key, f"braces do not match in {value[:60]!r}", "close what is opened")
            if key != "url":
                value = re.sub(r"\\([%&#_$])", r"\1", value).replace("{", "").replace("}", "")
            entry[key] = value
        elif line.strip() == "}" and entry is not None:
            entry = None
        else:
            raise fault("-", f"cannot read {line[:60]!r}", "one field a line: name = {value},")
    if entry is not None:
        raise fault(next(reversed(entries)), "the entry is not closed", "end it with a line }")
    return entries


ENTRY = re.compile(r"^@(\w+)\{([^,\s]+),$")
FIELD = re.compile(r"^\s+(\w+)\s*=\s*\{(.*)\},?$")


def _balanced(value: str) -> bool:
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", value):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def shown_path(path: Path) -> str:
    """Path as a reader of the repository knows it: from ``data/`` on."""
    parts = path.parts
    return "/".join(parts[len(parts) - 1 - parts[::-1].index("data"):]) if "data" in parts \
        else path.name
