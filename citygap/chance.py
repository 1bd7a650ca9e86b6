"""What luck alone does to a concentration: few deals look concentrated, and years differ by chance.

The share of squares of a handful of deals is high even where many places are equal, since a place
has one deal or none.  :func:`same_place` is free of that: the chance that two of the deals lie in
one place.  :func:`again` says how far a year's figure would move if its deals were drawn again from
the same shares, and :func:`as_concentrated` how often a random part of a list is as concentrated as
the part in question.  Both are seeded, so that a page comes out the same.

Out of scope: why a place has its share, and growth from year to year (``matthew``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from citygap import concentration
from citygap.quantity import RATIO, Quantity, merged

SEED = 20260101
DRAWS = 2000
LEVEL = (2.5, 97.5)  # percentiles that hold 95 in 100 draws
ROUNDING = 1e-12


def same_place(counts: np.ndarray) -> np.ndarray:
    """Chance that two different deals lie in one place, shape (...) from counts (..., places).

    sum n_i (n_i - 1) / (n (n - 1)): the HHI without the part that each deal shares with itself.
    Source: Simpson (1949), as the unbiased form of the sum of squares.
    """
    n = counts.sum(axis=-1)
    return (counts * (counts - 1)).sum(axis=-1) / (n * (n - 1))


def four_largest(counts: np.ndarray) -> np.ndarray:
    """Share of the four largest places, shape (...) from counts (..., places)."""
    top = np.sort(counts, axis=-1)[..., ::-1][..., :4]
    return top.sum(axis=-1) / counts.sum(axis=-1)


def drawn_again(counts: np.ndarray, draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """As many deals as there were, ``draws`` times, by the shares of the places."""
    n = int(counts.sum())
    return np.random.default_rng(seed).multinomial(n, counts / n, size=draws)


def again(
    part: Mapping[str, Quantity], measure: Callable = same_place, draws: int = DRAWS
) -> Quantity:
    """Where the measure of a complete distribution of counts lies in 95 of 100 draws.

    The range tells what a year's figure leaves open if its deals are a sample of what might have
    been; the list itself has no such doubt.
    """
    counts = np.array([q.middle for q in part.values()])
    low, high = np.percentile(measure(drawn_again(counts, draws)), LEVEL)
    found = merged((low, high), RATIO, *part.values(), made_by=f"chance.{measure.__name__}")
    return found.noting(f"95 in 100 of {draws:,} draws of as many deals")


def as_concentrated(
    part: Mapping[str, Quantity], whole: Mapping[str, Quantity], draws: int = 10 * DRAWS,
    seed: int = SEED,
) -> Quantity:
    """How many of all random parts of ``whole``, as large as ``part``, have an HHI as high or higher.

    A percentage.  ``part`` counts units that are among those of ``whole``, drawn without putting
    back.  Raises ValueError if the part is larger than the whole.
    """
    counts = np.array([round(q.middle) for q in whole.values()])
    size = int(round(sum(q.middle for q in part.values())))
    if size > counts.sum():
        raise ValueError(f"a part of {size} in a whole of {counts.sum()}")
    random = np.random.default_rng(seed)
    lots = random.multivariate_hypergeometric(counts, size, size=draws)
    found = concentration.hhi(np.array([q.middle for q in part.values()]))
    as_high = ((lots / size) ** 2).sum(axis=-1) >= found - ROUNDING
    share = 100 * float(as_high.mean())
    return merged((share, share), "%", *part.values(), *whole.values(),
                  made_by="chance.as_concentrated")
