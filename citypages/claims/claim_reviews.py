"""What search engines are told of the claims: a ClaimReview of schema.org for each whose verdict fits a scale.

A verdict that says that nothing can be said (unverified, not comparable, not testable) is no
rating, and no review is made of it.

Out of scope: what a page itself is (``press.citing.json_ld``).
"""

from __future__ import annotations

from citygap.data.tables import COMMENTARY, book
from citygap.data.works import references
from citypages.claims.claims_shown import Shown
from press.citing.json_ld import address, people, said
from press.citing.meta_tags import Page

RATINGS = {"contradicted": 1, "caveat": 2, "supported": 3}
WORDS = {
    "contradicted": "contradicted",
    "caveat": "supported with a caveat",
    "supported": "supported",
}
SCALE = (
    "Scale: 3, the published figures bear the claim out; 2, they bear out what it states, but not "
    "something said in passing; 1, a sound source contradicts it. Claims that the figures cannot "
    "decide are not rated."
)


def reviews(page: Page, shown: list[Shown]) -> list[dict]:
    """A review of each claim whose verdict fits the scale."""
    rated = [claim for claim in shown if claim.verdict in RATINGS]
    if not rated:
        return []
    entry = book.sources[COMMENTARY]
    author = {"@type": "Organization", "name": references.authors(entry)}
    where = said({"@type": "CreativeWork", "name": references.title(entry), "url": book.link(COMMENTARY),
                   "datePublished": _day(entry["date"]), "author": author})  # fmt: skip
    return [
        {
            "@type": "ClaimReview",
            "url": address(page, f"{page.name}.html#{claim.part.anchor}"),
            "author": people(page),
            "datePublished": page.book.date,
            "claimReviewed": claim.words,
            "itemReviewed": {"@type": "Claim", "author": author, "appearance": where},
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": RATINGS[claim.verdict],
                "worstRating": min(RATINGS.values()),
                "bestRating": max(RATINGS.values()),
                "alternateName": WORDS[claim.verdict],
                "ratingExplanation": f"{claim.reason} {SCALE}",
            },
        }
        for claim in rated
    ]  # fmt: skip


def _day(date: str) -> str:
    """A date, if it names a day: schema.org knows no month as a date."""
    return date if len(date) == len("2025-12-13") else ""
