"""What the chapter on the head cities says, as comparisons that answer yes, no or cannot tell.

Each reads the tables anew whenever it is asked, so that it can be put to other readings of them.

Out of scope: the words around them (the chapter) and verdicts on claims (``citygap.claims``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from citygap.comparison import ai_models, filed_models
from citygap.comparison import province_statistics as statistics
from citygap.comparison.comparable_counts import HEADS
from citygap.data.tables import NoObservation, book
from citygap.head_cities import tables, uniform_counts
from citygap.head_cities.uniform_counts import LAST_DAY, Row
from citygap.measures import counting_intervals
from citygap.measures.sensitivity import (
    USUAL,
    Choice,
    Conclusion,
    outcomes,
    without_source,
)
from citygap.quantity.quantity import Quantity
from citygap.quantity.three_valued import Answer, every

FIRST_DAY, END_OF_2025, _ = tables.DAYS
MOST = 0.75  # of the counts: what "first on most" asks for
NEARLY_ALL = 0.9  # of a change
#: The first places on lists by province; Shenzhen is in Guangdong.
FIRST_THREE = ("beijing", "shanghai", "guangdong")
SCALES = ("ai_industry_scale", "ai_core_scale", "ai_above_scale")


# ------------------------------------------------------------------------------- uniform counts


def mostly_first(table: Sequence[Row], place: str, share: float = MOST) -> Answer:
    """Whether ``place`` is first on at least ``share`` of the rows.  NoObservation without rows."""
    if not table:
        raise NoObservation("no count covers the cities")
    tally, needed = uniform_counts.firsts(table), share * len(table)
    surely = tally.get(place, 0)
    return Answer.of(surely >= needed, surely + tally.get(None, 0) < needed)


def in_order(row: Mapping[str, Quantity], order: Sequence[str] = HEADS) -> Answer:
    """Whether no place of ``order`` has less than the one that follows it; ties keep it.

    Raises ValueError for fewer than two places.
    """
    return every(row[a] >= row[b] for a, b in zip(order, order[1:]))


def keep_order(*kinds: str) -> Answer:
    """Whether no count of these kinds surely breaks the usual order, and one surely follows it.

    NoObservation without counts.
    """
    counts = [count for count in uniform_counts.COUNTS if count.kind in kinds]
    found = [in_order(row) for _, row in uniform_counts.rows(counts)]
    if not found:
        raise NoObservation("no count covers the cities")
    return Answer.of(Answer.YES in found and Answer.NO not in found, Answer.NO in found)


def kept_by_most(table: Sequence[Row]) -> Answer:
    """Whether over half of the counts surely keep the usual order; no if over half break it."""
    found = [in_order(row) for _, row in table]
    return Answer.of(2 * found.count(Answer.YES) > len(found), 2 * found.count(Answer.NO) > len(found))


def by_chance(count: str, place: str, other: str) -> Answer:
    """Whether chance in small counts may explain the lead of one place over another."""
    return _may_be_level(*(uniform_counts.COUNT[count].value(p)[0] for p in (place, other)))


def _may_be_level(one: Quantity, other: Quantity) -> Answer:
    ratio = counting_intervals.ratio_interval(one, other)
    return Answer.of(1 in ratio, 1 not in ratio)


def told_apart(count: str, place: str, other: str) -> Answer:
    """Whether a uniform count surely differs between two places; no if its words leave it open."""
    a, b = (uniform_counts.COUNT[count].value(p)[0] for p in (place, other))
    return Answer.of(Answer.YES in (a > b, a < b), Answer.CANNOT_TELL in (a > b, a < b))


def surely_first(count: str, place: str) -> Answer:
    """Whether a place is surely first on a uniform count; no if it is another, or left open."""
    ((_, row),) = uniform_counts.rows([uniform_counts.COUNT[count]])
    found = uniform_counts.first(row)
    return Answer.of(found == place, found != place)


def registers_fewer(one: str, other: str) -> Answer:
    """Whether a province has registered fewer applications than another."""
    last = filed_models.days()[-1]
    return filed_models.count(one, last, filed_models.REGISTERED) < filed_models.count(other, last, filed_models.REGISTERED)


def share_a_source(source: str, table: Sequence[Row]) -> Answer:
    """Whether several uniform counts rest on one source."""
    resting = sum(any(source in q.sources for q in row.values()) for _, row in table)
    return Answer.of(resting > 1, resting <= 1)


def fewest(place: str, keys: Sequence[str]) -> Answer:
    """Whether a place has fewer than each head city on these counts."""
    table = tables.counts(dict.fromkeys((*HEADS, place)))
    return every(table.loc[key, place] < table.loc[key, city] for key in keys for city in HEADS)


def unnamed(city: str) -> Answer:
    """Whether no sentence of the commentary that is judged names a city, in Chinese."""
    name = book.name(city, "hans")
    said = any(name in row["sentence_hans"] for row in book.rows("claims"))
    return Answer.of(not said, said)


# ------------------------------------------------------------------------------ the three systems


def of_systems() -> dict[str, Answer]:
    """What the statistics of rules, research, ecology and hardware say of the provinces."""
    shares = tables.systems()
    sells = statistics.sells_more_technology_than_it_buys
    beijing_leads = every(statistics.first_in(s, "beijing") for s in ("rules", "source", "ecology"))
    guangdong_makes = statistics.first_in("hardware", "guangdong")
    return {
        "two_leaders": beijing_leads & guangdong_makes,
        "half": shares.loc["standards", "beijing"] > 0.45,
        "sellers": every(map(sells, ("beijing", "shanghai"))),
        "buyers": every(~sells(p) for p in ("guangdong", "chongqing")),
        "second": statistics.ahead("developers", "beijing", ["shanghai"])
        & statistics.ahead("developers", "shanghai", statistics.others("developers", "beijing", "shanghai")),
        "ahead_there": statistics.ahead("electronics", "chongqing", ["beijing", "shanghai"]),
    }


# ---------------------------------------------------------------------------------- filed models


def fell_beyond_chance(place: str = "beijing") -> Answer:
    """Whether a place's share of filed models fell by more than chance leaves open."""
    first, last = (filed_models.share_by_chance(place, day) for day in (FIRST_DAY, LAST_DAY))
    return first > last


