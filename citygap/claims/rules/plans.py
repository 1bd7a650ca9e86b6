"""Rules for the claims on the plans of the four cities and what they aim at: C51 to C61, C96 to C99."""

from __future__ import annotations

from citygap.claims.criteria import (
    STANCE,
    aims,
    compared,
    context,
    dated,
    figure_note,
    note,
    told,
    unknown,
)
from citygap.claims.dates import span
from citygap.claims.evidence import emphasis_item, event_item, fact_item, listing, plan_item, ranking_item, words
from citygap.claims.evidence_tables import AI_PLUS, COUNTS, Witness
from citygap.claims.registry import not_testable, rule
from citygap.claims.verdicts import Part, Role
from citygap.comparison import city_industry
from citygap.measures import counting_intervals
from citygap.quantity.quantity import hull
from citygap.quantity.three_valued import Answer

OTHERS = ("beijing", "shanghai", "shenzhen")
#: The first plan on AI of each of the three that was found.
FIRST_PLANS = ("beijing_ai_opinion", "shanghai_ai_opinion", "shenzhen_ai_plan")
#: "Almost at the same time", in days.
SAME_TIME = 31


def _in_month(w: Witness, plan: str, claim: str) -> Part:
    """Whether a plan is dated in the month that the claim gives."""
    month = span(w.claim(claim)["value"])
    return dated(w.plan(plan), lambda day: day.within(month), plan_item)


@rule("C51")
def beijing_plan(w: Witness) -> list[Part]:
    return [_in_month(w, "BJ_AIPLUS_2024", "C51")]


@rule(
    "C52",
    "Who hears in rules that are defined no more than praise of a global source finds the aim read "
    "rightly: supported; who takes the plan's silence on them for a denial, contradicted. The index of "
    "science cities counts all fields.",
    "the goal in the words of the plan, and the index of science cities",
)
def beijing_goal(w: Witness) -> list[Part]:
    rows = [r for r in w.rows("rankings") if r["ranking"].startswith("nature_index")]
    chinese = [r for r in rows if r["rank"] and w.province(r["place"])]
    first = [r for r in chinese if r["place"] == "beijing" and r["rank"] == "1"]
    editions = {r["ranking"] for r in chinese}
    answer = Answer.of(bool(editions) and len(first) == len(editions), len(first) < len(editions))
    text = (
        f"Beijing is first in {len(first)} of {len(editions)} editions of the science cities index"
    )
    items = tuple(ranking_item(r, STANCE[answer], w.name("beijing")) for r in first)
    labs = w.sound("beijing", "ai_national_key_labs")
    return [
        told(w, "C52", "goal", "its goal names a source of innovation"),
        Part(answer, text, items, Role.GLOSS),
        told(w, "C52", "rules", "this source is to define the rules"),
        *context(w, "C52"),
        figure_note(w, "", *labs),
    ]


@rule(
    "C53",
    "Who holds words in quotation marks to the letter finds the claim contradicted; who reads it as of "
    "Beijing's ambition in general finds it right.",
    "the words of the plan",
)
def number_one(w: Witness) -> list[Part]:
    label = w.rows("evidence", claim="C53", part="label")
    return [
        told(w, "C53", "aim", "the plan aims at being first in AI"),
        *(note(row["what"], fact_item(row, "context"))
          for row in (*w.rows("evidence", claim="C53", part="aim", document="BJ_AIPLUS_2024"), *label)),
    ]


@rule("C54")
def shenzhen_plan(w: Witness) -> list[Part]:
    beijing = span(w.plan("BJ_AIPLUS_2024")["date"])
    events = w.events("shenzhen_pioneer_programme")
    if not events:
        return [unknown("the day of Shenzhen's programme is not known")]
    day = span(events[0]["date"])
    gaps = [abs(days) for days in beijing.days_to(day)]
    answer = Answer.of(max(gaps) <= SAME_TIME, min(gaps) > SAME_TIME)
    text = f"Shenzhen's programme came on {day}, {max(gaps)} days after Beijing's plan"
    return [
        Part(
            answer,
            text,
            (
                event_item(events[0], STANCE[answer]),
                plan_item(w.plan("BJ_AIPLUS_2024"), STANCE[answer]),
            ),
        )
    ]


