"""What the chapter on the head cities says comes out each way that the tables may turn it."""

from __future__ import annotations

import pytest

from citygap.comparison.province_statistics import STATISTICS
from citygap.data.tables import NoObservation
from citygap.head_cities import conclusions as c
from citygap.head_cities import uniform_counts
from citygap.quantity.quantity import Answer, Quantity
from tests.small_tables import observed

YES, NO, CANNOT_TELL = Answer.YES, Answer.NO, Answer.CANNOT_TELL


def row(**values):
    """A number or bounds for each place."""
    return {
        place: Quantity(*(v if isinstance(v, tuple) else (v, v)), "count", scope="k", place=place)
        for place, v in values.items()
    }


def rows(*given):
    return [(uniform_counts.COUNT["firms"], each) for each in given]


ABC, BAC, OPEN, TIED = row(x=9, y=5, z=1), row(x=5, y=9, z=1), row(x=(4, 9), y=5, z=1), row(x=5, y=5, z=1)


@pytest.mark.parametrize(
    "given, share, answer",
    [((ABC, ABC), 1, YES), ((ABC, OPEN), 1, CANNOT_TELL), ((ABC, BAC), 1, NO),
     ((ABC, OPEN, BAC), 0.3, YES), ((BAC, OPEN), 0.6, NO)],
)  # fmt: skip
def test_mostly_first_counts_what_is_open_for_neither_side(given, share, answer):
    assert c.mostly_first(rows(*given), "x", share) is answer


def test_without_counts_nothing_is_first_or_in_order():
    with pytest.raises(NoObservation):
        c.mostly_first([], "x")
    with pytest.raises(NoObservation):
        c.keep_order("no such kind")


def test_an_order_is_kept_broken_or_open():
    order = ("x", "y", "z")
    assert [c.in_order(r, order) for r in (ABC, BAC, OPEN, TIED)] == [YES, NO, CANNOT_TELL, YES]


HEADS = ("beijing", "shanghai", "shenzhen", "hangzhou")


@pytest.mark.parametrize("values, answer", [((9, 5, 3, 1), YES), ((9, 5, 5, 1), YES), ((5, 9, 3, 1), NO)])
def test_counts_of_a_kind_keep_or_break_the_usual_order(made_up, monkeypatch, values, answer):
    monkeypatch.setattr(uniform_counts, "COUNTS", (uniform_counts.COUNT["database"],))
    made_up(observations=[observed(p, "ai_firms_itjuzi", "2021-03", v) for p, v in zip(HEADS, values)])
    assert c.keep_order("firms") is answer
    assert c.kept_by_most(uniform_counts.rows(uniform_counts.COUNTS)) is answer


def by_place(made_up, **counts):
    """Filed models on the first day, at the end of 2025, two months ago and now."""
    days = (c.FIRST_DAY, c.END_OF_2025, c.tables.TWO_MONTHS_BEFORE, c.LAST_DAY)
    made_up(filed_models_by_place=[
        {"period": day, "place": place, "models": n, "source": "s"}
        for place, series in counts.items() for day, n in zip(days, series)
    ])  # fmt: skip


def test_a_share_that_fell_early_fell_beyond_chance(made_up):
    by_place(made_up, beijing=(45, 260, 262, 262), shanghai=(55, 740, 740, 745))
    assert c.share_fell("beijing") is c.fell_beyond_chance() is c.fell_before_2026() is YES
    assert c.quarter_after_two_fifths() is c.settled_since_2025() is YES


def test_a_share_that_fell_late_or_a_little_does_not(made_up):
    by_place(made_up, beijing=(45, 450, 450, 430), shanghai=(55, 550, 550, 570))
    assert c.share_fell("beijing") is YES
    assert c.fell_beyond_chance() is CANNOT_TELL and c.fell_before_2026() is NO
    assert c.settled_since_2025() is YES


def test_a_share_that_moved_of_late_has_not_settled(made_up):
    by_place(made_up, beijing=(45, 450, 450, 300), shanghai=(55, 550, 550, 700))
    assert c.settled_since_2025() is NO
    assert c.quarter_after_two_fifths() is NO


@pytest.mark.parametrize(("now", "led", "less"), [((25, 20, 15, 40), "no", "yes"), ((60, 30, 20, 10), "yes", "no")])
def test_the_first_three_may_lose_their_lead_or_their_share(made_up, now, led, less):
    first = {"beijing": 45, "shanghai": 25, "guangdong": 15, "zhejiang": 15}
    by_place(made_up, **{place: (n, n, n, last) for (place, n), last in zip(first.items(), now)})
    assert (str(c.still_first_three()), str(c.share_of_three_fell())) == (led, less)


def test_who_passed_of_late_was_not_ahead_before(made_up):
    by_place(made_up, guangdong=(1, 2, 9, 12), shanghai=(1, 5, 9, 11), zhejiang=(2, 8, 10, 12))
    assert c.passed_of_late("guangdong", "shanghai") is YES
    assert c.passed_of_late("zhejiang", "shanghai") is NO
    assert c.passed_of_late("shanghai", "guangdong") is NO


def by_city(made_up, **counts):
    made_up(filed_models_by_city=[
        {"period": c.LAST_DAY, "place": p, "models": n, "models_by_seat": seats, "source": "s"}
        for p, (n, seats) in counts.items()
    ])  # fmt: skip


