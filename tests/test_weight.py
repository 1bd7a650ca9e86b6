"""A place's share of a count over its share of output, on made-up figures worked by hand."""

from __future__ import annotations

import pytest

from citygap import weight
from citygap import yardsticks as y
from citygap.quantity import Answer, NotComparable
from citygap.tables import NoObservation
from citygap.weight import SHARE
from small_tables import observed

YES, NO, CANNOT_TELL = Answer.YES, Answer.NO, Answer.CANNOT_TELL
COMMUNITY = ("models_listed_community", "2024-11-30")
FILINGS = ("algorithm_filings", y.FILINGS)
OUTPUT = ("gdp_census5", "2024")
#: Output of 2024: Chongqing and Shanghai a tenth and a fifth of China, Sichuan a twentieth.  The
#: printed digit leaves half a unit open, so figures this large are as good as exact.
MONEY = [
    observed(place, *OUTPUT, value)
    for place, value in {
        "chongqing": 1_000_000, "shanghai": 2_000_000, "sichuan": 500_000, "chengdu": 400_000,
        "china": 10_000_000,
    }.items()
]  # fmt: skip


def counts(key, **values):
    return [observed(place, *key, value) for place, value in values.items()]


def test_a_quotient_is_share_of_the_count_over_share_of_output(made_up):
    made_up(observations=[*MONEY, *counts(COMMUNITY, chongqing=5, shanghai=40, china=100)])
    share = SHARE["community"]
    # 5 % of the models on 10 % of output; 40 % on 20 %
    assert share.quotient("chongqing").middle == pytest.approx(0.5, rel=1e-5)
    assert share.quotient("shanghai").middle == pytest.approx(2, rel=1e-5)
    assert share.share("chongqing").bounds == pytest.approx((5, 5))
    assert share.share("chongqing").unit == share.of_output("chongqing").unit == "%"
    assert 10 in share.of_output("chongqing")


@pytest.mark.parametrize("turned", [False, True])
def test_bounds_of_a_count_widen_the_quotient_in_any_order_of_the_rows(made_up, turned):
    # two readings, of which the sharper one speaks, and a national count of 95 to 105
    rows = [
        *MONEY, observed("chongqing", *COMMUNITY, 5), *counts(COMMUNITY, china=100),
        observed("chongqing", *COMMUNITY, 4, bound="at_least", source="t"),
    ]  # fmt: skip
    rows[-2] |= {"bound": "about"}
    made_up(observations=rows[::-1] if turned else rows)
    q = SHARE["community"].quotient("chongqing")
    assert q.bounds == pytest.approx((0.5 / 1.05, 0.5 / 0.95), rel=1e-5)
    assert q.low < 0.5 < q.high


def test_filings_weigh_the_province_with_its_own_output_and_say_so(made_up):
    made_up(observations=[*MONEY, *counts(FILINGS, sichuan=20, chongqing=20, china=100)])
    share = SHARE["filings"]
    chengdu = share.quotient("chengdu")
    assert chengdu.middle == pytest.approx(0.2 / 0.05, rel=1e-5)
    assert weight.PROVINCE in chengdu.caveat
    assert share.seat("chengdu") == "sichuan" and share.seat("chongqing") == "chongqing"
    assert weight.PROVINCE not in share.quotient("chongqing").caveat


def test_what_a_place_would_hold_at_its_weight_is_whole_things_only_if_things_are_counted(made_up):
    core = [observed(place, "ai_core_scale", "2024", value)
            for place, value in (("chongqing", 100), ("china", 5000))]
    made_up(observations=[*MONEY, *core, *counts(COMMUNITY, chongqing=5, china=104)])
    models = SHARE["community"].at_weight("chongqing")  # a tenth of 104 is 10.4
    assert models.bounds == (10, 11) and models.unit == "count"
    scale = SHARE["core"].at_weight("chongqing")
    assert 500 in scale and scale.low != int(scale.low)
    assert scale.unit == "1e8 CNY"


def test_a_city_without_a_row_on_a_complete_list_has_none_of_it(made_up):
    firms = [{"period": "2018", "place": "shanghai", "companies": 30, "source": "s"},
             {"period": "2018", "place": "beijing", "companies": 70, "source": "s"}]
    output = [observed(place, *weight.OLD, value)
              for place, value in (("chongqing", 1000), ("shanghai", 2000), ("china", 10000))]
    made_up(observations=output, ai_firms_by_city=firms)
    assert SHARE["firms"].whole().bounds == (100, 100)
    assert SHARE["firms"].quotient("chongqing").bounds == (0, 0)
    assert SHARE["firms"].quotient("shanghai").middle == pytest.approx(1.5, rel=1e-3)


