"""The diagnosis of any city: what the book computes for Chongqing, with another city in its place.

A diagnosis gives a city's shares of China, sets every other main city against it on the yardsticks
of ``comparable_counts`` and on the filed models of today, finds the leader on each, weighs AI by
output, and gives the growth that the city's plan needs.  Nothing is chosen city by city: what is
missing for one is named as missing, and a city that fewer than :data:`LEAST` yardsticks count is
:attr:`~Diagnosis.thin`.

A province that stands for its city is an upper limit of the city.  Set against another city it
gives *at most*; as the base of a multiple it gives *at least*; two provinces say nothing of their
cities and are left out.

A count of fewer than :data:`SMALL` is a draw: where it stands for a share, a multiple or a rank, what
chance leaves open stands beside it (``counting_intervals``).

Out of scope: drawing, and which city is worth a diagnosis.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from citygap.charts import Mark
from citygap.comparison import comparable_counts, filed_models, growth_rates, target_paths
from citygap.comparison.comparable_counts import (
    AI,
    BASES,
    FOCUS,
    HEADS,
    PEERS,
    PROVINCE_FOR_CITY,
    Yardstick,
    relative,
    span,
)
from citygap.data.tables import NoObservation, Tables, book
from citygap.gap.tables import MULTIPLES, THINGS
from citygap.measures import gap
from citygap.measures.counting_intervals import ratio_interval, share_interval
from citygap.quantity.quantity import Quantity, greatest, hull
from citygap.quantity.three_valued import Answer

#: The nine cities that the book's figures tell apart; tables show all fourteen.
DRAWN = (FOCUS, *PEERS, *HEADS)
#: Counts that are weighed by output: the count and the output of its years.
WEIGHED = (("filings", "gdp_2024"), ("firms", "gdp_2023"))

AT_MOST, AT_LEAST = "at most", "at least"
#: Below so many of what is counted, chance is shown: it moves a count of 100 by a fifth either way.
SMALL = 100

#: Yardsticks that must count a city before anything is concluded of it.
LEAST = 3
#: Lists by city and indicators that must name a city before it has a page.
NAMED = 2
#: The day up to which filed models are counted today, and how many each city has then.
TODAY = filed_models.days()[-1]
FILED_TODAY = Yardstick(
    "models_today", MULTIPLES["models"], lambda city: filed_models.in_cities([city], TODAY)
)
YARDSTICKS = (FILED_TODAY, *comparable_counts.YARDSTICKS)
YARDSTICK = {yardstick.key: yardstick for yardstick in (*YARDSTICKS, *BASES)}
#: Where a yardstick has no figure of a city: what comes nearest, of another year or by another
#: definition; the first group of indicators that has any.
NEAREST = {
    "gdp": (("gdp_census5",), ("gdp",)),
    "high_tech": (("high_tech_firms",),),
    "rd": (("rd_expenditure",),),
    "core": (("ai_core_scale", "ai_industry_scale", "ai_above_scale"),),
}
GROWTHS = "ai_growth"  # the concept of the indicators of growth that a source states
#: What the shares of China are of, in order: all that the chapter on the gap has but AI industries,
#: whose lines each city draws itself, and the applications of the front page.
SHARED = tuple(key for key in THINGS if key != "core")
APPLICATIONS = "applications"
SAME_LIST = "the models of one list, by city and by province"

#: What a city has on each yardstick: the quantity and whether it is a weaker comparison.
Values = Mapping[tuple[str, str], tuple[Quantity, bool] | None]


@dataclass(frozen=True)
class Known:
    """What every diagnosis rests on: the values of all main cities, the growth of all plans, and all
    growth that was seen between two levels, by place."""

    values: Values
    growth: tuple[Growth, ...]
    seen: Mapping[str, Quantity]


@dataclass(frozen=True)
class Comparison:
    """``place`` as a multiple of the city in focus on one yardstick.

    ``limit`` is *at most* or *at least* where a province, ``counted``, stands for one of the two;
    ``weak`` says that scopes differ or that one weak source stands behind it; ``chance`` is what
    chance leaves open in a multiple of small counts.
    """

    yardstick: Yardstick
    place: str
    quantity: Quantity
    limit: str = ""
    weak: bool = False
    counted: str = ""
    chance: Quantity | None = None

    @property
    def level(self) -> bool:
        """Whether chance leaves open which of the two has more."""
        return self.chance is not None and self.chance.low <= 1 <= self.chance.high

    @property
    def shown(self) -> Quantity:
        """The multiple with that bound open of which a province, or a zero, says nothing."""
        q = self.quantity
        if self.limit == AT_LEAST:
            return replace(q, high=math.inf, published="")
        if self.limit == AT_MOST or q.low == 0 < q.high:  # nothing is below 0
            return comparable_counts.at_most(q)
        return q

    @property
    def text(self) -> str:
        """The multiple in words."""
        return self.shown.text()

    @property
    def mark(self) -> Mark:
        """The same for the functions of ``yardsticks`` and ``charts``."""
        return Mark(self.yardstick.label, self.place, self.quantity, bool(self.limit) or self.weak)


@dataclass(frozen=True)
class Share:
    """A place's share of China in what ``key`` counts, in percent; None where only its province, if
    anything, is counted.  ``chance`` is what chance leaves open in the share of a small count, and
    always in that of filed models."""

    key: str
    label: str
    quantity: Quantity | None
    chance: Quantity | None = None


@dataclass(frozen=True)
class Lead:
    """Who has most on one yardstick of all cities that it counts themselves, the city in focus among
    them, and how many times the city that is.  ``leaders`` are several where the bounds of figures
    do not tell them apart; ``multiple`` is the largest other's, None where the city may have nothing;
    ``chance`` is what chance leaves open in it, ``near`` are cities whose small count chance alone may
    have put behind the leader's, ``floors`` those whose figure has no upper bound."""

    yardstick: Yardstick
    leaders: tuple[str, ...]
    multiple: Quantity | None
    chance: Quantity | None = None
    near: tuple[str, ...] = ()
    floors: tuple[str, ...] = ()

    @property
    def shown(self) -> Quantity | None:
        """The multiple with that bound open of which a floor of the city itself says nothing."""
        q = self.multiple
        return comparable_counts.at_most(q) if q is not None and q.low == 0 < q.high else q

    @property
    def open(self) -> Quantity | None:
        """All that bounds and chance leave open in the multiple."""
        return self.chance or self.multiple


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
    that hold nothing of it, ``unknown`` those of yardsticks on which it is not counted; ``shares``
    are those of China, ``leads`` the leader on each yardstick that counts the city itself, ``seen`` all
    growth of its AI industry between two levels of one series, ``stated`` the growth that sources
    state, by indicator.  ``nearest`` has, for yardsticks without a figure of the city, what comes
    nearest.  ``heads_chance`` and ``chongqing_chance`` are the two spans with what chance leaves open.
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
    shares: tuple[Share, ...] = ()
    leads: tuple[Lead, ...] = ()
    seen: Quantity | None = None
    stated: tuple[tuple[str, Quantity], ...] = ()
    nearest: Mapping[str, tuple[tuple[str, Quantity], ...]] = field(default_factory=dict)
    heads_chance: Quantity | None = None
    chongqing_chance: Quantity | None = None

    @property
    def lists(self) -> tuple[str, ...]:
        """Keys of the lists that count AI and nothing else and hold the city itself."""
        return tuple(key for key in AI if key in self.own and self.own[key][0].low > 0
                     and not stands_for_city(self.own[key][0]))  # fmt: skip

    @property
    def doubtful(self) -> tuple[str, ...]:
        """Keys of the yardsticks whose figure of the city is of low confidence."""
        return tuple(key for key, (q, _) in self.own.items() if q.confidence == "low" and q.high > 0)

    @property
    def counted(self) -> tuple[str, ...]:
        """Keys of the yardsticks that count something of the city itself."""
        return tuple(key for key, (q, _) in self.own.items() if q.high > 0 and not stands_for_city(q))

    @property
    def thin(self) -> bool:
        """Whether too few yardsticks count the city for a conclusion."""
        return len(self.counted) < LEAST

    def share(self, key: str) -> Share:
        """The share of China in one thing.  Raises LookupError for what no shares are of."""
        return next(each for each in self.shares if each.key == key)

    def ordered_leads(self) -> list[Lead]:
        """Leaders on yardsticks of one scope, the nearest first: as many times the city as they are."""
        comparable = [lead for lead in self.leads if lead.multiple is not None and not lead.yardstick.doubtful]
        return sorted(comparable, key=lambda lead: (lead.multiple.middle, lead.yardstick.key))

    def of(self, yardstick: str, place: str) -> Comparison | None:
        """The comparison of ``place`` on ``yardstick`` (its key), if there is one."""
        for found in self.comparisons:
            if (found.yardstick.key, found.place) == (yardstick, place):
                return found
        return None


