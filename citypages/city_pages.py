"""The page of each main city: its diagnosis, figures, ranks, targets and the claims that name it.

The diagnosis is that of ``citygap.cities.diagnosis``: the same computation for every city,
Chongqing's among them.  What is said of it stands in the template ``city.html``.

Out of scope: judging a city, and places without a role (their figures stand on the pages of the
indicators).
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from citygap.cities import diagnosis as places
from citygap.cities import report
from citygap.cities.diagnosis import Comparison, Diagnosis
from citypages import multiples_plot
from press import data_urls
from press.cjk import marked
from press.data_pages.site import Page, Site


def pages(site: Site) -> Iterator[Page]:
    """A page for each main city."""
    known = places.known()
    for place in site.own_page:
        yield page(site, place, places.diagnosis(place, known))


def page(site: Site, place: str, found: Diagnosis) -> Page:
    """The page of one city."""
    row = next(r for r in site.tables.rows("places") if r["place"] == place)

    def rows(table: str, *order: str) -> list[dict[str, str]]:
        of_place = places.rows_of(table, place, site.tables)
        return sorted(of_place, key=lambda row: [row[column] for column in order])

    return site.page(
        data_urls.place_page(place),
        f"{row['name_en']}: figures and diagnosis",
        f"{row['name_en']} {row['name_hans']} {row['name_hant']} city diagnosis ranks targets",
        "city.html",
        row=row,
        found=found,
        answer=lambda indicator: answer(site, found, indicator),
        picture=picture(site, found),
        others=[city for city in site.own_page if city != place],
        multiples=list(multiples(site, found)),
        weights=weights(found),
        figures=figures(site, place),
        counts=places.counts(place, site.tables),
        rankings=rows("rankings", "edition", "name_en"),
        plans=rows("plans", "date"),
        targets=rows("targets", "plan", "name_en", "period"),
        events=rows("events", "date"),
        claims=places.claims_naming(place, site.tables),
    )


def answer(site: Site, found: Diagnosis, indicator) -> list[Markup]:
    """What the comparisons come to, in the sentences of the report from Python; ``indicator`` prints
    one with a link to its page."""
    said = report.sentences(
        found,
        name=lambda place: marked(site.names[place]),
        number=lambda q: q.html(),
        indicator=indicator,
        label=marked,
    )
    return [Markup(sentence) for sentence in said]


def picture(site: Site, found: Diagnosis) -> str:
    """Nine cities, as multiples of the one in focus."""
    drawn = [place for place in places.DRAWN if place != found.place]
    rows, words = [], []
    for label, compared in by_yardstick(found).items():
        dots = [
            multiples_plot.Dot(c.place, *_ends(c), c.mark.hollow)
            for c in compared
            if c.place in drawn and c.quantity.high > 0
        ]
        if dots:
            rows.append((label, dots))
            words.append(f"{label}: " + ", ".join(
                f"{site.names[c.place]} {c.text}" for c in compared if c.place in drawn
            ))  # fmt: skip
    if not rows:
        return ""
    city = site.names[found.place]
    title = f"Cities as multiples of {city} on a logarithmic axis. " + "; ".join(words) + "."
    seen = {dot.place for _, dots in rows for dot in dots}
    legend = {place: site.names[place] for place in drawn if place in seen}
    return multiples_plot.multiples(rows, legend, f"times {city}", title)


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
    """Of each yardstick its label, the own value, "at most" where it is one, whether it is a weak
    one, and the comparison with every other main city, None where that is not counted."""
    compared = by_yardstick(found)
    for key, (own, weak) in found.own.items():
        label = places.YARDSTICK[key].label
        at = {c.place: c for c in compared.get(label, [])}
        upper = places.AT_MOST if places.stands_for_city(own) else ""
        others = [at.get(city) for city in site.own_page if city != found.place]
        yield label, own, upper, weak and key == "core", others


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
