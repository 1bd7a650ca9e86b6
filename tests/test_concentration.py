"""Concentration: by hand, against an independent library, and bounds that no completion leaves."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inequality.gini import Gini
from inequality.theil import Theil

from citygap import concentration as c
from citygap.quantity import Quantity, UnitMismatch, exactly

settings.register_profile("citygap", deadline=None, max_examples=150)
settings.load_profile("citygap")

EVERY_MEASURE = [
    c.shares, c.hhi, c.effective_number, c.gini, c.theil, c.lorenz, c.rank_size,
    lambda x: c.concentration_ratio(x, 1),
]  # fmt: skip

counts = st.lists(st.integers(0, 10_000), min_size=1, max_size=30).filter(any)


def bounds(q):
    return q.low, q.high


# --------------------------------------------------------------------------------- complete lists


def test_measures_by_hand():
    x = np.array([50, 30, 20])
    np.testing.assert_allclose(c.shares(x), [0.5, 0.3, 0.2])
    assert c.hhi(x) == pytest.approx(0.25 + 0.09 + 0.04)
    assert c.effective_number(x) == pytest.approx(1 / 0.38)
    assert c.concentration_ratio(x, 2) == pytest.approx(0.8)
    assert c.concentration_ratio(x, 9) == 1
    # sum of |x_i - x_j| over all pairs is 2 (20 + 30 + 10) = 120; over 2 n sum x = 600
    assert c.gini(x) == pytest.approx(0.2)
    assert c.theil(x) == pytest.approx(
        0.5 * math.log(1.5) + 0.3 * math.log(0.9) + 0.2 * math.log(0.6)
    )
    units, total = c.lorenz(x)
    np.testing.assert_allclose(units, [0, 1 / 3, 2 / 3, 1])
    np.testing.assert_allclose(total, [0, 0.2, 0.5, 1])


def test_extremes():
    equal, single = np.full(8, 3.0), np.array([0, 0, 0, 7])
    assert (c.hhi(equal), c.effective_number(equal)) == (0.125, 8)
    assert c.gini(equal) == pytest.approx(0) and c.theil(equal) == pytest.approx(0)
    assert (c.hhi(single), c.gini(single)) == (1, 0.75)
    assert c.theil(single) == pytest.approx(math.log(4))


@given(counts)
def test_gini_and_theil_agree_with_pysal(values):
    x = np.array(values, dtype=float)
    assert c.gini(x) == pytest.approx(Gini(x).g, abs=1e-12)
    assert c.theil(x) == pytest.approx(float(Theil(x).T), abs=1e-12)


@given(counts)
def test_measures_keep_their_ranges_and_do_not_mind_scale(values):
    x = np.array(values, dtype=float)
    n = len(x)
    assert 1 / n - 1e-12 <= c.hhi(x) <= 1 + 1e-12
    assert 0 <= c.gini(x) <= 1 - 1 / n + 1e-12
    assert 0 <= c.theil(x) <= math.log(n) + 1e-12
    for measure in (c.hhi, c.gini, c.theil):
        assert measure(x * 7.5) == pytest.approx(measure(x), abs=1e-12)
    units, total = c.lorenz(x)
    assert (total <= units + 1e-12).all() and total[-1] == 1
    area = np.trapezoid(total, units)
    assert 1 - 2 * area == pytest.approx(c.gini(x), abs=1e-9), "Gini is twice the area"


@pytest.mark.parametrize("measure", EVERY_MEASURE)
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "a list of values"),
        ([[1, 2], [3, 4]], "a list of values"),
        ([1, -2, 3], "0 or more"),
        ([1, math.nan, 3], "missing or infinite"),
        ([1, math.inf, 3], "missing or infinite"),
        ([0, 0, 0], "all values are 0"),
    ],
)
def test_bad_lists_are_refused(measure, values, message):
    with pytest.raises(ValueError, match=message):
        measure(np.array(values))


def test_a_concentration_ratio_needs_one_unit():
    with pytest.raises(ValueError, match="1 or more"):
        c.concentration_ratio(np.array([1, 2]), 0)


# -------------------------------------------------------------------------------------- rank-size


def test_rank_size_recovers_an_exact_law():
    n, b = 40, 1.3
    x = (np.arange(1, n + 1) - 0.5) ** (-1 / b) * 500
    fit = c.rank_size(np.random.default_rng(1).permutation(x))
    assert (fit.exponent, fit.slope, fit.n) == (pytest.approx(b), pytest.approx(-b), n)
    assert fit.standard_error == pytest.approx(b * math.sqrt(2 / n))
    assert fit.intercept == pytest.approx(b * math.log(500))
    assert fit.interval() == pytest.approx(
        (b - 1.96 * fit.standard_error, b + 1.96 * fit.standard_error)
    )


def test_rank_size_is_the_least_squares_line():
    x = np.array([764.0, 310, 221, 90, 55, 54])
    slope, intercept = np.polyfit(np.log(x), np.log(np.arange(1, 7) - 0.5), 1)
    fit = c.rank_size(x)
    assert (fit.slope, fit.intercept) == (pytest.approx(slope), pytest.approx(intercept))


def test_rank_size_needs_a_tail():
    for values, message in [
        ([1, 2], "three"), ([3, 2, 0], "units of 0"), ([2, 2, 2], "differ")
    ]:  # fmt: skip
        with pytest.raises(ValueError, match=message):
            c.rank_size(np.array(values))


# ----------------------------------------------------------------------------------------- bounds


def test_hhi_bounds_by_hand():
    # 40 % and 30 % published: the rest is dust at best, one more unit of 30 % at worst.
    assert bounds(c.hhi_bounds([0.4, 0.3])) == pytest.approx((0.25, 0.34))
    # Three other units: 10 % each at best.
    assert bounds(c.hhi_bounds([0.4, 0.3], n_rest_max=3)) == pytest.approx((0.28, 0.34))
    # 40, 30, 10: the rest is two units of 10 % at worst.
    assert bounds(c.hhi_bounds([0.4, 0.3, 0.1])) == pytest.approx((0.26, 0.28))
    # Each at most 4 %: five full units.
    q = c.hhi_bounds([0.4, 0.3, 0.1], rest_each_at_most=0.04)
    assert bounds(q) == pytest.approx((0.26, 0.26 + 5 * 0.04**2))
    # A unit and a half: 25 % of cap 20 %.
    assert c.hhi_bounds([0.55, 0.2]).high == pytest.approx(0.55**2 + 0.04 + 0.04 + 0.05**2)
    assert bounds(c.hhi_bounds([0.6, 0.4], n_rest_max=0)) == pytest.approx((0.52, 0.52))
    assert str(c.hhi_bounds([0.4, 0.3])) == "0.25 to 0.34"


def test_gini_and_theil_bounds_by_hand():
    q = c.gini_bounds([0.4, 0.3], n=6)
    assert q.low == pytest.approx(c.gini([0.4, 0.3, 0.075, 0.075, 0.075, 0.075]))
    assert q.high == pytest.approx(c.gini([0.4, 0.3, 0.3, 0, 0, 0]))
    q = c.theil_bounds([0.4, 0.3], n=6)
    assert q.low == pytest.approx(c.theil([0.4, 0.3, 0.075, 0.075, 0.075, 0.075]))
    assert q.high == pytest.approx(c.theil([0.4, 0.3, 0.3, 0, 0, 0]))
    assert bounds(c.gini_bounds([0.5, 0.5], n=2)) == (0, pytest.approx(0, abs=1e-12))


def test_bounds_take_percentages_and_carry_sources():
    top = [
        Quantity(40, 45, "%", sources=("a",)),
        Quantity(30, 32, "%", sources=("b",), confidence="low"),
    ]
    q = c.hhi_bounds(top)
    # Worst: 45, 32 and a third of 23 %, below the cap.
    assert bounds(q) == pytest.approx((0.25, 0.45**2 + 0.32**2 + 0.23**2))
    assert (q.sources, q.confidence, q.unit) == (("a", "b"), "low", "ratio")
    assert q.made_by == "concentration.hhi_bounds"
    with pytest.raises(UnitMismatch):
        c.hhi_bounds([exactly(3, "count")])


def test_top_shares_divide_by_the_published_total():
    top = c.top_shares([exactly(30, "count"), exactly(20, "count")], Quantity(95, 105, "count"))
    assert bounds(top[0]) == pytest.approx((30 / 105, 30 / 95))
    assert c.hhi_bounds(top).low == pytest.approx((30 / 105) ** 2 + (20 / 105) ** 2)


@pytest.mark.parametrize(
    ("top", "fields", "message"),
    [
        ([0.7, 0.5], {}, "no parts of one whole"),
        ([-0.1], {}, "no parts of one whole"),
        ([], {}, "no published share"),
        ([0.4, 0.1], {"n_rest_max": 3}, "does not fit"),
        ([0.4, 0.1], {"n_rest_max": 0}, "does not fit"),
        ([0.4, 0.1], {"n_rest_max": -1}, "0 or more"),
        ([0.4, 0.1], {"rest_each_at_most": -1}, "0 or more"),
        ([0.4, 0.1], {"rest_each_at_most": 0}, "does not fit"),
        ([0.4, 0.1], {"rest_each_at_most": 1e-9}, "larger cap"),
    ],
)
def test_impossible_shares_are_refused(top, fields, message):
    with pytest.raises(ValueError, match=message):
        c.hhi_bounds(top, **fields)
    with pytest.raises(ValueError, match="units in all"):
        c.gini_bounds([0.5, 0.3], n=1)


# A completion is drawn first and its top published; so the bounds are known to be possible.


@st.composite
def published(draw):
    """A complete list, how many of its largest are published, and how loosely."""
    weights = draw(st.lists(st.integers(1, 50), min_size=2, max_size=8))
    full = np.sort(c.shares(weights))[::-1]
    k = draw(st.integers(1, len(full)))
    loose = draw(st.floats(0, 0.3))
    top = [Quantity(max(0, s - draw(st.floats(0, loose))), s + draw(st.floats(0, loose)))
           for s in full[:k]]  # fmt: skip
    return full, top


@given(published(), st.integers(0, 3))
def test_no_completion_leaves_the_bounds(case, more):
    full, top = case
    rest = len(full) - len(top)
    value = c.hhi(full)
    for q in (c.hhi_bounds(top), c.hhi_bounds(top, n_rest_max=rest + more)):
        assert q.low - 1e-12 <= value <= q.high + 1e-12
    padded = np.append(full, np.zeros(more))
    for measure, limits in [(c.gini, c.gini_bounds), (c.theil, c.theil_bounds)]:
        q = limits(top, n=len(padded))
        assert q.low - 1e-12 <= measure(padded) <= q.high + 1e-12


@given(published(), st.one_of(st.none(), st.floats(0.05, 0.5)))
def test_the_bounds_are_attained_by_possible_completions(case, cap):
    full, top = case
    rest = len(full) - len(top) + 1
    try:
        q = c.hhi_bounds(top, n_rest_max=rest, rest_each_at_most=cap)
    except ValueError:
        return  # the cap leaves no room
    low, high, _ = c._box(top)
    most_equal = c._most_equal(low, high, rest, c._cap(high, cap))
    most_unequal = max(c._most_unequal(low, high, rest, cap), key=c._hhi)
    for s, bound in [(most_equal, q.low), (most_unequal, q.high)]:
        published_part, others = s[: len(top)], s[len(top) :]
        assert s.sum() == pytest.approx(1)
        assert (published_part >= low - 1e-9).all() and (published_part <= high + 1e-9).all()
        assert len(others) <= rest
        assert (others <= min(published_part.min(), cap or 1) + 1e-9).all(), "none is hidden"
        assert c._hhi(s) == pytest.approx(bound)


@pytest.mark.parametrize("seed", range(6))
def test_random_completions_stay_inside_and_approach_the_lower_bound(seed):
    rng = np.random.default_rng(seed)
    full = np.sort(c.shares(rng.integers(1, 60, 5)))[::-1]
    k = int(rng.integers(1, 4))
    width = rng.choice([0, 0.02, 0.15])
    low, high = np.maximum(full[:k] - width, 0), full[:k] + width
    top = [Quantity(a, b) for a, b in zip(low, high, strict=True)]
    found = np.concatenate(list(completions(low, high, 5 - k, rng)))
    assert len(found) > 100
    for values, q in [
        ((found**2).sum(axis=1), c.hhi_bounds(top, n_rest_max=5 - k)),
        ([c.gini(s) for s in found], c.gini_bounds(top, n=5)),
        ([c.theil(s) for s in found], c.theil_bounds(top, n=5)),
    ]:
        assert q.low - 1e-9 <= min(values) and max(values) <= q.high + 1e-9
        assert min(values) <= q.low + 0.2 * (q.high - q.low) + 1e-9


def completions(low, high, rest, rng, size=1500):
    """Random sets of shares that fit, near their corners as often as inside."""
    for concentrated in (0.05, 0.3, 1, 30):
        for corner in (0.2, 1, 5):
            s = low + (high - low) * rng.beta(corner, corner, (size, len(low)))
            left = 1 - s.sum(axis=1, keepdims=True)
            y = rng.dirichlet(np.full(rest, concentrated), size) * left
            fits = (left[:, 0] >= 0) & (y <= s.min(axis=1, keepdims=True)).all(axis=1)
            yield np.hstack((s, y))[fits]


def test_bounds_of_shares_that_may_be_more_than_all_are_sharp():
    # Upper ends add up to 1.2, so not both can be at theirs: 60 and 40, or 40 and 60, at worst.
    q = c.hhi_bounds([Quantity(0.3, 0.6), Quantity(0.3, 0.6)], n_rest_max=0)
    assert bounds(q) == pytest.approx((0.5, 0.52))


@given(st.lists(st.tuples(st.floats(0.01, 0.3), st.floats(0, 0.3)), min_size=2, max_size=5))
def test_the_envelope_for_many_shares_is_never_inside_the_sharp_bound(pairs):
    low = np.array([a for a, _ in pairs]) / 2
    high = low + np.array([b for _, b in pairs])
    if low.sum() < 1 < high.sum():
        sharp = max(map(c._hhi, c._most_unequal(low, high, 0, None)))
        envelope = c._envelope(low, high)
        assert envelope.sum() == pytest.approx(1)
        assert c._hhi(envelope) >= sharp - 1e-12


def test_a_complete_list_with_one_loose_share_is_bounded():
    # The upper ends add up to a little more than 1, and rounding to a little less than nothing.
    rest = [1 / 54] * 7
    q = c.gini_bounds([Quantity(47 / 54, 1.1), *rest], n=8)
    assert q.low == pytest.approx(c.gini([47, *[1] * 7]), abs=1e-9)


def test_many_loose_shares_take_the_envelope():
    top = [Quantity(0.01, 0.2)] * 20
    q = c.hhi_bounds(top, n_rest_max=0)
    # Most unequal: four at 0.2 would leave 0.2 for sixteen of at least 0.01.
    exact = 4 * 0.2**2 + 0.05**2 + 15 * 0.01**2
    assert q.high == pytest.approx(exact)
    assert q.low == pytest.approx(1 / 20)
