"""Citations for reference managers: BibTeX, BibLaTeX, RIS and CSL-JSON, each from a CSL-JSON item.

Written here, since the libraries that write these forms read none of CSL-JSON, and each form is a
list of fields; that other programs read them back as they were is tested with theirs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

Item = Mapping[str, object]
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
LANGUAGES = {"en": "english", "zh": "chinese", "de": "german", "fr": "french"}  # of babel
# What TeX reads as a command. Braces as words, because BibTeX counts them even behind a backslash.
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&#$_"},
}


def tex(text: object) -> str:
    return "".join(TEX.get(sign, sign) for sign in " ".join(str(text).split()))


def bibtex(item: Item) -> str:
    year, month, _ = _day(item)
    fields = {
        "author": people(item["author"]),
        "title": kept(item["title"]),
        "booktitle": kept(item.get("container-title")),
        # Styles of BibTeX add the word "edition".
        "edition": tex(str(item["edition"]).removesuffix(" ed.")),
        "year": year,
        "month": MONTHS[int(month) - 1],
        "language": item.get("language"),  # as Zotero writes and reads it
        "langid": LANGUAGES.get(str(item.get("language")).partition("-")[0], ""),
        "abstract": tex(item.get("abstract", "")),
        "url": item.get("URL"),
        "doi": item.get("DOI"),
    }
    return entry("incollection" if "container-title" in item else "book", item, fields)


def biblatex(item: Item) -> str:
    """An entry of BibLaTeX, which knows days."""
    fields = {
        "author": people(item["author"]),
        "title": kept(item["title"]),
        "booktitle": kept(item.get("container-title")),
        "edition": tex(item["edition"]),
        "date": "-".join(_day(item)),
        "langid": LANGUAGES.get(str(item.get("language")).partition("-")[0], ""),
        "abstract": tex(item.get("abstract", "")),
        "url": item.get("URL"),
        "doi": item.get("DOI"),
    }
    return entry("inbook" if "container-title" in item else "book", item, fields)


def ris(item: Item) -> str:
    lines = [
        ("TY", "CHAP" if "container-title" in item else "BOOK"),
        ("ID", item["id"]),
        *(("AU", inverted(person)) for person in item["author"]),
        ("TI", item["title"]),
        ("T2", item.get("container-title")),
        ("ET", item["edition"]),
        ("PY", _day(item)[0]),
        ("DA", "/".join(_day(item))),
        ("LA", item.get("language")),
        ("AB", item.get("abstract")),
        ("UR", item.get("URL")),
        ("DO", item.get("DOI")),
    ]
    said = [f"{tag}  - {' '.join(str(value).split())}" for tag, value in lines if value]
    return "\n".join([*said, "ER  - ", ""])


def csl(item: Item) -> str:
    """The item itself, in a list as programs expect it."""
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def _day(item: Item) -> tuple[str, str, str]:
    year, month, day = item["issued"]["date-parts"][0]
    return f"{year:04}", f"{month:02}", f"{day:02}"


def kept(text: object) -> str:
    """A title whose capitals a style may not change: names stand in it."""
    return f"{{{tex(text)}}}" if text else ""


def people(persons) -> str:
    """Names for BibTeX; a group stands in braces, or it would have a first and a last name."""
    return " and ".join(
        f"{{{tex(one['literal'])}}}" if "literal" in one
        else f"{tex(one['family'])}, {tex(one['given'])}"
        for one in persons
    )  # fmt: skip


def inverted(person: Mapping[str, str]) -> str:
    """A name for RIS, which takes what stands before a comma for a family name, of a body too."""
    return person["literal"].replace(",", "") if "literal" in person else f"{person['family']}, {person['given']}"


def entry(kind: str, item: Item, fields: Mapping[str, object]) -> str:
    """An entry of BibTeX or BibLaTeX, without the fields that are empty."""
    bare = {"month"}  # a word that BibTeX defines
    lines = [f"  {name} = {value if name in bare else f'{{{value}}}'}"
             for name, value in fields.items() if value]  # fmt: skip
    return f"@{kind}{{{item['id']},\n" + ",\n".join(lines) + "\n}\n"
