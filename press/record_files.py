"""Files that other services read, each made from the record of the book (``press.record``).

- ``CITATION.cff``: GitHub, Zotero and others; the Citation File Format 1.2.0.
- ``.zenodo.json``: what Zenodo notes of an edition that it archives.
- ``codemeta.json``: registries of software; CodeMeta 3.0.

``pyproject.toml`` and ``data/datapackage.json``, which are written by hand, each state the version
on one line.  ``python -m press record`` writes all of them again; ``check`` names those that differ.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import yaml

from press import ROOT
from press.record import Author, Record, is_there, record

REMEDY = "write it again from book.yml with: python -m press record"
ZENODO = "10.5281/"
SPDX = "https://spdx.org/licenses/"
ISO_639_2 = {"en": "eng", "zh": "zho", "de": "deu", "fr": "fra"}  # which Zenodo wants
#: Files of which one line states the version, and that line.
STATED = {
    "pyproject.toml": re.compile(r'(?m)^(version = )"[^"\n]*"$'),
    "data/datapackage.json": re.compile(r'(?m)^( "version": )"[^"\n]*"(?=,?$)'),
}
HEAD = "# Made from book.yml by: python -m press record\n"
MESSAGE = "To cite a chapter, a figure, a claim or a number, use the words under Cite on its page."


def cff(book: Record) -> str:
    """``CITATION.cff``."""
    said = {
        "cff-version": "1.2.0",
        "title": book.title,
        "message": MESSAGE,
        "type": "dataset",
        "authors": [_cff_author(author) for author in book.authors],
        "version": book.version,
        "date-released": book.date,
        "doi": book.doi,
        "url": book.site,
        "repository-code": book.repository,
        "license": [book.text_licence, book.code_licence],
        "abstract": book.abstract,
        "keywords": list(book.keywords),
    }
    said = {name: value for name, value in said.items() if value}
    return HEAD + yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=100)


def _cff_author(author: Author) -> dict[str, str]:
    if author.name:
        return {"name": author.name}
    said = {"family-names": author.family, "given-names": author.given}
    return said | ({"orcid": f"https://orcid.org/{author.orcid}"} if author.orcid else {})


def zenodo(book: Record) -> str:
    """``.zenodo.json``: the fields that Zenodo's deposit takes."""
    said = {
        "title": book.title,
        "upload_type": "publication",
        "publication_type": "book",
        "creators": [
            {"name": author.name or f"{author.family}, {author.given}"}
            | ({"orcid": author.orcid} if author.orcid else {})
            for author in book.authors
        ],
        "version": book.version,
        "publication_date": book.date,
        # Zenodo gives its own DOIs and refuses to be told one of them.
        "doi": "" if book.doi.startswith(ZENODO) else book.doi,
        "description": f"<p>{escape(book.abstract, quote=False)}</p>",
        "keywords": list(book.keywords),
        "access_right": "open",
        "license": book.text_licence.lower(),
        "language": ISO_639_2.get(book.language, ""),
        "notes": f"Text and data: {book.text_licence}. Code: {book.code_licence}.",
        "related_identifiers": [
            {"identifier": address, "relation": relation, "scheme": "url"}
            for address, relation in (
                (book.site, "isAlternateIdentifier"), (book.repository, "isSupplementedBy"),
            )
            if address
        ],
    }  # fmt: skip
    return _json({name: value for name, value in said.items() if value})


def codemeta(book: Record) -> str:
    """``codemeta.json``."""
    said = {
        "@context": "https://w3id.org/codemeta/3.0",
        "type": "SoftwareSourceCode",
        "name": book.title,
        "description": book.abstract,
        "author": [_codemeta_author(author) for author in book.authors],
        "version": book.version,
        "dateModified": book.date,
        "datePublished": book.date,
        "identifier": f"https://doi.org/{book.doi}" if book.doi else "",
        "license": [SPDX + name for name in (book.code_licence, book.text_licence)],
        "keywords": list(book.keywords),
        "inLanguage": book.language,
        "programmingLanguage": "Python",
        "url": book.site,
        "codeRepository": book.repository,
    }
    return _json({name: value for name, value in said.items() if value})


def _codemeta_author(author: Author) -> dict[str, str]:
    if author.name:
        return {"type": "Organization", "name": author.name}
    said = {"type": "Person", "givenName": author.given, "familyName": author.family}
    return said | ({"id": f"https://orcid.org/{author.orcid}"} if author.orcid else {})


def _json(said: dict) -> str:
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


FILES = {"CITATION.cff": cff, ".zenodo.json": zenodo, "codemeta.json": codemeta}


def write(root: Path = ROOT) -> list[Path]:
    """Write all files again; gives those that changed.  Raises NoRecord and OSError."""
    changed = []
    for path, text in _wanted(root):
        if text is not None and _text(path) != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def check(root: Path = ROOT) -> list[str]:
    """Faults, each a line that names a file and the remedy; none for a book without a record.

    Raises NoRecord if the record itself cannot be used.
    """
    if not is_there(root):
        return []
    faults = []
    for path, text in _wanted(root):
        name = path.relative_to(root).as_posix()
        if text is None:
            faults.append(f"{name}: no line, or more than one, states the version; it must stand "
                          "there once for the version of book.yml")  # fmt: skip
        elif _text(path) is None:
            faults.append(f"{name}: it is not there; {REMEDY}")
        elif _text(path) != text:
            faults.append(f"{name}: it differs from the record of the book; {REMEDY}")
    return faults


def _wanted(root: Path) -> Iterator[tuple[Path, str | None]]:
    """Each file with the text that it must have; None if no such text can be made."""
    book = record(root)
    for name, made in FILES.items():
        yield root / name, made(book)
    for name, line in STATED.items():
        text = _text(root / name)
        if text is not None:  # a book of tests has no pyproject.toml
            stated, found = line.subn(rf'\g<1>"{book.version}"', text)
            yield root / name, stated if found == 1 else None


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def rewrite(root: Path = ROOT) -> int:
    """``python -m press record``: write the files and say which changed."""
    from press import shown

    changed = write(root)
    for path in changed:
        print(f"written: {shown(path)}")
    faults = check(root)  # those that writing cannot mend
    for fault in faults:
        print(fault)
    if not changed and not faults:
        print("All files agree with the record.")
    return 1 if faults else 0
