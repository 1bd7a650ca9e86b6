"""The ladder from firms to deals to money to value: four measures a rung, with sharp bounds.

A rung is a complete list of places, or the largest shares that were published.  For a complete
list the measures are exact; for published tops they are the range over every way to fill the rest
(see ``concentration``).  A Gini coefficient needs the number of places; where only the largest
cities are known, that number is not, and there is none.

Money and value are those that the lists give.  The largest firm of one list can be taken out of
its city (:func:`without_giant`), by its value in a reported funding round.

Out of scope: change over time (``movement``, ``matthew``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from citygap import concentration
from citygap.capital import DEALS, FIRMS, MONEY, four_of, summary
from citygap.charts import Mark
from citygap.describe import Table
from citygap.quantity import RATIO, Quantity, hull, merged
from citygap.tables import NoObservation, book
from citygap.yardsticks import DEAL_YEARS, FILINGS

UNICORNS = "unicorns-by-city"
GIANT = ("bytedance", "firm_value_round", "2020-12-11")
GIANT_AS_LISTED = (
    "the value of its last reported round is taken for its value on the list, which may differ"
)
#: An unlisted firm is a unicorn from this value on, in billion dollars.
UNICORN = 1.0
GRID = 201  # values tried between two bounds
MEASURES = {
    "hhi": "Herfindahl index",
    "cr4": "Share of the four largest",
    "effective": "Equal places",
    "gini": "Gini",
}


@dataclass(frozen=True)
class Step:
    """One rung: ``group`` tells which lists may be compared, ``measures`` what it comes to."""

    label: str
    group: str
    measures: Callable[[], dict[str, Quantity]]
    by: str = ""

    @property
    def row(self) -> str:
        """The label as a row of a figure, with the house where two lists bear one name."""
        return f"{self.label} ({self.by})" if self.by else self.label


def complete(name: str, column: str, periods: Sequence[str] | None = None, **where: str):
    """The measures of a complete list, each exact."""

    def found() -> dict[str, Quantity]:
        part = book.distribution(name, column, periods, **where)
        return {
            "hhi": summary(part, concentration.hhi),
            "cr4": summary(part, four_of).to("%"),
            "effective": summary(part, concentration.effective_number),
            "gini": summary(part, concentration.gini),
        }

    return found


def tops(
    indicator: str,
    period: str,
    *wholes: str,
    units: Callable[[], int] | None = None,
):
    """The measures where only the largest places are published.

    ``wholes`` are the periods of the national total that the places may be parts of (by default
    that of the places); the measures cover all of them.  An indicator in percent needs none.
    ``units`` counts the places there are; with it places are province-level units, else cities.
    """

    def found() -> dict[str, Quantity]:
        parts = of_one_list([
            q
            for place in book.places_with(indicator, period)
            if (book.province(place) == place if units else place in cities())
            for q in book.readings(place, indicator, period)
        ])
        if parts and parts[0].pure:
            ways = [[q.to(RATIO) for q in parts]]
        else:
            nations = [book.observe("china", indicator, when) for when in wholes or (period,)]
            ways = [[q.ratio(nation) for q in parts] for nation in nations]
        hhi = hull(*(concentration.hhi_bounds(shares) for shares in ways))
        measures = {
            "hhi": hhi,
            "cr4": hull(*(four_bounds(shares) for shares in ways)).to("%"),
            "effective": 1 / hhi,
        }
        if units:
            every = (concentration.gini_bounds(shares, units()) for shares in ways)
            measures["gini"] = hull(*every)
        return measures

    return found


def of_one_list(readings: Sequence[Quantity]) -> list[Quantity]:
    """Those of the source whose places together have the most.

    The largest places are known of one list as a whole: a place that another source adds may be
    small, and says nothing of those that neither names.
    """
    given: dict[tuple[str, ...], float] = {}
    for q in readings:
        given[q.sources] = given.get(q.sources, 0.0) + q.middle
    fullest = max(given, key=lambda sources: (given[sources], sources), default=())
    return [q for q in readings if q.sources == fullest]


def cities() -> set[str]:
    """Places that are cities; the table's four municipalities are cities too."""
    places = book.table("places")
    return set(places.loc[places["kind"] == "city", "place"])


def four_bounds(shares: Sequence[Quantity], k: int = 4) -> Quantity:
    """Joint share of the k largest where the largest are published: what is left open is added.

    Where fewer than k are published, each that is missing has at most the smallest published
    share, and together they have at most what is left.
    """
    ordered = sorted(shares, key=lambda q: -q.middle)[:k]
    low, high = sum(q.low for q in ordered), sum(q.high for q in ordered)
    missing = k - len(ordered)
    if missing > 0:
        high += min(missing * ordered[-1].high, max(1 - low, 0.0))
    return merged((low, min(high, 1.0)), RATIO, *ordered, made_by="ladder.four_bounds")


def provinces() -> int:
    """Province-level units of the mainland: those that cities and provinces of the table lie in."""
    places = book.table("places")
    inside = places[places["kind"].isin(["city", "province"])]["province"]
    return len(set(inside) - {"", "hong_kong"})


