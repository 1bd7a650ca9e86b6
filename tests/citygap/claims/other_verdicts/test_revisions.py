"""What is said of an earlier edition is what that edition said."""

from __future__ import annotations

import json
import lzma
import re
from functools import cache

import pytest

from citygap.claims.other_verdicts import revisions
from citygap.claims.ledger import Ledger
from citygap.data.tables import book
from press import ROOT

EDITION = "2026.2"


@cache
def record() -> dict:
    """The edition, as it is kept to be compared with."""
    with lzma.open(ROOT / "editions" / f"{EDITION}.json.xz", "rt", encoding="utf-8") as file:
        return json.load(file)["kinds"]


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger()


def test_a_row_tells_the_verdict_of_its_edition_and_each_that_turned_has_one(ledger):
    then = {claim["id"]: claim["verdict"] for claim in record()["claims"]}
    turned = {
        key: verdict for key, verdict in then.items()
        if key in ledger.verdicts and str(ledger.verdicts[key].outcome) != verdict
    }  # fmt: skip
    assert {row["claim"]: row["verdict"] for row in revisions.turned(ledger, EDITION)} == turned
    told = revisions.counts(ledger, EDITION)
    assert told["turned"].low == len(turned) > 10
    assert told["both"].low == len(set(then) & set(ledger.verdicts))
    assert told["new"].low == len(set(ledger.verdicts) - set(then))


def test_a_verdict_that_is_again_what_it_was_is_an_error_that_names_the_line(ledger):
    row = next(row for row in book.rows(revisions.TABLE) if row["version"] == EDITION)
    now = {**row, "verdict": str(ledger.verdicts[row["claim"]].outcome)}

    class One:
        def rows(self, table):
            return [now]

    with pytest.raises(revisions.Idle, match=f"revisions.csv, line 2, column verdict: {row['claim']} is again"):
        revisions.turned(ledger, EDITION, One())


def test_claims_that_are_said_to_be_gone_or_new_are():
    then, now = {claim["id"] for claim in record()["claims"]}, set(book.table("claims")["claim"])
    assert then - now == {"C60", "C68"}
    assert min(int(key[1:]) for key in now - then) == 83


def test_what_the_page_quotes_of_the_edition_stands_there():
    page = (ROOT / "chapters" / "what-changed.md").read_text(encoding="utf-8")
    quotes = re.findall(r"\*Then:\*[^“\n]*“([^”]+)”", page)
    texts = "\n".join(
        block for each in record()["texts"] for section in each["sections"] for block in section["blocks"]
    )  # fmt: skip
    assert len(quotes) >= 6
    assert [quote for quote in quotes if quote not in texts] == []
