"""The register of rules, one a claim, and how they are asked.

A rule is a function of the tables that answers the parts of its claim::

    @rule("C15", another_judge="...")
    def _(w: Witness) -> list[Part]:
        return [...]

In :data:`RULES` it is a function ``rule(book) -> Verdict``: it is given the tables without the
commentary, and its parts are weighed.  Claims that nothing published could decide are registered
with :func:`not_testable`, which says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from citygap.answers import Answer
from citygap.claims.items import fact_item
from citygap.claims.parts import note, unknown
from citygap.claims.verdicts import Part, Role, Verdict, weigh
from citygap.claims.witness import Witness
from citygap.tables import NoObservation, Tables, book

RULES: dict[str, Callable[[Tables], Verdict]] = {}


def rule(claim: str, another_judge: str = "") -> Callable:
    """Register a rule; ``another_judge`` says what another judge of the same rows could decide."""

    def register(answers: Callable[[Witness], Sequence[Part]]) -> Callable[[Tables], Verdict]:
        def judged(tables: Tables) -> Verdict:
            witness = tables if isinstance(tables, Witness) else Witness(tables)
            try:
                parts = answers(witness)
            except NoObservation as missing:  # what a rule needs is gone from the tables
                parts = [unknown(f"a row that the rule needs is missing: {missing}")]
            return weigh(claim, parts, another_judge)

        if claim in RULES:
            raise ValueError(f"{claim} has two rules")
        judged.answers = answers
        RULES[claim] = judged
        return judged

    return register


def not_testable(
    claim: str, why: str, notes: Callable[[Witness], Sequence[Part]] | None = None
) -> None:
    """Register a claim that nothing published could decide, with the reason.

    Should claims.csv say that it is testable after all, it has no rule and is unverified.
    """

    def answers(w: Witness) -> list[Part]:
        testable = w.claim(claim)["testable"]
        could = Answer.of(testable != "no", testable == "no")
        reason = why if could is Answer.NO else "claims.csv calls it testable, and no rule tests it"
        known = [
            note(row["what"], fact_item(row, "context")) for row in w.rows("evidence", claim=claim)
        ]
        return [Part(could, reason, (), Role.TESTABLE), *known, *(notes(w) if notes else ())]

    rule(claim)(answers)


def judge(claim: str, tables: Tables = book) -> Verdict:
    """The verdict on one claim.  Raises KeyError for a claim without a rule."""
    return RULES[claim](tables)


def judge_all(tables: Tables = book) -> dict[str, Verdict]:
    """Verdicts on all claims of the table, in the order of the argument."""
    witness = Witness(tables)
    claims = sorted(witness.rows("claims"), key=lambda row: int(row["order"]))
    return {row["claim"]: judge(row["claim"], witness) for row in claims}
