"""Files that people write, as editors, spreadsheets, JupyterLab and other systems leave them.

A row of :data:`UNREADABLE` spoils one file of a small book and has one line that names it and the
remedy; a row of :data:`HARMLESS` is none of the author's business, and nothing is said.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from press.build import inputs
from tests.press.build.test_build import change, jupyter_book, page, press, write_book

CHINESE = "# One\n\n重庆的差距，与成都相比。\n"


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("inputs") / "book"
    folder.mkdir()
    write_book(folder)
    return folder


@pytest.fixture
def book(written, tmp_path) -> Path:
    """A small book, not built."""
    return shutil.copytree(written, tmp_path / "book")


def saved_as(encoding: str) -> Callable[[Path], None]:
    def save(path: Path) -> None:
        path.write_bytes((path.read_text(encoding="utf-8") + CHINESE).encode(encoding, "replace"))

    return save


def with_nul(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\n\0", 1))


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def gone(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


EDITED = ("chapters/one.md", "_toc.yml", "_config.yml", "chapters/typed.yml", "data/answer.csv",
          "data/sources.bib", "press/static/book.css", "citygap/data/tables.py")  # fmt: skip
UNREADABLE = {
    "GBK": (saved_as("gbk"), r"(:\d+)?: not UTF-8 at byte \d+ of the file, but GBK as it seems: save it with"),
    "Big5": (saved_as("big5"), r"(:\d+)?: not UTF-8 at byte \d+ of the file, but Big5 as it seems: save"),
    "UTF-16": (saved_as("utf-16"), r":1: not UTF-8 at byte 1 of the file, but UTF-16 as it seems: save"),
    "UTF-16 without a mark": (saved_as("utf-16-le"), r":1: not UTF-8 at .* but UTF-16 as it seems: save"),
    "a NUL byte": (with_nul, r":2: a NUL byte, which no text has: delete it"),
    "a folder": (folder_instead, r": a folder where a file belongs: move it away"),
    "a link to nothing": (gone, r": a link to a file that is not there: restore"),
}


@pytest.mark.parametrize("name", EDITED)
@pytest.mark.parametrize("how", UNREADABLE)
def test_a_file_that_cannot_be_read_is_named_with_line_and_remedy(book, how, name):
    spoil, says = UNREADABLE[how]
    spoil(book / name)
    (fault,) = map(str, inputs.faults(book))
    assert re.match(re.escape(name) + says, fault) and "\n" not in fault, fault


def test_the_line_of_the_first_wrong_byte_is_named(book):
    path = book / "chapters" / "two.md"
    good = path.read_text(encoding="utf-8")
    path.write_bytes(good.encode() + "第二章\n".encode("gbk"))
    (fault,) = inputs.faults(book)
    assert fault.line == good.count("\n") + 1


@pytest.mark.parametrize("text, words", [
    ("Qu’est-ce que c’est, café".encode("cp1252"), "Windows-1252 or Latin-1"),
    ("人工智能核心产业规模".encode("gb18030"), "GBK"),
    ("人工智慧核心產業規模".encode("big5"), "Big5"),
    ("人工智能".encode("utf-16"), "UTF-16"),
])  # fmt: skip
def test_encodings_are_told_apart(text, words):
    assert inputs.encoding(text) == words


@pytest.mark.parametrize("name", ["chapters/one.md", "_toc.yml", "_config.yml"])
def test_an_empty_file_is_named(book, name):
    (book / name).write_text("\n")
    (fault,) = map(str, inputs.faults(book))
    assert fault == f"{name}: the file is empty: restore it, or write it"


@pytest.mark.parametrize("text, says", [
    ("format: jb-book\nroot: [\n", r"_toc\.yml:\d: no table of contents: .*: correct the line, or restore the file"),
    ("format: jb-book\nchapters: []\n", r"_toc\.yml: no table of contents: .*root.*: correct the line, or"),
])  # fmt: skip
def test_contents_that_cannot_be_read_are_named_and_no_draft_is_blamed(book, text, says):
    draft(book)
    (book / "_toc.yml").write_text(text)
    (fault,) = map(str, inputs.faults(book))
    assert re.match(says, fault) and "\n" not in fault, fault


@pytest.mark.parametrize("name", ["_toc.yml", "_config.yml"])
def test_a_missing_file_is_named(book, name):
    (book / name).unlink()
    assert [str(fault) for fault in inputs.faults(book)] == [f"{name}: the file is missing: restore it"]


def test_a_file_without_the_right_to_read_is_named(book, monkeypatch):
    path = book / "chapters" / "one.md"
    real = Path.read_bytes

    def read_bytes(self):
        if self == path:  # root may read everything
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    (fault,) = map(str, inputs.faults(book))
    assert fault.startswith("chapters/one.md: cannot be read (Permission denied): give yourself the right")


def left_by_mac(book: Path) -> None:
    for name in ("chapters/._one.md", "data/._answer.csv", "citygap/._tables.py", "._toc.yml", ".DS_Store"):
        (book / name).write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X\xb0\xa1")


def left_by_editors(book: Path) -> None:
    for name in ("chapters/one.md~", "chapters/#one.md#", "chapters/.one.md.swp"):
        (book / name).write_bytes(b"\xb0\xa1\0")
    (book / "chapters" / ".#one.md").symlink_to("somebody@somewhere.1234")
    (book / "chapters" / ".ipynb_checkpoints").mkdir()
    (book / "chapters" / ".ipynb_checkpoints" / "one-checkpoint.md").write_bytes(b"\xb0\xa1")


def paired(book: Path) -> None:
    (book / "chapters" / "one.ipynb").write_text("{}")


def with_mark(book: Path) -> None:
    for name in EDITED:
        (book / name).write_bytes(b"\xef\xbb\xbf" + (book / name).read_bytes())


def with_crlf(book: Path) -> None:
    for name in EDITED:
        (book / name).write_bytes((book / name).read_bytes().replace(b"\n", b"\r\n"))


def kernel_of_an_environment(book: Path) -> None:
    change(book / "chapters" / "one.md", "name: python3", "name: conda-env-gap-py")
    change(book / "chapters" / "one.md", "display_name: Python 3", "display_name: Python [conda env:gap]")


def kernel_and_nothing_else(book: Path) -> None:
    for line in ("  display_name: Python 3\n", "  language: python\n"):
        change(book / "chapters" / "one.md", line, "")
    change(book / "chapters" / "one.md", "name: python3", "name: my-venv")


def pairing(book: Path) -> None:
    change(book / "chapters" / "one.md", "jupytext:\n", "jupytext:\n  formats: ipynb,md:myst\n")
    paired(book)


HARMLESS = (left_by_mac, left_by_editors, paired, with_mark, with_crlf, kernel_of_an_environment,
            kernel_and_nothing_else, pairing)  # fmt: skip


@pytest.mark.parametrize("leave", HARMLESS, ids=lambda leave: leave.__name__)
def test_what_tools_leave_is_nobodys_business(book, leave):
    leave(book)
    assert inputs.faults(book) == [] and inputs.left_over(book) == []
    assert [path.name for path in inputs.pages(book)] == ["one.md", "two.md"]
    assert [path.name for path in inputs.chapters(book)] == ["one.md", "two.md"]


@pytest.mark.slow
def test_the_book_is_built_with_all_of_that(book):
    for leave in (left_by_mac, left_by_editors, with_mark, with_crlf, kernel_of_an_environment, paired):
        if leave is kernel_of_an_environment:
            path = book / "chapters" / "one.md"
            path.write_bytes(path.read_bytes().replace(b"name: python3", b"name: conda-env-gap-py"))
        else:
            leave(book)
    for build in (press, jupyter_book):
        shutil.rmtree(book / "_build", ignore_errors=True)
        done = build(book)
        said = done.stdout + done.stderr
        assert done.returncode == 0 and "Traceback" not in said, said
        assert "4711" in page(book, "one")
        names = {path.stem for path in (book / "_build" / "html" / "chapters").glob("*.html")}
        assert names == {"one", "two"}


LANGUAGES = {
    "R": ("language: R\n  name: ir", "'ir' runs R"),
    "Julia": ("language: julia\n  name: julia-1.10", "'julia-1.10' runs julia"),
    "R by its kernel alone": ("name: ir", "'ir' runs ir"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kernel_of_another_language_is_named_with_chapter_line_and_remedy(book, language):
    spec, says = LANGUAGES[language]
    change(book / "chapters" / "two.md", "language: python\n  name: python3", spec)
    (fault,) = map(str, inputs.faults(book))
    assert fault.startswith(f"chapters/two.md:6: the kernel {says}, and the book runs Python alone: ")
    assert "name: python3" in fault


# --------------------------------------------------------------------------- what is no page


def draft(book: Path) -> str:
    (book / "chapters" / "draft.md").write_bytes("# 草稿 with 17 typed figures\n".encode("gbk"))
    return "chapters/draft.md"


def scratch(book: Path) -> str:
    (book / "chapters" / "Untitled.ipynb").write_text('{"cells": [{"cell_type": "code", "source": "1 / 0"}]}')
    return "chapters/Untitled.ipynb"


@pytest.mark.parametrize("leave", [draft, scratch], ids=lambda leave: leave.__name__)
def test_what_no_contents_name_is_no_page_and_said_in_a_line(book, leave):
    name = leave(book)
    assert inputs.faults(book) == []
    (remark,) = map(str, inputs.left_over(book))
    stem = name.rpartition(".")[0]
    assert remark == (f"{name}: not in _toc.yml, so no page and not run: to print it, add the line "
                      f"'- file: {stem}' there")  # fmt: skip
    with (book / "_toc.yml").open("a") as toc:
        toc.write(f"  - file: {stem}\n")
    assert inputs.left_over(book) == [] and book / name in inputs.pages(book)


@pytest.mark.slow
def test_the_build_names_what_is_no_page_and_goes_on(book):
    draft(book), scratch(book), paired(book)
    done = press(book)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("not in _toc.yml") == 2 and "Untitled" not in done.stderr
    done = jupyter_book(book)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("how", ["GBK", "a folder"])
def test_the_build_stops_with_one_line_and_no_traceback(book, how):
    UNREADABLE[how][0](book / "chapters" / "one.md")
    for build in (press, jupyter_book):
        done = build(book)
        said = done.stdout + done.stderr
        assert done.returncode, said
        (line,) = {line for line in said.splitlines() if line.startswith("chapters/one.md")}
        assert ": save it with" in line or ": move it away" in line
        if build is press:  # the other prints a traceback below it, whatever stops it
            assert "Traceback" not in said and len(said.splitlines()) == 2 and not done.stderr


def test_the_book_as_it_is_can_be_read(root):
    assert inputs.faults(root) == []
    assert {os.fspath(path.relative_to(root).with_suffix("")) for path in inputs.pages(root)} == set(
        inputs.names(root)
    )
