"""The main conclusions of the chapter on the four moves, and the choices that they are put to.

Out of scope: working them out (``sensitivity``) and drawing (``charts.answers``).
"""

from __future__ import annotations

from citygap import compute_cost, emphasis, gap, pillars, plans, targets
from citygap.answers import Answer
from citygap.sensitivity import USUAL, Choice, Conclusion, without_place
from citygap.tables import NoObservation, book

WORKSHOPS = "Workshops: the aim needs\nless growth than was seen"
AIMS = "Aims: most are counted\nby no figure found"
THEMES = "Themes: none of the plan\nis seen there alone"
CHAPTERS = "Themes: none with a chapter\nis seen there alone"


def _slower_than_china() -> Answer:
    return plans.path_of("chongqing").growth < pillars.national_growth()


def _less_than_seen() -> Answer:
    needed, seen = pillars.latest_growth("digital_workshops")
    return needed < seen


def _most_alone() -> bool:
    aims = targets.aims()
    if not aims:
        raise NoObservation("no aim is left")
    return 2 * targets.by_stage(aims)["alone"] > len(aims)


def _shared(least: int) -> bool:
    if not emphasis.themes("plan", emphasis.AI_PLUS, least):
        raise NoObservation("no theme of the plan is left")
    return not emphasis.apart(least=least)


def _power_is_little() -> Answer:
    half = compute_cost.price(compute_cost.only_price().middle / 2)
    return compute_cost.most_loss(half) < compute_cost.loss_between_reported_loads()


def _asean_slower() -> Answer:
    ends = [
        gap.growth(*(book.observe("chongqing", of, year) for year in ("2019", "2025")), 6)
        for of in ("trade_with_asean", "foreign_trade")
    ]
    return ends[0] < ends[1]


def _research_below() -> Answer:
    """In 2022, the last year for which the city's figure is not from a mirror."""
    return pillars.intensity("chongqing", "2022") < pillars.intensity("china", "2022")


CONCLUSIONS = (
    Conclusion("AI aim: needs less growth\nthan China's AI industry had", _slower_than_china),
    Conclusion(THEMES, lambda: _shared(emphasis.NAMED)),
    Conclusion("Power: cheap power does not\nmake up for idle machines", _power_is_little),
    Conclusion("ASEAN: trade grew more slowly\nthan all trade", _asean_slower),
    Conclusion("Science: less of output\nthan China spends", _research_below),
    Conclusion(WORKSHOPS, _less_than_seen),
    Conclusion(AIMS, _most_alone),
    Conclusion(CHAPTERS, lambda: _shared(emphasis.CHAPTER)),
)  # fmt: skip
#: The usual choices under short names, so that seven columns fit, and two of this chapter's own.
SHORT = ("as\nread", "words\ntwice\nas wide", "words\nfive\ntimes", "no low", "high\nonly")
CHOICES = (
    *(Choice(name, usual.under) for name, usual in zip(SHORT, USUAL, strict=True)),
    Choice("no\nforecast", lambda: book.leaving_out(lambda row: row.get("bound") == "expected")),
    without_place("shanghai", "no\nShanghai"),
)  # fmt: skip
