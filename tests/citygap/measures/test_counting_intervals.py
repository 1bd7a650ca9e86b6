"""Exact intervals for counts, held against scipy's quantiles and published tables."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from citygap.measures.counting_intervals import (
    count_interval,
    ratio_interval,
    share_interval,
    surely_more,
    trend,
)
from citygap.quantity.quantity import RATIO, NotComparable, Quantity, exactly
from citygap.quantity.three_valued import Answer

CLOSE = dict(rel=1e-9, abs=1e-12)


def count(n, high=None, scope="filings"):
    return Quantity(n, n if high is None else high, "count", scope=scope)


@given(st.integers(0, 400), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
@settings(max_examples=25, deadline=None)
def test_a_count_has_the_interval_of_chi_square(n, level):
    tail = (1 - level) / 2
    low = stats.chi2.ppf(tail, 2 * n) / 2 if n else 0.0
    high = stats.chi2.ppf(1 - tail, 2 * n + 2) / 2
    assert count_interval(count(n), level).bounds == pytest.approx((low, high), **CLOSE)


@pytest.mark.parametrize(("n", "low", "high"), [
    (0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390),
])  # fmt: skip
def test_small_counts_are_those_of_the_printed_table(n, low, high):
    # 95 per cent limits of a Poisson expectation, as in the tables of Pearson and Hartley
    assert count_interval(count(n)).bounds == pytest.approx((low, high), abs=6e-4)


@given(st.data(), st.integers(1, 500))
@settings(max_examples=25, deadline=None)
def test_a_share_has_the_interval_of_beta(data, n):
    k = data.draw(st.integers(0, n))
    low = stats.beta.ppf(0.025, k, n - k + 1) if k else 0.0
    high = stats.beta.ppf(0.975, k + 1, n - k) if k < n else 1.0
    assert share_interval(count(k), count(n)).bounds == pytest.approx((low, high), **CLOSE)


@given(st.integers(0, 200), st.integers(1, 200))
@settings(max_examples=25, deadline=None)
def test_a_ratio_has_the_interval_of_the_conditional_binomial(a, b):
    low = stats.beta.ppf(0.025, a, b + 1) if a else 0.0
    high = stats.beta.ppf(0.975, a + 1, b)
    found = ratio_interval(count(a), count(b))
    assert found.bounds == pytest.approx((low / (1 - low), high / (1 - high)), rel=1e-7)
    assert a / b in found


def test_two_ratios_mirror_each_other_and_none_gives_no_upper_end():
    there, back = ratio_interval(count(28), count(10)), ratio_interval(count(10), count(28))
    assert there.bounds == pytest.approx((1 / back.high, 1 / back.low))
    assert ratio_interval(count(4), count(0)).high == math.inf
    assert ratio_interval(count(0), count(4)).low == 0


def test_a_count_with_bounds_takes_the_lower_end_of_the_lowest_and_the_upper_of_the_highest():
    found = count_interval(count(24, 26))
    assert found.bounds == (count_interval(count(24)).low, count_interval(count(26)).high)
    found = share_interval(count(24, 26), count(100))
    assert found.low == share_interval(count(24), count(100)).low
    assert found.high == share_interval(count(26), count(100)).high


def test_the_interval_holds_the_true_rate_in_at_least_the_stated_part_of_draws():
    # by summing the chances of all counts whose interval holds the rate
    for rate in (0.3, 2.0, 4.7, 11.0):
        held = sum(
            stats.poisson.pmf(n, rate) for n in range(80) if rate in count_interval(count(n))
        )
        assert held >= 0.95


def test_what_stands_behind_it_travels_and_its_kind_is_named():
    found = share_interval(count(10), count(1105))
    assert "chance in small counts" in found.caveat and "95 in 100" in found.caveat
    assert found.unit == RATIO
    assert "80 in 100" in count_interval(count(3), 0.8).caveat


def test_what_is_no_count_or_no_share_is_refused():
    for wrong in (count(-1, 2), count(2.5), Quantity(3, math.inf, "count")):
        with pytest.raises(ValueError, match="no count"):
            count_interval(wrong)
    with pytest.raises(ValueError, match="level"):
        count_interval(count(3), 1.0)
    with pytest.raises(ValueError, match="no share"):
        share_interval(count(5), count(4))
    with pytest.raises(ValueError, match="no share"):
        share_interval(count(0), count(0))
    with pytest.raises(ValueError, match="both none"):
        ratio_interval(count(0), count(0))
    with pytest.raises(NotComparable):
        share_interval(count(1), count(2, scope="registrations"))
    with pytest.raises(NotComparable):
        ratio_interval(count(1), count(2, scope="registrations"))
    assert share_interval(exactly(1, "count"), exactly(2, "count")).low < 0.5


@pytest.mark.parametrize(("a", "b", "answer"), [
    (154, 5, Answer.YES), (5, 154, Answer.NO), (9, 5, Answer.CANNOT_TELL), (0, 0, Answer.CANNOT_TELL),
    (0, 20, Answer.NO),
])  # fmt: skip
def test_who_surely_has_more(a, b, answer):
    assert surely_more(count(a), count(b)) is answer


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(41, 90)), min_size=3, max_size=8))
@settings(max_examples=25, deadline=None)
def test_a_trend_is_the_correlation_of_step_and_draw(pairs):
    """Its square over the number of draws is that of the correlation over single draws."""
    parts, wholes = [k for k, _ in pairs], [n for _, n in pairs]
    steps = [step for step, (k, n) in enumerate(pairs) for _ in range(n)]
    drawn = [int(i < k) for k, n in pairs for i in range(n)]
    r = stats.pearsonr(steps, drawn).statistic
    assert trend(parts, wholes) == pytest.approx(r * math.sqrt(len(drawn)), rel=1e-9, abs=1e-9)


def test_a_trend_asks_for_three_steps_and_a_share():
    for wrong in (([1, 2], [5, 5]), ([0, 0, 0], [5, 5, 5]), ([5, 5, 5], [5, 5, 5])):
        with pytest.raises(ValueError, match="three steps"):
            trend(*wrong)
