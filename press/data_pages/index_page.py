"""The page that leads to all data pages, by topic.

Out of scope: the chapter on the data, which says what they are worth.
"""

from __future__ import annotations

from press import data_urls
from press.data_pages.indicator_pages import Rows
from press.data_pages.site import Page, Site
from press.languages.printed import say


def page(site: Site, rows: Rows) -> Page:
    places = {row["place"]: row for row in site.tables.rows("places")}
    return site.page(
        data_urls.OVERVIEW,
        say("Data pages"),
        "data pages tables indicators places sources download csv " + " ".join(site.topics.values()),
        "data/index.html",
        places=[places[place] for place in site.own_page],
        by_topic={topic: _indicators(site, topic) for topic in site.topics},
        observed=rows.of,
    )


def _indicators(site: Site, topic: str) -> list[dict[str, str]]:
    """The indicators of one topic, those of one concept together."""
    own = [row for row in site.indicators.values() if row["topic"] == topic]
    concepts = list(dict.fromkeys(row["concept"] for row in own))
    return sorted(own, key=lambda row: concepts.index(row["concept"]))
