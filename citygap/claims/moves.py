"""Rules for the claims on the four moves (clusters, compute, ASEAN, science): C62 to C82."""

from __future__ import annotations

from citygap.answers import Answer
from citygap.claims.dates import span
from citygap.claims.items import emphasis_item, event_item, fact_item, listing, when, words
from citygap.claims.parts import (
    STANCE,
    aims,
    compared,
    context,
    emphasised,
    figure_note,
    note,
    told,
    worded,
)
from citygap.claims.registry import not_testable, rule
from citygap.claims.verdicts import Item, Part, Role
from citygap.claims.witness import AI_PLUS, Witness

OTHERS = ("beijing", "shanghai", "shenzhen")
#: From which share of common fields on two paths are not unlike (Jaccard's index).
ALIKE = 0.4
ONE_CENTRE = "capacity of named centres beside that of a whole city"


@rule(
    "C62",
    "A separate draft plan for manufacturing does put the clusters at its centre; who "
    "reads the two plans as one finds the claim supported.",
)
def foundation(w: Witness) -> list[Part]:
    return [
        emphasised(
            w,
            AI_PLUS,
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
    siblings = aims(w, ("CQ_DIGITAL_2023", "CQ_AIMFG_2025"), ("industrial brain", "future factor"))
    text = "sibling plans name both" if siblings else ""
    return [
        told(w, "C63", "plan_text", "this plan calls for brains and future factories"),
        note(text, *siblings),
    ]


@rule(
    "C64",
    "A draft plan of the city is all about AI in manufacturing, Shanghai's plan has a "
    "section on it; a judge of the whole policy may rank them.",
)
def main_engine(w: Witness) -> list[Part]:
    weights = {}
    for city, plans in (
        ("chongqing", [AI_PLUS]),
        ("others", ["SH_MOSU_2024", "SZ_PIONEER_2024", "SZ_PIONEER_2025"]),
    ):
        rows = [r for p in plans for r in w.rows("emphasis", plan=p, theme="ai_manufacturing")]
        weights[city] = max((int(r["weight"]) for r in rows), default=0), rows
    own, other = weights["chongqing"][0], weights["others"][0]
    answer = Answer.of(own > other, False)  # a chapter that was not seen may weigh more
    items = tuple(emphasis_item(w, r, STANCE[answer]) for _, rows in weights.values() for r in rows)
    text = (
        "manufacturing weighs more in Chongqing's plan"
        if answer is Answer.YES
        else "manufacturing has a section in Shanghai's plan, and Chongqing's section was not seen"
    )
    return [Part(answer, text, items), *context(w, "C64")]


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


@rule("C66")
def own_clusters(w: Witness) -> list[Part]:
    running = w.sound("shanghai", "compute_intelligent")
    text = f"Shanghai ran {words(running[0])} in {when(running[0].period)}" if running else ""
    return [
        emphasised(w, "SH_MOSU_2024", "compute_hub", 2, "compute is a section of Shanghai's plan"),
        told(w, "C66", "clusters", "the city builds clusters of its own", quiet=True),
        figure_note(w, text, *running[:1]),
    ]


@rule("C67")
def dispatch(w: Witness) -> list[Part]:
    return [
        told(w, "C67", "dispatch", "Shenzhen dispatches compute"),
        told(w, "C67", "local", "the dispatch is only local", Role.GLOSS),
        note("", *aims(w, ("SZ_PIONEER_2024",), ("compute dispatch",))),
    ]


@rule(
    "C68",
    "The others' links are smaller parts of their plans; who weighs them finds Chongqing "
    "different in degree.",
)
def across_regions(w: Witness) -> list[Part]:
    pilots = [
        r
        for r in w.events("xinjiang_compute_power_pilots")
        if any(w.name(city) in r["name_en"] for city in OTHERS)
    ]
    answer = Answer.of(False, bool(pilots))
    text = (
        f"Xinjiang's planners pair Karamay with Shanghai, {span(pilots[0]['date'])}"
        if pilots
        else ""
    )
    links = told(w, "C68", "links", "only Chongqing reaches across regions")
    found = (
        [Part(answer, text, tuple(event_item(r, STANCE[answer]) for r in pilots))] if pilots else []
    )
    return [*found, links]


@rule(
    "C69",
    "One of ten clusters in one of eight hubs is a place in the network; key is a matter "
    "of size, and the size is not known.",
)
def hub(w: Witness) -> list[Part]:
    rows = w.events("chongqing_data_centre_cluster")
    named = Answer.of(bool(rows), False)
    text = f"{rows[0]['name_en']}, {span(rows[0]['date'])}" if rows else "no such status was found"
    own, other = w.sound("chongqing", "compute_total"), w.sound("qingyang", "compute_total")
    larger = own[0] >= other[0] if own and other else Answer.of(False, False)
    size = "no total of Chongqing's compute was found" if not own else f"it has {words(own[0])}"
    beside = f", Qingyang alone has {words(other[0])}" if other else ""
    return [
        Part(named, text, tuple(event_item(r, STANCE[named]) for r in rows)),
        told(w, "C69", "dispatch", "the city dispatches compute", quiet=True),
        compared(w, larger, (f"{size}{beside}",) * 3, [*own[:1], *other[:1]], Role.GLOSS),
    ]


def _compute_ratio(w: Witness) -> list[Part]:
    """Xinjiang's named centres over Shanghai's capacity, as context."""
    centres = w.observe("xinjiang", "compute_named_centres", "2025-10")
    shanghai = w.observe("shanghai", "compute_intelligent", "2026-01")
    ratio = centres.ratio(shanghai, because=ONE_CENTRE).to("%")
    return [
        figure_note(
            w, f"Xinjiang's named centres have {ratio} of Shanghai's compute", centres, shanghai
        )
    ]


not_testable("C70", "boldness has no scale", _compute_ratio)


@rule(
    "C71",
    "The position is official; whoever reads the claim as no more than that finds it "
    "supported without a caveat.",
)
def fulcrum(w: Witness) -> list[Part]:
    return [
        told(w, "C71", "position", "this is the city's official role"),
        told(w, "C71", "serves", "the compute channel serves it", Role.GLOSS),
    ]


@rule("C72")
def bottleneck(w: Witness) -> list[Part]:
    return [told(w, "C72", "cost", "costs fell"), *context(w, "C72")]


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
    "Stress is a matter of degree: for Beijing and Shenzhen the theme was seen as named, "
    "not as a chapter, in the plans of that time.",
)
def governance_abroad(w: Witness) -> list[Part]:
    theme, seen, items = "intl_rules_governance", {}, []
    for city in OTHERS:
        rows = [
            r
            for plan in w.rows("plans", place=city)
            if span(plan["date"]).before(w.commentary) is not Answer.NO
            for r in w.rows("emphasis", plan=plan["plan"], theme=theme)
        ]
        statement = told(w, "C74", city, "")
        seen[city] = Answer.of(bool(rows), False) | statement.answer
        items += [emphasis_item(w, r, STANCE[seen[city]]) for r in rows] + [*statement.items]
    answer = seen["beijing"] & seen["shanghai"] & seen["shenzhen"]
    names = listing(w.name(city) for city, found in seen.items() if found is Answer.YES)
    parts = [Part(answer, f"the theme was seen for {names}", tuple(items))]
    own = w.rows("emphasis", plan=AI_PLUS, theme=theme)
    instead = Answer.of(False, bool(own))
    text = "but Chongqing's plan names international rules too" if own else ""
    return [
        *parts,
        Part(instead, text, tuple(emphasis_item(w, r, STANCE[instead]) for r in own), Role.GLOSS),
    ]


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


not_testable("C76", "a goal, not a fact", _asean_trade)


@rule("C77")
def science_paradigm(w: Witness) -> list[Part]:
    rows = w.events("beijing_ai4s_plan")
    answer = Answer.of(bool(rows), False)
    text = f"{rows[0]['name_en']}, {span(rows[0]['date'])}" if rows else "no such plan was found"
    return [Part(answer, text, tuple(event_item(r, STANCE[answer]) for r in rows))]


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
            "SH_MOSU_2024",
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
        worded(w, "SZ_PIONEER_2024", "full-stack", "full-stack innovation"),
        told(w, "C79", "full_stack", "full-stack innovation is a chapter", quiet=True),
    ]


