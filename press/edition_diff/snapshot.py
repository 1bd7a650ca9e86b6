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
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from press import urls
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
    """Keep an edition of a site.  Raises NoEdition."""
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


class Snapshot:
    """An edition as the repository keeps it; it has no pages to link to and no pictures to show."""

    up = ""

    def __init__(self, told: Mapping):
        self.index = told
        self._kinds = {kind: {item["id"]: item for item in items}
                       for kind, items in told["kinds"].items()}  # fmt: skip

    @classmethod
    def of(cls, root: Path, version: str) -> Snapshot:
        """What the repository at ``root`` keeps of an edition.  Raises NoEdition."""
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
        return cls(told)

    @property
    def version(self) -> str:
        """The name of the edition."""
        return self.index["edition"]

    @property
    def name(self) -> str:
        """Its folder in a site."""
        return urls.folder(self.version)

    @property
    def pages(self) -> dict[str, str]:
        """Title of each page by its name."""
        return self.index["pages"]

    def items(self, kind: str) -> dict[str, dict]:
        """The entries of one kind by their keys, in order."""
        return self._kinds[kind]

    @cached_property
    def tables(self) -> dict[str, dict[str, dict]]:
        """Rows of every table by its name and their keys."""
        return Edition.tables_of(self)

    def values(self, figure: dict) -> list[list[str]]:
        """The cells of a figure's data by line, the head first."""
        return list(csv.reader(io.StringIO(figure.get("values", ""))))

    def has(self, path: str) -> bool:
        """Whether a page or picture can be linked to: none can."""
        return False


class Built(Snapshot):
    """The book that is being built, compared from its own page in a folder of its own."""

    up = "../"

    def __init__(self, told: Mapping, out: Path):
        super().__init__(told)
        self._out = out

    def values(self, figure: dict) -> list[list[str]]:
        """The cells of a figure's data by line, the head first."""
        path = self._out / figure["files"].get("csv", {}).get("path", "")
        return Edition.lines(path)

    def has(self, path: str) -> bool:
        """Whether a page can be linked to.  Pictures stand on their own pages."""
        return path.removesuffix(".html") in self.pages
