"""How far a source is to be trusted: a grade that follows from the record of the work and its copies.

=====  ==========================================================================================
grade  what was read
=====  ==========================================================================================
A      an original of the body responsible for what it says
B      an original of a news agency, newspaper or data house
C      a copy or a compilation that names its original
D      a page of unknown origin, or of a private account (self-media), whether original or copy
=====  ==========================================================================================

The best copy that was read decides.  A work that was never read has no grade, and no row of the
tables may rest on it.  Confidence is the grade in three steps, and is nowhere typed.

Out of scope: whether a figure is right, which re-readings tell (``citygap.data.corrections``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: The grades, best first, with what was read in words.
GRADES = {
    "A": "the original of the body responsible",
    "B": "the original of a news agency, newspaper or data house",
    "C": "a copy or compilation that names its original",
    "D": "a page of unknown origin, or self-media",
}
#: What a grade is worth, in three steps.
CONFIDENCE = {"A": "high", "B": "high", "C": "medium", "D": "low"}
LEVELS = {level: [g for g, of in CONFIDENCE.items() if of == level] for level in CONFIDENCE.values()}
#: What the author of a work is to what it says, and the grade of an original of such an author.
ROLES = {"responsible": "A", "press": "B", "data house": "B", "self-media": "D", "unknown": "D"}
#: What the page that was read is to the work.
RELATIONS = ("original", "copy", "compilation")


def grade(work: Mapping[str, str], copies: Iterable[Mapping[str, str]]) -> str:
    """The grade of a work, from the pages on which it was read; empty if it was read nowhere.

    ``work`` is an entry of the bibliography, of which the fields ``role`` and ``author`` count;
    ``copies`` are its rows of ``copies.csv``, of which the columns ``relation`` and
    ``names_original`` count.  Raises KeyError for a role that there is not.
    """
    return min((_of_copy(work, copy) for copy in copies), default="")


def _of_copy(work: Mapping[str, str], copy: Mapping[str, str]) -> str:
    own = ROLES[work.get("role", "unknown")]
    if own == "D" or copy["relation"] == "original":
        return own
    return "C" if copy["names_original"] == "true" and work.get("author") else "D"
