"""Figures that are well formed and hardly true: questions at the door, to be answered once.

A share over 100 %, half a firm, a figure for a time that its source cannot know, a part above its
whole, a jump by ten or a thousand against the same series or the other places.  Each is a *doubt*:
a fault until the row is corrected, or until ``data/confirmed.csv`` says that it is right and why.

What counts as a jump is learnt from the rows themselves.  A row is compared with the two rows of
its place and indicator that are nearest in time, and is doubted if it is far from both.  How far
a figure may move is :data:`STEP` and :data:`PER_YEAR`, less where the series of other places are
calm.  A row that is alone in its series is compared with the other places of its kind.

Out of scope: figures that contradict one another (``corrections``), and slips smaller than about
four times, which growth and definitions make too.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from citygap.data.corrections import edges
from citygap.data.io import Problem
from citygap.data.plausibility.china_divisions import twice_named

if TYPE_CHECKING:
    from citygap.data.tables import Tables

CONFIRMED = "confirmed"
#: What stands for the reason in the line that a message proposes; it is no reason.
WHY = "(why it is right)"

#: How far a figure may be from those beside it, as a power of ten, and how much more a year.
STEP, PER_YEAR = 0.65, 0.15
#: The same where the series of other places are calm: twice their largest move, at least this.
CALM_STEP, CALM_PER_YEAR = 0.45, 0.03
#: Series of other places from which calm can be learnt.
SERIES = 3
#: A row alone in its series is measured at this many other places of its kind or more, and may be
#: this far beyond the one farthest from their middle.
PLACES, BEYOND, FARTHEST = 4, 0.55, 0.8
#: A rate is doubted only above this (per cent): small rates jump.
WILD_RATE = 30
#: How much larger than its whole a part may be printed: roundings and words.
ROUNDED = 1.1

Row = Mapping[str, str]


@dataclass(frozen=True)
class Doubt:
    """Why a row is doubted: ``key`` is its primary key, ``value`` the cell that is questioned."""

    table: str
    line: int
    key: str
    check: str
    column: str
    value: str
    message: str
    remedy: str

    def problem(self, confirmed: str | None = None) -> Problem:
        """The doubt as a fault of the table, with the line that would confirm the row.

        ``confirmed`` is what a line of the register confirms already, which is another value.
        """
        out = io.StringIO()
        csv.writer(out, lineterminator="").writerow(
            (self.table, self.key, self.check, self.value, WHY)
        )
        how = "add to" if confirmed is None else f"instead of the line for {confirmed} write into"
        return Problem(
            f"data/{self.table}.csv", self.line, self.column, self.message,
            f"{self.remedy}; if the row is right, {how} data/{CONFIRMED}.csv: {out.getvalue()}",
        )  # fmt: skip


@dataclass(eq=False)
class _Figure:
    """A row of observations or targets, as far as plausibility needs it."""

    table: str
    line: int
    key: str
    row: Row
    nature: str
    unit: str  # of the indicator
    size: float  # value in the unit of the indicator; of a flow over part of a year, a year's worth
    log: float  # power of ten of ``size``
    time: float  # a year and its fraction: the middle of a flow, the end of a stock
    open: bool  # from an open start

    @property
    def series(self) -> tuple[str, str]:
        return self.row["place"], self.row["indicator"]

    def text(self) -> str:
        return f"{self.row['value']} {self.row['unit']}"


@dataclass
class _Doubts:
    """Finds the doubts of a set of rows."""

    tables: Mapping[str, list[dict[str, str]]]
    keys: Mapping[str, list[str]]  # primary keys
    sources: Mapping[str, Mapping[str, str]]
    #: Rows (table, key) that a register confirms as jumps: nothing else is measured against them.
    known: frozenset[tuple[str, str]] = frozenset()
    figures: list[_Figure] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.units = {row["unit"]: row for row in self.tables["units"]}
        self.factor = {unit: float(row["factor"]) for unit, row in self.units.items()}
        self.indicators = {row["indicator"]: row for row in self.tables["indicators"]}
        self.places = {row["place"]: row for row in self.tables["places"]}
        self._calm: dict[tuple[str, str], float | None] = {}
        for table in ("observations", "targets"):
            for line, row in enumerate(self.tables[table], start=2):
                if figure := self._figure(table, line, row):
                    self.figures.append(figure)

    def found(self) -> list[Doubt]:
        """At most one doubt a row, in the order of the tables."""
        found: dict[tuple[str, int], Doubt] = {}
        for check in (self._counts, self._shares, self._future, self._parts, self._units,
                      self._jumps, self._names):  # fmt: skip
            for doubt in check():
                found.setdefault((doubt.table, doubt.line), doubt)
        return sorted(found.values(), key=lambda doubt: (doubt.table, doubt.line))

    # -- what one row says by itself

    def _counts(self) -> Iterator[Doubt]:
        """Fractions of what is counted one by one."""
        for table, rows in self.tables.items():
            if not rows or not {"value", "unit"} <= rows[0].keys():
                continue
            for line, row in enumerate(rows, start=2):
                unit = self.units.get(row["unit"])
                if unit is None or unit["countable"] != "true":
                    continue
                for column in ("value", "value_high"):
                    value = row.get(column, "")
                    if re.fullmatch(r"-?\d+\.\d*[1-9]\d*", value):
                        fits = [name for name in self._others(row["unit"])
                                if self.factor[name] > self.factor[row["unit"]]]  # fmt: skip
                        yield self._doubt(
                            table, line, row, "count", column,
                            f"{value} of {row['unit']!r}, of which there are whole ones only",
                            "correct the value" + (f", or the unit: {_either(fits)}" if fits else ""),
                        )

    def _shares(self) -> Iterator[Doubt]:
        """Shares of more than the whole."""
        for table in ("observations", "targets"):
            for line, row in enumerate(self.tables[table], start=2):
                indicator = self.indicators.get(row["indicator"])
                unit = self.units[row["unit"]]
                if not indicator or indicator["nature"] != "share" or unit["dimension"] != "ratio":
                    continue
                for column in ("value", "value_high"):
                    value = row.get(column, "")
                    if value and float(value) * self.factor[row["unit"]] > 1 + 1e-9:
                        yield self._doubt(
                            table, line, row, "share", column,
                            f"{value} {row['unit']} is more than the whole, for a share",
                            f"correct the value or its unit, or the nature of {row['indicator']!r}",
                        )

    def _future(self) -> Iterator[Doubt]:
        """Observations, no forecasts, of a time that their source cannot know."""
        for line, row in enumerate(self.tables["observations"], start=2):
            source = self.sources.get(row["source"], {})
            read, published = self._read.get(row["source"]), _day(source.get("date"))
            known = min((day for day in (read, published, self._last_day) if day), default=None)
            if known is None:
                continue
            said = f"{row['source']} is of {_date(known)}"
            if row["as_of"] and _day(row["as_of"], first=True) > max(known, read or known):
                yield self._doubt(
                    "observations", line, row, "future", "as_of",
                    f"{row['as_of']} is later than its source: {said}", "correct the day",
                )
            if row["bound"] == "expected":
                continue
            start, end = edges(row["period"])
            flow = self.indicators[row["indicator"]]["nature"] == "flow"
            read = read or self._last_day
            if start > known or (flow and read and end > read):
                when = "begins" if start > known else "ends"
                yield self._doubt(
                    "observations", line, row, "future", "period",
                    f"{row['period']} {when} after what its source can know: "
                    + (said if start > known else f"{row['source']} was read on {_date(read)}"),
                    "correct the period, or give the bound 'expected' to a forecast",
                )

    @cached_property
    def _last_day(self) -> tuple[int, int, int] | None:
        """The last day on which any source was read: what the tables as a whole can know."""
        return max(self._read.values(), default=None)

    @cached_property
    def _read(self) -> dict[str, tuple[int, int, int]]:
        """The last day on which each source was read: by ``copies.csv``, or by its entry."""
        days = [(key, source.get("urldate")) for key, source in self.sources.items()]
        days += [(copy["source"], copy["read_on"]) for copy in self.tables.get("copies", ())]
        found: dict[str, tuple[int, int, int]] = {}
        for key, said in days:
            if day := _day(said):
                found[key] = max(day, found.get(key, day))
        return found

    def _names(self) -> Iterator[Doubt]:
        """Two places of one kind under one Chinese name."""
        for line, row, other, number in twice_named(self.tables["places"]):
            yield self._doubt(
                "places", line, row, "name", "name_hans",
                f"{row['name_hans']!r} is {other['place']!r} already (row {number})",
                f"use {other['place']!r}, or give the Chinese name that tells the two apart",
            )

    # -- what a row says beside others

    def _parts(self) -> Iterator[Doubt]:
        """Places that have more of something than the province or country that they lie in."""
        at: dict[tuple[str, str, str], list[_Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.table == "observations" and figure.nature in ("flow", "stock"):
                at[(*figure.series, figure.row["period"][:4])].append(figure)
        above: dict[tuple[str, int], list[tuple[_Figure, _Figure]]] = defaultdict(list)
        for (place, indicator, year), figures in at.items():
            for whole in self._wholes(place):
                for larger in at.get((whole, indicator, year), ()):
                    for figure in figures:
                        if figure.size > larger.size * ROUNDED and larger.row["bound"] != "at_least":
                            above[larger.table, larger.line].append((figure, larger))
        doubted: set[_Figure] = set()
        for pairs in above.values():
            figure, larger = pairs[0]
            if len({pair[0].row["place"] for pair in pairs}) > 1:  # several parts: it is the whole
                yield self._above(larger, figure, larger, "is less than its part")
                continue
            for figure, larger in pairs:
                if figure not in doubted:
                    doubted.add(figure)
                    yield self._above(figure, figure, larger, "is more than its whole")

    def _above(self, doubted: _Figure, part: _Figure, whole: _Figure, says: str) -> Doubt:
        other = whole if doubted is part else part
        return self._doubt(
            doubted.table, doubted.line, doubted.row, "part", "value",
            f"{doubted.text()} {says}, {other.text()} for {other.row['place']} in "
            f"{other.row['period']} (row {other.line})",
            "correct the value or unit of whichever is wrong",
        )

    def _wholes(self, place: str) -> Iterator[str]:
        row = self.places.get(place, {})
        province = row.get("province")
        if province and province != place:
            yield province
        if province:
            yield "china"
        elif row.get("kind") == "country":
            yield "world"

    def _units(self) -> Iterator[Doubt]:
        """Another unit than the indicator's own, and nothing to compare the figure with."""
        for figure in self.figures:
            if figure.row["unit"] != figure.unit and not self._beside(figure):
                others = [f.log for f in self._of_indicator[figure.row["indicator"]] if f is not figure]
                if not others or not min(others) <= figure.log <= max(others):
                    yield self._doubt(
                        figure.table, figure.line, figure.row, "unit", "unit",
                        f"{figure.text()}, where the indicator is in {figure.unit!r} and no other "
                        "figure of it is of that size",
                        f"give the value in {figure.unit!r} if that is what is printed",
                    )

    def _jumps(self) -> Iterator[Doubt]:
        """Figures far from their series, or from all other places."""
        for series in self._series.values():
            left = list(series)
            known, self.known = self.known, frozenset()
            for figure in series:  # what a register confirms is a jump still, or it is said in vain
                if (figure.table, figure.key) in known and self._excess(figure, left) > 0:
                    yield self._jump(figure, left)
            self.known = known
            while True:
                far = [
                    (excess, self._from_middle(figure), figure.line, figure) for figure in left
                    if (figure.table, figure.key) not in known
                    and (excess := self._excess(figure, left)) > 0
                ]  # fmt: skip
                if not far:
                    break
                figure = max(far, key=lambda each: each[:3])[-1]
                yield self._jump(figure, left)
                left.remove(figure)
            if len(series) == 1 and (peers := self._peers(series[0])) is not None:
                (figure,) = series
                middle, reach = peers
                if abs(figure.log - middle) > max(FARTHEST, reach + BEYOND):
                    yield self._outlier(figure)

    def _jump(self, figure: _Figure, series: list[_Figure]) -> Doubt:
        near = self._beside(figure, series)[0]
        fits = [unit for unit in self._others(figure.row["unit"])
                if self._excess(figure, series, self._shift(figure, unit)) <= 0]  # fmt: skip
        slip = figure.unit in fits
        part = " (both taken for a year)" if figure.nature == "flow" and (
            len({re.sub(r"\d", "", f.row["period"]) for f in (figure, near)}) > 1) else ""
        return self._doubt(
            figure.table, figure.line, figure.row, "jump", "unit" if slip else "value",
            f"{figure.text()} is {_times(figure.size / near.size)} the {near.text()} of "
            f"{near.row['period']} ({_where(near, figure)}){part}",
            "correct the value" + (f", or the unit: in {_either(fits)} it would fit" if fits else
                                   " of whichever is wrong" if len(series) == 2 else ""),
        )  # fmt: skip

    def _outlier(self, figure: _Figure) -> Doubt:
        others = self._others_of_kind(figure)
        largest = figure.log > self._peers(figure)[0]
        near = (max if largest else min)(others, key=lambda other: other.log)
        return self._doubt(
            figure.table, figure.line, figure.row, "jump",
            "value" if figure.row["unit"] == figure.unit else "unit",
            f"{figure.text()} is {_times(figure.size / near.size)} the "
            f"{'largest' if largest else 'smallest'} of the other places, {near.text()} for "
            f"{near.row['place']} ({_where(near, figure)})",
            "correct the value or its unit",
        )

    # -- measures

    @cached_property
    def _series(self) -> dict[tuple, list[_Figure]]:
        found: dict[tuple, list[_Figure]] = defaultdict(list)
        for figure in self.figures:
            found[(*figure.series, figure.open)].append(figure)
        return found

    @cached_property
    def _of_indicator(self) -> dict[str, list[_Figure]]:
        found: dict[str, list[_Figure]] = defaultdict(list)
        for figure in self.figures:
            found[figure.row["indicator"]].append(figure)
        return found

    def _beside(self, figure: _Figure, series: Iterable[_Figure] = ()) -> list[_Figure]:
        """The figures of its series that are nearest in time: two, unless the second is far off."""
        series = series or self._series[(*figure.series, figure.open)]
        others = [other for other in series if other is not figure]
        others.sort(key=lambda other: abs(other.time - figure.time))
        if len(others) > 1:
            near, second = (abs(other.time - figure.time) for other in others[:2])
            return others[: 2 if second <= 3 * near + 2 else 1]
        return others

    def _excess(self, figure: _Figure, series: list[_Figure], shift: float = 0.0) -> float:
        """How much farther a figure is from both beside it than it may be; -1 if it is alone."""
        if len(series) < 2:
            return -1.0
        log = figure.log + shift
        if figure.nature == "rate" and abs(figure.size) * 10**shift < WILD_RATE:
            return -1.0
        excess = math.inf
        for other in self._beside(figure, series):
            if (other.table, other.key) in self.known:
                continue
            years = abs(figure.time - other.time)
            if (distance := abs(log - other.log)) < CALM_STEP:
                return -1.0
            excess = min(excess, distance - self._allowed(figure, years))
        return excess if math.isfinite(excess) else -1.0

    def _allowed(self, figure: _Figure, years: float) -> float:
        allowed = STEP + PER_YEAR * years
        calm = self._calm_of(figure)
        if calm is None:
            return allowed
        return min(allowed, max(CALM_STEP, 2 * calm) + CALM_PER_YEAR * years)

    def _calm_of(self, figure: _Figure) -> float | None:
        """The largest move in the series of other places, or None if there are too few."""
        place, indicator = figure.series
        if (place, indicator) not in self._calm:
            moves: dict[str, float] = defaultdict(float)
            for other in self._of_indicator[indicator]:
                if other.row["place"] != place and (beside := self._beside(other)):
                    move = min(abs(other.log - each.log) for each in beside)
                    moves[other.row["place"]] = max(moves[other.row["place"]], move)
            self._calm[place, indicator] = max(moves.values()) if len(moves) >= SERIES else None
        return self._calm[place, indicator]

    def _others_of_kind(self, figure: _Figure) -> list[_Figure]:
        place, indicator = figure.series
        kind = self.places[place]["kind"] if place in self.places else ""
        return [
            other for other in self._of_indicator[indicator]
            if other.row["place"] != place and other.open == figure.open
            and self.places.get(other.row["place"], {}).get("kind") == kind
        ]  # fmt: skip

    def _peers(self, figure: _Figure) -> tuple[float, float] | None:
        """Middle of the other places of its kind, and how far the farthest is from it; or None."""
        if figure.nature == "rate":
            return None
        places: dict[str, list[float]] = defaultdict(list)
        for other in self._others_of_kind(figure):
            places[other.row["place"]].append(other.log)
        if len(places) < PLACES:
            return None
        middle = median(median(logs) for logs in places.values())
        return middle, max(abs(log - middle) for logs in places.values() for log in logs)

    def _from_middle(self, figure: _Figure) -> float:
        peers = self._peers(figure)
        return round(abs(figure.log - peers[0]), 6) if peers else 0.0

    # -- rows

    def _figure(self, table: str, line: int, row: Row) -> _Figure | None:
        indicator = self.indicators.get(row["indicator"])
        size = float(row["value"])
        if indicator is None or not size:
            return None
        size *= self.factor[row["unit"]] / self.factor[indicator["unit"]]
        start, end = edges(row["period"])
        first = start[0] + (start[1] - 1) / 12 + (start[2] - 1) / 365
        last = end[0] + (end[1] - 1) / 12 + end[2] / 365
        flow, opened = indicator["nature"] == "flow", not start[0]
        if flow and not opened and last - first < 0.99:
            size /= max(last - first, 1 / 12)
        return _Figure(
            table, line, self._key(table, row), row, indicator["nature"], indicator["unit"], size,
            math.log10(abs(size)), (first + last) / 2 if flow and not opened else last, opened,
        )  # fmt: skip

    def _key(self, table: str, row: Row) -> str:
        return "/".join(row[column] for column in self.keys[table])

    def _others(self, unit: str) -> list[str]:
        """The other units of its dimension."""
        dimension = self.units[unit]["dimension"]
        return [name for name, row in self.units.items()
                if row["dimension"] == dimension and name != unit]  # fmt: skip

    def _shift(self, figure: _Figure, unit: str) -> float:
        return math.log10(self.factor[unit] / self.factor[figure.row["unit"]])

    def _doubt(self, table, line, row, check, column, message, remedy) -> Doubt:
        value = row["value" if column == "unit" else column]
        return Doubt(table, line, self._key(table, row), check, column, value, message, remedy)


