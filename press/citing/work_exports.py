"""The sources for reference managers: BibTeX, CSL-JSON and RIS, made from the record of works.

Titles and authors are in the language of the work, as a list of sources in that language wants
them; the English ones stand in the note.  The address is the original's, or else that of a page on
which the work was read (:meth:`Tables.link`), with the day of reading.  All three say the same, in the fields that the
import of Zotero reads.  Its BibTeX knows no papers, magazines and data sets, which it reads as
articles and documents; RIS and CSL-JSON keep them apart.

Out of scope: the bibliography itself, whose BibTeX has more fields (``citygap.data.bibtex``), and how
the book is cited (``press.citing.export_formats``).
"""

from __future__ import annotations

import json
import re

from citygap.data.bibtex import Source, is_body, names
from citygap.data.tables import Tables
from citygap.data.works import references
from press.citing import export_formats

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
    "publisher": ("publisher", "PB"), "school": ("publisher", "PB"), "address": ("publisher-place", "CY"),
    "volume": ("volume", "VL"), "number": ("number", ""), "pages": ("page", ""), "doi": ("DOI", "DO"),
}  # fmt: skip
#: What BibTeX calls who publishes a work of a type; else it is the publisher.
PUBLISHERS = {"dataset": "organization", "report": "institution", "thesis": "school"}
GENRES = {"mastersthesis": "Master's thesis", "phdthesis": "PhD thesis"}
#: Languages whose works name Chinese bodies and papers in Latin letters.
LATIN = ("english", "german", "italian")
#: Types whose container is who publishes them, and no work of which they are a part.
PUBLISHED = ("dataset", "report")


def items(tables: Tables) -> list[dict]:
    """Every work as an item of CSL-JSON, in order of the keys."""
    return [_item(key, tables) for key in sorted(tables.sources)]


def csl_json(tables: Tables) -> str:
    return json.dumps(items(tables), ensure_ascii=False, indent=1) + "\n"


def ris(tables: Tables) -> str:
    return "\n".join(_record(item, tables.sources[item["id"]]) for item in items(tables))


def bibtex(tables: Tables) -> str:
    """The works as BibTeX, with dates, addresses and languages as biblatex has them."""
    return "\n".join(_entry(item, tables.sources[item["id"]]) for item in items(tables))


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
    if "page" in made:
        made["page"] = re.sub("[–-]+", "-", made["page"])
    if work["type"] in GENRES:
        made["genre"] = GENRES[work["type"]]
    if "author" in work:
        made["author"] = people(work, "author_en" if latin and "author_en" in work else "author")
    if "editor" in work:
        made["editor"] = people(work, "editor")
    if days := _date(work.get("date") or work.get("year", "")):
        made["issued"] = {"date-parts": days}
    if language := LANGUAGES.get(work.get("langid", "")):
        made["language"] = language
    address, read = _address(key, tables)
    if address:
        made["URL"] = address
    if read:
        made["accessed"] = {"date-parts": _date(read)}
    # Where a page of the web has no place for a number, Zotero takes it from a line of the note.
    number = f"Number: {made['number']}" if made["type"] == "webpage" and "number" in made else ""
    if note := "\n".join(filter(None, (number, _note(key, tables)))):
        made["note"] = note
    return made


def people(work: Source, field: str = "author") -> list[dict[str, str]]:
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
    address = tables.link(key)
    if not address or address == f"https://doi.org/{tables.sources[key].get('doi')}":  # a name that lasts says it
        return "", ""
    return address, copies.get(address, tables.sources[key].get("urldate", ""))


def _note(key: str, tables: Tables) -> str:
    """What a reader of another language needs, where the work was read, and what is to be known of it."""
    work = tables.sources[key]
    read = references.where_read(tables.copies.get(key, ()))
    other = "author" if work.get("langid") in LATIN and "author_en" in work else "author_en"
    said = [work.get("title_en", ""), work.get(other, "") if "author_en" in work else "", read[:1].upper() + read[1:],
            work.get("note", "")]  # fmt: skip
    return ". ".join(part for part in said if part)


def _record(item: dict, work: Source) -> str:
    lines = [("TY", _type(work)[1]), ("ID", item["id"])]
    lines += [(tag, export_formats.inverted(one)) for tag, role in (("AU", "author"), ("A2", "editor"))
              for one in item.get(role, ())]  # fmt: skip
    lines += [(tag, item.get(name)) for name, tag in dict(FIELDS.values()).items()]
    lines += [("SN" if item["type"] == "report" else "IS", item.get("issue") or item.get("number")),
              *zip(("SP", "EP"), item.get("page", "").split("-")), ("M3", item.get("genre"))]  # fmt: skip
    date = work.get("date", "").partition("/")[0]
    lines += [("PY", work.get("year", "")[:4] if work.get("year", "").isdecimal() else ""),
              ("DA", date.replace("-", "/") if len(date) > 4 else ""), ("LA", item.get("language")),
              ("UR", item.get("URL")), ("N1", _in_one_line(item))]  # fmt: skip
    if "accessed" in item:
        lines.append(("Y2", "/".join(_day(item))))
    said = [f"{tag}  - {' '.join(str(value).split())}" for tag, value in lines if tag and value]
    return "\n".join([*said, "ER  - ", ""])


def _entry(item: dict, work: Source) -> str:
    fields = {
        "author": export_formats.people(item.get("author", ())),
        "editor": export_formats.people(item.get("editor", ())),
        "title": export_formats.kept(item["title"]),
        "booktitle" if "booktitle" in work else "journal": item.get("container-title"),
        PUBLISHERS.get(item["type"], "publisher"): item.get("publisher"),
        "address": item.get("publisher-place"),
        "volume": item.get("volume"),
        "number": item.get("issue") or item.get("number"),
        "pages": item.get("page", "").replace("-", "--"),
        "year": work.get("year"),
        "date": work.get("date"),
        "language": item.get("language"),
        "langid": work.get("langid"),
        "entrysubtype": work.get("entrysubtype"),
        "doi": item.get("DOI"),
        "url": item.get("URL"),
        "urldate": "-".join(_day(item)),
        "note": _in_one_line(item),
    }
    ready = ("author", "editor", "title", "doi", "url")
    said = {name: value if name in ready else export_formats.tex(value) for name, value in fields.items() if value}
    return export_formats.entry("misc" if item["type"] == "dataset" else work["type"], item, said)


def _day(item: dict) -> list[str]:
    """The day of reading."""
    return [f"{part:02}" for part in item["accessed"]["date-parts"][0]] if "accessed" in item else []


def _in_one_line(item: dict) -> str:
    return item.get("note", "").replace("\n", ". ")
