"""The reader's own case: who follows whom, on which yardstick, at which growths.

:func:`result` works one case out; the script of the page (``citypages/static/explorer.js``) works out
the same from the numbers that :class:`Explorer` puts on the page, to the last printed digit, which
a test compares over a grid.  Without scripts the page shows a table of the main cases.

Offered are cities that a yardstick counts themselves: a province that stands for its city, and a
city without an entry, are not.

Out of scope: which growths are likely.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass

from citygap.catch_up import scenarios
from citygap.charts import interactive, style
from citygap.charts.table import Table
from citygap.cities import diagnosis
from citygap.comparison import comparable_counts as y
from citygap.comparison import growth_rates
from citygap.data.tables import NoObservation, book
from citygap.measures import gap
from citygap.quantity.quantity import Quantity, exactly

SCALE = "scale"
#: Yardsticks offered: key, and the year from which growth counts.
STARTS = {
    SCALE: scenarios.START, "filings": 2025, "filed": 2025, "community": 2024, "firms": 2018, "deals": 2018,
    "high_tech": 2024, "rd": 2022, "gdp": 2025,
}
LABELS = {
    SCALE: "AI scale 2024", "filings": "Algorithm filings to July 2025",
    "filed": "Filed models, end of March 2025",
    "community": "Models on a list, November 2024", "firms": "AI firms on a list, end of 2018",
    "deals": "AI deals 2013 to 2018", "high_tech": "High-tech firms 2024",
    "rd": "Research and development 2022", "gdp": "Output (GDP) 2025",
}
#: Series whose last growth is offered beside the reader's own rate.
SERIES = {"gdp": ("gdp_census5", "2025"), "high_tech": ("high_tech_firms", "2024")}
NOTES = {
    SCALE: "Each city draws the line around its AI industry itself: read this as a supposition that "
           "the definitions agree.",
    "filings": "Cities that are counted only with their province are left out.",
    "filed": "Models whose city is not known widen the range of a city; Chongqing's count is small.",
    "community": "Small counts: a single model more moves them.",
    "firms": "A selected list of one database; Chongqing's count is small.",
    "deals": "A sum of six years on a selected list; Chongqing's count is small.",
    "high_tech": "Firms of all fields with the national title, not AI firms.",
    "rd": "All fields, not AI.",
    "gdp": "The whole economy, not AI.",
}
FIRST = {"follower": y.FOCUS, "leader": "chengdu", "yardstick": SCALE}
FIRST_RATES = {"follower": 21.0, "leader": 30.0}  # percent: where the sliders stand


@dataclass(frozen=True)
class Result:
    """What the explorer says of one case, as printed."""

    multiple: str
    parity: str
    needed: tuple[str, ...]
    left: tuple[str, ...]


def result(follower: str, leader: str, yardstick: str, growth_follower: Quantity | float,
           growth_leader: Quantity | float) -> Result:
    """One case.  Growths are quantities, or numbers in percent a year (above -100).

    ``needed`` is the follower's growth for parity by each of ``scenarios.HORIZONS``, ``left`` the
    multiple that is left then.  Raises NoObservation for a city that is not offered.
    """
    ours, theirs = _rate(growth_follower), _rate(growth_leader)
    levels = level(yardstick, leader), level(yardstick, follower)
    start = STARTS[yardstick]
    times = levels[0] / levels[1]
    found = gap.parity_year(*levels, theirs, ours, start)
    return Result(
        times.text(),
        found.text(),
        tuple(scenarios.growth_for_parity(times, theirs, by - start).text()
              for by in scenarios.HORIZONS),
        tuple(scenarios.distance_in(times, theirs, ours, by - start).text()
              for by in scenarios.HORIZONS),
    )


def _rate(growth: Quantity | float) -> Quantity:
    return growth.to("ratio") if isinstance(growth, Quantity) else exactly(growth / 100)


def level(yardstick: str, place: str) -> Quantity:
    """The level from which growth counts, money in billions.  Raises NoObservation for a city that is not
    offered."""
    if yardstick == SCALE:
        return _in_billions(scenarios.scale(place)[0])
    found = y.YARDSTICK[yardstick].value(place)
    if found is None or found[1] or found[0].low <= 0:
        raise NoObservation(f"{yardstick} does not count {place} itself")
    return _in_billions(found[0])


def _in_billions(q: Quantity) -> Quantity:
    return q.to("1e9 CNY") if q.unit == "1e8 CNY" else q


def presets(yardstick: str, place: str) -> Iterator[tuple[str, Quantity]]:
    """Published growths of a city on a yardstick: words, and percent a year."""
    if yardstick == SCALE:
        try:
            yield "its plan", growth_rates.planned(place)
        except NoObservation:
            pass
        for each in growth_rates.seen([place]):
            words = each.label.removeprefix(f"{book.name(place)} ")
            yield f"seen {words}", each.quantity
    elif yardstick in SERIES:
        try:
            yield "last seen", scenarios.last_growth(place, *SERIES[yardstick])
        except NoObservation:
            pass


def offered(yardstick: str) -> dict[str, Quantity]:
    """Levels of all main cities that a yardstick counts themselves."""
    found = {}
    for place in diagnosis.main_cities():
        try:
            found[place] = level(yardstick, place)
        except NoObservation:
            continue
    return found


# ---------------------------------------------------------------------------------------- the page


class Explorer:
    """The explorer as a piece of the page: a form for the script, its numbers, and the main cases
    as a table for a page without scripts."""

    def data(self) -> dict:
        """The numbers that the script computes with."""
        return {
            "horizons": list(scenarios.HORIZONS),
            "first": FIRST | {"rates": FIRST_RATES},
            "places": {
                place: {"name": book.name(place), "zh": book.name(place, "hans"),
                        "colour": style.painted(place)}
                for place in diagnosis.main_cities()
            },
            "picture": interactive.growths(),
            "yardsticks": [_yardstick(key) for key in STARTS],
        }

    def _repr_html_(self) -> str:
        block = json.dumps(self.data(), ensure_ascii=False).replace("<", "\\u003c")
        return (
            f'<div class="explorer">{_form()}<div class="explorer-answer" hidden>'
            '<p class="explorer-said" role="status"></p><div class="explorer-picture"></div>'
            '<dl class="explorer-facts"></dl><p class="explorer-note"></p>'
            '<p><a class="explorer-link" href="#">Link to this case</a></p></div>'
            '<details class="explorer-cases" open><summary>The main cases as a table</summary>'
            f'{main_cases()._repr_html_()}</details>'
            f'<script type="application/json" class="explorer-data">{block}</script></div>'
        )

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return main_cases()._repr_mimebundle_()  # in Chinese the table alone: the form speaks English

    def __repr__(self) -> str:
        return repr(main_cases())


def _yardstick(key: str) -> dict:
    levels = offered(key)
    unit = next(iter(levels.values())).unit
    return {
        "key": key, "label": LABELS[key], "note": NOTES[key], "start": STARTS[key],
        "unit": "" if unit == "count" else "billion yuan" if unit == "1e9 CNY" else unit,
        "levels": {place: {"low": q.low, "high": q.high, "text": q.text()}
                   for place, q in levels.items()},
        "growths": {
            place: [{"words": words, "low": q.to("ratio").low, "high": q.to("ratio").high,
                     "text": q.text()} for words, q in presets(key, place)]
            for place in levels
        },
    }


def main_cases() -> Table:
    """The rivals on AI scale: how far ahead, when level, and what it would take."""
    import pandas as pd

    rows = []
    for place in scenarios.RIVALS:
        found = {words: scenarios.case(place, words).text for words in scenarios.SCENARIOS}
        try:
            rate = growth_rates.planned(place)
            needs = [scenarios.needed(place, rate, by).text() for by in scenarios.HORIZONS]
        except NoObservation:
            needs = ["not known"] * len(scenarios.HORIZONS)
        rows.append((book.name(place), scenarios.multiple(place).text(), *found.values(), *needs))
    heads = [" ".join(words.split()) for words in scenarios.SCENARIOS]
    heads = [f"Level if {words}" for words in heads]
    columns = ["City", "Times Chongqing, 2024", *heads,
               *(f"Growth a year for parity by {by}" for by in scenarios.HORIZONS)]
    return Table(pd.DataFrame(rows, columns=columns),
                 "Chongqing against each city on AI scale; growth for parity if the city meets its plan")


def _form() -> str:
    """The controls; hidden until the script can serve them."""
    return (
        '<form class="explorer-form" hidden aria-label="Your own case">'
        f'<p>{_select("yardstick", "Yardstick")}</p>'
        f'{_side("follower", "City that follows")}{_side("leader", "City to catch")}</form>'
    )


def _side(name: str, words: str) -> str:
    """The controls of one city: which, and its growth by list, number or slider."""
    key = f"explorer-{name}-growth"
    return (
        f'<fieldset><legend>{html.escape(words)}</legend>{_select(name, "city")}'
        f'{_select(f"{name}-from", "growth a year")}<label for="{key}">in percent</label>'
        f'<input id="{key}" name="{name}-rate" type="number" step="any" inputmode="decimal">'
        f'<input id="{key}-slide" type="range" min="-20" max="100" step="0.5" '
        f'aria-label="{html.escape(words)}: growth a year in percent"></fieldset>'
    )


def _select(name: str, words: str) -> str:
    return (f'<label for="explorer-{name}">{html.escape(words)}</label>'
            f'<select id="explorer-{name}" name="{name}"></select>')
