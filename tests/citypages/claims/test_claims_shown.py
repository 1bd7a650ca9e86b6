"""Claims as a page shows them: for citations, and for the search."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

from citypages.claims import claims_shown


def test_claims_are_read_from_the_page_as_they_stand():
    tree = new_document("x")
    tree += nodes.raw("", '<article class="claim" id="C01" data-verdict="caveat"><h3 class="claim-title">'
                      '<a href="#C01">C01</a> A &amp; B</h3><p class="claim-reason">Since.</p></article>',
                      format="html")  # fmt: skip
    (found,) = claims_shown.claims(tree, "chapters/claim-ledger")
    assert (found.words, found.verdict, found.reason) == ("A & B", "caveat", "Since.")
    assert found.part.name == "Claim C01: A & B"


def test_a_claim_is_found_by_its_key_and_words_without_its_evidence():
    source = (
        '<article class="claim" id="C07" data-x=""><h3 class="t"><a href="#C07">C07</a> A sixth &amp; '
        "less</h3><p>unverified</p><details><summary>Evidence</summary>a page</details></article>"
    )
    part, = claims_shown.sought(source)
    assert (part.anchor, part.title) == ("C07", "Claim C07: A sixth &amp; less")
    assert claims_shown.without(f"a{source}b") == "a b"
    assert part.text == "unverified" and "C07" in part.entries
