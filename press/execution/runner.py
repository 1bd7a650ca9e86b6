"""The chapters' code, run before Sphinx reads them: in forked kernels, on all cores.

1. For each chapter in the table of contents: are there results that still hold
(``press.execution.records``)?
2. The others run, each in a fresh kernel (``press.execution.fork_server``), the longest first.
3. All results are put where MyST-NB looks for them (``press.execution.cache_key`` names the
   folder), so that Sphinx finds every chapter run, and the pages are those of plain ``jupyter-book
   build .``.

A chapter may take as long as ``execute: timeout`` of ``_config.yml`` allows a cell.  All chapters
that fail are reported, not only the first.  Where a kernel cannot be forked, nothing is run here,
and MyST-NB runs the chapters as it always does.

Out of scope: chapters outside the table of contents, and whatever MyST-NB would read otherwise than
as a notebook in Markdown: it runs those itself.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from press import CITYGAP, DATA, RESULTS, ROOT
from press.build import inputs
from press.execution.digests import files_of
from press.execution.fork_server import can_fork, manager, start
from press.execution.records import Record, Results
from press.execution.tracing import Now

LIMIT = 120  # seconds a chapter, where the settings name none
STARTING = 600  # seconds until a kernel must have answered: a busy machine is slow, and no fault


@dataclass
class Chapter:
    """A chapter with code: its name as Sphinx has it, its file, notebook, and the code's digest."""

    name: str
    path: Path
    notebook: object
    code: str


@dataclass(frozen=True)
class Run:
    """How the run of a chapter ended: seconds, and a warning in MyST-NB's words if it failed."""

    chapter: Chapter
    seconds: float
    failure: str = ""