def main_cities(tables: Tables = book) -> tuple[str, ...]:
    """The cities with a role: focus, heads and peers, in the order of the table of places."""
    return tuple(row["place"] for row in tables.rows("places") if row["role"] != "other")


def cities(tables: Tables = book) -> tuple[str, ...]:
    """All cities of the table of places, the main ones first: what can be in Chongqing's place."""
    main = main_cities(tables)
    return (*main, *(r["place"] for r in tables.rows("places") if r["kind"] == "city" and r["place"] not in main))


def with_page(tables: Tables = book) -> tuple[str, ...]:
    """The main cities, and the others that at least :data:`NAMED` lists by city or indicators name."""
    named = defaultdict(set)
    for row in tables.rows("observations"):
        named[row["place"]].add(row["indicator"])
    for resource in tables.package["resources"]:
        if resource["name"].endswith("-by-city"):
            for row in tables.rows(resource["name"]):
                named[row["place"]].add(resource["name"])
    main = main_cities(tables)
    return tuple(p for p in cities(tables) if p in main or len(named[p]) >= NAMED)


def values(places: Sequence[str]) -> Values:
    """Value of every yardstick, and of the outputs that weigh them, for every place."""
    return {
        (yardstick.key, place): yardstick.value(place)
        for yardstick in (*YARDSTICKS, *BASES)
        for place in places
    }


