"""Public money for AI: funds that governments announced, city by city and for the nation.

Announced money is not money spent; what a fund has paid out is published for none of them.  Rows
of a fund for AI alone and of one for several fields are told apart.

Out of scope: what guidance funds placed in firms (one national figure exists, second-hand).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from citygap.charts import Mark
from citygap.quantity import Quantity
from citygap.tables import book

FIELDS = "AI is one of several fields of the fund; the part that goes to AI is not stated"
AIM = "announced as an aim; what was raised was not found"
FUND = "public_ai_fund_size"
STOCK_AND_FLOW = "a fund's size, to be invested over years, set beside one year's money"


@dataclass(frozen=True)
class Fund:
    """One fund or group of funds: ``row`` names it, ``mixed`` says that AI is one of its fields.

    ``aim`` says that its size is announced and not registered.
    """

    row: str
    place: str
    size: Callable[[], Quantity]
    mixed: bool = False
    aim: bool = True

    def mark(self) -> Mark:
        """The size with its caveats; hollow unless it is registered and for AI alone."""
        q = self.size()
        if self.mixed:
            q = q.noting(FIELDS)
        if self.aim:
            q = q.noting(AIM)
        return Mark(self.row, self.place, q.to("1e9 CNY"), self.mixed or self.aim)


def aimed(place: str, name: str, period: str) -> Callable[[], Quantity]:
    """A reader of an announced size."""
    return lambda: book.target(place, name, period)


def known(place: str, indicator: str, period: str) -> Callable[[], Quantity]:
    """A reader of an observed size."""
    return lambda: book.observe(place, indicator, period)


HANGZHOU = Fund("Hangzhou, AI funds, 2025", "hangzhou",
                aimed("hangzhou", "Industry funds directed to AI", "2025"))  # fmt: skip
NATION = Fund("China, AI fund, 2025", "china", known("china", FUND, "2025-01"), aim=False)
FOR_AI = (
    HANGZHOU,
    Fund("Tianjin, AI fund, 2018", "tianjin", aimed("tianjin", FUND, "2018-05-16")),
    Fund("Suzhou, AI funds, 2025", "suzhou",
         aimed("suzhou", "Group of AI funds", "2025/2026")),
    Fund("Shanghai, AI fund, 2024", "shanghai", known("shanghai", FUND, "2024-07-26"), aim=False),
    Fund("Beijing, AI fund, 2024", "beijing", aimed("beijing", FUND, "2023/2024")),
    Fund("Shenzhen, AI, robots, 2025", "shenzhen", aimed("shenzhen", FUND, "2025-03")),
    NATION,
)  # fmt: skip
MIXED = (
    Fund("Chongqing, industry fund, 2023", "chongqing",
         known("chongqing", "public_industry_fund_size", "2023-05-19"), mixed=True),
    Fund("its subscribed first stage", "chongqing",
         known("chongqing", "public_industry_fund_first_stage", "2023-05-19"), mixed=True,
         aim=False),
    Fund("Chengdu-Chongqing fund, 2020", "chengdu_chongqing",
         known("chengdu_chongqing", "public_industry_fund_size", "2020-09"), mixed=True),
    Fund("Yangtze Delta, state fund", "yangtze_delta",
         known("yangtze_delta", "vc_guidance_regional_fund_size", "2025-12-22"), mixed=True,
         aim=False),
    Fund("Greater Bay Area, state fund", "greater_bay_area",
         known("greater_bay_area", "vc_guidance_regional_fund_size", "2025-12-22"), mixed=True,
         aim=False),
    Fund("Beijing-Tianjin-Hebei, state fund", "jing_jin_ji",
         known("jing_jin_ji", "vc_guidance_regional_fund_size", "2025-12-22"), mixed=True,
         aim=False),
)  # fmt: skip


def marks() -> list[Mark]:
    """Funds for AI alone and then those with AI among their fields, in billion yuan."""
    return [fund.mark() for fund in (*FOR_AI, *MIXED)]


def over_a_year(fund: Fund, year: Quantity) -> Quantity:
    """A fund's size as a multiple of one year's AI venture money in China."""
    return fund.size().ratio(year, because=STOCK_AND_FLOW)


def state_regions() -> Quantity:
    """The three regional funds of the national venture guidance fund together."""
    parts = [fund.size() for fund in MIXED if "state fund" in fund.row]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total
