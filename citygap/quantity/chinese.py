"""How a quantity is printed in Chinese: in the text, in its card, beside a mark.

The digits are those that English prints, moved to a Chinese unit: 17.1 billion yuan is 171亿元, as
both are made from the same words.  So a Chinese number never says more or less than its English one.

- The unit is printed with the number (亿元, 万人, %, 年), but for what the sentence says: the measure
  word of a count (家, 款, 个), 倍 after a ratio, 第 and 位 around a rank.
- From ten thousand on, numbers are in 万, 亿 or 万亿; all numbers of a range in the same.
- A ratio below one is printed in per cent, since 0.38倍 is not said; a coefficient, which compares no
  two figures (a location quotient, an exponent), as it is.
- 超, 近, 约, 不低于, 不超过, 不到, 预计 render the word of the publisher; 至少 and 至多 are computed.

Out of scope: English (``quantity.english``).
"""

from __future__ import annotations

import calendar
import re
from decimal import Decimal
from html import escape

from citygap import words
from citygap.quantity.english import CHINESE_SCALE, SCALES, in_scale
from citygap.quantity.quantity import JOINT, Quantity
from citygap.quantity.rounding import in_digits, in_full
from citygap.quantity.units import UNITS, is_pure

NUMBER = r"-?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?"
PRINTED = re.compile(rf"(?P<word>[a-z ]*?) ?(?P<low>{NUMBER})(?: to (?P<high>{NUMBER}))?%?")
PUBLISHED = {
    "": "", "over": "超", "nearly": "近", "about": "约", "at least": "不低于", "at most": "不超过",
    "under": "不到", "expected": "预计",
}  # fmt: skip
COMPUTED = PUBLISHED | {"at least": "至少", "at most": "至多"}
IN_YEARS = PUBLISHED | {"at least": "最早", "at most": "最晚"}
#: Units whose Chinese stands in the sentence and not after the number.
IN_SENTENCE = ("count", "rank", "per 1e4 persons", "index")
#: Units that arithmetic makes, which no table names.
MADE = {"CNY/PFLOPS-hour": "元/（PFLOPS·小时）"}
SIZES = (("万亿", 12), ("亿", 8), ("万", 4), ("", 0))
HANS = re.compile(r"(?P<tens>10{0,2})?(?P<size>万亿|亿|万)?(?P<base>.*)")
CONFIDENCE = {"high": "高", "medium": "中", "low": "低"}
PART = {"H1": "上半年", "H2": "下半年", "Q1": "第一季度", "Q2": "第二季度", "Q3": "第三季度", "Q4": "第四季度"}
FIRST_MONTHS = {"03": "第一季度", "06": "上半年", "09": "前三季度"}


def in_chinese(quantity: Quantity, brief: bool = True) -> str:
    """The words printed for a quantity in Chinese text: "超4500亿元", "20.4%至22.1%", "至少22"; ``brief`` as
    running text has them, else with the digits that a table shows."""
    found, word = in_scale(quantity)
    unit = unit_of(quantity.unit)
    power = SCALES[word] if CHINESE_SCALE.match(quantity.unit) else unit[1]
    return printed(found.brief() if brief else found.text(), unit[0], power, computed=not found.published,
                   ratio=of_two(quantity), year=quantity.unit == "year")  # fmt: skip


def on_axis(quantity: Quantity) -> str:
    """The number beside a mark of a figure, whose axis names the unit."""
    percent = "%" if quantity.unit == "%" else ""
    return printed(quantity.brief(), percent, computed=not quantity.published,
                   year=quantity.unit == "year", between="～")  # fmt: skip


def bounds(quantity: Quantity) -> str:
    """The bounds as a card gives them, to six digits, with the unit."""
    base, power = unit_of(quantity.unit)
    low, high = quantity.bounds
    full = re.sub(r"(\.\d*?)0+\b", lambda digits: digits[1].rstrip("."), in_full(low, high))
    return printed(full, base, power, ratio=of_two(quantity),
                   year=quantity.unit == "year", between="～")  # fmt: skip


def as_published(quantity: Quantity) -> str:
    """The figure with its word as it was published, in Chinese units; empty for a computed one."""
    base, power = unit_of(quantity.unit)
    return printed(quantity.published, base, power, computed=False) if quantity.published else ""


