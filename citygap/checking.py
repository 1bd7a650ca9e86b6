"""Holding the tables against their description, and against rules that no schema expresses.

``data/datapackage.json`` gives columns, types, constraints, keys and foreign keys; on top of it
every source must be in the bibliography, every unit of the dimension of its indicator, and a
range must have two ends.  Each fault is one :class:`~citygap.files.Problem`: file, row, column,
what is wrong and what to do.

Out of scope: whether a figure is true.
"""

from __future__ import annotations

import difflib
import json
import math
import re
from pathlib import Path

from citygap.files import (
    BIBLIOGRAPHY, DATA, PACKAGE, DataError, Problem, read_rows, read_sources, shown_path,
)

MAX_CELL = 2_000  # characters; a longer cell is a paste accident, and would be drawn on a page


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
        self.package = json.loads((data / PACKAGE).read_text(encoding="utf-8"))
        self.sources = read_sources(data / BIBLIOGRAPHY)
        self.problems: list[Problem] = []
        self.tables: dict[str, tuple[str, list[str], list[list[str]]]] = {}

    def run(self) -> list[Problem]:
        for resource in self.package["resources"]:
            if resource["path"].endswith(".csv"):
                path = self.data / resource["path"]
                self.tables[resource["name"]] = (shown_path(path), *read_rows(path))
        for resource in self.package["resources"]:
            if resource["name"] in self.tables:
                self._resource(resource)
        if not self.problems:  # the rules below rely on sound cells
            self._sources()
            self._units()
            self._bounds()
        return self.problems

    def _add(self, file, row, column, message, remedy):
        self.problems.append(Problem(file, row, column, message, remedy))

    def _resource(self, resource: dict) -> None:
        file, header, body = self.tables[resource["name"]]
        fields = resource["schema"]["fields"]
        names = [field["name"] for field in fields]
        if header != names:
            self._header(file, header, names)
            return
        for column, field in enumerate(fields):
            test = _cell_test(field)
            for number, row in enumerate(body, start=2):
                fault = test(row[column])
                if fault:
                    self._add(file, number, field["name"], *fault)
        keys = resource["schema"].get("primaryKey", [])
        seen: dict[tuple, int] = {}
        columns = [names.index(key) for key in keys]
        for number, row in enumerate(body, start=2):
            key = tuple(row[column] for column in columns)
            if key in seen:
                self._add(
                    file,
                    number,
                    "+".join(keys),
                    f"same key as row {seen[key]} ({', '.join(key)})",
                    "delete one of the two, or tell them apart by period or source",
                )
            seen.setdefault(key, number)
        for foreign in resource["schema"].get("foreignKeys", []):
            self._foreign(file, names, body, resource, foreign)

    def _header(self, file: str, header: list[str], names: list[str]) -> None:
        for name in names:
            if name not in header:
                self._add(file, 1, name, "the column is missing", "add it")
        for name in header:
            if name not in names:
                self._add(file, 1, name, "unknown column", f"{PACKAGE} knows {', '.join(names)}")
        if not self.problems:
            self._add(file, 1, header[0], "columns out of order", f"order: {', '.join(names)}")

    def _foreign(self, file, names, body, resource, foreign) -> None:
        column = names.index(foreign["fields"])
        target = foreign["reference"]["resource"] or resource["name"]
        tfile, theader, tbody = self.tables[target]
        if foreign["reference"]["fields"] not in theader:
            return  # the target's header is wrong, which is reported there
        tcolumn = theader.index(foreign["reference"]["fields"])
        known = {row[tcolumn] for row in tbody}
        for number, row in enumerate(body, start=2):
            if row[column] and row[column] not in known:
                near = _nearest(row[column], known)
                remedy = f"did you mean {near!r}? Else add it" if near else "add it"
                self._add(
                    file, number, names[column], f"unknown {target} {row[column]!r}",
                    f"{remedy} to {tfile}",
                )

    def _sources(self) -> None:
        for file, header, body in self.tables.values():
            if "source" not in header:
                continue
            column = header.index("source")
            for number, row in enumerate(body, start=2):
                if row[column] not in self.sources:
                    near = _nearest(row[column], self.sources)
                    hint = f"did you mean {near!r}? Else add it" if near else "add it"
                    self._add(
                        file, number, "source", f"unknown source {row[column]!r}",
                        f"{hint} to data/{BIBLIOGRAPHY}",
                    )
        for key, entry in self.sources.items():
            if not re.match(r"^[A-Za-z0-9_-]+$", key):
                self._add(f"data/{BIBLIOGRAPHY}", 0, key, "bad key", "use letters and digits")
            url = entry.get("url", "")
            if url and not re.match(r"^https?://[^\s<>\"']+$", url):
                self._add(
                    f"data/{BIBLIOGRAPHY}", 0, key, f"not a web address: {url[:60]!r}",
                    "give an http or https address, or leave url out",
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


def _cell_test(field: dict):
    """A function from cell text to a fault (message, remedy) or None, made from a field."""
    limits = field.get("constraints", {})
    kind = field.get("type", "string")
    pattern = re.compile(limits["pattern"]) if "pattern" in limits else None
    allowed = limits.get("enum")

    def test(cell: str):
        if not cell:
            return ("empty", "give a value") if limits.get("required") else None
        if len(cell) > MAX_CELL:
            return f"{len(cell)} characters in one cell", f"at most {MAX_CELL}"
        if any(ord(c) < 32 for c in cell):
            return "line break or control character in a cell", "write it on one line"
        if cell != cell.strip():
            return f"blanks around {cell.strip()!r}", "remove them"
        if cell[0] in "=@" or (cell[0] in "+-" and kind == "string" and not cell[1:2].isdigit()):
            return f"{cell[:20]!r} would run as a formula in a spreadsheet", "reword the cell"
        if re.search(r"<\s*[a-zA-Z/!]", cell):
            return "markup in a cell", "write plain text"
        if kind in ("number", "integer"):
            shape = r"-?\d+(\.\d+)?" if kind == "number" else r"-?\d+"
            if not re.fullmatch(shape, cell) or not math.isfinite(float(cell)):
                return f"{cell[:40]!r} is not a {kind}", "write digits only, such as 12345.6"
            if "minimum" in limits and float(cell) < limits["minimum"]:
                return f"{cell} is below {limits['minimum']}", "correct the value"
            if "maximum" in limits and float(cell) > limits["maximum"]:
                return f"{cell} is above {limits['maximum']}", "correct the value"
        if pattern and not pattern.fullmatch(cell):
            return f"{cell[:40]!r} has the wrong form", field.get("remedy", f"see {PACKAGE}")
        if allowed and cell not in [str(value) for value in allowed]:
            near = _nearest(cell, allowed)
            return (
                f"unknown value {cell[:40]!r}",
                (f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(allowed)}",
            )
        return None

    return test


def _nearest(word: str, known) -> str | None:
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)
    return found[0] if found else None
