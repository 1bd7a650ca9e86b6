"""The tables of the chapter on capital, against values worked by hand."""

from __future__ import annotations

import pytest

from citygap.capital import distributions, tables
from citygap.capital.public_funds import FOR_AI, MIXED
from citygap.comparison import filed_models
from citygap.data.tables import book
from tests.made_up import sharp, use

DEALS = """
2013, beijing, 4, 4, 40
2013, suzhou, 3, 3, 30
2013, guangzhou, 2, 2, 20
2013, chongqing, 1, 1, 10
2014, shenzhen, 9, 9, 1
2014, chengdu, 1, 1, 1
"""


def test_the_ladder_by_hand():
    table = tables.ladder()
    # of 784 firms 265, 132, 123 and 56 are in the four cities, of 985 deals 412, 174, 154 and 69
    assert table.loc["firms", "four"].middle == pytest.approx(100 * (265 + 132 + 123 + 56) / 784)
    assert table.loc["deals", "four"].middle == pytest.approx(100 * (412 + 174 + 154 + 69) / 985)
    assert table.loc["deals", "chongqing"].middle == pytest.approx(100 * 5 / 985)
    assert [table.loc[step, "number"].middle for step in ("firms", "deals")] == [6, 5]
    marks = tables.ladder_marks()
    assert len(marks) == 15 and {mark.quantity.unit for mark in marks} == {"%"}


def test_the_five_regions_hold_their_cities_and_shenzhen_alone_of_guangdong(monkeypatch):
    inside = distributions.in_five_regions()
    assert {"beijing", "shenzhen", "suzhou", "hangzhou", "jiangsu"} <= set(inside)
    assert not {"guangzhou", "guangdong", "chongqing", "china"} & set(inside)
    with sharp():
        use(monkeypatch, ai_deals_by_city=DEALS)
        found = [distributions.top_share(*distributions.DEALS, [year], inside) for year in ("2013", "2014")]
    assert [q.middle for q in found] == pytest.approx([70, 90])


def test_the_houses_of_the_five_regions_are_never_joined():
    table, marks = tables.five_regions(), tables.five_regions_marks()
    assert table.loc["2024", "deals"].sources == ("zero2ipo-research-2025a",)
    rows = {mark.row: {m.quantity.sources for m in marks if m.row == mark.row} for mark in marks}
    assert len(rows) == 5 and all(len(sources) == 1 for sources in rows.values())
    assert set(tables.FIVE_COLOURS) == set(rows)


def test_models_of_the_five_regions_by_hand():
    day = filed_models.days()[0]
    part = ("beijing", "shanghai", "jiangsu", "zhejiang")
    known = sum(filed_models.count(place, day).middle for place in part)
    shenzhen = filed_models.in_cities(["shenzhen"], day)
    found = tables.five_regions().loc[day, "models"]
    whole = filed_models.nation(day).middle
    assert found.bounds == pytest.approx([100 * (known + end) / whole for end in shenzhen.bounds])


def test_36krs_tally_covers_both_national_totals():
    found = tables.three_by_36kr()
    assert 100 * (740 + 184 + 306) / 2378 in found and 100 * (740 + 184 + 306) / 2037 in found


def test_every_fund_of_the_figure_is_in_the_table_once():
    table, marks = tables.funds(), tables.fund_marks()
    assert [mark.place for mark in marks] == [fund.place for fund in FOR_AI]
    assert set(table.index) == {fund.place for fund in (*FOR_AI, *MIXED)} | {"china", "coast"}
    assert not set(tables.NO_FUND) & {book.name(place) for place in table["ai"].dropna().index if place != "coast"}
    assert table.loc["coast", "all"].middle == pytest.approx(47.1 + 29.646 + 45.05)
    assert table.loc["chongqing", "subscribed"].middle == pytest.approx(80)


def test_what_the_commentary_claims_is_of_low_confidence():
    table = tables.ten_months()
    assert {table[key].confidence for key in ("claimed_firms", "claimed_money")} == {"low"}
    assert table["claimed_money"].unit == "1e9 CNY" and 80 <= table["claimed_money"].low


def test_pairs_stand_on_one_list_of_one_date():
    marks = tables.all_industries_marks()
    assert len(marks) == 4 and {mark.quantity.period for mark in marks} == {"2022-03"}
    assert {mark.quantity.sources for mark in marks} == {("cb-insights-2022",)}


def test_what_chance_leaves_open_in_chongqings_deals():
    found = tables.chongqing()["by_chance"]
    assert found.bounds == pytest.approx((1.623, 11.668), abs=1e-3)  # Garwood's interval of five
