"""Rules for the claims of the chapter on capital: C30 to C36, and C50."""

from __future__ import annotations

import numpy as np

from citygap import concentration, gap
from citygap.answers import Answer
from citygap.claims.dates import span
from citygap.claims.items import fact_item, figure_item, plan_item, ranking_item, when, words
from citygap.claims.parts import STANCE, compared, figure, figure_note, note, told, unknown
from citygap.claims.registry import rule
from citygap.claims.verdicts import Item, Part, Role
from citygap.claims.witness import DEAL_YEARS, Witness
from citygap.quantity import Quantity, hull

FOUR = ("beijing", "shanghai", "hangzhou", "shenzhen")
DEALS = ("ai-deals-by-city", "deals")
MONEY = ("ai-deals-by-city", "amount_1e8_cny")
#: From which share of the five largest on money counts as extremely concentrated, in per cent.
EXTREME = 70
#: Length of a period that is a day: a count of a month lies somewhere in it.
A_DAY = len("2025-03-31")
#: Two-sided 95 % quantile of Student's t with four degrees of freedom: six years, two parameters.
T_95 = {6: 2.776}


@rule("C30")
def nvidia(w: Witness) -> list[Part]:
    day = w.claim("C30")["period"]
    readings = w.readings("nvidia", "market_capitalisation", day)
    earlier = [q for q in w.series("nvidia", "market_capitalisation") if q.period < day]
    higher = [q for q in earlier if readings and (q >= readings[0]) is not Answer.NO]
    record = Answer.of(bool(earlier) and not higher, bool(higher))
    return [
        *figure(w, "C30", readings),
        compared(
            w,
            record,
            ("", "it had been valued as high before", "no earlier value is known"),
            higher or earlier[-1:],
        ),
        told(w, "C30", "record", "it was a record"),
    ]


def _ten_months(w: Witness, claim: str, indicator: str) -> list[Part]:
    """The claim's figure by any reading inside its ten months, and what these readings cover."""
    first, last = w.claim(claim)["period"].split("..")
    readings = [
        q for q in w.sound("china", indicator) if q.period.startswith(f"{first}/{last[:4]}")
    ]
    covers = [
        q
        for q in readings
        if span(last).before(span(w.as_of(q.rows[0]) or first)) is Answer.YES
        or w.as_of(q.rows[0])[:7] == last
    ]
    whole = Answer.of(bool(covers), bool(readings) and not covers)
    until = ", ".join(dict.fromkeys(str(span(w.as_of(q.rows[0]))) for q in readings))
    return [
        *figure(w, claim, readings),
        compared(
            w,
            whole,
            ("", f"it was counted up to {until}, not to {span(last)}", ""),
            role=Role.GLOSS,
        ),
    ]


@rule("C31", "Nearly 800 for 764 is loose; a strict reader of the word would say contradicted.")
def funded_firms(w: Witness) -> list[Part]:
    other = w.observe("china", "vc_companies_aiindex", "2025")
    return [
        *_ten_months(w, "C31", "vc_companies_itjuzi_narrow"),
        figure_note(w, f"another count has {other} newly funded firms in the year", other),
    ]


@rule("C32", "A sum that was passed in nine months is passed in ten: only the tag needs a caveat.")
def funded_amount(w: Witness) -> list[Part]:
    other = w.observe("china", "vc_amount_itjuzi_wide_2026", "2025")
    text = f"the same house's wider tag has {words(other)} for the year"
    return [*_ten_months(w, "C32", "vc_amount_itjuzi_narrow"), figure_note(w, text, other)]


@rule(
    "C33",
    "The same four lead in 2024 on one list and from 2013 to 2018 on another; who carries "
    "that over to 2025 finds the claim supported with a caveat.",
)
def most_rounds(w: Witness) -> list[Part]:
    year = w.claim("C33")["period"]
    rows = [r for r in w.rows("rankings") if r["rank"] and "project count" in r["dimension"]]
    tables: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        tables.setdefault(row["edition"], []).append(row)
    parts = []
    for edition, listed in tables.items():
        lead = {r["place"] for r in listed if int(r["rank"]) <= len(FOUR)}
        same = Answer.of(lead == set(FOUR), lead != set(FOUR))
        names = ", ".join(w.name(p) for p in FOUR if p in lead)
        text = f"in {edition} the first four of one list were {names}"
        stance = STANCE[same] if edition == year else "context"
        items = tuple(
            ranking_item(r, stance, w.name(r["place"]))
            for r in listed
            if int(r["rank"]) <= len(FOUR)
        )
        parts.append(Part(same, text, items) if edition == year else note(text, *items))
    if year not in tables:
        parts.insert(0, unknown(f"no table of rounds by city was found for {year}"))
    return [*parts, *(note("", fact_item(r, "context")) for r in w.rows("evidence", claim="C33"))]


