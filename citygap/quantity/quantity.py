"""A published figure with its bounds, and arithmetic that keeps them.

"Over 4,500" is not 4,500.  A :class:`Quantity` is an interval with a unit, a scope (the definition
that the figure rests on), a period, a place and the sources behind it, all of which travel
through arithmetic::

    >>> chongqing = read("171", "exact", "1e8 CNY", scope="core", period="2023")
    >>> chengdu = read("800", "range", "1e8 CNY", high="1053", scope="core", period="2023")
    >>> str(chongqing / chengdu)
    '0.16 to 0.22'
    >>> str(chongqing < chengdu)
    'yes'

What holds throughout:

- The true result of any values inside the inputs lies inside the output (``interval``).
- Two figures with units are added, divided and compared only on one scope.  To show them side by
  side all the same, say why: ``a.ratio(b, because="...")``; the reason stays in ``caveat``.
- A bare number is a pure number: ``1 + growth`` works, for a growth in percent too; ``revenue + 5``
  raises.  0 goes with any unit, so ``sum`` works.
- A comparison answers yes, no or cannot tell (:class:`Answer`).
- Each operand is taken to vary on its own, so ``x - x`` is not 0 and ``a / (a + b)`` is wider than
  it need be: ``gap.monotone`` gives such expressions their tight bounds.

The rest of the house: ``reading_rules`` turns words into bounds, ``units`` converts, ``interval``
holds the arithmetic, ``formatting`` and ``rounding`` the text and HTML forms, ``three_valued`` the
answers. Out of scope: choosing between readings (``tables``), statistics (``gap``,
``concentration``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from numbers import Real

from citygap.quantity import interval
from citygap.quantity.formatting import Shown
from citygap.quantity.reading_rules import ReadingRules, current_rules, read_figure, reading_rules
from citygap.quantity.three_valued import Answer
from citygap.quantity.units import (
    RATIO,
    UNITS,
    Unit,
    UnitMismatch,
    factor_between,
    is_countable,
    is_pure,
    power_unit,
    product_unit,
    quotient_unit,
    register_units,
)

__all__ = [
    "UNITS", "Answer", "NotComparable", "Quantity", "ReadingRules", "Unit", "UnitMismatch",
    "current_rules", "exactly", "extreme", "greatest", "hull", "intersect", "least", "merged", "read",
    "reading_rules", "register_units", "rescaled",
]  # fmt: skip

CONFIDENCE = ("high", "medium", "low")
JOINT = "; "  # between caveats
MOST_DIGITS = 4  # of a figure in prose


class NotComparable(ValueError):
    """Two figures that rest on different definitions."""


@dataclass(frozen=True)
class Quantity(Shown):
    """An interval of numbers with a unit, a definition and the sources it rests on.

    ``low`` and ``high`` are the bounds, ends included; an infinite one means that no bound is
    known.  ``confidence`` is the worst of what the quantity rests on.  ``published`` is the figure
    as printed, and empty once anything has been computed.  ``made_by`` names the function that
    computed it.  A ``coefficient`` is a pure number that compares no two figures (a location quotient,
    an exponent): Chinese prints it as it is, and other ratios below one in per cent.  Equality (``==``) is that of every field; :meth:`same_as` compares the numbers.

    Raises ValueError for bounds that are not numbers, are reversed, or lie both at one infinity.
    """

    low: float
    high: float
    unit: str = RATIO
    scope: str = ""
    period: str = ""
    place: str = ""
    sources: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    confidence: str = "high"
    forecast: bool = False
    published: str = ""
    caveat: str = ""
    made_by: str = ""
    coefficient: bool = False

    # NumPy scalars on the left leave the arithmetic to this class.
    __array_ufunc__ = None

    def __post_init__(self) -> None:
        low, high = float(self.low) + 0.0, float(self.high) + 0.0  # + 0.0 makes -0.0 plain
        if math.isnan(low) or math.isnan(high):
            raise ValueError(f"bounds {low} and {high}: a bound is a number or an infinity")
        if low > high or low == math.inf or high == -math.inf:
            raise ValueError(f"bounds {low} and {high}: the lower must not be above the upper")
        if self.confidence not in CONFIDENCE:
            raise ValueError(
                f"confidence {self.confidence!r} is not one of {', '.join(CONFIDENCE)}"
            )
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)
        object.__setattr__(self, "sources", tuple(self.sources))
        object.__setattr__(self, "rows", tuple(self.rows))

    # -- what it is

    @property
    def bounds(self) -> tuple[float, float]:
        """``(low, high)``."""
        return self.low, self.high

    @property
    def middle(self) -> float:
        """Halfway between the bounds, for drawing; NaN if a bound is missing."""
        both = math.isfinite(self.low) and math.isfinite(self.high)
        return self.low + (self.high - self.low) / 2 if both else math.nan

    @property
    def pure(self) -> bool:
        """Whether it is a pure number: a ratio or a percentage."""
        return is_pure(self.unit)

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high

    # -- units and scopes

    def to(self, unit: str) -> Quantity:
        """The same in another unit of its dimension.  Raises :class:`UnitMismatch`."""
        if unit == self.unit:
            return self
        factor = factor_between(self.unit, unit)
        low, high = (_scaled(end, factor) for end in self.bounds)
        words = _rescaled(self.published, factor)
        return replace(self, low=low[0], high=high[1], unit=unit, published=words)

    def across(self, scope: str, *, because: str) -> Quantity:
        """The same figure under another scope, with the reason kept as a caveat.

        Raises ValueError without a reason.
        """
        if not because.strip():
            raise ValueError(f"say why {self.scope!r} may stand for {scope!r}")
        if scope == self.scope:
            return self
        return replace(self, scope=scope, caveat=_join_caveats(self.caveat, because.strip()))

    def noting(self, caveat: str) -> Quantity:
        """The same with a caveat, which travels through arithmetic and is shown to the reader."""
        return replace(self, caveat=_join_caveats(self.caveat, caveat))

    def ratio(self, other: Quantity | float, *, because: str = "") -> Quantity:
        """``self / other``; a reason lets the two differ in scope."""
        return self / self._brought(other, because)

    def plus(self, other: Quantity | float, *, because: str = "") -> Quantity:
        """``self + other``; a reason lets the two differ in scope."""
        return self + self._brought(other, because)

    def minus(self, other: Quantity | float, *, because: str = "") -> Quantity:
        """``self - other``; a reason lets the two differ in scope."""
        return self - self._brought(other, because)

    def _brought(self, other: Quantity | float, because: str) -> Quantity | float:
        """``other`` on the scope of ``self``, if a reason is given and needed."""
        if not isinstance(other, Quantity) or not because or _same_scope(self, other):
            return other
        reason = f"across scopes ({self.scope or 'none'}; {other.scope or 'none'}): {because}"
        return other.across(self.scope, because=reason)

    # -- arithmetic

    def __add__(self, other: Quantity | float) -> Quantity:
        pair = self._pair(other, "add")
        if pair is NotImplemented:
            return NotImplemented
        a, b = pair
        return _computed(interval.add(a.bounds, b.bounds), a.unit, _scope_of(a, b), a, b)

    def __radd__(self, other: float) -> Quantity:
        left = _as_quantity(other, self)
        return NotImplemented if left is None else left + self

    def __sub__(self, other: Quantity | float) -> Quantity:
        pair = self._pair(other, "subtract")
        if pair is NotImplemented:
            return NotImplemented
        a, b = pair
        return _computed(interval.subtract(a.bounds, b.bounds), a.unit, _scope_of(a, b), a, b)

    def __rsub__(self, other: float) -> Quantity:
        left = _as_quantity(other, self)
        return NotImplemented if left is None else left - self

    def __neg__(self) -> Quantity:
        return _computed(interval.negate(self.bounds), self.unit, self.scope, self)

    def __mul__(self, other: Quantity | float) -> Quantity:
        b = _as_quantity(other)
        if b is None:
            return NotImplemented
        if not isinstance(other, Quantity):  # a plain number scales: 2 * 10 % is 20 %
            return _computed(interval.multiply(self.bounds, b.bounds), self.unit, self.scope, self)
        a, b = _plain(self), _plain(b)
        unit = a.unit if b.pure else b.unit if a.pure else product_unit(a.unit, b.unit)
        return _computed(interval.multiply(a.bounds, b.bounds), unit, _scopes(a, b, " * "), a, b)

    __rmul__ = __mul__

    def __truediv__(self, other: Quantity | float) -> Quantity:
        b = _as_quantity(other)
        if b is None:
            return NotImplemented
        if not isinstance(other, Quantity):
            return _computed(interval.divide(self.bounds, b.bounds), self.unit, self.scope, self)
        a = self
        if a.pure and b.pure:
            a, b = _plain(a), _plain(b)
        elif a.pure or b.pure:
            a, b = _plain(a), _plain(b)
            unit = a.unit if b.pure else quotient_unit("1", b.unit)
            scope = _scopes(a, b, " / ")
            return _computed(interval.divide(a.bounds, b.bounds), unit, scope, a, b)
        _must_share_scope(a, b, "divide")
        try:
            (a, b), unit, scope = _finer(a, b), RATIO, ""
        except UnitMismatch:
            unit, scope = quotient_unit(a.unit, b.unit), _scope_of(a, b)
        return _computed(interval.divide(a.bounds, b.bounds), unit, scope, a, b)

    def __rtruediv__(self, other: float) -> Quantity:
        left = _as_quantity(other)
        return NotImplemented if left is None else left / self

    def __pow__(self, exponent: float) -> Quantity:
        if not _is_number(exponent):
            return NotImplemented
        a = _plain(self)
        unit = RATIO if a.pure else power_unit(a.unit, float(exponent))
        return _computed(interval.power(a.bounds, float(exponent)), unit, a.scope, a)

    def log(self) -> Quantity:
        """Natural logarithm of a pure number.  ValueError below 0, UnitMismatch with a unit."""
        return self._of_number(interval.logarithm, "logarithm")

    def exp(self) -> Quantity:
        """e to the power of a pure number.  UnitMismatch with a unit."""
        return self._of_number(interval.exponential, "exponential")

    def _of_number(self, f: Callable, name: str) -> Quantity:
        if not self.pure:
            raise UnitMismatch(
                f"the {name} of a number of {self.unit!r} has no meaning: divide by a unit first"
            )
        a = _plain(self)
        return _computed(f(a.bounds), RATIO, a.scope, a)

    # -- comparison

    def __lt__(self, other: Quantity | float) -> Answer:
        pair = self._pair(other, "compare")
        if pair is NotImplemented:
            return NotImplemented
        a, b = pair
        return Answer.of(a.high < b.low, a.low >= b.high)

    def __le__(self, other: Quantity | float) -> Answer:
        pair = self._pair(other, "compare")
        if pair is NotImplemented:
            return NotImplemented
        a, b = pair
        return Answer.of(a.high <= b.low, a.low > b.high)

    def __gt__(self, other: Quantity | float) -> Answer:
        below_or_same = self.__le__(other)
        return below_or_same if below_or_same is NotImplemented else ~below_or_same

    def __ge__(self, other: Quantity | float) -> Answer:
        below = self.__lt__(other)
        return below if below is NotImplemented else ~below

    def same_as(self, other: Quantity | float) -> Answer:
        """Whether the two numbers are one: yes only for two equal points."""
        pair = self._pair(other, "compare")
        if pair is NotImplemented:
            raise TypeError(f"cannot compare a quantity with {other!r}")
        a, b = pair
        return Answer.of(a.low == a.high == b.low == b.high, a.high < b.low or b.high < a.low)

    def _pair(self, other: Quantity | float, doing: str) -> tuple[Quantity, Quantity]:
        """Both in one unit, that of ``self`` unless only compared, if they may stand together."""
        b = _as_quantity(other, self)
        if b is None:
            return NotImplemented
        _must_share_scope(self, b, doing)
        try:
            return _finer(self, b) if doing == "compare" else (self, b.to(self.unit))
        except UnitMismatch as error:
            raise UnitMismatch(f"cannot {doing} {self.unit!r} and {b.unit!r}: {error}") from None


# ------------------------------------------------------------------------------------- makers


def read(
    value: str | float,
    bound: str,
    unit: str,
    *,
    high: str | float | None = None,
    scope: str = "",
    period: str = "",
    place: str = "",
    sources: Iterable[str] = (),
    rows: Iterable[str] = (),
    confidence: str = "high",
    countable: bool | None = None,
    nonnegative: bool = True,
    forecast: bool = False,
) -> Quantity:
    """A published figure as a quantity, read by the rules in force (see ``reading``).

    ``countable`` is taken from the registered unit if not given; ``forecast`` marks a plan or
    forecast whatever its bound.  Raises ValueError as ``reading.read_figure`` does.
    """
    counts = is_countable(unit) if countable is None else countable
    figure = read_figure(value, bound, high=high, countable=counts, nonnegative=nonnegative)
    return Quantity(
        figure.low,
        figure.high,
        unit,
        scope=scope,
        period=period,
        place=place,
        sources=tuple(sources),
        rows=tuple(rows),
        confidence=confidence,
        forecast=forecast or figure.forecast,
        published=figure.published,
    )


def exactly(number: float, unit: str = RATIO, **fields: object) -> Quantity:
    """A known number as a quantity; ``fields`` are those of :class:`Quantity`."""
    if not _is_number(number) or not math.isfinite(number):
        raise ValueError(f"{number!r} is not a finite number")
    low, high = interval.point(_exact_number(number))
    return Quantity(low, high, unit, **fields)  # type: ignore[arg-type]


def merged(
    bounds: tuple[float, float], unit: str, *of: Quantity, scope: str = "", made_by: str = ""
) -> Quantity:
    """A quantity computed from others by code of its own.

    ``bounds`` and ``unit`` are given; period, place, sources, rows, confidence, forecast and
    caveats are gathered from the quantities it was computed ``of``.
    """
    return replace(_computed(bounds, unit, scope, *of), made_by=made_by)


def hull(*quantities: Quantity) -> Quantity:
    """The narrowest quantity that holds all of them, in the unit of the first.

    Raises ValueError without arguments, :class:`NotComparable`, :class:`UnitMismatch`.
    """
    same = _together(quantities, "join")
    if len(same) == 1:
        return same[0]
    pair = min(q.low for q in same), max(q.high for q in same)
    return _computed(pair, same[0].unit, same[0].scope, *same)


def intersect(*quantities: Quantity) -> Quantity:
    """What all of them allow, in the unit of the first.

    Raises ValueError without arguments or if nothing is left: then they contradict one another.
    """
    same = _together(quantities, "intersect")
    low, high = max(q.low for q in same), min(q.high for q in same)
    if low > high:
        raise ValueError(
            "the figures contradict one another: " + " and ".join(q.text() for q in same)
        )
    return _computed((low, high), same[0].unit, same[0].scope, *same)


def least(*quantities: Quantity) -> Quantity:
    """The smallest of several unknown numbers."""
    same = _together(quantities, "choose from")
    pair = min(q.low for q in same), min(q.high for q in same)
    return _computed(pair, same[0].unit, same[0].scope, *same)


def greatest(*quantities: Quantity) -> Quantity:
    """The largest of several unknown numbers."""
    same = _together(quantities, "choose from")
    pair = max(q.low for q in same), max(q.high for q in same)
    return _computed(pair, same[0].unit, same[0].scope, *same)


def extreme(pick: Callable, quantities: Iterable[Quantity]) -> Quantity:
    """The one with the largest or smallest middle; ``pick`` is ``max`` or ``min``.

    It keeps its own bounds, period and place, and rests on the rows and sources of all: any of
    them could have been it.
    """
    known = list(quantities)
    found = pick(known, key=lambda q: q.middle)
    whole = merged(found.bounds, found.unit, found, *known, scope=found.scope)
    return replace(whole, period=found.period, place=found.place, made_by="quantity.extreme")


# -------------------------------------------------------------------------------------- inside


def _is_number(x: object) -> bool:
    return isinstance(x, Real) and not (isinstance(x, float) and math.isnan(x))


def _exact_number(x: Real) -> float | Fraction:
    """A number without rounding: a NumPy scalar as float, a whole number or fraction as is."""
    return Fraction(x) if isinstance(x, (int, Fraction)) else float(x)


def _as_quantity(x: object, like: Quantity | None = None) -> Quantity | None:
    """``x`` as a quantity: a bare number is pure, but 0 is 0 in any unit and scope."""
    if isinstance(x, Quantity):
        return x
    if not _is_number(x):
        return None
    if math.isinf(x):  # type: ignore[arg-type]
        raise ValueError("an infinite number is no quantity: leave the bound open instead")
    low, high = interval.point(_exact_number(x))  # type: ignore[arg-type]
    if x == 0 and like is not None:
        return Quantity(low, high, like.unit, like.scope)
    return Quantity(low, high)


def _plain(q: Quantity) -> Quantity:
    """A percentage as a plain ratio; anything else as it is."""
    return q.to(RATIO) if q.pure else q


def rescaled(q: Quantity, power: int) -> Quantity:
    """``q`` with its numbers times ten to ``power``, bounds and printed words alike, in the unit that
    the caller prints after them: its own ``unit`` stays, and no longer fits."""
    factor = Fraction(10) ** power
    low, high = (_scaled(end, factor)[side] for side, end in enumerate(q.bounds))
    return replace(q, low=low, high=high, published=_rescaled(q.published, factor) if power else q.published)


def _rescaled(published: str, factor: Fraction) -> str:
    """Printed words with their numbers moved by a power of ten: "over 4,500" is "over 450".

    Empty for any other factor, which would print digits that nobody published.
    """
    power = len(str(max(factor.numerator, factor.denominator))) - 1
    if factor not in (Fraction(10) ** power, Fraction(1, 10**power)):
        return ""
    shift = power if factor > 1 else -power

    def moved(number: re.Match) -> str:
        value = Decimal(number[0].replace(",", "")).scaleb(shift).normalize()
        return f"{value:,f}"

    return re.sub(r"\d[\d,]*(?:\.\d+)?", moved, published)


def _scaled(end: float, factor: Fraction) -> tuple[float, float]:
    return (end, end) if math.isinf(end) else interval.point(Fraction(end) * factor)


def _finer(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """Both in the smaller of their units, so that whole numbers convert without rounding."""
    return (a, b.to(a.unit)) if factor_between(b.unit, a.unit) >= 1 else (a.to(b.unit), b)


def _same_scope(a: Quantity, b: Quantity) -> bool:
    return a.scope == b.scope or any(q.pure and not q.scope for q in (a, b))


def _must_share_scope(a: Quantity, b: Quantity, doing: str) -> None:
    if not _same_scope(a, b):
        raise NotComparable(
            f"cannot {doing} figures of different scope: {a.scope or 'no scope'!r} and "
            f"{b.scope or 'no scope'!r} count different things. Take both on one scope, or say why "
            "they may stand together: a.ratio(b, because=...), a.across(scope, because=...)"
        )


def _scope_of(a: Quantity, b: Quantity) -> str:
    return a.scope or b.scope


def _scopes(a: Quantity, b: Quantity, sign: str) -> str:
    return sign.join(dict.fromkeys(q.scope for q in (a, b) if q.scope))


def _together(quantities: Iterable[Quantity], doing: str) -> list[Quantity]:
    found = list(quantities)
    if not found:
        raise ValueError(f"nothing to {doing}")
    return [found[0], *(found[0]._pair(q, doing)[1] for q in found[1:])]


def _computed(pair: tuple[float, float], unit: str, scope: str, *of: Quantity) -> Quantity:
    return Quantity(
        *pair,
        unit=RATIO if unit == "1" else unit,
        scope=scope,
        period=_span(q.period for q in of),
        place=", ".join(dict.fromkeys(p for q in of for p in q.place.split(", ") if p)),
        sources=tuple(dict.fromkeys(s for q in of for s in q.sources)),
        rows=tuple(dict.fromkeys(r for q in of for r in q.rows)),
        confidence=max((q.confidence for q in of), key=CONFIDENCE.index, default="high"),
        forecast=any(q.forecast for q in of),
        caveat=_join_caveats(*(q.caveat for q in of)),
    )


def _join_caveats(*caveats: str) -> str:
    return JOINT.join(dict.fromkeys(part for c in caveats for part in c.split(JOINT) if part))


def _span(periods: Iterable[str]) -> str:
    """One period, or "2023 to 2025" from the first to the last."""
    found = sorted({part for p in periods for part in p.split(" to ") if part})
    return found[0] if len(found) == 1 else f"{found[0]} to {found[-1]}" if found else ""


def shown(quantity: Quantity, unit: str) -> Quantity:
    """A quantity in the unit that prose gives it in; the tables keep the unit as published.

    A figure printed with more digits than prose needs (1,504.27) is printed as a computed one.
    """
    found = quantity.to(unit)
    digits = sum(character.isdigit() for character in found.published)
    return replace(found, published="") if digits > MOST_DIGITS else found


def in_three_digits(quantity: Quantity) -> Quantity:
    """A quantity that prose and figures print with three digits, where the two of a computed number
    would contradict a growth or a table beside it."""
    return replace(quantity, published=f"{quantity.middle:.3g}")


def billions(quantity: Quantity) -> Quantity:
    """A sum of yuan in billions."""
    return shown(quantity, "1e9 CNY")
