"""How many years ago the others stood where Chongqing stands: time distance, with its bounds.

The measure is ``gap.time_distance``: between two observations growth is taken as constant, and a
level that was passed before the first observation gives *at least* so many years.  Where one
observation is all there is, it gives the same floor.

Out of scope: how long catching up takes (``gap.parity_year``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from citygap import gap
from citygap.charts import Mark
from citygap.quantity import Answer, Quantity, merged
from citygap.tables import NoObservation, book
from citygap.yardsticks import DEAL_YEARS, FOCUS

SCALES = "AI scales of other scopes set beside Chongqing's core figure"
Series = Sequence[tuple[float, Quantity]]

#: Row, indicator, year in which Chongqing stands at the level, cities with an earlier observation.
LEVELS = (
    ("Output", "gdp_census5", "2024", ("beijing", "shanghai")),
    ("R&D spending", "rd_expenditure", "2022", ("shenzhen", "beijing")),
    ("High-tech firms", "high_tech_firms", "2024", ("hefei", "wuhan", "beijing")),
)
#: AI scale: city and the indicators of its series, whatever their scope.
AI_SERIES = (
    ("wuhan", ("ai_core_scale", "ai_industry_scale")),
    ("chengdu", ("ai_industry_scale",)),
    ("beijing", ("ai_industry_scale",)),
    ("shenzhen", ("ai_core_scale",)),
)
AI_ROW, DEALS_ROW = "AI scale\u2020", "AI deals, summed"


def series(place: str, *indicators: str) -> Series:
    """Whole years of one or more indicators as pairs (year, value), in order of time."""
    found = [
        (float(q.period), q) for key in indicators for q in book.series(place, key, years=True)
    ]
    if not found:
        raise NoObservation(f"no whole year of {', '.join(indicators)} for {place}")
    return sorted(found, key=lambda pair: pair[0])


def ahead(others: Series, level: Quantity, at: float) -> Quantity:
    """Years since a series of one scope passed ``level``, which the follower reached ``at``.

    Between two observations growth is taken as constant (``gap.time_distance``); one observation
    gives a floor.  Raises NoObservation if the series does not surely reach the level by then.
    """
    past = [(t, q) for t, q in others if t <= at]
    if len(past) < 2:
        return bracket(others, level, at)
    if (past[-1][1] >= level) is not Answer.YES:
        raise NoObservation("the series does not surely reach the level in time")
    return gap.time_distance(past, level, at)


def bracket(others: Series, level: Quantity, at: float, because: str = "") -> Quantity:
    """The same without a path in between: from the first year surely above back to the last below.

    For series whose scope changes, where a path would mean nothing.
    """
    times = [(t, q.ratio(level, because=because)) for t, q in others if t <= at]
    above = [t for t, ratio in times if (ratio >= 1) is Answer.YES]
    if not above:
        raise NoObservation("the series does not surely reach the level in time")
    below = [t for t, ratio in times if (ratio < 1) is Answer.YES and t < above[0]]
    ends = at - above[0], at - below[-1] if below else math.inf
    return merged(ends, "years", *(ratio for _, ratio in times), made_by="timing.bracket")


def deals(place: str) -> Series:
    """AI deals of a city added up from 2013 on, by year."""
    counts = [book.counted("ai-deals-by-city", "deals", place, [year]) for year in DEAL_YEARS]
    return [(float(year), q) for year, q in zip(DEAL_YEARS, accumulate(counts), strict=True)]


def of_ai_scale(place: str) -> Quantity:
    """Years since a city's AI scale, on its own scope, stood at Chongqing's core figure of 2024."""
    level = book.observe(FOCUS, "ai_core_scale", "2024")
    return bracket(series(place, *dict(AI_SERIES)[place]), level, 2024, SCALES)


def of_deals(place: str) -> Quantity:
    """Years since a city had as many AI deals as Chongqing at the end of 2018."""
    last = float(DEAL_YEARS[-1])
    return ahead(deals(place), deals(FOCUS)[-1][1], last)


def of_level(place: str, indicator: str, year: str) -> Quantity:
    """Years since a city stood where Chongqing stood in ``year``, on one indicator."""
    return ahead(series(place, indicator), book.observe(FOCUS, indicator, year), float(year))


def marks(dealing: Sequence[str]) -> list[Mark]:
    """Years ahead of Chongqing, one row a yardstick; ``dealing`` are the cities of the deals row."""
    found = [
        Mark(row, place, of_level(place, indicator, year))
        for row, indicator, year, places in LEVELS
        for place in places
    ]
    found += [Mark(DEALS_ROW, place, of_deals(place)) for place in dealing]
    return found + [Mark(AI_ROW, place, of_ai_scale(place), True) for place, _ in AI_SERIES]


def floors(found: Sequence[Mark], row: str) -> list[Quantity]:
    """The distances of one row as floors: open above."""
    return [replace(m.quantity, high=math.inf, published="") for m in found if m.row == row]
