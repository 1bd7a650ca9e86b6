"""The firms and laboratories that the commentary names as Chongqing's successes, and what is found.

Out of scope: how a verdict comes about (``claims``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from citygap.claims.evidence_tables import Witness
from citygap.claims.ledger import PLACE_AND_DATE
from citygap.claims.registry import judge_all
from citygap.claims.rules import local_firms
from citygap.claims.verdicts import Outcome, Verdict
from citygap.data.tables import book
from citygap.quantity.three_valued import Answer, every

#: Changan, Qianli Zhijia (three), the Jialing River Laboratory (two), Zhongke Yaoluchuan (two), all.
NAMED = ("C37", "C38", "C39", "C40", "C41", "C42", "C43", "C44", "C45")


def verdicts() -> dict[str, Verdict]:
    """The verdict of each claim, by its key."""
    found = judge_all(book)
    return {claim: found[claim] for claim in NAMED}


def tally(known: Mapping[str, Verdict], kinds: Mapping[str, str] | None = None) -> pd.DataFrame:
    """How many of the claims there are, and are borne out, contradicted and open; those that only say
    where or when (row ``place-date``) apart from all others (row ``said``), as in the ledger.

    ``kinds`` are those of the table of claims unless others are given.
    """
    kinds = {row["claim"]: row["kind"] for row in book.rows("claims")} if kinds is None else kinds
    rows = {}
    for name, apart in (("said", False), ("place-date", True)):
        found = [v.outcome for claim, v in known.items() if (kinds[claim] in PLACE_AND_DATE) is apart]
        borne = found.count(Outcome.SUPPORTED) + found.count(Outcome.CAVEAT)
        against = found.count(Outcome.CONTRADICTED)
        rows[name] = {"all": len(found), "borne-out": borne, "contradicted": against,
                      "open": len(found) - borne - against}  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index", dtype=object)


def in_niches() -> Answer:
    """Whether most of the successes are known to work in driving or equipment."""
    return local_firms.in_niches(Witness(book)).answer


def are(known: Mapping[str, Verdict], outcome: Outcome, claims: Iterable[str]) -> Answer:
    """Whether every one of some claims came out so.  Raises KeyError for an unknown one."""
    return every(known[claim].outcome is outcome for claim in claims)
