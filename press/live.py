"""``python -m press live``: pages that follow what is saved, for whoever is writing.

A process stays alive with all libraries loaded; for each save it forks, and the child has Sphinx
read and write the pages that changed, into ``_build/live``.  So every run starts from the same clean
state, and modules of ``citygap`` and tables are read anew.  ``livereload`` watches, serves and
tells the browser to reload.

What takes a whole build's time is left as it was in ``_build/html`` or left out, see :data:`NOTE`;
``_build/html`` itself is not touched.

Out of scope: whether the book is good, which ``make book`` checks.
"""

from __future__ import annotations

import gc
import importlib
import logging
import multiprocessing
import os
import shutil
import socket
import sys
import time
import traceback

from press import BUILD, CONFIG, HTML, ROOT, TOC
from press.extras import need

LIVE = BUILD / "live"
TREES = BUILD / ".doctrees-live"
LOG = BUILD / "live.log"
HOST = "127.0.0.1"
#: Extensions that go through all pages, or make what no single page shows.
LEFT_OUT = {
    "press.api", "press.citing", "press.downloads", "press.light", "press.policy", "press.previews",
    "press.search", "press.sharing",
}  # fmt: skip
#: What the last good book lends: pages of the data, and what these need.
LENT = ("data", "_static", "downloads")
WATCHED = ("chapters", "data", "citygap", "press/static", CONFIG.name, TOC.name, "press/typed.yml")
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
    """Show the book and follow what is saved until interrupted; 1 if it cannot be shown."""
    need("live")
    from livereload import Server
    from livereload.handlers import LiveReloadHandler

    # Else it forgets, for good, to tell of what was made within three seconds of the last telling.
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
    borrow()
    with Cook() as cook:
        server, last = Server(), time.time()
        if not cook.make():
            print("Mend it and save: it is made again.")

        def renew() -> None:
            """Called for each watched path that has a change: one run serves them all."""
            nonlocal last
            if newest() > last:
                last = time.time()
                cook.make()

        for path in WATCHED:
            whole = ROOT / path
            server.watch(str(whole / "**" / "*.*" if whole.is_dir() else whole), renew)
        port = port or free_port()
        print(f"The book is at http://{HOST}:{port}/ and follows what is saved (stop with Ctrl-C)")
        print(NOTE, flush=True)
        _quiet()
        server.serve(port=port, host=HOST, root=str(LIVE), open_url_delay=None)
    return 0


def borrow() -> None:
    """Put what is not made here into ``_build/live``, from the last good book if there is one."""
    LIVE.mkdir(parents=True, exist_ok=True)
    for name in LENT:
        if (HTML / name).is_dir():
            shutil.rmtree(LIVE / name, ignore_errors=True)
            shutil.copytree(HTML / name, LIVE / name)


class Cook:
    """A process with all libraries loaded, which forks for every run."""

    def __enter__(self) -> Cook:
        here, there = multiprocessing.Pipe()
        self._orders = here
        self._process = multiprocessing.get_context("fork").Process(target=_stand_by, args=(there,))
        self._process.start()
        there.close()
        return self

    def __exit__(self, *_) -> None:
        self._orders.close()
        self._process.join(10)
        if self._process.is_alive():
            self._process.terminate()

    def make(self) -> bool:
        """Make the pages that changed; whether all went well."""
        self._orders.send("make")
        return self._orders.recv()


def newest() -> float:
    """When a watched file was last saved."""
    times = [0.0]
    for name in WATCHED:
        path = ROOT / name
        for file in path.rglob("*.*") if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                times.append(file.stat().st_mtime)
    return max(times)


def settings() -> dict:
    """Sphinx's settings of the book, without what is left out here."""
    from press import build

    made = build.settings()
    made["extensions"] = [name for name in made["extensions"] if name not in LEFT_OUT]
    for name in ("html_js_files", "html_css_files"):
        made[name] = [file for file in made.get(name, []) if not file.startswith("light.")]
    made["html_search_language"] = "en"  # that of press.search is not known without it
    return made


def _stand_by(orders) -> None:
    """Load the libraries, then fork for every order until there is nobody to give one."""
    sys.path.insert(0, str(ROOT))
    for name in [*LIBRARIES, *settings()["extensions"]]:
        if not name.startswith("press."):
            importlib.import_module(name)
    while True:
        try:
            orders.recv()
        except (EOFError, KeyboardInterrupt):
            return
        sys.stdout.flush()
        child = os.fork()
        if not child:
            code = 1
            try:
                code = _make()
            except BaseException:  # whatever it is, this process must not go on as a second cook
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(code)
        _, status = os.waitpid(child, 0)
        try:
            orders.send(status == 0)
        except BrokenPipeError:
            return


def _make() -> int:
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    from press import access, datapages, freshness, quick
    from press.build import SHOWN, _sentence, run_chapters
    from press.execute import Kitchen
    from press.progress import Log
    from press.trouble import read, roots

    started, began = time.monotonic(), time.time()
    gc.disable()  # this process ends before there is garbage worth a search
    datapages.collect = lambda app: iter(())  # pages of the data are lent
    datapages.copy_data = lambda app, exception: None
    access.finish = lambda app, exception: mend_pages(began)
    log = Log(LOG)
    pages: list[str] = []
    overrides = settings()
    try:
        with log.standard_error(), Kitchen() as kitchen:
            troubles = run_chapters(log, kitchen, overrides)
            kitchen.put(freshness.folder(ROOT))
        with log.standard_error(), quick.remembering(), patch_docutils(None), docutils_namespace():
            app = Sphinx(
                srcdir=ROOT, confdir=None, outdir=LIVE, doctreedir=TREES, buildername="html",
                confoverrides=overrides, status=log.status, warning=log.warning,
            )  # fmt: skip
            app.connect("source-read", lambda app, docname, _: pages.append(docname))
            if not troubles:
                app.build()
        troubles = troubles or read(log.warnings)
    except Exception as error:
        log.status.write(traceback.format_exc())
        troubles = read([*log.warnings, _sentence(error)])
    finally:
        log.close()
    for trouble in roots(troubles)[:SHOWN]:
        print(trouble)
    names = ", ".join(name.rpartition("/")[2] for name in pages) or "nothing to read"
    print(f"{time.strftime('%H:%M:%S')} {names}: {time.monotonic() - started:.1f} s", flush=True)
    return int(bool(troubles))


def mend_pages(since: float) -> None:
    """What ``press.access`` does to all pages, for those that were written just now."""
    from press.access import marked, repaired

    for path in LIVE.rglob("*.html"):
        if path.stat().st_mtime >= since - 1:
            path.write_text(marked(repaired(path.read_text(encoding="utf-8"))), encoding="utf-8")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return one.getsockname()[1]


def _quiet() -> None:
    """Leave the terminal to what was made: every request and task is not worth a line."""
    for name in ("livereload", "tornado.access", "tornado.application"):
        logging.getLogger(name).disabled = True
