"""What a chapter's code read: recorded while it runs, compared before it would run again.

A chapter depends on

- the files of the book that it opened, tables and fonts among them, and the folders that it listed;
- the modules of the book that were imported when it ended, whoever imported them;
- what else could be imported from where it looks: a new module may come before an old one.

:class:`Recorder` notes them in the kernel, by Python's own audit events; :func:`digests` says what
they are like now.  A file that is not there has a digest too, so that one that appears is noticed.

Out of scope: what lies outside the book's folder (the locked environment stands for it,
``press.execution.digests.environment``), the clock and the network, which chapters do not use.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

#: Folders of the root whose files are made, not given. Hidden ones are left out too.
MADE = ("_build", "press", "tools")
ABSENT = "absent"
LISTING = "names of "  # before the path of a folder whose listing was read
MODULES = "modules in "  # before the path of a folder from which modules are imported


class Recorder:
    """Notes what this process opens below ``root`` from now on, and which modules it imports."""

    def __init__(self, root: Path):
        self._root = os.path.realpath(root)
        self._seen: set[str] = set()
        self._before = set(sys.modules)
        self._saved: set[str] = set()
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple) -> None:
        if event == "open":
            path, mode, flags = arguments
            if isinstance(path, (str, bytes, os.PathLike)) and not (flags or 0) & os.O_WRONLY:
                self._add("", path)
        elif event in ("os.listdir", "os.scandir"):
            # The import system lists folders to look for modules: that is not what code reads.
            caller = sys._getframe(1).f_code.co_filename
            if not caller.startswith("<frozen importlib"):
                self._add(LISTING, arguments[0] if arguments[0] is not None else ".")

    def _add(self, kind: str, path) -> None:
        if isinstance(path, int):
            return
        inside = self._inside(os.fsdecode(path))
        if inside is not None:
            self._seen.add(kind + inside)

    def _inside(self, path: str) -> str | None:
        """Path relative to the root, if it is a given file of the book."""
        full = os.path.normpath(os.path.join(os.getcwd(), path))
        if not full.startswith(self._root + os.sep):
            full = os.path.realpath(full)
            if not full.startswith(self._root + os.sep):
                return None
        parts = full[len(self._root) + 1 :].split(os.sep)
        if parts[0] in MADE or "__pycache__" in parts or any(p.startswith(".") for p in parts):
            return None
        return "/".join(parts)

    def found(self) -> set[str]:
        found = set(self._seen)
        folders = {self._inside(entry) or "." for entry in sys.path if self._in_root(entry)}
        for name in set(sys.modules) - self._before:
            file = getattr(sys.modules.get(name), "__file__", None)
            inside = self._inside(file) if file else None
            if inside:
                found.add(inside)
        return found | {MODULES + folder for folder in folders}

    def _in_root(self, entry: str) -> bool:
        full = os.path.realpath(os.path.join(os.getcwd(), entry))
        return full == self._root or self._inside(full) is not None

    def save(self, path: str) -> None:
        """Write what was read to a file, if there is more than before."""
        found = self.found()
        if found != self._saved:
            self._saved = found
            with open(path, "w", encoding="utf-8") as file:
                json.dump(sorted(found), file)


class Now:
    """Digests of the files of the book as they are, each taken once."""

    def __init__(self, root: Path):
        self._root = root
        self._known: dict[str, str] = {}

    def of(self, read: str) -> str:
        if read not in self._known:
            self._known[read] = self._digest(read)
        return self._known[read]

    def all(self, reads: Iterable[str]) -> dict[str, str]:
        return {read: self.of(read) for read in sorted(reads)}

    def stale(self, recorded: dict[str, str]) -> list[str]:
        """Those of the recorded things that have changed since."""
        return [read for read, digest in recorded.items() if self.of(read) != digest]

    def _digest(self, read: str) -> str:
        try:
            if read.startswith(LISTING):
                names = sorted(os.listdir(self._root / read.removeprefix(LISTING)))
                given = [name for name in names if name != "__pycache__" and name[0] != "."]
                return _sum("\n".join(given).encode())
            if read.startswith(MODULES):
                return _sum("\n".join(importable(self._root / read.removeprefix(MODULES))).encode())
            return _sum((self._root / read).read_bytes())
        except IsADirectoryError:
            return "folder"
        except OSError:
            return ABSENT


def importable(folder: Path) -> list[str]:
    """Names of what Python could import from ``folder``."""
    with os.scandir(folder) as entries:
        return sorted(
            entry.name
            for entry in entries
            if entry.name.endswith((".py", ".so", ".pyd"))
            or (entry.name not in MADE and os.path.isfile(os.path.join(entry.path, "__init__.py")))
        )


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
