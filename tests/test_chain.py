"""The chain from a plan to an effect: every cell is filled by rows, and empty without them."""

from __future__ import annotations

import pytest
from made_up import use

from citygap import chain, emphasis
from citygap.quantity import reading_rules

ASKED, EXISTS, GROWS, USED, EFFECT = chain.STEPS
CLUSTERS, COMPUTE, ASEAN, SCIENCE = chain.MOVES
PLANS = f"{emphasis.AI_PLUS}, chongqing\nOTHER, beijing"


def filled() -> dict[tuple[str, str], int]:
    """The cells in which something was found."""
    table, _ = chain.chains()
    return {(move, step): int(level) for (move, step), level in table.stack().items() if level}


def test_without_rows_nothing_is_found(monkeypatch):
    use(monkeypatch)
    table, behind = chain.chains()
    assert table.shape == (4, 5) and not table.to_numpy().any() and behind == []


@pytest.mark.parametrize(
    ("tables", "cell", "level"),
    [
        ({"targets": "chongqing, digital_workshops, 2027, 9"}, (CLUSTERS, ASKED), 2),
        ({"observations": "seres, seres_brain_partners, 2024, 9"}, (CLUSTERS, USED), 1),
        ({"targets": "chongqing, compute_intelligent, 2027, 9"}, (COMPUTE, ASKED), 2),
        ({"plans": PLANS, "emphasis": f"{emphasis.AI_PLUS}, compute_hub, 2"}, (COMPUTE, ASKED), 1),
        ({"events": "hami_chongqing_network_opened, chongqing"}, (COMPUTE, EXISTS), 2),
        ({"observations": "xinjiang, datacentre_electricity_price, 2024, 0.3"}, (COMPUTE, USED), 2),
        ({"plans": PLANS, "emphasis": f"{emphasis.AI_PLUS}, intl_rules_governance, 1"}, (ASEAN, ASKED), 1),
        ({"events": "china_singapore_data_channel_operating, chongqing"}, (ASEAN, EXISTS), 2),
        ({"observations": "chongqing, national_asean_ai_platforms, 2025, 1"}, (ASEAN, USED), 2),
        ({"targets": "chongqing, rd_intensity, 2025, 3"}, (SCIENCE, ASKED), 2),
        ({"events": "jialing_laboratory_listed, chongqing"}, (SCIENCE, EXISTS), 2),
        ({"observations": "chongqing, digital_workshops, 2023, 9"}, (CLUSTERS, EXISTS), 2),
        ({"observations": "chongqing, ai_manufacturing_growth, 2024, 9"}, (CLUSTERS, EFFECT), 2),
    ],
)  # fmt: skip
def test_a_row_fills_its_cell_and_no_other(monkeypatch, tables, cell, level):
    use(monkeypatch, **tables)
    assert filled() == {cell: level}


@pytest.mark.parametrize(
    "tables",
    [
        {"targets": "beijing, digital_workshops, 2027, 9"},
        {"plans": PLANS, "emphasis": "OTHER, compute_hub, 2"},
        {"events": "some_other_event, chongqing"},
        {"observations": "beijing, digital_workshops, 2023, 9"},
    ],
)
def test_rows_of_others_fill_nothing(monkeypatch, tables):
    use(monkeypatch, **tables)
    assert filled() == {}


def test_two_events_of_a_step_are_one_and_either_will_do(monkeypatch):
    use(monkeypatch, events="b, chongqing")
    assert chain.event("a", "b") and chain.event("b") and not chain.event("a") and not chain.event()


def test_a_theme_is_named_or_not_whatever_its_weight(monkeypatch):
    use(monkeypatch, plans=PLANS, emphasis=f"{emphasis.AI_PLUS}, data, 2\n{emphasis.AI_PLUS}, cars, 1")
    assert [chain.named(theme) for theme in ("data", "cars", "talent")] == [1, 1, 0]


@pytest.mark.parametrize(
    ("last", "word", "grew"),
    [(120, "exact", True), (100, "exact", False), (90, "exact", False), (102, "about", False)],
)
def test_only_a_sure_rise_is_growth(monkeypatch, last, word, grew):
    use(monkeypatch, observations=f"""
        chongqing, rd_expenditure, 2022, 100
        chongqing, rd_expenditure, 2024, {last}, {word}""")
    with reading_rules(width=2):
        found = chain.Found()
        assert found.grew("chongqing", "rd_expenditure", "2022", "2024") is grew
        assert len(found.quantities) == 2, "both figures stand behind the answer"
        assert not found.grew("chongqing", "rd_expenditure", "2022", "2025")
        assert len(found.quantities) == 2


def test_a_figure_and_an_aim_are_kept_with_what_was_read(monkeypatch):
    use(monkeypatch, targets="chongqing, rd_intensity, 2025, 3", observations="""
        chongqing, rd_intensity, 2023, 2
        chongqing, gdp, 2023, 9""")
    found = chain.Found()
    assert found.figure("chongqing", "nothing", "gdp", "rd_intensity")
    assert not found.figure("beijing", "gdp") and not found.figure("chongqing")
    assert found.aim("chongqing", "rd_intensity") and not found.aim("chongqing", "gdp")
    assert [q.rows[0].split("/")[1] for q in found.quantities] == ["gdp", "rd_intensity"]
