"""How many years ago a level was passed: on made-up series, by hand, and within honest bounds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citygap import gap, timing
from citygap.quantity import NotComparable, Quantity
from citygap.tables import NoObservation
from small_tables import observed

settings.register_profile("citygap", deadline=None, max_examples=150)
settings.load_profile("citygap")

INF = math.inf


def money(low, high=None, **fields):
    fields = {"scope": "core"} | fields
    return Quantity(low, low if high is None else high, "1e8 CNY", **fields)


def series(*pairs, **fields):
    """Pairs (year, value or bounds) as a series."""
    return [(float(t), money(*v, **fields) if isinstance(v, tuple) else money(v, **fields))
            for t, v in pairs]


DOUBLING = series((2016, 100), (2018, 200), (2020, 400))


# ------------------------------------------------------------------------------ one scope: ahead


def test_halfway_up_a_constant_growth_is_halfway_in_time():
    # sqrt(100 * 200) was passed in 2017; bounds are rounded outward to tenths
    q = timing.ahead(DOUBLING, money(100 * 2**0.5), 2024)
    assert q.bounds == (7, 7) and q.unit == "years"
    assert timing.ahead(DOUBLING, money(200 * 2**0.5), 2024).bounds == (5, 5)


def test_tenths_are_rounded_outward():
    # passed at 2016 + 2 log2(1.2) = 2016.526: 7.47 years before 2024
    assert timing.ahead(DOUBLING, money(120), 2024).bounds == (7.4, 7.5)


def test_a_level_passed_before_the_first_observation_gives_at_least():
    assert timing.ahead(DOUBLING, money(50), 2024).bounds == (8, INF)


def test_a_level_never_passed_gives_at_most_the_years_since_the_last_observation():
    assert timing.ahead(DOUBLING, money(500), 2024).bounds == (-INF, 4)


def test_a_single_observation_is_a_bound_on_either_side():
    one = series((2020, 400))
    assert timing.ahead(one, money(200), 2024).bounds == (4, INF)
    assert timing.ahead(one, money(500), 2024).bounds == (-INF, 4)
    assert timing.ahead(series((2020, (300, 400))), money(350), 2024).bounds == (-INF, INF)


def test_what_comes_after_the_follower_stands_there_does_not_count():
    assert timing.ahead(DOUBLING, money(500), 2024).bounds == timing.ahead(
        [*DOUBLING, *series((2026, 9000))], money(500), 2024
    ).bounds
    assert timing.ahead(series((2026, 900)), money(500), 2024).bounds == (-INF, INF)


def test_a_value_that_may_stand_on_either_side_widens_the_distance():
    loose = series((2016, 100), (2018, (180, 220)), (2020, 400))
    q = timing.ahead(loose, money(200), 2024)
    sooner = 2016 + 2 * math.log(2) / math.log(2.2)
    later = 2018 + 2 * math.log(200 / 180) / math.log(400 / 180)
    assert q.low <= 2024 - later <= 2024 - sooner <= q.high
    assert q.high - q.low == pytest.approx(later - sooner, abs=0.2)


def test_of_a_series_that_falls_back_the_passing_before_the_first_sure_lead_counts():
    falls = series((2016, 100), (2018, 400), (2020, 150), (2022, 400))
    assert timing.ahead(falls, money(200), 2024).bounds == (7, 7)


def test_one_scope_is_asked_for():
    with pytest.raises(NotComparable):
        timing.ahead(DOUBLING, money(150, scope="industry"), 2024)


@given(
    st.lists(st.floats(10, 1000), min_size=2, max_size=5, unique=True),
    st.floats(10, 1000), st.floats(0, 0.2),
)
def test_a_growing_series_is_dated_as_by_the_time_distance_of_the_whole(values, level, loose):
    path = [(2010.0 + t, money(v * (1 - loose), v)) for t, v in enumerate(sorted(values))]
    found = timing.ahead(path, money(level), 2020)
    whole = gap.time_distance(path, money(level), 2020)
    assert found.low <= whole.low + 1e-9 and whole.high <= found.high + 1e-9
    for mine, exact in zip(found.bounds, whole.bounds):
        assert mine == exact or abs(mine - exact) < 0.1 + 1e-6


# ---------------------------------------------------------------------------- any scope: bracket


def test_a_bracket_runs_from_the_first_year_above_back_to_the_last_below():
    q = timing.bracket(DOUBLING, money(150), 2024)
    assert q.bounds == (6, 8), "above by 2018, below in 2016, and no path in between"
    assert timing.bracket(DOUBLING, money(50), 2024).bounds == (8, INF)
    assert timing.bracket(DOUBLING, money(500), 2024).bounds == (-INF, 4)
    assert q.made_by == "timing.bracket"


def test_a_bracket_across_scopes_needs_a_reason_and_keeps_it():
    other = series((2016, 100), (2018, 200), scope="industry")
    with pytest.raises(NotComparable):
        timing.bracket(other, money(150), 2024)
    q = timing.bracket(other, money(150), 2024, "because I say so")
    assert q.bounds == (6, 8) and "because I say so" in q.caveat


@given(
    st.lists(st.tuples(st.floats(10, 1000), st.floats(0, 0.3)), min_size=1, max_size=6),
    st.floats(10, 1000),
)
def test_of_a_growing_series_a_bracket_is_never_narrower_than_a_path(values, level):
    lows, highs = (sorted(v * (1 - loose * low) for v, loose in values) for low in (1, 0))
    path = [(2010.0 + t, money(*pair)) for t, pair in enumerate(zip(lows, highs))]
    on_path = timing.ahead(path, money(level), 2020).bounds
    bracket = timing.bracket(path, money(level), 2020).bounds
    assert bracket[0] <= on_path[0] + 0.1 and on_path[1] <= bracket[1] + 0.1


# ------------------------------------------------------------------------------- from the tables


def scale(place, period, value, indicator="ai_core_scale", **more):
    return observed(place, indicator, period, value, **more)


def test_a_series_holds_whole_years_in_order_of_time(made_up):
    made_up(observations=[
        scale("wuhan", "2024", 300), scale("wuhan", "2020", 100), scale("wuhan", "2022H1", 150),
        scale("wuhan", "2022-01/2022-09", 180), scale("wuhan", "2021", 500, "ai_industry_scale"),
        scale("beijing", "2019", 900),
    ])  # fmt: skip
    found = timing.series("wuhan", "ai_core_scale", "ai_industry_scale")
    assert [(t, q.middle) for t, q in found] == [(2020, 100), (2021, 500), (2024, 300)]
    with pytest.raises(NoObservation, match="no whole year of ai_core_scale for xian"):
        timing.series("xian", "ai_core_scale")


def test_a_forecast_is_no_observation(made_up):
    made_up(observations=[
        scale("wuhan", "2020", 100), scale("wuhan", "2022", 900, bound="expected"),
        scale("hefei", "2022", 900, bound="expected"),
    ])  # fmt: skip
    assert [t for t, _ in timing.series("wuhan", "ai_core_scale")] == [2020]
    with pytest.raises(NoObservation):
        timing.series("hefei", "ai_core_scale")


def test_years_since_a_city_stood_where_the_focus_stands(made_up):
    made_up(observations=[
        observed("chongqing", "rd_expenditure", "2022", "200.000"),
        observed("beijing", "rd_expenditure", "2016", "100.000"),
        observed("beijing", "rd_expenditure", "2018", "400.000"),
    ])  # fmt: skip
    # twice the start after half of two doublings: passed in 2017
    q = timing.of_level("beijing", "rd_expenditure", "2022")
    assert 5 in q and q.high - q.low <= 0.2 + 1e-9
    with pytest.raises(NoObservation):
        timing.of_level("wuhan", "rd_expenditure", "2022")
    with pytest.raises(NoObservation):
        timing.of_level("beijing", "rd_expenditure", "2023")


def deal(place, year, deals):
    return {"period": year, "place": place, "deals": deals, "source": "s"}


@pytest.fixture
def deals(made_up):
    return made_up(ai_deals_by_city=[
        deal("chongqing", "2018", 1), deal("chongqing", "2015", 3),
        *(deal("beijing", str(year), 2) for year in range(2013, 2019)),
        deal("xian", "2018", 1),
    ])  # fmt: skip


def test_deals_add_up_and_a_year_without_a_row_adds_none(deals):
    found = timing.deals("chongqing")
    assert [(t, *q.bounds) for t, q in found] == [
        (2013, 0, 0), (2014, 0, 0), (2015, 3, 3), (2016, 3, 3), (2017, 3, 3), (2018, 4, 4),
    ]  # fmt: skip


def test_deals_are_dated_against_the_sum_of_the_focus(deals):
    # Beijing's second pair of deals made it level with Chongqing's four in 2014
    assert timing.of_deals("beijing").bounds == (4, 4)
    assert timing.of_deals("xian").bounds == (-INF, 0), "not there at the end of the list"
    assert timing.of_deals("chongqing").bounds == (0, 0)


def test_deals_of_a_focus_without_any_date_nothing(made_up):
    made_up(ai_deals_by_city=[deal("beijing", str(year), 2) for year in range(2013, 2019)])
    with pytest.raises(ZeroDivisionError):
        timing.of_deals("beijing")


def test_a_year_that_the_list_lacks_altogether_is_no_year_without_deals(made_up):
    made_up(ai_deals_by_city=[deal("beijing", "2013", 2), deal("beijing", "2018", 2)])
    with pytest.raises(NoObservation, match="2014"):
        timing.deals("beijing")


def test_scales_of_ai_are_bracketed_whatever_their_scope_and_say_so(made_up):
    made_up(observations=[
        scale("chongqing", "2024", 171), scale("wuhan", "2020", 100),
        scale("wuhan", "2022", 500, "ai_industry_scale"), scale("wuhan", "2025", 900),
    ])  # fmt: skip
    q = timing.of_ai_scale("wuhan")
    assert q.bounds == (2, 4) and timing.SCALES in q.caveat
    with pytest.raises(NoObservation):
        timing.of_ai_scale("chengdu")
    with pytest.raises(KeyError):
        timing.of_ai_scale("xian")


def test_marks_are_hollow_only_where_scopes_differ():
    found = timing.marks(["chengdu"])
    assert {m.row for m in found if m.hollow} == {timing.AI_ROW}
    assert [m.place for m in found if m.row == timing.DEALS_ROW] == ["chengdu"]
    assert all(m.quantity.unit == "years" for m in found)
