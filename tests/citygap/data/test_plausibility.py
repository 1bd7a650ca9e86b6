"""Figures that cannot be, or hardly can, are questioned at the door, and the author can answer."""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from citygap.data.plausibility import questions
from citygap.data.plausibility.rewritten_digits import lost_digits
from citygap.data.tables import DATA, book
from citygap.data.validate import check

Change = Callable[[dict[str, str]], None]


@pytest.fixture
def data(tmp_path) -> Path:
    return shutil.copytree(DATA, tmp_path / "data")


def edit(data: Path, file: str, change: Callable[[list[list[str]]], None]) -> None:
    with (data / file).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    change(rows)
    with (data / file).open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(rows)


class Changed:
    """The book's tables with some cells changed in memory; ``added`` are rows at the end."""

    def __init__(self, changes: dict[tuple[str, int], dict[str, str]], **added: list[dict[str, str]]):
        self.package, self.sources = book.package, book.sources
        self.changes, self.added = changes, added

    def rows(self, name: str) -> list[dict[str, str]]:
        rows = book.rows(name)
        for row in self.added.get(name, ()):
            rows.append(dict.fromkeys(rows[0], "") | row)
        for (table, line), cells in self.changes.items():
            if table == name:
                rows[line - 2] |= cells
        return rows


def line_of(table: str, key: str) -> int:
    """Line of the row with a primary key."""
    resource = next(r for r in book.package["resources"] if r["name"] == table)
    columns = resource["schema"]["primaryKey"]
    (line,) = (n for n, row in enumerate(book.rows(table), start=2)
               if "/".join(row[c] for c in columns) == key)  # fmt: skip
    return line


def told(tables) -> list[str]:
    return [str(problem) for _, problem in questions.check(tables)]


POPULATION = "chongqing/resident_population/2024/hqzzdsda-2026"
WRONG = {
    "ten times its own series": (
        POPULATION, {"value": "31904.7"}, "value",
        "31904.7 1e4 persons is 10 times the 3190.47 1e4 persons of 2024 (row {chongqing/resident_population/2024/chongqing-bureau-statistics-2025c}) - correct the "
        "value; if the row is right, add to data/confirmed.csv: observations,"
        f"{POPULATION},jump,31904.7,(why it is right)",
    ),
    "ten times its series, and above its province": (
        "chengdu/gdp_census5/2024/xinhua-2025d", {"value": "235113"}, "value",
        "235113 1e8 CNY is more than its whole, 64697 1e8 CNY for sichuan in 2024 (row {sichuan/gdp_census5/2024/}) - "
        "correct the value or unit of whichever is wrong",
    ),
    "a thousand times its series": (
        "chengdu/gdp/2023/chengdu-bureau-statistics-2024b", {"value": "22074700"}, "value",
        "22074700 1e8 CNY is more than its whole, 1260582 1e8 CNY for china in 2023 (row {china/gdp/2023/})",
    ),
    "a thousand times, with nothing in its series": (
        "chongqing/ai_core_scale/2024/yuqian-consulting-2025", {"value": "171000"}, "value",
        "171000 1e8 CNY is more than its whole, 9000 1e8 CNY for china in 2024 (row {china/ai_core_scale/2024/})",
    ),
    "persons for ten thousand persons": (
        POPULATION, {"unit": "persons"}, "value",
        "3190.47 of 'persons', of which there are whole ones only - correct the value, or the unit: "
        "'1e6 persons' or '1e4 persons'",
    ),
    "whole persons for ten thousand persons": (
        "chongqing/resident_population/2024/hqzzdsda-2026", {"unit": "persons", "value": "3190"}, "unit",
        "3190 persons is 1/10,001 of the 3190.47 1e4 persons of 2024 (row {chongqing/resident_population/2024/chongqing-bureau-statistics-2025c}) - correct the "
        "value, or the unit: in '1e4 persons' it would fit",
    ),
    "ten thousand yuan for a hundred million": (
        "xian/gdp/2023/21st-century-business-herald-2024", {"unit": "1e4 CNY"}, "unit",
        "12010.76 1e4 CNY is 1/9,564 of the 11486.51 1e8 CNY of 2022 (row {xian/gdp/2022/}) - correct the "
        "value, or the unit: in '1e8 CNY' it would fit",
    ),
    "a share of more than the whole": (
        "china/domestic_share_gpu/2024/", {"value": "140"}, "value",
        "140 % is more than the whole, for a share - correct the value or its unit, or the nature "
        "of 'domestic_share_gpu'",
    ),
    "half a firm": (
        "chongqing/models_filed/2025-12-31/", {"value": "5.5"}, "value",
        "5.5 of 'count', of which there are whole ones only - correct the value, or the unit: "
        "'1e4 count' or '1e8 count'",
    ),
    "a time to come": (
        "xian/gdp/2023/21st-century-business-herald-2024", {"period": "2031"}, "period",
        "2031 begins after what its source can know: 21st-century-business-herald-2024 is of 2024",
    ),
    "a day to come": (
        "chongqing/ai_core_scale/2024/yuqian-consulting-2025", {"as_of": "2035-12-31"}, "as_of",
        "2035-12-31 is later than its source: yuqian-consulting-2025 is of 2025",
    ),
}  # fmt: skip


