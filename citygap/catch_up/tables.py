"""The tables behind the sections of the chapter on catching up.

Out of scope: whether a sentence holds (``conclusions``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from citygap import charts
from citygap.catch_up import conclusions, scenarios
from citygap.charts import Chart, Mark
from citygap.comparison import filed_models, growth_rates
from citygap.comparison.comparable_counts import FOCUS
from citygap.data.tables import book, known
from citygap.measures import sensitivity
from citygap.measures.counting_intervals import count_interval
from citygap.quantity.quantity import Quantity, exactly, hull
from citygap.quantity.three_valued import Answer

DISTANT = 2100  # a year beyond which a computed parity says no more than "not in this century"
#: Heads of the figure of parities, and what the columns under a bracket share.
PARITY_HEADS = ("the other keeps\nits plan's pace", "the other keeps\nthe growth seen", "the other\nstays as in 2024",
                "the other keeps\nits plan's pace")  # fmt: skip
PARITY_OVER = (("Chongqing at its plan's pace", (0, 1, 2)), ("Chongqing at the fastest seen", (3,)))
#: Provinces of the cities that the chapter compares, and the municipalities.
COMPARED = ("beijing", "guangdong", "shanghai", "zhejiang", "jiangsu", "sichuan", "hubei", "chongqing")


def growth() -> pd.DataFrame:
    """Growth a year, in percent: ``planned`` and ``seen`` (rows: places; gaps where none is known)."""
    rows = {}
    for place in (FOCUS, *scenarios.RIVALS):
        rows[place] = {"planned": known(growth_rates.planned, place),
                       "seen": known(growth_rates.observed, place)}  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index")


def stated_by_chengdu() -> Quantity:
    """Growth of Chengdu's AI industry in 2025, in percent, as the city states it."""
    return book.observe("chengdu", "ai_industry_growth", "2025")


def distance(places: Sequence[str] = ("chengdu", "beijing")) -> pd.Series:
    """AI scale of 2024 as a multiple of Chongqing's, by place."""
    return pd.Series({place: scenarios.multiple(place) for place in places})


def needed(place: str = "chengdu") -> pd.DataFrame:
    """Growth a year, in percent, that takes Chongqing to parity with a place, by year.

    ``kept``: the other keeps the growth of its plan until then (``scenarios.needed_if_kept``);
    ``met``: it meets the aim of its plan and then stands still (``scenarios.needed_if_met``), a lower
    end.
    """
    return pd.DataFrame({
        str(year): {way: replace(takes(place, year), period=f"{scenarios.START} to {year}")
                    for way, takes in (("kept", scenarios.needed_if_kept), ("met", scenarios.needed_if_met))}
        for year in scenarios.HORIZONS
    })  # fmt: skip


def needed_by_core() -> pd.DataFrame:
    """The same if Chengdu's figure may count more than core.

    Its industry figure is taken to hold anything from a core figure alone to the widest multiple of a
    narrower one that a place with both shows (``scenarios.narrowed``).
    """
    with scenarios.narrowed():
        return needed()


def needed_from_2025(place: str = "chengdu", year: int = scenarios.HORIZONS[0]) -> pd.Series:
    """Growth a year, in percent, for parity by a year, counted from 2025 on the growth that both state for
    it; ``kept`` and ``met`` as above."""
    ours, years = growth_rates.observed(FOCUS), year - scenarios.START - 1
    then = scenarios.distance_in(scenarios.multiple(place), stated_by_chengdu(), ours, 1)
    aim = scenarios.distance_in(scenarios.aim_over(place), scenarios.NO_GROWTH, ours, 1)
    kept = scenarios.growth_for_parity(then, growth_rates.planned(place), years).noting(scenarios.KEPT)
    met = scenarios.growth_for_parity(aim, scenarios.NO_GROWTH, years).noting(scenarios.MET)
    return pd.Series({"kept": kept, "met": met})


