"""Sphinx extension: the explorer's script and style, on the pages that hold one and on no other.

The explorer itself, with the numbers that it computes with, is made by ``citygap.cities.explorer``
and travels in the notebook's output.  On paper a sentence says where to find it.

Out of scope: what it computes.
"""

from __future__ import annotations

import html
from pathlib import Path

from press import book_metadata, site_settings
from press.languages.printed import say

MARK = '<div class="explorer">'
SCRIPT, STYLE = "explorer.js", "explorer.css"


def setup(app) -> dict:
    """Called by Sphinx."""
    app.connect("html-page-context", equip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def equip(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Give a page that holds an explorer what it needs."""
    body = context.get("body", "")
    if MARK in body:
        page = f"{pagename}{app.builder.out_suffix}"
        book = site_settings.book(app.config, book_metadata.version(Path(app.srcdir)))
        paper = say(
            "On the page for the screen an explorer stands here: any two cities, yardsticks, growths and assumptions "
            "can be set against each other in it. It is on {where}, under this heading.",
            where=f"{book}{page}" if book else say("the page {page} of the built book", page=page),
        )
        context["body"] = body.replace(MARK, f'<p class="explorer-paper">{html.escape(paper)}</p>{MARK}')
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")
