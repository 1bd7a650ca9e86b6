"""The pages that know this book's subject: cities, the claims on them, and the explorer.

A Sphinx extension of its own beside ``press``, which prints any book and asks this one for what it
cannot know (``press.subject``).

Out of scope: what is computed (``citygap``), and pages that any book with tables has (``press``).
"""

from __future__ import annotations

from pathlib import Path

from citypages.answers import Cities
from press.templating import also_from

STATIC = Path(__file__).with_name("static")
SUBJECT = Cities()
also_from(Path(__file__).with_name("templates"))


def setup(app) -> dict:
    """Called by Sphinx."""
    for part in ("claims.claim_role", "claims.ledger_page", "explorer"):
        app.setup_extension(f"citypages.{part}")
    app.connect("config-inited", lambda app, config: config.html_static_path.append(str(STATIC)))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
