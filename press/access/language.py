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
from functools import lru_cache

from press.han import HAN, RUN

#: Everything that is no text: comments, scripts, styles, tags.
TOKEN = re.compile(
    r"<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>"
    r"|</?[a-zA-Z!](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>",
    re.S | re.I,
)
NAME = re.compile(r"</?\s*([a-zA-Z][\w:-]*)")
LANG = re.compile(r"\slang=[\"']?([\w-]+)", re.I)
HAS_HAN = re.compile(f"[{HAN}]")
VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()
)
TEXT_ONLY = frozenset(("title", "option", "textarea"))
EAST = ("zh", "ja")


def marked(page: str) -> str:
    """The HTML text ``page`` with its Chinese marked."""
    if not HAS_HAN.search(page):
        return page
    parts: list[str] = []
    open_: list[tuple[str, bool, int]] = []  # name, whether marked, where its tag stands in parts
    end = 0
    for token in TOKEN.finditer(page):
        _text(page[end : token.start()], open_, parts)
        end = token.end()
        tag = token[0]
        parts.append(tag)
        name = NAME.match(tag)
        if name is None or tag.lower().startswith(("<script", "<style")):
            continue
        _move(tag, name[1].lower(), open_, len(parts) - 1)
    _text(page[end:], open_, parts)
    return "".join(parts)


def _move(tag: str, name: str, open_: list, at: int) -> None:
    """Keep the list of open elements: one more, or back to the one that is closed."""
    if tag.startswith("</"):
        for depth in range(len(open_) - 1, -1, -1):
            if open_[depth][0] == name:
                del open_[depth:]
                return
        return
    if name in VOID or tag.endswith("/>"):
        return
    lang = LANG.search(tag)
    inside = bool(open_) and open_[-1][1]
    open_.append((name, lang[1].startswith(EAST) if lang else inside, at))


def _text(words: str, open_: list, parts: list[str]) -> None:
    """Append ``words``, its Chinese marked unless an element around it is."""
    if not words:
        return
    if (open_ and open_[-1][1]) or not HAS_HAN.search(words):
        parts.append(words)
        return
    tag = tongue(words)
    name, _, at = open_[-1] if open_ else ("", False, -1)
    if name in TEXT_ONLY:
        parts[at] = f'{parts[at][:-1]} lang="{tag}">'
        parts.append(words)
        return
    element = "tspan" if name in ("text", "tspan") else "span"
    mixed = tag != "zh-Hans" and _only_simplified(words)

    def wrapped(run: re.Match) -> str:
        return f'<{element} lang="{tongue(run[0]) if mixed else tag}">{run[0]}</{element}>'

    parts.append(RUN.sub(wrapped, words))


def tongue(words: str) -> str:
    """Language tag of a text that holds Chinese (or Japanese)."""
    from press.datapages.markup import script  # a book without data/ may have no Chinese at all

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
