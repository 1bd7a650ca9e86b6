"""The record of the book, ``book.yml``: who wrote what, which version of it, and when.

``read(root)`` gives it, checked.  The files that other services read are made from it
(``press.record_files``); ``set_version`` writes a version into the record and into all of them.
The site's and the repository's addresses stand in ``_config.yml``, where the pages take them from.

Out of scope: how the book and its parts are cited (``press.citations``).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from press import CONFIG, ROOT
from press.addresses import UNRELEASED

FILE = "book.yml"
VERSION = re.compile(r"\d{4}\.[1-9]\d*(\.dev)?")
DOI = re.compile(r"10\.\d{4,9}/[-._;()/:A-Za-z0-9]+")  # as Crossref and DataCite give them
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
FIELDS = {"title", "authors", "version", "date", "doi", "language", "abstract", "keywords",
          "licences"}  # fmt: skip


class NoRecord(ValueError):
    """The record cannot be used; the text names file, field and remedy."""


@dataclass(frozen=True)
class Author:
    """Who wrote the book: a group with a ``name``, or a person."""

    name: str = ""
    family: str = ""
    given: str = ""
    orcid: str = ""

    def __str__(self) -> str:
        return self.name or f"{self.given} {self.family}".strip()


@dataclass(frozen=True)
class Record:
    """What ``book.yml`` says.  ``doi`` is empty as long as there is none."""

    title: str
    authors: tuple[Author, ...]
    version: str
    date: str  # 2026-11-22
    doi: str
    language: str
    abstract: str
    keywords: tuple[str, ...]
    text_licence: str
    code_licence: str
    site: str = ""  # root of the site, with its slash, or empty
    repository: str = ""

    # -- the names that citations are made with

    @property
    def author(self) -> str:
        """All authors, as one would say them."""
        return " and ".join(map(str, self.authors))

    @property
    def edition(self) -> str:
        """The version, as readers call it."""
        return self.version

    @property
    def year(self) -> str:
        """The year of this version."""
        return self.date[:4]


@lru_cache(maxsize=None)
def record(root: Path = ROOT) -> Record:
    """The record of the book at ``root``.  Raises OSError, and NoRecord naming what to mend."""
    try:
        given = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise NoRecord(f"{FILE}: it is no YAML in UTF-8: {' '.join(str(error).split())}") from None
    return _checked(given, *_addresses(root / CONFIG.name))


def is_there(root: Path = ROOT) -> bool:
    """Whether the book at ``root`` has a record; small books of tests have none."""
    return (root / FILE).is_file()


def set_version(root: Path, version: str, date: str) -> list[Path]:
    """Write a version and its day into the record and all files made from it.

    The DOI stays if only ``.dev`` falls away: it was reserved for the edition that now comes out.
    Gives the files that changed.  Raises NoRecord.
    """
    from press import record_files

    before = record(root)
    text = (root / FILE).read_text(encoding="utf-8")
    _must(VERSION.fullmatch(version), "version", version, "2026.2, or 2026.2.dev before it is out")
    _must(_is_day(date), "date", date, "2026-11-22")
    keeps = version == before.version.removesuffix(UNRELEASED)
    text = _line(text, "version", f'"{version}"')
    text = _line(text, "date", date)
    text = _line(text, "doi", f'"{before.doi if keeps else ""}"')
    changed = []
    if text != (root / FILE).read_text(encoding="utf-8"):
        (root / FILE).write_text(text, encoding="utf-8")
        changed.append(root / FILE)
    record.cache_clear()
    return changed + record_files.write(root)


def _line(text: str, field: str, value: str) -> str:
    """The record with the value of a field of one line, whose comment stays."""
    pattern = rf'(?m)^{field}:[ ]*(?:"[^"\n]*"|\'[^\'\n]*\'|[^#\n]*?)([ ]*(?:#.*)?)$'
    changed, found = re.subn(pattern, lambda m: f"{field}: {value}{m[1]}", text)
    if found != 1:
        raise NoRecord(f"{FILE}: {field} must stand on one line of its own, once")
    return changed


def _checked(given: object, site: str, repository: str) -> Record:
    if not isinstance(given, dict) or set(given) != FIELDS:
        names = set(given) if isinstance(given, dict) else set()
        wrong = sorted(FIELDS ^ names)
        raise NoRecord(f"{FILE}: it must have the fields {', '.join(sorted(FIELDS))}, each once; "
                       f"missing or unknown: {', '.join(map(str, wrong))}")  # fmt: skip
    words = {name: " ".join(str(given[name] or "").split())
             for name in ("title", "version", "date", "doi", "language", "abstract")}  # fmt: skip
    for name in ("title", "abstract"):
        _must(words[name], name, given[name], "words")
    _must(VERSION.fullmatch(words["version"]), "version", given["version"],
          '"2026.2", or "2026.2.dev" before it is out')  # fmt: skip
    _must(_is_day(words["date"]), "date", given["date"], "2026-11-22")
    _must(not words["doi"] or DOI.fullmatch(words["doi"]), "doi", given["doi"],
          "10.5281/zenodo.123456 without an address before it, or nothing")  # fmt: skip
    _must(re.fullmatch("[a-z]{2}", words["language"]), "language", given["language"], "en")
    keywords = given["keywords"]
    _must(isinstance(keywords, list) and all(isinstance(word, str) for word in keywords),
          "keywords", keywords, "a list of words")  # fmt: skip
    licences = given["licences"]
    _must(isinstance(licences, dict) and set(licences) == {"text", "code"}, "licences", licences,
          "text: CC-BY-4.0 and code: MIT")  # fmt: skip
    people = given["authors"]
    _must(isinstance(people, list) and people, "authors", people, "a list of at least one")
    return Record(
        **words,
        authors=tuple(_author(one) for one in people),
        keywords=tuple(keywords),
        text_licence=str(licences["text"]),
        code_licence=str(licences["code"]),
        site=site,
        repository=repository,
    )


def _author(given: object) -> Author:
    known = {"name": "name", "family-names": "family", "given-names": "given", "orcid": "orcid"}
    fields = set(given) if isinstance(given, dict) else set()
    right = ({"name"}, {"family-names", "given-names"}, {"family-names", "given-names", "orcid"})
    _must(fields in right and all(str(v or "").strip() for v in given.values()), "authors", given,
          "a name, or family-names and given-names, with or without an orcid")  # fmt: skip
    author = Author(**{known[name]: " ".join(str(v).split()) for name, v in given.items()})
    _must(not author.orcid or ORCID.fullmatch(author.orcid), "orcid", author.orcid,
          "0000-0002-1825-0097")  # fmt: skip
    return author


def _must(holds: object, field: str, value: object, example: str) -> None:
    if not holds:
        raise NoRecord(f"{FILE}: {field} is {value!r}: give {example}")


def _is_day(words: str) -> bool:
    try:
        return datetime.date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def _addresses(config: Path) -> tuple[str, str]:
    """The site's root and the repository, of the settings; empty where they are not set."""
    from types import SimpleNamespace

    from press import site

    if not config.is_file():
        return "", ""
    try:
        settings = yaml.safe_load(config.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError:
        return "", ""  # the build says so, with the line
    html = settings.get("html") or {}
    options = ((settings.get("sphinx") or {}).get("config") or {}).get("html_theme_options") or {}
    as_read = SimpleNamespace(html_baseurl=html.get("baseurl"), html_theme_options=options)
    try:
        return site.address(as_read), site.repository(as_read)[0]
    except site.NoAddress:
        return "", ""  # likewise
