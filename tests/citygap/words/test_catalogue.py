"""The catalogue of Chinese words holds all that figures, tables and verdicts say."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from citygap import charts, data_overview, words
from citygap.catch_up import tables as catch_up_tables
from citygap.charts import Mark, chart
from citygap.cities import explorer
from citygap.claims.other_verdicts import second_judgements
from citygap.claims.ledger import Ledger
from citygap.data.tables import book
from citygap.gap import rankings
from citygap.head_cities import tables as head_tables
from citygap.words import CATALOGUE, CHINESE, SLOT, chinese, in_language, missing, say
from tests import chapter_runner

book._observations  # registers the units of the tables
ROWS = list(csv.DictReader(CATALOGUE.open(encoding="utf-8", newline="")))
CHAPTERS = [
    "index", "gap-diagnosis", "head-city-advantages", "capital-concentration", "strategy-pillars",
    "catch-up-scenarios",
]  # fmt: skip
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def nothing_missing():
    """Whatever a test says in Chinese is in the catalogue or in a table."""
    missing.clear()
    yield
    assert not missing, f"citygap/words/zh.csv lacks: {sorted(missing)}"


def test_each_english_text_stands_once():
    assert [text for text, n in Counter(row["en"] for row in ROWS).items() if n > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["en"][:40])
def test_a_row_is_well_formed(row):
    assert row["en"] and row["zh"] and row["where"]
    assert set(SLOT.findall(row["zh"])) <= set(SLOT.findall(row["en"]))
    told = SLOT.sub("", row["zh"])
    assert not re.search(r"[\u4e00-\u9fff][,;:?!(]|[,;:?!)][\u4e00-\u9fff]", told), "half-width marks"
    assert not re.search(r"[\u4e00-\u9fff] |\d [\u4e00-\u9fff]", told.replace("\n", "")), "a blank beside Han"


@pytest.mark.parametrize("text, told", [
    ("Beijing, 2023", "北京（2023年）"),
    ("Chengdu, nine centres, all kinds", "成都（9个中心，各类算力）"),
    ("Zhejiang 2020-25, core", "浙江2020—2025年，核心产业"),
    ("2031 to 2034", "2031—2034年"),
    ("from 2044 or never", "最早2044年，或永不"),
    ("1,234", "1234"),
    ("over 450 billion yuan", "超4500亿元"),
    ("18.1%", "18.1%"),
    ("13 December 2025", "2025年12月13日"),
    ("January to September 2025", "2025年前三季度"),
    ("the first half of 2025", "2025年上半年"),
    ("up to July 2025", "截至2025年7月"),
    ("taken as given it is 0.15 to 0.22 of Chengdu's of 2024, if the last quarter lay between the growth of the year before and an even pace",
     "若照评论的数计算，相当于2024年成都的15%至22%，前提是成都第四季度的增量介于上年同期增速与全年匀速之间"),
    ("Its goal names full-stack innovation", "目标中写有“全栈创新”"),
    ("High-tech manufacturing, 2023: no figure of Shenzhen; Electronics revenue, 2023: no figure of Shenzhen",
     "高技术制造业（2023年）：未见深圳的数字；电子信息制造业营业收入（2023年）：未见深圳的数字"),
    ("Guangdong is first in China in High-tech manufacturing, 2023 and Electronics revenue, 2023",
     "广东的高技术制造业（2023年）和电子信息制造业营业收入（2023年）居全国首位"),
    ("nothing that anybody said", None),
    ("its goal names nothing that anybody said", None),
])  # fmt: skip
def test_texts_with_slots(text, told):
    assert chinese(text) == told


def test_only_what_is_said_in_chinese_is_looked_up():
    assert say("share of China, %") == "share of China, %"
    with in_language(CHINESE):
        assert say("share of China, %") == "占全国的比重（%）"
        assert say("占全国的比重") == "占全国的比重"
        assert say("words of nobody") == "words of nobody"
    assert missing == {"words of nobody"}
    missing.clear()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_figures_have_their_words(chapter, monkeypatch):
    """All that the chapter gives to its charts, without drawing: rows, leads, axes, values."""
    drawn = []

    def keep(*given, **options):
        drawn.append((given, options))
        return chapter_runner.Drawn(given[0])

    monkeypatch.setattr(chapter_runner, "_drawn", keep)
    chapter_runner.run(chapter, monkeypatch)
    assert drawn
    with in_language(CHINESE):
        for (name, lead, *parts), options in drawn:
            assert HAN.search(say(lead)), name
            for part in (*parts, *(value for key, value in options.items() if key != "tables")):
                told = chart.in_chinese(part)
                marks = [mark for mark in told if isinstance(mark, Mark)] if isinstance(told, list) else []
                for mark in marks:
                    assert HAN.search(mark.row) or re.fullmatch("[A-Z]\\w*|OECD.*|CSET.*|\\d{4}", mark.row), mark.row
                chart.values_of(marks)
                chart.told(say(lead), {mark.line: [chart._value(mark)] for mark in marks}, "; ")
                for case in told if isinstance(told, list) else ():
                    if hasattr(case, "scenario"):
                        say(case.scenario), say(case.text)
        for name, held in charts.COLUMNS.items():
            chart.column_name(name), say(held)


@pytest.mark.parametrize("table", [
    lambda: rankings.table(["chongqing", "chengdu", "xian"]), head_tables.printed_counts,
    head_tables.printed_stated, explorer.main_cases, second_judgements.differences, data_overview.tables,
    lambda: data_overview.columns("observations"), data_overview.reading_table,
])  # fmt: skip
def test_tables_of_open_cells_have_their_words(table):
    told = table()._repr_mimebundle_()[words.MIME]
    cells = re.findall(r"<t[hd][^>]*>(?:<[^>]*>)*([^<]+)", told)
    assert len(cells) > 10
    english = re.compile(r"\b(times|over|nearly|about|at least|at most|unknown)\b")
    assert [cell for cell in cells if english.search(cell) and not HAN.search(cell)] == []


def test_the_grid_of_parities_has_its_words():
    grid = catch_up_tables.grid()
    texts = [grid.index.name, *grid.index, *grid.columns, *grid.to_numpy().ravel()]
    assert [text for text in texts if chinese(text) is None] == []


def test_the_ledger_has_its_words():
    ledger = Ledger()
    html = ledger.part(filtered=True)._repr_mimebundle_()[words.MIME]
    assert html.count('<article class="claim"') == len(ledger.verdicts)
    with in_language(CHINESE):
        for verdict in ledger.verdicts.values():
            assert verdict.told().endswith("。") and verdict.told() != verdict.reason


@pytest.mark.parametrize("claim, told", [
    ("C16", r"另有来源给出[\d.]+款"), ("C31", r"已有\d+家"),
    ("C85", r"北京\d+个，重庆不超过\d+个"),
    ("C25", "全省数中的深圳部分"), ("C08", "日期为2024年6月18日。"),
])  # fmt: skip
def test_what_a_reason_counts_has_its_measure_word(claim, told):
    with in_language(CHINESE):
        assert re.search(told, Ledger().verdicts[claim].told())


def test_a_counted_line_of_evidence_ends_with_its_measure_word():
    html = Ledger().part()._repr_mimebundle_()[words.MIME]
    lines = re.findall(r"<li class=.evidence-\w+.><b>\S+</b> (.*?) <span", html)
    assert [line for line in lines if re.search(r"[：款家]\D?[\d.]+万?$", line)] == []
    for line in ("北京：各市人工智能企业，2018年：265家", "北京：备案大模型，2025年11月1日：163款",
                 "上海：开源开发者 OpenRank 影响力，2024年：67.296329万点"):  # fmt: skip
        assert line in lines


@pytest.mark.parametrize("claim, part", [
    ("C23", "做芯片的摩尔线程在上海破土"), ("C85", "北京掌控规则"), ("C86", "北京掌控创新源头"),
])  # fmt: skip
def test_the_part_of_a_sentence_that_is_judged_is_said(claim, part):
    with in_language(CHINESE):
        assert f"本条所判：{part}。判断依据：" in Ledger()._claim(claim)


def test_the_share_said_to_have_fallen_fell():
    """The Chinese for C84 says fallen, where the English says went."""
    first, last = re.search(r"went from (\d+)% on .* to (\d+)%", Ledger().verdicts["C84"].reason).groups()
    assert int(last) < int(first)


def test_tables_name_all_in_chinese():
    for table, column in (
        ("indicators", "name_hans"), ("indicators", "scope_hans"), ("events", "name_hans"),
        ("targets", "name_hans"), ("places", "name_hans"), ("units", "name_hans"),
    ):  # fmt: skip
        assert [row for row in book.rows(table) if not HAN.search(row[column]) and not row[column]] == []
    counts = [row for row in book.rows("indicators") if row["unit"] in ("count", "1e4 count", "1e8 count")]
    assert [row["indicator"] for row in counts if not row["measure_hans"]] == []
