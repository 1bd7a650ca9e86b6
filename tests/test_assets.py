"""What is released of an edition, and the check of a download against its manifest."""

from __future__ import annotations

import ast
import calendar
import contextlib
import gzip
import io
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

from press import HTML, ROOT, assets, leaks, packing, record
from press.assets import check_edition, manifest, notes
from press.digest import book_files

CHECK = assets.CHECK
STEM = f"{assets.NAME}-2026.1"


def small_book(folder: Path, version: str = "2026.1") -> Path:
    """A repository with a record, a table and two pages, in ``_build/html``."""
    for name in ("book.yml", "requirements.txt", *assets.WITH_DATA):
        folder.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    record.record.cache_clear()
    record.set_version(folder, version, "2026-11-22")
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


def check(folder: Path, *options: str) -> tuple[int, list[str]]:
    """Exit status of the check and the lines that it prints."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        status = check_edition.main([*options, str(folder)])
    return status, said.getvalue().splitlines()


def faults(folder: Path, *options: str) -> list[str]:
    """What the check complains of; it must say so by its status as well."""
    status, lines = check(folder, *options)
    found = [line for line in lines if line.startswith(("changed: ", "missing: ", "extra: ", "MANIFEST.json: "))]
    assert status == (1 if found else 0), lines
    return found


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
        "MANIFEST.json", "check_edition.py", f"{STEM}-html.tar.gz", f"{STEM}-offline.zip",
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
    packing.tarred(tmp_path / "a.tar.gz", "a", {"b": b"c"}, 86400)
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
    for command in (["init", "-q"], ["add", "book.yml"],
                    ["-c", "user.name=a", "-c", "user.email=b", "commit", "-qm", "A book"]):  # fmt: skip
        subprocess.run(["git", *command], cwd=book, check=True)
    with pytest.raises(assets.NoAssets, match="tags name them"):
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
    assert set(told["assets"]) == {p.name for p in download.iterdir() if p.is_file()} - {"MANIFEST.json"}
    assert set(told["files"]["pages"]) == {"index.html", "chapters/重庆.html", "edition.json"}
    assert set(told["files"]["data"]) == {"places.csv", *assets.WITH_DATA}
    book = tmp_path / "book"
    assert set(told["inputs"]) == {p.relative_to(book).as_posix() for p in book_files(book)}
    assert {"book.yml", "CHANGELOG.md", "data/places.csv"} <= set(told["inputs"])
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
    assert manifest.entry(download / "MANIFEST.json")["sha256"] in text
    assert check(download)[1][-1].removeprefix("sha256 of MANIFEST.json: ") in text
    assert notes.new(tmp_path / "book", "2024.1") == ""


# ------------------------------------------------------------------------- the check of a download


def test_a_good_download_is_good(download):
    assert faults(download, "--whole") == []
    assert "Edition 2026.1: 16 files are as published, 0 faults" in check(download)[1]
    (download / f"{STEM}-data" / ".DS_Store").touch()
    assert faults(download) == []


def test_a_reader_runs_it_where_it_lies_with_nothing_installed(download):
    command = [sys.executable, "-I", "-S", str(download / "check_edition.py")]
    done = subprocess.run(command, cwd="/", capture_output=True, env={"LC_ALL": "C"})
    assert done.returncode == 0 and not done.stderr and b"0 faults" in done.stdout
    (download / f"{STEM}-html/chapters/重庆.html").unlink()
    done = subprocess.run(command, cwd="/", capture_output=True, env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert done.returncode == 1 and not done.stderr and b"missing: " in done.stdout


def test_one_file_alone_can_be_checked(download, tmp_path):
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(download / "MANIFEST.json", alone)
    assert faults(alone) == ["missing: there is nothing else of the edition in this folder"]
    shutil.copy(download / f"{STEM}.pdf", alone)
    assert faults(alone) == []
    assert len(faults(alone, "--whole")) == 5


@pytest.mark.parametrize("name", [f"{STEM}.pdf", f"{STEM}-html.tar.gz", f"{STEM}-html/chapters/重庆.html",
                                  "chongqing-ai-gap/index.html", f"{STEM}-data/places.csv",
                                  "check_edition.py"])  # fmt: skip
def test_one_changed_byte_is_found(download, name):
    path = download / name
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert faults(download) == [f"changed: {name}"]


def test_a_missing_file_of_an_archive_is_found(download):
    (download / f"{STEM}-html/index.html").unlink()
    assert faults(download) == [f"missing: {STEM}-html/index.html"]


@pytest.mark.parametrize("name", ["virus.exe", f"{STEM}-html/new.html", "chongqing-ai-gap/_static/x.js"])
def test_an_extra_file_is_found(download, name):
    (download / name).parent.mkdir(exist_ok=True)
    (download / name).touch()
    assert faults(download) == [f"extra: {name}"]


def test_an_extra_file_keeps_to_its_line(download):
    (download / "a\nchanged: b").touch()
    assert faults(download) == [r"extra: 'a\nchanged: b'"]


def test_a_link_is_no_file_of_an_edition(download, tmp_path):
    page = download / f"{STEM}-html/index.html"
    page.rename(tmp_path / "kept")
    page.symlink_to(tmp_path / "kept")
    chapters = download / f"{STEM}-html/chapters"
    chapters.rename(tmp_path / "chapters")
    chapters.symlink_to(tmp_path / "chapters")
    assert faults(download) == [f"changed: {STEM}-html/chapters/重庆.html", f"changed: {STEM}-html/index.html",
                                f"extra: {STEM}-html/chapters"]  # fmt: skip


HOSTILE = ["../secret", "/etc/passwd", "a/../../secret", "..", ".", "", "a//b", "C:\\x", "..\\secret", "C:x",
           "a\nb", "a\0b", "a/./b"]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("where", ["assets", "pages", "folder"])
def test_a_hostile_manifest_is_not_followed(download, tmp_path, name, where):
    path = download / "MANIFEST.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    secret = {"bytes": 6, "sha256": "0" * 64}
    if where == "folder":
        told["archives"][f"{STEM}-data.zip"]["folder"] = name
    else:
        (told["assets"] if where == "assets" else told["files"]["pages"])[name] = secret
    path.write_text(json.dumps(told), encoding="utf-8")
    status, lines = check(download)
    assert status == 1 and len(lines) == 1
    assert lines[0] == f"MANIFEST.json: it names {name!a}, which leads out of the folder or is no name: not followed"


@pytest.mark.parametrize("text", [
    "", "[]", "{}", "null", "\ufeff{}", "[" * 100_000, '{"version": "2026.1"}', '{"assets": 1, "assets": 1}',
    '{"version": "2026.1", "assets": {"a": {"bytes": "1", "sha256": ""}}, "files": {}, "archives": {}}',
    '{"version": "2026.1\\nx", "assets": {}, "files": {}, "archives": {}}',
    '{"version": "2026.1", "assets": {}, "files": {}, "archives": {"x": {"folder": "x", "files": "x"}}}',
])  # fmt: skip
def test_a_damaged_manifest_is_one_line(download, text):
    (download / "MANIFEST.json").write_text(text, encoding="utf-8")
    status, lines = check(download)
    assert status == 1 and len(lines) == 1 and lines[0].startswith("MANIFEST.json: it ")
    (download / "MANIFEST.json").unlink()
    assert check(download) == (1, ["MANIFEST.json: it is not in this folder; download it there"])


def test_the_check_needs_nothing_but_an_old_python():
    tree = ast.parse(CHECK.read_text(encoding="utf-8"), feature_version=(3, 9))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= sys.stdlib_module_names
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))


# ----------------------------------------------------------------------------------- the real book


@pytest.fixture(scope="module")
def real(html, tmp_path_factory) -> Path:
    """The assets of the built book, with stand-ins for its prints, which test_paper.py makes."""
    folder = tmp_path_factory.mktemp("assets")
    for name in ("book.pdf", "book.epub"):
        (folder / name).write_text(name)
    return assets.write(HTML, ROOT, folder / "out", pdf=folder / "book.pdf", epub=folder / "book.epub")


@pytest.mark.book
def test_the_data_package_stands_on_its_own(real, tmp_path):
    version = record.record().version
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


@pytest.mark.book
def test_the_assets_of_the_book_hold_each_page_and_pass_their_check(real, html):
    told = json.loads((real / "MANIFEST.json").read_text(encoding="utf-8"))
    there = {p.relative_to(html).as_posix() for p in html.rglob("*") if p.is_file()} - {".buildinfo"}
    assert set(told["files"]["pages"]) == there
    with tarfile.open(real / f"{assets.NAME}-{told['version']}-html.tar.gz") as archive:
        packed = {entry.name.partition("/")[2]: entry.size for entry in archive}
    assert packed == {name: entry["bytes"] for name, entry in told["files"]["pages"].items()}
    for folder in ("data", "chapters", "citygap", "press"):
        assert any(name.startswith(f"{folder}/") for name in told["inputs"])
    assert {"_config.yml", "book.yml", "pyproject.toml"} <= set(told["inputs"])
    assert faults(real, "--whole") == []


@pytest.mark.book
def test_the_manifest_gives_nothing_of_this_machine_away(real, tmp_path):
    for name in ("MANIFEST.json", "check_edition.py"):
        shutil.copy(real / name, tmp_path)
    shutil.copy(real.parent / f"{real.name}.md", tmp_path)
    assert leaks.leaks(tmp_path) == []
