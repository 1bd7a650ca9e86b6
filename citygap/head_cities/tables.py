"""The tables behind the chapter's sections: pandas objects whose cells are quantities.

Labels are keys of places and short words, so that a cell is found by what it is:
``shares/beijing/2026-08-31``.

Out of scope: what they say (``conclusions``) and how they are drawn (``citygap.charts``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import add

import numpy as np
import pandas as pd

from citygap.charts import Mark
from citygap.charts.table import Table
from citygap.comparison import ai_models, filed_models
from citygap.comparison.province_statistics import STATISTICS
from citygap.comparison.comparable_counts import FOCUS, HEADS
from citygap.data.tables import book
from citygap.head_cities import uniform_counts
from citygap.head_cities.uniform_counts import LAST_DAY
from citygap.measures import counting_intervals, series_breaks
from citygap.quantity.quantity import Quantity, billions, in_three_digits, shown

#: The five places with the most filed models, and Chongqing.
LEADING = ("beijing", "shanghai", "guangdong", "zhejiang", "jiangsu", FOCUS)
#: The five cities with the most filed models, Chengdu and Chongqing.
CITIES = (*filed_models.HEAD_CITIES, "chengdu", FOCUS)
#: First day of the filing lists, end of a year, last day.
DAYS = ("2024-03-28", "2025-12-31", LAST_DAY)
TWO_MONTHS_BEFORE = "2026-06-30"
#: What cities said themselves, on days that no list ends on (Shenzhen: of itself alone).
OWN_COUNTS = (("beijing", "2025-11-29"), ("beijing", "2026-01-27"), ("shenzhen", "2025-11-01"))
YEARS = ("2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026-01/2026-07")
#: The list of notable models is still being filled for these years.
UNFINISHED = YEARS[-2:]

#: The last of the years, of which the list has a part, in words of the figure.
PART_YEAR = "to July 2026"

#: What city governments state of themselves: label, indicator, unit on the page, what it is.
STATED = (
    ("staff", "ai_practitioners", "1e4 persons", "People who work in AI, 10,000s"),
    ("core-staff", "ai_core_technical_staff", "1e4 persons", "Core staff in AI, 10,000s"),
    ("staff-share", "ai_talent_share_industry", "%", "Own share of China's people in AI"),
    ("core-staff-share", "ai_talent_share_core", "%", "Own share of China's core staff"),
    ("compute", "compute_intelligent", "EFLOPS", "Compute for AI, EFLOPS"),
    ("all-compute", "compute_total", "EFLOPS", "Compute of all kinds, EFLOPS"),
    ("fund", "public_ai_fund_size", "1e9 CNY", "Public AI fund, bn yuan"),
    ("firms", "ai_firms", "count", "AI firms"),
    ("core-firms", "ai_firms_core", "count", "Core AI firms"),
    ("large-firms", "ai_firms_above_scale", "count", "AI firms above a threshold of size"),
)
#: Sizes that a city stated for several whole years on one definition: place, indicator, word.
SERIES = (
    ("beijing", "ai_industry_scale", "industry"),
    ("beijing", "ai_core_scale", "core"),
    ("shanghai", "ai_above_scale", "large-firms"),
)


# ------------------------------------------------------------------------------- uniform counts


def counts(places: Sequence[str] = (*HEADS, FOCUS)) -> pd.DataFrame:
    """Every uniform count (rows) of every place (columns); empty where a place is not counted.

    A province that stands for its city gives at most its own count.
    """
    known = {count.key: {p: count.value(p) for p in places} for count in uniform_counts.COUNTS}
    return pd.DataFrame(
        [[_at_most(*cell) if (cell := row[p]) else None for p in places] for row in known.values()],
        index=list(known), columns=list(places), dtype=object,
    )  # fmt: skip


def _at_most(q: Quantity, for_city: bool) -> Quantity:
    """A count; as "at most" where a province stands for the city."""
    return replace(q, low=-np.inf, published="") if for_city else q


def firsts() -> pd.DataFrame:
    """On how many uniform counts each head city is surely first: of all, of those without a figure of
    low confidence, and per resident; under ``open``, those that are undecided."""
    rows = uniform_counts.rows()
    tallies = {"count": rows, "sound": uniform_counts.sound(rows),
               "per-resident": uniform_counts.per_resident(rows)}  # fmt: skip
    found = {
        name: {place or "open": n for place, n in uniform_counts.firsts(table).items()}
        for name, table in tallies.items()
    }
    return pd.DataFrame(found).fillna(0).astype(int)


def printed_counts() -> Table:
    """The uniform counts as a reader sees them: the head cities and Chongqing, the first in bold."""
    table = counts()
    first = {count.key: uniform_counts.first(row) for count, row in uniform_counts.rows()}
    rows = [
        {"Count": count.label, "Year": count.year}
        | {book.name(p): table.loc[count.key, p] or "–" for p in table.columns}
        for count in uniform_counts.COUNTS
    ]
    bold = [
        (count.label, count.year, book.name(first[count.key]))
        for count in uniform_counts.COUNTS if first[count.key]
    ]  # fmt: skip
    return Table(pd.DataFrame(rows), "Uniform counts of AI; the first of the four in bold", bold)


# ------------------------------------------------------------------------------ the three systems

#: The provinces that the figure of systems sets beside Chongqing; Guangdong bounds Shenzhen.
SYSTEM_PLACES = ("beijing", "shanghai", "guangdong", FOCUS)


def systems(places: Sequence[str] = SYSTEM_PLACES) -> pd.DataFrame:
    """Share in China's total, percent, of each statistic of rules, research, ecology and hardware
    (rows) that places (columns) hold."""
    return pd.DataFrame(
        {p: [statistic.share(p) for statistic in STATISTICS.values()] for p in places},
        index=pd.Index(STATISTICS, name="statistic"), dtype=object,
    )  # fmt: skip


def committees() -> pd.Series:
    """Secretariats of national standards committees, by place."""
    return pd.Series({p: STATISTICS["standards"].of(p) for p in ("china", "beijing", FOCUS)})


def system_marks() -> list[Mark]:
    """The same for a figure; without places of which only a lower end is known."""
    return [
        Mark(STATISTICS[key].label, place, q)
        for key, row in systems().iterrows() for place, q in row.items() if q.high < 100
    ]  # fmt: skip


# ---------------------------------------------------------------------------------- filed models


def filed_shares(places: Sequence[str] = LEADING) -> pd.DataFrame:
    """Share in China's filed models, percent, on the thirteen days: rows places, columns days."""
    return filed_models.shares().loc[list(places)]


