"""The table behind each section of the chapter: one function a section.

Cells are quantities; rows and columns are places, days, or what is counted, in short standard
words.  A cell is empty (None) where a place has no figure of its own: no province stands for its
city here.  Tables whose names end in ``by_chance`` hold what chance leaves open in small counts.

Out of scope: what follows from a table (``conclusions``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from citygap.charts import Mark
from citygap.comparison import city_industry
from citygap.comparison import comparable_counts as counts
from citygap.comparison import filed_models as filed
from citygap.comparison.comparable_counts import FOCUS, HEADS
from citygap.comparison.province_statistics import STATISTICS
from citygap.data.tables import book, known
from citygap.gap import rankings, scope_effects
from citygap.measures import counting_intervals, gap
from citygap.quantity.quantity import Answer, Quantity, billions, hull, shown

CHINA = "china"
#: The cities that figures set against Chongqing, and the provinces beside it.
CITIES = (*HEADS, "chengdu")
NEIGHBOURS = ("sichuan", "hubei", "anhui", "shaanxi")
SMALL = 30  # counts below it carry an interval of chance

UNICORNS = ("unicorns-by-city", "companies", ["2024-12"])
OPEN_LIST = ("models_listed_community", "2024-11-30")

# ----------------------------------------------------------------------------------- the opening


def opening() -> pd.Series:
    """The numbers that the chapter leads with, from rows that were read again at their sources."""
    day = filed.days()[-1]
    return pd.Series({
        "models_share": filed.share(FOCUS, day),
        "algorithms_share": THINGS["algorithms"].share(FOCUS),
        "output_share": THINGS["output"].share(FOCUS),
        "beijing": filed.multiple("beijing", day),
        "by_chance": filed.multiple_by_chance("beijing", day),
    }, dtype=object).rename_axis("number")  # fmt: skip


# ------------------------------------------------------------------------------ shares of China


@dataclass(frozen=True)
class Thing:
    """Something counted for places and for China: ``label`` for figures, readers of both counts.

    ``doubtful`` says why the two may not be counted alike; such marks are hollow.
    """

    label: str
    part: Callable[[str], Quantity]
    whole: Callable[[], Quantity]
    doubtful: str = ""

    def share(self, place: str) -> Quantity:
        """Share of a place in China, in percent.  Raises NoObservation without a figure."""
        found = gap.share(self.part(place), self.whole(), self.doubtful).to("%")
        return replace(found, place=place)

    def by_chance(self, place: str) -> Quantity | None:
        """What chance leaves open in the share of a small count; None for anything else."""
        part = self.part(place)
        if part.unit != "count" or part.high >= SMALL:
            return None
        return counting_intervals.share_interval(part, self.whole()).to("%")


def _observed(label: str, indicator: str, period: str, doubtful: str = "") -> Thing:
    part = counts.observed(indicator, period)
    return Thing(label, part, lambda: part(CHINA), doubtful)


def _of_statistic(key: str) -> Thing:
    """A national statistic by province, of all fields and not of AI alone."""
    statistic = STATISTICS[key]
    return Thing(statistic.label, statistic.of, statistic.nation)


#: What Chongqing makes, spends and files, by key.
THINGS = {
    "industry": _observed("Industry and construction, 2023", "secondary_value_added", "2023"),
    "output": _observed("Output (GDP), 2024", "gdp_census5", "2024"),
    "research": _observed("Research spending, 2023", "rd_expenditure", "2023"),
    "electronics": _of_statistic("electronics"),
    "papers": _of_statistic("papers"),
    "contracts": _of_statistic("contracts"),
    "core": _observed(
        "Core AI industry, 2024", "ai_core_scale", "2024",
        "the national figure may be counted otherwise than the city's",
    ),
    "algorithms": _observed("Filed algorithms, July 2025", "algorithm_filings", counts.FILINGS),
    "unicorns": Thing(
        "Unicorns, 2024", counts.listed(*UNICORNS, list="all"),
        lambda: sum(book.distribution(*UNICORNS, list="all").values()),
    ),
    "open_list": _observed("Models on an open list, 2024", *OPEN_LIST),
    "models": Thing(
        "Filed models, August 2026", lambda place: filed.count(place, filed.days()[-1]),
        lambda: filed.nation(filed.days()[-1]),
    ),
}  # fmt: skip

#: Things that are of AI and not of all fields, and the heads of the two groups in figures.
ABOUT_AI = ("core", "algorithms", "open_list", "models")
ALL_FIELDS, AI = "all fields", "AI"


def shares_of_china(places: Sequence[str] = (FOCUS, "beijing")) -> pd.DataFrame:
    """Share of places in China's total of each thing, in percent.

    ``by_chance`` and ``in_proportion`` are Chongqing's: what chance leaves open in a small count,
    and what it would have at its share of output, in the unit of the thing.
    """
    weight = THINGS["output"].share(FOCUS).to("ratio")
    columns = {place: [known(thing.share, place) for thing in THINGS.values()] for place in places}
    columns["by_chance"] = [thing.by_chance(FOCUS) for thing in THINGS.values()]
    columns["in_proportion"] = [thing.whole() * weight for thing in THINGS.values()]
    return pd.DataFrame(columns, index=pd.Index(THINGS, name="thing"), dtype=object)


def location_quotient(shares: pd.DataFrame, thing: str) -> Quantity:
    """Chongqing's share of a thing over its share of output, a pure number."""
    return replace(shares.loc[thing, FOCUS] / shares.loc["output", FOCUS], coefficient=True)


