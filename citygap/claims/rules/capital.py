"""Rules for the claims of the chapter on capital: C30 to C36, C50 and C90."""

from __future__ import annotations

from citygap.capital import conclusions, preferential_attachment, vc_providers
from citygap.claims.criteria import (
    STANCE,
    compared,
    figure,
    figure_note,
    note,
    told,
    unknown,
)
from citygap.claims.dates import span
from citygap.claims.evidence import fact_item, figure_item, plan_item, ranking_item, when, words
from citygap.claims.evidence_tables import DEAL_YEARS, Witness
from citygap.claims.registry import rule
from citygap.claims.verdicts import Item, Part, Role
from citygap.measures import gap
from citygap.quantity.quantity import hull
from citygap.quantity.three_valued import Answer

FOUR = ("beijing", "shanghai", "hangzhou", "shenzhen")
#: The commentary names four and says "and other cities": they have to be among the first so many.
AMONG = 6
DEALS = ("ai-deals-by-city", "deals")
FILED = ("filed-models-by-place", "models")
#: The five places with the most filed models; the lists count Shenzhen under Guangdong.
LEADING = ("beijing", "shanghai", "guangdong", "jiangsu", "zhejiang")
#: From which share of the five largest on money counts as extremely concentrated, in per cent.
EXTREME = 70
#: Length of a period that is a day: a count of a month lies somewhere in it.
A_DAY = len("2025-03-31")


@rule("C30")
def nvidia(w: Witness) -> list[Part]:
    day = w.claim("C30")["period"]
    readings = w.readings("nvidia", "market_capitalisation", day)
    series = w.series("nvidia", "market_capitalisation")
    earlier = [q for q in series if q.period < day and q.confidence != "low"]
    higher = [q for q in earlier if readings and (q >= readings[0]) is not Answer.NO]
    record = Answer.of(bool(earlier) and not higher, bool(higher))
    texts = ("", "it had been valued as high before", "")
    before = [compared(w, record, texts, higher or earlier[-1:])] if earlier else []
    return [*figure(w, "C30", readings), *before, told(w, "C30", "record", "it was a record")]


def _ten_months(w: Witness, claim: str, indicator: str) -> list[Part]:
    """The claim's figure by any reading inside its ten months, and what these readings cover.

    What was counted in nine months was counted in ten: a reading that ends early is a floor.
    """
    first, last = w.claim(claim)["period"].split("..")
    readings, whole = vc_providers.within_months(indicator, first, last, w)
    until = ", ".join(dict.fromkeys(str(span(w.as_of(q.rows[0]))) for q in readings))
    floor = max((q.low for q in readings), default=0)
    over, claimed = w.claim(claim)["bound"] == "over", w.claimed(claim)
    if over and floor >= float(w.claim(claim)["value"]):
        text = f"{words(readings[0])} had been counted by {until}, and more months can only add"
        passed = Answer.of(floor >= float(w.claim(claim)["value"]), False)
        return [compared(w, passed, (text,) * 3, readings)]
    if whole is not Answer.NO:
        return figure(w, claim, readings)
    fits = Answer.of(False, not over and floor > claimed.high)
    text = f"{words(readings[0])} had been counted up to {until}, not to {span(last)}"
    return [compared(w, fits, (text,) * 3, readings)]


@rule(
    "C31",
    "The count of nine months is within reach of the number, and who takes it for that of ten finds the "
    "claim supported with a caveat.",
    "the number of companies that was counted up to then",
)
def funded_firms(w: Witness) -> list[Part]:
    other = w.observe("china", "vc_companies_aiindex", "2025")
    return [
        *_ten_months(w, "C31", "vc_companies_itjuzi_narrow"),
        figure_note(w, f"another count has {other} newly funded firms in 2025", other),
    ]


@rule(
    "C32",
    "The sum is IT Juzi's by its narrow tag; its wider tag has nearly twice as much.",
    "the sum that was counted up to then",
)
def funded_amount(w: Witness) -> list[Part]:
    other = w.observe("china", "vc_amount_itjuzi_wide_2026", "2025")
    text = f"the same house's wider tag has {words(other)} for 2025"
    return [*_ten_months(w, "C32", "vc_amount_itjuzi_narrow"), figure_note(w, text, other)]


@rule(
    "C90",
    "Who takes IT Juzi's counts of nine months for those of ten finds the claim supported with a caveat.",
)
def attribution(w: Witness) -> list[Part]:
    return [
        *_ten_months(w, "C31", "vc_companies_itjuzi_narrow"),
        *_ten_months(w, "C32", "vc_amount_itjuzi_narrow"),
        told(w, "C90", "others", "other monitors count the same", Role.GLOSS),
    ]