def doubts(tables: Tables) -> list[Doubt]:
    """Every doubt of the tables, confirmed or not, in the order of tables and rows.

    Call it on tables that hold together.
    """
    resources = tables.package["resources"]
    rows = {resource["name"]: tables.rows(resource["name"]) for resource in resources}
    keys = {resource["name"]: resource["schema"].get("primaryKey", []) for resource in resources}
    jumps = {(r["table"], r["row"]): r["value"] for r in rows.get(CONFIRMED, ())
             if r["check"] == "jump"}  # fmt: skip
    known = frozenset(
        (table, key) for table in ("observations", "targets") if jumps for row in rows[table]
        if jumps.get((table, key := "/".join(row[c] for c in keys[table]))) == row["value"]
    )  # fmt: skip
    return _Doubts(rows, keys, tables.sources, known).found()


def check(tables: Tables) -> list[tuple[str, Problem]]:
    """Doubts that no line of ``confirmed.csv`` answers, and lines that answer none.

    Each comes with the key of the row that is doubted, or nothing.
    """
    if all(resource["name"] != CONFIRMED for resource in tables.package["resources"]):
        return []  # a data folder without the register promises nothing
    lines = {(r["table"], r["row"], r["check"]): r["value"] for r in tables.rows(CONFIRMED)}
    found, asked = [], set()
    for doubt in doubts(tables):
        key = (doubt.table, doubt.key, doubt.check)
        asked.add(key)
        if lines.get(key) != doubt.value:
            found.append((doubt.key, doubt.problem(lines.get(key))))
    file = f"data/{CONFIRMED}.csv"
    faulty = {key for key, _ in found}  # once corrected, such a row may raise the confirmed question again
    for number, row in enumerate(tables.rows(CONFIRMED), start=2):
        if row["reason"] == WHY:
            found.append(("", Problem(
                file, number, "reason", "the line gives no reason",
                "say how it is known that the row is right",
            )))  # fmt: skip
        elif (row["table"], row["row"], row["check"]) not in asked and row["row"] not in faulty:
            known = _has(tables, row["table"], row["row"])
            found.append(("", Problem(
                file, number, "check" if known else "row",
                f"nothing in the row raises the question {row['check']!r}" if known
                else f"there is no row {row['row']} in data/{row['table']}.csv",
                "delete the line" if known else "delete the line, or correct the key",
            )))  # fmt: skip
    return found


def _has(tables: Tables, table: str, key: str) -> bool:
    for resource in tables.package["resources"]:
        if resource["name"] == table:
            columns = resource["schema"].get("primaryKey", [])
            return any("/".join(row[c] for c in columns) == key for row in tables.rows(table))
    return False


def _day(text: str | None, first: bool = False) -> tuple[int, int, int] | None:
    """A day; of a year or month its last one, or its first."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text or "")
    if not found:
        return None
    month, day = (1, 1) if first else (12, 31)
    return int(found[1]), int(found[2] or month), int(found[3] or day)


def _date(day: tuple[int, int, int]) -> str:
    return f"{day[0]}-{day[1]:02}-{day[2]:02}"


def _times(ratio: float) -> str:
    ratio = abs(ratio)
    many = f"{max(ratio, 1 / ratio):,.{2 if 0.1 < ratio < 10 else 0}f}"
    return f"{many} times" if ratio >= 1 else f"1/{many} of"


def _where(other: _Figure, figure: _Figure) -> str:
    return f"row {other.line}" if other.table == figure.table else f"row {other.line} of {other.table}"


def _either(words: list[str]) -> str:
    return " or ".join(repr(word) for word in words)
