"""What data pages say of a row, in English and in Chinese."""

from __future__ import annotations

import csv
import io
import re

import pytest

from citygap import words
from citygap.data.tables import book
from citygap.words import ROWS, SLOT
from press.data_pages import coverage_plot, indicator_pages, wording
from press.data_pages.site import Site
from press.languages import printed
from press.languages.printed import Language

HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!(]|[,;:?!)][\u4e00-\u9fff]")
ADDRESS = re.compile(r"www\.\S+")
BLANK = re.compile(r"[\u4e00-\u9fff] |\d [\u4e00-\u9fff]")
book._observations  # registers the units of the tables


@pytest.fixture
def chinese(monkeypatch):
    """Chinese is printed."""
    monkeypatch.setattr(printed, "_now", Language("zh", "zh-Hans", "中文", "zh_CN"))


@pytest.mark.parametrize(("given", "told"), [
    (("4500", "over", "1e8 CNY"), "超4500亿元"),
    (("37.749", "expected", "1e9 USD"), "预计377.49亿美元"),
    (("22", "exact", "count", "", "家"), "22家"),
    (("1.2", "exact", "1e4 count", "", "家"), "1.2万家"),
    (("18", "about", "%"), "约18%"),
    (("3000", "range", "1e8 CNY", "3600"), "3000亿元至3600亿元"),
    (("3", "exact", "rank"), "第3位"),
])  # fmt: skip
def test_a_figure_is_printed_with_its_word_and_unit(given, told):
    assert wording.figure(*given) == told


def test_a_period_is_said_in_the_language_of_the_page(chinese, monkeypatch):
    assert wording.period_words("2025-01/2025-09") == "2025年前三季度"
    monkeypatch.setattr(printed, "_now", printed.FIRST)
    assert wording.period_words("2025-01/2025-09") == "2025-01 to 2025-09"
    assert wording.period_words("../2018-12") == "until 2018-12"


def test_what_has_no_chinese_stays_english_and_says_so(chinese, monkeypatch):
    assert wording.told("nine months only") == "只是前九个月"
    assert wording.told("12,526 in the file, in a column labelled 2024") == "文件所载为12526，列名为2024年"
    assert wording.told("words <of> nobody") == '<span lang="en">words &lt;of&gt; nobody</span>'
    assert wording.told("air_pearl_2025/x") == "<code>air_<wbr>pearl_<wbr>2025/x</code>"
    assert wording.told("占全国的比重") == "占全国的比重"
    monkeypatch.setattr(printed, "_now", printed.FIRST)
    assert wording.told("nine months only") == "nine months only"


def test_every_indicator_every_column_and_every_note_of_a_register_has_its_chinese():
    said = [row[field] for row in book.rows("indicators") for field in ("definition", "leaves_out")]
    fields = [field for each in book.package["resources"] for field in each["schema"]["fields"]]
    said += [field["description"] for field in fields]
    said += [each[field] for each in book.package["resources"] for field in ("title", "description")]
    assert sorted({text for text in said if text and words.of_a_row(text) is None}) == []
    names = {field["name"] for field in fields} - {"plan", "claim"}
    assert sorted(name for name in names if words.of_a_row(name, "column") is None) == []


def test_the_words_of_rows_are_well_formed():
    rows = list(csv.DictReader(ROWS.open(encoding="utf-8", newline="")))
    assert len({row["en"] for row in rows}) == len(rows) > 1000
    for row in rows:
        assert row["en"] and row["zh"] and row["where"], row
        assert set(SLOT.findall(row["zh"])) <= set(SLOT.findall(row["en"])), row
        told = SLOT.sub("", row["zh"])
        assert not HALF_WIDTH.search(told) and not BLANK.search(told), row


def test_numbers_of_a_note_stand_in_its_chinese_too():
    """In full or in 万 or 亿; of two digits and more, unless a word such as billion moves them."""
    moves = re.compile(r"billion|trillion|million|thousand|\d[ -]?(bn|tn|k|m)\b|\de12|hundred")
    number = re.compile(r"\d[\d,]*(?:\.\d+)?")
    apart = []
    for row in csv.DictReader(ROWS.open(encoding="utf-8", newline="")):
        if moves.search(row["en"]):
            continue
        told = {each.replace(",", "") for each in number.findall(row["zh"])}
        for each in (each.replace(",", "").lstrip("0") for each in number.findall(ADDRESS.sub("", row["en"]))):
            forms = {each, *(f"{float(each or 0) / size:.10g}" for size in (1, 10**4, 10**8))}
            if len(each) > 1 and each != "10000" and not forms & {one.lstrip("0") for one in told}:
                apart.append((row["en"], each))
    assert apart == []


def test_a_file_for_chinese_readers_has_chinese_heads_and_the_mark_that_excel_asks_for(chinese):
    site = Site()
    rows = indicator_pages.Rows(site).of["ai_core_scale"]
    text = indicator_pages.download(rows, site)
    assert text.startswith("\ufeff地区,指标,时期,")
    read = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(read) == len(rows)
    first = next(row for row in read if row["地区"] == "重庆")
    assert (first["指标"], first["数值"], first["限定词"], first["单位"]) == ("人工智能核心产业规模", "171", "确数", "亿元")


def test_a_chinese_name_is_as_wide_as_two_letters():
    assert coverage_plot.width("AI城市") == 6
    assert coverage_plot._short("北京市", 60) == "北京市"
    assert coverage_plot._short("全国各省区市合计", 60) == "全国各省…"
