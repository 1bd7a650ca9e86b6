"""A few made-up rows in memory in place of the book's tables.

Places, units and indicators stay those of the book; every other table holds the rows given, or none
at all, so that no figure of today gets into a test::

    use(monkeypatch, observations=\"\"\"
        chongqing, ai_core_scale, 2024, 100
        beijing, ai_core_scale, 2024, 400, over, paper2025, low
    \"\"\")
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd
import pytest

from citygap.data.tables import book
from citygap.quantity.quantity import reading_rules

KEPT = ("places", "units", "indicators")
#: Columns in the order of a line, where it is not that of the table; what is left out is default.
ORDER = {
    "observations": ("place", "indicator", "period", "value", "bound", "source", "confidence"),
    "targets": ("place", "indicator", "period", "value", "bound", "plan", "as_of"),
    "rankings": ("ranking", "dimension", "place", "rank", "measure"),
}
DEFAULT = {"bound": "exact", "source": "made2026", "confidence": "high"}


def use(monkeypatch: pytest.MonkeyPatch, **tables: str) -> None:
    """Let the book read these rows until the test is over; one line a row, cells between commas.

    Names of tables have underscores for hyphens.  An aim for something that is no indicator is in
    hundred million yuan.
    """
    book._observations  # registers the units
    real, frames = book._frames, {}
    for resource in book.package["resources"]:
        name = resource["name"]
        if name not in KEPT:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            if resource.get("graded"):  # a made-up row says itself how sure it is
                columns.append("confidence")
            frames[name] = _frame(name, columns, tables.pop(name.replace("-", "_"), ""))
    assert not tables, f"no such tables: {', '.join(tables)}"
    grouped: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in frames["observations"].to_dict("records"):
        grouped.setdefault((row["place"], row["indicator"]), []).append(row)
    monkeypatch.setitem(book.__dict__, "_frames", lambda name: frames[name] if name in frames
                        else real(name))  # fmt: skip
    monkeypatch.setitem(book.__dict__, "_all_observations", grouped)


def upside_down(rows: str) -> str:
    """The same lines from the last to the first."""
    return "\n".join(reversed(rows.strip().splitlines()))


@contextmanager
def sharp() -> Iterator[None]:
    """Exact figures are points, but for a billionth, so that values worked by hand are simple."""
    with reading_rules(width=1e-9):
        yield


def _frame(name: str, columns: list[str], lines: str) -> pd.DataFrame:
    rows = []
    for line in lines.strip().splitlines():
        cells = [cell.strip() for cell in line.split(",")]
        given = dict(zip(ORDER.get(name, columns), cells, strict=False))
        row = dict.fromkeys(columns, "") | {c: DEFAULT[c] for c in columns if c in DEFAULT} | given
        if name in ("observations", "targets"):
            row |= _thing(row["indicator"])
        rows.append(row)
    return pd.DataFrame(rows, columns=columns, dtype=str)


def _thing(named: str) -> dict[str, str]:
    try:
        return {"unit": book.indicator(named)["unit"]}
    except KeyError:
        return {"indicator": "", "name_en": named, "unit": "1e8 CNY"}
