"""A conclusion is worked out anew under every choice, and nothing of a choice stays behind."""

from __future__ import annotations

import pytest

from citygap.data.tables import NoObservation, Tables, book
from citygap.measures.sensitivity import (
    AS_READ,
    Choice,
    Conclusion,
    outcome,
    outcomes,
    survives,
    wider,
    without_confidence,
    without_place,
    without_source,
)
from citygap.quantity.quantity import exactly

CORE = ("chongqing", "ai_core_scale", "2024")  # rests on the commentary alone, of low confidence


def above(figure: tuple[str, str, str], number: float):
    found = book.observe(*figure)
    return found > exactly(number, found.unit, scope=found.scope)


def scale():
    return above(CORE, 100)


@pytest.mark.parametrize(
    ("choice", "answer"),
    [
        (AS_READ, "yes"),
        (wider(5, "w"), "yes"),
        (without_confidence(["low"], "c"), "no data"),
        (without_source("yuqian-consulting-2025", "s"), "no data"),
        (without_source("it-juzi-2018", "s"), "yes"),
        (without_place("chongqing", "p"), "no data"),
    ],
)
def test_a_choice_leaves_out_what_it_says(choice, answer):
    assert outcome(Conclusion("scale", scale), choice) == answer
    assert book.observe(*CORE).sources == ("yuqian-consulting-2025",), "the choice stayed behind"


def test_wider_words_can_turn_yes_into_cannot_tell():
    # "over 3,000": read up to 3,100, and up to 3,200 with words twice as wide
    near = Conclusion("near", lambda: ~above(("beijing", "ai_core_scale", "2024"), 3150))
    found = [outcome(near, choice) for choice in (AS_READ, wider(2, "w"))]
    assert found == ["yes", "cannot tell"]


def test_a_plain_truth_value_is_an_answer_and_no_is_told_from_cannot_tell():
    assert outcome(Conclusion("no", lambda: above(CORE, 1000)), AS_READ) == "no"
    assert outcome(Conclusion("no", lambda: 1 > 2), AS_READ) == "no"


def test_an_error_in_a_conclusion_is_not_taken_for_missing_data():
    with pytest.raises(KeyError):
        outcome(Conclusion("odd", lambda: {}["x"]), AS_READ)


def test_complete_distributions_are_left_out_by_confidence_and_by_source():
    listed = Conclusion("l", lambda: book.counted("ai-firms-by-city", "companies", "beijing") > 0)
    assert outcome(listed, AS_READ) == "yes"
    assert outcome(listed, without_confidence(["low", "medium"], "c")) == "no data"
    assert outcome(listed, without_source("it-juzi-2018", "s")) == "no data"


def test_left_out_rows_come_back_after_an_error():
    before = len(book.table("observations"))
    with pytest.raises(RuntimeError), book.leaving_out(lambda row: True):
        assert len(book.table("observations")) == 0
        with pytest.raises(NoObservation):
            book.observe(*CORE)
        raise RuntimeError
    assert len(book.table("observations")) == before
    assert book.observe(*CORE).rows


def test_choices_within_choices_leave_out_both():
    with book.leaving_out(lambda row: row["source"] == "yuqian-consulting-2025"):
        with book.leaving_out(lambda row: row.get("place") == "beijing"):
            assert not book.readings("beijing", "ai_core_scale") + book.readings(*CORE)
        assert book.readings("beijing", "ai_core_scale")


def test_a_recording_names_every_row_that_was_read_and_no_other():
    tables = Tables()
    with tables.recording() as seen:
        tables.observe(*CORE)
        tables.counted("ai-deals-by-city", "deals", "guiyang", ["2018"])
    assert "chongqing/ai_core_scale/2024/yuqian-consulting-2025" in seen
    assert "ai-deals-by-city/guiyang/-/deals" in seen, "a zero read off a complete list"
    assert all(key.startswith(("chongqing/", "ai-deals-by-city/")) for key in seen)
    tables.observe("beijing", "ai_core_scale", "2024")
    assert not any(key.startswith("beijing/") for key in seen), "the recording was over"


def test_the_outcomes_come_with_everything_behind_them():
    choices = [AS_READ, without_source("yuqian-consulting-2025", "without\nthe commentary")]
    table, behind = outcomes([Conclusion("the core\nis large", scale)], choices)
    assert list(table["answer"]) == ["yes", "no data"]
    rows = {row for quantity in behind for row in quantity.rows}
    assert rows == {"chongqing/ai_core_scale/2024/yuqian-consulting-2025"}
    assert survives(table, "the core\nis large")


def test_a_statement_survives_only_if_no_choice_turns_it():
    bare = Choice("other", AS_READ.under)
    one = Conclusion("s", lambda: exactly(2) > 1)
    assert survives(outcomes([one], [AS_READ, bare])[0], "s")
    turned = outcomes([Conclusion("s", scale)], [without_source("yuqian-consulting-2025", "x")])[0]
    assert not survives(turned, "s"), "without data nothing is borne out"
    with pytest.raises(LookupError, match="no statement"):
        survives(turned, "another")
