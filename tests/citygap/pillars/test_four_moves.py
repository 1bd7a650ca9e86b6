"""The four moves: growth needed and seen, shares, and what the figures draw."""

from __future__ import annotations

import math

import pytest

from citygap.data.tables import NoObservation, book
from citygap.pillars import figures, four_moves, tables, targets
from citygap.quantity.three_valued import Answer
from tests.made_up import use


def test_counted_growth_leaves_the_forecast_out():
    needed, seen = four_moves.counted_growth()
    assert 100 * ((1400 / 734) ** (1 / 5.375) - 1) in needed  # mid-August 2022 to the end of 2027
    assert 100 * ((734 / 574) ** (12 / 13) - 1) in seen  # July 2021 to August 2022
    assert not seen.forecast


def test_the_latest_growth_falls_back_on_the_counts():
    with_forecast = four_moves.latest_growth()
    assert (with_forecast[0] < with_forecast[1]) is Answer.YES
    with book.leaving_out(lambda row: row.get("bound") == "expected"):
        counted = four_moves.latest_growth()
    assert (counted[0] < counted[1]) is Answer.YES and counted[0].middle > with_forecast[0].middle


def test_the_nations_growth_is_stated_and_not_taken_between_levels_of_two_publishers():
    found = four_moves.national_growth()
    assert 24 in found and found.high < 25
    assert not [row for row in found.rows if "/ai_core_scale/" in row]


def test_months_of_trade_are_a_floor_and_so_the_share_is_a_ceiling():
    share = four_moves.asean_share()
    assert share.low == -math.inf
    assert share.high == pytest.approx(100 * 1326.5e8 / 5.57e12, rel=0.01)


def test_compute_is_drawn_largest_first_and_only_the_aim_is_hollow():
    marks = figures.compute()
    assert {mark.place for mark in marks} == {*tables.COMPUTE, "chongqing"}
    assert [mark.row for mark in marks if mark.hollow] == ["Chongqing, aim for 2027"]
    assert [mark.low for mark in marks] == sorted((mark.low for mark in marks), reverse=True)


RESEARCH = """
chongqing, rd_intensity, 2022, 2.3, exact, nbs-2023
chongqing, rd_intensity, 2022, 2.9, exact, another2023
chongqing, rd_intensity, 2023, 2.9, exact, another2024"""


def test_research_is_read_in_the_communique_of_its_year_alone(monkeypatch):
    use(monkeypatch, observations=RESEARCH)
    assert 2.3 in four_moves.intensity("chongqing", "2022")
    with pytest.raises(NoObservation, match="communique on 2023"):
        four_moves.intensity("chongqing", "2023")


def test_lines_of_research_are_whole_and_by_one_publisher():
    marks = figures.research()
    assert len(marks) == len(tables.RESEARCH) * len(four_moves.COMMUNIQUES)
    sources = {row.rpartition("/")[2] for mark in marks for row in mark.quantity.rows}
    assert {book.sources[key]["author"].split("、")[0].split(" and ")[0] for key in sources} == {"国家统计局"}


def test_parts_of_a_year_stand_under_their_year_and_say_so():
    cars = {m.row: m for m in figures.vehicles()}
    assert "Chongqing, 11 months" not in cars, "its year is known"
    assert {row for row in cars if "months" in row} == {"Hefei, 11 months", "Shanghai, 11 months"}
    assert all(2025.4 < cars[row].year < 2025.5 for row in cars if "months" in row)
    assert all(mark.hollow == ("months" in row) for row, mark in cars.items())
    trade = [mark.row for mark in figures.asean()]
    assert trade == sorted(trade) and {"2019", "2025"} <= set(trade) and all(len(row) == 4 for row in trade)


def test_workshops_ahead_are_hollow_and_dated_at_the_years_end():
    marks = figures.workshops()
    assert [mark.hollow for mark in marks] == [False, False, True, True]
    assert [mark.year for mark in marks] == sorted(mark.year for mark in marks)
    assert marks[-1].year == pytest.approx(2027 + 11.5 / 12)


def test_the_aims_add_up():
    counts = tables.aims()
    assert counts.loc["chongqing", "aims"] == sum(figures.aims()["Chongqing's aims"].values())
    assert (counts.drop(columns="aims").sum(axis=1) == counts["aims"]).all()
    assert set(figures.STAGES) == set(counts.columns) - {"aims"}


def test_what_was_judged_was_due():
    judged = tables.judged()
    assert judged["met"] + judged["missed"] + judged["open"] <= judged["due"]
    assert judged["missed"] == len(tables.missed())
    places = {aim.place for aim in targets.of_cities()}
    assert "chongqing" in places and not places & {"china", "guangdong", "shaanxi"}
    assert judged["due"] < len(targets.due(targets.aims(), 2025))


def test_themes_are_words_and_all_plans_name_at_least_what_one_does():
    table = tables.themes()
    rank = {"not seen": 0, "named": 1, "section": 2}
    one, all_plans = table["chongqing"].map(rank), table["chongqing-all"].map(rank)
    assert (one <= all_plans).all() and set(table.to_numpy().ravel()) == set(rank)
