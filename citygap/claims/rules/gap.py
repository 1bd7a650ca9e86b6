"""Rules for the claims on the plan, the gap and the rankings: C01 to C13, and C83."""

from __future__ import annotations

from itertools import combinations

from citygap.claims.rules import rankings
from citygap.claims.criteria import (
    STANCE,
    aims,
    compared,
    figure,
    figure_note,
    note,
    told,
    unknown,
)
from citygap.claims.dates import Span, span
from citygap.claims.evidence import figure_item, listing, plan_item, ranking_item, words
from citygap.claims.evidence_tables import Witness
from citygap.claims.registry import not_testable, rule
from citygap.claims.verdicts import Part, Role
from citygap.comparison.comparable_counts import CHENGDU_AS_CORE, WESTERN, at_least_as_before, at_pace
from citygap.gap.conclusions import MAGNITUDE
from citygap.gap.tables import NINE
from citygap.measures import gap
from citygap.quantity.quantity import Quantity, hull
from citygap.quantity.three_valued import Answer

FIRST_TIER = ("beijing", "shanghai", "guangzhou", "shenzhen")
#: The size of an industry by its large firms: another thing than one of all firms, whatever its name.
LARGE_FIRMS = "ai_above_scale"
#: What "several trillion" may mean: not one, and not ten.
SEVERAL = (2, 9)
#: How long ago "just issued" may be, in days.
JUST = 31


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


@rule("C02", "The plan says gradually, which the commentary leaves out.")
def growth_pole(w: Witness) -> list[Part]:
    return [told(w, "C02", "goal", "its goal names the smart economy as an important growth pole")]


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
    timely = w.timely("C03", readings)
    if not timely:
        return [unknown("no independent figure of the time was found", *(figure_item(w, q, "context") for q in readings))]
    amounts = [q.to("1e8 CNY") for q in timely]
    answer = Answer.of(
        all(least <= q.low and q.high <= most for q in amounts),
        any(q.high < least or q.low > most for q in amounts),
    )
    text = ", ".join(f"{words(q)} ({q.period})" for q in amounts)
    older = figure_note(w, "", *(q for q in readings if q not in timely))
    return [compared(w, answer, (f"independent figures are {text}",) * 3, timely), older]


def _aim(w: Witness) -> Part:
    """What the city's aim would need from the commentary's figure, for its plausibility."""
    aim = w.target("chongqing", "ai_core_scale", "2027")
    need = gap.required_growth(w.claimed("C05"), aim, 3, because="the claim's own figure").to("%")
    return figure_note(
        w, f"from it the city's draft aim for 2027 would need {need.brief()} a year", aim
    )


@rule("C05", "The draft aim for 2027 makes the figure plausible; plausible is not verified.")
def core_scale(w: Witness) -> list[Part]:
    return [*figure(w, "C05", w.readings("chongqing", "ai_core_scale", "2024")), _aim(w)]


def _scale(w: Witness, city: str) -> Quantity | None:
    """A city's AI scale of the year of the claim, core if there is one."""
    for indicator in ("ai_core_scale", "ai_industry_scale", "ai_above_scale"):
        if found := w.timely("C06", w.sound(city, indicator)):
            return found[0]
    return None


def _one_kind(w: Witness, names: dict[str, str]) -> Answer:
    """Whether sizes of an industry count one thing; ``names`` are the indicators, by place.

    Yes under one name.  No where one of them counts large firms alone, or where a place itself counts
    two of the names for one time and finds two sizes.  Names alone tell nothing: no city publishes
    where it draws the line.
    """
    one = len(set(names.values())) == 1
    apart = not one and LARGE_FIRMS in names.values()
    for place in names:
        counted = {name: {q.period: q for q in w.series(place, name)} for name in set(names.values())}
        for its, other in combinations(counted.values(), 2):
            both = [(its[time], other[time]) for time in set(its) & set(other)]
            apart |= any(a.high < b.low or b.high < a.low for a, b in both)
    return Answer.of(one, apart)


