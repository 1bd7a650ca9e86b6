"""Answers to comparisons between bounded figures: yes, no, or cannot tell."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import reduce
from operator import and_


class Answer(Enum):
    """Answer to a comparison.  ``and``, ``or`` and ``not`` are written ``&``, ``|`` and ``~``."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot tell"

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        if self is Answer.CANNOT_TELL:
            raise TypeError(
                "the bounds leave this comparison open: it is neither true nor false. "
                "Ask for the answer, as in (a < b) is Answer.YES"
            )
        return self is Answer.YES

    def __invert__(self) -> Answer:
        return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(self, self)

    def __and__(self, other: Answer) -> Answer:
        if Answer.NO in (self, other):
            return Answer.NO
        return Answer.CANNOT_TELL if Answer.CANNOT_TELL in (self, other) else Answer.YES

    def __or__(self, other: Answer) -> Answer:
        return ~(~self & ~other)

    @classmethod
    def of(cls, yes: bool, no: bool) -> Answer:
        """Yes if ``yes`` is certain, no if ``no`` is, and otherwise cannot tell."""
        return cls.YES if yes else cls.NO if no else cls.CANNOT_TELL


def undecided(answer: Answer) -> Answer:
    """Whether a comparison cannot be told: yes or no."""
    open_ = answer is Answer.CANNOT_TELL
    return Answer.of(open_, not open_)


def every(answers: Iterable[Answer | bool]) -> Answer:
    """Whether all comparisons answer yes: no if one answers no, else cannot tell if one cannot.

    Raises ValueError without any, which would bear every phrase.
    """
    known = [a if isinstance(a, Answer) else Answer.of(bool(a), not a) for a in answers]
    if not known:
        raise ValueError("nothing was compared")
    return reduce(and_, known)
