"""Draws of what made-up figures allow: shares, windows and variances against values by hand."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from made_up import sharp, upside_down, use

from citygap import simulation as s
from citygap.quantity import NotComparable, Quantity
from citygap.tables import NoObservation

DRAWS = 20_000


def percent(low: float, high: float | None = None) -> Quantity:
    return Quantity(low, low if high is None else high, "%")


def inputs(leader=(4, 4), follower=(1, 1), scope=(1, 1), leads=((0,),), follows=((10,),)) -> s.Inputs:
    """Levels and scope as bounds; growths as groups of percentages or of pairs of bounds."""
    def groups(of):
        return [[percent(*g) if isinstance(g, tuple) else percent(g) for g in group] for group in of]
    return s.Inputs(Quantity(*leader, "1e8 CNY"), Quantity(*follower, "1e8 CNY"), Quantity(*scope),
                    groups(leads), groups(follows))


def drawn(draws: int = DRAWS, **fields) -> s.Simulation:
    return s.simulate(inputs(**fields), draws)


WIDE = {"leader": (3, 6), "scope": (1, 2), "leads": (((0, 20),), (5, 15)),
        "follows": ((12,), ((0, 30), 8))}


def test_points_give_one_parity_by_the_formula():
    # ln 4 / ln(1.1) = 14.545 years after 2024
    found = drawn()
    np.testing.assert_allclose(found.years, math.log(4) / math.log(1.1))
    assert (found.never().bounds, found.within(2035, 2050).bounds) == ((0, 0), (100, 100))


@pytest.mark.parametrize(
    ("rate", "by_2030"),
    [(10.4, 0), (10.45, 100)],  # ln 2 / ln(1.104) = 7.006 years; ln 2 / ln(1.1045) = 6.974 years
)
def test_a_year_lasts_to_its_end(rate, by_2030):
    found = drawn(leader=(2, 2), follows=((rate,),))
    assert found.by(2030).bounds == (by_2030, by_2030)
    assert found.within(2030, 2035).bounds == (100 - by_2030, 100 - by_2030)


def test_who_is_level_or_ahead_has_parity_at_once_whatever_the_growths():
    found = drawn(leader=(1, 1), follower=(1, 2), leads=((50,),), follows=((0,),))
    assert (found.years == 0).all() and found.by(found.start).bounds == (100, 100)


@pytest.mark.filterwarnings("error")
def test_level_and_equally_fast_is_level_and_not_unknown():
    assert (drawn(leader=(1, 1), follows=((0,),)).years == 0).all()


def test_a_follower_that_grows_no_faster_never_arrives():
    assert drawn(leads=((10,),), follows=((10,),)).never().bounds == (100, 100)
    assert drawn(leads=((-20,),), follows=((-5,),)).never().bounds == (0, 0)


def test_a_wider_definition_shortens_the_distance():
    assert (drawn(scope=(4, 4)).years == 0).all()
    np.testing.assert_allclose(drawn(scope=(2, 2)).distance, math.log(2))


def test_units_of_the_two_may_differ(monkeypatch):
    use(monkeypatch)
    other = replace(inputs(), follower=Quantity(0.1, 0.1, "1e9 CNY"))
    np.testing.assert_allclose(s.simulate(other, 20).distance, math.log(4))


def test_each_group_is_picked_as_often_and_each_growth_of_a_group_too():
    # one group in two, then one growth in three: never for 0 %, which is 1/2 * 1/3 of the draws
    found = drawn(100_000, follows=((10,), (0, 10, 10)))
    assert 100 / 6 in found.never() and found.never().high - found.never().low < 2


def test_an_empty_group_is_none_and_skews_nothing():
    assert 50 in drawn(100_000, follows=((10, 0), ())).never()


def test_a_growth_is_spread_evenly_between_its_bounds():
    # 0 to 40 % against 10 %: a quarter of the draws never arrive
    assert 25 in drawn(100_000, leads=((10,),), follows=(((0, 40),),)).never()


def test_a_level_is_spread_evenly_on_a_logarithmic_scale():
    # 1 to 4 against 2: half of the draws are level or ahead
    assert 50 in drawn(100_000, follower=(1, 4), leader=(2, 2), follows=((0,),)).by(2024)


def test_the_windows_and_never_add_up_to_all_draws():
    found = drawn(**WIDE)
    marks = s.window_marks({"chengdu": found})
    assert [m.place for m in marks] == [*(words for _, words in s.WINDOWS), s.NEVER]
    assert {m.row for m in marks} == {"Chengdu"}
    assert all(0 < m.quantity.low < m.quantity.high < 100 for m in marks)
    assert sum(m.quantity.middle for m in marks) == pytest.approx(100)
    later = [found.by(year).middle for year in (2024, 2030, 2040, 2060, math.inf)]
    assert later == sorted(later) and later[-1] == pytest.approx(100 - found.never().middle)


def test_the_parts_of_the_variance_add_up_and_shift_to_growth_with_time():
    found = drawn(**WIDE)
    early, late = (found.variance_shares(year) for year in (2025, 2040))
    assert set(early) == set(s.TERMS)
    for shares in (early, late):
        assert sum(q.middle for q in shares.values()) == pytest.approx(100)
        assert shares[s.OWN_LEVEL].bounds == (0, 0), "Chongqing's level is a point here"
    assert late[s.GROWTH].low > early[s.GROWTH].high and late[s.LEVEL].high < early[s.LEVEL].low
    marks = s.driver_marks({"wuhan": found}, 2040)
    assert [(m.row, m.place) for m in marks] == [("Wuhan", term) for term in s.TERMS]
    assert [m.quantity for m in marks] == [late[term] for term in s.TERMS]


def test_the_parts_of_the_variance_by_hand():
    # level: ln 2 squared over 12; growth of 0 or 20 %: half of ln 1.2, squared, times the years'
    # square
    found = drawn(100_000, leader=(2, 4), leads=((0, 20),)).variance_shares(2026)
    level, growth = math.log(2) ** 2 / 12, (2 * math.log(1.2) / 2) ** 2
    assert 100 * level / (level + growth) in found[s.LEVEL]
    assert 100 * growth / (level + growth) in found[s.GROWTH]


def test_without_any_spread_no_term_has_a_part():
    assert {q.bounds for q in drawn().variance_shares(2035).values()} == {(0, 0)}


def test_a_seed_gives_the_same_draws_and_another_gives_others():
    given = inputs(**WIDE)
    one, same, other = (s.simulate(given, DRAWS, seed) for seed in (1, 1, 2))
    assert (one.years == same.years).all() and one.never() == same.never()
    assert (one.distance != other.distance).any()
    assert max(one.never().low, other.never().low) < min(one.never().high, other.never().high)


def test_more_draws_leave_less_open():
    width = [q.high - q.low for q in (drawn(2_000, **WIDE).never(), drawn(200_000, **WIDE).never())]
    assert 2 * width[1] < width[0]


def test_a_hundred_thousand_draws_take_under_two_seconds():
    begin = time.perf_counter()
    found = drawn(100_000, **WIDE)
    s.window_marks({"chengdu": found}), s.driver_marks({"chengdu": found}, 2035)
    assert time.perf_counter() - begin < 2


def test_a_share_says_what_it_is_and_rests_on_everything_drawn_from():
    given = replace(inputs(), leader=Quantity(4, 4, "1e8 CNY", rows=("a",), confidence="low"),
                    growth_leader=[[Quantity(1, 2, "%", rows=("b",))]])
    q = s.simulate(given, 100).never()
    assert q.unit == "%" and q.forecast and q.caveat == s.NOT_A_CHANCE
    assert set(q.rows) == {"a", "b"} and q.confidence == "low"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"follower": (0, 1)}, "may be 0"),
        ({"follower": (0, 0)}, "may be 0"),
        ({"follower": (-1, 1)}, "may be 0"),
        ({"leader": (0, 4)}, "may be 0"),
        ({"leader": (4, math.inf)}, "no bound"),
        ({"scope": (1, math.inf)}, "no bound"),
        ({"leads": ((-100,),)}, "leaves nothing"),
        ({"follows": (((0, math.inf),),)}, "without bounds"),
        ({"leads": ()}, "no growth"),
        ({"follows": ((),)}, "no growth"),
    ],
)
def test_what_cannot_be_drawn_is_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        drawn(100, **fields)


def test_fewer_draws_than_batches_are_refused():
    with pytest.raises(ValueError, match="19 draws: give 20"):
        drawn(19)


def test_two_definitions_need_a_reason():
    core = Quantity(1, 1, "1e8 CNY", scope="core")
    with pytest.raises(NotComparable):
        s.simulate(replace(inputs(), follower=core), 100)


# ---------------------------------------------------------------------------------------- the book

ROWS = """
chongqing, ai_core_scale, 2024, 100
chengdu, ai_industry_scale, 2023, 400
chengdu, ai_industry_scale, 2024-01/2024-09, 300
beijing, ai_core_scale, 2023, 300
beijing, ai_core_scale, 2024, 360
jinan, ai_core_scale, 2022, 100
jinan, ai_core_scale, 2024, 121
shenzhen, ai_core_scale, 2023, 200
shenzhen, ai_industry_scale, 2022, 240
shenzhen, ai_industry_scale, 2023, 300
zhejiang, ai_core_scale, 2020, 100
zhejiang, ai_industry_scale, 2020, 400
"""
AIMS = "chongqing, ai_core_scale, 2027, 172.8"


def test_only_a_wider_series_has_a_factor_of_definition(monkeypatch):
    with sharp():
        use(monkeypatch, observations=ROWS, targets=AIMS)
        wide, core = s.inputs("chengdu"), s.inputs("beijing")
    assert wide.scope.bounds == pytest.approx((1, 4)) and core.scope.bounds == (1, 1)
    assert wide.leader.bounds == pytest.approx((300, 400))
    assert core.leader.bounds == pytest.approx((360, 360))
    (plan,), seen = wide.growth_follower
    assert plan.middle == pytest.approx(20)  # 100 to 172.8 in three years
    assert sorted(q.middle for q in seen) == pytest.approx([10, 20, 25])  # Jinan, Beijing, Shenzhen


def test_the_order_of_rows_does_not_matter(monkeypatch):
    found = []
    for rows in (ROWS, upside_down(ROWS)):
        with monkeypatch.context() as patch:
            use(patch, observations=rows, targets=AIMS)
            found.append(s.of("chengdu", 1_000))
    assert (found[0].years == found[1].years).all()


def test_without_a_level_there_is_nothing_to_draw(monkeypatch):
    use(monkeypatch, observations=ROWS, targets=AIMS)
    with pytest.raises(NoObservation):
        s.of("hangzhou", 100)


def test_without_any_growth_there_is_nothing_to_draw(monkeypatch):
    use(monkeypatch, observations="chongqing, ai_core_scale, 2024, 100\nbeijing, ai_core_scale, 2024, 9")
    with pytest.raises(NoObservation, match="growth"):
        s.of("beijing", 100)
