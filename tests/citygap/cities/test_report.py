"""The report of a city: found by any of its names, and worded from what was found alone."""

from __future__ import annotations

import pandas as pd
import pytest

from citygap.cities import diagnosis, report
from citygap.cities.report import Report, key_of, sentences
from citygap.comparison import growth_rates, target_paths
from citygap.comparison.comparable_counts import PROVINCE_FOR_CITY, YARDSTICK
from citygap.data.tables import NoObservation, book
from citygap.quantity.quantity import Quantity, exactly

NOTHING = {"own": {}, "comparisons": (), "weights": (), "absent": (), "unknown": (), "heads": None,
           "chongqing": None, "growth": ()}


def found(place: str = "chengdu", **fields) -> diagnosis.Diagnosis:
    return diagnosis.Diagnosis(place, **NOTHING | fields)


def times(number: float, high: float | None = None) -> Quantity:
    return Quantity(number, number if high is None else high)


def compared(key: str, place: str, q: Quantity, limit: str = "") -> diagnosis.Comparison:
    return diagnosis.Comparison(YARDSTICK[key], place, q, limit)


@pytest.fixture(autouse=True)
def no_growth_seen(monkeypatch):
    """Growth is that of the tables; here none was seen, unless a test says so."""
    def none(place: str):
        raise NoObservation(place)
    monkeypatch.setattr(growth_rates, "observed", none)


# ------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", ["Chengdu", "chengdu", "  CHENGDU ", "成都"])
def test_a_city_is_known_by_any_of_its_names(name):
    assert key_of(name) == "chengdu"


def test_traditional_characters_are_names_too():
    names = {place: book.name(place, "hant") for place in diagnosis.main_cities()}
    differ = [place for place in names if names[place] != book.name(place, "hans")]
    assert differ and all(key_of(names[place]) == place for place in differ)


@pytest.mark.parametrize("name", ["Jinan", "china", "Sichuan", "", "Cheng"])
def test_another_place_is_refused_and_the_cities_named(name):
    with pytest.raises(LookupError, match="none of the main cities: Chongqing, .*Hangzhou"):
        key_of(name)
    with pytest.raises(LookupError, match="none of the main cities"):
        report.report(name)


# --------------------------------------------------------------------------------------- sentences


def test_where_nothing_is_known_only_that_is_said():
    assert sentences(found("xian")) == [
        "No list that counts AI in every city holds Xi'an.",
        "No plan of Xi'an was found whose aim for AI has an observation of the same scope before "
        "it, so no growth can be asked of it.",
        "No growth of its AI industry was seen on one definition.",
    ]


def test_the_lead_of_the_head_cities_is_turned_into_growth():
    said = sentences(found(heads=times(2, 4)))
    assert said[0].endswith("the four head cities stand at 2.0 to 4.0 times Chengdu.")
    # 2 ** (1 / 10) = 1.0718, 4 ** (1 / 10) = 1.1487
    assert "in ten years, its counts would have to gain 7 to 15% a year on theirs" in said[1]


def test_a_head_city_is_set_against_the_three_others():
    assert "the three other head cities stand" in sentences(found("beijing", heads=times(0.5)))[0]


@pytest.mark.parametrize("heads", [times(0.5), times(0.9, 1.2), times(1, 3)])
def test_who_may_be_level_needs_no_growth(heads):
    assert not [s for s in sentences(found(heads=heads)) if "draw level" in s]


def test_chongqing_and_its_output_are_set_beside_the_city():
    said = sentences(found(chongqing=times(0.4), comparisons=(
        compared("gdp", "chongqing", times(1.25)), compared("gdp", "beijing", times(2)))))  # fmt: skip
    assert said[0] == "On the same lists Chongqing stands at 0.4 times Chengdu."
    assert said[1] == "Chongqing's GDP in 2025 was 125% of Chengdu's."
    assert not [s for s in said if "Beijing" in s or "No list" in s]


def test_the_growth_of_a_plan_comes_with_its_rank():
    path = target_paths.Path("chengdu", "ai_industry_scale", "2023", "2026")
    each = diagnosis.Growth(path, Quantity(20, 20, "%"), (3, 5), 9)
    said = sentences(found(growth=(each,)))
    assert ("Its plan for AI industry scale needs growth of 20% a year from 2023 to 2026, number "
            "3 to 5 from the top of 9 plans.") in said
    assert not [s for s in said if s.startswith("No plan")]


def test_growth_seen_is_said_where_there_is_one(monkeypatch):
    monkeypatch.setattr(growth_rates, "observed", lambda place: Quantity(10, 30, "%"))
    assert sentences(found())[-1] == (
        "Its AI industry was seen to grow by 10 to 30% a year, by series and year.")


def test_what_is_absent_is_told_from_what_is_not_known():
    said = sentences(found(absent=("Unicorns, all 2024",), unknown=("AI core scale 2024\u2020",
                                                                   "Algorithm filings 2025*")))
    assert said[-2] == "A complete list holds nothing of Chengdu: Unicorns, all 2024."
    assert said[-1] == "Not known of Chengdu: AI core scale 2024; Algorithm filings 2025."


def test_a_page_prints_names_and_numbers_in_its_own_way():
    given = found(heads=times(2), absent=("a*",), unknown=("b",), growth=(diagnosis.Growth(
        target_paths.Path("chengdu", "ai_core_scale", "2024", "2027"), times(3), (1, 1), 2),))  # fmt: skip
    said = " ".join(sentences(given, name=lambda key: f"<{key}>", number=lambda q: f"#{q.low:.0f}",
                              indicator=lambda key: f"[{key}]", label=lambda text: f"({text})"))
    for piece in ("#2 times <chengdu>", "[ai_core_scale]", "#3 a year", "(a)", "(b)"):
        assert piece in said
    assert "Chengdu" not in said and "AI core" not in said


# ------------------------------------------------------------------------------------------ report


def made() -> Report:
    count = exactly(8, "count")
    own = {"firms": (count, False), "filings": (count.noting(PROVINCE_FOR_CITY), True)}
    return Report("chengdu", found(own=own, comparisons=(
        compared("firms", "beijing", times(5)), compared("filings", "beijing", times(3), "at least"),
        compared("firms", "xian", times(0.5)))))  # fmt: skip


def test_the_table_has_the_own_value_first_and_leaves_what_is_not_counted_empty():
    table = made().multiples
    assert table.index.name == "yardstick"
    pd.testing.assert_frame_equal(
        table.reset_index(),
        pd.DataFrame(
            {
                "yardstick": ["AI firms on a list 2018", "Algorithm filings 2025*"],
                "Chengdu": ["8", "at most 8"],
                "Beijing": ["5", "at least 3"],
                "Xi'an": ["0.5", ""],
            }
        ),
    )


def test_a_report_prints_itself_as_text_and_as_a_page():
    shown = made()
    assert shown.title == "Chengdu 成都"
    text, page = str(shown), shown._repr_html_()
    assert repr(shown) == text and text.startswith("Chengdu 成都\n\n- ")
    assert all(f"- {sentence}" in text for sentence in shown.sentences)
    assert page.count("<li>") == len(shown.sentences) and "<caption>Cities as multiples of" in page
    assert "Xi&#x27;an" in page and "Xi'an" not in page
    assert "at most 8" in text and "at most 8" in page


def test_a_report_is_the_diagnosis_of_the_city():
    shown = report.report("成都")
    assert (shown.place, shown.found) == ("chengdu", diagnosis.diagnosis("chengdu"))
