"""The record of the book, ``CITATION.cff``: who wrote what, which version of it, and when.

It is a citation file of the format CFF 1.2.0, which GitHub, Zotero and Zenodo read as it is.
``record(root)`` gives it, checked; ``set_version`` writes a version into it and into the files that
each state the version on one line (:data:`STATED`); ``faults`` names those that differ.
Language, addresses and the name that the book's files begin with stand in ``_config.yml``, where the
pages take them from.

Out of scope: how the book and its parts are cited (``press.citing.source_line``).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import yaml

from press import CONFIG, ROOT, urls
from press.languages import printed

FILE = "CITATION.cff"
VERSION = re.compile(r"\d{4}\.[1-9]\d*(\.dev)?")
DOI = re.compile(r"10\.\d{4,9}/[-._;()/:A-Za-z0-9]+")  # as Crossref and DataCite give them
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")  # of files: three-rivers
ORCID = re.compile(r"https://orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
NEEDED = ("title", "authors", "version", "date-released", "license", "abstract", "keywords")
#: Other files, written by hand, of which one line states the version, and that line.
STATED = {
    "pyproject.toml": re.compile(r'(?m)^(version = )"[^"\n]*"$'),
    "data/datapackage.json": re.compile(r'(?m)^( "version": )"[^"\n]*"(?=,?$)'),
}


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
    """What ``CITATION.cff`` says.  ``doi`` is empty as long as there is none."""

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
    name: str = "book"  # what the names of its files and the keys of its citations begin with

    # -- the names that citations are made with

    @property
    def author(self) -> str:
        return " and ".join(map(str, self.authors))

    @property
    def edition(self) -> str:
        """The version, as readers call it."""
        return self.version

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def online(self) -> str:
        """Where this version is online, without a slash; empty if the settings name no site."""
        return f"{self.site}{urls.folder(self.version)}" if self.site else ""


@lru_cache(maxsize=None)
def record(root: Path = ROOT) -> Record:
    """The record of the book at ``root``.  Raises OSError, and NoRecord naming what to mend."""
    try:
        given = yaml.safe_load((root / FILE).read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise NoRecord(f"{FILE}: it is no YAML in UTF-8: {' '.join(str(error).split())}") from None
    return _checked(given, *_settings(root / CONFIG.name))


def in_language(book: Record) -> Record:
    """The record as readers of the language that is printed are to see it (``press_languages`` of
    the settings)."""
    own = dict(printed.now().record)
    if not own:
        return book
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in own.items()}
    return replace(book, authors=(Author(told.pop("author")),), **told)


def is_there(root: Path = ROOT) -> bool:
    """Whether the book at ``root`` has a record; small books of tests have none."""
    return (root / FILE).is_file()


def name(root: Path = ROOT) -> str:
    """What the names of the book's files begin with; ``book`` if it has no record."""
    return record(root).name if is_there(root) else "book"


def version(root: Path = ROOT) -> str:
    """The version of the book at ``root``; empty if it has no record."""
    return record(root).version if is_there(root) else ""


def date(root: Path = ROOT) -> str:
    """The day of that version; empty if it has no record."""
    return record(root).date if is_there(root) else ""


def _checked(given: object, language: str, files: str, site: str, repository: str) -> Record:
    lacks = [name for name in NEEDED if not isinstance(given, dict) or name not in given]
    if lacks:
        raise NoRecord(f"{FILE}: it lacks {', '.join(lacks)}: write what is missing")
    words = {name: " ".join(str(given.get(name) or "").split())
             for name in ("title", "date-released", "doi", "abstract")}  # fmt: skip
    for name in ("title", "abstract"):
        must(words[name], name, given[name], "words")
    version, licences, keywords = given["version"], given["license"], given["keywords"]
    must(isinstance(version, str) and VERSION.fullmatch(version), "version", version,
         '"2026.2", or "2026.2.dev" before it is out')  # fmt: skip
    must(is_day(words["date-released"]), "date-released", given["date-released"], '"2026-11-22"')
    must(not words["doi"] or DOI.fullmatch(words["doi"]), "doi", given.get("doi"),
         "10.5281/zenodo.123456 without an address before it, or leave it out")  # fmt: skip
    must(isinstance(keywords, list) and all(isinstance(word, str) for word in keywords),
         "keywords", keywords, "a list of words")  # fmt: skip
    must(isinstance(licences, list) and len(licences) == 2, "license", licences,
         "two, that of the text and that of the code: [CC-BY-4.0, MIT]")  # fmt: skip
    people = given["authors"]
    must(isinstance(people, list) and people, "authors", people, "a list of at least one")
    for name, here in (("url", site), ("repository-code", repository)):
        if name in given:
            must(here and given[name] == here, name, given[name], f"that of {CONFIG.name}, {here!r}")
    return Record(words["title"], tuple(map(_author, people)), version, words["date-released"],
                  words["doi"], language, words["abstract"], tuple(keywords), *map(str, licences),
                  site, repository, files)  # fmt: skip