def without_giant() -> dict[str, Quantity]:
    """The measures of AI unicorns' value with the largest firm taken out of its city.

    What is left of the city lies between what its other unicorns are worth at least and what the
    bounds of the firm's value leave; the measures are the range over all values between.
    """
    worth = book.distribution(UNICORNS, "valuation_1e9_usd", ["2022-03"], list="ai")
    firms = book.distribution(UNICORNS, "companies", ["2022-03"], list="ai")
    giant = book.observe(*GIANT)
    home = book.table("places").set_index("place")["province"][GIANT[0]]
    if home not in worth or home not in firms:
        raise NoObservation(f"no unicorns of {home}")
    others = (firms[home].middle - 1) * UNICORN
    left = worth[home].minus(giant, because=GIANT_AS_LISTED)
    low, high = max(left.low, others), max(left.high, others)
    rest = [q.middle for place, q in worth.items() if place != home]
    behind = [*worth.values(), *firms.values(), left]

    def between(measure: Callable[[np.ndarray], float]) -> Quantity:
        tried = [measure(np.array([value, *rest])) for value in np.linspace(low, high, GRID)]
        return merged((min(tried), max(tried)), RATIO, *behind, made_by="ladder.without_giant")

    return {
        "hhi": between(concentration.hhi), "cr4": between(four_of).to("%"),
        "effective": between(concentration.effective_number), "gini": between(concentration.gini),
    }  # fmt: skip


ONE_LIST, ALL_UNICORNS, OTHERS, PROVINCES = "list of 2018", "unicorns", "tops", "provinces"
LADDER = (
    Step("AI firms, 2018", ONE_LIST, complete(*FIRMS)),
    Step("AI deals, 2013-18", ONE_LIST, complete(*DEALS, DEAL_YEARS)),
    Step("AI money, 2013-18*", ONE_LIST, complete(*MONEY, DEAL_YEARS)),
    Step("All unicorns, 2022", ALL_UNICORNS,
         complete(UNICORNS, "companies", ["2022-03"], list="all")),
    Step("AI unicorns, 2022", ALL_UNICORNS,
         complete(UNICORNS, "companies", ["2022-03"], list="ai")),
    Step("All unicorns' value", ALL_UNICORNS,
         complete(UNICORNS, "valuation_1e9_usd", ["2022-03"], list="all")),
    Step("AI unicorns' value", ALL_UNICORNS,
         complete(UNICORNS, "valuation_1e9_usd", ["2022-03"], list="ai")),
    Step("the same without one firm\u2020", ALL_UNICORNS, without_giant),
    Step("AI firms, 2020", OTHERS, tops("ai_firms_share_city_cngai", "2020"), "CNGAI"),
    Step("AI firms, 2021", OTHERS, tops("ai_firms_itjuzi", "2021-03"), "IT Juzi"),
    Step("AI money to 2020", OTHERS,
         tops("vc_amount_36kr", "1998-01/2020-06", "1998-01/2020-06", "2016-01/2020-06"), "36Kr"),
    Step("AI firms, 2020", PROVINCES,
         tops("ai_firms_share_province_cngai", "2020", units=provinces)),
    Step("AI firms, 2021", PROVINCES, tops("ai_firms_itjuzi_pan", "2021-12", units=provinces)),
    Step("Algorithm filings to 2025", PROVINCES,
         tops("algorithm_filings", FILINGS, units=provinces)),
    Step("Filed models, March 2025", PROVINCES,
         tops("models_filed", "2025-03-31", units=provinces)),
    Step("Money ever raised to 2020", PROVINCES,
         tops("funding_ever_cngai", "../2020-12", units=provinces)),
)  # fmt: skip


def step(label: str, group: str = ONE_LIST) -> dict[str, Quantity]:
    """The measures of one rung.  Raises LookupError for one that is not on the ladder."""
    for rung in LADDER:
        if (rung.label, rung.group) == (label, group):
            return rung.measures()
    raise NoObservation(f"no rung {label!r} among {group!r}")


def panels(groups: Sequence[str] = (ONE_LIST, ALL_UNICORNS, OTHERS)) -> dict[str, list[Mark]]:
    """Marks for ``charts.panels``: equal places and share of the four largest, a row a rung.

    Rows of published tops are hollow: they rest on other lists.
    """
    shown: dict[str, list[Mark]] = {"effective": [], "cr4": []}
    for rung in LADDER:
        if rung.group in groups:
            measures = rung.measures()
            for key, marks in shown.items():
                marks.append(Mark(rung.row, "china", measures[key], rung.group == OTHERS))
    return shown


def colours() -> dict[str, str]:
    """Whose colour each row takes: one a list, so that only rows of one colour are compared."""
    return {rung.row: COLOUR_OF[rung.group] for rung in LADDER if rung.group in COLOUR_OF}


def breaks() -> list[str]:
    """The first row of every list but the first."""
    first = {rung.group: rung.row for rung in reversed(LADDER)}
    return [row for group, row in first.items() if group != ONE_LIST]


#: Whose colour the rungs of a list take.
COLOUR_OF = {ONE_LIST: "beijing", ALL_UNICORNS: "chengdu"}


def table() -> Table:
    """Every rung with its four measures."""
    rows = []
    for rung in LADDER:
        measures = rung.measures()
        cells = [measures[key].text() if key in measures else "not known" for key in MEASURES]
        unit = "provinces" if rung.group == PROVINCES else "cities"
        rows.append((rung.row, unit, *cells))
    head = ["Rung", "Over", *MEASURES.values()]
    return Table(pd.DataFrame(rows, columns=head), "From firms to value: four measures of one thing")