def find(key: str) -> int:
    """Line of the observation whose key begins so."""
    return next(n for n, r in enumerate(book.rows("observations"), start=2)
                if "/".join((r["place"], r["indicator"], r["period"], r["source"])).startswith(key))  # fmt: skip


def test_the_book_has_no_doubt_that_is_not_answered():
    assert told(book) == []


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_one_line_with_file_row_column_and_remedy(case):
    key, cells, column, words = WRONG[case]
    line = find(key)
    words = re.sub(r"\{(.+?)\}", lambda named: str(find(named[1])), words)
    (only,) = told(Changed({("observations", line): cells}))
    assert only.startswith(f"data/observations.csv: row {line}, column {column}: {words}"), only


def test_a_slip_is_told_once_by_the_check_of_all_tables(data):
    """Its second source says otherwise, which is the same cause; so is a re-reading."""
    line = find("chongqing/gdp_census5/2024/peoples-daily-2025a")

    def tenfold(rows):
        rows[line - 1][rows[0].index("value")] = "321931.5"

    edit(data, "observations.csv", tenfold)
    (problem,) = check(data)
    assert (problem.row, problem.column) == (line, "value")


def test_a_whole_below_several_of_its_parts_is_the_one_that_is_wrong():
    line = line_of("observations", "guangdong/gdp_census5/2024/bureaus-statistics-2024")
    (only,) = told(Changed({("observations", line): {"value": "1416"}}))
    assert only.startswith(f"data/observations.csv: row {line}, column value: 1416 1e8 CNY is less "
                           "than its part, ")  # fmt: skip


@pytest.mark.parametrize("cells", [
    {"value": "3500"}, {"value": "2900.5"}, {"value": "31904700", "unit": "persons"},
    {"value": "31.9047", "unit": "1e6 persons"},
], ids=str)  # fmt: skip
def test_what_may_well_be_is_not_doubted(cells):
    assert told(Changed({("observations", find(POPULATION)): cells})) == []


def test_a_forecast_may_be_of_a_time_to_come():
    line = find("xian/gdp/2023/21st-century-business-herald-2024")
    assert told(Changed({("observations", line): {"period": "2027", "bound": "expected"}})) == []


def test_growth_may_be_above_a_hundred_per_cent():
    line = find("chongqing/nev_output_growth/")
    assert not any("the whole" in each
                   for each in told(Changed({("observations", line): {"value": "112"}})))  # fmt: skip


# ------------------------------------------------------------------------------------ the register


def lines_of(said: str) -> dict[str, str]:
    """The line of the register that a message proposes."""
    cells = next(csv.reader([said.partition("confirmed.csv: ")[2]]))
    return dict(zip(("table", "row", "check", "value", "reason"), cells, strict=True))


