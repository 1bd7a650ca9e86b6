"""Public funds: what is drawn hollow, and sums and multiples by hand."""

from __future__ import annotations

import pytest
from made_up import sharp, use

from citygap import funds
from citygap.quantity import exactly
from citygap.tables import NoObservation

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


def fund(**fields) -> funds.Fund:
    return funds.Fund("row", "china", lambda: exactly(600, "1e8 CNY"), **fields)


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("aim", [False, True])
def test_only_a_registered_fund_for_ai_alone_is_filled(mixed, aim):
    mark = fund(mixed=mixed, aim=aim).mark()
    assert mark.hollow is (mixed or aim)
    said = mark.quantity.caveat
    assert ((funds.FIELDS in said), (funds.AIM in said)) == (mixed, aim)
    assert (mark.middle, mark.quantity.unit) == (pytest.approx(60), "1e9 CNY")


def test_a_fund_is_announced_unless_it_is_said_to_be_registered():
    assert funds.Fund("r", "china", lambda: exactly(1, "1e8 CNY")).mark().hollow


def test_sizes_are_read_when_they_are_asked_for(monkeypatch):
    size = funds.known("china", funds.FUND, "2025-01")
    aim = funds.aimed("tianjin", funds.FUND, "2018-05-16")
    assert (size().middle, size().forecast) == (pytest.approx(600), False)
    assert (aim().middle, aim().forecast) == (pytest.approx(100), True)
    use(monkeypatch)
    for of in (size, aim):
        with pytest.raises(NoObservation):
            of()


def test_an_aim_with_a_name_of_its_own_is_found():
    assert funds.HANGZHOU.size().low == pytest.approx(1000)


def test_the_three_regions_add_up_whatever_the_order():
    assert funds.state_regions().middle == pytest.approx(900), "the fund of 2020 is no state fund"


def test_a_fund_over_one_years_money_says_that_it_lasts_for_years():
    year = exactly(1200, "1e8 CNY", scope="house")
    found = funds.over_a_year(funds.NATION, year)
    assert found.middle == pytest.approx(0.5) and funds.STOCK_AND_FLOW in found.caveat


def test_every_fund_is_drawn_once_those_for_ai_alone_first(monkeypatch):
    everything = (*funds.FOR_AI, *funds.MIXED)
    assert not any(each.mixed for each in funds.FOR_AI) and all(each.mixed for each in funds.MIXED)
    assert len({each.row for each in everything}) == len(everything)
    with pytest.raises(NoObservation):
        funds.marks()
    few = (funds.NATION, funds.HANGZHOU)
    monkeypatch.setattr(funds, "FOR_AI", few)
    monkeypatch.setattr(funds, "MIXED", funds.MIXED[-1:])
    assert [(m.row, m.hollow) for m in funds.marks()] == [
        (funds.NATION.row, False), (funds.HANGZHOU.row, True), (funds.MIXED[-1].row, True)]
