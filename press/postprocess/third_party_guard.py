"""No page fetches anything from a third party.

A reader in mainland China, on a train or in an archive sees what everybody sees, and nobody is told
who reads what.

Out of scope: what a page may fetch if a script asks for it (``press.postprocess.csp``).
"""

from __future__ import annotations

import re

# What a browser fetches by itself when it shows a page; a link (<a href>) it does not.
FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object|link)\b[^>]*?"
    r"\s(?:src|srcset|data|href)\s*=\s*[\"']?((?:https?:)?//[^\"'\s>]+)",
    re.IGNORECASE,
)
NOT_FETCHED = re.compile(r"<link\b[^>]*\brel=[\"']?(?:canonical|alternate|author|license|schema\.\w+)\b", re.I)


def faults(page: str) -> list[str]:
    """What the HTML text ``page`` would fetch from elsewhere, each in words."""
    found = []
    for address in sorted(set(fetched(page))):
        hint = ""
        if "mathjax" in address:
            if 'class="math' not in page:
                continue  # loaded for a page further down the table of contents
            hint = " for its maths; write the formula as text"
        found.append(f"the page fetches {address}{hint}")
    return found


def fetched(page: str) -> list[str]:
    """Addresses outside the book that a browser fetches when it shows the HTML text ``page``."""
    return [
        match[1]
        for match in FETCHED.finditer(page)
        if not NOT_FETCHED.match(page[match.start() : page.find(">", match.start()) + 1])
    ]
