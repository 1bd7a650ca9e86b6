"""Concentration: by hand, and against an independent library."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inequality.gini import Gini
from inequality.theil import Theil

from citygap.measures import concentration as c

settings.register_profile("citygap", deadline=None, max_examples=150)
settings.load_profile("citygap")

EVERY_MEASURE = [
    c.shares, c.hhi, c.gini, c.theil, lambda x: c.concentration_ratio(x, 1),
]  # fmt: skip

counts = st.lists(st.integers(0, 10_000), min_size=1, max_size=30).filter(any)


# --------------------------------------------------------------------------------- complete lists


def test_measures_by_hand():
    x = np.array([50, 30, 20])
    np.testing.assert_allclose(c.shares(x), [0.5, 0.3, 0.2])
    assert c.hhi(x) == pytest.approx(0.25 + 0.09 + 0.04)
    assert c.concentration_ratio(x, 2) == pytest.approx(0.8)
    assert c.concentration_ratio(x, 9) == 1
    # sum of |x_i - x_j| over all pairs is 2 (20 + 30 + 10) = 120; over 2 n sum x = 600
    assert c.gini(x) == pytest.approx(0.2)
    assert c.theil(x) == pytest.approx(
        0.5 * math.log(1.5) + 0.3 * math.log(0.9) + 0.2 * math.log(0.6)
    )


def test_extremes():
    equal, single = np.full(8, 3.0), np.array([0, 0, 0, 7])
    assert c.hhi(equal) == 0.125
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
