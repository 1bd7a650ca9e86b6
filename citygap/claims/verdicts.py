"""Verdicts, and how they follow from the parts of a claim.

A claim says one thing or several.  Each is a :class:`Part` with an answer (yes, no or cannot tell)
and the rows that gave it; :func:`weigh` turns the parts into an :class:`Outcome`.  A rule never
names an outcome: it answers parts.

How the parts weigh, first line that applies:

- it is not testable: nothing published could decide it;
- its figures stand on different definitions: *not comparable*;
- an essential part is answered no: *contradicted*;
- an essential part cannot be told, or there is none: *unverified*;
- something said in passing (a cause, a definition, how boldly) is not answered yes:
  *supported with a caveat*;
- else *supported*.

What makes the sentence what it is (subject, period, comparison, a clause that says which thing is
meant) is essential, and never said in passing.

Out of scope: reading the tables (``evidence_tables``, ``criteria``) and printing (``ledger``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from citygap.quantity.three_valued import Answer
from citygap.words import CHINESE, say, speaking


class Outcome(Enum):
    """What the published figures say of a claim."""

    SUPPORTED = "supported"
    CAVEAT = "supported with a caveat"
    CONTRADICTED = "contradicted"
    NOT_COMPARABLE = "not comparable"
    UNVERIFIED = "unverified"
    NOT_TESTABLE = "not testable"

    def __str__(self) -> str:
        return self.value


class Role(Enum):
    """What a part is to its claim."""

    ESSENTIAL = "stated as fact"
    GLOSS = "said in passing"
    SCOPE = "one definition for all figures"
    TESTABLE = "something published could decide it"
    NOTE = "worth knowing, decides nothing"


@dataclass(frozen=True)
class Item:
    """A row (or rows) of evidence: what it says, and whether for or against the claim."""

    rows: tuple[str, ...]
    text: str
    sources: tuple[str, ...]
    confidence: str
    stance: str  # for, against, context
    measure: str = ""  # the measure word that Chinese puts after a count, with which the text ends

    def __post_init__(self) -> None:
        if self.stance not in ("for", "against", "context"):
            raise ValueError(f"stance {self.stance!r} is not for, against or context")


@dataclass(frozen=True)
class Part:
    """One thing that a claim says.

    ``text`` is the half sentence that explains ``answer``; it may be empty where there is nothing
    to explain.
    """

    answer: Answer
    text: str
    items: tuple[Item, ...] = ()
    role: Role = Role.ESSENTIAL


@dataclass(frozen=True)
class Verdict:
    """The outcome for one claim, with its reason in one sentence and the rows behind it.

    ``rests_on`` holds the keys of the rows that decided, in the order of the argument; rows that
    are only context are not among them.
    """

    claim: str
    outcome: Outcome
    reason: str
    evidence_for: tuple[Item, ...]
    evidence_against: tuple[Item, ...]
    context: tuple[Item, ...]
    rests_on: tuple[str, ...]
    another_judge: str = ""
    judged_by: str = ""  # by what, where a sentence holds several claims
    reasons: tuple[str, ...] = ()  # the half sentences of the reason
    denied_in_passing: bool = False  # borne out, but a sound source denies something said in passing
    traced: bool = False  # borne out by no more than the commentary's own likely source

    @property
    def verdict(self) -> str:
        """The outcome in words."""
        return str(self.outcome)

    def told(self) -> str:
        """The reason in the language that is spoken."""
        return f"{'；'.join(map(say, self.reasons))}。" if speaking() == CHINESE else self.reason

    @property
    def borne_out(self) -> bool:
        """Whether the claim is supported, with a caveat or without."""
        return self.outcome in (Outcome.SUPPORTED, Outcome.CAVEAT)

    @property
    def evidence(self) -> tuple[Item, ...]:
        """All items: for, against, context."""
        return self.evidence_for + self.evidence_against + self.context


def weigh(claim: str, parts: Sequence[Part], another_judge: str = "", judged_by: str = "") -> Verdict:
    """The verdict on a claim from its parts.  Raises ValueError if no part gives a reason."""
    outcome = _outcome(parts)
    texts = list(dict.fromkeys(part.text for part in parts if part.text))
    if outcome is Outcome.NOT_TESTABLE:
        texts = [p.text for p in parts if p.role in (Role.TESTABLE, Role.NOTE)]
    if not any(texts):
        raise ValueError(f"{claim}: a verdict without a reason")
    items = list(dict.fromkeys(item for part in parts for item in part.items))
    stances = {s: tuple(i for i in items if i.stance == s) for s in ("for", "against", "context")}
    deciding = [item for item in items if item.stance != "context"]
    return Verdict(
        claim=claim,
        outcome=outcome,
        reason=sentence(texts),
        reasons=tuple(filter(None, texts)),
        denied_in_passing=outcome is Outcome.CAVEAT and any(
            part.role is Role.GLOSS and part.answer is Answer.NO and part.items for part in parts
        ),
        evidence_for=stances["for"],
        evidence_against=stances["against"],
        context=stances["context"],
        rests_on=tuple(dict.fromkeys(row for item in deciding for row in item.rows)),
        another_judge=another_judge,
        judged_by=judged_by,
    )


def _outcome(parts: Sequence[Part]) -> Outcome:
    answers = {role: [p.answer for p in parts if p.role is role] for role in Role}
    essential = answers[Role.ESSENTIAL]
    if Answer.NO in answers[Role.TESTABLE]:
        return Outcome.NOT_TESTABLE
    if Answer.NO in answers[Role.SCOPE]:
        return Outcome.NOT_COMPARABLE
    if Answer.NO in essential:
        return Outcome.CONTRADICTED
    if not essential or Answer.CANNOT_TELL in essential + answers[Role.SCOPE]:
        return Outcome.UNVERIFIED
    if any(answer is not Answer.YES for answer in answers[Role.GLOSS]):
        return Outcome.CAVEAT
    return Outcome.SUPPORTED


def sentence(texts: Iterable[str]) -> str:
    """Half sentences as one: joined by semicolons, a capital first and a full stop last."""
    joined = "; ".join(text for text in texts if text)
    return f"{capital(joined)}." if joined else ""


def capital(text: str) -> str:
    """The text with its first letter a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
