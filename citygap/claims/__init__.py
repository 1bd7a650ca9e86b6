"""The claim ledger: one small rule a claim, and the verdict that the tables give it.

``judge("C07")`` and ``judge_all()`` ask the rules; both take another set of tables, so that one
can see what a change of data does to a verdict::

    >>> judge("C23").outcome
    <Outcome.CONTRADICTED: 'contradicted'>

The rooms: ``verdicts`` (outcomes, and how parts weigh), ``evidence_tables`` (the tables without the
commentary), ``criteria``, ``contrasts`` and ``rankings`` (how rows answer), the rules in the order of the argument
(``gap``, ``head_cities``, ``capital``, ``local_firms``, ``plans``, ``pillars``), ``registry``
(asking) and ``ledger`` (printing).
"""

from citygap.claims.evidence_tables import Witness
from citygap.claims.registry import RULES, borne_out, came_out, judge, judge_all
from citygap.claims.rules import capital, gap, head_cities, local_firms, pillars, plans  # noqa: F401, they register
from citygap.claims.verdicts import Item, Outcome, Part, Role, Verdict, weigh
from citygap.data.tables import COMMENTARY

__all__ = [
    "COMMENTARY",
    "RULES",
    "Item",
    "Outcome",
    "Part",
    "Role",
    "Verdict",
    "Witness",
    "borne_out",
    "came_out",
    "judge",
    "judge_all",
    "weigh",
]
