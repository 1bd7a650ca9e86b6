"""The successes that the commentary names: each has its verdict, and the counts add up."""

from __future__ import annotations

import pytest

from citygap.claims import firm_verdicts
from citygap.claims import ledger as printing
from citygap.claims.verdicts import Outcome, Verdict
from citygap.data.tables import book
from citygap.quantity.three_valued import Answer


def verdict(outcome: Outcome) -> Verdict:
    return Verdict("X", outcome, "because", (), (), (), ())


def test_every_one_is_a_claim_of_the_table_and_of_this_chapter():
    rows = {row["claim"]: row for row in book.table("claims").to_dict("records")}
    assert len(set(firm_verdicts.NAMED)) == len(firm_verdicts.NAMED)
    assert {rows[claim]["chapter"] for claim in firm_verdicts.NAMED} == {"gap-diagnosis"}


def test_each_is_judged_and_gives_its_reason():
    known = firm_verdicts.verdicts()
    assert tuple(known) == firm_verdicts.NAMED
    assert all(verdict.claim == claim and verdict.reason for claim, verdict in known.items())


def test_outcomes_are_counted_and_add_up():
    given = [Outcome.SUPPORTED, Outcome.CAVEAT, Outcome.CAVEAT, Outcome.UNVERIFIED, Outcome.CONTRADICTED]
    known = {f"X{n}": verdict(each) for n, each in enumerate(given)}
    found = firm_verdicts.tally(known, dict.fromkeys(known, "policy"))
    assert dict(found.loc["said"]) == {"all": 5, "borne-out": 3, "contradicted": 1, "open": 1}
    assert set(found.loc["place-date"]) == set(firm_verdicts.tally({}).loc["said"]) == {0}


def test_those_of_place_and_date_swell_no_score():
    known = {f"X{n}": verdict(Outcome.SUPPORTED) for n in range(3)}
    found = firm_verdicts.tally(known, {"X0": "date", "X1": "location", "X2": "numeric"})
    assert list(found["borne-out"]) == [1, 2]
    ledger = printing.Ledger()
    apart = [claim for claim in firm_verdicts.NAMED if claim in ledger.chosen(apart=True)]
    assert firm_verdicts.tally(firm_verdicts.verdicts()).loc["place-date", "all"] == len(apart) > 0


def test_one_that_came_out_otherwise_decides():
    known = {"A": verdict(Outcome.UNVERIFIED), "B": verdict(Outcome.CONTRADICTED)}
    assert firm_verdicts.are(known, Outcome.UNVERIFIED, ["A"]) is Answer.YES
    assert firm_verdicts.are(known, Outcome.UNVERIFIED, ["A", "B"]) is Answer.NO
    with pytest.raises(KeyError, match="C"):
        firm_verdicts.are(known, Outcome.UNVERIFIED, ["C"])
