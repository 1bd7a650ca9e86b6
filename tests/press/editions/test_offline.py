"""The book as one file: the same each time, and whole when opened from a disk."""

from __future__ import annotations

import os
import time
import zipfile

import pytest

from press import deterministic_archives
from press.editions import offline


def small(folder):
    for name in ("index.html", "b/ä.html", "a.css", ".buildinfo"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return folder


def test_the_same_book_gives_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    book = small(tmp_path / "book")
    assert offline.pack(book, tmp_path / "one.zip") == 3
    os.utime(book / "a.css", (time.time() + 1e5, time.time() + 1e5))
    (book / "index.html").chmod(0o600)
    offline.pack(book, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        names = packed.namelist()
        assert names == sorted(names) and names[-1] == f"{offline.FOLDER}/index.html"
        assert {entry.date_time for entry in packed.infolist()} == {deterministic_archives.EARLIEST}


@pytest.mark.parametrize(
    "epoch, date", [("1767225600", (2026, 1, 1, 0, 0, 0)), ("0", deterministic_archives.EARLIEST)]
)
def test_files_bear_the_date_that_is_asked_for(tmp_path, monkeypatch, epoch, date):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    offline.pack(small(tmp_path / "book"), tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert {entry.date_time for entry in packed.infolist()} == {date}


def test_without_a_book_nothing_is_packed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(offline, "HTML", tmp_path / "html")
    assert offline.offline() == 1 and "make book" in capsys.readouterr().out


#: A page of each kind.
SAMPLE = (
    "index.html", "search.html", "genindex.html", "chapters/gap-diagnosis.html",
    "chapters/claim-ledger.html", "data/index.html", "data/headlines.html", "data/sources.html",
    "data/places/beijing.html", "data/tables/places.html", "data/indicators/gdp.html",
)


@pytest.mark.slow
@pytest.mark.book
def test_a_page_of_each_kind_works_from_a_disk_and_asks_nobody(chromium, html, tmp_path):
    book = unpacked(html, tmp_path)
    assert faults_of([book / name for name in SAMPLE], book, chromium, "light") == []


@pytest.mark.book
@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_works_from_a_disk_and_asks_nobody(chromium, html, tmp_path, scheme):
    book = unpacked(html, tmp_path)
    pages = sorted(path for path in book.rglob("*.html")
                   if "_static" not in path.parts and path.name != "404.html")  # of a server
    assert len(pages) > 400
    if scheme == "dark":  # the same pages with other colours and pictures: a page of each kind
        kinds = {path.parent: path for path in pages if "chapters" not in path.parts}
        pages = [path for path in pages if "chapters" in path.parts] + list(kinds.values())
        assert len(pages) > 25
    assert faults_of(pages, book, chromium, scheme) == []


def unpacked(html, tmp_path):
    """The folder of the book as it is packed."""
    file = tmp_path / "offline.zip"
    offline.pack(html, file)
    with zipfile.ZipFile(file) as packed:
        packed.extractall(tmp_path)
    return tmp_path / offline.FOLDER


def faults_of(pages, book, chromium, scheme: str) -> list[str]:
    """What goes wrong on the pages, and what they ask for that is not the book's; the first ten."""
    context = chromium.new_context(color_scheme=scheme, offline=True)
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda said: said.type == "error" and faults.append(f"{page.url}: {said.text}"))
    # Going to the next page breaks off what is still on its way, such as the picture of the tab.
    page.on("requestfailed", lambda request: request.failure == "net::ERR_ABORTED"
            or faults.append(f"{page.url}: no {request.url}, {request.failure}"))  # fmt: skip
    page.on("request", lambda request: request.url.startswith((book.as_uri(), "data:"))
            or faults.append(f"{page.url}: asks for {request.url}"))  # fmt: skip
    for path in pages:
        page.goto(path.as_uri(), wait_until="load")
        if path == book / "index.html":  # which leads on to the first page
            page.wait_for_url("**/chapters/index.html")
        else:
            assert page.evaluate("document.documentElement.dataset.theme") == scheme, path
    context.close()
    return faults[:10]
