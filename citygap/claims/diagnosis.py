"""Rules for the claims on the plan, the gap and the rankings: C01 to C13."""

from __future__ import annotations

from citygap import gap
from citygap.answers import Answer
from citygap.claims import lists
from citygap.claims.dates import span
from citygap.claims.items import figure_item, plan_item, ranking_item, words
from citygap.claims.parts import (
    STANCE,
    compared,
    figure,
    figure_note,
    majority,
    note,
    unknown,
    worded,
)
from citygap.claims.registry import not_testable, rule
from citygap.claims.verdicts import Part, Role
from citygap.claims.witness import Witness
from citygap.quantity import Quantity, hull

WESTERN = ("chengdu", "xian")
FIRST_TIER = ("beijing", "shanghai", "shenzhen")
CHENGDU_AS_CORE = (
    "Chengdu publishes an industry series, which one account of its plan calls core; "
    "the boundary of neither is published"
)
EVEN_PACE = "the last three months are assumed to run at the pace of the first nine"
#: What "several trillion" may mean: not one, and not ten.
SEVERAL = (2, 9)
#: How long ago "just issued" may be, in days.
JUST = 31
#: From how many times on the distance is one of order of magnitude.
MAGNITUDE = 10


@rule("C01")
def issue_of_the_plan(w: Witness) -> list[Part]:
    plan = w.plan("CQ_AIPLUS_2025")
    least, most = span(plan["date"]).days_to(w.commentary)
    answer = Answer.of(0 <= most and least <= JUST, most < 0 or least > JUST)
    issued = Answer.of(plan["status"] == "issued", plan["status"] != "issued")
    text = f"the plan is dated {span(plan['date'])}, and the commentary is of {w.commentary}"
    return [
        Part(answer, text, (plan_item(plan, STANCE[answer]),)),
        compared(w, issued, ("", f"its status is {plan['status']}", "")),
    ]


@rule("C02", "The plan says gradually, and an important growth pole, not the main one: a caveat.")
def growth_pole(w: Witness) -> list[Part]:
    return [worded(w, "CQ_AIPLUS_2025", "growth pole", "the smart economy as a growth pole")]


@rule("C03", "Output of large firms and a mayor's word on the industrial economy are two measures.")
def trillions(w: Witness) -> list[Part]:
    readings = sorted(
        (
            q
            for indicator in ("industrial_output_above_scale", "industrial_economy_scale")
            for q in w.sound("chongqing", indicator)
        ),
        key=lambda q: q.period,
    )
    if not readings:
        return [unknown("no independent figure was found")]
    least, most = (end * 1e4 for end in SEVERAL)
    amounts = [q.to("1e8 CNY") for q in readings]
    answer = Answer.of(
        all(least <= q.low and q.high <= most for q in amounts),
        any(q.high < least or q.low > most for q in amounts),
    )
    text = ", ".join(f"{words(q)} ({q.period})" for q in amounts)
    return [compared(w, answer, (f"independent figures are {text}",) * 3, readings)]


def _aim(w: Witness) -> Part:
    """What the city's aim would need from the commentary's figure, for its plausibility."""
    aim = w.target("chongqing", "ai_core_scale", "2027")
    need = gap.required_growth(w.claimed("C05"), aim, 3, because="the claim's own figure").to("%")
    return figure_note(
        w, f"from it the city's draft aim for 2027 would need {need.text()} a year", aim
    )


@rule("C05", "The draft aim for 2027 makes the figure plausible; plausible is not verified.")
def core_scale(w: Witness) -> list[Part]:
    return [*figure(w, "C05", w.readings("chongqing", "ai_core_scale", "2024")), _aim(w)]


def _scale(w: Witness, city: str) -> Quantity | None:
    """A city's AI scale of 2024, or of 2023, core if there is one."""
    for year in ("2024", "2023"):
        for indicator in ("ai_core_scale", "ai_industry_scale", "ai_above_scale"):
            if found := w.sound(city, indicator, year):
                return found[0]
    return None


@rule(
    "C06",
    "On counts that treat all cities alike the distance is of that order for nearly every "
    "count, so that another judge could call the claim supported with a caveat.",
)
def order_of_magnitude(w: Witness) -> list[Part]:
    scales = {city: q for city in FIRST_TIER if (q := _scale(w, city)) is not None}
    scopes = {q.scope for q in scales.values()}
    one_scope = Answer.of(len(scopes) == 1 and len(scales) == len(FIRST_TIER), len(scopes) > 1)
    names = ", ".join(f"{w.name(c)} {q.scope.split(': ')[1]} {q.period}" for c, q in scales.items())
    items = tuple(figure_item(w, q, "against") for q in scales.values())
    parts = [
        Part(
            one_scope,
            f"the cities' scales are of different kinds ({names})"
            if one_scope is Answer.NO
            else f"all scales are of one kind ({names})",
            items,
            Role.SCOPE,
        )
    ]
    own = w.sound("chongqing", "ai_core_scale", "2024")
    for city, q in scales.items():
        if own and q.scope == own[0].scope:
            ratio = q.ratio(own[0])
            parts.append(
                compared(w, ratio >= MAGNITUDE, (f"{w.name(city)} is {ratio} times",) * 3, [own[0]])
            )
    if not own:
        parts.append(unknown("Chongqing's own figure rests on the commentary"))
    found = lists.multiples(w, FIRST_TIER)
    span_ = hull(*(ratio for ratio, _ in found))
    text = f"on uniform counts the three stand at {span_} times Chongqing"
    return [*parts, note(text, *(item for _, pair in found for item in pair))]


