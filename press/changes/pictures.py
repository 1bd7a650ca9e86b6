"""Figures before and after, on the page of changes.

Pictures are the files of the editions themselves; what differs in the data behind is told in words.

Out of scope: which figures differ (``compare``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from press.changes.editions import Edition
from press.changes.parts import LINES, both, change, mark, name, pieces
from press.changes.summary import count
from press.changes.texts import words as compared
from press.datapages.markup import bullets, text

WHAT = {"values": "its values", "picture": "its drawing", "caption": "its caption",
        "number": "its number", "page": "the page that it stands on"}  # fmt: skip
NAMED = 2  # first cells of such a line, which say what it is about
NUMBER = re.compile(r"-?[\d,]*\.?\d+")
FEW = 4  # lines that are shown at once


def figure(each: dict, old: Edition, new: Edition) -> str:
    """A figure before and after, side by side."""
    was, now = each["old"], each["new"]
    one = now or was
    what = [WHAT[one] for one in each["what"]]
    words = {"added": "New", "removed": "Taken out"}.get(each["change"], f"Changed: {join(what)}")
    if "picture" in each["what"] and "values" not in each["what"]:
        words += "; its values are the same"
    seen = "".join(
        _picture(edition, side, title)
        for edition, side, title in ((old, was, "Before"), (new, now, "After"))
        if side and (each["change"] != "changed" or {"picture", "values"} & {*each["what"]})
    )
    told = _caption(was, now) if "caption" in each["what"] else ""
    return (
        f'<li class="entry" id="{html.escape(each["id"])}"><p class="what"><b>Figure '
        f'{text(one["number"])}</b> {text(one["title"])} {both(old, was, new, now)}</p>'
        f'<p class="note">{words}.</p>{told}<div class="pair">{seen}</div>'
        f"{_lines(each['values'])}</li>"
    )


def join(words: Sequence[str]) -> str:
    """Words as a list: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _picture(edition: Edition, side: dict, title: str) -> str:
    """The picture of one edition, in the reader's shade."""
    shades = side["shades"]
    plain = shades.get("light") or side["picture"]
    source = ""
    if shades:
        source = (f'<source srcset="{html.escape(edition.up + shades["dark"])}" '
                  'media="screen and (prefers-color-scheme: dark)">')  # fmt: skip
    return (
        f'<figure><figcaption>{title}: {name(edition)}</figcaption><picture>{source}'
        f'<img src="{html.escape(edition.up + plain)}" alt="{html.escape(side["alt"])}" '
        'loading="lazy"></picture></figure>'
    )


def _caption(was: dict, now: dict) -> str:
    return f'<p class="passage">{pieces(compared(was["caption"], now["caption"]))}</p>'


def _lines(values: dict | None) -> str:
    """What differs in a figure's data: cells of lines that are about the same, and other lines."""
    if not values or not (values["old"] or values["new"]):
        return ""
    told = list(_differing(values["head"], values["old"], values["new"]))
    rest = f"<p>and {len(told) - LINES} more</p>" if len(told) > LINES else ""
    opened = " open" * (len(told) <= FEW)
    many = count(len(told), "line of its data", "lines of its data")
    return (f'<details{opened}><summary>{many}</summary><div class="lines">'
            f"{bullets(told[:LINES])}</div>{rest}</details>")  # fmt: skip


def _name(line: list[str]) -> list[str]:
    """What names the thing of a line: its first cells, as far as they are no numbers."""
    return [cell for cell in line[:NAMED] if not NUMBER.fullmatch(cell)] or line[:1]


def _differing(head: list[str], old: list[list[str]], new: list[list[str]]) -> Iterator[str]:
    """Lines that differ; of two with the same first cells, which name the thing, only what does."""
    left = list(new)
    for was in old:
        now = next((line for line in left if _name(line) == _name(was)), None)
        if now is None or not len(was) == len(now) == len(head):
            yield mark("-", ", ".join(filter(None, was)))
            continue
        left.remove(now)
        cells = [(name, a, b) for name, a, b in zip(head, was, now, strict=True) if a != b]
        shown_ = [cell for cell in cells if cell[0] not in ("low", "high", "rows", "sources")] or cells
        yield f"{text(', '.join(_name(was)))}: " + "; ".join(
            f"{text(name)} {change(a, b)}" for name, a, b in shown_
        )
    yield from (mark("+", ", ".join(filter(None, line))) for line in left)
