"""The report on each city as a page, with its figures, ranks, targets and the claims that name it, and
the page that lets one choose a city; in every language of the book.

The report is that of ``citygap.cities.report``: the same computation for every city, Chongqing's
among them, and the same sentences.  What else is said stands in the templates ``city.html`` and
``cities.html``.

Out of scope: judging a city, and places that too few tables name (their figures stand on the pages
of the indicators, and their report is to be had from Python).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup, escape

from citygap import words
from citygap.cities import diagnosis as places
from citygap.cities import report
from citygap.cities.diagnosis import Comparison, Diagnosis
from citygap.quantity import chinese
from citygap.quantity.quantity import Quantity
from citypages import multiples_plot
from press import data_urls
from press.data_pages.site import Page, Site
from press.data_pages.wording import period_words
from press.languages.printed import BYTE_ORDER_MARK, now, say
from press.templating import marked_here as marked

CHOICE = "index"  # key of the page that lets one choose a city
SEARCHED = "city report diagnosis leader best worst yardstick ranks targets"


def pages(site: Site) -> Iterator[Page]:
    """The choice of a city, and a page for each."""
    yield choice(site)
    known = places.known()
    for place in site.own_page:
        yield page(site, place, places.diagnosis(place, known))


def choice(site: Site) -> Page:
    """The main cities, then the others by province."""
    with words.in_language(now().code or words.ENGLISH):
        return _choice(site)


def _choice(site: Site) -> Page:
    rows = {row["place"]: row for row in site.tables.rows("places")}
    main = places.main_cities(site.tables)
    by_province: dict[str, list[str]] = {}
    for place in site.own_page:
        if place not in main:
            by_province.setdefault(rows[place]["province"] or place, []).append(place)
    title = say("Any city: its report")
    return site.page(
        data_urls.place_page(CHOICE), title, f"{title} {SEARCHED}", "cities.html",
        main=main, by_province=dict(sorted(by_province.items(), key=lambda each: site.names.get(each[0], ""))),
        yardsticks=places.YARDSTICKS, linked=lambda yardstick: linked(site, yardstick), least=places.LEAST,
    )  # fmt: skip


def page(site: Site, place: str, found: Diagnosis) -> Page:
    """The page of one city."""
    with words.in_language(now().code or words.ENGLISH):
        return _page(site, place, found)


def _page(site: Site, place: str, found: Diagnosis) -> Page:
    row = next(r for r in site.tables.rows("places") if r["place"] == place)
    made = report.Report(place, found)
    title = say("{city}: report and figures", city=site.names[place])

    def rows(table: str, *order: str) -> list[dict[str, str]]:
        of_place = places.rows_of(table, place, site.tables)
        return sorted(of_place, key=lambda row: [row[column] for column in order])

    made_page = site.page(
        data_urls.place_page(place), title,
        f"{row['name_en']} {row['name_hans']} {row['name_hant']} {SEARCHED}", "city.html",
        row=row,
        said_of=[(Markup(one.told(OnPage(site, place))), one.confidence) for one in made.said],
        number=number,
        printed_of=lambda q: printed_of(site, q),
        own_shown=report.own_shown,
        province_stands=places.stands_for_city,
        nearest=found.nearest,
        reading=lambda q: reading(site, q),
        measure=lambda q: measure(site, q),
        linked=lambda yardstick: linked(site, yardstick),
        small=places.SMALL,
        multiple=report.multiple,
        label=report.label,
        shares=found.shares,
        gaps=list(gaps(found)),
        picture=picture(site, found),
        others=[city for city in places.main_cities(site.tables) if city != place],
        main=places.main_cities(site.tables),
        multiples=list(multiples(site, found)),
        weights=weights(found),
        sources=made.sources,
        figures=figures(site, place),
        counts=places.counts(place, site.tables),
        rankings=rows("rankings", "edition", "name_en"),
        plans=rows("plans", "date"),
        targets=rows("targets", "plan", "name_en", "period"),
        events=rows("events", "date"),
        claims=places.claims_naming(place, site.tables),
    )  # fmt: skip
    return replace(made_page, citable=True, files=files(place, made))


def files(place: str, made: report.Report) -> dict[str, str]:
    """What the page offers to take along: its values as CSV, the report as Markdown."""
    name = data_urls.place_page(place).removeprefix("data/").removesuffix(".html")
    table = made.values.to_csv(index=False, lineterminator="\n")
    return {f"{name}.csv": BYTE_ORDER_MARK + table, f"{name}.md": made.markdown()}


def number(q: Quantity) -> Markup:
    """A quantity with its card, in the language that is printed, and with its unit."""
    return Markup(chinese.html(q) if now().code == "zh" else q.html(report.Plain().number(q)))


def reading(site: Site, q: Quantity) -> Markup:
    """A figure of another year or definition: its period and its value."""
    value = number(q) + measure(site, q)
    return Markup(say("{period}, {value}")).format(period=period_words(q.period), value=value)


def measure(site: Site, q: Quantity) -> str:
    """The measure word that stands after a count in Chinese; empty for what is no count."""
    return site.tables.measure_hans(q) if now().code == "zh" else ""


def linked(site: Site, yardstick: places.Yardstick) -> Markup:
    """The label of a yardstick, with a link to where its figures stand."""
    kind, key = places.stands_in(yardstick.key)
    address = data_urls.table_page(key) if kind == "table" else data_urls.indicator_page(key)
    return site.given["../../"]["go"](address, marked(report.label(yardstick.label)))


def printed_of(site: Site, q: Quantity) -> Markup:
    """A figure as its source prints it, with its unit; a computed one with all its digits."""
    if now().code == "zh":
        return escape((chinese.as_published(q) or chinese.in_chinese(q)) + measure(site, q))
    return site.given["../../"]["with_unit"](q.text().removesuffix("%"), q.unit)


class OnPage(report.Plain):
    """Prints what stands in the sentences of a report as HTML: numbers with their cards, other cities
    and indicators with links to their pages."""

    def __init__(self, site: Site, own: str):
        self.own, self.site, self.pieces = own, site, site.given["../../"]

    def __call__(self, one: object) -> str:
        """One thing of a slot; a yardstick leads to its figures."""
        return linked(self.site, places.YARDSTICK[one.key]) if isinstance(one, report.Listed) else super().__call__(one)

    def frame(self, text: str) -> str:
        """The sentence around the slots, escaped."""
        return escape(text)

    def number(self, q: Quantity) -> str:
        """A number with its card."""
        return number(q)

    def name(self, place: str) -> str:
        """A city."""
        return marked(self.pieces["site"].names[place]) if place == self.own else self.pieces["place"](place)

    def indicator(self, key: str) -> str:
        """An indicator."""
        return self.pieces["indicator"](key)

    def words(self, text: str) -> str:
        """A label."""
        return marked(super().words(text))

    def joined(self, said) -> str:
        """A list."""
        return Markup(super().joined(["", ""])).join(said)


def gaps(found: Diagnosis) -> Iterator[tuple]:
    """Of each yardstick its label, the own value if there is one, and its lead if there is one."""
    leads = {lead.yardstick.key: lead for lead in found.leads}
    for yardstick in places.YARDSTICKS:
        own = found.own.get(yardstick.key)
        yield yardstick, own[0] if own else None, leads.get(yardstick.key)


def picture(site: Site, found: Diagnosis) -> str:
    """Nine cities, as multiples of the one in focus."""
    drawn = [place for place in places.DRAWN if place != found.place]
    rows, told = [], []
    for label, compared in by_yardstick(found).items():
        near = [c for c in compared if c.place in drawn]
        dots = [multiples_plot.Dot(c.place, *_ends(c), c.mark.hollow) for c in near if c.quantity.high > 0]
        if dots:
            rows.append((report.label(label), dots))
            said = say(", ").join(f"{site.names[c.place]} {report.multiple(c)}" for c in near)
            told.append(say("{thing}: {values}", thing=report.label(label), values=said))
    if not rows:
        return ""
    city = site.names[found.place]
    title = say("Cities as multiples of {city} on a logarithmic axis. {values}.", city=city, values=say("; ").join(told))
    seen = {dot.place for _, dots in rows for dot in dots}
    legend = {place: site.names[place] for place in drawn if place in seen}
    return multiples_plot.multiples(rows, legend, say("times {city}", city=city), title)


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


def multiples(site: Site, found: Diagnosis) -> Iterator[tuple]:
    """Of each yardstick on which others can be compared its label, and the comparison with every other
    main city, None where that is not counted."""
    for label, compared in by_yardstick(found).items():
        at = {c.place: c for c in compared}
        yield label, [at.get(city) for city in places.main_cities(site.tables) if city != found.place]


def weights(found: Diagnosis) -> dict[str, list]:
    """AI counts per unit of output, as multiples of the city in focus, by what is counted."""
    rows: dict[str, list] = {}
    for mark in found.weights:
        if mark.quantity.high > 0:
            rows.setdefault(mark.row, []).append(mark)
    return rows


def figures(site: Site, place: str) -> dict[str, list[places.Figure]]:
    """Every figure of the city, the reading that speaks, by topic."""
    by_topic: dict[str, list[places.Figure]] = {}
    for figure in places.figures(place, site.tables):
        by_topic.setdefault(site.indicators[figure.indicator]["topic"], []).append(figure)
    return {topic: by_topic[topic] for topic in site.topics if topic in by_topic}
