"""The four moves of Chongqing's plan: what is aimed at and what was last seen.

Each tracker puts observations of one indicator side by side; where the scopes differ the marks
are hollow and their caveat says so.

Out of scope: the growth that an aim needs (``plans``) and what compute costs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from citygap import base_rates, gap, plans
from citygap.charts import Mark, year_of
from citygap.describe import Table
from citygap.page import billions
from citygap.plans import FACTORY_PATHS
from citygap.quantity import Quantity
from citygap.tables import NoObservation, book
from citygap.yardsticks import at_most

#: Computing capacity, largest unit first: row, place, indicator, period, hollow.  Hollow rows are
#: not the intelligent computing capacity of a whole place.
COMPUTE = (
    ("China", "china", "compute_intelligent", "2025-06-30", False),
    ("Shanghai", "shanghai", "compute_intelligent", "2026-01", False),
    ("Guizhou, built and building", "guizhou", "compute_built_and_building", "2025", True),
    ("Qingyang (Gansu), total", "qingyang", "compute_total", "2024", True),
    ("Anhui", "anhui", "compute_intelligent", "2025-06-30", False),
    ("Nanjing", "nanjing", "compute_intelligent", "2026-01-04", False),
    ("Shenzhen", "shenzhen", "compute_intelligent", "2024-12", False),
    ("Xinjiang, named centres", "xinjiang", "compute_named_centres", "2025-10", True),
    ("Chengdu, nine centres, total", "chengdu", "compute_total", "2024-11", True),
    ("Chongqing, total, 2023", "chongqing", "compute_total", "2023", True),
    ("Yiwu county (Hami), one centre", "yiwu_county", "compute_one_centre", "2025-01", True),
)
#: First and last year of China's AI core industry, and the two counts of workshops and factories.
NATION = ("2022", "2025")
COUNTED = ("2021-07", "2023-05")
CENSUS_BREAK = "the ratio of 2024 stands on the fifth economic census, earlier ones on the fourth"
OTHER_SCOPE = "another scope than intelligent computing capacity of a whole place"


#: Series of the manufacturing pillar with two observations: indicator, first, last, years between.
SEEN = (
    ("digital_workshops", "2021-07", "2023", 2.5),
    ("smart_factories", "2021-07", "2023", 2.5),
    ("digital_core_value_added", "2022", "2024", 2.0),
)
NAMES = {
    "digital_workshops": "Digital workshops",
    "smart_factories": "Smart factories",
    "software_info_services_revenue": "Software revenue",
    "electronics_manufacturing_revenue": "Electronics revenue",
    "digital_core_value_added": "Digital core industry",
}


def needed_growth() -> dict[str, Quantity]:
    """Growth a year that each counted aim needs, by indicator, in percent."""
    return {path.indicator: path.growth for path in FACTORY_PATHS}


def past_growth() -> dict[str, Quantity]:
    """Growth a year between the last two observations of a series, by indicator, in percent.

    The first count of workshops and factories is of July, the last of a year's end: two and a
    half years.
    """
    return {series[0]: _seen(*series) for series in SEEN}


def _seen(indicator: str, first: str, last: str, years: float) -> Quantity:
    ends = (book.observe("chongqing", indicator, period) for period in (first, last))
    return gap.growth(*ends, years).to("%")


def counted_growth(indicator: str) -> tuple[Quantity, Quantity]:
    """Growth a year needed and seen, in percent, from counts alone, without the city's forecast.

    The counts are of July 2021 and of May 2023; the aim is for the end of 2027.
    """
    first, last = (book.observe("chongqing", indicator, period) for period in COUNTED)
    aim = book.target("chongqing", indicator, "2027")
    begin, now = (year_of(period) for period in COUNTED)
    needed = gap.required_growth(last, aim, int(aim.period) + 1 - now)
    return needed.to("%"), gap.growth(first, last, now - begin).to("%")


def latest_growth(indicator: str) -> tuple[Quantity, Quantity]:
    """Growth needed and seen up to the last figure there is: the forecast of 2023, or the counts."""
    try:
        path = next(path for path in FACTORY_PATHS if path.indicator == indicator)
        return path.growth, _seen(*next(series for series in SEEN if series[0] == indicator))
    except NoObservation:
        return counted_growth(indicator)


def national_growth() -> Quantity:
    """Growth a year of China's AI core industry over the years that are published, in percent."""
    first, last = NATION
    start, end = (book.observe("china", "ai_core_scale", year) for year in NATION)
    return gap.growth(start, end, int(last) - int(first)).to("%")


