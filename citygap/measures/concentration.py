"""How concentrated a complete list is: shares, HHI, the k largest, Gini, Theil.

The measures take a one-dimensional array of nonnegative counts or shares, one a unit (firm, city),
zeros included where they are units.  They return plain floats.

Out of scope: lists of which only the largest are published, and inference (``resampling``).
"""

from __future__ import annotations

import numpy as np


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
