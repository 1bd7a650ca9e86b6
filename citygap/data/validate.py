"""Holding the tables against their description, and against rules that no schema expresses.

``data/datapackage.json`` gives columns, types, constraints, keys and foreign keys; on top of it
every source must be in the bibliography, every unit of the dimension of its indicator, only a rate
may be below zero, a range must have two ends, and a province must be one.  Each fault is one :class:`~citygap.data.io.Problem`: file, row, column, what is wrong and what
to do.  One cause is one fault: a column that a program rewrote, or cells that moved, are not named
row by row.

Out of scope: whether a figure is likely (``questions``) or agrees with another (``corrections``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from citygap.data import corrections
from citygap.data.bibliography import source_faults
from citygap.data.bibtex import read_sources
from citygap.data.cell_rules import NUMBER, cell_test, nearest, slip
from citygap.data.io import (
    BIBLIOGRAPHY, DATA, PACKAGE, DataError, Problem, read_package, read_rows, shown_path,
)
from citygap.data.plausibility import questions
from citygap.data.plausibility.china_divisions import faults as place_faults
from citygap.data.plausibility.rewritten_digits import lost_digits
from citygap.data.tables import Tables
from citygap.data.works import record

RATE = "rate"  # the nature of an indicator that may be below zero
MOVED = 3  # cells of a row, or columns of a table, from which on they have moved
ALIKE = 5  # faults of one column that are named one by one


def check(data: Path = DATA) -> list[Problem]:
    """Every fault of the tables in folder ``data``; an empty list if they hold together.

    Whether figures are plausible, and the registers, are looked at once the tables are sound.  A
    row of which one of them speaks is left alone by the next.
    """
    try:
        problems = _Checker(Path(data)).run()
        if problems:
            return problems
        tables = Tables(Path(data))
        found = corrections.changed(tables)
        spoken = {key for key, _ in found}
        found += [each for each in questions.check(tables) if each[0] not in spoken]
        spoken |= {key for key, _ in found}
        return [problem for _, problem in found] + corrections.disagreeing(tables, spoken)
    except DataError as error:
        return error.problems


class _Checker:
    def __init__(self, data: Path):
        self.data = data
        self.package = read_package(data)
        self.sources = read_sources(data / BIBLIOGRAPHY)
        self.problems: list[Problem] = []
        self.tables: dict[str, tuple[str, list[str], list[list[str]]]] = {}
        #: Columns (table, column) and cells (table, column, row) that a problem was found in.
        self.faulty: set[tuple] = set()

    def run(self) -> list[Problem]:
        for resource in self.package["resources"]:
            path = self.data / resource["path"]
            self.tables[resource["name"]] = (shown_path(path), *read_rows(path))
        for resource in self.package["resources"]:
            self._resource(resource)
        for resource in self.package["resources"]:
            for foreign in resource["schema"].get("foreignKeys", []):
                self._foreign(resource, foreign)
        self.problems += source_faults(self.sources, self.data / BIBLIOGRAPHY)
        if not self.problems:  # the rules below rely on sound cells
            self._sources()
        if not self.problems:  # and those of copies on sound keys
            self._copies()
            self._units()
            self._bounds()
            self._places()
        return self.problems

    def _add(self, file, row, column, message, remedy):
        self.problems.append(Problem(file, row, column, message, remedy))

    def _resource(self, resource: dict) -> None:
        """The header, each cell, and keys that stand twice."""
        name = resource["name"]
        file, header, body = self.tables[name]
        fields = resource["schema"]["fields"]
        names = [field["name"] for field in fields]
        if header != names:
            self._header(file, header, names)
            self.faulty.update((name, column) for column in names)
            return
        keys = resource["schema"].get("primaryKey", [])
        self._empty_rows(file, header, body)
        faults: list[tuple[int, int, str, str]] = []  # row, column, what is wrong, what to do
        rewritten = {
            column: lost for column, field in enumerate(fields)
            if (lost := lost_digits(field, [row[column] for row in body]))
        }  # fmt: skip
        if rewritten:  # by one program, whose work is one fault
            (first, (number, message, remedy)), *others = rewritten.items()
            also = ", ".join(names[column] for column, _ in others)
            self._add(file, number, names[first], message + (f"; so are those of {also}" if also else ""), remedy)
            self.faulty |= {(name, names[column]) for column in rewritten}
        for column, field in enumerate(fields):
            if column in rewritten:
                continue
            test = lru_cache(maxsize=None)(cell_test(field, field["name"] in keys))
            for number, row in enumerate(body, start=2):
                if (fault := test(row[column])) and any(row):
                    faults.append((number, column, *fault))
                    self.faulty |= {(name, field["name"]), (name, field["name"], number)}
        moved = self._cells(file, names, len(body), faults)
        self.faulty |= {(name, column, row) for column in names for row in moved}
        seen: dict[tuple, int] = {}
        twice: list[tuple[int, tuple]] = []
        columns = [names.index(key) for key in keys]
        for number, row in enumerate(body, start=2):
            key = tuple(row[column] for column in columns)
            if key in seen and any(row) and number not in moved:
                twice.append((number, key))
            seen.setdefault(key, number)
        for number, key in twice[: 1 if len(twice) > ALIKE else ALIKE]:
            message = f"same key as row {seen[key]} ({', '.join(key)})"[:300]
            if len(twice) > ALIKE:
                message += f"; {len(twice)} rows stand twice, to row {twice[-1][0]}"
            self._add(
                file, number, "+".join(keys), message,
                "delete one of the two, or tell them apart by period or source",
            )

    def _empty_rows(self, file: str, header: list[str], body: list[list[str]]) -> None:
        """Rows of commas alone, such as a spreadsheet leaves below a table: one fault a stretch."""
        first = 0
        for number, row in enumerate([*body, ["end"]], start=2):
            if not any(row):
                first = first or number
            elif first:
                rows = f"rows {first} to {number - 1} are" if number - 1 > first else "the row is"
                what = "these rows" if number - 1 > first else "the row"
                self._add(file, first, header[0], f"{rows} empty", f"delete {what}")
                first = 0

    def _cells(
        self, file: str, names: list[str], rows: int, faults: list[tuple[int, int, str, str]]
    ) -> set[int]:
        """Faults of cells, in order of columns: many of one cause are one.

        Gives back the rows whose cells have moved, of which nothing else is to be said.
        """
        columns, of_row = defaultdict(list), defaultdict(list)
        for fault in faults:
            columns[fault[1]].append(fault)
            of_row[fault[0]].append(fault)
        moved = [column for column, found in columns.items() if len(found) > max(2, rows / 2)]
        if len(moved) >= MOVED:  # the table as a whole
            number, column, message, _ = faults[0]
            self._add(
                file, number, names[column], f"{message}, and so on: in {len(of_row)} rows the cells "
                f"do not fit their columns ({', '.join(names[c] for c in moved)})",
                "move the cells back to their columns, or restore the file from the last commit",
            )  # fmt: skip
            return set(range(2, rows + 2))
        shifted = {number for number, found in of_row.items() if len(found) >= MOVED}
        for number in sorted(shifted):
            (_, column, message, _), *_ = found = of_row[number]
            self._add(
                file, number, names[column], f"{message}; {len(found)} cells of the row do not fit "
                f"their columns ({', '.join(names[f[1]] for f in found)})",
                "move the cells of the row back to their columns",
            )
        for column, found in columns.items():
            left = [fault for fault in found if fault[0] not in shifted]
            for number, _, message, remedy in left[: 1 if len(left) > ALIKE else ALIKE]:
                if len(left) > ALIKE:
                    message += f"; {len(left)} rows have a fault in this column, to row {left[-1][0]}"
                self._add(file, number, names[column], message, remedy)
        return shifted

    def _header(self, file: str, header: list[str], names: list[str]) -> None:
        """One fault a column: a misspelt one is not a missing and an unknown one."""
        twice = {name for name in header if header.count(name) > 1}
        unknown = [name for name in dict.fromkeys(header) if name not in names]
        for name in names:
            if name in twice:
                self._add(file, 1, name, "the column stands twice", "delete one of the two")
            elif name not in header:
                meant = nearest(name, unknown)
                if meant is None and len(unknown) == 1 and len(header) == len(names):
                    meant = unknown[0]
                if meant is None:
                    self._add(file, 1, name, "the column is missing", "add it")
                else:
                    unknown.remove(meant)
                    self._add(
                        file, 1, name, f"the column is called {meant[:60]!r}", f"call it {name!r}"
                    )
        for name in unknown:
            self._add(
                file, 1, name[:60] or "-",
                "unknown column" if name else "a column without a name, as pandas writes its index",
                f"delete it, or describe it in {PACKAGE}" if name else "delete it, or write with index=False",
            )
        if not self.problems:
            self._add(file, 1, header[0], "columns out of order", f"order: {', '.join(names)}")

    def _foreign(self, resource: dict, foreign: dict) -> None:
        """Keys of another table that are not there; a cell that has a fault already has no other."""
        name, column = resource["name"], foreign["fields"]
        target, key = foreign["reference"]["resource"] or name, foreign["reference"]["fields"]
        file, header, body = self.tables[name]
        if (target, key) in self.faulty or column not in header:
            return  # that is reported already
        tfile, theader, tbody = self.tables[target]
        at, there = header.index(column), theader.index(key)
        known = {row[there] for row in tbody}
        self._unknown(file, column, target, tfile, known, [
            (number, row[at]) for number, row in enumerate(body, start=2)
            if row[at] and row[at] not in known and (name, column, number) not in self.faulty
        ], self._own_units(header, body) if target == "units" else {})  # fmt: skip

    def _own_units(self, header: list[str], body: list[list[str]]) -> dict[int, str]:
        """For each row of a table of figures the unit of its indicator, where that is known."""
        _, names, indicators = self.tables["indicators"]
        if "indicator" not in header or not {"indicator", "unit"} <= set(names):
            return {}
        units = {row[names.index("indicator")]: row[names.index("unit")] for row in indicators}
        at = header.index("indicator")
        return {number: units.get(row[at], "") for number, row in enumerate(body, start=2)}

    def _unknown(
        self, file: str, column: str, what: str, home: str, known: Collection[str],
        cells: list[tuple[int, str]], own: Mapping[int, str] | None = None,
    ) -> None:  # fmt: skip
        """Keys that are not in the table (or bibliography) ``home``: one fault a key.

        ``own`` gives, by row, the key that would be expected there.
        """
        rows: dict[str, list[int]] = defaultdict(list)
        for number, cell in cells:
            rows[cell].append(number)
        for cell, numbers in rows.items():
            more = f" (in {len(numbers)} rows)" if len(numbers) > 1 else ""
            meant = slip(cell, known)
            remedy = f"add it to {home}" + (f", or correct it to {meant!r} if that is meant" if meant else "")
            if expected := (own or {}).get(numbers[0]):
                remedy = f"give the figure in {expected!r}, the unit of its indicator, or {remedy}"
            self._add(file, numbers[0], column, f"unknown {what} {cell[:60]!r}{more}", remedy)

    def _sources(self) -> None:
        for file, header, body in self.tables.values():
            if "source" not in header:
                continue
            column = header.index("source")
            self._unknown(file, "source", "source", f"data/{BIBLIOGRAPHY}", self.sources, [
                (number, row[column]) for number, row in enumerate(body, start=2)
                if row[column] not in self.sources
            ])  # fmt: skip

    def _copies(self) -> None:
        """Copies and hosts beside the bibliography, of a folder that records them."""
        if not {"copies", "hosts"} <= set(self.tables):
            return
        resting = {
            row[header.index("source")]
            for name, (_, header, body) in self.tables.items() if name != "copies" and "source" in header
            for row in body
        }  # fmt: skip
        self.problems += record.faults(self.sources, self.tables["copies"], self.tables["hosts"], resting)

    def _units(self) -> None:
        _, header, body = self.tables["units"]
        dimension = {row[header.index("unit")]: row[header.index("dimension")] for row in body}
        _, header, body = self.tables["indicators"]
        expected = {
            row[header.index("indicator")]: row[header.index("unit")] for row in body
        }
        for name in ("observations", "targets"):
            file, header, body = self.tables[name]
            unit, indicator = header.index("unit"), header.index("indicator")
            for number, row in enumerate(body, start=2):
                want = expected.get(row[indicator])
                if want and dimension[row[unit]] != dimension[want]:
                    self._add(
                        file, number, "unit", f"{row[unit]!r} for an indicator in {want!r}",
                        f"give the value in {want!r} or a unit of its dimension",
                    )

    def _bounds(self) -> None:
        file, header, body = self.tables["targets"]
        low, high, bound = (header.index(c) for c in ("value", "value_high", "bound"))
        for number, row in enumerate(body, start=2):
            if (row[bound] == "range") != bool(row[high]):
                self._add(
                    file, number, "value_high", "a range has two ends, another bound has one",
                    "give value_high for bound 'range' only",
                )
            elif row[high] and float(row[high]) < float(row[low]):
                self._add(file, number, "value_high", "smaller than value", "swap the two")
        _, header, body = self.tables["indicators"]
        at, nature = header.index("indicator"), header.index("nature")
        rates = {row[at] for row in body if row[nature] == RATE}
        for name in ("observations", "targets"):
            file, header, body = self.tables[name]
            at, value = header.index("indicator"), header.index("value")
            for number, row in enumerate(body, start=2):
                if float(row[value]) < 0 and row[at] not in rates:
                    self._add(
                        file, number, "value", f"{row[value]} is below 0, which only a rate can be",
                        f"correct the value, or the nature of {row[at] or 'what is aimed at'!r}",
                    )
        for file, header, body in self.tables.values():
            if {"value", "bound", "unit"} <= set(header):
                self._worded(file, header, body)

    def _places(self) -> None:
        file, header, body = self.tables["places"]
        for fault in place_faults([dict(zip(header, row, strict=True)) for row in body]):
            self._add(file, *fault)

    def _worded(self, file: str, header: list[str], body: list[list[str]]) -> None:
        """A bound is the word around a value; a value in words needs none."""
        value, bound = header.index("value"), header.index("bound")
        for number, row in enumerate(body, start=2):
            if bool(row[bound]) != bool(row[value]) and (row[bound] or NUMBER.fullmatch(row[value])):
                self._add(
                    file, number, "bound", "a number and the word around it stand together",
                    "give both, or leave both empty",
                )