SURE = {"beijing": (50, 0), "shanghai": (40, 0), "guangzhou": (30, 5), "hangzhou": (20, 0)}


def test_the_third_city_is_told_by_the_models_whose_city_is_known(made_up):
    by_city(made_up, **SURE)
    assert c.third_city() is YES
    assert c.rests_on_seats("guangzhou", "hangzhou") is NO


@pytest.mark.parametrize(
    "change, answer", [({"zhejiang": (15, 0)}, CANNOT_TELL), ({"hangzhou": (31, 0)}, NO)]
)
def test_a_city_is_not_third_where_another_may_have_more(made_up, change, answer):
    by_city(made_up, **SURE | change)
    assert c.third_city() is answer


def test_a_lead_may_rest_on_the_seats_supplied(made_up):
    by_city(made_up, **SURE | {"guangzhou": (30, 12)})
    assert c.rests_on_seats("guangzhou", "hangzhou") is YES


@pytest.mark.parametrize("hangzhou, answer", [(16, YES), (14, NO), (9, NO)])
def test_who_passed_had_fewer_the_year_before(made_up, hangzhou, answer):
    counts = {"2024": {"hangzhou": 9, "beijing": 18}, "2025": {"hangzhou": hangzhou, "beijing": 14}}
    made_up(notable_models_by_city=[
        {"period": year, "place": p, "models": n, "source": "s"}
        for year, cells in counts.items() for p, n in cells.items()
    ])  # fmt: skip
    assert c.hangzhou_passed() is answer


def test_leads_of_a_few_may_be_chance_and_of_many_not():
    assert c.lead_by_chance("2025", "hangzhou", "beijing") is YES
    assert c.by_chance("robots", "shanghai", "beijing") is YES
    assert c.by_chance("firms", "beijing", "shanghai") is NO


def test_who_is_surely_first_and_which_counts_share_a_source():
    assert c.surely_first("applications", "shanghai") is YES
    assert c.surely_first("firms", "shanghai") is c.surely_first("funding", "beijing") is NO
    rows = uniform_counts.rows([uniform_counts.COUNT[key] for key in ("firms", "deals", "rounds")])
    assert c.share_a_source("it-juzi-2018", rows) is YES
    assert c.share_a_source("it-juzi-2018", rows[2:]) is NO


def test_equal_words_tell_nobody_apart():
    assert c.told_apart("funding", "beijing", "shanghai") is not YES
    assert c.told_apart("robots", "beijing", "shanghai") is YES


def test_a_city_is_unnamed_if_no_claim_speaks_of_it():
    assert [c.unnamed(city) for city in ("guangzhou", "hangzhou", "beijing")] == [YES, NO, NO]


def test_fewest_is_below_each_head_city():
    assert c.fewest("chongqing", ["firms", "deals"]) is YES
    assert c.fewest("beijing", ["firms"]) is NO


def test_sizes_are_followed_over_several_whole_years_of_one_definition(made_up):
    made_up(observations=[
        observed("beijing", "ai_core_scale", "2023", 10), observed("beijing", "ai_core_scale", "2024", 20),
        observed("shanghai", "ai_core_scale", "2023", 10),
        observed("shanghai", "ai_industry_scale", "2024", 20),
    ])  # fmt: skip
    assert c.sizes_followed() == ["beijing"]


@pytest.mark.parametrize(("value", "told"), [(4400, "yes"), (4000, "no")])
def test_a_year_closes_near_what_was_expected_of_it(made_up, value, told):
    expected = observed("beijing", "ai_industry_scale", "2025", 4500) | {"bound": "expected", "source": "t"}
    made_up(observations=[expected, observed("beijing", "ai_core_scale", "2025", value)])
    assert str(c.closed_near_forecast()) == told


def test_no_reading_turns_what_the_chapter_leads_with():
    found = c.holding()
    assert list(found.index) == [each.statement for each in c.LEADING]
    assert not found["turn"].any() and (found["hold"] > 0).all()


OTHER_WAY = {
    "papers": {"shanghai": 2000}, "electronics": {"beijing": 2000}, "standards": {"chongqing": 800},
    "contracts": {"shanghai": 50, "guangdong": 2000}, "developers": {"guangdong": 800},
}  # fmt: skip


@pytest.mark.parametrize("changed, answer", [({}, YES), (OTHER_WAY, NO)])
def test_the_systems_read_the_statistics_both_ways(made_up, changed, answer):
    rows = []
    for key, each in STATISTICS.items():
        values = {"beijing": 900, "shanghai": 500, "guangdong": 300, "chongqing": 100}
        if each.system == "hardware":
            values = {"beijing": 200, "shanghai": 100, "guangdong": 900, "chongqing": 300}
        values |= changed.get(key, {})
        rows += [observed(p, each.indicator, each.period, v) for p, v in values.items()]
        rows.append(observed("china", each.indicator, each.period, sum(values.values())))
    bought = {"beijing": 100, "shanghai": 100, "guangdong": 900, "chongqing": 900}
    rows += [observed(p, "technology_contracts_bought", "2023", v) for p, v in bought.items()]
    made_up(observations=rows)
    assert {str(found) for found in c.of_systems().values()} == {str(answer)}
