"""``python -m press offline``: the built book as one file, ``_build/offline.zip``.

Whoever has it unpacks it and opens ``index.html``; no server and no network is needed.  The same
book gives the same bytes: names are sorted, and every file bears one date, that of
``SOURCE_DATE_EPOCH`` or, without it, the earliest that a zip file can name.

Out of scope: what makes pages work from a disk (``press.light`` and their scripts).
"""

from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path

from press import HTML, OFFLINE, shown

#: The one folder in the file, so that unpacking never strews pages about.
FOLDER = "chongqing-ai-gap"
EARLIEST = (1980, 1, 1, 0, 0, 0)
LEFT_OUT = {".buildinfo", ".doctrees"}  # what a build leaves for the next one
MODE = 0o100644 << 16  # a plain file that anybody may read


def offline() -> int:
    """Write the file; 1 if there is no book yet."""
    if not (HTML / "index.html").is_file():
        print(f"There is no book in {shown(HTML)} yet. Build it with: make book")
        return 1
    many = pack(HTML, OFFLINE)
    size = OFFLINE.stat().st_size
    print(f"{shown(OFFLINE)}: {many} files, {size / 1e6:.1f} MB. Unpack it, open index.html.")
    return 0


def pack(folder: Path, file: Path) -> int:
    """Pack what is in ``folder`` into the zip ``file``; the number of files."""
    paths = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and not LEFT_OUT.intersection(path.relative_to(folder).parts)
    }
    new = file.with_name(f"{file.name}.new")
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(paths):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", date_time=date())
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is packed
            entry.external_attr = MODE
            packed.writestr(entry, paths[name].read_bytes())
    new.replace(file)
    return len(paths)


def date() -> tuple[int, int, int, int, int, int]:
    """The date that every file bears, in the form of a zip file."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return max(EARLIEST, time.gmtime(int(epoch))[:6]) if epoch else EARLIEST
