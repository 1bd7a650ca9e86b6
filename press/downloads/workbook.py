"""A table as a workbook (XLSX), which Excel and WPS open without a question.

The first sheet has the rows: a head that stays in sight, a filter, numbers as numbers.  The second
says what the table is, its sources, its licence and how to cite it.  The same rows give the same
bytes.  No cell is a formula, whatever its text begins with.

Out of scope: which rows and words stand in it (``press.extensions.figure_cards``,
``press.data_pages``).
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from xlsxwriter import Workbook

from press.languages.printed import say

#: A number that Excel holds to its last digit.
NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?(?:e[+-]?\d{1,3})?\Z", re.I)
LONGEST = 32_767  # characters that a cell of a workbook can hold
NARROWEST, WIDEST = 8, 48  # characters of a column
UNDATED = "1980-01-01"  # of a book without a record: the first day that the archive of a workbook knows
ENOUGH = 100  # rows by which the width of a column is told


def workbook(
    columns: Sequence[str], rows: Iterable[Sequence[str]], about: Sequence[tuple[str, str]], day: str
) -> bytes:
    """The bytes of a workbook.

    ``columns`` are the heads and ``rows`` the cells below them, as text; a column whose filled cells
    are all numbers holds numbers.  ``about`` are the lines of the second sheet, what and how; ``day``,
    as 2026-11-26, is when the file says it was made; it may be empty.

    Raises ValueError, naming row and column, for a text that is longer than a cell can hold.
    """
    rows, out = [list(row) for row in rows], io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.fromisoformat(day or UNDATED)})
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    sheet = book.add_worksheet(say("Values"))
    for at, column in enumerate(columns):
        cells = [row[at] for row in rows]
        sheet.set_column(at, at, _width([column, *cells[:ENOUGH]]))
        sheet.write_string(0, at, column, head)
        # What is written as a string is neither taken for a formula nor for a link.
        write = sheet.write_number if _numbers(cells) else sheet.write_string
        for line, cell in enumerate(cells, 1):
            if len(cell) > LONGEST:
                raise ValueError(f"row {line}, column {column!r}: {len(cell):,} characters; a cell of a "
                                 f"workbook holds {LONGEST:,}. Shorten the text")  # fmt: skip
            if cell:
                write(line, at, float(cell) if write == sheet.write_number else cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)

    told = book.add_worksheet(say("About this file"))
    told.set_column(0, 0, 16)
    told.set_column(1, 1, 90)
    for line, (what, how) in enumerate(about):
        told.write_string(line, 0, what, head)
        told.write_string(line, 1, how, wrapped)
    book.close()
    return out.getvalue()


def _numbers(cells: Sequence[str]) -> bool:
    """Whether a column holds numbers: all filled cells do, and one is filled."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(NUMBER.match(cell) for cell in filled)


def _width(cells: Sequence[str]) -> int:
    """Characters that a column needs, a Han character counted twice."""
    wide = max(sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in cell.split("\n", 1)[0]) for cell in cells)
    return min(max(wide + 2, NARROWEST), WIDEST)
