"""The page of each table of the data package: what it holds, its columns, and its rows.

Short tables are shown whole, each row with an anchor, and so are that of places and complete
distributions, whose rows stand nowhere else; of the long ones the first rows are shown, since theirs have a place on another page.

Out of scope: reading tables (``citygap.data.tables``).
"""

from __future__ import annotations

from collections.abc import Iterator

from press import book_metadata, data_urls
from press.data_pages import wording
from press.data_pages.site import Page, Site
from press.downloads.workbook import workbook
from press.languages.printed import say
from press.templating import code

WHOLE = 250  # rows of a table that is shown whole
FIRST = 20  # rows shown of a longer one


def pages(site: Site) -> Iterator[Page]:
    for resource in site.tables.package["resources"]:
        yield page(site, resource)


def page(site: Site, resource: dict) -> Page:
    """The page of one table, from its description in the data package."""
    name, schema = resource["name"], resource["schema"]
    rows = site.tables.rows(name)
    shown = shown_of(resource, rows)
    columns = wording.shown_columns([field["name"] for field in schema["fields"]])
    lines = [
        (row, anchor, reread(site, resource, row))
        for row, anchor in zip(shown, anchors_of(resource, shown), strict=True)
    ]
    heads = [wording.column(column) if wording.in_chinese() else code(column) for column in columns]
    if lines and lines[0][2] is not None:
        heads.append(say("read again"))
    return site.page(
        data_urls.table_page(name),
        say("Table: {title}", title=wording.plain(resource["title"])),
        f"{name} {resource['path']}",
        "data/table.html",
        resource=resource,
        many=len(rows),
        lines=lines,
        columns=columns,
        heads=heads,
        column_name=wording.column,
        in_a_file=wording.in_a_file,
        names_alone=wording.NAMES_ALONE,
        titles={each["name"]: wording.plain(each["title"]) for each in site.tables.package["resources"]},
        targets={
            foreign["fields"]: foreign["reference"]["resource"] or name
            for foreign in schema.get("foreignKeys", [])
            if isinstance(foreign["fields"], str)
        },
    )


def workbook_of(resource: dict, lines: list[list[str]], site: Site) -> bytes:
    """A table as a workbook, whose second sheet says what it is and what its columns hold; ``lines`` are
    its head and its rows (``indicator_pages.in_a_file``)."""
    fields = resource["schema"]["fields"]
    heads, *rows = lines
    about = [
        (say("Title"), wording.plain(resource["title"])),
        (say("What it holds"), wording.plain(resource["description"])),
        (say("File"), f"data/{resource['path']}"),
        *((say("Licence"), wording.plain(each["title"]) + say(" for our arrangement; single figures belong to their sources"))
          for each in site.tables.package["licenses"]),
        *((head, wording.plain(field["description"])) for head, field in zip(heads, fields, strict=True)),
    ]  # fmt: skip
    return workbook(heads, rows, about, book_metadata.date())


def shown_of(resource: dict, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of a table that its page shows: all, or the first of them."""
    nowhere_else = resource["name"] == "places" or resource["path"].startswith("distributions/")
    return rows if len(rows) <= WHOLE or nowhere_else else rows[:FIRST]


def anchors_of(resource: dict, rows: list[dict[str, str]]) -> list[str]:
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
        if data_urls.slug(anchor) in found:
            anchor = "row-" + "-".join(row[key] for key in keys)
        found.append(data_urls.slug(anchor))
    return found


def reread(site: Site, resource: dict, row: dict[str, str]) -> list[tuple[str, dict[str, str]]] | None:
    """How a target, or each column of a row of a distribution, was read again: the column and the
    register's entry; None for rows of other tables."""
    if resource["name"] == "targets":
        names = [row["indicator"] or row["name_en"]]
    elif resource["path"].startswith("distributions/"):
        names = [f"{resource['name']}/{field['name']}" for field in resource["schema"]["fields"]]
    else:
        return None
    found = (
        (name.partition("/")[2], site.registers.reread(row["place"], name, row["period"], row["source"]))
        for name in names
    )
    return [(column, again) for column, again in found if again]
