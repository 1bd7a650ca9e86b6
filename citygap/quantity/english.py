"""How prose prints a quantity in English.

Out of scope: Chinese (``quantity.chinese``), and what stands in tables (``formatting``).
"""

from __future__ import annotations

from dataclasses import replace

from citygap.quantity.quantity import MOST_DIGITS, Quantity, rescaled
from citygap.quantity.units import CHINESE_SCALE, SCALES


def in_english(quantity: Quantity) -> str:
    """The words printed for a quantity in the text.

    A figure as published keeps its words, and a range those that hold it.  A computed number shows
    two significant digits (the exact value stands in its card), a count all of them.  Ten thousands
    or hundred millions of something ("425.3", ``1e4 persons``) are printed in millions, billions or
    trillions ("4.253 million").
    """
    found, word = in_scale(quantity)
    return f"{found.brief()} {word}".rstrip()


def in_scale(quantity: Quantity) -> tuple[Quantity, str]:
    """A quantity of ten thousands or hundred millions in millions or billions, with that word; any
    other as it is, without a word."""
    scale = CHINESE_SCALE.match(quantity.unit)
    if not scale:
        return quantity, ""
    size = max((abs(end) for end in quantity.bounds if abs(end) < float("inf")), default=0)
    word, power = next(s for s in SCALES.items() if size * 10.0 ** int(scale[1]) >= 10 ** s[1] or not s[1])
    found = rescaled(quantity, int(scale[1]) - power)
    if sum(character.isdigit() for character in found.published) > MOST_DIGITS and word:
        found = replace(found, published="")
    return found, word