def electronics_growth(
    places: Sequence[str] = (FOCUS, "beijing", "sichuan", "zhejiang", "jiangsu"), year: str = "2025"
) -> pd.Series:
    """Real growth of value added of electronics manufacturing, in percent, by place."""
    return pd.Series({p: book.observe(p, "electronics_manufacturing_va_growth", year) for p in places})


def share_marks(shares: pd.DataFrame) -> list[Mark]:
    """Chongqing's shares for a figure, but for that of output: those of all fields, then those of AI,
    each with the largest first."""
    rows = shares.drop("output")
    order = sorted(rows.index, key=lambda thing: (thing in ABOUT_AI, -rows.loc[thing, FOCUS].middle))
    return [
        Mark(THINGS[thing].label, FOCUS, rows.loc[thing, FOCUS], bool(THINGS[thing].doubtful),
             rows.loc[thing, "by_chance"])
        for thing in order
    ]  # fmt: skip


def share_groups(shares: pd.DataFrame) -> dict[str, str]:
    """The heads of the two groups of :func:`share_marks`, by the row below each."""
    about = {THINGS[thing].label for thing in ABOUT_AI}
    rows = [mark.row for mark in share_marks(shares)]
    return {next(row for row in rows if row not in about): ALL_FIELDS, next(row for row in rows if row in about): AI}


# --------------------------------------------------------------------------------- filed models


def filed_models() -> pd.DataFrame:
    """Chongqing's filed models on the thirteen days, and what its share of output would give.

    Columns as in ``filed_models.series``: count, by_chance, nation, share, expected.
    """
    return filed.series()


def filed_marks(models: pd.DataFrame) -> list[Mark]:
    """The counts with their band of chance, and the counts in proportion to output, as lines."""
    own = [Mark("Filed from Chongqing", FOCUS, row["count"], False, row.by_chance)
           for _, row in models.iterrows()]  # fmt: skip
    return own + [Mark("At its share of output", CHINA, q) for q in models["expected"]]


def neighbours() -> pd.DataFrame:
    """Filed models of Chongqing and four provinces on the last day: count, multiple, by chance, and the
    multiple of output."""
    day = filed.days()[-1]
    return pd.DataFrame({
        "count": [filed.count(place, day) for place in (FOCUS, *NEIGHBOURS)],
        "times": [filed.multiple(place, day) for place in (FOCUS, *NEIGHBOURS)],
        "by_chance": [filed.multiple_by_chance(place, day) for place in (FOCUS, *NEIGHBOURS)],
        "output": [filed.output_multiple(place) for place in (FOCUS, *NEIGHBOURS)],
    }, index=pd.Index((FOCUS, *NEIGHBOURS), name="place"), dtype=object)  # fmt: skip


# ------------------------------------------------------------------------------------ multiples

#: Rows of the figure of multiples, by key.
MULTIPLES = {
    "models": "Filed models, Aug. 2026",
    "models_per_head": "Filed models per resident",
    "algorithms": "Filed algorithms, July 2025",
    "open_list": "Models on an open list, 2024",
    "high_tech": "High-tech firms, 2024",
    "output": "Output (GDP), 2025",
    "output_per_head": "Output per resident, 2024",
}


def multiples(cities: Sequence[str] = CITIES) -> pd.DataFrame:
    """Each city as a multiple of Chongqing, one row a count; None where the city is not counted."""
    rows = {
        "models": filed_multiple,
        "models_per_head": lambda city: filed_multiple(city) / residents(city),
        "algorithms": lambda city: _ratio(city, "algorithm_filings", counts.FILINGS),
        "open_list": lambda city: _ratio(city, *OPEN_LIST),
        "high_tech": lambda city: _ratio(city, "high_tech_firms", "2024"),
        "output": lambda city: _ratio(city, "gdp_census5", "2025"),
        "output_per_head": lambda city: _ratio(city, "gdp_census5", "2024") / residents(city),
    }
    return pd.DataFrame(
        {city: [known(row, city) for row in rows.values()] for city in cities},
        index=pd.Index(rows, name="count"), dtype=object,
    )  # fmt: skip


