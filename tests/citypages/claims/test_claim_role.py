"""The role of a claim: a link to the ledger, and a warning for a claim that there is not."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx.errors import SphinxWarning

from citypages.claims import claim_role


def role(text: str, keys=("C07",), monkeypatch=None):
    """Run the role on a text whose words have no markup; its nodes and the warnings."""
    warnings = []
    monkeypatch.setattr(claim_role, "claims", lambda _: set(keys))
    monkeypatch.setattr(claim_role.logger, "warning", lambda words, **_: warnings.append(words))
    made = claim_role.Claim()
    made.rawtext = made.text = text
    made.lineno = 1
    made.inliner = SimpleNamespace(
        parse=lambda words, *_: ([nodes.Text(words)], []),
        document=SimpleNamespace(settings=SimpleNamespace(
            env=SimpleNamespace(srcdir="/", docname="chapters/here"))),
        reporter=SimpleNamespace(get_source_and_line=lambda _: ("here", 1)),
    )  # fmt: skip
    found, _ = made.run()
    return found[0], warnings


def test_the_role_takes_its_words_and_warns_of_an_unknown_claim(monkeypatch):
    node, warnings = role("a sixth <C07>", monkeypatch=monkeypatch)
    assert (node["reftarget"], node.astext(), warnings) == ("C07", "a sixth", [])
    _, warnings = role("C999", monkeypatch=monkeypatch)
    assert warnings == ["there is no claim 'C999' in data/claims.csv: add its row and its rule, or take the link out"]


@pytest.mark.slow
def test_an_unknown_claim_fails_the_build(tmp_path, root):
    """A book of one page with the book's own tables: the known claim is a link, the unknown a stop."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    def built(text: str) -> str:
        (tmp_path / "chapters").mkdir(exist_ok=True)
        (tmp_path / "chapters" / "claim-ledger.md").write_text(f"# Ledger\n\n{text}\n", "utf-8")
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / "datapackage.json").write_text("{}", "utf-8")
        with patch_docutils(None), docutils_namespace():
            app = Sphinx(
                tmp_path, None, tmp_path / "html", tmp_path / "trees", "html", status=None, warning=None,
                confoverrides={
                    "extensions": ["myst_nb", "citypages.claims.claim_role"],
                    "root_doc": "chapters/claim-ledger", "nitpicky": True,
                },
                warningiserror=True, freshenv=True,
            )  # fmt: skip
            app.build(force_all=True)
        return (tmp_path / "html" / "chapters" / "claim-ledger.html").read_text("utf-8")

    page = built("{claim}``a *sixth* <C07>``")
    assert re.search(r'href="#C07"><span class="claim-link">a <em>sixth</em></span></a>', page)
    with pytest.raises(SphinxWarning, match="no claim 'C999'"):
        built("{claim}`C999`")
