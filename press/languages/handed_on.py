"""What the run of the first language hands on to those of others, which go on beside it.

It lies in a file beside the document trees while a book is made: :func:`begin` before the runs,
:func:`end` once the first is over, even if it broke off, and :func:`clear` after all of them.
"""

from __future__ import annotations

import os
import pickle
import time
from pathlib import Path

from press.languages.printed import now

NOTHING = pickle.dumps(None)


def begin(trees: Path) -> None:
    _file(trees).parent.mkdir(parents=True, exist_ok=True)
    _file(trees).write_bytes(b"")


def end(trees: Path) -> None:
    path = _file(trees)
    if not path.is_file() or not path.stat().st_size:
        path.write_bytes(NOTHING)


def clear(trees: Path) -> None:
    _file(trees).unlink(missing_ok=True)


def give(app, value: object) -> None:
    """Hand on a value to the other runs of this book, if there are any."""
    path = _file(Path(app.doctreedir))
    if path.is_file():
        new = path.with_name(f"{path.name}.new")
        new.write_bytes(pickle.dumps(value))
        new.replace(path)  # it holds all of it, or nothing


def take(app) -> object:
    """What the first run hands on, once it has; None if it hands on nothing."""
    path, parent = _file(Path(app.doctreedir)), os.getppid()
    while path.is_file() and not path.stat().st_size and os.getppid() == parent:
        time.sleep(0.05)
    return pickle.loads(path.read_bytes() or NOTHING) if path.is_file() else None


def _file(trees: Path) -> Path:
    """One file for the trees of all languages."""
    return trees.with_name(f"{trees.name.removesuffix(f'.{now().code}')}.handed-on")