def title(quantity: Quantity) -> str:
    """One sentence on a quantity: bounds, period, scope, confidence, sources, caveat."""
    scope, n, caveat = words.chinese(quantity.scope), len(quantity.sources), caveats(quantity.caveat)
    parts = [
        f"上下界{bounds(quantity)}",
        f"时期{when(quantity.period)}" * bool(quantity.period),
        f"口径：{scope or quantity.scope}" * bool(quantity.scope),
        "预测值" * quantity.forecast,
        f"可信度{CONFIDENCE[quantity.confidence]}",
        f"来源{n}个" * bool(n),
    ]
    return "，".join(filter(None, parts)) + "。" + f"注意：{caveat}。" * bool(caveat)


def caveats(given: str) -> str:
    """Caveats, joined as a quantity joins them, in Chinese; in English where they have none."""
    return "；".join(caveat_list(given))


def caveat_list(given: str) -> list[str]:
    """The same, one by one."""
    found: list[str] = []
    for part in filter(None, given.split(JOINT)):
        if found and found[-1].startswith("across scopes (") and found[-1].count("(") > found[-1].count(")"):
            found[-1] += JOINT + part  # which names two scopes
        else:
            found.append(part)
    with words.in_language(words.CHINESE):
        return list(map(words.say, found))


def html(quantity: Quantity, brief: bool = True) -> str:
    """The ``<data>`` element of :meth:`Quantity.html` with all that a reader sees in Chinese."""
    low, high = map(in_digits, quantity.bounds)
    fields = {
        "class": "quantity", "value": f"{low}/{high}", "data-low": low, "data-high": high,
        "data-unit": quantity.unit, "data-scope": words.chinese(quantity.scope) or quantity.scope,
        "data-period": when(quantity.period), "data-place": quantity.place,
        "data-sources": " ".join(quantity.sources), "data-confidence": quantity.confidence,
        "title": title(quantity), "data-range": bounds(quantity),
    }  # fmt: skip
    more = {
        "data-rows": "\n".join(quantity.rows), "data-published": as_published(quantity),
        "data-forecast": "yes" * quantity.forecast, "data-caveat": caveats(quantity.caveat),
        "data-made-by": quantity.made_by,
    }  # fmt: skip
    fields |= {name: value for name, value in more.items() if value}
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in fields.items())
    return f"<data {attributes}>{escape(in_chinese(quantity, brief))}</data>"


def count(number: int) -> str:
    """A counted number: all its digits, from ten thousand on in 万."""
    return printed(str(number))


def of_two(quantity: Quantity) -> bool:
    """Whether a quantity is the ratio of two figures, which is printed in per cent below one."""
    return is_pure(quantity.unit) and quantity.unit != "%" and not quantity.coefficient


def unit_of(unit: str) -> tuple[str, int]:
    """What is printed after a number of a unit, and the power of ten that goes with it: 元 and 8."""
    unsaid = unit in IN_SENTENCE or unit != "%" and is_pure(unit) or unit not in UNITS
    found = HANS.fullmatch(MADE.get(unit, "" if unsaid else UNITS[unit].hans))
    size = dict(SIZES)[found["size"] or ""]
    return found["base"], size + len(found["tens"] or "1") - 1


def unit_name(unit: str) -> str:
    """Name of a unit as a table gives it; that of the data where it has none."""
    return MADE.get(unit) or (UNITS[unit].hans if unit in UNITS else "") or unit


def printed(
    text: str, base: str = "", power: int = 0, *, computed: bool = True, ratio: bool = False,
    year: bool = False, between: str = "至",
) -> str:
    """English words of a number or range, times ten to ``power``, in Chinese and with a unit.

    ``computed`` tells 至少 from 不低于; ``ratio`` is printed in per cent below one, a ``year`` without
    a size; ``between`` stands in a range.  Raises ValueError for what is no number in words.
    """
    if text == "unknown":
        return "未知"
    found = PRINTED.fullmatch(text)
    if not found or found["word"] not in PUBLISHED:
        raise ValueError(f"{text!r} is no number in words")
    numbers = [Decimal(found[end].replace(",", "")) for end in ("low", "high") if found[end]]
    if ratio and all(abs(number) < 1 for number in numbers) and any(numbers):
        base, power = "%", 2
    largest = max(abs(number) for number in numbers).scaleb(power)
    size, down = ("", 0) if year or base == "%" else next(s for s in SIZES if largest >= Decimal(10) ** s[1] or not s[1])
    shown = [moved(number, power - down) for number in numbers]
    word = (IN_YEARS if year else COMPUTED if computed else PUBLISHED)[found["word"]]
    if year:
        between = "—"
    every = size + base if size or base == "%" else ""  # repeated, as 20.4%至22.1% and 3000亿元至3600亿元
    return word + f"{every}{between}".join(shown) + (every or base)


