"""Names that several parts of the press share: of the data pages, and whether a book has them.

It imports nothing of the book, so that whatever makes a page may use it.

Out of scope: addresses of rows on those pages (``press.data_urls``) and of the published site
(``press.urls``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PREFIX = "data/"
CHANGES = "changes/"  # what changed since earlier editions


def has_data(root: Path) -> bool:
    """Whether the book has a data package to make pages of."""
    return (root / "data" / "datapackage.json").is_file()


def in_each_language(page: str) -> bool:
    """Whether a page is made by the press, of the data or of what changed, in each language: all are but
    the one for programs."""
    return page.startswith((PREFIX, CHANGES)) and not page.startswith(f"{PREFIX}api")


def in_order(app, pages: Mapping[str, object]) -> dict[str, object]:
    """The same by page, in the order of the table of contents."""
    root = app.config.root_doc
    order = [root, *app.env.toctree_includes.get(root, ())]
    return {page: pages[page] for page in order if page in pages}
