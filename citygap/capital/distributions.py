"""Complete lists of AI firms, deals and money by city, and the shares of places in them.

Complete distributions give exact shares.  The list of 2018 (``FIRMS``, ``DEALS``, ``MONEY``) is one
export of one database; its amounts are estimates.

Out of scope: causes and tests of self-reinforcement (``preferential_attachment``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from citygap.data.tables import Tables, book
from citygap.measures import concentration
from citygap.quantity.quantity import Quantity, exactly

FIRMS = ("ai-firms-by-city", "companies")
DEALS = ("ai-deals-by-city", "deals")
MONEY = ("ai-deals-by-city", "amount_1e8_cny")
UNICORNS = ("unicorns-by-city", "companies")
UNICORN_VALUE = ("unicorns-by-city", "valuation_1e9_usd")
HEAD_FOUR = ("beijing", "shanghai", "shenzhen", "hangzhou")
#: Shenzhen and the four province-level units that the five regions of Zero2IPO consist of.
FIVE_REGIONS = ("beijing", "shanghai", "shenzhen", "jiangsu", "zhejiang")


def values(distribution: dict[str, Quantity]) -> np.ndarray:
    """The middles of a distribution, largest first, shape (places,)."""
    return np.sort(np.array([(q.low + q.high) / 2 for q in distribution.values()]))[::-1]


def summary(distribution: dict[str, Quantity], measure: Callable, **fields) -> Quantity:
    """A measure of a complete distribution as an exact quantity that keeps its provenance."""
    parts = list(distribution.values())
    return exactly(
        float(measure(values(distribution))),
        period=_periods(parts),
        sources=tuple(dict.fromkeys(key for q in parts for key in q.sources)),
        rows=tuple(dict.fromkeys(key for q in parts for key in q.rows)),
        confidence=parts[0].confidence,
        made_by=f"concentration.{measure.__name__}",
        **fields,
    )


def _periods(parts: Sequence[Quantity]) -> str:
    spans = [q.period.split(" to ") for q in parts]
    ends = (min(span[0] for span in spans), max(span[-1] for span in spans))
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def of_city(part: Quantity, distribution: dict[str, Quantity]) -> Quantity:
    """Share of one place in a complete distribution, in percent."""
    whole = float(values(distribution).sum())
    share = exactly(100 * part.middle / whole, "%")
    return replace(
        share, period=part.period, sources=part.sources, rows=part.rows, place=part.place,
        confidence=part.confidence, made_by="distributions.of_city",
    )


def top_share(name: str, column: str, periods, places: Sequence[str] = HEAD_FOUR, **where):
    """Share of named places together in a complete distribution, in percent."""
    found = book.distribution(name, column, periods, **where)
    parts = [of_city(found[place], found) for place in places if place in found]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return replace(total, place="", made_by="distributions.top_share")


def five_largest(name: str, column: str, periods, tables: Tables | None = None, **where) -> Quantity:
    """Share of the five places with the most in a complete distribution (CR5), in percent."""
    found = (book if tables is None else tables).distribution(name, column, periods, **where)
    return summary(found, five_of).to("%")


def five_of(counts: np.ndarray) -> float:
    """Share of the five largest, 0 to 1.  Raises ValueError for an empty list."""
    return concentration.concentration_ratio(counts, 5)


def in_five_regions() -> list[str]:
    """Places in :data:`FIVE_REGIONS`: the cities and provinces of the table, Shenzhen apart from
    the rest of Guangdong."""
    return [
        row["place"]
        for row in book.rows("places")
        if row["kind"] in ("city", "province")
        and (row["place"] in FIVE_REGIONS or row["province"] in FIVE_REGIONS)
    ]
