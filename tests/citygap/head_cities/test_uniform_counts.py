"""Counts that treat the head cities alike: which cover them, and who is first."""

from __future__ import annotations

import math

import pytest

from citygap.comparison.comparable_counts import listed
from citygap.comparison.comparable_counts import observed as reader
from citygap.data.tables import NoObservation
from citygap.head_cities import uniform_counts as u
from citygap.quantity.quantity import Quantity
from tests.small_tables import observed

FIRMS = u.Count("database", "Firms", reader("ai_firms_itjuzi", "2021-03"), kind="firms")
ALGORITHMS = u.Count("algorithms", "Algorithms", reader("algorithm_filings", u.FILINGS), True,
                     kind="models")  # fmt: skip
DEALS = u.Count("deals", "Deals", listed("ai-deals-by-city", "deals", ["2018"]), kind="money")
COUNTED = [
    *(observed(p, "ai_firms_itjuzi", "2021-03", v) for p, v in (("beijing", 9), ("shenzhen", 4))),
    *(observed(p, "algorithm_filings", u.FILINGS, v) for p, v in (("beijing", 7), ("guangdong", 5))),
]
BOTH = ("beijing", "shenzhen")


def row(**values):
    """A number or bounds for each place."""
    return {
        place: Quantity(*(v if isinstance(v, tuple) else (v, v)), "count", scope="k", place=place)
        for place, v in values.items()
    }


def test_first_is_who_has_more_than_all_others_for_certain():
    rows = row(x=9, y=5), row(x=5, y=9), row(x=(4, 9), y=5), row(x=5, y=5)
    assert [u.first(r) for r in rows] == ["x", "y", None, None]
    assert u.first(row(x=(1, math.inf), y=0)) == "x"
    assert u.first({}) is None


def test_firsts_add_up_to_the_rows_with_the_undecided_under_none():
    rows = [row(x=9, y=5), row(x=5, y=9), row(x=(4, 9), y=5), row(x=2, y=1)]
    assert u.firsts([(FIRMS, r) for r in rows]) == {"x": 2, "y": 1, None: 1}
    assert u.firsts([]) == {}


def test_a_count_that_misses_a_place_is_left_out(made_up):
    made_up(observations=COUNTED)
    assert [count.key for count, _ in u.rows([FIRMS, ALGORITHMS], BOTH)] == ["database", "algorithms"]
    assert u.rows([FIRMS], ("beijing", "hangzhou")) == []


def test_a_province_bounds_its_city_from_none_to_all(made_up):
    made_up(observations=COUNTED)
    (_, firms), (_, algorithms) = u.rows([FIRMS, ALGORITHMS], BOTH)
    assert firms["shenzhen"].bounds == (4, 4)
    assert algorithms["beijing"].bounds == (7, 7)
    assert (algorithms["shenzhen"].bounds, algorithms["shenzhen"].place) == ((0, 5), "shenzhen")


@pytest.mark.parametrize("out", ["beijing", "shenzhen"])
def test_a_count_of_which_a_row_was_left_out_is_left_out(made_up, out):
    deals = [{"period": "2018", "place": p, "deals": 5, "source": "s"} for p in BOTH]
    made = made_up(observations=COUNTED, ai_deals_by_city=deals)
    assert len(u.rows([FIRMS, DEALS], BOTH)) == 2
    with made.leaving_out(lambda r: r.get("place") == out):
        assert u.rows([FIRMS, DEALS], BOTH) == []


def test_a_list_to_an_earlier_year_is_still_complete(made_up):
    deals = [{"period": year, "place": p, "deals": 5, "source": "s"}
             for year, p in (("2017", "beijing"), ("2018", "beijing"), ("2018", "shenzhen"))]
    made = made_up(ai_deals_by_city=deals)
    both_years = u.Count("deals", "Deals", listed("ai-deals-by-city", "deals"), kind="money")
    with made.leaving_out(lambda r: r["period"] == "2018"):
        ((_, found),) = u.rows([both_years], BOTH)
    assert (found["beijing"].bounds, found["shenzhen"].bounds) == ((5, 5), (0, 0))


def test_money_is_shown_in_billions():
    in_billions = u.in_billions(lambda place: Quantity(25, 25, "1e8 CNY"))
    assert in_billions("x").bounds == (2.5, 2.5) and in_billions("x").unit == "1e9 CNY"


def test_a_count_per_resident_is_divided_by_those_of_its_own_place(made_up):
    residents = [observed(p, *u.RESIDENTS, v) for p, v in (("beijing", 2000), ("shenzhen", 500))]
    made_up(observations=[*COUNTED, *residents])
    ((_, found),) = u.per_resident(u.rows([FIRMS], BOTH))
    assert [found[p].middle for p in BOTH] == pytest.approx([9 / 20, 4 / 5], rel=1e-5)
    assert u.PER_RESIDENT in found["beijing"].caveat


def test_without_residents_there_is_no_count_of_them(made_up):
    made_up(observations=COUNTED)
    with pytest.raises(NoObservation):
        u.per_resident(u.rows([FIRMS], BOTH))


def test_applications_are_counted_of_provinces_and_municipalities_only():
    assert u.registered("shanghai").low > 0
    with pytest.raises(NoObservation):
        u.registered("shenzhen")


def test_every_count_of_the_book_covers_the_head_cities_and_has_a_key_of_its_own():
    assert [count for count, _ in u.rows()] == list(u.COUNTS)
    assert len(u.COUNT) == len(u.COUNTS)
