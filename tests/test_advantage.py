"""In what a city is strongest: by hand, against Balassa's index, and true of all values inside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citygap import advantage as a
from citygap import gap
from citygap.quantity import Quantity
from citygap.tables import NoObservation
from citygap.yardsticks import listed, observed as reader
from small_tables import observed

settings.register_profile("citygap", deadline=None, max_examples=100)
settings.load_profile("citygap")


def row(kind, key="", **values):
    """A count of ``kind``: a number or bounds for each place."""
    found = {
        place: Quantity(*(v if isinstance(v, tuple) else (v, v)), "count", scope=key or kind, place=place)
        for place, v in values.items()
    }  # fmt: skip
    return a.Count(key or kind, key or kind, None, kind=kind), found


#: x has three quarters of the firms and half of the money; of y's money it is as much.
PLAIN = [row("firms", x=30, y=10), row("money", x=20, y=20)]


def of(table, city, kind):
    return a.advantage(table, city, kind)


def test_an_advantage_is_the_share_in_a_kind_over_the_share_in_all():
    # x: shares 3/4 and 1/2, their mean 5/8; y: 1/4 and 1/2, mean 3/8
    assert of(PLAIN, "x", "firms").middle == pytest.approx(0.75 / 0.625)
    assert of(PLAIN, "x", "money").middle == pytest.approx(0.5 / 0.625)
    assert of(PLAIN, "y", "firms").middle == pytest.approx(0.25 / 0.375)
    assert of(PLAIN, "y", "money").middle == pytest.approx(0.5 / 0.375)
    assert of(PLAIN, "y", "money").place == "y"


def test_counts_of_one_kind_are_averaged_and_a_long_list_weighs_no_more():
    second = row("firms", "short", x=1, y=3)
    # x's shares of firms: 3/4 and 1/4, mean 1/2, as in money
    assert of([*PLAIN, second], "x", "firms").middle == pytest.approx(1)
    thousandfold = row("firms", "short", x=1000, y=3000)
    assert of([*PLAIN, thousandfold], "x", "firms").middle == pytest.approx(1)


def test_with_one_count_a_kind_it_is_the_index_of_balassa():
    table = [row("firms", x=30, y=10, z=5), row("money", x=20, y=25, z=1), row("models", x=2, y=3, z=4)]
    shares = np.array([[q.middle for q in r.values()] for _, r in table])
    shares = shares / shares.sum(axis=1, keepdims=True)
    index = gap.balassa(shares.T)
    for i, city in enumerate("xyz"):
        for j, kind in enumerate(("firms", "money", "models")):
            assert of(table, city, kind).middle == pytest.approx(index[i, j])


def test_neither_the_order_of_counts_nor_of_places_matters():
    turned = [(count, dict(reversed(values.items()))) for count, values in PLAIN[::-1]]
    for city in "xy":
        for kind in ("firms", "money"):
            assert of(turned, city, kind).bounds == pytest.approx(of(PLAIN, city, kind).bounds)


ranges = st.tuples(st.floats(1, 100), st.floats(1, 100), st.floats(0, 1)).map(
    lambda t: (min(t[:2]), max(t[:2]), min(t[:2]) + t[2] * abs(t[0] - t[1]))
)


@given(st.lists(ranges, min_size=9, max_size=9))
def test_bounds_hold_every_value_inside(drawn):
    kinds = ("firms", "firms", "money")
    loose, exact = [], []
    for n, kind in enumerate(kinds):
        part = dict(zip("xyz", drawn[3 * n : 3 * n + 3]))
        loose.append(row(kind, f"k{n}", **{p: (v[0], v[1]) for p, v in part.items()}))
        exact.append(row(kind, f"k{n}", **{p: v[2] for p, v in part.items()}))
    for city in "xyz":
        for kind in ("firms", "money"):
            q, true = of(loose, city, kind), of(exact, city, kind).middle
            assert q.low - 1e-9 <= true <= q.high + 1e-9


def test_bounds_are_reached_at_the_ends():
    # x has half to three quarters of the firms, and half of the money
    table = [row("firms", x=(10, 30), y=10), row("money", x=20, y=20)]
    assert of(table, "x", "firms").bounds == pytest.approx((1, 0.75 / 0.625))


def test_a_kind_without_a_count_is_no_advantage():
    for measure in (a.advantage, a.spread):
        with pytest.raises(NoObservation, match="no count of robots"):
            measure(PLAIN, "x", "robots")


def test_a_type_is_the_kind_that_is_surely_the_strongest():
    assert (a.type_of(PLAIN, "x"), a.type_of(PLAIN, "y")) == ("firms", "money")
    assert a.type_of([row("firms", x=30, y=10), row("money", x=3, y=1)], "x") is None, "a tie"
    assert a.type_of([row("firms", x=(10, 30), y=10), row("money", x=20, y=20)], "x") is None
    assert a.type_of([], "x") is None


THREE = [*PLAIN, row("firms", "more", x=1, y=3)]


def test_a_type_that_one_count_carries_is_not_stable():
    # without the second list of firms x is of type firms; without the first, of type money
    assert a.types_without_one(THREE, "x") == {"firms": "money", "money": "firms", "more": "firms"}
    assert not a.stable(THREE, "x")
    assert a.type_of(THREE, "x") is None


def test_a_type_that_every_count_bears_out_is_stable():
    table = [row("firms", "f1", x=30, y=10), row("firms", "f2", x=3, y=1),
             row("money", "m1", x=1, y=1), row("money", "m2", x=2, y=3)]  # fmt: skip
    assert a.stable(table, "x") and a.has_type(table, "x", "firms")
    assert a.stable(table, "y") and a.has_type(table, "y", "money")
    assert not a.has_type(table, "x", "money")


def test_there_is_no_type_where_there_is_nothing_to_tell_it_from():
    for table, kind in ((PLAIN[:1], "firms"), (PLAIN, "robots"), ([], "firms")):
        with pytest.raises(NoObservation, match=f"no counts to tell {kind}"):
            a.has_type(table, "x", kind)


def test_the_spread_holds_the_whole_table_and_every_table_with_one_dropped():
    q = a.spread(THREE, "x", "firms")
    # whole: 1; without "firms": (1/4)/((1/4 + 1/2)/2) = 2/3; without "more": 1.2; without money: 1
    assert q.bounds == pytest.approx((2 / 3, 1.2))
    assert of(THREE, "x", "firms").middle in q


def test_marks_leave_out_a_kind_without_a_count():
    found = {(m.row, m.place) for m in a.marks(PLAIN, ["x", "y"])}
    assert found == {("firms", "x"), ("firms", "y"), ("money", "x"), ("money", "y")}


# ------------------------------------------------------------------------------- from the tables

FIRMS = a.Count("database", "Firms", reader("ai_firms_itjuzi", "2021-03"), kind="firms")
FILED = a.Count("filed", "Filed", reader("models_filed", "2025-03-31"), True, kind="models")
DEALS = a.Count("deals", "Deals", listed("ai-deals-by-city", "deals", ["2018"]), kind="money")
COUNTED = [
    *(observed(p, "ai_firms_itjuzi", "2021-03", v) for p, v in (("beijing", 9), ("shenzhen", 4))),
    *(observed(p, "models_filed", "2025-03-31", v) for p, v in (("beijing", 7), ("guangdong", 5))),
]
BOTH = ("beijing", "shenzhen")


def test_a_count_that_misses_a_place_is_left_out(made_up):
    made_up(observations=COUNTED)
    assert [count.key for count, _ in a.rows([FIRMS, FILED], BOTH)] == ["database"]
    assert a.rows([FIRMS], ("beijing", "hangzhou")) == []


def test_a_province_bounds_its_city_from_none_to_all_where_it_is_asked_for(made_up):
    made_up(observations=COUNTED)
    (_, firms), (_, filed) = a.rows([FIRMS, FILED], BOTH, provinces=True)
    assert firms["shenzhen"].bounds == (4, 4)
    assert filed["beijing"].bounds == (7, 7)
    assert (filed["shenzhen"].bounds, filed["shenzhen"].place) == ((0, 5), "shenzhen")


@pytest.mark.parametrize("out", ["beijing", "shenzhen"])
def test_a_count_of_which_a_row_was_left_out_is_left_out(made_up, out):
    deals = [{"period": "2018", "place": p, "deals": 5, "source": "s"} for p in BOTH]
    made = made_up(observations=COUNTED, ai_deals_by_city=deals)
    assert len(a.rows([FIRMS, DEALS], BOTH)) == 2
    with made.leaving_out(lambda r: r.get("place") == out):
        assert a.rows([FIRMS, DEALS], BOTH) == []


def test_a_list_to_an_earlier_year_is_still_complete(made_up):
    deals = [{"period": year, "place": p, "deals": 5, "source": "s"}
             for year, p in (("2017", "beijing"), ("2018", "beijing"), ("2018", "shenzhen"))]
    made = made_up(ai_deals_by_city=deals)
    both_years = a.Count("deals", "Deals", listed("ai-deals-by-city", "deals"), kind="money")
    with made.leaving_out(lambda r: r["period"] == "2018"):
        ((_, found),) = a.rows([both_years], BOTH)
    assert (found["beijing"].bounds, found["shenzhen"].bounds) == ((5, 5), (0, 0))


def test_money_is_shown_in_billions():
    in_billions = a.in_billions(lambda place: Quantity(25, 25, "1e8 CNY"))
    assert in_billions("x").bounds == (2.5, 2.5) and in_billions("x").unit == "1e9 CNY"


def test_every_kind_of_the_book_has_a_count_of_the_cities_themselves():
    found = a.rows()
    assert {count.kind for count, _ in found} == set(a.KINDS)
    assert len({count.key for count in a.COUNTS}) == len(a.COUNTS)
