"""Sphinx extension: the look of claims and their verdicts, and the ledger's filter.

The ledger itself is made by ``citygap.claims.ledger`` and travels in the notebook's output.

Out of scope: how verdicts come about (``citygap.claims``).
"""

from __future__ import annotations

MARK = 'id="ledger-filter"'
SCRIPT, STYLE = "ledger.js", "ledger.css"


def setup(app) -> dict:
    """Called by Sphinx."""
    app.add_css_file(STYLE, priority=850)  # after the style sheets of ``_config.yml``
    app.connect("html-page-context", equip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def equip(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Give the page that holds the filter its script."""
    if MARK in context.get("body", ""):
        app.add_js_file(SCRIPT, loading_method="defer")
