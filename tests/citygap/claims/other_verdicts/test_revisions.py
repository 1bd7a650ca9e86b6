"""What is said of an earlier edition is what that edition said."""

from __future__ import annotations

import json
import lzma
import re
from dataclasses import replace
from functools import cache

import pytest

from citygap.claims import Outcome
from citygap.claims.ledger import Ledger
from citygap.claims.other_verdicts import revisions
from citygap.claims.other_verdicts.revisions import EDITIONS
from citygap.data.tables import book
from citygap.words import CHINESE, in_language
from press import ROOT

FIRST, NEWEST = EDITIONS[0], EDITIONS[-1]


@cache
def record(edition: str = FIRST) -> dict:
    """The edition, as it is kept to be compared with."""
    with lzma.open(ROOT / "editions" / f"{edition}.json.xz", "rt", encoding="utf-8") as file:
        return json.load(file)["kinds"]


def verdicts(edition: str) -> dict[str, str]:
    return {claim["id"]: claim["verdict"] for claim in record(edition)["claims"]}


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger()


def with_verdict(ledger: Ledger, claim: str, outcome: Outcome) -> Ledger:
    """The ledger, with another verdict on a claim."""
    return Ledger(verdicts=ledger.verdicts | {claim: replace(ledger.verdicts[claim], outcome=outcome)})


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_verdict_that_turned_is_told_with_its_old_verdict_and_no_other(ledger, edition):
    turned = {
        key: verdict for key, verdict in verdicts(edition).items()
        if key in ledger.verdicts and str(ledger.verdicts[key].outcome) != verdict
    }  # fmt: skip
    assert {turn.claim: str(turn.then) for turn in revisions.turned(ledger, edition)} == turned


def test_a_row_tells_the_verdict_of_its_edition_and_each_claim_has_one_row(ledger):
    rows = book.rows(revisions.TABLE)
    assert len({row["claim"] for row in rows}) == len(rows)
    assert {row["claim"]: row["version"] for row in rows} == {
        turn.claim: turn.edition for turn in revisions.all_turned(ledger)
    }
    for row in rows:
        assert row["verdict"] == verdicts(row["version"])[row["claim"]], row["claim"]


def test_counts_and_keys_are_those_of_the_records(ledger):
    then, now = verdicts(FIRST), {key: each.verdict for key, each in ledger.verdicts.items()}
    told = {name: int(q.low) for name, q in revisions.counts(ledger).items()}
    keys = {name: re.findall(r"C\d+", text) for name, text in revisions.keys(ledger).items()}
    both = set(then) & set(now)
    assert (told["then"], told["now"], told["both"], told["new"]) == (len(then), len(now), len(both), len(set(now) - both))
    assert told["turned"] == sum(then[key] != now[key] for key in both)
    assert told["cautious"] + told["firmer"] + told["moved"] == told["turned"]  # as the page has it
    assert keys["wrong_then"] == [key for key, verdict in then.items() if verdict == "contradicted"]
    assert (len(keys["wrong_then"]), len(keys["wrong_now"])) == (told["wrong_then"], told["wrong_now"])
    assert set(keys["wrong_now"]) == {key for key, verdict in now.items() if verdict == "contradicted"}
    assert len(keys["firmer"]) == told["firmer"]
    assert set(keys["gone"]) == set(then) - set(now) and str(revisions.gone_were_contradicted(ledger)) == "yes"
    assert set(keys["since"]) == {key for key, verdict in verdicts(NEWEST).items() if key in now and now[key] != verdict}


@pytest.mark.parametrize("then, now, kind, tends", [
    ("contradicted", "unverified", revisions.WITHDRAWN, revisions.CAUTIOUS),
    ("contradicted", "supported", revisions.WITHDRAWN, revisions.FIRMER),
    ("supported with a caveat", "supported", revisions.FIRMER, revisions.FIRMER),
    ("unverified", "supported with a caveat", revisions.FIRMER, revisions.FIRMER),
    ("supported", "supported with a caveat", revisions.CAUTIOUS, revisions.CAUTIOUS),
    ("supported", "unverified", revisions.CAUTIOUS, revisions.CAUTIOUS),
    ("not testable", "unverified", revisions.MOVED, revisions.MOVED),
    ("supported", "contradicted", revisions.AGAINST, revisions.AGAINST),
])  # fmt: skip
def test_what_became_of_a_verdict(then, now, kind, tends):
    turn = revisions.Turn("C01", FIRST, Outcome(then), Outcome(now), {})
    assert (turn.kind, turn.tends) == (kind, tends)


def test_a_verdict_that_is_again_what_it_was_is_an_error_that_names_the_line(ledger):
    row = book.rows(revisions.TABLE)[0]
    again = with_verdict(ledger, row["claim"], Outcome(row["verdict"]))
    with pytest.raises(revisions.Idle, match=f"revisions.csv, line 2, column verdict: {row['claim']} is again"):
        revisions.turned(again, row["version"])


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_verdict_that_turned_and_has_no_row_is_an_error_that_says_what_to_add(ledger, edition):
    known = {row["claim"] for row in book.rows(revisions.TABLE)}
    key, was = next((k, v) for k, v in verdicts(edition).items() if k in ledger.verdicts and k not in known)
    other = Outcome.NOT_COMPARABLE if was != "not comparable" else Outcome.UNVERIFIED
    with pytest.raises(revisions.Unexplained, match=f"{key} is .* add a line on {edition}"):
        revisions.turned(with_verdict(ledger, key, other), edition)


def test_the_totals_add_up_to_the_claims_of_each(ledger):
    cells = re.findall(r"<td>(\d+)</td>", revisions.totals(ledger)._repr_html_())
    columns = [list(map(int, cells[at::3])) for at in range(3)]
    assert [column[-1] for column in columns] == [len(verdicts(FIRST)), len(verdicts(NEWEST)), len(ledger.verdicts)]
    assert all(sum(column[:-1]) == column[-1] for column in columns)


def test_the_table_shows_each_claim_once_and_the_wording_of_the_edition_where_that_differs(ledger):
    turns, page = revisions.all_turned(ledger), revisions.table(ledger)._repr_html_()
    assert sorted(re.findall(r'<th scope="row"><a href="claim-ledger.html#(C\d+)">', page)) == sorted(t.claim for t in turns)
    worded = {claim["id"]: claim["text"] for claim in record()["claims"]}
    differ = [t for t in turns if t.edition == FIRST and worded[t.claim] != ledger.claims[t.claim]["paraphrase_en"]]
    assert page.count(f"<small>{FIRST}: ") == len(differ) > 0
    with in_language(CHINESE):
        said = revisions.table(ledger)._repr_html_()
    assert "<small>" not in said and said.count("→ <b>") == page.count("→ <b>") == len(turns) and "。</td><td>" not in said


def test_keys_link_to_claims_that_the_ledger_has(ledger):
    gone = revisions.keys(ledger)["gone"]
    assert revisions.Keys(f"C01, {gone}")._repr_html_() == f'<a href="claim-ledger.html#C01">C01</a>, {gone}'


def test_what_the_page_quotes_of_the_edition_stands_there():
    page = (ROOT / "chapters" / "what-changed.md").read_text(encoding="utf-8")
    quotes = re.findall(r"\*Then:\*[^“\n]*“([^”]+)”", page)
    texts = "\n".join(
        block for each in record()["texts"] for section in each["sections"] for block in section["blocks"]
    )  # fmt: skip
    texts = texts.replace("\n", " ")
    assert len(quotes) >= 7
    assert [quote for quote in quotes if quote not in texts] == []
