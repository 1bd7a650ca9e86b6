"""``python -m press offline``: the built book as one file, ``_build/offline.zip``.

Whoever has it unpacks it and opens ``index.html``; no server and no network is needed.  The same
book gives the same bytes: names are sorted, and every file bears one date, that of
``SOURCE_DATE_EPOCH`` or, without it, the earliest that a zip file can name.

Out of scope: what makes pages work from a disk (``press.postprocess.pipeline`` and their
scripts).
"""

from __future__ import annotations

import os
from pathlib import Path

from press import BUILD_LEFTOVERS, HTML, OFFLINE, book_metadata, deterministic_archives, shown

#: The one folder in the file, so that unpacking never strews pages about.
FOLDER = book_metadata.name()


def offline() -> int:
    """Write the file; 1 if there is no book yet."""
    if not (HTML / "index.html").is_file():
        print(f"There is no book in {shown(HTML)} yet. Build it with: make book")
        return 1
    many = pack(HTML, OFFLINE)
    size = OFFLINE.stat().st_size
    print(f"{shown(OFFLINE)}: {many} files, {size / 1e6:.1f} MB. Unpack it, open index.html.")
    return 0


def pack(folder: Path, file: Path, epoch: int | None = None) -> int:
    """Pack what is in ``folder`` into the zip ``file``; the number of files."""
    content = files(folder)
    deterministic_archives.zipped(file, FOLDER, content, moment() if epoch is None else epoch)
    return len(content)


def files(folder: Path) -> dict[str, Path]:
    """Files of a built book, without what its build leaves for the next one, by name."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not BUILD_LEFTOVERS.intersection(path.relative_to(folder).parts)
    }


def moment() -> int:
    """The moment that every file bears, in seconds of Unix."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or 0)
