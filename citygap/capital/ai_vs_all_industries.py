"""AI against all industries: the share of the five largest places on lists of both kinds.

Only one list has AI and all industries for one date, the unicorns of March 2022; deals are set side
by side across houses and years with the reason kept.

Out of scope: the ladder inside AI (``tables``).
"""

from __future__ import annotations

from citygap.capital.distributions import DEALS, UNICORN_VALUE, UNICORNS, five_largest
from citygap.comparison.comparable_counts import DEAL_YEARS
from citygap.data.tables import Tables, book
from citygap.measures import resampling
from citygap.quantity.quantity import Quantity

OTHER_LISTS = "lists of other houses, dates and kinds of place"
MONTH = "2022-03"


def ai_deals(tables: Tables | None = None) -> Quantity:
    """AI deals of the list of 2018, all years, in percent."""
    return five_largest(*DEALS, DEAL_YEARS, tables)


def all_deals(tables: Tables | None = None) -> Quantity:
    """Venture deals of all industries in China, first half of 2025, as published."""
    found = book if tables is None else tables
    return found.observe("vc_top5_cities", "vc_all_deals_share_jiamian", "2025H1")


def unicorns(kind: str) -> Quantity:
    """Number of unicorns of March 2022, ``all`` or ``ai``: share of the five largest in percent."""
    return five_largest(*UNICORNS, [MONTH], list=kind)


def unicorn_value(kind: str) -> Quantity:
    """Value of the unicorns of March 2022, ``all`` or ``ai``: share of the five largest."""
    return five_largest(*UNICORN_VALUE, [MONTH], list=kind)


def more(ai: Quantity, rest: Quantity) -> Quantity:
    """How many times as large one share is as the other, on lists that differ."""
    return ai.ratio(rest, because=OTHER_LISTS)


def drawn_by_luck(tables: Tables | None = None) -> Quantity:
    """How many of all random parts of the unicorns are as concentrated as those labelled AI, in
    percent: the one list that has AI and all industries for one date."""
    tables = book if tables is None else tables
    lists = (tables.distribution(*UNICORNS, [MONTH], list=kind) for kind in ("ai", "all"))
    return resampling.as_concentrated(*lists)
