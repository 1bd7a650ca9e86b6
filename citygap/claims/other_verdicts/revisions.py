"""Verdicts that an earlier edition gave and this one does not, with the reason.

What an edition said is read from its record in ``editions/``, and what the rules say today is
computed.  ``data/revisions.csv`` holds why a verdict no longer stands: a row for every claim whose
verdict has turned since the oldest of :data:`EDITIONS`, or since a later one if it had not turned
by then.  A claim that has turned and has no row, or has a row and has not turned, is an error.

Out of scope: the pages of all changes between two editions (``press.edition_diff``).
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from citygap.claims.ledger import BORNE_OUT, PLACE_AND_DATE, Ledger
from citygap.claims.verdicts import Outcome
from citygap.data.io import DATA
from citygap.data.tables import Tables, book
from citygap.quantity.quantity import Quantity, exactly
from citygap.quantity.three_valued import Answer
from citygap.words import CHINESE, MIME, in_language, say, speaking

TABLE = "revisions"
RECORDS = DATA.parent / "editions"
#: The editions that the page speaks of, the oldest first.
EDITIONS = ("2026.2", "2026.3")
COUNTED = "counted over all claims of an edition or of both, by the record of each"
#: What became of a verdict, in the order of the table.
WITHDRAWN, FIRMER, CAUTIOUS, MOVED, AGAINST = TURNS = (
    "No longer contradicted", "Borne out now, or without its caveat", "More cautious",
    "Open before and now, under another word", "Contradicted now",
)  # fmt: skip
LATER = "Judged for the first time in edition {n}, and turned since"
#: What each verdict says of its claim, in a few words.
MEANINGS = {
    Outcome.SUPPORTED: "every part is borne out",
    Outcome.CAVEAT: "what it states holds; something said in passing does not, or is not known",
    Outcome.CONTRADICTED: "a part that it states as fact is wrong by a sound source",
    Outcome.NOT_COMPARABLE: "its figures stand on definitions known to differ",
    Outcome.UNVERIFIED: "a part that it states as fact cannot be told",
    Outcome.NOT_TESTABLE: "nothing that could be published would decide it",
}
KEY = re.compile(r"C\d+")


class Idle(ValueError):
    """A row says that a verdict turned, and it did not; the text names file, row and remedy."""


class Unexplained(ValueError):
    """A verdict turned, and no row says why; the text names file, claim and remedy."""


class Keys(str):
    """Keys of claims in a row, each a link to the ledger if that has it."""

    def _repr_html_(self) -> str:
        known = {row["claim"] for row in book.rows("claims")}
        return KEY.sub(lambda key: _link(key[0]) if key[0] in known else key[0], escape(self))


@dataclass(frozen=True)
class Turn:
    """A claim whose verdict is another than in ``edition``: what it was there, what it is, and the row
    that says why."""

    claim: str
    edition: str
    then: Outcome
    now: Outcome
    row: Mapping[str, str]

    @property
    def kind(self) -> str:
        """One of :data:`TURNS`."""
        if self.now is Outcome.CONTRADICTED:
            return AGAINST
        if self.then is Outcome.CONTRADICTED:
            return WITHDRAWN
        if self.now is Outcome.SUPPORTED or (self.now in BORNE_OUT and self.then not in BORNE_OUT):
            return FIRMER
        return CAUTIOUS if self.then in BORNE_OUT else MOVED

    @property
    def tends(self) -> str:
        """The same, with contradictions among the others: withdrawn for good, they leave a claim borne
        out; else the book has become more cautious."""
        return {WITHDRAWN: FIRMER if self.now in BORNE_OUT else CAUTIOUS}.get(self.kind, self.kind)


@cache
def said(edition: str) -> dict[str, dict[str, str]]:
    """The claims of an edition by their keys, each with its ``text`` and its ``verdict``."""
    with lzma.open(RECORDS / f"{edition}.json.xz", "rt", encoding="utf-8") as file:
        return {claim["id"]: claim for claim in json.load(file)["kinds"]["claims"]}


def turned(ledger: Ledger, edition: str, tables: Tables = book) -> list[Turn]:
    """Every claim whose verdict is another than in an edition, in the order of the ledger.

    Raises Idle for a row on the edition whose verdict is that of today, and Unexplained for a claim
    on which the table has no row.
    """
    reasons = {row["claim"]: row for row in tables.rows(TABLE)}
    for number, row in enumerate(tables.rows(TABLE), 2):
        if row["version"] == edition and str(ledger.verdicts[row["claim"]].outcome) == row["verdict"]:
            raise Idle(f"data/revisions.csv, line {number}, column verdict: {row['claim']} is again "
                       f"{row['verdict']!r}, as in {edition}; take the line out")  # fmt: skip
    found = []
    for key, verdict in ledger.verdicts.items():
        then = Outcome(said(edition)[key]["verdict"]) if key in said(edition) else verdict.outcome
        if then is verdict.outcome:
            continue
        if key not in reasons:
            raise Unexplained(f"data/revisions.csv: {key} is {verdict.verdict!r} and was {str(then)!r} in "
                              f"{edition}; add a line on {edition} that says why")  # fmt: skip
        found.append(Turn(key, edition, then, verdict.outcome, reasons[key]))
    return found


def all_turned(ledger: Ledger, tables: Tables = book) -> list[Turn]:
    """Every claim that has turned since any of :data:`EDITIONS`, once, with the oldest that differs."""
    found: dict[str, Turn] = {}
    for edition in EDITIONS:
        found |= {turn.claim: turn for turn in turned(ledger, edition, tables) if turn.claim not in found}
    return list(found.values())


def contradicted(verdicts: Mapping[str, str]) -> list[str]:
    """Keys of the claims with that verdict."""
    return [key for key, verdict in verdicts.items() if verdict == str(Outcome.CONTRADICTED)]


def _then(edition: str) -> dict[str, str]:
    return {key: claim["verdict"] for key, claim in said(edition).items()}


def _now(ledger: Ledger) -> dict[str, str]:
    return {key: verdict.verdict for key, verdict in ledger.verdicts.items()}


def gone(ledger: Ledger) -> list[str]:
    """Claims of the oldest edition that the ledger no longer has."""
    return [key for key in said(EDITIONS[0]) if key not in ledger.verdicts]


def gone_were_contradicted(ledger: Ledger) -> Answer:
    """Whether that edition had marked all of :func:`gone` contradicted."""
    wrong = set(gone(ledger)) <= set(contradicted(_then(EDITIONS[0])))
    return Answer.of(wrong, not wrong)


def counts(ledger: Ledger, tables: Tables = book) -> dict[str, Quantity]:
    """How many claims the oldest edition had and the ledger has, both, and new; how many were and are
    contradicted; how many turned, and which way."""
    old, turns = EDITIONS[0], turned(ledger, EDITIONS[0], tables)
    both = set(said(old)) & set(ledger.verdicts)
    found = {
        "then": len(said(old)), "now": len(ledger.verdicts), "both": len(both),
        "new": len(set(ledger.verdicts) - both),
        "place_date": sum(row["kind"] in PLACE_AND_DATE for row in ledger.claims.values()),
        "wrong_then": len(contradicted(_then(old))), "wrong_now": len(contradicted(_now(ledger))),
        "turned": len(turns),
        **{name: sum(turn.tends == kind for turn in turns)
           for name, kind in (("cautious", CAUTIOUS), ("firmer", FIRMER), ("moved", MOVED), ("against", AGAINST))},
    }  # fmt: skip
    return {name: exactly(n, "count", made_by="revisions.counts", caveat=COUNTED) for name, n in found.items()}


def keys(ledger: Ledger, tables: Tables = book) -> dict[str, Keys]:
    """The claims behind some of :func:`counts`, those that turned since the newest edition (``since``), and
    those borne out of which a sound source denies something said in passing (``passing``)."""
    old, newest = (turned(ledger, edition, tables) for edition in (EDITIONS[0], EDITIONS[-1]))
    found = {
        "wrong_then": contradicted(_then(EDITIONS[0])), "wrong_now": contradicted(_now(ledger)),
        "firmer": [turn.claim for turn in old if turn.tends == FIRMER], "gone": gone(ledger),
        "since": [turn.claim for turn in newest],
        "passing": [claim for claim in ledger.chosen() if ledger.verdicts[claim].denied_in_passing],
    }  # fmt: skip
    return {name: Keys(", ".join(sorted(claims, key=_number)) or "none") for name, claims in found.items()}


def _number(key: str) -> int:
    return int(key.removeprefix("C"))


def _link(key: str) -> str:
    return f'<a href="claim-ledger.html#{key}">{key}</a>'


# ------------------------------------------------------------------------------------------ tables


@dataclass(frozen=True)
class Listing:
    """A table of verdicts that prints itself in both languages; on a narrow page each row is a block."""

    caption: str
    heads: Sequence[str]
    body: object  # a function that gives the rows as HTML, in the language that is spoken
    kind: str

    def _repr_html_(self) -> str:
        caption = escape(say(self.caption))
        head = "".join(f'<th scope="col">{escape(say(each))}</th>' for each in self.heads)
        return (
            f'<div class="table-frame" tabindex="0" role="group" aria-label="{caption}"><table class="table {self.kind}">'
            f"<caption>{caption}</caption><thead><tr>{head}</tr></thead>{self.body()}</table></div>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        with in_language(CHINESE):
            return {MIME: self._repr_html_()}

    def __repr__(self) -> str:
        return re.sub(r"(?:\s*<[^>]*>)+\s*", "\n", self._repr_html_()).strip()


def totals(ledger: Ledger) -> Listing:
    """How many claims had each verdict in each edition, and have it now, with what the verdict says."""
    told = [Counter(_then(edition).values()) for edition in EDITIONS] + [Counter(_now(ledger).values())]

    def body() -> str:
        rows = [(f"<b>{say(str(outcome))}</b><br>{escape(say(meaning))}", [each[str(outcome)] for each in told])
                for outcome, meaning in MEANINGS.items()]  # fmt: skip
        rows.append((f"<b>{say('all claims')}</b>", [each.total() for each in told]))
        return "<tbody>" + "".join(
            f'<tr><th scope="row">{words}</th>{"".join(f"<td>{n}</td>" for n in numbers)}</tr>'
            for words, numbers in rows
        ) + "</tbody>"  # fmt: skip

    return Listing("Claims by verdict, then and now", ["Verdict", *EDITIONS, "Now"], body, "totals")


def table(ledger: Ledger, tables: Tables = book) -> Listing:
    """Each claim that turned: what it says, how the oldest edition worded it, its verdict then and now,
    and why; by what became of it."""
    turns = all_turned(ledger, tables)
    groups = {kind: [t for t in turns if t.edition == EDITIONS[0] and t.kind == kind] for kind in TURNS}
    for edition in EDITIONS[1:]:
        groups[LATER.format(n=edition)] = [t for t in turns if t.edition == edition]

    def body() -> str:
        return "".join(
            f'<tbody><tr><th scope="rowgroup" colspan="4">{escape(say(kind))}</th></tr>{"".join(map(row, members))}</tbody>'
            for kind, members in groups.items() if members
        )  # fmt: skip

    def row(turn: Turn) -> str:
        claim, chinese = ledger.claims[turn.claim], speaking() == CHINESE
        if chinese:
            about = f"〔{turn.row['about_hans']}〕" if turn.row["about_hans"] else ""
            words = escape(about + claim["sentence_hans"].rstrip("。"))
        else:
            old, words = said(turn.edition)[turn.claim]["text"], escape(claim["paraphrase_en"])
            if old != claim["paraphrase_en"]:
                words += f"<small>{turn.edition}: “{escape(old)}”</small>"
        why = turn.row["reason_hans" if chinese else "reason_en"]
        return (
            f'<tr><th scope="row">{_link(turn.claim)}</th><td>{words}</td>'
            f"<td>{say(str(turn.then))} → <b>{say(str(turn.now))}</b></td><td>{escape(why)}</td></tr>"
        )

    heads = ["Claim", "What the commentary says", "Then → now", "Why"]
    return Listing(f"Verdicts that turned since edition {EDITIONS[0]}", heads, body, "turned")
