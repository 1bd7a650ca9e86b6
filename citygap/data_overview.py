"""Descriptions of the data, made from the data: tables of tables and a picture of coverage.

Out of scope: what the figures say.
"""

from __future__ import annotations

import math

import pandas as pd

from citygap.charts import Chart, both_names, in_all_forms, make, style, told
from citygap.charts.table import Table
from citygap.data.tables import COMMENTARY, Tables, book
from citygap.data.works.grades import GRADES
from citygap.measures import counting_intervals
from citygap.quantity.quantity import Quantity, exactly, read, reading_rules
from citygap.words import say

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


@in_all_forms
def coverage() -> Chart:
    """A picture of :func:`coverage_counts`; empty cells are topics without a figure."""
    import seaborn as sns  # here: it takes longer to import than the rest

    counts = coverage_counts()
    topics = {key: say(topic) for key, topic in TOPICS.items()}
    shown = counts.rename(index=both_names, columns=topics)
    figure, axes = style.canvas(4.2)
    sns.heatmap(shown.where(shown > 0), ax=axes, cmap=sns.light_palette(style.OTHER, as_cmap=True),
                vmin=0, vmax=40, cbar=False, linewidths=2, linecolor=style.PAPER)
    for y, row in enumerate(shown.to_numpy()):
        for x, count in enumerate(row):
            if count:
                axes.text(x + 0.5, y + 0.5, f"{count}", ha="center", va="center", fontsize=style.size(8.5),
                          color="#101418")
    axes.set(xlabel="", ylabel="")
    axes.grid(False)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.tick_params(axis="x", rotation=40)
    axes.tick_params(axis="y", rotation=0)
    name = "fig-coverage"
    alt = told(say("Observations by city and topic."), {
        city: [f"{topic} {n}" for topic, n in row.items() if n] for city, row in shown.iterrows()
    }, "; ")  # fmt: skip
    table = shown.rename_axis("city", axis="index").rename_axis(None, axis="columns").reset_index()
    held = {"city": "name of the city"} | {
        topics[key]: f"observations of the city on {topic}" for key, topic in TOPICS.items()
    }
    return make(figure, name, alt, table, held, tables=["observations", "indicators"])


#: How each word is read, in words; ``citygap.quantity.reading_rules`` computes it.
READINGS = {
    "exact": ("4500", "half of the last printed digit to either side; a count is exact"),
    "over": ("over 4500", "from the value to one step above"),
    "nearly": ("nearly 4500", "from one step below to the value; nearly 700: from 650"),
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


#: Words that leave a range open on one side or both.
WORDS = ("over", "nearly", "about")


def word_pairs(tables: Tables = book) -> pd.DataFrame:
    """Figures printed with a word, each beside an exact one of another source for the same thing.

    The same place, indicator and period; of pages that are not of low confidence, without the
    commentary.  ``held`` says whether the range that the word is read as holds the exact figure.
    """
    tables.readings("china", "gdp")  # reads data/units.csv
    same = ["place", "indicator", "period"]
    rows = [
        row for row in tables.rows("observations")
        if row["confidence"] != "low" and row["source"] != COMMENTARY
    ]  # fmt: skip
    exact: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        if row["bound"] == "exact":
            exact.setdefault(tuple(row[column] for column in same), []).append(row)
    found = {}
    for row in rows:
        if row["bound"] not in WORDS:
            continue
        range_ = read(row["value"], row["bound"], row["unit"])
        for other in exact.get(tuple(row[column] for column in same), ()):
            if other["source"] != row["source"]:
                q = read(other["value"], "exact", other["unit"]).to(row["unit"])
                key = (*(row[c] for c in same), row["bound"], row["value"], other["value"])
                found[key] = range_.low <= q.high and q.low <= range_.high
    columns = [*same, "word", "printed", "exact"]
    index = pd.MultiIndex.from_tuples(found, names=columns) if found else None
    return pd.DataFrame({"held": list(found.values())}, index=index).reset_index()


#: What the numbers on words count.
PAIRS = "pairs of figures of one thing, one with a word and one exact"


def words_held(tables: Tables = book) -> pd.DataFrame:
    """How often the range of a word held the exact figure: words and ``all`` (rows), ``held``, ``of``."""
    pairs = word_pairs(tables)
    rows = {word: pairs[pairs["word"] == word] for word in WORDS} | {"all": pairs}
    return pd.DataFrame(
        {name: {"held": exactly(int(each["held"].sum()), "count", caveat=PAIRS), "of": exactly(len(each), "count", caveat=PAIRS)}
         for name, each in rows.items()}, dtype=object,
    ).T  # fmt: skip


#: Factors by which the rules for words are widened, to see what hangs on them.
WIDTHS = (1, 2, 5)


def by_width() -> pd.Series:
    """Beijing's core industry of 2025 over Chongqing's of 2024, by how wide words are read."""
    found = {}
    for width in WIDTHS:
        with reading_rules(width=width):
            beijing = book.observe("beijing", "ai_core_scale", "2025")
            found[str(width)] = beijing / book.observe("chongqing", "ai_core_scale", "2024")
    return pd.Series(found)


def level() -> Quantity:
    """In what part of all draws an interval of chance holds the true rate, in percent."""
    return exactly(100 * counting_intervals.LEVEL, "%").noting("a convention of this book")


def two_sizes() -> pd.DataFrame:
    """Places whose AI industry is published twice for one year, on a narrow and a wide definition."""
    read = {
        "shenzhen": ("ai_scale_in_province", "ai_industry_scale", "2023"),
        "zhejiang": ("ai_core_scale", "ai_industry_scale", "2020"),
    }
    rows = {
        place: {"narrow": book.observe(place, narrow, year), "wide": book.observe(place, wide, year)}
        for place, (narrow, wide, year) in read.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def scale_definitions() -> pd.Series:
    """Observations of each definition of the size of an AI industry, most used first."""
    indicators = book.table("indicators")
    used = book.table("observations")["indicator"].value_counts()
    keys = indicators.loc[indicators["concept"] == "ai_scale", "indicator"]
    return used.reindex(keys, fill_value=0).sort_values(ascending=False)


def grades() -> str:
    """The grades of sources, with what was read that earns each."""
    return ". ".join(f"{grade}: {page}" for grade, page in GRADES.items())


def sizes() -> pd.Series:
    """How many rows the tables hold: observations, by confidence and grade too, and the rest."""
    rows = book.table("observations")
    sure = pd.concat([rows["confidence"].value_counts(), rows["source"].map(book.grades).value_counts()])
    counted = ("observations", "indicators", "places", "targets", "plans", "claims")
    found = {name: len(book.table(name)) for name in counted} | {"sources": len(book.sources)}
    return pd.Series({**found, **{grade: int(sure[grade]) for grade in sure.index}}, dtype=object)
