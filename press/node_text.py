"""The words of a piece of the document tree, as a reader sees them.

Out of scope: text of the data pages, which have no document tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from docutils import nodes


def plain(node: nodes.Node) -> str:
    """The words of a node; of raw HTML, its text."""
    return " ".join("".join(_words(node)).split())


def _words(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.raw):
        yield unescape(re.sub(r"<[^>]+>", "", node.astext()))
    elif isinstance(node, nodes.Text):
        yield node.astext()
    else:
        for child in node.children:
            yield from _words(child)
