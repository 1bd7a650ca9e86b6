"""The main conclusions on catching up, and the choices that they are put to.

Each is worked out from the tables whenever it is asked, by whatever reading is in force.

Out of scope: the answers (``sensitivity``) and their words (the chapter).
"""

from __future__ import annotations

from citygap.catch_up import scenarios
from citygap.comparison import comparable_counts as y
from citygap.comparison import filed_models, growth_rates
from citygap.data.tables import book
from citygap.measures import gap
from citygap.measures.sensitivity import USUAL, Choice, Conclusion
from citygap.quantity.quantity import Quantity
from citygap.quantity.three_valued import Answer, every, undecided

#: What was filed after the first and up to the second day is what the chapter counts as new.
SINCE, UNTIL = "2024-12-31", filed_models.days()[-1]
#: A later start, from which the order of the same places looks nearer for models.
LATER = "2025-11-01"

NEVER = "Chengdu is never reached if both keep the growth of their plans"


def never(*places: str) -> Answer:
    """Whether Chongqing reaches none of them if all keep the growth of their plans for good.

    Raises NoObservation for a place without a level or a plan.
    """
    return every(~scenarios.case_of(place, scenarios.PLANS).answer for place in places)


def by(parity: gap.Parity, year: int) -> Answer:
    """Whether parity comes by the end of a year."""
    return Answer.of(parity.latest < year + 1, parity.earliest >= year + 1)


def fastest_is_chengdus(year: str = "2020") -> Answer:
    """Whether no growth of a city or province that was seen or stated is above Chengdu's of a year."""
    stated = book.observe("chengdu", "ai_industry_growth", year).middle
    found = [each.quantity.middle for each in growth_rates.elsewhere()]
    return Answer.of(max(found) <= stated, max(found) > stated)


def slower_plan(place: str) -> Answer:
    """Whether the plan of a place asks for less growth than Chongqing's."""
    return growth_rates.planned(place) < growth_rates.planned(y.FOCUS)


def plan_may_be_slower(place: str) -> Answer:
    """Whether it cannot be told if the plan of a place asks for less growth than Chongqing's."""
    return undecided(slower_plan(place))


def one_level() -> Answer:
    """Whether one source alone gives one level of Chongqing's core industry."""
    levels = book.series(y.FOCUS, scenarios.CORE)
    one = len(levels) == 1 and len(book.readings(y.FOCUS, scenarios.CORE, levels[0].period)) == 1
    return Answer.of(one, not one)


def one_year() -> Answer:
    """Whether growth of Chongqing's AI industry is known for a single year."""
    found = growth_rates.seen([y.FOCUS])
    return Answer.of(len(found) == 1, len(found) != 1)


def still_later(place: str = "chengdu", year: int = 2030) -> Answer:
    """Whether Chongqing on its plan reaches a place that stands still only after a year."""
    return ~by(scenarios.case_of(place, scenarios.STILL), year)


def far_more(takes: Quantity, times: float = 1.5) -> Answer:
    """Whether parity takes so many times the growth of Chongqing's plan."""
    return takes > times * growth_rates.planned(y.FOCUS)


def more_than_plan(takes: Quantity) -> Answer:
    """Whether parity takes more than the growth of Chongqing's plan."""
    return takes > growth_rates.planned(y.FOCUS)


def slightly_more(takes: Quantity) -> Answer:
    """Whether parity takes more than the growth of Chongqing's plan, but not :func:`far_more`."""
    return more_than_plan(takes) & ~far_more(takes)


def fastest_between(met: Quantity, fastest: Quantity, kept: Quantity) -> Answer:
    """Whether parity takes less than the fastest growth if the other stands still after its plan, and more
    if it keeps the plan's growth."""
    return (met < fastest) & (fastest < kept)


def fastest_open_by_core(fastest: Quantity, takes: Quantity) -> Answer:
    """Whether it cannot be told that parity takes more than the fastest growth, once the other's figure
    may count more than core."""
    return undecided(takes > fastest)


def as_many_new_applications(place: str) -> Answer:
    """Whether Chongqing registered as many applications as a place since the end of 2024."""
    new = filed_models.flow(SINCE, UNTIL, filed_models.REGISTERED)
    return (new[y.FOCUS] >= new[place]) & (new[y.FOCUS] <= new[place])


def gain_on_inland(years: float = 10) -> Quantity:
    """What Chongqing must gain a year, in percent, on the inland cities that are ahead of it on
    counts made alike, to draw level in so many years."""
    return scenarios.lead_needed(y.PEERS, years)


def planned_never(place: str) -> Answer:
    """Whether the gap to a place opens under every growth published of it, with Chongqing on its
    plan."""
    return every(pair.quantity < 0 for pair in scenarios.pairs(place)[:-1])


def output_reaches_neither() -> Answer:
    """Whether Chongqing reaches neither Shenzhen nor Shanghai in GDP at the growth last seen."""
    cases = (scenarios.elsewhere(p) for p in ("shenzhen", "shanghai"))
    return every(~case.parity.answer for case in cases)


CONCLUSIONS = (
    Conclusion(NEVER, lambda: never("chengdu")),
)
NARROWED = "industry series cut to core"
#: Other readings of words, pages left out, and the series of other cities taken down to core.
CHOICES = (*USUAL[1:], Choice(NARROWED, scenarios.narrowed))
