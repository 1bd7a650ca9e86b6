"""How a range of numbers is put into words: digits, separators, rounding.

A range is rounded outward, so that what is printed always holds what was computed.  It shows the
fewest digits (two at least) at which the printed range is at most a quarter wider than the true
one: 0.1624 to 0.2138 is printed "0.16 to 0.22".  A range narrower than one per cent of itself is
printed as one number, inside it or within a fifth of a per cent of its middle: 26.31 to 26.33 is
"26.3", 0.2184 to 0.2201 is "0.22".

In running text and on figures (:func:`in_brief`) two digits are enough: 20.4 to 22.1 is "20 to 23",
and a range whose ends round to one number is that number: 1.873 to 1.906 is "1.9".

Out of scope: units and words like "over" (``quantity``, ``reading_rules``).
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

FEWEST_DIGITS = 2
MOST_DIGITS = 15
FULL_DIGITS = 6
#: A range this narrow, relative to its middle, is printed as one number ...
NARROW = Decimal("0.01")
#: ... which lies inside the range or this close to its middle.
SHIFT = Decimal("0.002")
#: How much wider the printed range may be than the true one.
SLACK = Decimal("1.25")
#: Digits of a float that mean anything: the rest is the noise of binary fractions, which rounding
#: outward would turn into a printed digit (10.4 is a shade above 10.4, and would show as 10.41).
TRUE_DIGITS = 10
#: A bound with an open other side is printed as it is if it has no more digits than this.
SHORT = 4
#: The same for a single computed number.
BRIEF = 3


def in_digits(number: float) -> str:
    """A number for programs, in the digits that mean anything on every machine: 18.05, not
    18.049999999999997.  What processors compute differs in the sixteenth digit."""
    return f"{number:.12g}"


def in_words(
    low: float,
    high: float,
    *,
    digits: int | None = None,
    suffix: str = "",
    separator: str = ",",
    narrow: bool = True,
) -> str:
    """Text of a range: "0.16 to 0.22", "26.3", "at least 22", "at most 5", "unknown".

    ``digits`` fixes the number of significant digits.  ``suffix`` follows the last number (a per
    cent sign); ``separator`` stands between thousands (empty for years).  Without ``narrow``, a
    narrow range is printed with both its ends.
    """
    if math.isinf(low) and math.isinf(high):
        return "unknown"
    if math.isinf(high):
        return f"at least {_show(_one_side(low, ROUND_FLOOR, digits), separator)}{suffix}"
    if math.isinf(low):
        return f"at most {_show(_one_side(high, ROUND_CEILING, digits), separator)}{suffix}"
    a, b = _decimal(low), _decimal(high)
    if a == b or narrow and is_narrow(low, high):
        return f"{_show(_one_number(a, b, digits), separator)}{suffix}"
    first, last = _two_numbers(a, b, digits)
    return f"{_show(first, separator)} to {_show(last, separator)}{suffix}"


def in_brief(low: float, high: float, *, suffix: str = "") -> str:
    """Text of a range with two significant digits an end, rounded outward: "20 to 23", "0.98 to 1.2".

    Ends that round to one number of two digits are printed as it: 9.8 to 10.1 is "10".
    """
    if math.isinf(low) or math.isinf(high):
        short = any(len(_unpadded(_decimal(end)).as_tuple().digits) <= FEWEST_DIGITS
                    for end in (low, high) if math.isfinite(end))  # fmt: skip
        return in_words(low, high, digits=None if short else FEWEST_DIGITS, suffix=suffix)
    a, b = _decimal(low), _decimal(high)
    place = _place(max(abs(a), abs(b)), FEWEST_DIGITS)
    rounded = {_rounded(end, place, ROUND_HALF_EVEN) for end in (a, b)}
    if len(rounded) == 1 and rounded != {0}:
        return f"{_show(rounded.pop(), ',')}{suffix}"
    first, last = _two_numbers(a, b, FEWEST_DIGITS)
    if last - first > SLACK * (b - a):  # the smaller end needs its own digits
        first, last = (_rounded(end, _place(end, FEWEST_DIGITS), way)
                       for end, way in ((a, ROUND_FLOOR), (b, ROUND_CEILING)))  # fmt: skip
    return f"{_show(first, ',')} to {_show(last, ',')}{suffix}"


def in_full(low: float, high: float, separator: str = ",") -> str:
    """Both bounds to six digits, rounded outward: "0.16184 to 0.21451", "764".

    Bounds that differ by no more than the noise of binary fractions are one number: "20.6122".
    """
    if math.isinf(low) or math.isinf(high):
        return in_words(low, high, digits=FULL_DIGITS, separator=separator)
    if _decimal(low) == _decimal(high):
        return _show(_unpadded(_one_side(low, ROUND_HALF_EVEN, FULL_DIGITS)), separator)
    ends = [_one_side(low, ROUND_FLOOR, FULL_DIGITS), _one_side(high, ROUND_CEILING, FULL_DIGITS)]
    return " to ".join(dict.fromkeys(_show(_unpadded(x), separator) for x in ends))


def is_narrow(low: float, high: float) -> bool:
    """Whether a range is printed as one number."""
    if math.isinf(low) or math.isinf(high):
        return False
    a, b = _decimal(low), _decimal(high)
    return a == b or (a > 0) == (b > 0) and b - a <= NARROW * min(abs(a), abs(b))


def exact_as_shown(words: str, low: float, high: float) -> bool:
    """Whether a printed number holds for both bounds: each rounds to the digits that are shown.

    "20.6" is exact for 20.6122 to 20.6123, for 20.55 to 20.65 too, and not for 20.5 to 20.7.  Zeros at the end of a whole
    number are not taken for digits beyond the second one: 1,500 is exact for 1,497 to 1,503.
    Words that are no single number ("over 80", "9 to 11") are not exact.
    """
    printed = re.fullmatch(r"-?\d[\d,]*(?:\.\d+)?", words.removesuffix("%"))
    if not printed or math.isinf(low) or math.isinf(high):
        return False
    shown = Decimal(printed[0].replace(",", ""))
    place = shown.as_tuple().exponent
    if place == 0 and shown:
        last = shown.normalize().as_tuple().exponent
        place = min(last, _place(shown, FEWEST_DIGITS)) if last > 0 else 0
    half = Decimal(5).scaleb(place - 1)
    return all(abs(_decimal(end) - shown) <= half for end in (low, high))


def _one_number(a: Decimal, b: Decimal, digits: int | None) -> Decimal:
    middle = (a + b) / 2
    if digits is None and a == b:
        short = _unpadded(a)
        if short == short.to_integral_value() or len(short.as_tuple().digits) <= BRIEF:
            return short  # a count is printed whole, and 0.2 without a zero
    for n in [digits] if digits else range(FEWEST_DIGITS, MOST_DIGITS + 1):
        shown = _rounded(middle, _place(middle, n), ROUND_HALF_EVEN)
        if digits or a <= shown <= b or abs(shown - middle) <= SHIFT * abs(middle):
            break
    return shown


def _one_side(x: float, rounding: str, digits: int | None) -> Decimal:
    exact = _decimal(x)
    short = _unpadded(exact)
    if digits is None and len(short.as_tuple().digits) <= SHORT:
        return short
    for n in [digits] if digits else range(FEWEST_DIGITS, MOST_DIGITS + 1):
        shown = _rounded(exact, _place(exact, n), rounding)
        if digits or abs(shown - exact) <= NARROW * abs(exact):
            break
    return shown


def _two_numbers(a: Decimal, b: Decimal, digits: int | None) -> tuple[Decimal, Decimal]:
    for n in [digits] if digits else range(FEWEST_DIGITS, MOST_DIGITS + 1):
        place = _place(max(abs(a), abs(b)), n)
        first, last = _rounded(a, place, ROUND_FLOOR), _rounded(b, place, ROUND_CEILING)
        if digits or last - first <= SLACK * (b - a):
            break
    # A small end next to a large one would vanish into 0: it keeps its own digits.
    if first == 0 and a > 0:
        first = _rounded(a, _place(a, FEWEST_DIGITS), ROUND_FLOOR)
    if last == 0 and b < 0:
        last = _rounded(b, _place(b, FEWEST_DIGITS), ROUND_CEILING)
    return first, last


def _decimal(x: float) -> Decimal:
    return Decimal(f"{x:.{TRUE_DIGITS - 1}e}")


def _place(x: Decimal, digits: int) -> int:
    """Power of ten of the last of so many significant digits."""
    return x.adjusted() - digits + 1 if x else 0


def _rounded(x: Decimal, place: int, rounding: str) -> Decimal:
    return x.scaleb(-place).to_integral_value(rounding).scaleb(place)


def _unpadded(x: Decimal) -> Decimal:
    """Without zeros at the end of its decimals: 171.500 is 171.5, and 1,500 stays."""
    return x.quantize(Decimal(1)) if x == x.to_integral_value() else x.normalize()


def _show(x: Decimal, separator: str) -> str:
    if x == 0:
        x = abs(x)  # never "-0"
    if x and not -7 < x.adjusted() < 16:
        return f"{x:e}"
    return f"{x:,f}".replace(",", separator)
