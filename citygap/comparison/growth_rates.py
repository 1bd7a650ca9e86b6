"""How fast AI industries have grown and are meant to grow, as bounded quantities in percent a year.

A growth is *seen* between two years of one series of one place, or stated by the place itself; it
is *planned* between an observation and an aim.  Every pair of neighbouring whole years in the three
families of AI scale counts unless the series breaks between them (``series_breaks``), so that no
growth is picked: :func:`seen` is the measure of what such series do.

Out of scope: growth that a catch-up needs (``scenarios``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citygap.charts import Mark
from citygap.comparison import target_paths
from citygap.data.tables import NoObservation, book
from citygap.measures import series_breaks
from citygap.quantity.quantity import Quantity, greatest, hull
from citygap.quantity.three_valued import Answer

#: The families of AI scale, and what figures call them.
SCALES = {
    "ai_core_scale": "core",
    "ai_industry_scale": "industry",
    "ai_above_scale": "above-scale",
}
#: Growth of a whole year that a city or province states, whether or not levels stand beside it.
STATED = ("ai_core_growth", "ai_industry_growth")
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
    return between_levels(places) + _stated(places)


def between_levels(places: Sequence[str] | None = None) -> list[Seen]:
    """Every growth between neighbouring whole years of one series, of all places or of some."""
    found = []
    for indicator, family in SCALES.items():
        for place in book.places_with(indicator):
            if places is None or place in places:
                years = [q.period for q in book.series(place, indicator, years=True)]
                found += [
                    _between(place, indicator, family, since, until)
                    for since, until in zip(years, years[1:])
                    if not series_breaks.crossed(place, indicator, since, until)
                ]
    return found


def _between(place: str, indicator: str, family: str, since: str, until: str) -> Seen:
    rate = series_breaks.growth(place, indicator, since, until)
    return Seen(place, f"{book.name(place)} {since}-{until[2:]}, {family}", rate)


def _stated(places: Sequence[str] | None) -> list[Seen]:
    found = []
    for indicator in STATED:
        for place in book.places_with(indicator):
            if place != NATION and (places is None or place in places):
                for rate in book.series(place, indicator, years=True):
                    rate = rate.across("", because="stated by the place, without the two levels")
                    found.append(Seen(place, f"{book.name(place)} {rate.period}, stated", rate))
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
        return target_paths.path_of(place).growth
    except LookupError:
        raise NoObservation(f"no plan for the AI industry of {place} has a start") from None


def below_plan(place: str = "chongqing") -> Answer:
    """Whether what was seen of a place is less than its plan needs.  Raises NoObservation."""
    return observed(place) < planned(place)


def fastest() -> Quantity:
    """The fastest growth seen of any city or province.  Raises NoObservation without any."""
    found = [each.quantity for each in elsewhere()]
    if not found:
        raise NoObservation("no growth of an AI industry was seen anywhere")
    return greatest(*found)