def pace() -> Chart:
    """The figure ``fig-needed``: growth seen, planned and needed, on one axis."""
    takes, still, pace = needed(), "Chengdu still after 2026", "Chengdu at its plan's pace"
    rows = {
        "Chongqing, stated for 2025": (FOCUS, growth_rates.observed(FOCUS), False),
        "Chongqing's plan to 2027": (FOCUS, growth_rates.planned(FOCUS), True),
        f"Level by 2035, {still}": (FOCUS, takes.loc["met", "2035"], True),
        "Chengdu's plan to 2026": ("chengdu", growth_rates.planned("chengdu"), True),
        f"Level by 2030, {still}": (FOCUS, takes.loc["met", "2030"], True),
        f"Level by 2035, {pace}": (FOCUS, takes.loc["kept", "2035"], True),
        "Fastest stated: Chengdu 2020": ("chengdu", fastest(), False),
        f"Level by 2030, {pace}": (FOCUS, takes.loc["kept", "2030"], True),
        "Either by 2030, core against core": (FOCUS, hull(*needed_by_core()["2030"]), True),
    }  # fmt: skip
    marks = [Mark(row, place, rate, aim) for row, (place, rate, aim) in rows.items()]
    lead = "Growth a year of AI industries: seen, planned, and needed for parity."
    return charts.forest("fig-needed", lead, marks, xlabel="growth a year, %", log=False,
                         labels=True)  # fmt: skip


def plan_of_chongqing() -> float:
    """The growth a year that Chongqing's plan needs, in percent, for the line in a figure."""
    return growth_rates.planned(FOCUS).middle


def grid() -> pd.DataFrame:
    """Years of parity with Chengdu: rows Chongqing's growth, columns Chengdu's, in words."""
    ours = {
        "as stated for 2025": growth_rates.observed(FOCUS),
        "as planned": growth_rates.planned(FOCUS),
        "30% a year": exactly(0.3),
        "40% a year": exactly(0.4),
        "50% a year": exactly(0.5),
    }
    theirs = {
        "stays as in 2024": scenarios.NO_GROWTH,
        "grows by 10%": exactly(0.1),
        "grows by 20%": exactly(0.2),
        "keeps its plan's pace": growth_rates.planned("chengdu"),
        "grows as in 2025": stated_by_chengdu(),
    }
    found = {
        name: {own: words(scenarios.parity("chengdu", rate, growth)) for own, growth in ours.items()}
        for name, rate in theirs.items()
    }
    table = pd.DataFrame(found)
    table.index.name = "Chongqing grows \\ Chengdu"
    return table


def words(parity) -> str:
    """A parity in few words: "2035 to 2037", "after 2100", "never", "from 2044 or never"."""
    if parity.earliest >= DISTANT and parity.answer is Answer.YES:
        return f"after {DISTANT}"
    return scenarios.in_words(parity)


def filed_since() -> pd.DataFrame:
    """Models filed since the end of 2024: ``new``, ``chance``, the interval behind the count, and
    ``applications`` registered since then; ``later`` and ``later_applications`` since November 2025,
    since the comparison turns on the day."""
    table = pd.DataFrame(index=list(COMPARED))
    for since, models, applications in ((conclusions.SINCE, "new", "applications"),
                                        (conclusions.LATER, "later", "later_applications")):  # fmt: skip
        for column, register in ((models, filed_models.FILED), (applications, filed_models.REGISTERED)):
            found = filed_models.flow(since, conclusions.UNTIL, register)
            table[column] = [found.get(place) for place in table.index]
    table["chance"] = [count_interval(each) for each in table.new]
    table.loc["china", "new"] = filed_models.nation(conclusions.UNTIL) - filed_models.nation(
        conclusions.SINCE
    )
    return table


def filed_since_chart() -> Chart:
    """The figure ``fig-filed-since``: new filings of the places compared, with what chance leaves open."""
    table = filed_since().drop("china")
    marks = [
        Mark(charts.place_name(place), place, row.new, chance=row.chance if row.new.high < 30 else None)
        for place, row in table.iterrows()
    ]
    lead = "Generative AI models filed since the end of 2024, by place."
    return charts.forest("fig-filed-since", lead, marks, xlabel="models filed, January 2025 to August 2026", log=False,
                         labels=True)  # fmt: skip


def checks() -> pd.Series:
    """What other choices make of it that Chengdu is never reached: their number, in how many it
    holds and how many leave no data, and the answer of each."""
    table, _ = sensitivity.outcomes(conclusions.CONCLUSIONS, conclusions.CHOICES)
    answers = table.set_index(table["choice"].str.replace("\n", " "))["answer"]
    counts = {"all": len(answers), "hold": int((answers == "yes").sum()),
              "no-data": int((answers == "no data").sum())}  # fmt: skip
    return pd.Series({**counts, **{choice.replace(" ", "-"): answer for choice, answer in answers.items()}})


def fastest() -> Quantity:
    """Growth that Chengdu states for 2020, in percent; ``conclusions.fastest_is_chengdus`` asks
    whether none is faster."""
    return book.observe("chengdu", "ai_industry_growth", "2020")
