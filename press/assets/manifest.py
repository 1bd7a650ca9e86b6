"""``MANIFEST.json``: what an edition consists of, what it was made from, and with what.

- ``assets``: every file of the release but the manifest, with its size and sha256;
- ``files``: every file in the archives of the pages and of the data;
- ``inputs``: every file that the pages may rest on (``press.execution.digests.book_files``);
- ``environment``: Python's version without the patch level, and the locked requirements.

The same tree gives the same manifest, wherever and whenever.  Beside it, ``SHA256SUMS`` lists every
file of the release.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from press import REQUIREMENTS
from press.book_metadata import Record
from press.deterministic_archives import Content
from press.editions import git_commands
from press.editions.git_commands import GitFailed
from press.execution.digests import book_files, python_version

NAME, SUMS = "MANIFEST.json", "SHA256SUMS"
CHECK = f"sha256sum --check --ignore-missing {SUMS}"
UNKNOWN = "unknown"
PIN = re.compile(r"^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.M)


def manifest(
    root: Path, book: Record, epoch: int, assets: Content, files: Mapping[str, Content]
) -> str:
    """The manifest as JSON; ``files`` are what is packed, by kind."""
    requirements = root / REQUIREMENTS.name
    told = {
        "title": book.title,
        "version": book.version,
        "date": book.date,
        "doi": book.doi,
        "commit": commit(root),
        "source_date_epoch": epoch,
        "assets": told_of(assets),
        "files": {listed: told_of(content) for listed, content in sorted(files.items())},
        "inputs": told_of({path.relative_to(root).as_posix(): path for path in book_files(root)}),
        "environment": {
            "python": python_version().removeprefix("python"),
            REQUIREMENTS.name: entry(requirements),
            "packages": dict(sorted(PIN.findall(requirements.read_text(encoding="utf-8")))),
        },
    }
    return lines(told) + "\n"


def told_of(content: Content) -> dict[str, dict]:
    return {name: entry(content[name]) for name in sorted(content)}


def entry(data: Path | bytes) -> dict:
    content = data if isinstance(data, bytes) else data.read_bytes()
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def commit(root: Path) -> str:
    """The commit that is checked out, and whether files differ from it; "unknown" without git."""
    try:
        if git_commands.git(root, "rev-parse", "--show-prefix"):
            return UNKNOWN  # the folder is a part of another repository
        changed = " with changes" if git_commands.changed(root) else ""
        return git_commands.head(root) + changed
    except GitFailed:
        return UNKNOWN


def lines(told: object, depth: int = 0) -> str:
    """JSON of which an entry of a file stands in one line."""
    if isinstance(told, dict) and told and set(told) != {"bytes", "sha256"}:
        space = " " * (depth + 1)
        inner = ",\n".join(
            f"{space}{json.dumps(key, ensure_ascii=False)}: {lines(value, depth + 1)}"
            for key, value in told.items()
        )
        return f"{{\n{inner}\n{' ' * depth}}}"
    return json.dumps(told, ensure_ascii=False)
