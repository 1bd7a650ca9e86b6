"""How concentrated: shares, HHI, Gini, Theil, Lorenz, rank-size, and their bounds.

The measures take a complete list: a one-dimensional array of nonnegative counts or shares, one a
unit (firm, city), zeros included where they are units.  They return plain floats.

Where only the largest shares are published, the rest could be spread in many ways.  The bounds
then come from the two extreme ways, and are returned as a :class:`~citygap.quantity.Quantity`:

- *most equal*: every unknown unit as near to every other as the published shares allow;
- *most unequal*: the remainder packed into as few units as possible, none larger than the smallest
  published share, or it would have been published.

All measures here rise when a larger unit gains what a smaller one loses, so no other completion
can leave these bounds (majorisation; for the HHI see Kvalseth 2018).

Out of scope: spatial decomposition, weights, inference beyond the rank-size standard error.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from citygap.gap import Number, ratio
from citygap.quantity import Quantity, exactly, merged
from citygap.units import RATIO, UnitMismatch

#: Room for rounding, as a part of a bound or of the whole.
ROUNDING = 1e-13
#: Up to so many uncertain shares, every way to place them is tried.
MOST_TRIED = 12
#: No list of units is made longer than this.
MOST_UNITS = 10**6


def shares(values: np.ndarray) -> np.ndarray:
    """Values over their sum: floats of the same shape, adding up to 1.

    Raises ValueError (as every measure of this module) for an empty or many-dimensional array,
    NaN or infinite values, values below 0, or a sum of 0.
    """
    x = _checked(values)
    # Over the largest first, so that a sum of tiny values is not lost to underflow.
    x = x / x.max()
    return x / x.sum()


def hhi(values: np.ndarray) -> float:
    """Herfindahl-Hirschman index, the sum of squared shares: 1/n to 1.

    Competition authorities square percentages instead; theirs is 10,000 times this one.
    Sources: Herfindahl (1950), Hirschman (1964).
    """
    return float((shares(values) ** 2).sum())


def effective_number(values: np.ndarray) -> float:
    """1 / HHI: how many units of equal size would be as concentrated.  1 to n."""
    return 1 / hhi(values)


def concentration_ratio(values: np.ndarray, k: int) -> float:
    """CR_k, the joint share of the k largest units (all, if there are fewer).

    Raises ValueError for k below 1.
    """
    if k < 1:
        raise ValueError(f"a concentration ratio of the {k} largest: give 1 or more")
    return float(min(1.0, np.sort(shares(values))[::-1][:k].sum()))


def gini(values: np.ndarray) -> float:
    """Gini coefficient: 0 if all are equal, 1 - 1/n if one has all.

    G = 2 sum_i i x_(i) / (n sum x) - (n + 1) / n with x in rising order, without the correction
    for small samples; as in PySAL ``inequality``.  Source: Gini (1912).
    """
    x = np.sort(shares(values))
    n = len(x)
    return max(0.0, float(2 * (np.arange(1, n + 1) * x).sum() / n - (n + 1) / n))


def theil(values: np.ndarray) -> float:
    """Theil's T: sum_i s_i ln(n s_i), 0 if all are equal, ln n if one has all.

    A unit of 0 adds 0, the limit of the term.  Source: Theil (1967).
    """
    s = shares(values)
    held = s[s > 0]
    return max(0.0, float((held * np.log(len(s) * held)).sum()))


def lorenz(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lorenz curve from (0, 0) to (1, 1), poorest units first.

    Returns cumulative shares of units and of the total, each of length n + 1.
    """
    x = np.sort(shares(values))
    total = np.concatenate(([0.0], np.cumsum(x)))
    total[-1] = 1.0
    return np.linspace(0, 1, len(x) + 1), np.minimum(total, 1.0)


@dataclass(frozen=True)
class RankSize:
    """A rank-size regression: ln(rank - 1/2) = intercept - exponent * ln(size)."""

    exponent: float
    standard_error: float
    intercept: float
    n: int

    @property
    def slope(self) -> float:
        """The slope of the regression, minus the exponent."""
        return -self.exponent

    def interval(self, z: float = 1.96) -> tuple[float, float]:
        """The exponent give or take ``z`` standard errors (95 % by default)."""
        return self.exponent - z * self.standard_error, self.exponent + z * self.standard_error


