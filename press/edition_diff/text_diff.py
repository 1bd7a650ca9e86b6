"""How the text of two editions of a page differs: sections, blocks in them, words in those.

A piece of a difference is ``[sign, words]``: ``=`` kept, ``-`` before, ``+`` after.

Out of scope: how it is shown (``render``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from press.cjk import HAN

#: A word, a number with its separators, one Chinese character, one space or one other sign.
TOKEN = re.compile(rf"\d[\d.,]*\d|[{HAN}]|(?:(?![{HAN}])\w)+|\s+|.", re.S)
#: Words of which a printed range is made.
RANGE = re.compile(r"(?:[\d.,%\u2212+-]|\b(?:to|at|least|most|unknown|about|over|nearly)\b|\s)*\Z")
ALIKE = 0.5  # two blocks are one, reworded, from here on
SAME_SECTION = 0.6  # the same of sections whose heading changed

Pieces = list[list[str]]


def sections(old: Sequence[dict], new: Sequence[dict]) -> Iterator[dict]:
    """What differs between the sections of two editions of a page; nothing for equal ones."""
    pairs = dict(_pairs(old, new))
    befores = {section["anchor"]: section for section in old}
    for section in new:
        before = befores.get(pairs.get(section["anchor"], ""))
        if before is None:
            yield _told("added", None, section, [_block("", block) for block in section["blocks"]])
            continue
        blocks = list(differing(before["blocks"], section["blocks"]))
        renamed = before["heading"] != section["heading"]
        if blocks or renamed:
            yield _told("renamed" if renamed else "changed", before, section, blocks)
    for section in old:
        if section["anchor"] not in pairs.values():
            yield _told("removed", section, None, [_block(block, "") for block in section["blocks"]])


def _told(change: str, old: dict | None, new: dict | None, blocks: list[dict]) -> dict:
    return {
        "change": change,
        "old": {"anchor": old["anchor"], "heading": old["heading"]} if old else None,
        "new": {"anchor": new["anchor"], "heading": new["heading"]} if new else None,
        "blocks": blocks,
    }


def _pairs(old: Sequence[dict], new: Sequence[dict]) -> Iterator[tuple[str, str]]:
    """Anchors of sections that are the same, the new one first."""
    known = {section["anchor"] for section in new} & {section["anchor"] for section in old}
    yield from ((anchor, anchor) for anchor in known)
    left = [section for section in old if section["anchor"] not in known]
    for section in new:
        if section["anchor"] in known or not left:
            continue
        # The top of a page is its title, whatever that is.
        alike = [(_likeness(was["blocks"], section["blocks"]), was) for was in left
                 if (was["level"] == 1) == (section["level"] == 1)]  # fmt: skip
        best = max(alike, key=lambda pair: pair[0], default=(0, None))
        if best[0] >= SAME_SECTION or best[1] is not None and section["level"] == 1:
            left.remove(best[1])
            yield section["anchor"], best[1]["anchor"]


def differing(old: Sequence[str], new: Sequence[str]) -> Iterator[dict]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _matched(old[a:b], new[c:d])


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[dict]:
    """Blocks of one place before and after: those alike as one, the rest as taken out or put in."""
    left = list(old)
    for block in new:
        best = _closest(block, left)
        if best[0] < ALIKE:
            yield _block("", block)
            continue
        at = -best[1]
        yield from (_block(was, "") for was in left[:at])
        yield _block(left[at], block)
        del left[: at + 1]
    yield from (_block(was, "") for was in left)


def _closest(block: str, left: Sequence[str]) -> tuple[float, int]:
    """The likeness of the block most alike, the first of several, and its place below zero.

    Words that two texts have in common, in whatever order, bound their likeness from above: few
    pairs have to be compared word by word.
    """
    bounds = sorted(((_common(was, block), -number) for number, was in enumerate(left)), reverse=True)
    best = (0.0, 0)
    for bound, at in bounds:
        if bound < max(best[0], ALIKE):
            break
        best = max(best, (SequenceMatcher(None, _tokens(left[-at]), _tokens(block), autojunk=False).ratio(), at))
    return best


def _block(old: str, new: str) -> dict:
    pieces = words(old, new)
    return {"only_numbers": only_numbers(pieces), "pieces": pieces}


def words(old: str, new: str) -> Pieces:
    if not old or not new:
        return [["-", old]] if old else [["+", new]]
    a, b = _tokens(old), _tokens(new)
    found: Pieces = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        for sign, piece in (("=", a[i:j] if tag == "equal" else []),
                            ("-", a[i:j] if tag != "equal" else []),
                            ("+", b[k:m] if tag != "equal" else [])):  # fmt: skip
            if piece:
                found.append([sign, "".join(piece)])
    return _calm(found)


def _calm(pieces: Pieces) -> Pieces:
    """The same with changes joined that have only a space between them."""
    found: Pieces = []
    for at, (sign, piece) in enumerate(pieces):
        between = sign == "=" and piece.isspace() and 0 < at < len(pieces) - 1
        for each in (["-", piece], ["+", piece]) if between else ([sign, piece],):
            found.append(list(each))
    joined: Pieces = []
    run = {"-": "", "+": ""}
    for sign, piece in [*found, ["=", ""]]:
        if sign != "=":
            run[sign] += piece
            continue
        joined += [[s, run[s]] for s in "-+" if run[s]]
        run = {"-": "", "+": ""}
        if piece:
            joined.append(["=", piece])
    return joined


def only_numbers(pieces: Pieces) -> bool:
    kept = any(sign == "=" for sign, _ in pieces)
    return kept and all(sign == "=" or RANGE.match(piece) for sign, piece in pieces)


def similarity(old: str, new: str) -> float:
    """How alike two texts are, from 0 to 1; 0 if less than :data:`ALIKE` of their words agree."""
    return _closest(new, [old])[0]


@lru_cache(maxsize=4096)
def _tokens(block: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(block))


@lru_cache(maxsize=4096)
def _counted(block: str) -> Counter[str]:
    return Counter(_tokens(block))


def _common(old: str, new: str) -> float:
    """The share of words that two texts have in common, in whatever order."""
    one, other = _counted(old), _counted(new)
    if len(one) > len(other):
        one, other = other, one
    both = sum(min(number, other[word]) for word, number in one.items() if word in other)
    total = len(_tokens(old)) + len(_tokens(new))
    return 2 * both / total if total else 1.0


def _likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """The share of sentences that two texts have in common."""
    a = {line for block in old for line in block.split("\n")}
    b = {line for block in new for line in block.split("\n")}
    return len(a & b) / len(a | b) if a | b else 0.0


def page_likeness(old: dict, new: dict) -> float:
    """The share of sentences that two pages have in common."""
    return _likeness(*([block for section in page["sections"] for block in section["blocks"]]
                       for page in (old, new)))  # fmt: skip