def moved(number: Decimal, power: int) -> str:
    """A number times ten to a power, with no more digits than it had."""
    if not power:
        return f"{number:f}"
    found = number.scaleb(power)
    return f"{found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize():f}"


@words.look_up
def number_in_words(text: str) -> str | None:
    """The Chinese for a number in English words, with its unit: "over 450 billion yuan" is 超4500亿元."""
    if re.fullmatch(r"\d{4} to \d{4}", text):
        return None  # years
    ratio = text.startswith("ratio: ")
    text = text.removeprefix("ratio: ")
    found = PRINTED.match(text)
    if not found or found["word"] not in PUBLISHED:
        return None
    if ratio:
        return printed(text, computed=False, ratio=True) if found[0] == text else None
    rest = text[found.end():].removeprefix("%").strip()
    if not rest or rest == "%":
        percent = "%" if text.endswith("%") else ""
        return printed(found[0].rstrip("%"), percent, computed=False)
    unit = next((u for u in UNITS.values() if u.name == rest), None)
    if unit is None:
        return None
    base, power = unit_of(unit.unit)
    return printed(found[0], base, power, computed=False)


MONTHS = {name: n for n, name in enumerate(calendar.month_name) if name}
NAMES = "|".join(MONTHS)
DAY = re.compile(rf"(?:(?P<day>\d{{1,2}}) )?(?P<month>{NAMES}) (?P<year>\d{{4}})")
MONTHS_OF = re.compile(rf"(?P<first>{NAMES}) to (?P<last>{NAMES}) (?P<year>\d{{4}})")
PART_OF = re.compile(r"(?:the )?(?P<part>(?:first|second|third|fourth) (?:half|quarter)) of (?P<year>\d{4})")
PARTS = {
    "first half": "H1", "second half": "H2", "first quarter": "Q1", "second quarter": "Q2",
    "third quarter": "Q3", "fourth quarter": "Q4",
}  # fmt: skip


@words.look_up
def date_in_words(text: str) -> str | None:
    """The Chinese for a date or period in English words: "13 December 2025", "first half of 2025"."""
    if text.startswith("up to ") and (until := date_in_words(text[6:])):
        return f"截至{until}"
    if found := DAY.fullmatch(text):
        day = f"{found['day']}日" if found["day"] else ""
        return f"{found['year']}年{MONTHS[found['month']]}月{day}"
    if found := MONTHS_OF.fullmatch(text):
        first, last = MONTHS[found["first"]], MONTHS[found["last"]]
        return when(f"{found['year']}-{first:02}/{found['year']}-{last:02}")
    if found := PART_OF.fullmatch(text):
        return f"{found['year']}年{PART[PARTS[found['part']]]}"
    return None


def when(period: str) -> str:
    """A period in Chinese: 2024年, 2025年上半年, 2025年1—9月, 截至2018年12月, 2013年至2018年."""
    if not period:
        return ""
    spans = period.split(" to ")
    if len(spans) == 2:
        if all(re.fullmatch(r"\d{4}", each) for each in spans):
            return f"{spans[0]}—{spans[1]}年"
        return ("、" if "/" in period else "至").join(map(when, spans))  # spans of months are told apart
    first, _, last = period.partition("/")
    if not last:
        return _moment(first)
    if first == "..":
        return f"截至{_moment(last)}"
    if last == "..":
        return f"{_moment(first)}以来"
    if first[:4] == last[:4] and len(first) == len(last) == 7:
        if first[5:] == "01" and last[5:] in FIRST_MONTHS:
            return f"{first[:4]}年{FIRST_MONTHS[last[5:]]}"
        return f"{first[:4]}年{int(first[5:])}—{int(last[5:])}月"
    if len(first) == len(last) == 4:
        return f"{first}—{last}年"
    return f"{_moment(first)}至{_moment(last)}"


def _moment(moment: str) -> str:
    year, part = moment[:4], moment[4:]
    if not part:
        return f"{year}年"
    if part in PART:
        return f"{year}年{PART[part]}"
    numbers = [int(each) for each in part.strip("-").split("-")]
    return f"{year}年" + "".join(f"{n}{sign}" for n, sign in zip(numbers, "月日"))
