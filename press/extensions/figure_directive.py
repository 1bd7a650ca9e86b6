"""Sphinx extension: the card under every figure (``press.extensions.figure_cards``).

A figure that a chapter hands over with ``citygap.notebook.show`` carries its values in a block of
JSON (``citygap.charts.chart``).  Here that block becomes a card under the caption, and the files
that the card offers for download, in ``_static/figures/<chapter>/<name>.*``.  A figure without such
a block, or whose card would lack a part, is a warning and hence a failed build.

Out of scope: drawing (``citygap.charts``), the look (``press/static/cards.css``).
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from press import citing
from press.page_names import has_data

logger = logging.getLogger(__name__)


def setup(app) -> None:
    app.connect("env-get-updated", number_front_page, priority=900)  # once Sphinx has numbered
    app.connect("doctree-resolved", add_cards)


def number_front_page(app, env) -> list[str]:
    """Number the figures of the front page 0.1, 0.2, ..., as those of chapter 1 are 1.1, 1.2, ...

    Sphinx numbers them 1, 2, ..., since the page is no numbered chapter.  They stay so in a book
    without numbered chapters.
    """
    pages = (kinds.get("figure", {}) for kinds in env.toc_fignumbers.values())
    if all(len(number) == 1 for numbers in pages for number in numbers.values()):
        return []
    for numbers in env.toc_fignumbers.get(app.config.root_doc, {}).values():
        for name, number in numbers.items():
            if len(number) == 1:
                numbers[name] = (0, *number)
    return []


def add_cards(app, doctree: nodes.document, docname: str) -> None:
    """Give every figure of a page its card, and write its files.

    A book without a data package has nothing that a card could say.
    """
    if not has_data(Path(app.srcdir)):
        return
    from press.extensions.figure_cards import Card, Incomplete  # which needs the tables

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
