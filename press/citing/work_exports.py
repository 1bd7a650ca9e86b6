"""The sources for reference managers: CSL-JSON and RIS, made from the record of works.

Titles and authors are in the language of the work, as a list of sources in that language wants
them; the English ones stand in the note.  The address is the original's, or else that of a page on
which the work was read, with the day of reading.

Out of scope: the bibliography itself, which is BibTeX already (``citygap.data.bibtex``), and how
the book is cited (``press.citing.export_formats``).
"""

from __future__ import annotations

import json
import re

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
#: What is printed as a paper or a magazine; a text of an agency or of a site alone is a page of the web.
SUBTYPES = {"newspaper": ("article-newspaper", "NEWS"), "magazine": ("article-magazine", "MGZN")}
#: Languages of babel as BCP 47 names them.
LANGUAGES = {"chinese": "zh-CN", "english": "en-US", "german": "de-DE", "italian": "it-IT", "japanese": "ja-JP"}
#: Fields of the bibliography as CSL and RIS call them.
FIELDS = {
    "title": ("title", "TI"), "journal": ("container-title", "T2"), "booktitle": ("container-title", "T2"),
    "publisher": ("publisher", "PB"), "school": ("publisher", "PB"), "volume": ("volume", "VL"),
    "number": ("number", "IS"), "pages": ("page", ""), "doi": ("DOI", "DO"),
}  # fmt: skip
#: Languages whose works name Chinese bodies and papers in Latin letters.
LATIN = ("english", "german", "italian")
#: Types whose container is who publishes them, and no work of which they are a part.
PUBLISHED = ("dataset", "report")


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
    latin = work.get("langid") in LATIN
    if latin and "journal_en" in work:
        made["container-title"] = work["journal_en"]
    if made["type"] in PUBLISHED and "container-title" in made:
        made["publisher"] = made.pop("container-title")
    if made["type"] in ("article-journal", "article-magazine") and "number" in made:
        made["issue"] = made.pop("number")
    if "author" in work:
        made["author"] = people(work, "author_en" if latin and "author_en" in work else "author")
    if days := _date(work.get("date") or work.get("year", "")):
        made["issued"] = {"date-parts": days}
    if language := LANGUAGES.get(work.get("langid", "")):
        made["language"] = language
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
    return SUBTYPES.get(work.get("entrysubtype", "")) or TYPES[work["type"]]


def _date(date: str) -> list[list[int]]:
    """A date, or both ends of an interval, as CSL has them; empty for a work without one."""
    return [[int(part) for part in each.split("-")] for each in date.split("/") if each[:4].isdecimal()]


def _address(key: str, tables: Tables) -> tuple[str, str]:
    """Where on the web the work is found, and the day on which it was read there, if it was."""
    copies = {copy["address"]: copy["read_on"] for copy in tables.copies.get(key, ())}
    address = tables.sources[key].get("url") or next((each for each in copies if each), "")
    if not address or address == f"https://doi.org/{tables.sources[key].get('doi')}":  # a name that lasts says it
        return "", ""
    return address, copies.get(address, tables.sources[key].get("urldate", ""))


def _note(key: str, tables: Tables) -> str:
    """What a reader of another language needs, and where the work was read."""
    work = tables.sources[key]
    read = references.where_read(tables.copies.get(key, ()))
    other = "author" if work.get("langid") in LATIN and "author_en" in work else "author_en"
    said = [work.get("title_en", ""), work.get(other, "") if "author_en" in work else "", read[:1].upper() + read[1:]]
    return ". ".join(part for part in said if part)


def _record(item: dict, work: Source) -> str:
    lines = [("TY", _type(work)[1]), ("ID", item["id"])]
    lines += [("AU", one.get("literal") or f"{one['family']}, {one['given']}") for one in item.get("author", ())]
    lines += [(tag, item.get(name)) for name, tag in dict(FIELDS.values()).items()]
    lines += [("IS", item.get("issue")), *zip(("SP", "EP"), re.split("[–-]", item.get("page", "")))]
    date = work.get("date", "").partition("/")[0]
    lines += [("PY", work.get("year", "")[:4] if work.get("year", "").isdecimal() else ""),
              ("DA", date.replace("-", "/") if len(date) > 4 else ""), ("LA", item.get("language")),
              ("UR", item.get("URL")), ("N1", item.get("note"))]  # fmt: skip
    if "accessed" in item:
        lines.append(("Y2", "/".join(f"{part:02}" for part in item["accessed"]["date-parts"][0])))
    said = [f"{tag}  - {' '.join(str(value).split())}" for tag, value in lines if tag and value]
    return "\n".join([*said, "ER  - ", ""])
