"""Rules for the claims of the chapter on the head cities: C14 to C29."""

from __future__ import annotations

from dataclasses import replace

from citygap.answers import Answer
from citygap.claims import lists
from citygap.claims.dates import span
from citygap.claims.items import figure_item, ranking_item, words
from citygap.claims.parts import compared, figure, figure_note, located, majority, told
from citygap.claims.registry import not_testable, rule
from citygap.claims.verdicts import Item, Part, Role
from citygap.claims.witness import COUNTS, Witness

LEADERS = ("beijing", "shanghai", "shenzhen")
WESTERN = ("chongqing", "chengdu", "xian")
SCALES = ("ai_industry_scale", "ai_above_scale", "ai_core_scale")
DIFFERENT_BASES = "each city counts talent on a basis of its own"
#: A sum of two cities' shares above this leaves too little for the rest of the country.
FULL = 90


@rule(
    "C14",
    "Who takes rules and markets as the core of the claim finds no count of either: unverified.",
)
def system_wide_lead(w: Witness) -> list[Part]:
    above, rows, least = [], [], None
    for label in COUNTS:
        heads = [q for city in LEADERS if (q := w.count(label, city)) is not None]
        rest = [q for city in WESTERN if (q := w.ceiling(label, city)) is not None]
        last, first = min(heads, key=lambda q: q.low), max(rest, key=lambda q: q.high)
        above.append(last > first)
        least = min(
            [least, last.ratio(first)] if least else [last.ratio(first)], key=lambda q: q.low
        )
        rows += heads
    answer = Answer.of(set(above) == {Answer.YES}, Answer.NO in above)
    text = (
        f"on {above.count(Answer.YES)} of {len(above)} uniform counts the last of the three has "
        f"at least {least} times the first of the western three"
    )
    return [
        compared(w, answer, (text,) * 3, rows),
        told(w, "C14", "rules", "counts rules or markets", Role.GLOSS),
    ]


@rule(
    "C15",
    "The forecast itself says industry, not core, and the year closed at about or nearly "
    "that figure: a caveat.",
)
def beijing_forecast(w: Witness) -> list[Part]:
    readings = [q for q in w.readings("beijing", "ai_core_scale", "2025") if q.confidence != "low"]
    forecasts = [q for q in readings if q.forecast]
    value = w.claimed("C15").middle
    answer = Answer.of(
        any(value in q for q in forecasts),
        bool(forecasts) and not any(value in q for q in forecasts),
    )
    found = words(forecasts[0]).removeprefix("expected ") if forecasts else ""
    outcome = [q for q in readings if not q.forecast]
    closed = " or ".join(dict.fromkeys(words(q) for q in outcome))
    return [
        compared(
            w,
            answer,
            (
                f"the city's paper expects {found}",
                f"the forecast is {found}",
                "no source but the commentary gives this forecast",
            ),
            forecasts,
        ),
        figure_note(w, f"the year closed at {closed}" if closed else "", *outcome),
    ]


@rule("C16")
def filed_models(w: Witness) -> list[Part]:
    sound = w.sound("beijing", "models_filed")
    days = sorted({q.period for q in sound or w.readings("beijing", "models_filed")})
    known = [day for day in days if span(day).before(w.commentary) is not Answer.NO]
    parts = figure(w, "C16", w.readings("beijing", "models_filed", known[-1]) if known else [])
    later = [q for day in days if day not in known for q in w.sound("beijing", "models_filed", day)]
    grown = f"it had grown to {later[-1]} by {span(later[-1].period)}" if later else ""
    return [*parts, figure_note(w, grown, *later)]


@rule("C17")
def cambricon(w: Witness) -> list[Part]:
    return [located(w, "cambricon", "beijing")]


@rule("C18")
def bytedance_and_baidu(w: Witness) -> list[Part]:
    return [located(w, firm, "beijing") for firm in ("bytedance", "baidu")]


not_testable("C19", "no measure of a voice in the field is offered")


@rule("C20", "Who reads industry as any AI scale that the city publishes needs no caveat.")
def shanghai_scale(w: Witness) -> list[Part]:
    readings = [q for scale in SCALES for q in w.readings("shanghai", scale, "2024")]
    named = w.indicator(w.claim("C20")["about"])
    used = w.indicator(readings[0].rows[0].split("/")[1]) if readings else named
    same = Answer.of(bool(readings) and used == named, used != named)
    return [
        *figure(w, "C20", readings),
        compared(
            w, same, ("", f"but it counts something else: {used['name_en']}", ""), role=Role.GLOSS
        ),
    ]


