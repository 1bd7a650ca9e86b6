"""What a definition does to a figure: one place counted twice, and multiples that plans declare.

Two figures of one place on two scopes are divided for one purpose, to show how far the scope alone
carries; the reason stays with the ratio.  A declared multiple is a plan's aim for the related
industries over its aim for the core: nobody counted it.

Out of scope: the sum of all claims against the nation's (``sizes``).
"""

from __future__ import annotations

from collections.abc import Sequence

from citygap.charts import Mark
from citygap.quantity import Quantity
from citygap.tables import book

SCOPE_EFFECT = "one place on two scopes, divided to show what the scope does"
YEARS_APART = "the wider figure is two years older, which makes the effect look smaller"
DECLARED = "a plan's aim over the same plan's aim; nobody counted either"

#: Row, place, narrower and wider figure: (indicator, period) each.
COUNTED = (
    ("Shenzhen 2023, industry : core", "shenzhen", ("ai_core_scale", "2023"),
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


def counted_marks() -> list[Mark]:
    """Scope effects in published figures, one row each; hollow if one of the two was a forecast."""
    effects = [(row, place, scope_effect(place, *pair)) for row, place, *pair in COUNTED]
    return [Mark(row, place, effect, effect.forecast) for row, place, effect in effects]


def declared_marks() -> list[Mark]:
    """Declared multiples, hollow, one row each, smallest first."""
    found = [Mark(f"Plan of {row}", place, declared(place, year, core), True)
             for row, place, year, core in PLANNED]
    return sorted(found, key=lambda mark: mark.middle)


#: Row, place, indicator, year: the scales of 2023 and 2024 that are set against Chongqing's core.
SCALES = (
    ("Shanghai 2024, above-scale", "shanghai", "ai_above_scale", "2024"),
    ("Beijing 2024, core", "beijing", "ai_core_scale", "2024"),
    ("Hangzhou 2024, core", "hangzhou", "ai_core_scale", "2024"),
    ("Shenzhen 2023, industry", "shenzhen", "ai_industry_scale", "2023"),
    ("Beijing 2023, industry", "beijing", "ai_industry_scale", "2023"),
    ("Hefei 2024, industry", "hefei", "ai_industry_scale", "2024"),
    ("Shenzhen 2023, core", "shenzhen", "ai_core_scale", "2023"),
    ("Chengdu 2023, industry", "chengdu", "ai_industry_scale", "2023"),
    ("Wuhan 2024, industry", "wuhan", "ai_industry_scale", "2024"),
)
BESIDE = "a scale on another scope set beside Chongqing's core figure"


def scale(place: str, indicator: str, year: str) -> Quantity:
    """A place's AI scale over Chongqing's core figure of 2024; the reason stays where scopes differ."""
    own = book.observe("chongqing", "ai_core_scale", "2024")
    return book.spread(place, indicator, year).ratio(own, because=BESIDE)


def scale_marks() -> list[Mark]:
    """Each scale as a multiple of Chongqing's core figure; hollow where the scope is another."""
    return [
        Mark(row, place, scale(place, indicator, year), indicator != "ai_core_scale")
        for row, place, indicator, year in SCALES
    ]
