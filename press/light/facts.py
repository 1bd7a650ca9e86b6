"""What stands behind a page's numbers, as a file that is fetched when the first is asked for.

``press.numbers`` puts titles, addresses and re-readings of all sources of a page into one block of
JSON.  Few readers open a card in their first minute, and all would wait for it.  Here the block
becomes a script, ``_static/facts/<page>.js``, which fills the block when it runs; a script, since a
page opened from a disk may load one and may not fetch JSON.  ``quantity.js`` loads it.

Out of scope: what the facts are.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

FOLDER = "_static/facts"
BLOCK = re.compile(r'<script type="application/json" id="quantity-facts">(.+?)</script>', re.S)
FILL = 'document.getElementById("quantity-facts").textContent = '


def aside(text: str, path: Path, folder: Path) -> str:
    """The page with its block of facts empty, and the facts in a file."""
    block = BLOCK.search(text)
    if not block:
        return text
    parts = path.relative_to(folder).with_suffix(".js").parts
    name = f"{FOLDER}/{'-'.join(parts)}"
    script = f"{FILL}{json.dumps(block[1], ensure_ascii=False)};\n"
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(script, encoding="utf-8")
    digest = hashlib.sha256(script.encode()).hexdigest()[:8]
    empty = (
        '<script type="application/json" id="quantity-facts" '
        f'data-from="{"../" * (len(parts) - 1)}{name}?v={digest}"></script>'
    )
    return text[: block.start()] + empty + text[block.end() :]


def read(page: str, folder: Path) -> dict:
    """The facts of a page, from its text, wherever they stand; empty if it has none."""
    if within := BLOCK.search(page):
        return json.loads(within[1])
    named = re.search(r'id="quantity-facts" data-from="(?:\.\./)*([^"?]+)', page)
    if not named:
        return {}
    script = (folder / named[1]).read_text(encoding="utf-8")
    return json.loads(json.loads(script.removeprefix(FILL).rstrip().removesuffix(";")))
