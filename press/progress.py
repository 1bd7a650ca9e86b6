"""What a person sees while the book is built: a line a chapter, with its time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from press.trouble import COLOUR


class Log:
    """The file that holds all that Sphinx says; warnings are kept apart as well, one text each."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self.file = path.open("a", encoding="utf-8")  # kernels append to it as well
        self.warnings: list[str] = []
        self.status = _Stream(self._write)
        self.warning = _Stream(self._warn)
        self.reading = ""  # the page that is being read
        self.reused = False  # whether the chapter being read found its results in the cache

    @contextmanager
    def standard_error(self) -> Iterator[None]:
        """Send what this process and the kernels it starts write to standard error here too.

        Kernels remark on their own set-up there, which is no news for who builds the book.
        """
        sys.stderr.flush()
        terminal = os.dup(2)
        os.dup2(self.file.fileno(), 2)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(terminal, 2)
            os.close(terminal)

    def close(self) -> None:
        """End the file."""
        with suppress(OSError):
            self.file.close()

    def _write(self, text: str) -> None:
        if "Using cached notebook" in text:
            self.reused = True
        with suppress(OSError):  # a full disk is reported by what cannot do without it
            self.file.write(COLOUR.sub("", text))
            self.file.flush()

    def _warn(self, text: str) -> None:
        self._write(text)
        if text.strip():
            self.warnings.append(text)


class _Stream:
    """As much of a text stream as Sphinx writes to."""

    encoding = "utf-8"

    def __init__(self, write):
        self.write = write

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """No: the log is a file."""
        return False


class Progress:
    """Prints a line for each chapter, in reading order, as Sphinx reads it.

    Those in ``ran`` have had theirs when they were run.
    """

    def __init__(self, app, log: Log, ran: Collection[str] = (), out: TextIO = sys.stdout):
        self._log, self._ran, self._out = log, ran, out
        self._waiting: list[str] = []  # chapters whose line is not begun yet
        self._total = 0
        self._started = 0.0
        self._warned = 0
        app.connect("env-before-read-docs", self._order)
        app.connect("source-read", self._begin)
        app.connect("doctree-read", self._end)
        app.connect("env-updated", self._all_read)
        self._writing = 0.0

    def _order(self, app, env, docnames: list[str]) -> None:
        order = reading_order(app.config.external_site_map)
        self._waiting = [name for name in order if name in env.found_docs]
        self._total = len(self._waiting)
        docnames.sort(key=lambda name: order.index(name) if name in order else len(order))

    def _begin(self, app, docname: str, source) -> None:
        self._pass_over(until=docname)
        if docname in self._waiting:
            self._line(docname)
        self._started = time.monotonic()
        self._log.reused = False
        self._warned = len(self._log.warnings)

    def _end(self, app, doctree) -> None:
        taken = time.monotonic() - self._started
        note = " (code and data unchanged)" if self._log.reused else ""
        if len(self._log.warnings) > self._warned:
            note = " - see below"
        if app.env.docname not in self._ran:
            print(f" {taken:.1f} s{note}", file=self._out, flush=True)

    def _all_read(self, app, env) -> None:
        self._pass_over(until=None)
        print(f"Writing {self._total} pages ...", end="", file=self._out, flush=True)
        self._writing = time.monotonic()

    def done(self) -> None:
        """End the last line, once all pages are written."""
        print(f" {time.monotonic() - self._writing:.1f} s", file=self._out, flush=True)

    def _pass_over(self, until: str | None) -> None:
        while self._waiting and self._waiting[0] != until:
            if until is not None and until not in self._waiting:
                return
            name = self._waiting[0]
            self._line(name)
            if name not in self._ran:
                print(" (unchanged)", file=self._out, flush=True)

    def _line(self, docname: str) -> None:
        self._waiting.remove(docname)
        if docname not in self._ran:
            head = heading(docname, self._total - len(self._waiting), self._total)
            print(head, end="", file=self._out, flush=True)


def heading(docname: str, number: int, total: int) -> str:
    """How the line of a chapter begins."""
    return f"[{number}/{total}] {docname.rpartition('/')[2]} ..."


def chapter_done(names: Sequence[str], run, out: TextIO = sys.stdout) -> None:
    """Print the line of a chapter that was run; ``names`` are all pages in reading order."""
    head = heading(run.chapter.name, names.index(run.chapter.name) + 1, len(names))
    note = " - see below" if run.failure else ""
    print(f"{head} {run.seconds:.1f} s{note}", file=out, flush=True)


def reading_order(site_map) -> list[str]:
    """Document names in the order of the table of contents."""
    order: list[str] = []

    def visit(document) -> None:
        order.append(document.docname)
        for subtree in document.subtrees:
            for item in subtree.items:
                if str(item) in site_map and str(item) not in order:
                    visit(site_map[str(item)])

    visit(site_map.root)
    return order
