"""What may stand in one cell of the data: fit for a page, a spreadsheet and a file's name.

:func:`text_fault` tells what no text of ``data/`` may hold, whatever its column.  Pages escape what
they print, and every file is offered for download too, where nothing escapes it: so what a
spreadsheet would run, what a browser would run and what a reader cannot see are refused at the
door, with a remedy, rather than rewritten on the way out.  A download is the table, byte for byte.

:func:`cell_test` makes the test of a column from its description in ``datapackage.json``.

Out of scope: what a cell says together with others (``validate``).
"""

from __future__ import annotations

import calendar
import difflib
import math
import re
from collections.abc import Callable, Iterable

from citygap.data.io import PACKAGE

MAX_CELL = 2_000  # characters; a longer cell is a paste accident, and would be drawn on a page
MAX_NUMBER = 1e20  # above it a figure is a slip of the keyboard, and products overflow

Fault = tuple[str, str]  # what is wrong, what to do

#: Control characters, line and paragraph ends, marks of direction, what has no width, private use.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]"
)
#: What makes a spreadsheet take a cell for a formula, the wide forms of East Asian ones included.
FORMULA = re.compile("^[\"'“”]?[=+\\-@＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?", re.ASCII)
MARKUP = re.compile(r"<\s*[a-zA-Z/!?]|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});", re.I)
SCRIPT = re.compile(r"\b(?:java|vb)script\s*:|\bfile:/|\bdata:\w+/\w", re.I)
QUOTED = re.compile("^(?:“[^“”]*”|„[^“”]*[“”]|«[^«»]*»|\"[^\"]*\")$")
#: What most texts have nothing of: one search instead of six.
ODD = re.compile(f"{UNSEEN.pattern}|^[\\s=+@＝＋－＠„“”«\"'-]|\\s$|[<&:]")
#: A key makes anchors and names of files; ``../2020`` in one is a period with an open start.
PATH = re.compile(r"^[/\\~]|\.\.[/\\](?!\d{4})|[/\\]\.\.(?!/\d{4})|^\.+$|^[A-Za-z]:[/\\]")
#: A pattern of datapackage.json that means a point or span of time begins so.
OF_TIME = re.compile(r"\^(?:\(\?:)*\\d\{4\}")
MOMENT = re.compile(r"(\d{4})(?:H[12]|Q[1-4]|-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
YEARS = range(1800, 2101)


def text_fault(text: str) -> Fault | None:
    """What is wrong with ``text`` wherever it stands in the data, or None."""
    if len(text) > MAX_CELL:
        return f"{len(text)} characters in one cell", f"at most {MAX_CELL}"
    if not ODD.search(text):
        return None
    if unseen := UNSEEN.search(text):
        where = f"U+{ord(unseen[0]):04X} at character {unseen.start() + 1}"
        return f"line break, control or unseen character in a cell: {where}", "write one plain line"
    if text != text.strip():
        return f"blanks around {text.strip()[:40]!r}", "remove them"
    if FORMULA.match(text) and not NUMBER.fullmatch(text):
        return f"{text[:20]!r} would run as a formula in a spreadsheet", "reword the cell"
    if MARKUP.search(text):
        return "markup in a cell", "write plain text"
    if SCRIPT.search(text):
        return "an address that a browser would run or open from disk", "give a web address"
    if QUOTED.match(text):
        return f"quotes around the whole cell: {text[:40]!r}", "remove them"
    return None


def cell_test(field: dict, is_key: bool = False) -> Callable[[str], Fault | None]:
    """A function from the text of a cell to its fault or None, made from a column's description.

    ``is_key`` says that the column is part of a key, from which names of files and anchors are made.
    """
    limits = field.get("constraints", {})
    kind = field.get("type", "string")
    pattern = re.compile(limits["pattern"], re.ASCII) if "pattern" in limits else None
    of_time = bool(pattern and OF_TIME.match(limits["pattern"]))
    allowed = [str(value) for value in limits.get("enum", ())]
    remedy = field.get("remedy", f"see {PACKAGE}")

    def test(cell: str) -> Fault | None:
        if not cell:
            return ("empty", "give a value") if limits.get("required") else None
        if kind in ("number", "integer"):
            return _number_fault(cell, kind, limits)
        if fault := text_fault(cell):
            return fault
        if pattern and not pattern.fullmatch(cell):
            return f"{cell[:40]!r} has the wrong form", remedy
        if of_time and not is_time(cell):
            return f"{cell[:40]!r} is no time of the calendar", "correct the period or day"
        if allowed and cell not in allowed:
            near = nearest(cell, allowed)
            return (
                f"unknown value {cell[:40]!r}",
                (f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(allowed)}",
            )
        if is_key and not pattern and PATH.search(cell):
            return f"{cell[:40]!r} is a path, in a key", "use letters and digits"
        return None

    return test


def _number_fault(cell: str, kind: str, limits: dict) -> Fault | None:
    if len(cell) > MAX_CELL:
        return f"{len(cell)} characters in one cell", f"at most {MAX_CELL}"
    shape = r"-?[0-9]+(\.[0-9]+)?" if kind == "number" else r"-?[0-9]+"
    if not re.fullmatch(shape, cell) or not math.isfinite(float(cell)):
        return f"{cell[:40]!r} is not a {kind}", "write digits only, such as 12345.6"
    if abs(float(cell)) > MAX_NUMBER:
        return f"{cell[:40]} is too large", "correct the value, or use a larger unit"
    if "minimum" in limits and float(cell) < limits["minimum"]:
        return f"{cell} is below {limits['minimum']}", "correct the value"
    if "maximum" in limits and float(cell) > limits["maximum"]:
        return f"{cell} is above {limits['maximum']}", "correct the value"
    return None


def is_time(period: str) -> bool:
    """Whether a period of the right form is one of the calendar, its start not after its end."""
    first, _, last = period.partition("/")
    start = "" if first == ".." else first_day(first)
    end = first_day(last) if last else start
    return start is not None and end is not None and (not last or first == ".." or start <= end)


def first_day(moment: str) -> str | None:
    found = MOMENT.fullmatch(moment)
    if not found or int(found[1]) not in YEARS:
        return None
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    part = moment[4:6]
    if part[:1] == "H":
        month = 6 * int(part[1]) - 5
    elif part[:1] == "Q":
        month = 3 * int(part[1]) - 2
    return f"{year}-{month:02}-{day:02}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` is a slip of, or None."""
    found = difflib.get_close_matches(word[:100], list(known), n=1, cutoff=0.7)
    return found[0] if found else None


def slip(key: str, known: Iterable[str]) -> str | None:
    """The known key that ``key`` is one letter away from, or two in a long one; None without one.

    Keys of places are short and alike (Huzhou is not Huizhou), so a slip begins with the right
    letter, and a key may be new all the same.
    """
    most = 1 if len(key) < 12 else 2
    near = [
        (distance, other) for other in known
        if other[:1] == key[:1] and abs(len(other) - len(key)) <= most
        and 0 < (distance := _distance(key[:100], other)) <= most
    ]  # fmt: skip
    return min(near)[1] if near else None


def _distance(one: str, other: str) -> int:
    """Letters to be added, left out, changed or swapped with the next one (Damerau)."""
    before, last = [], list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        now = [i]
        for j, b in enumerate(other, start=1):
            best = min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            now.append(best)
        before, last = last, now
    return last[-1]
