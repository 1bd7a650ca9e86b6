"""What each plan names: themes by plan and city, with *not seen* kept apart from *absent*.

One coder read the plans from their beginning and gave a theme weight 1 where it is named, 2 where
it has a chapter, a goal or a section of its own.  Most plans were seen in part, so a theme without
a row was not seen, which says nothing of the rest of the plan.  Two kinds of statement survive
that: that a theme *is* shared (more pages can only add to it), and that nothing seen sets a plan
apart.  That a theme is missing somewhere is never concluded.

Out of scope: the commentary's claims one by one (``claims``).
"""

from __future__ import annotations

from collections.abc import Sequence

from citygap.data.tables import book

#: The four moves as themes of the plans.
MOVES = {
    "clusters": "ai_manufacturing", "compute": "compute_hub", "asean": "intl_rules_governance",
    "science": "ai4science",
}  # fmt: skip
AI_PLUS = "CQ_AIPLUS_2025"
OTHERS = ("beijing", "shanghai", "shenzhen")
NAMED, CHAPTER = 1, 2
WORDS = {CHAPTER: "section", NAMED: "named", 0: "not seen"}


def weights(by: str, key: str) -> dict[str, int]:
    """The highest weight of each theme seen in one plan, or in any plan of a place.

    ``by`` is ``plan`` or ``place``.  Themes that were not seen have no entry.
    """
    plans = book.table("plans")
    wanted = set(plans.loc[plans[by] == key, "plan"])
    found: dict[str, int] = {}
    for row in book.rows("emphasis"):
        if row["plan"] in wanted:
            found[row["theme"]] = max(int(row["weight"]), found.get(row["theme"], 0))
    return found


def themes(by: str, key: str, least: int = NAMED) -> set[str]:
    """Themes seen with at least this weight."""
    return {theme for theme, weight in weights(by, key).items() if weight >= least}


def apart(plan: str = AI_PLUS, others: Sequence[str] = OTHERS, least: int = NAMED) -> set[str]:
    """Themes of a plan that were seen, with this weight, in no plan of the other places."""
    elsewhere = set().union(*(themes("place", place, least) for place in others))
    return themes("plan", plan, least) - elsewhere


def shared_fields() -> set[str]:
    """Fields of applied science that the plans of Chongqing and of Beijing both name."""
    fields = [
        {row["value"] for row in book.rows("evidence", claim="C81", part=f"field_{city}")}
        for city in ("chongqing", "beijing")
    ]
    return set.intersection(*fields)
