"""The yardsticks on which cities are compared, each on one scope, and the tables of them.

A yardstick is one published count that exists for several cities on the same definition.  Where
only the province of a city is counted, its figure stands for the city as an upper limit and is
marked so.  A figure on another scope is shown, hollow, with the reason in its caveat; it is never
silently divided.

Out of scope: drawing (``charts``) and growth (``gap``, ``target_paths``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from citygap.charts import Mark
from citygap.comparison import filed_models
from citygap.comparison.roles import FOCUS, HEADS as HEADS, PEERS as PEERS, WESTERN as WESTERN
from citygap.data.tables import NoObservation, Tables, book
from citygap.measures import gap
from citygap.quantity.quantity import Answer, Quantity, hull

DEAL_YEARS = ("2013", "2014", "2015", "2016", "2017", "2018")
RECENT_YEARS = ("2023", "2024", "2025", "2026-01/2026-07")
FILINGS = "2023-06/2025-07"
FILED = "2025-03-31"  # a year into the lists of filed models

PROVINCE_FOR_CITY = "the province is counted, and stands for its city as an upper limit"
INDUSTRY_AS_CORE = "an industry series set beside core figures, whose boundary is narrower"
CHENGDU_AS_CORE = (
    "Chengdu's series is called industry in the press and core in accounts of its plan; "
    "the boundary of neither city's figure is published"
)


@dataclass(frozen=True)
class Yardstick:
    """A comparable count: ``label`` for figures, ``of`` gives a place's quantity or raises."""

    key: str
    label: str
    of: Callable[[str], Quantity]
    by_province: bool = False
    doubtful: bool = False  # always drawn hollow: scopes differ, or one weak source stands behind

    def value(self, place: str) -> tuple[Quantity, bool] | None:
        """Quantity of a place and whether its province stands for it; None if not known."""
        try:
            return self.of(place), self.doubtful
        except NoObservation:
            pass
        province = book.province(place)
        if self.by_province and province and province != place:
            try:
                return self.of(province).noting(PROVINCE_FOR_CITY), True
            except NoObservation:
                pass
        return None


def observed(indicator: str, period: str) -> Callable[[str], Quantity]:
    """A reader of one indicator in one period."""
    return lambda place: book.observe(place, indicator, period)


def listed(name: str, column: str, periods: Sequence[str] | None = None, **where: str):
    """A reader of a complete distribution; a place without a row has an exact zero."""
    return lambda place: book.counted(name, column, place, periods, **where)


#: Where a city's AI scale of 2024 is read: indicator and period.  Chengdu and Wuhan publish an
#: industry series, Chengdu's for nine months; the reason for setting it beside core is kept.
CORE_2024 = {
    "chongqing": ("ai_core_scale", "2024"),
    "beijing": ("ai_core_scale", "2024"),
    "hangzhou": ("ai_core_scale", "2024"),
    "chengdu": ("ai_industry_scale", "2024-01/2024-09"),
    "wuhan": ("ai_industry_scale", "2024"),
}


def core_2024(place: str) -> Quantity:
    """AI core industry of 2024, or what comes closest; raises NoObservation if nothing does."""
    if place not in CORE_2024:
        raise NoObservation(f"no AI scale of 2024 for {place}")
    indicator, period = CORE_2024[place]
    if "/" in period:
        q = at_least(place, indicator, period)
    else:
        q = book.spread(place, indicator, period)
    scope = book.observe(FOCUS, "ai_core_scale", "2024").scope
    return q if q.scope == scope else q.across(scope, because=INDUSTRY_AS_CORE)


YARDSTICKS = (
    Yardstick("gdp", "GDP 2025", observed("gdp_census5", "2025")),
    Yardstick("high_tech", "High-tech firms 2024", observed("high_tech_firms", "2024")),
    Yardstick("rd", "R&D expenditure 2022", observed("rd_expenditure", "2022")),
    Yardstick("filings", "Algorithm filings 2025*", observed("algorithm_filings", FILINGS), True),
    Yardstick("filed", "Filed models, Mar. 2025", lambda city: filed_models.in_cities([city], FILED)),
    Yardstick("community", "Models on a list 2024",
              observed("models_listed_community", "2024-11-30")),
    Yardstick("firms", "AI firms on a list 2018", listed("ai-firms-by-city", "companies")),
    Yardstick("deals", "AI deals 2013-18", listed("ai-deals-by-city", "deals", DEAL_YEARS)),
    Yardstick("unicorns", "Unicorns, all 2024",
              listed("unicorns-by-city", "companies", ["2024-12"], list="all")),
    Yardstick("core", "AI core scale 2024\u2020", core_2024, doubtful=True),
    Yardstick("models", "Notable models 2023-26",
              listed("notable-models-by-city", "models", RECENT_YEARS)),
)
#: Output of other years, to weigh counts of those years; not yardsticks of their own.
BASES = (
    Yardstick("gdp_2023", "GDP 2023", observed("gdp", "2023")),
    Yardstick("gdp_2024", "GDP 2024", observed("gdp_census5", "2024")),
)
AI = ("filings", "filed", "community", "firms", "deals")  # those that count AI and nothing else
YARDSTICK = {yardstick.key: yardstick for yardstick in YARDSTICKS + BASES}


def multiples(
    places: Sequence[str], yardsticks: Sequence[Yardstick] = YARDSTICKS, focus: str = FOCUS
) -> list[Mark]:
    """Each place as a multiple of ``focus``, one mark a yardstick and place, where both are known.

    A yardstick on which the focus city has nothing gives no multiple and is left out; see
    :func:`absent`.  Marks are hollow where a province stands for its city.
    """
    marks = []
    for yardstick in yardsticks:
        own = yardstick.value(focus)
        if own is None or own[0].high == 0:
            continue
        for place in places:
            other = yardstick.value(place)
            if other is not None and other[0].low > 0:
                marks.append(Mark(yardstick.label, place, other[0].ratio(own[0]), other[1]))
    return marks


