"""What a chapter needs to put numbers and figures on its page.

``bind`` and ``show`` hand quantities and charts to the page through MyST-NB's glue, so that prose
names a key (``{glue}`counts/beijing/filings```) and the number comes from the computation, with its
bounds.  Words that carry a claim stand in the prose (``{check}`far ahead <far-ahead>```), and
``check`` hands over the comparison that they rest on: the page prints them only as long as the data
say so.  In a notebook ``bind`` returns all that it bound as a table, and ``show`` shows the figure.

Out of scope: how the page prints them (``press``).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from citygap.quantity.formatting import unit_words
from citygap.quantity.rounding import in_full
from citygap import words
from citygap.quantity import chinese
from citygap.quantity.english import CHINESE_SCALE, in_english, in_scale
from citygap.quantity.quantity import Quantity, billions, shown
from citygap.quantity.three_valued import Answer, every

if TYPE_CHECKING:  # a page without figures needs no matplotlib
    from citygap.charts import Chart

__all__ = ["absent", "bind", "billions", "check", "every", "show", "shown"]

pd.set_option("display.max_rows", None, "display.max_colwidth", None)  # tables are shown whole


def bind(**named: object) -> pd.DataFrame:
    """Make values available to the prose of this chapter, and return them as a table.

    A value is a quantity, a count or a name, and its key is the name that it is given.  A pandas
    Series or DataFrame of such values (or a mapping) binds each of its cells: the key of a cell is
    the name and the labels of its row and column, ``counts/beijing/filings``; empty cells have none.
    Prose may write a key with hyphens or with underscores.

    Values print themselves: quantities with their bounds, counts as they are.  A quantity in a
    unit of ten thousands or hundred millions prints in English words ("4.25 million"), so that the
    prose names only what is counted; in any other unit the prose names the unit, scale and all.

    The table has a row for each key: its words, the figure and word as published, bounds, unit,
    period, definition and sources.  Raises TypeError for a bare float, whose digits nobody has
    vouched for.
    """
    from myst_nb import glue

    code = expressions(running_cell())
    bound = []
    for name, given in named.items():
        source = code.get(name, code.get("**", ""))
        for labels, value in cells(given):
            if isinstance(value, float):
                raise TypeError(f"{name} is a bare float: make it a Quantity, which knows its bounds")
            printed = Count(value) if isinstance(value, (int, np.integer)) else value
            key = "/".join((name, *labels)).replace("_", "-")
            at = f"{source}.loc[{', '.join(map(repr, labels))}]" if labels and source else source
            bound.append(Bound(key, printed, at))
            glue(key, bound[-1], False)
    return as_table(of_this_cell(bound))


def of_this_cell(bound: list[Bound]) -> list[Bound]:
    """What the running cell bound so far, since a notebook shows only what its last line returns."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        return bound
    count, before = getattr(shell, "bound_in_cell", (None, []))
    everything = [*(before if count == shell.execution_count else ()), *bound]
    shell.bound_in_cell = shell.execution_count, everything
    return everything


def cells(given: object) -> Iterator[tuple[tuple[str, ...], object]]:
    """The values in what is bound, each with the labels of its row and column; no empty cells."""
    if isinstance(given, pd.DataFrame):
        given = given.stack()
    if isinstance(given, (pd.Series, Mapping)):
        for label, value in given.items():
            if not (isinstance(value, float) and np.isnan(value)) and value is not None:
                labels = label if isinstance(label, tuple) else (label,)
                yield tuple(map(str, labels)), value
    else:
        yield (), given


def as_table(bound: Sequence[Bound]) -> pd.DataFrame:
    """What was bound, a row for each key.  Columns that would be empty are left out."""
    rows = []
    for each in bound:
        q = each.value
        row = {"key": each.key, "value": repr(each)}
        if isinstance(q, Quantity):
            row |= {
                "published": q.published, "low": f"{q.low:,.6g}", "high": f"{q.high:,.6g}",
                "unit": unit_words(q.unit), "period": q.period, "definition": q.scope,
                "source": " ".join(q.sources),
            }  # fmt: skip
        rows.append(row)
    table = pd.DataFrame(rows).fillna("").set_index("key") if rows else pd.DataFrame()
    return table.loc[:, [c for c in table if (table[c] != "").any()]]


