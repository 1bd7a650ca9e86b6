"""What each plan names: themes by plan and city, with *not seen* kept apart from *absent*.

One coder read the plans from their beginning and gave a theme weight 1 where it is named, 2 where
it has a chapter, a goal or a section of its own.  Most plans were seen in part, so a theme without
a row was not seen, which says nothing of the rest of the plan.  Two kinds of statement survive
that: that a theme *is* shared (more pages can only add to it), and that nothing seen sets a plan
apart.  That a theme is missing somewhere is never concluded.

Out of scope: the commentary's claims one by one (``claims``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from citygap.tables import book

#: Themes as the figure names them, in the order of the chapter: the four moves first.
THEMES = {
    "ai_manufacturing": "AI in manufacturing",
    "compute_hub": "computing power",
    "intl_rules_governance": "rules, opening abroad",
    "ai4science": "AI for science",
    "foundation_models": "large models",
    "ai_chips": "AI chips",
    "terminals": "smart terminals",
    "robotics_embodied": "robots",
    "automotive": "cars",
    "data": "data",
    "urban_governance": "city government",
    "healthcare": "health",
    "opensource_ecosystem": "open source",
    "talent": "talent",
    "capital": "capital",
}
AI_PLUS = "CQ_AIPLUS_2025"
#: Columns of the figure: heading, and the plans behind it (a plan, or every plan of a place).
COLUMNS: Mapping[str, tuple[str, str]] = {
    "Chong-\nqing:\nAI+": ("plan", AI_PLUS),
    "Chong-\nqing:\nall": ("place", "chongqing"),
    "China": ("place", "china"),
    "Beijing": ("place", "beijing"),
    "Shanghai": ("place", "shanghai"),
    "Shenzhen": ("place", "shenzhen"),
    "Chengdu": ("place", "chengdu"),
}
OTHERS = ("beijing", "shanghai", "shenzhen")
NAMED, CHAPTER = 1, 2


def weights(by: str, key: str) -> dict[str, int]:
    """The highest weight of each theme seen in one plan, or in any plan of a place.

    ``by`` is ``plan`` or ``place``.  Themes that were not seen have no entry.
    """
    plans = book.table("plans")
    wanted = set(plans.loc[plans[by] == key, "plan"])
    found: dict[str, int] = {}
    for row in book.table("emphasis").to_dict("records"):
        if row["plan"] in wanted:
            found[row["theme"]] = max(int(row["weight"]), found.get(row["theme"], 0))
    return found


def picture(least: int = NAMED) -> pd.DataFrame:
    """Weights, themes down and columns across; 0 where nothing of ``least`` weight was seen."""
    columns = {}
    for heading, where in COLUMNS.items():
        seen = weights(*where)
        columns[heading] = [
            seen.get(theme, 0) if seen.get(theme, 0) >= least else 0 for theme in THEMES
        ]
    return pd.DataFrame(columns, index=list(THEMES.values()))


def themes(by: str, key: str, least: int = NAMED) -> set[str]:
    """Themes seen with at least this weight."""
    return {theme for theme, weight in weights(by, key).items() if weight >= least}


def apart(plan: str = AI_PLUS, others: Sequence[str] = OTHERS, least: int = NAMED) -> set[str]:
    """Themes of a plan that were seen, with this weight, in no plan of the other places."""
    elsewhere = set().union(*(themes("place", place, least) for place in others))
    return themes("plan", plan, least) - elsewhere


def in_all(plan: str = AI_PLUS, others: Sequence[str] = OTHERS, least: int = NAMED) -> set[str]:
    """Themes of a plan that were seen, with this weight, at each of the other places."""
    return themes("plan", plan, least).intersection(
        *(themes("place", place, least) for place in others)
    )


def seen_at(theme: str, places: Sequence[str], least: int = NAMED) -> list[str]:
    """The places among whose plans a theme was seen with this weight."""
    return [place for place in places if theme in themes("place", place, least)]
