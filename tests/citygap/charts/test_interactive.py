"""A chart to ask holds the values that its figure prints, in both languages."""

from __future__ import annotations

import json
import math

import pytest

from citygap import words
from citygap.charts import Mark, interactive, style
from citygap.charts.chart import in_chinese, values_of
from citygap.quantity.quantity import read


def count(row: str, place: str, value: str, word: str = "exact", hollow: bool = False, **given) -> Mark:
    return Mark(row, place, read(value, word, given.pop("unit", "count"), **given), hollow)


ROWS = [
    count("firms", "chongqing", "6"), count("firms", "beijing", "265"),
    count("deals", "beijing", "400", "at_least"), count("deals", "chengdu", "9", "over", hollow=True),
]  # fmt: skip
TIME = [
    count(place, place, str(10 * year + n), period=str(2018 + year), hollow=year == 2)
    for n, place in enumerate(("beijing", "chongqing")) for year in range(3)
]  # fmt: skip
SHARES = [count("money", place, value, unit="%") for place, value in (("beijing", "40"), ("chongqing", "0.5"))]
TICKS = {2018.5: "2018", 2020.5: "2020"}


def over_time(marks=TIME, **options):
    looks = {mark.row: mark.place for mark in marks}
    return interactive.over_time(marks, looks, TICKS, ylabel="firms", **options)


def shares(marks=SHARES):
    return interactive.shares(marks, {mark.place: "#111" for mark in marks}, xlabel="share")


def rows(marks=ROWS, **options):
    return interactive.rows(marks, xlabel="n", **options)


KINDS = {"rows": (rows, ROWS), "lines": (over_time, TIME), "shares": (shares, SHARES)}


def values(view: dict) -> list[dict]:
    return view["spec"]["data"]["values"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["", words.CHINESE])
def test_what_is_drawn_is_what_the_table_lists_row_by_row(kind, language):
    view, marks = KINDS[kind]
    with words.in_language(language):
        marks = in_chinese(marks) if language else marks
        drawn, table = values(view(marks)), values_of(marks)
    assert len(drawn) == len(table) > 1
    for n, (each, row) in enumerate(zip(drawn, table.itertuples(index=False))):
        assert (each["n"], each["row"], each["name"], each["value"]) == (n, row.row, row.name, row.value)
        assert (each["low"], each.get("high", math.inf)) == (row.low, row.high)
        assert ("hollow" in each) == (row.hollow == (words.say("yes") if not language else "是"))


def test_counts_are_drawn_as_they_are():
    view = interactive.counts({"data": {"a": 5, "b": 2}, "chips": {"b": 7}}, {"a": "counted", "b": "not"},
                              {"a": "#111", "b": "#222"}, xlabel="aims")  # fmt: skip
    told = [(each["row"], each["name"], each["value"], each["at"]) for each in values(view)]
    assert told == [("data", "counted", "5", 5), ("data", "not", "2", 2), ("chips", "counted", "0", 0), ("chips", "not", "7", 7)]
    assert view["focus"] is None and [each["key"] for each in view["choices"]] == ["a", "b"]


def test_an_open_side_is_not_there_and_json_can_hold_all():
    found = values(rows())
    assert "high" not in found[2] and found[2]["at"] == found[2]["low"] == 400
    assert "chance_low" not in found[0] and "hollow" not in found[0] and found[3]["hollow"] == 1
    json.dumps([rows(), over_time(), shares()], allow_nan=False)


def test_places_are_chosen_where_there_are_several_and_rows_where_there_is_one():
    several = rows()
    assert several["by"] == "place" and [c["key"] for c in several["choices"]] == ["chongqing", "beijing", "chengdu"]
    alone = rows([count(row, "chongqing", "6") for row in ("firms", "deals")])
    assert alone["by"] == "row" and alone["focus"] is None and [c["key"] for c in alone["choices"]] == ["firms", "deals"]


def test_the_focus_is_the_place_that_the_title_names_else_chongqing():
    assert rows(named="beijing")["focus"] == "beijing" and rows()["focus"] == "chongqing"
    assert rows(named=("chengdu", "beijing"))["focus"] == "chongqing"
    others = [mark for mark in ROWS if mark.place != style.FOCUS]
    assert rows(others, named=("chengdu",))["focus"] == "chengdu" and rows(others)["focus"] == ""
    assert over_time()["focus"] == "chongqing" and over_time(named="beijing")["focus"] == "beijing"


def test_a_line_is_joined_in_time_and_dashed_to_what_is_hollow():
    first, second, third = [each for each in values(over_time()) if each["who"] == "chongqing"]
    assert "from" not in first and (second["from"], second["was"]) == (first["x"], first["at"])
    assert second["dash"] == [1, 0] and third["dash"] == [4, 3]
    assert third["end"] == "chongqing" and "end" not in second
    given = {each["name"]: each["value"] for each in over_time()["spec"]["params"]}
    assert given["years"] == {"2018.5": "2018", "2020.5": "2020"}


def test_colours_are_named_so_that_they_follow_light_and_dark():
    text = json.dumps([rows(bars=True), rows(), over_time()])
    assert f'"ink": "{style.CSS[style.CHONGQING]}"' in text
    assert not {ink for ink in style.CSS if f'"{ink}"' in text}


def test_a_logarithmic_axis_has_steps_from_the_least_to_the_most():
    axis = interactive.number_axis("n", ROWS)
    assert axis["values"][0] <= 6 and axis["values"][-1] >= 400
    assert all(later == 2 * value for value, later in zip(axis["values"], axis["values"][1:])), "each step doubles"
    assert all(value > 0 for value in axis["values"])


def test_an_axis_starts_at_zero_unless_it_is_told_or_a_mark_is_below():
    def scale(view):
        return next(layer["encoding"]["x"] for layer in view["spec"]["layer"] if "description" in layer["encoding"])["scale"]

    assert scale(rows())["zero"] and not scale(rows(least=0.7))["zero"] and scale(rows(log=True))["type"] == "log"
    below = [count("a", "beijing", "-4", unit="%"), count("a", "chongqing", "4", unit="%")]
    assert not scale(rows(below))["zero"]
