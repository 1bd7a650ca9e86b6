"""The press prints any book: a second one, on made-up rivers, with ``press`` as its only extension.

Beside it lie the press and those packages of citygap that know no subject; ``citypages`` and the
analysis of our own book are not there.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.patience import PATIENCE
from tests.page_files import unfolded

ROOT = Path(__file__).resolve().parents[3]
BOOK = Path(__file__).with_name("book")
#: Of citygap, all that a book on another subject needs: quantities, tables, charts, words in other languages, the notebook.
GENERAL = ("__init__.py", "notebook.py", "quantity", "data", "charts", "words")
FIGURES = {"fig-flow": ("flow", "1.1"), "fig-basin": ("flow", "1.2"), "fig-flood": ("floods", "2.1")}

pytestmark = pytest.mark.slow


def press(folder: Path, command: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "press", command], cwd=folder, text=True,
                          capture_output=True, timeout=PATIENCE, env={"PATH": "/usr/bin:/bin"})  # fmt: skip


def print_it(folder: Path) -> None:
    """Lay the book, the press and what it needs of citygap side by side, and build."""
    shutil.copytree(BOOK, folder, dirs_exist_ok=True)
    away = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "press", folder / "press", ignore=away)
    (folder / "citygap").mkdir()
    for name in GENERAL:
        source, target = ROOT / "citygap" / name, folder / "citygap" / name
        shutil.copytree(source, target, ignore=away) if source.is_dir() else shutil.copy(source, target)
    shutil.copy(ROOT / "requirements.txt", folder)
    done = press(folder, "build")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def book(once) -> Path:
    """The pages of the second book."""
    return once("second-book", print_it) / "_build" / "html"


def read(book: Path, page: str) -> BeautifulSoup:
    """A page as a reader finds it who has opened its folds."""
    return BeautifulSoup(unfolded((book / page).read_text(encoding="utf-8"), book), "html.parser")


def test_its_numbers_are_computed_from_its_tables_and_carry_their_bounds(book):
    numbers = {each["id"]: each for each in json.loads((book / "api/numbers.json").read_text())["items"]}
    shown = {name.partition("#n-")[2]: each["shown"] for name, each in numbers.items()}
    assert shown.keys() == {"lumen", "orrin", "vesk", "times", "rivers", "rise"}
    assert (shown["vesk"], shown["rivers"]) == ("95", "3")
    lumen = numbers["chapters/index#n-lumen"]
    assert (lumen["low"], lumen["rows"]) == (400, ["lumen/mean_flow/2020/survey2021"])
    assert lumen["high"] > 400, "the source says over"
    number = read(book, "chapters/floods.html").select_one("#n-rise")
    assert number.name == "data" and number["data-sources"] == "survey2021"
    assert "larger" in read(book, "chapters/flow.html").select_one("span.checked").get_text()


@pytest.mark.parametrize("name", FIGURES)
def test_each_figure_has_its_card_with_values_sources_citation_and_files(book, name):
    page, number = FIGURES[name]
    figure = read(book, f"chapters/{page}.html").select_one(f"#{name}")
    assert f"Fig. {number}" in figure.get_text()
    card = figure.find_next_sibling(class_="figure-card")
    assert card.select(".figure-values tbody tr") and card.select_one(".figure-sources")
    assert "Marlow" in card.select_one(".figure-cite").get_text()
    folder = book / "_static/figures" / page
    assert all((folder / f"{name}.{form}").stat().st_size for form in ("csv", "svg", "png", "json"))
    described = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    assert described["edition"] == "2021.1" and described["sources"][0]["publisher"] == "Survey of Waters"


def test_there_is_a_page_for_each_table_indicator_and_register(book):
    pages = {path.relative_to(book / "data").with_suffix("").as_posix()
             for path in (book / "data").rglob("*.html")}  # fmt: skip
    tables = {path.stem for path in (BOOK / "data").glob("*.csv")}
    assert pages == {
        "index", "sources", "corrections", "headlines", "api",
        *(f"tables/{name}" for name in tables),
        *(f"indicators/{name}" for name in ("mean_flow", "flood_flow", "basin")),
    }  # fmt: skip
    row = read(book, "data/indicators/mean_flow.html").find(id="lumen-2020-survey2021")
    assert "over 400" in row.get_text() and "Read again 2021-02-01: right" in row.get_text()
    overview = read(book, "data/index.html")
    assert [each.get_text() for each in overview.select("nav.letters a")][-2:] == ["Water", "Land"]
    assert overview.find(id="places") is None, "no river has a page of its own"
    assert "orrin_mouth" in read(book, "data/tables/gauges.html").get_text()
    assert (book / "_static/data/gauges.csv").read_bytes() == (BOOK / "data/gauges.csv").read_bytes()


def test_it_cites_and_can_be_cited_in_every_form(book):
    floods = read(book, "chapters/floods.html")
    assert "(Marlow 1998)" in floods.get_text() and "How Rivers Rise" in floods.select_one(".citation").get_text()
    rows = {row.dt.get_text(): row.dd.get_text() for row in floods.select("#cite .cite-forms dl > div")}
    assert list(rows) == ["APA 7", "Chicago", "GB/T 7714-2025", "BibTeX", "BibLaTeX", "RIS", "CSL-JSON"]
    assert rows["APA 7"] == "Marlow, A. (2021). Floods. In Three Rivers: how much water they carry (2021.1 ed.)."
    assert rows["GB/T 7714-2025"].startswith("Marlow A. Floods[M]//Marlow A. Three Rivers")
    files = book / "_static/cite/chapters-floods"
    assert "@incollection{three-rivers-2021.1-floods," in (files / "floods.bib").read_text(encoding="utf-8")
    assert {path.name for path in files.iterdir()} == {
        f"{part}{end}" for part in ("floods", "fig-flood") for end in (".bib", ".biblatex.bib", ".ris", ".json")
    }


def test_it_says_its_edition_and_hands_out_its_files_under_its_name(book):
    assert "Edition 2021.1." in read(book, "chapters/flow.html").select_one(".edition").get_text()
    told = json.loads((book / "api/index.json").read_text(encoding="utf-8"))
    assert (told["edition"], told["title"][:12]) == ("2021.1", "Three Rivers")
    assert "api/claims.json" not in {each["file"] for each in told["files"]}
    assert sorted(path.name for path in (book / "downloads").iterdir()) == [
        "floods.ipynb", "flow.ipynb", "index.ipynb", "three-rivers-2021.1.zip",
    ]  # fmt: skip


def test_nothing_of_our_own_subject_is_in_it(book):
    known = re.compile("chongqing|重庆|commentary|ledger|citypages", re.I)
    for path in [*book.rglob("*.html"), *book.rglob("*.md"), *(book / "api").iterdir(), book / "llms.txt"]:
        assert not (found := known.search(path.read_text(encoding="utf-8"))), (path.name, found[0])
