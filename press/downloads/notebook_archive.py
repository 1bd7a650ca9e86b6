"""The archive that stands beside the notebooks: what their cells import and read.

One zip for the whole book, ``<name of the book>-<edition>.zip``: the tables, the analysis, the
chapters in both forms, the list of requirements and the licences.  The same files give the same
bytes.

Out of scope: the built pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from citygap.data.bibtex import published
from press import LOCK, REQUIREMENTS, deterministic_archives
from press.book_metadata import Record
from press.execution.digests import files_of

#: Files of the archive and of the repository. The list is the one without the project itself, which
#: the archive has not: notebooks find citygap beside them.
FILES = {name: name for name in ("LICENSE", "LICENSE-TEXT-AND-DATA.md", "CITATION.cff")}
FILES[REQUIREMENTS.name] = LOCK.name
FOLDERS = ("citygap", "data")
#: What earlier editions said, which a chapter reads.
RECORDS = "*.json.xz"


def name(book: Record) -> str:
    """Name of the archive without ``.zip``, and of the one folder in it."""
    return f"{book.name}-{book.version}"


def write(path: Path, root: Path, chapters: Mapping[str, bytes]) -> None:
    """Write the archive of the book at ``root`` to ``path``.

    ``chapters`` are the files of the folder ``chapters/``, by name.
    """
    files = {name: root / source for name, source in FILES.items()}
    content = {name: file.read_bytes() for name, file in files.items() if file.is_file()}
    for folder in FOLDERS:
        for file in files_of(root / folder):
            content[file.relative_to(root).as_posix()] = published(file)
    content |= {f"editions/{file.name}": file.read_bytes() for file in sorted((root / "editions").glob(RECORDS))}
    content |= {f"chapters/{file}": data for file, data in chapters.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    deterministic_archives.zipped(path, path.stem, content)
