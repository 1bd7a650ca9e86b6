"""The second judgement of every claim, held against the rules.

Somebody judged all claims on their sentences, the rows and the scale, without the rules or their
verdicts.  What they said is kept as it was said, with the verdict of the rule on that day, and a
reply where the two differed, or where they agreed and the rule says otherwise since.

Out of scope: the rules (``rules``) and how the measure is computed (``measures.agreement``).
"""

from __future__ import annotations

import pandas as pd

from citygap.charts.table import Table
from citygap.claims.ledger import BORNE_OUT, Ledger
from citygap.claims.verdicts import Outcome
from citygap.data.tables import Tables, book
from citygap.measures import agreement
from citygap.quantity.quantity import Quantity, exactly

TABLE = "second_judgements"
COUNTED = "counted over all rows of data/second_judgements.csv"
#: How a reply begins that says that the rule was mended.
MENDED = "Mended"
#: How one begins where both agreed and the rule says otherwise since.
CHANGED = "Changed since"


def pairs(tables: Tables = book) -> list[tuple[str, str]]:
    """What rule and second judge said of each claim on the day of the judgement."""
    return [(row["rule_then"], row["verdict"]) for row in tables.rows(TABLE)]


def figures(tables: Tables = book) -> dict[str, Quantity]:
    """Kappa and agreement, with how many claims were judged, differed, led to a mended rule, and got
    another verdict later."""
    judged, rows = pairs(tables), tables.rows(TABLE)
    differ = [row for row in rows if row["rule_then"] != row["verdict"]]
    later = [row for row in rows if row["rule_then"] == row["verdict"] and row["reply"]]
    mended = [row for row in differ if row["reply"].startswith(MENDED)]
    told = {"made_by": "second_judgements.figures", "caveat": COUNTED}
    return {
        "kappa": exactly(round(agreement.cohens_kappa(judged), 2), "ratio", **told, coefficient=True),
        "same": exactly(100 * agreement.agreement(judged), "%", **told),
        "judged": exactly(len(rows), "count", **told),
        "differ": exactly(len(differ), "count", **told),
        "mended": exactly(len(mended), "count", **told),
        "later": exactly(len(later), "count", **told),
    }


def today(ledger: Ledger, tables: Tables = book) -> dict[str, Quantity]:
    """The same of the verdicts that the rules give today, some of which were mended or changed since, and
    the share on which the two differ."""
    judged = [(str(ledger.verdicts[row["claim"]].outcome), row["verdict"]) for row in tables.rows(TABLE)]
    told = {"made_by": "second_judgements.today", "caveat": COUNTED}
    return {
        "kappa": exactly(round(agreement.cohens_kappa(judged), 2), "ratio", **told, coefficient=True),
        "same": exactly(100 * agreement.agreement(judged), "%", **told),
        "other": exactly(100 * (1 - agreement.agreement(judged)), "%", **told),
    }


def counts(ledger: Ledger, tables: Tables = book) -> dict[str, Quantity]:
    """How many claims, not of place and date, the second judge found borne out and contradicted, and how
    many the rules bore out on that day (``then``)."""
    chosen, borne_out = set(ledger.chosen()), set(map(str, BORNE_OUT))
    rows = [row for row in tables.rows(TABLE) if row["claim"] in chosen]
    said, then = ([row[which] for row in rows] for which in ("verdict", "rule_then"))
    told = {"made_by": "second_judgements.counts", "caveat": COUNTED}
    return {
        "borne-out": exactly(sum(each in borne_out for each in said), "count", **told),
        "then": exactly(sum(each in borne_out for each in then), "count", **told),
        "contradicted": exactly(said.count(str(Outcome.CONTRADICTED)), "count", **told),
    }


def differences(tables: Tables = book) -> Table:
    """Every claim on which the two differed, then or since: both verdicts of that day, the second
    judge's reason and the reply."""
    rows = [
        (row["claim"], row["rule_then"], row["verdict"], row["reason"], row["reply"])
        for row in tables.rows(TABLE)
        if row["reply"]
    ]
    heads = ["Claim", "Rule", "Second judge", "The second judge's reason", "What came of it"]
    return Table(pd.DataFrame(rows, columns=heads), "Where the rule and the second judge differed, then or since")
