"""The claims that a page shows, as they stand on it: key, words, verdict and reason.

Read from the page itself, so that nothing here says anything else than it, and no rule runs twice.
Out of scope: how verdicts come about (``citygap.claims``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from docutils import nodes

from press.citing import parts
from press.citing.parts import Part

MARK = '<article class="claim"'


@dataclass(frozen=True)
class Shown:
    """A claim on a page, with its verdict (``supported``) and the sentence that gives the reason."""

    part: Part
    words: str
    verdict: str
    reason: str


def claims(doctree: nodes.document | None, page: str) -> Iterator[Shown]:
    """The claims of a page."""
    for raw in doctree.findall(nodes.raw) if doctree is not None else ():
        if MARK not in raw.astext():
            continue
        for article in BeautifulSoup(raw.astext(), "lxml").select("article.claim"):
            title = article.select_one(".claim-title")
            title.a.extract()
            words = " ".join(title.get_text().split())
            reason = " ".join(article.select_one(".claim-reason").get_text().split())
            part = parts.claim(page, article["id"], words)
            yield Shown(part, words, article["data-verdict"], reason)