def test_the_line_that_a_message_proposes_confirms_the_row_once_it_has_a_reason():
    change = {("observations", find(POPULATION)): {"value": "31904.7"}}
    (only,) = told(Changed(change))
    line = lines_of(only)
    (lacking,) = told(Changed(change, confirmed=[line]))
    assert "column reason: the line gives no reason" in lacking
    assert told(Changed(change, confirmed=[line | {"reason": "Invented, for this test."}])) == []


def test_a_confirmed_row_that_is_changed_is_doubted_again():
    line = lines_of(told(Changed({("observations", find(POPULATION)): {"value": "31904.7"}}))[0])
    line["reason"] = "Invented, for this test."
    (only,) = told(Changed({("observations", find(POPULATION)): {"value": "63809.4"}}, confirmed=[line]))
    assert "column value: 63809.4" in only and "instead of the line for 31904.7 write" in only


@pytest.mark.parametrize(("cells", "words"), [
    ({"row": POPULATION, "check": "jump", "value": "3190.47"},
     "column check: nothing in the row raises the question 'jump' - delete the line"),
    ({"row": "chongqing/resident_population/1999/nobody", "check": "jump", "value": "1"},
     "column row: there is no row chongqing/resident_population/1999/nobody in data/observations.csv"),
])  # fmt: skip
def test_a_line_that_answers_no_question_is_named(cells, words):
    line = {"table": "observations", "reason": "Invented, for this test."} | cells
    (only,) = told(Changed({}, confirmed=[line]))
    assert only.startswith(f"data/confirmed.csv: row {len(book.rows('confirmed')) + 2}, {words}")


def test_a_line_without_a_reason_is_named(data):
    with (data / "confirmed.csv").open("a", encoding="utf-8") as handle:
        handle.write(f"observations,{POPULATION},jump,3190.47,\n")
    (problem,) = map(str, check(data))
    assert "column reason: empty" in problem


# ------------------------------------------------------------------------------- how much is caught

SLIPS: dict[str, Change] = {
    "ten times": lambda row: row.update(value=times(row["value"], 10)),
    "a tenth": lambda row: row.update(value=times(row["value"], 0.1)),
    "a thousand times": lambda row: row.update(value=times(row["value"], 1000)),
    "a thousandth": lambda row: row.update(value=times(row["value"], 0.001)),
    "another unit": lambda row: row.update(unit=other_unit(row["unit"])),
}
#: Shares of slips that are caught, at least: floors below what was measured.  Among figures of which
#: a place has several years 82, 89, 97, 99 and 100 per cent are: a slip of a thousand or of the unit
#: nearly always shows; one of ten is lost among figures that grow, or differ from place to place, as
#: much.  A figure of one year can be held against other places alone, and provinces differ by
#: thousands: 18, 46, 86, 75 and 100 per cent.
CAUGHT = {
    "ten times": (0.75, 0.1), "a tenth": (0.80, 0.4), "a thousand times": (0.95, 0.8),
    "a thousandth": (0.95, 0.7), "another unit": (0.99, 0.99),
}  # fmt: skip


def times(value: str, by: float) -> str:
    return f"{float(value) * by:.10f}".rstrip("0").rstrip(".")


def other_unit(unit: str) -> str:
    """The unit of its dimension that is farthest from it, or the unit itself."""
    units = {row["unit"]: row for row in book.rows("units")}
    near = [u for u, row in units.items() if row["dimension"] == units[unit]["dimension"]]

    def factor(other: str) -> float:
        return float(units[other]["factor"]) / float(units[unit]["factor"])

    return max(near, key=lambda other: max(factor(other), 1 / factor(other)))


