"""What is released of an edition, and the check of a download against its manifest."""

from __future__ import annotations

import calendar
import gzip
import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import pytest
from frictionless import Package

from press import HTML, ROOT, assets, book_metadata, deterministic_archives
from press.assets import manifest, notes
from press.execution.digests import book_files
from tools import secret_scan

STEM = f"{assets.NAME}-2026.1"


def small_book(folder: Path, version: str = "2026.1") -> Path:
    """A repository with a record, a table and two pages, in ``_build/html``."""
    for name in ("requirements.txt", *assets.WITH_DATA):
        folder.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    book_metadata.record.cache_clear()
    book_metadata.set_version(folder, version, "2026-11-22")
    (folder / "CHANGELOG.md").write_text("# Changes\n\n## 2026.1 (2026-11-22)\n\nThe first.\n\n## 2025.1\n\nNone.\n")
    (folder / "data").mkdir()
    (folder / "data" / "places.csv").write_text("place\nchongqing\n")
    pages = folder / "_build" / "html"
    for name in ("index.html", "chapters/重庆.html", ".buildinfo"):
        path = pages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (pages / "edition.json").write_text(json.dumps({"version": version}))
    for name in ("book.pdf", "book.epub"):
        (folder / "_build" / name).write_text(name)
    return folder


def write(book: Path, out: Path) -> Path:
    build = book / "_build"
    return assets.write(build / "html", book, out, pdf=build / "book.pdf", epub=build / "book.epub")


