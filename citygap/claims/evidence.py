"""Rows as evidence: every kind of row as an :class:`~citygap.claims.verdicts.Item`, in words."""

from __future__ import annotations

from collections.abc import Iterable

from citygap.claims.dates import span
from citygap.claims.evidence_tables import Witness, evidence_key
from citygap.claims.verdicts import Item, capital
from citygap.quantity.quantity import Quantity, billions

#: Themes of plans in words, where their keys are not words.
THEMES = {
    "ai4science": "AI for science",
    "ai_manufacturing": "AI in manufacturing",
    "compute_hub": "compute",
    "intl_rules_governance": "international rules and governance",
}
PARTS_OF_YEAR = {
    "H1": "first half",
    "H2": "second half",
    "Q1": "first quarter",
    "Q2": "second quarter",
    "Q3": "third quarter",
    "Q4": "fourth quarter",
}


def words(q: Quantity) -> str:
    """A figure in words: sums of yuan in billions, all else as published."""
    return (billions(q.to("1e8 CNY")) if q.unit in ("1e4 CNY", "1e8 CNY") else q).with_unit()


def when(period: str) -> str:
    """A period in words: "January to September 2025", "29 November 2025", "first half of 2025"."""
    if " to " in period:
        return " to ".join(when(end) for end in period.split(" to "))
    if "/" in period:
        first, last = period.split("/")
        start = "up" if first == ".." else when(first).removesuffix(f" {last[:4]}")
        return f"{start} to {when(last)}"
    for sign, part in PARTS_OF_YEAR.items():
        if sign in period:
            return f"{part} of {period[:4]}"
    return str(span(period))


def listing(names: Iterable[str]) -> str:
    """Names as a list: "Beijing, Shanghai and Shenzhen"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def figure_item(w: Witness, q: Quantity, stance: str) -> Item:
    """An observation, a cell of a distribution or a figure of evidence.csv."""
    table_or_place, name = q.rows[0].split("/")[:2]
    if table_or_place == "evidence":
        told = q.unit == "rank" or q.text() in q.scope
        text = capital(q.scope) if told else f"{capital(q.scope)}: {words(q)}"
        text += f", {when(q.period)}" if q.period and q.period[:4] not in text else ""
    elif table_or_place.endswith(("-by-city", "-by-place")):
        # The title says of which years the list is; of several days the one that is meant is named.
        one_day = "-" in q.scope.rsplit(", ")[-1] and " to " not in q.period
        of = f"{q.scope.rsplit(', ')[0]}, {when(q.period)}" if one_day else q.scope
        text = f"{w.name(name)}: {of}: {words(q)}"
    else:
        what = w.indicator(name)["name_en"]
        text = f"{w.name(table_or_place)}: {what}, {when(q.period)}: {words(q)}"
    return Item(q.rows, text, q.sources, q.confidence, stance, w.measure_hans(q))


def fact_item(row: dict[str, str], stance: str) -> Item:
    """A row of evidence.csv; one that holds a figure tells of when it is."""
    text = capital(row["what"])
    if row["unit"] and row["period"][:4] not in text:
        text += f", {when(row['period'])}"
    return Item((evidence_key(row),), text, (row["source"],), row["confidence"], stance)


def event_item(row: dict[str, str], stance: str) -> Item:
    """An event."""
    more = f" ({row['note']})" if row["note"] else ""
    return Item(
        (f"events/{row['event']}",),
        f"{row['name_en']}, {span(row['date'])}{more}",
        (row["source"],),
        row["confidence"],
        stance,
    )


def plan_item(row: dict[str, str], stance: str, what: str = "date") -> Item:
    """A plan, by its date or its goal."""
    said = f"dated {span(row['date'])}" if what == "date" else f"goal: {row['goal']}"
    return Item(
        (f"plans/{row['plan']}",), f"{row['title_en']}, {said}", (row["source"],), "", stance
    )


def emphasis_item(w: Witness, row: dict[str, str], stance: str) -> Item:
    """A theme of a plan."""
    theme = THEMES.get(row["theme"], row["theme"].replace("_", " "))
    weight = "a chapter, goal or section" if row["weight"] == "2" else "named"
    text = f"{w.plan(row['plan'])['title_en']}: {theme} is {weight}"
    return Item((f"emphasis/{row['plan']}/{row['theme']}",), text, (row["source"],), "", stance)


def ranking_item(row: dict[str, str], stance: str, name: str) -> Item:
    """A place in a ranking."""
    rank = row["rank"] or row["tier"] or row["listed"]
    key = "/".join(["rankings", row["ranking"], row["dimension"], row["place"], row["source"]])
    text = f"{row['name_en']}, {row['edition']}, {row['dimension']}: {name} {rank}"
    return Item((key,), text, (row["source"],), row["confidence"], stance)
