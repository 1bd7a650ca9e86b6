"""The reader's own case: who follows whom, on which yardstick, at which growths, under which assumptions.

:func:`result` works one case out; the script of the page (``citypages/static/explorer.js``) works out
the same from the numbers that :class:`Explorer` puts on the page, to the last printed digit, which
a test compares over a grid.  Without scripts the page shows a table of the main cases.

The assumptions are those that ``scenarios`` names, each a dial (:data:`DIALS`); the growths offered
are of the same kinds for both cities (:func:`presets`).  The first choice of each is the book's.

Offered are cities that a yardstick counts themselves: a province that stands for its city, and a
city without an entry, are not.

Out of scope: which growths are likely.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from citygap.catch_up import scenarios
from citygap.charts import interactive, style
from citygap.charts.table import Table
from citygap.cities import diagnosis
from citygap.comparison import comparable_counts as y
from citygap.comparison import growth_rates
from citygap.data.tables import NoObservation, book
from citygap.measures import gap
from citygap.quantity import chinese
from citygap.quantity.quantity import Quantity, exactly, reading_rules
from citygap.quantity.three_valued import Answer
from citygap.words import CHINESE, MIME, in_language, say, speaking

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
NOTES = {
    SCALE: "Each city draws the line around its AI industry itself: read this as a supposition that "
           "the definitions agree. A plan's pace for good goes on after the plan's last year.",
    "filings": "Cities that are counted only with their province are left out.",
    "filed": "Models whose city is not known widen the range of a city; Chongqing's count is small.",
    "community": "Small counts: a single model more moves them.",
    "firms": "A selected list of one database; Chongqing's count is small.",
    "deals": "A sum of six years on a selected list; Chongqing's count is small.",
    "high_tech": "Firms of all fields with the national title, not AI firms.",
    "rd": "All fields, not AI.",
    "gdp": "The whole economy, not AI.",
}
#: The assumptions of ``scenarios`` beside the growths: what each is called, and its choices, the
#: book's first: which figures of AI scale, how much words leave open, and until when a pace lasts.
PRINTED, CORE, FOR_GOOD = "printed", "core", "always"
DIALS = {
    "scope": ("Figures of AI scale", {PRINTED: "as printed", CORE: "industry figures cut to core"}),
    "words": ("Words such as over and about", {
        "1": "by the book's reading rules", "2": "twice as wide", "5": "five times as wide"}),
    "until": ("Both keep their growth", {
        FOR_GOOD: "for good", "2027": "to 2027, then grow alike", "2030": "to 2030, then grow alike",
        "2035": "to 2035, then grow alike"}),
}  # fmt: skip
BACK = "Back to the book's choices"
PLAN, SEEN, LAST, FASTEST, STILL = "plan", "seen", "last", "fastest", "still"
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
           growth_leader: Quantity | float, until: float = math.inf) -> Result:
    """One case, by the reading in force (:func:`under`), if both keep their growth ``until`` a year and
    grow alike from then on.  Growths are quantities, or numbers in percent a year (above -100).

    ``needed`` is the follower's growth for parity by each of ``scenarios.HORIZONS``, ``left`` the
    multiple that is left then.  Raises NoObservation for a city that is not offered.
    """
    ours, theirs = _rate(growth_follower), _rate(growth_leader)
    levels = level(yardstick, leader), level(yardstick, follower)
    start = STARTS[yardstick]
    times = levels[0] / levels[1]
    found = scenarios.lasting(gap.parity_year(*levels, theirs, ours, start), until)
    spans = [min(by, until) - start for by in scenarios.HORIZONS]
    return Result(
        printed(times),
        printed(found.year) if found.answer is Answer.YES and found.latest > start else say(found.text()),
        tuple(printed(scenarios.growth_for_parity(times, theirs, years)) for years in spans),
        tuple(printed(scenarios.distance_in(times, theirs, ours, years)) for years in spans),
    )


@contextmanager
def under(scope: str, words: str) -> Iterator[None]:
    """Within it, figures are read by these choices of :data:`DIALS`."""
    with reading_rules(width=float(words)):
        if scope != CORE:
            yield
        else:
            with scenarios.narrowed():
                yield


def printed(q: Quantity) -> str:
    """A quantity with all digits that its bounds bear, in the language that is spoken."""
    if speaking() != CHINESE:
        return q.text()
    base, power = chinese.unit_of(q.unit)
    return chinese.printed(q.text(), base, power, computed=not q.published, ratio=chinese.of_two(q),
                           year=q.unit == "year")  # fmt: skip


def _rate(growth: Quantity | float) -> Quantity:
    return growth.to("ratio") if isinstance(growth, Quantity) else exactly(growth / 100)


def level(yardstick: str, place: str) -> Quantity:
    """The level from which growth counts, money in the unit of the language.  Raises NoObservation for a city that is not
    offered."""
    if yardstick == SCALE:
        return _in_unit(scenarios.scale(place)[0])
    found = y.YARDSTICK[yardstick].value(place)
    if found is None or found[1] or found[0].low <= 0:
        raise NoObservation(f"{yardstick} does not count {place} itself")
    return _in_unit(found[0])


def _in_unit(q: Quantity) -> Quantity:
    money = q.unit in ("1e8 CNY", "1e9 CNY")
    return q.to("1e8 CNY" if speaking() == CHINESE else "1e9 CNY") if money else q


def presets(yardstick: str, place: str) -> Iterator[tuple[str, str, Quantity]]:
    """Growths that a reader may choose for a city, the book's first: key, words, and percent a year."""
    if yardstick == SCALE:
        try:
            yield PLAN, "the pace of its plan", growth_rates.planned(place)
        except NoObservation:
            pass
        own = [(each.label.removeprefix(f"{book.name(place)} "), each.quantity)
               for each in growth_rates.seen([place])]
        if len(own) > 1:
            yield SEEN, "all growth seen of it", growth_rates.observed(place)
        for words, rate in own:
            key = re.sub(r"\W+", "-", f"{SEEN} {words}") if len(own) > 1 else SEEN
            yield key, f"seen {words}", rate
        yield FASTEST, "the fastest seen of any place", growth_rates.fastest()
    elif yardstick == "gdp":
        try:
            yield LAST, "last seen", scenarios.last_growth(place, *scenarios.OUTPUT[1:])
        except NoObservation:
            pass
    yield STILL, "none: it stands still", scenarios.NO_GROWTH.to("%")


