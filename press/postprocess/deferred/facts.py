"""What stands behind a page's numbers, as a file that is fetched when the first is asked for.

``press.extensions.bound_numbers`` puts titles, addresses and re-readings of all sources of a page
into one block of JSON.  Few readers open a card in their first minute, and all would wait for
it.  Here the block becomes a script, ``_static/facts/<page>.js``, which fills the block when it
runs; a script, since a page opened from a disk may load one and may not fetch
JSON.  ``popover.js`` loads it.

With the block go those attributes of the numbers that only their cards show: the expression, the
rows, the words printed.  They are a fifth of a chapter's weight.  Value, bounds, unit, scope, period,
place, sources and confidence stay in the page, for whoever reads it without scripts.

Out of scope: what the facts are.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from press.extensions.bound_numbers import ATTRIBUTE, MARKED, attributes
from press.write import fingerprinted_files

FOLDER = "_static/facts"
BLOCK = re.compile(r'<script type="application/json" id="quantity-facts">(.+?)</script>', re.S)
#: Attributes that go into the file, by what a script calls them.
ASIDE = {
    "data-rows": "rows", "data-code": "code", "data-made-by": "madeBy",
    "data-published": "published", "data-range": "range", "data-caveat": "caveat",
}  # fmt: skip
GAP = re.compile(r"\s+" + ATTRIBUTE.pattern)
FILL = 'document.getElementById("quantity-facts").textContent = '


def aside(text: str, path: Path, folder: Path) -> str:
    """The page with its block of facts empty, and the facts in a file."""
    block = BLOCK.search(text)
    if not block:
        return text
    numbers: dict[str, dict[str, str]] = {}
    text = MARKED.sub(lambda tag: shorter(tag[0], numbers), text)
    told = json.loads(block[1]) | {"numbers": numbers}
    said = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    parts = path.relative_to(folder).with_suffix(".js").parts
    script = f"{FILL}{json.dumps(said, ensure_ascii=False)};\n"
    name = fingerprinted_files.write(folder, f"{FOLDER}/{'-'.join(parts)}", script)
    empty = (
        '<script type="application/json" id="quantity-facts" '
        f'data-from="{"../" * (len(parts) - 1)}{name}"></script>'
    )
    return BLOCK.sub(lambda _: empty, text, count=1)


def shorter(tag: str, numbers: dict[str, dict[str, str]]) -> str:
    """The tag of a number without what only its card shows, which is noted by the number's key.

    A number without a key, or with one that says something else elsewhere on the page, stays whole.
    """
    given = attributes(tag)
    key = given.get("data-key", "")
    card = {name: given[attribute] for attribute, name in ASIDE.items() if attribute in given}
    if not key or numbers.setdefault(key, card) != card:
        return tag
    return GAP.sub(lambda found: "" if found[1] in ASIDE else found[0], tag)
