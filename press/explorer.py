"""Sphinx extension: the explorer's script and style, on the pages that hold one and on no other.

The explorer itself, with the numbers that it computes with, is made by ``citygap.explorer`` and
travels in the notebook's output.

Out of scope: what it computes.
"""

from __future__ import annotations

MARK = 'class="explorer"'
SCRIPT, STYLE = "explorer.js", "explorer.css"


def setup(app) -> dict:
    """Called by Sphinx."""
    app.connect("html-page-context", equip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def equip(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Give a page that holds an explorer what it needs."""
    if MARK in context.get("body", ""):
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")
