"""Every numeric aim of the plans, and whether anything can tell how it went.

An aim can be followed only if somebody counts the same thing, for the same place, on the same
scope.  Four stages tell how far that goes:

========= ==========================================================================
outcome   an observation for the aim's own year is in the tables
start     an observation before that year is, so the growth that the aim needs is known
defined   others count the thing, but no figure of this place was found
alone     no figure of the tables counts the thing
========= ==========================================================================

The stages speak of what was found, not of what exists.  Out of scope: paths chosen by hand for
a figure (``target_paths``) and whether an aim is wise.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citygap.charts import year_of
from citygap.data.tables import book
from citygap.quantity.quantity import UNITS, Quantity
from citygap.quantity.three_valued import Answer

STAGES = ("outcome", "start", "defined", "alone")
YEAR = re.compile(r"^\d{4}$")
#: Names of sums of public money, which are promises and no aims.
MONEY = re.compile(r"voucher|fund|subsid", re.IGNORECASE)
IN_FAVOUR = "an aim is taken at its lower end, in favour of the plan"


@dataclass(frozen=True)
class Aim:
    """One aim: its row of ``targets.csv`` and the quantity that it says."""

    row: dict[str, str]
    quantity: Quantity

    @property
    def place(self) -> str:
        return self.row["place"]

    @property
    def thing(self) -> str:
        """The indicator, or the aim's own name where none measures it."""
        return self.row["indicator"] or self.row["name_en"]

    @property
    def year(self) -> str:
        return self.row["period"]

    @property
    def key(self) -> tuple:
        """What makes an aim one aim, however many pages print it."""
        return self.place, self.thing, self.year, _amount(self.row)

    @property
    def nature(self) -> str:
        """Stock, flow, rate, share ... of the indicator; empty if there is none."""
        return book.indicator(self.thing)["nature"] if self.row["indicator"] else ""

    @property
    def start(self) -> Quantity | None:
        """The last observation before the aim's year on the same place and scope.

        Of a flow or a rate only whole years count: nine months are no start for twelve.
        """
        found = [
            q for q in self._observed()
            if year_of(q.period) < int(self.year) and not self._for_year(q)
            and (self.nature == "stock" or YEAR.match(q.period))
        ]
        return max(found, key=lambda q: year_of(q.period)) if found else None

    @property
    def outcome(self) -> Quantity | None:
        """The observation for the aim's year; a part of a year's flow stands for at least so much.

        So does a stock counted before December, which may still have grown.  A stock of the
        January after counts as that of the year's end.  A figure of low confidence judges nobody.
        """
        found = [q for q in self._observed() if self._for_year(q) and q.confidence != "low"]
        if not found:
            return None
        last = max(found, key=lambda q: (bool(YEAR.match(q.period)), year_of(q.period)))
        ends = f"{self.year}-12", f"{int(self.year) + 1}-01"
        whole = YEAR.match(last.period) or (self.nature == "stock" and last.period.startswith(ends))
        return last if whole else replace(last, high=math.inf, published="")

    @property
    def due(self) -> int:
        """The year by whose end the aim is to be met."""
        return int(self.year.split("/")[-1][:4])

    @property
    def stage(self) -> str:
        """One of :data:`STAGES`."""
        if not self.row["indicator"]:
            return "alone"
        if self.outcome is not None:
            return "outcome"
        return "start" if self.start is not None else "defined"

    @property
    def met(self) -> Answer | None:
        """Whether the outcome reached the aim; None without an outcome."""
        if self.outcome is None:
            return None
        return self.outcome >= replace(self.quantity, high=self.quantity.low, published="")

    def _observed(self) -> list[Quantity]:
        if not self.row["indicator"] or not YEAR.match(self.year):
            return []
        periods = {q.period: None for q in book.readings(self.place, self.thing) if not q.forecast}
        sound = [p for p in periods if not p.startswith("..")]
        return [book.observe(self.place, self.thing, period) for period in sound]

    def _for_year(self, q: Quantity) -> bool:
        if YEAR.match(q.period) or self.nature in ("stock", "flow"):
            after = f"{int(self.year) + 1}-01"
            return q.period[:4] == self.year or (
                self.nature == "stock" and q.period[:7] == after and "/" not in q.period
            )
        return False  # the rate of a part of a year is none of the year


def _amount(row: dict[str, str]) -> float:
    """The number as printed, in base units: 40 EFLOPS and 40,000 PFLOPS are one amount."""
    return float(f"{float(row['value']) * UNITS[row['unit']].factor:.9g}")


def aims(place: str | None = None) -> list[Aim]:
    """Every aim once, those of one place if it is given, in the order of the table."""
    found: dict[tuple, Aim] = {}
    for row in book.rows("targets"):
        if place in (None, row["place"]):
            aim = Aim(row, book._quantity(row, target=True))
            kept = found.setdefault(aim.key, aim)
            if row["plan"] and not kept.row["plan"]:
                found[aim.key] = aim  # the plan's own row speaks over a report's
    return list(found.values())


def by_stage(found: Sequence[Aim]) -> Counter:
    """How many aims stand at each stage."""
    return Counter(aim.stage for aim in found)


def due(found: Sequence[Aim], year: int) -> list[Aim]:
    """The aims whose year had ended with ``year``; sums of public money are promises, not aims."""
    return [aim for aim in found if aim.due <= year and not MONEY.search(aim.row["name_en"])]


def of_cities(year: int = 2025) -> list[Aim]:
    """The aims of cities and their districts that were due by the end of a year."""
    kinds = {row["place"]: row["kind"] for row in book.rows("places")}
    return [aim for aim in due(aims(), year) if kinds[aim.place] in ("city", "district")]


def judged(found: Sequence[Aim]) -> dict[Answer, list[Aim]]:
    """The aims with an outcome, by whether it reached them (:data:`IN_FAVOUR`)."""
    answers: dict[Answer, list[Aim]] = {answer: [] for answer in Answer}
    for aim in found:
        if aim.met is not None:
            answers[aim.met].append(aim)
    return answers
