"""Parity, needed growth and its pictures, from made-up rows and values worked by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citygap.catch_up import scenarios
from citygap.comparison import comparable_counts as y
from citygap.comparison import growth_rates
from citygap.data.tables import NoObservation
from citygap.measures import gap
from citygap.quantity.quantity import Quantity, exactly
from citygap.quantity.three_valued import Answer
from tests.made_up import sharp, upside_down, use

ROWS = """
chongqing, ai_core_scale, 2024, 100
chengdu, ai_industry_scale, 2023, 320
chengdu, ai_industry_scale, 2024-01/2024-09, 300
chengdu, ai_industry_growth, 2024-01/2024-09, -6.25
chengdu, ai_industry_growth, 2025, 30
beijing, ai_core_scale, 2023, 320
beijing, ai_core_scale, 2024, 400
beijing, ai_core_scale, 2025, 500
hangzhou, ai_core_scale, 2024, 150
wuhan, ai_industry_scale, 2024, 200
wuhan, ai_industry_scale, 2024, 220, exact, second2026
shanghai, ai_above_scale, 2024, 500
shenzhen, ai_scale_in_province, 2023, 200
shenzhen, ai_industry_scale, 2022, 240
shenzhen, ai_industry_scale, 2023, 300
zhejiang, ai_core_scale, 2020, 100
zhejiang, ai_industry_scale, 2020, 400
"""
AIMS = """
chongqing, ai_core_scale, 2027, 172.8
beijing, ai_core_scale, 2027, 605
hangzhou, ai_core_scale, 2026, 337.5
chengdu, ai_industry_scale, 2026, 425.92
shaanxi, ai_core_scale, 2025, 240
shaanxi, ai_core_scale, 2030, 386.5224
"""


@pytest.fixture(autouse=True)
def rows(monkeypatch):
    with sharp():
        use(monkeypatch, observations=ROWS, targets=AIMS)
        yield


def percent(number: float) -> Quantity:
    return exactly(number, "%")


# ------------------------------------------------------------------------------------------ levels


def test_levels_of_2024_and_whether_they_are_weaker_comparisons():
    found = {place: scenarios.scale(place) for place in (y.FOCUS, *scenarios.RIVALS[:1], "chengdu",
                                                         "hangzhou", "shanghai", "shenzhen")}
    bounds = {place: tuple(round(end, 5) for end in q.bounds) for place, (q, _) in found.items()}
    assert bounds == {
        "chongqing": (100, 100), "hangzhou": (150, 150), "shanghai": (500, 500),
        "wuhan": (200, 220),  # two sources
        "chengdu": (300, 400),  # nine months after 320, a last quarter of 0; or twelve at their pace
        "shenzhen": (250, 250),  # 200 carried on by the 25 % of its industry series
    }  # fmt: skip
    assert {place for place, (_, weak) in found.items() if not weak} == {"chongqing", "hangzhou"}
    assert len({q.scope for q, _ in found.values()}) == 1 and "core" in found["wuhan"][0].scope
    caveats = {place: q.caveat for place, (q, _) in found.items()}
    assert scenarios.ABOVE_AS_CORE in caveats["shanghai"] and caveats["hangzhou"] == ""
    assert y.INDUSTRY_AS_CORE in caveats["wuhan"] and scenarios.CARRIED_ON in caveats["shenzhen"]
    assert scenarios.YEAR_OF_NINE_MONTHS in caveats["chengdu"] and y.CHENGDU_AS_CORE in caveats["chengdu"]
    with pytest.raises(NoObservation):
        scenarios.scale("suzhou")


def test_a_wider_definition_adds_between_nothing_and_the_most_that_was_seen():
    assert scenarios.wider_definition().bounds == pytest.approx((1, 4))  # 1.5 and 4 were seen


def test_narrowed_takes_industry_series_down_and_leaves_the_others():
    with scenarios.narrowed():
        (chengdu, _), (beijing, _) = scenarios.scale("chengdu"), scenarios.scale("beijing")
    assert chengdu.bounds == pytest.approx((300 / 4, 400))
    assert chengdu.scope == beijing.scope and scenarios.NARROWED in chengdu.caveat
    assert beijing.middle == pytest.approx(400)
    assert scenarios.scale("chengdu")[0].low == pytest.approx(300), "the choice stayed behind"


def test_a_multiple_upside_down_is_one_over_it():
    assert scenarios.multiple("beijing").middle == pytest.approx(4)
    assert scenarios.multiple("chongqing", "beijing").middle == pytest.approx(1 / 4)
    assert scenarios.multiple("chengdu", "wuhan").bounds == pytest.approx((300 / 220, 2))


# ------------------------------------------------------------------------------- parity and growth


def test_parity_by_hand():
    # ln 4 / ln(1.3 / 1.1) = 8.299 years after 2024
    found = scenarios.parity("beijing", percent(10), percent(30))
    assert found.answer is Answer.YES
    assert found.earliest == pytest.approx(2024 + math.log(4) / math.log(1.3 / 1.1), abs=1e-6)
    assert scenarios.parity("beijing", exactly(0.3), exactly(0.3)).answer is Answer.NO


def test_needed_growth_by_hand():
    # 1.1 * 4 ** (1 / 6) = 1.38593
    found = scenarios.needed("beijing", percent(10), 2030)
    assert found.middle == pytest.approx(100 * (1.1 * 4 ** (1 / 6) - 1), abs=1e-6)
    assert found.unit == "%" and found.forecast


def test_needed_growth_by_hand_at_both_ends_of_what_follows_a_plan():
    # Chengdu stands at 3 to 4 times, aims at 425.92 in 2026 and asks for 10 % a year
    kept = scenarios.needed_if_kept("chengdu", 2030)
    assert kept.bounds == pytest.approx([100 * (1.1 * many ** (1 / 6) - 1) for many in (3, 4)], abs=1e-6)
    met = scenarios.needed_if_met("chengdu", 2030)
    assert met.middle == pytest.approx(100 * (4.2592 ** (1 / 6) - 1), abs=1e-6)
    assert scenarios.KEPT in kept.caveat and scenarios.MET in met.caveat
    with scenarios.narrowed():  # an industry figure holds up to four times a core one
        assert scenarios.aim_over("chengdu").bounds == pytest.approx((4.2592 / 4, 4.2592))


def test_needed_growth_by_hand_from_the_growth_stated_for_2025(monkeypatch):
    from citygap.catch_up import tables

    use(monkeypatch, observations=ROWS + "chongqing, ai_core_growth, 2025, 4", targets=AIMS)
    found = tables.needed_from_2025()  # 3.75 to 5 times in 2025, and an aim of 4.2592 over 1.04
    assert found.kept.bounds == pytest.approx([100 * (1.1 * many ** (1 / 5) - 1) for many in (3.75, 5)], abs=1e-6)
    assert found.met.middle == pytest.approx(100 * ((4.2592 / 1.04) ** (1 / 5) - 1), abs=1e-6)


rates, many = st.floats(-0.5, 1.5), st.floats(1.01, 500)


@given(many, rates, st.integers(1, 60))
def test_needed_growth_reaches_parity_exactly_then(times, leads, years):
    need = scenarios.growth_for_parity(exactly(times), exactly(leads), years)
    found = gap.parity_year(exactly(times), exactly(1), exactly(leads), need, 2024)
    assert (found.earliest, found.latest) == pytest.approx((2024 + years,) * 2, rel=1e-9)
    left = scenarios.distance_in(exactly(times), exactly(leads), need, years)
    assert left.bounds == pytest.approx((1, 1), rel=1e-9)


@given(st.lists(many, min_size=2, max_size=2), st.lists(rates, min_size=2, max_size=2),
       st.floats(0, 1), st.integers(1, 60))
def test_bounds_of_needed_growth_hold_what_lies_inside(times, leads, part, years):
    (a, b), (c, d) = sorted(times), sorted(leads)
    whole = scenarios.growth_for_parity(Quantity(a, b), Quantity(c, d), years)
    inner = scenarios.growth_for_parity(exactly(min(b, a + part * (b - a))),
                                        exactly(min(d, c + part * (d - c))), years)
    assert whole.low - 1e-9 <= inner.middle <= whole.high + 1e-9


@pytest.mark.parametrize("years", [0, -1, math.nan])
def test_parity_takes_time(years):
    with pytest.raises(ValueError, match="above 0"):
        scenarios.growth_for_parity(exactly(2), percent(1), years)
    with pytest.raises(ValueError, match="above 0"):
        scenarios.faster(exactly(2), years)


def test_parity_in_the_year_of_the_levels_cannot_be_asked():
    with pytest.raises(ValueError, match="above 0"):
        scenarios.needed("beijing", percent(10), scenarios.START)


def test_faster_is_a_factor_whatever_the_leader_does():
    assert scenarios.faster(exactly(4), 2).middle == pytest.approx(100)  # 2 squared is 4
    for rate in (0, 37.0):
        need = scenarios.growth_for_parity(exactly(4), percent(rate), 2)
        assert (1 + need.to("ratio")).middle / (1 + rate / 100) == pytest.approx(2)


def test_the_distance_left_by_hand():
    left = scenarios.distance_in(exactly(4), percent(10), percent(32), 3)  # 1.1 / 1.32 = 5 / 6
    assert left.middle == pytest.approx(4 * (5 / 6) ** 3) and left.forecast
    apart = scenarios.distance_in(Quantity(3, 4), Quantity(0, 10, "%"), Quantity(0, 20, "%"), 2)
    assert apart.bounds == pytest.approx((3 / 1.44, 4 * 1.21))
    assert scenarios.distance_in(exactly(4), percent(10), percent(50), 0).middle == pytest.approx(4)
    with pytest.raises(ValueError, match="leaves nothing"):
        scenarios.distance_in(exactly(4), percent(10), percent(-100), 2)


# ------------------------------------------------------------------------------- published growths


def test_the_scenarios_use_plans_and_growth_seen():
    rates = {name: [q.middle for q in of("chengdu")] for name, of in scenarios.SCENARIOS.items()}
    assert rates == {
        scenarios.PLANS: pytest.approx([10, 20]),  # 320 to 425.92, 100 to 172.8, three years each
        scenarios.SEEN: pytest.approx([30, 20]),
        scenarios.STILL: pytest.approx([0, 20]),
        scenarios.FASTEST: pytest.approx([10, 30]),  # of Beijing's, Chengdu's, Shenzhen's
    }


def test_a_case_by_hand_and_its_words():
    still = scenarios.case("chengdu", scenarios.STILL)
    # 3 to 4 times: ln 3 / ln 1.2 = 6.03, ln 4 / ln 1.2 = 7.60 years
    assert still.parity.earliest == pytest.approx(2024 + math.log(3) / math.log(1.2), abs=1e-6)
    assert still.parity.latest == pytest.approx(2024 + math.log(4) / math.log(1.2), abs=1e-6)
    assert (still.text, still.weak) == ("2030 to 2032", True)
    assert still.quantity.bounds == (still.parity.earliest, still.parity.latest)
    assert still.row == "Chengdu: the other stays as in 2024"
    seen = scenarios.case("chengdu", scenarios.SEEN)
    assert seen.text == "never" and seen.quantity == seen.parity.basis
    assert not scenarios.case("hangzhou", scenarios.STILL).weak


def test_a_case_that_cannot_be_told_says_from_when():
    level, rate = Quantity(2, 2), Quantity(0.1, 0.3)
    found = gap.parity_year(level, exactly(1), exactly(0.2), rate, 2024)
    text = scenarios.Case("chengdu", "x", found).text
    assert text == "from 2032 or never"  # ln 2 / ln(1.3 / 1.2) = 8.66 years


def test_a_missing_figure_makes_a_case_unknown_and_open():
    for place, scenario in (("suzhou", scenarios.STILL), ("hangzhou", scenarios.SEEN),
                            ("shanghai", scenarios.PLANS)):
        case = scenarios.case(place, scenario)
        assert (case.parity, case.text, case.weak) == (None, "not known", True)
        assert case.quantity.bounds == (-math.inf, math.inf)
        with pytest.raises(NoObservation):
            scenarios.case_of(place, scenario)


def test_without_any_growth_seen_the_fastest_is_not_known(monkeypatch):
    use(monkeypatch, observations="""
        chongqing, ai_core_scale, 2024, 100
        beijing, ai_core_scale, 2025, 500""", targets=AIMS)
    assert scenarios.case("beijing", scenarios.FASTEST).text == "not known"


def test_every_rival_has_every_scenario():
    found = scenarios.cases(["beijing", "suzhou"])
    assert [(c.place, c.scenario) for c in found] == [
        (place, scenario) for place in ("beijing", "suzhou") for scenario in scenarios.SCENARIOS]
    assert [c.text for c in found[4:]] == ["not known"] * 4


# ----------------------------------------------------------------------------------------- pairs


def test_a_pair_closes_the_gap_if_the_follower_is_faster():
    pair = scenarios.Pair("x", "chengdu", percent(20), percent(50))
    assert pair.quantity.middle == pytest.approx(0.25)  # 1.5 over 1.2
    assert scenarios.Pair("x", "chengdu", percent(50), percent(20)).quantity.high < 0


def test_the_pairs_against_one_leader():
    found = {pair.row: (pair.place, pair.x.middle, pair.y.middle) for pair in scenarios.pairs()}
    assert found == {
        "both plans": ("chengdu", pytest.approx(10), pytest.approx(20)),
        "seen 2025": ("chengdu", pytest.approx(30), pytest.approx(20)),
        "the fastest seen": ("chongqing", pytest.approx(10), pytest.approx(30)),
    }


# ---------------------------------------------------------------------- where both growths are seen

FIRMS = """
xian, high_tech_firms, 2020, 900
xian, high_tech_firms, 2022, 3000
xian, high_tech_firms, 2023, 3300
xian, high_tech_firms, 2025, 9999
wuhan, high_tech_firms, 2024, 5000
"""
GDP = """
chongqing, gdp_census5, 2024, 100
chongqing, gdp_census5, 2025, 120
xian, gdp_census5, 2024, 300
xian, gdp_census5, 2025, 330
hefei, gdp_census5, 2024, 200
hefei, gdp_census5, 2025, 240
wuhan, gdp_census5, 2025, 400
"""


def test_growth_of_the_last_two_years_of_a_series(monkeypatch):
    use(monkeypatch, observations=FIRMS)
    assert scenarios.last_growth("xian", "high_tech_firms", "2024").middle == pytest.approx(10)
    two_years = scenarios.last_growth("xian", "high_tech_firms", "2022").middle
    assert two_years == pytest.approx(100 * ((3000 / 900) ** 0.5 - 1))
    with pytest.raises(NoObservation, match="no two years up to 2024"):
        scenarios.last_growth("wuhan", "high_tech_firms", "2024")


def test_parity_where_both_growths_were_seen(monkeypatch):
    use(monkeypatch, observations=GDP)
    xian = scenarios.elsewhere("xian")  # 330 to 120, at 10 and 20 %
    assert xian.parity.earliest == pytest.approx(2025 + math.log(330 / 120) / math.log(1.2 / 1.1), abs=1e-6)
    # both grow 20 %, which rounding must not turn into a very late parity
    assert scenarios.elsewhere("hefei").parity.answer is not Answer.YES
    assert scenarios.elsewhere("wuhan").text == "not known"


def test_without_chongqings_counts_there_is_no_case(monkeypatch):
    use(monkeypatch, observations=GDP.replace("chongqing", "tianjin"))
    with pytest.raises(NoObservation):
        scenarios.elsewhere("xian")


def test_the_order_of_rows_does_not_matter(monkeypatch):
    before = [(c.place, c.scenario, c.text, c.quantity.bounds) for c in scenarios.cases()]
    use(monkeypatch, observations=upside_down(ROWS), targets=upside_down(AIMS))
    assert before == [(c.place, c.scenario, c.text, c.quantity.bounds) for c in scenarios.cases()]
    assert growth_rates.planned(y.FOCUS).middle == pytest.approx(20)


def test_a_bracket_joins_the_scenarios_in_which_chongqing_grows_alike():
    from citygap.catch_up.tables import PARITY_HEADS, PARITY_OVER

    of_chongqing = [of("chengdu")[1].bounds for of in scenarios.SCENARIOS.values()]
    assert len(PARITY_HEADS) == len(of_chongqing)
    assert [column for _, columns in PARITY_OVER for column in columns] == list(range(len(of_chongqing)))
    joined = [{of_chongqing[column] for column in columns} for _, columns in PARITY_OVER]
    assert all(len(each) == 1 for each in joined) and joined[0] != joined[1]
