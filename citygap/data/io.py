"""Reading the files of ``data/`` as text, and its CSV tables.

Numbers stay text, since the printed digits of a published figure matter.

Out of scope: the bibliography (``bibtex``), whether the tables hold together (``validate``), and
what they say (``tables``).
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
PACKAGE = "datapackage.json"
BIBLIOGRAPHY = "sources.bib"
MAX_FIELD = 100_000  # characters; below what the csv module takes, so that both agree
NEEDED = ("places", "units", "indicators", "observations", "targets")  # by the rules below


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
    name, text = shown_path(path), read_text(path)
    if not text.strip():
        raise DataError([Problem(name, 1, "-", "the file is empty", "give it a header row")])
    if sign := _separator(text):
        raise DataError([Problem(
            name, 1, "-", f"the columns are parted by {sign}, not by commas",
            "save the file as CSV with commas and encoding UTF-8",
        )])  # fmt: skip
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
    for number, row in enumerate(body, start=2):
        if len(row) != len(header):
            first = (header[len(row) :] or header[-1:] or ["-"])[0]
            raise DataError([Problem(
                name, number, first, f"{len(row)} cells where the header has {len(header)}",
                "put quotes around cells that hold commas" if len(row) > len(header)
                else "leave no cell out: an empty one at the end still needs its comma",
            )])  # fmt: skip
    return header, body


#: What may part the cells of a table in place of a comma.
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def _separator(text: str) -> str:
    """What parts the columns of ``text``, if it is not commas; cells may be in quotes."""
    header = re.sub(r'"[^"]*"', "", text.lstrip().partition("\n")[0])
    if "," in header:
        return ""
    return next((name for sign, name in SEPARATORS.items() if sign in header), "")


def read_text(path: Path) -> str:
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


def shown_path(path: Path) -> str:
    """Path as a reader of the repository knows it: from ``data/`` on."""
    parts = path.parts
    return "/".join(parts[len(parts) - 1 - parts[::-1].index("data"):]) if "data" in parts \
        else path.name


def _fields(resource: dict) -> None:
    """Raise KeyError or re.error for a description of columns that rests on nothing."""
    schema = resource["schema"]
    names = {field["name"] for field in schema["fields"]}
    for field in schema["fields"]:
        re.compile(field.get("constraints", {}).get("pattern", ""))
    keys = [*schema.get("primaryKey", ()), *(f["fields"] for f in schema.get("foreignKeys", ()))]
    for key in keys:
        if key not in names:
            raise KeyError(key)


def read_package(data: Path) -> dict:
    """The description of the tables; :class:`DataError` if it is none that they could be held to.

    Raises it too for a path that leaves the folder: what is described is copied into the book.
    """
    path = data / PACKAGE
    file = shown_path(path)

    def fault(row: int, column: str, message: str, remedy: str) -> DataError:
        return DataError([Problem(file, row, column, message, remedy)])

    try:
        package = json.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise fault(0, "-", "the file is missing", "restore it") from None
    except UnicodeDecodeError:
        raise fault(0, "-", "not UTF-8", "save the file with encoding UTF-8") from None
    except json.JSONDecodeError as error:
        raise fault(error.lineno, "-", f"not JSON: {error.msg}", "mend the line") from None
    except RecursionError:
        raise fault(0, "-", "not JSON that can be read: nested too deep", "restore it") from None
    seen: set[str] = set()
    try:
        for number, resource in enumerate(package["resources"], start=1):
            name, where = resource["name"], resource["path"]
            if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name) or name in seen:
                raise fault(number, "name", f"{name[:60]!r} is no name, or stands twice",
                            "use small letters, digits and -")  # fmt: skip
            if not re.fullmatch(r"(?:[a-z0-9_-]+/)*[a-z0-9_-]+\.csv", where):
                raise fault(number, "path", f"{where[:60]!r} is no table of the folder",
                            "give the path of a .csv file from the folder on")  # fmt: skip
            seen.add(name)
            _fields(resource)
        for number, resource in enumerate(package["resources"], start=1):
            for foreign in resource["schema"].get("foreignKeys", ()):
                target = foreign["reference"]["resource"]
                if target and target not in seen:
                    raise fault(number, "foreignKeys", f"there is no table {target[:60]!r}",
                                "correct the reference")  # fmt: skip
        if lacking := [name for name in NEEDED if name not in seen]:
            raise fault(0, "resources", f"no table {lacking[0]!r}", "restore it")
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise fault(
            0, "resources", f"not a data package: {type(error).__name__}: {error}",
            "see https://datapackage.org and the version before",
        ) from None
    return package
