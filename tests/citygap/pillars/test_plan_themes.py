"""Themes are joined over plans, and nothing is concluded from what was not seen."""

from __future__ import annotations

import pandas as pd
import pytest

from citygap.data.tables import book
from citygap.pillars import plan_themes

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
    monkeypatch.setattr(book, "table", lambda name: PLANS)
    monkeypatch.setattr(book, "rows", lambda name: ROWS.to_dict("records"))


def test_a_place_has_the_highest_weight_of_its_plans(small):
    assert plan_themes.weights("place", "a") == {"x": 2, "y": 2, "z": 1}
    assert plan_themes.weights("plan", "A1") == {"x": 1, "y": 2, "z": 1}


def test_a_theme_is_apart_if_no_other_place_was_seen_with_it(small):
    assert plan_themes.apart("A1", ["b", "c"]) == {"y"}
    assert plan_themes.apart("A2", ["b"], least=2) == {"x"}
    assert plan_themes.apart("A2", ["b", "c"], least=2) == set()


def test_fields_are_shared_if_both_plans_name_them(monkeypatch):
    named = {"field_chongqing": ("materials", "energy"), "field_beijing": ("materials", "medicine")}
    monkeypatch.setattr(book, "rows", lambda table, claim, part: [{"value": v} for v in named[part]])
    assert plan_themes.shared_fields() == {"materials"}


def test_more_pages_can_only_make_more_themes_shared():
    before = plan_themes.apart()
    with book.leaving_out(lambda row: row["source"] == "shanghai-government-2024"):  # Shanghai's main plan
        assert before <= plan_themes.apart()
