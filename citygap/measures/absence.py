"""What the tables hold on a question: the query behind a statement that something was not found.

A chapter that says so checks it by :func:`citygap.notebook.absent`, and cannot be built once there
are rows::

    check(no_later=absent(held(place="chongqing", indicator="digital_workshops", after="2023")))

What pages say, without a figure or with one of their own, stands in ``evidence.csv``: whether it has
anything on a part of a claim is asked by :func:`said_of`.

Out of scope: what was not seen in a plan (``plan_themes``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from citygap.data.corrections import edges
from citygap.data.tables import Tables, book

#: Columns of the indicators by which observations may be asked as well.
OF_INDICATOR = ("concept", "topic", "scope")
#: Columns whose values stand in a table: which, and in which column.
KEPT = {
    "place": ("places", "place"),
    **{name: ("indicators", name) for name in ("indicator", *OF_INDICATOR)},
    "claim": ("claims", "claim"),
    "document": ("plans", "plan"),
}


def held(
    table: str = "observations",
    *,
    after: str = "",
    without: Collection[str] = (),
    tables: Tables | None = None,
    **asked: str | Collection[str],
) -> list[str]:
    """Keys of the rows of a table that answer a question; an empty list means that none does.

    ``asked`` gives columns and the value, or the values, that will do; observations may be asked by
    ``concept``, ``topic`` or ``scope`` of their indicator too.  ``after`` asks for periods that end
    later than this one ends, ``without`` leaves sources out.  Raises KeyError for a column, and
    LookupError for a value that nothing in the data has and so can never be found: a place, an
    indicator, a concept, a claim, a plan or a code that is misspelt.
    """
    tables = book if tables is None else tables
    resource = next(r for r in tables.package["resources"] if r["name"] == table)
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    columns = list(fields)
    wanted = {name: {value} if isinstance(value, str) else set(value) for name, value in asked.items()}
    _known(tables, wanted, fields)
    kinds = {row["indicator"]: row for row in tables.rows("indicators")}
    found = []
    for row in tables.rows(table):
        more = kinds.get(row.get("indicator", ""), {})
        whole = row | {name: more.get(name, "") for name in OF_INDICATOR if name not in columns}
        if (
            all(whole[name] in values for name, values in wanted.items())
            and row.get("source") not in without
            and (not after or (row["period"] and edges(row["period"])[1] > edges(after)[1]))
        ):
            found.append("/".join(row[name] for name in resource["schema"]["primaryKey"]))
    return found


def said_of(claim: str, *parts: str, tables: Tables | None = None) -> list[str]:
    """Keys of the statements for or against some parts of a claim, on sound pages or weak ones.

    What is only context says nothing of the part.  Raises LookupError for a claim that there is not.
    """
    stances = ("supports", "contradicts")
    return held("evidence", claim=claim, part=parts, stance=stances, tables=tables)


def lists_with(*columns: str, tables: Tables | None = None) -> list[str]:
    """Names of the complete lists that have all of these columns."""
    tables = book if tables is None else tables
    return [
        resource["name"]
        for resource in tables.package["resources"]
        if resource["path"].startswith("distributions/")
        and set(columns) <= {field["name"] for field in resource["schema"]["fields"]}
    ]


def _known(tables: Tables, wanted: Mapping[str, set[str]], fields: Mapping[str, Mapping]) -> None:
    """Raise LookupError for a value that no row could have."""
    for name, values in wanted.items():
        codes = fields.get(name, {}).get("constraints", {}).get("enum")
        if name in KEPT:
            table, column = KEPT[name]
            known = {row[column] for row in tables.rows(table)}
        elif codes:
            known = set(codes)
        else:
            continue
        if unknown := sorted(values - known):
            raise LookupError(f"nothing has the {name} {unknown[0]!r}, so it can never be found")
