"""How a published figure is read: the one place where words become bounds.

A figure comes with a word: *over* 4,500, *nearly* 3,500, *about* 830.  The word leaves a range
open, and these rules say which.  They are conventions, not facts; so they stand here alone, may
be changed, and every conclusion is tested with the ranges two and five times as wide::

    with reading_rules(width=2):
        chengdu = book.observe("chengdu", "ai_industry_revenue")   # read again, and wider

With *step* one unit of the second significant digit of the printed number V:

=========== =========================== ==========================================
word        range                       why
=========== =========================== ==========================================
over        V to V + step               an author who knew of the next step would say it
nearly      V - step to V               the same from below; of a number of one digit, such as
                                        700, at least half a unit of that digit
about       V - step/2 to V + step/2    rounded to two digits
exact       half of the last digit      what any printed number leaves open
at_least    V and more                  no claim above
at_most     V and less                  no claim below, but for 0 where nothing is negative
under       V and less                  the same
expected    as about, and a forecast
range       from V to ``high``          each end as exact
=========== =========================== ==========================================

Some of these ranges exclude an end ("over V" is more than V).  They are taken with their ends:
the wider range is never wrong, and one closed kind of interval is enough.

Out of scope: which of several readings speaks (``tables``), and arithmetic (``quantity``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from citygap.quantity.interval import above, below

BOUNDS = (
    "exact", "over", "at_least", "nearly", "about", "under", "at_most", "expected", "range",
)  # fmt: skip

#: What is printed before the number.
WORDS = {
    "exact": "",
    "over": "over ",
    "at_least": "at least ",
    "nearly": "nearly ",
    "about": "about ",
    "under": "under ",
    "at_most": "at most ",
    "expected": "expected ",
    "range": "",
}


@dataclass(frozen=True)
class ReadingRules:
    """How wide a word is.

    ``width`` multiplies every range, that of exact figures included; ``digit`` is the significant
    digit that a step is one unit of.
    """

    width: float = 1.0
    digit: int = 2

    def __post_init__(self) -> None:
        if not (math.isfinite(self.width) and self.width > 0):
            raise ValueError(f"reading rules: width {self.width!r} is not a positive number")
        if self.digit < 1:
            raise ValueError(f"reading rules: digit {self.digit!r} is below 1")


_RULES: ContextVar[ReadingRules] = ContextVar("reading rules", default=ReadingRules())


def current_rules() -> ReadingRules:
    """The rules in force."""
    return _RULES.get()


@contextmanager
def reading_rules(**changes: float) -> Iterator[ReadingRules]:
    """Read by other rules inside a ``with`` block.

    Only what is read inside is affected: a quantity that was read before keeps its bounds.
    """
    token = _RULES.set(replace(_RULES.get(), **changes))
    try:
        yield _RULES.get()
    finally:
        _RULES.reset(token)


@dataclass(frozen=True)
class Reading:
    """A figure as read: its bounds and the words it was printed with."""

    low: float
    high: float
    published: str
    forecast: bool


def read_figure(
    value: str | float,
    bound: str,
    *,
    high: str | float | None = None,
    countable: bool = False,
    nonnegative: bool = True,
) -> Reading:
    """Bounds of a published figure under the rules in force.

    ``value`` is the number as printed, best as text: "5.0" claims more than "5".  ``high`` is the
    upper end of a range.  ``countable`` says that whole things are counted: an exact count has
    no rounding, and a step is never below one.  ``nonnegative`` says that the quantity cannot be
    below 0; a figure printed below 0 overrules it.

    Raises ValueError for a value that is not a finite number, an unknown bound, a missing or
    superfluous ``high``, or a range whose ends are reversed.
    """
    return _read(value, bound, high, countable, nonnegative, current_rules())


@lru_cache(maxsize=1 << 16, typed=True)
def _read(
    value: str | float,
    bound: str,
    high: str | float | None,
    countable: bool,
    nonnegative: bool,
    rules: ReadingRules,
) -> Reading:
    """The same, once for each figure and rules: a chapter asks for the same ones over and over."""
    if bound not in BOUNDS:
        raise ValueError(f"bound {bound!r} is not one of {', '.join(BOUNDS)}")
    if (bound == "range") != (high is not None):
        raise ValueError("a range needs an upper end, and nothing else has one")
    number = _number(value)
    ends = _ends(number, bound, countable, rules)
    printed = f"{WORDS[bound]}{_print(number)}"
    if high is not None:
        upper = _number(high)
        if upper < number:
            raise ValueError(f"range from {value} to {high}: the ends are reversed")
        ends = (
            _ends(number, "exact", countable, rules)[0],
            _ends(upper, "exact", countable, rules)[1],
        )
        printed = f"{_print(number)} to {_print(upper)}"
    low, top = ends
    if nonnegative and number >= 0:
        low = max(low, Fraction(0))
    return Reading(
        low=low if low == -math.inf else below(low),
        high=top if top == math.inf else above(top),
        published=printed,
        forecast=bound == "expected",
    )


def _ends(
    number: Decimal, bound: str, countable: bool, rules: ReadingRules
) -> tuple[Fraction | float, ...]:
    """Ends of the range before 0 is made the floor."""
    value = Fraction(number)
    step = _step(number, rules.digit) * Fraction(rules.width)
    if countable:
        step = max(step, Fraction(1))
    if bound == "over":
        return value, value + step
    if bound == "nearly":
        half_of_last = _unit_of_last_digit(number) * Fraction(rules.width) / 2
        return value - max(step, half_of_last), value
    if bound in ("about", "expected"):
        return value - step / 2, value + step / 2
    if bound == "at_least":
        return value, math.inf
    if bound in ("at_most", "under"):
        return -math.inf, value
    if countable and value.denominator == 1:
        return value, value  # 764 firms are 764 firms: a count is whole, nothing was rounded
    half = Fraction(10) ** _last_place(number) * Fraction(rules.width) / 2
    return value - half, value + half


def _step(number: Decimal, digit: int) -> Fraction:
    """One unit of the given significant digit; of the last printed digit for 0."""
    if number == 0:
        return Fraction(10) ** _last_place(number)
    return Fraction(10) ** (number.adjusted() - digit + 1)


def _unit_of_last_digit(number: Decimal) -> Fraction:
    """One unit of the last digit that is not 0: 100 for 700 and 3500; 0 for 0."""
    digits = number.as_tuple().digits
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return Fraction(10) ** (int(number.as_tuple().exponent) + zeros) if number else Fraction(0)


def _last_place(number: Decimal) -> int:
    """Power of ten of the last printed digit: 0 for 171 and for 12000, -1 for 5.0."""
    return min(int(number.as_tuple().exponent), 0)


def _number(value: str | float) -> Decimal:
    """The number as printed.  A float says nothing of its zeros, so 171.0 is read as 171."""
    text = str(value).strip()
    if not isinstance(value, str):
        text = text.removesuffix(".0")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"value {value!r} is not a number (write 12000, not 12,000)") from None
    if not number.is_finite():
        raise ValueError(f"value {value!r} is not a finite number")
    return number


def _print(number: Decimal) -> str:
    return f"{number:,f}"