def caught(slip: str, indicators: set[str], sample: int) -> dict[str, list[bool]]:
    """For each indicator whether a slip in each of a sample of its rows is doubted, and named.

    Slips in rows of several indicators are made at once, since they do not touch one another.
    """
    random_ = random.Random(20261129)
    rows = book.rows("observations")
    lines = defaultdict(list)
    for line, row in enumerate(rows, start=2):
        changed = dict(row)
        SLIPS[slip](changed)
        if row["indicator"] in indicators and float(row["value"]) and changed != row:
            lines[row["indicator"]].append((line, changed))
    chosen = {key: random_.sample(found, min(sample, len(found))) for key, found in lines.items()}
    found: dict[str, list[bool]] = defaultdict(list)
    for number in range(max(map(len, chosen.values()))):
        batch = {key: each[number] for key, each in chosen.items() if number < len(each)}
        doubts = questions.doubts(
            Changed({("observations", line): changed for line, changed in batch.values()})
        )
        for key, (line, changed) in batch.items():
            found[key].append(any(
                doubt.table == "observations" and doubt.line == line
                or re.search(rf"\(row {line}(?: of observations)?\)", doubt.message)
                and f"/{key}/" in doubt.key
                for doubt in doubts if (doubt.table, doubt.line) not in STANDING or doubt.line == line
            ))  # fmt: skip
    return found


COLUMNS = next(csv.reader((DATA / "observations.csv").open(encoding="utf-8")))
STANDING = {(doubt.table, doubt.line) for doubt in questions.doubts(book)}
MAIN = {
    key for key in {row["indicator"] for row in book.rows("observations")}
    if len(book.rows("observations", indicator=key)) >= 20
}  # fmt: skip