@rule(
    "C21",
    "The share has been repeated since 2021 without a count behind it; a strict judge "
    "would want one.",
)
def shanghai_talent(w: Witness) -> list[Part]:
    readings = [*w.figures("C21", "share"), *w.sound("shanghai", "ai_talent_share_industry")]
    parts = figure(w, "C21", readings)
    for beijing in w.sound("beijing", "ai_talent_share_core"):
        total = w.claimed("C21").plus(beijing, because=DIFFERENT_BASES)
        text = (
            f"Beijing claims {beijing} of core technical staff, and the two together would "
            f"leave little for the rest of the country"
        )
        parts.append(
            compared(
                w,
                Answer.of(total.high <= FULL, total.low > FULL),
                ("", text, text),
                [beijing],
                Role.GLOSS,
            )
        )
    return parts


@rule("C22")
def agibot(w: Witness) -> list[Part]:
    return [located(w, "agibot", "shanghai")]


@rule("C23", "It is listed on the Shanghai exchange, which may be what the commentary means.")
def moore_threads(w: Witness) -> list[Part]:
    return [located(w, "moore_threads", "shanghai")]


@rule("C24")
def stepfun(w: Witness) -> list[Part]:
    return [located(w, "stepfun", "shanghai")]


@rule("C25", "The year before, grown at the aimed rate, would fit; that is no source.")
def shenzhen_scale(w: Witness) -> list[Part]:
    readings = [q for scale in SCALES for q in w.readings("shenzhen", scale, "2024")]
    before = [q for scale in SCALES for q in w.sound("shenzhen", scale, "2023")]
    known = " or ".join(f"{words(q)} ({q.scope.split(': ')[1]})" for q in before)
    return [*figure(w, "C25", readings), figure_note(w, f"2023 was {known}", *before)]


@rule(
    "C26",
    "A low round number for a count that others put higher: another judge could call it supported.",
)
def shenzhen_firms(w: Witness) -> list[Part]:
    readings = [
        *w.sound("shenzhen", "ai_firms_related"),
        *w.sound("shenzhen", "ai_firms"),
        *w.figures("C26", "count"),
    ]
    return figure(w, "C26", readings)


@rule(
    "C27",
    "Ranks from lists of 2018 to 2021 and one white paper; who trusts the registry finds "
    "Shenzhen first, and the claim wrong.",
)
def third_by_firms(w: Witness) -> list[Part]:
    claimed = int(w.claim("C27")["value"])
    found = [
        (q.low == q.high == claimed, figure_item(w, q, "for"), str(q))
        for q in w.figures("C27", "rank")
    ]
    for counts in (
        w.distribution("ai-firms-by-city", "companies"),
        _cities(w, "ai_firms_itjuzi", "2021-03"),
        _cities(w, "ai_firms_share_city_cngai", "2020"),
    ):
        if "shenzhen" in counts:
            best, worst = lists.rank_of(counts, "shenzhen")
            item = figure_item(w, counts["shenzhen"], "for")
            found.append((best == worst == claimed, item, str(best)))
    for row in w.rows("rankings", place="shenzhen"):
        if "number of AI-related firms" in row["dimension"]:
            item = ranking_item(row, "for", w.name("shenzhen"))
            found.append((int(row["rank"]) == claimed, item, row["rank"]))
    right = [item for fits, item, _ in found if fits]
    wrong = [(item, rank) for fits, item, rank in found if not fits]
    answer = majority(len(right), len(wrong))
    against = tuple(_against(item) for item, _ in wrong)
    return [
        Part(answer, f"{len(right)} of {len(found)} lists and papers give that rank", tuple(right)),
        Part(
            Answer.of(not wrong, bool(wrong)),
            f"another gives rank {wrong[0][1]}" if wrong else "",
            against,
            Role.GLOSS,
        ),
    ]


def _cities(w: Witness, indicator: str, period: str) -> dict:
    """Readings of an indicator for cities; the country is no city."""
    return {
        p: w.observe(p, indicator, period) for p in w.places_with(indicator, period) if p != "china"
    }


def _against(item: Item) -> Item:
    """The same row as evidence against."""
    return replace(item, stance="against")


@rule("C28")
def shenzhen_anchors(w: Witness) -> list[Part]:
    return [located(w, firm, "shenzhen") for firm in ("huawei", "tencent", "ubtech")]


not_testable("C29", "a superlative without a measure of a closed loop")
