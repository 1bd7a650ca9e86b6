"""The modules behind the chapters, against values worked by hand from the tables."""

from __future__ import annotations

import math

import pytest

from citygap.capital import distributions
from citygap.catch_up import scenarios
from citygap.comparison import ai_models, target_paths
from citygap.comparison import comparable_counts as y
from citygap.data.tables import NoObservation, book
from citygap.gap import size_totals
from citygap.pillars import four_moves
from citygap.quantity.quantity import Answer, NotComparable, reading_rules
from tests.small_tables import observed


def test_a_multiple_is_the_other_city_over_chongqing():
    assert y.multiple("beijing", "firms").middle == pytest.approx(265 / 6)
    assert y.multiple("chengdu", "deals").middle == pytest.approx(9 / 5)


def test_a_province_that_stands_for_its_city_is_marked_and_says_so():
    (mark,) = y.multiples(["chengdu"], [y.YARDSTICK["filings"]])
    assert mark.hollow and "province" in mark.quantity.caveat
    (own,) = y.multiples(["beijing"], [y.YARDSTICK["filings"]])
    assert not own.hollow and own.quantity.middle == pytest.approx(1010 / 49)


def test_the_span_leaves_out_what_is_marked():
    marks = y.multiples(["chengdu"])
    assert y.span(marks, ["chengdu"]).high == pytest.approx(3)


def test_a_yardstick_without_anything_in_chongqing_is_named_and_not_divided_by():
    assert "Notable models 2023-26" in y.absent()
    with pytest.raises(NoObservation):
        y.multiple("beijing", "models")


def test_chongqing_and_chengdu_are_not_divided_without_a_reason():
    core = book.observe("chongqing", "ai_core_scale", "2024")
    industry = book.observe("chengdu", "ai_industry_scale", "2023")
    with pytest.raises(NotComparable):
        core / industry
    ratio = core.ratio(industry, because=y.CHENGDU_AS_CORE)
    assert 171 / 780 in ratio and ratio.caveat


def test_the_first_of_a_row_is_first_for_certain():
    cells, _ = y.profile(y.HEADS, ["firms", "gdp"])
    assert (y.firsts(cells, "beijing"), y.firsts(cells, "shanghai")) == (1, 1)


def test_required_growth_of_chongqings_plan():
    growth = target_paths.path_of("chongqing").growth
    assert 100 * ((300 / 171) ** (1 / 3) - 1) in growth
    assert growth.high < 23


def test_chongqing_needs_less_growth_than_chengdu_under_wider_readings_too():
    for width in (1, 2, 5):
        with reading_rules(width=width):
            ours, theirs = target_paths.path_of("chongqing").growth, target_paths.path_of("chengdu").growth
            assert (ours < theirs) is Answer.YES, width


def test_every_path_starts_and_ends_on_one_scope():
    for path in target_paths.AI_PATHS + target_paths.FACTORY_PATHS:
        assert path.start.scope == path.end.scope, path
        assert path.years > 0


def test_the_four_head_cities_share_of_deals():
    assert distributions.top_share(*distributions.DEALS, y.DEAL_YEARS).middle == pytest.approx(
        100 * (412 + 174 + 154 + 69) / 985, abs=1e-6
    )


def test_beijings_share_on_a_common_day_is_the_plain_ratio():
    assert ai_models.share_of_filed("beijing", "2025-03-31").middle == pytest.approx(100 * 105 / 346)


def test_between_two_national_counts_the_share_is_bounded_by_both():
    share = ai_models.share_of_filed("beijing", "2025-11-29")
    assert share.low == pytest.approx(100 * 183 / 748) and share.high == pytest.approx(
        100 * 183 / 611
    )
    with pytest.raises(LookupError):
        ai_models.filed_in_china("2019-01-01")


def test_a_city_without_a_notable_model_has_an_exact_zero():
    assert ai_models.notable("chongqing", "2025").bounds == (0, 0)
    assert ai_models.notable("hangzhou", "2025").middle == 16


def test_the_claims_add_up_to_more_than_the_nation_and_keep_the_reason():
    assert size_totals.times_nation().low > 1.5
    assert size_totals.ADDING_UP in size_totals.times_nation().caveat


def test_part_of_a_year_is_a_floor_of_the_year():
    floor = y.at_least("chengdu", "ai_industry_scale", "2024-01/2024-09")
    assert (floor.low, floor.high) == (800, math.inf)


def test_research_intensity_is_that_of_the_first_release():
    assert four_moves.intensity("chongqing", "2022").text() == "2.36%"
    assert four_moves.intensity("sichuan", "2020").text() == "2.17%"


def test_the_lead_needed_is_over_cities_ahead_and_rests_on_all_that_could_be(made_up):
    key = ("models_listed_community", "2024-11-30")
    made_up(observations=[
        observed(place, *key, value, source=place)
        for place, value in (("chongqing", 10), ("chengdu", 20), ("wuhan", 40), ("xian", 5))
    ])  # fmt: skip
    q = scenarios.lead_needed(["chengdu", "wuhan", "xian"], 2, ["community"])
    # from twice to four times as much, in two years
    assert q.bounds == pytest.approx((100 * (2**0.5 - 1), 100)) and q.unit == "%"
    assert set(q.sources) == {"chongqing", "chengdu", "wuhan", "xian"}
    with pytest.raises(NoObservation, match="none of xian is surely ahead"):
        scenarios.lead_needed(["xian"], 2, ["community"])
