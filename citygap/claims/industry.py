"""Rules for the claims on Chongqing's own firms, laboratory and clusters: C37 to C49."""

from __future__ import annotations

from citygap.answers import Answer
from citygap.claims.dates import span
from citygap.claims.items import event_item, fact_item, figure_item, when, words
from citygap.claims.parts import (
    STANCE,
    compared,
    figure,
    figure_note,
    majority,
    note,
    told,
    unknown,
)
from citygap.claims.registry import rule
from citygap.claims.verdicts import Part, Role
from citygap.claims.witness import Witness
from citygap.quantity import exactly

#: How much of the planned staff must have come for "stand behind" to be said without a caveat.
MOST = 0.8
#: Half, in per cent: what "mainly" needs more than.
HALF = 50


def _in_year(w: Witness, rows: list[dict[str, str]], year: str) -> list[Part]:
    """Whether one of several events fell in a year, and whether it was the first."""
    inside = [r for r in rows if span(r["date"]).within(span(year)) is Answer.YES]
    answer = Answer.of(bool(inside), bool(rows) and not inside)
    spoken = inside[0] if inside else rows[0] if rows else None
    text = f"{spoken['name_en']}, {span(spoken['date'])}" if spoken else "no such event was found"
    parts = [Part(answer, text, tuple(event_item(r, STANCE[answer]) for r in inside or rows))]
    for early in [r for r in rows if inside and r["date"] < inside[0]["date"]]:
        first = span(early["date"]).within(span(year))
        parts.append(
            Part(
                first,
                f"earlier, {span(early['date'])}: {early['name_en']}",
                (event_item(early, STANCE[first]),),
                Role.GLOSS,
            )
        )
    return parts


@rule("C37", "Whoever counts the first showing of the driving model dates the release to 2024.")
def tianshu(w: Witness) -> list[Part]:
    rows = [r for r in w.events(place="changan") if "tianshu" in r["event"]]
    return _in_year(w, rows, w.claim("C37")["value"])


@rule("C38", "The claim can be read as the announced size, which is right without a caveat.")
def driving_staff(w: Witness) -> list[Part]:
    parts = figure(w, "C38", w.readings("qianli_zhijia", "rd_staff_one_firm"))
    for merged in w.figures("C38", "merged"):
        share = merged.ratio(w.claimed("C38"), because="part of the planned staff")
        parts.append(
            compared(
                w,
                share >= MOST,
                ("", f"only {words(merged)} had been merged by {when(merged.period)}", ""),
                [merged],
                Role.GLOSS,
            )
        )
    return parts


@rule("C39", "Registration moved the team on paper: the employer is a Chongqing company.")
def staff_moved(w: Witness) -> list[Part]:
    return [told(w, "C39", "moved", "the team moved to Chongqing")]


@rule(
    "C40",
    "The year of the founding is in doubt, and the company was founded as the vessel "
    "of a merger to come: in a wide sense it came of it.",
)
def founding(w: Witness) -> list[Part]:
    rows = w.events("qianli_zhijia_founded", "geely_driving_teams_merge")
    if len(rows) < 2:
        return [unknown("founding and merger are not both dated")]
    founded, merged = (next(r for r in rows if word in r["event"]) for word in ("founded", "merge"))
    answer = ~span(founded["date"]).before(span(merged["date"]))
    text = f"its founding is dated {span(founded['date'])}, the merger {span(merged['date'])}"
    return [Part(answer, text, tuple(event_item(r, STANCE[answer]) for r in rows))]


@rule("C41", "Unveiling and formal listing are two acts; either may be called the inauguration.")
def laboratory_opened(w: Witness) -> list[Part]:
    return _in_year(w, w.events(place="jialing_river_laboratory"), w.claim("C41")["value"])


@rule("C42")
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


@rule(
    "C45",
    "The tabulation of filed models points to finance and property, against the claim; "
    "but a filed model is not a success.",
)
def niches(w: Witness) -> list[Part]:
    return [
        told(w, "C45", "niches", "the successes sit in these niches"),
        *(note(r["what"], fact_item(r, "context")) for r in w.rows("evidence", claim="C45")),
    ]


