"""The page of each main city: its diagnosis, figures, ranks, targets and the claims that name it.

The diagnosis is that of ``citygap.places``: the same computation for every city, Chongqing's among
them.

Out of scope: judging a city, and places without a role (their figures stand on the pages of the
indicators).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citygap import addresses, places, report
from citygap.places import Comparison, Diagnosis
from citygap.quantity import Quantity
from press.datapages import pictures
from press.datapages.markup import (
    TOPICS,
    Frame,
    Page,
    Row,
    Site,
    bullets,
    chinese,
    code,
    confidence,
    definitions,
    paragraph,
    period_words,
    plain_table,
    printed,
    section,
    table,
    text,
    unit_after,
    wide,
)

ROLES = {
    "focus": "the city in question",
    "head": "one of the four head cities",
    "peer": "one of ten cities compared with Chongqing",
}
COLUMNS = {
    "deals": "deals",
    "companies": "firms",
    "amount_1e8_cny": "disclosed amount",
    "valuation_1e9_usd": "value",
    "models": "models",
}


def pages(site: Site) -> Iterator[Page]:
    """A page for each main city."""
    known = places.known()
    for place in site.cities:
        yield page(site, place, places.diagnosis(place, known))


def page(site: Site, place: str, found: Diagnosis) -> Page:
    """The page of one city."""
    name = addresses.place_page(place).removesuffix(".html")
    frame = site.frame(name)
    row = next(r for r in site.tables.rows("places") if r["place"] == place)
    parts = [
        frame.trail((addresses.OVERVIEW, "Data pages"), (f"{addresses.OVERVIEW}#places", "Places")),
        f"<h1>{text(row['name_en'])} {chinese(row['name_hans'])}</h1>",
        names(frame, row),
        diagnosis(frame, found),
        figures(frame, place),
        counts(frame, place),
        ranks(frame, place),
        plans(frame, place),
        targets(frame, place),
        events(frame, place),
        claims(frame, place),
    ]
    words = f"{row['name_en']} {row['name_hans']} {row['name_hant']} city diagnosis ranks targets"
    return Page(name, f"{row['name_en']}: figures and diagnosis", "".join(parts), words)


def names(frame: Frame, row: dict[str, str]) -> str:
    """The names of a city and what it is to the book."""
    province = frame.site.names.get(row["province"], "")
    own = row["province"] == row["place"]
    return definitions([
        ("English", text(row["name_en"])),
        ("Simplified Chinese", chinese(row["name_hans"])),
        ("Traditional Chinese", chinese(row["name_hant"], "zh-Hant")),
        ("Province", "a municipality, itself of provincial rank" if own else text(province)),
        ("In this book", text(ROLES[row["role"]])),
    ])  # fmt: skip


# ------------------------------------------------------------------------------------- diagnosis


def diagnosis(frame: Frame, found: Diagnosis) -> str:
    """The answer in sentences, the picture, the tables."""
    city = text(frame.site.names[found.place])
    call = f'report("{frame.site.names[found.place]}")'
    return section(
        "diagnosis", "Diagnosis",
        bullets(answer(frame, found), "answer"),
        picture(frame, found),
        multiples(frame, found),
        weights(frame, found),
        paragraph(
            f"The computation is that of {frame.chapter('gap-diagnosis', 'Gap diagnosis')}, with "
            f"{city} in Chongqing's place. An interval holds what the published words leave open. "
            f"<em>At most</em> and <em>at least</em>: a province is counted, and stands for its "
            f"city as an upper limit. † marks core scales, which each city draws on its own line, "
            f"some of them an industry series."
        ),
        paragraph(
            f"The same from Python: {code('from citygap.report import report')}, then "
            f"{code(call)}. {frame.chapter('catch-up-scenarios', 'Catch-up scenarios')} asks "
            "whether and when such distances close."
        ),
    )  # fmt: skip


def answer(frame: Frame, found: Diagnosis) -> list[str]:
    """What the comparisons come to, in the sentences of the report from Python."""
    return report.sentences(
        found,
        name=lambda place: text(frame.site.names[place]),
        number=lambda q: q.html(),
        indicator=frame.indicator,
        label=text,
    )


def picture(frame: Frame, found: Diagnosis) -> str:
    """The nine cities that figures tell apart, as multiples of the one in focus."""
    drawn = [place for place in places.DRAWN if place != found.place]
    rows, words = [], []
    for label, compared in by_yardstick(found).items():
        dots = [
            pictures.Dot(c.place, *_ends(c), c.mark.hollow)
            for c in compared
            if c.place in drawn and c.quantity.high > 0
        ]
        if dots:
            rows.append((label, dots))
            words.append(f"{label}: " + ", ".join(
                f"{frame.site.names[c.place]} {c.text}" for c in compared if c.place in drawn
            ))  # fmt: skip
    if not rows:
        return ""
    city = frame.site.names[found.place]
    title = f"Cities as multiples of {city} on a logarithmic axis. " + "; ".join(words) + "."
    seen = {dot.place for _, dots in rows for dot in dots}
    legend = {place: frame.site.names[place] for place in drawn if place in seen}
    svg = pictures.multiples(rows, legend, f"times {city}", title)
    return (
        f'<figure class="comparison">{svg}<figcaption>Cities as multiples of {text(city)}, '
        "the upright line. Hollow markers are weaker comparisons; an arrow means that one bound "
        "is missing. The table has all main cities.</figcaption></figure>"
    )


def _ends(c: Comparison) -> tuple[float, float]:
    """Bounds to draw: open below for *at most*, above for *at least*."""
    if c.limit == places.AT_MOST:
        return 0.0, c.quantity.high
    if c.limit == places.AT_LEAST:
        return c.quantity.low, float("inf")
    return c.quantity.bounds


def by_yardstick(found: Diagnosis) -> dict[str, list[Comparison]]:
    """Comparisons by the label of their yardstick."""
    rows: dict[str, list[Comparison]] = {}
    for comparison in found.comparisons:
        rows.setdefault(comparison.yardstick.label, []).append(comparison)
    return rows


def multiples(frame: Frame, found: Diagnosis) -> str:
    """Own value and the multiple of every other main city, one row a yardstick."""
    others = [city for city in frame.site.cities if city != found.place]
    compared = by_yardstick(found)
    lines = []
    for key, (own, weak) in found.own.items():
        label = places.YARDSTICK[key].label
        at = {c.place: c for c in compared.get(label, [])}
        cells = [_multiple(at.get(city)) for city in others]
        upper = places.AT_MOST + " " if places.stands_for_city(own) else ""
        lines.append(Row([text(label), upper + own_value(own) + "†" * weak * (key == "core"),
                          *cells]))
    head = ["Yardstick", f"{text(frame.site.names[found.place])} itself",
            *(frame.place(city) for city in others)]
    city = text(frame.site.names[found.place])
    caption = f"Every other main city as a multiple of {city}; – means that one is not counted"
    return wide(plain_table(head, lines, caption), "Multiples by yardstick and city")


def own_value(q: Quantity) -> str:
    """A quantity with its unit, as HTML."""
    return text(q.text()) + ("" if q.unit == "%" else unit_after(q.unit))


def _multiple(c: Comparison | None) -> str:
    if c is None:
        return "–"
    if c.quantity.high == 0:
        return "0"
    return text(c.text) + "†" * c.weak


def weights(frame: Frame, found: Diagnosis) -> str:
    """AI counts per unit of output, as multiples of the city in focus."""
    if not found.weights:
        return ""
    rows: dict[str, list[str]] = {}
    for mark in found.weights:
        if mark.quantity.high > 0:
            rows.setdefault(mark.row, []).append(
                f"{frame.place(mark.place)} {text(mark.quantity.text())}"
            )
    items = [f"{text(label)}: {', '.join(cells)}." for label, cells in rows.items()]
    return paragraph(
        "Weighed by output (count per trillion yuan, as multiples of the city's own):"
    ) + bullets(items)


# ------------------------------------------------------------------------------------ what is known


def figures(frame: Frame, place: str) -> str:
    """Every figure of the city: the reading that speaks, by topic."""
    site = frame.site
    by_topic: dict[str, list[places.Figure]] = {}
    for figure in places.figures(place, site.tables):
        by_topic.setdefault(site.indicators[figure.indicator]["topic"], []).append(figure)
    if not by_topic:
        return ""
    parts = [paragraph(
        "The reading that speaks for each year; the page of an indicator has all of them, with "
        "notes. Scopes differ: two figures compare only if they stand on one."
    )]  # fmt: skip
    found = {topic: title for topic, title in TOPICS.items() if topic in by_topic}
    links = "".join(
        f'<li><a href="#figures-{addresses.slug(topic)}">{title}</a></li>'
        for topic, title in found.items()
    )
    parts.append(f'<nav class="letters" aria-label="Topics"><ul>{links}</ul></nav>')
    for topic, title in found.items():
        lines = [_figure(frame, figure) for figure in by_topic[topic]]
        head = ("Indicator", "Period", "Figure", "Source and confidence")
        body = table(head, lines, f"{title}: {_count(len(lines), 'figure')}", "figures")
        parts.append(section(f"figures-{addresses.slug(topic)}", title, body, level=3))
    return section("figures", "Figures", *parts)


def _figure(frame: Frame, figure: places.Figure) -> Row:
    q, key = figure.quantity, figure.indicator
    source = q.sources[0]
    anchor = addresses.row_anchor(q.place, q.period, source)
    others = figure.readings - 1
    more = f"<br>{others} other reading{'s' * (others > 1)}" if others else ""
    forecast = '<br><span class="forecast">a forecast</span>' if q.forecast else ""
    return Row((
        f"{frame.indicator(key, anchor)}<br>"
        f'<span class="scope">scope: {text(frame.site.indicators[key]["scope"])}</span>',
        text(period_words(q.period)),
        own_value(q) + forecast,
        f"{frame.go(addresses.source_address(source), code(source))}, "
        f"{confidence(q.confidence)}{more}",
    ))  # fmt: skip


def counts(frame: Frame, place: str) -> str:
    """What the complete lists count for the city."""
    lines = []
    for title, column, q in places.counts(place, frame.site.tables):
        name = q.rows[0].split("/")[0]
        lines.append(Row((
            frame.go(addresses.table_page(name), text(title)),
            text(COLUMNS.get(column, column)),
            own_value(q),
            text(period_words(q.period)),
        )))  # fmt: skip
    head = ("List", "What is counted", "Count", "Period")
    note = paragraph("A complete list counts every city; one without an entry has none.")
    return section("lists", "Complete lists", note,
                   table(head, lines, "The city on complete lists of cities"))


def ranks(frame: Frame, place: str) -> str:
    """Places that published rankings give the city."""
    rows = places.rows_of("rankings", place, frame.site.tables)
    if not rows:
        return ""
    lines = [
        Row((
            f"{text(row['name_en'])}<br>{chinese(row['name_hans'])}".removesuffix("<br>"),
            text(row["edition"]),
            text(row["dimension"].replace("_", " ")),
            text(row["rank"] or row["tier"] or row["listed"]),
            f"{frame.go(addresses.source_address(row['source']), code(row['source']))}, "
            f"{confidence(row['confidence'])}"
            + (f"<br>{text(row['note'])}" if row["note"] else ""),
        ))
        for row in sorted(rows, key=lambda row: (row["edition"], row["name_en"]))
    ]  # fmt: skip
    head = ("Ranking", "Edition", "Dimension", "Rank", "Source and confidence")
    note = paragraph("Rankings weigh what their makers choose; two of them do not compare.")
    return section("ranks", "Ranks", note, table(head, lines, "Ranks of the city"))


def plans(frame: Frame, place: str) -> str:
    """The AI plans of the city whose openings were read."""
    rows = places.rows_of("plans", place, frame.site.tables)
    items = [
        f"{text(row['title_en'])} {chinese(row['title_hans'])}"
        f"<br>{text(row['issuer'])}, {text(row['date'])}, {text(row['status'])}; "
        f"{code(row['plan'])}, {frame.go(addresses.source_address(row['source']), 'source')}"
        for row in sorted(rows, key=lambda row: row["date"])
    ]
    return section("plans", "Plans", bullets(items)) if items else ""


def targets(frame: Frame, place: str) -> str:
    """What the city aims at."""
    rows = places.rows_of("targets", place, frame.site.tables)
    if not rows:
        return ""
    lines = []
    for row in sorted(rows, key=lambda row: (row["plan"], row["name_en"], row["period"])):
        named = text(row["name_en"])
        if row["indicator"]:
            address = f"{addresses.indicator_page(row['indicator'])}#targets"
            named = frame.go(address, named)
        lines.append(Row((
            f"{named}<br>{chinese(row['name_hans'])}".removesuffix("<br>"),
            text(row["period"]),
            printed(row["value"], row["bound"], row["unit"], row["value_high"]),
            f"{code(row['plan'])} {frame.go(addresses.source_address(row['source']), 'source')}, "
            f"{confidence(row['confidence'])}",
        )))  # fmt: skip
    head = ("Aim", "For", "Target", "Plan, source and confidence")
    return section("targets", "Targets", table(head, lines, "Targets of the city"))


def events(frame: Frame, place: str) -> str:
    """Dated events."""
    rows = places.rows_of("events", place, frame.site.tables)
    items = [
        f"{text(row['date'])}: {text(row['name_en'])} "
        f"({frame.go(addresses.source_address(row['source']), 'source')}, "
        f"{confidence(row['confidence'])})"
        for row in sorted(rows, key=lambda row: row["date"])
    ]
    return section("events", "Events", bullets(items)) if items else ""


def claims(frame: Frame, place: str) -> str:
    """The commentary's claims that name the city."""
    rows = places.claims_naming(place, frame.site.tables)
    items = [
        f"{frame.chapter('claim-ledger', text(row['claim']), '#' + row['claim'])}: "
        f"{text(row['paraphrase_en'])}"
        for row in rows
    ]
    body = bullets(items) or paragraph("No claim of the commentary names it.")
    note = paragraph("Claims of the commentary, in our words; the ledger has their verdicts.")
    return section("claims", "Claims that name it", note * bool(items), body)


def overview(frame: Frame, which: Sequence[str]) -> str:
    """Links to the pages of the main cities."""
    places_table = frame.site.tables.rows("places")
    by_key = {row["place"]: row for row in places_table}
    return bullets(
        (f"{frame.place(place)} {chinese(by_key[place]['name_hans'])}" for place in which),
        "columns",
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
