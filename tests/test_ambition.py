"""Plans set against one another, on made-up aims and bases worked by hand."""

from __future__ import annotations

import re

import pytest

from citygap import ambition, plans
from citygap.plans import Path
from citygap.quantity import Answer, NotComparable
from citygap.tables import NoObservation, book
from small_tables import observed

YES, NO, CANNOT_TELL = Answer.YES, Answer.NO, Answer.CANNOT_TELL


def aim(place, period, value, indicator="ai_core_scale", **more):
    return {"place": place, "indicator": indicator, "period": period, "value": value,
            "name_en": indicator, "plan": "P", "as_of": "2024"} | more  # fmt: skip


def base(place, value, period="2024", **more):
    return observed(place, "ai_core_scale", period, value, **more)


@pytest.fixture
def paths(monkeypatch):
    """Three plans to 2026 from 2024."""
    found = tuple(Path(p, "ai_core_scale", "2024", "2026") for p in ("chongqing", "hefei", "wuhan"))
    monkeypatch.setattr(plans, "AI_PATHS", found)
    monkeypatch.setattr(plans.path_of, "__defaults__", (found,))


AIMS = [aim("chongqing", "2026", 400), aim("hefei", "2026", 900), aim("wuhan", "2026", 200)]


def test_who_needs_more_growth_would_pull_away(made_up, paths):
    # doubled in two years; trebled; the same
    made_up(targets=AIMS, observations=[base("chongqing", 200), base("hefei", 300), base("wuhan", 200)])
    assert ambition.sorted_out() == {YES: ["hefei"], NO: ["wuhan"], CANNOT_TELL: []}
    assert ambition.sorted_out("hefei") == {YES: [], NO: ["chongqing", "wuhan"], CANNOT_TELL: []}


def test_a_base_that_is_loose_enough_leaves_it_open(made_up, paths):
    made_up(targets=AIMS, observations=[
        base("chongqing", 200), base("hefei", 400, bound="at_least"), base("wuhan", 200),
    ])  # fmt: skip
    assert ambition.sorted_out()[CANNOT_TELL] == ["hefei"]


def test_a_place_without_its_figures_is_passed_over_and_a_focus_without_is_an_error(made_up, paths):
    made_up(targets=AIMS, observations=[base("chongqing", 200), base("wuhan", 200)])
    assert ambition.sorted_out() == {YES: [], NO: ["wuhan"], CANNOT_TELL: []}
    with pytest.raises(NoObservation):
        ambition.sorted_out("hefei")
    with pytest.raises(LookupError, match="no path for xian"):
        ambition.sorted_out("xian")


def test_an_aim_without_a_base_is_named_once_and_only_for_cities_and_provinces(made_up, paths):
    made_up(targets=[
        aim("xian", "2027", 1), aim("xian", "2030", 1), aim("sichuan", "2026", 1),
        aim("hefei", "2030", 1), aim("china", "2030", 1), aim("jinan", "2025", 1),
        aim("ningbo", "2027", 1, "smart_terminal_adoption"),
        aim("tianjin", "2027", 1, "ai_industry_scale"),
    ])  # fmt: skip
    assert ambition.without_base() == ["xian", "sichuan", "tianjin"]
    assert ambition.without_base("2028") == ["xian"]


def test_an_aim_over_several_years_counts_by_its_last(made_up, paths):
    made_up(targets=[aim("xian", "2024/2027", 1), aim("jinan", "2020/2025", 1)])
    assert ambition.without_base() == ["xian"]


def test_the_book_has_no_whole_year_before_an_aim_that_it_calls_without_base():
    rows = book.table("targets").to_dict("records")
    for place in ambition.without_base():
        for row in rows:
            if row["place"] == place and row["indicator"] in ambition.AI_SCALES:
                early = [
                    q.period for q in book.readings(place, row["indicator"])
                    if re.fullmatch(r"\d{4}", q.period) and q.period < row["period"]
                    and not q.forecast
                ]
                assert not early, f"{place} has a base for {row['indicator']}: {early}"


def test_adoption_is_the_aim_of_a_plan_and_its_places_exclude_china(made_up):
    made_up(targets=[
        aim(place, year, 70, ambition.ADOPTION, unit="%", bound="over")
        for place, year in (("chongqing", "2026"), ("china", "2027"), ("wuhan", "2027"),
                            ("hefei", "2027"), ("wuhan", "2030"))
    ])  # fmt: skip
    assert ambition.adopters("2027") == ["wuhan", "hefei"]
    assert ambition.adopters("2035") == []
    q = ambition.adoption("chongqing", "2026")
    assert q.low == 70 and q.unit == "%" and q.forecast
    with pytest.raises(NoObservation):
        ambition.adoption("chongqing", "2027")


def test_a_multiple_of_aims_stays_on_one_scope(made_up):
    made_up(targets=[*AIMS, aim("tianjin", "2026", 800, "ai_industry_scale")])
    q = ambition.then("hefei", "2026")
    assert 900 / 400 in q and q.forecast
    assert 900 / 200 in ambition.then("hefei", "2026", focus="wuhan")
    with pytest.raises(NoObservation):
        ambition.then("tianjin", "2026")
    with pytest.raises(NotComparable):
        ambition.book.target("tianjin", "ai_industry_scale", "2026") / ambition.book.target(
            "chongqing", "ai_core_scale", "2026"
        )


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([], ""),
        (["tianjin"], "Tianjin"),
        (["tianjin", "ningbo"], "Tianjin and Ningbo"),
        (["tianjin", "ningbo", "changsha"], "Tianjin, Ningbo and Changsha"),
    ],
)
def test_names_make_a_list_in_words(places, words):
    assert ambition.names(places) == words


def test_an_unknown_place_has_no_name():
    with pytest.raises(KeyError, match="atlantis"):
        ambition.names(["atlantis"])
