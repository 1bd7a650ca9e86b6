"""Can the distance be closed, when, and what would it take?

Levels stand at :data:`START`; growths are published ones (``growth_rates``) or a reader's
own.  Parity is ``gap.parity_year``: both keep their growth for good, which nobody does.  So a
parity year says which way the published figures point, and is no forecast.

AI scales of cities stand on scopes of their own.  Where one is set beside Chongqing's core figure
all the same, the reason is in its caveat and it is drawn hollow.

Out of scope: the reader's own cases (``citygap.cities.explorer``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from citygap.comparison import comparable_counts as y
from citygap.comparison import growth_rates, target_paths
from citygap.data.tables import NoObservation, book
from citygap.measures import gap, series_breaks
from citygap.quantity.quantity import Quantity, exactly, hull, merged
from citygap.quantity.three_valued import Answer

START = 2024
NO_GROWTH = exactly(0)
HORIZONS = (2030, 2035)
#: Places whose AI scale of 2024 and whose growth are published, nearest first.
RIVALS = ("wuhan", "chengdu", "shenzhen", "suzhou", "hangzhou", "beijing", "shanghai")
CORE, INDUSTRY, ABOVE = "ai_core_scale", "ai_industry_scale", "ai_above_scale"
IN_PROVINCE = "ai_scale_in_province"
NINE_MONTHS = "2024-01/2024-09"

YEAR_OF_NINE_MONTHS = "the year lies between a last quarter as large as the year before's and the pace of its first nine months"
ABOVE_AS_CORE = "revenue of firms above the designated size set beside core figures"
PART_AS_CORE = "a part of the province's figure set beside core figures"
CARRIED_ON = "the figure of 2023 carried on by the growth that the city's industry series shows"
NARROWED = "an industry figure taken down to what a core one may be of it"
KEPT = "supposes that the other keeps the growth of its plan beyond the plan's last year"
MET = "supposes that the other meets the aim of its plan and then stands still"
#: Rivals whose level stands on an industry series.
WIDER = ("chengdu", "wuhan", "suzhou")
#: Places with an industry and a narrower figure of one year: what a wider definition can add.
BOTH_SCOPES = (("shenzhen", IN_PROVINCE, "2023"), ("zhejiang", CORE, "2020"))

_NARROW: ContextVar[bool] = ContextVar("industry series narrowed to core", default=False)


@contextmanager
def narrowed() -> Iterator[None]:
    """Inside a ``with`` block an industry series is taken to hold anything from a core figure alone
    to the widest multiple of one (:func:`wider_definition`)."""
    token = _NARROW.set(True)
    try:
        yield
    finally:
        _NARROW.reset(token)


def wider_definition() -> Quantity:
    """By how much an industry figure may exceed a narrower one: not at all, up to the largest
    multiple of the places with both for one year."""
    found = [
        book.observe(place, INDUSTRY, year).ratio(
            book.observe(place, narrow, year), because="what a wider definition adds")
        for place, narrow, year in BOTH_SCOPES
    ]
    return hull(exactly(1), *found)


def scale(place: str) -> tuple[Quantity, bool]:
    """AI scale of 2024 on (or beside) the core scope, and whether it is a weaker comparison.

    Raises NoObservation for a place without one.
    """
    level, weak = _scale(place)
    return _as_core(place, level), weak


def _as_core(place: str, level: Quantity) -> Quantity:
    if _NARROW.get() and place in WIDER:
        return (level / wider_definition()).noting(NARROWED)
    return level


def _scale(place: str) -> tuple[Quantity, bool]:
    core = book.observe(y.FOCUS, CORE, "2024").scope
    if place == "chengdu":
        floor = y.at_least_as_before(place, INDUSTRY, NINE_MONTHS, "ai_industry_growth")
        year = replace(hull(floor, y.at_pace(place, INDUSTRY, NINE_MONTHS)), period="2024")
        year = year.noting(YEAR_OF_NINE_MONTHS)
        return year.across(core, because=y.CHENGDU_AS_CORE), True
    if place in ("wuhan", "suzhou"):
        return book.spread(place, INDUSTRY, "2024").across(core, because=y.INDUSTRY_AS_CORE), True
    if place == "shanghai":
        return book.spread(place, ABOVE, "2024").across(core, because=ABOVE_AS_CORE), True
    if place == "shenzhen":
        level = gap.project(book.observe(place, IN_PROVINCE, "2023"), growth_rates.observed(place), 1)
        level = replace(level, period="2024").noting(CARRIED_ON)
        return level.across(core, because=PART_AS_CORE), True
    return book.spread(place, CORE, "2024"), False


def multiple(place: str, follower: str = y.FOCUS) -> Quantity:
    """The AI scale of ``place`` in 2024 over that of ``follower``."""
    return scale(place)[0].ratio(scale(follower)[0])


def aim_over(place: str, follower: str = y.FOCUS) -> Quantity:
    """The AI scale that the plan of ``place`` aims at over that of ``follower`` in 2024."""
    aim, own = target_paths.path_of(place).end, scale(follower)[0]
    return _as_core(place, aim.across(own.scope, because=y.CHENGDU_AS_CORE)).ratio(own)


def parity(leader: str, growth_leader: Quantity, growth_follower: Quantity,
           follower: str = y.FOCUS) -> gap.Parity:
    """When ``follower`` draws level with ``leader`` on AI scale, from 2024 on."""
    levels = scale(leader)[0], scale(follower)[0]
    return gap.parity_year(*levels, growth_leader, growth_follower, START)


def lasting(found: gap.Parity, until: float) -> gap.Parity:
    """The same parity if both keep their growth until a year alone and grow alike from then on: who is
    not level by then never is."""
    if found.latest <= until:
        return found
    never = found.earliest > until
    return replace(found, answer=Answer.NO if never else Answer.CANNOT_TELL, latest=math.inf,
                   earliest=math.inf if never else found.earliest)


def needed(leader: str, growth_leader: Quantity, by: int, follower: str = y.FOCUS) -> Quantity:
    """Growth a year, in percent, that takes ``follower`` to parity with ``leader`` in ``by``."""
    return growth_for_parity(multiple(leader, follower), growth_leader, by - START)


def needed_if_kept(leader: str, by: int) -> Quantity:
    """Growth a year, in percent, for parity in ``by`` if the leader keeps the growth of its plan until
    then, though the plan ends before."""
    return needed(leader, growth_rates.planned(leader), by).noting(KEPT)


def needed_if_met(leader: str, by: int) -> Quantity:
    """Growth a year, in percent, for parity in ``by`` if the leader meets the aim of its plan and stands
    still from then on: a lower end."""
    return growth_for_parity(aim_over(leader), NO_GROWTH, by - START).noting(MET)


def growth_for_parity(multiple: Quantity, growth_leader: Quantity, years: float) -> Quantity:
    """(1 + g_L) (L / F) ** (1 / years) - 1, in percent: the follower's growth for parity then.

    From the formula of ``gap.parity_year``, solved for the follower's growth.  ``multiple`` is
    above 0; ``years`` above 0 (ValueError).
    """
    if not years > 0:
        raise ValueError(f"parity in {years!r} years: give a number above 0")

    def f(times: float, rate: float) -> float:
        return 100 * ((1 + rate) * times ** (1 / years) - 1)

    found = gap.monotone(f, [multiple, growth_leader.to("ratio")], unit="%",
                         made_by="scenarios.growth_for_parity")
    return replace(found, forecast=True)


def faster(multiple: Quantity, years: float) -> Quantity:
    """By how much faster a year the follower must grow than the leader, in percent.

    multiple ** (1 / years) - 1, whatever the leader does: 10 % means 1.10 times the leader's
    growth factor.
    """
    return growth_for_parity(multiple, NO_GROWTH, years)


# ------------------------------------------------------------------------------ published growths


@dataclass(frozen=True)
class Case:
    """One cell of a picture of parities: who catches whom, under which growths, and when.

    ``parity`` is None where a figure is missing.
    """

    place: str
    scenario: str
    parity: gap.Parity | None
    weak: bool = False

    @property
    def row(self) -> str:
        return f"{book.name(self.place)}: {self.scenario}".replace("\n", " ")

    @property
    def quantity(self) -> Quantity:
        """The year, or, where there is none, what the answer rests on."""
        if self.parity is None:
            return Quantity(-math.inf, math.inf)
        return self.parity.year or self.parity.basis

    @property
    def text(self) -> str:
        """The answer in few words: a range of years, "never", "from 2031 or never", "not known"."""
        if self.parity is None:
            return "not known"
        return in_words(self.parity)


def in_words(parity: gap.Parity) -> str:
    """A parity in few words: "2035 to 2037", "never", "from 2044 or never"."""
    return parity.text().removeprefix("cannot tell: ")


Rates = Callable[[str], tuple[Quantity, Quantity]]


def _plans(place: str) -> tuple[Quantity, Quantity]:
    return growth_rates.planned(place), growth_rates.planned(y.FOCUS)


def _seen(place: str) -> tuple[Quantity, Quantity]:
    return growth_rates.observed(place), growth_rates.planned(y.FOCUS)


def _still(place: str) -> tuple[Quantity, Quantity]:
    return NO_GROWTH, growth_rates.planned(y.FOCUS)


def _fastest(place: str) -> tuple[Quantity, Quantity]:
    return growth_rates.planned(place), growth_rates.fastest()


#: Heading of a column, and the growths (leader, follower) under it.  Of Chongqing's own AI industry
#: growth is stated for a single year, so its side is its plan, or the fastest growth seen elsewhere.
PLANS, SEEN, STILL, FASTEST = (
    "both keep\ntheir plans' pace", "the other keeps\nthe growth seen", "the other\nstays as in 2024",
    "the other keeps\nits plan's pace, Chongqing\nat the fastest seen",
)  # fmt: skip
SCENARIOS: dict[str, Rates] = {PLANS: _plans, SEEN: _seen, STILL: _still, FASTEST: _fastest}


def case_of(place: str, scenario: str) -> gap.Parity:
    """Chongqing against ``place`` under one of :data:`SCENARIOS`.  Raises NoObservation."""
    return parity(place, *SCENARIOS[scenario](place))


def case(place: str, scenario: str) -> Case:
    """One cell of the picture of parities."""
    try:
        found = case_of(place, scenario)
    except NoObservation:
        return Case(place, scenario, None, True)
    return Case(place, scenario, found, scale(place)[1])


def cases(places: Sequence[str] = RIVALS) -> list[Case]:
    """Every rival under every scenario."""
    return [case(place, scenario) for place in places for scenario in SCENARIOS]


def lead_needed(places: Sequence[str], years: float, keys: Sequence[str] = y.AI) -> Quantity:
    """By how much faster a year the follower must grow for parity so many years after the count, from
    the smallest lead of these places to the largest, in percent, on counts of the cities themselves.

    It rests on the counts of all ``places``, since any of them could have been ahead.  Raises
    NoObservation if none surely is.
    """
    known = y.multiples(places, [y.YARDSTICK[key] for key in keys])
    candidates = [mark.quantity for mark in known if not mark.hollow]
    ahead = [faster(multiple, years) for multiple in candidates if multiple.low > 1]
    if not ahead:
        raise NoObservation(f"none of {', '.join(places)} is surely ahead")
    whole = hull(*ahead)
    return merged(whole.bounds, whole.unit, *ahead, *candidates, made_by="scenarios.lead_needed")


# --------------------------------------------------------------------------------- pairs of growth


@dataclass(frozen=True)
class Pair:
    """A pair of growths on the map: ``x`` the leader's, ``y`` the follower's, in percent."""

    row: str
    place: str
    x: Quantity
    y: Quantity

    @property
    def quantity(self) -> Quantity:
        """The follower's growth over the leader's factor: above 0 the gap closes."""
        return (1 + self.y.to("ratio")) / (1 + self.x.to("ratio")) - 1


def distance_in(multiple: Quantity, growth_leader: Quantity, growth_follower: Quantity,
                years: float) -> Quantity:
    """The leader's level over the follower's so many years on, if both keep their growth.

    multiple * ((1 + g_L) / (1 + g_F)) ** years; a follower that shrinks to nothing has no multiple
    (ValueError).
    """
    if growth_follower.to("ratio").low <= -1:
        raise ValueError("a growth of -100% leaves nothing to compare")

    def f(times: float, leads: float, follows: float) -> float:
        return times * ((1 + leads) / (1 + follows)) ** years

    rates = growth_leader.to("ratio"), growth_follower.to("ratio")
    found = gap.monotone(f, [multiple, rates[0]], [rates[1]], made_by="scenarios.distance_in")
    return replace(found, forecast=True)


def pairs(leader: str = "chengdu") -> list[Pair]:
    """The published pairs against one leader: Chongqing's plan or the fastest growth seen
    anywhere, against the leader's plan and each growth seen of it."""
    plan, own = growth_rates.planned(leader), growth_rates.planned(y.FOCUS)
    found = [Pair("both plans", leader, plan, own)]
    for each in growth_rates.seen([leader]):
        words = each.label.removeprefix(f"{book.name(leader)} ").split(",")[0]
        found.append(Pair(f"seen {words}", leader, each.quantity, own))
    return [*found, Pair("the fastest seen", y.FOCUS, plan, growth_rates.fastest())]


