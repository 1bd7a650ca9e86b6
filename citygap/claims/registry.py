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

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from citygap.claims.criteria import note, unknown
from citygap.claims.evidence import fact_item
from citygap.claims.evidence_tables import Witness, evidence_key
from citygap.claims.verdicts import Outcome, Part, Role, Verdict, weigh
from citygap.data.io import Problem
from citygap.data.tables import NoObservation, Tables, book
from citygap.quantity.three_valued import Answer, every

RULES: dict[str, Callable[[Tables], Verdict]] = {}


def rule(claim: str, another_judge: str = "", judged_by: str = "") -> Callable:
    """Register a rule; ``another_judge`` says what another judge of the same rows could decide,
    ``judged_by`` by what a claim is judged that is one of several in its sentence."""
    place = _here()

    def register(answers: Callable[[Witness], Sequence[Part]]) -> Callable[[Tables], Verdict]:
        def judged(tables: Tables) -> Verdict:
            witness = tables if isinstance(tables, Witness) else Witness(tables)
            try:
                parts = answers(witness)
            except NoObservation as missing:  # what a rule needs is gone from the tables
                parts = [unknown(f"a row that the rule needs is missing: {missing}")]
            return _traced(witness, parts, weigh(claim, parts, another_judge, judged_by))

        if claim in RULES:
            raise ValueError(
                f"claim {claim} has two rules, {RULES[claim].place} and {place}: "
                "delete one of the two"
            )
        judged.answers, judged.place = answers, place
        RULES[claim] = judged
        return judged

    return register


def _traced(w: Witness, parts: Sequence[Part], verdict: Verdict) -> Verdict:
    """The verdict, marked where only the commentary's likely source bears out what the claim states.

    Such a source shows that the commentary quoted rightly, not that the figure is right; what lets
    the figure stand without giving it, or bears out what is said in passing, is no second source.
    """
    likely = set(w.claim(verdict.claim)["traced_to"].split("; "))
    stated = {item for part in parts if part.role is Role.ESSENTIAL for item in part.items}
    speak = {source for item in verdict.evidence_for if item in stated for source in item.sources}
    return replace(verdict, traced=verdict.borne_out and bool(speak) and speak <= likely)


def not_testable(
    claim: str, why: str, notes: Callable[[Witness], Sequence[Part]] | None = None, judged_by: str = ""
) -> None:
    """Register a claim that nothing published could decide, with the reason; ``judged_by`` as above.

    Should claims.csv say that it is testable after all, it has no rule and is unverified.
    """

    def answers(w: Witness) -> list[Part]:
        testable = w.claim(claim)["testable"]
        could = Answer.of(testable != "no", testable == "no")
        reason = why if could is Answer.NO else "claims.csv calls it testable, and no rule tests it"
        more = notes(w) if notes else ()
        told = {row for part in more for item in part.items for row in item.rows}
        known = [
            note("" if row["unit"] and notes else row["what"], fact_item(row, "context"))
            for row in w.rows("evidence", claim=claim)
            if evidence_key(row) not in told
        ]
        return [Part(could, reason, (), Role.TESTABLE), *known, *more]

    rule(claim, judged_by=judged_by)(answers)


def judge(claim: str, tables: Tables = book) -> Verdict:
    """The verdict on one claim.  Raises KeyError, saying so, for a claim without a rule."""
    if claim not in RULES:
        raise KeyError(f"claim {claim} has no rule in citygap/claims")
    return RULES[claim](tables)


def judge_all(tables: Tables = book) -> dict[str, Verdict]:
    """Verdicts on all claims of the table, in the order of the argument."""
    witness = Witness(tables)
    claims = sorted(witness.rows("claims"), key=lambda row: int(row["order"]))
    return {row["claim"]: judge(row["claim"], witness) for row in claims}


def came_out(outcome: Outcome, *claims: str) -> Answer:
    """Whether every one of some claims has this outcome, for a chapter that says so of them."""
    return every(judge(claim).outcome is outcome for claim in claims)


def borne_out(*claims: str) -> Answer:
    """Whether every one of some claims is supported, with a caveat or without."""
    return every(judge(claim).borne_out for claim in claims)


def unmatched(claims: Sequence[Mapping[str, str]]) -> list[Problem]:
    """Claims without a rule, and rules without a claim.

    ``claims`` are the rows of ``claims.csv``, in their order; a book without claims needs no rule.
    """
    file, found = "data/claims.csv", []
    for number, row in enumerate(claims, start=2):
        if row["claim"] not in RULES:
            found.append(Problem(
                file, number, "claim", f"{row['claim']} has no rule, so nothing gives it a verdict",
                f'add one, @rule("{row["claim"]}"), to {_home(row, claims)}, or delete the row',
            ))  # fmt: skip
    known = {row["claim"] for row in claims}
    for claim in RULES if known else ():
        if claim not in known:
            found.append(Problem(
                file, 1, "claim", f"no row for {claim}, which has a rule in {RULES[claim].place}",
                "restore the row, or delete the rule",
            ))  # fmt: skip
    return found


def _home(row: Mapping[str, str], claims: Sequence[Mapping[str, str]]) -> str:
    """The module with the rules of the claims that stand nearest to ``row`` in its chapter."""
    near = sorted(
        (each for each in claims if each["claim"] in RULES),
        key=lambda each: (each["chapter"] != row["chapter"], abs(int(each["order"]) - int(row["order"]))),
    )
    return RULES[near[0]["claim"]].place.partition(":")[0] if near else "citygap/claims"


def _here() -> str:
    """File, from ``citygap`` on, and line of the code that called this module."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename == __file__:
        frame = frame.f_back
    path, root = Path(frame.f_code.co_filename), Path(__file__).parents[2]
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return f"{name}:{frame.f_lineno}"
