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
    """Whole years of one or more indicators as pairs (year, value), in order of time.

    Forecasts are left out.  Raises NoObservation if nothing is left.
    """
    found = [
        (float(q.period), q) for key in indicators for q in book.series(place, key, years=True)
        if not q.forecast
    ]
    if not found:
        raise NoObservation(f"no whole year of {', '.join(indicators)} for {place}")
    return sorted(found, key=lambda pair: pair[0])


def ahead(others: Series, level: Quantity, at: float) -> Quantity:
    """Years since a series of one scope passed ``level``, which the follower reached ``at``.

    Between two observations growth is taken as constant (``gap.time_distance``); a single one gives
    a bound.  A series that has not surely passed leaves the distance open below.
    """
    around = _around(others, level, at)
    if len(around) < 2:
        return bracket(around, level, at)
    return _tenths(gap.time_distance(around, level, at))


def bracket(others: Series, level: Quantity, at: float, because: str = "") -> Quantity:
    """The same without a path in between: from the first year surely above back to the last below.

    For series whose scope changes, where a path would mean nothing.
    """
    around = _around(others, level, at, because)
    ratios = [q.ratio(level, because=because) for _, q in around]
    after = [t for (t, _), q in zip(around, ratios, strict=True) if (q >= 1) is Answer.YES]
    before = [t for (t, _), q in zip(around, ratios, strict=True) if (q < 1) is Answer.YES]
    ends = at - after[0] if after else -math.inf, at - before[-1] if before else math.inf
    return merged(ends, "years", *ratios, made_by="timing.bracket")


def _around(others: Series, level: Quantity, at: float, because: str = "") -> Series:
    """The part of a series up to ``at`` that dates the passing: from the last value surely below
    the level to the first surely above; no other value bears on it."""
    past = [(t, q, q.ratio(level, because=because)) for t, q in others if t <= at]
    first = next((n for n, (*_, q) in enumerate(past) if (q >= 1) is Answer.YES), len(past) - 1)
    start = max((n for n in range(first) if (past[n][2] < 1) is Answer.YES), default=0)
    return [(t, q) for t, q, _ in past[start : first + 1]]


def _tenths(q: Quantity) -> Quantity:
    """Rounded outward to tenths of a year, since a value of a year is dated by the year alone."""
    low = q.low if math.isinf(q.low) else math.floor(q.low * 10 + 1e-6) / 10
    high = q.high if math.isinf(q.high) else math.ceil(q.high * 10 - 1e-6) / 10
    return replace(q, low=low, high=high)


def deals(place: str) -> Series:
    """AI deals of a city added up from 2013 on, by year.

    A year without a row for the city adds none.  Raises NoObservation for a year without any row.
    """
    counts = [book.counted("ai-deals-by-city", "deals", place, [year]) for year in DEAL_YEARS]
    return [(float(year), q) for year, q in zip(DEAL_YEARS, accumulate(counts), strict=True)]


def of_ai_scale(place: str) -> Quantity:
    """Years since a city's AI scale, on its own scope, stood at Chongqing's core figure of 2024.

    Raises KeyError for a city without a row of :data:`AI_SERIES`, NoObservation without figures.
    """
    level = book.observe(FOCUS, "ai_core_scale", "2024")
    return bracket(series(place, *dict(AI_SERIES)[place]), level, 2024, SCALES)


def of_deals(place: str) -> Quantity:
    """Years since a city had as many AI deals as Chongqing at the end of 2018.

    Raises ZeroDivisionError if Chongqing had none.
    """
    last = float(DEAL_YEARS[-1])
    return ahead(deals(place), deals(FOCUS)[-1][1], last)


def of_level(place: str, indicator: str, year: str) -> Quantity:
    """Years since a city stood where Chongqing stood in ``year``, on one indicator.

    Raises NoObservation if either has no figure.
    """
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
