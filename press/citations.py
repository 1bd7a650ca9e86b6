"""The record of the book (``press.record``), and on paper the line that names a figure's sources.

Out of scope: how the book and its parts are cited (``press.citing``), and how the book cites its
sources (``press.references``).
"""

from __future__ import annotations

from collections.abc import Iterable

from press.record import Record, is_there, record

__all__ = ["Record", "is_there", "record", "rests_on"]


def rests_on(keys: Iterable[str], tables: Iterable[str]) -> str:
    """One sentence that names sources by their keys, and tables counted over, for paper."""
    parts = [f"Source{'s' if len(keys) > 1 else ''}: {', '.join(keys)}"] if (keys := [*keys]) else []
    parts += [f"counted over the table {table}" for table in tables]
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}." if words else ""
