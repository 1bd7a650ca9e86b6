"""Rules for the claims of the chapter on the head cities: C14 to C29, C84 to C89 and C92."""

from __future__ import annotations

from dataclasses import replace

from citygap.claims.rules.contrasts import first, more
from citygap.claims.criteria import compared, context, figure, figure_note, located, majority, naming, note, told, unknown
from citygap.claims.dates import span
from citygap.claims.evidence import figure_item, listing, ranking_item, when, words
from citygap.claims.evidence_tables import COUNTS, Witness
from citygap.claims.registry import not_testable, rule
from citygap.claims.verdicts import Item, Part, Role
from citygap.comparison import filed_models
from citygap.comparison.province_statistics import sells_more_technology_than_it_buys
from citygap.measures import counting_intervals, ranks
from citygap.quantity.three_valued import Answer, every

OWN = "chongqing"
LEADERS = ("beijing", "shanghai", "shenzhen")
#: The same on lists by province, which count Shenzhen under Guangdong.
LISTED = ("beijing", "shanghai", "guangdong")
#: By what it is judged where a firm is.
SEAT = "the firm's registered office, head office or legal name, or where it is reported to sit"
SCALES = ("ai_industry_scale", "ai_above_scale", "ai_core_scale")


def _weight(w: Witness) -> list[Part]:
    """Whether the last of the three leads Chongqing on every uniform count of the time; older ones beside."""
    above, rows, texts, older = [], [], [], []
    for label in COUNTS:
        heads = {c: q for c in LEADERS if (q := w.count(label, c)) is not None}
        own = w.count(label, OWN)
        if not heads or own is None:
            continue
        last = min(heads, key=lambda c: heads[c].low)
        if not w.timely("C14", [own]):
            older += [heads[last], own]
            continue
        above.append(counting_intervals.surely_more(heads[last], own))
        times = counting_intervals.ratio_interval(heads[last], own)
        texts.append(f"{label}: {w.name(last)} {times} times {w.name(OWN)}")
        rows += [heads[last], own]
    answer = Answer.of(set(above) == {Answer.YES}, set(above) == {Answer.NO})
    return [compared(w, answer, ("; ".join(texts),) * 3, rows), figure_note(w, "", *older)]


@rule(
    "C14",
    "One statistic of rules and two of ecology are borne out, of one city each and of every field; the "
    "market is not counted. Who lets these stand for all sides finds the claim supported with a caveat.",
)
def lead_on_all_sides(w: Witness) -> list[Part]:
    return [
        *_weight(w),
        more(w, "C14", "rules", "beijing", OWN),
        more(w, "C14", "ecology", "shanghai", OWN),
        told(w, "C14", "market", "the head cities lead in the market"),
        told(w, "C14", "for_ai", "they lead in rules, ecology and market of AI alone"),
    ]


@rule(
    "C84",
    "The leaders have kept their ranks, which is all that can be seen of lasting so far: supported "
    "with a caveat.",
)
def hard_to_shake(w: Witness) -> list[Part]:
    table, column = filed_models.FILED.table, filed_models.FILED.column
    days = [day for day in filed_models.days() if span(day).before(w.commentary) is not Answer.NO]
    first_day, last = (w.distribution(table, column, [day]) for day in (days[0], days[-1]))
    rest = [q for p, q in last.items() if p not in (*LISTED, filed_models.NO_PLACE)]
    held = every(last[p] >= q for p in LISTED for q in rest)
    shares = [
        100 * sum(day[p].low for p in LISTED) / sum(q.low for q in day.values())
        for day in (first_day, last)
    ]
    kept = Answer.of(shares[1] >= shares[0], False)  # a lead may shrink and last
    text = (
        f"{listing(map(w.name, LISTED))} are {'' if held is Answer.YES else 'not '}the first three "
        f"places by filed models on {when(days[-1])}"
    )
    fell = f"their share went from {shares[0]:.0f}% on {when(days[0])} to {shares[1]:.0f}% on {when(days[-1])}"
    return [
        compared(w, held, (text,) * 3, [last[p] for p in LISTED]),
        compared(w, kept, (fell,) * 3, [first_day[p] for p in LISTED]),
    ]


