"""The second judgement: every claim once, on the scale, with a reply where it differs from the rule."""

from __future__ import annotations

from citygap.claims import Outcome, judge_all, ledger
from citygap.claims.other_verdicts.second_judgements import CHANGED, MENDED, differences, figures, today
from citygap.data.tables import book
from citygap.measures.agreement import cohens_kappa

ROWS = book.rows("second_judgements")


def test_every_claim_was_judged_twice():
    assert [row["claim"] for row in ROWS] == [row["claim"] for row in book.rows("claims")]
    assert {row["verdict"] for row in ROWS} <= {str(outcome) for outcome in Outcome}


def test_each_difference_was_looked_at_and_nothing_else_has_a_reply():
    today = {claim: verdict.verdict for claim, verdict in judge_all().items()}
    for row in ROWS:
        differs = row["verdict"] != row["rule_then"] or row["verdict"] != today[row["claim"]]
        assert bool(row["reply"]) == differs, row["claim"]


def test_a_reply_says_where_the_two_agreed_and_the_rule_has_changed():
    for row in ROWS:
        agreed_then = bool(row["reply"]) and row["verdict"] == row["rule_then"]
        assert row["reply"].startswith(CHANGED) == agreed_then, row["claim"]


def test_a_mended_rule_now_says_what_the_second_judge_said():
    verdicts = judge_all()
    mended = [row for row in ROWS if row["reply"].startswith(MENDED)]
    assert mended
    for row in mended:
        assert verdicts[row["claim"]].verdict == row["verdict"], row["claim"]


def test_the_printed_figures_are_those_of_the_table():
    found = figures()
    assert found["kappa"].low == round(cohens_kappa([(r["rule_then"], r["verdict"]) for r in ROWS]), 2)
    assert found["judged"].low == len(ROWS)
    assert len(differences().frame) == found["differ"].low + found["later"].low
    assert found["differ"].low > found["mended"].low > 0 and found["later"].low > 0


def test_what_could_be_argued_otherwise_is_the_rest():
    found = today(ledger.Ledger())
    assert found["same"].low + found["other"].low == 100 and 0 < found["other"].low < 100
