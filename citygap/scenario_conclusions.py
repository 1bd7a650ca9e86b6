"""The main conclusions on catching up, and the choices that they are put to.

Each is worked out from the tables whenever it is asked, by whatever reading is in force.

Out of scope: the answers (``sensitivity``) and their words (the chapter).
"""

from __future__ import annotations

from citygap import gap, growths, scenarios, simulation
from citygap import yardsticks as y
from citygap.answers import Answer
from citygap.page import every
from citygap.sensitivity import USUAL, Choice, Conclusion, without_source
from citygap.tables import NoObservation

#: Draws of the simulation here, where it is run under every choice.
DRAWS = 20_000

NOT_CHENGDU = "Chengdu is never reached\nif both meet their plans"
NOT_HEADS = "Hangzhou and Beijing neither"
SLOWER = "Chongqing's plan asks less growth\nthan was seen of Chengdu"
STILL = "Chengdu is reached by 2035\nif it stands still"
BEYOND = "Parity with Chengdu by 2030 needs\nmore growth than was seen anywhere"
MOST = "Most draws never reach Chengdu"
GROWTH = "Growth decides, not the level"
HEADS = "On equal counts parity with the head\ncities in ten years needs over\nten percent a year more"
HIGH_TECH = "In high-tech firms Shenzhen is\nreached by 2035 at the growth seen"


def never(*places: str) -> Answer:
    """Whether Chongqing reaches none of them if all meet their plans.

    Raises NoObservation for a place without a level or a plan.
    """
    return every(~scenarios.case_of(place, scenarios.PLANS).answer for place in places)


def by(parity: gap.Parity, year: int) -> Answer:
    """Whether parity comes by the end of a year."""
    return Answer.of(parity.latest < year + 1, parity.earliest >= year + 1)


def beyond(place: str, year: int) -> Answer:
    """Whether parity by a year needs more growth than was seen of any city or province.

    Raises NoObservation without a plan of the place, or without any growth seen.
    """
    return scenarios.needed(place, growths.planned(place), year) > growths.fastest()


def growth_decides(place: str, year: int = 2035, part: float = 75) -> Answer:
    """Whether the two growths have more than a part, in percent, of the variance."""
    found = simulation.of(place, DRAWS).variance_shares(year)
    return found[simulation.GROWTH] + found[simulation.OWN_GROWTH] > part / 100


def heads_far(percent: float = 10, years: float = 10) -> Answer:
    """Whether parity in so many years needs so much more growth than each head city's, on each
    count that treats cities alike and counts the city itself.

    A head city that is not ahead is asked too, and answers no.  Raises NoObservation without any
    count.
    """
    marks = y.multiples(y.HEADS, [y.YARDSTICK[key] for key in y.AI])
    leads = [scenarios.faster(mark.quantity, years) for mark in marks if not mark.hollow]
    if not leads:
        raise NoObservation("no count of cities alike is left")
    return every(lead > percent / 100 for lead in leads)


def high_tech(place: str, year: int = 2035) -> Answer:
    """Whether a city is reached in high-tech firms by a year, at the growth seen of both.

    Raises NoObservation if one of the two growths was not seen.
    """
    found = scenarios.elsewhere(place, *scenarios.ELSEWHERE[1]).parity
    if found is None:
        raise NoObservation(f"the growth of high-tech firms was not seen for {place}")
    return by(found, year)


CONCLUSIONS = (
    Conclusion(NOT_CHENGDU, lambda: never("chengdu")),
    Conclusion(NOT_HEADS, lambda: never("hangzhou", "beijing")),
    Conclusion(SLOWER, lambda: growths.planned(y.FOCUS) < growths.observed("chengdu")),
    Conclusion(STILL, lambda: by(scenarios.case_of("chengdu", scenarios.STILL), 2035)),
    Conclusion(BEYOND, lambda: beyond("chengdu", 2030)),
    Conclusion(MOST, lambda: simulation.of("chengdu", DRAWS).never() > 0.5),
    Conclusion(GROWTH, lambda: growth_decides("chengdu")),
    Conclusion(HEADS, heads_far),
    Conclusion(HIGH_TECH, lambda: high_tech("shenzhen")),
)
NARROWED = "industry\nseries cut\nto core"
CHOICES = (
    *USUAL,
    Choice(NARROWED, scenarios.narrowed),
    without_source("wykobounce2021", "without\nChengdu's\n2020"),
    without_source("github2018", "without\nthe list\nof 2018"),
)
