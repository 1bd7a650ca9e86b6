"""The conclusions on catching up turn with made-up rows, and miss what is not there."""

from __future__ import annotations

import pandas as pd
import pytest

from citygap.catch_up import conclusions as sc
from citygap.catch_up import scenarios
from citygap.data.tables import NoObservation
from citygap.measures import gap, sensitivity
from citygap.quantity.quantity import Quantity, exactly
from citygap.quantity.three_valued import Answer
from tests.made_up import sharp, use

YES, NO, OPEN = Answer.YES, Answer.NO, Answer.CANNOT_TELL

ROWS = """
chongqing, ai_core_scale, 2024, 100
chengdu, ai_industry_scale, 2023, 320
chengdu, ai_industry_scale, 2024-01/2024-09, 300
chengdu, ai_industry_growth, 2024-01/2024-09, -6.25
beijing, ai_core_scale, 2023, 320
beijing, ai_core_scale, 2024, 400
beijing, ai_core_scale, 2025, 500
hangzhou, ai_core_scale, 2024, 150
shenzhen, ai_scale_in_province, 2023, 100
shenzhen, ai_industry_scale, 2023, 150
zhejiang, ai_core_scale, 2020, 100
zhejiang, ai_industry_scale, 2020, 200
"""
AIMS = """
chongqing, ai_core_scale, 2027, 172.8
beijing, ai_core_scale, 2027, 605
hangzhou, ai_core_scale, 2026, 337.5
chengdu, ai_industry_scale, 2026, 425.92
"""


def made(monkeypatch, rows: str = ROWS, aims: str = AIMS, **lists: str) -> None:
    use(monkeypatch, observations=rows, targets=aims, **lists)


@pytest.fixture(autouse=True)
def points():
    with sharp():
        yield


def test_never_holds_only_if_it_holds_for_every_city(monkeypatch):
    made(monkeypatch)
    # Chongqing aims at 20 % a year, Beijing at 10 %, Hangzhou at 50 %
    assert sc.never("hangzhou") is YES
    assert sc.never("beijing") is NO
    assert sc.never("hangzhou", "beijing") is NO
    with pytest.raises(NoObservation):
        sc.never("hangzhou", "shanghai")


@pytest.mark.parametrize(
    ("multiple", "answer"),
    [((1.99, 1.99), YES), ((1.99, 2.01), OPEN), ((2.01, 2.01), NO)],
)
def test_by_a_year_means_by_its_end(multiple, answer):
    # ten years at 2 ** (1 / 12) a year take twice at most to the end of 2035, twelve years on
    rate = exactly(2 ** (1 / 12) - 1)
    found = gap.parity_year(Quantity(*multiple), exactly(1), exactly(0), rate, 2024)
    assert sc.by(found, 2035) is answer


def test_by_a_year_is_no_where_parity_never_comes():
    found = gap.parity_year(exactly(2), exactly(1), exactly(0.3), exactly(0.1), 2024)
    assert sc.by(found, 2035) is NO


def test_with_no_rows_at_all_every_conclusion_has_no_data(monkeypatch):
    made(monkeypatch, "", "")
    table, behind = sensitivity.outcomes(sc.CONCLUSIONS, [sensitivity.AS_READ])
    assert set(table["answer"]) == {"no data"} and behind == []
    assert len(table) == len(sc.CONCLUSIONS)


def test_the_choice_of_narrower_series_is_made_and_undone(monkeypatch):
    made(monkeypatch)
    # at 20 % a year 4 times take 7.6 years; taken down to a half, 150 is reached in 2.2
    still = sensitivity.Conclusion("x", lambda: sc.by(
        scenarios.case_of("chengdu", scenarios.STILL), 2028))
    (narrow,) = [choice for choice in sc.CHOICES if choice.name == sc.NARROWED]
    assert sensitivity.outcome(still, narrow) == "cannot tell"
    assert sensitivity.outcome(still, sensitivity.AS_READ) == "no"


def test_what_was_registered_since_turns_with_the_lists(monkeypatch):
    new = pd.Series({"chongqing": exactly(8), "sichuan": exactly(8), "hubei": exactly(5)})
    monkeypatch.setattr(sc.filed_models, "flow", lambda since, until, register: new)
    assert sc.as_many_new_applications("sichuan") is YES
    assert sc.as_many_new_applications("hubei") is NO


def test_a_plan_is_slower_or_not(monkeypatch):
    made(monkeypatch)  # Chongqing asks 20 % a year, Beijing 10, Hangzhou 50
    assert sc.slower_plan("beijing") is YES and sc.slower_plan("hangzhou") is NO


def test_a_city_that_stands_still_is_reached_later_or_not(monkeypatch):
    made(monkeypatch)  # three times at 20 % a year: some six to eight years from 2024
    assert sc.still_later("chengdu", 2026) is YES and sc.still_later("chengdu", 2040) is NO


def test_what_parity_takes_is_set_beside_the_plan_and_the_fastest_growth(monkeypatch):
    made(monkeypatch)  # Chongqing's plan asks for 20 % a year
    rates = {rate: exactly(rate, "%") for rate in (10, 19, 21, 29, 31, 40)}
    assert sc.more_than_plan(rates[21]) is YES and sc.more_than_plan(rates[19]) is NO
    assert sc.far_more(rates[31]) is YES and sc.far_more(rates[29]) is NO
    assert sc.slightly_more(rates[21]) is YES and sc.slightly_more(rates[31]) is NO
    assert sc.far_more(Quantity(29, 31, "%")) is OPEN
    assert sc.fastest_between(rates[10], rates[31], rates[40]) is YES
    assert sc.fastest_between(rates[10], rates[40], rates[31]) is NO
    assert sc.fastest_between(rates[31], rates[29], rates[40]) is NO
    assert sc.fastest_open_by_core(rates[31], Quantity(29, 40, "%")) is YES
