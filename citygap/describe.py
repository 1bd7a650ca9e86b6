"""Descriptions of the data, made from the data: tables of tables and a picture of coverage.

Out of scope: what the figures say.
"""

from __future__ import annotations

import html
import math

import pandas as pd

from citygap import style
from citygap.charts import Chart, both_names, make
from citygap.quantity import read
from citygap.tables import book

TOPICS = {
    "ai_scale": "AI scale",
    "firms": "firms",
    "models": "models",
    "talent": "talent",
    "compute": "compute",
    "capital": "capital",
    "economy": "economy",
    "industry": "industry",
    "trade": "trade",
    "science": "science",
}


class Table:
    """A small table that prints itself as HTML with row headers and an accessible caption."""

    def __init__(self, frame: pd.DataFrame, caption: str):
        self.frame, self.caption = frame, caption

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{html.escape(c)}</th>' for c in self.frame.columns)
        rows = []
        for first, *rest in self.frame.astype(str).itertuples(index=False):
            cells = "".join(f"<td>{html.escape(value)}</td>" for value in rest)
            rows.append(f'<tr><th scope="row">{html.escape(first)}</th>{cells}</tr>')
        return (
            f'<div class="table-frame" tabindex="0" role="group" aria-label="{html.escape(self.caption)}">'
            '<table class="table">'
            f"<caption>{html.escape(self.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        )

    def __repr__(self) -> str:
        return self.frame.to_string(index=False)


def tables() -> Table:
    """Every table of the data package: file, rows and what one row is."""
    rows = [
        (resource["path"], f"{len(book.table(resource['name'])):,}", resource["title"],
         resource["description"])
        for resource in book.package["resources"]
    ]
    return Table(pd.DataFrame(rows, columns=["File", "Rows", "Title", "What it holds"]),
                 "Tables of the data package")


def columns(name: str) -> Table:
    """Every column of one table: type and description."""
    for resource in book.package["resources"]:
        if resource["name"] == name:
            rows = [(f["name"], f["type"], f["description"]) for f in resource["schema"]["fields"]]
            return Table(pd.DataFrame(rows, columns=["Column", "Type", "Description"]),
                         f"Columns of {resource['path']}")
    raise KeyError(f"no table {name!r}")


def coverage_counts() -> pd.DataFrame:
    """Observations by city (focus, head and peer cities) and topic, shape (14, topics)."""
    frame = book.table("observations").merge(book.table("indicators")[["indicator", "topic"]],
                                             on="indicator")
    places = book.table("places")
    cities = places.loc[places["role"] != "other", "place"]
    return (
        frame.pivot_table(index="place", columns="topic", values="value", aggfunc="count")
        .reindex(index=cities, columns=list(TOPICS))
        .fillna(0)
        .astype(int)
    )


def coverage() -> Chart:
    """A picture of :func:`coverage_counts`; empty cells are topics without a figure."""
    import seaborn as sns  # here: it takes longer to import than the rest

    counts = coverage_counts()
    shown = counts.rename(index=both_names, columns=TOPICS)
    figure, axes = style.canvas(4.2)
    sns.heatmap(shown.where(shown > 0), ax=axes, cmap=sns.light_palette("#4b9bd1", as_cmap=True),
                vmin=0, vmax=40, cbar=False, linewidths=2, linecolor=style.PAPER)
    for y, row in enumerate(shown.to_numpy()):
        for x, count in enumerate(row):
            if count:
                axes.text(x + 0.5, y + 0.5, f"{count}", ha="center", va="center", fontsize=8.5,
                          color="#101418")
    axes.set(xlabel="", ylabel="")
    axes.grid(False)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.tick_params(axis="x", rotation=40)
    name = "fig-coverage"
    alt = "Observations by city and topic. " + "; ".join(
        f"{city}: " + ", ".join(f"{topic} {n}" for topic, n in row.items() if n)
        for city, row in shown.iterrows()
    ) + "."
    table = shown.rename_axis("city", axis="index").rename_axis(None, axis="columns").reset_index()
    held = {"city": "name of the city"} | {
        topic: f"observations of the city on {topic}" for topic in TOPICS.values()
    }
    return make(figure, name, alt, table, held, tables=["observations", "indicators"])


#: How each word is read, in words; ``citygap.reading`` computes it.
READINGS = {
    "exact": ("4500", "half of the last printed digit to either side; a count is exact"),
    "over": ("over 4500", "from the value to one step above"),
    "nearly": ("nearly 4500", "from one step below to the value"),
    "about": ("about 4500", "half a step to either side"),
    "at_least": ("at least 4500", "the value and anything above"),
    "at_most": ("at most 4500", "anything up to the value"),
    "expected": ("4500 expected", "as about, and marked as a forecast"),
}


def reading_table(value: str = "4500") -> Table:
    """The reading rules and what each makes of one printed number."""
    rows = []
    for bound, (words, rule) in READINGS.items():
        q = read(value, bound, "1e8 CNY")
        high = "no limit" if math.isinf(q.high) else f"{round(q.high, 6):,g}"
        rows.append((words.replace("4500", value), rule, f"{round(q.low, 6):,.6g} to {high}"))
    return Table(pd.DataFrame(rows, columns=["The source says", "It is read as", "Range"]),
                 "How words around a number become a range")
