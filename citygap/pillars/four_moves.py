"""The four moves of Chongqing's plan: growth, shares and ratios of what is counted of them.

Out of scope: the tables of the chapter (``tables``) and what compute costs (``compute_cost``).
"""

from __future__ import annotations

import math
from dataclasses import replace

from citygap.charts import year_of
from citygap.comparison.comparable_counts import at_most
from citygap.comparison.target_paths import FACTORY_PATHS, path_of
from citygap.data.tables import NoObservation, book
from citygap.measures import gap
from citygap.quantity.quantity import Quantity

CALLED_CORE = "the institute that states the growth calls the same level core and industry"
#: Days of the two counts of workshops; the end of 2023 came two and a half years after the first.
#: The second number was printed again in May 2023, so growth is dated by when it was first reached.
COUNTED, FORECAST, YEARS = ("2021-07", "2022-08"), "2023", 2.5
#: The national communique on research spending of each year: its source.
COMMUNIQUES = {
    "2020": "nbs-2021", "2021": "nbs-2022", "2022": "nbs-2023", "2023": "nbs-2024c",
}  # fmt: skip
WORKSHOPS = "digital_workshops"
PART_OF_YEAR = "months of a year are a floor of it"


def national_growth() -> Quantity:
    """Growth of China's AI industry in 2024, as the institute behind the level states it, in percent.

    The levels of 2024 and 2025 have two publishers, so that no growth is taken between them.
    """
    scope = book.observe("china", "ai_core_scale", "2024").scope
    return book.observe("china", "ai_industry_growth", "2024").across(scope, because=CALLED_CORE)


def counted_growth() -> tuple[Quantity, Quantity]:
    """Growth a year that the workshop aim needs and that was seen, in percent, from counts alone.

    The counts are of July 2021 and of August 2022; the aim is for the end of 2027.
    """
    first, last = (book.observe("chongqing", WORKSHOPS, period) for period in COUNTED)
    aim = book.target("chongqing", WORKSHOPS, "2027")
    begin, now = (year_of(period) for period in COUNTED)
    needed = gap.required_growth(last, aim, int(aim.period) + 1 - now)
    return needed.to("%"), gap.growth(first, last, now - begin).to("%")


def forecast_growth() -> tuple[Quantity, Quantity]:
    """The same two growths from and to the end of 2023, as the city forecast it that December and
    reported what was added in January."""
    needed = next(path.growth for path in FACTORY_PATHS if path.indicator == WORKSHOPS)
    ends = (book.observe("chongqing", WORKSHOPS, period) for period in (COUNTED[0], FORECAST))
    return needed, gap.growth(*ends, YEARS).to("%")


def latest_growth() -> tuple[Quantity, Quantity]:
    """Growth needed and seen up to the last figure there is: the forecast of 2023, or the counts."""
    try:
        return forecast_growth()
    except NoObservation:
        return counted_growth()


def aim_growth() -> Quantity:
    """Growth a year that Chongqing's aim for its core AI industry needs, in percent."""
    return path_of("chongqing").growth


def intensity(place: str, year: str) -> Quantity:
    """Research and development over gross domestic product as the communique on a year states it.

    In percent, on the preliminary product of the year, so that places are compared on one release;
    later revisions and other publishers do not speak.  Raises NoObservation if it has no row.
    """
    for q in book.readings(place, "rd_intensity", year):
        if any(row.endswith(f"/{COMMUNIQUES[year]}") for row in q.rows):
            return q
    raise NoObservation(f"no rd_intensity of {place} in the communique on {year}")


def asean_share() -> Quantity:
    """Chongqing's share of China's trade with ASEAN in 2025, an upper limit, in percent.

    Nine months of China's trade are a floor of its year.
    """
    own = book.observe("chongqing", "trade_with_asean", "2025")
    months = book.observe("china", "trade_with_asean", "2025-01/2025-09")
    whole = replace(months, high=math.inf, published="", period="2025").noting(PART_OF_YEAR)
    return at_most(own.ratio(whole.to(own.unit)).to("%"))


def trade_growth(indicator: str) -> Quantity:
    """Growth of a kind of Chongqing's trade from 2019 to 2025, in percent of 2019."""
    first, last = (book.observe("chongqing", indicator, year) for year in ("2019", "2025"))
    return (last / first - 1).to("%")