@rule(
    "C85",
    "Who lets committees of every field stand for AI finds the claim supported with a caveat.",
    "the seats of the secretariats of national standards committees of every field, and by whether "
    "standards on AI come from Beijing",
)
def rules_of_the_field(w: Witness) -> list[Part]:
    return [
        first(w, "C85", "rules", "beijing"),
        more(w, "C85", "rules", "beijing", OWN),
        told(w, "C85", "ai_standards", "standards on AI come from Beijing"),
        *context(w, "C85", "ai_committee"),
    ]


@rule(
    "C86",
    "Who hears in command no more than the first place finds the claim supported.",
    "conference papers and technology sold in every field, and by whether AI research and technology "
    "come from Beijing",
)
def source_of_the_field(w: Witness) -> list[Part]:
    sells = sells_more_technology_than_it_buys("beijing", tables=w)
    sold, bought = (w.observe("beijing", f"technology_contracts_{s}", "2023") for s in ("sold", "bought"))
    text = f"in 2023 Beijing sold technology for {words(sold)} and bought for {words(bought)}"
    return [
        first(w, "C86", "source", "beijing"),
        compared(w, sells, (text,) * 3, [sold, bought]),
        told(w, "C86", "ai_source", "AI research and technology come from Beijing"),
        told(w, "C86", "command", "Beijing commands the source, and is not only first in it", Role.GLOSS),
        *(note(row["what"]) for row in w.rows("evidence", claim="C86", part="ai_source")),
    ]


@rule(
    "C87",
    "The three firms make chips, run platforms and train models; who takes them for the chain finds "
    "the claim supported with a caveat.",
    "the seats of the three firms, and by whether every link of the chain has a leading firm in Beijing",
)
def whole_chain(w: Witness) -> list[Part]:
    return [
        *(located(w, firm, "beijing") for firm in ("cambricon", "bytedance", "baidu")),
        told(w, "C87", "chain", "every link of the chain has a leading firm in Beijing"),
    ]


@rule(
    "C88",
    "The sentence names no rank, as those on Beijing do; who takes the ecology for the whole finds it "
    "supported with a caveat, and who reads the first ecology of China finds it wrong.",
)
def ecology(w: Witness) -> list[Part]:
    running = w.sound("shanghai", "compute_intelligent")
    text = f"of computing it ran {words(running[0])} in {when(running[0].period)}" if running else ""
    return [
        more(w, "C88", "ecology", "shanghai", OWN),
        first(w, "C88", "ecology", "shanghai", Role.GLOSS),
        told(w, "C88", "base", "it has built a base of AI (compute, models, data)"),
        figure_note(w, text, *running[:1]),
    ]


@rule(
    "C89",
    "Guangdong has more than eight times Chongqing's electronics; who takes the province for the "
    "city finds half of the claim borne out.",
)
def market_and_hardware(w: Witness) -> list[Part]:
    province = first(w, "C89", "hardware", "guangdong")
    return [
        more(w, "C89", "hardware", "shenzhen", OWN),
        told(w, "C89", "loop", "what is made there finds its market"),
        replace(province, role=Role.NOTE),
    ]


not_testable("C92", "an image without a measure of what compounds")


@rule(
    "C15",
    "That the core closed the year at about or nearly that figure makes its name a thing said in passing; "
    "who takes industry and core for one finds the claim supported.",
)
def beijing_forecast(w: Witness) -> list[Part]:
    core, industry = (w.sound("beijing", scale, "2025") for scale in ("ai_core_scale", "ai_industry_scale"))
    forecasts = [q for q in (*core, *industry) if q.forecast]
    value = w.claimed("C15").middle
    answer = Answer.of(
        any(value in q for q in forecasts),
        bool(forecasts) and not any(value in q for q in forecasts),
    )
    found = words(forecasts[0]).removeprefix("expected ") if forecasts else ""
    outcome = [q for q in core if not q.forecast]
    closed = " or ".join(dict.fromkeys(words(q) for q in outcome))
    return [
        compared(
            w,
            answer,
            (
                f"the city's paper expects {found} for 2025",
                f"the forecast for 2025 is {found}",
                "no source but the commentary gives this forecast",
            ),
            forecasts,
        ),
        told(w, "C15", "core", "the forecast is of the core industry", naming(w, "C15", outcome)),
        figure_note(w, f"the core closed 2025 at {closed}" if closed else "", *outcome),
    ]


