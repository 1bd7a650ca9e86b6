"""The sources for reference managers: CSL-JSON and RIS, made from the record of works.

Titles and authors are in the language of the work, as a list of sources in that language wants
them; the English ones stand in the note.  The address is the original's, or else that of a page on
which the work was read, with the day of reading.

Out of scope: the bibliography itself, which is BibTeX already (``citygap.data.bibtex``), and how
the book is cited (``press.citing.export_formats``).
"""

from __future__ import annotations

import json

from citygap.data.bibtex import Source, is_body, names
from citygap.data.tables import Tables
from citygap.data.works import references

#: Types of entries as CSL and RIS call them.
TYPES = {
    "article": ("article-journal", "JOUR"), "book": ("book", "BOOK"), "dataset": ("dataset", "DATA"),
    "incollection": ("chapter", "CHAP"), "inproceedings": ("paper-conference", "CONF"),
    "mastersthesis": ("thesis", "THES"), "misc": ("webpage", "ELEC"), "online": ("webpage", "ELEC"),
    "phdthesis": ("thesis", "THES"), "report": ("report", "RPRT"),
}  # fmt: skip
NEWSPAPER = ("article-newspaper", "NEWS")
#: Fields of the bibliography as CSL and RIS call them.
FIELDS = {
    "title": ("title", "TI"), "journal": ("container-title", "T2"), "booktitle": ("container-title", "T2"),
    "publisher": ("publisher", "PB"), "school": ("publisher", "PB"), "volume": ("volume", "VL"),
    "number": ("number", "IS"), "pages": ("page", "SP"), "doi": ("DOI", "DO"),
}  # fmt: skip


def items(tables: Tables) -> list[dict]:
    """Every work as an item of CSL-JSON, in order of the keys."""
    return [_item(key, tables) for key in sorted(tables.sources)]


def csl_json(tables: Tables) -> str:
    """The works as CSL-JSON."""
    return json.dumps(items(tables), ensure_ascii=False, indent=1) + "\n"


def ris(tables: Tables) -> str:
    """The works as RIS."""
    return "\n".join(_record(item, tables.sources[item["id"]]) for item in items(tables))


def _item(key: str, tables: Tables) -> dict:
    work = tables.sources[key]
    made = {"id": key, "type": _type(work)[0]}
    made |= {name: work[field] for field, (name, _) in FIELDS.items() if work.get(field)}
    if made["type"] == "dataset" and "container-title" in made:  # where it is published, not a part of it
        made["publisher"] = made.pop("container-title")
    if made["type"] == "article-journal" and "number" in made:
        made["issue"] = made.pop("number")
    if "author" in work:
        made["author"] = people(work)
    if days := _date(work.get("date") or work.get("year", "")):
        made["issued"] = {"date-parts": days}
    made["language"] = "zh-CN" if work.get("langid") == "chinese" else "en-US"
    address, read = _address(key, tables)
    if address:
        made["URL"] = address
    if read:
        made["accessed"] = {"date-parts": _date(read)}
    if note := _note(key, tables):
        made["note"] = note
    return made


def people(work: Source, field: str = "author") -> list[dict[str, str]]:
    """The names of a field as CSL has them."""
    found = []
    for name in names(work.latex[field]):
        family, comma, given = name.partition(",")
        whole = is_body(name) or not comma
        found.append({"literal": name.strip("{}")} if whole else
                     {"family": family.strip(), "given": given.strip()})  # fmt: skip
    return found


def _type(work: Source) -> tuple[str, str]:
    return NEWSPAPER if work.get("entrysubtype") == "newspaper" else TYPES[work["type"]]


def _date(date: str) -> list[list[int]]:
    """A date, or both ends of an interval, as CSL has them; empty for a work without one."""
    return [[int(part) for part in each.split("-")] for each in date.split("/") if each[:4].isdecimal()]


def _address(key: str, tables: Tables) -> tuple[str, str]:
    """Where the work is found, and the day on which it was read there, if it was."""
    copies = {copy["address"]: copy["read_on"] for copy in tables.copies.get(key, ())}
    address = tables.sources[key].get("url") or next((each for each in copies if each), "")
    return address, copies.get(address, tables.sources[key].get("urldate", ""))


def _note(key: str, tables: Tables) -> str:
    """What a reader of another language needs, and where the work was read."""
    work = tables.sources[key]
    said = [work.get("title_en", ""), work.get("author_en", ""), references.where_read(tables.copies.get(key, ()))]
    return ". ".join(part for part in said if part)


def _record(item: dict, work: Source) -> str:
    lines = [("TY", _type(work)[1]), ("ID", item["id"])]
    lines += [("AU", one.get("literal") or f"{one['family']}, {one['given']}") for one in item.get("author", ())]
    lines += [(tag, work.get(field)) for field, (_, tag) in FIELDS.items()]
    date = work.get("date", "").partition("/")[0]
    lines += [("PY", work.get("year", "")[:4] if work.get("year", "").isdecimal() else ""),
              ("DA", date.replace("-", "/") if len(date) > 4 else ""), ("LA", item["language"]),
              ("UR", item.get("URL")), ("N1", item.get("note"))]  # fmt: skip
    if "accessed" in item:
        lines.append(("Y2", "/".join(f"{part:02}" for part in item["accessed"]["date-parts"][0])))
    said = [f"{tag}  - {' '.join(str(value).split())}" for tag, value in lines if value]
    return "\n".join([*said, "ER  - ", ""])
