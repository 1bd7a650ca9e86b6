"""Verdicts that an earlier edition gave and this one does not, with the reason.

``data/revisions.csv`` holds what the earlier edition said, as its record has it, and why that no
longer stands; what the rules say today is computed.  A claim whose verdict has turned and that has no
row, or has a row and has not turned, is an error.

Out of scope: the pages of all changes between two editions (``press.edition_diff``).
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from citygap.charts.table import Table
from citygap.claims.ledger import Ledger
from citygap.data.tables import Tables, book
from citygap.quantity.quantity import Quantity, exactly
from citygap.words import CHINESE, speaking

TABLE = "revisions"
COUNTED = "counted over all claims that both editions have"
#: The number of the last claim of an edition, by its version.
LAST = {"2026.2": 82}


class Idle(ValueError):
    """A row says that a verdict turned, and it did not; the text names file, row and remedy."""


class Said:
    """A text that a table of the data has in both languages."""

    def __init__(self, row: Mapping[str, str], english: str, chinese: str):
        self.row, self.english, self.chinese = row, english, chinese

    def __str__(self) -> str:
        return self.row[self.chinese if speaking() == CHINESE else self.english]


def turned(ledger: Ledger, edition: str, tables: Tables = book) -> list[dict[str, str]]:
    """The rows of revisions on an edition, in their order.

    Raises Idle for a row whose verdict is that of today.
    """
    numbered = [(n, row) for n, row in enumerate(tables.rows(TABLE), 2) if row["version"] == edition]
    for number, row in numbered:
        if str(ledger.verdicts[row["claim"]].outcome) == row["verdict"]:
            raise Idle(f"data/revisions.csv, line {number}, column verdict: {row['claim']} is again "
                       f"{row['verdict']!r}, as in {edition}; take the line out")  # fmt: skip
    return [row for _, row in numbered]


def counts(ledger: Ledger, edition: str, tables: Tables = book) -> dict[str, Quantity]:
    """How many verdicts of an edition turned, of how many claims that both have, and how many are new.

    New are those whose key is above :data:`LAST` of the edition.
    """
    told = {"made_by": "revisions.counts", "caveat": COUNTED}
    both = [key for key in ledger.verdicts if int(key.removeprefix("C")) <= LAST[edition]]
    return {
        "turned": exactly(len(turned(ledger, edition, tables)), "count", **told),
        "both": exactly(len(both), "count", **told),
        "new": exactly(len(ledger.verdicts) - len(both), "count", **told),
    }


def table(ledger: Ledger, edition: str, tables: Tables = book) -> Table:
    """Each claim whose verdict turned: what it says, the verdict then and now, and why."""
    rows = [
        (row["claim"], Said(ledger.claims[row["claim"]], "paraphrase_en", "sentence_hans"), row["verdict"],
         str(ledger.verdicts[row["claim"]].outcome), Said(row, "reason_en", "reason_hans"))
        for row in turned(ledger, edition, tables)
    ]  # fmt: skip
    heads = ["Claim", "What the commentary says", "Then", "Now", "Why"]
    return Table(pd.DataFrame(rows, columns=heads), f"Verdicts that turned since edition {edition}")
