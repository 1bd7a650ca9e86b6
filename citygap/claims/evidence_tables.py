"""The tables as a judge reads them: without what the commentary alone says.

A claim is not its own evidence, so :class:`Witness` leaves out every row whose source is the
commentary, in every table but that of the claims.  What rests on the commentary alone is then
simply not there, and a rule finds nothing.

Out of scope: what the rows mean for a claim (``criteria`` and the rules).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

import pandas as pd

from citygap.claims.dates import Span, span, start, year
from citygap.comparison import filed_models
from citygap.data.tables import COMMENTARY, CONFIDENCE, NoObservation, Tables
from citygap.quantity.quantity import Quantity, read
from citygap.quantity.three_valued import Answer

AI_PLUS = "CQ_AIPLUS_2025"  # the plan that the commentary is about

#: Units of the claims' own figures, as the commentary words them, in the units of the tables.
UNITS = {
    "100m CNY": "1e8 CNY",
    "trillion CNY": "1e12 CNY",
    "trillion USD": "1e12 USD",
    "models": "count",
    "firms": "count",
    "companies": "count",
    "rank": "rank",
    "times": "ratio",
}

FILINGS = "2023-06/2025-07"
DEAL_YEARS = ("2013", "2014", "2015", "2016", "2017", "2018")
#: How many years before the commentary a count may lie and still decide what holds today.
YEARS_BACK = 3
#: The last day of the lists of filed models that the commentary could have known.
FILED_DAY = "2025-11-01"
#: Counts of AI that treat every city alike: label, and where they are read.  Models and algorithms
#: are counted by province, so that a province bounds its cities from above.
COUNTS = {
    "AI firms of 2018": ("ai-firms-by-city", "companies", None),
    "AI deals of 2013-18": ("ai-deals-by-city", "deals", DEAL_YEARS),
    "models on a list of 2024": ("models_listed_community", "2024-11-30", None),
    f"filed models of {span(FILED_DAY)}": (filed_models.FILED.table, filed_models.FILED.column, (FILED_DAY,)),
    "filed algorithms of 2023-25": ("algorithm_filings", FILINGS, None),
}
#: The same as cities state it, where the list is by province.
OWN_COUNTS = {filed_models.FILED.table: "models_filed"}
SAME_LIST = "the city counts its own on the same list"


class Witness(Tables):
    """``tables`` without the rows of the commentary, and readers of the tables of facts."""

    def __init__(self, tables: Tables):
        super().__init__(tables.folder)
        self.whole = tables

    @lru_cache(maxsize=None)
    def _frames(self, name: str) -> pd.DataFrame:
        frame = self.whole._frames(name)
        if name == "claims" or "source" not in frame:
            return frame
        return frame[frame["source"] != COMMENTARY]

    # -- the claims

    def claim(self, claim: str) -> dict[str, str]:
        """Row of a claim.  Raises KeyError."""
        return self._index("claims", "claim")[claim]

    def claimed(self, claim: str) -> Quantity:
        """The figure that a claim gives, as the commentary words it."""
        row = self.claim(claim)
        self._observations  # noqa: B018  makes sure that the units are known
        return read(row["value"], row["bound"], UNITS.get(row["unit"], row["unit"]))

    @cached_property
    def commentary(self) -> Span:
        """When the commentary appeared, as far as that is known."""
        return span(self.sources[COMMENTARY]["date"])

    def documents(self, claim: str) -> tuple[str, ...]:
        """Keys of the plans that a claim names; none if it speaks of a city or of facts."""
        return tuple(key for key in self.claim(claim)["document"].split("; ") if key)

    def of_its_time(self, claim: str, period: str) -> bool:
        """Whether a figure of some period may decide a claim: the rule on age, for all rules.

        - **A time of its own.** What the sentence puts in a year (a sum, a rank, a count) is judged by
          figures of that year alone.
        - **A state.** What it tells without a year is judged by the latest sound figure, and by none
          from more than :data:`YEARS_BACK` years before the commentary; older ones are told beside.
        - **Growth.** That something grew, or lasted, needs both ends; the later one is of its time.
        """
        told = self.claim(claim)["period"]
        if told:
            return year(told.replace("..", "/")) == year(period)
        return 0 <= self.commentary.first.year - year(period) <= YEARS_BACK

    def timely(self, claim: str, found: Iterable[Quantity]) -> list[Quantity]:
        """Of figures those that may decide a claim, in their order."""
        return [q for q in found if self.of_its_time(claim, q.period)]

    def admits(self, row: dict[str, str], since: str = "") -> bool:
        """Whether a statement of evidence.csv may decide its claim: decided once for all rules.

        - **Witness.** Its page is not of low confidence, and not the commentary.
        - **Date.** It speaks of a time before the commentary or in its month.  ``since`` leaves out
          what is older: where a claim says how something ended, earlier pages do not refute it.
        - **Document.** Where the claim names plans, a statement out of another plan does not count.
        """
        if not CONFIDENCE[row["confidence"]]:
            return False
        if row["period"]:
            day = span(start(row["period"]))
            if self.commentary.before(day) is Answer.YES:
                return False
            if since and day.before(span(since)) is Answer.YES:
                return False
        elif since:
            return False
        named = self.documents(row["claim"])
        return not named or row["document"] in ("", *named)

    # -- rows of facts, as dictionaries

    def plan(self, plan: str) -> dict[str, str]:
        """Row of a plan.  Raises NoObservation."""
        for row in self.rows("plans", plan=plan):
            return row
        raise NoObservation(f"no plan {plan}")

    def events(self, *names: str, place: str = "", weak: bool = False) -> list[dict[str, str]]:
        """Events by key, or all of a place, in order of time.

        Those of low confidence are left out, since they may decide nothing; ``weak`` keeps them,
        for what is only told beside.
        """
        found = [
            row
            for row in self.rows("events")
            if (row["event"] in names or (place and row["place"] == place))
            and (weak or CONFIDENCE[row["confidence"]])
        ]
        return sorted(found, key=lambda row: row["date"])

    def figures(self, claim: str, part: str) -> list[Quantity]:
        """The numbers among the evidence on a part of a claim, by period."""
        self._observations  # noqa: B018  makes sure that the units are known
        found = [row for row in self.rows("evidence", claim=claim, part=part) if row["unit"]]
        return [
            read(
                row["value"],
                row["bound"],
                row["unit"],
                period=row["period"],
                scope=row["what"],
                sources=(row["source"],),
                rows=(evidence_key(row),),
                confidence=row["confidence"],
            )
            for row in sorted(found, key=lambda row: row["period"])
        ]

    def sound(self, place: str, indicator: str, period: str | None = None) -> list[Quantity]:
        """Readings of a figure that are not of low confidence, best voice first."""
        found = self.readings(place, indicator, period)
        return [q for q in found if q.confidence != "low"]

    def count(self, label: str, place: str) -> Quantity | None:
        """One of :data:`COUNTS` for a place; None where no page of more than low confidence counts it.

        A list by province leaves out its cities: there what the city says of its own on that day will do.
        """
        name, what, periods = COUNTS[label]
        if name.endswith(("-by-city", "-by-place")):
            try:
                found = [self.counted(name, what, place, periods)]
            except NoObservation:  # only its province is counted
                stated = self.readings(place, OWN_COUNTS[name], periods[-1]) if name in OWN_COUNTS else []
                scope = self.counted(name, what, self.province(place), periods).scope if stated else ""
                found = [q.across(scope, because=SAME_LIST) for q in stated]
        else:
            found = self.readings(place, name, what)
        return next((q for q in found if q.confidence != "low"), None)


def evidence_key(row: dict[str, str]) -> str:
    """Key of a row of evidence."""
    fields = ("claim", "part", "source", "period", "value")
    return "/".join(["evidence", *(row[field] for field in fields if row[field])])