def multiples_by_chance(cities: Sequence[str] = CITIES) -> pd.DataFrame:
    """What chance leaves open in the multiples of small counts; rows as in :func:`multiples`."""

    def of_list(city: str) -> Quantity:
        return counting_intervals.ratio_interval(*(book.observe(p, *OPEN_LIST) for p in (city, FOCUS)))

    rows = {
        "models": filed_by_chance,
        "models_per_head": lambda city: filed_by_chance(city) / residents(city),
        "open_list": of_list,
    }
    return pd.DataFrame(
        {city: [row(city) for row in rows.values()] for city in cities},
        index=pd.Index(rows, name="count"), dtype=object,
    )  # fmt: skip


def multiple_marks(times: pd.DataFrame, by_chance: pd.DataFrame) -> list[Mark]:
    """The multiples for a figure, with whiskers of chance."""
    return [
        Mark(MULTIPLES[row], city, q, False, by_chance[city].get(row))
        for row in times.index for city in times.columns if (q := times.loc[row, city]) is not None
    ]  # fmt: skip


def filed_multiple(city: str) -> Quantity:
    """Filed models of a city on the last day as a multiple of Chongqing's."""
    own, focus = _filed(city)
    return replace(own.ratio(focus), place=city, period=own.period)


def filed_by_chance(city: str) -> Quantity:
    """What chance leaves open in :func:`filed_multiple`."""
    return replace(counting_intervals.ratio_interval(*_filed(city)), place=city)


def _filed(city: str) -> tuple[Quantity, Quantity]:
    """Filed models of a city and of Chongqing: by place, or by city where the list names none."""
    day = filed.days()[-1]
    if book.province(city) == city:
        return filed.count(city, day), filed.count(FOCUS, day)
    return filed.in_cities([city], day), filed.in_cities([FOCUS], day)


def residents(city: str) -> Quantity:
    """Residents of a city as a multiple of Chongqing's, each in the latest year with a sound figure."""
    return city_industry.residents_of(city) / city_industry.residents_of(FOCUS)


def people() -> pd.Series:
    """Residents of Chongqing and Chengdu in the latest year with a sound figure, in millions."""
    found = {p: city_industry.residents_of(p) for p in (FOCUS, "chengdu")}
    return pd.Series({place: shown(q, "1e6 persons") for place, q in found.items()}, dtype=object)


def core_multiple(city: str) -> Quantity:
    """A city's core AI industry of 2024 as a multiple of Chongqing's; all that its sources say."""
    return book.spread(city, "ai_core_scale", "2024") / core_scale()


def _ratio(city: str, indicator: str, period: str) -> Quantity:
    return book.observe(city, indicator, period) / book.observe(FOCUS, indicator, period)


# -------------------------------------------------------------------------------------- a sixth

NINE = ("chengdu", "ai_industry_scale", "2024-01/2024-09")


def sixth() -> pd.Series:
    """Chongqing over Chengdu, as a ratio: by the sizes that are printed, and by counts.

    The printed sizes set Chongqing's core figure of 2024 beside Chengdu's industry series: its aim
    for 2024, its nine months carried on to a year, the same with a last quarter as large as that of
    the year before, and the year before.
    ``printed`` and ``counted`` are the spans of either group, the latter without counts of low
    confidence and without registered applications, of which only a floor is known.
    """
    core = core_scale()
    sizes = {
        "aim": book.target("chengdu", "ai_industry_scale", "2024"),
        "pace": counts.at_pace(*NINE),
        "slow_end": counts.at_least_as_before(*NINE, "ai_industry_growth"),
        "year_before": book.observe("chengdu", "ai_industry_scale", "2023"),
    }
    printed = {key: core.ratio(q, because=counts.CHENGDU_AS_CORE) for key, q in sizes.items()}
    counted = {key: own.ratio(other) for key, (own, other) in _both().items()}
    sound = [q for q in counted.values() if q.confidence != "low"]
    counted["applications"] = applications_at_least()
    spans = {"printed": hull(*printed.values()), "counted": hull(*sound)}
    return pd.Series(printed | counted | spans, dtype=object).rename_axis("reading")


#: Counts that treat Chongqing and Chengdu alike: key and label for figures.
ALIKE = {
    "models": "Filed models, Aug. 2026",
    "open_list": "Models on an open list, 2024",
    "deals": "AI deals, 2013 to 2018",
    "firms": "AI firms on a list, 2018",
}


