"""The ledger as it is printed: the claims in the order of the argument, and a picture of them all.

Everything that comes from a table is escaped.  Without scripts all claims are shown; the filter
appears only where ``citypages/static/ledger.js`` can serve it.

Out of scope: how verdicts come about (``verdicts``), and the look (``citypages/static/ledger.css``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from citygap.charts import Chart, stack
from citygap.claims.registry import judge_all
from citygap.claims.verdicts import Item, Outcome, Verdict
from citygap.data.tables import Tables, book
from citygap.data.works import references
from citygap.words import CHINESE, MIME, in_language, say, speaking

#: Key and sign of each outcome; the sign never stands without the word itself.
BADGES = {
    Outcome.SUPPORTED: ("supported", "\u2713"),
    Outcome.CAVEAT: ("caveat", "\u2713"),
    Outcome.CONTRADICTED: ("contradicted", "\u2715"),
    Outcome.NOT_COMPARABLE: ("not-comparable", "?"),
    Outcome.UNVERIFIED: ("unverified", "?"),
    Outcome.NOT_TESTABLE: ("not-testable", "?"),
}
CHAPTERS = {
    "gap-diagnosis": "Gap diagnosis",
    "head-city-advantages": "Head-city advantages",
    "capital-concentration": "Capital concentration",
    "strategy-pillars": "Strategy pillars",
}
#: Below which share of a chapter's claims are few: a third.
FEW = 1 / 3
#: Outcomes that bear a claim out.
BORNE_OUT = (Outcome.SUPPORTED, Outcome.CAVEAT)
#: Kinds of claims that say where or when something is.  They are easily right, and how many there
#: are depends on how many names a sentence holds: they are counted apart and swell no score.
PLACE_AND_DATE = ("location", "date")
#: What stands behind a claim that only its own likely source bears out.
TRACED = "traced to its likely source, not confirmed by another"


class Ledger:
    """All claims with their verdicts, ready for a page."""

    def __init__(self, tables: Tables = book, verdicts: Mapping[str, Verdict] | None = None):
        self.tables = tables
        self.verdicts = judge_all(tables) if verdicts is None else dict(verdicts)
        self.claims = {row["claim"]: row for row in tables.rows("claims")}

    # -- counts

    def chosen(self, chapter: str = "", apart: bool | None = False) -> list[str]:
        """Keys of the claims of one chapter or of all; ``apart``: those of place and date, or both."""
        return [
            claim
            for claim in self.verdicts
            if (not chapter or self.claims[claim]["chapter"] == chapter)
            and apart in (None, self.claims[claim]["kind"] in PLACE_AND_DATE)
        ]

    def tally(self, chapter: str = "", apart: bool | None = False) -> dict[str, int]:
        """Number of claims by the key of their outcome, as :meth:`chosen`."""
        found = Counter(BADGES[self.verdicts[c].outcome][0] for c in self.chosen(chapter, apart))
        return {key: found[key] for key, _ in BADGES.values()}

    def borne_out(self, chapter: str = "") -> int:
        """Number of claims that are supported, with a caveat or without."""
        counts = self.tally(chapter)
        return sum(counts[BADGES[outcome][0]] for outcome in BORNE_OUT)

    def counts(self) -> pd.DataFrame:
        """Claims by chapter (rows) and outcome (columns, and ``borne-out``, ``all``).

        Of those borne out ``traced`` have no other source than the commentary's own likely one, ``another``
        have one, and in ``passing`` a sound source denies something said in passing.

        Row ``all`` and those of the chapters leave claims of place and date out, which row
        ``place-date`` holds; ``every`` is both together.
        """
        kinds = {"every": ("", None), "place-date": ("", True), "all": ("", False)}
        kinds |= {chapter: (chapter, False) for chapter in CHAPTERS}
        table = pd.DataFrame.from_dict(
            {name: self.tally(*which) for name, which in kinds.items()}, orient="index"
        )
        borne = table[[BADGES[outcome][0] for outcome in BORNE_OUT]].sum(axis=1)
        traced, passing = (
            [sum(getattr(self.verdicts[c], what) for c in self.chosen(*w)) for w in kinds.values()]
            for what in ("traced", "denied_in_passing")
        )
        return table.assign(**{"borne-out": borne, "all": table.sum(axis=1), "traced": traced,
                               "another": borne - traced, "passing": passing})  # fmt: skip

    def unsought(self) -> int:
        """Number of unverified claims, not of place and date, on which no search of their own is on record."""
        unverified = (c for c in self.chosen() if self.verdicts[c].outcome is Outcome.UNVERIFIED)
        return sum(not self.claims[c]["looked"] for c in unverified)

    def decided(self) -> pd.Series:
        """Share of the claims of each chapter that a source other than the commentary's own decides
        (bears out or contradicts)."""
        counts = self.counts().loc[list(CHAPTERS)]
        return (counts["another"] + counts["contradicted"]) / counts["all"]

    def decided_more(self, chapter: str, others: Sequence[str] = ()) -> bool:
        """Whether that share is larger for one chapter than for each of others, or of all others."""
        shares = self.decided()
        return all(shares[chapter] > shares[other] for other in others or shares.index.drop(chapter))

    def few_decided(self) -> bool:
        """Whether that share is below :data:`FEW` in every chapter."""
        return bool((self.decided() < FEW).all())

    def none_contradicted(self, chapter: str = "all") -> bool:
        """Whether no claim of a chapter, or of all, is contradicted; place and date left out."""
        return int(self.counts().loc[chapter, "contradicted"]) == 0

    def contradicted(self, *claims: str) -> bool:
        """Whether these claims, and no others, are contradicted."""
        wrong = {claim for claim, verdict in self.verdicts.items() if verdict.outcome is Outcome.CONTRADICTED}
        return wrong == set(claims)

    # -- HTML

    def part(self, *outcomes: str, filtered: bool = False) -> Part:
        """The claims of some outcomes (all without), by their keys; ``filtered`` with the filter."""
        keys = outcomes or tuple(key for key, _ in BADGES.values())
        chosen = [c for c, verdict in self.verdicts.items() if BADGES[verdict.outcome][0] in keys]
        return Part(self, tuple(chosen), filtered)

    def _filter(self) -> str:
        verdicts = {BADGES[outcome][0]: say(str(outcome)).capitalize() for outcome in BADGES}
        chapters, n = {key: say(title) for key, title in CHAPTERS.items()}, len(self.verdicts)
        return (
            f'<form class="ledger-filter" id="ledger-filter" aria-label="{say("Filter the claims")}" hidden>'
            + _choice("chapter", say("Chapter"), say("All chapters"), chapters)
            + _choice("verdict", say("Verdict"), say("All verdicts"), verdicts)
            + f'<button type="reset">{say("Show all")}</button>'
            f'<output id="ledger-count" for="ledger-chapter ledger-verdict" role="status">'
            f"{say(f'{n} of {n} claims')}</output></form>"
        )

    def _claim(self, claim: str) -> str:
        row, verdict = self.claims[claim], self.verdicts[claim]
        key, sign = BADGES[verdict.outcome]
        badge = (
            f'<span class="verdict verdict-{key}"><span aria-hidden="true">{sign}</span> '
            f"{say(verdict.verdict)}</span>"
        ) + (f' <span class="claim-traced">{say(TRACED)}</span>' if verdict.traced else "")
        chapter = row["chapter"]
        another = (
            f'<p class="claim-another"><b>{say("Another judge:")}</b> {escape(say(verdict.another_judge))}</p>'
            if verdict.another_judge
            else ""
        )
        judged = f"Judged here: {row['paraphrase_en']}. Judged by {verdict.judged_by}."
        part = f'<p class="claim-part">{escape(say(judged))}</p>' if verdict.judged_by else ""
        title = f"{escape(row['sentence_hans'])}</h3>"  # in Chinese the commentary speaks for itself
        if speaking() != CHINESE:
            title = (
                f"{escape(row['paraphrase_en'])}</h3>"
                f'<p class="claim-sentence" lang="zh-Hans">{escape(row["sentence_hans"])}</p>'
            )
        return (
            f'<article class="claim" id="{escape(claim)}" data-chapter="{escape(chapter)}" '
            f'data-verdict="{key}" data-rows="{escape(chr(10).join(verdict.rests_on))}">'
            f'<h3 class="claim-title"><a href="#{escape(claim)}">{escape(claim)}</a> '
            f"{title}"
            f'<p class="claim-verdict" data-cite="claim {escape(claim)}">{badge} '
            f'<a href="{escape(chapter)}.html">{escape(say(CHAPTERS[chapter]))}</a></p>'
            f'{part}<p class="claim-reason">{escape(verdict.told())}</p>'
            f"{self._evidence(verdict)}{another}</article>"
        )

    def _evidence(self, verdict: Verdict) -> str:
        if not verdict.evidence:
            return ""
        sides = (
            (verdict.evidence_for, "for"),
            (verdict.evidence_against, "against"),
            (verdict.context, "in context"),
        )
        total = say("Evidence: ") + say(", ").join(say(f"{len(items)} {name}") for items, name in sides if items)
        rows = "".join(self._item(item) for items, _ in sides for item in items)
        return (
            f'<details class="claim-evidence"><summary>{total}</summary>'
            f"<ul>{rows}</ul></details>"
        )

    def _item(self, item: Item) -> str:
        links = say(", ").join(self._source(key) for key in item.sources)
        measure = item.measure if speaking() == CHINESE else ""
        sure = say(f", confidence {item.confidence}") if item.confidence else ""
        return (
            f'<li class="evidence-{item.stance}"><b>{say(item.stance)}</b> {escape(say(item.text) + measure)} '
            f'<span class="evidence-source">({links}{sure})</span></li>'
        )

    def _source(self, key: str) -> str:
        """A source by its author and year, with a link if a page may lead to it."""
        entry = self.tables.sources.get(key, {})
        words = escape(references.short(key, entry, speaking()) if entry else key)
        url = self.tables.link(key)
        if not url.startswith(("http://", "https://")):
            return words
        return f'<a href="{escape(url)}" title="{escape(references.title(entry, speaking()))}">{words}</a>'


@dataclass(frozen=True)
class Part:
    """Some claims of a ledger, as a piece of a page."""

    ledger: Ledger
    claims: tuple[str, ...]
    filtered: bool = False

    def _repr_html_(self) -> str:
        claims = "".join(self.ledger._claim(claim) for claim in self.claims)
        return f'<div class="ledger">{self.ledger._filter() if self.filtered else ""}{claims}</div>'

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        with in_language(CHINESE):
            return {MIME: self._repr_html_()}

    def __repr__(self) -> str:
        found = self.ledger.verdicts
        return "\n".join(f"{c}  {found[c].outcome}: {found[c].reason}" for c in self.claims)


def _choice(name: str, label: str, every: str, options: Mapping[str, str]) -> str:
    shown = "".join(
        f'<option value="{escape(value)}">{escape(words)}</option>'
        for value, words in {"": every, **options}.items()
    )
    return (
        f'<span><label for="ledger-{name}">{label}</label> '
        f'<select id="ledger-{name}" name="{name}">{shown}</select></span>'
    )


#: Parts of the figure of verdicts, and the outcomes in each; what is traced is a part of its own.
TRACED_PART = "borne out by its likely source alone"
PARTS = {
    "borne out": BORNE_OUT,
    TRACED_PART: BORNE_OUT,
    "contradicted": (Outcome.CONTRADICTED,),
    "undecided": (Outcome.UNVERIFIED, Outcome.NOT_COMPARABLE),
    "not testable": (Outcome.NOT_TESTABLE,),
}


def summary(ledger: Ledger) -> Chart:
    """A picture of the ledger: for each chapter its claims by what became of them, a cell each.

    Claims of place and date are left out.
    """
    parts = {
        title: {name: [claim for claim in ledger.chosen(chapter) if ledger.verdicts[claim].outcome in outcomes
                       and ledger.verdicts[claim].traced is (name == TRACED_PART)]
                for name, outcomes in PARTS.items()}
        for chapter, title in CHAPTERS.items()
    }  # fmt: skip
    return stack(
        "fig-verdicts", "Claims by verdict and chapter.", parts, stages={name: name for name in PARTS},
        xlabel="claims, a cell each", framed=TRACED_PART, tables=["claims", "evidence", "observations"],
    )  # fmt: skip
