"""Domestic shares of tools, from made-up rows and values worked by hand."""

from __future__ import annotations

import math

import pytest

from citygap.data.tables import NoObservation
from citygap.pillars import domestic_shares as a
from citygap.pillars import figures, tables
from citygap.quantity.three_valued import Answer
from tests.made_up import sharp, use

YES, NO, OPEN = Answer.YES, Answer.NO, Answer.CANNOT_TELL
PRINTED = {tool.indicator: 20 if tool.designs else 60 for tool in a.TOOLS}
PRINTED |= {tool.indicator: 80 for tool in a.TOOLS if tool.foreign}


def rows(**changed: float | None) -> str:
    """A share of every tool: 60 where it manages, 20 (or 80 foreign) where it designs."""
    shares = PRINTED | changed
    return "\n".join(f"china, {tool.indicator}, {tool.year}, {shares[tool.indicator]}"
                     for tool in a.TOOLS if shares[tool.indicator] is not None)


@pytest.fixture(autouse=True)
def made(monkeypatch):
    with sharp():
        use(monkeypatch, observations=rows())
        yield


def test_a_domestic_share_is_as_printed_and_a_foreign_one_leaves_at_most_the_rest():
    shares = tables.tools()
    chips = shares["domestic_share_ai_chips"]
    assert chips.middle == pytest.approx(60) and a.FROM_FOREIGN not in chips.caveat
    for indicator in ("foreign_share_cad", "import_share_sensors"):
        rest = shares[indicator]
        assert rest.low == -math.inf and rest.high == pytest.approx(20) and rest.unit == "%"
        assert a.FROM_FOREIGN in rest.caveat and rest.published == "" and rest.place == "china"


def test_nothing_foreign_leaves_at_most_everything(monkeypatch):
    use(monkeypatch, observations=rows(foreign_share_cad=0))
    assert tables.tools()["foreign_share_cad"].high == 100


def test_a_missing_figure_is_told(monkeypatch):
    use(monkeypatch, observations=rows(domestic_share_eda=None))
    with pytest.raises(NoObservation):
        tables.tools()


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({}, YES),
        ({"domestic_share_eda": 70}, NO),
        ({"domestic_share_om_software": 10}, NO),  # surely less domestic than chip design
        ({"foreign_share_cae": 30}, OPEN),  # at most 70: it may be less than 60
        ({"domestic_share_management_software": 0}, NO),
    ],
)
def test_the_divide_holds_only_if_it_holds_for_every_pair(monkeypatch, changed, answer):
    use(monkeypatch, observations=rows(**changed))
    assert a.divided() is answer


def test_marks_are_ordered_and_hollow_where_only_the_foreign_part_is_known():
    marks = figures.tools()
    assert [round(m.middle) for m in marks] == [60] * 4 + [20] * 6
    assert {m.row.split(",")[0] for m in marks if m.hollow} == {
        "drawing (CAD)", "simulation (CAE)", "sensors", "sensors of cars"}
    assert all(tool.year in mark.row for tool, mark in zip(a.TOOLS[:4], marks[:4]))
