"""One digest for many files: what results and pages were made of.

Contents count, times do not: a fresh clone and an old checkout of one commit agree.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from press import CITYGAP, DATA, FONTS, REQUIREMENTS, ROOT

LOCKED = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.M)  # a line of a list of requirements
#: Folders of the root that hold nothing a page shows. Hidden ones are left out too.
NOT_THE_BOOK = {"_build", "site", "tests", "tools"}


def results_digest(root: Path = ROOT) -> str:
    """Digest of what the results of a chapter's code rest on, apart from that code.

    These are the tables, the analysis, the fonts, the locked requirements and Python's version.
    """
    data, citygap, fonts = (root / path.relative_to(ROOT) for path in (DATA, CITYGAP, FONTS))
    files = [*files_of(data), *citygap.rglob("*.py"), *files_of(fonts)]
    return digest(root, files, salt=environment(root))


def environment(root: Path = ROOT) -> str:
    """Digest of what code runs in: Python's version, and packages as locked and as installed.

    Of the installed ones those count that the book's own list locks: what tests and other commands
    need besides may come later, and changes no result.
    """
    requirements = root / REQUIREMENTS.relative_to(ROOT)
    text = requirements.read_text(encoding="utf-8") if requirements.is_file() else ""
    locked = set(map(_plain, LOCKED.findall(text)))
    names = sorted(
        name for name in os.listdir(sysconfig.get_path("purelib"))
        if name.endswith(".dist-info") and _plain(name.partition("-")[0]) in locked
    )
    return digest(root, [requirements], python_version() + "\n".join(names))


def _plain(name: str) -> str:
    """The name of a package, however it is spelled (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def book_digest(root: Path = ROOT) -> str:
    """Digest of everything that the pages may rest on, and Python's version."""
    return digest(root, book_files(root), salt=python_version())


def book_files(root: Path = ROOT) -> list[Path]:
    files: list[Path] = []
    for path in root.iterdir():
        if path.name.startswith(".") or path.name in NOT_THE_BOOK:
            continue
        files += files_of(path) if path.is_dir() else [path]
    return files


def digest(root: Path, files: Iterable[Path], salt: str = "") -> str:
    """SHA-256 over names (relative to ``root``) and contents of the files that exist."""
    sum_ = hashlib.sha256(salt.encode())
    for path in sorted(set(files)):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            sum_.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return sum_.hexdigest()


def python_version() -> str:
    """Python's version without the patch level, which changes no result."""
    return "python{}.{}".format(*sys.version_info[:2])


def files_of(folder: Path) -> Iterator[Path]:
    """Files of ``folder``, without what Python, editors and Jupyter leave behind."""
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(
            part.startswith(".") or part == "__pycache__" or part.endswith("~") for part in parts
        ):
            yield path
