"""The page of headlines: the numbers that the book leads with, and how well each is founded.

A headline is a number of the first page, or one in a chapter before its first section
(``press.numbers``).

Out of scope: what the other numbers rest on, which each says itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from citygap import addresses
from press.datapages.markup import Page, Row, Site, code, confidence, paragraph, table, text
from press.provenance import Behind

ZERO = "/-/"


def page(site: Site, headlines: Mapping[str, Sequence[Mapping[str, str]]]) -> Page:
    """The page; ``headlines`` are the attributes of the numbers of each page of the book."""
    name = addresses.HEADLINES.removesuffix(".html")
    frame = site.frame(name)
    behind = Behind(site.tables)
    lines, alone = [], 0
    for at, numbers in headlines.items():
        seen = set()
        for given in numbers:
            key = given.get("data-key", "")
            keys = [k for k in given.get("data-rows", "").split("\n") if k and ZERO not in k]
            if not keys or key in seen:
                continue
            seen.add(key)
            second = sum(behind.second_sources(k) > 0 for k in keys)
            alone += second == 0
            lines.append(_line(frame, behind, at, given, keys, second))
    intro = paragraph(
        "The numbers that the first page and the openings of the chapters lead with. Each row behind "
        "them was read again at its source, or the book is not built; where no second source gives "
        "the same figure for the same period, that is said."
    )
    many = paragraph(f"{len(lines)} headlines; {alone} of them have no second source for any row.")
    head = ("Number", "Rows behind it", "Read again", "Second source", "Confidence")
    body = (
        frame.trail((addresses.OVERVIEW, "Data pages"))
        + "<h1>Headlines and what they rest on</h1>"
        + intro + many
        + table(head, lines, f"{len(lines)} headlines")
    )  # fmt: skip
    return Page(name, "Headlines and what they rest on", body, "headlines second source read again")


def _line(frame, behind: Behind, at: str, given, keys: list[str], second: int) -> Row:
    """One headline: its words with a link to it, and how it is founded."""
    key = given.get("data-key", "")
    words = text(given.get("data-words", ""))
    named = f'<span class="scope">{code(at.rpartition("/")[2] + "/" + key)}</span>'
    shown = ", ".join(frame.go(behind.address(k), text(behind.label(k))) for k in keys[:4])
    more = f" and {len(keys) - 4} more" if keys[4:] else ""
    outcomes = behind.outcomes(keys)
    again = ", ".join(f"{n} {text(outcome)}" for outcome, n in outcomes.most_common())
    return Row((
        f"{frame.go(f'{at}.html#n-{key}', words)}<br>{named}",
        shown + more,
        again,
        "none found" if not second else f"for {second} of {len(keys)}" if len(keys) > 1 else "yes",
        confidence(given.get("data-confidence", "")),
    ))  # fmt: skip
