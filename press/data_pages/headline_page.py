"""The page of headlines: the numbers that the book leads with, and how well each is founded.

A headline is a number of the first page, or one in a chapter before its first section
(``press.extensions.bound_numbers``).

Out of scope: what the other numbers rest on, which each says itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from press import data_urls
from press.data_pages.site import Page, Site
from press.extensions.provenance import Behind
from press.languages.printed import say

ZERO = "/-/"


def page(site: Site, headlines: Mapping[str, Sequence[Mapping[str, str]]]) -> Page:
    """The page; ``headlines`` are the attributes of the numbers of each page of the book."""
    behind = Behind(site.tables)
    return site.page(
        data_urls.HEADLINES,
        say("Headlines and what they rest on"),
        "headlines second source read again",
        "data/headlines.html",
        behind=behind,
        headlines=list(_founded(behind, headlines)),
    )


def _founded(behind: Behind, headlines: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterator[dict]:
    """Each headline once on its page, with its rows and how many of them have a second source."""
    for page, numbers in headlines.items():
        seen = set()
        for given in numbers:
            key = given.get("data-key", "")
            rows = [k for k in given.get("data-rows", "").split("\n") if k and ZERO not in k]
            if not rows or key in seen:
                continue
            seen.add(key)
            yield {
                "page": page,
                "key": key,
                "words": given.get("data-words", ""),
                "rows": rows,
                "second": sum(behind.second_sources(k) > 0 for k in rows),
                "confidence": given.get("data-confidence", ""),
            }
