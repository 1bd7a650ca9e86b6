"""``MANIFEST.json``: what an edition consists of, what it was made from, and with what.

- ``assets``: every file of the release but the manifest, with its size and sha256;
- ``archives`` and ``files``: the folder that an archive unpacks to, and every file in it;
- ``inputs``: every file that the pages may rest on (``press.digest.book_files``);
- ``environment``: Python's version without the patch level, and the locked requirements.

The same tree gives the same manifest, wherever and whenever; ``check_edition.py`` reads it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from press import REQUIREMENTS
from press.check import pins
from press.digest import book_files, python_version
from press.editions import repository
from press.editions.repository import GitFailed
from press.packing import Content
from press.record import Record

NAME = "MANIFEST.json"
UNKNOWN = "unknown"


def manifest(
    root: Path, book: Record, epoch: int, assets: Content,
    archives: Mapping[str, tuple[str, str]], files: Mapping[str, Content],
) -> str:
    """The manifest as JSON.

    ``archives`` gives of an asset the folder that it unpacks to, and which of the lists ``files``
    it holds.
    """  # fmt: skip
    requirements = root / REQUIREMENTS.name
    told = {
        "title": book.title,
        "version": book.version,
        "date": book.date,
        "doi": book.doi,
        "commit": commit(root),
        "source_date_epoch": epoch,
        "assets": told_of(assets),
        "archives": {
            name: {"folder": folder, "files": listed}
            for name, (folder, listed) in sorted(archives.items())
        },
        "files": {listed: told_of(content) for listed, content in sorted(files.items())},
        "inputs": told_of({path.relative_to(root).as_posix(): path for path in book_files(root)}),
        "environment": {
            "python": python_version().removeprefix("python"),
            REQUIREMENTS.name: entry(requirements),
            "packages": {name: number for name, (number, _) in sorted(pins(requirements).items())},
        },
    }
    return lines(told) + "\n"


def told_of(content: Content) -> dict[str, dict]:
    """Size and sha256 of files, by name."""
    return {name: entry(content[name]) for name in sorted(content)}


def entry(data: Path | bytes) -> dict:
    """Size and sha256 of a file."""
    content = data if isinstance(data, bytes) else data.read_bytes()
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def commit(root: Path) -> str:
    """The commit that is checked out, and whether files differ from it; "unknown" without git."""
    try:
        if git_prefix(root):
            return UNKNOWN  # the folder is a part of another repository
        changed = " with changes" if repository.changed(root) else ""
        return repository.head(root) + changed
    except GitFailed:
        return UNKNOWN


def git_prefix(root: Path) -> str:
    """Where ``root`` is within its repository; empty at the top.  Raises GitFailed."""
    return repository.git(root, "rev-parse", "--show-prefix")


def lines(told: object, depth: int = 0) -> str:
    """JSON of which an entry of a file stands in one line."""
    if isinstance(told, dict) and told and set(told) != {"bytes", "sha256"} and "folder" not in told:
        space = " " * (depth + 1)
        inner = ",\n".join(
            f"{space}{json.dumps(key, ensure_ascii=False)}: {lines(value, depth + 1)}"
            for key, value in told.items()
        )
        return f"{{\n{inner}\n{' ' * depth}}}"
    return json.dumps(told, ensure_ascii=False)
