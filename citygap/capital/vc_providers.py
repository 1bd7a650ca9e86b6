"""What a year of AI venture money in China is, by who counts it, with which tag, and when.

Every house has a definition of its own, so totals are set side by side and never added.  Yuan are
turned into dollars at the span of the monthly rates that were found for the year, and a total in
dollars of another year keeps that as a caveat.

Out of scope: who got the money (``distributions``) and whether a house is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citygap.data.tables import Tables, book
from citygap.measures import gap
from citygap.quantity.quantity import Quantity, hull, merged
from citygap.quantity.three_valued import Answer

SAME_YEAR = "houses count one year with different tags"
RATE_MONTHS = ("2024-10", "2024-11", "2024-12")
AT_RATE = "yuan turned into dollars at the monthly rates of the last quarter of 2024"
OLD_DOLLARS = "in dollars of 2021, set beside dollars of the year"
PROVISIONAL = "the total was drawn up before the year was over"
FROM_PARTS = "worked out from three regions and their share of the nation"
BILLION_DOLLARS = "1e9 USD"


def in_dollars(q: Quantity) -> Quantity:
    """A sum of yuan of 2024 in billion dollars."""
    rate = hull(*(book.observe("china", "exchange_rate_usd", month) for month in RATE_MONTHS))
    found = gap.monotone(
        lambda yuan, per_dollar: yuan / per_dollar, [q.to("1e9 CNY")], [rate],
        unit=BILLION_DOLLARS, scope=q.scope, made_by="vc_providers.in_dollars",
    )  # fmt: skip
    return replace(found, period=q.period, place=q.place).noting(AT_RATE)


def oecd() -> Quantity:
    """The OECD's total of 2024, as a press piece reports it."""
    q = replace(book.observe("china", "vc_amount_oecd", "2024"), published="")
    return q.noting(PROVISIONAL) if standing(q) else q


def standing(q: Quantity) -> str:
    """What kind of total a row is, by the row itself: "a projection", "provisional" or nothing.

    A forecast is a projection; a total drawn up before its year was over is provisional.
    """
    if q.forecast:
        return "a projection"
    drawn_up = book.as_of(q.rows[0])
    return "provisional" if drawn_up and drawn_up[: len("2024-12")] <= f"{q.period}-12" else ""


#: The commentary's ten months of 2025, and the count and sum of the tag that comes near them.
TEN_MONTHS = ("2025-01", "2025-10")
NARROW = ("vc_companies_itjuzi_narrow", "vc_amount_itjuzi_narrow")


def within_months(
    indicator: str, first: str, last: str, tables: Tables = book
) -> tuple[list[Quantity], Answer]:
    """Sound totals of the nation from a month on, and whether one was counted to the end of another.

    A row may print months that its own date shows to be not yet over.  Without any total the
    answer is that it cannot be told.
    """
    found = [
        q for q in tables.readings("china", indicator)
        if q.confidence != "low" and q.period.startswith(f"{first}/{last[:4]}")
    ]
    reached = [q for q in found if tables.as_of(q.rows[0])[: len(last)] >= last]
    return found, Answer.of(bool(reached), bool(found) and not reached)


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


#: Totals of 2024 by house, each read when it is asked for, so that one may be missing.
HOUSES_OF_2024 = {
    "OECD.AI": oecd,
    "IT Juzi, told in 2026": lambda: in_dollars(it_juzi("2026")),
    "IT Juzi, told in 2025": lambda: in_dollars(it_juzi("2025")),
    "CSET, dollars of 2021": cset,
    "Zero2IPO": lambda: in_dollars(zero2ipo()),
    "CCID, from three regions": lambda: in_dollars(ccid()),
    "AI Index": ai_index,
}


def ratio(larger: Quantity, smaller: Quantity) -> Quantity:
    """One house's total over another's of the same year, scopes mixed on purpose."""
    return larger.ratio(smaller, because=SAME_YEAR)


def widest(totals: Sequence[Quantity]) -> Quantity:
    """The largest of several totals over the smallest; it rests on all, for each could be either.

    ``totals`` are of one year, in any order.
    """
    ordered = sorted(totals, key=lambda q: q.middle)
    found = ratio(ordered[-1], ordered[0])
    return merged(found.bounds, found.unit, *totals, made_by="vc_providers.widest").noting(found.caveat)
