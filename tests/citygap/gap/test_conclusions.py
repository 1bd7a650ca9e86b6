"""The chapter's comparisons, each fed tables that turn it every way."""

from __future__ import annotations

import pandas as pd
import pytest

from citygap.gap import conclusions as c
from citygap.quantity.quantity import Quantity, exactly
from citygap.quantity.three_valued import Answer
from tests.small_tables import observed

YES, NO, CANNOT_TELL = Answer.YES, Answer.NO, Answer.CANNOT_TELL


def wide(low, high, unit="ratio"):
    return Quantity(low, high, unit)


def shares(**values):
    cells = {thing: wide(*v, "%") if isinstance(v, tuple) else exactly(v, "%") for thing, v in values.items()}
    return pd.DataFrame({"chongqing": cells}, dtype=object)


@pytest.mark.parametrize(
    ("models", "found"), [(0.9, YES), (3.0, NO), ((2.0, 3.0), CANNOT_TELL)]
)  # fmt: skip
def test_less_than_its_share_of_output(models, found):
    assert c.below_output(shares(output=2.4, models=models), ["models"]) is found


@pytest.mark.parametrize(
    ("share", "found"), [(2.3, YES), (2.6, YES), (2.1, NO), (2.7, NO), ((2.1, 2.3), CANNOT_TELL)]
)
def test_near_its_share_of_output_is_within_a_tenth(share, found):
    assert c.near_output(shares(output=2.4, research=share), ["research"]) is found


@pytest.mark.parametrize(
    ("own", "other", "found"), [(-4.4, 12.9, YES), (1.0, 12.9, NO), (-4.4, -1.0, NO), ((-1, 1), 5, CANNOT_TELL)]
)  # fmt: skip
def test_electronics_shrank_here_alone(own, other, found):
    assert c.shrank_alone(shares(chongqing=own, sichuan=other)["chongqing"]) is found


@pytest.mark.parametrize(("core", "found"), [(1.9, YES), (2.5, NO), (0.8, NO)])
def test_nearest_to_output_is_below_it_and_above_all_others(core, found):
    given = shares(output=2.4, core=core, models=0.9, firms=0.7)
    assert c.nearest_to_output(given, "core", ["models", "firms"]) is found


def days(*rows):
    """Days as (count, upper end by chance, expected)."""
    return pd.DataFrame([
        {"count": exactly(n), "by_chance": wide(0, high), "expected": exactly(due)}
        for n, high, due in rows
    ], dtype=object)  # fmt: skip


def test_below_on_every_day_and_by_more_than_chance():
    both = days((2, 7, 3), (10, 18, 26))
    assert c.always_below(both) is YES and c.always_below(days((2, 7, 3), (10, 18, 9))) is NO
    assert c.beyond_chance(both) is NO and c.beyond_chance(both[1:]) is YES


def times(**rows):
    cells = [[None if n is None else exactly(n) for n in values] for values in rows.values()]
    return pd.DataFrame(cells, index=list(rows), columns=["beijing", "shanghai"], dtype=object)


def test_ahead_on_every_count_that_the_city_has():
    given = times(models=(29, 18), algorithms=(20, None), open_list=(28, 11))
    assert c.ahead(given, ["beijing", "shanghai"], 10) is YES
    assert c.ahead(given, ["beijing"], 25) is NO


def test_output_is_compared_in_all_and_per_resident():
    assert c.output_below(times(output=(1.5, 1.7), output_per_head=(2.3, None)), 3) is YES
    assert c.output_below(times(output=(1.5, 1.7), output_per_head=(3.3, 2.0)), 3) is NO


def around(sichuan, hubei, anhui, shaanxi, by_chance=None):
    given = {"chongqing": 1, "sichuan": sichuan, "hubei": hubei, "anhui": anhui, "shaanxi": shaanxi}
    frame = pd.DataFrame({"times": {place: exactly(n) for place, n in given.items()}}, dtype=object)
    frame["by_chance"] = pd.Series(by_chance or {}, dtype=object)
    return frame


