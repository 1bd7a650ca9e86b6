"""What a chapter needs to put numbers and figures on its page.

``bind`` and ``show`` hand quantities and charts to the page through MyST-NB's glue, so that prose
names a key (``{glue}`core```) and the number comes from the computation, with its bounds.  In a
notebook the figure is shown as well.  Words that carry a claim ("widens", "larger") are bound too,
with ``says``: they print only as long as the data say so.

Out of scope: how the page prints them (``press``).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from html import escape
from operator import and_
from typing import TYPE_CHECKING

import numpy as np

from citygap.answers import Answer
from citygap.quantity import Quantity

if TYPE_CHECKING:  # a page without figures needs no matplotlib
    from citygap.charts import Chart

MOST_DIGITS = 4  # of a figure in prose


def bind(**named: object) -> None:
    """Make each value available to the prose of this chapter under its name.

    Values print themselves: quantities with their bounds, counts as they are.  Raises TypeError
    for a bare float, whose digits nobody has vouched for.
    """
    from myst_nb import glue

    code = expressions(running_cell())
    for name, value in named.items():
        if isinstance(value, float):
            raise TypeError(f"{name} is a bare float: make it a Quantity, which knows its bounds")
        key = name.replace("_", "-")
        shown = Count(value) if isinstance(value, int) else value
        glue(key, Bound(key, shown, code.get(name, code.get("**", ""))), False)


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
        return str(self.value)

    def _repr_html_(self) -> str:
        made = getattr(self.value, "_repr_html_", None)
        inner = made() if made else escape(str(self.value))
        given = f' data-key="{escape(self.key)}" data-code="{escape(self.code)}"'
        for mark in ('<data class="quantity"', '<span class="checked"'):
            inner = inner.replace(mark, mark + given, 1)
        return inner


def running_cell() -> str:
    """Source of the notebook's cell that is running; empty outside a notebook."""
    from IPython import get_ipython

    shell = get_ipython()
    return shell.user_ns["In"][-1].strip() if shell else ""


def expressions(cell: str) -> dict[str, str]:
    """What a cell hands to :func:`bind`: the expression of each name, as Python prints it.

    Names that come from a mapping have its expression, under ``**``.  Empty for text that is not
    plain Python (a magic, say).
    """
    try:
        calls = [node for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Call)]
    except SyntaxError:
        return {}
    return {
        keyword.arg or "**": ast.unparse(keyword.value)
        for call in calls
        if getattr(call.func, "id", getattr(call.func, "attr", "")) == "bind"
        for keyword in call.keywords
    }


class Count(int):
    """A number of rows, places or figures that the code counted itself: exact, with no unit."""

    def __repr__(self) -> str:
        return f"{int(self):,}"

    def _repr_html_(self) -> str:
        return f'<data class="quantity" value="{int(self)}">{int(self):,}</data>'


def shown(quantity: Quantity, unit: str) -> Quantity:
    """A quantity in the unit that prose gives it in; the tables keep the unit as published.

    A figure printed with more digits than prose needs (1,504.27) is printed as a computed one.
    """
    found = quantity.to(unit)
    digits = sum(character.isdigit() for character in found.published)
    return replace(found, published="") if digits > MOST_DIGITS else found


def billions(quantity: Quantity) -> Quantity:
    """A sum of yuan in billions."""
    return shown(quantity, "1e9 CNY")


class Phrase(str):
    """Words on the page whose truth was computed."""

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f'<span class="checked">{escape(self, quote=False)}</span>'


def every(answers: Iterable[Answer | bool]) -> Answer:
    """Whether all comparisons answer yes: no if one answers no, else cannot tell if one cannot.

    Raises ValueError without any, which would bear every phrase.
    """
    known = [a if isinstance(a, Answer) else Answer.of(bool(a), not a) for a in answers]
    if not known:
        raise ValueError("nothing was compared")
    return reduce(and_, known)


def says(text: str, answer: Answer | bool) -> Phrase:
    """The phrase ``text`` for the page, if the comparison behind it answers yes.

    ``bind(widens=says("widens", theirs > ours))`` lets prose say ``{glue}`widens```: the build
    fails when the data no longer say so.  A comparison that cannot tell does not bear a phrase.
    Raises ValueError naming the phrase, TypeError for an answer that is no comparison's.
    """
    if isinstance(answer, (bool, np.bool_)):
        answer = Answer.of(bool(answer), not answer)
    if not isinstance(answer, Answer):
        raise TypeError(f"{text!r} rests on {answer!r}: give the answer of a comparison")
    if answer is not Answer.YES:
        raise ValueError(
            f"the data no longer say {text!r}: the comparison behind it answers {str(answer)!r}. "
            "Change the sentence, or see which row changed"
        )
    return Phrase(text)