def share_marks() -> list[Mark]:
    """The same as lines over time."""
    table = filed_shares()
    return [Mark(book.name(p), p, q) for p in table.index for q in table.loc[p]]


def filed_counts() -> pd.DataFrame:
    """Filed models of China and of every place on the first day, at the end of 2025 and on the
    last day (columns)."""
    table = filed_models.counts(DAYS)
    return pd.concat([table, pd.DataFrame({"china": {d: filed_models.nation(d) for d in DAYS}}).T])


def other_filings(places: Sequence[str] = ("beijing", "shanghai")) -> pd.DataFrame:
    """Share in registered applications and in filed algorithms, percent (rows), by place."""
    last = filed_models.days(filed_models.REGISTERED)[-1]
    return pd.DataFrame({
        p: {
            "applications": filed_models.share(p, last, filed_models.REGISTERED),
            "algorithms": ai_models.share_of_algorithms(p),
        } for p in places
    })  # fmt: skip


def own_counts() -> pd.DataFrame:
    """Filed models as cities counted them on days of their own: rows places, columns days."""
    found = {(p, day): book.observe(p, "models_filed", day) for p, day in OWN_COUNTS}
    return pd.Series(found).unstack()


def newly_filed(since: str = TWO_MONTHS_BEFORE) -> pd.DataFrame:
    """Models filed after a day and up to the last day (columns): ``count``, ``share`` in percent,
    and what chance leaves open in the share, ``by_chance``; rows are places."""
    new = filed_models.flow(since, LAST_DAY)
    whole = reduce(add, new)
    chance = new.map(lambda q: counting_intervals.share_interval(q, whole).to("%"))
    shares = filed_models.flow_shares(since, LAST_DAY)
    return pd.DataFrame({"count": new, "share": shares, "by_chance": chance})


def filed_by_city(cities: Sequence[str] = CITIES) -> pd.DataFrame:
    """Filed models of cities on the last day: ``count`` with the bounds of definition, ``by_seat``.

    ``by_seat`` are those whose city the authors supplied from the known seat of the firm.
    """
    return filed_models.by_city(LAST_DAY).loc[list(cities)].sort_values(
        "count", key=lambda column: column.map(lambda q: -q.low)
    )


def supplied_seats() -> Quantity:
    """Of the models whose city is known, outside the municipalities: the part, in percent, whose
    city the authors supplied."""
    table = filed_models.by_city(LAST_DAY)
    cities = table[[book.province(place) != place for place in table.index]]
    known = reduce(add, cities["count"])
    known = replace(known, high=known.low)  # the upper end counts models of no known city
    return reduce(add, cities["by_seat"]).ratio(known).to("%")


def city_marks() -> list[Mark]:
    """The same as bars, the longest first."""
    return [Mark(book.name(q.place), q.place, q) for q in filed_by_city()["count"]]