def growth_marks() -> list[Mark]:
    """Growth needed (hollow) and seen (filled): the AI industry, then what the city counts."""
    own = plans.path_of("chongqing")
    marks = base_rates.marks("AI: other places",
                          base_rates.observed(base_rates.AI_SCALE, without=("china", "chongqing")))
    marks += [
        Mark("AI: other plans", path.place, path.growth, True)
        for path in plans.AI_PATHS if path.place != "chongqing"
    ]  # fmt: skip
    marks.append(Mark("AI: China", "china", national_growth()))
    marks.append(Mark("AI: Chongqing's plan", "chongqing", own.growth, True))
    needed, seen = needed_growth(), past_growth()
    for indicator in ("digital_workshops", "smart_factories"):
        pairs = {"with forecast": (needed[indicator], seen[indicator]),
                 "counts only": counted_growth(indicator)}  # fmt: skip
        for words, (aim, past) in pairs.items():
            row = f"{NAMES[indicator]},\n{words}"
            marks += [Mark(row, "chongqing", past), Mark(row, "chongqing", aim, True)]
    core = "digital_core_value_added"
    marks += [Mark(NAMES[core], "chongqing", seen[core]),
              Mark(NAMES[core], "chongqing", needed[core], True)]  # fmt: skip
    return marks


def compute_marks() -> list[Mark]:
    """Known computing capacities, one row each, in PFLOPS."""
    marks = []
    for row, place, indicator, period, other in COMPUTE:
        q = book.observe(place, indicator, period).to("PFLOPS")
        if other:
            q = q.noting(OTHER_SCOPE)
        marks.append(Mark(row, place, q, other))
    return marks


def multiples_of_first(
    place: str, indicator: str, row: str, since: str, colour_of: str | None = None
) -> list[Mark]:
    """A yearly series as multiples of its value in ``since``, one mark a year."""
    base = book.observe(place, indicator, since)
    return [
        Mark(row, colour_of or place, at_own_year(q.ratio(base), q))
        for q in book.series(place, indicator, years=True)
        if year_of(q.period) >= year_of(since)
    ]


def at_own_year(ratio: Quantity, q: Quantity) -> Quantity:
    """A ratio to a base year, dated by its own year only, for an axis of time."""
    return replace(ratio, period=q.period)


def intensity(place: str, year: str) -> Quantity:
    """Research and development over gross domestic product of one year, in percent.

    The published ratio where there is one, else computed from the two levels; a forecast of the
    ratio is none.
    """
    published = [
        q for q in book.readings(place, "rd_intensity", year)
        if q.confidence != "low" and not q.forecast
    ]  # fmt: skip
    if published:
        return published[0]
    spending = book.observe(place, "rd_expenditure", year)
    gdp = "gdp" if int(year) < 2024 else "gdp_census5"
    output = book.observe(place, gdp, year)
    return replace(
        gap.share(spending, output, because="spending over output").to("%"),
        period=year, place=place,
    )


def intensity_lines(places: Sequence[str], years: Sequence[str]) -> list[Mark]:
    """Research intensity by year, one line a place; years without both figures are left out."""
    marks = []
    for place in places:
        for year in years:
            try:
                marks.append(Mark(book.name(place), place, intensity(place, year)))
            except LookupError:
                continue
    return marks


def points(end: Quantity, start: Quantity) -> str:
    """Difference of two percentages in percentage points, as text."""
    return end.minus(start, because=CENSUS_BREAK).text().replace("%", "")