@rule("C16")
def filed_in_beijing(w: Witness) -> list[Part]:
    sound = w.sound("beijing", "models_filed")
    days = sorted({q.period for q in sound or w.readings("beijing", "models_filed")})
    known = [day for day in days if span(day).before(w.commentary) is not Answer.NO]
    parts = figure(w, "C16", w.readings("beijing", "models_filed", known[-1]) if known else [])
    later = [q for day in days if day not in known for q in w.sound("beijing", "models_filed", day)]
    grown = f"it stood at {later[-1]} by {span(later[-1].period)}" if later else ""
    return [*parts, *(_on_the_lists(w, known[-1]) if known else ()), figure_note(w, grown, *later)]


def _on_the_lists(w: Witness, day: str) -> list[Part]:
    """Whether the national lists of before and after a day leave the claim's number open."""
    table, column = filed_models.FILED.table, filed_models.FILED.column
    claimed = w.claimed("C16").low
    before = [d for d in filed_models.days() if d <= day][-1:]
    after = [d for d in filed_models.days() if d >= day][:1]
    if not before or not after:
        return []
    low, high = (w.distribution(table, column, [d])["beijing"] for d in (before[0], after[0]))
    inside = Answer.of(low.high <= claimed <= high.low, claimed < low.low or claimed > high.high)
    text = f"the national lists have {low} of {when(before[0])} and {high} of {when(after[0])}"
    return [compared(w, inside, (text,) * 3, [low, high], Role.GLOSS)]


@rule("C17", judged_by=SEAT)
def cambricon(w: Witness) -> list[Part]:
    return [located(w, "cambricon", "beijing")]


@rule("C18", judged_by=SEAT)
def bytedance_and_baidu(w: Witness) -> list[Part]:
    return [located(w, firm, "beijing") for firm in ("bytedance", "baidu")]


not_testable("C19", "no measure of a voice in the field is offered")


@rule("C20", "The figure is of large firms alone; who wants the industry named needs a caveat.")
def shanghai_scale(w: Witness) -> list[Part]:
    readings = [q for scale in SCALES for q in w.readings("shanghai", scale, "2024")]
    named = w.claim("C20")["about"]
    used = readings[0].rows[0].split("/")[1] if readings else named
    # Large firms enter with all that they sell, so their sum may be more than the industry or less.
    whole = Answer.of(used == named, used not in (named, "ai_above_scale"))
    what = w.indicator(used)["name_en"]
    text = f"it counts {what}, which may be more or less than the industry"
    role = naming(w, "C20", w.sound("shanghai", named, "2024"))
    return [*figure(w, "C20", readings), compared(w, whole, ("", text, text), role=role)]


@rule(
    "C21",
    "The share has been repeated since 2021 without a count behind it; a strict judge "
    "would want one.",
)
def shanghai_talent(w: Witness) -> list[Part]:
    found = [*w.figures("C21", "share"), *w.sound("shanghai", "ai_talent_share_industry")]
    readings = w.timely("C21", found)
    parts = figure(w, "C21", readings)
    for beijing in w.sound("beijing", "ai_talent_share_core"):
        text = f"Beijing claims {beijing} of core technical staff of {beijing.period}, which is another group"
        parts.append(figure_note(w, text, beijing))
    return parts


@rule("C22", judged_by=SEAT)
def agibot(w: Witness) -> list[Part]:
    return [located(w, "agibot", "shanghai")]


@rule("C23", "It is listed on the Shanghai exchange, which may be what the commentary means.", SEAT)
def moore_threads(w: Witness) -> list[Part]:
    return [located(w, "moore_threads", "shanghai")]


@rule("C24", judged_by=SEAT)
def stepfun(w: Witness) -> list[Part]:
    return [located(w, "stepfun", "shanghai")]


