"""The page of each table of the data package: what it holds, its columns, and its rows.

Short tables are shown whole, each row with an anchor; of the two long ones, indicators and
observations, the first rows are shown, since every one of theirs has a place on another page.

Out of scope: reading tables (``citygap.tables``).
"""

from __future__ import annotations

from collections.abc import Iterator

from citygap import addresses
from press.datapages.markup import (
    Frame,
    Page,
    Row,
    Site,
    bullets,
    code,
    confidence,
    definitions,
    outside,
    paragraph,
    plain_table,
    section,
    table,
    text,
    wide,
)

WHOLE = 250  # rows of a table that is shown whole
FIRST = 20  # rows shown of a longer one

LANGUAGES = {"name_hans": "zh-Hans", "title_hans": "zh-Hans", "name_hant": "zh-Hant"}


def pages(site: Site) -> Iterator[Page]:
    """A page for each table."""
    for resource in site.tables.package["resources"]:
        yield page(site, resource)


def page(site: Site, resource: dict) -> Page:
    """The page of one table, from its description in the data package."""
    key = resource["name"]
    name = addresses.table_page(key).removesuffix(".html")
    frame = site.frame(name)
    rows = site.tables.rows(key)
    file = resource["path"]
    title = resource["title"]
    licences = [outside(each["path"], text(each["title"]))
                for each in site.tables.package["licenses"]]
    parts = [
        frame.trail((addresses.OVERVIEW, "Data pages"), (f"{addresses.OVERVIEW}#tables", "Tables")),
        f"<h1>{text(title)}</h1>",
        paragraph(text(resource["description"])),
        definitions([
            ("Rows", f"{len(rows):,}"),
            ("File", f"{code('data/' + file)}; {frame.download(file, 'download it (CSV)')}"),
            ("Row key", ", ".join(code(column) for column in resource["schema"]["primaryKey"])),
            ("Licence", ", ".join(licences) + " for our arrangement; single figures belong to "
             "their sources"),
        ]),
        section("columns", "Columns", columns(frame, resource)),
        section("rows", "Rows", body(frame, resource, rows)),
    ]  # fmt: skip
    return Page(name, f"Table: {title}", "".join(parts), f"{key} {file}")


def columns(frame: Frame, resource: dict) -> str:
    """What each column holds, which values it may have and where its keys lead."""
    targets = {
        foreign["fields"]: foreign["reference"]["resource"] or resource["name"]
        for foreign in resource["schema"].get("foreignKeys", [])
        if isinstance(foreign["fields"], str)
    }
    lines = []
    for field in resource["schema"]["fields"]:
        limits = field.get("constraints", {})
        notes = ["required" if limits.get("required") else "may be empty"]
        if "enum" in limits:
            notes.append("one of " + ", ".join(code(str(value)) for value in limits["enum"]))
        if "unit" in field:
            notes.append(f"unit {code(field['unit'])}")
        if field["name"] in targets:
            other = targets[field["name"]]
            notes.append("key of " + frame.go(addresses.table_page(other), text(other)))
        elif field["name"] == "source":
            notes.append("key of " + frame.go(addresses.SOURCES, "the sources"))
        lines.append(Row((
            code(field["name"]), text(field["description"]), "; ".join([field["type"], *notes]),
        )))  # fmt: skip
    return table(("Column", "What it holds", "Values"), lines,
                 f"Columns of {code(resource['path'])}")


def body(frame: Frame, resource: dict, rows: list[dict[str, str]]) -> str:
    """The rows, or the first of them and where to find the rest."""
    names = [field["name"] for field in resource["schema"]["fields"]]
    shown = rows if len(rows) <= WHOLE else rows[:FIRST]
    if not rows:
        return paragraph("The table has no row yet.")
    anchors = _anchors(resource, shown)
    lines = []
    for row, anchor in zip(shown, anchors, strict=True):
        cells = [cell(frame, resource["name"], column, row) for column in names]
        again = reread(frame.site, resource, row)
        lines.append(Row(cells if again is None else [*cells, again], anchor))
    caption = (
        f"All {len(rows):,} rows" if shown is rows
        else f"The first {len(shown)} of {len(rows):,} rows"
    )  # fmt: skip
    note = ""
    if shown is not rows:
        overview = frame.go(f"{addresses.OVERVIEW}#indicators", "page of its indicator")
        note = paragraph(f"Every row stands on the {overview}; the download holds them all.")
    heads = [code(column) for column in names]
    if reread(frame.site, resource, rows[0]) is not None:
        heads.append("read again")
    return note + wide(plain_table(heads, lines, caption), f"Rows of {resource['path']}")


def _anchors(resource: dict, rows: list[dict[str, str]]) -> list[str]:
    """An anchor for each row, none twice: that of ``addresses.row_address`` where it has one."""
    found: list[str] = []
    keys = resource["schema"]["primaryKey"]
    for row in rows:
        if resource["name"] == "targets":
            name = row["indicator"] or row["name_en"]
            anchor = "/".join((row["place"], name, row["period"], row["plan"], row["source"]))
        elif resource["path"].startswith("distributions/"):
            anchor = f"{row['place']}-{row['period']}"
        else:
            anchor = "row-" + "-".join(row[key] for key in keys)
        if addresses.slug(anchor) in found:
            anchor = "row-" + "-".join(row[key] for key in keys)
        found.append(addresses.slug(anchor))
    return found


def reread(site: Site, resource: dict, row: dict[str, str]) -> str | None:
    """Whether a target or a row of a distribution was read again; None for rows of other tables."""
    if resource["name"] == "targets":
        names = [row["indicator"] or row["name_en"]]
    elif resource["path"].startswith("distributions/"):
        names = [f"{resource['name']}/{field['name']}" for field in resource["schema"]["fields"]]
    else:
        return None
    found = []
    for name in names:
        again = site.registers.reread(row["place"], name, row["period"], row["source"])
        if again:
            column = name.partition("/")[2]
            what = f"{code(column)}: " if column else ""
            note = f", {text(again['note'])}" if again["note"] else ""
            found.append(f"{what}{text(again['outcome'])} {text(again['date'])}{note}")
    return "<br>".join(found) or "not read again"


def cell(frame: Frame, name: str, column: str, row: dict[str, str]) -> str:
    """A cell as HTML: keys lead to what they name."""
    value = row[column]
    if not value:
        return ""
    if column in LANGUAGES:
        return f'<span lang="{LANGUAGES[column]}">{text(value)}</span>'
    if column in ("source", "other_source"):
        return frame.go(addresses.source_address(value), code(value))
    if column in ("place", "province"):
        linked = value in frame.site.cities
        return frame.go(addresses.place_page(value), code(value)) if linked else code(value)
    if column == "indicator" and value in frame.site.indicators:
        anchor = ""
        if name == "observations":
            anchor = "#" + addresses.row_anchor(row["place"], row["period"], row["source"])
        return frame.go(addresses.indicator_page(value) + anchor, code(value))
    if column == "claim":
        return frame.chapter("claim-ledger", code(value), f"#{value}")
    if column == "plan":
        return code(value)
    if column == "confidence":
        return confidence(value)
    return text(value)


def overview(frame: Frame) -> str:
    """Links to the pages of all tables, with their numbers of rows."""
    items = []
    for resource in frame.site.tables.package["resources"]:
        rows = len(frame.site.tables.table(resource["name"]))
        page_link = frame.go(addresses.table_page(resource["name"]), text(resource["title"]))
        items.append(f'{page_link} <span class="count">{rows:,} rows</span>')
    return bullets(items, "columns")
