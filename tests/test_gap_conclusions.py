"""The conclusions on the gap: each comparison by hand, and what is missing never decides."""

from __future__ import annotations

import pytest

from citygap import gap_conclusions as c
from citygap import yardsticks as y
from citygap.quantity import Answer
from citygap.sensitivity import AS_READ, Choice, Conclusion, outcome
from citygap.tables import NoObservation, book
from small_tables import observed

YES, NO, CANNOT_TELL = Answer.YES, Answer.NO, Answer.CANNOT_TELL
COMMUNITY = ("models_listed_community", "2024-11-30")
FILINGS = ("algorithm_filings", y.FILINGS)


def counts(key, **values):
    return [observed(place, *key, value) for place, value in values.items()]


def nothing():
    raise NoObservation("nothing")


# ------------------------------------------------------------------------------------- the frame


def test_a_conclusion_is_put_on_its_other_measure_only_inside_the_block():
    holds = c.either(lambda: YES, lambda: NO)
    assert holds() is YES
    with c.otherwise():
        assert holds() is NO
    assert holds() is YES
    with pytest.raises(RuntimeError), c.otherwise():
        raise RuntimeError
    assert holds() is YES, "the measure stayed behind"


def test_without_another_measure_there_is_no_data_on_it():
    other = Choice("other", c.otherwise)
    assert outcome(Conclusion("x", c.either(lambda: YES)), other) == "no data"
    assert outcome(Conclusion("x", c.either(lambda: YES, lambda: NO)), other) == "no"
    assert outcome(Conclusion("x", c.either(lambda: YES)), AS_READ) == "yes"


@pytest.mark.parametrize(
    ("answers", "found"),
    [([YES, YES], YES), ([YES, NO], NO), ([YES, CANNOT_TELL], CANNOT_TELL), ([NO, CANNOT_TELL], NO)],
)
def test_what_remains_decides_together(answers, found):
    given = [lambda a=a: a for a in answers]
    assert c.remaining(given) is found
    assert c.remaining([nothing, *given[::-1], lambda: 1 / 0]) is found


def test_nothing_left_to_compare_is_no_answer():
    for given in ([], [nothing], [nothing, lambda: 1 / 0]):
        with pytest.raises(NoObservation, match="no count is left"):
            c.remaining(given)


def test_an_error_of_another_kind_is_not_swallowed():
    with pytest.raises(KeyError):
        c.remaining([lambda: {}["x"], lambda: YES])


@pytest.mark.parametrize(
    ("answers", "found"),
    [([YES], YES), ([YES, YES, NO], YES), ([YES, NO], NO), ([NO], NO), ([], NO),
     ([YES, CANNOT_TELL, CANNOT_TELL], YES)],
)
def test_most_is_more_yes_than_no(answers, found):
    assert c.most(answers) is found


# ------------------------------------------------------------------------------ the comparisons


def test_a_multiple_holds_if_it_does_for_each_place_on_each_count_that_is_known(made_up):
    made_up(observations=counts(COMMUNITY, chongqing=3, beijing=30, shanghai=27)
            + counts(FILINGS, chongqing=2, beijing=40))
    assert c.multiple_at_least(["beijing"], 10, ["community", "filings"]) is YES
    assert c.multiple_at_least(["beijing"], 11, ["community", "filings"]) is NO
    assert c.multiple_at_least(["shanghai"], 9, ["community", "filings"]) is YES
    assert c.multiple_at_least(["beijing", "shanghai"], 10, ["community"]) is NO
    with pytest.raises(NoObservation):
        c.multiple_at_least(["hangzhou"], 1, ["community"])


def test_a_province_never_makes_its_city_surely_ahead_but_may_rule_it_out(made_up):
    made_up(observations=counts(FILINGS, chongqing=2, guangdong=40))
    assert c.multiple_at_least(["shenzhen"], 10, ["filings"]) is CANNOT_TELL
    assert c.multiple_at_least(["shenzhen"], 30, ["filings"]) is NO


@pytest.mark.parametrize(("chengdu", "found"), [(6, YES), (3, NO), (15, NO), (14, YES)])
def test_a_small_multiple_is_above_one_and_below_five(made_up, chengdu, found):
    made_up(observations=counts(COMMUNITY, chongqing=3, chengdu=chengdu))
    assert c.small_multiple() is found


def sixth_of(core, aim, nine_months):
    return dict(
        observations=[
            observed("chongqing", "ai_core_scale", "2024", core),
            observed("chengdu", "ai_industry_scale", "2024-01/2024-09", nine_months),
        ],
        targets=[{"place": "chengdu", "indicator": "ai_industry_scale", "period": "2024",
                  "value": aim, "name_en": "x", "plan": "P", "as_of": "2024"}],
    )  # fmt: skip


