"""The build: what it makes, what it keeps, what stops it and in which words.

Most tests build a book of two chapters with this repository's press and settings, in a folder of
their own.  It is built once; each test changes a copy.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
import yaml

from press.editions import versions
from press.execution import cache_key
from press.postprocess import third_party_guard
from press.serve import serve
from press.urls import UNRELEASED
from tests.myst_header import HEADER
from tests.patience import PATIENCE
from tools import venv

ROOT = Path(__file__).resolve().parents[3]

SETUP = """\
```{code-cell} ipython3
:tags: [remove-cell]

import sys

sys.path.insert(0, "..")
from citygap.data import tables
from myst_nb import glue
```

"""
ONE = f"""\
{HEADER}# One

{SETUP}(a-place)=
## A place

```{{code-cell}} ipython3
:tags: [remove-cell]

glue("answer", tables.answer(), display=False)
```

The answer is {{glue}}`answer`, which costs $5 or $6 {{cite}}`balassa`.
"""
TWO = f"""\
{HEADER}# Two

{SETUP}```{{code-cell}} ipython3
:tags: [remove-cell]

first = tables.answer()
glue("figure", tables.Figure(), display=False)
```

See {{ref}}`a-place` and {{numref}}`a-figure`.

```{{glue:figure}} figure
:name: a-figure

A caption.
```

## Sources

```{{bibliography}}
```
"""
TABLES = """\
from pathlib import Path

FILE = Path(__file__).parents[2] / "data" / "answer.csv"
GRADES = {"high": "the page itself", "medium": "a copy", "low": "of unknown origin"}


def answer():
    return int(FILE.read_text().split()[1])


class Figure:
    def _repr_html_(self):
        return '<svg viewBox="0 0 9 9" role="img" aria-label="a circle"><circle r="4"/></svg>'


def check():
    try:
        answer()
    except ValueError:
        return ["data/answer.csv: row 2, column answer: not a number - write one"]
    return []
"""
BIB = """\
@article{balassa,
  author = {Balassa, Bela},
  title = {Trade liberalisation},
  journal = {The Manchester School},
  year = {1965},
}
"""
OWN = re.compile(r"^ +(?:- )?citypages(?:: \..*)?\n", re.M)  # the extension that knows the subject of our book
TYPED = """\
- reason: titles and prices of this small book
  text: [one, two, $5 or $6]
"""
READER = (
    "citygap/data/io.py", "citygap/quantity/rounding.py", "citygap/data/bibtex.py", "citygap/data/bibtex_grammar.py",
    "citygap/data/works/__init__.py", "citygap/data/works/references.py",
    "citygap/data/works/grades.py", "citygap/data/works/record.py",
)  # fmt: skip
TOC = """\
format: jb-book
root: chapters/one
chapters:
  - file: chapters/two