def check(**answers: Answer | bool) -> None:
    """Hand the comparisons to the page that words of this chapter's prose rest on.

    ``check(far_ahead=heads > 5)`` lets prose say ``{check}`far ahead <far-ahead>```.  The words are
    printed if the answer is yes; else the build fails, and a notebook says which words no longer
    hold.  A comparison that cannot tell bears no words.  Raises TypeError for an answer that is no
    comparison's.
    """
    from myst_nb import glue

    code = expressions(running_cell(), "check")
    for name, answer in answers.items():
        if isinstance(answer, (bool, np.bool_)):
            answer = Answer.of(bool(answer), not answer)
        if not isinstance(answer, Answer):
            raise TypeError(f"{name} rests on {answer!r}: give the answer of a comparison")
        key = name.replace("_", "-")
        if answer is not Answer.YES:
            asked = code.get(name, "the comparison")
            print(f"The words for {key!r} no longer hold: {asked} answers {str(answer)!r}.")
        glue(key, Checked(key, answer, code.get(name, "")), False)


def absent(rows: Sequence[str]) -> Answer:
    """Whether a query found nothing: for words that say so.

    ``rows`` are keys that a query gave (``absence.held``).
    """
    return Answer.of(not rows, bool(rows))


def show(chart: Chart) -> None:
    """Show a figure in the notebook, and make it available to the page under its name."""
    from myst_nb import glue

    glue(chart.name, replace(chart, code=running_cell()))


@dataclass(frozen=True)
class Bound:
    """A value as it is handed to the page: with its name there and the code that made it.

    ``key`` is unique on its page; ``code`` is the expression of the chapter's cell.
    """

    key: str
    value: object
    code: str = ""

    def __repr__(self) -> str:
        return in_english(self.value) if isinstance(self.value, Quantity) else str(self.value)

    def _repr_html_(self) -> str:
        if isinstance(self.value, Quantity):
            return self._marked(self.value.html(in_english(self.value)))
        made = getattr(self.value, "_repr_html_", None)
        return self._marked(made() if made else escape(str(self.value)))

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        if isinstance(self.value, Quantity):
            return {words.MIME: self._marked(chinese.html(self.value))}
        if isinstance(self.value, Count):
            return {words.MIME: self._marked(self.value.html(chinese.count(self.value)))}
        text = words.chinese(str(self.value)) or str(self.value)
        said = type(self.value)(text) if isinstance(self.value, str) else text  # a phrase stays one
        made = getattr(said, "_repr_html_", None)
        return {words.MIME: self._marked(made() if made else escape(text))}

    def _marked(self, inner: str) -> str:
        """HTML of the value with its key and its code."""
        given = f' data-key="{escape(self.key)}" data-code="{escape(self.code)}"'
        if isinstance(self.value, Quantity) and CHINESE_SCALE.match(self.value.unit):
            given += f' data-said-range="{in_full(*in_scale(self.value)[0].bounds)}"'  # as the words scale it
        for mark in ('<data class="quantity"', '<span class="checked"'):
            inner = inner.replace(mark, mark + given, 1)
        return inner


@dataclass(frozen=True)
class Checked:
    """The answer that words of the prose rest on, as it is handed to the page."""

    key: str
    value: Answer
    code: str = ""

    def __repr__(self) -> str:
        return str(self.value)

    def _repr_html_(self) -> str:
        return f'<span class="checked" data-key="{escape(self.key)}" data-code="{escape(self.code)}"></span>'

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {words.MIME: self._repr_html_()}  # the words stand in the prose


def running_cell() -> str:
    """Source of the notebook's cell that is running; empty outside a notebook."""
    from IPython import get_ipython

    shell = get_ipython()
    return shell.user_ns["In"][-1].strip() if shell else ""


def expressions(cell: str, function: str = "bind") -> dict[str, str]:
    """What a cell hands to a function: the expression of each name, as Python prints it.

    A name that the cell itself assigned stands for what was assigned to it.  Names that come from
    a mapping have its expression, under ``**``.  Empty for text that is not plain Python (a magic,
    say).
    """
    try:
        nodes = list(ast.walk(ast.parse(cell)))
    except SyntaxError:
        return {}
    assigned = {
        target.id: node.value
        for node in nodes if isinstance(node, ast.Assign)
        for target in node.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    return {
        keyword.arg or "**": ast.unparse(assigned.get(getattr(keyword.value, "id", ""), keyword.value))
        for call in nodes if isinstance(call, ast.Call)
        if getattr(call.func, "id", getattr(call.func, "attr", "")) == function
        for keyword in call.keywords
    }  # fmt: skip


class Count(int):
    """A number of rows, places or figures that the code counted itself: exact, with no unit."""

    def __repr__(self) -> str:
        return f"{int(self):,}"

    def html(self, text: str) -> str:
        """A ``<data>`` element that shows ``text``."""
        return f'<data class="quantity" value="{int(self)}">{text}</data>'

    def _repr_html_(self) -> str:
        return self.html(repr(self))
