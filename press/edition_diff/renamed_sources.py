"""An older edition with the keys that its sources have now, so that its rows are found again.

A source may get another key, or be merged with one that is the same work; the newer edition says
which keys its sources had (``earlier_ids`` of ``api/sources.json``).

Out of scope: pages that were renamed (``compare``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from press.edition_diff.read_edition import Edition


class Rekeyed:
    """An edition, with the keys of sources in ``keys`` replaced in all its entries."""

    def __init__(self, edition, keys: Mapping[str, str]):
        self._edition = edition
        self._keys = keys
        self._kept: dict[str, dict[str, dict]] = {}

    def __getattr__(self, name: str):
        return getattr(self._edition, name)

    def items(self, kind: str) -> dict[str, dict]:
        """The entries of one file by their keys, in order."""
        if kind not in self._kept:
            found = (self._with_keys(item) for item in self._edition.items(kind).values())
            self._kept[kind] = {item["id"]: item for item in found}
        return self._kept[kind]

    @cached_property
    def tables(self) -> dict[str, dict[str, dict]]:
        """Rows of every table by its name and their keys."""
        return Edition.tables_of(self)

    def _with_keys(self, value: object) -> object:
        if isinstance(value, str):
            return "/".join(self._keys.get(part, part) for part in value.split("/"))
        if isinstance(value, list):
            return [self._with_keys(each) for each in value]
        if isinstance(value, dict):
            return {name: self._with_keys(each) for name, each in value.items()}
        return value


def as_in(old, new):
    """``old`` with the keys of ``new``; ``old`` itself if no source was renamed."""
    there = old.items("sources")
    keys = {earlier: key for key, source in new.items("sources").items()
            for earlier in source.get("earlier_ids", ()) if earlier in there and earlier != key}  # fmt: skip
    return Rekeyed(old, keys) if keys else old
