"""Claims and rules belong together: what one lacks of the other stops the check, with the remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from citygap.claims import RULES, judge
from citygap.claims.registry import rule, unmatched
from citygap.data import validate
from citygap.data.io import DATA
from citygap.data.tables import book
from citypages.claims import claims_matched

CLAIMS = book.rows("claims")
ROWS = {row["claim"]: row for row in CLAIMS}


@pytest.fixture
def data(tmp_path) -> Path:
    return shutil.copytree(DATA, tmp_path / "data")


def test_every_claim_of_the_book_has_its_rule():
    assert unmatched(CLAIMS) == []
    assert claims_matched.written() == sorted(RULES), "as the code names them, without importing it"


def test_rules_that_cannot_be_read_are_left_to_be_imported(tmp_path):
    (tmp_path / "a.py").write_text('@rule("C01")\ndef _(w): pass\nnot_testable("C02", "why")\n')
    assert claims_matched.written(tmp_path) == ["C01", "C02"]
    (tmp_path / "b.py").write_text("def (")
    assert claims_matched.written(tmp_path) == []


@pytest.mark.parametrize("like, module", [("C01", "gap"), ("C16", "head_cities"), ("C30", "capital")])
def test_a_claim_without_a_rule_is_named_with_row_and_where_the_rule_belongs(like, module):
    (fault,) = map(str, unmatched([*CLAIMS, ROWS[like] | {"claim": "C999"}]))
    assert fault == (
        f"data/claims.csv: row {len(CLAIMS) + 2}, column claim: C999 has no rule, so nothing gives it a verdict"
        f' - add one, @rule("C999"), to citygap/claims/rules/{module}.py, or delete the row'
    )


@pytest.mark.parametrize("claim", ["C01", "C82"])
def test_a_rule_without_a_claim_is_named_with_its_place(claim, root):
    (fault,) = map(str, unmatched([row for row in CLAIMS if row["claim"] != claim]))
    start = f"data/claims.csv: row 1, column claim: no row for {claim}, which has a rule in "
    assert fault.startswith(start) and fault.endswith(" - restore the row, or delete the rule")
    file, _, line = fault.removeprefix(start).partition(" - ")[0].partition(":")
    lines = (root / file).read_text(encoding="utf-8").splitlines()[int(line) - 1 :]
    assert claim in "".join(lines[:8])


def test_a_book_without_claims_needs_no_rule():
    assert unmatched([]) == []


@pytest.mark.parametrize("file, line", [
    ("claims.csv", "{row}"),
    ("evidence.csv", "C998,motive,context,said,,,,,,yuqian-consulting-2025,high"),
])  # fmt: skip
def test_the_check_of_the_tables_says_it(data, file, line):
    row = (data / "claims.csv").read_text(encoding="utf-8").splitlines()[-1].replace("C104,102", "C999,999")
    with (data / file).open("a", encoding="utf-8", newline="") as table:
        table.write(line.format(row=row) + "\n")
    (fault,) = map(str, validate.check(data) or claims_matched.check(data))
    assert fault.startswith(f"data/{file}: row ") and ", column claim: " in fault
    assert ("C999 has no rule" if file == "claims.csv" else "unknown claims 'C998'") in fault


def test_asking_for_a_verdict_without_a_rule_says_so():
    with pytest.raises(KeyError, match="claim C999 has no rule in citygap/claims"):
        judge("C999")


def test_a_second_rule_for_a_claim_is_refused_with_both_places(root):
    with pytest.raises(ValueError, match=r"claim C07 has two rules, citygap/claims/rules/\w+\.py:\d+ and "):
        rule("C07")(lambda w: [])
    assert len(RULES) == len(CLAIMS)
