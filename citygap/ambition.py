"""Plans against one another: who pulls away if all are met, whose aim has no base, who adopts when.

Required growth is that of ``plans``; here it answers whether a gap to Chongqing would widen.

Out of scope: whether a plan will be met.
"""

from __future__ import annotations

from collections.abc import Sequence

from citygap import plans
from citygap.quantity import Answer, Quantity
from citygap.tables import NoObservation, book
from citygap.yardsticks import FOCUS

AI_SCALES = ("ai_core_scale", "ai_industry_scale")
ADOPTION = "smart_terminal_adoption"


def sorted_out(focus: str = FOCUS) -> dict[Answer, list[str]]:
    """Places with a plan and a base, by whether they would pull away from ``focus``.

    A place whose figures are left out is passed over.  Raises NoObservation if ``focus`` has none.
    """
    own = plans.path_of(focus).growth
    found: dict[Answer, list[str]] = {answer: [] for answer in Answer}
    for path in plans.AI_PATHS:
        if path.place == focus:
            continue
        try:
            found[path.growth > own].append(path.place)
        except NoObservation:
            continue
    return found


def without_base(since: str = "2026") -> list[str]:
    """Cities and provinces with an aim for AI scale in ``since`` or later and no base to grow from.

    An aim over several years counts by its last.  A base is an earlier observation on the scope of
    the aim, as ``plans.AI_PATHS`` holds them.
    """
    kinds = {row["place"]: row["kind"] for row in book.table("places").to_dict("records")}
    based = {path.place for path in plans.AI_PATHS}
    return list(dict.fromkeys(
        row["place"] for row in book.table("targets").to_dict("records")
        if row["indicator"] in AI_SCALES and row["period"].split("/")[-1] >= since
        and row["place"] not in based and kinds[row["place"]] in ("city", "province")
    ))


def adoption(place: str, year: str) -> Quantity:
    """A plan's aim for the adoption of smart terminals and agents, in percent.

    Raises NoObservation if there is none for ``year``.
    """
    return book.target(place, ADOPTION, year)


def adopters(year: str) -> list[str]:
    """Places that set an adoption aim for ``year``, China left out."""
    rows = book.table("targets").to_dict("records")
    return list(dict.fromkeys(
        row["place"] for row in rows
        if row["indicator"] == ADOPTION and row["period"] == year and row["place"] != "china"
    ))


def then(place: str, year: str, indicator: str = "ai_core_scale", focus: str = FOCUS) -> Quantity:
    """Multiple of ``focus`` in a year for which both have an aim on one scope.

    Raises NoObservation if one of them has none.
    """
    return book.target(place, indicator, year) / book.target(focus, indicator, year)


def names(places: Sequence[str]) -> str:
    """Names of places as a list in words: "Tianjin, Ningbo and Changsha"; empty for none."""
    found = [book.name(place) for place in places]
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)