def mark(of_book: bool) -> str:
    """What stands after a choice if it is the book's."""
    return ("" if speaking() == CHINESE else " ") + say("(the book's choice)") if of_book else ""


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
            "places": {place: _place(place) for place in diagnosis.main_cities()},
            "picture": interactive.growths(),
            "yardsticks": {key: _yardstick(key) for key in STARTS},
        }  # fmt: skip

    def _repr_html_(self) -> str:
        block = json.dumps(self.data(), ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
        return (
            f'<div class="explorer">{_form()}<div class="explorer-answer" hidden>'
            '<p class="explorer-said" role="status"></p><div class="explorer-picture"></div>'
            '<dl class="explorer-facts"></dl><p class="explorer-note"></p>'
            f'<p><a class="explorer-link" href="#">{_said("Link to this case")}</a></p></div>'
            f'<details class="explorer-cases" open><summary>{_said("The main cases as a table")}</summary>'
            f'{main_cases()._repr_html_()}</details>'
            f'<script type="application/json" class="explorer-data">{block}</script></div>'
        )

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        with in_language(CHINESE):
            return {MIME: self._repr_html_()}

    def __repr__(self) -> str:
        return repr(main_cases())


def _said(english: str) -> str:
    return html.escape(say(english).replace("\n", ""))


def _place(place: str) -> dict:
    english, hans = book.name(place), book.name(place, "hans")
    found = {"name": hans, "listed": hans} if speaking() == CHINESE else {"name": english, "listed": f"{english} {hans}"}
    return found | {"colour": style.painted(place)}


def _yardstick(key: str) -> dict:
    """What the script knows of a yardstick: its ``readings``, by the choices of scope and words
    (those that change nothing share one)."""
    readings, numbers = [], {}
    for scope in DIALS["scope"][1] if key == SCALE else (PRINTED,):
        for words in DIALS["words"][1]:
            with under(scope, words):
                found = _reading(key)
            if found not in readings:
                readings.append(found)
            numbers[f"{scope} {words}"] = readings.index(found)
    unit = next(iter(offered(key).values())).unit
    names = {"count": "", "1e9 CNY": "billion yuan"}
    return {
        "note": say(NOTES[key]), "start": STARTS[key], "readings": readings, "numbers": numbers,
        "unit": chinese.unit_name(unit) if unit not in names else names[unit],
    }  # fmt: skip


def _reading(key: str) -> dict:
    levels = offered(key)
    return {
        "levels": {place: {"low": q.low, "high": q.high, "text": printed(q)} for place, q in levels.items()},
        "growths": {place: _growths(key, place) for place in levels},
    }


def _growths(yardstick: str, place: str) -> dict:
    return {
        key: {"words": say(words), "low": q.to("ratio").low, "high": q.to("ratio").high, "text": printed(q),
              "mark": mark(n == 0 and key != STILL)}
        for n, (key, words, q) in enumerate(presets(yardstick, place))
    }  # fmt: skip


def main_cases() -> Table:
    """The rivals on AI scale: how far ahead, when level, and what it would take."""
    import pandas as pd

    rows = []
    for place in scenarios.RIVALS:
        found = {words: scenarios.case(place, words).text for words in scenarios.SCENARIOS}
        try:
            needs = [scenarios.needed_if_kept(place, by).text() for by in scenarios.HORIZONS]
        except NoObservation:
            needs = ["not known"] * len(scenarios.HORIZONS)
        rows.append((book.name(place), scenarios.multiple(place).text(), *found.values(), *needs))
    heads = [" ".join(words.split()) for words in scenarios.SCENARIOS]
    heads = [f"Level if {words}" for words in heads]
    columns = ["City", "Times Chongqing, 2024", *heads,
               *(f"Growth a year for parity by {by}" for by in scenarios.HORIZONS)]
    return Table(pd.DataFrame(rows, columns=columns),
                 "Chongqing against each city on AI scale; growth for parity if the city keeps its plan's pace until then")


def _form() -> str:
    """The controls; hidden until the script can serve them."""
    dials = "".join(f"<p>{_select(name, words, choices)}</p>" for name, (words, choices) in DIALS.items())
    return (
        f'<form class="explorer-form" hidden aria-label="{_said("Your own case")}">'
        f'<p class="explorer-whole">{_select("yardstick", "Yardstick", LABELS)}</p>'
        f'{_side("follower", "City that follows")}{_side("leader", "City to catch")}'
        f'<fieldset class="explorer-whole"><legend>{_said("What is assumed")}</legend>{dials}</fieldset>'
        f'<p class="explorer-whole"><button type="reset">{_said(BACK)}</button></p></form>'
    )


def _side(name: str, words: str) -> str:
    """The controls of one city: which, and its growth by list, number or slider."""
    key = f"explorer-{name}-growth"
    return (
        f'<fieldset><legend>{_said(words)}</legend>{_select(name, "city")}'
        f'{_select(f"{name}-from", "growth a year")}<label for="{key}">{_said("in percent")}</label>'
        f'<input id="{key}" name="{name}-rate" type="number" step="any" inputmode="decimal">'
        f'<input id="{key}-slide" type="range" min="-20" max="100" step="0.5" '
        f'aria-label="{_said(f"{words}: growth a year in percent")}"></fieldset>'
    )


def _select(name: str, words: str, choices: Mapping[str, str] = MappingProxyType({})) -> str:
    """A list to choose from; the first of a dial is the book's choice."""
    options = "".join(
        f'<option value="{key}">{_said(choice)}{mark(name in DIALS and n == 0)}</option>'
        for n, (key, choice) in enumerate(choices.items())
    )
    return (f'<label for="explorer-{name}">{_said(words)}</label>'
            f'<select id="explorer-{name}" name="{name}">{options}</select>')