@rule("C25", "The year before, grown at the aimed rate, would fit; that is no source.")
def shenzhen_scale(w: Witness) -> list[Part]:
    readings = [q for scale in SCALES for q in w.readings("shenzhen", scale, "2024")]
    before = [
        q for scale in (*SCALES, "ai_scale_in_province") for q in w.sound("shenzhen", scale, "2023")
    ]
    known = " or ".join(f"{words(q)} ({q.scope.split(': ')[1]})" for q in before)
    return [*figure(w, "C25", readings), figure_note(w, f"2023 was {known}", *before)]


@rule(
    "C26",
    "Who takes the white paper of 2025 for one of 2024 finds the number right, and who takes the higher "
    "count of AI firms for this one finds it wrong.",
    "published counts of the city's AI firms",
)
def shenzhen_firms(w: Witness) -> list[Part]:
    related = w.sound("shenzhen", "ai_firms_related")
    readings = w.timely("C26", related)
    beside = [*(q for q in related if q not in readings), *w.sound("shenzhen", "ai_firms"), *w.figures("C26", "count")]
    text = f"no count of AI-related firms for {w.claim('C26')['period']} was found: each is said to be of another year or of none or bears another name"
    found = figure(w, "C26", readings) if readings else [unknown(text)]
    return [*found, figure_note(w, "", *beside)]


@rule(
    "C27",
    "A white paper of 2025 puts Shenzhen third, and a registry of 2022 first; who takes a year near by for "
    "the year finds the claim borne out by the first, and wrong by the second.",
    "lists and papers that rank cities by their number of AI firms",
)
def third_by_firms(w: Witness) -> list[Part]:
    claimed, year = int(w.claim("C27")["value"]), w.claim("C27")["period"]
    found = [
        (q.low == q.high == claimed, figure_item(w, q, "for"), q.period)
        for q in w.figures("C27", "rank")
    ]
    for indicator, period in (
        ("ai_firms_itjuzi", "2021-03"),  # the later of the two lists of one house
        ("ai_firms_share_city_cngai", "2020"),
    ):
        counts = _cities(w, indicator, period)
        if "shenzhen" in counts:
            best, worst = ranks.rank_of(counts, "shenzhen")
            item = figure_item(w, counts["shenzhen"], "for")
            found.append((best == worst == claimed, item, period))
    for row in w.rows("rankings", place="shenzhen"):
        if row["measure"] == "ai_firms" and row["confidence"] != "low":
            item = ranking_item(row, "for", w.name("shenzhen"))
            found.append((int(row["rank"]) == claimed, item, row["edition"]))
    timely, other = ([each[:2] for each in found if w.of_its_time("C27", each[2]) is now] for now in (True, False))
    right = [item for fits, item in timely if fits]
    wrong = [item for fits, item in timely if not fits]
    beside = (replace(item, stance="context") for _, item in other)
    told_of = f"{len(right)} of {len(timely)} lists and papers of {year} give that rank"
    return [
        Part(
            majority(len(right), len(wrong)),
            told_of if timely else f"no list or paper of {year} with a rank was found",
            (*right, *map(_against, wrong)),
        ),
        note(f"of those of another year or of none {sum(fits for fits, _ in other)} of {len(other)} give it" if other else "", *beside),
    ]


def _cities(w: Witness, indicator: str, period: str) -> dict:
    """Sound readings of an indicator for cities; the country is no city."""
    places = [p for p in w.places_with(indicator, period) if p != "china"]
    return {p: found[0] for p in places if (found := w.sound(p, indicator, period))}


def _against(item: Item) -> Item:
    """The same row as evidence against."""
    return replace(item, stance="against")


@rule("C28", judged_by=SEAT)
def shenzhen_anchors(w: Witness) -> list[Part]:
    return [located(w, firm, "shenzhen") for firm in ("huawei", "tencent", "ubtech")]


not_testable(
    "C29", "a superlative without a measure of a closed loop",
    judged_by="no figure, since neither reliance nor perfection has a measure",
)  # fmt: skip
