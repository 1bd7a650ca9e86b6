"""A small data folder of made-up rows, read in place of the book's own tables."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from citygap.data import tables
from citygap.data.tables import DATA, PACKAGE, Tables

#: Tables that say what words mean, and hold no figure.
KEPT = ("places", "indicators", "units")
#: What a made-up row need not say.
USUAL = {"source": "s", "confidence": "high", "bound": "exact", "listed": "listed"}

Rows = Iterable[Mapping[str, object]]


def small_tables(folder: Path, rows: Mapping[str, Rows]) -> Tables:
    """Tables of ``rows``, by the name of a table: each row a mapping of columns to values.

    Places, indicators and units are the book's own unless given; every other table is empty.
    A column that a row leaves out is taken from ``USUAL``, the unit from its indicator, and is
    empty otherwise.  Raises KeyError for a table or a column that there is not.
    """
    package = json.loads((DATA / PACKAGE).read_text(encoding="utf-8"))
    # Without a record of copies there is no grade, so made-up rows say how sure they are.
    package["resources"] = [each for each in package["resources"] if each["name"] not in ("copies", "hosts")]
    for each in package["resources"]:
        if each.pop("graded", False):
            each["schema"]["fields"].append({"name": "confidence", "type": "string", "description": ""})
    resources = {resource["name"]: resource for resource in package["resources"]}
    (folder / "distributions").mkdir(parents=True)
    (folder / PACKAGE).write_text(json.dumps(package), encoding="utf-8")
    (folder / "sources.bib").write_text("", encoding="utf-8")
    units = {r["indicator"]: r["unit"] for r in tables.book.table("indicators").to_dict("records")}
    for name in rows:
        resources[name]  # a misspelt table is an error
    for name, resource in resources.items():
        if name in KEPT and name not in rows:
            shutil.copy(DATA / resource["path"], folder / resource["path"])
            continue
        columns = [field["name"] for field in resource["schema"]["fields"]]
        with (folder / resource["path"]).open("w", encoding="utf-8", newline="") as handle:
            out = csv.writer(handle, lineterminator="\n")
            out.writerow(columns)
            for row in rows.get(name, ()):
                unknown = set(row) - set(columns)
                if unknown:
                    raise KeyError(f"{name} has no column {', '.join(sorted(unknown))}")
                whole = USUAL | {"unit": units.get(row.get("indicator"), "count")} | dict(row)
                out.writerow([whole.get(column, "") for column in columns])
    return Tables(folder)


def observed(place: str, indicator: str, period: str, value: object, **more: object) -> dict:
    """A row of ``observations``."""
    return {"place": place, "indicator": indicator, "period": period, "value": value} | more


def read_instead(monkeypatch: pytest.MonkeyPatch, made_up: Tables) -> Tables:
    """Every module of ``citygap`` that reads the book's tables reads ``made_up`` until the test ends.

    Only modules that are loaded: one that a test loads later would keep what it finds, so
    ``citygap.data.tables`` itself keeps the book's own.
    """
    for name, module in list(sys.modules.items()):
        if name == "citygap.data.tables" or name.split(".")[0] != "citygap":
            continue
        if getattr(module, "book", None) is tables.book:
            monkeypatch.setattr(module, "book", made_up)
    return made_up
