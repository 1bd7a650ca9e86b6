"""What a definition does to a figure: one place counted twice, and multiples that plans declare.

Two figures of one place on two scopes are divided for one purpose, to show how far the scope alone
carries; the reason stays with the ratio.  A declared multiple is a plan's aim for the related
industries over its aim for the core: nobody counted it.

Out of scope: the sum of all claims against the nation's (``size_totals``).
"""

from __future__ import annotations

from collections.abc import Sequence

from citygap.charts import Mark
from citygap.data.tables import book
from citygap.quantity.quantity import Quantity

SCOPE_EFFECT = "one place on two scopes, divided to show what the scope does"
YEARS_APART = "the wider figure is two years older, which makes the effect look smaller"
DECLARED = "a plan's aim over the same plan's aim; nobody counted either"

#: Row, place, narrower and wider figure: (indicator, period) each.
COUNTED = (
    ("Shenzhen 2023, industry : part", "shenzhen", ("ai_scale_in_province", "2023"),
     ("ai_industry_scale", "2023")),
    ("Zhejiang 2020, industry : core", "zhejiang", ("ai_core_scale", "2020"),
     ("ai_industry_scale", "2020")),
    ("Suzhou 2024, firms related : core", "suzhou", ("ai_firms_core", "2024-12-31"),
     ("ai_firms_related", "2024-12-31")),
    ("Jinan 2020/22, industry : core", "jinan", ("ai_core_scale", "2022"),
     ("ai_industry_scale", "2020")),
)
#: Row, place, year, indicator of the core aim.
PLANNED = (
    ("Chengdu, for 2026", "chengdu", "2026", "ai_industry_scale"),
    ("China, for 2020", "china", "2020", "ai_core_scale"),
    ("Hefei, for 2020", "hefei", "2020", "ai_core_scale"),
    ("Chongqing, for 2027", "chongqing", "2027", "ai_core_scale"),
    ("China, for 2030", "china", "2030", "ai_core_scale"),
    ("China, for 2025", "china", "2025", "ai_core_scale"),
    ("Shenzhen, for 2023", "shenzhen", "2023", "ai_core_scale"),
    ("Shenzhen, for 2020", "shenzhen", "2020", "ai_core_scale"),
)


def scope_effect(place: str, narrow: Sequence[str], wide: Sequence[str]) -> Quantity:
    """The wider figure of a place over its narrower one, a ratio; each is (indicator, period).

    Raises NoObservation if one of them is missing.
    """
    found = book.observe(place, *wide).ratio(book.observe(place, *narrow), because=SCOPE_EFFECT)
    return found if narrow[1] == wide[1] else found.noting(YEARS_APART)


def declared(place: str, year: str, core: str = "ai_core_scale") -> Quantity:
    """A plan's aim for the related industries over its aim for the core, a ratio and a forecast.

    Raises NoObservation if a place has not both for ``year``.
    """
    aims = book.target(place, "ai_related_scale", year), book.target(place, core, year)
    return aims[0].ratio(aims[1], because=DECLARED)


def counted() -> dict[str, Quantity]:
    """Scope effects in published figures, by row."""
    return {row: scope_effect(place, *pair) for row, place, *pair in COUNTED}


def promised() -> dict[str, Quantity]:
    """Declared multiples, by plan."""
    return {row: declared(place, year, core) for row, place, year, core in PLANNED}


def marks() -> list[Mark]:
    """Scope effects for a figure, one row each; hollow if one of the two was a forecast."""
    places = {row: place for row, place, *_ in COUNTED}
    return [Mark(row, places[row], q, q.forecast) for row, q in counted().items()]
