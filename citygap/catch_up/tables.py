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
from citygap.quantity.quantity import Quantity, exactly
from citygap.quantity.three_valued import Answer

DISTANT = 2100  # a year beyond which a computed parity says no more than "not in this century"
#: Heads of the figure of parities, and what the columns under a bracket share.
PARITY_HEADS = ("the other\nmeets its plan", "the other keeps\nthe growth seen", "the other\nstands still",
                "the other\nmeets its plan")  # fmt: skip
PARITY_OVER = (("Chongqing meets its plan", (0, 1, 2)), ("Chongqing at the fastest seen", (3,)))
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


def needed(places: Sequence[str] = ("chengdu", "beijing")) -> pd.DataFrame:
    """Growth a year, in percent, that takes Chongqing to parity if the other meets its plan.

    (1 + g_L) (L / F) ** (1 / years) - 1, with L and F the sizes of 2024 and g_L the growth that the
    other's plan needs (``scenarios.growth_for_parity``).  Rows are places, columns the years.
    """
    return pd.DataFrame({
        str(year): {
            place: replace(scenarios.needed(place, growth_rates.planned(place), year),
                           period=f"{scenarios.START} to {year}")
            for place in places
        }
        for year in scenarios.HORIZONS
    })  # fmt: skip


def needed_by_core(place: str = "chengdu") -> pd.Series:
    """Growth a year, in percent, for parity by year, if the other's figure may count more than core.

    Its industry figure is taken to hold anything from a core figure alone to the widest multiple of a
    narrower one that a place with both shows (``scenarios.narrowed``).
    """
    with scenarios.narrowed():
        return needed([place]).loc[place]


def needed_if_still(place: str = "chengdu", year: int = scenarios.HORIZONS[0]) -> Quantity:
    """Growth a year, in percent, that takes Chongqing to a place that does not grow at all."""
    return scenarios.needed(place, scenarios.NO_GROWTH, year)


def pace() -> Chart:
    """The figure ``fig-needed``: growth seen, planned and needed, on one axis."""
    takes = needed(["chengdu"])
    rows = {
        "Chongqing, stated for 2025": (FOCUS, growth_rates.observed(FOCUS), False),
        "Chongqing's plan to 2027": (FOCUS, growth_rates.planned(FOCUS), True),
        "Chengdu's plan to 2026": ("chengdu", growth_rates.planned("chengdu"), True),
        "Level with Chengdu by 2035": (FOCUS, takes.loc["chengdu", "2035"], True),
        "Fastest stated: Chengdu 2020": ("chengdu", fastest(), False),
        "Level with Chengdu by 2030": (FOCUS, takes.loc["chengdu", "2030"], True),
        "By 2030, core against core": (FOCUS, needed_by_core()["2030"], True),
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
        "stands still": scenarios.NO_GROWTH,
        "grows by 10%": exactly(0.1),
        "grows by 20%": exactly(0.2),
        "meets its plan": growth_rates.planned("chengdu"),
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
    """Models filed from the start of 2025 on: ``new``, ``chance``, the interval behind the count, and
    ``applications`` registered since then."""
    new = conclusions.newly_filed()
    table = pd.DataFrame({"new": new[list(COMPARED)]})
    table["chance"] = [count_interval(each) for each in table.new]
    registered = filed_models.flow(conclusions.SINCE, conclusions.UNTIL, filed_models.REGISTERED)
    table["applications"] = [registered.get(place) for place in table.index]
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
