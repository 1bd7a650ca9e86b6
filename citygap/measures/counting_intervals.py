"""What chance leaves open in small counts: exact intervals for a count, a share and a ratio.

Ten filed models are ten; as a measure of how often a place files they are one draw, and another
year of the same place might have brought six or fifteen.  The intervals here are *of counting*:
they say nothing of the words around a figure (``reading_rules``) or of its definition.  Each is
exact in that it holds the true rate in at least the stated part of all draws, however small the
count.

Counts may have bounds of their own: the lower end then belongs to the lowest count, the upper end
to the highest.

Out of scope: shares of many places at once, and draws on a computer (``resampling``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

from citygap.quantity.quantity import RATIO, Quantity, merged
from citygap.quantity.three_valued import Answer

LEVEL = 0.95  # part of all draws in which the interval holds the true rate
STEPS = 200  # of halving: far more than a double can tell apart


def count_interval(count: Quantity, level: float = LEVEL) -> Quantity:
    """Expected count behind a count, in its unit: the exact Poisson interval.

    The lower end is the expectation under which so many or more come up with a chance of
    (1 - level) / 2, the upper end that under which so many or fewer do; of no count, the lower end
    is 0.
    Both are half a quantile of chi-square, with 2 n and 2 n + 2 degrees of freedom.
    Raises ValueError for a count below 0 or without an upper bound, and for a level outside (0, 1).

    Source: Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28, 437-442.
    """
    low, high = _whole(count)
    tail = _tail(level)
    below = 0.0
    if low:
        below = _where(lambda m: 1 - _poisson_cdf(low - 1, m) - tail, 0.0, float(low))
    top = high + 10 * math.sqrt(high + 1) - 2 * math.log(tail) + 10  # beyond the upper end
    above = _where(lambda m: tail - _poisson_cdf(high, m), float(high), top)
    made_by = "counting_intervals.count_interval"
    found = merged((below, above), count.unit, count, scope=count.scope, made_by=made_by)
    return found.noting(_caveat(level))


def share_interval(part: Quantity, whole: Quantity, level: float = LEVEL) -> Quantity:
    """Rate behind a share of counts, as a ratio: the exact binomial interval.

    Each of the ``whole`` is taken to fall to the part with one chance, on its own.  Raises
    ValueError for a part that is larger than the whole, for a whole of none or with bounds, and
    as :func:`count_interval` does; NotComparable for two scopes.

    Source: Clopper and Pearson (1934), The use of confidence or fiducial limits illustrated in the
    case of the binomial, Biometrika 26, 404-413.
    """
    part.plus(whole)  # raises if the two count different things
    low, high = _whole(part)
    n, same = _whole(whole)
    if n != same or n == 0 or high > n:
        raise ValueError(f"a part of {part.text()} in {whole.text()} is no share of draws")
    below, above = _binomial(low, n, level)[0], _binomial(high, n, level)[1]
    found = merged((below, above), RATIO, part, whole, made_by="counting_intervals.share_interval")
    return found.noting(_caveat(level))


def ratio_interval(a: Quantity, b: Quantity, level: float = LEVEL) -> Quantity:
    """Ratio of the rates behind two counts of one time, ``a`` over ``b``.

    Given how many there are of both together, those of ``a`` are a binomial draw whose chance is
    r / (1 + r) at a ratio r; its exact interval gives that of the ratio.  The upper end is infinite
    where ``b`` may be none.  Raises ValueError if both are none, and as :func:`count_interval`
    does; NotComparable for two scopes.

    Source: Przyborowski and Wilenski (1940), Homogeneity of results in testing samples from
    Poisson series, Biometrika 31, 313-323, with the interval of Clopper and Pearson (1934).
    """
    a.plus(b)  # raises if the two count different things
    (a_low, a_high), (b_low, b_high) = _whole(a), _whole(b)
    if a_high + b_low == 0 or a_low + b_high == 0:
        raise ValueError("no ratio of two counts that are both none")
    p = _binomial(a_low, a_low + b_high, level)[0]
    q = _binomial(a_high, a_high + b_low, level)[1]
    pair = p / (1 - p), q / (1 - q) if q < 1 else math.inf
    found = merged(pair, RATIO, a, b, made_by="counting_intervals.ratio_interval")
    return found.noting(_caveat(level))


def surely_more(a: Quantity, b: Quantity, level: float = LEVEL) -> Answer:
    """Whether the rate behind one count is above that behind another, as far as chance lets tell.

    It cannot be told of two counts that are both none.  Raises as :func:`ratio_interval` does.
    """
    if a.high == b.high == 0:
        return Answer.of(False, False)
    return ratio_interval(a, b, level) > 1


def trend(parts: Sequence[float], wholes: Sequence[float]) -> float:
    """How far shares rise or fall over equal steps of time, in standard deviations of chance.

    The test of Cochran and Armitage: beyond 1.96 either way, chance alone would do as much in fewer
    than 5 of 100 cases.  Intervals that overlap are no such test.  Raises ValueError for fewer than
    three steps, or if nothing or all falls to the part.

    Source: Armitage (1955), Tests for linear trends in proportions and frequencies, Biometrics 11,
    375-386.
    """
    total, share = sum(wholes), sum(parts) / sum(wholes)
    if len(wholes) < 3 or not 0 < share < 1:
        raise ValueError("a trend asks for three steps and a share between none and all")
    centre = sum(step * n for step, n in enumerate(wholes)) / total
    moved = sum((step - centre) * (k - n * share) for step, (k, n) in enumerate(zip(parts, wholes)))
    spread = share * (1 - share) * sum(n * (step - centre) ** 2 for step, n in enumerate(wholes))
    return moved / math.sqrt(spread)


# ---------------------------------------------------------------------------------------- inside


def _caveat(level: float) -> str:
    return f"chance in small counts: exact interval, {100 * level:g} in 100"


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"a level of {level!r}: give a part of all draws, such as 0.95")
    return (1 - level) / 2


def _whole(count: Quantity) -> tuple[int, int]:
    """Bounds of a count as whole numbers."""
    low, high = count.bounds
    if low < 0 or not math.isfinite(high) or low != int(low) or high != int(high):
        raise ValueError(f"{count.text()} is no count: bounds are whole numbers from 0 on")
    return int(low), int(high)


@lru_cache(maxsize=4096)  # cities are compared with the same others, page after page
def _binomial(k: int, n: int, level: float) -> tuple[float, float]:
    """Exact interval for the chance behind ``k`` of ``n``."""
    if 2 * k > n:  # the others are fewer, and so are the terms to be summed
        below, above = _binomial(n - k, n, level)
        return 1 - above, 1 - below
    tail = _tail(level)
    below = 0.0 if k == 0 else _where(lambda p: 1 - _binomial_cdf(k - 1, n, p) - tail, 0.0, k / n)
    above = 1.0 if k == n else _where(lambda p: tail - _binomial_cdf(k, n, p), k / n, 1.0)
    return below, above


def _poisson_cdf(k: int, mean: float) -> float:
    """Chance of ``k`` or fewer at an expectation of ``mean``."""
    if mean == 0:
        return 1.0
    log = math.log(mean)
    return min(1.0, math.fsum(math.exp(i * log - mean - math.lgamma(i + 1)) for i in range(k + 1)))


def _binomial_cdf(k: int, n: int, p: float) -> float:
    """Chance of ``k`` or fewer of ``n`` at a chance of ``p`` each."""
    if p in (0.0, 1.0):
        return float(p == 0.0 or k >= n)
    log_p, log_q = math.log(p), math.log1p(-p)

    chances = (math.exp(ways + i * log_p + (n - i) * log_q) for i, ways in enumerate(_log_ways(k, n)))
    return min(1.0, math.fsum(chances))


@lru_cache(maxsize=256)  # one interval asks for the same some fifty times
def _log_ways(k: int, n: int) -> list[float]:
    """Logarithms of the ways to choose 0, 1, ... ``k`` of ``n``."""
    return [math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) for i in range(k + 1)]


def _where(rising: Callable[[float], float], low: float, high: float) -> float:
    """The place between ``low`` and ``high`` at which a rising function is 0, by halving."""
    for _ in range(STEPS):
        middle = low + (high - low) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return low + (high - low) / 2
