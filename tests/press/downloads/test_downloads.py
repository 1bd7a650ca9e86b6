"""Every chapter can be taken along and run, and Binder and Colab are offered if they can be."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import nbformat
import pytest
import yaml
from nbclient import NotebookClient

from citygap.claims.other_verdicts.revisions import EDITIONS
from press import ROOT, book_metadata, site_settings
from press.downloads import downloads, notebook_archive, notebooks
from press.serve import serve
from tests.patience import PATIENCE

BOOK = notebook_archive.name(book_metadata.record())
BINDER = ROOT / ".binder"


def listed() -> list[str]:
    """The pages of the table of contents."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [Path(page).name for page in (toc["root"], *(each["file"] for each in toc["chapters"]))]


def has_cells(page: str) -> bool:
    return "{code-cell}" in (ROOT / "chapters" / f"{page}.md").read_text(encoding="utf-8")


CHAPTERS = [page for page in listed() if has_cells(page)]


@pytest.fixture
def fresh(html, tmp_path) -> Path:
    """A folder with the unpacked archive, and nothing else."""
    with zipfile.ZipFile(html / "downloads" / f"{BOOK}.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path


def words_of(notebook) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def config(url: str = "", branch: str = "main", baseurl: str = "") -> SimpleNamespace:
    """Sphinx's settings, as far as they say where the book is."""
    options = {"repository_url": url, "repository_branch": branch}
    return SimpleNamespace(
        html_theme_options=options, html_baseurl=baseurl, press_site_branch="gh-pages"
    )


# ------------------------------------------------------------------------------- notebooks


@pytest.mark.book
@pytest.mark.parametrize("chapter", [
    CHAPTERS[0], *(pytest.param(chapter, marks=pytest.mark.slow) for chapter in CHAPTERS[1:])
])  # fmt: skip
def test_the_downloaded_notebook_runs_on_its_own(chapter, html, fresh, monkeypatch):
    monkeypatch.delenv("PYTHONPATH", raising=False)  # so that no other copy of citygap is found
    file = shutil.copy(html / "downloads" / f"{chapter}.ipynb", fresh)
    notebook = nbformat.read(file, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("import citygap; print(citygap.__file__)"))
    NotebookClient(
        notebook, timeout=PATIENCE, kernel_name="python3", resources={"metadata": {"path": str(fresh)}}
    ).execute()
    found = notebook.cells[-1].outputs[0]["text"].strip()
    assert Path(found).is_relative_to(fresh / BOOK)  # not the checkout's
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = sum("<svg" in out.get("data", {}).get("text/html", "")
                for cell in code for out in cell.outputs)  # fmt: skip
    assert shown >= len(re.findall(r"^\*\*Fig\. ", words_of(notebook), re.M))


@pytest.mark.book
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_notebook_is_clean_and_readable(chapter, html):
    notebook = nbformat.read(html / "downloads" / f"{chapter}.ipynb", as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not cell.outputs and cell.execution_count is None
            assert "sys.path.insert(0, \"..\")" not in cell.source
    text = words_of(notebook)
    assert not re.search(r"\{[\w:]+\}`|^`{3,}\{|^:::|</?\w+[ >]", text, re.M)
    assert BOOK in notebook.cells[0].source and f"edition {book_metadata.record().edition}" in text


@pytest.mark.book
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_notebook_says_what_the_page_says(chapter, html):
    text = " ".join(words_of(nbformat.read(html / "downloads" / f"{chapter}.ipynb", 4)).split())
    page = (html / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")
    bound = re.findall(r'<(?:data class="quantity"|span class="checked") data-key[^>]*>([^<]*)', page)
    captions = re.findall(r'<span class="caption-number">(Fig\. [\d.]+) ?</span>', page)
    assert all(" ".join(unescape(words).split()) in text for words in bound)
    assert all(f"**{number}**" in text for number in captions)
    source = (ROOT / "chapters" / f"{chapter}.md").read_text(encoding="utf-8")
    assert len(captions) == source.count("{glue:figure}")


@pytest.mark.book
@pytest.mark.parametrize("chapter", listed())
def test_the_page_offers_what_there_is(chapter, html):
    page = (html / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"]+)"[^>]*class="[^"]*btn-download-[^"]*"', page)
    files = [(html / "chapters" / link).resolve() for link in links]
    assert all(file.is_file() for file in files)
    offered = {file.suffix for file in files}
    assert offered >= ({".md", ".ipynb", ".zip"} if chapter in CHAPTERS else {".md"})
    assert (".ipynb" in offered) == (chapter in CHAPTERS)
    source = next(file for file in files if file.suffix == ".md")
    assert source.read_bytes() == (ROOT / "chapters" / f"{chapter}.md").read_bytes()


@pytest.mark.book
@pytest.mark.slow
def test_the_menu_saves_files_and_from_disk_opens_them(html, chromium, open_page, monkeypatch):
    names = ("methods.md", "methods.ipynb", f"{BOOK}.zip")
    menu = ".dropdown-download-buttons"
    monkeypatch.setattr(serve, "HTML", html)
    with serve.server() as running:
        Thread(target=running.serve_forever, daemon=True).start()
        for name in names:
            page = chromium.new_page(accept_downloads=True)
            page.goto(f"http://127.0.0.1:{running.server_port}/chapters/methods.html")
            page.click(f"{menu} > button")
            with page.expect_download() as got:
                page.click(f'{menu} a[href$="{name}"]')
            assert got.value.suggested_filename == name
            page.close()
        running.shutdown()
    page = open_page("chapters/methods.html")  # a browser saves nothing that lies on the disk
    for name in names[:2]:
        page.click(f"{menu} > button")
        with page.expect_popup() as opened:
            page.click(f'{menu} a[href$="{name}"]')
        opened.value.wait_for_load_state()
        assert opened.value.url.startswith("file:") and opened.value.url.endswith(name)
        assert "Methods" in opened.value.inner_text("body")
        page.reload()
    assert not page.errors


@pytest.mark.book
def test_without_the_archive_one_sentence_says_what_to_do(html, tmp_path):
    notebook = nbformat.read(html / "downloads" / "methods.ipynb", as_version=4)
    done = subprocess.run([sys.executable, "-I", "-c", notebook.cells[1].source],
                          cwd=tmp_path, capture_output=True, text=True)  # fmt: skip
    said = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert said == (f"ModuleNotFoundError: citygap was not found: unpack {BOOK}.zip "
                    f"in the folder {tmp_path}")  # fmt: skip


@pytest.mark.book
def test_the_archive_holds_what_notebooks_need_and_no_more(html, fresh):
    names = {path.relative_to(fresh / BOOK).as_posix() for path in (fresh / BOOK).rglob("*")
             if path.is_file()}  # fmt: skip
    assert {"requirements.txt", "LICENSE", "data/observations.csv", "citygap/data/tables.py"} <= names
    assert (fresh / BOOK / "requirements.txt").read_text() == (ROOT / "requirements.lock").read_text()
    assert {f"chapters/{chapter}.{form}" for chapter in CHAPTERS for form in ("md", "ipynb")} <= names
    assert {name.partition("/")[0] for name in names} == {
        "requirements.txt", "LICENSE", "LICENSE-TEXT-AND-DATA.md", "CITATION.cff",
        "citygap", "data", "editions", "chapters",
    }  # fmt: skip
    assert {f"editions/{v}.json.xz" for v in EDITIONS} <= names
    assert {name.partition(".json")[2] for name in names if name.startswith("editions/")} == {".xz"}
    assert not any("__pycache__" in name for name in names)
    one = fresh / BOOK / "chapters" / "methods.ipynb"
    assert one.read_bytes() == (html / "downloads" / "methods.ipynb").read_bytes()


def test_the_same_files_give_the_same_archive(tmp_path):
    made = []
    for number, moment in enumerate((1_000_000_000, 1_500_000_000)):
        root = tmp_path / str(number)
        for name in ("data/a.csv", "citygap/__init__.py", "citygap/__pycache__/x.pyc"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(name)
            os.utime(root / name, (moment, moment))
        notebook_archive.write(root / "out" / "b-1.zip", root, {"one.md": b"1"})
        made.append((root / "out" / "b-1.zip").read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "0" / "out" / "b-1.zip") as archive:
        assert archive.namelist() == [
            "b-1/chapters/one.md", "b-1/citygap/__init__.py", "b-1/data/a.csv",
        ]  # fmt: skip


@pytest.mark.parametrize(
    "output, words",
    [
        ({"text/plain": "over 80", "text/html": '<data data-low="80.0" data-high="81.0" '
          'data-range="80 to 81 billion yuan">'}, "over 80 [80 to 81]"),
        ({"text/plain": "9 to 11", "text/html": '<data data-low="9.1" data-high="10.8" '
          'data-range="9.1 to 10.8">'}, "9 to 11"),
        ({"text/plain": "at least 4", "text/html": '<data data-low="4.0" data-high="inf" '
          'data-range="at least 4.0">'}, "at least 4"),
        ({"text/plain": "49", "text/html": '<data data-low="49.0" data-high="49.0" '
          'data-range="49">'}, "49"),
        ({"text/plain": "20.6", "text/html": '<data data-low="20.61224" data-high="20.61229" '
          'data-range="20.6122 to 20.6123">'}, "20.6"),
        ({"text/plain": "20.6%", "text/html": '<data data-low="20.5" data-high="20.71" '
          'data-range="20.5 to 20.71 percent">'}, "20.6% [20.5 to 20.71]"),
        ({"text/plain": "widens", "text/html": '<span class="checked">widens</span>'}, "widens"),
    ],
)  # fmt: skip
def test_a_number_keeps_its_bounds(output, words):
    assert notebooks.value(output) == words


def printed(**changes) -> notebooks.Printed:
    given = {"values": {"a": "5"}, "figures": {"fig-x": "Fig. 1.2"},
             "titles": {"chapters/methods": "Methods"}, "citations": [],
             "sections": {"s": "A section"}}  # fmt: skip
    return notebooks.Printed(**(given | changes))


def test_what_only_the_build_understands_becomes_text():
    text = ("{glue}`a` firms {cite}`k`, see {ref}`s`, {doc}`methods`, {numref}`fig-x` and "
            '{datapage}`the sources <sources>`; <a href="claim-ledger.html#C1">a claim</a>.\n\n'
            "```{glue:figure} fig-x\n:name: fig-x\n\n**Up {glue}`a`.** More.\n```\n")  # fmt: skip
    plain = notebooks.plain(text, printed(), iter(["(K, 2024)"]))
    assert plain == ("5 firms (K, 2024), see A section, *Methods*, Fig. 1.2 and the sources; a claim.\n\n"
                     "**Fig. 1.2** **Up 5.** More.\n")  # fmt: skip
    at = notebooks.plain(text, printed(address="https://a.example/b/"), iter(["(K, 2024)"]))
    assert "[*Methods*](https://a.example/b/chapters/methods.html)" in at
    assert "[the sources](https://a.example/b/data/sources.html)" in at
    assert "[a claim](https://a.example/b/chapters/claim-ledger.html#C1)" in at


@pytest.mark.parametrize(
    "text, message",
    [
        ("{glue}`b`", "no value for 'b'"),
        ("{cite}`k`", "no citation for 'k'"),
        ("{abbr}`AI (words)`", "the role 'abbr'"),
        ("```{note}\nWords.\n```", "the directive 'note'"),
    ],
)
def test_what_has_no_plain_text_is_named(text, message):
    with pytest.raises(notebooks.NotPlain, match=re.escape(message)):
        notebooks.plain(text, printed(), iter([]))


# ------------------------------------------------------------------------- Binder and Colab


def test_without_a_repository_nothing_is_launched():
    assert site_settings.binder(config(), "chapters/x") == "" and site_settings.colab(config(), "x.ipynb") == ""
    assert "colab" not in downloads.setup_cell("b", "", "", ROOT)


@pytest.mark.parametrize(
    "url, binder, colab",
    [
        ("https://github.com/o/r.git/", "gh/o/r/main", "/o/r/blob/gh-pages/downloads/x.ipynb"),
        ("https://gitlab.com/o/g/r", "gl/o%2Fg%2Fr/main", ""),
        ("https://git.example/o/r", "git/https%3A%2F%2Fgit.example%2Fo%2Fr/main", ""),
    ],
)
def test_a_repository_gives_the_addresses(url, binder, colab):
    found = site_settings.binder(config(url), "chapters/x")
    assert found == f"https://mybinder.org/v2/{binder}?urlpath=lab/tree/chapters/x.md"
    wanted = f"https://colab.research.google.com/github{colab}" if colab else ""
    assert site_settings.colab(config(url), "downloads/x.ipynb") == wanted


@pytest.mark.parametrize(
    "version, revision, place",
    [("2026.1", "2026.1", "2026.1"), ("2026.2.dev", "main", "dev")],
)
def test_an_edition_is_launched_from_its_tag(version, revision, place):
    at = config("https://github.com/o/r", baseurl="https://book.example/x")
    assert f"/gh/o/r/{revision}?" in site_settings.binder(at, "chapters/x", version)
    assert f"/blob/gh-pages/{place}/downloads/x" in site_settings.colab(at, "downloads/x.ipynb", version)
    assert site_settings.book(at, version) == f"https://book.example/x/{place}/"
    assert site_settings.book(config(), version) == site_settings.revision(config(), version) == ""


@pytest.mark.parametrize("given", ["book", "example.org/x", "https://", "https://a.example/?q"])
def test_a_setting_that_is_no_address_is_named(given):
    with pytest.raises(site_settings.NoAddress, match="repository_url"):
        site_settings.repository(config(given))
    with pytest.raises(site_settings.NoAddress, match="html.baseurl"):
        site_settings.address(config(baseurl=given))


@pytest.mark.book
def test_the_book_launches_only_what_is_set(html):
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    url = settings["sphinx"]["config"]["html_theme_options"]["repository_url"]
    page = (html / "chapters" / "gap-diagnosis.html").read_text(encoding="utf-8")
    assert ("dropdown-launch-buttons" in page) == ("mybinder.org" in page) == bool(url)


@pytest.mark.slow
def test_on_colab_the_notebook_fetches_the_repository(tmp_path):
    repository, work = tmp_path / "repository", tmp_path / "content"
    (repository / "citygap" / "data").mkdir(parents=True)
    for name in ("__init__.py", "data/__init__.py", "data/tables.py"):
        (repository / "citygap" / name).write_text("")
    work.mkdir()
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@a.example", "-C", str(repository)]
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "One"]):
        subprocess.run([*git, *command], check=True)
    code = downloads.setup_cell("b-1", repository.as_uri(), "main", ROOT)
    fake = "import sys; sys.modules['google.colab'] = sys\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{fake}{code}\nfrom citygap.data import tables; print(tables.__file__)"],
        cwd=work, capture_output=True, text=True, env={**os.environ, "PIP_NO_INDEX": "1"},
    )  # fmt: skip
    assert done.stdout.strip() == str(work / "b-1" / "citygap" / "data" / "tables.py"), done.stderr


def test_colab_gets_the_versions_that_are_locked():
    pins = downloads._pins(ROOT / "requirements.txt")
    code = downloads.setup_cell("b", "https://github.com/o/r", "main", ROOT)
    assert sum(f'"{pin}"' in code for pin in pins) == len(downloads.NEEDED)


def test_binder_asks_for_a_python_that_the_book_runs_on():
    from tools.venv import NEWEST, OLDEST

    version = (BINDER / "runtime.txt").read_text().strip().removeprefix("python-")
    assert OLDEST <= tuple(map(int, version.split("."))) <= NEWEST


def test_binder_installs_the_locked_list():
    """Offline: every requirement of the list is one that is installed here, none is missing."""
    pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", "--no-deps",
           "--disable-pip-version-check", "-r", "requirements.txt"]  # fmt: skip
    done = subprocess.run(pip, cwd=BINDER, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    satisfied = set(re.findall(r"^Requirement already satisfied: (\S+?)==", done.stdout, re.M))
    assert satisfied >= set(downloads.NEEDED) | {"jupyterlab", "jupytext"}
    assert "Would install" not in done.stdout


def test_binder_installs_the_project_which_opens_chapters_as_notebooks(tmp_path):
    assert os.access(BINDER / "postBuild", os.X_OK)
    pip = tmp_path / "pip"  # in place of the one that would install it here
    pip.write_text(f'#!/bin/sh\necho "$*" > {tmp_path}/pip.txt\n')
    pip.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([str(BINDER / "postBuild")], cwd=ROOT, check=True,
                   env={**os.environ, "PATH": path, "JUPYTER_CONFIG_DIR": str(tmp_path)})  # fmt: skip
    assert "--no-index" in (told := (tmp_path / "pip.txt").read_text()) and told.endswith("--editable .\n")
    # With it come the settings that make a chapter a notebook (tests/test_lab.py).
