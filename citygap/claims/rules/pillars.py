"""Rules for the claims on the four moves (clusters, compute, ASEAN, science): C62 to C82, C100 to C104."""

from __future__ import annotations

from dataclasses import replace

from citygap.claims.rules.contrasts import contrast
from citygap.claims.criteria import (
    STANCE,
    aims,
    compared,
    context,
    emphasised,
    figure_note,
    note,
    told,
)
from citygap.claims.dates import span
from citygap.claims.evidence import event_item, fact_item, when, words
from citygap.claims.evidence_tables import AI_PLUS, Witness
from citygap.claims.registry import not_testable, rule
from citygap.claims.verdicts import Part, Role
from citygap.quantity.three_valued import Answer

OTHERS = ("beijing", "shanghai", "shenzhen")
#: From which share of Chongqing's fields on that another plan names the paths are not unlike.
ALIKE = 0.6


@rule(
    "C62",
    "A separate draft plan for manufacturing does put the clusters at its centre; who "
    "reads the two plans as one finds the claim supported.",
)
def foundation(w: Witness) -> list[Part]:
    return [
        emphasised(
            w,
            "C62",
            "ai_manufacturing",
            2,
            "industry is a section of its own",
            "the plan's section on industry was not seen",
        ),
        *context(w, "C62"),
    ]


@rule(
    "C63",
    "Both instruments stand in sibling plans of the city: supported with a caveat for "
    "whoever takes those for this one.",
)
def factories(w: Witness) -> list[Part]:
    siblings = [
        *aims(w, "CQ_DIGITAL_2023", "Industry-level industrial brains", "future_factories"),
        *aims(w, "CQ_AIMFG_2025", "future_factories"),
    ]
    text = "sibling plans name both" if siblings else ""
    return [
        told(w, "C63", "plan_text", "this plan calls for brains and future factories"),
        note(text, *siblings),
    ]


@rule(
    "C64",
    "Shanghai has a plan of its own for AI in manufacturing, with numbers; who weighs the whole "
    "policy of the cities may find the contrast wrong.",
)
def main_engine(w: Witness) -> list[Part]:
    return [
        *contrast(w, "C64", "chongqing", ("shanghai", "shenzhen"), "has manufacturing as its main engine"),
        *context(w, "C64"),
    ]


@rule(
    "C65",
    "The project exists and is older than the plan; who asks only for that finds the claim "
    "supported with a caveat.",
)
def channel(w: Witness) -> list[Part]:
    events = w.events("yuzhong_hami_cooperation", "xinjiang_compute_mandate")
    began = f"the project itself dates from {span(events[0]['date'])}" if events else ""
    return [
        told(w, "C65", "plan_text", "this plan builds the channel"),
        told(w, "C65", "channel", "the channel is under way", Role.GLOSS, quiet=True),
        note(began, *(event_item(r, "context") for r in events)),
    ]


@rule("C66", "A headline on an aim; who asks for clusters that stand finds the claim unverified.")
def own_clusters(w: Witness) -> list[Part]:
    running = w.sound("shanghai", "compute_intelligent")
    text = f"Shanghai ran {words(running[0])} in {when(running[0].period)}" if running else ""
    return [
        told(w, "C66", "clusters", "the city asks for self-reliant clusters"),
        told(w, "C66", "built", "such clusters are built, not only aimed at", Role.GLOSS),
        figure_note(w, text, *running[:1]),
    ]


@rule("C67")
def dispatch(w: Witness) -> list[Part]:
    return [
        told(w, "C67", "dispatch", "Shenzhen dispatches compute"),
        *context(w, "C67", "local", words=True),
        told(w, "C67", "improved", "it was improved, not only aimed at", Role.GLOSS),
        note("", *aims(w, "SZ_PIONEER_2024", "Greater-Bay-Area compute dispatch scale")),
    ]


