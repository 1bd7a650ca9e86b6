"""How far two judges agree beyond chance: Cohen's kappa.

Out of scope: more than two judges, and grades that lie nearer to each other than others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Share of the cases on which both judges say the same.  Raises ValueError without any."""
    if not pairs:
        raise ValueError("nothing was judged twice")
    return sum(one == other for one, other in pairs) / len(pairs)


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Agreement of two judges beyond what their habits alone would give: 1 in full, 0 by chance.

    Each pair holds what both say of one case (J. Cohen 1960).  Raises ValueError without any case,
    and where both judges only ever say one and the same thing, for which kappa is not defined.
    """
    seen = agreement(pairs)
    ones, others = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(n * others[word] for word, n in ones.items()) / len(pairs) ** 2
    if chance == 1:
        raise ValueError("both judges only ever say the same: kappa is not defined")
    return (seen - chance) / (1 - chance)
