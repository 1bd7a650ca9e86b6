"""The main conclusions on the gap, and the choices that they are put to.

Each is worked out from the tables whenever it is asked, by whatever reading is in force.  Where a
choice leaves out some of the counts behind a conclusion, the others decide.

Out of scope: the answers (``sensitivity``) and their words (the chapter).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from operator import and_

from citygap import ambition, definitions, ranks, weight
from citygap import yardsticks as y
from citygap.quantity import Answer, Quantity, hull
from citygap.sensitivity import USUAL, Choice, Conclusion, without_source
from citygap.tables import NoObservation, book

#: From how many times on a distance is one of order of magnitude.
MAGNITUDE = 10
#: "About a sixth" is within a tenth of it.
NEAR = 0.1

#: Whether conclusions are put on their other measure.
_OTHERWISE: ContextVar[bool] = ContextVar("on the other measure", default=False)


@contextmanager
def otherwise() -> Iterator[None]:
    """Inside a ``with`` block, conclusions are put on their other measure."""
    token = _OTHERWISE.set(True)
    try:
        yield
    finally:
        _OTHERWISE.reset(token)


def either(first: Callable[[], Answer], other: Callable[[], Answer] | None = None):
    """A comparison with another measure to put it on; without one, NoObservation is raised there."""

    def holds() -> Answer:
        if not _OTHERWISE.get():
            return first()
        if other is None:
            raise NoObservation("the conclusion has no other measure")
        return other()

    return holds


def without_beijing(row: dict[str, str]) -> bool:
    """Beijing's own figures; its ranks stay, since a list without its first says nothing."""
    return row.get("place") == "beijing" and "ranking" not in row


def deals_of_2018(row: dict[str, str]) -> bool:
    """The last year of the list of deals."""
    return "deals" in row and row["period"] == "2018"


CHOICES = (
    *USUAL,
    Choice("the other\nmeasure", otherwise),
    without_source("csdn2025", "without\nfilings"),
    without_source("github2018", "without\nlist of\n2018"),
    Choice("deals to\n2017", lambda: book.leaving_out(deals_of_2018)),
    without_source("cc2025", "without\ncomm-\nentary"),
    Choice("without\nBeijing", lambda: book.leaving_out(without_beijing)),
)


def remaining(comparisons: Iterable[Callable[[], Answer]]) -> Answer:
    """All comparisons for which there are data.  Raises NoObservation if there is none."""
    found = []
    for comparison in comparisons:
        try:
            found.append(comparison())
        except (NoObservation, ZeroDivisionError):
            continue
    if not found:
        raise NoObservation("no count is left to compare")
    return reduce(and_, found)


def most(answers: list[Answer]) -> Answer:
    """Whether more of the answers are yes than no; those that cannot tell count for neither."""
    ayes, noes = (sum(each is a for each in answers) for a in (Answer.YES, Answer.NO))
    return Answer.of(ayes > noes, ayes <= noes)


def multiple(place: str, key: str) -> Quantity:
    """A place as a multiple of Chongqing; at most so many where its province stands for it.

    Raises NoObservation if one of the two is not known.
    """
    found = y.multiple(place, key)
    return y.at_most(found) if y.PROVINCE_FOR_CITY in found.caveat else found


def multiple_at_least(places: Iterable[str], times: float, keys: Sequence[str] = y.AI) -> Answer:
    """Whether each place stands at so many times Chongqing on every AI count that is known."""
    return remaining(
        lambda place=place, key=key: multiple(place, key) >= times
        for place in places for key in keys
    )


def small_multiple(place: str = "chengdu", times: float = 5) -> Answer:
    """Whether a city is ahead on every AI count of cities themselves, by less than ``times``."""
    return remaining(
        lambda key=key: (multiple(place, key) > 1) & (multiple(place, key) < times)
        for key in CITY_COUNTS
    )


def sixth() -> Quantity:
    """Chongqing's core figure over what may be said of Chengdu's industry in 2024, as a ratio.

    From Chengdu's aim to nine months carried on.  Raises NoObservation if a figure is missing.
    """
    own = book.observe(y.FOCUS, "ai_core_scale", "2024")
    nine = ("chengdu", "ai_industry_scale", "2024-01/2024-09")
    others = book.target("chengdu", "ai_industry_scale", "2024"), y.at_pace(*nine)
    return hull(*(own.ratio(other, because=y.CHENGDU_AS_CORE) for other in others))


def sixth_fits() -> Answer:
    """Whether that is about a sixth."""
    return (sixth() > (1 - NEAR) / 6) & (sixth() < (1 + NEAR) / 6)


def files_more_per(base: str, rivals: Iterable[str] = ("hefei", "xian")) -> Answer:
    """Whether Chongqing files more algorithms per unit of ``base`` than the rivals' provinces."""
    return remaining(
        lambda rival=rival: weight.per(rival, "filings", base, "2024") < 1 for rival in rivals
    )


def most_plans_pull_away() -> Answer:
    """Whether more plans than not would widen the gap to Chongqing."""
    found = ambition.sorted_out()
    away, not_away, open_ = (len(found[a]) for a in (Answer.YES, Answer.NO, Answer.CANNOT_TELL))
    return Answer.of(away > not_away + open_, away + open_ <= not_away)


def by_scale(places: Iterable[tuple[str, str, str]], test: Callable[[Quantity], Answer]):
    """A comparison of published scales, whatever their scope, with Chongqing's core figure."""
    return lambda: remaining(
        lambda key=key: test(definitions.scale(*key)) for key in places
    )


SHENZHEN = ("shenzhen", "ai_industry_scale", "2023")
HEADS_BY_SCALE = (("beijing", "ai_core_scale", "2024"), ("shanghai", "ai_above_scale", "2024"))
CITY_COUNTS = ("community", "firms", "deals")
CONCLUSIONS = (
    Conclusion("Beijing and Shanghai ten\ntimes on every AI count", either(
        lambda: multiple_at_least(("beijing", "shanghai"), MAGNITUDE),
        by_scale(HEADS_BY_SCALE, lambda q: q >= MAGNITUDE))),
    Conclusion("Shenzhen and Hangzhou\nfive times on city counts", either(
        lambda: multiple_at_least(("shenzhen", "hangzhou"), 5, CITY_COUNTS),
        by_scale((SHENZHEN, ("hangzhou", "ai_core_scale", "2024")), lambda q: q >= 5))),
    Conclusion("Shenzhen's core scale\nbelow ten times", either(
        lambda: definitions.scale("shenzhen", "ai_core_scale", "2023") < MAGNITUDE,
        by_scale([SHENZHEN], lambda q: q < MAGNITUDE))),
    Conclusion("Chengdu ahead, by less than\nfive times", either(
        small_multiple,
        by_scale([("chengdu", "ai_industry_scale", "2023")], lambda q: (q > 1) & (q < 5)))),
    Conclusion("About a sixth of Chengdu's\nindustry series", either(sixth_fits)),
    Conclusion("Less of every AI count\nthan of output", either(lambda: weight.lighter(y.FOCUS))),
    Conclusion("More filings per output than\nAnhui and Shaanxi", either(
        lambda: files_more_per("gdp_census5"),
        lambda: files_more_per("secondary_value_added_census5"))),
    Conclusion("Below Chengdu on most\nranking lists",
               either(lambda: most(ranks.behind(y.FOCUS, "chengdu")))),
    Conclusion("Below Xi'an on most\nranking lists",
               either(lambda: most(ranks.behind(y.FOCUS, "xian")))),
    Conclusion("Most plans pull away\nfrom Chongqing's", either(most_plans_pull_away)),
)
