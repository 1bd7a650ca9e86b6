"""Claimed sizes of AI industries against the nation's: can they be added up?

The cities count on scopes of their own, so their sum has no meaning as a total.  It is computed
for one purpose, with that reason attached: to show that it exceeds the national figure.

Out of scope: growth of a city's own series.
"""

from __future__ import annotations

from citygap.data.tables import book
from citygap.quantity.quantity import Quantity

ADDING_UP = "scopes are added for one purpose, to test whether the claims can hold together"
#: City, indicator and year of the latest sound claim up to 2024.
CLAIMS = (
    ("shanghai", "ai_above_scale", "2024"),
    ("beijing", "ai_core_scale", "2024"),
    ("shenzhen", "ai_industry_scale", "2023"),
    ("hangzhou", "ai_core_scale", "2024"),
    ("suzhou", "ai_industry_scale", "2024"),
)
NATION = ("china", "ai_industry_scale", "2024")


def claim(place: str, indicator: str, year: str) -> Quantity:
    """The claim of a city: all that its sound sources leave open."""
    return book.spread(place, indicator, year)


def nation() -> Quantity:
    """The national AI industry of 2024."""
    return book.observe(*NATION)


def total() -> Quantity:
    """Sum of the five claims on the nation's scope, with the reason for mixing scopes."""
    scope = nation().scope
    parts = [claim(*key).across(scope, because=ADDING_UP) for key in CLAIMS]
    summed = parts[0]
    for part in parts[1:]:
        summed = summed + part
    return summed


def times_nation() -> Quantity:
    """The sum of the five claims over the national figure."""
    return total().ratio(nation(), because=ADDING_UP)
