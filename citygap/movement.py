"""Which way the shares moved: every series that counts one thing on two dates.

A series qualifies if both dates stand on one definition of one house.  Left out for that reason:
the samples of AI firms of 2019 and 2020 (the sample changed), Hangzhou's share of its province
(the base changed), and all pairs from two houses.

Also: how far the order of cities lasts (:func:`rank_correlation`), and the world's AI money, of
which only some countries are in the tables (:func:`world_index`).

Out of scope: whether a movement is more than luck (``chance``, ``matthew``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from citygap import gap, models
from citygap.answers import Answer
from citygap.capital import DEALS, MONEY, four_of, of_city, summary
from citygap.charts import Mark, Shift
from citygap.ladder import UNICORNS
from citygap.quantity import RATIO, Quantity, merged
from citygap.tables import book
from citygap.yardsticks import DEAL_YEARS

EARLY, LATE = ("2013", "2014", "2015"), ("2016", "2017", "2018")
LISTS = ("2022-03", "2024-12")
MODEL_YEARS = (("2020", "2021", "2022"), ("2023", "2024", "2025"))
CSET = "private_ai_investment_cset"
CSET_YEARS = tuple(str(year) for year in range(2015, 2026))
OF_THE_NATION = "both on the core definition as each declares it, city and nation"


def four(name: str, column: str, periods: Sequence[str], **where: str) -> Quantity:
    """Share of the four largest places, in percent."""
    return summary(book.distribution(name, column, periods, **where), four_of).to("%")


def of_one(place: str, name: str, column: str, periods: Sequence[str], **where: str) -> Quantity:
    """Share of one place in a complete list, in percent.  Raises LookupError if it has no row."""
    part = book.distribution(name, column, periods, **where)
    return of_city(part[place], part)


def of_nation(place: str, indicator: str, year: str) -> Quantity:
    """Share of a place in the nation on one indicator, in percent, all that the sources leave open.

    Raises ValueError for a part above its whole, NoObservation.
    """
    parts = (book.spread(where, indicator, year) for where in (place, "china"))
    return gap.share(*parts, because=OF_THE_NATION).to("%")


def of_world(place: str, year: str) -> Quantity:
    """Share of a country in the world's private AI investment by CSET, in percent."""
    return gap.share(book.observe(place, CSET, year), book.observe("world", CSET, year)).to("%")


def in_china() -> list[Shift]:
    """The series of places in China, the largest rise first; one without both dates is left out."""
    first, last = [DEAL_YEARS[0]], [DEAL_YEARS[-1]]
    value, models_list = (UNICORNS, "valuation_1e9_usd"), ("notable-models-by-city", "models")
    both = {
        ("Four cities, AI deals", "china"): lambda at: four(*DEALS, (first, last)[at]),
        ("Beijing, AI deals", "beijing"): lambda at: of_one("beijing", *DEALS, (first, last)[at]),
        ("Four cities, AI money*", "china"): lambda at: four(*MONEY, (first, last)[at]),
        ("Beijing, AI money*", "beijing"): lambda at: of_one("beijing", *MONEY, (first, last)[at]),
        ("Beijing, AI firms\u2020", "beijing"): lambda at: book.observe(
            "beijing", "ai_firms_share_province_xinhua", ("2017", "2018")[at]),
        ("Four cities, all unicorns", "china"): lambda at: four(
            UNICORNS, "companies", [LISTS[at]], list="all"),
        ("Beijing, all unicorns' value", "beijing"): lambda at: of_one(
            "beijing", *value, [LISTS[at]], list="all"),
        ("Beijing, notable models", "beijing"): lambda at: of_one(
            "beijing", *models_list, MODEL_YEARS[at]),
        ("Beijing, core industry", "beijing"): lambda at: of_nation(
            "beijing", "ai_core_scale", ("2024", "2025")[at]),
        ("Beijing, filed models", "beijing"): lambda at: models.share_of_filed(
            "beijing", models.BEIJING_DAYS[(0, -1)[at]]),
    }  # fmt: skip
    found = []
    for (row, place), of in both.items():
        try:
            found.append(Shift(row, place, of(0), of(1)))
        except LookupError:
            continue
    return sorted(found, key=lambda each: each.first.middle - each.last.middle)


def tally(found: Sequence[Shift]) -> tuple[int, int, int]:
    """How many rose, fell, and cannot be told."""
    rose = sum(each.rose is Answer.YES for each in found)
    fell = sum(each.fell is Answer.YES for each in found)
    return rose, fell, len(found) - rose - fell


# ------------------------------------------------------------------------------ the order of cities


def rank_correlation(first: Mapping[str, Quantity], last: Mapping[str, Quantity]) -> Quantity:
    """Spearman's rank correlation of two lists over all places in either; absent ones have 0.

    Equal counts share the mean of their ranks.
    """
    both = pd.DataFrame(
        {key: {place: q.middle for place, q in part.items()}
         for key, part in (("first", first), ("last", last))}
    ).fillna(0.0)  # fmt: skip
    ranks = both.rank()
    rho = float(np.corrcoef(ranks["first"], ranks["last"])[0, 1])
    return merged((rho, rho), RATIO, *first.values(), *last.values(),
                  made_by="movement.rank_correlation")


def years_leading(places: Sequence[str]) -> int:
    """In how many years of the list of deals these were the cities with the most, ties included.

    A year with fewer cities than ``places`` is led by none.  Raises NoObservation for a year
    without a list.
    """
    years = 0
    for year in DEAL_YEARS:
        part = book.distribution(*DEALS, [year])
        bar = sorted((q.middle for q in part.values()), reverse=True)[: len(places)][-1]
        years += all(place in part and part[place].middle >= bar for place in places)
    return years


def ranked(ranking: str, dimension: str, first: int) -> list[str]:
    """The first places of one published ranking, best first."""
    table = book.table("rankings")
    rows = table[(table["ranking"] == ranking) & (table["dimension"] == dimension)]
    order = sorted((int(row.rank_), row.place) for row in rows.rename(columns={"rank": "rank_"})
                   .itertuples() if row.rank_)  # fmt: skip
    return [place for _, place in order[:first]]


# ------------------------------------------------------------------------------------- the world


def world_index(year: str) -> Quantity:
    """Herfindahl index of the world's private AI investment over countries, by CSET.

    The tables hold some countries and the world's total.  What is left could be spread so thin
    that it adds nothing, or lie in one country: between the two lies the index.
    """
    world = book.observe("world", CSET, year)
    parts = [
        gap.share(book.observe(place, CSET, year), world)
        for place in book.places_with(CSET, year)
        if place != "world"
    ]
    known = (sum(q.low**2 for q in parts), sum(q.high**2 for q in parts))
    rest = max(1 - sum(q.low for q in parts), 0.0)
    found = merged((known[0], min(1.0, known[1] + rest**2)), RATIO, *parts,
                   made_by="movement.world_index")
    return replace(found, period=year)


def world_marks() -> list[Mark]:
    """Shares of the two largest and the index over the years; the last year is a projection."""
    marks = []
    for year in CSET_YEARS:
        ahead = book.observe("world", CSET, year).forecast
        for row, place in (("United States", "united_states"), ("China", "china")):
            q = replace(of_world(place, year), period=year).to(RATIO)
            marks.append(Mark(row, place, q, ahead))
        marks.append(Mark("concentration\nindex", "world", world_index(year), ahead))
    return marks


#: Whose colour the lines of :func:`world_marks` take.
WORLD_COLOURS = {"United States": "beijing", "China": "hangzhou"}
