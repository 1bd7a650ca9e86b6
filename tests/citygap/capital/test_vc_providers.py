"""Totals of houses from made-up rows: dollars, parts and vintages by hand."""

from __future__ import annotations

import pytest

from citygap.capital import tables, vc_providers
from citygap.data.tables import NoObservation
from citygap.quantity.quantity import NotComparable, Quantity
from citygap.quantity.three_valued import Answer
from tests.made_up import sharp, use
from tests.small_tables import observed

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
    found = vc_providers.in_dollars(vc_providers.it_juzi("2025"))  # 56 billion yuan at 7 to 8
    assert found.bounds == pytest.approx((7, 8)) and found.unit == vc_providers.BILLION_DOLLARS
    assert found.period == "2024" and found.place == "china" and vc_providers.AT_RATE in found.caveat


def test_a_total_is_that_of_its_vintage_or_of_all_sources():
    assert vc_providers.it_juzi("2026").middle == pytest.approx(1120)
    assert vc_providers.zero2ipo().bounds == pytest.approx((700, 840))
    with pytest.raises(KeyError):
        vc_providers.it_juzi("2024")


def test_parts_and_their_share_give_the_whole():
    found = vc_providers.ccid()  # 384 are 80 percent of 480
    assert found.middle == pytest.approx(480) and found.place == "china"
    assert vc_providers.FROM_PARTS in found.caveat and found.unit == "1e8 CNY"


def test_dollars_of_another_year_say_so():
    assert (vc_providers.cset().middle, vc_providers.cset().unit) == (pytest.approx(18), vc_providers.BILLION_DOLLARS)
    assert vc_providers.OLD_DOLLARS in vc_providers.cset().caveat
    assert vc_providers.oecd().published == ""
    assert vc_providers.ai_index().caveat == ""


def test_the_houses_of_one_year_largest_first():
    found = tables.houses()
    assert [(house.split(",")[0], round(q.middle, 2)) for house, q in found.items()] == [
        ("OECD.AI", 40), ("CSET", 18), ("IT Juzi", 15), ("Zero2IPO", 10.38), ("AI Index", 10),
        ("IT Juzi", 7.5), ("CCID", 6.43),
    ]  # fmt: skip
    assert {q.unit for q in found} == {vc_providers.BILLION_DOLLARS}


@pytest.mark.parametrize(
    "row, standing",
    [
        ({"as_of": "2024-12-21"}, "provisional"),
        ({"as_of": "2024-06"}, "provisional"),
        ({"as_of": "2025-01-15"}, ""),
        ({"as_of": ""}, ""),
        ({"as_of": "2024-12-21", "bound": "expected"}, "a projection"),
    ],
)
def test_what_kind_of_total_it_is_follows_from_its_row(made_up, row, standing):
    made_up(observations=[observed("china", "vc_amount_oecd", "2024", 40, **row)])
    q = vc_providers.oecd()
    assert vc_providers.standing(q) == standing
    assert (vc_providers.PROVISIONAL in q.caveat) is bool(standing)


def test_the_book_does_not_call_a_total_a_projection_that_its_row_does_not():
    for mark in tables.house_marks():
        assert ("projection" in mark.row) is mark.quantity.forecast, mark.row


@pytest.mark.parametrize(
    "as_of, answer",
    [("2025-09", Answer.NO), ("2025-10", Answer.YES), ("2025-11-03", Answer.YES), ("", Answer.NO)],
)
def test_months_count_as_covered_by_the_date_of_the_count_not_by_the_page(made_up, as_of, answer):
    tag = vc_providers.NARROW[0]
    made = made_up(observations=[
        observed("china", tag, "2025-01/2025-09", 700, as_of="2025-09"),
        observed("china", tag, "2025-01/2025-10", 700, as_of=as_of, source="t"),
        observed("china", tag, "2025-01/2025-10", 700, as_of="2025-12", source="u", confidence="low"),
        observed("china", tag, "2024-01/2024-10", 600, as_of="2024-12", source="v"),
    ])  # fmt: skip
    found, covered = vc_providers.within_months(tag, *vc_providers.TEN_MONTHS, made)
    assert len(found) == 2 and covered is answer


def test_without_a_total_it_cannot_be_told_what_the_months_cover(made_up):
    made = made_up(observations=[])
    assert vc_providers.within_months(vc_providers.NARROW[0], *vc_providers.TEN_MONTHS, made) == (
        [], Answer.CANNOT_TELL)  # fmt: skip


def test_one_house_over_another_needs_no_common_scope_and_says_so():
    with pytest.raises(NotComparable):
        vc_providers.oecd() / vc_providers.ai_index()
    found = vc_providers.ratio(vc_providers.oecd(), vc_providers.ai_index())
    assert found.middle == pytest.approx(4) and vc_providers.SAME_YEAR in found.caveat


def test_the_widest_ratio_does_not_depend_on_the_order():
    totals = [Quantity(n, n, "1e9 USD", scope=f"s{n}") for n in (5, 20, 10)]
    for order in (totals, totals[::-1]):
        assert vc_providers.widest(order).bounds == pytest.approx((4, 4))
        assert vc_providers.SAME_YEAR in vc_providers.widest(order).caveat


@pytest.mark.parametrize("gone", ["vc_amount_oecd", "exchange_rate_usd, 2024-11", "vc_amount_share_ccid"])
def test_a_missing_total_is_no_observation(monkeypatch, gone):
    use(monkeypatch, observations="\n".join(row for row in ROWS.splitlines() if gone not in row))
    with pytest.raises(NoObservation):
        tables.houses()
