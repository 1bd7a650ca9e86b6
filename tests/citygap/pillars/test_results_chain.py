"""The chain from a plan to an effect: every cell is filled by rows, and empty without them."""

from __future__ import annotations

import pytest

from citygap.data.tables import book
from citygap.pillars import results_chain
from citygap.quantity.three_valued import Answer
from tests.made_up import sharp, use

YES, NO = Answer.YES, Answer.NO


def filled() -> set[tuple[str, str]]:
    """The cells in which something was found."""
    table = results_chain.table()
    return {(move, step) for move in table.index for step in table if table.loc[move].notna()[step]}


def test_without_rows_nothing_is_found(monkeypatch):
    use(monkeypatch)
    assert results_chain.table().shape == (4, 5) and filled() == set()
    assert all(results_chain.nothing(step) is YES for step in results_chain.STEPS)


@pytest.mark.parametrize(
    ("tables", "cell"),
    [
        ({"targets": "chongqing, digital_workshops, 2027, 9"}, ("clusters", "aim")),
        ({"targets": "chongqing, rd_intensity, 2025, 3"}, ("science", "aim")),
        ({"observations": "chongqing, digital_workshops, 2022-08, 9"}, ("clusters", "stands")),
        ({"targets": "chongqing, compute_dispatchable, 2027, 9"}, ("compute", "aim")),
        ({"observations": "chongqing, compute_dispatchable, 2025, 9"}, ("compute", "stands")),
        ({"observations": "seres, seres_brain_partners, 2024, 9"}, ("clusters", "use")),
        ({"observations": "xinjiang, datacentre_electricity_price, 2024, 0.3"}, ("compute", "use")),
        ({"observations": "chongqing, national_asean_ai_platforms, 2025, 1"}, ("asean", "use")),
        ({"observations": "chongqing, ai_manufacturing_growth, 2024, 9"}, ("clusters", "effect")),
    ],
)
def test_a_row_fills_its_cell_and_no_other(monkeypatch, tables, cell):
    use(monkeypatch, **tables)
    assert filled() == {cell}
    move, step = cell
    assert results_chain.nothing(step, move) is results_chain.nothing(step) is NO


def test_an_effect_that_a_page_gives_in_passing_is_seen(monkeypatch):
    row = "C72, outcome, supports, costs fell, 2025, {}, exact, {}, , s, "
    use(monkeypatch, evidence=row.format("", ""))
    assert results_chain.nothing("effect") is YES and results_chain.told_without_number("compute") is YES
    use(monkeypatch, evidence=row.format("20", "%"))
    assert results_chain.nothing("effect") is results_chain.nothing("effect", "compute") is NO
    assert results_chain.told_without_number("compute") is NO
    assert results_chain.nothing("effect", "asean") is YES


def test_what_is_asked_for_has_a_name():
    """A row of what would do can be added: no query asks for an indicator that there is not."""
    known = {row["indicator"] for row in book.rows("indicators")}
    for move in results_chain.MOVES.values():
        assert {*move.effect, *(indicator for _, indicator in move.use)} <= known


@pytest.mark.parametrize(
    "tables",
    [
        {"targets": "beijing, digital_workshops, 2027, 9"},
        {"observations": "beijing, digital_workshops, 2022-08, 9"},
        {"observations": "china, ai_manufacturing_growth, 2024, 9"},
    ],
)
def test_rows_of_others_fill_nothing(monkeypatch, tables):
    use(monkeypatch, **tables)
    assert filled() == set()


def test_growth_is_the_later_count_over_the_earlier(monkeypatch):
    with sharp():
        use(monkeypatch, observations="""
            chongqing, trade_with_asean, 2019, 100
            chongqing, trade_with_asean, 2025, 130""")
        assert results_chain.table().loc["asean", "grew"].middle == pytest.approx(1.3)
    assert results_chain.nothing("grew", "clusters", "science") is YES


def test_every_move_stands_and_none_has_an_effect():
    table = results_chain.table()
    assert table["stands"].notna().all() and table["grew"].notna().all()
    with book.leaving_out(lambda row: row["source"] == "jinfeng-laboratory-2025"):
        assert results_chain.nothing("aim", "science") is YES