@pytest.fixture
def download(tmp_path, monkeypatch) -> Path:
    """All assets of a small edition, its archives unpacked beside them."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = write(small_book(tmp_path / "book"), tmp_path / "out")
    with tarfile.open(made / f"{STEM}-html.tar.gz") as archive:
        archive.extractall(made, filter="data")
    for name in ("offline", "data"):
        with zipfile.ZipFile(made / f"{STEM}-{name}.zip") as archive:
            archive.extractall(made)
    return made


def check(folder: Path, *options: str) -> tuple[int, str]:
    """Exit status of the check and what it says of files that are not as they were."""
    command = [*manifest.CHECK.split(), "--quiet", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout


# ------------------------------------------------------------------------------ what is written


def test_the_same_book_gives_the_same_assets(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    book = small_book(tmp_path / "book")
    one = write(book, tmp_path / "one")
    again = tmp_path / "elsewhere" / "书"
    again.parent.mkdir()
    shutil.copytree(book, again)
    (again / "_build/html/index.html").chmod(0o600)
    os.utime(again / "_build/html/index.html", (time.time() + 1e5,) * 2)
    monkeypatch.setenv("TZ", "Asia/Chongqing")
    time.tzset()
    two = write(again, tmp_path / "two")
    monkeypatch.undo()
    time.tzset()
    assert {path.name for path in one.iterdir()} == {
        "MANIFEST.json", "SHA256SUMS", f"{STEM}-html.tar.gz", f"{STEM}-offline.zip",
        f"{STEM}-data.zip", f"{STEM}.pdf", f"{STEM}.epub",
    }  # fmt: skip
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes(), path.name


@pytest.mark.parametrize("epoch, day", [("", "2026-11-22"), ("1767225600", "2026-01-01")])
def test_files_bear_the_day_of_the_edition_or_the_one_asked_for(tmp_path, monkeypatch, epoch, day):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    made = write(small_book(tmp_path / "book"), tmp_path / "out")
    with tarfile.open(made / f"{STEM}-html.tar.gz") as archive:
        moments = {entry.mtime for entry in archive}
        assert {(entry.mode, entry.uid, entry.uname) for entry in archive} == {(0o644, 0, "")}
    with zipfile.ZipFile(made / f"{STEM}-data.zip") as archive:
        moments |= {calendar.timegm((*entry.date_time, 0)) for entry in archive.infolist()}
    (moment,) = moments
    assert time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(moment)) == f"{day} 00:00:00"
    assert json.loads((made / "MANIFEST.json").read_text())["source_date_epoch"] == moment


def test_an_archive_says_nothing_of_who_packed_it(tmp_path):
    deterministic_archives.tarred(tmp_path / "a.tar.gz", "a", {"b": b"c"}, 86400)
    with gzip.open(tmp_path / "a.tar.gz") as file:
        assert b"root" not in file.read()
    head = (tmp_path / "a.tar.gz").read_bytes()[:10]
    assert head[3] == 0 and head[4:8] == (86400).to_bytes(4, "little")  # no name in it


def test_pages_of_another_version_are_refused(tmp_path):
    book = small_book(tmp_path / "book")
    (book / "_build/html/edition.json").write_text('{"version": "2025.1"}')
    with pytest.raises(assets.NoAssets, match="the pages call themselves 2025.1, the record 2026.1"):
        write(book, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_edition_that_is_not_there_is_refused(tmp_path):
    book = small_book(tmp_path / "book")
    for command in (["init", "-q"], ["add", "CITATION.cff"],
                    ["-c", "user.name=a", "-c", "user.email=b", "commit", "-qm", "A book"]):  # fmt: skip
        subprocess.run(["git", *command], cwd=book, check=True)
    with pytest.raises(assets.NoAssets, match="in editions.yml"):
        assets.of_edition(book, "2026.1")
    subprocess.run(["git", "tag", "2026.1"], cwd=book, check=True)
    with pytest.raises(assets.NoAssets, match="make restore site"):
        assets.of_edition(book, "2026.1")
    (book / "site/2026.1").mkdir(parents=True)
    with pytest.raises(assets.NoAssets, match="cannot make any yet"):
        assets.of_edition(book, "2026.1")


def test_the_manifest_names_outputs_inputs_and_environment(download, tmp_path):
    told = json.loads((download / "MANIFEST.json").read_text(encoding="utf-8"))
    assert told["version"] == "2026.1" and told["date"] == "2026-11-22"
    assert told["commit"] == "unknown"  # a source archive
    assert set(told["assets"]) == {p.name for p in download.iterdir() if p.is_file()} - {"MANIFEST.json", "SHA256SUMS"}
    assert set(told["files"]["pages"]) == {"index.html", "chapters/重庆.html", "edition.json"}
    assert set(told["files"]["data"]) == {"places.csv", *assets.WITH_DATA}
    book = tmp_path / "book"
    assert set(told["inputs"]) == {p.relative_to(book).as_posix() for p in book_files(book)}
    assert {"CITATION.cff", "CHANGELOG.md", "data/places.csv"} <= set(told["inputs"])
    environment = told["environment"]
    assert environment["python"] == "{}.{}".format(*sys.version_info)
    assert environment["requirements.txt"] == manifest.entry(ROOT / "requirements.txt")
    assert environment["packages"]["numpy"] in (ROOT / "requirements.txt").read_text()
    assert str(tmp_path) not in (download / "MANIFEST.json").read_text()


def test_the_commit_is_named_and_whether_files_differ_from_it(tmp_path):
    assert manifest.commit(tmp_path) == "unknown"
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert manifest.commit(tmp_path) == "unknown"  # nothing is committed yet
    identity = ["-c", "user.name=a", "-c", "user.email=b"]
    subprocess.run(["git", *identity, "commit", "-q", "--allow-empty", "-m", "A"], cwd=tmp_path, check=True)
    commit = manifest.commit(tmp_path)
    assert len(commit) == 40 and set(commit) <= set("0123456789abcdef")
    (tmp_path / "new").touch()
    assert manifest.commit(tmp_path) == f"{commit} with changes"
    (tmp_path / "part").mkdir()
    assert manifest.commit(tmp_path / "part") == "unknown"


def test_the_notes_say_what_is_new_and_how_to_check(download, tmp_path):
    text = (download.parent / "2026.1.md").read_text(encoding="utf-8")
    assert text.startswith("The first.\n") and "None." not in text
    assert manifest.entry(download / "SHA256SUMS")["sha256"] in text and manifest.CHECK in text
    assert notes.new(tmp_path / "book", "2024.1") == ""


# ------------------------------------------------------------------------- the check of a download


def test_a_good_download_is_good_and_one_file_alone_can_be_checked(download, tmp_path):
    assert check(download) == (0, "")
    alone = tmp_path / "alone"
    alone.mkdir()
    for name in (manifest.SUMS, f"{STEM}.pdf"):
        shutil.copy(download / name, alone)
    assert check(alone) == (0, "")
    listed = (download / manifest.SUMS).read_text().splitlines()
    assert {line[66:] for line in listed} == {
        "MANIFEST.json", f"{STEM}-html.tar.gz", f"{STEM}-offline.zip", f"{STEM}-data.zip", f"{STEM}.pdf",
        f"{STEM}.epub",
    }  # fmt: skip


@pytest.mark.parametrize("name", [f"{STEM}.pdf", f"{STEM}-html.tar.gz", "MANIFEST.json"])
def test_one_changed_byte_is_found(download, name):
    content = bytearray((download / name).read_bytes())
    content[-1] ^= 1
    (download / name).write_bytes(content)
    assert check(download) == (1, f"{name}: FAILED\n")


# ----------------------------------------------------------------------------------- the real book


@pytest.fixture(scope="module")
def real(html, tmp_path_factory) -> Path:
    """The assets of the built book, with stand-ins for its prints, which test_paper.py makes."""
    folder = tmp_path_factory.mktemp("assets")
    for name in ("book.pdf", "book.epub"):
        (folder / name).write_text(name)
    return assets.write(HTML, ROOT, folder / "out", pdf=folder / "book.pdf", epub=folder / "book.epub")


@pytest.mark.slow
@pytest.mark.book
def test_the_data_package_stands_on_its_own(real, tmp_path):
    version = book_metadata.record().version
    with zipfile.ZipFile(real / f"{assets.NAME}-{version}-data.zip") as archive:
        archive.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    for name in ("datapackage.json", "sources.bib", "README.md", *assets.WITH_DATA):
        assert (folder / name).is_file()
    package = Package(str(folder / "datapackage.json"))
    described = {resource.path for resource in package.resources}
    assert described == {p.relative_to(folder).as_posix() for p in folder.rglob("*.csv")}
    report = package.validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "note"])[:5]
    assert len(report.tasks) == len(described)
    assert package.to_dict()["version"] == version


@pytest.mark.slow
@pytest.mark.book
def test_the_assets_of_the_book_hold_each_page_and_pass_their_check(real, html):
    told = json.loads((real / "MANIFEST.json").read_text(encoding="utf-8"))
    there = {p.relative_to(html).as_posix() for p in html.rglob("*") if p.is_file() and p.name != ".buildinfo"}
    assert set(told["files"]["pages"]) == there
    with tarfile.open(real / f"{assets.NAME}-{told['version']}-html.tar.gz") as archive:
        packed = {entry.name.partition("/")[2]: entry.size for entry in archive}
    assert packed == {name: entry["bytes"] for name, entry in told["files"]["pages"].items()}
    for folder in ("data", "chapters", "citygap", "press"):
        assert any(name.startswith(f"{folder}/") for name in told["inputs"])
    assert {"_config.yml", "CITATION.cff", "pyproject.toml"} <= set(told["inputs"])
    assert check(real) == (0, "")


@pytest.mark.slow
@pytest.mark.book
def test_the_manifest_gives_nothing_of_this_machine_away(real, tmp_path):
    for name in ("MANIFEST.json", "SHA256SUMS"):
        shutil.copy(real / name, tmp_path)
    shutil.copy(real.parent / f"{real.name}.md", tmp_path)
    assert secret_scan.leaks(tmp_path) == []