"""


def write_book(folder: Path) -> None:
    """A book of two chapters: the press, settings and reader of sources of this repository, the rest
    invented."""
    shutil.copytree(ROOT / "press", folder / "press", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "citygap").mkdir()
    for name in ("requirements.txt", *READER):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for name, text in {
        "_config.yml": OWN.sub("", (ROOT / "_config.yml").read_text(encoding="utf-8")),
        "_toc.yml": TOC,
        "chapters/typed.yml": TYPED,
        "chapters/absences.yml": "[]\n",
        "chapters/one.md": ONE,
        "chapters/two.md": TWO,
        "citygap/__init__.py": "",
        "citygap/data/__init__.py": "",
        "citygap/data/tables.py": TABLES,
        "citygap/data/validate.py": "from citygap.data.tables import check\n",
        "data/answer.csv": "answer\n4711\n",
        "data/sources.bib": BIB,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def press(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """``python -m press`` there, with its output as text."""
    command = [sys.executable, "-m", "press", *(arguments or ("build",))]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE)


def jupyter_book(folder: Path) -> subprocess.CompletedProcess:
    """Plain ``jupyter-book build .`` there."""
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", "."]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE)


def page(folder: Path, name: str) -> str:
    return (folder / "_build" / "html" / "chapters" / f"{name}.html").read_text(encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.fixture(scope="session")
def built(once) -> Path:
    """The small book, built. Not to be changed."""
    return once("small", build_book)


def build_book(folder: Path) -> None:
    """Write the small book and build it."""
    write_book(folder)
    done = press(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[1/2] one ..." in done.stdout and "[2/2] two ..." in done.stdout
    assert done.stderr == ""
    assert re.search(r"ready in \d+\.\d s\. Open _build/html/index\.html", done.stdout)


@pytest.fixture
def book(built, tmp_path) -> Path:
    """A copy of the built small book, to be changed."""
    return shutil.copytree(built, tmp_path / "book", copy_function=shutil.copy2)


# ------------------------------------------------------------------------------- what it makes


def test_the_first_page_leads_to_the_book(built):
    lead = (built / "_build" / "html" / "index.html").read_text(encoding="utf-8")
    assert 'url=chapters/one.html"' in lead and "<title>" in lead and 'lang="en"' in lead


def test_pages_hold_the_number_the_figure_and_the_citation(built):
    one, two = page(built, "one"), page(built, "two")
    assert "4711" in one and "costs $5 or $6" in one
    assert re.search(r"\(<a[^>]*>Balassa 1965</a>\)", one)
    assert '<circle r="4"/>' in two and "Fig. 1" in two
    assert ">balassa<" in two  # the key that the tables' source columns hold


def test_nothing_changed_is_nothing_to_do(book):
    done = press(book)
    assert done.returncode == 0
    assert done.stdout.startswith("Nothing has changed since the last good book.")


@pytest.mark.slow
def test_a_chapter_put_back_with_its_old_time_is_read_again(book):
    chapter = book / "chapters" / "one.md"
    kept = shutil.copy2(chapter, book / "kept")
    change(chapter, "The answer is", "The better answer is")
    assert press(book).returncode == 0 and "The better answer is" in page(book, "one")
    os.replace(kept, chapter)
    assert press(book).returncode == 0 and "The answer is" in page(book, "one")


def test_a_page_saved_while_it_is_read_is_read_again(tmp_path):
    """Whatever the times of its file say."""
    env = SimpleNamespace(found_docs={"one", "two", "gone"}, doc2path=lambda name: tmp_path / name)
    for name in env.found_docs:
        (tmp_path / name).write_text(name)
        cache_key.note_source(SimpleNamespace(env=env), name, [name])
    assert cache_key.changed_sources(None, env, set(), set(), set()) == []
    (tmp_path / "two").write_text("saved")
    os.utime(tmp_path / "two", (0, 0))
    (tmp_path / "gone").unlink()
    assert sorted(cache_key.changed_sources(None, env, set(), set(), set())) == ["gone", "two"]


@pytest.mark.slow
def test_the_same_files_give_the_same_pages(book):
    first = {p: p.read_bytes() for p in (book / "_build" / "html").rglob("*.html")}
    assert press(book, "build", "--all").returncode == 0
    assert first == {p: p.read_bytes() for p in (book / "_build" / "html").rglob("*.html")}


@pytest.mark.slow
def test_the_pages_are_those_of_plain_jupyter_book(book):
    """Forked kernels, pages written by several processes and what is remembered change no byte."""
    html = book / "_build" / "html"
    ours = {p.relative_to(html): p.read_bytes() for p in html.rglob("*") if p.is_file()}
    shutil.rmtree(book / "_build")
    done = jupyter_book(book)
    assert done.returncode == 0, done.stderr
    plain = {p.relative_to(html): p.read_bytes() for p in html.rglob("*") if p.is_file()}
    differing = {str(p) for p in ours.keys() | plain.keys() if ours.get(p) != plain.get(p)}
    assert differing <= {".buildinfo"}


# -------------------------------------------------------------------------- what it keeps


@pytest.mark.slow
def test_changed_data_change_the_page_and_undone_they_are_found_again(book):
    change(book / "data" / "answer.csv", "4711", "4712")
    assert press(book).returncode == 0
    assert "4712" in page(book, "one") and "4711" not in page(book, "one")
    change(book / "data" / "answer.csv", "4712", "4711")
    done = press(book)
    assert "[1/2]" not in done.stdout and "[2/2]" not in done.stdout, "no chapter runs"
    assert "4711" in page(book, "one")


@pytest.mark.slow
def test_changed_code_changes_the_page(book):
    change(book / "citygap" / "data" / "tables.py", ".split()[1])", ".split()[1]) + 1")
    assert press(book).returncode == 0
    assert "4712" in page(book, "one")


@pytest.mark.slow
def test_changed_data_change_the_page_of_plain_jupyter_book_too(book):
    for answer in ("4711", "4712"):
        change(book / "data" / "answer.csv", "4711", answer)
        assert jupyter_book(book).returncode == 0
        assert answer in page(book, "one")


@pytest.mark.slow
def test_plain_jupyter_book_builds_again_after_a_change_of_prose(book):
    """With the notebooks, which are made of all pages, though only one was read anew."""
    for name in ("CITATION.cff", "LICENSE"):
        shutil.copy(ROOT / name, book / name)
    assert jupyter_book(book).returncode == 0
    for word in ("good", "better"):
        change(book / "chapters" / "one.md", "The ", f"The {word} ")
        done = jupyter_book(book)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        downloads = book / "_build" / "html" / "downloads"
        assert f"The {word} " in (downloads / "one.ipynb").read_text(encoding="utf-8")
        assert (downloads / "two.ipynb").is_file()


@pytest.mark.slow
def test_plain_jupyter_book_fails_when_a_cell_fails(book):
    change(book / "chapters" / "two.md", "first =", "1 / 0\nfirst =")
    done = jupyter_book(book)
    assert done.returncode != 0 and "ZeroDivisionError" in done.stderr


@pytest.mark.slow
def test_changed_prose_runs_no_code(book):
    press(book, "build", "--all")  # pages are read afresh where a book was copied to
    change(book / "chapters" / "one.md", "The answer is", "The good answer is")
    done = press(book)
    assert done.returncode == 0
    assert "[1/2]" not in done.stdout and "Reading 1 of 2 pages: one ..." in done.stdout
    assert "The good answer" in page(book, "one")


@pytest.mark.slow
def test_a_book_that_plain_jupyter_book_wrote_to_is_built_anew(book):
    (book / "_build" / "html" / "chapters" / "one.html").write_text("something else")
    assert "Writing all pages" in press(book).stdout
    assert "4711" in page(book, "one")


def test_results_of_the_last_two_states_are_kept(tmp_path):
    for age, name in enumerate(("newest", "newer", "old", "oldest")):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    cache_key.remove_old(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"newest", "newer"}


# -------------------------------------------------------------------------- what stops it

GLYPH = """\
from citygap.charts import style
plot, axes = style.canvas(1.0)
axes.set_title("\U00013000")
style.to_svg(plot, "sign", "a sign")
"""
FAULTS = {
    "a failing cell": ("first =", "1 / 0\nfirst =", "1 / 0", "ZeroDivisionError: division by zero"),
    "a failure inside the analysis": (
        "first = tables.answer()",
        "first = tables.FILE.with_name('no').read_text()",
        "with_name",
        "FileNotFoundError: ",
    ),
    "a cell that cannot be parsed": ("first =", "def f(:\nfirst =", "def f(:", "SyntaxError: "),
    "a missing glyph in a figure": ("first =", f"{GLYPH}first =", "to_svg(", "ValueError: "),
    "an unknown citation": ("A caption.", "A caption {cite}`nobody`.", "nobody", '"nobody"'),
    "a reference that leads nowhere": ("`a-place`", "`no-place`", "no-place", "'no-place'"),
    "a link that leads nowhere": ("See ", "[See](nowhere.md) ", "nowhere", "'nowhere.md'"),
    "a figure that is not there": ("`a-figure`", "`no-figure`", "no-figure", "'no-figure'"),
    "a number that is not there": ("See ", "{glue}`nothing` See ", "nothing",
                                   "no cell of this chapter binds 'nothing': bind it in a cell, bind(nothing=...)"),
    "a number misspelt": ("See ", "{glue}`figur` See ", "{glue}`figur`", "'figur': did you mean 'figure'? Else bind"),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_the_build_with_file_and_line(book, fault):
    old, new, where, message = FAULTS[fault]
    if new.startswith(GLYPH):
        (book / "citygap" / "charts").mkdir()
        shutil.copy(ROOT / "citygap" / "charts" / "style.py", book / "citygap" / "charts" / "style.py")
        for name in ("fonts", "words"):
            shutil.copytree(ROOT / "citygap" / name, book / "citygap" / name)
    chapter = book / "chapters" / "two.md"
    change(chapter, old, new)
    done = press(book)
    assert done.returncode == 1
    line = line_of(chapter, where)
    report = done.stdout.partition("\n\n")[2].splitlines()
    assert len(report) < 6, "a few lines, not a traceback"
    assert report[0].startswith(f"chapters/two.md:{line}: ") and message in report[0], done.stdout
    assert "_build/build.log" in report[-1]


@pytest.mark.slow
def test_a_typed_figure_stops_the_build_before_any_chapter_runs(book):
    chapter = book / "chapters" / "one.md"
    change(chapter, "The answer is", "All 82 say that the answer is")
    done = press(book)
    assert done.returncode == 1 and "No chapter was run" in done.stdout
    line = line_of(chapter, "All 82")
    assert f"chapters/one.md: line {line}: typed figure '82' in" in done.stdout
    assert "[1/2]" not in done.stdout


@pytest.mark.slow
def test_an_error_raised_in_the_analysis_names_its_line_there(book):
    change(book / "chapters" / "two.md", "first = tables.answer()", "tables.fail()")
    with (book / "citygap" / "data" / "tables.py").open("a") as file:
        file.write("\n\ndef fail():\n    raise KeyError('no such place')\n")
    done = press(book)
    line = line_of(book / "citygap" / "data" / "tables.py", "raise KeyError")
    assert f"KeyError: 'no such place' (raised in citygap/data/tables.py:{line})" in done.stdout


@pytest.mark.slow
def test_all_failing_chapters_are_reported_and_the_last_good_book_stays(book):
    for name in ("one", "two"):
        change(book / "chapters" / f"{name}.md", "import sys", "import no_such_module")
    for _ in range(2):  # a failure is not forgotten by the next build
        done = press(book)
        assert done.returncode == 1
        assert done.stdout.count("ModuleNotFoundError") == 2
        assert "_build/html still holds the last good book" in done.stdout
        assert "4711" in page(book, "one")


@pytest.mark.slow
def test_a_label_taken_away_is_missed_on_the_page_that_did_not_change(book):
    change(book / "chapters" / "one.md", "(a-place)=", "(another-place)=")
    done = press(book)
    line = line_of(book / "chapters" / "two.md", "`a-place`")
    assert done.returncode == 1
    assert f"chapters/two.md:{line}: undefined label: 'a-place'" in done.stdout


@pytest.mark.slow
def test_a_page_that_fetches_from_a_third_party_fails_the_build(book):
    change(book / "chapters" / "two.md", "See ", "![x](https://example.org/x.png) {math}`a^2` See ")
    done = press(book)
    assert done.returncode == 1
    assert "chapters/two.md: the page fetches https://example.org/x.png" in done.stdout
    assert "for its maths" in done.stdout


@pytest.mark.slow
def test_a_faulty_table_stops_the_build_before_any_chapter_runs(book):
    change(book / "data" / "answer.csv", "4711", "many")
    done = press(book)
    assert done.returncode == 1
    assert "data/answer.csv: row 2, column answer: not a number - write one" in done.stdout
    assert "[1/2]" not in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "old, new, message",
    [
        ("def check", "def chek", "cannot import name 'check' from 'citygap.data.tables'"),
        ("def check", "def check(:", "citygap/data/tables.py:16: SyntaxError"),
        ("        answer()\n", "        1 / 0\n", "citygap/data/tables.py:18: ZeroDivisionError"),
    ],
)
def test_a_broken_checker_is_a_sentence(book, old, new, message):
    change(book / "citygap" / "data" / "tables.py", old, new)
    done = press(book)
    assert done.returncode == 1
    assert message in done.stdout and "Traceback" not in done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "file, old, new, message",
    [
        ("_config.yml", "author: The authors", "author: [", "_config.yml:"),
        ("_config.yml", "author: The authors", "author: 3", "_config.yml: "),
        ("_toc.yml", "chapters/two", "chapters/three", "_toc.yml:4: there is no page chapters/three: "),
        ("data/sources.bib", "{1965}", "{1965", "data/sources.bib: "),
    ],
)
def test_settings_that_cannot_be_used_are_named(book, file, old, new, message):
    change(book / file, old, new)
    done = press(book)
    assert done.returncode == 1
    said = done.stdout.partition("\n\n")[2] or done.stdout  # before or after the chapters have run
    assert said.startswith(message), done.stdout


# -------------------------------------------------------------------------- its parts


def test_what_a_browser_fetches_is_told_from_what_it_links_to():
    html = """
    <script async src="https://a.example/x.js"></script> <link href='//b.example/x.css' rel=x>
    <img alt="" src=https://c.example/x.png> <a href="https://d.example/">link</a>
    <link rel="canonical" href="https://e.example/"> <script src="x.js"></script>
    """
    assert [address.split("/")[2] for address in third_party_guard.fetched(html)] == [
        "a.example",
        "b.example",
        "c.example",
    ]


def test_the_server_listens_on_this_machine_only(monkeypatch, tmp_path):
    (tmp_path / "index.html").write_text("the book")
    monkeypatch.setattr(serve, "HTML", tmp_path)
    with serve.server() as running:
        host, port = running.server_address[:2]
        assert host == "127.0.0.1"
        Thread(target=running.serve_forever, daemon=True).start()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
            assert answer.read() == b"the book"
        running.shutdown()


@pytest.mark.parametrize(
    "version, words",
    [((3, 10), "3.11, 3.12 or 3.13"), ((3, 14), "3.11, 3.12 or 3.13"), ((3, 12), "")],
)
def test_a_python_that_cannot_serve_is_told_what_to_do(monkeypatch, version, words):
    monkeypatch.setattr(venv.sys, "version_info", (*version, 0, "final", 0))
    advice = venv.obstacle()
    assert words in advice and bool(advice) == bool(words) and "\n" not in advice


def test_without_the_venv_module_the_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert "apt-get install python3" in venv.obstacle()


def test_make_lists_its_commands():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {"book", "test", "serve", "clean", "lock", "font", "help"} <= set(
        re.findall(r"^make (\w+)", listed, re.M)
    )


# -------------------------------------------------------------------------- what is promised


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+(?:\[[a-z-]+\])?)==(\S+)", text, re.M))


def test_requirements_are_locked_with_hashes_and_name_no_host_or_path():
    for name in ("requirements.lock", "requirements-all.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
        assert len(entries) == len(pins(name)) > 100
        assert all("--hash=sha256:" in entry for entry in entries)
        assert not re.search(r"https?:|file:|--index|--extra|--find|/tmp|/home|/root", text)


def test_every_list_has_the_versions_of_the_book():
    book = pins("requirements.lock")
    assert book.items() <= pins("requirements-all.lock").items()
    assert book == pins("requirements.txt")
    assert book["jupyter-book"].startswith("1.")


def test_pip_by_hand_installs_the_project_as_well():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "-e ." and not any("--hash" in line for line in lines)


def test_the_citation_file_is_valid():
    command = [str(Path(sys.executable).with_name("cffconvert")), "--validate"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and "valid" in done.stdout, done.stderr


def test_the_edition_is_the_same_everywhere():
    edition = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"] == edition
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M)[1]
    assert first == edition.removesuffix(UNRELEASED) or versions.following(first) == edition


@pytest.mark.book
def test_every_page_of_the_contents_is_in_the_book(html):
    contents = (ROOT / "_toc.yml").read_text()
    names = re.findall(r"(?:root|file): (\S+)", contents)
    assert names and all((html / f"{name}.html").is_file() for name in names)


@pytest.mark.book
def test_no_page_of_the_book_fetches_anything_from_a_third_party(html):
    found = {
        path.name: addresses
        for path in html.rglob("*.html")
        if (addresses := third_party_guard.fetched(path.read_text(encoding="utf-8")))
    }
    assert not found
