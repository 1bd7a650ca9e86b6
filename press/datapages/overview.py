"""The page that leads to all data pages, by topic.

Out of scope: the chapter on the data, which says what they are worth.
"""

from __future__ import annotations

from citygap import addresses
from press.datapages import cities, tables
from press.datapages.indicators import Rows
from press.datapages.markup import TOPICS, Page, Site, bullets, paragraph, section, text


def page(site: Site, rows: Rows) -> Page:
    """The overview."""
    name = addresses.OVERVIEW.removesuffix(".html")
    frame = site.frame(name)
    guide = "chapters/how-to-add-a-figure" in site.chapters
    downloads = bullets([
        frame.go(addresses.SOURCES, f"All {len(site.tables.sources)} sources"),
        frame.go(addresses.CORRECTIONS, "Contradictions and corrections"),
        frame.go(addresses.HEADLINES, "Headlines and what they rest on"),
        frame.go("data/api.html", "The book for programs (JSON)"),
        f"{frame.download('datapackage.json', 'datapackage.json')}, the one description of all "
        "tables (Frictionless Data Package)",
        f"{frame.download('sources.bib', 'sources.bib')}, the sources (BibTeX)",
        *[frame.chapter("how-to-add-a-figure", "How to add a figure")] * guide,
    ])  # fmt: skip
    links = "".join(
        f'<li><a href="#{topic}">{title}</a></li>' for topic, title in TOPICS.items()
    )
    parts = [
        frame.trail(),
        "<h1>Data pages</h1>",
        paragraph(
            "A page for each table, each indicator and each of the main cities, made from the "
            "tables at every build. Each observation stands on the page of its indicator, with "
            "its source and what is known against it."
        ),
        downloads,
        section("places", "Places", cities.overview(frame, site.cities)),
        section("tables", "Tables", tables.overview(frame)),
        section(
            "indicators", "Indicators",
            f'<nav class="letters" aria-label="Topics"><ul>{links}</ul></nav>',
            *(_topic(frame, topic, title, rows) for topic, title in TOPICS.items()),
        ),
    ]  # fmt: skip
    words = "data pages tables indicators places sources download csv " + " ".join(TOPICS.values())
    return Page(name, "Data pages", "".join(parts), words)


def _topic(frame, topic: str, title: str, rows: Rows) -> str:
    """The indicators of one topic, those of one concept together."""
    own = [row for row in frame.site.indicators.values() if row["topic"] == topic]
    concepts = list(dict.fromkeys(row["concept"] for row in own))
    own.sort(key=lambda row: concepts.index(row["concept"]))
    items = []
    for row in own:
        observed = len(rows.of[row["indicator"]])
        items.append(
            f'{frame.indicator(row["indicator"])} <span class="scope">{text(row["scope"])}</span> '
            f'<span class="count">{observed}</span>'
        )
    note = paragraph(f"{len(own)} indicators; the number after each is that of its observations.")
    return section(topic, title, note, bullets(items, "indicators"), level=3)