def still_first_three() -> Answer:
    """Whether Beijing, Shanghai and Guangdong had the most filed models on the first day, and have
    them on the last."""
    found: list[Answer] = []
    for day in (FIRST_DAY, LAST_DAY):
        least, *_ = sorted((filed_models.count(p, day) for p in FIRST_THREE), key=lambda q: q.low)
        rest = filed_models.counts()[day].drop([*FIRST_THREE, filed_models.NO_PLACE], errors="ignore")
        found += [least >= q for q in rest]
    return every(found)


def share_of_three_fell() -> Answer:
    """Whether these three together had a smaller share on the last day than on the first."""
    first, last = (
        sum(filed_models.share(p, day).middle for p in FIRST_THREE) for day in (FIRST_DAY, LAST_DAY)
    )
    return Answer.of(last < first, last >= first)


def closed_near_forecast() -> Answer:
    """Whether Beijing's core industry of 2025 came within a twentieth of what the commentary
    expected it to pass."""
    ratio = tables.sizes().loc["beijing", "core"]["2025"] / tables.expected_core()
    return (ratio > 0.95) & (ratio < 1.05)


def share_fell(place: str) -> Answer:
    """Whether a place's share of filed models was lower on the last day than on the first."""
    return filed_models.share(place, LAST_DAY) < filed_models.share(place, FIRST_DAY)


def fell_before_2026(place: str = "beijing") -> Answer:
    """Whether nearly all of that fall came before 2026."""
    first, then, last = (filed_models.share(place, d) for d in (FIRST_DAY, END_OF_2025, LAST_DAY))
    return first - then >= (first - last) * NEARLY_ALL


def settled_since_2025(place: str = "beijing") -> Answer:
    """Whether chance in small counts may explain all change of a share since the end of 2025."""
    last = filed_models.share_by_chance(place, LAST_DAY)
    then = filed_models.share(place, END_OF_2025)
    return Answer.of(then.middle in last, then.middle not in last)


def quarter_after_two_fifths(place: str = "beijing") -> Answer:
    """Whether a place's share was above two fifths on the first day, and on the last is nearer to a
    quarter than to a fifth or a third."""
    first, last = (filed_models.share(place, day) for day in (FIRST_DAY, LAST_DAY))
    return (first > 2 / 5) & (last > (1 / 5 + 1 / 4) / 2) & (last < (1 / 4 + 1 / 3) / 2)


def passed_of_late(place: str, other: str) -> Answer:
    """Whether a place had filed no more models than another two months ago, and now has more."""
    before, now = (
        [filed_models.count(p, day) for p in (place, other)]
        for day in (tables.TWO_MONTHS_BEFORE, LAST_DAY)
    )
    return (before[0] <= before[1]) & (now[0] > now[1])