def in_series(indicator: str) -> bool:
    """Whether most figures of an indicator belong to a place that has at least three of them."""
    rows = book.rows("observations", indicator=indicator)
    many = Counter(row["place"] for row in rows)
    return 2 * sum(number for number in many.values() if number >= 3) >= len(rows)


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("alone", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_most_slips_of_ten_or_a_thousand_are_caught(slip, alone):
    found = caught(slip, {key for key in MAIN if in_series(key) != alone}, sample=20)
    rates = {key: f"{sum(each)} of {len(each)}" for key, each in sorted(found.items())}
    every = [hit for each in found.values() for hit in each]
    share = sum(every) / len(every)
    print(f"{slip}: {share:.0%} of {len(every)} are caught; {rates}")
    assert len(every) >= 200 and share >= CAUGHT[slip][alone], rates


# ------------------------------------------------------------------------------------- lost digits


@pytest.mark.parametrize("path", ["observations.csv", "targets.csv", "distributions/unicorns_by_city.csv"])
def test_a_table_that_pandas_has_rewritten_is_one_line(data, path):
    import pandas as pd

    before = (data / path).read_text(encoding="utf-8")
    pd.read_csv(data / path).to_csv(data / path, index=False)
    assert (data / path).read_text(encoding="utf-8") != before
    (problem,) = map(str, check(data))
    assert re.match(rf"data/{path}: row \d+, column val\w+: a program has rewritten the column: \d+ of",
                    problem)  # fmt: skip
    assert ("so are those of value_high" in problem) == (path == "targets.csv")
    assert "restore the file from the last commit" in problem


def test_pandas_may_write_a_table_that_it_has_read_as_text(data):
    import pandas as pd

    for resource in book.package["resources"]:
        path = data / resource["path"]
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame.to_csv(path, index=False, lineterminator="\n")
    assert check(data) == []


NUMBERS = {"name": "value", "type": "number"}


@pytest.mark.parametrize(("cells", "lost"), [
    (["9.5", "8.0", "7.25"], False),  # too few to tell
    (["9.5", "8.0", "7.1", "6.0", "5.5", "4.3"], False),  # one decimal each, as printed
    (["9.50", "8.00", "7.25", "6.00", "5.10"], False),  # two decimals each, as printed
    (["171", "9.26", "3190.47", "12", "5"], False),
    (["171.0", "9.26", "3190.47", "12.0", "5.0"], True),
    (["171.0", "9.260", "3190.47", "12.0", "5.0"], False),
    (["171.0", "", "3190.0", "12.0", "5.0", "7.0"], True),
    (["171.0", "9.26", "3190.47", "12.0", "5.0", "7"], False),  # a row added by hand
])  # fmt: skip
def test_a_column_that_a_program_wrote_is_told_from_one_as_printed(cells, lost):
    assert bool(lost_digits(NUMBERS, cells)) == lost


def test_whole_numbers_with_a_decimal_in_a_column_of_whole_numbers_are_one_fault():
    row, message, _ = lost_digits({"type": "integer"}, ["", "3.0", "4.0", "", "5.0"])
    assert row == 3 and "3 of its 3 values" in message


def test_decimals_of_which_none_ends_in_zero_are_those_of_a_spreadsheet():
    cells = [str(n / 7)[:6] for n in range(8, 700) if n % 7]
    printed = [cell.rstrip("0") for cell in cells]
    assert lost_digits(NUMBERS, printed) and not lost_digits(NUMBERS, [*printed, "9.260"])


# ------------------------------------------------------------------------ places and their names


def add_place(data: Path, line: str) -> list[str]:
    with (data / "places.csv").open("a", encoding="utf-8") as handle:
        handle.write(line + "\n")
    return [str(problem) for problem in check(data)]


LAST = len(book.rows("places")) + 2
PLACES = {
    "a second Suzhou": (
        "suzhou_anhui,city,Suzhou,宿州,宿州,anhui,other",
        "name_en: 'Suzhou' is the name of 'suzhou' already (row 13) - use 'suzhou' if it is the "
        "same place; else tell the two apart, such as 'Suzhou (Anhui)'",
    ),
    "a second key": (
        "chongqing_city,city,Chongqing Municipality,重庆市,重慶市,chongqing,other",
        "province: 重庆 is of the province level, and lies in 'chongqing' here - give "
        "'chongqing_city', the place itself",
    ),
    "a second key that is its own province": (
        "chongqing_city,city,Chongqing Municipality,重庆市,重慶市,chongqing_city,other",
        "name_hans: '重庆市' is 'chongqing' already (row 2) - use 'chongqing', or give the Chinese "
        "name that tells the two apart",
    ),
    "a wrong province": (
        "luzhou,city,Luzhou,泸州,瀘州,guizhou,other",
        "province: 泸州 lies in 四川, not in 贵州 - give 'sichuan'",
    ),
    "a city for a province": (
        "luzhou,city,Luzhou,泸州,瀘州,chengdu,other",
        "province: 'chengdu' is no province or municipality - give the province or municipality",
    ),
    "a city as a province": (
        "luzhou,province,Luzhou,泸州,瀘州,luzhou,other",
        "kind: '泸州' is no province: 泸州 is a city in 四川 - give its kind, such as 'city'",
    ),
    "a city that is its own province": (
        "luzhou,city,Luzhou,泸州,瀘州,luzhou,other",
        "province: 'luzhou' is no province or municipality",
    ),
    "a province as a city": (
        "macau,city,Hunan again,湖南省,湖南省,hunan,other",
        "kind: 湖南 is a province, not a city - give the kind 'province'",
    ),
}


@pytest.mark.parametrize("case", PLACES)
def test_a_place_that_cannot_be_is_one_line(data, case):
    line, words = PLACES[case]
    (only,) = add_place(data, line)
    assert only.startswith(f"data/places.csv: row {LAST}, column {words}"), only


@pytest.mark.parametrize("line", [
    "suzhou_anhui,city,Suzhou (Anhui),宿州,宿州,anhui,other",
    "luzhou,city,Luzhou,泸州,瀘州,sichuan,other",
    "jilin_city,city,Jilin (city),吉林,吉林,jilin,other",
    "macau,city,Macau,澳门,澳門,macau,other",
    "example_city,city,Example City,示例市,示例市,,other",
    "xinjin,district,Xinjin (Chengdu),新津,新津,sichuan,other",
])  # fmt: skip
def test_new_places_are_welcome(data, line):
    assert add_place(data, line) == []


@pytest.mark.parametrize(("place", "meant"), [
    ("wuhai", "wuhan"), ("chuzhou", "chizhou"), ("quzhou", ""), ("hanzhong", ""),
    ("chongqin", "chongqing"), ("beijign", "beijing"), ("atlantis", ""),
])  # fmt: skip
def test_the_remedy_for_a_new_place_is_to_add_it(data, place, meant):
    def move(rows):
        rows[4][0] = place

    edit(data, "observations.csv", move)
    (only,) = map(str, check(data))
    assert only == (
        f"data/observations.csv: row 5, column place: unknown places '{place}' - add it to "
        "data/places.csv" + (f", or correct it to '{meant}' if that is meant" if meant else "")
    )


# ---------------------------------------------------------------------- one cause, one message


def test_the_tail_of_a_spreadsheet_is_one_line(data):
    path = data / "observations.csv"
    lines = path.read_text(encoding="utf-8").count("\n")
    empty = "," * (len(COLUMNS) - 1) + "\n"
    path.write_text(path.read_text(encoding="utf-8") + empty * 5, encoding="utf-8")
    (only,) = map(str, check(data))
    assert only == (
        f"data/observations.csv: row {lines + 1}, column place: rows {lines + 1} to {lines + 5} are "
        "empty - delete these rows"
    )


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_another_separator_is_named(data, sign, name, quoting):
    with (data / "observations.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    with (data / "observations.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, delimiter=sign, quoting=quoting, lineterminator="\n").writerows(rows)
    (only,) = map(str, check(data))
    assert only == (
        f"data/observations.csv: row 1, column -: the columns are parted by {name}, not by commas - "
        "save the file as CSV with commas and encoding UTF-8"
    )


def test_a_table_whose_cells_have_moved_is_one_line(data):
    def move(rows):
        rows[1:] = [["", *row[:-1]] for row in rows[1:]]

    edit(data, "observations.csv", move)
    (only,) = map(str, check(data))
    assert only.startswith("data/observations.csv: row 2, column place: empty, and so on: in ")
    assert "the cells do not fit their columns" in only and "restore the file" in only


def test_a_row_whose_cells_have_moved_is_one_line(data):
    def move(rows):
        rows[9] = ["", *rows[9][:-1]]

    edit(data, "observations.csv", move)
    (only,) = map(str, check(data))
    assert only.startswith("data/observations.csv: row 10, column place: empty; ")
    assert "cells of the row do not fit their columns" in only


def test_one_fault_of_a_whole_column_is_one_line(data):
    def decimal_commas(rows):
        at = rows[0].index("value")
        for row in rows[1:]:
            row[at] = row[at].replace(".", ",")

    edit(data, "observations.csv", decimal_commas)
    (only,) = map(str, check(data))
    faults = sum("." in row["value"] for row in book.rows("observations"))
    assert re.search(rf"column value: '[\d,]+' is not a number; {faults} rows have a fault in this column", only)


def test_a_cell_left_out_and_the_index_of_pandas_are_named(data):
    path = data / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if at > 8 and '"' not in line)
    path.write_text("\n".join([*lines[:at], lines[at].rpartition(",")[0], *lines[at + 1:], ""]), encoding="utf-8")
    (only,) = map(str, check(data))
    assert only == (
        f"data/observations.csv: row {at + 1}, column note: {len(COLUMNS) - 1} cells where the header has "
        f"{len(COLUMNS)} - leave no cell out: an empty one at the end still needs its comma"
    )
    indexed = [f"{number - 1 if number else ''},{line}" for number, line in enumerate(lines)]
    path.write_text("\n".join([*indexed, ""]), encoding="utf-8")
    said = list(map(str, check(data)))
    assert said[0] == ("data/observations.csv: row 1, column -: a column without a name, as pandas writes its index - "
                       "delete it, or write with index=False")  # fmt: skip


def test_an_unknown_unit_gets_that_of_its_indicator(data):
    edit(data, "observations.csv", lambda rows: rows[1].__setitem__(rows[0].index("unit"), "firms"))
    (only,) = map(str, check(data))
    unit = book.rows("observations")[0]["unit"]
    assert f"column unit: unknown units 'firms' - give the figure in {unit!r}, the unit of its indicator, or " in only


def test_a_confirmed_row_with_another_fault_keeps_its_line():
    line = lines_of(told(Changed({("observations", find(POPULATION)): {"value": "31904.7"}}))[0])
    line["reason"] = "Invented, for this test."
    (only,) = told(Changed(
        {("observations", find(POPULATION)): {"value": "31904.7", "unit": "persons"}}, confirmed=[line]
    ))
    assert "of which there are whole ones only" in only
