"""Totals of houses from made-up rows: dollars, parts and vintages by hand."""

from __future__ import annotations

import pytest
from made_up import sharp, upside_down, use

from citygap import houses
from citygap.quantity import NotComparable, Quantity
from citygap.tables import NoObservation

ROWS = """
china, exchange_rate_usd, 2024-10, 7.0
china, exchange_rate_usd, 2024-11, 7.5
china, exchange_rate_usd, 2024-12, 8.0
china, exchange_rate_usd, 2025-01, 9.0
china, vc_amount_oecd, 2024, 40
china, vc_amount_itjuzi_2025, 2024, 560
china, vc_amount_itjuzi_wide_2026, 2024, 1120
china, vc_amount_itjuzi_wide_2026, 2025, 1400
china, vc_amount_zero2ipo, 2024, 700
china, vc_amount_zero2ipo, 2024, 840, exact, second2026
china, private_ai_investment_cset, 2024, 18
china, private_ai_investment_aiindex, 2024, 10
beijing_shanghai_zhejiang, vc_amount_ccid, 2024, 384
beijing_shanghai_zhejiang, vc_amount_share_ccid, 2024, 80
china, vc_companies_itjuzi_narrow, 2025-01/2025-09, 700
china, vc_amount_itjuzi_narrow, 2025-01/2025-09, 800
china, vc_companies_itjuzi_application, 2025, 300
china, vc_amount_itjuzi_application, 2025, 450
china, vc_deals_itjuzi_wide_2026, 2025, 1500
china, vc_deals_itjuzi_2025, 2024, 640
china, vc_deals_zero2ipo, 2024, 900
"""


@pytest.fixture(autouse=True)
def rows(monkeypatch):
    with sharp():
        use(monkeypatch, observations=ROWS)
        yield


def test_yuan_are_dollars_at_the_span_of_the_last_quarter():
    found = houses.in_dollars(houses.it_juzi("2025"))  # 56 billion yuan at 7 to 8
    assert found.bounds == pytest.approx((7, 8)) and found.unit == houses.BILLION_DOLLARS
    assert found.period == "2024" and found.place == "china" and houses.AT_RATE in found.caveat


def test_a_total_is_that_of_its_vintage_or_of_all_sources():
    assert houses.it_juzi("2026").middle == pytest.approx(1120)
    assert houses.zero2ipo().bounds == pytest.approx((700, 840))
    with pytest.raises(KeyError):
        houses.it_juzi("2024")


def test_parts_and_their_share_give_the_whole():
    found = houses.ccid()  # 384 are 80 percent of 480
    assert found.middle == pytest.approx(480) and found.place == "china"
    assert houses.FROM_PARTS in found.caveat and found.unit == "1e8 CNY"


def test_dollars_of_another_year_and_a_projection_say_so():
    assert (houses.cset().middle, houses.cset().unit) == (pytest.approx(18), houses.BILLION_DOLLARS)
    assert houses.OLD_DOLLARS in houses.cset().caveat
    assert houses.PROJECTED in houses.oecd().caveat and houses.oecd().published == ""
    assert houses.ai_index().caveat == ""


def test_the_houses_of_one_year_largest_first():
    marks = houses.of_2024()
    assert [(m.row.split(",")[0], m.row[-4:], round(m.middle, 2)) for m in marks] == [
        ("OECD.AI", "tion", 40), ("CSET", "2021", 18), ("IT Juzi", "2026", 15),
        ("Zero2IPO", "2IPO", 10.38), ("AI Index", "ndex", 10), ("IT Juzi", "2025", 7.5),
        ("CCID", "ions", 6.43),
    ]
    assert {m.quantity.unit for m in marks} == {houses.BILLION_DOLLARS}
    assert {m.row.split(",")[0] for m in marks if m.hollow} == {"OECD.AI", "CSET"}


def test_one_house_over_another_needs_no_common_scope_and_says_so():
    with pytest.raises(NotComparable):
        houses.oecd() / houses.ai_index()
    found = houses.ratio(houses.oecd(), houses.ai_index())
    assert found.middle == pytest.approx(4) and houses.SAME_YEAR in found.caveat


def test_the_widest_ratio_does_not_depend_on_the_order():
    totals = [Quantity(n, n, "1e9 USD", scope=f"s{n}") for n in (5, 20, 10)]
    for order in (totals, totals[::-1]):
        assert houses.widest(order).bounds == pytest.approx((4, 4))
        assert houses.SAME_YEAR in houses.widest(order).caveat


def test_the_table_gives_each_tag_and_vintage_in_billions():
    frame = houses.table().frame
    assert list(frame["Counted"]) == ["700 firms", "300 firms", "1,500 rounds", "not seen",
                                      "640 rounds", "900 cases"]
    assert list(frame["Billion yuan"])[:5] == ["80", "45", "140", "112", "56"]


def test_the_order_of_rows_does_not_matter(monkeypatch):
    before = [(m.row, m.quantity.bounds) for m in houses.of_2024()], str(houses.table())
    use(monkeypatch, observations=upside_down(ROWS))
    assert before == ([(m.row, m.quantity.bounds) for m in houses.of_2024()], str(houses.table()))


@pytest.mark.parametrize("gone", ["vc_amount_oecd", "exchange_rate_usd, 2024-11", "vc_amount_share_ccid"])
def test_a_missing_total_is_no_observation(monkeypatch, gone):
    use(monkeypatch, observations="\n".join(row for row in ROWS.splitlines() if gone not in row))
    with pytest.raises(NoObservation):
        houses.of_2024()