def rank_size(values: np.ndarray) -> RankSize:
    """Exponent of the upper tail by least squares of ln(rank - 1/2) on ln(size).

    The shift of 1/2 removes the leading bias in small samples; the standard error is
    b * sqrt(2/n), since that of least squares is far too small.  An exponent of 1 is Zipf's law.
    Source: Gabaix and Ibragimov (2011).

    Needs three units or more, all above 0 and not all equal; choose the tail before.  Ties keep
    ranks of their own.
    """
    x = np.sort(_checked(values))[::-1]
    if len(x) < 3:
        raise ValueError(f"a rank-size regression of {len(x)} units: give three or more")
    if (x == 0).any():
        raise ValueError("a rank-size regression has no place for units of 0: leave them out")
    if x[0] == x[-1]:
        raise ValueError("a rank-size regression needs sizes that differ")
    size, rank = np.log(x), np.log(np.arange(1, len(x) + 1) - 0.5)
    away = size - size.mean()
    slope = float((away * rank).sum() / (away**2).sum())
    intercept = float(rank.mean() - slope * size.mean())
    return RankSize(-slope, abs(slope) * math.sqrt(2 / len(x)), intercept, len(x))


# ---------------------------------------------------------------------------------------- bounds


def top_shares(parts: Sequence[Number], total: Number, because: str = "") -> list[Quantity]:
    """Each published part over the published total, for the functions below."""
    return [ratio(part, total, because=because) for part in parts]


def hhi_bounds(
    top_shares: Sequence[Number],
    n_rest_max: int | None = None,
    rest_each_at_most: float | None = None,
) -> Quantity:
    """Sharp bounds of the HHI (0 to 1) if only the largest shares are published.

    ``top_shares`` are the k largest shares, as floats or as quantities with bounds (ratios or
    percentages).  ``n_rest_max`` is how many other units there can be (None: any number, so the
    lower bound is approached and not reached; 0: none).  ``rest_each_at_most`` caps each of the
    others below the smallest published share, which caps them anyway.

    Raises ValueError if no set of shares fits: the published ones exceed 1, or the rest does not
    fit under its cap.
    """
    low, high, found = _box(top_shares)
    cap = _cap(high, rest_each_at_most)
    if n_rest_max is None and cap > 0:
        least = _hhi(low)  # the published at their least, the rest ground to dust
    else:
        least = _hhi(_most_equal(low, high, n_rest_max or 0, cap))
    most = max(map(_hhi, _most_unequal(low, high, n_rest_max, rest_each_at_most)))
    return _bounded(least, most, 1.0, found, "concentration.hhi_bounds")


def gini_bounds(
    top_shares: Sequence[Number], n: int, rest_each_at_most: float | None = None
) -> Quantity:
    """Sharp bounds of the Gini coefficient of ``n`` units if only the largest are published.

    Arguments and errors as for :func:`hhi_bounds`, with ``n`` counting the published units too.
    """
    return _of_n(gini, top_shares, n, rest_each_at_most, "concentration.gini_bounds")


def theil_bounds(
    top_shares: Sequence[Number], n: int, rest_each_at_most: float | None = None
) -> Quantity:
    """Sharp bounds of Theil's T of ``n`` units if only the largest are published."""
    return _of_n(theil, top_shares, n, rest_each_at_most, "concentration.theil_bounds")


def _of_n(
    measure: Callable[[np.ndarray], float],
    top_shares: Sequence[Number],
    n: int,
    rest_each_at_most: float | None,
    made_by: str,
) -> Quantity:
    low, high, found = _box(top_shares)
    rest = n - len(low)
    if rest < 0:
        raise ValueError(f"{n} units in all, but {len(low)} shares are given")
    least = measure(_most_equal(low, high, rest, _cap(high, rest_each_at_most)))
    # A completion lists only units that hold something; the others are zeros.
    ways = _most_unequal(low, high, rest, rest_each_at_most)
    most = max(measure(np.append(way, np.zeros(n - len(way)))) for way in ways)
    return _bounded(least, most, math.inf, found, made_by)


# ---------------------------------------------------------------------------------------- inside


def _checked(values: np.ndarray) -> np.ndarray:
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or x.size == 0:
        raise ValueError(f"concentration needs a list of values, not an array of shape {x.shape}")
    if not np.isfinite(x).all():
        raise ValueError("concentration needs finite values: one is missing or infinite")
    if (x < 0).any():
        raise ValueError(f"concentration needs values of 0 or more: one is {x.min():g}")
    if not (x > 0).any():
        raise ValueError("all values are 0: there is nothing to share")
    return x


def _hhi(s: np.ndarray) -> float:
    return float((s**2).sum())


def _box(top_shares: Sequence[Number]) -> tuple[np.ndarray, np.ndarray, list[Quantity]]:
    """Lower and upper ends of the published shares, cut to what can be."""
    found = [q if isinstance(q, Quantity) else exactly(q) for q in top_shares]
    if not found:
        raise ValueError("no published share is given")
    for q in found:
        if not q.pure:
            raise UnitMismatch(f"a share is a ratio or a percentage, not in {q.unit!r}")
    plain = [q.to(RATIO) for q in found]
    low, high = np.array([q.low for q in plain]), np.array([q.high for q in plain])
    if (high < 0).any() or (low < -ROUNDING).any() or low.sum() > 1 + ROUNDING:
        printed = ", ".join(q.text() for q in plain)
        raise ValueError(f"shares of {printed} are no parts of one whole")
    low = np.maximum(low, 0.0)
    # No share can exceed what the others leave.
    return low, np.minimum(high, np.maximum(1 - (low.sum() - low), low)), found


