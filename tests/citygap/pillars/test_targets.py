"""Aims are sorted by what the tables can tell of them, against cases worked by hand."""

from __future__ import annotations

import math

import pytest

from citygap.data.tables import book
from citygap.pillars import targets
from citygap.quantity.three_valued import Answer


@pytest.fixture(scope="module")
def aims() -> list[targets.Aim]:
    return targets.aims()


def aim(aims, place: str, thing: str, year: str) -> targets.Aim:
    (found,) = [a for a in aims if (a.place, a.thing, a.year) == (place, thing, year)]
    return found


def test_every_row_is_an_aim_and_one_amount_in_two_units_is_one_aim(aims):
    rows = book.table("targets")
    assert {(a.place, a.thing, a.year) for a in aims} == {
        (r["place"], r["indicator"] or r["name_en"], r["period"]) for r in rows.to_dict("records")
    }
    assert len(rows) > len(aims)
    assert len([a for a in aims if (a.place, a.thing) == ("sichuan", "compute_total")]) == 1


def test_the_row_of_a_plan_speaks_over_that_of_a_report(aims):
    assert aim(aims, "shenzhen", "AI terminal industry scale", "2026").row["plan"]


@pytest.mark.parametrize(
    ("place", "thing", "year", "stage"),
    [
        ("chongqing", "industrial_va_growth", "2024", "outcome"),
        ("chongqing", "digital_workshops", "2027", "start"),
        ("chongqing", "smart_terminal_adoption", "2027", "defined"),
        ("chongqing", "Smart products cultivated", "2027", "alone"),
        ("shanghai", "public_ai_fund_size", "2019-08", "defined"),
        # fifty thousand petaflops is of low confidence, and judges nobody
        ("qingyang", "compute_total", "2025", "outcome"),
    ],
)
def test_the_stage_is_what_the_tables_can_tell(aims, place, thing, year, stage):
    assert aim(aims, place, thing, year).stage == stage


@pytest.mark.parametrize(
    ("place", "thing", "year", "met"),
    [
        ("chongqing", "industrial_va_growth", "2024", Answer.NO),  # 8 asked, 7.3 came
        ("shanghai", "ai_above_scale", "2025", None),  # 4,354.92 by September on a page of grade D: it judges nobody
        ("shanghai", "compute_intelligent", "2025", Answer.YES),  # 100 asked, 120 the January after
        ("chengdu", "ai_industry_scale", "2024", Answer.CANNOT_TELL),  # 1,000; 800 by September
        ("qingyang", "compute_total", "2025", Answer.CANNOT_TELL),  # 100,000; 66,000 in August
        ("chongqing", "digital_workshops", "2027", None),
    ],
)
def test_an_outcome_is_set_against_the_aim(aims, place, thing, year, met):
    assert aim(aims, place, thing, year).met is met


def test_part_of_a_year_is_a_floor_of_the_outcome_and_no_start(aims):
    assert aim(aims, "chengdu", "ai_industry_scale", "2024").outcome.high == math.inf
    assert aim(aims, "chengdu", "ai_industry_scale", "2026").start.period == "2023"


def test_a_forecast_is_no_start(aims):
    start = aim(aims, "chongqing", "digital_workshops", "2027").start
    assert (start.period, start.bounds) == ("2023-05", (734, 734))


def test_the_counts_add_up(aims):
    assert sum(targets.by_stage(aims).values()) == len(aims)


def test_what_is_due_has_ended_and_is_no_promise_of_money(aims):
    due = targets.due(aims, 2025)
    assert all(a.due <= 2025 and not targets.MONEY.search(a.row["name_en"]) for a in due)
    assert aim(aims, "shenzhen", "Annual cap of training-compute vouchers", "2024/2026").due == 2026
    judged = targets.judged(due)
    assert sum(map(len, judged.values())) == targets.by_stage(due)["outcome"]


def test_the_tables_are_read_each_time(aims):
    with book.leaving_out(lambda row: row["source"] == "chongqing-commission-economy-information-2025"):
        assert len(targets.aims("chongqing")) < len([a for a in aims if a.place == "chongqing"])
