"""How data pages say periods, figures, units and what stands in a row, in the language that is printed.

What the tables say in English alone (notes, definitions) has its Chinese in ``citygap/words``; what has
none there stays English on a Chinese page, and is marked as such.

Out of scope: the words of the press (``press.languages.printed``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from markupsafe import Markup

from citygap import words
from citygap.quantity import chinese
from citygap.quantity.quantity import UNITS, Quantity
from citygap.quantity.reading_rules import WORDS
from citygap.quantity.rounding import in_full
from press.cjk import marked
from press.languages.printed import now
from press.templating import ENVIRONMENT, code, marked_here

ENGLISH = re.compile(r"[A-Za-z]{2}")
LATIN = re.compile(r"[A-Za-z]")
HALF = str.maketrans("():,", "（）：，")
BESIDE_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])")
SENTENCE = re.compile(r"[a-z] [a-z]+ [a-z]")
#: Columns of addresses, keys and names that have no other words.
NAMES_ALONE = frozenset("address host source other_source row publisher_en title_en name_en quote_hans "
                        "document traced_to concept plan ranking event claim part edition".split())
KEY = re.compile(r"[\w./:%-]*[\d_/:.][\w./:%-]*")  # of the data, and no word


def in_chinese() -> bool:
    return now().code == words.CHINESE


def told(text: str) -> Markup:
    """What a row, a column or a definition says, as HTML; marked if it stays English."""
    if not in_chinese():
        return marked_here(text)
    if found := words.of_a_row(text) if ENGLISH.search(text) or words.PLAIN.fullmatch(text) else text:
        return marked_here(found)
    if KEY.fullmatch(text):
        return code(text)
    return english(text) if SENTENCE.search(text) else foreign(text)


def foreign(text: str) -> Markup:
    """A name or title as HTML: on a Chinese page, one that is not Chinese is marked as English."""
    if in_chinese() and 2 * len(words.HAN.findall(text)) < len(LATIN.findall(text)):
        return english(text)
    return marked_here(text)


def english(text: str) -> Markup:
    """A text that stays English on a Chinese page."""
    return Markup('<span lang="en">{}</span>').format(marked(text))


def remark(text: str) -> Markup:
    """A remark of the record, which is in English, whatever it quotes."""
    if not in_chinese() or not ENGLISH.search(text):
        return marked_here(typeset(text) if in_chinese() else text)
    found = words.of_a_row(text)
    return marked_here(found) if found else english(text)


ENVIRONMENT.filters |= {"told": told, "foreign": foreign, "remark": remark}
ENVIRONMENT.tests["key_of_data"] = lambda text: KEY.fullmatch(text) is not None


def plain(text: str) -> str:
    """The same as plain text."""
    return (words.of_a_row(text) if in_chinese() else None) or text


def typeset(chinese: str) -> str:
    """Chinese of the tables as a page prints it: marks full-width, no blank beside Han."""
    return BESIDE_HAN.sub("", chinese).translate(HALF)


def named(row: Mapping[str, str], field: str = "name") -> str:
    """A field of a row that the table has in both languages: its name, its scope."""
    if in_chinese() and row.get(f"{field}_hans"):
        return typeset(row[f"{field}_hans"])
    return row[f"{field}_en"] if f"{field}_en" in row else row[field]


def as_printed(value: str, bound: str, high: str = "") -> str:
    """A figure as its source prints it, without its unit: "over 4,500"."""
    return f"{WORDS[bound]}{_separated(value)}" + (f" to {_separated(high)}" if high else "")


def figure(value: str, bound: str, unit: str, high: str = "", measure: str = "") -> str:
    """A figure as its source prints it, in Chinese: "超4500亿元", "22家"; ``measure`` is the measure
    word of a count."""
    base, power = chinese.unit_of(unit)
    if unit == "rank":
        return f"第{value}位"
    said = chinese.printed(as_printed(value, bound, high), base, power, computed=False)
    return said + measure * (unit in ("count", "1e4 count", "1e8 count"))


def _separated(value: str) -> str:
    whole, point, rest = value.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.removeprefix('-')):,}{point}{rest}"


def unit_name(unit: str) -> str:
    """A unit in words, which stand after a number; nothing for counts."""
    if in_chinese():
        return chinese.unit_name(unit)
    return "" if unit == "count" else UNITS[unit].name if unit in UNITS else unit


def range_of(q: Quantity) -> str:
    """Both bounds of a quantity in its unit, as text; in Chinese with the unit."""
    if in_chinese():
        return chinese.bounds(q)
    low, high = q.bounds
    if math.isinf(low) and math.isinf(high):
        return "unknown"
    return in_full(low, high) + ("%" if q.unit == "%" else "")


def period_words(period: str) -> str:
    """A period as a reader says it: ``2025-01/2025-09`` is 2025-01 to 2025-09, or 2025年前三季度."""
    if in_chinese():
        return chinese.when(period)
    first, stroke, last = period.partition("/")
    if not stroke:
        return period
    return f"until {last}" if first == ".." else f"{first} to {last}"


def column(name: str) -> str:
    return words.of_a_row(name, "column") or name


def shown_columns(names: list[str]) -> list[str]:
    """The columns that a page shows: in Chinese, none that says in English what another says in Chinese."""
    if not in_chinese():
        return names
    twins = {"name_en": "name_hans", "title_en": "title_hans", "paraphrase_en": "sentence_hans",
             "reason_en": "reason_hans"}
    return [name for name in names if twins.get(name) not in names]


def value(column: str, english: str) -> str:
    """A word of which a column has few, such as the kind of a source."""
    return (words.of_a_row(english, column) if in_chinese() else None) or english


def in_a_file(name: str, given: str, site) -> str:
    """The value of a column in a file for Chinese readers: names and words instead of keys."""
    if name in ("place", "province"):
        return site.names.get(given, given)
    if name == "indicator" and given in site.indicators:
        return site.indicator_name(given)
    if name in ("unit", "read_unit") and given in UNITS:
        return chinese.unit_name(given)
    if name == "name_hans" and words.HAN.search(given):
        return typeset(given)
    if name in NAMES_ALONE or not ENGLISH.search(given):
        return given
    return words.of_a_row(given, name) or words.of_a_row(given) or given