@rule(
    "C33",
    "The same four lead in 2024 on one list and from 2013 to 2018 on another; who takes the year before "
    "for the year finds the claim supported with a caveat.",
)
def most_rounds(w: Witness) -> list[Part]:
    year = w.claim("C33")["period"]
    rows = [r for r in w.rows("rankings", measure="ai_rounds") if r["rank"] and r["confidence"] != "low"]
    tables: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        tables.setdefault(row["edition"], []).append(row)
    parts, latest = [], max(tables, default="")
    of_year = bool(tables) and w.of_its_time("C33", latest)
    for edition, listed in tables.items():
        lead = {r["place"] for r in listed if int(r["rank"]) <= AMONG}
        same = Answer.of(set(FOUR) <= lead, not set(FOUR) <= lead)
        names = ", ".join(w.name(r["place"]) for r in listed if int(r["rank"]) <= AMONG)
        text = f"in {edition} the first of one list were {names}"
        stance = STANCE[same] if edition == latest and of_year else "context"
        items = tuple(
            ranking_item(r, stance, w.name(r["place"])) for r in listed if int(r["rank"]) <= AMONG
        )
        parts.append(Part(same, text, items) if edition == latest and of_year else note(text, *items))
    if not of_year:
        parts.append(unknown(f"no table of rounds by city was found for {year}"))
    return [*parts, *(note("", fact_item(r, "context")) for r in w.rows("evidence", claim="C33"))]


@rule(
    "C34",
    "Regions are larger than cities, and the threshold of extreme is the book's own; who takes the year "
    "before for the year finds the claim supported with a caveat.",
)
def concentrated(w: Witness) -> list[Part]:
    year = w.claim("C34")["period"]
    series = [q for q in w.series("zero2ipo_top5", "vc_amount_share_zero2ipo") if q.period[:4] <= year]
    if not series:
        return [unknown("no share of places in AI money was found")]
    money = series[-1]
    answer = Answer.of(money.low >= EXTREME, money.high < EXTREME)
    text = f"five regions took {money} of AI money in {money.period}"
    exceptional = ~conclusions.draw_is_common(w)
    rarely = exceptional is Answer.YES
    third = (
        f"on the one list that has both for one date, AI is {'' if rarely else 'not '}surely more "
        f"concentrated than all industries: chance alone does {'not often ' if rarely else ''}as much"
    )
    return [
        *(
            [compared(w, answer, (text,) * 3, [money])]
            if w.of_its_time("C34", money.period)
            else [figure_note(w, text, money), unknown(f"no share of {year} by place was found")]
        ),
        note(third, _deals_item(w, "context")),
    ]  # fmt: skip


def _trend(w: Witness, claim: str) -> list[Part]:
    """Whether cities with many deals got more than their share of new ones, over the years of the list;
    what it says of the time of the claim cannot be told if the list ends before."""
    deals = preferential_attachment.history(tables=w)
    timely = w.of_its_time(claim, deals.years[-1])
    answer = conclusions.feeds_itself(w) if timely else Answer.of(False, False)
    seen, given = preferential_attachment.seen(deals), preferential_attachment.with_a_start(deals)
    text = (
        f"the exponent of growth of deals was {seen} from {deals.years[0]} to {deals.years[-1]} among "
        f"cities with a deal, and {given} if each city is given one; above 1 the large pull away"
    )
    ends = "" if timely else f"no list of deals by city was found that ends later than {deals.years[-1]}"
    return [Part(answer, text, (_deals_item(w, STANCE[answer]),)), note(ends)]


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
        *_trend(w, "C35"),
        told(w, "C35", "cause", "concentration is its own cause", Role.GLOSS),
        _share_of_filings(w),
        *(note("", fact_item(r, "context")) for r in w.rows("evidence", claim="C35")),
    ]


@rule(
    "C36",
    "That places outside the five leading ones file a growing share of models speaks against a "
    "high barrier; models are not an industry.",
)
def barriers(w: Witness) -> list[Part]:
    first, *_, last = sorted({row["period"] for row in w.rows(FILED[0])})
    (before, start), (now, end) = (_models_outside(w, day) for day in (first, last))
    text = (
        "places other than Beijing, Shanghai, Guangdong, Jiangsu and Zhejiang had "
        f"{before:.0f}% of filed models by {when(first)} and {now:.0f}% by {when(last)}"
    )
    return [
        told(w, "C36", "barrier", "the barrier to catching up is extremely high"),
        note(text, start, end),
        *(
            note("", fact_item(r, "context"))
            for r in w.rows("evidence", claim="C36")
            if r["stance"] == "context"
        ),
    ]


def _models_outside(w: Witness, day: str) -> tuple[float, Item]:
    """Share of filed models outside the five leading places on a day, in percent, and the count."""
    found = w.distribution(*FILED, [day])
    outside = [q for place, q in found.items() if place not in LEADING]
    share = 100 * sum(q.middle for q in outside) / sum(q.middle for q in found.values())
    sources = tuple(dict.fromkeys(key for q in found.values() for key in q.sources))
    rows = tuple(row for q in found.values() for row in q.rows)
    text = f"{outside[0].scope}: all places, {when(day)}"
    return share, Item(rows, text, sources, outside[0].confidence, "context")


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
    text = f"three coastal regions hold guidance funds of {words(total)} ({when(funds[0].period)})" if funds else ""
    return [
        Part(
            issued,
            f"the State Council's opinion is of {span(plan['date'])}",
            (plan_item(plan, STANCE[issued]),),
        ),
        *_trend(w, "C50"),
        _share_of_filings(w),
        figure_note(w, text, *funds),
    ]
