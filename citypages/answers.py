"""What this book answers when the press asks for its subject (``press.subject``): cities and claims.

Modules that need the analysis are imported when they are asked for: a command that needs none of it
starts without.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from citypages.page_names import LEDGER
from press import data_urls
from press.languages.printed import say
from press.subject import Subject


#: Characters of a reason that a preview shows; the ledger, to which it leads, has all.
PREVIEWED = 300


def _shortened(reason: str) -> str:
    """A reason, or as many of its clauses as a preview has room for."""
    if len(reason) <= PREVIEWED:
        return reason
    begun = reason[: PREVIEWED - 2]
    return (begun.rpartition(";")[0] or begun.rpartition(" ")[0]) + " …"


class Cities(Subject):
    """A book on cities, with a report on each and a ledger of claims."""

    on_chapters = {"claim": ("claims", LEDGER)}
    caveats = ("A claim is told in our words; its verdict is computed from rows of other sources.",)
    on_screen = (".explorer-answer", ".explorer-cases > summary")
    in_sidebar = {"data/places/index": "Choose any city"}
    modules = ("citypages.city_pages",)

    def faults(self) -> list:
        """Claims without a rule and rules without a claim."""
        from citypages.claims import claims_matched

        return claims_matched.check()

    def chinese(self, english: str) -> str | None:
        """What the catalogue has (``citygap/words/zh.csv``)."""
        from citygap.words import chinese

        return chinese(english)

    # -- cities

    def places(self, tables) -> tuple[str, ...]:
        """The main cities, and the others that the tables say enough of."""
        from citygap.cities.diagnosis import with_page

        return with_page(tables)

    def pages(self, site) -> Iterator:
        """The choice of a city, and a page for each: report, figures, ranks, targets and the claims
        that name it."""
        from citypages import city_pages

        return city_pages.pages(site)

    def description(self, place: str, title: str) -> str:
        """How far the city of a page stands from others, as a promise."""
        if place == "index":
            return say("Choose a city: how far it is from the leading cities in AI, on every yardstick found.")
        city = re.split("[:：]", title)[0]
        return say("How far {city} stands from other cities in AI: its best and worst yardstick, figures, sources.",
                   city=city)  # fmt: skip

    def entries(self, tables) -> Iterator[tuple[str, object]]:
        """Each city by its names in both scripts."""
        from press.search.search_index import Part

        rows = {row["place"]: row for row in tables.rows("places")}
        for place in self.places(tables):
            row = rows[place]
            names = dict.fromkeys((row["name_en"], row["name_hans"], row["name_hant"]))
            title = say("{city}: report and figures", city=f"{row['name_en']} {row['name_hans']}")
            words = f"{row['name_hant']} city report diagnosis ranks targets"
            page = data_urls.place_page(place).removesuffix(".html")
            yield page, Part("", html.escape(title, quote=False), words, tuple(filter(None, names)))

    # -- claims

    def named_parts(self, source: str) -> tuple[str, list]:
        """Every claim by its key, its words and its verdict."""
        from citypages.claims import claims_shown

        return claims_shown.without(source), list(claims_shown.sought(source))

    def citable_parts(self, doctree, page: str) -> Iterator:
        """Every claim."""
        from citypages.claims import claims_shown

        return (claim.part for claim in claims_shown.claims(doctree, page))

    def linked_data(self, page, doctree) -> list[dict]:
        """A review of each claim whose verdict fits a scale."""
        from citypages.claims import claim_reviews, claims_shown

        return claim_reviews.reviews(page, list(claims_shown.claims(doctree, page.name)))

    def previews(self) -> Iterator[tuple[str, list[str]]]:
        """Each claim with the reason of its verdict, and the verdict."""
        from citypages.claims.claims_listed import ledger

        for key, verdict in ledger().verdicts.items():
            head = f"Claim {key}: {ledger().claims[key]['paraphrase_en']}"
            yield f"{LEDGER}.html#{data_urls.slug(key)}", [head, _shortened(verdict.reason), str(verdict.verdict)]

    def print_sheets(self, kind: str) -> tuple[Path, ...]:
        """Those of the ledger."""
        return (Path(__file__).with_name("print") / f"{kind}.css",)

    def lists(self) -> dict[str, Callable[[], list[dict]]]:
        """``api/claims.json``."""
        from citypages.claims import claims_listed

        return {"claims": claims_listed.claims}

    def schema(self) -> dict[str, dict]:
        """How it is described."""
        from citypages.claims import claims_listed

        return {"claims": claims_listed.schema()}