def test_neighbours_on_both_sides():
    assert c.both_sides(around(2.8, 1, 0.8, 0.5)) is YES
    assert c.both_sides(around(2.8, 1.1, 0.8, 0.5)) is NO
    assert c.both_sides(around(0.9, 1, 0.8, 0.5)) is NO


@pytest.mark.parametrize(
    ("sichuan", "shaanxi", "found"),
    [((1.3, 6.5), (0.1, 1.7), YES), ((0.9, 6.5), (0.1, 1.7), CANNOT_TELL), ((1.3, 6.5), (0.1, 0.9), NO)],
)
def test_what_chance_leaves_open_of_the_neighbours(sichuan, shaanxi, found):
    open_ = wide(0.3, 2.7)
    chance = {"chongqing": open_, "sichuan": wide(*sichuan), "hubei": open_, "anhui": open_,
              "shaanxi": wide(*shaanxi)}  # fmt: skip
    assert c.only_sichuan_by_chance(around(2.8, 1, 0.8, 0.5, chance)) is found


def test_a_range_holds_a_sixth_or_not():
    assert c.holds_a_sixth(wide(0.15, 0.2)) is YES and c.holds_a_sixth(wide(0.2, 0.4)) is NO


@pytest.mark.parametrize(("low", "high", "found"), [(0.33, 0.56, YES), (0.2, 0.56, NO), (0.33, 0.5, NO), (0.33, 0.75, NO)])
def test_from_a_third_to_over_half(low, high, found):
    assert c.third_to_over_half(wide(low, high)) is found


@pytest.mark.parametrize("scope", ["ai_core_scale", "ai_industry_scale"])
def test_two_definitions_are_mixed_only_if_they_differ(made_up, monkeypatch, scope):
    made_up(observations=[
        observed("chongqing", "ai_core_scale", "2024", 171), observed("chengdu", scope, "2023", 780),
    ])  # fmt: skip
    monkeypatch.setattr(c, "NINE", ("chengdu", scope, "2023"))
    mixed = scope != "ai_core_scale"
    assert c.sixth_mixes_definitions() is Answer.of(mixed, not mixed)


@pytest.mark.parametrize(("sources", "found"), [("s", YES), ("st", NO)])
def test_a_second_source_of_the_core_scale_is_seen(made_up, sources, found):
    made_up(observations=[
        observed("chongqing", "ai_core_scale", "2024", 171, source=source) for source in sources
    ])  # fmt: skip
    assert c.core_rests_on_one_source() is found


def test_threefold_leaves_low_confidence_aside():
    weak = Quantity(2.5, 2.6, confidence="low")
    assert c.threefold({"a": exactly(3.1), "b": weak}) is YES
    assert c.threefold({"a": exactly(2.5)}) is NO


@pytest.mark.parametrize(
    ("answers", "found"), [([YES, YES, NO], YES), ([YES, NO], NO), ([NO, NO, YES], NO)]
)
def test_most_lists_are_more_than_half(monkeypatch, answers, found):
    monkeypatch.setattr(c.rankings, "behind", lambda *_: answers)
    assert c.below_on_most_lists("chengdu") is found


@pytest.mark.parametrize(("last", "found"), [(12, YES), (9, NO)])
def test_leaving_the_first_ten_is_told_by_the_last_edition(monkeypatch, last, found):
    class Edition:
        def __init__(self, year, rank):
            self.ranking, self.own = f"idc_{year}", exactly(rank, "rank")

        def rank(self, place):
            return self.own

    editions = [Edition("2018", 5), Edition("2019", 8), Edition("2021", last)]
    monkeypatch.setattr(c.rankings, "LISTINGS", editions)
    assert c.left_first_ten() is found


@pytest.mark.parametrize(("then", "found"), [((0.2, 6.0), YES), ((1.2, 6.0), NO)])
def test_a_fall_is_within_chance_if_the_first_count_leaves_the_last_share_open(monkeypatch, then, found):
    monkeypatch.setattr(c.filed_models, "share_by_chance", lambda place, day: wide(*then, "%"))
    monkeypatch.setattr(c.filed_models, "share", lambda place, day: exactly(0.9, "%"))
    assert c.fall_within_chance() is found
