"""National statistics by province, on one definition each: rules, research, an ecology of founders
and developers, hardware.

They count every field, not AI alone.  Municipalities are provinces; a province is never its city:
Guangdong is an upper limit of Shenzhen.

Out of scope: counts of AI (``comparable_counts``, ``filed_models``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from citygap.data.tables import NoObservation, Tables, book
from citygap.measures import gap
from citygap.quantity.quantity import Quantity
from citygap.quantity.three_valued import Answer, every

CHINA = "china"
OUTSIDE = ("hong_kong", "macau", "taiwan")


@dataclass(frozen=True)
class Statistic:
    """What is counted, under ``label`` in figures: an indicator in one period.

    ``system`` is the system of the commentary that it bears on.  ``tables`` are those of the book
    unless others are given.
    """

    label: str
    indicator: str
    period: str
    system: str

    def of(self, place: str, tables: Tables | None = None) -> Quantity:
        """The figure of a place.  Raises NoObservation without one."""
        return (tables or book).observe(place, self.indicator, self.period)

    def provinces(self, tables: Tables | None = None) -> list[str]:
        """The provinces of the mainland that have a figure."""
        read = tables or book
        known = read.places_with(self.indicator, self.period)
        return [p for p in known if read.province(p) == p and p not in OUTSIDE]

    def nation(self, tables: Tables | None = None) -> Quantity:
        """China's figure: the one printed, else the sum of the provinces of the mainland."""
        try:
            return self.of(CHINA, tables)
        except NoObservation:
            return reduce(add, (self.of(p, tables) for p in self.provinces(tables)))

    def share(self, place: str) -> Quantity:
        """Share of a province in China, in percent."""
        return gap.share(self.of(place), self.nation()).to("%")


STATISTICS = {
    "standards": Statistic("Standards committees, 2022", "standards_secretariats", "2022", "rules"),
    "papers": Statistic("Conference papers, 2022", "conference_papers", "2022", "source"),
    "contracts": Statistic("Technology contracts sold, 2023", "technology_contracts_sold", "2023", "source"),
    "developers": Statistic("Open-source influence, 2024", "openrank_developers", "2024", "ecology"),
    "incubators": Statistic("Money in incubators, 2023", "incubator_investment", "2023", "ecology"),
    "hightech": Statistic("High-tech manufacturing, 2023", "hightech_manufacturing_revenue", "2023", "hardware"),
    "electronics": Statistic("Electronics revenue, 2023", "electronics_industry_revenue", "2023", "hardware"),
}


def first(key: str, place: str, tables: Tables | None = None) -> Answer:
    """Whether a province has the most of a statistic.

    Provinces of which only a lower end is known have at most what the nation's figure leaves them.
    """
    statistic = STATISTICS[key]
    of = {p: statistic.of(p, tables) for p in statistic.provinces(tables)}
    left = statistic.nation(tables).high - sum(q.low for q in of.values())
    own = statistic.of(place, tables)
    of.pop(place, None)
    return every(own > replace(q, high=min(q.high, q.low + left)) for q in of.values())


def first_in(system: str, place: str, tables: Tables | None = None) -> Answer:
    """Whether a province has the most of every statistic of a system."""
    found = (first(key, place, tables) for key, each in STATISTICS.items() if each.system == system)
    return every(found)


def sells_more_technology_than_it_buys(
    place: str, period: str = "2023", tables: Tables | None = None
) -> Answer:
    """Whether a place sells more technology by registered contract than it buys: a source."""
    sold, bought = (
        (tables or book).observe(place, f"technology_contracts_{side}", period)
        for side in ("sold", "bought")
    )
    return sold > bought.across(sold.scope, because="the same contracts, by seller and by buyer")


def others(key: str, *places: str) -> list[str]:
    """The provinces that have a statistic, but for some."""
    return [p for p in STATISTICS[key].provinces() if p not in places]


def ahead(key: str, place: str, others: Sequence[str]) -> Answer:
    """Whether a province has more of a statistic than each of the others."""
    statistic = STATISTICS[key]
    return every(statistic.of(place) > statistic.of(p) for p in others)