@rule(
    "C55",
    "That the programme stresses devices is borne out; who takes that for the power to define products "
    "finds the claim supported with a caveat.",
)
def devices(w: Witness) -> list[Part]:
    scale = aims(w, "SZ_TERMINAL_2025", "AI terminal industry scale")
    return [
        told(w, "C55", "devices", "the programme makes much of devices"),
        told(w, "C55", "power", "this gives power to define products"),
        note("", *scale),
    ]


@rule("C56")
def shanghai_plan(w: Witness) -> list[Part]:
    return [_in_month(w, "SH_MOSU_2024", "C56")]


@rule(
    "C57",
    "The plan's own goal says ecosystem where its preamble says cluster; who takes the command of the "
    "chain for praise of the cluster finds the claim supported with a caveat.",
)
def shanghai_goal(w: Witness) -> list[Part]:
    return [
        told(w, "C57", "cluster", "the plan seeks a world-class cluster"),
        told(w, "C57", "chain", "this cluster is to command the chain"),
        told(w, "C57", "base", "the plan leans on finance and an international base", Role.GLOSS),
        *context(w, "C57"),
    ]


@rule(
    "C58",
    "Who takes the city's plan of 2018 on big data and intelligence for an AI plan finds it earlier than "
    "Shenzhen's; who takes AI-Plus plans alone finds the claim supported.",
)
def weaker_and_later(w: Witness) -> list[Part]:
    below, rows, ratios, labels, older = [], [], [], [], []
    for label in COUNTS:
        own = w.count(label, "chongqing")
        heads = [q for city in OTHERS if (q := w.count(label, city)) is not None]
        if own is None or not heads:
            continue
        if not w.timely("C58", [own]):
            older += [own, *heads]
            continue
        below += [counting_intervals.surely_more(q, own) for q in heads]
        ratios += [counting_intervals.ratio_interval(q, own) for q in heads]
        rows.append((own, *heads))
        labels.append(label)
    weaker = Answer.of(set(below) == {Answer.YES}, Answer.NO in below)
    text = (
        f"by {listing(labels)} the three have {hull(*ratios)} times what it has, chance allowed for"
        if ratios
        else "no sound count of AI of the time has the city and the three"
    )
    parts = [compared(w, weaker, (text,) * 3, [q for each in rows for q in each]), figure_note(w, "", *older)]
    own_plan = span(w.plan(AI_PLUS)["date"])
    theirs = [
        w.plan("BJ_AIPLUS_2024"),
        w.plan("SH_MOSU_2024"),
        *w.events("shenzhen_pioneer_programme"),
    ]
    days = [span(r["date"]) for r in theirs]
    later = [day.before(own_plan) for day in days]
    all_later = Answer.of(set(later) == {Answer.YES}, Answer.NO in later)
    parts.append(
        Part(
            all_later,
            f"its plan of {own_plan} followed theirs of {min(days, key=lambda d: d.first)} to "
            f"{max(days, key=lambda d: d.first)}",
            (
                plan_item(w.plan(AI_PLUS), STANCE[all_later]),
                *(plan_item(r, STANCE[all_later]) for r in theirs[:2]),
            ),
        )
    )
    return [*parts, _first_ai_plan(w)]


