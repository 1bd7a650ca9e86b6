"""How fast AI industries have grown and are meant to grow, as bounded quantities in percent a year.

A growth is *seen* between two years of one series of one place, or stated by the place itself; it
is *planned* between an observation and an aim.  Every pair of neighbouring whole years in the three
families of AI scale counts, so that no growth is picked: :func:`seen` is the measure of what such
series do.

Out of scope: growth that a catch-up needs (``scenarios``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citygap import gap, plans
from citygap.charts import Mark
from citygap.quantity import Quantity, greatest, hull
from citygap.tables import NoObservation, book

#: The families of AI scale, and what figures call them.
SCALES = {
    "ai_core_scale": "core",
    "ai_industry_scale": "industry",
    "ai_above_scale": "above-scale",
}
#: Growth that a city states without two levels: place, indicator, year.
STATED = (("chongqing", "ai_core_growth", "2025"), ("chengdu", "ai_industry_growth", "2025"),
          ("shenzhen", "ai_industry_growth", "2023"), ("zhejiang", "ai_industry_growth", "2021"))
#: Two years of one series that count other firms: the directory grew in between, and the report
#: itself gives a lower growth, which stands among the stated ones.
OTHER_FIRMS = (("zhejiang", "ai_industry_scale", "2020", "2021"),)
#: Growths of a place below which what was seen elsewhere is drawn from as well.
ENOUGH = 2
#: A plan that names a growth and no level: place, indicator, year.
AIMED = {"shenzhen": ("shenzhen", "ai_industry_growth", "2026")}
NATION = "china"


@dataclass(frozen=True)
class Seen:
    """Growth of one place between two years, in percent a year; ``weak`` if an end is a forecast,
    or rests on low confidence alone."""

    place: str
    label: str
    quantity: Quantity

    @property
    def weak(self) -> bool:
        return self.quantity.forecast or self.quantity.confidence == "low"

    @property
    def mark(self) -> Mark:
        """One row of a figure."""
        return Mark(self.label, self.place, self.quantity, self.weak)


def seen(places: Sequence[str] | None = None) -> list[Seen]:
    """Every growth seen, of all places or of some: neighbouring whole years of one series, and
    growth stated by a city."""
    found = []
    for indicator, family in SCALES.items():
        for place in book.places_with(indicator):
            if places is None or place in places:
                years = [q.period for q in book.series(place, indicator, years=True)]
                found += [
                    _between(place, indicator, family, since, until)
                    for since, until in zip(years, years[1:])
                    if (place, indicator, since, until) not in OTHER_FIRMS
                ]
    return found + _stated(places)


def _between(place: str, indicator: str, family: str, since: str, until: str) -> Seen:
    ends = (book.spread(place, indicator, year) for year in (since, until))
    rate = gap.growth(*ends, int(until) - int(since)).to("%")
    return Seen(place, f"{book.name(place)} {since}-{until[2:]}, {family}", rate)


def _stated(places: Sequence[str] | None) -> list[Seen]:
    found = []
    for place, indicator, year in STATED:
        if places is None or place in places:
            try:
                rate = book.observe(place, indicator, year)
            except NoObservation:  # left out by a choice of the reader
                continue
            found.append(Seen(place, f"{book.name(place)} {year}, stated", rate.across("", because=(
                "stated by the city, without the two levels"))))
    return found


def elsewhere() -> list[Seen]:
    """What was seen of cities and provinces, the nation left out."""
    return [each for each in seen() if each.place != NATION]


def observed(place: str) -> Quantity:
    """All growths seen of one place, lowest to highest.  Raises NoObservation without any."""
    found = [each.quantity for each in seen([place])]
    if not found:
        raise NoObservation(f"no growth of an AI industry was seen for {place}")
    return hull(*found)


def planned(place: str) -> Quantity:
    """The growth that the plan of a place needs.  Raises NoObservation without one."""
    if place in AIMED:
        return book.target(*AIMED[place]).across("", because="an aim for growth, without a level")
    try:
        return plans.path_of(place).growth
    except LookupError:
        raise NoObservation(f"no plan for the AI industry of {place} has a start") from None


def fastest() -> Quantity:
    """The fastest growth seen of any city or province.  Raises NoObservation without any."""
    found = [each.quantity for each in elsewhere()]
    if not found:
        raise NoObservation("no growth of an AI industry was seen anywhere")
    return greatest(*found)


def sources_of(place: str) -> list[list[Quantity]]:
    """What published figures allow for the growth of a place: its plan, and what was seen.

    Where fewer than :data:`ENOUGH` growths were seen of the place itself, what was seen of any city
    or province is added: a single year is no range.  Raises NoObservation without any growth.
    """
    try:
        plan = [[planned(place)]]
    except NoObservation:
        plan = []
    own = seen([place])
    if len(own) < ENOUGH:
        own = [*own, *(each for each in elsewhere() if each.place != place)]
    found = [group for group in (*plan, [each.quantity for each in own]) if group]
    if not found:
        raise NoObservation(f"no growth of an AI industry was planned or seen for {place}")
    return found
