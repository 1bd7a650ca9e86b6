"""The exponent of growth finds what was put in."""

from __future__ import annotations

import numpy as np
import pytest

from citygap.capital import preferential_attachment as m
from citygap.data.tables import NoObservation


def test_by_hand_two_cities_whose_deals_follow_their_stock_grow_in_proportion():
    # stocks 8 and 2, new deals 4 and 1: the odds of 4 to 1 are those of the stocks, so b = 1
    assert float(m.exponent(np.array([[4.0, 1.0]]), np.array([[8.0, 2.0]]))) == pytest.approx(1)


def test_by_hand_odds_above_and_below_those_of_the_stock():
    # odds = (stock ratio) ** b: 16 = 4 ** 2, 2 = 4 ** 0.5, 1 = 4 ** 0
    stock = np.array([[8.0, 2.0]])
    for odds, b in ((16, 2), (2, 0.5), (1, 0)):
        found = float(m.exponent(np.array([[float(odds), 1.0]]), stock))
        assert found == pytest.approx(b, abs=1e-8), odds


def test_a_year_counts_by_its_deals_and_not_by_its_size():
    # two years with the same odds give the same exponent as one, however many deals each had
    new, stock = np.array([[4.0, 1.0], [40.0, 10.0]]), np.array([[8.0, 2.0], [80.0, 20.0]])
    assert float(m.exponent(new, stock)) == pytest.approx(1)


def test_what_goes_to_a_city_without_a_stock_is_left_out():
    new, stock = np.array([[4.0, 1.0, 7.0]]), np.array([[8.0, 2.0, 0.0]])
    assert float(m.exponent(new, stock)) == pytest.approx(1)


def test_weights_count_a_city_several_times():
    new, stock = np.array([[4.0, 1.0]]), np.array([[8.0, 2.0]])
    # the second city twice is the list 8, 2, 2 with deals 4, 1, 1: odds of 4 to 1 still
    assert float(m.exponent(new, stock, np.array([1.0, 2.0]))) == pytest.approx(1)
    three = m.exponent(np.array([[9.0, 1.0, 3.0]]), np.array([[8.0, 2.0, 5.0]]))
    kept = m.exponent(np.array([[9.0, 1.0]]), np.array([[8.0, 2.0]]))
    weighed = m.exponent(
        np.array([[9.0, 1.0, 3.0]]), np.array([[8.0, 2.0, 5.0]]), np.array([1.0, 1.0, 0.0])
    )
    assert float(weighed) == pytest.approx(float(kept)) != pytest.approx(float(three))


def test_no_exponent_where_the_stocks_do_not_differ_or_one_city_gets_all():
    same = m.exponent(np.array([[4.0, 1.0]]), np.array([[5.0, 5.0]]))
    runaway = m.exponent(np.array([[4.0, 0.0]]), np.array([[8.0, 2.0]]))
    assert np.isnan(same) and np.isnan(runaway)


def test_many_histories_at_once_are_the_same_as_one_by_one():
    random = np.random.default_rng(1)
    new, stock = random.integers(0, 9, (5, 3, 7)), random.integers(1, 30, (5, 3, 7))
    together = m.exponent(new.astype(float), stock.astype(float))
    alone = [float(m.exponent(n.astype(float), s.astype(float))) for n, s in zip(new, stock)]
    np.testing.assert_allclose(together, alone)


@pytest.mark.parametrize("b", [0.5, 1.0, 1.3])
def test_the_exponent_of_drawn_years_is_the_one_they_were_drawn_with(b):
    first, random = np.array([40.0, 20.0, 10.0, 5.0, 2.0, 1.0]), np.random.default_rng(3)
    chance = first**b / (first**b).sum()
    found = [m.exponent(random.multinomial(400, chance)[None], first[None]) for _ in range(200)]
    assert float(np.nanmean(found)) == pytest.approx(b, abs=0.03)


def test_the_list_starts_where_its_table_does_and_its_stock_is_what_came_before():
    found = m.history()
    assert found.years[0] == "2013" and found.flows.sum(axis=1).tolist() == [35, 94, 197, 241, 231, 187]
    beijing = found.cities.index("beijing")
    assert found.stock[:, beijing].tolist() == [14, 55, 132, 237, 338]
    assert found.new[:, beijing].tolist() == [41, 77, 105, 101, 74]
    with pytest.raises(NoObservation):
        m.history(since="2018")


def test_samples_of_the_cities_are_the_same_each_time_and_hold_the_list():
    found = m.history()
    assert m.seen(found) == m.seen(found)
    assert m.best(found).middle in m.seen(found)
    assert m.seen(found).rows and m.seen(found).caveat


def test_a_start_counts_cities_without_a_deal_and_newcomers_are_their_part():
    # by hand: stocks 3 and 0 become 4 and 1; new deals 4 and 1 are then in proportion
    flows = np.array([[3.0, 0.0], [4.0, 1.0]])
    found = m.History(("2013", "2014"), ("a", "b"), flows, ())
    assert float(m.exponent(found.new, found.stock + m.START)) == pytest.approx(1)
    assert m.newcomers(m.history()).middle == pytest.approx(100 * 23 / 950)
    both = m.either_way(m.history())
    assert both.low == m.seen(m.history()).low and both.high == m.with_a_start(m.history()).high


def test_a_list_whose_cities_do_not_differ_has_no_exponent():
    flat = m.History(("2013", "2014"), ("a", "b"), np.array([[5.0, 5.0], [4.0, 4.0]]), ())
    for of in (m.best, m.seen):
        with pytest.raises(NoObservation, match="do not differ"):
            of(flat)


def test_a_strong_pull_is_told_by_what_twice_the_deals_draw():
    assert m.pull_of_twice().middle == pytest.approx(2**m.STRONG) and m.CHOSEN in m.strong().caveat
