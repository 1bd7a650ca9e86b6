"""Where pages of this book stand that other modules lead to.

It imports nothing, so that whatever makes a page may use it.
"""

from __future__ import annotations

LEDGER = "chapters/claim-ledger"