@rule(
    "C06",
    "On counts that treat all cities alike Beijing is surely ten times ahead and Guangzhou is not; who "
    "takes those for the industry finds the claim supported with a caveat.",
)
def order_of_magnitude(w: Witness) -> list[Part]:
    scales = {city: q for city in FIRST_TIER if (q := _scale(w, city)) is not None}
    one_scope = _one_kind(w, {city: q.rows[0].split("/")[1] for city, q in scales.items()})
    names = ", ".join(f"{w.name(c)} {q.scope.split(': ')[1]} {q.period}" for c, q in scales.items())
    kinds = ("all scales are of one kind", "the cities' scales are of different kinds",
             "the cities' scales bear different names")  # fmt: skip
    texts = tuple(f"{each} ({names})" for each in kinds)
    parts = [compared(w, one_scope, texts, scales.values(), Role.SCOPE)]
    own = w.sound("chongqing", "ai_core_scale", "2024")
    for city, q in scales.items():
        if own and q.scope == own[0].scope:
            ratio = q.ratio(own[0])
            parts.append(
                compared(w, ratio >= MAGNITUDE, (f"{w.name(city)} is {ratio} times",) * 3, [own[0]])
            )
    if missing := [w.name(city) for city in FIRST_TIER if city not in scales]:
        parts.append(unknown(f"no scale of {listing(missing)} is known for {w.claim('C06')['period']}"))
    if not own:
        parts.append(unknown("Chongqing's own figure rests on the commentary"))
    found = rankings.multiples(w, FIRST_TIER)
    surely = [other.text for _, ratio, (other, _) in found if (ratio >= MAGNITUDE) is Answer.YES]
    each = [(w.name(c), sum(t.startswith(w.name(c)) for t in surely)) for c in FIRST_TIER]
    text = (
        f"of {len(found)} pairs of a city and a uniform count ({rankings.named(label for label, *_ in found)}) "
        f"{len(surely)} are surely ten times "
        f"Chongqing's, chance allowed for ({', '.join(f'{name} {n}' for name, n in each)})"
    )
    return [*parts, note(text, *(item for *_, pair in found for item in pair))]


@rule(
    "C07",
    "Who takes two names for two definitions finds the figures not comparable; who accepts the "
    "commentary's own figure, and Chengdu's series as core, finds a sixth inside the bounds.",
)
def sixth_of_chengdu(w: Witness) -> list[Part]:
    core = w.sound("chengdu", "ai_core_scale", "2024")
    nine = core[0] if core else w.observe(*NINE)
    ends = [nine] if core else [at_least_as_before(*NINE, "ai_industry_growth", w), at_pace(*NINE, w)]
    chengdu = hull(*ends)
    own = w.sound("chongqing", "ai_core_scale", "2024")
    taken = own[0] if own else w.claimed("C05")
    ratio = taken.ratio(chengdu, because=CHENGDU_AS_CORE)
    sixth = w.claimed("C07")
    fits = Answer.of(
        ratio.low <= sixth.high and ratio.high >= sixth.low,
        ratio.low > sixth.high or ratio.high < sixth.low,
    )
    known = Answer.of(bool(own), False)
    names = {"chongqing": w.claim("C05")["about"], "chengdu": nine.rows[0].split("/")[1]}
    same = _one_kind(w, names)
    kind = chengdu.scope.split(": ")[1]
    how = (
        "",
        f"Chengdu's figure is of another kind ({kind})",
        f"Chengdu's figure is called {kind} here and core there, and neither city publishes what it "
        "counts: whether they count one thing cannot be told",
    )
    shares = rankings.shares(w, "chengdu")
    counts = hull(*(ratio for _, ratio, _ in shares))
    return [
        Part(known, "" if own else "Chongqing's figure rests on the commentary alone"),
        compared(w, fits, (f"the ratio to Chengdu is {ratio}",) * 2 + ("",), [*own, nine])
        if own
        else figure_note(w, f"taken as given it is {ratio} of Chengdu's of 2024, if the last quarter lay between the growth of the "
            "year before and an even pace", nine),
        compared(w, same, how, [nine], Role.SCOPE),
        note("", *aims(w, "CD_3YR_2024", "ai_industry_scale")),
        note(
            f"on uniform counts ({rankings.named(label for label, *_ in shares)}) Chongqing stands at {counts} "
            "times Chengdu, chance allowed for",
            *(item for *_, pair in shares for item in pair),
        ),
    ]


