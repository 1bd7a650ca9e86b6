"""The tables behind the chapter on the head cities, on made-up rows and on the book's own."""

from __future__ import annotations

import pandas as pd
import pytest

from citygap.comparison import filed_models
from citygap.head_cities import tables as t
from citygap.head_cities import uniform_counts
from tests.small_tables import observed

CORE = "ai_core_scale"


def core(period, value, place="beijing", **more):
    return observed(place, CORE, period, value, **more)


def test_a_cell_of_the_counts_is_the_city_the_ceiling_of_its_province_or_empty():
    found = t.counts()
    assert found.shape == (len(uniform_counts.COUNTS), 5)
    assert found.loc["firms", "beijing"].bounds == (265, 265)
    ceiling = found.loc["algorithms", "shenzhen"]
    assert ceiling.low == -float("inf") and ceiling.high == 867
    assert found.loc["robots", "chongqing"] is None


def test_firsts_add_up_to_all_counts_both_ways():
    found = t.firsts()
    assert (found[["count", "per-resident"]].sum() == len(uniform_counts.COUNTS)).all()
    assert 0 < found["sound"].sum() < len(uniform_counts.COUNTS)
    assert {"beijing", "open"} <= set(found.index)


def test_the_printed_counts_set_the_first_city_in_bold_and_nothing_else():
    html = t.printed_counts()._repr_html_()
    sure = sum(uniform_counts.first(row) is not None for _, row in uniform_counts.rows())
    assert html.count("<strong>") == sure
    assert html.count("<tr>") == len(uniform_counts.COUNTS) + 1
    assert '<strong><data class="quantity"' in html


def test_shares_of_places_are_those_of_the_panel():
    found = t.filed_shares(["beijing", "chongqing"])
    assert list(found.index) == ["beijing", "chongqing"]
    assert list(found.columns) == filed_models.days()
    assert found.loc["beijing", "2024-03-28"].middle == pytest.approx(100 * 51 / 117)


def test_cities_come_with_the_largest_first_and_with_the_seats_supplied():
    found = t.filed_by_city()
    lows = [q.low for q in found["count"]]
    assert lows == sorted(lows, reverse=True) and set(found.index) == set(t.CITIES)
    assert all(seat.low <= q.low for q, seat in zip(found["count"], found["by_seat"]))


def test_what_is_new_is_the_difference_of_two_days_and_its_shares_add_up():
    found = t.newly_filed()
    last, before = (filed_models.nation(day).low for day in (t.LAST_DAY, t.TWO_MONTHS_BEFORE))
    assert sum(q.low for q in found["count"]) == last - before
    assert sum(q.middle for q in found["share"]) == pytest.approx(100)
    assert all(c.low <= s.middle <= c.high for s, c in zip(found["share"], found["by_chance"]))


def test_the_share_of_supplied_seats_is_of_cities_alone():
    cities = filed_models.by_city(t.LAST_DAY).drop(["beijing", "shanghai", "tianjin", "chongqing"])
    supplied, known = (sum(q.low for q in cities[c]) for c in ("by_seat", "count"))
    assert t.supplied_seats().middle == pytest.approx(100 * supplied / known)


def test_the_years_of_the_unfinished_list_are_hollow():
    found = t.notable_marks(["hangzhou"])
    assert [m.quantity.period for m in found if m.hollow] == list(t.UNFINISHED)
    assert [m.quantity.middle for m in found][-3:-1] == [9, 16]


def test_part_of_a_year_is_no_point_of_the_line_of_years():
    found = {row: [m for m in t.notable_marks() if m.row == row] for row in ("Beijing", "Beijing, to July 2026")}
    line, part = found.values()
    assert all(len(m.quantity.period) == 4 for m in line) and line[-1].quantity.period == "2025"
    assert [(m.quantity.period, m.hollow, m.place) for m in part] == [("2026-01/2026-07", True, "beijing")]


def test_sound_figures_of_the_latest_day_speak_for_a_city(made_up):
    made_up(observations=[
        observed("beijing", "ai_firms", "2023", 10), observed("beijing", "ai_firms", "2025", 30),
        observed("beijing", "ai_firms", "2026", 90, confidence="low"),
    ])  # fmt: skip
    found = t.stated(["beijing", "hangzhou"])
    assert found.loc["firms", "beijing"].bounds == (30, 30)
    assert found.loc["firms"].isna()["hangzhou"] and found.loc["fund"].isna().all()
    assert list(t.printed_stated().frame["Figure"]) == [found.loc["firms", "beijing"]]


def test_a_series_is_of_whole_years_without_weak_readings_and_forecasts(made_up):
    made_up(observations=[
        core("2022", 100), core("2023H1", 90), core("2023", 9, confidence="low"),
        core("2024", 300), core("2024", 340, source="t"), core("2025", 900, bound="expected"),
    ])  # fmt: skip
    found = t.whole_years("beijing", CORE)
    assert list(found) == ["2022", "2024"]
    assert (30 in found["2024"]) and (34 in found["2024"]) and found["2024"].period == "2024"


def test_sizes_of_two_definitions_are_two_lines():
    lines = pd.Series({(m.row, m.quantity.period): m.quantity for m in t.size_marks()})
    assert set(lines["Beijing, industry"].index).isdisjoint(lines["Beijing, core"].index)
    assert lines["Shanghai, large firms", "2020"].middle == pytest.approx(224.6)


def test_growth_is_compound_over_the_years_of_a_series():
    found = t.growth()["beijing", "industry"]
    assert found.unit == "%" and 100 * ((250 / 170) ** (1 / 4) - 1) == pytest.approx(found.low, abs=0.2)
