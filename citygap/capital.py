"""How concentrated AI firms, deals and money are over places, as bounded quantities.

The measures are those of ``concentration``; here they meet the tables.  Complete distributions
give exact values.

Out of scope: the ladder (``ladder``), causes, and tests of self-reinforcement (``matthew``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from citygap import concentration
from citygap.quantity import RATIO, Quantity, exactly, merged
from citygap.tables import NoObservation, book
from citygap.yardsticks import DEAL_YEARS

FIRMS = ("ai-firms-by-city", "companies")
DEALS = ("ai-deals-by-city", "deals")
MONEY = ("ai-deals-by-city", "amount_1e8_cny")
HEAD_FOUR = ("beijing", "shanghai", "shenzhen", "hangzhou")


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
    years = sorted(q.period for q in parts)
    ends = (years[0].split(" ")[0], years[-1].split(" ")[-1])
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def of_city(part: Quantity, distribution: dict[str, Quantity]) -> Quantity:
    """Share of one place in a complete distribution, in percent."""
    whole = float(values(distribution).sum())
    share = exactly(100 * part.middle / whole, "%")
    return replace(
        share, period=part.period, sources=part.sources, rows=part.rows, place=part.place,
        confidence=part.confidence, made_by="capital.of_city",
    )


def top_share(name: str, column: str, periods, places: Sequence[str] = HEAD_FOUR, **where):
    """Share of named places together in a complete distribution, in percent."""
    found = book.distribution(name, column, periods, **where)
    parts = [of_city(found[place], found) for place in places if place in found]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return replace(total, place="", made_by="capital.top_share")


#: Complete lists whose Herfindahl index is named on pages; ``ladder`` holds all rungs.
RUNGS = {
    "AI firms 2018, cities": (*FIRMS, None),
    "AI deals 2013-18, cities": (*DEALS, DEAL_YEARS),
    "AI money 2013-18, cities*": (*MONEY, DEAL_YEARS),
}


def rung(label: str) -> Quantity:
    """The HHI of one list.  Raises LookupError for an unknown label."""
    if label not in RUNGS:
        raise NoObservation(f"no rung {label!r}")
    return summary(book.distribution(*RUNGS[label]), concentration.hhi)


def over_all(part: Mapping[str, Quantity], places: Iterable[str]) -> np.ndarray:
    """The middles of a distribution over a fixed set of places, zeros included."""
    return np.array([part[place].middle if place in part else 0.0 for place in places])


def summary_over(
    part: Mapping[str, Quantity], places: Iterable[str], measure: Callable
) -> Quantity:
    """A measure over a fixed set of places, zeros included; see :func:`over_all`."""
    found = float(measure(over_all(part, places)))
    return merged((found, found), RATIO, *part.values(), made_by=f"concentration.{measure.__name__}")


#: How many places a rank-size rule is fitted to.
LARGEST = 20


def tail(part: Mapping[str, Quantity], largest: int = LARGEST) -> Quantity:
    """Exponent of the rank-size rule over the largest places, give or take 1.96 standard errors.

    1 is Zipf's law; below it the largest places are larger than the law says.
    """
    sizes = values(dict(part))[:largest]
    low, high = concentration.rank_size(sizes[sizes > 0]).interval()
    found = merged((low, high), RATIO, *part.values(), made_by="capital.tail")
    return found.noting(f"the {largest} largest places, 1.96 standard errors to either side")


def yearly(measure: Callable, name: str = DEALS[0], column: str = DEALS[1]) -> list[Quantity]:
    """A measure of each year's distribution of deals, 2013 to 2018."""
    return [summary(book.distribution(name, column, [year]), measure) for year in DEAL_YEARS]


def four_of(values: np.ndarray) -> float:
    """Share of the four largest places (CR4), 0 to 1."""
    return concentration.concentration_ratio(values, 4)
