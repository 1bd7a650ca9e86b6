"""The page of each indicator: what is counted, what it leaves out, and every row that counts it.

Out of scope: what the figures of one place say together (the book's own package).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from citygap.data.corrections import anchor_of
from citygap.quantity.quantity import UNITS, Quantity
from citygap.quantity.units import CHINESE_SCALE, scaled
from press import data_urls
from press.data_pages import coverage_plot
from press.data_pages import wording
from press.data_pages.site import Page, Site
from press.data_pages.wording import range_of
from press.languages.printed import csv_mark, say

#: A place without a page that has rows of more indicators than these is found by its entry alone
#: (``press.search.search_index``): the pages of all its indicators would bury every other result.
FEW = 20


class Rows:
    """The observations of each indicator, in order of place and time, with their quantities."""

    def __init__(self, site: Site):
        order = {place: number for number, place in enumerate(site.names)}
        self.of: dict[str, list[dict[str, str]]] = {key: [] for key in site.indicators}
        for row in site.observations:
            self.of[row["indicator"]].append(row)
        for rows in self.of.values():
            rows.sort(key=lambda row: (order[row["place"]], row["period"], row["source"]))
        self.tables = site.tables
        counted = Counter(row["place"] for rows in self.of.values()
                          for row in {row["place"]: row for row in rows}.values())
        self.sought = {
            row["place"]: f"{row['name_en']} {row['name_hans']} {row['name_hant']}"
            for row in self.tables.rows("places")
            if row["place"] not in site.own_page and counted[row["place"]] <= FEW
        }  # fmt: skip

    def readings(self, indicator: str) -> dict[tuple[str, str], list[Quantity]]:
        """Readings by place and period, the one that speaks first."""
        found: dict[tuple[str, str], list[Quantity]] = {}
        for place in dict.fromkeys(row["place"] for row in self.of[indicator]):
            for q in self.tables.readings(place, indicator):
                found.setdefault((place, q.period), []).append(q)
        return found


def pages(site: Site, rows: Rows) -> Iterator[Page]:
    concepts: dict[str, list[dict[str, str]]] = {}
    for indicator in site.indicators.values():
        concepts.setdefault(indicator["concept"], []).append(indicator)
    targets: dict[str, list[dict[str, str]]] = {}
    for row in site.tables.rows("targets"):
        targets.setdefault(row["indicator"], []).append(row)
    for key, indicator in site.indicators.items():
        siblings = [other for other in concepts[indicator["concept"]] if other is not indicator]
        yield page(site, indicator, siblings, rows, targets.get(key, []))


def page(
    site: Site,
    indicator: dict[str, str],
    siblings: list[dict[str, str]],
    rows: Rows,
    targets: list[dict[str, str]],
) -> Page:
    """The page of one indicator; ``siblings`` measure the same idea on other scopes."""
    key = indicator["indicator"]
    own = rows.of[key]
    places = dict.fromkeys(row["place"] for row in own)
    seen = [(site.names[place], [coverage_plot.Seen(period, forecast) for period, forecast in of.items()])
            for place, of in _seen(own).items()]  # fmt: skip
    every = [one for _, of in seen for one in of]
    return site.page(
        data_urls.indicator_page(key),
        say("{name} ({scope})", name=wording.named(indicator), scope=wording.named(indicator, "scope")),
        " ".join((indicator["name_hans"], key, indicator["scope"], indicator["concept"],
                  *(rows.sought[place] for place in places if place in rows.sought))),
        "data/indicator.html",
        own=indicator,
        siblings=siblings,
        places=places,
        unit=unit_of(indicator),
        picture=coverage_plot.coverage(seen, coverage_plot.coverage_words(seen)) if own else "",
        forecasts=any(one.forecast for one in every),
        spans=any("/" in one.period and one.years[0] != one.years[1] for one in every),
        rows=observations(site, key, rows),
        targets=sorted(targets, key=lambda row: (row["place"], row["period"])),
    )  # fmt: skip


def unit_of(indicator: dict[str, str]) -> str:
    unit = indicator["unit"]
    if wording.in_chinese():
        return indicator.get("measure_hans", "") if unit == "count" else wording.unit_name(unit)
    return scaled("", unit)[1] or {"ratio": "pure number"}.get(unit, "count")


def _seen(own: list[dict[str, str]]) -> dict[str, dict[str, bool]]:
    """The periods of each place, and whether there is nothing but a forecast."""
    by_place: dict[str, dict[str, bool]] = {}
    for row in own:
        seen = by_place.setdefault(row["place"], {})
        seen[row["period"]] = seen.get(row["period"], True) and row["bound"] == "expected"
    return by_place


def observations(site: Site, key: str, rows: Rows) -> list[dict]:
    """Every observation, with how it was read, whether it speaks for its period, and what the
    registers say of it."""
    readings = rows.readings(key)
    by_row = {q.rows[0]: q for found in readings.values() for q in found}
    found = []
    for row in rows.of[key]:
        q = by_row["/".join((row["place"], key, row["period"], row["source"]))]
        of_period = readings[row["place"], row["period"]]
        at = (row["place"], key, row["period"], row["source"])
        found.append(row | {
            "of_several": len(of_period) > 1,
            "speaks": len(of_period) > 1 and of_period[0] is q,
            "forecast": q.forecast,
            "range": _as_read(q, row["unit"]),
            "against": [_other(each, row) for each in site.registers.against(*at)],
            "again": site.registers.reread(*at),
        })  # fmt: skip
    return found


def _as_read(q: Quantity, unit: str) -> str:
    """The range that the reading rules make of the words, where it is one.

    The unit is named where the indicator's differs from ``unit``, that of the row.
    """
    if q.low == q.high:
        return ""
    if wording.in_chinese():
        return range_of(q)
    text, own = scaled(range_of(q), q.unit)
    named = q.unit != unit or CHINESE_SCALE.match(unit)
    return f"{text} {own}".rstrip() if named and q.unit in UNITS else text


def _other(found: dict[str, str], row: dict[str, str]) -> tuple[str, str]:
    """Where a contradiction of a row is told, and the source of the other row."""
    own = (found["period"], found["source"]) == (row["period"], row["source"])
    address = f"{data_urls.CORRECTIONS}#{data_urls.slug(anchor_of(found))}"
    return address, found["other_source"] if own else found["source"]


def download(rows: list[dict[str, str]], site: Site) -> str:
    """The observations of an indicator as CSV text, with the outcome of the last re-reading."""
    told = []
    for row in rows:
        again = site.registers.reread(
            row["place"], row["indicator"], row["period"], row["source"]
        ) or {"date": "", "outcome": ""}
        told.append({**row, "reread": again["date"], "outcome": again["outcome"]})
    return as_csv(in_a_file([*rows[0], "reread", "outcome"], told, site))


def as_csv(lines: list[list[str]]) -> str:
    """The head and the rows of a file as CSV text; in Chinese with the mark by which Excel knows that
    it is UTF-8."""
    out = io.StringIO()
    out.write(csv_mark())
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def in_a_file(columns: list[str], rows: list[dict[str, str]], site: Site) -> list[list[str]]:
    """The head and the rows of a file; in Chinese with heads and names in Chinese."""
    if not wording.in_chinese():
        return [columns, *([row[column] for column in columns] for row in rows)]
    told = ([wording.in_a_file(column, row[column], site) for column in columns] for row in rows)
    return [[wording.column(column) for column in columns], *told]
