"""How a quantity is shown: as text, as ASCII, as a sentence and as HTML.

:class:`Shown` gives :class:`~citygap.quantity.quantity.Quantity` its words; it computes nothing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from html import escape
from typing import Protocol

from citygap.quantity.rounding import in_brief, in_digits, in_full, in_words, is_narrow
from citygap.quantity.units import CHINESE_SCALE, UNITS, is_pure, scaled


BRIEF_DIGITS = 2


class Formattable(Protocol):
    """What the words of a quantity are made of: its bounds, how it was published, where it is from."""

    low: float
    high: float
    bounds: tuple[float, float]
    unit: str
    scope: str
    period: str
    place: str
    published: str
    confidence: str
    caveat: str
    made_by: str
    forecast: bool
    sources: tuple[str, ...]
    rows: tuple[str, ...]

    def to(self, unit: str) -> Formattable: ...
    def text(self, digits: int | None = None, percent: bool = False) -> str: ...
    def brief(self) -> str: ...
    def with_unit(self, digits: int | None = None) -> str: ...
    def title(self, said: str | None = None) -> str: ...
    def html(self, text: str | None = None) -> str: ...


class Shown:
    """The text and HTML forms of a quantity."""

    def text(self: Formattable, digits: int | None = None, percent: bool = False) -> str:
        """The figure as printed, or the computed range in words (see ``wording``).

        ``digits`` fixes the significant digits, ``percent`` shows a pure number in per cent; both
        show the range of a published figure instead of its words.  No unit but ``%`` is printed.
        """
        q = self.to("%") if percent else self
        suffix = "%" if q.unit == "%" else ""
        if q.published and digits is None:
            return q.published + suffix
        if q.unit != "year":
            words = in_words(q.low, q.high, digits=digits, suffix=suffix)
            return re.sub(r"\.0\b", "", words) if q.unit == "count" else words
        # A moment of the calendar: print the years that it may fall in, whole and outward.
        low, high = whole_years(q.low, q.high)
        return in_words(low, high, digits=4, separator="", narrow=False)

    def brief(self: Formattable) -> str:
        """The words for running text and figures: what was computed with two significant digits
        (``rounding.in_brief``), all else (published figures, counts, years, and ranges of coefficients,
        which are held against a threshold) as :meth:`text` has it."""
        counted = self.unit == "count" and all(math.isinf(end) or float(end).is_integer() for end in self.bounds)
        if self.published or counted or self.unit == "year":
            return self.text()
        if is_narrow(*self.bounds):
            return self.text(BRIEF_DIGITS)
        if self.coefficient:
            return self.text()
        words = in_brief(*self.bounds, suffix="%" if self.unit == "%" else "")
        return re.sub(r"\.0\b", "", words) if self.unit == "count" else words

    def with_unit(self: Formattable, digits: int | None = None) -> str:
        """Text with the unit in words: "over 4,500 hundred million yuan"."""
        # ``text`` prints the sign of a percentage itself
        words = "" if self.unit == "%" else unit_words(self.unit)
        return f"{self.text(digits)} {words}".rstrip()

    def plain(self: Formattable) -> str:
        """Text with the unit, in ASCII only."""
        spelt = unicodedata.normalize("NFKD", self.with_unit())
        return spelt.encode("ascii", "ignore").decode()

    def __str__(self: Formattable) -> str:
        return self.text()

    def __format__(self: Formattable, spec: str) -> str:
        """``""`` text; ``.3`` three significant digits; ``%`` per cent; ``u`` with the unit."""
        asked = re.fullmatch(r"(?:\.(\d+))?([%u]?)", spec)
        if not asked:
            raise ValueError(f"format {spec!r} of a quantity: use '', '.3', '%', '.2%' or 'u'")
        digits = int(asked[1]) if asked[1] else None
        return self.with_unit(digits) if asked[2] == "u" else self.text(digits, asked[2] == "%")

    def title(self: Formattable, said: str | None = None) -> str:
        """One plain sentence: bounds, unit, period, scope, confidence, sources, caveat.

        ``said`` replaces the bounds and the unit.
        """
        n = len(self.sources)
        parts = [
            full_range(self.bounds, self.unit) if said is None else said,
            f"for {self.period}" * bool(self.period),
            f"scope {self.scope}" * bool(self.scope),
            "a forecast" * self.forecast,
            f"confidence {self.confidence}",
            f"from {n} source{'s' * (n != 1)}" * bool(n),
        ]
        caveat = f" Caveat: {self.caveat.rstrip('.')}." * bool(self.caveat)
        return ", ".join(filter(None, parts)) + "." + caveat

    def html(self: Formattable, text: str | None = None) -> str:
        """A ``<data>`` element that carries the bounds and where they come from.

        ``text`` replaces the words shown.  The same quantity always gives the same bytes.
        """
        return element(self, self.text() if text is None else text, self.bounds, self.title())

    def _repr_html_(self: Formattable) -> str:
        return self.html()


def unit_words(unit: str) -> str:
    """The words after a range: none for pure numbers, counts and years of the calendar."""
    if unit == "%":
        return "percent"
    if is_pure(unit) or unit in ("count", "year"):
        return ""
    return UNITS[unit].name if unit in UNITS else unit


def full_range(ends: tuple[float, float], unit: str) -> str:
    """Both bounds to six digits, with the unit as English counts: "17.05 to 17.15 billion yuan"."""
    text = in_full(*ends, "" if unit == "year" else ",")
    text, words = scaled(text, unit) if CHINESE_SCALE.match(unit) else (text, unit_words(unit))
    return f"{text} {words}".rstrip()


def element(q: Formattable, text: str, ends: tuple[float, float], title: str) -> str:
    """The ``<data>`` element for given words, bounds and title, with the provenance of ``q``."""
    low, high = map(in_digits, ends)
    fields = {
        "class": "quantity",
        "value": f"{low}/{high}",
        "data-low": low,
        "data-high": high,
        "data-unit": q.unit,
        "data-scope": q.scope,
        "data-period": q.period,
        "data-place": q.place,
        "data-sources": " ".join(q.sources),
        "data-confidence": q.confidence,
        "title": title,
    }
    more = {
        "data-range": full_range(ends, q.unit),
        "data-rows": "\n".join(q.rows),
        "data-published": q.published,
        "data-forecast": "yes" * q.forecast,
        "data-caveat": q.caveat,
        "data-made-by": q.made_by,
    }
    fields |= {name: value for name, value in more.items() if value}
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in fields.items())
    return f"<data {attributes}>{escape(text)}</data>"


def whole_years(low: float, high: float) -> tuple[float, float]:
    """The calendar years that hold two moments: the first rounded down, the second up.

    Rounding errors of less than a minute do not count as a year.
    """
    first = low if math.isinf(low) else float(math.floor(round(low, 6)))
    last = high if math.isinf(high) else float(math.ceil(round(high, 6)))
    return first, last


class Phrase(str):
    """Words on the page whose truth was computed."""

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f'<span class="checked">{escape(self, quote=False)}</span>'
