"""``python -m press live``: pages that follow what is saved, for whoever is writing.

This process has all libraries loaded; for each save it forks, and the child has Sphinx read and
write the pages that changed, into ``_build/live``.  So every run starts from the same clean state,
and modules of ``citygap`` and tables are read anew.  Another child serves the pages: each carries how
often pages had been made when it was handed out, and reloads as soon as they were made again.

No save is lost: pages are made whenever the files are not as they were when the last making began.

What takes a whole build's time is left as it was in ``_build/html`` or left out, see :data:`NOTE`;
``_build/html`` itself is not touched.

Out of scope: whether the book is good, which ``make book`` checks.
"""

from __future__ import annotations

import copy
import gc
import importlib
import multiprocessing
import shutil
import signal
import sys
import time
import traceback
from pathlib import Path
from threading import Thread

from press import BUILD, CONFIG, HTML, ROOT, TOC
from press.execution.digests import files_of
from press.execution.fork_server import end_with_parent
from press.languages import handed_on, printed
from press.serve.serve import HOST, Handler, server
from press.subject import own_extensions

LIVE = BUILD / "live"
TREES = BUILD / ".doctrees-live"
LOG = BUILD / "live.log"
EVERY = 0.5  # seconds between two looks at the files
FORK = multiprocessing.get_context("fork")
MADE = FORK.Value("i", 0)  # how often pages were made
SCRIPT = "/reload.js"
RELOAD = b"""const made = document.currentScript.src.split("?")[1];
const look = () => fetch("/made").then((answer) => answer.text()).then((now) => now === made || location.reload());
setInterval(() => look().catch(() => {}), 500);
"""
#: Parts of the press that go through all pages, or make what no single page shows.
LEFT_OUT = {
    "press.api", "press.citing", "press.downloads.downloads", "press.extensions.previews",
    "press.search.search", "press.extensions.opengraph",
}  # fmt: skip
#: What the last good book lends: pages of the data, and what these need; of each language.
LENT = ("data", "_static", "downloads")
WATCHED = ("chapters", "data", "citygap", "press/static", "citypages/static", CONFIG.name, TOC.name)
#: Libraries that a page's making needs, besides the extensions that ``_config.yml`` names.
LIBRARIES = (
    "jupyter_book.config", "myst_nb.core.execute.cache", "nbclient", "jupyter_cache.cache.main",
    "jupyter_client.ioloop", "pybtex.plugin", "pybtex.database.input.bibtex", "PIL.Image", "jupytext",
    "matplotlib.pyplot", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg",
    "numpy", "pandas", "seaborn", "pygments.lexers.python", "bs4", "sphinx.builders.html",
)  # fmt: skip
NOTE = (
    "Not renewed here, but by make book: the pages of data/, the search, downloads, previews of links, "
    "citations, and the checks of data and text. After a change of press/*.py, start make live again."
)


def live(port: int = 0) -> int:
    """Show the book and follow what is saved until interrupted."""
    borrow()
    sys.path.insert(0, str(ROOT))
    for name in [*LIBRARIES, *settings()["extensions"]]:
        if name not in ("press", *own_extensions()):  # which are read anew, with what they import
            importlib.import_module(name)
    seen, shown = None, server(port, LIVE, Page)
    serving = FORK.Process(target=_serve, args=(shown,), daemon=True)
    try:
        while True:
            if (now := saved()) != seen:
                first, seen = seen is None, now
                make()
                if first:
                    serving.start()
                    print(f"The book is at http://{HOST}:{shown.server_port}/ and follows what is saved "
                          f"(stop with Ctrl-C)\n{NOTE}", flush=True)  # fmt: skip
            time.sleep(EVERY)
    except KeyboardInterrupt:
        return 0


class Page(Handler):
    """Serves pages with what lets them reload."""

    caching = "no-store"

    def do_GET(self) -> None:
        made = b"%d" % MADE.value  # before the page is read: one that is made meanwhile reloads
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if self.path.endswith("/") else file
        if self.path == "/made":
            self.answer(made, "text/plain")
        elif self.path.startswith(SCRIPT):
            self.answer(RELOAD, "text/javascript")
        elif file.suffix == ".html" and file.is_file():
            script = b'<script src="%s?%s"></script></head>' % (SCRIPT.encode(), made)
            self.answer(file.read_bytes().replace(b"</head>", script, 1))
        else:
            super().do_GET()


