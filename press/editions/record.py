"""The version in the record of the book and wherever else it stands.

``press.record`` keeps the record (``book.yml``) and the files made of it.  A book without one has
``CITATION.cff`` alone, which is edited here.
"""

from __future__ import annotations

import re
from pathlib import Path

from press import PYPROJECT, ROOT, citations

CFF = "CITATION.cff"
IN_PROJECT = re.compile(
    r'(\A|.*?\n)(\[project\]\n(?:[^\[\n][^\n]*\n|\n)*?version = )"[^"\n]*"', re.S
)


def version(root: Path = ROOT) -> str:
    """The version of the book at ``root``; empty if it has no record."""
    return _record(root).edition if has_record(root) else ""


def date(root: Path = ROOT) -> str:
    """The day of that version; empty if it has no record."""
    if not has_record(root):
        return ""
    kept = getattr(_record(root), "date", "")
    return str(kept) or _lines(root).get("date-released", "")


def has_record(root: Path) -> bool:
    """Whether the book has a record."""
    known = getattr(citations, "is_there", None)
    return known(root) if known else (root / CFF).is_file()


def set_version(root: Path, version: str, date: str) -> list[Path]:
    """Write version and day into all files that hold them; the files that changed.

    Raises ValueError, naming the file that cannot be used.
    """
    try:
        from press.record import set_version as write
    except ImportError:
        write = _write_cff
    return [*write(root, version, date), *_write_project(root, version)]


def _record(root: Path):
    return citations.record(root)


def _lines(root: Path) -> dict[str, str]:
    text = (root / CFF).read_text(encoding="utf-8")
    return dict(re.findall(r'^([a-z-]+): "?([^"\n]*)"?$', text, re.M))


def _write_cff(root: Path, version: str, date: str) -> list[Path]:
    before = text = (root / CFF).read_text(encoding="utf-8")
    for field, value in (("version", version), ("date-released", date)):
        text, found = re.subn(rf"^{field}:.*$", f'{field}: "{value}"', text, flags=re.M)
        if found != 1:
            raise ValueError(f"{CFF}: {field} must stand on one line of its own, once")
    citations.record.cache_clear()
    return _written(root / CFF, before, text)


def _write_project(root: Path, version: str) -> list[Path]:
    path = root / PYPROJECT.name
    if not path.is_file():
        return []
    before = path.read_text(encoding="utf-8")
    text, found = IN_PROJECT.subn(rf'\g<1>\g<2>"{version}"', before, count=1)
    if not found:
        raise ValueError(f"{path.name}: [project] must have a version")
    return _written(path, before, text)


def _written(path: Path, before: str, text: str) -> list[Path]:
    if text == before:
        return []
    path.write_text(text, encoding="utf-8")
    return [path]