def workers() -> int:
    """How many chapters run at a time: one a core, or as ``PRESS_WORKERS`` says."""
    given = os.environ.get("PRESS_WORKERS", "")
    if given.isdecimal() and int(given):
        return int(given)
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class Kitchen:
    """The chapters of a book, those whose results are stale, and the means to run them."""

    def __init__(self, root: Path = ROOT):
        """See what must run."""
        self.root = root
        self.results = Results(root, root / RESULTS.relative_to(ROOT))
        self.names = inputs.names(root)  # of all pages with a source, in reading order
        self.chapters = chapters(root, self.names) if can_fork() else []
        self._records: dict[str, Record] = {}
        self.stale: list[Chapter] = []
        for chapter in self.chapters:
            record = self.results.holding(chapter.name, chapter.code)
            if record:
                self._records[chapter.name] = record
            else:
                self.stale.append(chapter)
        self._warm = False

    def warm(self, errors=None) -> None:
        """Get ready to run what must; at once, since importing goes on in another process.

        ``errors`` is a file for what kernels remark.
        """
        if not self.stale or self._warm:
            return
        self._warm = True
        start(errors)
        for folder in (DATA, CITYGAP):  # as they are before anything runs
            for path in files_of(self.root / folder.relative_to(ROOT)):
                self.results.now.of(path.relative_to(self.root).as_posix())

    def __enter__(self) -> Kitchen:
        return self

    def __exit__(self, *_) -> None:
        for kernel in multiprocessing.active_children():  # one that is at work yet
            kernel.kill()

    def run(
        self,
        limit: float = LIMIT,
        done: Callable[[Run], None] = lambda run: None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> list[Run]:
        """Run what is stale; how each ended.

        In this thread, ``meanwhile`` is called once they are begun, ``done`` after each.
        """
        self.warm()
        runs: list[Run] = []
        order = sorted(self.stale, key=lambda chapter: -self._expected(chapter))
        with ThreadPoolExecutor(max(1, workers())) as crew:
            jobs = [crew.submit(self._one, chapter, limit) for chapter in order]
            if jobs:
                meanwhile()
            for job in as_completed(jobs):
                runs.append(job.result())
                done(runs[-1])
        return runs

    def notebooks(self) -> dict[str, str]:
        """The executed chapters whose results hold, as JSON, by name."""
        return {name: record.notebook for name, record in self._records.items()}

    def put(self, folder: Path) -> None:
        """Put the results that hold where MyST-NB looks for them."""
        import nbformat
        from jupyter_cache import get_cache
        from jupyter_cache.base import CacheBundleIn

        if not self.chapters:
            return
        cache = get_cache(str(folder))
        there = {record.hashkey for record in cache.list_cache_records()}
        for chapter in self.chapters:
            record = self._records.get(chapter.name)
            if record is None or chapter.code in there:
                continue
            notebook = nbformat.reads(record.notebook, nbformat.NO_CONVERT)
            data = {"execution_seconds": record.seconds}
            bundle = CacheBundleIn(notebook, str(chapter.path), data=data)
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            there.add(chapter.code)

    def _expected(self, chapter: Chapter) -> float:
        """Seconds that the chapter took last, or a guess from the length of its code."""
        code = sum(len(cell.source) for cell in chapter.notebook.cells if cell.cell_type == "code")
        return self.results.seconds(chapter.name) or code / 3000

    def _one(self, chapter: Chapter, limit: float) -> Run:
        import nbformat

        started = time.monotonic()
        with tempfile.TemporaryDirectory() as scratch:
            reads = Path(scratch) / "reads.json"
            try:
                failure = executed(self.root, chapter, str(reads), limit)
            except Exception:  # of the machinery, not of a cell
                failure = f"Executing notebook failed: \n{traceback.format_exc()}"
            seconds = time.monotonic() - started
            if failure:
                return Run(chapter, seconds, f"{chapter.path}: WARNING: {failure}")
            found = set(json.loads(reads.read_text(encoding="utf-8")))
        text = nbformat.writes(chapter.notebook, nbformat.NO_CONVERT)
        record = self.results.keep(chapter.name, chapter.code, found, seconds, text)
        # Files that changed meanwhile may have been read before or after: MyST-NB runs it again.
        if not Now(self.root).stale(record.reads):
            self._records[chapter.name] = record
        return Run(chapter, seconds)


def chapters(root: Path, names: list[str]) -> list[Chapter]:
    """Those of the pages ``names`` that have code to run."""
    from jupyter_cache.cache.main import JupyterCacheBase
    from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook

    cache = JupyterCacheBase(root / RESULTS.relative_to(ROOT))  # for its digest of code
    found: list[Chapter] = []
    for name in names:
        path = root / f"{name}.md"
        try:
            text = path.read_text(encoding="utf-8-sig")
            if not is_myst_markdown_notebook(text):
                continue
            notebook = read_myst_markdown_notebook(text, add_source_map=True, path=path)
        except Exception:  # Sphinx says what is wrong with it
            continue
        if not any(cell.cell_type == "code" for cell in notebook.cells):
            continue
        inputs.use_own_kernel(notebook)
        found.append(Chapter(name, path, notebook, cache.create_hashed_notebook(notebook)[1]))
    return found


def executed(root: Path, chapter: Chapter, reads: str, limit: float) -> str:
    """Run the cells of ``chapter.notebook`` in place; what failed, as MyST-NB would say it."""
    from jupyter_cache.executors.utils import single_nb_execution
    from nbclient.exceptions import DeadKernelError

    kernels = manager(root, reads)
    running: list[int] = []  # indices of cells
    late = False

    def stop() -> None:
        nonlocal late
        late = True
        kernels.stop()

    clock = Timer(limit, stop)
    clock.daemon = True

    def begin(cell, cell_index) -> None:
        if not running:
            clock.start()  # how long a kernel takes to start is no fault of the chapter
        running.append(cell_index)

    try:
        result = single_nb_execution(
            chapter.notebook,
            cwd=str(chapter.path.parent),
            timeout=None,
            startup_timeout=STARTING,
            iopub_timeout=STARTING,  # else what a cell gave is left out if it comes 4 s late
            allow_errors=False,
            kernel_manager_class=kernels,
            shutdown_kernel="immediate",
            on_cell_execute=begin,
        )
    except (DeadKernelError, RuntimeError) as error:
        if late:
            return ended(chapter, running, "TimeoutError",
                         f"the chapter took longer than {limit:g} s and was stopped in this cell; "
                         "make it quicker, or raise execute: timeout in _config.yml")  # fmt: skip
        if isinstance(error, DeadKernelError):
            return ended(chapter, running, "ChildProcessError",
                         "the kernel ended in this cell, perhaps for want of memory")  # fmt: skip
        raise
    finally:
        clock.cancel()
    if result.err is None:
        return ""
    return f"Executing notebook failed: {type(result.err).__name__}\n{result.exc_string}"


def ended(chapter: Chapter, running: list[int], kind: str, why: str) -> str:
    """In the form of a traceback: the chapter's kernel ended in the last of the cells ``running``."""
    number = sum(
        cell.cell_type == "code" and bool(cell.source.strip())
        and "skip-execution" not in cell.metadata.get("tags", [])
        for cell in chapter.notebook.cells[: running[-1] + 1 if running else 0]
    )  # fmt: skip
    return (
        f"Executing notebook failed: {kind}\n{kind}  Traceback (most recent call last)\n"
        f"Cell In[{number}], line 1\n\n{kind}: {why}"
    )
