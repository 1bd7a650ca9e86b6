"""What may be typed: ``chapters/typed.yml``, a reason for each permission.

An entry is a reason and what it permits, as narrow as can be::

    - reason: a name, not a count
      text: [four head cities]             # these words, however they are broken into lines
      pattern: ['to the end of {year}']    # a regular expression; {year}, {month}, {day} are known
      in: gap-diagnosis                    # in this chapter only; anywhere if left out

A figure may be typed if it lies wholly within a match.  Case does not matter.  In ``text`` and
``pattern`` alike, ``{}`` stands for a bound number.

A permission that permits nothing in the book is a fault: it would hide what is typed next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from press import CHAPTERS
from press.audit.typed_numbers import BOUND

FILE = "chapters/typed.yml"
KEYS = {"reason", "text", "pattern", "in"}
MONTHS = (
    "January February March April May June July August September October November December"
).split()
#: What a number counts; a year right before one of these is no year ("2018 firms").
COUNTED = (
    r"(?:AI\s+)?(?:algorithms|billion|chips|cities|clusters|companies|containers|count(?:s|ies)|days|"
    r"deals|[EP]?FLOPS|engineers|factories|filings|firms|hours|hundred|jobs|km|kilo\w+|kW\w*|metres|"
    r"million|models|observations|patents|people|per\s?cent|percent|persons|places|plans|points|"
    r"provinces|rounds|rows|sources|staff|start-?ups|students|targets|thousand|times|tonnes|"
    r"trillion|unicorns|workers|workshops|years|yuan)\b"
)
MACROS = {
    "{year}": rf"(?<![\w.,])(?:199\d|20[0-3]\d)(?![\w%]|[.,:/–−-]\w)(?!\s+{COUNTED})",
    "{month}": f"(?:{'|'.join(MONTHS)})",
    "{day}": r"(?<![\w.,])(?:3[01]|[12]\d|[1-9])",
    "{}": BOUND,
}


class ListError(ValueError):
    """The list cannot be used; the text says which entry and why."""


@dataclass(frozen=True)
class Permit:
    """One permission: its words as declared, a reason, and a chapter if it holds in one only."""

    words: str
    reason: str
    chapter: str
    regex: re.Pattern[str]

    def spans(self, text: str, chapter: str) -> list[tuple[int, int]]:
        """What it permits in a running text of ``chapter``."""
        if self.chapter not in ("", chapter):
            return []
        return [match.span() for match in self.regex.finditer(text)]


def load(root: Path, file: str = FILE) -> list[Permit]:
    """The permissions of a list, ``chapters/typed.yml`` unless named; none if there is no such file.

    In a list of a further language (``chapters/zh/typed.yml``) Han stands between words like blanks.

    Raises ListError for what is no such list.
    """
    path = root / file
    if not path.is_file():
        return []
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or []
    except yaml.YAMLError as error:
        raise ListError(" ".join(str(error).split())) from None
    if not isinstance(entries, list):
        raise ListError("it is no list of entries - begin each with '- reason: ...'")
    flags = re.IGNORECASE if path.parent.name == CHAPTERS.name else re.IGNORECASE | re.ASCII
    return [permit for number, entry in enumerate(entries, 1) for permit in _read(entry, number, flags)]


def _read(entry: object, number: int, flags: re.RegexFlag = re.IGNORECASE) -> list[Permit]:
    if not isinstance(entry, dict) or not isinstance(entry.get("reason"), str):
        raise ListError(f"entry {number} gives no reason - every permission needs one")
    if unknown := sorted(set(entry) - KEYS):
        raise ListError(f"entry {number}: unknown key {unknown[0]!r} - use {', '.join(KEYS)}")
    if not isinstance(entry.get("in", ""), str):
        raise ListError(f"entry {number}: in: {entry['in']!r} is no page - name one, or make an entry for each")
    found = []
    for key, meaning in (("text", _text), ("pattern", _pattern)):
        given = entry.get(key, [])
        for words in [given] if isinstance(given, str) else given:
            try:
                regex = re.compile(meaning(str(words)), flags)
            except re.error as error:
                raise ListError(f"entry {number}: {words!r} is no pattern: {error}") from None
            if regex.match(""):
                raise ListError(f"entry {number}: {words!r} permits everything - narrow it")
            found.append(Permit(str(words), entry["reason"], entry.get("in", ""), regex))
    if not found:
        raise ListError(f"entry {number} permits nothing - give it a text or a pattern")
    return found


def _text(words: str) -> str:
    parts = [r"\s+".join(map(re.escape, part.split(" "))) for part in words.split("{}")]
    return rf"(?<!\w){BOUND.join(parts)}(?!\w)"


def _pattern(words: str) -> str:
    for macro, regex in MACROS.items():
        words = words.replace(macro, regex)
    words = words.replace(" ", r"\s+")
    return rf"(?<!\w)(?:{words})(?!\w)"
