"""What is known of talent, compute, funds and firms in the head cities, and on which base.

A row is one thing on one scope, a cell the latest sound figure of a city, of whatever date; the
cells of a row may be years apart, so they are shown and not divided.

Out of scope: counts that cover all the head cities (``advantage``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from citygap.charts import Mark
from citygap.quantity import Quantity
from citygap.tables import book
from citygap.yardsticks import HEADS

#: Label, what it is about, indicator, unit on the page.  Indicators of one label stand in one row.
ROWS = (
    ("AI staff, ten thousands", "talent", "ai_practitioners", "1e4 persons"),
    ("Core AI staff, ten thousands", "talent", "ai_core_technical_staff", "1e4 persons"),
    ("Own share of China's AI staff", "talent", "ai_talent_share_industry", "%"),
    ("Own share of core AI staff", "talent", "ai_talent_share_core", "%"),
    ("AI compute, EFLOPS", "compute", "compute_intelligent", "EFLOPS"),
    ("Compute of all kinds, EFLOPS", "compute", "compute_total", "EFLOPS"),
    ("Public AI fund, billion yuan", "funds", "public_ai_fund_size", "1e9 CNY"),
    ("AI firms, own count", "firms", "ai_firms", "count"),
    ("Core AI firms", "firms", "ai_firms_core", "count"),
    ("AI firms above size", "firms", "ai_firms_above_scale", "count"),
)


@dataclass(frozen=True)
class Known:
    """A row: ``label``, ``topic`` and the latest sound figure of each city that has one."""

    label: str
    topic: str
    cells: Mapping[str, Quantity]


def latest(place: str, indicator: str) -> Quantity | None:
    """The latest figure of a place that is not of low confidence; None without one."""
    sound = [q for q in book.readings(place, indicator) if q.confidence != "low"]
    if not sound:
        return None
    last = max(q.period for q in sound)
    return next(q for q in sound if q.period == last)


def rows(places: Sequence[str] = HEADS) -> list[Known]:
    """Every row of :data:`ROWS` with what is known of ``places``."""
    found = []
    for label, topic, indicator, unit in ROWS:
        cells = {p: q.to(unit) for p in places if (q := latest(p, indicator)) is not None}
        found.append(Known(label, topic, cells))
    return found


def most_covered(table: Sequence[Known], topics: Sequence[str]) -> int:
    """The largest number of cities that a row about one of ``topics`` covers."""
    return max(len(row.cells) for row in table if row.topic in topics)


def marks(table: Sequence[Known], places: Sequence[str] = HEADS) -> tuple[list[Mark], dict]:
    """The rows as ``charts.matrix`` draws them: marks, and one shade for all that is known."""
    found, shade = [], {}
    for row in table:
        for place in places:
            if place in row.cells:
                found.append(Mark(row.label, place, row.cells[place]))
                shade[row.label, place] = 0.35
            else:
                model = next(iter(row.cells.values()))
                unknown = replace(model, low=-math.inf, high=math.inf, place=place, period="",
                                  published="", rows=(), sources=())
                found.append(Mark(row.label, place, unknown, True))
    return found, shade