def known() -> Known:
    """What every diagnosis rests on, by the reading rules in force."""
    seen: dict[str, list[Quantity]] = defaultdict(list)
    for each in growth_rates.between_levels():
        if not each.quantity.forecast:
            seen[each.place].append(each.quantity)
    return Known(values(main_cities()), growth(), {place: hull(*rates) for place, rates in seen.items()})


def diagnosis(place: str, base: Known | None = None) -> Diagnosis:
    """The diagnosis of a city.

    ``base`` is what :func:`known` gives; handed over for one city after the other, it is read once.
    Raises ValueError for a place that is no city.
    """
    if place not in cities():
        raise ValueError(f"{place!r} is not one of the cities of places.csv")
    base = base or known()
    of = base.values if (YARDSTICKS[0].key, place) in base.values else {**base.values, **values([place])}
    main = main_cities()
    others = [city for city in main if city != place]
    compared = tuple(
        found
        for yardstick in YARDSTICKS
        for other in others
        if (found := compare(yardstick, place, other, of)) is not None
    )
    own = {y.key: value for y in YARDSTICKS if (value := of[y.key, place]) is not None}
    marks = [comparison.mark for comparison in compared]
    return Diagnosis(
        place,
        own,
        compared,
        tuple(weights(place, of)),
        tuple(YARDSTICK[key].label for key, value in own.items() if value[0].high == 0),
        tuple(y.label for y in YARDSTICKS if y.key not in own),
        _span(marks, [city for city in HEADS if city != place]),
        None if place == FOCUS else _span(marks, [FOCUS]),
        tuple(each for each in base.growth if each.path.place == place),
        tuple(shares(place)),
        tuple(filter(None, (lead(yardstick, place, others, of) for yardstick in YARDSTICKS))),
        base.seen.get(place),
        tuple(stated(place)),
        nearest(place, own),
        _with_chance(compared, [city for city in HEADS if city != place]),
        None if place == FOCUS else _with_chance(compared, [FOCUS]),
    )