def _first_ai_plan(w: Witness) -> Part:
    """Whether the city's first AI plan that was found followed the first of each of the three.

    Cannot tell where a wider plan of the city, on big data and intelligence, came before one of
    theirs, or where a day is missing.
    """
    theirs, own = w.events(*FIRST_PLANS), w.events("chongqing_pilot_zone_plan")
    wider = w.events("chongqing_big_data_plan")
    if len(theirs) < len(FIRST_PLANS) or not own:
        return unknown("the first AI plan of each city is not known", role=Role.GLOSS)
    first = span(own[0]["date"])
    after = [span(r["date"]).before(first) for r in theirs]
    outrun = [r for r in theirs for e in wider if span(e["date"]).before(span(r["date"])) is Answer.YES]
    answer = Answer.of(set(after) == {Answer.YES} and not outrun, Answer.NO in after)
    found = f"the first AI plan of the city that was found is of {first}"
    text = f"{found}, theirs of {theirs[0]['date'][:4]} to {theirs[-1]['date'][:4]}"
    if outrun:
        text = (
            f"{text}, and a wider one of {span(wider[0]['date'])}, on big data and intelligence, came before "
            f"{w.name(outrun[-1]['place'])}'s"
        )
    return Part(answer, text, tuple(event_item(r, STANCE[answer]) for r in (*own, *theirs, *wider)), Role.GLOSS)


@rule("C59")
def application_highland(w: Witness) -> list[Part]:
    return [told(w, "C59", "goal", "its goal names a national highland of AI application")]


@rule(
    "C61",
    "Science is the plan's first field and consumption one of its six; who takes naming a field "
    "for competing in it finds the claim contradicted.",
)
def avoids(w: Witness) -> list[Part]:
    themes = {
        "science": "basic research",
        "general_models": "general models",
        "consumption": "the consumer ecology",
    }
    parts = [
        told(w, "C61", f"{theme}_race", f"the plan leaves the race with other cities in {name}")
        for theme, name in themes.items()
    ]
    named = [part for theme in themes for part in context(w, "C61", theme)]
    rows = [
        r
        for theme in ("ai4science", "foundation_models", "terminals")
        for r in w.rows("emphasis", plan=AI_PLUS, theme=theme)
    ]
    return [*parts, *named, note("", *(emphasis_item(w, r, "context") for r in rows))]


@rule(
    "C98",
    "Who asks for industry by head of residents finds the claim wrong.",
    "industry and construction of the large cities, in all and by head",
)
def industrial_base(w: Witness) -> list[Part]:
    totals, by_head = city_industry.totals(w), city_industry.by_head(w)
    best, _ = city_industry.rank(totals)
    among = city_industry.among_first(totals, 3)
    text = (
        f"industry and construction of {city_industry.YEAR} were the {_nth(best)} largest of {len(totals)} "
        "large cities with a figure"
    )
    parts = [compared(w, among, (text,) * 3, [totals["chongqing"]])]
    for city, (its, own) in city_industry.passed_since(w).items():
        text = f"on later and weaker figures {w.name(city)} has passed it, with {words(its)} to {words(own)} in {its.period}"
        parts.append(figure_note(w, text, its, own))
    if "chongqing" not in by_head or len(by_head) < len(totals):
        return [*parts, unknown("no sound page gives the residents of every city", role=Role.GLOSS)]
    nth, _ = city_industry.rank(by_head)
    above, people = city_industry.among_first(by_head, 3), city_industry.residents(w)["chongqing"]
    text = f"by head of residents of {people.period} they are the {_nth(nth)} of {len(by_head)}"
    return [*parts, compared(w, above, ("", text, text), [people], Role.GLOSS)]


def _nth(rank: int) -> str:
    """A rank in words: "3rd"."""
    return f"{rank}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(rank if rank < 20 else rank % 10, 'th') }"


@rule(
    "C99",
    "The plan itself calls the city rich in scenarios, which is no count of them.",
    "independent sources on its scenarios",
)
def scenarios(w: Witness) -> list[Part]:
    return [
        told(w, "C99", "scenarios", "the city's scenarios of application are complex"),
        *context(w, "C99"),
    ]


not_testable("C96", "a metaphor, without a measure of what one's own bedrock bears")
not_testable("C97", "it judges a path that was not taken")
