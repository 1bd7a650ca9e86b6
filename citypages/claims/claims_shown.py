"""The claims that a page shows, as they stand on it: key, words, verdict and reason.

Read from the page itself, so that nothing here says anything else than it, and no rule runs twice.
Out of scope: how verdicts come about (``citygap.claims``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from docutils import nodes

from press.citing import citable
from press.citing.citable import Part
from press.search import search_index

MARK = '<article class="claim"'
CLAIM = re.compile(r'<article class="claim" id="([^"]+)".*?<h3[^>]*>(.*?)</h3>(.*?)</article>', re.S)


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
        for article in BeautifulSoup(raw.astext(), "html.parser").select("article.claim"):
            title = article.select_one(".claim-title")
            title.a.extract()
            words = " ".join(title.get_text().split())
            reason = " ".join(article.select_one(".claim-reason").get_text().split())
            part = citable.named(page, "Claim", article["id"], words)
            yield Shown(part, words, article["data-verdict"], reason)


def sought(source: str) -> Iterator[search_index.Part]:
    """What the search finds of the claims in a piece of HTML: key, words and verdict, without the
    evidence."""
    for anchor, heading, rest in CLAIM.findall(source):
        words = search_index.plain(heading).removeprefix(anchor).strip()
        title = f"Claim {anchor}: {html.escape(words, quote=False)}"
        yield search_index.Part(anchor, title, search_index.plain(rest), (anchor, f"Claim {anchor}"))


def without(source: str) -> str:
    """A piece of HTML without its claims."""
    return CLAIM.sub(" ", source)