@rule(
    "C07",
    "Who accepts the commentary's own figure, and Chengdu's series as core, finds a sixth "
    "inside the bounds: supported with a caveat.",
)
def sixth_of_chengdu(w: Witness) -> list[Part]:
    nine = w.observe("chengdu", "ai_industry_scale", "2024-01/2024-09")
    chengdu = hull(nine, nine * 12 / 9).noting(EVEN_PACE)
    own = w.sound("chongqing", "ai_core_scale", "2024")
    taken = own[0] if own else w.claimed("C05")
    ratio = taken.ratio(chengdu, because=CHENGDU_AS_CORE)
    sixth = w.claimed("C07")
    fits = Answer.of(
        ratio.low <= sixth.high and ratio.high >= sixth.low,
        ratio.low > sixth.high or ratio.high < sixth.low,
    )
    known = Answer.of(bool(own), False)
    same = Answer.of(taken.scope == chengdu.scope, taken.scope != chengdu.scope)
    counts = hull(*(ratio for ratio, _ in lists.shares(w, "chengdu")))
    return [
        Part(known, "" if own else "Chongqing's figure rests on the commentary alone"),
        compared(w, fits, (f"the ratio to Chengdu is {ratio}",) * 2 + ("",), [*own, nine])
        if own
        else figure_note(w, f"taken as given it is {ratio} of Chengdu's", nine),
        Part(
            same,
            "Chengdu's series is wider than core" if same is Answer.NO else "",
            role=Role.GLOSS,
        ),
        note(
            f"on uniform counts Chongqing stands at {counts} of Chengdu",
            *(item for _, pair in lists.shares(w, "chengdu") for item in pair),
        ),
    ]


@rule("C08", "A second edition may exist that no page found here shows.")
def month_of_the_ranking(w: Witness) -> list[Part]:
    wanted = [span(month) for month in w.claim("C08")["period"].split(" or ")]
    rows = [r for r in w.rows("rankings") if r["ranking"].startswith(lists.THIS_RANKING)]
    known = {s: entry.get("date", "") for s, entry in w.sources.items()}
    editions = {r["source"]: r for r in rows if len(known[r["source"]]) > len("2024")}
    dates = {s: span(w.sources[s]["date"]) for s in editions}
    hits = [s for s, day in dates.items() if any(day.within(m) is Answer.YES for m in wanted)]
    answer = Answer.of(bool(hits), False)
    found = ", ".join(dict.fromkeys(str(dates[s]) for s in (hits or editions)))
    items = tuple(
        ranking_item(r, STANCE[answer] if s in hits else "context", w.name(r["place"]))
        for s, r in editions.items()
    )
    return [
        Part(
            answer,
            f"the only edition found with a date is of {found}"
            if found
            else "no edition with a date was found",
            items,
        )
    ]


@rule("C09", "Other rankings put Chongqing in other places; none of them is this one.")
def rank_of_chongqing(w: Witness) -> list[Part]:
    rank = int(w.claim("C09")["value"])
    return [
        lists.placed(w, "chongqing", "overall", "exact", rank),
        *lists.elsewhere(w, "chongqing"),
    ]


@rule(
    "C10", "A panel on the first edition puts Xi'an in a third tier, which fits and proves nothing."
)
def ranks_of_the_rivals(w: Witness) -> list[Part]:
    ranks = [int(rank) for rank in w.claim("C10")["value"].split(";")]
    return [
        lists.placed(w, city, "overall", "exact", rank)
        for city, rank in zip(WESTERN, ranks, strict=True)
    ]


@rule(
    "C11", "By rankings alone the case against Xi'an rests on three lists; by scale there is none."
)
def behind_the_rivals(w: Witness) -> list[Part]:
    parts, exceptions = [], []
    for rival in WESTERN:
        found = lists.trails(w, "chongqing", rival)
        behind = [item for answer, item in found if answer is Answer.YES]
        ahead = [item for answer, item in found if answer is Answer.NO]
        text = (
            f"behind {w.name(rival)} on {len(behind)} of {len(behind) + len(ahead)} lists and "
            "counts that tell"
        )
        parts.append(Part(majority(len(behind), len(ahead)), text, tuple(behind)))
        exceptions += ahead
    none = Answer.of(not exceptions, bool(exceptions))
    return [*parts, Part(none, "", tuple(exceptions), Role.GLOSS)]


@rule("C12", "The report's published dimensions do not include one of this name.")
def policy_environment(w: Witness) -> list[Part]:
    row = w.claim("C12")
    rank, bound = int(row["value"]), row["bound"]
    return [lists.placed(w, "chongqing", "policy environment", bound, rank)]


not_testable("C04", "a motive cannot be measured")
not_testable("C13", "no threshold says from when on will and weakness stand in tension")