@rule(
    "C34",
    "Regions are larger than cities, and the deals by city end in 2018; the threshold of "
    "extreme is the book's own.",
)
def concentrated(w: Witness) -> list[Part]:
    money = w.observe("zero2ipo_top5", "vc_amount_share_zero2ipo", "2024")
    every = w.observe("vc_top5_cities", "vc_all_deals_share_jiamian", "2025H1")
    deals = w.distribution(*DEALS, DEAL_YEARS)
    top = 100 * concentration.concentration_ratio(_values(deals), 5)
    answer = Answer.of(money.low >= EXTREME, money.high < EXTREME)
    above = Answer.of(top > every.high, top <= every.low)
    first = f"five regions took {money} of AI money in {money.period}"
    second = (
        f"five cities had {top:.0f}% of AI deals in 2013-18, and {every} of all venture deals "
        f"in the {when(every.period)}"
    )
    items = (figure_item(w, every, STANCE[above]), _deals_item(w, STANCE[above]))
    return [compared(w, answer, (first,) * 3, [money]), Part(above, second, items)]


def _values(found: dict[str, Quantity]) -> np.ndarray:
    return np.array([q.middle for q in found.values()])


def slope(values: list[float]) -> tuple[float, float]:
    """95 % interval of the least-squares slope of yearly values, per year.

    Raises KeyError for a number of years without a quantile in :data:`T_95`.
    """
    n = len(values)
    years = np.arange(n) - (n - 1) / 2
    y = np.asarray(values)
    b = float((years * y).sum() / (years**2).sum())
    residual = y - y.mean() - b * years
    error = float(np.sqrt((residual**2).sum() / (n - 2) / (years**2).sum()))
    return b - T_95[n] * error, b + T_95[n] * error


def _trend(w: Witness) -> Part:
    """Whether the concentration of AI deals over cities rose from 2013 to 2018."""
    yearly = [w.distribution(*DEALS, [year]) for year in DEAL_YEARS]
    low, high = slope([concentration.hhi(_values(found)) for found in yearly])
    answer = Answer.of(low > 0, high < 0)
    text = (
        f"the concentration index of deals moved by {low:+.4f} to {high:+.4f} a year from "
        f"{DEAL_YEARS[0]} to {DEAL_YEARS[-1]}"
    )
    return Part(answer, text, (_deals_item(w, STANCE[answer]),))


def _deals_item(w: Witness, stance: str) -> Item:
    """The deals of all cities and years, as one piece of evidence."""
    found = list(w.distribution(*DEALS, DEAL_YEARS).values())
    rows = tuple(row for q in found for row in q.rows)
    sources = tuple(dict.fromkeys(key for q in found for key in q.sources))
    return Item(rows, f"{found[0].scope}: all cities", sources, found[0].confidence, stance)


def _share_of_filings(w: Witness) -> Part:
    """Beijing's share of filed models on the first and the last day with a count."""
    national = [q for q in w.series("china", "models_filed") if len(q.period) == A_DAY]
    shares = []
    for beijing in w.series("beijing", "models_filed"):
        before = [q for q in national if q.period <= beijing.period]
        after = [q for q in national if q.period >= beijing.period]
        if len(beijing.period) == A_DAY and before and after:
            whole = hull(before[-1], after[0])  # filings only grow: the neighbours bound the day
            shares.append((gap.share(beijing, whole).to("%"), beijing, whole))
    (first, start, _), (last, end, _) = shares[0], shares[-1]
    text = (
        f"Beijing's share of filed models was {first} on {when(start.period)} and {last} on "
        f"{when(end.period)}"
    )
    items = (figure_item(w, q, "context") for q in (start, end))
    return note(text, *items)


@rule(
    "C35",
    "The level is high and has stayed high, which some call the effect; feeding itself "
    "asks for growth that was not seen.",
)
def feeds_itself(w: Witness) -> list[Part]:
    return [
        _trend(w),
        told(w, "C35", "cause", "concentration is its own cause", Role.GLOSS),
        _share_of_filings(w),
        *(note("", fact_item(r, "context")) for r in w.rows("evidence", claim="C35")),
    ]


@rule(
    "C36",
    "That one latecomer grew much faster speaks against a high barrier; one case does not "
    "settle it.",
)
def barriers(w: Witness) -> list[Part]:
    cities, years = ("chengdu", "beijing"), ("2020", "2023")
    ends = {c: [w.observe(c, "ai_industry_scale", year) for year in years] for c in cities}
    rates = [f"{w.name(c)}'s by {gap.growth(*found, 3).to('%')}" for c, found in ends.items()]
    text = f"from {years[0]} to {years[1]} AI industries grew, {' and '.join(rates)} a year"
    return [
        told(w, "C36", "barrier", "measures the barrier"),
        figure_note(w, text, *(q for found in ends.values() for q in found)),
        *(
            note("", fact_item(r, "context"))
            for r in w.rows("evidence", claim="C36")
            if r["stance"] == "context"
        ),
    ]


@rule(
    "C50",
    "The state's guidance money went to three coastal regions, which another judge could "
    "take as the flow to the top: supported with a caveat.",
)
def policy_and_resources(w: Witness) -> list[Part]:
    plan = w.plan("CN_AIPLUS_2025")
    issued = span(plan["date"]).before(w.commentary)
    regions = ("yangtze_delta", "greater_bay_area", "jing_jin_ji")
    funds = [q for r in regions for q in w.sound(r, "vc_guidance_regional_fund_size")]
    total = sum(funds[1:], funds[0]) if funds else None
    text = f"three coastal regions hold guidance funds of {words(total)}" if funds else ""
    return [
        Part(
            issued,
            f"the State Council's opinion is of {span(plan['date'])}",
            (plan_item(plan, STANCE[issued]),),
        ),
        _trend(w),
        _share_of_filings(w),
        figure_note(w, text, *funds),
    ]
