"""Names of editions: ``2026.1``, ``2026.2``, ``2027.1``; between two of them ``2026.2.dev``."""

from __future__ import annotations

import re

from press.urls import UNRELEASED

EDITION = re.compile(r"(\d{4})\.([1-9]\d*)\Z")


def is_edition(name: str) -> bool:
    return bool(EDITION.match(name))


def key(edition: str) -> tuple[int, int]:
    """What editions are ordered by: 2026.10 comes after 2026.9.  Raises ValueError."""
    match = EDITION.match(edition)
    if match is None:
        raise ValueError(f"{edition!r} is not the name of an edition")
    return int(match[1]), int(match[2])


def following(edition: str) -> str:
    """The version after an edition, which is not out yet: ``2026.2.dev`` after ``2026.1``."""
    year, number = key(edition)
    return f"{year}.{number + 1}{UNRELEASED}"


def is_unreleased(version: str) -> bool:
    return version.endswith(UNRELEASED)
