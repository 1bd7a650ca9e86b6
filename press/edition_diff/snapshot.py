"""What is kept of an edition in the repository, so that a later book can be compared with it.

``editions/<version>.json.xz`` holds what ``press.edition_diff.compare`` reads of ``api/`` and of
the figures' data, and nothing else: a clone needs neither the pages of an edition nor its history
to say what has changed since.  It is written once, with the record of the edition
(``press.edition_register``).

Out of scope: which editions there are, and how the changes are shown.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
from pathlib import Path

from press.api import VERSION
from press.edition_diff.read_edition import Edition, NoEdition

FOLDER = "editions"
#: Of entries that hold more than is compared, the fields that are.
FIELDS = {
    "claims": ("text", "verdict", "reason", "chapter", "page", "anchor", "rests_on"),
    "numbers": ("shown", "low", "high", "range", "unit", "scope", "confidence", "rows", "page", "anchor",
                "sentences"),
    "figures": ("number", "title", "caption", "alt", "page", "anchor"),
    "texts": ("page", "title", "sections"),
    "tables": ("rows",),
}  # fmt: skip
KINDS = ("observations", "indicators", "places", "sources", "corrections", *FIELDS)
FORMS = ("csv", "svg")  # files of a figure whose digests are compared


def path_of(root: Path, version: str) -> Path:
    """Where the repository keeps an edition."""
    return root / FOLDER / f"{version}.json.xz"


def write(edition: Edition, path: Path) -> None:
    """Keep an edition of a site (``read_edition.of_site``).  Raises NoEdition."""
    kept = {
        "schema": VERSION,
        "edition": edition.version,
        "title": edition.index["title"],
        "pages": edition.pages,
        "kinds": {kind: _kept(edition, kind) for kind in KINDS},
    }
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


def _kept(edition: Edition, kind: str) -> list[dict]:
    items = edition.items(kind).values()
    if kind not in FIELDS:
        return list(items)
    kept = [{"id": item["id"], **{name: item[name] for name in FIELDS[kind]}} for item in items]
    if kind == "figures":
        for figure, item in zip(kept, items, strict=True):
            figure["files"] = {form: {"sha256": item["files"][form]["sha256"]}
                               for form in FORMS if form in item["files"]}  # fmt: skip
            lines = io.StringIO()
            csv.writer(lines, lineterminator="\n").writerows(edition.values(item))
            figure["values"] = lines.getvalue()
    return kept


def of(root: Path, version: str) -> Edition:
    """What the repository at ``root`` keeps of an edition, which has no pages to link to and no pictures
    to show.  Raises NoEdition."""
    path = path_of(root, version)
    name = f"{FOLDER}/{path.name}"
    try:
        told = json.loads(lzma.decompress(path.read_bytes()))
    except (OSError, ValueError, lzma.LZMAError, EOFError) as fault:
        raise NoEdition(f"{name} cannot be read ({fault}): restore it with "
                        f"git checkout -- {name}") from None  # fmt: skip
    if told.get("edition") != version or told.get("schema", "").split(".")[0] != VERSION.split(".")[0]:
        raise NoEdition(f"{name} is of edition {told.get('edition')} and schema {told.get('schema')}, "
                        f"not {version} and {VERSION}: restore it with git checkout -- {name}")  # fmt: skip
    return Edition(told, told["pages"], told["kinds"].__getitem__)
