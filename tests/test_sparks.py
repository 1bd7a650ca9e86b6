"""The sparks that the commentary names: each has its verdict, and the counts add up."""

from __future__ import annotations

import pytest

from citygap import sparks
from citygap.claims.verdicts import Outcome, Verdict
from citygap.tables import book


def verdict(outcome: Outcome, reason: str = "because") -> Verdict:
    return Verdict("X", outcome, reason, (), (), (), ())


def test_every_spark_is_a_claim_of_the_table_and_of_this_chapter():
    rows = {row["claim"]: row for row in book.table("claims").to_dict("records")}
    assert len({claim for claim, _ in sparks.NAMED}) == len(sparks.NAMED)
    assert {rows[claim]["chapter"] for claim, _ in sparks.NAMED} == {"gap-diagnosis"}


def test_each_spark_is_judged_and_gives_its_reason():
    known = sparks.verdicts()
    assert list(known) == [claim for claim, _ in sparks.NAMED]
    assert all(verdict.claim == claim and verdict.reason for claim, verdict in known.items())
    assert sum(sparks.outcomes(known).values()) == len(sparks.NAMED)


def test_outcomes_are_counted_and_none_is_left_out():
    given = [Outcome.SUPPORTED, Outcome.SUPPORTED, Outcome.UNVERIFIED]
    found = sparks.outcomes({f"X{n}": verdict(o) for n, o in enumerate(given)})
    assert (found[Outcome.SUPPORTED], found[Outcome.UNVERIFIED]) == (2, 1)
    assert set(found) == set(Outcome) and sum(found.values()) == 3
    assert sum(sparks.outcomes({}).values()) == 0


def test_the_table_gives_each_its_words_its_verdict_and_its_reason():
    made_up = {claim: verdict(Outcome.UNVERIFIED, f"why {claim}") for claim, _ in sparks.NAMED}
    frame = sparks.table(made_up).frame
    assert list(frame["Named"]) == [about for _, about in sparks.NAMED]
    assert list(frame["What was found"]) == [f"why {claim}" for claim, _ in sparks.NAMED]
    assert set(frame["Verdict"]) == {str(Outcome.UNVERIFIED)}
    assert frame["The commentary says"].str.len().min() > 0


def test_a_spark_without_a_verdict_is_an_error():
    with pytest.raises(KeyError, match=sparks.NAMED[0][0]):
        sparks.table({})
