"""Interval arithmetic on pairs of floats, rounded outward.

A pair ``(low, high)`` stands for the finite real numbers between its ends, ends included; an
infinite end means that no bound is known on that side.  Every function returns a pair that holds
the true result for any numbers inside its arguments.

``+ - * /`` and whole powers are worked in exact fractions and then rounded to the floats just
outside, so that whole numbers stay whole and nothing is lost that need not be.  Roots, real
powers, logarithms and exponentials come from the C library and are widened by two units in the
last place, since good libraries err by less than one.

Conventions.  0 times an infinite end is 0: the factor is finite, only unbounded.  An infinite end
over an infinite end says nothing and is passed over, for the other corners already span the
result.

Source: R. E. Moore, Interval Analysis (1966).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

Pair = tuple[float, float]

INFINITY = math.inf
#: Beyond this exponent, exact fractions grow too long to be worth it.
EXACT_EXPONENT = 64


def below(x: Fraction | float) -> float:
    """The greatest float that is not above ``x``."""
    return _beside(x, -INFINITY)


def above(x: Fraction | float) -> float:
    """The least float that is not below ``x``."""
    return _beside(x, INFINITY)


def _beside(x: Fraction | float, side: float) -> float:
    if isinstance(x, float):
        return x
    try:
        near = float(x)  # correctly rounded
    except OverflowError:
        near = INFINITY if x > 0 else -INFINITY
    if math.isinf(near):
        return near if near == side else math.nextafter(near, -near)
    exact = Fraction(near)
    if exact == x or (exact < x) == (side < 0):
        return near
    return math.nextafter(near, side)


def point(x: float | int | Fraction) -> Pair:
    """The narrowest pair around a number."""
    if isinstance(x, float):
        return x, x
    return below(Fraction(x)), above(Fraction(x))


def _around(corners: Iterable[Fraction | float]) -> Pair:
    found = list(corners)
    return below(min(found)), above(max(found))


def _exact(x: float) -> Fraction | float:
    return x if math.isinf(x) else Fraction(x)


def add(a: Pair, b: Pair) -> Pair:
    """All x + y."""
    return below(_exact(a[0]) + _exact(b[0])), above(_exact(a[1]) + _exact(b[1]))


def negate(a: Pair) -> Pair:
    """All -x."""
    return -a[1], -a[0]


def subtract(a: Pair, b: Pair) -> Pair:
    """All x - y."""
    return add(a, negate(b))


def multiply(a: Pair, b: Pair) -> Pair:
    """All x * y."""
    return _around(_times(_exact(x), _exact(y)) for x in a for y in b)


def _times(x: Fraction | float, y: Fraction | float) -> Fraction | float:
    if x == 0 or y == 0:
        return Fraction(0)
    if math.isinf(x) or math.isinf(y):
        return INFINITY if (x > 0) == (y > 0) else -INFINITY
    return x * y


def divide(a: Pair, b: Pair) -> Pair:
    """All x / y with y not 0.

    If 0 is an end of ``b``, the result has no bound on that side.  Raises ZeroDivisionError if 0
    is inside ``b`` or is all of it: the result would be two pieces, or nothing.
    """
    if b[0] < 0 < b[1] or b == (0.0, 0.0):
        raise ZeroDivisionError(
            f"cannot divide by an interval around zero, {b[0]:g} to {b[1]:g}: "
            "the quotient has no bounds"
        )
    if b[1] <= 0:
        return divide(negate(a), negate(b))
    corners: list[Fraction | float] = []
    for x in map(_exact, a):
        for y in map(_exact, b):
            if y == 0:
                corners.append(Fraction(0) if x == 0 else INFINITY if x > 0 else -INFINITY)
            elif math.isinf(y):
                corners.append(Fraction(0))
            else:
                corners.append(x if math.isinf(x) else x / y)
    return _around(corners)


def power(a: Pair, exponent: float) -> Pair:
    """All x ** exponent.

    Any whole exponent; a broken one needs x not below 0 (ValueError).  A negative exponent divides
    by the power, with the conventions of :func:`divide`.
    """
    if not math.isfinite(exponent):
        raise ValueError(f"power {exponent}: give a finite exponent")
    if exponent < 0:
        return divide((1.0, 1.0), power(a, -exponent))
    if exponent == 0:
        return 1.0, 1.0
    whole = float(exponent).is_integer()
    if not whole and a[0] < 0:
        raise ValueError(
            f"a negative number has no real power {exponent:g}: the base is {a[0]:g} to {a[1]:g}"
        )
    low, high = (_raise(x, exponent) for x in a)
    if whole and exponent % 2 == 0 and a[0] < 0:
        # An even power falls, then rises; its least value is 0 if 0 is inside.
        floor = 0.0 if a[1] >= 0 else high[0]
        return floor, max(low[1], high[1])
    return low[0], high[1]


def _raise(x: float, exponent: float) -> Pair:
    if math.isinf(x):
        even = float(exponent).is_integer() and exponent % 2 == 0
        return (INFINITY, INFINITY) if x > 0 or even else (x, x)
    if float(exponent).is_integer() and exponent <= EXACT_EXPONENT:
        return point(Fraction(x) ** int(exponent))
    if x in (0.0, 1.0):
        return x, x
    try:
        near = math.pow(x, exponent)
    except OverflowError:
        negative = x < 0 and exponent % 2 == 1
        near = -INFINITY if negative else INFINITY
    low, high = widen(near)
    return (max(low, 0.0), high) if x >= 0 else (low, high)


def widen(x: float, ulps: int = 2) -> Pair:
    """The floats that many steps on either side of ``x``."""
    low = high = x
    for _ in range(ulps):
        low, high = math.nextafter(low, -INFINITY), math.nextafter(high, INFINITY)
    return low, high


def logarithm(a: Pair) -> Pair:
    """All natural logarithms ln x; ln 0 is without bound below.  ValueError below 0."""
    if a[0] < 0:
        raise ValueError(f"a negative number has no logarithm: {a[0]:g} to {a[1]:g}")
    return _log(a[0])[0], _log(a[1])[1]


def _log(x: float) -> Pair:
    if x == 0:
        return -INFINITY, -INFINITY
    if x == 1:
        return 0.0, 0.0
    return (INFINITY, INFINITY) if math.isinf(x) else widen(math.log(x))


def exponential(a: Pair) -> Pair:
    """All e ** x."""
    return max(0.0, _exp(a[0])[0]), _exp(a[1])[1]


def _exp(x: float) -> Pair:
    if x == -INFINITY:
        return 0.0, 0.0
    if x == 0:
        return 1.0, 1.0
    try:
        return widen(math.exp(x)) if x < INFINITY else (INFINITY, INFINITY)
    except OverflowError:
        return math.nextafter(INFINITY, 0.0), INFINITY
