"""Growth never crosses a break of its series: made-up rows, and every growth that the book takes."""

from __future__ import annotations

import json

import pytest

from citygap.comparison import growth_rates
from citygap.data.tables import book
from citygap.measures import series_breaks
from tests.made_up import sharp, use

ROWS = """
hefei, ai_core_scale, 2020, 100
hefei, ai_core_scale, 2021, 110
hefei, ai_core_scale, 2023, 400
hefei, ai_core_scale, 2024, 440
hefei, ai_core_scale, 2024, 480, exact, second2026
wuhan, ai_core_scale, 2021, 100
wuhan, ai_core_scale, 2023, 400
"""
BREAK = "hefei, ai_core_scale, 2021, 2023, another list"


@pytest.mark.parametrize(
    "since, until, crossed",
    [("2020", "2021", False), ("2020", "2023", True), ("2021", "2023", True),
     ("2021", "2024", True), ("2023", "2024", False)],
)  # fmt: skip
def test_growth_is_refused_across_a_break_and_taken_on_either_side(
    monkeypatch, since, until, crossed
):
    with sharp():
        use(monkeypatch, observations=ROWS, breaks=BREAK)
        assert series_breaks.crossed("hefei", "ai_core_scale", since, until) is crossed
        if crossed:
            with pytest.raises(series_breaks.Broken, match="hefei breaks between"):
                series_breaks.growth("hefei", "ai_core_scale", since, until)
        else:
            assert 10 in series_breaks.growth("hefei", "ai_core_scale", since, until)
        assert not series_breaks.crossed("wuhan", "ai_core_scale", since, until), "another place"


def test_all_sources_of_a_year_count_unless_the_best_is_asked_for(monkeypatch):
    with sharp():
        use(monkeypatch, observations=ROWS)
        both = series_breaks.growth("hefei", "ai_core_scale", "2023", "2024")
        best = series_breaks.growth("hefei", "ai_core_scale", "2023", "2024", best=True)
    assert both.bounds == pytest.approx((10, 20))
    assert best.high - best.low < 0.01


def test_no_list_of_growths_holds_one_across_a_break(monkeypatch):
    with sharp():
        use(monkeypatch, observations=ROWS, breaks=BREAK)
        assert {each.label for each in growth_rates.seen()} == {
            "Hefei 2020-21, core", "Hefei 2023-24, core", "Wuhan 2021-23, core"}  # fmt: skip


def test_every_break_parts_years_that_the_book_holds():
    rows = book.rows("breaks")
    assert rows
    for row in rows:
        years = [q.period for q in book.series(row["place"], row["indicator"], years=True)]
        at = years.index(row["before"])
        assert years[at + 1] == row["after"], row
        assert series_breaks.crossed(row["place"], row["indicator"], row["before"], row["after"])


@pytest.mark.book
def test_no_number_of_one_place_rests_on_both_sides_of_a_break(html):
    numbers = json.loads((html / "api" / "numbers.json").read_text("utf-8"))["items"]
    assert len(numbers) > 250
    columns = ("place", "indicator", "period", "source")
    observed = {"/".join(row[name] for name in columns) for row in book.rows("observations")}
    for row in book.rows("breaks"):
        head = f"{row['place']}/{row['indicator']}/"
        own = [n for n in numbers if {key.split("/")[0] for key in n["rows"]} == {row["place"]}]
        for number in own:  # what gathers many places has levels of both sides, and no growth across
            years = {key.removeprefix(head)[:4] for key in observed & set(number["rows"])
                     if key.startswith(head)}  # fmt: skip
            sides = {year <= row["before"] for year in years}
            assert len(sides) < 2, (number["id"], number["code"])