@rule(
    "C69",
    "The path is the second move of the plan and judged by that plan. Who lets a sibling plan speak for it "
    "finds the aim borne out, with a caveat: that the hub is key no size decides, since no year has the "
    "computing capacity of Chongqing and of another cluster.",
)
def hub(w: Witness) -> list[Part]:
    rows = w.events("chongqing_data_centre_cluster")
    named = Answer.of(bool(rows), False)
    text = f"{rows[0]['name_en']}, {span(rows[0]['date'])}" if rows else "no such status was found"
    known = {p: {q.period: q for q in w.sound(p, "compute_total")} for p in ("chongqing", "qingyang")}
    own, other = known.values()
    years = sorted(set(own) & set(other))
    pair = [each[years[-1]] for each in (own, other)] if years else []
    larger = pair[0] >= pair[1] if pair else Answer.of(False, False)
    size = (
        f"it has {words(pair[0])}, Qingyang alone has {words(pair[1])}"
        if pair
        else "no year has the compute of the city and of another cluster, so what is key is not measured"
    )
    return [
        told(w, "C69", "aim", "the plan aims at dispatch for the nation or the west"),
        Part(named, text, tuple(event_item(r, STANCE[named]) for r in rows), Role.GLOSS),
        told(w, "C69", "dispatch", "the city dispatches compute", Role.GLOSS, quiet=True),
        compared(w, larger, (size,) * 3, pair, Role.GLOSS),
        *context(w, "C69", "aim"),
    ]


def _compute_ratio(w: Witness) -> list[Part]:
    """What is printed of Xinjiang's compute, beside Shanghai's, as context."""
    centres = w.observe("xinjiang", "compute_named_centres", "2025-10")
    shanghai = w.observe("shanghai", "compute_intelligent", "2026-01")
    karamay = w.observe("karamay", "compute_intelligent", "2024")
    text = (
        f"planners print {words(centres)} for Xinjiang's named centres ({when(centres.period)}), which is a "
        f"floor, and Karamay alone reports {words(karamay)} ({karamay.period})"
    )
    return [figure_note(w, text, centres, karamay, shanghai)]


not_testable("C70", "boldness has no scale", _compute_ratio)


@rule(
    "C71",
    "The position is official; who reads the claim as no more than that finds it supported.",
)
def fulcrum(w: Witness) -> list[Part]:
    return [
        told(w, "C71", "position", "this is the city's official role"),
        told(w, "C71", "serves", "the compute channel serves it"),
    ]


@rule("C72", "Whether costs fell is another question than whether that is the aim.")
def bottleneck(w: Witness) -> list[Part]:
    return [
        told(w, "C72", "aim", "the channel is meant to lower the costs of compute and energy"),
        told(w, "C72", "around", "it is meant for industry around the city too"),
        *(note(r["what"], fact_item(r, "context")) for r in w.rows("evidence", claim="C72", part="outcome")),
    ]  # fmt: skip


@rule("C73")
def asean(w: Witness) -> list[Part]:
    return [
        told(w, "C73", "plan_text", "the plan proposes a mechanism for ASEAN"),
        *(
            note(r["what"])
            for r in w.rows("evidence", claim="C73", source=w.plan(AI_PLUS)["source"])
        ),
        *context(w, "C73"),
    ]


@rule(
    "C74",
    "For Shanghai and Shenzhen the stress was seen; Beijing's plan of July 2024 has nothing of the "
    "kind, and other papers of the city may.",
)
def governance_abroad(w: Witness) -> list[Part]:
    return contrast(w, "C74", "chongqing", OTHERS, "turns to ASEAN instead of rules and data abroad")


@rule(
    "C75",
    "Project, corridor and role are documented; only their tie to AI was not seen. A "
    "lenient judge would call that a caveat.",
)
def tied_to_asean(w: Witness) -> list[Part]:
    assets = told(w, "C75", "assets", "the assets exist", Role.GLOSS, quiet=True)
    projects = w.sound("china_singapore_initiative", "csi_projects_business")
    return [
        told(w, "C75", "tie", "the plan ties AI to project and corridor"),
        assets,
        figure_note(w, "project and corridor are documented", *projects[:1]),
        *context(w, "C75"),
    ]


def _asean_trade(w: Witness) -> list[Part]:
    """Exports over imports with ASEAN, as context."""
    sold = w.observe("chongqing", "exports_to_asean", "2020")
    bought = w.observe("chongqing", "imports_from_asean", "2020")
    ratio = sold.ratio(bought, because="exports over imports").text(2)
    return [
        figure_note(w, f"exports to ASEAN were {ratio} of imports in {sold.period}", sold, bought)
    ]


