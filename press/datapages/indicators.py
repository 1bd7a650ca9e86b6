"""The page of each indicator: what is counted, what it leaves out, and every row that counts it.

Out of scope: what a city's figures say together (``cities``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from citygap import addresses
from citygap.corrections import anchor_of
from citygap.quantity import UNITS, Quantity
from press.datapages import pictures
from press.datapages.markup import (
    TOPICS,
    Frame,
    Page,
    Row,
    Site,
    bullets,
    chinese,
    code,
    confidence,
    definitions,
    paragraph,
    period_words,
    printed,
    range_of,
    section,
    table,
    text,
    warning,
)

NATURES = {
    "stock": "stock: what there is at a date",
    "flow": "flow: what happens over a period",
    "rate": "rate of change",
    "share": "share of a whole",
    "price": "price",
    "index": "index",
    "rank": "rank",
}


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

    def readings(self, indicator: str) -> dict[tuple[str, str], list[Quantity]]:
        """Readings by place and period, the one that speaks first."""
        found: dict[tuple[str, str], list[Quantity]] = {}
        for place in dict.fromkeys(row["place"] for row in self.of[indicator]):
            for q in self.tables.readings(place, indicator):
                found.setdefault((place, q.period), []).append(q)
        return found


def pages(site: Site, rows: Rows) -> Iterator[Page]:
    """A page for each indicator."""
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
    name = addresses.indicator_page(key).removesuffix(".html")
    frame = site.frame(name)
    own = rows.of[key]
    parts = [
        frame.trail(
            (addresses.OVERVIEW, "Data pages"),
            (f"{addresses.OVERVIEW}#{indicator['topic']}", TOPICS[indicator["topic"]]),
        ),
        f"<h1>{text(indicator['name_en'])}</h1>",
        paragraph(chinese(indicator["name_hans"]), "name-chinese") * bool(indicator["name_hans"]),
        facts(frame, indicator, rows),
    ]
    if siblings:
        parts.append(other_scopes(frame, indicator, siblings))
    if own:
        parts += [picture(site, own), observations(frame, key, rows)]
    else:
        parts.append(paragraph("No observation of this indicator was found."))
    if targets:
        parts.append(aims(frame, targets))
    words = " ".join((indicator["name_hans"], key, indicator["scope"], indicator["concept"]))
    title = f"{indicator['name_en']} ({indicator['scope']})"
    return Page(name, title, "".join(parts), words)


def facts(frame: Frame, indicator: dict[str, str], rows: Rows) -> str:
    """Definition, scope, unit, nature and what is left out."""
    key = indicator["indicator"]
    own = rows.of[key]
    places = len({row["place"] for row in own})
    unit = UNITS[indicator["unit"]].name or {"ratio": "pure number"}.get(indicator["unit"], "count")
    observed = (
        f"{_count(len(own), 'observation')} of {_count(places, 'place')}; "
        + frame.download(f"indicators/{key}.csv", "download them (CSV)")
        if own
        else "none"
    )
    return definitions([
        ("Definition", text(indicator["definition"])),
        ("Leaves out", text(indicator["leaves_out"])),
        ("Scope", text(indicator["scope"])),
        ("Unit", text(unit) + (" " + code(indicator["unit"]) if unit != "count" else "")),
        ("Nature", text(NATURES[indicator["nature"]])),
        ("Key", code(key)),
        ("Observed", observed),
    ])  # fmt: skip


def other_scopes(frame: Frame, indicator: dict[str, str], siblings: list[dict[str, str]]) -> str:
    """Links to the same idea on other scopes, and why their figures are not set side by side."""
    links = [
        f"{frame.indicator(other['indicator'])} "
        f'<span class="scope">scope: {text(other["scope"])}</span>'
        for other in siblings
    ]
    rules = frame.chapter("methods", "Methods")
    found = bullets(links)
    if len(siblings) > 6:
        found = (
            f"<details><summary>{_count(len(siblings), 'other scope')}</summary>{found}</details>"
        )
    return warning(
        "Not comparable with other scopes",
        paragraph(
            f"These indicators measure the same idea on another definition, by another house or "
            f"of another vintage. Figures of different scope are not comparable, whatever their "
            f"names: no figure here is added to, divided by or ranked with one of theirs "
            f"({rules} says how the book keeps them apart)."
        ),
        found,
    )


def picture(site: Site, own: list[dict[str, str]]) -> str:
    """Coverage by place and year."""
    by_place: dict[str, dict[str, bool]] = {}
    for row in own:
        seen = by_place.setdefault(site.names[row["place"]], {})
        seen[row["period"]] = seen.get(row["period"], True) and row["bound"] == "expected"
    rows = [
        (name, [pictures.Seen(period, forecast) for period, forecast in seen.items()])
        for name, seen in by_place.items()
    ]
    svg = pictures.coverage(rows, pictures.coverage_words(rows))
    note = "A square is a year, or a part of one, with a figure"
    if any(s.forecast for _, seen in rows for s in seen):
        note += "; a hollow one has a forecast only"
    if any("/" in s.period and s.years[0] != s.years[1] for _, seen in rows for s in seen):
        note += "; a bar is one figure for several years"
    body = f'<figure class="coverage">{svg}<figcaption>{note}.</figcaption></figure>'
    return section("coverage", "Coverage", body)


def observations(frame: Frame, key: str, rows: Rows) -> str:
    """Every observation: figure as printed, range as read, source, confidence, note, re-reading."""
    readings = rows.readings(key)
    by_row = {q.rows[0]: q for found in readings.values() for q in found}
    lines = []
    for row in rows.of[key]:
        at = (row["place"], row["period"])
        q = by_row["/".join((row["place"], key, row["period"], row["source"]))]
        speaks = len(readings[at]) > 1 and readings[at][0] is q
        lines.append(Row(
            (
                f'{frame.place(row["place"])}<br><span class="period">'
                f'{text(period_words(row["period"]))}</span>',
                f'<span class="printed">{printed(row["value"], row["bound"], row["unit"])}</span>'
                + ' <span class="speaks">speaks</span>' * speaks
                + _as_read(q, row["unit"]),
                f'{frame.source(row["source"])}<br>{confidence(row["confidence"])}'
                + (f", as of {text(row['as_of'])}" if row["as_of"] else ""),
                remarks(frame, row),
            ),
            addresses.row_anchor(row["place"], row["period"], row["source"]),
        ))  # fmt: skip
    note = ""
    if any(len(found) > 1 for found in readings.values()):
        note = paragraph(
            "Where several rows give one figure, all stand and one <em>speaks</em>: an outcome "
            "before a forecast, an official page before a repost, a later page before an earlier "
            "one, an exact figure before a bounded one."
        )
    head = ("Place and period", "Figure", "Source and confidence", "Note and re-reading")
    return section("observations", "Observations", note,
                   table(head, lines, "Every observation of this indicator", "observations"))


def _as_read(q: Quantity, unit: str) -> str:
    """The range that the reading rules make of the words, where it is one.

    The unit is named where the indicator's differs from ``unit``, that of the row.
    """
    forecast = '<br><span class="forecast">a forecast</span>' if q.forecast else ""
    if q.low == q.high:
        return forecast
    own = "" if q.unit == unit or q.unit not in UNITS else f" {text(UNITS[q.unit].name)}"
    return f'{forecast}<br><span class="range">read as {text(range_of(q))}{own.rstrip()}</span>'


def remarks(frame: Frame, row: dict[str, str]) -> str:
    """Note, contradictions and re-reading of an observation."""
    registers = frame.site.registers
    key = (row["place"], row["indicator"], row["period"], row["source"])
    parts = [text(row["note"])] if row["note"] else []
    against = []
    for found in registers.against(*key):
        own = (found["period"], found["source"]) == (row["period"], row["source"])
        other = found["other_source"] if own else found["source"]
        address = f"{addresses.CORRECTIONS}#{addresses.slug(anchor_of(found))}"
        against.append(frame.go(address, code(other)))
    if against:
        parts.append(f'<span class="contradicted">Contradicts</span> {", ".join(against)}')
    again = registers.reread(*key)
    if again:
        note = f": {text(again['note'])}" if again["note"] else ""
        kind = again["outcome"].replace(" ", "-")
        parts.append(
            f'<span class="reread {kind}">Read again {text(again["date"])}: '
            f"{text(again['outcome'])}</span>{note}"
        )
    else:
        parts.append('<span class="none">Not read again</span>')
    return "<br>".join(parts)


def aims(frame: Frame, targets: list[dict[str, str]]) -> str:
    """Targets that plans set for this indicator."""
    lines = [
        Row((
            f"{frame.place(row['place'])}<br><span class='period'>{text(row['period'])}</span>",
            printed(row["value"], row["bound"], row["unit"], row["value_high"]),
            f"{code(row['plan']) or 'no plan named'}",
            f"{frame.source(row['source'])}<br>{confidence(row['confidence'])}"
            + _read_again(frame, row),
        ))
        for row in sorted(targets, key=lambda row: (row["place"], row["period"]))
    ]  # fmt: skip
    return section(
        "targets", "Targets",
        paragraph("What plans aim at on this scope. A target is no observation."),
        table(("Place and period", "Aim", "Plan", "Source and confidence"), lines,
              "Targets on this indicator"),
    )  # fmt: skip


def _read_again(frame: Frame, row: dict[str, str]) -> str:
    """The re-reading of a target, if it has one."""
    again = frame.site.registers.reread(
        row["place"], row["indicator"], row["period"], row["source"]
    )
    return f"<br>Read again {text(again['date'])}: {text(again['outcome'])}" if again else ""


def download(rows: list[dict[str, str]], site: Site) -> str:
    """The observations of an indicator as CSV text, with the outcome of the last re-reading."""
    out = io.StringIO()
    columns = [*rows[0], "reread", "outcome"]
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        again = site.registers.reread(
            row["place"], row["indicator"], row["period"], row["source"]
        ) or {"date": "", "outcome": ""}
        writer.writerow({**row, "reread": again["date"], "outcome": again["outcome"]})
    return out.getvalue()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
