"""In JupyterLab a chapter opens as a notebook that reads like its page, runs, and is saved unharmed."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import jupytext
import pytest
from flit_core import buildapi
from jupyterlab.labapp import LabApp
from tests.patience import wait_until
from traitlets.utils.importstring import import_item

from press import RESULTS, ROOT
from press.downloads.notebooks import DIRECTIVE, ROLE
from press.execution.records import FOLDER
from press.execution.tracing import LISTING, Now
from press.lab.contents import as_before, code_cells, fill

BROUGHT = ROOT / "press" / "lab" / "jupyter"
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))
SHARE = Path(sys.prefix) / "share" / "jupyter"
ROW = b"chongqing,ai_core_scale,2024,2024-12-31,171,"  # which the first chapter prints as 17.1 billion


def settings(name: str) -> dict:
    return json.loads(next(BROUGHT.rglob(name)).read_text(encoding="utf-8"))


def read(path: Path):
    """A chapter as Jupytext opens it, and the text of its file."""
    text = path.read_text(encoding="utf-8")
    return jupytext.reads(text, fmt="md:myst"), text


def printed(html: Path, chapter: str) -> list[str]:
    """What the page prints where the chapter's source has {glue}`key`."""
    page = (html / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")
    found = re.findall(r'<(?:data class="quantity"|span class="checked") data-key[^>]*>([^<]*)', page)
    return [" ".join(unescape(words).split()) for words in found]


@pytest.fixture
def copy(once) -> Path:
    """A copy of what a chapter rests on, with the results of the last build."""

    def made(folder: Path) -> None:
        away = shutil.ignore_patterns(".*", "__pycache__", "_build", "site", "tests", "docs", "editions")
        shutil.copytree(ROOT, folder, ignore=away, dirs_exist_ok=True)
        results = RESULTS.relative_to(ROOT) / FOLDER
        shutil.copytree(ROOT / results, folder / results)

    return once("copy-for-jupyterlab", made)


# ------------------------------------------------------------------------------- without a browser


def test_the_project_brings_settings_and_extension_into_its_environment(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    wheel = zipfile.ZipFile(tmp_path / buildapi.build_editable(str(tmp_path)))
    brought = {name.partition(".data/data/")[2] for name in wheel.namelist()}
    files = [path for path in BROUGHT.rglob("*") if path.is_file()]
    assert files and brought >= {path.relative_to(BROUGHT).as_posix() for path in files}


def test_settings_are_those_that_jupyterlab_knows():
    for plugin, chosen in settings("chapters.json").items():
        package, _, name = plugin.partition(":")
        schema = json.loads((SHARE / "lab" / "schemas" / package / f"{name}.json").read_text())
        assert chosen.keys() <= schema["properties"].keys()
    chosen = settings("jupyter_lab_config.json")["LabApp"]
    assert chosen.keys() <= LabApp.class_traits().keys()
    assert issubclass(import_item(chosen["check_for_updates_class"]),
                      LabApp.check_for_updates_class.klass)  # fmt: skip


def test_the_viewer_is_one_that_jupytext_brings():
    viewers = settings("chapters.json")["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]
    scripts = (SHARE / "labextensions" / "jupyterlab-jupytext").rglob("*.js")
    brought = "".join(path.read_text(encoding="utf-8") for path in scripts)
    assert viewers and all(f'"{viewer}"' in brought or viewer in brought for viewer in viewers.values())


def test_the_extension_prints_every_role_and_directive_of_the_chapters():
    script = next(BROUGHT.rglob("remoteEntry.js")).read_text(encoding="utf-8")
    handled = set(re.findall(r'case "(\w+)"', script)) | set(re.findall(r'name === "([\w:-]+)"', script))
    text = "\n".join(cell.source for path in CHAPTERS for cell in read(path)[0].cells
                     if cell.cell_type == "markdown")  # fmt: skip
    used = {match[1] for match in ROLE.finditer(text)} | {match[2] for match in DIRECTIVE.finditer(text)}
    assert "glue" in used and used <= handled


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_is_saved_as_it_was(path):
    notebook, text = read(path)
    fill(notebook, f"chapters/{path.stem}")
    notebook.metadata["kernelspec"] = {"name": "mine", "display_name": "My own", "language": "python"}
    assert as_before(notebook, text) == text
    notebook.cells[0].source = notebook.cells[0].source.replace("# ", "# Newly: ", 1)
    assert as_before(notebook, text) == re.sub("^# ", "# Newly: ", text, count=1, flags=re.M)


def test_hidden_files_beside_the_chapters_make_no_result_stale(tmp_path):
    reads = {f"{LISTING}.": Now(tmp_path).of(f"{LISTING}.")}
    (tmp_path / ".ipynb_checkpoints").mkdir()
    assert not Now(tmp_path).stale(reads)
    (tmp_path / "given.md").touch()
    assert Now(tmp_path).stale(reads)


@pytest.mark.book
def test_a_chapter_opens_with_results_as_long_as_they_hold(copy, tmp_path):
    path = CHAPTERS[[path.stem for path in CHAPTERS].index("gap-diagnosis")]
    notebook, _ = read(path)
    fill(notebook, "chapters/gap-diagnosis", copy)
    keys = {out.metadata["scrapbook"]["name"] for cell in code_cells(notebook) for out in cell.outputs
            if "scrapbook" in out.get("metadata", {})}  # fmt: skip
    assert {"core", "opening/beijing", "fig-yardsticks"} <= keys
    assert all(cell.metadata["trusted"] for cell in code_cells(notebook))
    changed = tmp_path / "changed"
    shutil.copytree(copy, changed)
    table = changed / "data" / "observations.csv"
    table.write_bytes(table.read_bytes().replace(ROW, ROW.replace(b"171", b"172")))
    notebook, _ = read(path)
    fill(notebook, "chapters/gap-diagnosis", changed)
    assert not any(cell.outputs for cell in code_cells(notebook))


# ------------------------------------------------------------------------------------- in JupyterLab


@pytest.fixture
def lab(copy, tmp_path):
    """The folder and the address of a JupyterLab as `make lab` starts it, in a copy of the book."""
    root = tmp_path / "book"
    shutil.copytree(copy, root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    brought = root / BROUGHT.relative_to(ROOT)
    env = {**os.environ, "HOME": str(tmp_path / "home"), "PYTHONPATH": str(root),
           "JUPYTER_CONFIG_PATH": str(brought / "etc/jupyter"),
           "JUPYTER_PATH": str(brought / "share/jupyter")}  # fmt: skip
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}",
               "--ServerApp.port_retries=0", "--IdentityProvider.token="]  # fmt: skip
    root_user = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen([*command, *root_user], cwd=root, env=env, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert server.poll() is None, (tmp_path / "log").read_text()
        try:
            return urlopen(f"{address}/api", timeout=5).status == 200
        except (URLError, OSError):
            return False

    try:
        wait_until(answers, "JupyterLab")
        yield root, address
    finally:
        server.terminate()
        server.wait()


@pytest.mark.book
@pytest.mark.slow
def test_a_double_click_opens_a_chapter_that_reads_runs_and_moves(lab, html, chromium):
    root, address = lab
    chapter = root / "chapters" / "gap-diagnosis.md"
    before, files = chapter.read_bytes(), sorted((root / "chapters").glob("[!.]*"))
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    errors, outside = [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: said.type == "error" and errors.append(said.text))
    page.on("request", lambda request: request.url.startswith((address, "data:", "blob:"))
            or outside.append(request.url))

    def bound(kind: str = "bound") -> list[str]:
        return page.eval_on_selector_all(
            f".jp-MarkdownCell .{kind}", "all => all.map(each => each.textContent.trim())"
        )

    page.goto(f"{address}/lab")
    page.dblclick(".jp-DirListing-item:has-text('chapters')")
    page.dblclick(".jp-DirListing-item:has-text('gap-diagnosis.md')")
    on_page = Counter(printed(html, "gap-diagnosis"))
    wait_until(lambda: on_page <= Counter(bound()), "the text of the page", page)
    assert on_page and not bound("bound-missing")
    words = "\n".join(page.locator(".jp-RenderedMarkdown").all_text_contents())
    assert not re.search(r"\{(?:glue|cite|term|doc|numref|claim)", words)
    assert page.locator(".jp-OutputArea svg.figure").count() and "Fig. 1.1." in words
    tables = " ".join(page.locator(".jp-OutputArea table.dataframe").all_text_contents())
    assert "core" in tables and "17.1" in tables and "yuqian-consulting-2025" in tables
    assert not page.locator(".jp-Dialog, .Toastify__toast").count()
    assert not page.locator(".lm-TabBar-tab.jp-mod-dirty").count()  # nothing to be saved

    table = root / "data" / "observations.csv"
    table.write_bytes(table.read_bytes().replace(ROW, ROW.replace(b"171", b"172")))
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
    wait_until(lambda: "17.2" in bound() and "17.1" not in bound(), "the changed number", page)
    cells = page.locator(".jp-CodeCell").count()
    wait_until(lambda: page.locator(f".jp-InputPrompt:text-is('[{cells}]:')").count(), "the end", page)
    page.keyboard.press("Control+s")
    wait_until(lambda: not page.locator(".lm-TabBar-tab.jp-mod-dirty").count(), "saving", page)
    assert chapter.read_bytes() == before and sorted((root / "chapters").glob("[!.]*")) == files
    assert not errors and not outside
    page.close()
