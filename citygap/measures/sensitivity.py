"""How far a conclusion holds: the same statement under every defensible choice.

A conclusion is a comparison that answers yes, no or cannot tell.  A choice is a way of reading the
tables: words twice as wide, without rows of low confidence, without one source, without a city.
:func:`outcomes` works every conclusion out under every choice, from the tables up, so that nothing
is carried over from one choice to the next::

    nearer = Conclusion("Chengdu is ahead", lambda: multiple("chengdu", "firms") > 1)
    table, behind = outcomes([nearer], [*USUAL, without_source("it-juzi-2018", "without the list")])

The set of choices is a multiverse in the sense of Steegen et al. (2016); a specification curve
(Simonsohn et al. 2020) is one row of it.

Out of scope: which choices are defensible, which is for the chapter to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import pandas as pd

from citygap.data.tables import NoObservation, book
from citygap.quantity.quantity import Quantity, reading_rules
from citygap.quantity.three_valued import Answer


@dataclass(frozen=True)
class Conclusion:
    """A statement and the comparison behind it, which reads the tables each time it is called."""

    statement: str
    holds: Callable[[], Answer | bool]


@dataclass(frozen=True)
class Choice:
    """A way of reading the tables: a name, and the context in which they are read."""

    name: str
    under: Callable[[], AbstractContextManager]


def wider(width: float, name: str) -> Choice:
    """Words leave ``width`` times as much open as the reading rules say."""
    return Choice(name, lambda: reading_rules(width=width))


def without_confidence(levels: Sequence[str], name: str) -> Choice:
    """Rows of these levels of confidence are left out."""
    return Choice(name, lambda: book.leaving_out(lambda row: row.get("confidence") in levels))


def without_source(key: str, name: str) -> Choice:
    """All rows of one source are left out."""
    return Choice(name, lambda: book.leaving_out(lambda row: row["source"] == key))


def without_place(place: str, name: str) -> Choice:
    """All rows of one place are left out."""
    return Choice(name, lambda: book.leaving_out(lambda row: row.get("place") == place))


AS_READ = Choice("as\nread", nullcontext)
#: The choices that every chapter's main conclusions are put to.
USUAL = (
    AS_READ,
    wider(2, "words\ntwice as\nwide"),
    wider(5, "words\nfive times\nas wide"),
    without_confidence(["low"], "without low\nconfidence"),
    without_confidence(["low", "medium"], "high\nconfidence\nonly"),
)


def outcome(conclusion: Conclusion, choice: Choice) -> str:
    """``yes``, ``no``, ``cannot tell``, or ``no data`` if the choice leaves nothing to compare."""
    with choice.under():
        try:
            found = conclusion.holds()
        except (NoObservation, ZeroDivisionError):
            return "no data"
    return str(found if isinstance(found, Answer) else Answer.of(bool(found), not found))


def outcomes(
    conclusions: Iterable[Conclusion], choices: Sequence[Choice] = USUAL
) -> tuple[pd.DataFrame, list[Quantity]]:
    """Every conclusion under every choice, and the quantities of all rows that were read.

    The frame has the columns statement, choice, answer, one row a pair.
    """
    with book.recording() as read:
        rows = [
            {"statement": each.statement, "choice": choice.name, "answer": outcome(each, choice)}
            for each in conclusions
            for choice in choices
        ]
    return pd.DataFrame(rows), list(read.values())


def survives(table: pd.DataFrame, statement: str) -> bool:
    """Whether a statement of :func:`outcomes` is borne out under every choice that leaves data."""
    found = table.loc[table["statement"] == statement, "answer"]
    if found.empty:
        raise LookupError(f"no statement {statement!r}")
    return set(found) <= {"yes", "no data"} and "yes" in set(found)
