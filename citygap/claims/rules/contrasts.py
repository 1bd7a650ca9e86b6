"""Contrasts: that one place has something which others have not, or have less of.

The commentary says *X has A, Y has B* of plans and *X has the most of A* of cities.  Each kind is
decided by one template:

- :func:`contrast` reads what pages say (``evidence.csv``).  Part ``<place>`` is that a place has
  what the claim gives it, part ``<place>_too`` that one of the others has what is said to be X's
  own.  What was not seen in a plan is never called absent, so only a page that says so (a plan
  read whole, as a rule) makes the difference certain.
- :func:`more` and :func:`first` read the national statistics of a system (rules, source, ecology,
  hardware), which the chapter on the head cities reads too, and ask whether one place has more than
  another, or the most, on every one of them.

Out of scope: shares, growth and what a count means for a claim (the rules).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citygap.claims.criteria import STANCE, told
from citygap.claims.evidence import figure_item, listing, words
from citygap.claims.evidence_tables import Witness
from citygap.claims.verdicts import Item, Part, Role
from citygap.comparison import province_statistics
from citygap.comparison.province_statistics import STATISTICS, Statistic
from citygap.quantity.three_valued import Answer, every


def contrast(w: Witness, claim: str, own: str, others: Sequence[str], says: str) -> list[Part]:
    """*X has A, Y has B*: whether X has it, whether each Y has its own, whether no Y has A too.

    ``says`` is A as a clause without its subject ("has industry as its main engine").
    """
    first = told(w, claim, own, f"{w.name(own)} {says}")
    theirs = [told(w, claim, city, f"{w.name(city)} goes another way") for city in others]
    too = [told(w, claim, f"{city}_too", f"{w.name(city)} {says} too") for city in others]
    seen = [w.name(c) for c, part in zip(others, too, strict=True) if part.answer is Answer.YES]
    absent = every(~part.answer for part in too)
    items = tuple(_against(item) for part in too for item in part.items)
    text = f"{listing(seen)} {says} too" if seen else "that it is so nowhere else was not seen"
    return [first, *theirs, Part(absent, "" if absent is Answer.YES else text, items)]


def _against(item: Item) -> Item:
    """The same row on the other side: what another place has too speaks against a contrast."""
    return replace(item, stance={"for": "against", "against": "for"}.get(item.stance, item.stance))


def _statistics(w: Witness, claim: str, system: str) -> dict[str, Statistic]:
    """The statistics of a system that are of the time of a claim."""
    return {key: each for key, each in STATISTICS.items()
            if each.system == system and w.of_its_time(claim, each.period)}  # fmt: skip


def more(
    w: Witness, claim: str, system: str, place: str, other: str, role: Role = Role.ESSENTIAL
) -> Part:
    """Whether a place has more than another on every statistic of one of the systems.

    Yes if it has on all, no if on none of those that can tell, else it cannot be told; a statistic
    that lacks one of the two cannot tell.
    """
    answers, texts, found = [], [], []
    for statistic in _statistics(w, claim, system).values():
        pair = [w.sound(p, statistic.indicator, statistic.period)[:1] for p in (place, other)]
        missing = [w.name(p) for p, q in zip((place, other), pair, strict=True) if not q]
        if missing:
            answers.append(Answer.of(False, False))
            texts.append(f"{statistic.label}: no figure of {listing(missing)}")
            continue
        (own,), (its,) = pair
        answers.append(own > its)
        texts.append(
            f"{statistic.label}: {words(own)} in {w.name(place)}, {words(its)} in {w.name(other)}"
        )
        found += [own, its]
    telling = {answer for answer in answers if answer is not Answer.CANNOT_TELL}
    answer = Answer.of(set(answers) == {Answer.YES}, telling == {Answer.NO})
    items = tuple(figure_item(w, q, STANCE[answer]) for q in found)
    return Part(answer, "; ".join(texts), items, role)


def first(w: Witness, claim: str, system: str, place: str, role: Role = Role.ESSENTIAL) -> Part:
    """Whether a place has the most in China of every statistic of a system; no if of none."""
    keys = list(_statistics(w, claim, system))
    answers = [province_statistics.first(key, place, w) for key in keys]
    answer = Answer.of(set(answers) == {Answer.YES}, Answer.YES not in answers and Answer.NO in answers)
    leads = [STATISTICS[key].label for key, a in zip(keys, answers, strict=True) if a is Answer.YES]
    own = [STATISTICS[key].of(place, w) for key in keys]
    text = f"{w.name(place)} is first in China in {listing(leads)}" if leads else (
        f"{w.name(place)} is not surely first in China in {listing(STATISTICS[k].label for k in keys)}"
    )  # fmt: skip
    return Part(answer, text, tuple(figure_item(w, q, STANCE[answer]) for q in own), role)
