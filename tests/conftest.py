"""What several test files use."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.small_tables import read_instead, small_tables

ROOT = Path(__file__).resolve().parent.parent


def pytest_xdist_auto_num_workers(config) -> int:
    """One more than there are cores: many tests wait, for a browser, a server, a kernel or a kill."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def once(tmp_path_factory, worker_id) -> Callable[[str, Callable[[Path], object]], Path]:
    """Called with a name and a function that fills an empty folder, gives the folder: filled by the
    first process of the test run that asks for it, the same for all others.  Not to be changed."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def made(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what another could not finish
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(autouse=True)
def known_units():
    """Tables of a test may name units anew; the next test finds those that were known as before."""
    from citygap.quantity.units import UNITS

    known = dict(UNITS)
    yield
    UNITS.update(known)


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """Called with tables of made-up rows (``ai_deals_by_city`` for ``ai-deals-by-city``), lets
    citygap read those in place of the book's own, and gives them back."""
    return lambda **rows: read_instead(
        monkeypatch,
        small_tables(tmp_path / "data", {name.replace("_", "-"): r for name, r in rows.items()}),
    )


@pytest.fixture(scope="session")
def html() -> Path:
    """The built book; tests that take it are marked ``book``."""
    folder = ROOT / "_build" / "html"
    if not (folder / "index.html").is_file():
        pytest.fail("there is no book in _build/html; build it with: make book", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def chromium():
    """A running headless Chromium.  Without one a test is skipped, and in CI it fails."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)

    program = shutil.which("chromium")
    if program is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("there is no chromium here; .ci/run installs it")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield patient(running)
        running.close()


def patient(browser):
    """The browser, whose pages wait as long as everything here does."""
    for name in ("new_context", "new_page"):
        setattr(browser, name, patiently(getattr(browser, name)))
    return browser


def patiently(new):
    """``new``, whose pages wait as long."""

    def made(**options):
        opened = new(**options)
        opened.set_default_timeout(PATIENCE * 1000)
        return opened

    return made


@pytest.fixture
def open_page(chromium, html):
    """Open an address of the book; options are those of a browser context."""
    contexts = []

    def opened(address: str, width: int = 1280, **options):
        # Tests put scripts into pages, which their policy lets nobody do (tests/press/postprocess/test_csp.py).
        options.setdefault("bypass_csp", True)
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.outside = []
        page.on("request", lambda request: request.url.startswith(("file:", "data:"))
                or page.outside.append(request.url))
        page.goto(f"{html.as_uri()}/{address}")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core, from the package axe-playwright-python."""
    spec = find_spec("axe_playwright_python")
    if spec is None:
        pytest.fail("axe-playwright-python is not installed: make install-all", pytrace=False)
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
