"""The report on a city: found by any of its names, worded whole in both languages, from what was found
alone."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from citygap import words
from citygap.cities import diagnosis, report
from citygap.cities.report import Plain, Report, key_of, sentences
from citygap.comparison import filed_models, growth_rates, target_paths
from citygap.comparison.comparable_counts import PROVINCE_FOR_CITY
from citygap.data.tables import book
from citygap.quantity.quantity import Quantity, exactly

ROOT = Path(__file__).resolve().parents[3]
MODELS = diagnosis.FILED_TODAY.key
NOTHING = {"own": {MODELS: (exactly(0, "count"), False)}, "comparisons": (), "weights": (), "absent": (),
           "unknown": (), "heads": None, "chongqing": None, "growth": ()}  # fmt: skip
SLOT = re.compile(r"\{(\w+)\}")


def percent(number: float, high: float | None = None) -> Quantity:
    return Quantity(number, number if high is None else high, "%")


def times(number: float, high: float | None = None) -> Quantity:
    return Quantity(number, number if high is None else high)


def shares(output: Quantity | None = None, chance: Quantity | None = None) -> tuple[diagnosis.Share, ...]:
    return (diagnosis.Share("output", "Output (GDP), 2024", output),
            diagnosis.Share("models", "Filed models, August 2026", percent(1), chance or percent(0.5, 1.5)))  # fmt: skip


def found(place: str = "chengdu", many: bool = True, **fields) -> diagnosis.Diagnosis:
    """A diagnosis of nothing but ``fields``; of ``many``, five yardsticks count the city."""
    counted = ("firms", "deals", "community", "gdp", "core") if many else ()
    own = {key: (exactly(8, "count"), False) for key in counted}
    given = NOTHING | {"own": NOTHING["own"] | own, "shares": shares(percent(2))} | fields
    return diagnosis.Diagnosis(place, **given)


def compared(key: str, place: str, q: Quantity, limit: str = "") -> diagnosis.Comparison:
    return diagnosis.Comparison(diagnosis.YARDSTICK[key], place, q, limit)


def lead(key: str, leader: str, q: Quantity | None) -> diagnosis.Lead:
    return diagnosis.Lead(diagnosis.YARDSTICK[key], (leader,), q)


def said(of: diagnosis.Diagnosis) -> list[str]:
    return [one.told(Plain()) for one in sentences(of)]


@pytest.fixture(scope="module")
def base() -> diagnosis.Known:
    return diagnosis.known()


# ------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", ["Chengdu", "chengdu", "  CHENGDU ", "成都"])
def test_a_city_is_known_by_any_of_its_names(name):
    assert key_of(name) == "chengdu"


def test_traditional_characters_are_names_too():
    names = {place: book.name(place, "hant") for place in diagnosis.main_cities()}
    differ = [place for place in names if names[place] != book.name(place, "hans")]
    assert differ and all(key_of(names[place]) == place for place in differ)


@pytest.mark.parametrize("name", ["Atlantis", "china", "Sichuan", ""])
def test_another_place_is_refused_and_the_cities_named(name):
    with pytest.raises(LookupError, match="no city of places.csv.* Main cities are Chongqing, .*Hangzhou"):
        report.report(name)


def test_a_name_near_that_of_a_city_is_asked_after():
    with pytest.raises(LookupError, match="did you mean Chengdu"):
        key_of("Chengduu")


# --------------------------------------------------------------------------------------- sentences


def test_every_sentence_stands_in_chinese_with_the_same_slots():
    source = Path(report.__file__).read_text(encoding="utf-8")
    known = words._rows(words.CATALOGUE)
    told = [one for one in known if SLOT.search(one) and known[one] and one in _joined(source)]
    assert len(told) > 25
    for one in told:
        assert sorted(SLOT.findall(one)) == sorted(SLOT.findall(known[one])), one


def _joined(source: str) -> str:
    """Source with the strings joined that stand beside one another."""
    return re.sub(r'"\s*\n\s*"', "", source)


def test_where_nothing_is_known_only_that_is_said():
    assert said(found("xian", many=False, shares=shares())) == [
        "Too little is published about Xi'an for a conclusion: 0 of 12 yardsticks count it, and 3 are the least that "
        "one rests on.",
        "Xi'an holds 1.0% (by chance 0.5 to 1.5%) of China's filed AI models.",
        f"By 31 August 2026 the list had 0 of {filed_models.nation(diagnosis.TODAY).text()} models from Xi'an.",
        "No plan of Xi'an was found whose aim for AI has an observation of the same scope before "
        "it, so no growth can be asked of it.",
        "No two neighbouring years of Xi'an's AI industry were found on one definition, so no growth can be computed.",
        "Xi'an's share of China is not known for: Output (GDP), 2024.",
    ]


@pytest.mark.parametrize(("output", "words_"), [
    (percent(2), "less than its share of output, even when chance"),
    (percent(0.4), "no less than its share of output, even when chance"),
    (percent(1.2), "chance leaves open whether that is less or more"),
])  # fmt: skip
def test_the_finding_is_that_of_the_front_page_with_chance_allowed_for(output, words_):
    assert words_ in said(found(shares=shares(output)))[0]


def test_a_thin_city_has_no_finding_distance_or_worst_yardstick():
    told = said(found(many=False, heads=times(2), own=NOTHING["own"] | {"firms": (exactly(8, "count"), False)},
                       leads=(lead("firms", "beijing", times(3)),)))  # fmt: skip
    assert told[0].startswith("Too little is published about Chengdu")
    assert not [s for s in told if "output" in s or "head cities" in s or "yardstick:" in s]


def test_the_lead_of_the_head_cities_is_turned_into_growth():
    told = said(found(heads=times(2, 4)))
    assert ("On the lists that count AI city by city (Models on a list 2024; AI firms on a list 2018; AI deals 2013-18), "
            "the head cities Beijing, Shanghai, Shenzhen and Hangzhou stand at 2.0 to 4.0 times Chengdu.") in told  # the lists that hold it, by name
    # 2 ** (1 / 10) = 1.0718, 4 ** (1 / 10) = 1.1487
    assert [s for s in told if "in ten years, Chengdu would have to gain 7 to 15% a year on their counts" in s]


def test_a_head_city_is_set_against_the_three_others():
    assert [s for s in said(found("beijing", heads=times(0.5))) if "the three other head cities stand" in s]


@pytest.mark.parametrize("heads", [times(0.5), times(0.9, 1.2), times(1, 3)])
def test_who_may_be_level_needs_no_growth(heads):
    assert not [s for s in said(found(heads=heads)) if "draw level" in s]


def test_chongqing_and_its_output_are_set_beside_the_city():
    told = said(found(chongqing=times(0.4), comparisons=(
        compared("gdp", "chongqing", times(1.5)), compared("gdp", "beijing", times(2)))))  # fmt: skip
    assert "On the same lists Chongqing stands at 0.40 times Chengdu." in told
    assert "Chongqing's GDP in 2025 was 1.5 times Chengdu's." in told
    assert not [s for s in told if "Beijing" in s or "No list" in s]


def test_the_best_and_the_worst_yardstick_are_named_with_their_distance():
    told = said(found(leads=(lead("deals", "beijing", times(40)), lead("gdp", "shanghai", times(2)),
                             lead("firms", "beijing", times(10)))))  # fmt: skip
    assert "Best yardstick: GDP 2025, where the leader, Shanghai, stands at 2.0 times Chengdu." in told
    assert "Worst yardstick: AI deals 2013-18, where the leader, Beijing, stands at 40 times Chengdu." in told


def test_what_the_bounds_leave_open_of_best_and_worst_is_said():
    told = said(found(leads=(lead("gdp", "shanghai", times(2, 4)), lead("firms", "beijing", times(3, 5)),
                             lead("deals", "beijing", times(40)))))  # fmt: skip
    best, worst = (next(s for s in told if s.startswith(f"{end} yardstick")) for end in ("Best", "Worst"))
    assert best.endswith("leave open whether it is as near in: AI firms on a list 2018.") and "leave open" not in worst


def test_who_leads_has_that_for_its_best_and_a_list_without_it_is_its_worst():
    own = found().own | {"models": (exactly(0, "count"), False), "unicorns": (Quantity(0, 2, "count"), False)}
    told = said(found("beijing", own=own, leads=(
        lead("firms", "beijing", times(0.5)), lead("gdp", "shanghai", times(1.1)), lead("models", "hangzhou", None),
        lead("unicorns", "shanghai", None))))  # fmt: skip
    assert "Beijing leads the main cities in: AI firms on a list 2018." in told
    assert "Worst yardstick: Notable models 2023-26; the complete list holds nothing of Beijing." in told
    assert [s for s in told if s.startswith("Of those that count Beijing, it is worst in: GDP 2025, where")]
    assert not [s for s in told if s.startswith("Best")]


def test_a_core_industry_is_no_best_or_worst_yardstick():
    told = said(found(leads=(lead("core", "beijing", times(99)), lead("firms", "beijing", times(9)),
                             lead("gdp", "shanghai", times(2)))))  # fmt: skip
    assert not [s for s in told if "core scale" in s]


def test_the_growth_of_a_plan_comes_with_its_rank():
    path = target_paths.Path("chengdu", "ai_industry_scale", "2023", "2026")
    each = diagnosis.Growth(path, percent(20), (3, 5), 9)
    told = said(found(growth=(each,)))
    assert ("Chengdu's plan for AI industry scale needs growth of 20% a year from 2023 to 2026, number "
            "3 to 5 from the top of 9 plans.") in told
    assert not [s for s in told if s.startswith("No plan")]


def test_growth_between_two_levels_is_that_of_the_chapter(base):
    levels = [each.quantity for each in growth_rates.seen(["wuhan"]) if not each.quantity.forecast]
    assert base.seen["wuhan"].bounds == levels[0].bounds and len(levels) == 1
    told = said(found(seen=percent(10, 30)))
    assert "Between neighbouring years of one definition Chengdu's AI industry grew by 10 to 30% a year, by series and year." in told


def test_growth_that_a_source_states_is_shown_as_stated_and_not_as_computed(base):
    assert "chengdu" not in base.seen, "of which no two neighbouring years are known"
    told = said(diagnosis.diagnosis("hangzhou", base))
    assert "Growth of Hangzhou's AI as its sources state it, not computed here: Growth of AI value added, 2021: 26.9%." in told
    assert not [s for s in said(diagnosis.diagnosis("hefei", base)) if "sources state" in s], "none is stated"


def test_chance_stands_beside_what_rests_on_small_counts():
    beijing = diagnosis.Comparison(diagnosis.FILED_TODAY, "beijing", times(49, 59), chance=times(20, 190))
    far = diagnosis.Lead(diagnosis.YARDSTICK["deals"], ("beijing",), times(206), times(56, 1800))
    near = diagnosis.Lead(diagnosis.YARDSTICK["unicorns"], ("beijing",), times(63), times(10, 2600))
    own = found().own | {"unicorns": (exactly(1, "count"), False)}
    told = said(found(own=own, heads=times(2, 4), heads_chance=times(1.2, 9), comparisons=(beijing,), leads=(far, near)))
    assert "Beijing had filed 49 to 59 (by chance 20 to 190) times as many as Chengdu by then." in told
    assert [s for s in told if "stand at 2.0 to 4.0 (by chance 1.2 to 9.0) times Chengdu" in s]
    worst = next(s for s in told if s.startswith("Worst"))
    assert "210 (by chance 56 to 1,800) times" in worst and worst.endswith("as far in: Unicorns, all 2024.")
    with words.in_language("zh"):
        assert "同期北京的备案数相当于成都的49至59倍（计入偶然波动为20至190倍）。" in said(found(comparisons=(beijing,)))


def test_what_is_not_found_has_the_nearest_figure_beside_it(base):
    told = said(diagnosis.diagnosis("hefei", base))
    assert ("AI core scale 2024: none found for Hefei; nearest to it, of another year or by another definition: "
            "AI industry scale, 2024: over 100 billion yuan.") in told
    assert "No figure of Hefei was found for: R&D expenditure 2022." in told


def test_what_rests_on_pages_of_unknown_origin_is_named(base):
    told = next(s for s in said(diagnosis.diagnosis("wuhan", base)) if "grade D" in s)
    assert "private accounts (grade D) in: GDP 2025; " in told
    own = {"gdp": (exactly(8, "1e8 CNY"), False)}
    assert not [s for s in said(found(own=found().own | own)) if "grade D" in s]


def test_what_is_absent_is_told_from_what_is_not_known_and_from_what_the_province_has():
    own = {"filings": (exactly(8, "count").noting(PROVINCE_FOR_CITY), True)}
    told = said(found(many=False, own=NOTHING["own"] | own, absent=("Unicorns, all 2024",),
                      unknown=("AI core scale 2024\u2020", "Algorithm filings 2025*")))  # fmt: skip
    assert "Complete lists hold nothing of Chengdu: Unicorns, all 2024." in told
    assert "No figure of Chengdu was found for: AI core scale 2024; Algorithm filings 2025." in told
    assert "Only the province of Chengdu is counted, and is its upper limit, in: Algorithm filings 2025." in told


def test_in_chinese_a_multiple_below_one_is_a_share():
    with words.in_language("zh"):
        told = said(found(chongqing=times(0.38), heads=times(2.1)))
    assert "在同样的名单上，重庆相当于成都的38%。" in told
    assert "在逐城统计人工智能的名单（社区名录中的模型（2024年）；名单上的人工智能企业（2018年）；人工智能融资事件（2013—2018年））上，北京、上海、深圳、杭州四个头部城市相当于成都的2.1倍。" in told


def test_both_languages_have_the_same_numbers_in_the_same_order(base):
    """The values of the numbers with sources, place by place; ``OnPage`` prints them as they come."""
    class Numbers(Plain):
        def number(self, q):
            return f"<{q.low:.6g}/{q.high:.6g}>"

    for place in ("chengdu", "hangzhou", "jinan", "qingyang", "beijing"):
        told = list(sentences(diagnosis.diagnosis(place, base)))
        english = [re.findall("<.*?>", one.told(Numbers())) for one in told]
        with words.in_language("zh"):
            assert english == [re.findall("<.*?>", one.told(Numbers())) for one in told]
        assert sum(map(len, english)) >= 2


def test_no_english_is_left_in_a_chinese_report(base):
    words.missing.clear()
    with words.in_language("zh"):
        for place in ("chengdu", "hangzhou", "jinan", "qingyang"):
            shown = Report(place, diagnosis.diagnosis(place, base))
            text = " ".join(shown.sentences) + shown.values.drop(columns=words.say("Sources")).to_csv(index=False)
            assert not re.findall(r"[A-Za-z]{3,}", text), place
    assert not words.missing


# ------------------------------------------------------------------------------------------ report


def made() -> Report:
    count = exactly(8, "count")
    own = NOTHING["own"] | {"firms": (count, False), "filings": (count.noting(PROVINCE_FOR_CITY), True)}
    return Report("chengdu", found(own=own, comparisons=(
        compared("firms", "beijing", times(5)), compared("filings", "beijing", times(3), "at least"),
        compared("firms", "xian", times(0.5)))))  # fmt: skip


def test_the_table_has_the_own_value_first_and_leaves_what_is_not_counted_empty():
    table = made().multiples
    assert table.index.name == "Yardstick"
    pd.testing.assert_frame_equal(
        table.reset_index().drop(0).reset_index(drop=True),
        pd.DataFrame(
            {
                "Yardstick": ["AI firms on a list 2018", "Algorithm filings 2025"],
                "Chengdu": ["8", "at most 8"],
                "Beijing": ["5.0", "at least 3.0"],
                "Xi'an": ["0.50", ""],
            }
        ),
    )


def test_a_report_prints_itself_as_text_and_as_a_page():
    shown = made()
    assert shown.title == "Chengdu 成都"
    text, page = str(shown), shown._repr_html_()
    assert repr(shown) == text and text.startswith("Chengdu 成都\n\n- ")
    assert all(f"- {sentence}" in text for sentence in shown.sentences)
    assert page.count("<li>") == len(shown.sentences) and page.count("<caption>") == 3
    assert "Xi&#x27;an" in page and "Xi'an" not in page
    assert "at most 8" in text and "at most 8" in page
    assert "逐城统计" in Report("chengdu", found(heads=times(2)))._repr_mimebundle_()[words.MIME]


def test_the_values_have_every_number_with_bounds_definition_and_sources(base):
    shown = Report("hangzhou", diagnosis.diagnosis("hangzhou", base))
    table = shown.values
    assert list(table.columns) == list(report.COLUMNS)
    models = table[(table["Part"] == report.OWN) & (table["What is counted"] == "Filed models, Aug. 2026")]
    q = filed_models.in_cities(["hangzhou"], diagnosis.TODAY)
    assert models["Lower bound"].item() == f"{q.low:g}" and models["Upper bound"].item() == f"{q.high:g}"
    told = table[table["Value"] != report.NO_FIGURE]
    assert (told["Sources"] != "").all() and (told["Definition"] != "").any()
    missing = table[(table["Part"] == report.OWN) & (table["Value"] == report.NO_FIGURE)]
    assert list(missing["What is counted"]) == [report.label(each) for each in shown.found.unknown]


def test_the_markdown_ends_with_every_source(base):
    shown = Report("chengdu", diagnosis.diagnosis("chengdu", base))
    text = shown.markdown()
    assert text.startswith("# Chengdu 成都\n\n- ") and "| Yardstick | The city itself |" in text
    assert text.rpartition("## Sources")[2].count("\n- ") == len(shown.sources) > 10


def test_a_report_is_the_diagnosis_of_the_city():
    shown = report.report("成都")
    assert (shown.place, shown.found) == ("chengdu", diagnosis.diagnosis("chengdu"))


def test_a_city_that_an_analyst_adds_has_a_report(tmp_path):
    """A row of places.csv and a few observations, in a copy of the tables; asked for by its Chinese name."""
    for folder in ("citygap", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    source = next(iter(book.sources))
    add(tmp_path / "data" / "places.csv", {
        "place": "newtown", "kind": "city", "name_en": "Newtown", "name_hans": "新城", "name_hant": "新城",
        "province": "sichuan", "role": "other"})  # fmt: skip
    for indicator, period, value, unit in (
        ("gdp_census5", "2025", "5000", "1e8 CNY"), ("rd_expenditure", "2022", "100", "1e8 CNY"),
        ("models_listed_community", "2024-11-30", "2", "count"), ("high_tech_firms", "2024", "900", "count"),
    ):  # fmt: skip
        add(tmp_path / "data" / "observations.csv", {
            "place": "newtown", "indicator": indicator, "period": period, "value": value, "unit": unit,
            "bound": "exact", "source": source})  # fmt: skip
    code = "from citygap.cities.report import report; print(report('新城'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
                          env=os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"})  # fmt: skip
    text = done.stdout
    assert text.startswith("Newtown 新城\n")
    shanghai = book.observe("shanghai", "gdp_census5", "2025").middle / 5000
    assert f"Best yardstick: GDP 2025, where the leader, Shanghai, stands at {shanghai:.2g} times Newtown" in text
    assert "Worst yardstick: Filed models, Mar. 2025; AI firms on a list 2018; AI deals 2013-18; Notable models" in text
    missing = next(line for line in text.splitlines() if line.startswith("- No figure of Newtown was found for: "))
    assert "AI core scale 2024" in missing and "High-tech" not in missing and "GDP" not in missing
    assert "Too little" not in text


def add(path: Path, row: dict[str, str]) -> None:
    """Add a row to a table; columns that it leaves out are empty."""
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerow(row)
