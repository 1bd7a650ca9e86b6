"""The notes of a release: what is new, from ``CHANGELOG.md``, and how to check what is downloaded."""

from __future__ import annotations

from pathlib import Path

from press import site_files
from press.assets.manifest import CHECK, SUMS, entry
from press.book_metadata import record

CHECKING = """\
## Check a download

Put what you download and `{sums}` into one folder, and run `{check}` there. The sha256 of `{sums}` itself is

`{sha256}`
"""


def write(root: Path, assets: Path, out: Path) -> None:
    """Write the notes of the release of ``assets``, a folder named after its version."""
    book = record(root)
    parts = [new(root, assets.name)]
    if book.site:
        parts.append(f"Read it at <{book.site}{assets.name}/>.")
    if book.doi:
        parts.append(f"DOI: [{book.doi}](https://doi.org/{book.doi})")
    parts.append(CHECKING.format(sums=SUMS, check=CHECK, sha256=entry(assets / SUMS)["sha256"]))
    out.write_text("\n\n".join(part for part in parts if part), encoding="utf-8")


def new(root: Path, version: str) -> str:
    """What ``CHANGELOG.md`` says of a version; empty if nothing."""
    path = root / site_files.CHANGES
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    found = list(site_files.EDITION.finditer(text))
    for match, after in zip(found, [*found[1:], None]):
        if match[1] == version:
            return text[match.end() : after.start() if after else len(text)].strip()
    return ""
