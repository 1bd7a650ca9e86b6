"""How concentrated AI is, from firms to deals to money to value, as bounded quantities.

The measures are those of ``concentration``; here they meet the tables.  Complete distributions
give exact values; where only the largest places are published, the value is a sharp range.

Out of scope: causes, and tests of self-reinforcement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from citygap import concentration
from citygap.charts import Mark
from citygap.quantity import Quantity, exactly
from citygap.tables import NoObservation, book
from citygap.yardsticks import DEAL_YEARS, FILINGS

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


def published_hhi(indicator: str, period: str, whole: Quantity | None = None) -> Quantity:
    """Sharp bounds of the HHI where only the largest places are published.

    The indicator is a share in percent, or a level to be divided by ``whole``.
    """
    shares = []
    for place in book.places_with(indicator, period):
        if place == "china":
            continue
        q = book.observe(place, indicator, period)
        shares.append(q.to("ratio") if whole is None else q.ratio(whole))
    return concentration.hhi_bounds(shares)


@dataclass(frozen=True)
class Rung:
    """One step of the ladder from firms to value: a label and the HHI behind it."""

    label: str
    hhi: Callable[[], Quantity]


def _complete(name: str, column: str, periods=None, **where) -> Callable[[], Quantity]:
    return lambda: summary(book.distribution(name, column, periods, **where), concentration.hhi)


LADDER = (
    Rung("AI firms 2020, cities", lambda: published_hhi("ai_firms_share_city_cngai", "2020")),
    Rung("AI firms 2018, cities", _complete(*FIRMS)),
    Rung("AI deals 2013-18, cities", _complete(*DEALS, DEAL_YEARS)),
    Rung("AI money 2013-18, cities*", _complete(*MONEY, DEAL_YEARS)),
    Rung("All unicorns 2024, cities", _complete("unicorns-by-city", "companies", ["2024-12"],
                                                list="all")),
    Rung("AI unicorns 2022, cities", _complete("unicorns-by-city", "companies", ["2022-03"],
                                               list="ai")),
    Rung("AI unicorn value 2022, cities*", _complete("unicorns-by-city", "valuation_1e9_usd",
                                                     ["2022-03"], list="ai")),
    Rung("Algorithm filings 2025, provinces",
         lambda: published_hhi("algorithm_filings", FILINGS,
                               book.observe("china", "algorithm_filings", FILINGS))),
    Rung("AI money to 2020, provinces",
         lambda: published_hhi("funding_ever_cngai", "../2020-12",
                               book.observe("china", "funding_ever_cngai", "../2020-12"))),
)


def ladder_marks() -> list[Mark]:
    """The HHI of every rung, in the order of the ladder."""
    return [Mark(rung.label, "china", rung.hhi()) for rung in LADDER]


def rung(label: str) -> Quantity:
    """The HHI of one rung.  Raises LookupError for an unknown label."""
    for step in LADDER:
        if step.label == label:
            return step.hhi()
    raise NoObservation(f"no rung {label!r}")


def yearly(measure: Callable, name: str = DEALS[0], column: str = DEALS[1]) -> list[Quantity]:
    """A measure of each year's distribution of deals, 2013 to 2018."""
    return [summary(book.distribution(name, column, [year]), measure) for year in DEAL_YEARS]


def four_of(values: np.ndarray) -> float:
    """Share of the four largest places (CR4), 0 to 1."""
    return concentration.concentration_ratio(values, 4)


#: One year of AI venture money in China by house and tag: row, indicator, period.
HOUSES = (
    ("IT Juzi, wide tag, 2025", "vc_amount_itjuzi_wide_2026", "2025"),
    ("IT Juzi, application tag, 2025", "vc_amount_itjuzi_application", "2025"),
    ("IT Juzi, narrow tag, to Sept. 2025", "vc_amount_itjuzi_narrow", "2025-01/2025-09"),
    ("IT Juzi, 2024, as told in 2026", "vc_amount_itjuzi_wide_2026", "2024"),
    ("IT Juzi, 2024, as told in 2025", "vc_amount_itjuzi_2025", "2024"),
    ("Zero2IPO, 2024", "vc_amount_zero2ipo", "2024"),
)
SAME_YEAR = "houses count one year with different tags"


def house_marks() -> list[Mark]:
    """National totals of AI venture money by house and tag, in billion yuan."""
    return [
        Mark(row, "china", book.observe("china", indicator, period).to("1e9 CNY"),
             period != "2025" and period != "2024")
        for row, indicator, period in HOUSES
    ]


def between_houses(first: tuple[str, str], second: tuple[str, str]) -> Quantity:
    """One house's total over another's, ``(indicator, period)`` each, scopes mixed on purpose."""
    one, other = (book.observe("china", *key) for key in (first, second))
    return one.ratio(other, because=SAME_YEAR)
