"""Public money for AI: funds that governments announced, city by city and for the nation.

Announced money is not money spent; what a fund has paid out is published for none of them.  Funds
for AI alone and funds for several fields are told apart.

Out of scope: what guidance funds placed in firms (one national figure exists, second-hand).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add

from citygap.data.tables import book
from citygap.quantity.quantity import Quantity

FIELDS = "AI is one of several fields of the fund; the part that goes to AI is not stated"
AIM = "announced as an aim; what was raised was not found"
FUND, INDUSTRY = "public_ai_fund_size", "public_industry_fund_size"
STOCK_AND_FLOW = "a fund's size, to be invested over years, set beside one year's money"
#: The regions of the three funds of the state's venture guidance fund.
STATE_REGIONS = ("yangtze_delta", "greater_bay_area", "jing_jin_ji")


@dataclass(frozen=True)
class Fund:
    """One fund or group of funds of a place; ``name``, ``period`` and ``table`` find its row.

    ``announced`` says that the size is an aim and not registered, ``mixed`` that AI is one of
    several fields.
    """

    place: str
    name: str
    period: str
    table: str = "targets"
    announced: bool = True
    mixed: bool = False

    def size(self) -> Quantity:
        """The size in billion yuan with its caveats.  Raises NoObservation."""
        read = book.target if self.table == "targets" else book.observe
        q = read(self.place, self.name, self.period).to("1e9 CNY")
        q = q.noting(FIELDS) if self.mixed else q
        return q.noting(AIM) if self.announced else q


HANGZHOU = Fund("hangzhou", "Industry funds directed to AI", "2025")
NATION = Fund("china", FUND, "2025-01", "observations", announced=False)
FOR_AI = (
    HANGZHOU,
    Fund("tianjin", FUND, "2018-05-16"),
    Fund("suzhou", "Group of AI funds", "2025/2026"),
    Fund("shanghai", FUND, "2024-07-26", "observations", announced=False),
    Fund("guangzhou", FUND, "2026-04-14", "observations"),
    Fund("beijing", FUND, "2023/2024"),
    Fund("shenzhen", FUND, "2025-03"),
)
MIXED = (
    Fund("chongqing", INDUSTRY, "2023-05-19", "observations", mixed=True),
    Fund("chengdu", INDUSTRY, "2025-07-24", "observations", mixed=True),
)


def over_a_year(fund: Fund, year: Quantity) -> Quantity:
    """A fund's size as a multiple of one year's AI venture money in China."""
    return fund.size().ratio(year, because=STOCK_AND_FLOW)


def state_regions() -> Quantity:
    """The three regional funds of the national venture guidance fund together."""
    name = "vc_guidance_regional_fund_size"
    return reduce(add, (book.observe(region, name, "2025-12-22") for region in STATE_REGIONS))