# ---------------------------------------------------------------------- where both growths are seen

#: The series in which both growths are seen: heading, indicator and last year.  Of high-tech firms the
#: counts of two years have different publishers, so that no growth is taken.
OUTPUT = ("GDP", "gdp_census5", "2025")
OTHERS = ("xian", "hefei", "guangzhou", "wuhan", "chengdu", "suzhou", "shenzhen", "beijing",
          "shanghai")


def last_growth(place: str, indicator: str, until: str) -> Quantity:
    """Growth a year between the last two whole years of a series up to ``until``."""
    years = [q.period for q in book.series(place, indicator, years=True) if q.period <= until]
    if len(years) < 2:
        raise NoObservation(f"{indicator} of {place} has no two years up to {until}")
    since, last = years[-2:]
    return series_breaks.growth(place, indicator, since, last, best=True)


def elsewhere(place: str) -> Case:
    """Parity in output, if both keep the growth last seen.

    Raises NoObservation if Chongqing's output or growth is not known.
    """
    heading, indicator, year = OUTPUT
    own, rate = book.observe(y.FOCUS, indicator, year), last_growth(y.FOCUS, indicator, year)
    try:
        theirs = book.observe(place, indicator, year), last_growth(place, indicator, year)
    except NoObservation:
        return Case(place, heading, None)
    return Case(place, heading, gap.parity_year(theirs[0], own, theirs[1], rate, int(year)))
