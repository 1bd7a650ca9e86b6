"""Printed digits that a program has rewritten: 171 as 171.0, 9.260 as 9.26.

The digits of a published figure say how exact it is, so a table that was read as numbers and
written again has lost some of what it said.  That shows in a column as a whole, seldom in a cell.

Out of scope: single cells, which ``rereadings.csv`` holds to what was read at the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: A column of fewer values is not judged: three figures may all be printed with a decimal.
FEW = 5
#: The share of whole numbers written with a decimal (171.0) from which on a program wrote them:
#: in a column with decimals of several lengths, and in one where all have one.
WHOLE, WHOLE_OF_ONE = 1 / 3, 3 / 4
#: Decimals among which some end in zero (9.260), if they are as printed.
MANY = 500

NUMBER = re.compile(r"-?\d+(?:\.(\d+))?", re.ASCII)

RESTORE = (
    "restore the file from the last commit and change it in a text editor, or read it as text "
    "(pandas: dtype=str, keep_default_na=False)"
)


def lost_digits(field: dict, cells: Sequence[str]) -> tuple[int, str, str] | None:
    """Row, what is wrong and what to do if the cells of a column of numbers have been rewritten.

    ``field`` describes the column in ``datapackage.json``.  None for a column as printed.
    """
    if field.get("type") not in ("number", "integer"):
        return None
    found = [(row, NUMBER.fullmatch(cell)) for row, cell in enumerate(cells, start=2) if cell]
    decimals = [(row, number[1]) for row, number in found if number and number[1]]
    whole = [row for row, decimal in decimals if decimal == "0"]
    # A program gives every number a decimal and leaves no zero at the end; a printed column whose
    # numbers all have one decimal has as many.
    every = len(decimals) == len(found) >= FEW or field["type"] == "integer"
    zeros = [row for row, decimal in decimals if decimal.endswith("0") and decimal != "0"]
    most = WHOLE if len({len(decimal) for _, decimal in decimals}) > 1 else WHOLE_OF_ONE
    if every and whole and not zeros and len(whole) > most * len(found):
        return whole[0], (
            f"a program has rewritten the column: {len(whole)} of its {len(found)} values are whole "
            "numbers with a decimal that no source prints"
        ), RESTORE  # fmt: skip
    if len(decimals) >= MANY and not zeros and not whole:
        return decimals[0][0], (
            f"a program has rewritten the column: none of {len(decimals)} decimals ends in zero"
        ), RESTORE  # fmt: skip
    return None
