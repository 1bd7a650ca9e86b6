"""One record of the book, and the files that state its version."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from press import ROOT, book_metadata
from press.book_metadata import FILE, STATED, Author, NoRecord
from press.build import build

PERSON = "  - {family-names: Li, given-names: Wei, orcid: https://orcid.org/0000-0002-1825-0097}"


@pytest.fixture
def copy(tmp_path) -> Path:
    """The record and what states its version, as edition 2026.1, to be changed."""
    (tmp_path / "data").mkdir()
    for name in (FILE, "_config.yml", *STATED):
        shutil.copy(ROOT / name, tmp_path / name)
    book_metadata.set_version(tmp_path, "2026.1", "2026-11-22")
    return tmp_path


def change(root: Path, line: str, instead: str, name: str = FILE) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert line in text
    (root / name).write_text(text.replace(line, instead), encoding="utf-8")
    book_metadata.record.cache_clear()


def test_all_files_agree_with_the_record():
    assert book_metadata.faults(ROOT) == []


@pytest.mark.parametrize("name", STATED)
def test_a_file_that_states_another_version_is_named_with_the_remedy(copy, name):
    change(copy, "2026.1", "2026.7", name)
    (fault,) = book_metadata.faults(copy)
    assert fault == f"{name}: it does not state, on one line, the version of {FILE}: write 2026.1 there"
    book_metadata.set_version(copy, "2026.1", "2026-11-22")
    assert book_metadata.faults(copy) == []


def test_a_book_is_not_built_on_files_that_differ(copy, monkeypatch):
    change(copy, 'version = "2026.1"', "", "pyproject.toml")
    monkeypatch.setattr(build, "ROOT", copy)
    (fault,) = build.check_record()
    assert fault.startswith("pyproject.toml: ")
    with pytest.raises(NoRecord, match="give one line in pyproject.toml"):
        book_metadata.set_version(copy, "2026.2", "2026-12-24")
    assert book_metadata.version(copy) == "2026.1"
    change(copy, "title: ", "title: [")
    (fault,) = build.check_record()
    assert fault.startswith(f"{FILE}: it is no YAML")


def test_a_version_is_written_everywhere_and_nothing_else_changes(copy):
    before = (copy / FILE).read_text(encoding="utf-8").splitlines()
    changed = book_metadata.set_version(copy, "2026.2", "2026-12-24")
    assert {path.relative_to(copy).as_posix() for path in changed} == {FILE, *STATED}
    assert book_metadata.faults(copy) == []
    now = book_metadata.record(copy)
    assert (now.version, now.edition, now.date, now.year) == ("2026.2", "2026.2", "2026-12-24", "2026")
    after = (copy / FILE).read_text(encoding="utf-8").splitlines()
    assert [b for a, b in zip(before, after, strict=True) if a != b] == [
        'version: "2026.2" # an edition; between two of them 2026.2.dev',
        'date-released: "2026-12-24" # of this version',
    ]
    assert book_metadata.set_version(copy, "2026.2", "2026-12-24") == []


def test_a_reserved_doi_stays_when_its_edition_comes_out_and_no_longer(copy):
    book_metadata.set_version(copy, "2026.2.dev", "2026-12-01")
    change(copy, "\nlicense:", '\ndoi: "10.1234/book.2"\nlicense:')
    book_metadata.set_version(copy, "2026.2", "2026-12-24")
    assert book_metadata.record(copy).doi == "10.1234/book.2"
    book_metadata.set_version(copy, "2026.3.dev", "2026-12-25")
    assert book_metadata.record(copy).doi == ""


@pytest.mark.parametrize(("version", "date"), [
    ("26.2", "2026-12-24"), ("2026.2-dev", "2026-12-24"), ("2026.02", "2026-12-24"),
    ("2026.2\n", "2026-12-24"), ("2026.2", "24.12.2026"), ("2026.2", "2026-02-30"),
])  # fmt: skip
def test_what_is_no_version_or_no_day_changes_nothing(copy, version, date):
    with pytest.raises(NoRecord, match=f"{FILE}: (version|date) is"):
        book_metadata.set_version(copy, version, date)
    assert book_metadata.faults(copy) == [] and book_metadata.record(copy).version == "2026.1"


@pytest.mark.parametrize(("line", "instead", "words"), [
    ("\nlicense:", "\ndoi: https://doi.org/10.5281/zenodo.1\nlicense:", "doi is"),
    ('version: "2026.1"', "version: 2026.1", "version is 2026.1: give"),
    ("  - name: The authors", "  - The authors", "authors is"),
    ("  - name: The authors", "  - {family-names: Li, given-names: Wei, orcid: x}", "orcid is"),
    ("keywords:", "kewords:", "it lacks keywords"),
    ("  - MIT # of the code\n", "", "license is ['CC-BY-4.0']: give two"),
    ("type: dataset", "type: dataset\nurl: https://other.example/", "url is"),
])  # fmt: skip
def test_a_record_that_cannot_be_used_says_what_to_mend(copy, line, instead, words):
    change(copy, line, instead)
    with pytest.raises(NoRecord) as fault:
        book_metadata.record(copy)
    assert str(fault.value).startswith(f"{FILE}: ") and words in str(fault.value)


@pytest.mark.parametrize("full", [False, True], ids=["today", "full"])
def test_the_record_is_valid_and_another_program_reads_the_same_from_it(copy, full):
    """cffconvert has the schema of CFF 1.2.0, and makes of it what Zenodo takes."""
    from cffconvert import Citation

    if full:
        change(copy, "  - name: The authors", f"{PERSON}\n  - name: A group & others")
        change(copy, "\nlicense:", '\ndoi: "10.5281/zenodo.123456"\nlicense:')
        change(copy, 'baseurl: ""', "baseurl: https://book.example", "_config.yml")
        change(copy, "type: dataset", "type: dataset\nurl: https://book.example/")
    command = [str(Path(sys.executable).with_name("cffconvert")), "--validate"]
    said = subprocess.run(command, cwd=copy, capture_output=True, text=True).stdout
    assert "valid according to schema version 1.2.0" in said
    book = book_metadata.record(copy)
    zenodo = json.loads(Citation((copy / FILE).read_text(encoding="utf-8")).as_zenodo())
    assert zenodo["title"] == book.title and zenodo["version"] == book.version
    assert zenodo["publication_date"] == book.date and zenodo["keywords"] == list(book.keywords)
    assert zenodo["description"].split() == book.abstract.split()
    assert [one["name"] for one in zenodo["creators"]] == [
        author.name or f"{author.family}, {author.given}" for author in book.authors
    ]
    if full:
        assert book.authors == (Author(family="Li", given="Wei", orcid="0000-0002-1825-0097"),
                                Author(name="A group & others"))  # fmt: skip
        assert (book.site, book.doi) == ("https://book.example/", "10.5281/zenodo.123456")
        assert book.online == "https://book.example/2026.1"
