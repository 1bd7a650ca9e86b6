"""The ledger as it is printed: the claims in the order of the argument, and a picture of them all.

Everything that comes from a table is escaped.  Without scripts all claims are shown; the filter
appears only where ``press/static/ledger.js`` can serve it.

Out of scope: how verdicts come about (``verdicts``), and the look (``press/static/ledger.css``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape

import pandas as pd

from citygap import style
from citygap.charts import Chart, make
from citygap.claims.registry import judge_all
from citygap.claims.verdicts import Item, Outcome, Verdict
from citygap.tables import Tables, book

#: Key and colour of each outcome: 3:1 or better on white and on near-black, and never without the
#: word itself.
BADGES = {
    Outcome.SUPPORTED: ("supported", "#218419"),
    Outcome.CAVEAT: ("caveat", "#9f9241"),
    Outcome.CONTRADICTED: ("contradicted", "#d5490b"),
    Outcome.NOT_COMPARABLE: ("not-comparable", "#9879eb"),
    Outcome.UNVERIFIED: ("unverified", "#0077bb"),
    Outcome.NOT_TESTABLE: ("not-testable", "#697176"),
}
CHAPTERS = {
    "gap-diagnosis": "Gap diagnosis",
    "head-city-advantages": "Head-city advantages",
    "capital-concentration": "Capital concentration",
    "strategy-pillars": "Strategy pillars",
}
#: Columns of the values behind the picture.
COLUMNS = {
    "chapter": "chapter of the book that discusses the claims",
    "verdict": "what the rules make of them",
    "claims": "number of claims",
    "which": "their keys, as in claims.csv",
}
#: Outcomes that bear a claim out.
BORNE_OUT = (Outcome.SUPPORTED, Outcome.CAVEAT)


class Ledger:
    """All claims with their verdicts, ready for a page."""

    def __init__(self, tables: Tables = book, verdicts: Mapping[str, Verdict] | None = None):
        self.tables = tables
        self.verdicts = judge_all(tables) if verdicts is None else dict(verdicts)
        self.claims = {row["claim"]: row for row in tables.table("claims").to_dict("records")}

    # -- counts

    def tally(self, chapter: str = "") -> dict[str, int]:
        """Number of claims by the key of their outcome, of one chapter or of all."""
        found = Counter(
            BADGES[verdict.outcome][0]
            for claim, verdict in self.verdicts.items()
            if not chapter or self.claims[claim]["chapter"] == chapter
        )
        return {key: found[key] for key, _ in BADGES.values()}

    def borne_out(self, chapter: str = "") -> int:
        """Number of claims that are supported, with a caveat or without."""
        counts = self.tally(chapter)
        return sum(counts[BADGES[outcome][0]] for outcome in BORNE_OUT)

    # -- HTML

    def _repr_html_(self) -> str:
        claims = "".join(self._claim(claim) for claim in self.verdicts)
        return f'<div class="ledger">{self._filter()}{claims}</div>'

    def __repr__(self) -> str:
        return "\n".join(f"{c}  {v.outcome}: {v.reason}" for c, v in self.verdicts.items())

    def _filter(self) -> str:
        verdicts = {BADGES[outcome][0]: str(outcome).capitalize() for outcome in BADGES}
        return (
            '<form class="ledger-filter" id="ledger-filter" aria-label="Filter the claims" hidden>'
            + _choice("chapter", "Chapter", "All chapters", CHAPTERS)
            + _choice("verdict", "Verdict", "All verdicts", verdicts)
            + '<button type="reset">Show all</button>'
            f'<output id="ledger-count" for="ledger-chapter ledger-verdict" role="status">'
            f"{len(self.verdicts)} of {len(self.verdicts)} claims</output></form>"
        )

    def _claim(self, claim: str) -> str:
        row, verdict = self.claims[claim], self.verdicts[claim]
        key, _ = BADGES[verdict.outcome]
        badge = f'<span class="verdict verdict-{key}">{verdict.verdict}</span>'
        chapter = row["chapter"]
        another = (
            f'<p class="claim-another"><b>Another judge:</b> {escape(verdict.another_judge)}</p>'
            if verdict.another_judge
            else ""
        )
        return (
            f'<article class="claim" id="{escape(claim)}" data-chapter="{escape(chapter)}" '
            f'data-verdict="{key}" data-rows="{escape(chr(10).join(verdict.rests_on))}">'
            f'<h3 class="claim-title"><a href="#{escape(claim)}">{escape(claim)}</a> '
            f"{escape(row['paraphrase_en'])}</h3>"
            f'<p class="claim-verdict">{badge} '
            f'<a href="{escape(chapter)}.html">{escape(CHAPTERS[chapter])}</a></p>'
            f'<p class="claim-reason">{escape(verdict.reason)}</p>'
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
        total = ", ".join(f"{len(items)} {name}" for items, name in sides if items)
        rows = "".join(self._item(item) for items, _ in sides for item in items)
        return (
            f'<details class="claim-evidence"><summary>Evidence: {total}</summary>'
            f"<ul>{rows}</ul></details>"
        )

    def _item(self, item: Item) -> str:
        links = ", ".join(self._source(key) for key in item.sources)
        sure = f", confidence {escape(item.confidence)}" if item.confidence else ""
        return (
            f'<li class="evidence-{item.stance}"><b>{item.stance}</b> {escape(item.text)} '
            f'<span class="evidence-source">({links}{sure})</span></li>'
        )

    def _source(self, key: str) -> str:
        """A source by its publisher and year, with a link if it has an address of the web."""
        entry = self.tables.sources.get(key, {})
        words = escape(f"{entry.get('author', key)}, {entry.get('year', 'n.d.')}")
        url = entry.get("url", "")
        if not url.startswith(("http://", "https://")):
            return words
        return f'<a href="{escape(url)}" title="{escape(entry.get("title", key))}">{words}</a>'


def _choice(name: str, label: str, every: str, options: Mapping[str, str]) -> str:
    shown = "".join(
        f'<option value="{escape(value)}">{escape(words)}</option>'
        for value, words in {"": every, **options}.items()
    )
    return (
        f'<span><label for="ledger-{name}">{label}</label> '
        f'<select id="ledger-{name}" name="{name}">{shown}</select></span>'
    )


def summary(ledger: Ledger) -> Chart:
    """A picture of the ledger: claims by verdict, one panel a chapter, each bar with its number."""
    import seaborn as sns  # here: it takes longer to import than the rest

    rows = [
        {
            "chapter": title,
            "verdict": str(outcome),
            "claims": ledger.tally(chapter)[key],
            "which": ", ".join(
                claim
                for claim, verdict in ledger.verdicts.items()
                if verdict.outcome is outcome and ledger.claims[claim]["chapter"] == chapter
            ),
        }
        for chapter, title in CHAPTERS.items()
        for outcome, (key, _) in BADGES.items()
    ]
    data = pd.DataFrame(rows)
    figure, panels = style.canvas(2.5, columns=len(CHAPTERS), sharex=True, sharey=True)
    palette = {str(outcome): colour for outcome, (_, colour) in BADGES.items()}
    for axes, (title, part) in zip(panels, data.groupby("chapter", sort=False), strict=True):
        sns.barplot(
            part, x="claims", y="verdict", hue="verdict", palette=palette, saturation=1, ax=axes,
            width=0.72, linewidth=0, legend=False,
        )  # fmt: skip
        for y, number in enumerate(part["claims"]):
            axes.annotate(
                f"{number}", (number, y), xytext=(3, 0), textcoords="offset points", va="center",
                fontsize=9,
            )  # fmt: skip
        axes.set_title(f"{title.replace(' ', chr(10))}\n{part['claims'].sum()} claims", loc="left")
        axes.set(xlabel="", ylabel="")
        axes.tick_params(length=0)
        axes.tick_params(axis="x", labelbottom=False)
        axes.grid(visible=False)
        axes.margins(x=0.22)
        sns.despine(ax=axes, left=True, bottom=True)
    name = "fig-verdicts"
    alt = "Claims by verdict and chapter. " + " ".join(
        f"{title}: "
        + ", ".join(f"{v} {n}" for v, n in zip(part["verdict"], part["claims"], strict=True) if n)
        + "."
        for title, part in data.groupby("chapter", sort=False)
    )
    return make(figure, name, alt, data, COLUMNS, tables=["claims", "evidence", "observations"])
