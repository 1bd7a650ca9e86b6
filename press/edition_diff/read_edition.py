"""An edition as its folder in the site holds it: the files of its ``api/``.

Nothing else is needed, neither git nor the tree that it was built from.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from press import urls
from press.api import FOLDER, VERSION


class NoEdition(LookupError):
    """The site has no such edition, or it cannot be compared; the text says which and why."""


@dataclass(frozen=True)
class Edition:
    """One edition of the site in ``site``; ``name`` is its folder."""

    site: Path
    name: str

    @classmethod
    def of(cls, site: Path, version: str) -> Edition:
        """The edition of a version.  Raises NoEdition."""
        found = cls(Path(site), urls.folder(version))
        index = found.folder / FOLDER / "index.json"
        if not index.is_file():
            raise NoEdition(f"there is no {FOLDER}/index.json in {found.name}/ of the site")
        schema = found.index.get("schema", "none")
        if schema.partition(".")[0] != VERSION.partition(".")[0]:
            raise NoEdition(f"{FOLDER}/ of {found.name} is of schema {schema}, not {VERSION}")
        if urls.folder(found.version) != found.name:
            raise NoEdition(f"{found.name}/ of the site calls itself edition {found.version}")
        return found

    @cached_property
    def _kept(self) -> dict[str, dict[str, dict]]:
        return {}

    @property
    def folder(self) -> Path:
        """The folder of the edition."""
        return self.site / self.name

    @cached_property
    def index(self) -> dict:
        """What the edition says of itself."""
        return self._read("index")

    @property
    def version(self) -> str:
        """The name of the edition, as it calls itself."""
        return self.index["edition"]

    @property
    def up(self) -> str:
        """The way from ``changes/<old>/<new>/`` to the edition, for links."""
        return f"../../../{self.name}/"

    def items(self, kind: str) -> dict[str, dict]:
        """The entries of one file by their keys, in order.  Raises NoEdition."""
        if kind not in self._kept:
            self._kept[kind] = {item["id"]: item for item in self._read(kind)["items"]}
        return self._kept[kind]

    @cached_property
    def tables(self) -> dict[str, dict[str, dict]]:
        """Rows of every table by its name and their keys, without registers."""
        return self.tables_of(self)

    @staticmethod
    def tables_of(edition) -> dict[str, dict[str, dict]]:
        """The same of anything that has ``items``."""
        found = {kind: edition.items(kind) for kind in ("observations", "indicators", "places",
                                                        "sources")}  # fmt: skip
        for name, table in edition.items("tables").items():
            found[name] = {row["id"]: row for row in table["rows"]}
        return found

    @cached_property
    def pages(self) -> dict[str, str]:
        """Title of each page by its name; data pages have none."""
        return {page["id"]: page["title"] for page in self.index["pages"]}

    def values(self, figure: dict) -> list[list[str]]:
        """The cells of a figure's data by line, the head first; none if there is no such file."""
        return self.lines(self.folder / figure["files"].get("csv", {}).get("path", ""))

    @staticmethod
    def lines(path: Path) -> list[list[str]]:
        """The cells of a CSV file by line; none if there is no such file."""
        if not path.is_file():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def has(self, path: str) -> bool:
        """Whether the edition has a file."""
        return (self.folder / path).is_file()

    def _read(self, kind: str) -> dict:
        path = self.folder / FOLDER / f"{kind}.json"
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise NoEdition(f"{self.name}/{FOLDER}/{kind}.json cannot be read: {fault}") from None
