"""The Chinese for words that code makes: rows and axes of figures, heads of tables, caveats.

``tables.csv`` beside it holds the Chinese for what stands in the tables of the data, definitions and
notes of rows: data pages ask for it (:func:`of_a_row`), chapters do not.

``zh.csv`` holds them, an English text and its Chinese, and where it is used.  A text that is built
from parts has slots: "{place}, 11 months" is "{place}前11个月".  What stands in a slot is a name, a
number or another text of the catalogue, and is put into Chinese too (or left out); those
called year, n, when and day hold what :data:`SLOTS` says.  Names of places, units and
the like come from the tables, which add them with :func:`look_up`.

What can speak both languages asks :func:`speaking`::

    with in_language("zh"):
        say("share of China, %")

Out of scope: numbers (``quantity.chinese``), and the text of pages, which is written in each language.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path

CATALOGUE = Path(__file__).with_name("zh.csv")
ROWS = Path(__file__).with_name("tables.csv")
ENGLISH, CHINESE = "en", "zh"
#: The kind of output that holds what is printed on a Chinese page, beside ``text/html``.
MIME = "application/x-zh-html"
SLOT = re.compile(r"\{(\w+)\}")
#: What slots of some names hold; all others hold any words.
SLOTS = {"year": r"\d{4}", "n": r"[\d.,]+", "when": "[^,]+", "day": r"[^,():;]*(?:\d{4}|end|start)[^,():;]*"}
#: What is put before the text of a slot when it is looked up: a word may mean another thing elsewhere.
BEFORE = {"scope": "ai_scale: ", "ratio": "ratio: "}
#: What needs no Chinese of its own: numbers, years, signs.
HAN = re.compile("[\u4e00-\u9fff]")
SPAN = re.compile(r"(\d{4})–(\d\d)")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
#: What shows that a text with Han in it is an English one, which names something in Chinese.
LATIN = re.compile("[a-z]{3} [a-z]{3}")
CLAIMS = re.compile(r"C\d+(?:, C\d+)+")
PLAIN = re.compile(r"C\d+|[\d.,%+×*†/–—=:e-]*")

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)
#: Texts that were to be said in Chinese and have none.
missing: set[str] = set()
_tables: list[Callable[[str], str | None]] = []
_titles: list[Callable[[str], str | None]] = []


def speaking() -> str:
    """The language in which figures and the like are made at present: "en" or "zh"."""
    return _language.get()


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Within it, what is made is made in ``language``, "en" or "zh"."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def look_up(find: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Add a table of words: a function that gives the Chinese for an English text, or None."""
    _tables.append(find)
    _by_pattern.cache_clear()  # what it found rests on the tables of words
    return find


def look_up_last(find: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """The same, asked for what nothing else has: a page rests on a table as soon as that is read."""
    _titles.append(find)
    _by_pattern.cache_clear()  # what it found rests on the tables of words
    return find


def chinese(text: str) -> str | None:
    """The Chinese for an English text; None where neither the catalogue nor a table has it.

    Line feeds in the text count as blanks.
    """
    if text == ", ":
        return "，"
    words = " ".join(text.split())
    if years := SPAN.fullmatch(words):
        return f"{years[1]}—{years[1][:2]}{years[2]}年"
    if CLAIMS.fullmatch(words):
        return words.replace(", ", "、")
    if PLAIN.fullmatch(words):
        return THOUSANDS.sub("", words)
    exact, _ = catalogue()
    for said in (words, words[:1].lower() + words[1:]):  # a sentence begins with a capital
        if said in exact:
            return exact[said]
    for find in _tables:
        if found := find(words):
            return found
    if found := _by_pattern(words, CATALOGUE):
        return found
    return next((found for find in _titles if (found := find(words))), None)


@lru_cache(maxsize=None)
def of_a_row(text: str, column: str = "") -> str | None:
    """The Chinese for what a row of a table says in English, or for one of the few words that a
    ``column`` has; None where no catalogue has it."""
    words = " ".join(text.split())
    exact, _ = catalogue(ROWS)
    if column:
        return exact.get(f"{column}: {words}")
    if found := exact.get(words) or exact.get(f"{words}.", "").rstrip("。"):
        return found
    return _by_pattern(words, ROWS) or chinese(words)


@lru_cache(maxsize=None)
def _by_pattern(words: str, file: Path) -> str | None:
    _, patterns = catalogue(file)
    forms = dict.fromkeys((words, words[:1].lower() + words[1:]))
    for pattern, longest, names, said in patterns:
        # Few texts hold a pattern's own words, which is told far sooner than whether it matches.
        if match := next((m for form in forms if longest in form and (m := pattern.fullmatch(form))), None):
            parts = {name: _in_slot(name, match[name]) for name in names if f"{{{name}}}" in said}
            if None not in parts.values():
                return SLOT.sub(lambda slot: parts[slot[1]], said)
    return None


def _in_slot(name: str, text: str) -> str | None:
    """The Chinese for what stands in a slot."""
    kind = name.rstrip("123")
    found = chinese(BEFORE.get(kind, "") + text)
    if found and kind in ("when", "day") and found.isdigit():
        return f"{found}年"
    if found and kind == "says":  # which stands in quotation marks
        return found.replace("“", "‘").replace("”", "’")
    return found


def say(text: str) -> str:
    """A text in the language that is spoken; in English where it has no Chinese, which
    :data:`missing` then holds."""
    if speaking() != CHINESE or not text or HAN.search(text) and not LATIN.search(text):
        return text
    found = chinese(text)
    if found is None and not HAN.search(text):
        missing.add(text)
    return text if found is None else found


def template(text: str) -> str:
    """A text with slots, in the language that is spoken, its slots as they are.

    Raises KeyError for one that the catalogue lacks.
    """
    return text if speaking() != CHINESE else _rows(CATALOGUE)[text]


@cache
def _rows(catalogue: Path) -> dict[str, str]:
    with catalogue.open(encoding="utf-8", newline="") as file:
        return {row["en"]: row["zh"] for row in csv.DictReader(file)}


#: A text with slots: as an expression, the longest part outside its slots, its slots, and the Chinese.
Pattern = tuple[re.Pattern, str, list[str], str]


@cache
def catalogue(file: Path = CATALOGUE) -> tuple[dict[str, str], list[Pattern]]:
    """A catalogue: texts without slots, and those with slots, as patterns."""
    exact: dict[str, str] = {}
    patterns: list[Pattern] = []
    own: dict[re.Pattern, int] = {}  # how much of the text stands outside its slots
    for english, said in _rows(file).items():
        names = SLOT.findall(english)
        if not names:
            exact[english] = said
            continue
        if len(set(names)) < len(names):
            continue  # a slot stands twice: a whole sentence, which is asked for by :func:`template`
        parts = SLOT.split(english)
        pattern = "".join(
            f"(?P<{part}>{SLOTS.get(part.rstrip('123'), '.+?')})" if n % 2 else re.escape(part)
            for n, part in enumerate(parts)
        )
        patterns.append((re.compile(pattern), max(parts[::2], key=len), names, said))
        own[patterns[-1][0]] = sum(map(len, parts[::2]))
    patterns.sort(key=lambda one: own[one[0]], reverse=True)  # that with most words of its own first
    return exact, patterns
