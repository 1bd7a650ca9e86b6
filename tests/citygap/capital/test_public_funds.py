"""Public funds: what is drawn hollow, and sums and multiples by hand."""

from __future__ import annotations

import pytest

from citygap.capital import public_funds
from citygap.data.tables import NoObservation
from citygap.quantity.quantity import exactly
from tests.made_up import sharp, use

ROWS = """
china, public_ai_fund_size, 2025-01, 600
jing_jin_ji, vc_guidance_regional_fund_size, 2025-12-22, 200
yangtze_delta, vc_guidance_regional_fund_size, 2025-12-22, 300
greater_bay_area, vc_guidance_regional_fund_size, 2025-12-22, 400
chengdu_chongqing, public_industry_fund_size, 2020-09, 50
"""
AIMS = """
hangzhou, Industry funds directed to AI, 2025, 1000, over
tianjin, public_ai_fund_size, 2018-05-16, 100
"""


@pytest.fixture(autouse=True)
def rows(monkeypatch):
    with sharp():
        use(monkeypatch, observations=ROWS, targets=AIMS)
        yield


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("announced", [False, True])
def test_a_fund_says_what_its_size_is(mixed, announced):
    fund = public_funds.Fund("china", public_funds.FUND, "2025-01", "observations", announced, mixed)
    q = fund.size()
    assert ((public_funds.FIELDS in q.caveat), (public_funds.AIM in q.caveat)) == (mixed, announced)
    assert (q.middle, q.unit) == (pytest.approx(60), "1e9 CNY")


def test_sizes_are_read_when_they_are_asked_for(monkeypatch):
    tianjin = public_funds.FOR_AI[1]
    assert (public_funds.NATION.size().forecast, tianjin.size().forecast) == (False, True)
    use(monkeypatch)
    for fund in (public_funds.NATION, tianjin):
        with pytest.raises(NoObservation):
            fund.size()


def test_an_aim_with_a_name_of_its_own_is_found():
    assert public_funds.HANGZHOU.size().low == pytest.approx(100)


def test_the_three_regions_add_up_whatever_the_order():
    assert public_funds.state_regions().middle == pytest.approx(900), "the fund of 2020 is no state fund"


def test_a_fund_over_one_years_money_says_that_it_lasts_for_years():
    year = exactly(1200, "1e8 CNY", scope="house")
    found = public_funds.over_a_year(public_funds.NATION, year)
    assert found.middle == pytest.approx(0.5) and public_funds.STOCK_AND_FLOW in found.caveat


def test_every_fund_is_named_once_those_for_ai_alone_apart():
    everything = (*public_funds.FOR_AI, *public_funds.MIXED)
    assert not any(fund.mixed for fund in public_funds.FOR_AI)
    assert all(fund.mixed for fund in public_funds.MIXED)
    assert len({fund.place for fund in everything}) == len(everything)
