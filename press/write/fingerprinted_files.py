"""Files that pages load, under an address that changes when they change.

Out of scope: files that the theme and Sphinx bring, which have such addresses already.
"""

from __future__ import annotations

import hashlib
from pathlib import Path


def write(folder: Path, name: str, text: str) -> str:
    """Write ``folder/name`` as UTF-8, with the folders above it; the name to ask for, ``name?v=digest``."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return f"{name}?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"
