"""What may stand in the bibliography: texts fit for a page, web addresses, no code.

BibTeX is read as LaTeX when the list of sources is printed, so that a command in a title could
become a link to anywhere; accents and escapes are all that is let through.

Out of scope: reading the file (``files.read_sources``), and which rows cite it (``checking``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from citygap.cells import Fault, is_time, text_fault
from citygap.files import Problem, shown_path

KINDS = {"article", "book", "incollection", "misc", "phdthesis"}  # what the list can print
NEEDED = ("title", "author", "year")
#: A command other than an accent or an escape. Braces are gone, so one may run into a word.
LATEX = re.compile(r"\\(?![%&#_$'`^\"~=.]|aa|AA|ae|AE|ss|[oOlLij]\b|[cvHukr]\b)")
WEB = re.compile(r"https?://[^\s<>\"'`\\{}|^]{1,2000}")
DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"'{}\\]{1,200}", re.ASCII)
KEY = re.compile(r"[A-Za-z0-9_-]{1,100}")


def source_faults(sources: Mapping[str, Mapping[str, str]], path: Path) -> list[Problem]:
    """Every fault of the entries of ``sources``, which were read from ``path``."""
    found = [
        (key, field, *fault) for key, entry in sources.items() for field, fault in _faults(key, entry)
    ]
    if not found:
        return []
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    return [
        Problem(shown_path(path), _line(lines, key, field), f"{key[:60]} {field}", message, remedy)
        for key, field, message, remedy in found
    ]


def _faults(key: str, entry: Mapping[str, str]) -> Iterator[tuple[str, Fault]]:
    if not KEY.fullmatch(key):
        yield "key", ("bad key", "use letters and digits")
    if entry["type"] not in KINDS:
        kinds = ", ".join(sorted(KINDS))
        yield "type", (f"unknown kind of entry {entry['type'][:40]!r}", f"one of {kinds}")
    for field in NEEDED:
        if not entry.get(field):
            yield field, ("the field is missing", "add it")
    for field, value in entry.items():
        if fault := _field_fault(field, value):
            yield field, fault


def _field_fault(field: str, value: str) -> Fault | None:
    if field == "url":
        if not WEB.fullmatch(value):
            remedy = "give an http or https address, or leave url out"
            return f"not a web address: {value[:60]!r}", remedy
        return None
    if fault := text_fault(value):
        return fault
    if LATEX.search(value):
        return f"a LaTeX command in {value[:60]!r}", "write plain text"
    if field == "doi" and not DOI.fullmatch(value):
        return f"not a DOI: {value[:60]!r}", "write it from 10. on"
    if field in ("urldate", "date") and not is_time(value):
        return f"no day of the calendar: {value[:60]!r}", "a day is 2024-06-30"
    return None


def _line(lines: list[str], key: str, field: str) -> int:
    """Number of the line on which a field of an entry stands; of the entry's first for none."""
    start = next(n for n, line in enumerate(lines) if line.partition("{")[2].rstrip() == f"{key},")
    for number, line in enumerate(lines[start + 1 :], start=start + 2):
        if re.match(rf"\s+{re.escape(field)}\s*=", line, re.I):
            return number
        if line.startswith("}"):
            break
    return start + 1