def _author(given: object) -> Author:
    known = {"name": "name", "family-names": "family", "given-names": "given", "orcid": "orcid"}
    fields = set(given) if isinstance(given, dict) else set()
    right = ({"name"}, {"family-names", "given-names"}, {"family-names", "given-names", "orcid"})
    must(fields in right and all(str(v or "").strip() for v in given.values()), "authors", given,
         "a name, or family-names and given-names, with or without an orcid")  # fmt: skip
    words = {known[name]: " ".join(str(v).split()) for name, v in given.items()}
    if "orcid" in words:
        match = ORCID.fullmatch(words["orcid"])
        must(match, "orcid", words["orcid"], "https://orcid.org/0000-0002-1825-0097")
        words["orcid"] = match[1]
    return Author(**words)


def must(holds: object, field: str, value: object, example: str) -> None:
    """Raise NoRecord, with an example of the field, unless its value holds."""
    if not holds:
        raise NoRecord(f"{FILE}: {field} is {value!r}: give {example}")


def is_day(words: str) -> bool:
    """Whether words are a day as ISO 8601 writes it, 2026-11-22."""
    try:
        return datetime.date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def faults(root: Path = ROOT) -> list[str]:
    """Files that state another version than the record; none for a book without a record.

    Raises NoRecord if the record itself cannot be used.
    """
    if not is_there(root):
        return []
    return [
        f"{path.relative_to(root).as_posix()}: it does not state, on one line, the version of "
        f"{FILE}: write {record(root).version} there"
        for path, text, wanted in _stated(root, record(root).version) if text != wanted
    ]  # fmt: skip


def set_version(root: Path, version: str, date: str) -> list[Path]:
    """Write a version and its day into the record and wherever the version is stated.

    A DOI stays if only ``.dev`` falls away: it was reserved for the edition that now comes out.
    Gives the files that changed.  Raises NoRecord.
    """
    must(VERSION.fullmatch(version), "version", version, "2026.2, or 2026.2.dev before it is out")
    must(is_day(date), "date", date, "2026-11-22")
    before, path = record(root), root / FILE
    old = path.read_text(encoding="utf-8")
    new = _line(_line(old, "version", version), "date-released", date)
    if version != before.version.removesuffix(urls.UNRELEASED) and version != before.version:
        new = re.sub(r"(?m)^doi:.*\n", "", new)
    changed = [(path, old, new), *_stated(root, version)]
    changed = [(path, text) for path, old, text in changed if text != old]
    for path, text in changed:
        must(text, "version", "not stated, or more than once", f"one line in {path.name}")
    for path, text in changed:
        path.write_text(text, encoding="utf-8")
    record.cache_clear()
    return [path for path, _ in changed]


def _stated(root: Path, version: str) -> list[tuple[Path, str, str]]:
    """Each other file that states the version: its text, and the one it must have; "" if none can."""
    found = []
    for name, line in STATED.items():
        if (root / name).is_file():  # a book of tests has no pyproject.toml
            text = (root / name).read_text(encoding="utf-8")
            stated, times = line.subn(rf'\g<1>"{version}"', text)
            found.append((root / name, text, stated if times == 1 else ""))
    return found


def _line(text: str, field: str, value: str) -> str:
    """The record with the value of a field of one line, whose comment stays."""
    pattern = rf'(?m)^{field}:[ ]*(?:"[^"\n]*"|\'[^\'\n]*\'|[^#\n]*?)([ ]*(?:#.*)?)$'
    changed, found = re.subn(pattern, lambda m: f'{field}: "{value}"{m[1]}', text)
    if found != 1:
        raise NoRecord(f"{FILE}: {field} must stand on one line of its own, once")
    return changed


def _settings(config: Path) -> tuple[str, str, str, str]:
    """The language, the book's name, the site's root and the repository, of the settings; addresses
    are empty if not set.  Raises NoRecord for a name that is none of a file."""
    from types import SimpleNamespace

    from press import site_settings

    try:
        settings = yaml.safe_load(config.read_text(encoding="utf-8")) or {}
    except (FileNotFoundError, yaml.YAMLError):
        return "en", "book", "", ""  # the build says so, with the line
    html, sphinx = settings.get("html") or {}, (settings.get("sphinx") or {}).get("config") or {}
    as_read = SimpleNamespace(html_baseurl=html.get("baseurl"),
                              html_theme_options=sphinx.get("html_theme_options") or {})  # fmt: skip
    language, name = str(sphinx.get("language") or "en"), str(sphinx.get("press_name") or "book")
    if not NAME.fullmatch(name):
        raise NoRecord(f"{config.name}: press_name is {name!r}: give small letters, digits and hyphens")
    try:
        return language, name, site_settings.address(as_read), site_settings.repository(as_read)[0]
    except site_settings.NoAddress:
        return language, name, "", ""  # likewise
