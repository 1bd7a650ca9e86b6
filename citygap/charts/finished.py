"""A finished figure: its picture, its alternative text and the values that it shows.

All that the page and the card under the figure need travels in the figure's own HTML: the values
as a table to look at, and a block of JSON (:meth:`Chart.payload`) from which the page makes its
downloads.  So a figure from the cache prints exactly as a fresh one, and what can be downloaded is
what was drawn.

Out of scope: drawing (the modules beside this one) and the card's look (``press``).
"""

from __future__ import annotations

import base64
import html
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import matplotlib.pyplot as plt
import pandas as pd

from citygap import style
from citygap.charts.marks import Mark, place_name
from citygap.quantity import Quantity

#: Columns of the values behind a figure of marks, and what each holds.
COLUMNS = {
    "row": "row or line of the figure",
    "place": "key of the place, as in places.csv",
    "name": "name of the place in English",
    "value": "the number as the book prints it",
    "low": "lower bound; empty if the lower side is open",
    "high": "upper bound; empty if the upper side is open",
    "unit": "unit of both bounds",
    "period": "period that the number is for",
    "scope": "definition that the number rests on",
    "hollow": "yes if drawn hollow: a target, a forecast, or another scope than its neighbours",
    "confidence": "the lowest confidence among the rows it rests on",
    "caveat": "what must be known to read it",
    "sources": "keys of the sources in sources.bib, separated by blanks",
    "rows": "keys of the rows of the data it rests on, separated by line feeds",
}
#: Columns of the table under a figure: heading, and where each is taken from.
TABLE = {
    "Row": "row", "Place": "name", "Value": "value", "Low": "low", "High": "high", "Unit": "unit",
    "Period": "period", "Scope": "scope", "Confidence": "confidence", "Sources": "sources",
}  # fmt: skip
PAYLOAD = "figure-payload"  # class of the block of JSON, which the page takes out


@dataclass(frozen=True)
class Chart:
    """A finished figure.

    ``data`` are the values drawn, one row each; ``columns`` says what each column holds.  ``rows``
    and ``sources`` are the keys of the rows of data and of the sources behind them; ``tables`` the
    tables of the data package that were counted where no single row speaks; ``caveats`` what must
    be known to read it; ``code`` the cell that drew it (filled in by ``page.show``).
    """

    name: str
    svg: str
    png: bytes
    alt: str
    data: pd.DataFrame
    columns: Mapping[str, str]
    sources: tuple[str, ...]
    rows: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    code: str = field(default="", compare=False)

    def shown(self) -> pd.DataFrame:
        """The table under the figure: the values with headings, an open side in words."""
        if self.columns is not COLUMNS:
            return self.data.rename(columns=str.capitalize)
        table = self.data[list(TABLE.values())].copy()
        for side in ("low", "high"):
            table[side] = [f"{v:.4g}" if math.isfinite(v) else "open" for v in table[side]]
        table["unit"] = table["unit"].replace({"1": "", "ratio": ""})
        table["sources"] = table["sources"].str.replace(" ", ", ")
        return table.set_axis(list(TABLE), axis="columns")

    def csv(self) -> str:
        """The values as a file: comma-separated, with a header, an open side as an empty cell."""
        table = self.data.replace([math.inf, -math.inf], math.nan)
        return table.to_csv(index=False, lineterminator="\n")

    def payload(self) -> str:
        """All that the card needs besides the picture, as JSON that may stand in a page."""
        parts = {
            "name": self.name,
            "alt": self.alt,
            "csv": self.csv(),
            "png": base64.b64encode(self.png).decode("ascii"),
            "columns": dict(self.columns),
            "sources": list(self.sources),
            "rows": list(self.rows),
            "tables": list(self.tables),
            "caveats": list(self.caveats),
            "code": self.code,
        }
        return json.dumps(parts, ensure_ascii=False).replace("<", "\\u003c")

    def _repr_html_(self) -> str:
        table = self.shown()
        head = "".join(f"<th scope='col'>{html.escape(c)}</th>" for c in table.columns)
        body = "".join(
            f"<tr><th scope='row'>{html.escape(str(first))}</th>"
            + "".join(f"<td>{html.escape(str(v))}</td>" for v in rest) + "</tr>"
            for first, *rest in table.itertuples(index=False)
        )
        return (
            f'<div class="figure-frame">{self.svg}</div>'
            f'<details class="figure-values"><summary>Values</summary>'
            '<div class="figure-table" tabindex="0" role="group" aria-label="Values of the figure">'
            f'<table aria-label="Values of the figure"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div></details>"
            f'<script type="application/json" class="{PAYLOAD}">{self.payload()}</script>'
        )

    def __repr__(self) -> str:
        return self.alt


def values_of(marks: Iterable[Mark]) -> pd.DataFrame:
    """What the marks show, one row each, with the columns of :data:`COLUMNS`."""
    return pd.DataFrame(
        [
            {
                "row": mark.row.replace("\n", " "),
                "place": mark.place,
                "name": place_name(mark.place),
                "value": mark.quantity.text(),
                "low": mark.low,
                "high": mark.high,
                "unit": mark.quantity.unit,
                "period": mark.quantity.period,
                "scope": mark.quantity.scope,
                "hollow": "yes" if mark.hollow else "no",
                "confidence": mark.quantity.confidence,
                "caveat": mark.quantity.caveat,
                "sources": " ".join(mark.quantity.sources),
                "rows": "\n".join(mark.quantity.rows),
            }
            for mark in marks
        ],
        columns=list(COLUMNS),
    )


def finish(figure: plt.Figure, name: str, lead: str, marks: Sequence[Mark]) -> Chart:
    """Make the chart of a drawn figure; ``lead`` opens the alternative text, the values end it."""
    rows: dict[str, list[str]] = {}
    for mark in marks:
        row = mark.row.replace("\n", " ")
        rows.setdefault(row, []).append(f"{place_name(mark.place)} {mark.quantity.text()}")
    alt = f"{lead} " + "; ".join(f"{row}: {', '.join(parts)}" for row, parts in rows.items()) + "."
    quantities = [mark.quantity for mark in marks]
    return make(figure, name, alt, values_of(marks), COLUMNS, quantities)


def make(
    figure: plt.Figure,
    name: str,
    alt: str,
    data: pd.DataFrame,
    columns: Mapping[str, str],
    quantities: Iterable[Quantity] = (),
    *,
    tables: Sequence[str] = (),
) -> Chart:
    """Make the chart of a drawn figure from a table of the values drawn.

    ``columns`` says what each column of ``data`` holds; ``quantities`` are what the values rest
    on, ``tables`` the tables that were counted.  Raises ValueError if a column is not described.
    """
    unknown = set(data.columns) ^ set(columns)
    if unknown:
        raise ValueError(f"figure {name}: say what these columns hold: {sorted(unknown)}")
    behind = list(quantities)
    svg, png = style.pictures(figure, name, alt)
    return Chart(
        name, svg, png, alt, data, columns,
        sources=_all(q.sources for q in behind),
        rows=_all(q.rows for q in behind),
        tables=tuple(tables),
        caveats=_all(q.caveat.split("; ") for q in behind if q.caveat),
    )  # fmt: skip


def _all(parts: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All texts, each once, in the order in which they come."""
    return tuple(dict.fromkeys(text for part in parts for text in part))
