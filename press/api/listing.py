"""What the tables hold, as lists of plain dictionaries: one entry a row, with a key that stays.

The key of an entry (``id``) is made of what the row is about, never of its place in the file, so
that the same row has the same key in two editions: of an observation
``place/indicator/period/source``, of any other row its primary key joined by strokes.

Values are text as printed.  ``low`` and ``high`` are what citygap's reading rules make of them.

Out of scope: what pages say (``prose``), and how it is written down (``press.api``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from citygap.data.tables import Tables
from citygap.data.works import references
from press import FIGURES, data_urls
from press.api.prose import end
from press.extensions.provenance import Behind
from press.subject import subject

#: Tables that have a file of their own, or stand in one (copies in that of the sources); all others are in
#: ``tables.json``.
OWN = {"places", "indicators", "observations", "corrections", "copies"}
SOURCE = ("title", "title_en", "author", "author_en", "year", "date", "number", "kind", "role", "url", "note")


def places(tables: Tables) -> list[dict]:
    with_page = set(subject().places(tables))
    return [
        {"id": row["place"], **row,
         "page": data_urls.place_page(row["place"]) if row["place"] in with_page else ""}
        for row in tables.table("places").to_dict("records")
    ]  # fmt: skip


def indicators(tables: Tables) -> list[dict]:
    """Every indicator: what is counted, on which scope, in which unit."""
    return [
        {"id": row["indicator"], **row, "page": data_urls.indicator_page(row["indicator"])}
        for row in tables.table("indicators").to_dict("records")
    ]


def observations(tables: Tables) -> list[dict]:
    """Every observation as printed, and as read: bounds in the unit of its indicator."""
    behind = Behind(tables)
    rows = tables.table("observations").to_dict("records")
    read = {}
    for place, indicator in dict.fromkeys((row["place"], row["indicator"]) for row in rows):
        read |= {q.rows[0]: q for q in tables.readings(place, indicator)}
    found = []
    for row in rows:
        key = "/".join((row["place"], row["indicator"], row["period"], row["source"]))
        q = read[key]
        found.append(
            {"id": key, **row, "low": end(q.low), "high": end(q.high), "bounds_unit": q.unit,
             "scope": tables.indicator(row["indicator"])["scope"], "forecast": q.forecast,
             "reread": behind.reread(key), "page": behind.address(key)}
        )  # fmt: skip
    return found


def sources(tables: Tables) -> list[dict]:
    """Every work, with its grade, the pages on which it was read, and the keys of earlier editions.

    ``author`` and ``title`` are in the language of the work; ``url`` is its original address.
    """
    return [
        {"id": key, **{name: entry.get(name, "") for name in SOURCE},
         "short": references.short(key, entry), "grade": tables.grades.get(key, ""),
         "copies": [{name: value for name, value in copy.items() if name != "source"}
                    for copy in tables.copies.get(key, ())],
         "earlier_ids": [each for each in entry.get("ids", "").split(",") if each],
         "page": data_urls.source_address(key)}
        for key, entry in tables.sources.items()
    ]  # fmt: skip


def corrections(tables: Tables) -> list[dict]:
    return list(keyed(tables, "corrections"))


def others(tables: Tables) -> list[dict]:
    return [
        {"id": resource["name"], "title": resource["title"],
         "description": resource["description"], "file": f"_static/data/{resource['path']}",
         "key": resource["schema"]["primaryKey"],
         "page": data_urls.table_page(resource["name"]),
         "rows": list(keyed(tables, resource["name"]))}
        for resource in tables.package["resources"]
        if resource["name"] not in OWN.union(subject().lists())
    ]  # fmt: skip


def keyed(tables: Tables, name: str) -> Iterator[dict]:
    resource = next(each for each in tables.package["resources"] if each["name"] == name)
    columns = resource["schema"]["primaryKey"]
    for row in tables.table(name).to_dict("records"):
        yield {"id": "/".join(row[column] for column in columns), **row}


def figures(out: Path, named: Iterable[tuple[str, str]]) -> list[dict]:
    """Every figure, from the description that its card wrote; ``named`` are page and name of each.

    Paths are from the root of the built book in ``out``.  Raises OSError for a figure without card.
    """
    found = []
    for page, name in named:
        folder = out / FIGURES / Path(page).name
        told = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        files = {}
        for form, file in told["files"].items():
            data = (folder / file).read_bytes()
            files[form] = {
                "path": f"{FIGURES}/{Path(page).name}/{file}",
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
        found.append(
            {"id": name, "number": told["number"], "title": told["title"],
             "caption": told["caption"], "alt": told["alternative_text"], "page": f"{page}.html",
             "anchor": name, "files": files, "columns": told["columns"],
             "indicators": [each["key"] for each in told["indicators"]],
             "caveats": told["caveats"], "sources": [each["key"] for each in told["sources"]],
             "tables": told["tables"], "rows": [each["key"] for each in told["rows"]]}
        )  # fmt: skip
    return found