def stated(place: str, tables: Tables = book) -> list[tuple[str, Quantity]]:
    """The growth of a place's AI industry that sources state, by indicator and period."""
    return [(row["indicator"], q) for row in tables.rows("indicators", concept=GROWTHS)
            for q in tables.series(place, row["indicator"])]  # fmt: skip


def nearest(place: str, own: Mapping[str, object], tables: Tables = book) -> dict[str, tuple[tuple[str, Quantity], ...]]:
    """The latest figures of another year or definition, for yardsticks that are not among its ``own``."""
    found = {}
    for key, groups in NEAREST.items():
        for group in () if key in own else groups:
            latest = [(indicator, tables.observe(place, indicator)) for indicator in group
                      if place in tables.places_with(indicator)]  # fmt: skip
            if latest:
                found[key] = tuple(latest)
                break
    return found


@cache
def stands_in(yardstick: str) -> tuple[str, str]:
    """Where the figures of a yardstick stand: "table" and its name, or "indicator" and its key."""
    found = filter(None, map(YARDSTICK[yardstick].value, main_cities()))
    first, second = next(q.rows[0] for q, _ in found if q.high > 0).split("/")[:2]
    is_table = any(resource["name"] == first for resource in book.package["resources"])
    return ("table", first) if is_table else ("indicator", second)


def by_chance(a: Quantity, b: Quantity) -> Quantity | None:
    """What chance leaves open in the ratio of two counts; None if neither is small, or no count."""
    ends = (*a.bounds, *b.bounds)
    if not a.unit == b.unit == "count" or min(ends) >= SMALL or not all(map(math.isfinite, ends)):
        return None
    return ratio_interval(a, b) if b.low > 0 else None


def shares(place: str) -> list[Share]:
    """Shares of China in everything of which there is a total; a province never stands for its city."""
    found = [_share(key, THINGS[key].label, THINGS[key].part, THINGS[key].whole, place)
             for key in SHARED if key != "models"]  # fmt: skip
    found.append(_share(APPLICATIONS, "AI applications registered to August 2026",
                        lambda p: filed_models.count(p, TODAY, filed_models.REGISTERED),
                        lambda: filed_models.nation(TODAY, filed_models.REGISTERED), place))  # fmt: skip
    found.append(_share("models", THINGS["models"].label, filed_today, THINGS["models"].whole, place))
    return found


def filed_today(city: str) -> Quantity:
    """Filed models of a city on the scope of the nation's: by place, or by city where the list of
    places has only the province."""
    if book.province(city) == city:
        return filed_models.count(city, TODAY)
    scope = THINGS["models"].whole().scope
    return FILED_TODAY.of(city).across(scope, because=SAME_LIST)


def _share(
    key: str, label: str, part: Callable[[str], Quantity], whole: Callable[[], Quantity], place: str
) -> Share:
    try:
        own, all_ = part(place), whole()
    except NoObservation:
        return Share(key, label, None)
    found = replace(gap.share(own, all_).to("%"), place=place)
    drawn = key == "models" or own.unit == "count" and own.low < SMALL and all_.low == all_.high
    return Share(key, label, found, replace(share_interval(own, all_).to("%"), place=place) if drawn else None)


def below_output(found: Diagnosis) -> Answer | None:
    """Whether the city's share of filed models is below its share of output, chance allowed for;
    None where one of them is not known."""
    output, models = found.share("output").quantity, found.share("models").chance
    return None if output is None or models is None else models < output


