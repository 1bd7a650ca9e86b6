"""The four moves of Chongqing's plan: what is aimed at and what was last seen.

Each tracker puts observations of one indicator side by side; where the scopes differ the marks
are hollow and their caveat says so.

Out of scope: the growth that an aim needs (``plans``) and what compute costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from citygap import gap
from citygap.charts import Mark, year_of
from citygap.describe import Table
from citygap.page import billions
from citygap.plans import FACTORY_PATHS
from citygap.quantity import Quantity
from citygap.tables import book

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
    ("Yiwu county (Hami), one centre", "yiwu_county", "compute_one_centre", "2025-01", True),
)
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
    "digital_core_value_added": "Digital core value added",
}


def needed_growth() -> dict[str, Quantity]:
    """Growth a year that each counted aim needs, by indicator, in percent."""
    return {path.indicator: path.growth for path in FACTORY_PATHS}


def past_growth() -> dict[str, Quantity]:
    """Growth a year between the last two observations of a series, by indicator, in percent.

    The first count of workshops and factories is of July, the last of a year's end: two and a
    half years.
    """
    return {
        indicator: gap.growth(
            book.observe("chongqing", indicator, first), book.observe("chongqing", indicator, last),
            years,
        ).to("%")
        for indicator, first, last, years in SEEN
    }


def growth_marks() -> list[Mark]:
    """Growth needed (hollow) and growth seen, one row each, the two of a series together."""
    seen = past_growth()
    marks = []
    for indicator, needed in needed_growth().items():
        marks.append(Mark(f"{NAMES[indicator]}: needed", "chongqing", needed, True))
        if indicator in seen:
            marks.append(Mark(f"{NAMES[indicator]}: seen", "chongqing", seen[indicator]))
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


def tracker() -> Table:
    """The four moves: aim, last observation, growth needed and growth seen, as a table."""
    needed, seen = needed_growth(), past_growth()
    rows = []
    for path in FACTORY_PATHS[:2]:
        rows.append((
            f"Clusters: {NAMES[path.indicator].lower()}", f"{path.end} by {path.until}",
            f"{path.start} ({path.since})", f"{needed[path.indicator]}", f"{seen[path.indicator]}",
        ))
    centres = book.observe("xinjiang", "compute_named_centres", "2025-10").to("EFLOPS")
    trade = [book.observe("chongqing", "trade_with_asean", year) for year in ("2019", "2025")]
    rows.append(("Xinjiang compute", "not seen", f"{centres} EFLOPS in named centres (2025)",
                 "not known", "one observation"))
    rows.append(("ASEAN: trade, billion yuan", "not seen",
                 f"{billions(trade[1])} (2025)", "not known",
                 f"{gap.growth(*trade, 6).to('%')}"))
    rates = [intensity("chongqing", year) for year in ("2022", "2024")]
    aim = book.target("chongqing", "rd_intensity", "2025")
    rows.append(("Science: research intensity", f"{aim} by 2025", f"{rates[1]} (2024)",
                 f"{points(aim, rates[1])} points in one year",
                 f"{points(rates[1], rates[0])} points in two years"))
    head = ["Move", "Aim", "Last seen", "Growth a year needed", "Growth a year seen"]
    return Table(pd.DataFrame(rows, columns=head), "The four moves, as far as they are counted")
