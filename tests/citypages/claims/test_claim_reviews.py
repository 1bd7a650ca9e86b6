"""Claims for search engines: a review, in the words of schema.org, where a verdict fits the scale."""

from __future__ import annotations

from citypages.claims import claim_reviews, claims_shown
from press.citing import citable
from tests.press.citing.test_meta_tags import HOSTILE, SITE, built, page


def test_a_claim_is_rated_if_its_verdict_fits_the_scale():
    shown = [claims_shown.Shown(citable.named("chapters/claim-ledger", "Claim", f"C0{n}", HOSTILE), HOSTILE, verdict, "Since so.")
             for n, verdict in enumerate(("supported", "caveat", "contradicted", "unverified",
                                          "not-comparable", "not-testable"))]  # fmt: skip
    rated = claim_reviews.reviews(page("chapter", "chapters/claim-ledger"), shown)
    assert [one["reviewRating"]["ratingValue"] for one in rated] == [3, 2, 1]
    for one in rated:
        built(one)
        rating = one["reviewRating"]
        assert (rating["worstRating"], rating["bestRating"]) == (1, 3)
        assert rating["ratingExplanation"].startswith("Since so. Scale: 3, ")
        assert one["author"] != one["itemReviewed"]["author"]
        assert one["url"].startswith(f"{SITE}2026.1/chapters/claim-ledger.html#C0")