def more_applications(place: str, other: str) -> Answer:
    """Whether a place has more registered applications than another."""
    share = tables.other_filings((place, other)).loc["applications"]
    return share[place] > share[other]


def third_city(city: str = "guangzhou") -> Answer:
    """Whether a city has filed the most models after Beijing and Shanghai, by city."""
    table = filed_models.by_city(LAST_DAY)["count"]
    rest = table.drop(["beijing", "shanghai", city])
    ahead = (table[p] > table[city] for p in ("beijing", "shanghai"))
    return every([*ahead, *(table[city] > q for q in rest)])


def rests_on_seats(city: str, other: str) -> Answer:
    """Whether one city's lead over another could turn without the seats that the authors supplied."""
    table = filed_models.by_city(LAST_DAY)
    named = table.loc[city, "count"].low - table.loc[city, "by_seat"].low
    return Answer.of(named <= table.loc[other, "count"].high, named > table.loc[other, "count"].high)


# -------------------------------------------------------------------------------- notable models


def hangzhou_passed() -> Answer:
    """Whether Hangzhou had fewer notable models than Beijing in 2024 and more in 2025."""
    own, other = ({y: ai_models.notable(p, y) for y in ("2024", "2025")} for p in ("hangzhou", "beijing"))
    return (own["2024"] < other["2024"]) & (own["2025"] > other["2025"])


def ahead_since_2023(place: str, other: str) -> Answer:
    """Whether a city has more notable models than another over all years since 2023."""
    since = tables.notable().loc["since-2023"]
    return since[place] > since[other]


def lead_by_chance(year: str, place: str, other: str) -> Answer:
    """Whether chance in small counts may explain a lead in notable models in one year."""
    pair = tables.notable().loc[year, [place, other]]
    return _may_be_level(*pair)


def no_notable(*places: str) -> Answer:
    """Whether no notable model of any year was placed in these cities."""
    return every(book.counted("notable-models-by-city", "models", p) <= 0 for p in places)


def two_stand_out() -> Answer:
    """Whether Beijing and Hangzhou each have over twice the notable models of the other two."""
    since = tables.notable().loc["since-2023"]
    return every(since[a] > 2 * since[b] for a in ("beijing", "hangzhou") for b in ("shanghai", "shenzhen"))


# -------------------------------------------------------------------------- what cities state


def stated_by_few() -> Answer:
    """Whether no line of what cities state covers more than two of the head cities."""
    most = tables.stated().notna().sum(axis="columns").max()
    return Answer.of(most <= 2, most > 2)


def sizes_followed() -> list[str]:
    """The head cities that state a size on one definition for more than one whole year."""
    return [
        place for place in HEADS
        if any(len(tables.whole_years(place, indicator)) > 1 for indicator in SCALES)
    ]  # fmt: skip


# ------------------------------------------------------------------------------ how far they hold

#: The conclusions that the chapter leads with.
LEADING = (
    Conclusion("Beijing is first on most counts",
               lambda: mostly_first(uniform_counts.rows(), "beijing")),
    Conclusion("Counts of firms and money keep one order", lambda: keep_order("firms", "money")),
    Conclusion("Counts of models break it", lambda: ~keep_order("models")),
    Conclusion("Beijing's share of filed models fell", lambda: share_fell("beijing")),
    Conclusion("Guangzhou is third by filed models", third_city),
    Conclusion("Hangzhou passed Beijing in notable models in 2025", hangzhou_passed),
)  # fmt: skip
TO_2024 = Choice(
    "notable models to 2024 only",
    lambda: book.leaving_out(lambda row: "models" in row and row["period"] >= "2025"),
)
CHOICES = (*USUAL, without_source("it-juzi-2018", "without the list of firms of 2018"), TO_2024)


def holding() -> pd.DataFrame:
    """Each leading conclusion (rows): how many readings of the tables ``hold`` it, ``turn`` it or
    leave it ``open``; readings that leave no data for it do not count."""
    found, _ = outcomes(LEADING, CHOICES)
    tally = pd.crosstab(found["statement"], found["answer"]).reindex(
        index=[each.statement for each in LEADING], columns=["yes", "no", "cannot tell"], fill_value=0
    )
    return tally.set_axis(["hold", "turn", "open"], axis="columns")
