"""Pages that have another name than before: ``chapters/_renamed.yml``.

One line a page, the old name and the new one, without ``.html``::

    chapters/old-name: chapters/new-name

and ``null`` for a page that is gone: ``make edition`` asks for a line for each chapter that the
edition before had and this one has not, since an edition that is out cannot get one later.

Lines are never taken out, so that every edition from then on has a page at the old name that leads
to the new one, anchors included; and the switcher finds a page of an old edition in a new one and
the other way round.

``sphinx-reredirects`` would write such pages too; the list has to be read here for the switcher in
any case, and the page is eight lines.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

import yaml

from press.templating import render

FILE = "chapters/_renamed.yml"
SCRIPT, ICON = "_static/moved.js", "_static/favicon.svg"


class BadList(ValueError):
    """The list cannot be used; the text says where and what to do."""


def read(root: Path) -> dict[str, str]:
    """New names by old ones; empty without a list.  Raises BadList."""
    return {old: new for old, new in listed(root).items() if new is not None}


def listed(root: Path) -> dict[str, str | None]:
    """The list: new names by old ones, None for what is gone.  Raises BadList."""
    path = root / FILE
    if not path.is_file():
        return {}
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        raise BadList(f"{FILE}:{mark.line + 1 if mark else 1}: write a line as old: new") from None
    if not isinstance(given, dict) or not all(
        isinstance(old, str) and isinstance(new, str | None) for old, new in given.items()
    ):
        raise BadList(f"{FILE}: write a line for each page, old name: new name")
    return given


def faults(renamed: Mapping[str, str], pages: Collection[str]) -> list[str]:
    """What is wrong with the list of a book that has these pages."""
    found = []
    for old in renamed:
        if old in pages:
            found.append(f"{FILE}: {old} is a page of this book: take that line out")
        elif target(renamed, old) not in pages:
            found.append(f"{FILE}: {old} leads to {target(renamed, old)}, which is no page")
        elif old.startswith("/") or {"..", ""} & set(old.split("/")):
            found.append(f"{FILE}: {old!r} is no name of a page")
    return found


def target(renamed: Mapping[str, str], name: str) -> str:
    """The last name of a page that may have been renamed more than once."""
    seen = {name}
    while name in renamed and renamed[name] not in seen:
        name = renamed[name]
        seen.add(name)
    return name


def write(out: Path, renamed: Mapping[str, str], titles: Mapping[str, str], language: str,
          canonical=lambda page: "") -> None:  # fmt: skip
    """Write a page at each old name; ``canonical`` gives the address of a page, or nothing."""
    for old in sorted(renamed):
        new = target(renamed, old)
        path = out / f"{old}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        page = render(
            "leading.html",
            language=language,
            title=titles[new],
            page=os.path.relpath(out / f"{new}.html", path.parent),
            icon=os.path.relpath(out / ICON, path.parent),
            script=os.path.relpath(out / SCRIPT, path.parent),
            canonical=canonical(new),
            meta="",
        )
        path.write_text(page, encoding="utf-8")
