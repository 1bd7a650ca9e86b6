"""What editions need of the record of the book (``press.record``), also where a book has none."""

from __future__ import annotations

from pathlib import Path

from press import ROOT
from press.record import is_there, record, set_version

__all__ = ["date", "set_version", "version"]


def version(root: Path = ROOT) -> str:
    """The version of the book at ``root``; empty if it has no record."""
    return record(root).version if is_there(root) else ""


def date(root: Path = ROOT) -> str:
    """The day of that version; empty if it has no record."""
    return record(root).date if is_there(root) else ""
