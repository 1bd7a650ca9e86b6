"""What a person sees while the book is built: a line for each chapter that runs, with its time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from press.build.diagnostics import COLOUR


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
        with suppress(OSError):
            self.file.close()

    def _write(self, text: str) -> None:
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
    """Names the pages as Sphinx reads them, and says how long reading and writing took."""

    def __init__(self, app, log: Log, out: TextIO = sys.stdout):
        self._log, self._out, self._started = log, out, time.monotonic()
        app.connect("env-before-read-docs", self._begin)
        app.connect("source-read", self._read)
        app.connect("env-updated", self._all_read)

    def _say(self, words: str, end: str = "") -> None:
        print(words, end=end, file=self._out, flush=True)

    def _begin(self, app, env, docnames: list[str]) -> None:
        self._say(f"Reading {len(docnames)} of {len(env.found_docs)} pages:")

    def _read(self, app, docname: str, source) -> None:
        self._log.reading = docname
        self._say(f" {docname.rpartition('/')[2]}")

    def _all_read(self, app, env) -> None:
        self.done(" ...")
        self._say("Writing all pages ...")

    def done(self, words: str = "") -> None:
        """End a line with the seconds since the last one."""
        now = time.monotonic()
        self._say(f"{words} {now - self._started:.1f} s", end="\n")
        self._started = now


def chapter_done(names: Sequence[str], run, out: TextIO = sys.stdout) -> None:
    """Print the line of a chapter that was run; ``names`` are all pages in reading order."""
    name = run.chapter.name
    note = " - see below" if run.failure else ""
    print(f"[{names.index(name) + 1}/{len(names)}] {name.rpartition('/')[2]} ... {run.seconds:.1f} s{note}",
          file=out, flush=True)  # fmt: skip


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
