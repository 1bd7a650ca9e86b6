"""Units of measure: which figures may be added, and what one is in terms of another.

A unit is known by its text, as it stands in the tables: ``1e8 CNY``, ``%``, ``count``.
:data:`UNITS` holds the units of the book; ``tables.py`` fills it from ``data/units.csv`` through
:func:`register_units`, and the built-in set lets everything run without data.  Units of one
dimension convert into one another; units of different dimensions never do.

Units made by arithmetic (``1e8 CNY/count``) are plain text and need no entry here.

Out of scope: exchange rates and prices.  A yuan of 2020 and a yuan of 2024 are one unit here, and
a dollar and a yuan are two dimensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite

#: Units of a scale that Chinese counts in and English has no word for: ten thousand, hundred million.
CHINESE_SCALE = re.compile(r"^1e([48]) ")
#: Words of scale, and the power of ten that each stands for.
SCALES = {"trillion": 12, "billion": 9, "million": 6, "": 0}
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")

#: Name of the pure number, and the dimension that it shares with ``%``.
RATIO = "ratio"


class UnitMismatch(ValueError):
    """Two quantities whose units cannot be brought together."""


@dataclass(frozen=True)
class Unit:
    """A unit of measure.

    ``unit`` is the text in the tables, ``name`` the words printed after a number (empty for
    none), ``factor`` how many base units of ``dimension`` one of it is, ``countable`` whether it
    counts whole things, so that an exact figure in it has no rounding, ``hans`` its name in Chinese
    (亿元; empty for none).
    """

    unit: str
    name: str
    dimension: str
    factor: float
    countable: bool = False
    hans: str = ""

    def __post_init__(self) -> None:
        if not (isfinite(self.factor) and self.factor > 0):
            raise ValueError(f"unit {self.unit!r}: factor {self.factor!r} is not a positive number")
        if not self.unit or not self.dimension:
            raise ValueError(f"unit {self.unit!r}: a unit needs a text and a dimension")

    @property
    def exact_factor(self) -> Fraction:
        """The factor as the decimal number that was written: 0.01 is 1/100, not its float."""
        return Fraction(repr(float(self.factor)))


_BUILT_IN = (
    Unit(RATIO, "", RATIO, 1.0),
    Unit("1", "", RATIO, 1.0),
    Unit("%", "percent", RATIO, 0.01, hans="%"),
    Unit("CNY", "yuan", "CNY", 1.0, hans="元"),
    Unit("1e4 CNY", "ten thousand yuan", "CNY", 1e4, hans="万元"),
    Unit("1e8 CNY", "hundred million yuan", "CNY", 1e8, hans="亿元"),
    Unit("1e12 CNY", "trillion yuan", "CNY", 1e12, hans="万亿元"),
    Unit("1e6 USD", "million US dollars", "USD", 1e6, hans="100万美元"),
    Unit("1e8 USD", "hundred million US dollars", "USD", 1e8, hans="亿美元"),
    Unit("1e9 USD", "billion US dollars", "USD", 1e9, hans="10亿美元"),
    Unit("1e12 USD", "trillion US dollars", "USD", 1e12, hans="万亿美元"),
    Unit("1e9 USD2021", "billion US dollars of 2021", "USD of 2021", 1e9, hans="10亿美元"),
    Unit("CNY/kWh", "yuan per kilowatt-hour", "CNY/kWh", 1.0, hans="元/千瓦时"),
    Unit("count", "", "count", 1.0, countable=True),
    Unit("1e4 count", "ten thousand", "count", 1e4, hans="万"),
    Unit("1e6 count", "million", "count", 1e6, hans="100万"),
    Unit("persons", "persons", "persons", 1.0, countable=True, hans="人"),
    Unit("1e4 persons", "ten thousand people", "persons", 1e4, hans="万人"),
    Unit("per 1e4 persons", "per ten thousand people", "per person", 1e-4),
    Unit("PFLOPS", "PFLOPS", "FLOPS", 1e15, hans="PFLOPS"),
    Unit("EFLOPS", "EFLOPS", "FLOPS", 1e18, hans="EFLOPS"),
    Unit("ms", "milliseconds", "latency", 1e-3, hans="毫秒"),
    Unit("km", "kilometres", "length", 1e3, hans="公里"),
    Unit("1e8 kWh", "hundred million kilowatt-hours", "kWh", 1e8, hans="亿千瓦时"),
    Unit("1e4 kW", "ten thousand kilowatts", "kW", 1e4, hans="万千瓦"),
    Unit("1e4 TEU", "ten thousand containers (TEU)", "TEU", 1e4, hans="万标箱"),
    Unit("1e4 t", "ten thousand tonnes", "tonnes", 1e4, hans="万吨"),
    # Made by the analysis, never by a table: spans of years, and years of the calendar.
    Unit("years", "years", "span of years", 1.0, hans="年"),
    Unit("year", "", "calendar year", 1.0, hans="年"),
)

#: Every unit known by its text.
UNITS: dict[str, Unit] = {u.unit: u for u in _BUILT_IN}


def register_units(units: Iterable[Unit | Mapping[str, object]]) -> None:
    """Add units to :data:`UNITS`; one of the same text replaces the earlier one.

    Each is a :class:`Unit` or a row of ``units.csv`` (keys ``unit, name_en, dimension, factor,
    countable``, and ``name_hans`` if there is one).  Raises ValueError for a bad factor, and :class:`UnitMismatch` if ``%`` and
    ``ratio`` would no longer convert into one another, since pure numbers rest on that.
    """
    for given in units:
        unit = given if isinstance(given, Unit) else _from_row(given)
        if unit.unit in (RATIO, "1", "%") and unit.dimension != RATIO:
            raise UnitMismatch(
                f"unit {unit.unit!r} has dimension {unit.dimension!r}: it must be {RATIO!r}, "
                "so that shares in percent and plain ratios convert into one another"
            )
        UNITS[unit.unit] = unit


def _from_row(row: Mapping[str, object]) -> Unit:
    countable = row["countable"]
    return Unit(
        unit=str(row["unit"]),
        name=str(row["name_en"]),
        dimension=str(row["dimension"]),
        factor=float(row["factor"]),  # type: ignore[arg-type]
        countable=countable is True or str(countable).strip().lower() in ("true", "1", "yes"),
        hans=str(row.get("name_hans", "")),
    )


def scaled(text: str, unit: str) -> tuple[str, str]:
    """A figure in words and its unit as English counts, with all its digits: "over 4,500" of hundred
    million yuan is "over 450" and "billion yuan"; other units keep their figures."""
    name = UNITS[unit].name if unit in UNITS else unit
    scale = CHINESE_SCALE.match(unit)
    numbers = [Decimal(each.replace(",", "")) for each in NUMBER.findall(text)]
    if not scale:
        return text, name
    power = int(scale[1])
    largest = max(map(abs, numbers), default=Decimal(0)).scaleb(power)
    word, down = next(s for s in SCALES.items() if largest >= Decimal(10) ** s[1] or not s[1])
    text = NUMBER.sub(lambda each: _moved(each[0], power - down), text)
    base = re.sub("^(hundred million|ten thousand) ?", "", name)
    return text, f"{word} {base}".strip()


def _moved(number: str, power: int) -> str:
    found = Decimal(number.replace(",", "")).scaleb(power)
    found = found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()
    return f"{found:,f}"


def is_pure(unit: str) -> bool:
    """Whether a unit is a pure number: a ratio or a percentage."""
    return unit == RATIO or (unit in UNITS and UNITS[unit].dimension == RATIO)


def is_countable(unit: str) -> bool:
    """Whether a unit counts whole things.  Unknown units do not."""
    return unit in UNITS and UNITS[unit].countable


def factor_between(old: str, new: str) -> Fraction:
    """By what to multiply a number in ``old`` to have it in ``new``.

    Equal texts need no registry.  Raises :class:`UnitMismatch` for an unknown unit or for two
    dimensions.
    """
    if old == new:
        return Fraction(1)
    for unit in (old, new):
        if unit not in UNITS:
            raise UnitMismatch(
                f"cannot convert {old!r} to {new!r}: {unit!r} is not a registered unit"
            )
    a, b = UNITS[old], UNITS[new]
    if a.dimension != b.dimension:
        raise UnitMismatch(
            f"cannot convert {old!r} to {new!r}: {a.dimension} and {b.dimension} are two dimensions"
        )
    return a.exact_factor / b.exact_factor


def convertible(old: str, new: str) -> bool:
    """Whether :func:`factor_between` gives an answer."""
    try:
        factor_between(old, new)
    except UnitMismatch:
        return False
    return True


def product_unit(a: str, b: str) -> str:
    """Text of a unit times a unit, neither of them pure: ``x/y`` times ``y`` is ``x``."""
    for left, right in ((a, b), (b, a)):
        if left.endswith(f"/{right}") and left not in UNITS:
            return _bare(left[: -len(right) - 1])
    return f"{_bracketed(a)}*{_bracketed(b)}"


def quotient_unit(a: str, b: str) -> str:
    """Text of a unit over a unit of another dimension: ``x*y`` over ``y`` is ``x``."""
    if a not in UNITS:
        if a.endswith(f"*{b}"):
            return _bare(a[: -len(b) - 1])
        if a.startswith(f"{b}*"):
            return _bare(a[len(b) + 1 :])
    return f"{_bracketed(a)}/{_bracketed(b)}"


def power_unit(unit: str, exponent: float) -> str:
    """Text of a unit to a power."""
    return unit if exponent == 1 else f"{_bracketed(unit)}^{exponent:g}"


def _bracketed(unit: str) -> str:
    return f"({unit})" if any(sign in unit for sign in "*/^") else unit


def _bare(unit: str) -> str:
    inner = unit[1:-1]
    whole = unit.startswith("(") and unit.endswith(")") and "(" not in inner and ")" not in inner
    return inner if whole else unit