def _both() -> dict[str, tuple[Quantity, Quantity]]:
    """Chongqing's and Chengdu's counts, by key of :data:`ALIKE`."""
    own, other = reversed(_filed("chengdu"))
    listed = {key: counts.YARDSTICK[key].of for key in ("deals", "firms")}
    return {
        "models": (own, other),
        "open_list": tuple(book.observe(place, *OPEN_LIST) for place in (FOCUS, "chengdu")),
        **{key: (of(FOCUS), of("chengdu")) for key, of in listed.items()},
    }


def applications_at_least() -> Quantity:
    """Chongqing's registered applications over Chengdu's, at least: over those of all of Sichuan."""
    own, province = (filed.count(place, filed.days()[-1], filed.REGISTERED) for place in (FOCUS, "sichuan"))
    return replace(own.ratio(province), high=math.inf)


def sixth_in_yuan() -> dict[str, Quantity]:
    """Chengdu's nine months, and the year that a sixth needs, in billion yuan."""
    return {"nine": billions(book.observe(*NINE)), "six": billions(core_scale() * 6)}


def sixth_by_chance() -> dict[str, Quantity]:
    """What chance leaves open in the ratios of :data:`ALIKE`."""
    return {key: counting_intervals.ratio_interval(*pair) for key, pair in _both().items()}


def sixth_marks(ratios: pd.Series) -> list[Mark]:
    """The span of the printed sizes and each count with its whisker, one row each; hollow are the
    sizes and counts of low confidence, which the span of counts leaves out."""
    by_chance = sixth_by_chance()
    printed = Mark("Printed sizes, four readings", FOCUS, ratios["printed"], True)
    return [printed, *(Mark(label, FOCUS, ratios[key], ratios[key].confidence == "low", by_chance[key])
                       for key, label in ALIKE.items()),
            Mark("Registered applications, Aug. 2026", FOCUS, ratios["applications"])]  # fmt: skip


def core_scale() -> Quantity:
    """Chongqing's core AI industry of 2024, which the commentary alone prints."""
    return book.observe(FOCUS, "ai_core_scale", "2024")


def whole_industry() -> pd.Series:
    """Chongqing's industry as a whole: what large firms put out, and a mayor's size of the industrial economy,
    both in trillion yuan, and the value added of industry and construction in billion yuan."""
    found = {"output": ("industrial_output_above_scale", "2023"), "economy": ("industrial_economy_scale", "2025")}
    sizes = {name: book.observe(FOCUS, *which).to("1e12 CNY") for name, which in found.items()}
    added = billions(book.observe(FOCUS, "secondary_value_added", "2023"))
    return pd.Series({**sizes, "added": added}, dtype=object)


def scales_of_both() -> list[str]:
    """Indicators of the size of an AI industry that have figures of Chongqing and of Chengdu."""
    sizes = book.table("indicators").query("concept == 'ai_scale'")["indicator"]
    return [size for size in sizes if {FOCUS, "chengdu"} <= set(book.places_with(size))]


# --------------------------------------------------------------------- definitions and rankings


def definitions() -> pd.Series:
    """Wider over narrower figure of one place, and what plans promise of related industry.

    ``counted`` and ``promised`` are the spans; ``chongqing`` is its own plan's promise.
    """
    effects = scope_effects.counted()
    promised = scope_effects.promised()
    spans = {"counted": hull(*effects.values()), "promised": hull(*promised.values())}
    own = {"chongqing": promised["Chongqing, for 2027"]}
    return pd.Series(spans | own, dtype=object).rename_axis("span")


def staff() -> pd.Series:
    """Research staff of Qianli Zhijia and of the Jialing River Laboratory."""
    firms = {"qianli": "qianli_zhijia", "laboratory": "jialing_river_laboratory"}
    found = {key: book.observe(firm, "rd_staff_one_firm") for key, firm in firms.items()}
    return pd.Series(found, dtype=object).rename_axis("firm")


def ranks() -> pd.Series:
    """How many independent lists there are, how many do not name Chongqing, and on how many it stands
    below a rival.

    ``chengdu_of`` is the number of lists that tell Chongqing from Chengdu, ``chengdu`` that of
    those on which it stands below; the same for Xi'an.
    """
    lists, named = rankings.independent(), rankings.placed(FOCUS)
    found = {"lists": len(lists), "missing": sum(each not in named for each in lists)}
    for rival in counts.WESTERN:
        answers = rankings.behind(FOCUS, rival)
        found |= {rival: answers.count(Answer.YES), f"{rival}_of": len(answers)}
    tied = filed.ranks(filed.days()[-1]).loc[FOCUS]
    found |= {"filed_first": tied["first"], "filed_last": tied["last"]}
    return pd.Series(found, dtype=object).rename_axis("ranks")
