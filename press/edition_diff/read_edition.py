"""An edition to be compared: what it lists, by kind, from its folder in the site or from elsewhere.

Of an edition in the site the files of its ``api/`` are read, and nothing else is needed, neither git
nor the tree that it was built from.  What the repository keeps of it is ``press.edition_diff.snapshot``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from press import urls
from press.api import FOLDER, VERSION


class NoEdition(LookupError):
    """There is no such edition, or it cannot be compared; the text says which and why."""


@dataclass(frozen=True)
class Edition:
    """An edition: what it says of itself, the titles of its pages by name (data pages have none), and
    what gives the entries of a kind.

    ``up`` leads to it from the page that tells the changes, ``folder`` holds the values of its figures,
    and ``has`` says whether a page or picture can be linked to.
    """

    index: Mapping
    pages: Mapping[str, str]
    read: Callable[[str], Iterable[dict]]
    up: str = ""
    folder: Path = Path()
    has: Callable[[str], bool] = lambda path: False
    _kept: dict[str, dict[str, dict]] = field(default_factory=dict)

    @property
    def version(self) -> str:
        return self.index["edition"]

    @property
    def name(self) -> str:
        return urls.folder(self.version)

    def items(self, kind: str) -> dict[str, dict]:
        """The entries of a kind by their keys, in order.  Raises NoEdition."""
        if kind not in self._kept:
            self._kept[kind] = {item["id"]: item for item in self.read(kind)}
        return self._kept[kind]

    @cached_property
    def tables(self) -> dict[str, dict[str, dict]]:
        """Rows of every table by its name and their keys, without registers."""
        found = {kind: self.items(kind) for kind in ("observations", "indicators", "places", "sources")}
        for name, table in self.items("tables").items():
            found[name] = {row["id"]: row for row in table["rows"]}
        return found

    def values(self, figure: dict) -> list[list[str]]:
        """The cells of a figure's data by line, the head first; none if there is no such file."""
        path = self.folder / figure["files"].get("csv", {}).get("path", "")
        text = figure.get("values") or (path.read_text(encoding="utf-8") if path.is_file() else "")
        return list(csv.reader(io.StringIO(text, newline="")))

    def rekeyed(self, keys: Mapping[str, str]) -> Edition:
        """The same with keys of sources replaced in all entries."""

        def changed(value: object) -> object:
            if isinstance(value, str):
                return "/".join(keys.get(part, part) for part in value.split("/"))
            if isinstance(value, list):
                return [changed(each) for each in value]
            if isinstance(value, dict):
                return {name: changed(each) for name, each in value.items()}
            return value

        return replace(self, read=lambda kind: map(changed, self.items(kind).values()), _kept={})


def of_site(site: Path, version: str) -> Edition:
    """An edition of the site in ``site``.  Raises NoEdition."""
    name = urls.folder(version)
    found = of_pages(Path(site) / name)
    schema = found.index.get("schema", "none")
    if schema.partition(".")[0] != VERSION.partition(".")[0]:
        raise NoEdition(f"{FOLDER}/ of {name} is of schema {schema}, not {VERSION}")
    if found.name != name:
        raise NoEdition(f"{name}/ of the site calls itself edition {found.version}")
    return found


def of_pages(folder: Path) -> Edition:
    """The edition whose pages lie in a folder.  Raises NoEdition."""

    def read(kind: str) -> dict:
        try:
            return json.loads((folder / FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise NoEdition(f"{folder.name}/{FOLDER}/{kind}.json cannot be read: {fault}") from None

    if not (folder / FOLDER / "index.json").is_file():
        raise NoEdition(f"there is no {FOLDER}/index.json in {folder.name}/ of the site")
    index = read("index")
    return Edition(
        index, {page["id"]: page["title"] for page in index.get("pages", ())}, lambda kind: read(kind)["items"],
        up=f"../../../{folder.name}/", folder=folder, has=lambda path: (folder / path).is_file(),
    )  # fmt: skip
