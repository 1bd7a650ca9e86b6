"""``editions.html`` of the site: all editions with their days, and what changed between them."""

from __future__ import annotations

from collections.abc import Sequence

from press.editions.pages.redirects import ICON
from press.editions.pages.switcher import Held
from press.templating import render

FILE = "editions.html"


def page(held: Sequence[Held], newest: Held | None, changes: set[tuple[str, str]]) -> str:
    last = held[-1]
    return render(
        "editions.html",
        language=last.facts["language"],
        title=f"Editions: {last.facts['title']}",
        book=last.facts["title"],
        icon=f"{last.folder}/{ICON}",
        held=held,
        newest=newest,
        since={
            each.folder: [old for old in reversed(held) if (old.folder, each.folder) in changes]
            for each in held
        },
    )