@rule("C46", "Two local voices are opinion; who asks for a measure finds the claim unverified.")
def ecosystem(w: Witness) -> list[Part]:
    return [
        told(w, "C46", "ecosystem", "the ecosystem is incomplete"),
        told(w, "C46", "measure", "measures the ecosystem", Role.GLOSS),
    ]


@rule("C47", "How much dependence makes a fate is a judgement; the share of industry is falling.")
def clusters(w: Witness) -> list[Part]:
    numbers = [int(n) for n in w.claim("C47")["value"].split("+")]
    counts = [
        q
        for tier in ("trillion", "500bn", "100bn", "new_star")
        for q in w.sound("chongqing", f"clusters_33618_{tier}")
    ]
    same = [q.low == q.high == n for q, n in zip(counts, numbers, strict=False)]
    answer = Answer.of(len(counts) == len(numbers) and all(same), not all(same))
    found = ", ".join(map(str, counts))
    parts = [
        compared(
            w,
            answer,
            (f"the tiers of the system hold {found} clusters",) * 2
            + ("not every tier has a count",),
            counts,
        )
    ]
    shares = w.series("chongqing", "secondary_share", years=True)
    first, last = shares[0], shares[-1]
    growing = last > first
    text = (
        f"the share of secondary industry went from {first} ({first.period}) "
        f"to {last} ({last.period})"
    )
    cars = w.observe("chongqing", "auto_contribution_to_industrial_growth")
    return [
        *parts,
        compared(w, growing, (text,) * 3, [first, last], Role.GLOSS),
        figure_note(w, f"cars gave {cars} of industrial growth ({when(cars.period)})", cars),
    ]


@rule("C48", "A risk may be called visible from the dependence alone: supported with a caveat.")
def operating_layer(w: Witness) -> list[Part]:
    shares, trade = w.figures("C48", "dependence"), w.figures("C48", "processing")
    parts = []
    if len(shares) > 1:
        first, last = shares[0], shares[-1]
        text = f"one supplier's share in SERES's purchases went from {first} to {last}"
        parts.append(compared(w, last > first, (text,) * 3, [first, last]))
    if len(trade) > 1:
        text = f"processing trade went from {trade[0]} to {trade[-1]} of foreign trade"
        parts.append(compared(w, trade[-1] >= trade[0], (text,) * 3, [trade[0], trade[-1]]))
    else:
        text = "processing trade is known for one year only, so anchoring has no trend"
        parts.append(unknown(text, *(figure_item(w, q, "context") for q in trade)))
    return [*parts, told(w, "C48", "anchoring", "makers earn less for it", Role.GLOSS)]


@rule(
    "C49",
    "National shares of 2019 to 2021 say little of Chongqing in 2025; who asks for the "
    "city's own figures finds the claim unverified.",
)
def outside(w: Witness) -> list[Part]:
    home = [
        w.observe("china", f"domestic_share_{kind}_software", "2019")
        for kind in ("rd_design", "production_control")
    ]
    imports = [
        q
        for q in w.sound("china", "import_share_sensors")
        + w.sound("china", "import_share_sensors_automotive")
    ]
    label = "models on a list of 2024"
    local = w.count(label, "chongqing").ratio(w.count(label, "china")).to("%")
    answers = {
        "design software": home[0] < exactly(HALF, "%", scope=home[0].scope),
        "control software": home[1] < exactly(HALF, "%", scope=home[1].scope),
        "sensors": majority(
            sum(q.low > HALF for q in imports), sum(q.high < HALF for q in imports)
        ),
        "base models": Answer.of(local.high < HALF, local.low >= HALF),
    }
    yes = [name for name, answer in answers.items() if answer is Answer.YES]
    no = [name for name, answer in answers.items() if answer is Answer.NO]
    told_of = majority(len(yes), len(answers) - len(yes))
    all_four = Answer.of(len(yes) == len(answers), bool(no))
    text = (
        f"mainly from outside: {', '.join(yes) or 'none'} (home share of design software "
        f"{home[0]}, of control software {home[1]}; Chongqing's share of listed models "
        f"{local.text(2)})"
    ).replace("home share", "domestic share")
    return [
        compared(w, told_of, (text,) * 3, [home[0], *imports]),
        compared(
            w, all_four, ("", "", "control software stands at the middle"), [home[1]], Role.GLOSS
        ),
        told(w, "C49", "chongqing", "these shares hold for Chongqing", Role.GLOSS),
    ]
