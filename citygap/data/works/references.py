"""A work named as a person writes it: *Xinhua 2025* in the text, in full in a list of sources.

English pages name bodies and newspapers in Latin letters and give a Chinese title with its
translation in brackets; Chinese pages (``language`` "zh") give both as the work has them.

Out of scope: citation styles for other people's lists (``press.citing``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from citygap.data.bibtex import is_eastern, names

UNDATED = "n.d."
UNKNOWN = {"en": "Author unknown", "zh": "作者不详"}
NO_DATE = {"en": "no date", "zh": "日期不详"}
MONTHS = ("January February March April May June July August September October November "
          "December").split()  # fmt: skip
_LETTER = re.compile(r"-(?:\d{4}|nd)([a-z]+)$")

Work = Mapping[str, str]


def authors(work: Work, language: str = "en") -> str:
    """Who wrote or issued the work, whole, in Latin letters where that is known."""
    field = "author_en" if language == "en" and work.get("author_en") else "author"
    latex = getattr(work, "latex", {}).get(field, "")
    if latex.count(" and ") == 0:
        return work.get(field) or UNKNOWN[language]
    if language == "zh":
        return "、".join(_in_order(name) for name in names(latex))
    return "; ".join(name.replace("{", "").replace("}", "") for name in names(latex))


def short_author(work: Work, language: str = "en") -> str:
    """The same as a citation in the text names it."""
    if language == "en":
        return work.get("shortauthor") or authors(work)
    first, *others = map(_in_order, names(getattr(work, "latex", work).get("author", "")) or [""])
    told = f"{first}、{others[0]}" if len(others) == 1 else first + ("等" if others else "")
    return told or UNKNOWN["zh"]


def _in_order(name: str) -> str:
    """A name as a Chinese page prints it: a body whole, a person with the family name first."""
    parts = [part.strip("{} ") for part in name.split(",", 1)]
    return "".join(parts) if all(map(is_eastern, parts)) else ", ".join(parts)


def year(key: str, work: Work) -> str:
    """The year, with the letter that tells works of one author and year apart."""
    letter = _LETTER.search(key)
    said = work.get("year", UNDATED)
    return f"{said}{'-' * (said == UNDATED)}{letter[1]}" if letter else said


def short(key: str, work: Work, language: str = "en") -> str:
    """Author and year: "Xinhua 2025a"."""
    said = year(key, work)
    if language == "zh":
        return f"{short_author(work, language)}，{said.replace(UNDATED, NO_DATE['zh'])}"
    return f"{short_author(work)} {said}"


def title(work: Work, language: str = "en") -> str:
    """The title in the language of the work, and for English readers its translation in brackets."""
    own, english = work.get("title", ""), work.get("title_en", "")
    if language == "zh":
        return own or english
    if not own or own == english:
        return english or own
    if not english or english.lower() == own.lower():
        return own
    if own.startswith("[") and english.startswith("["):  # a description of ours, no title
        return english
    return f"{own} [{english.strip('[]')}]"


def container(work: Work, language: str = "en") -> str:
    """The newspaper, journal, site or series in which the work stands, in Latin letters if known."""
    own = work.get("journal") or work.get("booktitle", "")
    return own if language == "zh" else work.get("journal_en") or own


def day(date: str, language: str = "en") -> str:
    """A date in words: "13 December 2025", "December 2025", "2025"; of an interval, both ends."""
    first, stroke, last = date.partition("/")
    if stroke:
        return ("至" if language == "zh" else " to ").join(day(each, language) for each in (first, last))
    year_, *rest = date.split("-")
    if language == "zh" and year_.isdecimal():
        return "".join(f"{int(part)}{unit}" for part, unit in zip((year_, *rest), "年月日"))
    if not rest or not rest[0].isdecimal():
        return date
    words = f"{MONTHS[int(rest[0]) - 1]} {year_}"
    return f"{int(rest[1])} {words}" if len(rest) > 1 else words


def published(work: Work, language: str = "en") -> str:
    """The day of the work in words, or "no date"."""
    date = work.get("date") or work.get("year", "")
    return NO_DATE[language] if date in ("", UNDATED) else day(date, language)


def read_at(copy: Mapping[str, str]) -> tuple[str, str]:
    """A page on which a work was read, in words, and the day: "Sohu, copy", "22 November 2026"."""
    name = copy["publisher_en"] or copy["publisher"]
    what = "the original" if copy["relation"] == "original" else f"{name}, {copy['relation']}"
    return what, day(copy["read_on"])


def where_read(copies: Iterable[Mapping[str, str]]) -> str:
    """Where the work was read, in words; empty if nowhere.

    "read at the original, 22 November 2026; Sohu, copy, 22 November 2026".
    """
    told = [", ".join(read_at(copy)) for copy in copies]
    return f"read at {'; '.join(told)}" if told else ""


def parts(key: str, work: Work) -> list[str]:
    """The parts of an entry in a list of sources, each of which ends in a full stop.

    Author, year, title, container with number, volume and pages, and the full date where it says
    more than the year.  Addresses and copies are left to whoever prints them.
    """
    inside = ", ".join(filter(None, [
        container(work) if container(work) != authors(work) else "",
        _volume(work),
        work.get("pages", "").replace("--", "–"),
        work.get("publisher") or work.get("school") or "",
    ]))  # fmt: skip
    full = published(work) if len(work.get("date", "")) > 4 else ""
    return [part for part in (authors(work), year(key, work), title(work), inside, full) if part]


def _volume(work: Work) -> str:
    volume, number = work.get("volume", ""), work.get("number", "")
    return f"{volume}({number})" if volume and number else volume or number