@rule("C08", "A second edition may exist that no page found here shows.")
def month_of_the_ranking(w: Witness) -> list[Part]:
    wanted = span(w.claim("C08")["period"])
    rows = [r for r in w.rows("rankings") if r["ranking"].startswith(rankings.THIS_RANKING)]
    known = {s: entry.get("date", "") for s, entry in w.sources.items()}
    editions = {r["source"]: r for r in rows if len(known[r["source"]]) > len("2024")}
    dates = {s: span(w.sources[s]["date"]) for s in editions}
    hits = [s for s, day in dates.items() if day.within(wanted) is Answer.YES]
    this = _ranked(rows)  # only an edition that shows the ranks cited is surely the one meant
    other = [s for s in editions if s in this and s not in hits]
    answer = Answer.of(bool(hits), bool(other))
    shown = [dates[s] for s in (hits or editions)]
    exact = [day for day in shown if not any(_more_exact(other, day) for other in shown)]
    found = ", ".join(dict.fromkeys(map(str, exact)))
    items = tuple(
        ranking_item(r, STANCE[answer] if s in (*hits, *other) else "context", w.name(r["place"]))
        for s, r in editions.items()
    )
    return [
        Part(
            answer,
            f"the edition found is of {found}" if found else "no edition with a date was found",
            items,
        )
    ]


def _more_exact(one: Span, other: Span) -> bool:
    """Whether a date is another one told to the day or the month, such as 18 June of June."""
    return one.within(other) is Answer.YES and other.within(one) is not Answer.YES


def _ranked(rows: list[dict[str, str]]) -> set[str]:
    """Sources that show a rank of Chongqing in the ranking that the commentary cites."""
    return {r["source"] for r in rows if r["place"] == "chongqing" and r["rank"]}


@rule("C09", "Other rankings put Chongqing in other places; none of them is this one.")
def rank_of_chongqing(w: Witness) -> list[Part]:
    rank = int(w.claim("C09")["value"])
    return [
        rankings.placed(w, "chongqing", "overall", "exact", rank),
        *rankings.elsewhere(w, "chongqing"),
    ]


@rule(
    "C10",
    "A panel on the first edition puts Xi'an in a third tier, which fits and proves nothing.",
    "the ranks that a source other than the commentary gives",
)
def ranks_of_the_rivals(w: Witness) -> list[Part]:
    ranks = [int(rank) for rank in w.claim("C10")["value"].split(";")]
    return [
        rankings.placed(w, city, "overall", "exact", rank)
        for city, rank in zip(WESTERN, ranks, strict=True)
    ]


@rule(
    "C11",
    "On most other lists Chongqing stands behind Chengdu too, and on half of them behind Xi'an; who takes the "
    "sentence of rankings in general finds it supported with a caveat.",
    "the order that a source other than the commentary gives",
)
def behind_the_rivals(w: Witness) -> list[Part]:
    return [
        *(rankings.behind(w, "chongqing", rival) for rival in WESTERN),
        *(rankings.trails(w, "chongqing", rival) for rival in WESTERN),
    ]


@rule("C12", "The report's published dimensions do not include one of this name.")
def policy_environment(w: Witness) -> list[Part]:
    row = w.claim("C12")
    rank, bound = int(row["value"]), row["bound"]
    return [rankings.placed(w, "chongqing", "policy environment", bound, rank)]


not_testable("C04", "a motive cannot be measured")
not_testable("C13", "no threshold says from when on will and weakness stand in tension")
not_testable("C83", "what drives a plan cannot be measured")
