"""Sphinx extension: what every page keeps to.

- ``_build/html/index.html`` leads to the first page and is a whole page itself.
- All pages are written at every build.
- No page fetches anything from a third party.  A reader in mainland China, on a train or in an
  archive sees what everybody sees, and nobody is told who reads what.  A page that would fetch
  something is a warning, hence a failed build.

Out of scope: style (``press/static/book.css``) and what pages say.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from sphinx.util import logging

from press.sharing import shared_as

logger = logging.getLogger(__name__)

# What a browser fetches by itself when it shows a page; a link (<a href>) it does not.
FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object|link)\b[^>]*?"
    r"\s(?:src|srcset|data|href)\s*=\s*[\"']?((?:https?:)?//[^\"'\s>]+)",
    re.IGNORECASE,
)
NOT_FETCHED = re.compile(r"<link\b[^>]*\brel=[\"']?(?:canonical|alternate|author|license|schema\.\w+)\b", re.I)

LEAD = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="0; url={page}">{shared}
</head>
<body><p><a href="{page}">{title}</a></p></body>
</html>
"""


def setup(app) -> dict:
    """Called by Sphinx."""
    app.connect("env-updated", write_all)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_all(app, env) -> list[str]:
    """All pages are written whenever one is: what extensions make at the end (notebooks, cards for
    sharing, headlines) rests on all of them, and a change of one may break a reference on another."""
    return sorted(env.found_docs)


def finish(app, exception) -> None:
    """Write the leading page and look at all pages, once they are written."""
    if exception is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    first = app.config.root_doc
    if first != "index":
        page = LEAD.format(
            shared=shared_as(app, first),
            language=app.config.language,
            title=html.escape(app.config.html_title),
            page=html.escape(app.builder.get_target_uri(first)),
        )
        (folder / "index.html").write_text(page, encoding="utf-8")
    for docname in sorted(app.env.found_docs):
        path = Path(app.builder.get_outfilename(docname))
        if not path.is_file():
            continue
        page = path.read_text(encoding="utf-8")
        for address in sorted(set(fetched(page))):
            hint = ""
            if "mathjax" in address:
                if 'class="math' not in page:
                    continue  # loaded for a page further down the table of contents
                hint = " for its maths; write the formula as text"
            logger.warning(f"the page fetches {address}{hint}", location=docname)


def fetched(page: str) -> list[str]:
    """Addresses outside the book that a browser fetches when it shows the HTML text ``page``."""
    return [
        match[1]
        for match in FETCHED.finditer(page)
        if not NOT_FETCHED.match(page[match.start() : page.find(">", match.start()) + 1])
    ]
