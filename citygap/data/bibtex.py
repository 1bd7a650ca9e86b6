"""Reading and writing BibTeX: what reference managers save, as entries of plain text.

pybtex knows the grammar (macros, ``#``, quotes, nested braces, entries in parentheses), latexcodec
the accents and signs of LaTeX.  Both take half a second for the book's file, so what was read is
kept in ``_build``, under a digest of the file and of what read it.

Only the fields of :data:`FIELDS` are read: what a reference manager keeps for its user (``file``,
``keywords``, ``abstract``, ``annote``, groups, time stamps) can then not leave the repository.

Out of scope: what may stand in an entry (``bibliography``), and how it is printed.

Weighed: bibtexparser 2.1, which leaves ``#`` unjoined, ends an address at its ``%``, drops ``<`` with
the command for it, and takes eight times as long.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from citygap.data.io import DATA, DataError, Problem, read_text, shown_path

#: What is read, printed and published of an entry.
FIELDS = frozenset(
    "title author editor year date month journal booktitle publisher school institution organization "
    "address volume number series edition chapter pages howpublished doi isbn issn url urldate note "
    "langid entrysubtype shortauthor ids kind role title_en author_en journal_en".split()
)
#: Names of biblatex, and the BibTeX ones that styles know.
ALIASES = {"journaltitle": "journal", "journaltitle_en": "journal_en", "location": "address"}
KINDS = {"techreport": "report", "thesis": "phdthesis", "electronic": "online", "conference": "inproceedings"}
NAMES = ("author", "editor", "author_en")
VERBATIM = ("url", "doi")  # no LaTeX, though some programs escape signs in them
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
CACHE = DATA.parent / "_build" / "sources.json"

#: Commands for signs that latexcodec does not know, and for type, which plain text has not.
SIGNS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciicircum": "^", "texteuro": "€",
    "textquoteleft": "‘", "textquoteright": "’", "textquotesingle": "'",
    "textquotedblleft": "“", "textquotedblright": "”",
}  # fmt: skip
_SIGN = re.compile(rf"\\({'|'.join(SIGNS)})(?:\{{\}}|(?![A-Za-z])\s*)")
_TYPE = re.compile(r"\\(?:emph|text(?:it|bf|sc|rm|sl|tt|superscript|subscript))\s*(?=\{)")
_DOTLESS = re.compile(r"""\\(['`^"~=])\s*(?:\{\s*\\([ij])\s*\}|\\([ij])(?![A-Za-z])\s*)""")
_LATEX = re.compile(r"[\\~`$]|--|''|,,")
_MATHEMATICS = re.compile(r"(?<!\\)\$(.*?)(?<!\\)\$")
#: Scripts in which the family name stands first and no blank parts it from the given name.
_EASTERN = re.compile(r"[\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")


class Source(dict):
    """An entry: its fields as plain text, and ``type``, which says what kind it is.

    ``latex`` has the fields as BibTeX, without the commands that have a sign of their own; braces
    still hold capitals, and bodies, together.  ``lines`` has the number of each field's line.
    """

    def __init__(self, fields: Mapping[str, str], latex: Mapping[str, str], lines: Mapping[str, int]):
        super().__init__(fields)
        self.latex, self.lines = dict(latex), dict(lines)


def read_sources(path: Path) -> dict[str, Source]:
    """Entries of a BibTeX file by key, in their order.

    Raises :class:`DataError` for what is no BibTeX, and for a key or field that stands twice.
    """
    text = read_text(path)
    digest = hashlib.sha256(_reader() + text.encode()).hexdigest()
    found = _kept(digest)
    if found is None:
        found = _parsed(text, shown_path(path))
        if path.parent == DATA:
            _keep(digest, found)
    return {key: Source(*parts) for key, parts in found.items()}


def write_sources(sources: Mapping[str, Source]) -> str:
    """A BibTeX file of the entries: what is published, one field a line."""
    return "\n".join(
        "".join([
            f"@{source['type']}{{{key},\n",
            *(f"  {name} = {{{escaped(name, value)}}},\n" for name, value in source.latex.items()),
            "}\n",
        ])
        for key, source in sources.items()
    )  # fmt: skip


def published(path: Path) -> bytes:
    """A file of ``data/`` as it leaves the repository: a bibliography without what is private in it."""
    return write_sources(read_sources(path)).encode() if path.suffix == ".bib" else path.read_bytes()


def escaped(field: str, value: str) -> str:
    """A field of :attr:`Source.latex` with the signs escaped that LaTeX has a use for."""
    if field in VERBATIM:
        return value
    return re.sub(r"([%&#_$])", r"\\\1", value).replace("~", r"\textasciitilde{}")


def names(value: str) -> list[str]:
    """The names of a field of :attr:`Source.latex` such as ``author``."""
    from pybtex.bibtex.utils import split_name_list

    return split_name_list(value)


def is_body(name: str) -> bool:
    """Whether a name stands in braces of its own, as a body's does."""
    depth = 0
    for at, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at > 0 and at == len(name) - 1
    return False


def is_eastern(*parts: str) -> bool:
    """Whether the parts of a name are Chinese, or in another script with the family name first."""
    return all(_EASTERN.fullmatch(part) for part in parts)


# ------------------------------------------------------------------------------------------- cache


@lru_cache(maxsize=1)
def _reader() -> bytes:
    """The code that reads."""
    here = Path(__file__)
    modules = here.read_bytes() + here.with_name("bibtex_grammar.py").read_bytes()
    return modules + f"{version('pybtex')} {version('latexcodec')}".encode()


def _kept(digest: str) -> dict | None:
    """What was read before from a file of this digest."""
    try:
        first, _, entries = CACHE.read_text(encoding="utf-8").partition("\n")
        return json.loads(entries) if first == digest else None
    except (OSError, ValueError):
        return None


def _keep(digest: str, entries: dict) -> None:
    """Keep what was read, if there is a place that may be written to."""
    try:
        CACHE.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=CACHE.parent, delete=False, encoding="utf-8") as file:
            file.write(f"{digest}\n{json.dumps(entries, ensure_ascii=False)}")
        os.replace(file.name, CACHE)
    except OSError:
        pass


# ----------------------------------------------------------------------------------------- reading


@lru_cache(maxsize=4)
def _parsed(text: str, name: str) -> dict[str, tuple[dict, dict, dict]]:
    """Fields, BibTeX and lines of each entry."""
    from citygap.data.bibtex_grammar import (
        Grammar,  # here, since pybtex takes as long as the tables
    )

    entries, seen = {}, set()
    for kind, key, fields, lines in Grammar(text, name):
        if key.lower() in seen:
            raise DataError([Problem(name, lines["@"], key, "key stands twice", "merge the two entries")])
        seen.add(key.lower())
        kind = KINDS.get(kind, kind)
        fields, places = (
            {_field(field, kind): each for field, each in found.items() if _field(field, kind) in FIELDS}
            for found in (fields, lines)
        )
        entries[key] = (*_entry(kind, fields), {"type": lines["@"]} | places)
    return entries


def _field(name: str, kind: str) -> str:
    """The name of BibTeX for a field of an entry, which biblatex may call otherwise."""
    if name == "institution" and kind.endswith("thesis"):
        return "school"
    return ALIASES.get(name, name)


def _entry(kind: str, fields: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Fields of an entry as plain text, and as BibTeX."""
    latex = {}
    for name, value in fields.items():
        value = " ".join(value.split())
        if value:
            latex[name] = _verbatim(value) if name in VERBATIM else unicode(value)
    if "date" not in latex and (month := latex.get("month", "")[:3].lower()) in MONTHS:
        if re.fullmatch(r"\d{4}", latex.get("year", "")):
            latex["date"] = f"{latex['year']}-{MONTHS.index(month) + 1:02}"
    if "year" not in latex and re.match(r"\d{4}", latex.get("date", "")):
        latex["year"] = latex["date"][:4]
    plain = {name: _people(value) if name in NAMES else value if name == "url" else _bare(value)
             for name, value in latex.items()}  # fmt: skip
    return {"type": kind, **plain}, latex


def unicode(value: str) -> str:
    """LaTeX as Unicode; braces stay, and a backslash stays where a command has no sign."""
    import codecs

    import latexcodec  # noqa: F401  which registers the codec

    if not _LATEX.search(value) or len(value) > 10_000:
        return value
    value = _MATHEMATICS.sub(r"\\(\1\\)", value)  # which no plain text is: told as a command
    value = _SIGN.sub(lambda found: SIGNS[found[1]], _TYPE.sub("", value))
    value = _DOTLESS.sub(r"\\\1{\2\3}", value)
    value = re.sub(r"(?<!\\)%", r"\\%", value)  # BibTeX has no comments inside of a value
    value = codecs.decode(value, "ulatex").replace(r"\$", "$").replace("\xa0", " ")
    while (fewer := re.sub(r"\{([^\x00-\x7f]?)\}", r"\1", value)) != value:  # of accents
        value = fewer
    return " ".join(value.split())


def _verbatim(value: str) -> str:
    return re.sub(r"\{?\\([%&#_$~])\}?", r"\1", value)


def _bare(value: str) -> str:
    return value.replace("{", "").replace("}", "")


def _people(value: str) -> str:
    """Names as a page prints them: bodies whole, Chinese ones with the family name first."""
    people = names(value)
    parts = [[part.strip() for part in name.split(",")] for name in people]
    eastern = [len(each) == 2 and is_eastern(*each) for each in parts]
    printed = ["".join(each) if east else _bare(name)
               for name, each, east in zip(people, parts, eastern)]  # fmt: skip
    return (", " if all(eastern) else " and ").join(printed)
