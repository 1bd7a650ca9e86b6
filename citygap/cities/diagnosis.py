"""The diagnosis of any city: what the book computes for Chongqing, with another city in its place.

A diagnosis sets every other main city against one on the yardsticks of ``comparable_counts``,
weighs AI by output, and gives the growth that the city's plan needs.  Nothing is chosen city by
city: what is missing for one is named as missing.

A province that stands for its city is an upper limit of the city.  Set against another city it
gives *at most*; as the base of a multiple it gives *at least*; two provinces say nothing of their
cities and are left out.

Out of scope: drawing, and which city is worth a diagnosis.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from citygap.charts import Mark
from citygap.comparison import target_paths
from citygap.comparison.comparable_counts import (
    AI,
    BASES,
    FOCUS,
    HEADS,
    PEERS,
    PROVINCE_FOR_CITY,
    YARDSTICK,
    YARDSTICKS,
    Yardstick,
    relative,
    span,
)
from citygap.data.tables import NoObservation, Tables, book
from citygap.quantity.quantity import Quantity

#: The nine cities that the book's figures tell apart; tables show all fourteen.
DRAWN = (FOCUS, *PEERS, *HEADS)
#: Counts that are weighed by output: the count and the output of its years.
WEIGHED = (("filings", "gdp_2024"), ("firms", "gdp_2023"))

AT_MOST, AT_LEAST = "at most", "at least"

#: What a city has on each yardstick: the quantity and whether it is a weaker comparison.
Values = Mapping[tuple[str, str], tuple[Quantity, bool] | None]


@dataclass(frozen=True)
class Known:
    """What every diagnosis rests on: the values of all main cities and the growth of all plans."""

    values: Values
    growth: tuple[Growth, ...]


@dataclass(frozen=True)
class Comparison:
    """``place`` as a multiple of the city in focus on one yardstick.

    ``limit`` is *at most* or *at least* where a province stands for one of the two; ``weak`` says
    that scopes differ or that one weak source stands behind it.
    """

    yardstick: Yardstick
    place: str
    quantity: Quantity
    limit: str = ""
    weak: bool = False

    @property
    def text(self) -> str:
        """The multiple in words."""
        q = self.quantity
        if self.limit == AT_LEAST:
            q = replace(q, high=math.inf, published="")
        elif self.limit == AT_MOST or q.low == 0 < q.high:  # nothing is below 0
            q = replace(q, low=-math.inf, published="")
        return q.text()

    @property
    def mark(self) -> Mark:
        """The same for the functions of ``yardsticks`` and ``charts``."""
        return Mark(self.yardstick.label, self.place, self.quantity, bool(self.limit) or self.weak)


@dataclass(frozen=True)
class Growth:
    """The growth that a plan needs, and its best and worst rank among all plans, 1 the highest."""

    path: target_paths.Path
    quantity: Quantity
    ranks: tuple[int, int]
    of: int

    @property
    def rank(self) -> str:
        """The rank in words: "7", or "7 to 9" where the bounds leave it open."""
        best, worst = self.ranks
        return f"{best}" if best == worst else f"{best} to {worst}"


@dataclass(frozen=True)
class Diagnosis:
    """Everything computed for one city; ``heads`` and ``chongqing`` are spans of multiples.

    ``own`` holds the city's own value on each yardstick, ``absent`` the labels of complete lists
    that hold nothing of it, ``unknown`` those of yardsticks on which it is not counted.
    """

    place: str
    own: dict[str, tuple[Quantity, bool]]
    comparisons: tuple[Comparison, ...]
    weights: tuple[Mark, ...]
    absent: tuple[str, ...]
    unknown: tuple[str, ...]
    heads: Quantity | None
    chongqing: Quantity | None
    growth: tuple[Growth, ...]

    def of(self, yardstick: str, place: str) -> Comparison | None:
        """The comparison of ``place`` on ``yardstick`` (its key), if there is one."""
        for found in self.comparisons:
            if (found.yardstick.key, found.place) == (yardstick, place):
                return found
        return None


def main_cities(tables: Tables = book) -> tuple[str, ...]:
    """The cities with a role: focus, heads and peers, in the order of the table of places."""
    places = tables.table("places")
    return tuple(places.loc[places["role"] != "other", "place"])


def values(places: Sequence[str]) -> Values:
    """Value of every yardstick, and of the outputs that weigh them, for every place."""
    return {
        (yardstick.key, place): yardstick.value(place)
        for yardstick in (*YARDSTICKS, *BASES)
        for place in places
    }


def known() -> Known:
    """What every diagnosis rests on, by the reading rules in force."""
    return Known(values(main_cities()), growth())


def diagnosis(place: str, base: Known | None = None) -> Diagnosis:
    """The diagnosis of a main city.

    ``base`` is what :func:`known` gives; handed over for one city after the other, it is read once.
    Raises ValueError for a place that is not one of them.
    """
    cities = main_cities()
    if place not in cities:
        raise ValueError(f"{place!r} is not one of the main cities: {', '.join(cities)}")
    base = base or known()
    others = [city for city in cities if city != place]
    compared = tuple(
        found
        for yardstick in YARDSTICKS
        for other in others
        if (found := compare(yardstick, place, other, base.values)) is not None
    )
    own = {y.key: value for y in YARDSTICKS if (value := base.values[y.key, place]) is not None}
    marks = [comparison.mark for comparison in compared]
    return Diagnosis(
        place,
        own,
        compared,
        tuple(weights(place, base.values)),
        tuple(YARDSTICK[key].label for key, value in own.items() if value[0].high == 0),
        tuple(y.label for y in YARDSTICKS if y.key not in own),
        _span(marks, [city for city in HEADS if city != place]),
        None if place == FOCUS else _span(marks, [FOCUS]),
        tuple(each for each in base.growth if each.path.place == place),
    )


def compare(yardstick: Yardstick, focus: str, other: str, of: Values) -> Comparison | None:
    """``other`` as a multiple of ``focus``; None if one of them is not known or ``focus`` is 0."""
    own, its = of[yardstick.key, focus], of[yardstick.key, other]
    if own is None or its is None or own[0].low <= 0:
        return None
    own_is_province, its_is_province = (stands_for_city(value[0]) for value in (own, its))
    if own_is_province and its_is_province:
        return None
    limit = AT_MOST if its_is_province else AT_LEAST if own_is_province else ""
    return Comparison(yardstick, other, its[0].ratio(own[0]), limit, yardstick.doubtful)


def stands_for_city(q: Quantity) -> bool:
    """Whether the figure is that of a province which stands for its city as an upper limit."""
    return PROVINCE_FOR_CITY in q.caveat


def weights(focus: str, of: Values) -> list[Mark]:
    """AI counts over output, every main city as a multiple of ``focus``; provinces are left out."""
    marks = []
    for count, output in WEIGHED:
        row = []
        for city in dict.fromkeys(city for _, city in of):
            part, whole = of[count, city], of[output, city]
            if part is None or whole is None or stands_for_city(part[0]):
                continue
            weight = part[0].ratio(whole[0].to("1e12 CNY"), because="a count per trillion yuan")
            row.append(Mark(YARDSTICK[count].label, city, weight, part[1]))
        if any(mark.place == focus and mark.quantity.low > 0 for mark in row):
            marks += relative(row, focus)
    return marks


def growth() -> tuple[Growth, ...]:
    """The growth that every AI plan with an observation before it needs, highest first."""
    needed = [(path, path.growth) for path in target_paths.AI_PATHS]
    needed.sort(key=lambda each: -each[1].middle)
    return tuple(
        Growth(path, quantity, target_paths.rank_range(path.place), len(needed))
        for path, quantity in needed
    )


def _span(marks: Sequence[Mark], places: Sequence[str]) -> Quantity | None:
    """Smallest to largest multiple on the lists that count AI and nothing else, if there is one."""
    try:
        return span(marks, places, AI)
    except ValueError:
        return None


# ------------------------------------------------------------------------------------ what is known


@dataclass(frozen=True)
class Figure:
    """The reading that speaks for a place, indicator and period, and how many there are."""

    indicator: str
    quantity: Quantity
    readings: int


def figures(place: str, tables: Tables = book) -> list[Figure]:
    """Every figure of a place, in the order of the table of indicators and of time."""
    found = []
    for indicator in tables.table("indicators")["indicator"]:
        by_period: dict[str, list[Quantity]] = {}
        for q in tables.readings(place, indicator):
            by_period.setdefault(q.period, []).append(q)
        for period in sorted(by_period):
            speaks = tables.observe(place, indicator, period)
            found.append(Figure(indicator, speaks, len(by_period[period])))
    return found


def counts(place: str, tables: Tables = book) -> list[tuple[str, str, Quantity]]:
    """What the complete lists of cities count for a place: title, column and sum of all periods.

    Firms of several years are left out: one that stands in two of them would count twice.
    """
    found = []
    for resource in tables.package["resources"]:
        if not resource["path"].startswith("distributions/") or "city" not in resource["name"]:
            continue
        frame = tables.table(resource["name"])
        names = [field["name"] for field in resource["schema"]["fields"]]
        columns = [name for name in names if name not in ("period", "place", "list", "source")]
        lists = sorted(set(frame["list"])) if "list" in names else [""]
        for kind in lists:
            where = {"list": kind} if kind else {}
            title = f"{resource['title']} ({kind})" if kind else resource["title"]
            for column in columns:
                if column == "companies" and frame["period"].nunique() > 1 and not kind:
                    continue
                try:
                    q = tables.counted(resource["name"], column, place, None, **where)
                except NoObservation:
                    continue
                found.append((title, column, q))
    return found


def claims_naming(place: str, tables: Tables = book) -> list[dict[str, str]]:
    """The claims of the commentary that name a place, in their order."""
    word = re.compile(rf"\b{re.escape(tables.name(place))}\b")
    return [
        row
        for row in tables.rows("claims")
        if word.search(f"{row['paraphrase_en']} {row['subject']}")
    ]


def rows_of(table: str, place: str, tables: Tables = book) -> list[dict[str, str]]:
    """The rows of a table (rankings, targets, plans, events) that are about a place."""
    return [row for row in tables.rows(table) if row["place"] == place]
