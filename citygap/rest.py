"""AI against the rest: the share of the five largest places in AI and in all industries.

The five largest are shares of one list each, so a share says how that list is spread; dates and
places differ from list to list, and every pair keeps the reason why it is shown.

Out of scope: the ladder inside AI (``ladder``).
"""

from __future__ import annotations

from collections.abc import Sequence

from citygap import concentration
from citygap.capital import DEALS, MONEY, summary
from citygap.charts import Mark
from citygap.ladder import UNICORNS, cities, four_bounds
from citygap.quantity import RATIO, Quantity
from citygap.tables import book
from citygap.yardsticks import DEAL_YEARS

FIVE = 5
OTHER_LISTS = "lists of other houses, dates and kinds of place"
US_SHARE = "us_vc_share_citylab"


def five_of(values) -> float:
    """Share of the five largest places (CR5), 0 to 1."""
    return concentration.concentration_ratio(values, FIVE)


def five(name: str, column: str, periods: Sequence[str], **where: str) -> Quantity:
    """Share of the five largest places of a complete list, in percent."""
    return summary(book.distribution(name, column, periods, **where), five_of).to("%")


def ai_deals() -> Quantity:
    """AI deals of the list of 2018, all years."""
    return five(*DEALS, DEAL_YEARS)


def ai_money(year: str = "2017") -> Quantity:
    """Estimated AI money of the list of 2018 in one year."""
    return five(*MONEY, [year])


def ai_firms() -> Quantity:
    """AI firms of a database in 2021, of which the largest cities are published."""
    nation = book.observe("china", "ai_firms_itjuzi", "2021-03")
    shares = [
        book.observe(place, "ai_firms_itjuzi", "2021-03").ratio(nation)
        for place in book.places_with("ai_firms_itjuzi", "2021-03")
        if place in cities()
    ]
    return four_bounds(shares, FIVE).to("%")


def unicorns(kind: str) -> Quantity:
    """Unicorns of March 2022, ``all`` or ``ai``."""
    return five(UNICORNS, "companies", ["2022-03"], list=kind)


def all_deals() -> Quantity:
    """Venture deals of all industries in China, first half of 2025, as published."""
    return book.observe("vc_top5_cities", "vc_all_deals_share_jiamian", "2025H1")


def us_money() -> Quantity:
    """Venture money of all industries in the United States in 2017, as published."""
    return book.observe("us_vc_top5_metros", US_SHARE, "2017")


def us_index() -> Quantity:
    """Herfindahl index of venture money over American metros in 2017: a sharp range."""
    kinds = book.table("places").set_index("place")["kind"]
    found = [
        book.observe(place, US_SHARE, "2017").to(RATIO)
        for place in book.places_with(US_SHARE, "2017")
        if kinds[place] == "metro" and place != "sf_bay_area"
    ]
    return concentration.hhi_bounds(found)


def china_index(year: str = "2017") -> Quantity:
    """Herfindahl index of the list's estimated AI money over Chinese cities in one year."""
    return summary(book.distribution(*MONEY, [year]), concentration.hhi)


def more(ai: Quantity, rest: Quantity) -> Quantity:
    """How many times as large one share is as the other, on lists that differ."""
    return ai.ratio(rest, because=OTHER_LISTS)


def marks() -> list[Mark]:
    """Share of the five largest; hollow: all industries."""
    region = book.observe("zero2ipo_top5", "vc_deals_share_zero2ipo", "2024")
    return [
        Mark("AI deals, 2013-18", "china", ai_deals()),
        Mark("AI cases, 2024, regions", "china", region),
        Mark("All venture deals, 2025", "china", all_deals(), True),
        Mark("All unicorns, 2022", "china", unicorns("all"), True),
        Mark("AI unicorns, 2022", "china", unicorns("ai")),
        Mark("AI money, 2017*", "china", ai_money()),
        Mark("All venture money,\nUnited States, 2017", "us", us_money(), True),
    ]