def lead(yardstick: Yardstick, place: str, others: Sequence[str], of: Values) -> Lead | None:
    """Who leads on a yardstick; None unless it counts the city itself and one other at least."""
    counted = {city: value[0] for city in (place, *others)
               if (value := of[yardstick.key, city]) is not None and not stands_for_city(value[0])}  # fmt: skip
    if place not in counted or len(counted) < 2:
        return None
    top = greatest(*counted.values())
    leaders = tuple(city for city, q in counted.items() if q.high >= top.low and q.high > 0)
    near = tuple(city for city, q in counted.items() if city not in leaders and q.low > 0
                 and (chance := by_chance(counted[leaders[0]], q)) is not None and chance.low <= 1)  # fmt: skip
    floors = tuple(city for city, q in counted.items() if math.isinf(q.high))
    own = counted.pop(place)
    if own.low <= 0:
        return Lead(yardstick, leaders, None, near=near)
    floor = max(q.low for q in counted.values())  # whoever is below it for certain is no largest other
    largest = greatest(*(q for q in counted.values() if q.high >= floor))
    return Lead(yardstick, leaders, largest.ratio(own), by_chance(largest, own), near, floors)


def compare(yardstick: Yardstick, focus: str, other: str, of: Values) -> Comparison | None:
    """``other`` as a multiple of ``focus``; None if one of them is not known or ``focus`` is 0."""
    own, its = of[yardstick.key, focus], of[yardstick.key, other]
    if own is None or its is None or own[0].low <= 0:
        return None
    own_is_province, its_is_province = (stands_for_city(value[0]) for value in (own, its))
    if own_is_province and its_is_province:
        return None
    limit = AT_MOST if its_is_province else AT_LEAST if own_is_province else ""
    counted = (its if its_is_province else own)[0].place if limit else ""
    chance = None if limit else by_chance(its[0], own[0])
    return Comparison(yardstick, other, its[0].ratio(own[0]), limit, yardstick.doubtful, counted, chance)


def stands_for_city(q: Quantity) -> bool:
    """Whether the figure is that of a province which stands for its city as an upper limit."""
    return PROVINCE_FOR_CITY in q.caveat


def weights(focus: str, of: Values) -> list[Mark]:
    """AI counts over output, every main city as a multiple of ``focus``, with what chance leaves open in
    it; provinces are left out."""
    marks = []
    for count, output in WEIGHED:
        row, own = [], (of[count, focus], of[output, focus])
        for city in dict.fromkeys(city for _, city in of):
            part, whole = of[count, city], of[output, city]
            if part is None or whole is None or stands_for_city(part[0]):
                continue
            weight = part[0].ratio(whole[0].to("1e12 CNY"), because="a count per trillion yuan")
            drawn = by_chance(part[0], own[0][0]) if all(own) else None
            chance = drawn * own[1][0].ratio(whole[0]) if drawn is not None else None
            row.append(Mark(YARDSTICK[count].label, city, weight, part[1], chance=chance))
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


def _with_chance(compared: Sequence[Comparison], places: Sequence[str]) -> Quantity | None:
    """The same with what chance leaves open in small counts."""
    found = [each.chance or each.quantity for each in compared
             if each.place in places and each.yardstick.key in AI and not each.limit]  # fmt: skip
    return hull(*found) if found else None


# ------------------------------------------------------------------------------------ what is known


@dataclass(frozen=True)
class Figure:
    """The reading that speaks for a place, indicator and period, and how many there are."""

    indicator: str
    quantity: Quantity
    readings: int


def figures(place: str, tables: Tables = book) -> list[Figure]:
    """Every figure of a place, in the order of the table of indicators and of time."""
    readings = defaultdict(int)
    for row in rows_of("observations", place, tables):
        readings[row["indicator"], row["period"]] += 1
    order = {key: at for at, key in enumerate(tables.table("indicators")["indicator"])}
    return [Figure(indicator, tables.observe(place, indicator, period), readings[indicator, period])
            for indicator, period in sorted(readings, key=lambda each: (order[each[0]], each[1]))]  # fmt: skip


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
    return tables.rows(table, place=place)
