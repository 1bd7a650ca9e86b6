"""The built pages of chapters, without those that only lead from an old name to a new one."""

from __future__ import annotations

from pathlib import Path

#: What a page holds that only leads from an old name to a new one.
MOVED = b'id="moved"'


def chapter_pages(html: Path) -> list[Path]:
    """Paths of the pages of all chapters, in order."""
    return sorted(path for path in (html / "chapters").glob("*.html") if MOVED not in path.read_bytes())
