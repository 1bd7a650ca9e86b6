"""Shares of the five largest, from made-up lists and values worked by hand."""

from __future__ import annotations

import pytest
from made_up import sharp, upside_down, use

from citygap import rest
from citygap.quantity import exactly
from citygap.tables import NoObservation

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
china, ai_firms_itjuzi, 2021-03, 100
beijing, ai_firms_itjuzi, 2021-03, 40
shanghai, ai_firms_itjuzi, 2021-03, 20
guangdong, ai_firms_itjuzi, 2021-03, 90
vc_top5_cities, vc_all_deals_share_jiamian, 2025H1, 60
zero2ipo_top5, vc_deals_share_zero2ipo, 2024, 75
us_vc_top5_metros, us_vc_share_citylab, 2017, 80
"""


@pytest.fixture(autouse=True)
def rows(monkeypatch):
    with sharp():
        use(monkeypatch, observations=ROWS, ai_deals_by_city=DEALS, unicorns_by_city=UNICORNS)
        yield


def test_the_five_largest_of_a_list():
    assert rest.five_of([5, 1, 4, 1, 2, 3]) == pytest.approx(15 / 16)
    assert rest.five_of([3, 1]) == 1, "fewer than five are all of it"
    with pytest.raises(ValueError):
        rest.five_of([])


def test_deals_of_all_years_and_money_of_one():
    # Beijing 40, Shenzhen 20, Shanghai, Hangzhou, Nanjing 10 each: 90 of 100
    assert rest.ai_deals().middle == pytest.approx(90) and rest.ai_deals().unit == "%"
    assert rest.ai_money().middle == pytest.approx(99)  # all but Suzhou's 1 of 100 in 2017
    assert rest.ai_money("2013").middle == pytest.approx(100)
    with pytest.raises(NoObservation):
        rest.ai_money("2015")


def test_the_index_of_money_in_one_year():
    # 60, 20, 10, 5, 4 and 1 of 100
    assert rest.china_index().middle == pytest.approx(0.3600 + 0.04 + 0.01 + 0.0025 + 0.0016 + 0.0001)
    assert rest.china_index("2013").middle == pytest.approx(0.8**2 + 0.2**2)


def test_five_cities_of_which_two_are_published_are_a_range():
    # 40 and 20 of 100; three more have at most 20 each and 40 together; a province is no city
    assert rest.ai_firms().bounds == pytest.approx((60, 100))


def test_unicorns_are_of_one_kind_and_date():
    assert rest.unicorns("all").sources and rest.unicorns("all").middle == pytest.approx(100)
    assert set(rest.unicorns("ai").rows) == {"unicorns-by-city/beijing/2022-03/companies"}
    with pytest.raises(NoObservation):
        rest.unicorns("other")


def test_the_american_index_takes_each_metro_once(monkeypatch):
    use(monkeypatch, observations="""
        new_york_metro, us_vc_share_citylab, 2017, 40
        boston_metro, us_vc_share_citylab, 2017, 30
        sf_bay_area, us_vc_share_citylab, 2017, 99
        us_vc_top5_metros, us_vc_share_citylab, 2017, 99""")
    # 40 and 30: the rest is dust at best, one more metro of 30 at worst
    assert rest.us_index().bounds == pytest.approx((0.25, 0.34))


def test_one_share_over_another_keeps_that_the_lists_differ():
    ai, all_ = exactly(90, "%", scope="a"), exactly(60, "%", scope="b")
    assert rest.more(ai, all_).middle == pytest.approx(1.5)
    assert rest.OTHER_LISTS in rest.more(ai, all_).caveat


def test_all_industries_are_drawn_hollow():
    marks = {m.row: m for m in rest.marks()}
    assert len(marks) == 7
    assert {row for row, m in marks.items() if m.hollow} == {
        row for row in marks if row.startswith("All ")}
    assert marks["All venture deals, 2025"].middle == rest.all_deals().middle
    assert marks["AI cases, 2024, regions"].middle == pytest.approx(75)
    assert marks["All venture money,\nUnited States, 2017"].middle == rest.us_money().middle
    assert {m.quantity.unit for m in marks.values()} == {"%"}


def test_the_order_of_rows_does_not_matter(monkeypatch):
    before = [end for m in rest.marks() for end in m.quantity.bounds]
    use(monkeypatch, observations=upside_down(ROWS), ai_deals_by_city=upside_down(DEALS),
        unicorns_by_city=upside_down(UNICORNS))
    assert [end for m in rest.marks() for end in m.quantity.bounds] == pytest.approx(before)