# -------------------------------------------------------------------------------- notable models


def notable(places: Sequence[str] = HEADS) -> pd.DataFrame:
    """Notable models by year of publication (rows) and city (columns), and all ``since-2023``."""
    table = pd.DataFrame(
        {p: [ai_models.notable(p, year) for year in YEARS] for p in places}, index=list(YEARS)
    )
    total = {p: uniform_counts.COUNT["notable"].value(p)[0] for p in places}
    return pd.concat([table, pd.DataFrame(total, index=["since-2023"])])


def notable_marks(places: Sequence[str] = ("beijing", "hangzhou")) -> list[Mark]:
    """Lines of notable models over whole years, and the year that has begun as marks of their own,
    which no line joins; hollow where the list is still being filled."""
    table = notable(places).loc[list(YEARS)]
    return [
        Mark(f"{book.name(p)}, {PART_YEAR}" if q.period == YEARS[-1] else book.name(p), p, q, q.period in UNFINISHED)
        for p in places for q in table[p]
    ]  # fmt: skip


# ------------------------------------------------------------------------- what cities state


def stated(places: Sequence[str] = HEADS) -> pd.DataFrame:
    """The latest sound figure that each city states of itself, of whatever year; rows as STATED."""
    found = {
        label: {p: q and _briefly(shown(q, unit)) for p in places for q in [latest(p, indicator)]}
        for label, indicator, unit, _ in STATED
    }
    return pd.DataFrame(found, index=list(places), dtype=object).T


def _briefly(q: Quantity) -> Quantity:
    """A sum of many digits as the table prints it: 22.5 of 22.501, in prose too."""
    return in_three_digits(q) if q.unit == "1e9 CNY" else q


def latest(place: str, indicator: str) -> Quantity | None:
    """The latest figure of a place that is not of low confidence; None without one."""
    sound = [q for q in book.readings(place, indicator) if q.confidence != "low"]
    return max(sound, key=lambda q: q.period, default=None)


def printed_stated() -> Table:
    """The same as a reader sees it: only what was found, each with its year."""
    table = stated()
    rows = [
        {"What": words, "City": book.name(p), "Figure": q, "As of": q.period}
        for label, _, _, words in STATED for p, q in table.loc[label].dropna().items()
    ]  # fmt: skip
    return Table(pd.DataFrame(rows), "What the head cities state of themselves, latest figure")


def ranks_by_firms() -> pd.Series:
    """Shenzhen's place by number of AI firms in the white paper of 2025 and in the registry of 2022."""
    (paper,) = book.rows("evidence", claim="C27", part="rank")
    (registry,) = (r for r in book.rows("rankings", ranking="qixinbao_2023", place="shenzhen") if r["measure"] == "ai_firms")
    return pd.Series({"paper": int(paper["value"]), "registry": int(registry["rank"])})


def sizes() -> pd.DataFrame:
    """Sizes of AI industries that can be followed, in billions of yuan: place and word, by year."""
    rows = {(p, word): whole_years(p, indicator) for p, indicator, word in SERIES}
    return pd.DataFrame(rows).T.sort_index(axis="columns")


def expected_core() -> Quantity:
    """What Beijing's industry of 2025 was expected to pass, in billions of yuan; the commentary says
    core."""
    found = book.readings("beijing", "ai_industry_scale", "2025")
    first = next(q for q in found if q.forecast and q.confidence != "low")
    core = book.observe("beijing", "ai_core_scale", "2025").scope
    return in_three_digits(billions(first)).across(core, because="the commentary says core")


def whole_years(place: str, indicator: str) -> dict[str, Quantity]:
    """Whole years of one series, each all that its sound sources allow; no forecasts."""
    years = {
        q.period for q in book.readings(place, indicator)
        if len(q.period) == 4 and q.confidence != "low" and not q.forecast
    }  # fmt: skip
    return {
        year: replace(billions(book.spread(place, indicator, year)), period=year)
        for year in sorted(years)
    }


def growth() -> pd.Series:
    """Growth a year of each series from the first to the last of its :func:`whole_years`, in percent."""
    ends = {(p, indicator, word): list(whole_years(p, indicator)) for p, indicator, word in SERIES}
    return pd.Series({
        (p, word): series_breaks.growth(p, indicator, years[0], years[-1])
        for (p, indicator, word), years in ends.items()
    })  # fmt: skip


def size_marks() -> list[Mark]:
    """The sizes as lines, one a definition, so that a change of definition leaves a gap."""
    table = sizes()
    return [
        Mark(f"{book.name(p)}, {word.replace('-', ' ')}", p, q)
        for p, word in table.index for q in table.loc[(p, word)].dropna()
    ]  # fmt: skip
