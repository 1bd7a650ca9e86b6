"""One build at a time in a checkout: the second waits, and says so.

The lock is the system's own on an open file (``flock``): it ends with the process that holds it,
however that ends, so that there is never a stale one to remove by hand.  Where the system or the
file system has no such locks, builds are not kept apart.

Out of scope: what a build that was killed leaves behind (``press.build.atomic_swap``).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

NAME = ".lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of ``folder`` inside a ``with`` block; wait for another build that holds it.

    Raises OSError if the folder cannot be made or written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NAME).open("a+", encoding="utf-8") as file:
        _lock(file)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _lock(file) -> None:
    if fcntl is None:
        return
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            by = f" (process {holder})" if holder else ""
            print(f"Another build is at work here{by}; waiting until it is done ...", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:
        return  # a file system without locks, as some on a network
