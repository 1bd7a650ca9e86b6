"""What was not found: the query, the phrase that it carries, and the audit of chapters."""

from __future__ import annotations

import pytest

from citygap.data.tables import book
from citygap.measures.absence import held, lists_with, said_of
from citygap.notebook import absent
from citygap.quantity.three_valued import Answer
from press.audit import absence, audit
from tests.small_tables import observed

PRICE = "datacentre_electricity_price"


def test_a_query_gives_the_keys_of_the_rows_that_answer_it(made_up):
    made = made_up(observations=[
        observed("zhongwei", PRICE, "2020", 0.36), observed("qingyang", PRICE, "2026-04", 0.4),
        observed("qingyang", "compute_total", "2025", 9),
    ])  # fmt: skip
    ask = lambda **asked: held(tables=made, **asked)  # noqa: E731
    assert len(ask(indicator=PRICE)) == 2
    assert ask(place="zhongwei", indicator=PRICE) == ["zhongwei/datacentre_electricity_price/2020/s"]
    assert len(ask(place="qingyang", concept="electricity_price")) == 1
    assert len(ask(place=["qingyang", "zhongwei"], concept=["electricity_price", "compute"])) == 3
    assert ask(indicator=PRICE, after="2020") == ask(place="qingyang", indicator=PRICE)
    assert ask(indicator=PRICE, after="2026-04") == ask(place="chongqing", indicator=PRICE) == []
    assert ask(indicator=PRICE, without=["s"]) == []


@pytest.mark.parametrize(
    "table, asked",
    [
        ("observations", {"place": "chungking"}), ("observations", {"indicator": "price"}),
        ("observations", {"concept": "prices"}), ("evidence", {"claim": "C999"}),
        ("evidence", {"claim": "C43", "stance": "for"}), ("evidence", {"document": "CQ_PLAN"}),
        ("rankings", {"measure": "policy"}), ("plans", {"field": "AI"}),
    ],
)  # fmt: skip
def test_what_can_never_be_found_is_no_query(table, asked):
    with pytest.raises(LookupError, match="can never be found"):
        held(table, **asked)


def test_statements_are_found_by_claim_and_part(made_up):
    claims = book.rows("claims", claim="C43")
    rows = [
        {"claim": "C43", "part": "supplier", "stance": "context", "what": "w", "source": "s"},
        {"claim": "C43", "part": "firm", "stance": "supports", "what": "w", "source": "s", "period": "2025"},
        {"claim": "C43", "part": "firm", "stance": "contradicts", "what": "w", "source": "s"},
    ]
    made = made_up(observations=[observed("chongqing", PRICE, "2020", 1)], claims=claims, evidence=rows)
    assert said_of("C43", "supplier", tables=made) == [], "context says nothing"
    assert len(said_of("C43", "supplier", "firm", tables=made)) == 2
    assert len(held("evidence", claim="C43", after="2024", tables=made)) == 1, "a row without a period has no end"


def test_a_column_that_there_is_not_is_named():
    with pytest.raises(KeyError, match="placement"):
        held(placement="chongqing")


def test_lists_are_found_by_their_columns():
    assert lists_with("deals") == ["ai-deals-by-city"] and lists_with("deals", "nothing") == []


def test_words_of_absence_hold_until_the_tables_hold_a_row():
    assert absent([]) is Answer.YES and absent(["a/b/2024/s"]) is Answer.NO


def test_a_new_row_turns_the_queries_of_the_book(monkeypatch):
    """The queries of chapters find the row that would make their sentence wrong."""
    new = [
        ("chengdu", "ai_industry_scale", "2024"), ("hangzhou", "models_filed", "2026-01"),
        ("chongqing", "digital_workshops", "2025"), ("chongqing", "ai_firms", "2026"),
        ("xinjiang", PRICE, "2026"), ("tianjin", "public_ai_fund_size", "2026"),
    ]  # fmt: skip
    known, real = book.rows("observations"), book.rows
    asked = [
        {"place": "chengdu", "indicator": "ai_industry_scale", "period": "2024"},
        {"place": "hangzhou", "indicator": "models_filed"},
        {"place": "chongqing", "indicator": ["digital_workshops"], "after": "2023"},
        {"place": "chongqing", "concept": ["ai_firms", "ai_firms_share"], "after": "2018-12-25"},
        {"place": "xinjiang", "concept": "electricity_price"},
        {"place": "tianjin", "concept": "public_ai_funds"},
    ]
    for (place, indicator, period), question in zip(new, asked, strict=True):
        row = known[0] | {"place": place, "indicator": indicator, "period": period}
        assert held(**question) == []
        with monkeypatch.context() as patch:
            patch.setattr(book, "rows", lambda name, new=row, **where: (
                [*known, new] if name == "observations" else real(name, **where)))
            assert len(held(**question)) == 1, question


@pytest.mark.parametrize(
    "words",
    [
        "The only price found is low.", "This was not found anywhere else.", "No figure was found.",
        "It rests on one observation.", "Nobody publishes both.", "None was found.",
        "That is what no source says.", "No later\ncount was found.", "There is a single source.",
        "Its use is not published.", "No other ranking is known.",
    ],
)  # fmt: skip
def test_ways_to_say_that_something_was_not_found(words):
    assert absence.absences(words)


@pytest.mark.parametrize(
    "words",
    ["China grew.", "It no longer holds for the machines found.", "Three sources were found.",
     "The only city ahead is Beijing.", "\ufffc on any page."],
)  # fmt: skip
def test_other_sentences_are_left_alone(words):
    assert not absence.absences(words)


CELL = "```{code-cell}\ncheck(a=absent(held(place='x')))\n```\n\n"


@pytest.mark.parametrize(
    "prose, permits, problems",
    [
        ("Of this no count was found.", "[]", ["'no count was found' says that something"]),
        ("Of this {glue}`a`.", "[]", []),
        ("Of this no count was found.", "[{reason: no table, text: no count was found}]", []),
        ("Of this {glue}`a`.", "[{reason: no table, text: no count was found}]",
         ["permits nothing that the book types"]),
        ("Of this no count was found.", "[{text: no count was found}]", ["gives no reason"]),
    ],
)  # fmt: skip
def test_the_audit_names_what_no_query_stands_behind(tmp_path, prose, permits, problems):
    for name, text in (("chapters/a.md", CELL + prose), (absence.FILE, permits)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    found = audit(tmp_path)
    assert len(found) == len(problems)
    for problem, words in zip(found, problems, strict=True):
        assert words in problem.message
    if problems and "says" in problems[0]:
        assert (found[0].file, found[0].line) == ("chapters/a.md", 5)
        assert "absent(held(" in found[0].remedy


def test_a_phrase_of_absence_needs_a_query(tmp_path):
    (tmp_path / "chapters").mkdir()
    cell = CELL.replace("held(place='x')", "[]")
    (tmp_path / "chapters" / "a.md").write_text(cell, encoding="utf-8")
    (found,) = audit(tmp_path)
    assert "the rows of a query, which then asks nothing" in found.message
