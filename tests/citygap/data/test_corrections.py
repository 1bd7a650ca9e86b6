"""Contradictions are found and registered, and the registers agree with the data."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from citygap.data import corrections
from citygap.data.tables import DATA, Tables, book
from citygap.data.validate import check as check_tables
from citygap.quantity.quantity import read

PLACE, INDICATOR = "xian", "gdp"  # of which no contradiction is known


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the data folder that a test may damage, its registers in agreement."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    return folder


def rows(data: Path, file: str) -> list[list[str]]:
    with (data / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def write(data: Path, file: str, lines: list[list[str]]) -> None:
    with (data / file).open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(lines)


def add(data: Path, file: str, **cells: str) -> None:
    """Add a row; columns that are not given stay empty."""
    lines = rows(data, file)
    write(data, file, [*lines, [cells.get(column, "") for column in lines[0]]])


def set_cell(data: Path, file: str, key: dict[str, str], column: str, value: str) -> None:
    """Set a cell of the one row whose cells are those of ``key``."""
    lines = rows(data, file)
    head = lines[0]
    found = [
        line for line in lines[1:]
        if all(line[head.index(name)] == cell for name, cell in key.items())
    ]  # fmt: skip
    assert len(found) == 1, key
    found[0][head.index(column)] = value
    write(data, file, lines)


def observe(data: Path, **cells: str) -> None:
    """Add an observation that disagrees with nothing but what a test says."""
    given = {
        "place": PLACE, "indicator": INDICATOR, "period": "2035", "value": "100",
        "bound": "exact", "unit": "1e8 CNY", "source": "nbs-2025",
    }  # fmt: skip
    add(data, "observations.csv", **{**given, **cells})


def faults(data: Path) -> list[str]:
    """What the check says and did not say of the data as they are."""
    before = {problem.message for problem in corrections.check(DATA)}
    return [str(p) for p in corrections.check(data) if p.message not in before]


# --------------------------------------------------------------------------- the register as it is


def test_the_register_holds_every_contradiction_of_the_data_and_no_other():
    listed = [corrections.register_key(row) for row in corrections.Registers().contradictions]
    assert sorted(listed) == [found.key for found in corrections.contradictions()]
    assert len(set(listed)) == len(listed) >= 10


def test_every_contradiction_says_why_or_that_it_is_not_known():
    for row in corrections.Registers().contradictions:
        assert len(row["reason"]) > 40 and row["reason"].endswith("."), row
        if row["cause"] == "not known":
            assert "not known" in row["reason"], row


def test_the_registers_agree_with_the_tables():
    assert [str(problem) for problem in corrections.check()] == []


def test_the_check_of_the_tables_looks_at_the_registers(data):
    observe(data, period="2023", value="12500", source="national-business-daily-2026")  # 12,010.76 stands there
    (problem,) = check_tables(data)
    assert "contradicts" in problem.message


# ------------------------------------------------------------------------------- what contradicts


def test_two_disjoint_figures_of_one_period_are_a_fault_that_names_both_rows(data):
    observe(data)
    observe(data, value="200", source="national-business-daily-2026")
    number = len(rows(data, "observations.csv"))
    (fault,) = faults(data)
    assert fault.startswith(f"data/observations.csv: row {number}, column value: 200 for 2035")
    assert f"contradicts 100 for 2035 in row {number - 1} (nbs-2025)" in fault
    assert "xian,gdp,2035,national-business-daily-2026,2035,nbs-2025 to data/contradictions.csv" in fault


def test_a_registered_contradiction_is_no_fault(data):
    observe(data)
    observe(data, value="200", source="national-business-daily-2026")
    add(data, "contradictions.csv", place=PLACE, indicator=INDICATOR, period="2035",
        source="national-business-daily-2026", other_period="2035", other_source="nbs-2025", found="2026-11-22",
        cause="not known", reason="Why is not known.")
    assert faults(data) == []


def test_a_registered_contradiction_that_is_mended_is_a_fault(data):
    key = {"place": "chongqing", "indicator": "car_output", "source": "bai-2023",
           "period": "2019"}
    set_cell(data, "observations.csv", key, "value", "138.3")
    set_cell(data, "rereadings.csv", key, "read_value", "138.3")
    found = faults(data)
    assert len(found) == 1
    assert "data/contradictions.csv: row" in found[0] and "the rows agree" in found[0]


def test_a_registered_contradiction_whose_row_is_gone_is_a_fault(data):
    lines = rows(data, "observations.csv")
    gone = ["zhejiang", "ai_core_scale", "2025", "city-express-2026"]
    column = lines[0].index("source")
    kept = [row for row in lines if [*row[:3], row[column]] != gone]
    assert len(kept) == len(lines) - 1
    write(data, "observations.csv", kept)
    found = faults(data)
    assert {fault.split(":")[0] for fault in found} == {"data/contradictions.csv", "data/rereadings.csv"}
    assert all("there is no row zhejiang/ai_core_scale/2025/city-express-2026" in fault for fault in found)


def test_a_registered_contradiction_with_its_rows_turned_round_is_named(data):
    lines = rows(data, "contradictions.csv")
    row = lines[-1]
    row[2:6] = [*row[4:6], *row[2:4]]
    write(data, "contradictions.csv", lines)
    (fault,) = faults(data)
    assert "turned round" in fault


@pytest.mark.parametrize(
    "change",
    [{"source": "yuqian-consulting-2025"}, {"bound": "expected"}, {"value": "100.00001"},
     {"value": "100.4", "bound": "about"}, {"period": "2036"}, {"value": "1", "bound": "at_least"}],
    ids=["grade D", "forecast", "rounding", "overlap", "another year", "open side"],
)  # fmt: skip
def test_what_is_not_sound_or_not_disjoint_does_not_contradict(data, change):
    observe(data, value="100.0000")
    observe(data, **{"value": "200", "source": "national-business-daily-2026", **change})
    assert faults(data) == []


def test_a_part_of_a_year_larger_than_the_year_contradicts_it(data):
    observe(data)
    observe(data, value="120", period="2035-01/2035-09", source="national-business-daily-2026")
    (fault,) = faults(data)
    assert "120 for 2035-01/2035-09" in fault and "100 for 2035" in fault


def test_a_part_of_a_year_smaller_than_the_year_does_not(data):
    observe(data)
    observe(data, value="80", period="2035-01/2035-09", source="national-business-daily-2026")
    assert faults(data) == []


def test_a_stock_may_be_larger_in_a_month_than_at_the_end_of_its_year():
    year = read("100", "exact", "count", period="2035")
    month = read("120", "exact", "count", period="2035-03")
    assert not corrections.contradict(year, month, flow=False)
    assert corrections.contradict(year, month, flow=True)


def test_the_order_of_rows_does_not_change_what_is_found(data):
    lines = rows(data, "observations.csv")
    write(data, "observations.csv", [lines[0], *reversed(lines[1:])])
    found = [c.key for c in corrections.contradictions(Tables(data))]
    assert found == [c.key for c in corrections.contradictions(book)]


@pytest.mark.parametrize(
    ("part", "whole", "answer"),
    [
        ("2024-01/2024-09", "2024", True),
        ("2024H1", "2024-01/2024-09", True),
        ("2024Q4", "2024-01/2024-09", False),
        ("2024-06-30", "2024-06", True),
        ("2024", "2024", True),
        ("2016/2022", "2016-01/2023-06", True),
        ("2019", "../2020-12", True),
        ("../2020-12", "2019/2020", False),
    ],
)
def test_whether_a_period_lies_within_another(part, whole, answer):
    assert corrections.within(part, whole) is answer


def test_the_distance_of_two_ranges_by_hand():
    low, high = read("100", "exact", "count"), read("101", "exact", "count")
    assert corrections.apart(low, high) == corrections.apart(high, low) == pytest.approx(0.01)
    assert corrections.apart(low, read("100", "over", "count")) == 0


# ------------------------------------------------------------------------------------ corrections

ROW = "xian/gdp/2035/nbs-2025"


def correct(data: Path, **cells: str) -> None:
    given = {"date": "2027-01-02", "table": "observations", "row": ROW, "column": "value",
             "old": "90", "new": "100", "reason": "A slip.", "effect": "None."}
    add(data, "corrections.csv", **{**given, **cells})


def test_a_correction_that_the_data_hold_is_no_fault(data):
    observe(data)
    correct(data)
    assert faults(data) == []


def test_a_correction_that_the_data_do_not_hold_is_a_fault(data):
    observe(data)
    correct(data, new="110")
    (fault,) = faults(data)
    assert fault.startswith("data/corrections.csv") and "the data hold '100', not '110'" in fault


def test_only_the_last_correction_of_a_cell_must_hold(data):
    observe(data)
    correct(data, date="2027-01-03")
    correct(data, date="2027-01-02", old="80", new="90")
    assert faults(data) == []


def test_a_correction_of_a_row_or_table_that_is_not_there_is_a_fault(data):
    observe(data)
    correct(data, row="xian/gdp/2036/nbs-2025")
    correct(data, table="observation")
    correct(data, column="number")
    words = " ".join(faults(data))
    assert "there is no row xian/gdp/2036/nbs-2025" in words
    assert "unknown table 'observation'" in words and "there is no column number" in words


def test_a_row_that_was_taken_out_must_be_gone(data):
    observe(data)
    correct(data, column="", old="100", new="")
    (fault,) = faults(data)
    assert "taken out, and is in the data" in fault


# ------------------------------------------------------------------------------------ re-readings


def reread(data: Path, **cells: str) -> None:
    given = {"place": PLACE, "indicator": INDICATOR, "period": "2035", "source": "nbs-2025",
             "date": "2027-01-02", "outcome": "right", "read_value": "100", "read_bound": "exact",
             "read_unit": "1e8 CNY"}
    add(data, "rereadings.csv", **{**given, **cells})


def test_a_row_that_was_read_again_is_no_fault_and_is_found(data):
    observe(data)
    reread(data)
    reread(data, date="2027-02-03", outcome="not found again", note="The page is gone.")
    assert faults(data) == []
    latest = corrections.Registers(Tables(data)).reread(PLACE, INDICATOR, "2035", "nbs-2025")
    assert latest["outcome"] == "not found again"


def test_a_reading_of_a_row_that_is_not_there_is_a_fault(data):
    reread(data)
    (fault,) = faults(data)
    assert "there is no row xian/gdp/2035/nbs-2025" in fault


def test_an_outcome_that_is_not_right_needs_a_word(data):
    observe(data)
    reread(data, outcome="contradicted")
    (fault,) = faults(data)
    assert "contradicted, and no word why" in fault


def test_a_corrected_row_needs_its_correction(data):
    observe(data)
    reread(data, outcome="corrected", note="A slip.")
    (fault,) = faults(data)
    assert "no correction of xian/gdp/2035/nbs-2025 is registered" in fault
    correct(data)
    assert faults(data) == []


def test_targets_and_distributions_can_be_read_again(data):
    target = next(r for r in book.table("targets").to_dict("records") if not r["indicator"])
    again = {"place": target["place"], "indicator": target["name_en"], "period": target["period"],
             "source": target["source"], "read_bound": target["bound"], "read_unit": target["unit"]}
    reread(data, **again, read_value=target["value"])
    figure = {"place": "changchun", "indicator": "ai-firms-by-city/companies",
              "period": "2018-12-25", "source": "it-juzi-2018", "read_bound": "", "read_unit": ""}
    reread(data, **figure, date="2027-01-03", read_value="1")
    assert faults(data) == []
    reread(data, **again, date="2027-01-04", read_value="1" + target["value"])
    reread(data, **figure, date="2027-01-04", read_value="2")
    first, second = faults(data)
    assert re.match(rf"data/targets.csv: row \d+, column value: '{target['value']}', where", first)
    assert re.match(r"data/distributions/ai_firms_by_city.csv: row \d+, column companies: '1', w", second)


SEVEN = {"place": "anhui", "indicator": "models_filed", "period": "2025-12-31",
         "source": "cac-2026c"}  # fmt: skip


def changed(data: Path, column: str, value: str) -> tuple[str, int, int]:
    """Change a row that was read again and found right; what the check says, and both its lines."""
    set_cell(data, "observations.csv", SEVEN, column, value)
    (problem,) = map(str, check_tables(data))
    lines = []
    for file in ("observations.csv", "rereadings.csv"):
        head, *body = rows(data, file)
        at = [head.index(name) for name in SEVEN]
        key = list(SEVEN.values())
        lines.append([n for n, row in enumerate(body, start=2) if [row[i] for i in at] == key][-1])
    return problem, *lines  # the latest re-reading speaks


def test_a_row_that_was_read_again_and_changed_since_is_named(data):
    """Ten times a figure that was read again is a slip of the hand, and it is told once."""
    problem, line, reread_on = changed(data, "value", "70")
    assert problem == (
        f"data/observations.csv: row {line}, column value: '70', where the source was read again on "
        f"2026-11-30 and says '7' (row {reread_on} of data/rereadings.csv) - restore '7', or read "
        "the source again and add what it says to data/rereadings.csv"
    )
    add(data, "rereadings.csv", **SEVEN, date="2027-01-02", outcome="right", read_value="70",
        read_bound="exact", read_unit="count")
    assert not any("read again" in str(problem) for problem in check_tables(data))


@pytest.mark.parametrize(("column", "value"), [("value", "7.0"), ("bound", "over"), ("unit", "1e4 count")])
def test_digits_word_and_unit_are_held_to_what_was_read(data, column, value):
    problem, line, _ = changed(data, column, value)
    assert problem.startswith(f"data/observations.csv: row {line}, column {column}: '{value}', where")


def test_digits_that_a_program_has_changed_in_many_rows_are_one_fault(data):
    lines = rows(data, "observations.csv")
    at = lines[0].index("value")
    for row in lines[1:]:
        row[at] += "0" if "." in row[at] else ""
    write(data, "observations.csv", lines)
    # one more digit also sets 2.10 against 2.110: rounded figures that agree, and that is another fault
    (only,) = (told for told in map(str, corrections.check(data)) if "rows are written" in told)
    assert re.search(r"column value: '[\d.]+0', where .*; \d\d+ rows are written otherwise than read", only)
    assert "restore the file from the last commit" in only


def test_a_right_row_says_what_was_read(data):
    observe(data)
    reread(data, read_value="")
    (fault,) = faults(data)
    assert re.search(r"rereadings.csv: row \d+, column read_value: right, and not what was read", fault)
    assert "which is '100' if the row is right" in fault


def test_every_row_found_right_says_what_was_read():
    for row in book.rows("rereadings"):
        assert bool(row["read_value"]) == (row["outcome"] in ("right", "corrected")), row