def test_the_sixth_lies_between_the_aim_and_the_pace_of_nine_months(made_up):
    made_up(**sixth_of(1000, 5000, 6000))
    q = c.sixth()
    # 1,000 of 5,000 is a fifth; 6,000 in nine months are 8,000 a year, so an eighth
    assert q.low == pytest.approx(1 / 8, rel=1e-2) and q.high == pytest.approx(1 / 5, rel=1e-2)
    assert q.low <= 1000 / 8000 <= 1000 / 5000 <= q.high
    assert y.CHENGDU_AS_CORE in q.caveat and y.EVEN_PACE in q.caveat and q.forecast


@pytest.mark.parametrize(
    ("aim", "nine_months", "found"),
    [(6000, 4500, YES), (5000, 6000, CANNOT_TELL), (3000, 3000, NO), (9000, 9000, NO)],
)
def test_about_a_sixth_is_within_a_tenth_of_it(made_up, aim, nine_months, found):
    made_up(**sixth_of(1000, aim, nine_months))
    assert c.sixth_fits() is found


def test_filings_are_set_against_the_base_of_the_rivals_provinces(made_up):
    made_up(observations=counts(FILINGS, chongqing=50, anhui=40, shaanxi=40)
            + counts(("gdp_census5", "2024"), chongqing=30000, anhui=50000, shaanxi=35000))
    assert c.files_more_per("gdp_census5") is YES  # 50/30 against 40/50 and 40/35
    assert c.files_more_per("gdp_census5", ["wuhan", "hefei"]) is YES, "Wuhan is not known"
    with pytest.raises(NoObservation):
        c.files_more_per("gdp_census5", ["wuhan"])


@pytest.mark.parametrize(
    ("away", "not_away", "open_", "found"),
    [(3, 1, 1, YES), (2, 1, 1, CANNOT_TELL), (1, 2, 1, NO), (1, 1, 0, NO), (0, 0, 0, NO)],
)
def test_most_plans_pull_away_whatever_the_open_ones_do(monkeypatch, away, not_away, open_, found):
    fate = {YES: ["p"] * away, NO: ["p"] * not_away, CANNOT_TELL: ["p"] * open_}
    monkeypatch.setattr(c.ambition, "sorted_out", lambda: fate)
    assert c.most_plans_pull_away() is found


def test_scales_are_compared_whatever_their_scope(made_up):
    made_up(observations=[
        observed("chongqing", "ai_core_scale", "2024", 100),
        observed("hefei", "ai_core_scale", "2024", 1200),
        observed("wuhan", "ai_industry_scale", "2024", 800),
    ])  # fmt: skip
    hefei, wuhan = ("hefei", "ai_core_scale", "2024"), ("wuhan", "ai_industry_scale", "2024")
    ten_times = lambda q: q >= c.MAGNITUDE  # noqa: E731
    assert c.by_scale([hefei], ten_times)() is YES
    assert c.by_scale([hefei, wuhan], ten_times)() is NO
    assert c.by_scale([hefei, ("xian", "ai_core_scale", "2024")], ten_times)() is YES
    with pytest.raises(NoObservation):
        c.by_scale([("xian", "ai_core_scale", "2024")], ten_times)()


# ---------------------------------------------------------------------------------- the choices


def test_beijings_figures_are_left_out_and_its_ranks_stay():
    assert c.without_beijing({"place": "beijing", "value": "1"})
    assert not c.without_beijing({"place": "beijing", "ranking": "a", "rank": "1"})
    assert not c.without_beijing({"place": "shanghai"}) and not c.without_beijing({})


def test_only_deals_of_2018_are_left_out():
    assert c.deals_of_2018({"deals": "3", "period": "2018"})
    assert not c.deals_of_2018({"deals": "3", "period": "2017"})
    assert not c.deals_of_2018({"companies": "3", "period": "2018"})


def test_every_choice_leaves_the_tables_as_it_found_them():
    key = ("chongqing", *FILINGS)
    before = book.observe(*key)
    assert len({choice.name for choice in c.CHOICES}) == len(c.CHOICES)
    for choice in c.CHOICES:
        with choice.under():
            pass
        assert book.observe(*key) == before


def test_every_conclusion_of_the_book_has_an_answer_as_read():
    assert len({each.statement for each in c.CONCLUSIONS}) == len(c.CONCLUSIONS)
    for each in c.CONCLUSIONS:
        assert outcome(each, AS_READ) != "no data", each.statement


def test_without_a_single_row_no_conclusion_has_an_answer(made_up):
    made_up()
    for each in c.CONCLUSIONS:
        assert outcome(each, AS_READ) == "no data", each.statement