def test_a_missing_figure_is_no_observation_and_never_a_number(made_up):
    made_up(observations=[*MONEY, *counts(COMMUNITY, china=100)])
    with pytest.raises(NoObservation):
        SHARE["community"].quotient("chongqing")
    with pytest.raises(NoObservation, match="no count of chongqing can be weighed"):
        weight.lighter("chongqing")


def test_more_than_the_nation_is_an_error(made_up):
    made_up(observations=[*MONEY, *counts(COMMUNITY, chongqing=120, china=100)])
    with pytest.raises(ValueError, match="no share"):
        SHARE["community"].share("chongqing")


def test_research_is_intensity_over_that_of_china(made_up):
    made_up(observations=[observed("chongqing", "rd_intensity", "2022", "2.00", unit="%"),
                          observed("china", "rd_intensity", "2022", "2.50", unit="%")])
    q = weight.research("chongqing")
    assert 0.8 in q and q.unit == "ratio"
    assert q.bounds == pytest.approx((1.995 / 2.505, 2.005 / 2.495))


def test_marks_pass_over_what_is_not_known_and_are_hollow_for_provinces(made_up):
    made_up(observations=[
        *MONEY, *counts(COMMUNITY, chongqing=5, china=100),
        *counts(FILINGS, sichuan=20, chongqing=20, china=100),
    ])  # fmt: skip
    found = {(m.row, m.place): m.hollow for m in weight.marks(["chongqing", "chengdu"])}
    assert found == {
        (SHARE["filings"].label, "chongqing"): False, (SHARE["filings"].label, "chengdu"): True,
        (SHARE["community"].label, "chongqing"): False,
    }  # fmt: skip


def test_per_a_base_is_a_multiple_of_the_focus_city(made_up):
    people = [observed(place, "resident_population", "2024", value, unit="1e4 persons")
              for place, value in (("chongqing", 3000), ("shanghai", 1500))]
    made_up(observations=[*people, *counts(COMMUNITY, chongqing=4, shanghai=10)])
    # 10 on 1,500 against 4 on 3,000
    q = weight.per("shanghai", "community", "resident_population", "2024")
    assert q.middle == pytest.approx(5, rel=1e-3) and q.unit == "ratio"
    own = weight.per("chongqing", "community", "resident_population", "2024")
    assert 1 in own


def test_per_a_base_takes_that_of_the_province_where_the_province_is_counted(made_up):
    made_up(observations=[*MONEY, *counts(FILINGS, sichuan=5, chongqing=20)])
    # Sichuan's 5 on 500,000 against Chongqing's 20 on 1,000,000; Chengdu's own output is not used
    q = weight.per("chengdu", "filings", *OUTPUT)
    assert q.middle == pytest.approx(0.5, rel=1e-5)


def test_figures_of_other_scopes_are_weighed_only_where_the_reason_is_kept(made_up):
    series = observed("wuhan", "ai_industry_scale", "2024", 500)
    core = [observed(place, "ai_core_scale", "2024", value)
            for place, value in (("chongqing", 100), ("china", 5000))]
    made_up(observations=[*core, series])
    q = SHARE["core"].share("wuhan")
    assert q.middle == pytest.approx(10, rel=1e-2)
    assert y.INDUSTRY_AS_CORE in q.caveat
    with pytest.raises(NotComparable):
        weight.gap.share(weight.book.observe("wuhan", "ai_industry_scale", "2024"),
                         SHARE["core"].whole())


@pytest.mark.parametrize(
    ("community", "filings", "answer"),
    [(5, 5, YES), (5, 20, NO), (20, 20, NO), (5, None, YES), (10, 5, CANNOT_TELL)],
)
def test_lighter_asks_every_count_that_is_known(made_up, community, filings, answer):
    rows = [*MONEY, *counts(COMMUNITY, china=100, chongqing=community), *counts(FILINGS, china=100)]
    if filings is not None:
        rows += counts(FILINGS, chongqing=filings)
    made_up(observations=rows)
    assert weight.lighter("chongqing") is answer
