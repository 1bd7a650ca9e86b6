"""One order or many: ranks and correlations over every ranking that the bounds allow."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from citygap import advantage
from citygap import system as s
from citygap.quantity import Answer, Quantity
from citygap.tables import NoObservation
from citygap.yardsticks import Yardstick

settings.register_profile("citygap", deadline=None, max_examples=60)
settings.load_profile("citygap")

YES, NO, CANNOT_TELL = Answer.YES, Answer.NO, Answer.CANNOT_TELL
INF = math.inf


def row(**values):
    """A number or bounds for each place."""
    return {
        place: Quantity(*(v if isinstance(v, tuple) else (v, v)), "count", scope="k", place=place)
        for place, v in values.items()
    }


def table(*rows):
    """Rows with counts of the book, for their keys and kinds."""
    return [(count, values) for count, values in zip(advantage.COUNTS, rows)]


ABC = row(x=9, y=5, z=1)
BAC = row(x=5, y=9, z=1)
OPEN = row(x=(4, 9), y=5, z=1)
TIED = row(x=5, y=5, z=1)


# ------------------------------------------------------------------------------------------ order


def test_first_is_who_has_more_than_all_others_for_certain():
    assert [s.first(r) for r in (ABC, BAC, OPEN, TIED)] == ["x", "y", None, None]
    assert s.first(row(x=0)) == "x"
    assert s.first({}) is None


def test_firsts_add_up_to_the_rows_with_the_undecided_under_none():
    found = s.firsts(table(ABC, BAC, OPEN, ABC, TIED))
    assert found == {"x": 2, "y": 1, None: 2}
    assert s.firsts([]) == {}


@pytest.mark.parametrize(
    ("rows", "share", "answer"),
    [
        ((ABC, ABC, BAC), 0.6, YES),
        ((ABC, ABC, BAC), 0.7, NO),
        ((ABC, OPEN, BAC), 0.6, CANNOT_TELL),  # the open one would make two of three
        ((BAC, OPEN, BAC), 0.6, NO),
        ((ABC, OPEN, ABC), 0.6, YES),
    ],
)
def test_mostly_first_counts_what_is_open_for_neither_side(rows, share, answer):
    assert s.mostly_first(table(*rows), "x", share) is answer


def test_an_order_is_kept_broken_or_open():
    assert s.in_order(ABC, "xyz") is YES and s.in_order(BAC, "xyz") is NO
    assert s.in_order(OPEN, "xyz") is CANNOT_TELL
    assert s.in_order(TIED, "xyz") is YES, "equal places break no order"
    with pytest.raises(ValueError, match="nothing was compared"):
        s.in_order(ABC, "x")


def test_rows_are_sorted_by_whether_they_follow():
    rows = table(ABC, BAC, OPEN)
    assert [[r for _, r in s.following(rows, "xyz", a)] for a in (YES, NO, CANNOT_TELL)] == [
        [ABC], [BAC], [OPEN],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "answer"),
    [((ABC, ABC), YES), ((ABC, BAC), NO), ((ABC, OPEN), YES), ((OPEN,), CANNOT_TELL)],
)
def test_an_order_is_kept_if_none_breaks_it_and_one_surely_follows(rows, answer):
    assert s.keeps(table(*rows), "xyz") is answer


def test_without_rows_nothing_is_first_or_kept():
    for asked in (lambda: s.keeps([], "xyz"), lambda: s.mostly_first([], "x", 0.5)):
        with pytest.raises(NoObservation, match="no count covers the cities"):
            asked()


def test_rows_of_some_kinds():
    rows = table(ABC, BAC, OPEN, TIED)
    found = s.of_kinds(rows, "money")
    assert {count.kind for count, _ in found} == {"money"}
    assert len(s.of_kinds(rows, "firms")) + len(found) == len(rows)
    assert s.of_kinds(rows) == []


# ------------------------------------------------------------------------------------------ ranks


def test_ranks_run_from_the_best_to_the_worst_that_the_bounds_allow():
    marks = {m.place: m for m in s.ranks(table(row(x=(4, 9), y=5, z=1)))}
    assert [marks[p].quantity.bounds for p in "xyz"] == [(1, 2), (1, 2), (3, 3)]
    assert [marks[p].hollow for p in "xyz"] == [True, True, False]
    assert marks["x"].quantity.unit == "rank"


def ranked(values):
    return {tuple(r) for r in s.possible_ranks(values).tolist()}


def test_every_ranking_is_found_with_its_ties():
    assert ranked(ABC) == {(1, 2, 3)}
    assert ranked(TIED) == {(1.5, 1.5, 3)}
    assert ranked(OPEN) == {(1, 2, 3), (1.5, 1.5, 3), (2, 1, 3)}


@pytest.mark.parametrize("bounds", [(1, 2), (1, INF), (-INF, 2), (-INF, INF)])
def test_three_unknowns_of_one_range_may_stand_in_any_order(bounds):
    found = ranked(row(x=bounds, y=bounds, z=bounds))
    assert set(itertools.permutations((1, 2, 3))) <= found
    assert len(found) == 13, "six orders, six with a tie of two, and all tied"


def test_a_place_that_is_open_above_and_surely_first_has_its_rank():
    assert ranked(row(x=(100, INF), y=5, z=1)) == {(1, 2, 3)}
    assert ranked(row(x=9, y=5, z=(-INF, 1))) == {(1, 2, 3)}


def test_too_many_ways_are_refused():
    many = row(**{f"p{n}": (1, 2) for n in range(12)})
    with pytest.raises(ValueError, match="more than 20,000 ways"):
        s.possible_ranks(many)


# ------------------------------------------------------------------------------------ correlation


def test_correlations_by_hand():
    assert s.correlation(ABC, ABC).bounds == pytest.approx((1, 1))
    assert s.correlation(ABC, row(x=1, y=5, z=9)).bounds == pytest.approx((-1, -1))
    # one swap of three: 1 - 6 (1 + 1) / (3 * 8)
    assert s.correlation(ABC, BAC).bounds == pytest.approx((0.5, 0.5))
    # open between the order itself and the swap, with the tie between them
    assert s.correlation(ABC, OPEN).bounds == pytest.approx((0.5, 1))


def test_a_correlation_is_the_same_either_way_and_keeps_its_sources():
    one, other = s.correlation(ABC, OPEN), s.correlation(OPEN, ABC)
    assert one.bounds == other.bounds and one.unit == "ratio"
    assert set(one.place.split(", ")) == set("xyz")


places = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.floats(0, 1)),
                  min_size=4, max_size=4)  # fmt: skip


@given(places, places)
def test_a_correlation_holds_that_of_every_value_inside(one, other):
    rows = [row(**{f"p{i}": (low, low + more) for i, (low, more, _) in enumerate(r)})
            for r in (one, other)]  # fmt: skip
    inside = [[low + part * more for low, more, part in r] for r in (one, other)]
    assume(all(len(set(values)) > 1 for values in inside))
    try:
        q = s.correlation(*rows)
    except ValueError as error:
        assume("ties" not in str(error) and "ways" not in str(error))
        raise
    assert q.low - 1e-9 <= spearmanr(*inside).statistic <= q.high + 1e-9


def test_a_row_that_may_be_all_ties_has_no_order_to_compare():
    with pytest.raises(ValueError, match="all ties"):
        s.correlation(ABC, row(x=1, y=1, z=1))
    with pytest.raises(ValueError, match="all ties"):
        s.correlation(ABC, row(x=(1, 2), y=(1, 2), z=(1, 2)))


def test_rows_of_other_places_are_refused():
    with pytest.raises(ValueError, match="give the same places"):
        s.correlation(ABC, row(x=1, y=2, w=3))


def test_every_pair_of_rows_is_correlated_and_found_by_its_kinds():
    rows = [(advantage.COUNT[key], values) for key, values in
            (("firms", ABC), ("survey", BAC), ("deals", ABC))]  # fmt: skip
    found = s.correlations(rows)
    assert {k: q.middle for k, q in found.items()} == pytest.approx(
        {("firms", "survey"): 0.5, ("firms", "deals"): 1, ("survey", "deals"): 0.5}
    )
    assert sorted(q.middle for q in s.between(found, "money", "firms")) == pytest.approx([0.5, 1])
    assert [q.middle for q in s.between(found, "firms", "firms")] == pytest.approx([0.5])
    assert s.between(found, "models", "money") == []


def test_a_span_runs_from_the_lowest_to_the_highest_possible():
    q = s.span([s.correlation(ABC, OPEN), s.correlation(ABC, row(x=1, y=5, z=9))])
    assert q.bounds == pytest.approx((-1, 1))
    with pytest.raises(NoObservation):
        s.span([])


def test_the_table_by_kinds_says_where_there_is_no_such_pair():
    keys = ("firms", "survey", "deals")
    heads = [(advantage.COUNT[k], r) for k, r in zip(keys, (ABC, BAC, ABC))]
    frame = s.by_kinds(heads, heads[1:], ("firms", "money", "models")).frame
    cells = frame.set_index("Counts of")
    assert list(cells.index) == ["firms", "firms and money"], "no pair, no line"
    assert cells.loc["firms", "All nine cities"] == "no such pair"
    assert cells.loc["firms and money", "All nine cities"] == s.correlation(BAC, ABC).text()


def test_a_count_per_output_is_divided_by_that_of_its_own_place():
    output = {"x": Quantity(2, 2, "1e12 CNY", scope="gdp"), "y": Quantity(5000, 5000, "1e8 CNY", scope="gdp")}
    ((_, found),) = s.per_output(table(row(x=6, y=3)), output.get)
    assert found["x"].bounds == pytest.approx((3, 3))
    assert found["y"].bounds == pytest.approx((6, 6))
    assert s.PER_OUTPUT in found["x"].caveat


# ----------------------------------------------------------------------------------------- values


def yardstick(label, by_province=False, **known):
    def of(place):
        if place not in known:
            raise NoObservation(place)
        return Quantity(known[place], known[place], "count", place=place, published=str(known[place]))

    return Yardstick(label, label, of, by_province)


def test_values_shade_what_is_known_by_its_part_of_the_largest():
    marks, shade = s.values([yardstick("A", beijing=8, wuhan=2)], ["beijing", "wuhan", "xian"])
    assert shade == {("A", "beijing"): 1, ("A", "wuhan"): 0.25}
    unknown = marks[2]
    assert (unknown.place, unknown.low, unknown.high) == ("xian", -INF, INF)
    assert unknown.hollow and not unknown.quantity.published and not unknown.quantity.rows


def test_a_province_is_a_limit_without_a_shade():
    given = yardstick("A", True, beijing=8, hubei=20)
    marks, shade = s.values([given], ["beijing", "wuhan"])
    assert shade == {("A", "beijing"): 1, ("A", "wuhan"): 0}
    assert (marks[1].low, marks[1].high, marks[1].hollow) == (-INF, 20, True)


def test_a_figure_that_is_open_above_is_shaded_by_its_floor():
    open_above = {"beijing": Quantity(8, INF, "count"), "wuhan": Quantity(4, 4, "count")}
    _, shade = s.values([Yardstick("A", "A", open_above.__getitem__)], ["beijing", "wuhan"])
    assert shade == {("A", "beijing"): 1, ("A", "wuhan"): 0.5}


def test_a_count_of_nothing_has_no_shade():
    _, shade = s.values([yardstick("A", beijing=0, wuhan=0)], ["beijing", "wuhan"])
    assert shade == {("A", "beijing"): 0, ("A", "wuhan"): 0}


def test_a_count_that_is_known_of_no_place_is_an_error_that_names_it():
    with pytest.raises(NoObservation, match="Robots"):
        s.values([yardstick("Robots")], ["beijing", "wuhan"])
