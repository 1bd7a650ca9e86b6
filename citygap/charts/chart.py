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
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps

import matplotlib.pyplot as plt
import pandas as pd

from citygap import words
from citygap.charts import style
from citygap.charts.marks import Mark, place_name
from citygap.data.tables import book
from citygap.quantity import chinese
from citygap.quantity.quantity import Quantity
from citygap.quantity.rounding import in_digits

#: Columns of the values behind a figure of marks, and what each holds.
COLUMNS = {
    "row": "row or line of the figure",
    "place": "key of the place, as in places.csv",
    "name": "name of the place in English",
    "value": "the number as the book prints it",
    "low": "lower bound; empty if the lower side is open",
    "high": "upper bound; empty if the upper side is open",
    "chance_low": "lower end of what chance leaves open in a small count, 95 in 100; else empty",
    "chance_high": "upper end of the same",
    "unit": "unit of all bounds",
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
#: The last column of the file of values, and what it holds.
LICENCE = {
    "licence": "licence of the row as the book arranges it; single figures belong to their sources, "
    "whose terms go with them"
}
KEY = re.compile(r"[a-z0-9_]+")
#: Columns whose names are words of their own elsewhere in the catalogue.
BESIDES = ("low", "high", "caveat", "weak")
PAYLOAD = "figure-payload"  # class of the block of JSON, which the page takes out


@dataclass(frozen=True)
class Chart:
    """A finished figure.

    ``data`` are the values drawn, one row each; ``columns`` says what each column holds.  ``rows``
    and ``sources`` are the keys of the rows of data and of the sources behind them; ``tables`` the
    tables of the data package that were counted where no single row speaks; ``caveats`` what must
    be known to read it; ``narrow`` the picture for a phone, as SVG; ``view`` the chart that a reader can
    ask (``interactive``); ``code`` the cell that drew it (filled in by ``notebook.show``); ``hans`` the
    same figure in Chinese.
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
    narrow: str = ""
    view: Mapping[str, object] | None = field(default=None, compare=False)
    code: str = field(default="", compare=False)
    hans: Chart | None = field(default=None, compare=False)

    def shown(self) -> pd.DataFrame:
        """The table under the figure: the values with headings, an open side in words."""
        if self.columns is not COLUMNS:
            table = self.data.drop(columns=["place", "rows"], errors="ignore")
            if "sources" in table:
                table["sources"] = table["sources"].str.replace(" ", ", ")
            return table.rename(columns=lambda column: words.say(column.capitalize()))
        table = self.data[list(TABLE.values())].copy()
        for side in ("low", "high"):
            table[side] = [f"{float(in_digits(v)):.4g}" if math.isfinite(v) else words.say("open") for v in table[side]]
        table["unit"] = table["unit"].replace({"1": "", "ratio": "", "比值": ""})
        table["sources"] = table["sources"].str.replace(" ", ", ")
        table = table.set_axis(list(TABLE), axis="columns")
        if self.data["chance_low"].notna().any():
            both = self.data[["chance_low", "chance_high"]].itertuples(index=False)
            ends = [words.say(f"{a:.2g} to {b:.2g}") if a == a else "" for a, b in both]
            table.insert(table.columns.get_loc("High") + 1, "By chance", ends)
        return table.rename(columns=words.say)

    def csv(self) -> str:
        """The values as a file: comma-separated, with a header, an open side as an empty cell, and
        the licence of each row."""
        table = self.data.replace([math.inf, -math.inf], math.nan).assign(licence=licence())
        return table.rename(columns=column_name).to_csv(index=False, lineterminator="\n", float_format=in_digits)

    def payload(self) -> str:
        """All that the card needs besides the picture, as JSON that may stand in a page."""
        parts = {
            "name": self.name,
            "alt": self.alt,
            "csv": self.csv(),
            "narrow": self.narrow,
            "png": base64.b64encode(self.png).decode("ascii"),
            "columns": {column_name(name): words.say(held) for name, held in {**self.columns, **LICENCE}.items()},
            "sources": list(self.sources),
            "rows": list(self.rows),
            "tables": list(self.tables),
            "caveats": list(self.caveats),
            "code": self.code,
            "view": _in_digits(self.view),
        }
        return json.dumps(parts, ensure_ascii=False).replace("<", "\\u003c")

    def _repr_html_(self) -> str:
        table, label = self.shown(), words.say("Values of the figure")
        head = "".join(f"<th scope='col'>{html.escape(c)}</th>" for c in table.columns)
        body = "".join(
            f"<tr><th scope='row'>{html.escape(str(first))}</th>"
            + "".join(f"<td>{html.escape(str(v))}</td>" for v in rest) + "</tr>"
            for first, *rest in table.itertuples(index=False)
        )
        return (
            f'<div class="figure-frame">{self.svg}</div>'
            f'<details class="figure-values"><summary>{words.say("Values")}</summary>'
            f'<div class="figure-table" tabindex="0" role="group" aria-label="{label}">'
            f'<table aria-label="{label}"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div></details>"
            f'<script type="application/json" class="{PAYLOAD}">{self.payload()}</script>'
        )

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        if self.hans is None:
            return {}
        with words.in_language(words.CHINESE):
            return {words.MIME: replace(self.hans, code=self.code)._repr_html_()}

    def __repr__(self) -> str:
        return self.alt


def column_name(column: str) -> str:
    """Name of a column of the file of values, in the language that is spoken."""
    if words.speaking() != words.CHINESE:
        return column
    return words.say(f"{column} (column)" if column in BESIDES else column)


def _in_digits(told: object) -> object:
    """What a script is told, with its numbers in as many digits as the file of values."""
    if isinstance(told, float):
        return float(in_digits(told))
    if isinstance(told, Mapping):
        return {key: _in_digits(each) for key, each in told.items()}
    return [_in_digits(each) for each in told] if isinstance(told, (list, tuple)) else told


def licence() -> str:
    """The licence of the data, as the data package names it."""
    return next((each["name"] for each in book.package.get("licenses", ())), "")


def values_of(marks: Iterable[Mark]) -> pd.DataFrame:
    """What the marks show, one row each, with the columns of :data:`COLUMNS`, in the language that is
    spoken."""
    zh = words.speaking() == words.CHINESE
    return pd.DataFrame(
        [
            {
                "row": mark.line,
                "place": mark.place,
                "name": place_name(mark.place),
                "value": chinese.in_chinese(mark.quantity) if zh else mark.quantity.brief(),
                "low": mark.low,
                "high": mark.high,
                "chance_low": mark.chance.low if mark.chance else math.nan,
                "chance_high": mark.chance.high if mark.chance else math.nan,
                "unit": chinese.unit_name(mark.quantity.unit) if zh else mark.quantity.unit,
                "period": chinese.when(mark.quantity.period) if zh else mark.quantity.period,
                "scope": words.say(mark.quantity.scope),
                "hollow": words.say("yes" if mark.hollow else "no"),
                "confidence": words.say(mark.quantity.confidence),
                "caveat": chinese.caveats(mark.quantity.caveat) if zh else mark.quantity.caveat,
                "sources": " ".join(mark.quantity.sources),
                "rows": "\n".join(mark.quantity.rows),
            }
            for mark in marks
        ],
        columns=list(COLUMNS),
    )


def in_all_forms(draw: Callable[..., Chart]) -> Callable[..., Chart]:
    """A chart function that draws four times: in English and in Chinese, and each narrow as well,
    for phones.

    What it is given is put into Chinese for it (:func:`in_chinese`); words of its own it has to
    :func:`~citygap.words.say`.
    """

    def both_widths(*given, **options) -> Chart:
        wide = draw(*given, **options)
        with style.narrowly():
            return replace(wide, narrow=draw(*given, **options).svg)

    @wraps(draw)
    def every(*given, **options) -> Chart:
        found = both_widths(*given, **options)
        with words.in_language(words.CHINESE):
            said = {key: in_chinese(value) for key, value in options.items() if key != "tables"}
            return replace(found, hans=both_widths(*given[:1], *map(in_chinese, given[1:]), **{**options, **said}))

    return every


def in_chinese(value: object) -> object:
    """What a chart function is given, with its words in Chinese: marks, texts, and lists of them.

    Keys of places stay, and so does all that is no text.
    """
    if isinstance(value, Mark):
        return value.in_chinese()
    if isinstance(value, str):
        return value if KEY.fullmatch(value) and not words.chinese(value) else words.say(value)
    if isinstance(value, Mapping):
        return {in_chinese(key): in_chinese(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return type(value)(map(in_chinese, value))
    return value


def finish(
    figure: plt.Figure, name: str, lead: str, marks: Sequence[Mark], view: Mapping[str, object] | None = None,
    none: Mapping[str, str] | None = None,
) -> Chart:
    """Make the chart of a drawn figure; ``lead`` opens the alternative text, the values end it.

    ``view`` is the same to be asked (``interactive``); ``none`` are rows without a number and the words
    in its place.
    """
    rows: dict[str, list[str]] = {}
    zh = words.speaking() == words.CHINESE
    for mark in marks:
        place = place_name(mark.place)
        named = place in mark.line or mark.place == "china" if zh else place == mark.line
        of = "" if named else f"{place} "
        rows.setdefault(mark.line, []).append(of + _value(mark))
    rows |= {row: [said] for row, said in (none or {}).items()}
    alt = told(lead, rows, "; ")
    quantities = [mark.quantity for mark in marks]
    return make(figure, name, alt, values_of(marks), COLUMNS, quantities, view=view)


def _value(mark: Mark) -> str:
    """The value of a mark in words, with what chance leaves open."""
    if words.speaking() == words.CHINESE:
        chance = f"（偶然波动{chinese.in_chinese(mark.chance)}）" if mark.chance else ""
        return chinese.in_chinese(mark.quantity) + chance
    chance = f" ({mark.chance.brief()} by chance)" if mark.chance else ""
    return mark.quantity.brief() + chance


def told(lead: str, rows: Mapping[str, Sequence[str]], between: str, within: str = ", ") -> str:
    """An alternative text, in the language that is spoken: what the figure is, and its rows."""
    if words.speaking() == words.CHINESE:
        listed = "；".join(f"{row}：{'、'.join(parts)}" for row, parts in rows.items())
        return f"{lead}{listed}。"
    if between == " ":  # a sentence a row
        return f"{lead} " + " ".join(f"{row}: {within.join(parts)}." for row, parts in rows.items())
    return f"{lead} " + between.join(f"{row}: {within.join(parts)}" for row, parts in rows.items()) + "."


def make(
    figure: plt.Figure,
    name: str,
    alt: str,
    data: pd.DataFrame,
    columns: Mapping[str, str],
    quantities: Iterable[Quantity] = (),
    *,
    tables: Sequence[str] = (),
    view: Mapping[str, object] | None = None,
) -> Chart:
    """Make the chart of a drawn figure from a table of the values drawn.

    ``columns`` says what each column of ``data`` holds; ``quantities`` are what the values rest
    on, ``tables`` the tables that were counted.  Raises ValueError if a column is not described.
    """
    unknown = set(data.columns) ^ set(columns)
    if unknown:
        raise ValueError(f"figure {name}: say what these columns hold: {sorted(unknown)}")
    behind, zh = list(quantities), words.speaking() == words.CHINESE
    if style.narrow():
        svg, png = style.to_svg(figure, f"{name}-narrow", alt), b""
    else:
        svg, png = style.pictures(figure, name, alt)
    return Chart(
        name, svg, png, alt, data, columns,
        sources=_all(q.sources for q in behind),
        rows=_all(q.rows for q in behind),
        tables=tuple(tables),
        view=view,
        caveats=_all((chinese.caveat_list(q.caveat) if zh else q.caveat.split("; ")) for q in behind if q.caveat),
    )  # fmt: skip


def _all(parts: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All texts, each once, in the order in which they come."""
    return tuple(dict.fromkeys(text for part in parts for text in part))
