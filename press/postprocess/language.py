"""Chinese on a finished page is marked as Chinese.

A browser then chooses Chinese glyphs, a screen reader a Chinese voice, and a translator leaves the
names alone.  Text that already stands in an element with a ``lang`` of Chinese or Japanese keeps
it; other runs of Chinese are wrapped in ``<span lang="zh-Hans">``, or ``zh-Hant`` where the table
of places tells the script, or ``zh`` where it only shows that the text is not simplified.

Where an element may hold text only (``option``, ``title``), the element itself is marked.

Out of scope: attributes (an element has one language), and pictures, whose letters are outlines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from press.cjk import HAN, RUN

#: Everything that is no text: comments, scripts, styles, tags.
TOKEN = re.compile(
    r"(<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>"
    r"|</?[a-zA-Z!](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>)",
    re.S | re.I,
)
NAME = re.compile(r"</?\s*([a-zA-Z][\w:-]*)")
LANG = re.compile(r"<(?!script|style)([a-zA-Z][\w:-]*)\b[^>]*?\slang=[\"']?([\w-]+)", re.I)
HAS_HAN = re.compile(f"[{HAN}]")
VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()
)
TEXT_ONLY = frozenset(("title", "option", "textarea"))
EAST = ("zh", "ja")


def marked(page: str) -> str:
    if not HAS_HAN.search(page):
        return page
    parts = TOKEN.split(page)  # text, tag, text, tag ... text
    spoken = _spoken(parts)
    for at in range(0, len(parts), 2):
        # Most text has no Chinese: that it is ASCII is found out in no time.
        if not parts[at].isascii() and HAS_HAN.search(parts[at]) and not spoken(at):
            _mark(parts, at)
    return "".join(parts)


def _spoken(parts: list[str]) -> Callable[[int], bool]:
    """Whether an element around the text at a place says that it is Chinese or Japanese.

    Places are asked for in their order.
    """
    ahead = [(at, match) for at in range(1, len(parts), 2)
             if "lang=" in parts[at] and (match := LANG.match(parts[at]))][::-1]  # fmt: skip
    around: list[tuple[int, bool]] = []  # elements that say their language: where they end, and whether so

    def spoken(place: int) -> bool:
        while ahead and ahead[-1][0] < place:
            at, match = ahead.pop()
            name = match[1].lower()
            if name not in VOID and not parts[at].endswith("/>"):
                around.append((_end(parts, at, name), match[2].lower().startswith(EAST)))
        while around and around[-1][0] < place:
            around.pop()
        return bool(around) and around[-1][1]

    return spoken


def _end(parts: list[str], at: int, name: str) -> int:
    """Where the element ends that begins at a place."""
    depth, same = 0, re.compile(rf"<(/?){name}(?![\w:-])(?![^>]*/>)", re.I)
    if name != "html":
        for place in range(at, len(parts), 2):
            if parts[place].startswith("<") and (tag := same.match(parts[place])):
                depth += -1 if tag[1] else 1
                if not depth:
                    return place
    return len(parts)


def _mark(parts: list[str], at: int) -> None:
    """Mark the Chinese of the text at a place, or the element that may hold nothing but text."""
    words, before = parts[at], parts[at - 1] if at else ""
    match = NAME.match(before)
    name, tag = match[1].lower() if match else "", tongue(words)
    if name in TEXT_ONLY and before[1] != "/":
        parts[at - 1] = f'{before[:-1]} lang="{tag}">'
        return
    element = "tspan" if name in ("text", "tspan") else "span"
    mixed = tag != "zh-Hans" and _only_simplified(words)

    def wrapped(run: re.Match) -> str:
        return f'<{element} lang="{tongue(run[0]) if mixed else tag}">{run[0]}</{element}>'

    parts[at] = RUN.sub(wrapped, words)


def tongue(words: str) -> str:
    """Language tag of a text that holds Chinese (or Japanese)."""
    from press.cjk import script

    tag = script(words)
    return "zh" if tag == "zh-Hans" and _only_traditional(words) else tag


def _only_simplified(words: str) -> bool:
    """Whether a character stands in the standard set of simplified script and not of traditional."""
    return any(_in(sign, "gb2312") and not _in(sign, "big5") for sign in HAS_HAN.findall(words))


def _only_traditional(words: str) -> bool:
    """The same the other way round.  A rare character that neither set has decides nothing."""
    return any(_in(sign, "big5") and not _in(sign, "gb2312") for sign in HAS_HAN.findall(words))


@lru_cache(maxsize=None)
def _in(sign: str, code: str) -> bool:
    try:
        sign.encode(code)
    except UnicodeEncodeError:
        return False
    return True
