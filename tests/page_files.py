"""What the files say that a built page fetches when a reader asks for it: facts, folds, citations."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from press.citing import citation_box
from press.postprocess.deferred import facts, folds


def facts_of(page: str, folder: Path) -> dict:
    """The facts of a page, from its text, wherever they stand; empty if it has none."""
    if within := facts.BLOCK.search(page):
        return json.loads(within[1])
    named = re.search(r'id="quantity-facts" data-from="(?:\.\./)*([^"?]+)', page)
    if not named:
        return {}
    script = (folder / named[1]).read_text(encoding="utf-8")
    return json.loads(json.loads(script.removeprefix(facts.FILL).rstrip().removesuffix(";")))


def unfolded(page: str, folder: Path) -> str:
    """The text of a page with its folds filled, as a reader finds them."""
    named = re.search(r' data-from="(?:\.\./)*([^"?]+)[^"]*" data-part=', page)
    if not named:
        return page
    script = (folder / named[1]).read_text(encoding="utf-8")
    said = json.loads(script.removeprefix(folds.FILL).removesuffix(folds.END))
    return re.sub(
        r'(?: data-from="[^"]*")? data-part="(\d+)"([^>]*>(?:<summary>[^<]*</summary>)?)(?:<p>.*?</p>)?',
        lambda m: f"{m[2]}{said[int(m[1])]}", page,
    )  # fmt: skip


def citations_in(script: str) -> dict:
    """What the text of a page's script of citations says."""
    return json.loads(script.removeprefix(citation_box.FILL).removesuffix(citation_box.END))


def filled(number: Mapping, key: str, spelling: list) -> dict[str, str]:
    """The forms of a number, as ``cite.js`` fills them in."""
    words, otherwise = spelling
    return {
        form: text.replace(citation_box.KEY, key).replace(citation_box.WORDS, otherwise.get(form, words))
        for form, text in number["forms"].items()
    }
