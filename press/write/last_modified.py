"""When the source of each page last changed, by git.

Dates are those of commits, in UTC, so that every clone of a commit gives the same page.  What is
not known is left out: outside a repository of its own (an unpacked archive), without git, and in a
shallow clone, whose oldest commit seems to have touched every file.

Out of scope: changes that are not committed, which have no date.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from press import ROOT
from press.editions.git_commands import GitFailed, git

WHERE = ("chapters", "data")


def dates(root: Path = ROOT) -> dict[str, str]:
    """Date (YYYY-MM-DD) of the last commit that touched each file of the chapters and tables.

    By path relative to ``root``; empty if the history of ``root`` is not known in full.
    """
    try:
        if git(root, "rev-parse", "--show-prefix", "--is-shallow-repository").split() != ["false"]:
            return {}  # `root` is a folder of another repository, or the clone is shallow
        log = git(root, "log", "--format=%x00%cd", "--date=format-local:%Y-%m-%d", "--name-only",
                  "--", *WHERE, TZ="UTC")  # fmt: skip
    except GitFailed:
        return {}
    found: dict[str, str] = {}
    for commit in log.split("\0")[1:]:  # the newest first
        date, *files = commit.split("\n")
        for file in filter(None, files):
            found.setdefault(file, date)
    return found


def of_page(page: str, known: dict[str, str]) -> str:
    """Date of a page: of its chapter, or of the newest table for a data page; empty if unknown."""
    if page.startswith("data/"):
        return max((date for file, date in known.items() if file.startswith("data/")), default="")
    return known.get(f"{page}.md", "")


def digest(root: Path = ROOT) -> str:
    """One digest of all dates: pages that print them are made anew after a commit."""
    return hashlib.sha256(repr(sorted(dates(root).items())).encode()).hexdigest()
