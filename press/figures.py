"""Sphinx extension: the card under every figure (``press.cards``).

A figure that a chapter hands over with ``citygap.page.show`` carries its values in a block of JSON
(``citygap.charts.finished``).  Here that block becomes a card under the caption, and the files that
the card offers for download, in ``_static/figures/<chapter>/<name>.*``.  A figure without such a
block, or whose card would lack a part, is a warning and hence a failed build.

Out of scope: drawing (``citygap.charts``), the look (``press/static/cards.css``).
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from press import citing
from press.datapages import has_data

logger = logging.getLogger(__name__)


def setup(app) -> dict:
    """Called by Sphinx."""
    app.connect("doctree-resolved", add_cards)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_cards(app, doctree: nodes.document, docname: str) -> None:
    """Give every figure of a page its card, and write its files.

    A book without a data package has nothing that a card could say.
    """
    if not has_data(Path(app.srcdir)):
        return
    from press.cards import Card, Incomplete  # which needs the tables

    for figure in list(doctree.findall(nodes.figure)):
        name = (figure["ids"] or ["without a name"])[0]
        try:
            card = Card.of(figure, name, docname, app)
        except Incomplete as fault:
            logger.warning(f"figure {name}: {fault}", location=figure)
            continue
        if app.builder.format == "html":
            card.write(Path(app.outdir))
            citing.cited(app, docname).append(card.cited)
            raw = nodes.raw("", card.html(), format="html")
            figure.parent.insert(figure.parent.index(figure) + 1, raw)