def _serve(shown) -> None:
    """Answer requests as long as there is somebody who makes pages."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=end_with_parent, daemon=True).start()
    shown.serve_forever()


def borrow() -> None:
    """Put what is not made here into ``_build/live``, from the last good book if there is one."""
    LIVE.mkdir(parents=True, exist_ok=True)
    for name in (*LENT, *(f"{code}/{name}" for code in printed.codes() for name in LENT)):
        if (HTML / name).is_dir():
            shutil.rmtree(LIVE / name, ignore_errors=True)
            shutil.copytree(HTML / name, LIVE / name)


def saved() -> dict[str, tuple[int, ...]]:
    """All watched files as they are: differs when one is written, replaced, added or removed, also
    if that does not make it newer."""
    found = {}
    for name in WATCHED:
        path = ROOT / name
        for file in files_of(path) if path.is_dir() else [path]:
            try:
                stat = file.stat()
            except FileNotFoundError:
                continue  # it was there a moment ago
            found[str(file)] = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
    return found


def settings() -> dict:
    """Sphinx's settings of the book, without what is left out here."""
    from press.build import build

    made = build.settings()
    made["press_without"] = sorted(LEFT_OUT)
    for name in ("html_js_files", "html_css_files"):
        made[name] = [file for file in made.get(name, []) if not file.startswith("light.")]
    made["html_search_language"] = "en"  # that of press.search.search is not known without it
    return made


def make() -> None:
    """Make the pages that changed, in a process of its own."""
    making = FORK.Process(target=_make)
    making.start()
    making.join()
    MADE.value += 1
    if making.exitcode < 0:
        print("The process that makes the pages was ended, perhaps for want of memory.")
    if making.exitcode:
        print("Fix it and save: it is made again.", flush=True)


def _make() -> None:
    from press import data_pages
    from press.build import inputs
    from press.build.build import SHOWN, _sentence, run_chapters
    from press.build.diagnostics import read, roots
    from press.build.progress import Log
    from press.execution import cache_key
    from press.execution.runner import Kitchen
    from press.postprocess import pipeline
    from press.write import sphinx_run

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if faults := inputs.faults(ROOT):
        print(*faults, sep="\n")
        sys.exit(1)
    started, began = time.monotonic(), time.time()
    gc.disable()  # this process ends before there is garbage worth a search
    data_pages.collect = lambda app: iter(())  # pages of the data are lent
    data_pages.copy_data = lambda app, exception: None
    pipeline.finish = lambda app, exception: exception or pipeline.finish_content(app, began - 1)
    log = Log(LOG)
    pages: list[str] = []
    overrides = settings()
    of_twins = copy.deepcopy(overrides)  # to whose lists the first run of Sphinx adds
    try:
        with log.standard_error(), Kitchen() as kitchen:
            troubles = run_chapters(log, kitchen, overrides)
            kitchen.put(cache_key.folder(ROOT))
        handed_on.begin(TREES)
        with log.standard_error(), sphinx_run.ready(overrides, LIVE, TREES, log) as app:
            app.connect("source-read", lambda app, docname, _: pages.append(docname))
            if not troubles:
                app.build()
        handed_on.end(TREES)
        troubles = troubles or read(log.warnings)
        if not troubles:
            pages += _print_twins(log, of_twins, kitchen.notebooks(), every=bool(pages))
            troubles = read(log.warnings)
    except Exception as error:
        log.status.write(traceback.format_exc())
        troubles = read([*log.warnings, _sentence(error)])
        shutil.rmtree(TREES, ignore_errors=True)  # else what was read and not written passes as made
    finally:
        log.close()
    for trouble in roots(troubles)[:SHOWN]:
        print(trouble)
    names = ", ".join(name.rpartition("/")[2] for name in pages) or "nothing to read"
    print(f"{time.strftime('%H:%M:%S')} {names}: {time.monotonic() - started:.1f} s", flush=True)
    sys.exit(bool(troubles))


def _print_twins(log, overrides: dict, notebooks: dict, every: bool) -> list[str]:
    """Print the pages in the other languages, each in a process of its own; those that were printed.

    Unless ``every``, a page whose own text has not changed is left as it is."""
    from press.languages import second_run
    from press.postprocess import pipeline
    from press.write import worker_pool

    def printing(language: printed.Language) -> list[str]:
        out, since = LIVE / language.code, time.time() - 1
        pipeline.finish = lambda app, exception: exception or pipeline.finish_content(app, since)
        second_run.print_in(language, overrides, notebooks, log, out, TREES, every)
        return [f"{language.code}/{path.stem}" for path in sorted(out.glob("chapters/*.html"))
                if path.stat().st_mtime >= since]  # fmt: skip

    with worker_pool.of(1, log.warnings):
        helpers = [worker_pool.Helper(printing, [language]) for language in second_run.wanted(overrides)]
        return [name for helper in helpers for names in helper.result() for name in names]
