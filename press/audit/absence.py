"""Statements that something was not found: true only as long as the tables do not hold it.

"The only price found", "no later count was found", "nobody has published a figure": a row that is
added tomorrow makes each of them wrong, and no number changes.  In a chapter such words stand in a
checked phrase with the query behind it::

    check(no_later=absent(held(place="here", after="2023", ...)))

and in the prose ``{check}`no later count was found <no-later>```,

or are declared in ``chapters/absences.yml`` with a reason, where the tables have no place for what
was sought.

Out of scope: what was not *seen* in a plan, which was read from its beginning (``emphasis``), and
sentences that ``citygap`` makes from a query itself (the ledger's reasons).
"""

from __future__ import annotations

import re

FILE = "chapters/absences.yml"

#: What is sought, as the chapters call it.
THING = (
    r"(?:aims?|audit|base|cases?|counts?|editions?|figures?|funds?|growths?|index|lists?|models?|"
    r"observations?|outcomes?|pages?|plans?|prices?|rankings?|series|shares?|sources?)"
)
NEAR = r"[^.;:!?|]{0,80}?"
#: Ways to say that something was not found.
PATTERNS = (
    rf"\b(?:no(?! longer)|none|nobody|nothing|neither|hardly any(?:thing)?)\b{NEAR}\bfound\b",
    r"\b(?:was|were|been|be)\s+not\s+(?:found|counted|published)\b",
    r"\b(?:is|are)\s+not\s+(?:counted|published)\b",
    r"\bnot\s+found\b",
    rf"\b(?:the\s+)?only\s+(?:\w+\s+)?{THING}\b",
    rf"\b(?:a|one)\s+(?:single\s+)?(?:{THING}|commentary|document|year)\b(?=\s+(?:alone|only|was\s+found))",
    r"\b(?:a\s+)?single\s+(?:figure|source|observation|price|commentary)\b",
    rf"\bno\s+(?:\w+\s+){{0,3}}{THING}\b{NEAR}\b(?:gives?|says?|counts?|names?|shows?|states?|publishes|measures)\b",
    rf"\bno\s+(?:other|second|later|independent)\s+{THING}\b",
    r"\bnobody\s+(?:has\s+)?(?:publish\w*|counts?|gives?|states?|measures?)\b",
    r"\b(?:nothing|hardly\s+anything|nowhere|not\s+counted\s+anywhere)\s+(?:else\s+)?(?:counts?|gives?|publish\w*)\b",
    r"\bone\s+(?:observation|price)\b",
)
ABSENT = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), re.IGNORECASE)


def absences(text: str) -> list[tuple[int, int]]:
    """Where a running text says that something was not found."""
    flat = text.replace("\n", " ")  # of the same length, so that places stay
    return [match.span() for match in ABSENT.finditer(flat)]
