"""The notes of a release: what is new, from ``CHANGELOG.md``, and how to check what is downloaded."""

from __future__ import annotations

from pathlib import Path

from press import sitefiles
from press.assets.manifest import NAME, entry
from press.record import record

CHECKING = """\
## Check a download

Put what you download, `{manifest}` and `check_edition.py` into one empty folder, and run `python check_edition.py` there.
It ends with the sha256 of the manifest, which is

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
    sha256 = entry(assets / NAME)["sha256"]
    parts.append(CHECKING.format(manifest=NAME, sha256=sha256))
    out.write_text("\n\n".join(part for part in parts if part), encoding="utf-8")


def new(root: Path, version: str) -> str:
    """What ``CHANGELOG.md`` says of a version; empty if nothing."""
    path = root / sitefiles.CHANGES
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    found = list(sitefiles.EDITION.finditer(text))
    for match, after in zip(found, [*found[1:], None]):
        if match[1] == version:
            return text[match.end() : after.start() if after else len(text)].strip()
    return ""
