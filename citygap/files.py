"""Reading the files of ``data/``: CSV tables as text, and the bibliography.

Numbers stay text, since the printed digits of a published figure matter.

Out of scope: whether the tables hold together (``checking``), and what they say (``tables``).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
PACKAGE = "datapackage.json"
BIBLIOGRAPHY = "sources.bib"


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
    is missing, is not UTF-8, or has a row with more or fewer cells than the header.
    """
    name = shown_path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DataError([Problem(name, 0, "-", "the file is missing", "restore it")]) from None
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataError(
            [Problem(name, row, "-", "not UTF-8", "save the file with encoding UTF-8")]
        ) from None
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    except csv.Error as error:
        raise DataError([Problem(name, 0, "-", str(error), "quote the cell as RFC 4180 does")])
    if not rows:
        raise DataError([Problem(name, 1, "-", "the file is empty", "give it a header row")])
    header, *body = rows
    for number, row in enumerate(body, start=2):
        if len(row) != len(header):
            raise DataError(
                [
                    Problem(
                        name,
                        number,
                        "-",
                        f"{len(row)} cells where the header has {len(header)}",
                        "quote cells that hold commas, and leave no blank line",
                    )
                ]
            )
    return header, body


def read_sources(path: Path) -> dict[str, dict[str, str]]:
    """Entries of a BibTeX file as ``{key: {field: text}}``, LaTeX escapes removed.

    The file keeps to one field a line (``  name = {value},``), which lets it be read a hundred
    times faster than by a full BibTeX parser; a test holds the two readings equal.
    Raises :class:`DataError` for a line that is neither.
    """
    entries: dict[str, dict[str, str]] = {}
    entry: dict[str, str] | None = None
    name = shown_path(path)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("%"):
            continue
        start = re.match(r"^@(\w+)\{([^,\s]+),$", line)
        field = re.match(r"^\s+(\w+)\s*=\s*\{(.*)\},?$", line)
        if start:
            if start[2] in entries:
                raise DataError(
                    [Problem(name, number, start[2], "key stands twice", "merge the two entries")]
                )
            entry = entries.setdefault(start[2], {"type": start[1].lower()})
        elif field and entry is not None:
            value = field[2]
            if field[1] != "url":
                value = re.sub(r"\\([%&#_$])", r"\1", value).replace("{", "").replace("}", "")
            entry[field[1].lower()] = value
        elif line.strip() == "}":
            entry = None
        else:
            raise DataError(
                [Problem(name, number, "-", f"cannot read {line[:60]!r}", "one field a line")]
            )
    return entries


def shown_path(path: Path) -> str:
    """Path as a reader of the repository knows it: from ``data/`` on."""
    parts = path.parts
    return "/".join(parts[len(parts) - 1 - parts[::-1].index("data"):]) if "data" in parts \
        else path.name
