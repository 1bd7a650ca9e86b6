"""Rules for the claims on Chongqing's own firms, laboratory and clusters: C37 to C49, C91, C93 to C95."""

from __future__ import annotations

from citygap.claims.criteria import (
    STANCE,
    compared,
    context,
    figure,
    figure_note,
    note,
    told,
    unknown,
)
from citygap.claims.dates import span
from citygap.claims.evidence import event_item, fact_item, when, words
from citygap.claims.evidence_tables import Witness
from citygap.claims.registry import not_testable, rule
from citygap.claims.verdicts import Part, Role
from citygap.comparison import city_industry
from citygap.comparison.comparable_counts import FOCUS
from citygap.quantity.three_valued import Answer

#: How much of the planned staff must have come for "stand behind" to be said without a caveat.
MOST = 0.8
#: The end of the year of which the commentary tells, as far as it could know: its own month.
YEAR_END = "2025-12"
#: What the commentary calls sparks, as parts of the evidence.
SPARKS = (
    ("changan", "Changan"),
    ("geely", "Geely's driving unit"),
    ("laboratory", "the Jialing River Laboratory"),
    ("yaoluchuan", "Zhongke Yaoluchuan"),
)
#: Years of the national shares of domestic supply.
YEARS_KNOWN = "2019"


def _in_year(w: Witness, rows: list[dict[str, str]], year: str) -> list[Part]:
    """Whether what several events tell of fell in a year: all of them yes, none of them no.

    Where one came before the year and one within it, which of them is meant cannot be told.
    """
    inside = [r for r in rows if span(r["date"]).within(span(year)) is Answer.YES]
    early = [r for r in rows if inside and r["date"] < inside[0]["date"]]
    answer = Answer.of(bool(inside) and not early, bool(rows) and not inside)
    spoken = inside[0] if inside else rows[0] if rows else None
    text = f"{spoken['name_en']}, {span(spoken['date'])}" if spoken else "no such event was found"
    items = tuple(event_item(r, STANCE[answer]) for r in inside or rows)
    before = [
        note(f"earlier, {span(r['date'])}: {r['name_en']}", event_item(r, "context")) for r in early
    ]
    return [Part(answer, text, items), *before]


@rule(
    "C37",
    "Who takes the showing of the driving model for the release finds the claim contradicted; who takes "
    "the plan built on the model for it, supported with a caveat.",
)
def tianshu(w: Witness) -> list[Part]:
    rows = [r for r in w.events(place="changan") if "tianshu" in r["event"]]
    return _in_year(w, rows, w.claim("C37")["value"])


@rule(
    "C38",
    "The announced size is right; who reads settled as employed by a firm registered in Chongqing "
    "finds the claim supported with a caveat.",
    "how many of the staff had been merged, and by where they worked at the end of 2025",
)
def driving_staff(w: Witness) -> list[Part]:
    parts = figure(w, "C38", w.readings("qianli_zhijia", "rd_staff_one_firm"))
    for merged in w.figures("C38", "merged"):
        share = merged.ratio(w.claimed("C38"), because="part of the planned staff")
        parts.append(
            compared(
                w,
                share >= MOST,
                ("", *(f"only {words(merged)} had been merged by {when(merged.period)}",) * 2),
                [merged],
                Role.GLOSS,
            )
        )
    return [*parts, _settled(w)]


def _settled(w: Witness) -> Part:
    """Whether the staff worked in Chongqing at the end of the year of which the claim speaks."""
    return told(w, "C39", "moved", "the team worked in Chongqing at the end of 2025", since=YEAR_END)


@rule(
    "C39",
    "In September 2025 offices were as before; who takes that for the rest of the year finds the "
    "claim contradicted.",
    "where the team worked at the end of 2025",
)
def staff_moved(w: Witness) -> list[Part]:
    known = told(w, "C39", "moved", "the team moved to Chongqing")
    early = f"by September 2025 {known.text}" if known.answer is Answer.NO else ""
    return [_settled(w), note(early)]


@rule(
    "C40",
    "Three other firms founded it with Geely, as the vessel of a merger to come.",
)
def founding(w: Witness) -> list[Part]:
    agreed, running = (w.events(name) for name in ("qianli_zhijia_agreement", "qianli_zhijia_running"))
    beside = w.events(
        "qianli_zhijia_established", "qianli_zhijia_founded", "geely_driving_teams_merge", weak=True
    )
    told_of = note("", *(event_item(r, "context") for r in beside))
    if not agreed or not running:
        return [unknown("no sound page dates the agreement, or the firm at work"), told_of]
    year = span(w.claim("C40")["value"])
    ends = [span(rows[0]["date"]).within(year) for rows in (agreed, running)]
    answer = Answer.of(set(ends) == {Answer.YES}, set(ends) == {Answer.NO})
    text = (
        f"founded after its agreement of {span(agreed[0]['date'])} and before "
        f"{span(running[0]['date'])}, when it was at work"
    )
    rows = (*agreed, *running)
    return [Part(answer, text, tuple(event_item(r, STANCE[answer]) for r in rows)), told_of]


@rule(
    "C41",
    "It was unveiled in 2024 and formally inaugurated in 2025; the commentary says inaugurated.",
    "the day of its formal inauguration",
)
def laboratory_opened(w: Witness) -> list[Part]:
    early = w.events("jialing_laboratory_unveiled")
    text = f"it had been unveiled on {span(early[0]['date'])}" if early else ""
    return [
        *_in_year(w, w.events("jialing_laboratory_listed"), w.claim("C41")["value"]),
        note(text, *(event_item(r, "context") for r in early)),
    ]


