"""What luck does to a concentration, against values worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from citygap import chance as c
from citygap import concentration
from citygap.quantity import exactly


def counts(*numbers: int) -> dict:
    return {f"p{i}": exactly(n, "count", rows=(f"row{i}",)) for i, n in enumerate(numbers)}


def test_two_deals_lie_in_one_place_by_hand():
    # 3 and 2: of the 10 pairs, 3 + 1 lie in one place
    assert c.same_place(np.array([3, 2])) == pytest.approx(4 / 10)
    assert c.same_place(np.array([[3, 2], [5, 0]])).tolist() == pytest.approx([0.4, 1.0])


def test_it_is_the_index_without_the_pairs_of_a_deal_with_itself():
    n, x = 10, np.array([5, 3, 2])
    assert c.same_place(x) == pytest.approx((n * concentration.hhi(x) - 1) / (n - 1))


def test_it_is_true_on_average_where_the_index_is_too_high():
    shares = np.array([0.4, 0.3, 0.2, 0.1])
    draws = np.random.default_rng(1).multinomial(12, shares, size=20_000)
    assert c.same_place(draws).mean() == pytest.approx((shares**2).sum(), abs=0.003)
    assert ((draws / 12) ** 2).sum(axis=1).mean() > (shares**2).sum() + 0.04


def test_the_four_largest_by_hand():
    assert c.four_largest(np.array([1, 9, 3, 2, 4, 1])) == pytest.approx(18 / 20)


def test_more_deals_leave_less_open():
    few, many = c.again(counts(6, 3, 1)), c.again(counts(600, 300, 100))
    assert few.high - few.low > 5 * (many.high - many.low)
    assert 0.46 in many and many == c.again(counts(600, 300, 100))


def test_a_part_of_an_even_whole_by_hand():
    # one of each of two kinds, two drawn: always one and one, and all parts are as concentrated
    assert c.as_concentrated(counts(1, 1), counts(1, 1)).middle == 100
    # two of two each: 2 of the 6 pairs are of one kind
    assert c.as_concentrated(counts(2, 0), counts(2, 2)).middle == pytest.approx(100 / 3, abs=1)


def test_a_part_larger_than_the_whole_is_no_part():
    with pytest.raises(ValueError, match="part of 5"):
        c.as_concentrated(counts(5), counts(2, 2))
