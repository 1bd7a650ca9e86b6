"""The line that names a figure's sources, as a person writes it: "IT Juzi 2018; CAC 2026".

Out of scope: how the book and its parts are cited (``press.citing``), and how the book cites its
sources (``press.extensions.bibliography_style``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from press.languages.printed import say

MOST = 3  # sources that the line on a page names


def rests_on(names: Iterable[str], tables: Iterable[str]) -> str:
    """One sentence that names all sources, and tables counted over, for paper."""
    named = [*dict.fromkeys(names)]
    parts = [_named(named)] if named else []
    parts += [say("counted over the table {table}", table=table) for table in tables]
    words = say("; ").join(parts)
    return f"{words[:1].upper()}{words[1:]}{say('. ').strip()}" if words else ""


def in_words(names: Sequence[str], tables: Iterable[str] = ()) -> str:
    """The sources by author and year: "Sources: A 2024; B 2023; and 2 more".

    ``names`` are works named in short; without any, the ``tables`` counted over are named.  Gives
    no full stop at the end.
    """
    named = [*dict.fromkeys(names)]
    if not named:
        told = say(" and ").join(say("table of {table}", table=table) for table in tables)
        return say("Source: this book's {tables}", tables=told)
    told = named[:MOST] if len(named) > MOST + 1 else named
    rest = [say("and {number} more", number=len(named) - len(told))] if len(told) < len(named) else []
    return _named(named, [*told, *rest])


def _named(named: Sequence[str], told: Sequence[str] = ()) -> str:
    """All names, or what is told of them, after the word for one source or several."""
    words = say("; ").join(told or named)
    return say("Sources: {sources}", sources=words) if len(named) > 1 else say("Source: {source}", source=words)
