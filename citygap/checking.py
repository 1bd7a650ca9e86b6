"""Holding the tables against their description, and against rules that no schema expresses.

``data/datapackage.json`` gives columns, types, constraints, keys and foreign keys; on top of it
every source must be in the bibliography, every unit of the dimension of its indicator, only a rate
may be below zero, and a range must have two ends.  Each fault is one
:class:`~citygap.files.Problem`: file, row, column, what is wrong and what to do.

Out of scope: whether a figure is true.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from citygap.bibliography import source_faults
from citygap.cells import NUMBER, cell_test, nearest
from citygap.files import (
    BIBLIOGRAPHY, DATA, PACKAGE, DataError, Problem, read_rows, read_sources, shown_path,
)

NEEDED = ("places", "units", "indicators", "observations", "targets")  # by the rules below
RATE = "rate"  # the nature of an indicator that may be below zero


def check(data: Path = DATA) -> list[Problem]:
    """Every fault of the tables in folder ``data``; an empty list if they hold together.

    The registers of contradictions, corrections and re-readings are looked at once the tables are
    sound.
    """
    try:
        problems = _Checker(Path(data)).run()
        if problems:
            return problems
        from citygap import corrections  # here, since it reads the tables with what is above it

        return corrections.check(Path(data))
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
            self._units()
            self._bounds()
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
        for column, field in enumerate(fields):
            test = lru_cache(maxsize=None)(cell_test(field, field["name"] in keys))
            for number, row in enumerate(body, start=2):
                if fault := test(row[column]):
                    self._add(file, number, field["name"], *fault)
                    self.faulty |= {(name, field["name"]), (name, field["name"], number)}
        seen: dict[tuple, int] = {}
        columns = [names.index(key) for key in keys]
        for number, row in enumerate(body, start=2):
            key = tuple(row[column] for column in columns)
            if key in seen:
                self._add(
                    file,
                    number,
                    "+".join(keys),
                    f"same key as row {seen[key]} ({', '.join(key)})"[:300],
                    "delete one of the two, or tell them apart by period or source",
                )
            seen.setdefault(key, number)

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
                file, 1, name[:60] or "-", "unknown column",
                f"delete it, or describe it in {PACKAGE}",
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
        for number, row in enumerate(body, start=2):
            if row[at] and row[at] not in known and (name, column, number) not in self.faulty:
                near = nearest(row[at], known)
                remedy = f"did you mean {near!r}? Else add it" if near else "add it"
                self._add(
                    file, number, column, f"unknown {target} {row[at][:60]!r}",
                    f"{remedy} to {tfile}",
                )

    def _sources(self) -> None:
        for file, header, body in self.tables.values():
            if "source" not in header:
                continue
            column = header.index("source")
            for number, row in enumerate(body, start=2):
                if row[column] not in self.sources:
                    near = nearest(row[column], self.sources)
                    hint = f"did you mean {near!r}? Else add it" if near else "add it"
                    self._add(
                        file, number, "source", f"unknown source {row[column]!r}",
                        f"{hint} to data/{BIBLIOGRAPHY}",
                    )

    def _units(self) -> None:
        dimension = {row[0]: row[2] for row in self.tables["units"][2]}
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

    def _worded(self, file: str, header: list[str], body: list[list[str]]) -> None:
        """A bound is the word around a value; a value in words needs none."""
        value, bound = header.index("value"), header.index("bound")
        for number, row in enumerate(body, start=2):
            if bool(row[bound]) != bool(row[value]) and (row[bound] or NUMBER.fullmatch(row[value])):
                self._add(
                    file, number, "bound", "a number and the word around it stand together",
                    "give both, or leave both empty",
                )


def _fields(resource: dict) -> None:
    """Raise KeyError or re.error for a description of columns that rests on nothing."""
    schema = resource["schema"]
    names = {field["name"] for field in schema["fields"]}
    for field in schema["fields"]:
        re.compile(field.get("constraints", {}).get("pattern", ""))
    keys = [*schema.get("primaryKey", ()), *(f["fields"] for f in schema.get("foreignKeys", ()))]
    for key in keys:
        if key not in names:
            raise KeyError(key)


def read_package(data: Path) -> dict:
    """The description of the tables; :class:`DataError` if it is none that they could be held to.

    Raises it too for a path that leaves the folder: what is described is copied into the book.
    """
    path = data / PACKAGE
    file = shown_path(path)

    def fault(row: int, column: str, message: str, remedy: str) -> DataError:
        return DataError([Problem(file, row, column, message, remedy)])

    try:
        package = json.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise fault(0, "-", "the file is missing", "restore it") from None
    except UnicodeDecodeError:
        raise fault(0, "-", "not UTF-8", "save the file with encoding UTF-8") from None
    except json.JSONDecodeError as error:
        raise fault(error.lineno, "-", f"not JSON: {error.msg}", "mend the line") from None
    except RecursionError:
        raise fault(0, "-", "not JSON that can be read: nested too deep", "restore it") from None
    seen: set[str] = set()
    try:
        for number, resource in enumerate(package["resources"], start=1):
            name, where = resource["name"], resource["path"]
            if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name) or name in seen:
                raise fault(number, "name", f"{name[:60]!r} is no name, or stands twice",
                            "use small letters, digits and -")  # fmt: skip
            if not re.fullmatch(r"(?:[a-z0-9_-]+/)*[a-z0-9_-]+\.csv", where):
                raise fault(number, "path", f"{where[:60]!r} is no table of the folder",
                            "give the path of a .csv file from the folder on")  # fmt: skip
            seen.add(name)
            _fields(resource)
        for number, resource in enumerate(package["resources"], start=1):
            for foreign in resource["schema"].get("foreignKeys", ()):
                target = foreign["reference"]["resource"]
                if target and target not in seen:
                    raise fault(number, "foreignKeys", f"there is no table {target[:60]!r}",
                                "correct the reference")  # fmt: skip
        if lacking := [name for name in NEEDED if name not in seen]:
            raise fault(0, "resources", f"no table {lacking[0]!r}", "restore it")
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise fault(
            0, "resources", f"not a data package: {type(error).__name__}: {error}",
            "see https://datapackage.org and the version before",
        ) from None
    return package
