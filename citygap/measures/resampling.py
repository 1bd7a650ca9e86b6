"""What chance does to a concentration: few units look concentrated even where places are alike.

:func:`as_concentrated` says how often a random part of a list is as concentrated as the part in
question.  It is seeded, so that a page comes out the same.

Out of scope: why a place has its share, and growth from year to year (``preferential_attachment``).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from citygap.measures import concentration
from citygap.quantity.quantity import Quantity, merged

SEED = 20260101
DRAWS = 20000
ROUNDING = 1e-12


def as_concentrated(
    part: Mapping[str, Quantity], whole: Mapping[str, Quantity], draws: int = DRAWS,
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
                  made_by="resampling.as_concentrated")
