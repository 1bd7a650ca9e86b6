"""The claim ledger: one small rule a claim, and the verdict that the tables give it.

``judge("C07")`` and ``judge_all()`` ask the rules; both take another set of tables, so that one
can see what a change of data does to a verdict::

    >>> judge("C23").outcome
    <Outcome.CONTRADICTED: 'contradicted'>

The rooms: ``verdicts`` (outcomes, and how parts weigh), ``witness`` (the tables without the
commentary), ``parts`` and ``lists`` (how rows answer), the rules in the order of the argument
(``diagnosis``, ``heads``, ``money``, ``industry``, ``goals``, ``moves``), ``registry`` (asking)
and ``ledger`` (printing).
"""

# These modules register the rules.
from citygap.claims import diagnosis, goals, heads, industry, money, moves  # noqa: F401
from citygap.claims.registry import RULES, judge, judge_all
from citygap.claims.verdicts import Item, Outcome, Part, Role, Verdict, weigh
from citygap.claims.witness import COMMENTARY, Witness

__all__ = [
    "COMMENTARY",
    "RULES",
    "Item",
    "Outcome",
    "Part",
    "Role",
    "Verdict",
    "Witness",
    "judge",
    "judge_all",
    "weigh",
]
