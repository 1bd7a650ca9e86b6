"""A new book takes the place of the old one whole, whatever happens in between.

``put`` exchanges the two folders in one step of the file system, so that there is no moment
without a book.  Where the system cannot do that, it takes two renames, and a build that is killed
between them is mended by ``recover``, which every build starts with.

``begin`` and ``end`` mark the time in which pages are made.  If the mark is there when a build
starts, the one before was killed: what it had read half is not trusted (``broken_off``).

Out of scope: two builds at once (``press.build.build_lock``), losing power (nothing is forced to
the disk).
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

OLD = "{}.old"  # the old book, while two renames are under way
MARK = ".unfinished"
EXCHANGE, HERE = 2, -100  # RENAME_EXCHANGE of Linux; AT_FDCWD: paths are relative to this folder
SWAP_OF_MACOS = 2  # RENAME_SWAP
NOT_POSSIBLE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EXDEV, errno.EPERM}


def put(new: Path, place: Path) -> None:
    """Put the folder ``new`` at ``place``; what was there is removed.  Raises OSError."""
    if not place.exists():
        new.rename(place)
        return
    if exchange(new, place):
        shutil.rmtree(new, ignore_errors=True)  # by now the old one
        return
    old = place.with_name(OLD.format(place.name))
    shutil.rmtree(old, ignore_errors=True)
    place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def recover(place: Path) -> bool:
    """Mend what a killed build left of :func:`put`; whether there was something to mend."""
    old = place.with_name(OLD.format(place.name))
    if old.exists() and not place.exists():
        old.rename(place)
        return True
    shutil.rmtree(old, ignore_errors=True)
    return False


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False if the system cannot.  Raises OSError otherwise."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = library.renamex_np(*names, SWAP_OF_MACOS)
        else:
            failed = library.renameat2(HERE, names[0], HERE, names[1], EXCHANGE)
    except (AttributeError, OSError, TypeError):
        return False  # another system, or an old C library
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in NOT_POSSIBLE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def write(path: Path, text: str) -> None:
    """Write a file of a book that is in place: it holds the old text or the new one, never half."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def begin(folder: Path) -> bool:
    """Mark that pages are being made; whether a build before was broken off while it did."""
    mark = folder / MARK
    broken = mark.exists()
    mark.touch()
    return broken


def end(folder: Path) -> None:
    """Take the mark away: pages were made, or it was said why not."""
    (folder / MARK).unlink(missing_ok=True)
