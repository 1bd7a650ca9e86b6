"""``python -m press live``: pages that follow what is saved, for whoever is writing.

A process stays alive with all libraries loaded; for each save it forks, and the child has Sphinx
read and write the pages that changed, into ``_build/live``.  So every run starts from the same clean
state, and modules of ``citygap`` and tables are read anew.  ``livereload``, in the browser and at
its other end, has the page reload.

No save is lost: pages are made whenever the files are not as they were when the last making began.

What takes a whole build's time is left as it was in ``_build/html`` or left out, see :data:`NOTE`;
``_build/html`` itself is not touched.

Out of scope: whether the book is good, which ``make book`` checks.
"""

from __future__ import annotations

import copy
import gc
import importlib
import json
import logging
import multiprocessing
import os
import shutil
import socket
import sys
import time
import traceback

from press import BUILD, CONFIG, HTML, ROOT, TOC
from press.execution.digests import files_of
from press.languages import printed
from press.subject import own_extensions

LIVE = BUILD / "live"
TREES = BUILD / ".doctrees-live"
LOG = BUILD / "live.log"
HOST = "127.0.0.1"
EVERY = 500  # milliseconds between two looks at the files
HEAD_END = b"</head>"
#: Of livereload; its version of a snippet is here how often pages had been made.
SCRIPT = b'<script src="/livereload.js?snipver=%d"></script>'
RELOAD = {"command": "reload", "path": "*"}
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
    """Show the book and follow what is saved until interrupted; 1 if it cannot be shown."""
    borrow()
    try:
        with Cook() as cook:
            _follow(cook, port or free_port())
    except KeyboardInterrupt:
        return 0
    except (EOFError, BrokenPipeError):
        print("The process that makes the pages has ended, perhaps for want of memory: start again.")
    return 1


def _follow(cook: Cook, port: int) -> None:
    """Make the pages, serve them, and make them again whenever anything was saved since the last
    making began, until interrupted."""
    from tornado.ioloop import IOLoop, PeriodicCallback

    seen = saved()
    if not cook.make():
        print("Fix it and save: it is made again.")
    server, loop, ended = Server(), IOLoop.current(), []

    def look() -> None:
        """Requests wait meanwhile, so that none is answered with half of a page."""
        nonlocal seen
        now = saved()
        if now == seen:
            return
        seen = now
        try:
            cook.make()
        except Exception as error:  # which the loop would keep to itself
            ended.append(error)
            loop.stop()
        server.tell()

    server.listen(port)
    PeriodicCallback(look, EVERY).start()
    print(f"The book is at http://{HOST}:{port}/ and follows what is saved (stop with Ctrl-C)")
    print(NOTE, flush=True)
    _quiet()
    loop.start()
    for error in ended:
        raise error


class Server:
    """Shows ``_build/live`` and has the browser reload what it shows.

    Each page carries how often pages had been made when it was handed out.  A page tells that number
    when it connects; one that was handed out before the last making, and so missed that it should
    reload, is told then.
    """

    def __init__(self):
        from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler, StaticFileHandler
        from tornado.web import Application, OutputTransform

        self.made, server = 1, self

        class Listener(LiveReloadHandler):
            def on_message(self, message) -> None:
                super().on_message(message)
                told = json.loads(message)
                if told["command"] == "hello":
                    self.made = told.get("snipver")  # that of the address in :data:`SCRIPT`
                elif told["command"] == "info" and self.made != server.made:
                    self.send_message(RELOAD)

        class Page(StaticFileHandler):
            def set_extra_headers(self, path: str) -> None:
                self.set_header("Cache-Control", "no-store")

        class Script(OutputTransform):
            def transform_first_chunk(self, status, headers, chunk, finishing):
                if "html" in headers.get("Content-Type", "") and HEAD_END in chunk:
                    script = SCRIPT % server.made
                    chunk = chunk.replace(HEAD_END, script + HEAD_END, 1)
                    if "Content-Length" in headers:
                        headers["Content-Length"] = str(int(headers["Content-Length"]) + len(script))
                return status, headers, chunk

        self._listeners = LiveReloadHandler.waiters
        self._application = Application(
            [("/livereload", Listener), ("/livereload.js", LiveReloadJSHandler),
             ("/(.*)", Page, {"path": str(LIVE), "default_filename": "index.html"})],
            transforms=[Script],
        )  # fmt: skip

    def listen(self, port: int) -> None:
        """Answer at a port of this machine, once the loop runs."""
        self._application.listen(port, address=HOST)

    def tell(self) -> None:
        """Pages were made: let those that are open reload."""
        self.made += 1
        for listener in list(self._listeners):
            listener.send_message(RELOAD)


def borrow() -> None:
    """Put what is not made here into ``_build/live``, from the last good book if there is one."""
    LIVE.mkdir(parents=True, exist_ok=True)
    for name in (*LENT, *(f"{code}/{name}" for code in printed.codes() for name in LENT)):
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


def _stand_by(orders) -> None:
    """Load the libraries, then fork for every order until there is nobody to give one."""
    sys.path.insert(0, str(ROOT))
    for name in [*LIBRARIES, *settings()["extensions"]]:
        if name not in ("press", *own_extensions()):  # which are read anew, with what they import
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
            except KeyboardInterrupt:
                pass
            except BaseException:  # whatever it is, this process must not go on as a second cook
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(code)
        try:
            _, status = os.waitpid(child, 0)
            orders.send(status == 0)
        except (BrokenPipeError, KeyboardInterrupt):
            return


def _make() -> int:
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    from press import data_pages
    from press.build import inputs
    from press.build.build import SHOWN, _sentence, run_chapters
    from press.build.diagnostics import read, roots
    from press.build.progress import Log
    from press.execution import cache_key
    from press.execution.runner import Kitchen
    from press.postprocess import pipeline
    from press.write import sphinx_caching

    if faults := inputs.faults(ROOT):
        print(*faults, sep="\n", flush=True)
        return 1
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
            notebooks = {} if troubles else kitchen.notebooks()
        with log.standard_error(), sphinx_caching.remembering(), patch_docutils(None), docutils_namespace():
            app = Sphinx(
                srcdir=ROOT, confdir=None, outdir=LIVE, doctreedir=TREES, buildername="html",
                confoverrides=overrides, status=log.status, warning=log.warning,
            )  # fmt: skip
            app.connect("source-read", lambda app, docname, _: pages.append(docname))
            if not troubles:
                app.build()
        troubles = troubles or read(log.warnings)
        if not troubles:
            pages += _print_twins(log, of_twins, notebooks, every=bool(pages))
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
    return int(bool(troubles))


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


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return one.getsockname()[1]


def _quiet() -> None:
    """Leave the terminal to what was made: every request and task is not worth a line."""
    for name in ("livereload", "tornado.access", "tornado.application"):
        logging.getLogger(name).disabled = True
