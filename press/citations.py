"""How the book and its parts are cited: one record (``press.record``), and the forms made of it.

Out of scope: how the book cites its sources (``press.references``).
"""

from __future__ import annotations

from collections.abc import Iterable

from press.record import Record, is_there, record

__all__ = ["Record", "bibtex", "is_there", "record", "rests_on", "sentence"]


def sentence(part: str, title: str, book: Record) -> str:
    """One sentence that cites a part of the book: ``part`` is "Figure 2.1", ``title`` its words."""
    return (
        f"{book.author} ({book.year}). {part}: {title.rstrip('.')}. In {book.title}, "
        f"edition {book.edition}."
    )


def rests_on(keys: Iterable[str], tables: Iterable[str]) -> str:
    """One sentence that names sources by their keys, and tables counted over, for paper."""
    parts = [f"Source{'s' if len(keys) > 1 else ''}: {', '.join(keys)}"] if (keys := [*keys]) else []
    parts += [f"counted over the table {table}" for table in tables]
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def bibtex(key: str, part: str, title: str, book: Record) -> str:
    """The same as an entry of BibTeX."""
    fields = {
        "author": "{" + book.author + "}",  # an organisation, not a first and a last name
        "title": f"{part}: {title.rstrip('.')}",
        "booktitle": book.title,
        "year": book.year,
        "edition": book.edition,
    }
    lines = ",\n".join(f"  {name} = {{{_tex(value)}}}" for name, value in fields.items())
    return f"@incollection{{{key},\n{lines}\n}}"


def _tex(text: str) -> str:
    """Text for BibTeX: the characters that TeX reads as commands are escaped."""
    return "".join(f"\\{c}" if c in "%&#$_" else c for c in text)
