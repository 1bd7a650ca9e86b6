"""What may stand in the bibliography: texts fit for a page, names that print right, sound dates.

Sources print as text: what is left of LaTeX once signs are read as Unicode is refused, since a
command could become a link to anywhere.

Out of scope: reading the file (``bibtex``), and which rows cite it (``validate``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from citygap.data.bibtex import NAMES, Source, is_body, is_eastern, names
from citygap.data.cell_rules import YEARS, Fault, first_day, is_time, text_fault
from citygap.data.io import Problem, shown_path
from citygap.data.works.grades import ROLES

#: Types of entries that the list of sources can print, and what it needs of each besides
#: :data:`NEEDED`.
KINDS = {
    "article": "journal", "book": "publisher", "dataset": "", "incollection": "booktitle",
    "inproceedings": "booktitle", "mastersthesis": "school", "misc": "", "online": "",
    "phdthesis": "school", "report": "",
}  # fmt: skip
NEEDED = ("title", "author", "year")
#: What a work may be, in the field ``kind``.
WORKS = (
    "law or plan", "statistics", "government page", "press", "company on itself", "report",
    "data set", "article", "book", "thesis", "ranking", "self-media", "work of reference", "other",
)  # fmt: skip
UNDATED = "n.d."
WEB = re.compile(r"https?://[^\s<>\"'`\\{}|^]{1,2000}")
DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"'{}\\]{1,200}", re.ASCII)
KEY = re.compile(r"[A-Za-z0-9_-]{1,100}")
#: A file of the computer on which the entry was saved.
OWN_PATH = re.compile(r"(?:^|[\s(:;=])(?:/(?:home|Users|root|Volumes|mnt|media|tmp)/|~/|[A-Za-z]:\\{0,2}[\\/](?!/))")
#: Words of which the names of bodies are made, and no person's but before a comma.
BODY = re.compile(
    r"\b(?:of|for|the|[A-Z]{2,}|Academy|Administration|Agency|Alliance|Association|Authority|Bank|Board|Bureau|"
    r"Cent(?:er|re)|China|College|Commission|Committee|Company|Congress|Corporation|Council|Daily|Data|Department|"
    r"Exchange|Federation|Forum|Foundation|Fund|Government|Group|Inc|Initiative|Institut(?:e|ion)|Journal|"
    r"Laborator(?:y|ies)|Lab|Ltd|Media|Ministry|Municipal(?:ity)?|National|Network|News|Office|Organi[sz]ation|"
    r"Project|Research|Review|Services?|Society|Statistics|Stud(?:y|ies)|Technolog(?:y|ies)|Times|Union|University)\b"
)


def source_faults(sources: Mapping[str, Source], path: Path) -> list[Problem]:
    """Every fault of the entries of ``sources``, which were read from ``path``."""
    today = date.today() + timedelta(days=1)  # it may be tomorrow already where a page was read
    return [
        Problem(shown_path(path), entry.lines.get(field, entry.lines["type"]), f"{key[:60]} {field}", *fault)
        for key, entry in sources.items()
        for field, fault in _faults(key, entry, today.isoformat())
    ]


def _faults(key: str, entry: Source, today: str) -> Iterator[tuple[str, Fault]]:
    if not KEY.fullmatch(key):
        yield "key", ("bad key", "use letters and digits")
    kind = entry["type"]
    if kind not in KINDS:
        yield "type", (f"unknown kind of entry {kind[:40]!r}", f"one of {', '.join(KINDS)}")
    unknown = entry.get("role") in ("unknown", "self-media")  # whose author may be unknown
    for field in (*NEEDED, KINDS.get(kind, "")):
        if field and not entry.get(field) and not (field == "author" and unknown):
            remedy = "add it" if field != "author" else "add it; of an unknown author write role = {unknown}"
            yield field, ("the field is missing", remedy)
    for field, known in (("role", ROLES), ("kind", WORKS)):
        if entry.get(field) and entry[field] not in known:
            yield field, (f"unknown {field} {entry[field][:40]!r}", f"one of {', '.join(known)}")
    faulty = set()
    for field, value in entry.items():
        fault = _field_fault(field, value)
        if not fault and field in NAMES:
            fault = _names_fault(field, entry.latex[field])
        if fault:
            faulty.add(field)
            yield field, fault
    if not faulty & {"year", "date", "urldate"}:  # the rules below rely on sound ones
        yield from _date_faults(entry, today)


def _field_fault(field: str, value: str) -> Fault | None:
    if field == "url":
        if not WEB.fullmatch(value):
            remedy = "give an http or https address, or leave url out"
            return f"not a web address: {value[:60]!r}", remedy
        return None
    if OWN_PATH.search(value):
        return f"a path of your computer in {value[:60]!r}", "delete it: the entry is published"
    if "\\" in value:
        return f"a LaTeX command in {value[:60]!r}", r"write plain text, and \$ for a dollar"
    if fault := text_fault(value):
        return fault
    if field == "doi" and not DOI.fullmatch(value):
        return f"not a DOI: {value[:60]!r}", "write it from 10. on"
    if field == "year" and value != UNDATED and not (value.isdecimal() and int(value) in YEARS):
        return f"{value[:40]!r} is no year", f"write four digits, or {UNDATED}"
    if field in ("urldate", "date") and not is_time(value):
        return f"no day of the calendar: {value[:60]!r}", "a day is 2024-06-30"
    return None


def _date_faults(entry: Source, today: str) -> Iterator[tuple[str, Fault]]:
    """Dates that cannot all be true."""
    year, published, read = (entry.get(field, "") for field in ("year", "date", "urldate"))
    start = first_day(published.partition("/")[0]) or "" if published else ""
    if start and year != start[:4]:
        yield "year", (f"the year is {year[:40]}, and the date {published}", "correct one of the two")
    if entry.get("url") and not read and "role" not in entry:  # else copies.csv says when it was read
        yield "urldate", ("the day of reading is missing", "add the day on which you read the page: 2024-06-30")
    elif read and len(read) != len("2024-06-30"):
        yield "urldate", (f"{read!r} is no single day", "give the day on which you read the page: 2024-06-30")
    elif read > today:
        yield "urldate", (f"the day of reading, {read}, has not come yet", "correct it")
    elif read and start > read:
        yield "urldate", (f"read on {read}, before it was published ({published})", "correct one of the two")
    if start > today and not read:
        yield "date", (f"{published} has not come yet", "correct it")
    elif not start and year.isdecimal() and year > today[:4]:
        yield "year", (f"{year} has not come yet", "correct it")


def _names_fault(field: str, value: str) -> Fault | None:
    """A body that would be printed as a person, or a person with the names in the wrong order."""
    people = names(value)
    for name in people:
        fault = None if is_body(name) else _name_fault(name, len(people) > 1)
        if fault == "body":
            whole = "," not in value and "{" not in value
            remedy = f"write {field} = {{{{{value[:100]}}}}}" if whole else f"write {{{name[:100]}}} in the list"
            return (
                f"{name[:60]!r} would be printed as the name of a person",
                f"{remedy}, so that a body is printed whole; a person is Family, Given",
            )
        if fault:
            return fault
    return None


def _name_fault(name: str, of_several: bool) -> Fault | str | None:
    family, *given = (part.strip() for part in name.split(","))
    words = family.split()
    if len(given) > 2 or ";" in name:
        return f"names run together in {name[:60]!r}", "put and between two names: Family, Given and Family, Given"
    if not family:
        return "a name is missing", "write Family, Given and Family, Given"
    if is_eastern(*words):
        if len(words) > 1:
            return f"{name[:60]!r} does not say which name is the family's", "write 王, 小明"
        return None
    if name == "others":
        return None
    alone = len(words) == 1
    if (not alone and (BODY.search(family) or re.search(r"\d", family))) or (alone and of_several and not given):
        return "body"
    return None
