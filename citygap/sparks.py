"""The firms and laboratories that the commentary names as Chongqing's sparks, and what is found.

Out of scope: how a verdict comes about (``claims``).
"""

from __future__ import annotations

import pandas as pd

from citygap.claims.registry import judge_all
from citygap.claims.verdicts import Outcome, Verdict
from citygap.describe import Table
from citygap.tables import book

#: Claim, and what it is about.
NAMED = (
    ("C37", "Changan, Tianshu model"),
    ("C38", "Qianli Zhijia, staff"),
    ("C39", "Qianli Zhijia, move"),
    ("C40", "Qianli Zhijia, founding"),
    ("C41", "Jialing River Laboratory, start"),
    ("C42", "Jialing River Laboratory, field"),
    ("C43", "Zhongke Yaoluchuan, SERES"),
    ("C44", "Zhongke Yaoluchuan, list"),
    ("C45", "All, their niches"),
)


def verdicts() -> dict[str, Verdict]:
    """The verdict of each claim on the sparks, by its key."""
    found = judge_all(book)
    return {claim: found[claim] for claim, _ in NAMED}


def outcomes(known: dict[str, Verdict]) -> dict[Outcome, int]:
    """How many of the claims came out how; outcomes that none has are zero."""
    found = [verdict.outcome for verdict in known.values()]
    return {outcome: found.count(outcome) for outcome in Outcome}


def table(known: dict[str, Verdict]) -> Table:
    """What the commentary says of each, the verdict, and what was found.

    Raises KeyError for a claim of :data:`NAMED` that has no verdict.
    """
    said = {row["claim"]: row["paraphrase_en"] for row in book.table("claims").to_dict("records")}
    rows = [
        (about, said[claim], str(known[claim].outcome), known[claim].reason)
        for claim, about in NAMED
    ]
    head = ["Named", "The commentary says", "Verdict", "What was found"]
    return Table(pd.DataFrame(rows, columns=head), "The sparks, as far as they can be checked")
