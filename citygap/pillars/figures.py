"""Marks of the chapter's figures, from its tables.

Out of scope: drawing (``citygap.charts``).
"""

from __future__ import annotations

import math
from dataclasses import replace

from citygap.charts import Mark
from citygap.data.tables import book
from citygap.pillars import domestic_shares, four_moves, tables, targets

#: Stages of an aim, in words of the figure.
STAGES = {
    "outcome": "an outcome is known",
    "start": "a start is known, no outcome",
    "defined": "counted for other places or years",
    "alone": "no figure counts it",
}


def vehicles() -> list[Mark]:
    """Vehicles by year, a line a place; eleven months of 2025 where no year is known."""
    marks = []
    for place, cells in tables.vehicles().iterrows():
        known = cells.dropna()
        if "2025" in known:
            known = known.drop("2025-11m")
        for column, q in known.items():
            part = column.endswith("m")
            row, period = book.name(place) + ", 11 months" * part, f"{column[:4]}-01/{column[:4]}-11" if part else column
            marks.append(Mark(row, place, replace(q.to("1e6 count"), period=period), hollow=part))
    return marks


def electronics() -> list[Mark]:
    """Growth of electronics in 2025, a row a place."""
    return [Mark(book.name(place), place, q) for place, q in tables.electronics().items()]


def compute() -> list[Mark]:
    """Computing capacity, a row a place; Chongqing's aim hollow."""
    marks = []
    for key, q in tables.compute().items():
        place, _, aim = key.partition("-")
        marks.append(Mark(book.name(place) + ", aim for 2027" * bool(aim), place, q, bool(aim)))
    return marks


def asean() -> list[Mark]:
    """Chongqing's trade with ASEAN, a row a year."""
    table = tables.asean()
    return [Mark(year, "chongqing", table[year]) for year in sorted(table.index) if year.isdigit()]


def research() -> list[Mark]:
    """Research over output by year, a line a place."""
    table = tables.research().loc[list(tables.RESEARCH), list(four_moves.COMMUNIQUES)]
    return [Mark(book.name(place), place, q)
            for place, cells in table.iterrows() for q in cells]  # fmt: skip


def workshops() -> list[Mark]:
    """Digital workshops as counted, as forecast and as aimed at."""
    indicator, row = four_moves.WORKSHOPS, "Digital workshops"
    seen = [book.observe("chongqing", indicator, period) for period in four_moves.COUNTED]
    ahead = [book.observe("chongqing", indicator, four_moves.FORECAST),
             book.target("chongqing", indicator, "2027")]  # fmt: skip
    at_end = [replace(q, period=f"{q.period}-12") for q in ahead]
    return [Mark(row, "chongqing", q) for q in seen] + [
        Mark(row, "chongqing", q, True) for q in at_end
    ]


def aims() -> dict[str, dict[str, int]]:
    """Chongqing's aims by what can be followed, for a stacked bar."""
    return {"Chongqing's aims": dict(targets.by_stage(targets.aims("chongqing")))}


def cost() -> list[Mark]:
    """What half of the known price saves, and what idling costs, a PFLOPS-hour."""
    table = tables.power()
    return [Mark("cheap power saves", "xinjiang", table["saving"]),
            Mark("idling costs", "xinjiang", table["idling"])]  # fmt: skip


def tools() -> list[Mark]:
    """Domestic shares, a row a tool; hollow where only foreign shares are known."""
    named = {tool.indicator: tool for tool in domestic_shares.TOOLS}
    return [Mark(f"{named[of].label}, {named[of].year}", "china", q, math.isinf(q.low))
            for of, q in tables.tools().items()]  # fmt: skip
