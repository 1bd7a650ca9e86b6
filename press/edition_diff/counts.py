"""How much changed: on each chapter, and in all.

Out of scope: what changed (``compare``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from press.edition_diff.read_edition import Edition

#: What is counted on each chapter.
KINDS = ("numbers", "others", "verdicts", "figures", "passages", "rows")


def by_page(found: dict, old: Edition, new: Edition, moves: Mapping[str, str]) -> list[dict]:
    """How much changed on each chapter, in the order of the new edition; those gone come last."""
    names = [*new.items("texts"), *(page for page in old.items("texts")
                                    if page not in moves and page not in new.items("texts"))]
    back = {after: before for before, after in moves.items()}
    told = []
    for name in names:
        page = f"{name}.html"
        here = _on(found, page, f"{back.get(name, name)}.html")
        change = next((each["change"] for each in found["pages"]
                       if name == (each["new"] or each["old"])), "")  # fmt: skip
        told.append({
            "page": name,
            "old": before if (before := back.get(name, name)) in old.items("texts") else None,
            "new": name if name in new.items("texts") else None,
            "title": new.pages.get(name) or old.pages.get(name, name),
            "change": change, **here,
        })  # fmt: skip
    return told


def _on(found: dict, page: str, before: str) -> dict[str, int]:
    """Counts of what changed on one page, by its address now and before."""

    def here(each: dict) -> bool:
        return (each["new"] or each["old"])["page"] in (page, before)

    numbers = [each for each in found["numbers"] if here(each)]
    own = {each["id"] for each in numbers}
    stem = page.removesuffix(".html")
    return {
        "numbers": sum(each["change"] == "moved" for each in numbers),
        "others": sum(each["change"] != "moved" for each in numbers),
        "figures": sum(here(each) for each in found["figures"]),
        "verdicts": sum((each["new"] or each["old"])["chapter"] in (page, before)
                        and each["change"] != "reworded" for each in found["claims"]),
        "passages": sum(passages(each) for each in found["texts"] if each["new_page"] == page),
        "rows": sum(any(one in own or one.startswith(f"{stem}#") for one in each["numbers"])
                    for each in found["rows"]),
    }  # fmt: skip


def passages(section: dict) -> int:
    """How many passages of a section changed in more than numbers; a new heading is one."""
    return sum(not block["only_numbers"] for block in section["blocks"]) + (
        section["change"] == "renamed"
    )


def summary(found: dict) -> dict[str, dict[str, int]]:
    counts = {
        kind: dict(sorted(Counter(each["change"] for each in found[kind]).items()))
        for kind in ("pages", "rows", "numbers", "claims", "figures")
    }
    counts["texts"] = {"passages": sum(passages(each) for each in found["texts"]),
                       "sections": sum(passages(each) > 0 for each in found["texts"])}  # fmt: skip
    return counts
