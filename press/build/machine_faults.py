"""What to do when the machine, not the book, stops a build: one line instead of a traceback.

Out of scope: faults of chapters, tables and settings (``press.build.diagnostics``,
``citygap.data.validate``).
"""

from __future__ import annotations

import errno
import re

from press import shown
from press.build.diagnostics import Trouble

#: What to do, by the number of the system's error.
BY_NUMBER = {
    errno.ENOSPC: "The disk is full: make room, about 300 MB, and build again",
    errno.EDQUOT: "Your share of the disk is used up: make room, about 300 MB, and build again",
    errno.EFBIG: "A file may not grow as large as needed here (see: ulimit -f): lift the limit and "
    "build again",
    errno.EROFS: "The book is on a disk that can only be read: copy it to another place and build "
    "there",
    errno.EACCES: "A file or folder of the book is not yours to write: give yourself the right "
    "(see: ls -l), or copy the book to a folder of your own and build there",
    errno.EMFILE: "Too many files are open (see: ulimit -n): lift the limit and build again",
    errno.ENOMEM: "The memory is full, or limited (see: ulimit -v): free some, about 1 GB, and "
    "build again",
    errno.EAGAIN: "No further process can be started (see: ulimit -u): end some and build again",
}
BY_NUMBER[errno.EPERM] = BY_NUMBER[errno.EACCES]
NUMBER = re.compile(r"\[Errno (\d+)\]")
MEMORY = re.compile(r"\b(?:MemoryError|Cannot allocate memory|bad_alloc)\b")
KERNEL_DIED = re.compile(r"\b(?:DeadKernelError|Kernel died)\b")
ENDED = (
    "the system ended the process that ran its code, perhaps because memory ran out: free some, "
    "about 1 GB, or let the code want less"
)


def advice(error: BaseException) -> str:
    """What to do about an error that the machine is to blame for; empty for other errors."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        if isinstance(at, MemoryError):
            return BY_NUMBER[errno.ENOMEM]
        if isinstance(at, OSError) and at.errno in BY_NUMBER:
            file = f" ({shown(at.filename)})" if isinstance(at.filename, str) else ""
            return BY_NUMBER[at.errno] + file
        at = getattr(at, "orig_exc", None) or at.__cause__ or at.__context__
    return advice_on(str(error))


def advice_on(text: str) -> str:
    """The same for an error of which there is only the text."""
    if MEMORY.search(text):
        return BY_NUMBER[errno.ENOMEM]
    number = NUMBER.search(text)
    return BY_NUMBER.get(int(number[1]), "") if number else ""


def of_the_machine(error: BaseException, page: str) -> list[Trouble]:
    """An error that the machine is to blame for, met while ``page`` was read; empty for others."""
    if words := advice(error):
        return [Trouble("", 0, words)]
    if KERNEL_DIED.search(f"{type(error).__name__} {error}"):
        return [Trouble(f"{page}.md", 0, ENDED)]
    return []
