"""A number in Chinese is the number that English prints, in Chinese units."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citygap.data.tables import book
from citygap.quantity import chinese
from citygap.quantity.english import SCALES, in_english
from citygap.quantity.quantity import Quantity, exactly, read
from citygap.quantity.units import UNITS, is_pure

book._observations  # registers the units of the tables
SIZE = dict(chinese.SIZES)
NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(万亿|亿|万)?(%?)")
WORD = re.compile(r"[一-鿿]*")


def read_back(words: str) -> tuple[list[Decimal], str]:
    """Numbers of a printed form in base units, and its first word."""
    return [
        Decimal(number).scaleb(SIZE[size] - 2 * bool(percent)) for number, size, percent in NUMBER.findall(words)
    ], WORD.match(words)[0]


def read_english(words: str, unit: str) -> list[Decimal]:
    """Numbers of an English printed form in base units of ``unit``."""
    word = words.rpartition(" ")[2]
    power = SCALES[word] if word in SCALES and word else 0
    if not power and not unit.startswith(("1e4 ", "1e8 ")):
        power = chinese.unit_of(unit)[1] if unit not in chinese.IN_SENTENCE else 0
    percent = -2 * words.endswith("%")
    return [Decimal(n.replace(",", "")).scaleb(power + percent) for n in re.findall(r"-?\d[\d,]*(?:\.\d+)?", words)]


units = st.sampled_from(sorted(UNITS))
numbers = st.decimals(0, 10**7, allow_nan=False, places=2)
bounds = st.sampled_from(["exact", "over", "nearly", "about", "at_least", "at_most", "under", "expected"])


@given(units, numbers, bounds)
def test_a_published_figure_is_the_same_in_both_languages(unit, number, bound):
    q = read(str(number), bound, unit)
    assert read_back(chinese.in_chinese(q))[0] == read_english(in_english(q), unit)


@given(units, numbers, numbers, st.booleans())
def test_a_computed_range_is_the_same_in_both_languages(unit, one, other, coefficient):
    low, high = sorted([float(one), float(other)])
    q = Quantity(low, high, unit, coefficient=coefficient)
    if unit == "year":
        return
    assert read_back(chinese.in_chinese(q))[0] == read_english(in_english(q), unit)


@pytest.mark.parametrize("value, bound, unit, expected", [
    ("171", "exact", "1e8 CNY", "171亿元"),
    ("4500", "over", "1e8 CNY", "超4500亿元"),
    ("17.1", "exact", "1e9 CNY", "171亿元"),
    ("12000", "about", "1e8 CNY", "约1.2万亿元"),
    ("5000", "exact", "1e4 CNY", "5000万元"),
    ("36", "at_least", "1e9 kWh", "不低于360亿千瓦时"),
    ("30", "nearly", "1e4 persons", "近30万人"),
    ("3000", "nearly", "persons", "近3000人"),
    ("5", "under", "%", "不到5%"),
    ("12613", "exact", "count", "1.2613万"),
    ("1010", "exact", "count", "1010"),
    ("120000", "over", "PFLOPS", "超12万PFLOPS"),
    ("10", "expected", "1e9 CNY", "预计100亿元"),
    ("5", "at_most", "rank", "不超过5"),
])  # fmt: skip
def test_published_figures(value, bound, unit, expected):
    assert chinese.in_chinese(read(value, bound, unit)) == expected


@pytest.mark.parametrize("q, expected", [
    (Quantity(0.204, 0.221, "ratio").to("%"), "20%至23%"),
    (Quantity(300, 360, "1e9 CNY"), "3000亿元至3600亿元"),
    (Quantity(9, 11, "count"), "9至11"),
    (Quantity(150, 163, "persons"), "150至170人"),
    (Quantity(150, 153, "persons"), "150人"),
    (Quantity(0.33, 0.75), "33%至75%"),
    (Quantity(0.5, 1.9), "0.5至1.9"),
    (exactly(0.379), "38%"),
    (exactly(0.379, coefficient=True), "0.38"),
    (exactly(0), "0"),
    (Quantity(22, float("inf")), "至少22"),
    (Quantity(float("-inf"), 5, "%"), "至多5%"),
    (Quantity(float("-inf"), float("inf"), "%"), "未知"),
    (Quantity(2031.2, 2034.5, "year"), "2031—2035年"),
    (Quantity(2044, float("inf"), "year"), "最早2044年"),
    (Quantity(3, 8, "years", published="3 to 8"), "3至8年"),
])  # fmt: skip
def test_computed_numbers(q, expected):
    assert chinese.in_chinese(q) == expected


def test_what_a_card_says():
    q = replace(read("4500", "over", "1e8 CNY", period="2024", sources=["a", "b"]), caveat="of a kind; known to few")
    assert chinese.title(q) == "上下界4500亿元～4600亿元，时期2024年，可信度高，来源2个。注意：of a kind；known to few。"
    html = chinese.html(q)
    for part in ('data-range="4500亿元～4600亿元"', 'data-published="超4500亿元"', 'data-low="4500"', ">超4500亿元<"):
        assert part in html
    attribute = re.compile(r'\b([\w-]+)=')
    assert sorted(attribute.findall(html)) == sorted(attribute.findall(q.html()))


@pytest.mark.parametrize("period, expected", [
    ("2024", "2024年"), ("2025-12-13", "2025年12月13日"), ("2024-03", "2024年3月"),
    ("2025H1", "2025年上半年"), ("2025Q3", "2025年第三季度"), ("2024-01/2024-09", "2024年前三季度"),
    ("2023-01/2023-11", "2023年1—11月"), ("../2018-12", "截至2018年12月"), ("2013 to 2018", "2013—2018年"),
    ("2023-06/2025-07", "2023年6月至2025年7月"), ("2024 to 2026-08-31", "2024年至2026年8月31日"),
    ("2013/..", "2013年以来"), ("2025/2026", "2025—2026年"), ("", ""),
])  # fmt: skip
def test_periods(period, expected):
    assert chinese.when(period) == expected


def test_every_unit_of_the_tables_is_named():
    for row in book.rows("units"):
        assert row["name_hans"], row["unit"]
        power = chinese.unit_of(row["unit"])[1]
        if row["unit"] in chinese.IN_SENTENCE or is_pure(row["unit"]) and row["unit"] != "%":
            continue
        scale = re.match(r"1e(\d+) ", row["unit"])
        assert power == (int(scale[1]) if scale else 0), row["unit"]


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="no number"):
        chinese.printed("many")


def test_what_a_cell_hands_over_holds_both_languages():
    from IPython.core.formatters import DisplayFormatter

    from citygap.notebook import Bound, Checked, Count
    from citygap.quantity.three_valued import Answer
    from citygap.words import MIME as CHINESE

    def forms(value: object) -> dict[str, str]:
        return DisplayFormatter().format(value)[0]

    sizes = forms(Bound("sizes/core", read("17.1", "exact", "1e9 CNY"), "core()"))
    assert sizes["text/plain"] == "17.1" and ">17.1</data>" in sizes["text/html"]
    assert 'data-key="sizes/core" data-code="core()"' in sizes[CHINESE] and ">171亿元</data>" in sizes[CHINESE]
    assert forms(Bound("n", Count(1234)))[CHINESE].endswith(">1234</data>")
    assert forms(Bound("word", "yes"))[CHINESE] == "是"
    checked = forms(Checked("far", Answer.YES))
    assert checked[CHINESE] == checked["text/html"]
