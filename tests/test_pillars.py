"""The four moves: growth among growths, tools, the chain of evidence, and what is tested."""

from __future__ import annotations

import math

import pytest

from citygap import anchoring, base_rates, chain, pillars, pillars_tested, sensitivity
from citygap.answers import Answer
from citygap.quantity import exactly
from citygap.tables import book

# ----------------------------------------------------------------------------------------- growths


def test_growth_is_taken_between_neighbouring_whole_years_without_forecasts():
    found = {(g.place, g.first, g.last): g.quantity for g in base_rates.observed(base_rates.AI_SCALE)}
    assert 100 * ((780 / 200) ** (1 / 3) - 1) in found["chengdu", "2020", "2023"]
    assert ("wuhan", "2024", "2025") not in found, "2025 is a forecast"
    assert not [key for key in found if len(key[1]) != 4 or len(key[2]) != 4]


def test_changes_are_points_a_year():
    found = {(g.place, g.first): g.quantity for g in base_rates.changes(["rd_intensity"])}
    assert (5.81 - 4.02) / 8 in found["shenzhen", "2014"]
    assert not base_rates.changes(["rd_intensity"], without=book.places_with("rd_intensity"))


def test_counting_the_growths_that_are_as_high_keeps_what_cannot_be_told_apart():
    seen = [
        base_rates.Growth("x", "i", "2020", "2021", q)
        for q in (exactly(30, "%"), exactly(10, "%"), exactly(20, "%"))
    ]
    needed = pillars.replace(exactly(20, "%"), low=15.0, high=25.0)
    assert base_rates.at_least_as_fast(needed, seen) == (1, 2)


# ----------------------------------------------------------------------------------------- pillars


def test_counted_growth_leaves_the_forecast_out():
    needed, seen = pillars.counted_growth("digital_workshops")
    assert 100 * ((1400 / 734) ** (1 / 4.625) - 1) in needed  # mid-May 2023 to the end of 2027
    assert 100 * ((734 / 574) ** (12 / 22) - 1) in seen  # July 2021 to May 2023
    assert not seen.forecast


def test_the_latest_growth_falls_back_on_the_counts():
    with_forecast = pillars.latest_growth("digital_workshops")
    assert (with_forecast[0] < with_forecast[1]) is Answer.YES
    with book.leaving_out(lambda row: row.get("bound") == "expected"):
        counted = pillars.latest_growth("digital_workshops")
    assert (counted[0] < counted[1]) is Answer.NO


def test_the_nations_growth_over_three_years():
    assert 100 * ((12500 / 5080) ** (1 / 3) - 1) in pillars.national_growth()


def test_months_of_trade_are_a_floor_and_so_the_share_is_a_ceiling():
    share = pillars.asean_share()
    assert share.low == -math.inf
    assert share.high == pytest.approx(100 * 1326.5e8 / 5.57e12, rel=0.01)


def test_the_aim_of_research_is_in_points():
    assert 2.75 - 100 * 797.3 / 32193.15 in pillars.needed_points()


# --------------------------------------------------------------------------------------- anchoring


def test_a_foreign_share_leaves_at_most_the_rest():
    cad = anchoring.share("foreign_share_cad")  # over 90 % foreign
    assert cad.low == -math.inf and cad.high == pytest.approx(10)
    assert anchoring.FROM_FOREIGN in cad.caveat
    assert anchoring.share("domestic_share_management_software").text() == "70%"
    with pytest.raises(LookupError):
        anchoring.share("domestic_share_of_nothing")


def test_tools_that_design_are_set_against_all_others():
    assert anchoring.divided() is Answer.YES
    assert anchoring.below("domestic_share_ai_chips", "domestic_share_management_software")
    marks = anchoring.marks()
    assert len(marks) == len(anchoring.TOOLS)
    assert [m.middle for m in marks] == sorted((m.middle for m in marks), reverse=True)
    assert all(m.hollow == math.isinf(m.low) for m in marks)


# ------------------------------------------------------------------------------------------- chain


def test_the_chain_is_read_from_rows():
    table, behind = chain.chains()
    assert list(table.loc["AI in the clusters"]) == [2, 2, 2, 1, 0]
    assert list(table.loc["Compute from Xinjiang"])[:3] == [1, 2, 2]
    assert behind and all(q.rows for q in behind)


def test_without_its_rows_a_step_is_not_found():
    with book.leaving_out(lambda row: row["source"] in ("news2025b", "xinjiang2025")):
        table, _ = chain.chains()
    assert table.loc["Compute from Xinjiang", "exists"] == 0
    with book.leaving_out(lambda row: row["source"] == "ac2025"):
        assert chain.chains()[0].loc["Applied science", "asked\nfor"] == 0


def test_a_new_figure_fills_the_last_step(monkeypatch):
    key = ("chongqing", chain.WOULD_SHOW["AI in the clusters"][0])
    row = dict(book._observations[("china", "ai_application_rate_manufacturing")][0])
    monkeypatch.setitem(book._observations, key, [row | {"place": "chongqing"}])
    assert chain.chains()[0].loc["AI in the clusters", "effect on\nAI known"] == 2


# -------------------------------------------------------------------------------------- what holds


def test_the_forecast_turns_the_conclusion_on_workshops_and_nothing_else_of_the_usual():
    table, _ = sensitivity.outcomes(pillars_tested.CONCLUSIONS, pillars_tested.CHOICES)
    answers = table.set_index(["statement", "choice"])["answer"]
    assert set(table.loc[table["choice"] == "as\nread", "answer"]) == {"yes"}
    assert answers[pillars_tested.WORKSHOPS, "no\nforecast"] == "no"
    assert answers[pillars_tested.CHAPTERS, "no\nShanghai"] == "no"
    assert answers[pillars_tested.THEMES, "no\nShanghai"] == "yes"


def test_no_themes_left_is_no_data_and_not_agreement():
    one = [c for c in pillars_tested.CONCLUSIONS if c.statement == pillars_tested.THEMES]
    dropped = sensitivity.Choice(
        "x", lambda: book.leaving_out(lambda row: row.get("plan") == "CQ_AIPLUS_2025")
    )
    assert list(sensitivity.outcomes(one, [dropped])[0]["answer"]) == ["no data"]
