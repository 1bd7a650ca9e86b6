"""The page "Run it and change it" is followed word by word on a copy of the book."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.myst_header import HEADER

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "chapters" / "run-it-and-change-it.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
TABLE = re.compile(r"`(data/[\w.]+)`")
MAKE_OWN = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL"}

TOC = """\
format: jb-book
root: chapters/run-it-and-change-it
chapters:
  - file: chapters/example
"""
CHAPTER = HEADER + """\
# Example

```{{code-cell}} ipython3
:tags: [remove-cell]

from citygap.data.tables import book
{code}
```

{prose}
"""


class Guide:
    """The page as steps: ``blocks`` are (language, text, words before it) in order."""

    def __init__(self, source: str):
        self.source = source
        self.blocks = []
        end = 0
        for fence in FENCE.finditer(source):
            self.blocks.append((fence[1], fence[2], source[end : fence.start()]))
            end = fence.end()

    def section(self, title: str) -> Guide:
        """The section under a heading."""
        found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", self.source, re.M | re.S)
        assert found, f"the page has no section {title!r}"
        return Guide(found[1])

    def one(self, language: str, number: int = 0) -> str:
        """Text of a block of a language."""
        return [text for kind, text, _ in self.blocks if kind == language][number]


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide(PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    """A copy of what the page needs: data, analysis, press, settings, and the page itself."""
    folder = tmp_path_factory.mktemp("how-to")
    for name in ("data", "citygap", "citypages", "press"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_config.yml", "CITATION.cff", "Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "chapters").mkdir()
    shutil.copy(PAGE, folder / "chapters" / PAGE.name)
    for name in ("typed.yml", "absences.yml"):  # this page types nothing, and misses nothing
        (folder / "chapters" / name).write_text("[]\n")
    return folder


def add(book: Path, guide: Guide, titles: tuple[str, ...]) -> list[str]:
    """Add each block of the sections to the table that the words before it name last."""
    files = []
    for title in titles:
        for language, text, before in guide.section(title).blocks:
            named = TABLE.findall(before)
            if language in ("bibtex", "text") and before.rstrip().endswith(":") and named:
                if text.startswith("data/"):
                    continue  # what a check answers
                with (book / named[-1]).open("a", encoding="utf-8") as handle:
                    handle.write(("\n" if language == "bibtex" else "") + text)
                files.append(named[-1])
    return files


def python(book: Path, code: str) -> str:
    """What code prints in the folder of the copy."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=book, capture_output=True, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(book)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def says(pattern: str, answer: str) -> bool:
    """Whether an answer is what the page prints, an ellipsis standing for any number."""
    return re.fullmatch(re.escape(pattern.strip()).replace("…", r"\d+"), answer.strip()) is not None


ADDED = ["data/sources.bib", "data/copies.csv", "data/hosts.csv", "data/places.csv",
         "data/indicators.csv", "data/observations.csv"]  # fmt: skip
ADDING = ("The source", "The place", "The indicator", "The observation")


@pytest.fixture(scope="module")
def added(book, guide) -> Path:
    """The copy after the first four steps."""
    assert add(book, guide, ADDING) == ADDED
    return book


@pytest.mark.slow
def test_the_check_passes_and_names_a_mistake_as_the_page_says(added, guide):
    check = guide.section("The check")
    assert python(added, check.one("python")).strip() == ""
    table = added / "data" / "observations.csv"
    good = table.read_text(encoding="utf-8")
    table.write_text(good.replace(",40,nearly,", ",40,nearley,"), encoding="utf-8")
    try:
        assert says(check.one("text"), python(added, check.one("python")))
    finally:
        table.write_text(good, encoding="utf-8")


@pytest.mark.slow
def test_the_number_is_what_the_page_prints(added, guide):
    section = guide.section("The number")
    assert python(added, section.one("python")) == section.one("text")


@pytest.mark.slow
def test_the_build_writes_the_pages_that_the_page_names(added, guide):
    section = guide.section("The page")
    assert section.one("console").strip() == "make book"
    # The tests run under make themselves, whose flags would make this one say more than the recipe.
    alone = {name: value for name, value in os.environ.items() if name not in MAKE_OWN}
    recipe = subprocess.run(["make", "-n", "-o", "install", "book", f"RUN={sys.executable}"], env=alone,
                            cwd=added, capture_output=True, text=True, check=True).stdout.strip()
    assert recipe == f"{sys.executable} -m press build", "make book builds the book"
    code = section.one("python")
    prose = re.search(r"``(Example City has .*?)``", section.source)[1]
    chapter = CHAPTER.format(code=code.strip(), prose=prose)
    (added / "chapters" / "example.md").write_text(chapter, encoding="utf-8")
    (added / "_toc.yml").write_text(TOC, encoding="utf-8")
    done = subprocess.run(recipe.split(), cwd=added, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    html = added / "_build" / "html"
    for address in section.one("text").split():
        page, anchor = address.split("#")
        assert f'id="{anchor}"' in (html / page).read_text(encoding="utf-8"), address
    row_page, row = section.one("text").split()[0].split("#")
    line = re.search(rf'id="{row}">(.*?)</tr>', (html / row_page).read_text(encoding="utf-8"), re.S)[1]
    assert "nearly 40" in line and "read as 35 to 40" in line
    assert "Example City counts its AI laboratories" in line and "Not read again" in line
    said = (html / "chapters" / "example.html").read_text(encoding="utf-8")
    assert re.search(r'<data [^>]*class="quantity"[^>]*>(?:<[^>]+>)*nearly 40<', said) or re.search(
        r'class="quantity"[^>]*>(?:<[^>]+>)*nearly 40<', said
    )


@pytest.mark.slow
def test_a_contradiction_stops_the_check_until_it_is_registered(added, guide):
    section = guide.section("When sources disagree")
    check = guide.section("The check").one("python")
    blocks = section.blocks
    assert [kind for kind, _, _ in blocks] == ["bibtex", "text", "text", "text", "text"]
    entered = ("data/sources.bib", "data/copies.csv", "data/observations.csv")
    for (_, text, before), file in zip(blocks[:3], entered):
        assert TABLE.findall(before)[-1] == file
        with (added / file).open("a", encoding="utf-8") as handle:
            handle.write(text)
    assert says(blocks[3][1], python(added, check))
    assert TABLE.findall(blocks[4][2])[-1] == "data/contradictions.csv"
    with (added / "data" / "contradictions.csv").open("a", encoding="utf-8") as handle:
        handle.write(blocks[4][1])
    assert python(added, check).strip() == ""


def test_the_invented_example_is_not_in_the_data():
    for path in (ROOT / "data").rglob("*.*"):
        words = path.read_text(encoding="utf-8")
        assert "example_city" not in words and "example2026" not in words, path


def test_every_block_of_the_page_is_followed_by_a_test(guide):
    tested = (*ADDING, "The check", "The number", "The page", "When sources disagree",
              "From the clone to a notebook", "A changed number", "A figure of your own")  # fmt: skip
    blocks = sum(len(guide.section(title).blocks) for title in tested)
    assert blocks == len(guide.blocks) >= 12


@pytest.mark.slow
def test_the_row_and_its_words_are_those_of_the_data(book, guide):
    section = guide.section("A changed number")
    assert section.one("text").strip() in (ROOT / "data" / "observations.csv").read_text(encoding="utf-8")
    assert "chongqing/ai_core_scale/2024/yuqian-consulting-2025" in python(book, section.one("python"))


@pytest.mark.slow
def test_the_figure_says_what_the_page_says(book, guide):
    section = guide.section("A figure of your own")
    assert says(section.one("text"), python(book, section.one("python")))