#: Series whose part of a year is set against whole years of Chongqing, as a floor.
ASEAN_TRADE = (("China, nine months", "china", "2025-01/2025-09"),
               ("Zhejiang, ten months", "zhejiang", "2025-01/2025-10"))  # fmt: skip
PART_OF_YEAR = "months of a year are a floor of it"


def asean_floor(place: str, period: str) -> Quantity:
    """A place's trade with ASEAN over part of a year, as a floor of the year."""
    q = book.observe(place, "trade_with_asean", period)
    return replace(q, high=math.inf, published="", period=period[:4]).noting(PART_OF_YEAR)


def asean_share() -> Quantity:
    """Chongqing's share of China's trade with ASEAN in 2025, an upper limit, in percent."""
    own = book.observe("chongqing", "trade_with_asean", "2025")
    whole = asean_floor("china", ASEAN_TRADE[0][2]).to(own.unit)
    return at_most(own.ratio(whole).to("%"))


def intensity_changes() -> list[base_rates.Growth]:
    """Changes a year of research over output outside Chongqing, in percentage points."""
    return base_rates.changes(["rd_intensity"], without=("chongqing",))


def needed_points() -> Quantity:
    """What research over output has to gain from 2024 to the aim of 2025, in percentage points."""
    aim = book.target("chongqing", "rd_intensity", "2025")
    return aim.minus(intensity("chongqing", "2024"), because=CENSUS_BREAK)


def compared(fast: tuple[int, int], of: int) -> str:
    """ "4 to 7 of 12" growths, in words of the table."""
    ends = f"{fast[0]}" if fast[0] == fast[1] else f"{fast[0]} to {fast[1]}"
    return f"{ends} of {of}"


def tracker() -> Table:
    """The four moves: aim, last observation, growth needed, seen, and how common such growth is."""
    rows = []
    own, seen = plans.path_of("chongqing"), base_rates.observed(base_rates.AI_SCALE, ("china",))
    fast = base_rates.at_least_as_fast(own.growth, seen)
    rows.append((
        "AI core industry, billion yuan", f"{billions(own.end)} by {own.until}",
        f"{billions(own.start)} ({own.since})", f"{own.growth}", "one observation",
        compared(fast, len(seen)),
    ))
    for indicator in ("digital_workshops", "smart_factories"):
        aim = book.target("chongqing", indicator, "2027")
        last = book.observe("chongqing", indicator, COUNTED[1])
        need, past = counted_growth(indicator)
        rows.append((f"Clusters: {NAMES[indicator].lower()}", f"{aim} by 2027",
                     f"{last} (May 2023)", f"{need}", f"{past}", "no other series"))
    centres = book.observe("xinjiang", "compute_named_centres", "2025-10").to("EFLOPS")
    rows.append(("Xinjiang compute", "not seen", f"{centres} EFLOPS in named centres (2025)",
                 "not known", "one observation", "-"))
    trade = [book.observe("chongqing", "trade_with_asean", year) for year in ("2019", "2025")]
    rows.append(("ASEAN: trade, billion yuan", "not seen", f"{billions(trade[1])} (2025)",
                 "not known", f"{gap.growth(*trade, 6).to('%')}", "-"))
    rates = [intensity("chongqing", year) for year in ("2022", "2024")]
    aim = book.target("chongqing", "rd_intensity", "2025")
    others = intensity_changes()
    rows.append(("Science: research over output", f"{aim} by 2025", f"{rates[1]} (2024)",
                 f"{points(aim, rates[1])} points",
                 f"{points(rates[1], rates[0])} points in two years",
                 compared(base_rates.at_least_as_fast(needed_points(), others), len(others))))
    head = ["Move", "Aim", "Last seen", "Growth a year needed", "Growth a year seen",
            "As fast elsewhere"]
    return Table(pd.DataFrame(rows, columns=head), "The four moves, as far as they are counted")
