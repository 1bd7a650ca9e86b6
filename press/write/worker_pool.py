"""Work that is the same for many pages, shared out over forked processes.

``make book`` opens a crowd around Sphinx; outside of one, as in plain ``jupyter-book build .``, and
where a process cannot be forked, everything is done in this process, one after the other.

A piece of work may write files, and gives back a value.  What else it changes is lost, save the
warnings that Sphinx prints.

Out of scope: the chapters' code (``press.execution.runner``).
"""

from __future__ import annotations

import os
import pickle
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

_size = 1
_warnings: list[str] = []  # to which warnings of this process are added


@contextmanager
def of(size: int, warnings: list[str]) -> Iterator[None]:
    """Inside a ``with`` block, up to ``size`` processes work; their warnings join ``warnings``."""
    global _size, _warnings
    before = _size, _warnings
    _size, _warnings = (size if hasattr(os, "fork") else 1), warnings
    try:
        yield
    finally:
        _size, _warnings = before


def size() -> int:
    """How many processes may work at a time, this one among them."""
    return _size


def each(work: Callable[[Any], Any], items: Sequence) -> list:
    """``work`` done on each of the items; what it gave for each, in their order."""
    shares = min(_size, len(items))
    helpers = [Helper(work, items[at::shares]) for at in range(1, shares)]
    found: list = [None] * len(items)
    try:
        if items:
            found[0 :: shares] = [work(item) for item in items[0::shares]]
    finally:
        parts = [helper.result() for helper in helpers]
    for at, part in enumerate(parts, start=1):
        found[at::shares] = part
    return found


class Helper:
    """A forked process that does ``work`` on some items.  Its result must be asked for, once."""

    def __init__(self, work: Callable[[Any], Any], items: Sequence):
        self._file = tempfile.TemporaryFile()
        self._pid = os.fork()
        if self._pid == 0:
            self._be(work, items)

    def done(self) -> bool:
        if self._pid and os.waitpid(self._pid, os.WNOHANG)[0]:
            self._pid = 0
        return not self._pid

    def result(self) -> list:
        """What the work gave for each item.  Raises what the work raised."""
        if self._pid:
            os.waitpid(self._pid, 0)
        with self._file as file:
            file.seek(0)
            content = file.read()
        if not content:
            raise RuntimeError("a process that wrote pages ended early, perhaps for want of memory")
        found, warnings, error = pickle.loads(content)
        _warnings.extend(warnings)
        if error is not None:
            raise error
        return found

    def _be(self, work: Callable[[Any], Any], items: Sequence) -> None:
        known = len(_warnings)
        found, error = [], None
        try:
            try:
                found = [work(item) for item in items]
            except Exception as raised:
                error = self._sent(raised)
            pickle.dump((found, _warnings[known:], error), self._file)
            self._file.flush()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)

    @staticmethod
    def _sent(error: Exception) -> Exception:
        """The error, or one that says the same and can be sent to another process."""
        traceback.print_exc()
        try:
            return pickle.loads(pickle.dumps(error))
        except Exception:
            return RuntimeError(f"{type(error).__name__}: {error}")
