"""Archives that are the same for the same content: names sorted, one date, plain files of nobody.

``zipped`` and ``tarred`` write files, given by the names that they are to have, into one folder of
an archive.  Packed by another version of zlib, an archive may differ; what is in it does not.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

Content = Mapping[str, "Path | bytes"]
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can hold
MODE = 0o100644  # a plain file that anybody may read


def zipped(out: Path, folder: str, content: Content, epoch: int = 0) -> None:
    """Write a zip; every file bears the moment ``epoch`` (seconds of Unix), in UTC."""
    date = max(EARLIEST, time.gmtime(epoch)[:6])
    new = out.with_name(f"{out.name}.new")
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in _read(content):
            entry = zipfile.ZipInfo(f"{folder}/{name}", date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is packed, so that the mode counts
            entry.external_attr = MODE << 16
            archive.writestr(entry, data, compresslevel=9)
    new.replace(out)


def tarred(out: Path, folder: str, content: Content, epoch: int = 0) -> None:
    """Write a tar.gz; every file bears the moment ``epoch`` (seconds of Unix)."""
    new = out.with_name(f"{out.name}.new")
    with (
        new.open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, mtime=epoch) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, data in _read(content):
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size, entry.mtime, entry.mode = len(data), epoch, MODE & 0o777
            archive.addfile(entry, io.BytesIO(data))
    new.replace(out)


def _read(content: Content) -> Iterator[tuple[str, bytes]]:
    for name in sorted(content):
        data = content[name]
        yield name, data if isinstance(data, bytes) else data.read_bytes()
