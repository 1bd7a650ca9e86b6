"""What a year of AI venture money in China is, by who counts it, with which tag, and when.

Every house has a definition of its own, so totals are set side by side and never added.  Yuan are
turned into dollars at the span of the monthly rates that were found for the year, and a total in
dollars of another year keeps that as a caveat.

Out of scope: who got the money (``ladder``) and whether a house is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from citygap import gap
from citygap.charts import Mark
from citygap.describe import Table
from citygap.page import billions
from citygap.quantity import Quantity, hull, merged
from citygap.tables import book

SAME_YEAR = "houses count one year with different tags"
RATE_MONTHS = ("2024-10", "2024-11", "2024-12")
AT_RATE = "yuan turned into dollars at the monthly rates of the last quarter of 2024"
OLD_DOLLARS = "in dollars of 2021, set beside dollars of the year"
PROJECTED = "the figure for 2024 may be the press piece's own projection"
FROM_PARTS = "worked out from three regions and their share of the nation"
BILLION_DOLLARS = "1e9 USD"


def in_dollars(q: Quantity) -> Quantity:
    """A sum of yuan of 2024 in billion dollars."""
    rate = hull(*(book.observe("china", "exchange_rate_usd", month) for month in RATE_MONTHS))
    found = gap.monotone(
        lambda yuan, per_dollar: yuan / per_dollar, [q.to("1e9 CNY")], [rate],
        unit=BILLION_DOLLARS, scope=q.scope, made_by="houses.in_dollars",
    )  # fmt: skip
    return replace(found, period=q.period, place=q.place).noting(AT_RATE)


def oecd() -> Quantity:
    """The OECD's total of 2024, as a press piece reports it."""
    return replace(book.observe("china", "vc_amount_oecd", "2024"), published="").noting(PROJECTED)


def it_juzi(told: str) -> Quantity:
    """IT Juzi's total of 2024 as it was told in ``told``, 2025 or 2026."""
    tag = {"2025": "vc_amount_itjuzi_2025", "2026": "vc_amount_itjuzi_wide_2026"}[told]
    return book.observe("china", tag, "2024")


def zero2ipo() -> Quantity:
    """Zero2IPO's total of 2024."""
    return book.spread("china", "vc_amount_zero2ipo", "2024")


def ccid() -> Quantity:
    """The total of 2024 that CCID's three regions and their share of it leave."""
    three = "beijing_shanghai_zhejiang"
    part = book.observe(three, "vc_amount_ccid", "2024")
    share = book.observe(three, "vc_amount_share_ccid", "2024")
    whole = part.ratio(share, because=FROM_PARTS)
    return replace(whole, place="china", scope=part.scope).noting(FROM_PARTS)


def cset() -> Quantity:
    """CSET's total of 2024, in dollars of 2021."""
    q = book.observe("china", "private_ai_investment_cset", "2024")
    return replace(q, unit=BILLION_DOLLARS).noting(OLD_DOLLARS)


def ai_index() -> Quantity:
    """The AI Index's total of 2024."""
    return book.observe("china", "private_ai_investment_aiindex", "2024")


def of_2024() -> list[Mark]:
    """China's AI venture money of 2024 by house in billion dollars, largest first.

    Hollow: a projection, or dollars of another year.
    """
    marks = [
        Mark("OECD.AI, a projection", "china", oecd(), True),
        Mark("IT Juzi, as told in 2026", "china", in_dollars(it_juzi("2026"))),
        Mark("IT Juzi, as told in 2025", "china", in_dollars(it_juzi("2025"))),
        Mark("CSET, dollars of 2021", "china", cset(), True),
        Mark("Zero2IPO", "china", in_dollars(zero2ipo())),
        Mark("CCID, from three regions", "china", in_dollars(ccid())),
        Mark("AI Index", "china", ai_index()),
    ]
    return sorted(marks, key=lambda mark: -mark.middle)


def ratio(larger: Quantity, smaller: Quantity) -> Quantity:
    """One house's total over another's of the same year, scopes mixed on purpose."""
    return larger.ratio(smaller, because=SAME_YEAR)


def widest(totals: Sequence[Quantity]) -> Quantity:
    """The largest of several totals over the smallest; it rests on all, for each could be either.

    ``totals`` are of one year, in any order.
    """
    ordered = sorted(totals, key=lambda q: q.middle)
    found = ratio(ordered[-1], ordered[0])
    return merged(found.bounds, found.unit, *totals, made_by="houses.widest").noting(found.caveat)


#: Rows of the table: house and tag, what it covers, drawn up, firms or rounds (with a word for
#: what is counted), and money.
TOTALS = (
    ("IT Juzi, narrow tag", "to September 2025", "2025",
     ("vc_companies_itjuzi_narrow", "2025-01/2025-09", "firms"),
     ("vc_amount_itjuzi_narrow", "2025-01/2025-09")),
    ("IT Juzi, application tag", "2025", "2025",
     ("vc_companies_itjuzi_application", "2025", "firms"),
     ("vc_amount_itjuzi_application", "2025")),
    ("IT Juzi, wide tag", "2025", "2026",
     ("vc_deals_itjuzi_wide_2026", "2025", "rounds"), ("vc_amount_itjuzi_wide_2026", "2025")),
    ("IT Juzi, wide tag", "2024", "2026", None, ("vc_amount_itjuzi_wide_2026", "2024")),
    ("IT Juzi, tag not stated", "2024", "2025",
     ("vc_deals_itjuzi_2025", "2024", "rounds"), ("vc_amount_itjuzi_2025", "2024")),
    ("Zero2IPO", "2024", "2025",
     ("vc_deals_zero2ipo", "2024", "cases"), ("vc_amount_zero2ipo", "2024")),
)  # fmt: skip


def table() -> Table:
    """Totals in yuan by house, tag, period and vintage."""
    rows = []
    for house, covers, told, counted, money in TOTALS:
        count = "not seen"
        if counted:
            count = f"{book.observe('china', *counted[:2])} {counted[2]}"
        rows.append((house, covers, told, count, billions(book.observe("china", *money)).text()))
    head = ["House and tag", "Covers", "Drawn up", "Counted", "Billion yuan"]
    return Table(pd.DataFrame(rows, columns=head), "AI venture money in China by house and tag")