def _cap(high: np.ndarray, rest_each_at_most: float | None) -> float:
    """The most that an unpublished unit can have."""
    cap = float(high.min())
    if rest_each_at_most is None:
        return cap
    if not rest_each_at_most >= 0:
        raise ValueError(f"each of the rest at most {rest_each_at_most!r}: give 0 or more")
    return min(cap, float(rest_each_at_most))


def _most_equal(low: np.ndarray, high: np.ndarray, rest: int, cap: float) -> np.ndarray:
    """The shares that every other possible set majorises.

    All units stand at one water level, unless their own bounds hold them above or below it; the
    level is the one at which the shares add up to 1.
    """
    if rest < 0:
        raise ValueError(f"{rest} other units: give 0 or more")
    low = np.append(low, 0.0)
    high = np.append(high, cap)
    count = np.append(np.ones(len(low) - 1), rest)
    levels = np.unique(np.concatenate((low, high)))
    total = np.array([(count * np.clip(level, low, high)).sum() for level in levels])
    _must_reach(total[-1])
    level = np.interp(min(1.0, total[-1]), total, levels)
    found = np.clip(level, low, high)
    return np.append(found[:-1], np.full(rest, found[-1]))


def _most_unequal(
    low: np.ndarray, high: np.ndarray, rest: int | None, rest_each_at_most: float | None
) -> Iterator[np.ndarray]:
    """Sets of shares among which the most unequal one is.

    What a published share can take, it takes, for it is larger than any of the rest.  If all can
    be at their upper ends, the remainder fills units to the cap.  If not, nothing remains, and the
    worst case has all shares at an end but one: each such set is tried, or all are bounded at once
    if there are too many.
    """
    cap = _cap(high, rest_each_at_most)
    left = 1 - high.sum()
    if left >= -ROUNDING:
        yield np.append(high, _packed(max(left, 0.0), cap, rest))
        return
    free = np.flatnonzero(high > low)
    if len(free) > MOST_TRIED:
        yield _envelope(low, high)
        return
    for partial in free:
        others = free[free != partial]
        for ends in product((False, True), repeat=len(others)):
            s = low.copy()
            s[others] = np.where(ends, high[others], low[others])
            left = 1 - np.delete(s, partial).sum()
            if low[partial] - ROUNDING <= left <= high[partial] + ROUNDING:
                s[partial] = np.clip(left, low[partial], high[partial])
                yield s


def _envelope(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Shares that majorise every set inside the bounds that adds up to 1.

    The j largest together hold no more than the j largest upper ends, and no more than the lower
    ends of the others leave; the shares that hold exactly so much need not be possible themselves,
    so the bounds from them are safe but may be a little wide.
    """
    by_upper = np.cumsum(np.sort(high)[::-1])
    others = np.cumsum(np.sort(low))[::-1]  # the sums of the k, k - 1, ..., 1 smallest lower ends
    left = 1 - np.append(others[1:], 0.0)
    return np.maximum(np.diff(np.minimum(by_upper, left), prepend=0.0), 0.0)


def _packed(left: float, cap: float, rest: int | None) -> np.ndarray:
    """The remainder in as few units as the cap allows."""
    if left <= ROUNDING:
        return np.array([])
    if cap <= 0:
        raise ValueError("the published shares leave a rest, but no unit may have any of it")
    full = int(left / cap + ROUNDING)
    if full > MOST_UNITS:
        raise ValueError(f"a rest of {left:.3g} in units of {cap:.3g} at most: give a larger cap")
    over = left - full * cap
    packed = np.append(np.full(full, cap), [over] if over > ROUNDING else [])
    if rest is not None and len(packed) > rest:
        _must_reach(1 - left + rest * cap)
        return packed[:rest]  # it was rounding that asked for one more
    return packed


def _must_reach(total: float) -> None:
    if total < 1 - 1e-9:
        raise ValueError(
            f"at most {total:.3g} of the whole can be placed: the rest does not fit into so few "
            "units, none larger than the smallest published share"
        )


def _bounded(
    least: float, most: float, ceiling: float, found: list[Quantity], made_by: str
) -> Quantity:
    pair = least * (1 - ROUNDING), max(least, min(ceiling, most * (1 + ROUNDING)))
    return merged(pair, RATIO, *found, made_by=made_by)
