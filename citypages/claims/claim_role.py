"""Sphinx extension: ``{claim}`C07` `` leads to a claim in the ledger.

With words of its own, ``{claim}`a sixth <C07>` ``; the words may hold other roles, between double
backticks: ``{claim}``{glue}`firms` firms <C31>`` ``.  A claim that ``data/claims.csv`` does not
hold is a warning, hence a failed build.

Out of scope: what a verdict says (``citygap.claims``).
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from citypages.page_names import LEDGER
from press.build.diagnostics import meant
from press.page_names import has_data

logger = logging.getLogger(__name__)

WORDED = re.compile(r"(.+?)\s*<([^<>]*)>$", re.DOTALL)
KIND = "claim"


def setup(app) -> dict:
    """Called by Sphinx."""
    app.add_role("claim", Claim())
    app.connect("missing-reference", resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Claim(SphinxRole):
    """A link to a claim, by its key."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Called by docutils."""
        worded = WORDED.match(self.text)
        words, key = (worded[1], worded[2].strip()) if worded else (self.text, self.text.strip())
        if key not in (known := claims(Path(self.env.srcdir))):
            logger.warning(f"there is no claim {key!r} in data/claims.csv: {meant(key, known)}"
                           "add its row and its rule, or take the link out",
                           location=self.get_location())  # fmt: skip
        inner = nodes.inline(self.rawtext, "", classes=["claim-link"])
        parsed, messages = self.inliner.parse(words, self.lineno, self.inliner, inner)
        inner += parsed
        node = addnodes.pending_xref(
            self.rawtext, inner, refdomain="", reftype=KIND, reftarget=key, refexplicit=True,
            refdoc=self.env.docname, refwarn=False,
        )  # fmt: skip
        return [node], messages


def resolve(app, env, node: nodes.Element, inner: nodes.Element) -> nodes.reference | None:
    """The link itself, which depends on the kind of book that is made."""
    if node.get("reftype") != KIND:
        return None
    from press import data_urls

    page = app.builder.get_relative_uri(node["refdoc"], LEDGER)
    address = f"{page}#{data_urls.slug(node['reftarget'])}"
    return nodes.reference("", "", inner, internal=True, refuri=address)


def claims(root: Path) -> set[str]:
    """Keys of all claims; empty for a book without data."""
    if not has_data(root):
        return set()
    from citygap.data.tables import book

    return set(book.table("claims")["claim"])
