"""What pages learn from the site while they are read: ``switcher.json`` and ``switcher.js``.

``switcher.json`` has the format of the pydata theme's switcher (a list of ``name``, ``version``,
``url``, ``preferred``), and besides for each entry

- ``folder`` in the site, ``date``, and ``first``, the name of its first page;
- ``lacks``: pages of other editions that it has not, by their names;
- ``redirects``: old names and new ones of its pages;
- ``edition_diff``: folders to which ``changes/<this>/<that>/`` leads.

``switcher.js`` holds the same and the code that reads it, since a page that is opened from a disk
may load a script and may not fetch JSON.  It is written anew each time the site is made, so old
editions are served by today's code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from press import urls
from press.editions import build_edition, versions

JSON, SCRIPT = "switcher.json", "switcher.js"
CODE = Path(__file__).with_name("switcher.js")


@dataclass(frozen=True)
class Held:
    """What the site holds in a folder: an edition or ``dev``, with what it says of itself."""

    folder: str
    facts: dict

    @classmethod
    def of(cls, site: Path, folder: str) -> Held:
        return cls(folder, build_edition.facts(site / folder))

    @property
    def version(self) -> str:
        return self.facts["version"]

    @property
    def is_out(self) -> bool:
        return versions.is_edition(self.version)

    @property
    def pages(self) -> dict[str, dict]:
        """Title and day of the last change of each page, by its name."""
        return self.facts["pages"]

    @property
    def renamed(self) -> dict[str, str]:
        return self.facts["renamed"]


def newest(held: Sequence[Held]) -> Held | None:
    """The newest edition among them; nothing if none is out."""
    out = [each for each in held if each.is_out]
    return max(out, key=lambda each: versions.key(each.version)) if out else None


def entries(held: Sequence[Held], address: str, changes: set[tuple[str, str]]) -> list[dict]:
    """The list of ``switcher.json``, the newest first; ``changes`` are pairs of folders."""
    names = {name for each in held for name in [*each.pages, *each.renamed]}
    best = newest(held)
    found = []
    for each in reversed(held):
        words = f"Edition {each.version}" if each.is_out else "In preparation"
        found.append({
            "name": f"{words} (newest)" if each is best else words,
            "version": each.version,
            "url": f"{address}{each.folder}/",
            **({"preferred": True} if each is best else {}),
            "folder": each.folder,
            "date": each.facts["date"] if each.is_out else "",
            "first": each.facts["first"],
            "lacks": sorted(names.difference(each.pages)),
            "renamed": each.renamed,
            "changes": sorted(new for old, new in changes if old == each.folder),
        })  # fmt: skip
    return found


def write(site: Path, held: Sequence[Held], address: str, changes: set[tuple[str, str]]) -> None:
    """Write both files; ``held`` from the oldest to ``dev``."""
    listed = entries(held, address, changes)
    lacking = {name for entry in listed for name in entry["lacks"]}
    titles = {name: page["title"] for each in held for name, page in each.pages.items()
              if name in lacking}  # fmt: skip
    text = json.dumps(listed, ensure_ascii=False, indent=1)
    (site / JSON).write_text(text + "\n", encoding="utf-8")
    data = json.dumps({"editions": listed, "titles": dict(sorted(titles.items()))})
    code = CODE.read_text(encoding="utf-8").rstrip()
    (site / SCRIPT).write_text(f"{code}({data});\n", encoding="utf-8")


def folders(site: Path) -> list[str]:
    """Folders of the site that hold editions, the oldest first, and ``dev``, if it is there."""
    names = [path.name for path in site.iterdir() if versions.is_edition(path.name)]
    there = [urls.DEV] if (site / urls.DEV).is_dir() else []
    return [*sorted(names, key=versions.key), *there]
