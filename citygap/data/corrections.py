"""Contradictions between rows, corrections of rows, and readings of rows at their sources.

Three registers stand beside the tables, and :func:`check` holds them against the data:

``contradictions.csv``
    Two sound rows that cannot both be right as they are read.  One that the data hold and the
    register does not is a fault, and so is one that the register holds and the data do not.
``corrections.csv``
    What was changed, from what to what and why.  The last correction of a cell must be what the
    cell holds.
``rereadings.csv``
    Rows that were read again at their source.  Each must exist; one that was corrected has its
    correction in the register.  One that was found right, or was corrected, holds still what was
    read, digit by digit, word and unit.

Which rows contradict one another is computed (:func:`contradictions`): two observations of one
place and indicator, neither of low confidence nor a forecast, whose ranges under the reading rules
are further apart than :data:`TOLERANCE`, for

- one and the same period, or
- two periods of which one lies within the other, if the indicator is a flow that cannot be
  negative and the part is larger than the whole.

Out of scope: which of two rows speaks (``tables.VOICE``), rows of low confidence (they never speak
against a better one), and contradictions across indicators or scopes (those are not comparable).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property, partial
from itertools import combinations
from pathlib import Path

from citygap.data.io import DATA, Problem
from citygap.data.row_keys import parse
from citygap.data.tables import Tables, book
from citygap.quantity.quantity import Quantity

CONTRADICTIONS = "contradictions"
CORRECTIONS = "corrections"
REREADINGS = "rereadings"
GRADED = "confidence"  # the column that is computed from the grade of the source

#: How far apart two ranges must be, as a share of the nearer end of the lower one: less is the
#: rounding of a rounded number.
TOLERANCE = 0.0005

RIGHT, CORRECTED = "right", "corrected"

Key = tuple[str, str, str, str, str, str]  # place, indicator, period, source, period, source


@dataclass(frozen=True)
class Contradiction:
    """Two rows that cannot both be right; ``first`` and ``second`` are in order of their keys."""

    first: Quantity
    second: Quantity

    @property
    def key(self) -> Key:
        """Place, indicator, then period and source of each row: the key of the register."""
        a, b = self.first, self.second
        return (a.place, indicator_of(a), a.period, a.sources[0], b.period, b.sources[0])

    @property
    def apart(self) -> float:
        """Distance of the ranges over the nearer end of the lower one; 0 if they meet."""
        return apart(self.first, self.second)


# ------------------------------------------------------------------------------- finding them


def contradictions(tables: Tables = book) -> list[Contradiction]:
    """Every contradiction that the observations hold, in order of their keys."""
    return sorted(_found(tables), key=lambda found: found.key)


def _found(tables: Tables) -> Iterator[Contradiction]:
    frame = tables.table("observations")
    for place, indicator in dict.fromkeys(zip(frame["place"], frame["indicator"])):
        sound = [
            q
            for q in tables.readings(place, indicator)
            if q.confidence != "low" and not q.forecast
        ]
        sound.sort(key=lambda q: (q.period, q.sources))
        flow = tables.indicator(indicator)["nature"] == "flow"
        for a, b in combinations(sound, 2):
            if contradict(a, b, flow):
                yield Contradiction(a, b)


def contradict(a: Quantity, b: Quantity, flow: bool) -> bool:
    """Whether two figures of one place and indicator cannot both be right.

    ``flow`` says that the indicator adds up over time, so that a part is never larger than its
    whole.
    """
    if apart(a, b) <= TOLERANCE:
        return False
    if a.period == b.period:
        return True
    if not flow or min(a.low, b.low) < 0:
        return False
    for part, whole in ((a, b), (b, a)):
        if within(part.period, whole.period) and part.low > whole.high:
            return True
    return False


def apart(a: Quantity, b: Quantity) -> float:
    """Distance of two ranges over the nearer end of the lower one; 0 if they meet."""
    low, high = (a, b) if a.low <= b.low else (b, a)
    gap = high.low - low.high
    if gap <= 0:
        return 0.0
    return gap / abs(low.high) if low.high else math.inf


def within(part: str, whole: str) -> bool:
    """Whether a period lies within another one; every period lies within itself.

    A start that is open is before every other one.  Days and months of one year are compared by
    the calendar: ``2024-01/2024-09`` lies within ``2024``, ``2024H1`` within ``2024-01/2024-09``.
    """
    (first, last), (start, end) = edges(part), edges(whole)
    return start <= first and last <= end


def edges(period: str) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """First and last day of a period as (year, month, day); the last day of a month is 31."""
    first, _, last = period.partition("/")
    start = (0, 0, 0) if first == ".." else _moment(first)[0]
    return start, _moment(last or first)[1]


def _moment(moment: str) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    year, part = int(moment[:4]), moment[4:]
    if not part:
        return (year, 1, 1), (year, 12, 31)
    if part[0] in "HQ":
        months = 6 if part[0] == "H" else 3
        last = months * int(part[1])
        return (year, last - months + 1, 1), (year, last, 31)
    month = int(part[1:3])
    if len(part) == 3:
        return (year, month, 1), (year, month, 31)
    day = int(part[4:6])
    return (year, month, day), (year, month, day)


def indicator_of(q: Quantity) -> str:
    """Key of the indicator of an observation, from the key of its row."""
    return q.rows[0].split("/")[1]


# ---------------------------------------------------------------------------------- the registers


class Registers:
    """The three registers of a data folder, ready to be looked up by row."""

    def __init__(self, tables: Tables = book):
        self.tables = tables

    @cached_property
    def contradictions(self) -> list[dict[str, str]]:
        """Rows of ``contradictions.csv``."""
        return self.tables.rows(CONTRADICTIONS)

    @cached_property
    def corrections(self) -> list[dict[str, str]]:
        """Rows of ``corrections.csv``, latest last."""
        rows = self.tables.rows(CORRECTIONS)
        return sorted(rows, key=lambda row: row["date"])

    @cached_property
    def rereadings(self) -> dict[str, list[dict[str, str]]]:
        """Rows of ``rereadings.csv`` by the row that was read, latest first."""
        found: dict[str, list[dict[str, str]]] = {}
        rows = self.tables.rows(REREADINGS)
        for row in sorted(rows, key=lambda row: row["date"], reverse=True):
            found.setdefault(_row_key(row), []).append(row)
        return found

    def reread(self, place: str, indicator: str, period: str, source: str) -> dict | None:
        """The latest re-reading of a row, or None if it was never read again."""
        found = self.rereadings.get("/".join((place, indicator, period, source)))
        return found[0] if found else None

    def reread_row(self, key: str) -> dict | None:
        """The latest re-reading of the row that a quantity names by ``key``, or None.

        Keys are those of ``addresses.parse``.  A cell of a complete distribution is on record
        under ``table/column``, or with all others of its period, under :data:`WHOLE`.
        Raises ValueError for text that is no key.
        """
        row = parse(key, self.tables)
        if row.source:
            return self.reread(row.place, row.what, row.period, row.source)
        found = (self._cells.get((place, f"{row.table}/{row.what}", row.period)) for place in (row.place, WHOLE))
        return next(filter(None, found), None)

    @cached_property
    def _cells(self) -> dict[tuple[str, str, str], dict[str, str]]:
        """Latest re-readings of cells of distributions, which name no source in their keys."""
        latest = (found[0] for found in self.rereadings.values())
        return {
            (row["place"], row["indicator"], row["period"]): row
            for row in latest
            if "/" in row["indicator"]
        }

    def against(self, place: str, indicator: str, period: str, source: str) -> list[dict]:
        """The registered contradictions that a row takes part in."""
        return [
            row
            for row in self.contradictions
            if (row["place"], row["indicator"]) == (place, indicator)
            and (period, source)
            in ((row["period"], row["source"]), (row["other_period"], row["other_source"]))
        ]


def register_key(row: dict[str, str]) -> Key:
    """Key of a row of ``contradictions.csv``."""
    return (
        row["place"], row["indicator"], row["period"], row["source"],
        row["other_period"], row["other_source"],
    )  # fmt: skip


def anchor_of(row: dict[str, str]) -> str:
    """Anchor of a row of ``contradictions.csv`` on its page, before slugging."""
    return "-".join(register_key(row))


def _row_key(row: dict[str, str]) -> str:
    return "/".join((row["place"], row["indicator"], row["period"], row["source"]))


# -------------------------------------------------------------------------------------- checking


def check(data: Path = DATA) -> list[Problem]:
    """Every fault of the registers in folder ``data``.

    Call it on tables that hold together (``tables.check``); it reads them anew.
    """
    tables = Tables(Path(data))
    return [problem for _, problem in changed(tables)] + disagreeing(tables)


def changed(tables: Tables) -> list[tuple[str, Problem]]:
    """Faults of the registers of corrections and re-readings, and rows that differ from them.

    Each comes with the key of the row that differs, or nothing.
    """
    if not _registered(tables):
        return []
    found = list(_check_corrections(tables))
    corrected = {key for key, _ in found}
    read = _check_rereadings(tables, Registers(tables))
    return found + [each for each in read if not each[0] or each[0] not in corrected]


def disagreeing(tables: Tables, aside: Collection[str] = ()) -> list[Problem]:
    """Contradictions that are not registered, and lines of the register that are none.

    Rows whose keys are in ``aside`` are left alone: they have a fault already.
    """
    return list(_check_contradictions(tables, Registers(tables), aside)) if _registered(tables) else []


def _registered(tables: Tables) -> bool:
    """Whether a data folder has the registers; one without promises nothing."""
    known = {resource["name"] for resource in tables.package["resources"]}
    return {CONTRADICTIONS, CORRECTIONS, REREADINGS} <= known


def _check_contradictions(
    tables: Tables, registers: Registers, aside: Collection[str]
) -> Iterator[Problem]:
    in_data = {found.key: found for found in contradictions(tables)}
    numbers = {
        (row["place"], row["indicator"], row["period"], row["source"]): number
        for number, row in enumerate(tables.rows("observations"), start=2)
    }

    def is_aside(key: Key) -> bool:
        return not {"/".join(key[:4]), "/".join((*key[:2], *key[4:]))}.isdisjoint(aside)

    listed = set()
    for number, row in enumerate(registers.contradictions, start=2):
        key = register_key(row)
        listed.add(key)
        if key in in_data or is_aside(key):
            continue
        turned = (*key[:2], *key[4:], *key[2:4])
        if turned in in_data:
            yield Problem(
                f"data/{CONTRADICTIONS}.csv", number, "source", "the two rows are turned round",
                "order them by period, then by source",
            )
            listed.add(turned)
        else:
            missing = [k for k in (key[:4], (*key[:2], *key[4:])) if k not in numbers]
            what = f"there is no row {'/'.join(missing[0])}" if missing else "the rows agree"
            yield Problem(
                f"data/{CONTRADICTIONS}.csv", number, "place",
                f"this contradiction is not in the data: {what}",
                "delete the line, or correct its keys",
            )
    for key, found in in_data.items():
        if key in listed or is_aside(key):
            continue
        a, b = found.first, found.second
        yield Problem(
            "data/observations.csv", numbers[key[:4]], "value",
            f"{a.text()} for {a.period} contradicts {b.text()} for {b.period} "
            f"in row {numbers[(*key[:2], *key[4:])]} ({b.sources[0]})",
            f"correct the row, or add {','.join(key)} to data/{CONTRADICTIONS}.csv with a reason",
        )


def _check_corrections(tables: Tables) -> Iterator[tuple[str, Problem]]:
    names = {resource["name"] for resource in tables.package["resources"]}
    file = f"data/{CORRECTIONS}.csv"
    rows = list(enumerate(tables.rows(CORRECTIONS), start=2))
    last = {  # of several corrections of one cell, the line of the latest
        (row["table"], row["row"], row["column"]): number
        for number, row in sorted(rows, key=lambda line: (line[1]["date"], line[0]))
    }
    by_key = cache(partial(_by_key, tables))
    for number, row in rows:
        if row["table"] not in names:
            yield "", Problem(
                file, number, "table", f"unknown table {row['table']!r}", "see datapackage.json"
            )
            continue
        if row["old"] == row["new"]:
            yield "", Problem(file, number, "new", "the same as old", "say what was changed")
        if last[row["table"], row["row"], row["column"]] != number:
            continue  # a later correction of the same cell stands
        if row["column"] == GRADED and _is_graded(tables, row["table"]):
            continue  # typed in earlier editions, and computed since
        cells = by_key(row["table"]).get(row["row"])
        if not row["column"]:
            if cells is not None and not row["new"]:
                yield "", Problem(
                    file, number, "row", "the row was taken out, and is in the data",
                    "delete one of the two",
                )
            elif cells is None and row["new"]:
                yield "", Problem(
                    file, number, "row", f"there is no row {row['row']}", "correct the key",
                )
        elif cells is None or row["column"] not in cells:
            what = "column" if cells is not None else "row"
            yield "", Problem(
                file, number, what, f"there is no {what} {row[what]}", "correct the key",
            )
        elif cells[row["column"]] != row["new"]:
            yield row["row"], Problem(
                file, number, "new",
                f"the data hold {cells[row['column']]!r}, not {row['new']!r}",
                "add the later correction, or restore the cell",
            )


def _is_graded(tables: Tables, table: str) -> bool:
    return any(r["name"] == table and r.get("graded") for r in tables.package["resources"])


def _by_key(tables: Tables, table: str) -> dict[str, dict[str, str]]:
    """The rows of a table by their primary keys, joined by strokes."""
    resource = next(r for r in tables.package["resources"] if r["name"] == table)
    columns = resource["schema"]["primaryKey"]
    return {"/".join(row[column] for column in columns): row for row in tables.rows(table)}


def _check_rereadings(tables: Tables, registers: Registers) -> Iterator[tuple[str, Problem]]:
    file = f"data/{REREADINGS}.csv"
    known = _readable(tables)
    corrected = {row["row"] for row in registers.corrections}
    latest = {key: found[0]["date"] for key, found in registers.rereadings.items()}
    digits = []
    for number, row in enumerate(tables.rows(REREADINGS), start=2):
        key = _row_key(row)
        if key not in known:
            yield "", Problem(
                file, number, "indicator", f"there is no row {key}",
                "give the key as it stands in the table that was read",
            )
        if row["outcome"] != RIGHT and not row["note"]:
            yield "", Problem(
                file, number, "note", f"{row['outcome']}, and no word why",
                "say what the source says, or where it was sought",
            )
        if row["outcome"] == CORRECTED and key not in corrected:
            yield "", Problem(
                file, number, "outcome", f"corrected, and no correction of {key} is registered",
                f"add it to data/{CORRECTIONS}.csv",
            )
        if row["outcome"] in (RIGHT, CORRECTED) and known.get(key) and row["date"] == latest[key]:
            differ = [_differing(row, cells) for cells in known[key]]
            if not any(not each for each in differ):
                problem, only_digits = _as_read(number, row, *min(differ, key=len)[0])
                if only_digits:
                    digits.append((key, problem))
                else:
                    yield key, problem
    if len(digits) > MANY_ALIKE:  # one cause: a program that rewrote the table
        key, first = digits[0]
        digits = [(key, replace(
            first, message=f"{first.message}; {len(digits)} rows are written otherwise than read",
            remedy="restore the file from the last commit and change it in a text editor",
        ))]  # fmt: skip
    yield from digits


#: Where the re-reading of all figures of a column and a period of a complete distribution stands.
WHOLE = "china"
NUMBERS = ("integer", "number")  # types of the columns that have a sum
#: Rows that differ from what was read in zeros alone, from which on they have one cause.
MANY_ALIKE = 5
#: What a column of ``rereadings.csv`` that says what was read begins with: ``read_value`` is what
#: stood for ``value``.  A further column of what is read again needs no more than its description.
READ = "read_"


@dataclass(frozen=True)
class _Cells:
    """A row that can be read again: its file, its line, and its cells by what was read of it."""

    file: str
    line: int
    cells: dict[str, str]
    columns: dict[str, str]  # the column of the file for each, where it is called otherwise


def _differing(row: dict[str, str], found: _Cells) -> list[tuple[_Cells, str, str, str]]:
    """Cells of a row that differ from what a re-reading found: row, column, found and read."""
    return [
        (found, column, found.cells[column], read)
        for name, read in row.items() if name.startswith(READ)
        and (column := name.removeprefix(READ)) in found.cells and found.cells[column] != read
    ]  # fmt: skip


def _as_read(
    number: int, row: dict[str, str], found: _Cells, column: str, now: str, read: str
) -> tuple[Problem, bool]:
    """The fault of a row that is not as it was read, and whether its digits alone differ."""
    if column == "value" and not read:
        return Problem(
            f"data/{REREADINGS}.csv", number, READ + column,
            f"{row['outcome']}, and not what was read",
            f"write what the source prints, which is {now!r} if the row is right",
        ), False  # fmt: skip
    try:
        only_digits = float(now) == float(read)
    except ValueError:
        only_digits = False
    return Problem(
        found.file, found.line, found.columns.get(column, column),
        f"{now!r}, where the source was read again on {row['date']} and says {read!r} "
        f"(row {number} of data/{REREADINGS}.csv)",
        f"restore {read!r}, or read the source again and add what it says to data/{REREADINGS}.csv",
    ), only_digits  # fmt: skip


def _readable(tables: Tables) -> dict[str, list[_Cells]]:
    """Rows that can be read again: observations, targets and complete distributions, by key.

    A target stands under its indicator or, without one, its name; a figure of a distribution under
    ``table/column``, and all figures of a column and a period together under :data:`WHOLE`, with their
    sum, which no row holds.
    """
    found: dict[str, list[_Cells]] = {}
    for table in ("observations", "targets"):
        for line, row in enumerate(tables.rows(table), start=2):
            name = row["indicator"] or row["name_en"]
            key = "/".join((row["place"], name, row["period"], row["source"]))
            found.setdefault(key, []).append(_Cells(f"data/{table}.csv", line, row, {}))
    for resource in tables.package["resources"]:
        if resource["path"].startswith("distributions/"):
            file = f"data/{resource['path']}"
            columns = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
            wholes: dict[tuple[str, str], list[str]] = {}
            for line, row in enumerate(tables.rows(resource["name"]), start=2):
                for column, kind in columns.items():
                    end = f"{resource['name']}/{column}/{row['period']}/{row['source']}"
                    cell = _Cells(file, line, {"value": row[column]}, {"value": column})
                    found.setdefault(f"{row['place']}/{end}", []).append(cell)
                    if kind in NUMBERS and row[column]:
                        wholes.setdefault((f"{WHOLE}/{end}", column), []).append(row[column])
            for (key, column), cells in wholes.items():
                total = _Cells(file, 1, {"value": str(sum(map(Decimal, cells)))}, {"value": f"{column}, in sum"})
                found.setdefault(key, [total])
    return found