@rule("C42", judged_by="what a newsroom says of its field")
def laboratory_field(w: Witness) -> list[Part]:
    return [told(w, "C42", "field", "this is the laboratory's field")]


@rule(
    "C43",
    "Both halves have support of their own: AI inspection at SERES, and the firm's work "
    "for a Chongqing car maker. Another judge could take them together as a caveat.",
)
def inspection(w: Witness) -> list[Part]:
    return [
        told(w, "C43", "supplier", "the firm built the inspection for SERES"),
        told(w, "C43", "inspection", "SERES inspects with AI", Role.GLOSS),
        told(w, "C43", "firm", "the firm inspects for a car maker in Chongqing", Role.GLOSS),
    ]


@rule("C44")
def on_the_list(w: Witness) -> list[Part]:
    return [
        told(w, "C44", "membership", "the firm is on the list"),
        *(note("", fact_item(r, "context")) for r in w.rows("evidence", claim="C44")),
    ]


def in_niches(w: Witness) -> Part:
    """Whether most of the sparks are known to work in driving or equipment."""
    found = [told(w, "C45", spark, f"{name} works in driving or equipment") for spark, name in SPARKS]
    yes = sum(part.answer is Answer.YES for part in found)
    no = sum(part.answer is Answer.NO for part in found)
    mostly = Answer.of(2 * yes > len(SPARKS), 2 * no >= len(SPARKS))
    text = f"{yes} of the {len(SPARKS)} are known to work in driving or equipment"
    return Part(mostly, text, tuple(item for part in found for item in part.items))


@rule(
    "C45",
    "Most of the four do work in driving or equipment; who takes for granted that giants lead there or one "
    "technology carries them finds the claim supported.",
)
def niches(w: Witness) -> list[Part]:
    return [
        in_niches(w),
        told(w, "C45", "led", "giants lead these fields or one technology carries them"),
        *context(w, "C45", "niches"),
    ]


@rule(
    "C46",
    "Two local voices call the city's ecosystem incomplete; who takes opinion for evidence finds "
    "the claim supported with a caveat.",
)
def ecosystem(w: Witness) -> list[Part]:
    return [
        told(w, "C46", "linkage", "no links across industries had formed"),
        *context(w, "C46", "ecosystem"),
    ]


@rule(
    "C47",
    "The clusters name nearly every manufacturing branch; who takes all industry for them finds the claim "
    "supported with a caveat.",
)
def clusters(w: Witness) -> list[Part]:
    first, last = city_industry.YEAR, city_industry.LAST
    shares, after = (city_industry.shares(year, w) for year in (first, last))
    best, _ = city_industry.rank(shares)
    upper = city_industry.among_first(shares, 2)
    text = (
        f"industry and construction were {shares[FOCUS]} of the city's output in {first}, place {best} "
        f"among {len(shares)} large cities with a figure"
    )
    industry, output = city_industry.INDUSTRY, city_industry.OUTPUT
    behind = [q for year in (first, last) for kind in (industry, output) for q in w.sound(FOCUS, kind, year)[:1]]
    if FOCUS in after:
        held = compared(
            w,
            after[FOCUS] >= shares[FOCUS],
            ("", f"on the same basis the share fell to {after[FOCUS]} in {last}", ""),
            behind,
            Role.GLOSS,
        )
    else:
        held = unknown("no later share on the same basis is known", role=Role.GLOSS)
    return [
        compared(w, upper, (text,) * 3, behind[:2]),
        held,
        told(w, "C47", "clusters", "the 33618 clusters have a large share of the city's output"),
    ]


def _dependence(w: Witness) -> list[Part]:
    """How a maker's dependence on one supplier and the weight of processing trade went, as context."""
    shares, trade = w.figures("C48", "dependence"), w.figures("C48", "processing")
    supplier = (
        f"one supplier's share in SERES's purchases went from {shares[0]} in {when(shares[0].period)} to "
        f"{shares[-1]} in {when(shares[-1].period)}"
        if len(shares) > 1
        else ""
    )
    assembly = f"processing trade was {trade[0]} of foreign trade ({when(trade[0].period)})" if trade else ""
    return [figure_note(w, supplier, *shares), figure_note(w, assembly, *trade)]


not_testable("C48", "what may follow under a condition that is not given", _dependence)


@rule(
    "C49",
    "National shares of 2019 to 2021 speak for outside dependence in software and sensors; who "
    "takes the nation for the city finds the claim supported with a caveat.",
)
def outside(w: Witness) -> list[Part]:
    software = [
        q
        for kind in ("rd_design", "production_control")
        for q in w.sound("china", f"domestic_share_{kind}_software", "2019")
    ]
    sensors = [
        *w.sound("china", "import_share_sensors"),
        *w.sound("china", "import_share_sensors_automotive"),
    ]
    home = ", ".join(f"{w.indicator(q.rows[0].split('/')[1])['name_en'].lower()} {q}" for q in software)
    return [
        told(w, "C49", "chongqing", "Chongqing's factories depend on outside supply for these"),
        figure_note(w, f"of the nation there is, for {YEARS_KNOWN}, {home}" if home else "", *software),
        figure_note(w, "", *sensors),
    ]


@rule("C95", "Cities that missed a wave can be named for either side; a count of them is wanted.")
def missed_wave(w: Witness) -> list[Part]:
    return [
        told(w, "C95", "history", "cities that missed a wave of technology fell behind"),
        *context(w, "C95"),
    ]


not_testable("C91", "no list says where the frontier of AI is")
not_testable("C93", "what a race is about in the end is a view")
not_testable("C94", "a question to the future")
