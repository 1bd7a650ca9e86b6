"""Themes are joined over plans, and nothing is concluded from what was not seen."""

from __future__ import annotations

import pandas as pd
import pytest

from citygap import emphasis
from citygap.tables import book

PLANS = pd.DataFrame(
    [("A1", "a"), ("A2", "a"), ("B1", "b"), ("C1", "c")], columns=["plan", "place"]
)
ROWS = pd.DataFrame(
    [("A1", "x", "1"), ("A2", "x", "2"), ("A1", "y", "2"), ("A1", "z", "1"), ("B1", "x", "1"),
     ("B1", "z", "2"), ("C1", "x", "2")],
    columns=["plan", "theme", "weight"],
)  # fmt: skip


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(book, "table", lambda name: PLANS if name == "plans" else ROWS)


def test_a_place_has_the_highest_weight_of_its_plans(small):
    assert emphasis.weights("place", "a") == {"x": 2, "y": 2, "z": 1}
    assert emphasis.weights("plan", "A1") == {"x": 1, "y": 2, "z": 1}


def test_a_theme_is_apart_if_no_other_place_was_seen_with_it(small):
    assert emphasis.apart("A1", ["b", "c"]) == {"y"}
    assert emphasis.apart("A2", ["b"], least=2) == {"x"}
    assert emphasis.apart("A2", ["b", "c"], least=2) == set()


def test_a_theme_is_in_all_only_if_each_place_was_seen_with_it(small):
    assert emphasis.in_all("A1", ["b", "c"]) == {"x"}
    assert emphasis.in_all("A1", ["b"]) == {"x", "z"}
    assert emphasis.seen_at("x", ["a", "b", "c"], least=2) == ["a", "c"]


def test_the_picture_has_every_theme_of_the_table_and_zeros_for_what_was_not_seen():
    table = emphasis.picture()
    assert set(book.table("emphasis")["theme"]) == set(emphasis.THEMES)
    assert list(table.index) == list(emphasis.THEMES.values())
    assert set(table.to_numpy().ravel()) == {0, 1, 2}
    assert set(emphasis.picture(emphasis.CHAPTER).to_numpy().ravel()) == {0, 2}


def test_more_pages_can_only_make_more_themes_shared():
    before = emphasis.apart()
    with book.leaving_out(lambda row: row["source"] == "chneye2024"):  # Shanghai's main plan
        assert before <= emphasis.apart()
