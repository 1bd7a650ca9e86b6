"""The conclusions on catching up turn with made-up rows, and miss what is not there."""

from __future__ import annotations

import pytest
from made_up import sharp, use

from citygap import gap, scenario_conclusions as sc, scenarios, sensitivity
from citygap.answers import Answer
from citygap.quantity import Quantity, exactly
from citygap.tables import NoObservation

YES, NO, OPEN = Answer.YES, Answer.NO, Answer.CANNOT_TELL

ROWS = """
chongqing, ai_core_scale, 2024, 100
chengdu, ai_industry_scale, 2023, 320
chengdu, ai_industry_scale, 2024-01/2024-09, 300
beijing, ai_core_scale, 2023, 320
beijing, ai_core_scale, 2024, 400
beijing, ai_core_scale, 2025, 500
hangzhou, ai_core_scale, 2024, 150
shenzhen, ai_core_scale, 2023, 100
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


def test_beyond_compares_with_the_fastest_growth_seen(monkeypatch):
    made(monkeypatch)
    # to reach Beijing in six years 38.6 % are needed, in twelve 23.5 %; 25 % were seen
    assert (sc.beyond("beijing", 2030), sc.beyond("beijing", 2036)) == (YES, NO)
    with pytest.raises(NoObservation):
        sc.beyond("shanghai", 2030)


def test_growth_decides_if_levels_leave_little_open(monkeypatch):
    # Chengdu's level is open by a third and its definition by two; growths by ten points at most
    seen = "\nchengdu, ai_industry_scale, 2020, 300"
    made(monkeypatch, ROWS + seen)
    assert sc.growth_decides("chengdu", 2025) is NO
    assert sc.growth_decides("chengdu", 2060) is YES
    assert sc.growth_decides("beijing", 2025) is YES, "its level is a point"


FAR = """
2018, chongqing, 10
2018, beijing, 100
2018, shanghai, 80
2018, shenzhen, 60
2018, hangzhou, 50
"""


def test_the_heads_are_far_only_if_every_one_is(monkeypatch):
    # five times in ten years is 17.5 % a year more, twice is 7.2 %
    made(monkeypatch, ai_firms_by_city=FAR)
    assert sc.heads_far() is YES
    assert sc.heads_far(percent=20) is NO
    made(monkeypatch, ai_firms_by_city=FAR.replace("hangzhou, 50", "hangzhou, 20"))
    assert sc.heads_far() is NO


@pytest.mark.parametrize("level", ["10", "5"])
def test_a_head_city_that_is_not_ahead_is_not_far(monkeypatch, level):
    made(monkeypatch, ai_firms_by_city=FAR.replace("hangzhou, 50", f"hangzhou, {level}"))
    assert sc.heads_far() is NO


def test_without_a_count_of_cities_alike_nothing_is_said_of_the_heads(monkeypatch):
    made(monkeypatch)
    with pytest.raises(NoObservation, match="cities alike"):
        sc.heads_far()


FIRMS = """
chongqing, high_tech_firms, 2021, 1000
chongqing, high_tech_firms, 2024, 1728
shenzhen, high_tech_firms, 2023, 2000
shenzhen, high_tech_firms, 2024, 2200
"""


def test_high_tech_firms_are_compared_at_the_growth_seen(monkeypatch):
    made(monkeypatch, FIRMS)  # ln(2200 / 1728) / ln(1.2 / 1.1) = 2.8 years
    assert sc.high_tech("shenzhen") is YES
    assert sc.high_tech("shenzhen", 2025) is NO
    with pytest.raises(NoObservation, match="not seen for beijing"):
        sc.high_tech("beijing")


def test_with_no_rows_at_all_every_conclusion_has_no_data(monkeypatch):
    made(monkeypatch, "", "")
    table, behind = sensitivity.outcomes(sc.CONCLUSIONS, [sensitivity.AS_READ])
    assert set(table["answer"]) == {"no data"} and behind == []
    assert len(table) == len(sc.CONCLUSIONS)


def test_levels_and_aims_without_any_growth_seen_are_no_data_where_it_is_asked(monkeypatch):
    rows = [line for line in ROWS.splitlines() if "2023" not in line and "2025" not in line]
    made(monkeypatch, "\n".join(rows), AIMS.replace("chengdu, ai_industry_scale", "xian, ai_core_scale"))
    asked = [c for c in sc.CONCLUSIONS if c.statement in (sc.BEYOND, sc.MOST, sc.GROWTH, sc.SLOWER)]
    table, _ = sensitivity.outcomes(asked, [sensitivity.AS_READ])
    assert set(table["answer"]) == {"no data"}


def test_the_choice_of_narrower_series_is_made_and_undone(monkeypatch):
    made(monkeypatch)
    # at 20 % a year 4 times take 7.6 years; taken down to a half, 150 is reached in 2.2
    still = sensitivity.Conclusion("x", lambda: sc.by(
        scenarios.case_of("chengdu", scenarios.STILL), 2028))
    (narrow,) = [choice for choice in sc.CHOICES if choice.name == sc.NARROWED]
    assert sensitivity.outcome(still, narrow) == "cannot tell"
    assert sensitivity.outcome(still, sensitivity.AS_READ) == "no"
