"""The main conclusions on capital, and the choices that they are put to.

Each reads the tables anew whenever it is asked (see ``sensitivity``), so that nothing is carried
over from one choice to the next.

Out of scope: the words around them (the chapter).
"""

from __future__ import annotations

from dataclasses import replace

from citygap import chance, houses, ladder, matthew, movement, rest
from citygap.answers import Answer
from citygap.sensitivity import USUAL, Choice, Conclusion, without_place, without_source
from citygap.tables import NoObservation, book

TIMES = 3  # from which ratio on houses disagree by more than definitions of one thing should
RARE = 5  # per cent: as seldom as that, and luck is no explanation

LADDER = "Money sits in fewer\ncities than deals,\ndeals than firms"
ONE_FIRM = "Without one firm,\nAI value is less than\nhalf as concentrated"
NO_MATTHEW = "Growth in proportion\nis not ruled out"
NO_RUNAWAY = "A strong Matthew\neffect is ruled out"
MIXED = "Some shares rose,\nsome fell"
AGAINST_ALL = "AI deals sit in fewer\nplaces than all\nventure deals"
NOT_RARE = "Luck may explain\nwhere AI unicorns sit"
HOUSES = "Totals of 2024 differ\nby over three times"


def ladder_rises() -> Answer:
    """Whether firms, deals and money follow one another on the list of 2018."""
    firms, deals, money = (
        ladder.step(label)["hhi"]
        for label in ("AI firms, 2018", "AI deals, 2013-18", "AI money, 2013-18*")
    )
    return (firms < deals) & (deals < money)


def houses_differ() -> Answer:
    """Whether the largest total of 2024 is over three times the smallest, of those that are left."""
    totals = [found for of in HOUSES_OF_2024 if (found := _known(of)) is not None]
    if len(totals) < 2:
        raise NoObservation("fewer than two totals of 2024 are left")
    totals.sort(key=lambda q: q.middle)
    return houses.ratio(totals[-1], totals[0]) > TIMES


#: Totals of 2024, each read on its own, so that one may be missing.
HOUSES_OF_2024 = (
    houses.oecd, houses.cset, houses.ai_index,
    lambda: houses.in_dollars(houses.it_juzi("2026")),
    lambda: houses.in_dollars(houses.it_juzi("2025")),
    lambda: houses.in_dollars(houses.zero2ipo()),
    lambda: houses.in_dollars(houses.ccid()),
)  # fmt: skip


def _known(of):
    try:
        return of()
    except LookupError:
        return None


def proportional_possible() -> Answer:
    """Whether growth in proportion lies within what the list leaves open."""
    found = matthew.seen(matthew.history())
    return Answer.of(1 in found, 1 not in found)


def runaway_excluded() -> Answer:
    """Whether a strong Matthew effect lies above what the list leaves open."""
    return matthew.seen(matthew.history()) < matthew.STRONGER


def moved_both_ways() -> Answer:
    """Whether some series of shares surely rose and some surely fell."""
    rose, fell, open_ = movement.tally(movement.in_china())
    if not rose + fell + open_:
        raise NoObservation("no series is left")
    return Answer.of(rose > 0 and fell > 0, not open_ and 0 in (rose, fell))


def above_all_deals() -> Answer:
    """Whether the five largest hold more of AI deals than of all deals, on lists that differ."""
    return rest.more(rest.ai_deals(), rest.all_deals()) > 1


def draw_is_common() -> Answer:
    """Whether random parts of all unicorns are often as concentrated as the AI unicorns."""
    lists = (
        book.distribution(ladder.UNICORNS, "companies", ["2022-03"], list=kind)
        for kind in ("ai", "all")
    )
    return chance.as_concentrated(*lists) > RARE / 100


def one_firm() -> Answer:
    """Whether one firm makes up more than half of the concentration of AI unicorns' value."""
    whole = ladder.step("AI unicorns' value", ladder.ALL_UNICORNS)["hhi"]
    return 2 * ladder.without_giant()["hhi"] < whole


CONCLUSIONS = (
    Conclusion(LADDER, ladder_rises),
    Conclusion(ONE_FIRM, one_firm),
    Conclusion(NO_MATTHEW, proportional_possible),
    Conclusion(NO_RUNAWAY, runaway_excluded),
    Conclusion(AGAINST_ALL, above_all_deals),
    Conclusion(NOT_RARE, draw_is_common),
    Conclusion(HOUSES, houses_differ),
    Conclusion(MIXED, moved_both_ways),
)


def without_year(year: str, name: str) -> Choice:
    """The deals of one year are left out."""
    gone = lambda row: "deals" in row and row.get("period") == year  # noqa: E731
    return Choice(name, lambda: book.leaving_out(gone))


#: Short names of the usual choices; no conclusion here rests on a row of low confidence, so that
#: leaving those out is no choice of its own.
SHORT = {
    "as\nread": "as\nread", "words\ntwice as\nwide": "words\n\u00d72",
    "words\nfive times\nas wide": "words\n\u00d75", "high\nconfidence\nonly": "high\nonly",
}  # fmt: skip
CHOICES = (
    *(replace(choice, name=SHORT[choice.name]) for choice in USUAL if choice.name in SHORT),
    without_source("github2018", "no\nlist"),
    without_source("digitaljournal2024", "no\nOECD"),
    without_place("beijing", "no\nBeijing"),
    without_year("2018", "no\n2018"),
)  # fmt: skip