@rule("C80")
def laboratories(w: Witness) -> list[Part]:
    return [
        told(w, "C80", "laboratories", "the laboratories have these fields"),
        told(w, "C80", "paradigms", "the plan asks for new paradigms"),
    ]


@rule("C81", "Sets of field names are coarse; the plans may differ in what they do in each field.")
def unlike(w: Witness) -> list[Part]:
    fields = {
        city: {r["value"]: r for r in w.rows("evidence", claim="C81", part=f"field_{city}")}
        for city in ("chongqing", "beijing")
    }
    own, other = (set(found) for found in fields.values())
    common = own & other
    index = len(common) / len(own | other) if own and other else None
    answer = Answer.of(index is not None and index < ALIKE, index is not None and index >= ALIKE)
    text = (
        f"{len(common)} of {len(own | other)} fields are named in Beijing's plan too "
        f"({', '.join(sorted(common))})"
        if index is not None
        else "the fields are not known"
    )
    items = tuple(
        Item(
            fact_item(r, "for").rows,
            f"{r['what']}: {r['value']}",
            (r["source"],),
            r["confidence"],
            STANCE[answer],
        )
        for found in fields.values()
        for r in found.values()
    )
    return [Part(answer, text, items), *context(w, "C81", "wording")]


not_testable("C82", "it judges the future")
