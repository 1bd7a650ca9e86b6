"""The ledger of the book's claims, judged once a build for all that print or list it.

Out of scope: how verdicts come about (``citygap.claims``).
"""

from __future__ import annotations

from functools import lru_cache

from citygap.claims.ledger import Ledger


@lru_cache(maxsize=None)
def ledger() -> Ledger:
    """All claims of the book with their verdicts."""
    return Ledger()