def absent(focus: str = FOCUS) -> list[str]:
    """Labels of the yardsticks on which a complete list has nothing for ``focus``."""
    return [
        yardstick.label
        for yardstick in YARDSTICKS
        if (own := yardstick.value(focus)) is not None and own[0].high == 0
    ]


def multiple(place: str, yardstick: str, focus: str = FOCUS) -> Quantity:
    """One place as a multiple of ``focus`` on one yardstick.  Raises LookupError if not known."""
    found = multiples([place], [YARDSTICK[yardstick]], focus)
    if not found:
        raise NoObservation(f"{yardstick} does not compare {place} with {focus}")
    return found[0].quantity


def span(marks: Sequence[Mark], places: Sequence[str], keys: Sequence[str] = AI) -> Quantity:
    """Smallest to largest multiple of ``places`` over the yardsticks ``keys``.

    Marks where a province stands for its city are left out: they are upper limits.
    """
    labels = {YARDSTICK[key].label for key in keys}
    return hull(
        *(m.quantity for m in marks if m.place in places and m.row in labels and not m.hollow)
    )


def firsts(marks: Sequence[Mark], place: str) -> int:
    """On how many rows of a profile ``place`` has the largest figure for certain."""
    rows: dict[str, list[Mark]] = {}
    for mark in marks:
        rows.setdefault(mark.row, []).append(mark)
    return sum(
        all(m.place == place or (own.quantity > m.quantity) is Answer.YES for m in row)
        for row in rows.values()
        for own in row
        if own.place == place
    )


def profile(places: Sequence[str], keys: Sequence[str]) -> tuple[list[Mark], dict]:
    """Values of ``places`` on yardsticks and the share of each in the largest of the row.

    Returns marks (one a yardstick and place) and ``{(label, place): share}``; a share is missing
    where the city itself is not counted.
    """
    marks, shares = [], {}
    for key in keys:
        yardstick = YARDSTICK[key]
        known = {p: v[0] for p in places if (v := yardstick.value(p)) is not None and not v[1]}
        top = max(q.high for q in known.values())
        for place in places:
            if place in known:
                marks.append(Mark(yardstick.label, place, known[place]))
                shares[yardstick.label, place] = (known[place].low + known[place].high) / 2 / top
            else:
                unknown = replace(any_of(known), low=-math.inf, high=math.inf, place=place,
                                  published="", rows=(), sources=())
                marks.append(Mark(yardstick.label, place, unknown, True))
    return marks, shares


def any_of(known: dict[str, Quantity]) -> Quantity:
    """One of the quantities of a row, for what they share: unit, scope, period."""
    return next(iter(known.values()))


def intensity(places: Sequence[str], yardstick: str, base: str = "gdp") -> list[Mark]:
    """A yardstick per trillion yuan of gross domestic product, one mark a place."""
    marks = []
    for place in places:
        part, whole = YARDSTICK[yardstick].value(place), YARDSTICK[base].value(place)
        if part is not None and whole is not None:
            weight = part[0].ratio(whole[0].to("1e12 CNY"), because="a count per trillion yuan")
            marks.append(Mark(YARDSTICK[yardstick].label, place, weight, part[1]))
    return marks


def relative(marks: Sequence[Mark], focus: str = FOCUS) -> list[Mark]:
    """Marks of one row as multiples of the mark of ``focus``, which is dropped."""
    own = next(mark.quantity for mark in marks if mark.place == focus)
    return [
        replace(mark, quantity=mark.quantity.ratio(own)) for mark in marks if mark.place != focus
    ]


def at_least(place: str, indicator: str, period: str) -> Quantity:
    """A part of a year as a floor of the whole: open above."""
    q = book.observe(place, indicator, period)
    return replace(q, high=math.inf, published=f"at least {q.low:,.0f}")


def at_most(q: Quantity) -> Quantity:
    """The same quantity as a ceiling: open below, where the lower bound says nothing."""
    return replace(q, low=-math.inf, published="")


#: A year at the pace of its first nine months; an assumption, kept with the number.
EVEN_PACE = "the last three months are assumed to run at the pace of the first nine"


#: A floor of such a year, likewise.
NO_LESS = "the last three months are assumed to bring no less than those of the year before"


def at_least_as_before(
    place: str, indicator: str, nine_months: str, growth: str, tables: Tables = book
) -> Quantity:
    """Nine months and a last quarter as large as that of the year before.

    That quarter is the year before, less its nine months, which follow from the stated ``growth``
    (an indicator, in per cent) of the nine months: the sum is before + nine * g / (1 + g).
    """
    year = nine_months[:4]
    parts = [
        tables.observe(place, indicator, nine_months),
        tables.observe(place, indicator, str(int(year) - 1)),
        tables.observe(place, growth, nine_months),
    ]

    def whole(nine: float, before: float, percent: float) -> float:
        return before + nine * percent / (100 + percent)

    found = gap.monotone(whole, parts, unit=parts[0].unit, scope=parts[0].scope, made_by="counts.at_least_as_before")
    return replace(found, period=year, forecast=True).noting(NO_LESS)


def at_pace(place: str, indicator: str, nine_months: str, tables: Tables = book) -> Quantity:
    """Nine months carried on at their own pace to a whole year."""
    q = tables.observe(place, indicator, nine_months)
    return replace(q * 12 / 9, period=nine_months[:4], forecast=True).noting(EVEN_PACE)
