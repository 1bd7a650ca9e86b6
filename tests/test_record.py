"""One record of the book, and the files made from it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from press import ROOT, build, record, record_files
from press.record import Author, NoRecord

MADE = (*record_files.FILES, *record_files.STATED)
PERSON = Author(family="Li", given="Wei", orcid="0000-0002-1825-0097")


@pytest.fixture
def copy(tmp_path) -> Path:
    """The record and all that is made from it, as edition 2026.1, to be changed."""
    (tmp_path / "data").mkdir()
    for name in ("book.yml", "_config.yml", *MADE):
        shutil.copy(ROOT / name, tmp_path / name)
    record.set_version(tmp_path, "2026.1", "2026-11-22")
    return tmp_path


def write(root: Path, text: str) -> None:
    (root / "book.yml").write_text(text, encoding="utf-8")
    record.record.cache_clear()


def valid_cff(folder: Path) -> str:
    """What cffconvert, which has the schema of CFF 1.2.0, says of the file in a folder."""
    command = [str(Path(sys.executable).with_name("cffconvert")), "--validate"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


def test_all_files_agree_with_the_record():
    assert record_files.check(ROOT) == []


@pytest.mark.parametrize("name", MADE)
def test_a_file_that_differs_is_a_fault_with_its_name_and_remedy(copy, name):
    path = copy / name
    path.write_text(path.read_text(encoding="utf-8").replace("2026.1", "2026.7"), encoding="utf-8")
    (fault,) = record_files.check(copy)
    assert fault.startswith(f"{name}: it differs") and "python -m press record" in fault
    assert record_files.write(copy) == [path] and record_files.check(copy) == []


def test_a_file_that_is_gone_is_a_fault_and_is_written_again(copy):
    (copy / "codemeta.json").unlink()
    assert record_files.check(copy) == [
        f"codemeta.json: it is not there; {record_files.REMEDY}"
    ]
    assert record_files.write(copy) == [copy / "codemeta.json"]


def test_a_book_is_not_built_on_files_that_differ(copy, monkeypatch):
    (copy / ".zenodo.json").write_text("{}\n", encoding="utf-8")
    monkeypatch.setattr(build, "ROOT", copy)
    (fault,) = build.check_record()
    assert fault.startswith(".zenodo.json: ")
    write(copy, "title: [")
    (fault,) = build.check_record()
    assert fault.startswith("book.yml: it is no YAML")


def test_a_version_is_written_everywhere(copy):
    before = (copy / "book.yml").read_text(encoding="utf-8").splitlines()
    changed = record.set_version(copy, "2026.2", "2026-12-24")
    assert {path.relative_to(copy).as_posix() for path in changed} == {"book.yml", *MADE}
    assert record_files.check(copy) == []
    now = record.record(copy)
    assert (now.version, now.edition, now.date, now.year) == ("2026.2", "2026.2", "2026-12-24", "2026")
    for name in MADE:
        text = (copy / name).read_text(encoding="utf-8")
        assert "2026.2" in text and "2026.1" not in text.replace("2026.1.", ""), name
    after = (copy / "book.yml").read_text(encoding="utf-8").splitlines()
    assert [b for a, b in zip(before, after, strict=True) if a != b] == [
        line for line in after if line.startswith(("version:", "date:"))
    ]
    assert record.set_version(copy, "2026.2", "2026-12-24") == []


def test_a_reserved_doi_stays_when_its_edition_comes_out_and_no_longer(copy):
    record.set_version(copy, "2026.2.dev", "2026-12-01")
    text = (copy / "book.yml").read_text(encoding="utf-8")
    write(copy, text.replace('doi: ""', 'doi: "10.1234/book.2"'))
    record.set_version(copy, "2026.2", "2026-12-24")
    assert record.record(copy).doi == "10.1234/book.2"
    for name in record_files.FILES:
        assert "10.1234/book.2" in (copy / name).read_text(encoding="utf-8"), name
    record.set_version(copy, "2026.3.dev", "2026-12-25")
    assert record.record(copy).doi == ""
    for name in record_files.FILES:
        assert "10.1234/book.2" not in (copy / name).read_text(encoding="utf-8"), name


def test_zenodo_is_told_no_doi_of_its_own():
    for doi, told in (("10.5281/zenodo.1", None), ("10.1234/a", "10.1234/a")):
        book = replace(record.record(ROOT), doi=doi)
        assert json.loads(record_files.zenodo(book)).get("doi") == told
        assert doi in record_files.cff(book) and doi in record_files.codemeta(book)


@pytest.mark.parametrize(("version", "date"), [
    ("26.2", "2026-12-24"), ("2026.2-dev", "2026-12-24"), ("2026.02", "2026-12-24"),
    ("2026.2\n", "2026-12-24"), ("2026.2", "24.12.2026"), ("2026.2", "2026-02-30"),
])  # fmt: skip
def test_what_is_no_version_or_no_day_changes_nothing(copy, version, date):
    with pytest.raises(NoRecord, match="book.yml: (version|date) is"):
        record.set_version(copy, version, date)
    assert record_files.check(copy) == [] and record.record(copy).version == "2026.1"


@pytest.mark.parametrize(("line", "instead", "words"), [
    ('doi: ""', 'doi: "https://doi.org/10.5281/zenodo.1"', "doi is"),
    ('version: "2026.1"', "version: 2026", "version is 2026: give"),
    ("language: en", "language: English", "language is"),
    ("  - name: The authors", "  - The authors", "authors is"),
    ("  - name: The authors", "  - {family-names: Li, given-names: Wei, orcid: x}", "orcid is"),
    ("language: en", "langauge: en", "missing or unknown: langauge, language"),
])  # fmt: skip
def test_a_record_that_cannot_be_used_says_what_to_mend(copy, line, instead, words):
    text = (copy / "book.yml").read_text(encoding="utf-8")
    assert line in text
    write(copy, text.replace(line, instead))
    with pytest.raises(NoRecord) as fault:
        record.record(copy)
    assert str(fault.value).startswith("book.yml: ") and words in str(fault.value)


FULL = {"authors": (PERSON, Author(name="A group & others")), "doi": "10.5281/zenodo.123456",
        "site": "https://book.example/", "repository": "https://github.com/some/book",
        "title": "A title: 100% {of} \"it\" & <b>more</b>\nand more #"}  # fmt: skip


@pytest.mark.parametrize("given", [{}, FULL], ids=["today", "full"])
def test_the_citation_file_is_valid_and_another_program_reads_the_same_from_it(tmp_path, given):
    book = replace(record.record(ROOT), **given)
    (tmp_path / "CITATION.cff").write_text(record_files.cff(book), encoding="utf-8")
    assert "valid according to schema version 1.2.0" in valid_cff(tmp_path)
    from cffconvert import Citation  # which makes Zenodo's and CodeMeta's form of it, too

    theirs = Citation(record_files.cff(book))
    zenodo, ours = json.loads(theirs.as_zenodo()), json.loads(record_files.zenodo(book))
    for field in ("title", "version", "publication_date", "creators", "keywords"):
        assert zenodo[field] == ours[field], field
    meta, ours = json.loads(theirs.as_codemeta()), json.loads(record_files.codemeta(book))
    for field in ("name", "version", "datePublished", "description", "keywords", "codeRepository"):
        assert meta.get(field) == ours.get(field), field


@pytest.mark.parametrize("given", [{}, FULL], ids=["today", "full"])
def test_what_zenodo_takes(given):
    """The fields and words that Zenodo's documentation of its deposits names."""
    said = json.loads(record_files.zenodo(replace(record.record(ROOT), **given)))
    known = {"title", "upload_type", "publication_type", "creators", "version", "publication_date",
             "doi", "description", "keywords", "access_right", "license", "language", "notes",
             "related_identifiers"}  # fmt: skip
    assert set(said) <= known
    assert (said["upload_type"], said["publication_type"]) == ("publication", "book")
    assert (said["access_right"], said["license"]) == ("open", "cc-by-4.0")
    assert all(set(person) <= {"name", "orcid", "affiliation", "gnd"} for person in said["creators"])
    assert {one["relation"] for one in said.get("related_identifiers", [])} <= {
        "isAlternateIdentifier", "isSupplementedBy",
    }  # fmt: skip


def test_the_command_writes_the_files(copy, monkeypatch, capsys):
    monkeypatch.setattr(record_files.rewrite, "__defaults__", (copy,))
    (copy / "CITATION.cff").unlink()
    (copy / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert record_files.rewrite() == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("written: ") and said[0].endswith("CITATION.cff")
    assert said[1].startswith("pyproject.toml: no line, or more than one, states the version")
    shutil.copy(ROOT / "pyproject.toml", copy)
    record_files.write(copy)
    assert record_files.rewrite() == 0
    assert capsys.readouterr().out == "All files agree with the record.\n"
