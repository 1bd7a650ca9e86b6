"""The archive that stands beside the notebooks: what their cells import and read.

One zip for the whole book, ``chongqing-ai-gap-<edition>.zip``: the tables, the analysis, the
chapters in both forms, the list of requirements and the licences.  The same files give the same
bytes.

Out of scope: the built pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from press import packing
from press.digest import files_of

BOOK = "chongqing-ai-gap"
FILES = ("requirements.txt", "LICENSE", "LICENSE-TEXT-AND-DATA.md", "CITATION.cff")
FOLDERS = ("citygap", "data")


def name(edition: str) -> str:
    """Name of the archive without ``.zip``, and of the one folder in it."""
    return f"{BOOK}-{edition}"


def write(path: Path, root: Path, chapters: Mapping[str, bytes]) -> None:
    """Write the archive of the book at ``root`` to ``path``.

    ``chapters`` are the files of the folder ``chapters/``, by name.
    """
    content = {file: (root / file).read_bytes() for file in FILES if (root / file).is_file()}
    for folder in FOLDERS:
        for file in files_of(root / folder):
            content[file.relative_to(root).as_posix()] = file.read_bytes()
    content |= {f"chapters/{file}": data for file, data in chapters.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    packing.zipped(path, path.stem, content)