@rule("C76", "Whether the city is such a node is another question than whether it wants to be.")
def node(w: Witness) -> list[Part]:
    return [
        told(w, "C76", "market", "it seeks a market for its own solutions"),
        told(w, "C76", "aim", "the plan wants the city to be that node"),
        *_asean_trade(w),
    ]


@rule("C77")
def science_paradigm(w: Witness) -> list[Part]:
    later = w.events("beijing_ai4s_plan")
    text = f"a plan of its own followed on {span(later[0]['date'])}" if later else ""
    return [
        told(w, "C77", "paradigm", "the plan explores a new paradigm of AI for science"),
        note(text, *(event_item(r, "context") for r in later)),
    ]


@rule(
    "C78",
    "Shanghai's plan gives AI for science a section; who asks for no more than that finds "
    "the claim supported.",
)
def strong_disciplines(w: Witness) -> list[Part]:
    return [
        told(w, "C78", "disciplines", "the plan names strong disciplines"),
        emphasised(
            w,
            "C78",
            "ai4science",
            2,
            "AI for science is a section of the plan",
            role=Role.GLOSS,
        ),
        *context(w, "C78"),
    ]


@rule("C79")
def full_stack(w: Witness) -> list[Part]:
    return [
        told(w, "C79", "full_stack", "full-stack innovation is a chapter"),
    ]


@rule("C80")
def laboratories(w: Witness) -> list[Part]:
    return [
        told(w, "C80", "laboratories", "the laboratories have these fields"),
        told(w, "C80", "paradigms", "the plan asks for new paradigms"),
    ]


@rule(
    "C81",
    "The fields of Shanghai's and Shenzhen's plans are not known whole; Beijing's other plan, of "
    "2025, names more of the same fields.",
)
def unlike(w: Witness) -> list[Part]:
    rows = {
        city: [r for r in w.rows("evidence", claim="C81", part=f"field_{city}") if w.admits(r)]
        for city in ("chongqing", *OTHERS)
    }
    fields = {city: {r["value"] for r in found} for city, found in rows.items()}
    own = fields.pop("chongqing")
    shared = {city: own & named for city, named in fields.items()}
    # a list that was seen in part may hold more of the same fields, never fewer
    whole = {city: told(w, "C81", f"whole_{city}", "").answer is Answer.YES for city in OTHERS}
    alike = [c for c in OTHERS if own and len(shared[c]) >= ALIKE * len(own)]
    answer = Answer.of(bool(own) and not alike and all(whole.values()), bool(alike))
    text = "; ".join(
        f"{w.name(city)} names {len(shared[city])} of Chongqing's {len(own)} fields"
        + ("" if whole[city] else " in what was seen")
        for city in OTHERS
    )
    items = tuple(
        replace(fact_item(r, STANCE[answer]), text=f"{r['what']}: {r['value']}")
        for found in rows.values()
        for r in found
    )
    return [Part(answer, text, items), *context(w, "C81", "wording")]


@rule(
    "C101",
    "The same report finds trade along chains near its peak; who reads into the sentence that chains come "
    "apart finds it wrong.",
)
def security(w: Witness) -> list[Part]:
    return [
        told(w, "C101", "reshaping", "chains are rebuilt towards security"),
        told(w, "C101", "faster", "they are rebuilt ever faster", Role.GLOSS),
        *context(w, "C101"),
    ]


@rule("C102", "The laboratories' fields are in the plan, their purpose was not seen there.")
def soil(w: Witness) -> list[Part]:
    return [
        told(w, "C102", "purpose", "the laboratories are to serve local industry"),
        told(w, "C80", "laboratories", "the laboratories have fields of industry", Role.GLOSS),
    ]


@rule("C103", "What is aimed at is not ensured; a count of uses of the laboratories' work is wanted.")
def rooted(w: Witness) -> list[Part]:
    return [told(w, "C103", "uses", "the laboratories' work is used by firms of the city")]


not_testable("C100", "an aim in an image, without a measure")
not_testable("C104", "an aim in an image, without a measure")
not_testable("C82", "what interlocks and is clear is a view")
