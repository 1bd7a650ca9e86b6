"""Shares of the five largest, from made-up lists and values worked by hand."""

from __future__ import annotations

import pytest

from citygap.capital import ai_vs_all_industries, distributions
from citygap.data.tables import NoObservation
from citygap.quantity.quantity import exactly
from tests.made_up import sharp, use

DEALS = """
2013, beijing, 10, 10, 40
2013, shanghai, 10, 10, 10
2014, beijing, 20, 20, 10
2017, beijing, 10, 10, 60
2017, shenzhen, 20, 20, 20
2017, hangzhou, 10, 10, 10
2017, nanjing, 10, 10, 5
2017, wuhan, 5, 5, 4
2017, suzhou, 5, 5, 1
"""
UNICORNS = """
all, 2022-03, beijing, 6, 60
all, 2022-03, shanghai, 4, 40
ai, 2022-03, beijing, 3, 30
all, 2024-12, chengdu, 9, 90
"""
ROWS = """
vc_top5_cities, vc_all_deals_share_jiamian, 2025H1, 60
"""


@pytest.fixture(autouse=True)
def rows(monkeypatch):
    with sharp():
        use(monkeypatch, observations=ROWS, ai_deals_by_city=DEALS, unicorns_by_city=UNICORNS)
        yield


def test_the_five_largest_of_a_list():
    assert distributions.five_of([5, 1, 4, 1, 2, 3]) == pytest.approx(15 / 16)
    assert distributions.five_of([3, 1]) == 1, "fewer than five are all of it"
    with pytest.raises(ValueError):
        distributions.five_of([])


def test_deals_of_all_years():
    # Beijing 40, Shenzhen 20, Shanghai, Hangzhou, Nanjing 10 each: 90 of 100
    found = ai_vs_all_industries.ai_deals()
    assert found.middle == pytest.approx(90) and found.unit == "%"
    with pytest.raises(NoObservation):
        distributions.five_largest(*distributions.DEALS, ["2015"])


def test_the_value_of_unicorns_is_another_column():
    assert ai_vs_all_industries.unicorn_value("ai").rows == ("unicorns-by-city/beijing/2022-03/valuation_1e9_usd",)


def test_unicorns_are_of_one_kind_and_date():
    assert ai_vs_all_industries.unicorns("all").sources and ai_vs_all_industries.unicorns("all").middle == pytest.approx(100)
    assert set(ai_vs_all_industries.unicorns("ai").rows) == {"unicorns-by-city/beijing/2022-03/companies"}
    with pytest.raises(NoObservation):
        ai_vs_all_industries.unicorns("other")


def test_one_share_over_another_keeps_that_the_lists_differ():
    ai, all_ = exactly(90, "%", scope="a"), exactly(60, "%", scope="b")
    assert ai_vs_all_industries.more(ai, all_).middle == pytest.approx(1.5)
    assert ai_vs_all_industries.OTHER_LISTS in ai_vs_all_industries.more(ai, all_).caveat
