"""What changed, for a reader of another language: what :mod:`press.edition_diff.compare` found, with the
words of the book in that language put for those of the first.

What is kept of an edition that is out is in the first language.  So its numbers and verdicts are said
anew; a sentence, a caption or a section is that of the book as it now stands; and a passage that was
altered, of which nothing else is kept, stays as it was written, marked as such.

Out of scope: the words of the press (``press/locale``), and what the data say (``press.data_pages.wording``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from citygap import words
from citygap.quantity import chinese
from citygap.quantity.quantity import Quantity
from citygap.quantity.units import CHINESE_SCALE, SCALES
from press.edition_diff.read_edition import Edition

SENTENCE = re.compile(r"[^。？！]+[。？！]?”?")


def translated(found: dict, new: Edition) -> dict:
    """The same in the language that is printed, which is that of the edition ``new``."""
    return found | {
        "pages": [each | {"new_title": new.pages.get(each["new"], each["new_title"])} for each in found["pages"]],
        "numbers": [_number(each, new.items("numbers").get(each["id"])) for each in found["numbers"]],
        "claims": [_claim(each, new.items("claims").get(each["id"])) for each in found["claims"]],
        "figures": [_figure(each, new.items("figures").get(each["id"])) for each in found["figures"]],
        "texts": [_text(each, new.items("texts")) for each in found["texts"]],
        "by_page": [each | {"title": new.pages.get(each["page"], each["title"])} for each in found["by_page"]],
    }


def _sides(each: dict, **sides: Mapping) -> dict:
    """An entry with fields of its sides replaced, of those that it has."""
    return each | {side: each[side] | given for side, given in sides.items() if each[side]}


def _number(each: dict, now: Mapping | None) -> dict:
    own = {name: now[name] for name in ("shown", "range", "scope")} if now else {}
    if now:  # a line of a Chinese page holds several sentences
        said = [one for line in now["sentences"] for one in SENTENCE.findall(line)]
        own["sentences"] = [one for one in said if now["shown"] in one][:1] or said[:1]
    return _sides(each, old=_said_anew(each["old"]) if each["old"] else {}, new=own)


def _said_anew(number: dict) -> dict:
    """A number of an edition that is out, from what is kept of it in English."""
    low, high = (inf if number[end] is None else number[end] for end, inf in (("low", -math.inf), ("high", math.inf)))
    shown, _, word = number["shown"].rpartition(" ")
    shown, word = (shown, word) if word in SCALES else (number["shown"], "")
    base, power = chinese.unit_of(number["unit"])
    if CHINESE_SCALE.match(number["unit"]):
        power = SCALES[word]
    try:
        said = chinese.printed(shown.removesuffix("%"), base, power, ratio=number["unit"] == "ratio")
        bounds = said if number["range"] == number["shown"] else chinese.bounds(Quantity(low, high, number["unit"]))
    except ValueError:  # it was printed in words of its own
        return {"sentences": []}
    return {"shown": said, "range": bounds, "scope": words.chinese(number["scope"]) or number["scope"], "sentences": []}


def _claim(each: dict, now: Mapping | None) -> dict:
    text = {"text": now["text"]} if now else {}
    sides = {}
    for side in ("old", "new"):
        if claim := each[side]:
            said = [words.chinese(part) for part in claim["reason"].removesuffix(".").split("; ")]
            reason = f"{'；'.join(said)}。" if None not in said else claim["reason"]
            sides[side] = text | {"verdict": words.chinese(claim["verdict"]) or claim["verdict"], "reason": reason}
    if now and each["new"]:
        sides["new"]["reason"] = now["reason"]
    return _sides(each, **sides)


def _figure(each: dict, now: Mapping | None) -> dict:
    """The figure with title and caption of now; what became of its caption is not kept."""
    if now:
        caption = now["caption"].removeprefix(now["title"]) or now["caption"]
        each = _sides(each, old={"title": now["title"], "caption": ""}, new={"title": now["title"], "caption": caption})
    if each["values"]:
        lines = {name: [[words.chinese(cell) or cell for cell in line] for line in each["values"][name]]
                 for name in ("old", "new")}  # fmt: skip
        head = [words.chinese(cell) or cell for cell in each["values"]["head"]]
        each = each | {"values": each["values"] | lines | {"head": head}}
    return each


def _text(each: dict, texts: Mapping[str, dict]) -> dict:
    """A section under its heading of now; a new one with the words that it now has."""
    page = texts.get(each["new_page"].removesuffix(".html"))
    own = [one for one in page["sections"] if one["anchor"] == each["new"]["anchor"]] if page and each["new"] else []
    if not own:
        return each
    each = _sides(each, old={"heading": own[0]["heading"]}, new={"heading": own[0]["heading"]})
    if each["change"] == "renamed":
        each["change"] = "changed"  # of what it was called nothing else is kept
    if each["change"] == "added":
        each["blocks"] = [{"only_numbers": False, "pieces": [["+", block]]} for block in own[0]["blocks"]]
    return each
