"""Ranks that bounds leave open.

Out of scope: ranks that somebody published (``citygap.gap.rankings``).
"""

from __future__ import annotations

from citygap.quantity.quantity import Quantity


def rank_of(counts: dict[str, Quantity], place: str) -> tuple[int, int]:
    """Best and worst rank of a place among counts on one scope, given their bounds."""
    own = counts[place]
    surely = sum(q.low > own.high for p, q in counts.items() if p != place)
    perhaps = sum(q.high > own.low for p, q in counts.items() if p != place)
    return 1 + surely, 1 + perhaps
