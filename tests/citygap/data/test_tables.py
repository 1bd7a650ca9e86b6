"""The tables hold together, faults are named, and the right source speaks."""

from __future__ import annotations

import csv
import math
import re
import shutil
from pathlib import Path

import pytest
from frictionless import Package

from citygap.data.tables import DATA, PERIOD, DataError, NoObservation, Tables, book
from citygap.data.validate import check
from tests.small_tables import observed


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the data folder that a test may damage."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    return folder


def change(data: Path, file: str, row: int, column: str, value: str) -> None:
    """Set one cell; ``row`` is the row of the file, the header being row 1."""
    with (data / file).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    rows[row - 1][rows[0].index(column)] = value
    with (data / file).open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(rows)


def test_the_tables_hold_together():
    assert check() == []


def test_the_frictionless_validator_agrees():
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "note"])[:5]


def test_there_are_at_least_900_observations_each_with_source_period_and_unit():
    rows = book.table("observations")
    assert len(rows) >= 900
    assert set(rows["source"]) <= set(book.sources)
    assert all(PERIOD.match(period) for period in rows["period"])
    assert set(rows["unit"]) <= set(book.table("units")["unit"])


def test_every_table_with_a_source_column_cites_known_sources():
    for resource in book.package["resources"]:
        frame = book.table(resource["name"])
        if "source" in frame:
            assert set(frame["source"]) <= set(book.sources), resource["name"]


def test_no_row_is_derived_by_its_collector():
    notes = book.table("observations")["note"]
    assert not notes.str.contains(r"\bDERIVED\b|derived from", regex=True).any()


FAULTS = {
    "a misspelt place": ("observations.csv", 5, "place", "chongqin", "or correct it to 'chongqing' if"),
    "an unknown indicator": ("observations.csv", 9, "indicator", "ai_core_scal", "or correct it to 'ai_core_scale'"),
    "a word for a number": ("observations.csv", 7, "value", "many", "is not a number"),
    "a thousands separator": ("observations.csv", 7, "value", "4,500", "is not a number"),
    "an infinity": ("observations.csv", 7, "value", "inf", "is not a number"),
    "a missing value": ("observations.csv", 7, "value", "", "empty"),
    "a missing source": ("observations.csv", 7, "source", "", "empty"),
    "an unknown source": ("observations.csv", 7, "source", "nobody1900", "unknown source"),
    "a wrong unit": ("observations.csv", 7, "unit", "count", "for an indicator in"),
    "an unknown unit": ("observations.csv", 7, "unit", "1e8 RMB", "unknown units"),
    "a bare month": ("observations.csv", 7, "period", "March 2024", "wrong form"),
    "an unknown bound": ("observations.csv", 7, "bound", "abotu", "did you mean 'about'"),
    "an unknown relation": ("copies.csv", 7, "relation", "certain", "One of: original"),
    "a formula": ("observations.csv", 7, "note", "=1+1", "would run as a formula"),
    "markup": ("observations.csv", 7, "note", "<script>alert(1)</script>", "markup in a cell"),
    "a huge cell": ("observations.csv", 7, "note", "x" * 5000, "characters in one cell"),
    "a blank at the end": ("places.csv", 4, "name_en", "Shanghai ", "blanks around"),
    "a negative factor": ("units.csv", 3, "factor", "-1", "below 0"),
    "an upper end without a range": ("targets.csv", 3, "value_high", "99", "two ends"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_file_row_column_and_remedy(data, fault):
    file, row, column, value, words = FAULTS[fault]
    change(data, file, row, column, value)
    problems = [str(problem) for problem in check(data)]
    assert problems, fault
    assert problems[0].startswith(f"data/{file}: row {row}, column {column}: ")
    assert words in problems[0]
    assert re.search(r" - \S.+", problems[0]), "no remedy"


def test_a_key_that_stands_twice_names_both_rows(data):
    lines = (data / "observations.csv").read_text(encoding="utf-8").splitlines()
    lines.append(lines[10])
    (data / "observations.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (problem,) = check(data)
    assert problem.row == len(lines) and "same key as row 11" in problem.message


def test_a_column_of_another_name_is_named(data):
    text = (data / "events.csv").read_text(encoding="utf-8")
    (data / "events.csv").write_text(text.replace("note", "remark", 1), encoding="utf-8")
    (problem,) = map(str, check(data))
    assert "column note: the column is called 'remark'" in problem


def test_a_row_with_a_cell_too_many_is_named(data):
    with (data / "places.csv").open("a", encoding="utf-8") as handle:
        handle.write("atlantis,city,Atlantis,,,,other,surplus\n")
    (problem,) = check(data)
    assert problem.file == "data/places.csv" and "8 cells where the header has 7" in problem.message


def test_another_encoding_is_named(data):
    text = (data / "places.csv").read_text(encoding="utf-8")
    (data / "places.csv").write_bytes(text.encode("gb18030"))
    (problem,) = check(data)
    assert "not UTF-8" in problem.message


def test_a_byte_order_mark_and_crlf_are_harmless(data):
    raw = (data / "places.csv").read_bytes().replace(b"\n", b"\r\n")
    (data / "places.csv").write_bytes(b"\xef\xbb\xbf" + raw)
    assert check(data) == []


def test_an_address_that_is_no_web_address_is_named(data):
    bib = data / "sources.bib"
    text = bib.read_text(encoding="utf-8")
    bib.write_text(text.replace("url = {http", "url = {javascript:alert(1)//http", 1), "utf-8")
    (problem,) = check(data)
    assert "not a web address" in problem.message


def test_the_official_page_speaks_over_the_later_repost():
    beijing = book.readings("beijing", "ai_core_scale", "2024")
    assert len(beijing) > 1
    assert beijing[0].confidence == "high" and str(beijing[0]) == "over 3,000"


def test_a_forecast_does_not_widen_what_the_sources_leave_open(made_up):
    core = ("hefei", "ai_core_scale")
    tables = made_up(observations=[
        observed(*core, "2024", 100), observed(*core, "2024", 120, source="t"),
        observed(*core, "2024", 500, source="u", bound="expected"),
        observed(*core, "2025", 600, bound="expected"),
    ])  # fmt: skip
    found = tables.spread(*core, "2024")
    assert 100 in found and 120 in found and found.high < 130
    assert not found.forecast and set(found.sources) == {"s", "t"}
    assert tables.spread(*core, "2025").forecast, "where there is nothing else"


def test_an_outcome_speaks_over_a_forecast():
    assert not book.observe("beijing", "ai_core_scale", "2025").forecast
    assert any(q.forecast for q in book.readings("beijing", "ai_core_scale", "2025"))


def test_the_choice_does_not_depend_on_the_order_of_rows(data):
    lines = (data / "observations.csv").read_text(encoding="utf-8").splitlines()
    turned = [lines[0], *reversed(lines[1:])]
    (data / "observations.csv").write_text("\n".join(turned) + "\n", encoding="utf-8")
    other = Tables(data)
    for place, indicator in [("beijing", "ai_core_scale"), ("china", "models_filed")]:
        assert book.series(place, indicator) == other.series(place, indicator)


def test_the_spread_holds_every_sound_reading():
    spread = book.spread("beijing", "ai_core_scale", "2024")
    for q in book.readings("beijing", "ai_core_scale", "2024"):
        assert spread.low <= q.low and q.high <= spread.high


def test_years_never_stand_beside_nine_months():
    periods = [q.period for q in book.series("chongqing", "trade_with_asean", years=True)]
    assert periods == ["2019", "2020", "2022", "2025"]


def test_what_is_not_known_says_what_is():
    with pytest.raises(NoObservation, match="known periods: 2024"):
        book.observe("chongqing", "ai_core_scale", "1999")


def test_a_missing_file_is_named(tmp_path):
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "data" / "events.csv").unlink()
    (problem,) = check(tmp_path / "data")
    assert str(problem).startswith("data/events.csv:") and "missing" in problem.message
    with pytest.raises(DataError, match="missing"):
        Tables(tmp_path / "data").table("events")


def test_distributions_add_up_to_the_lists_they_come_from():
    firms = book.distribution("ai-firms-by-city", "companies")
    assert sum(q.low for q in firms.values()) == 784
    deals = book.distribution("ai-deals-by-city", "deals", ["2013"])
    assert sum(q.low for q in deals.values()) == 35
    assert book.counted("notable-models-by-city", "models", "chongqing").high == 0


def test_one_unit_converts_into_another_of_its_dimension():
    q = book.observe("china", "compute_intelligent", "2025-06-30")
    assert q.unit == "PFLOPS" and 787_000 < q.low < 789_000
    assert q.to("EFLOPS").low == pytest.approx(787.5)


def test_a_stock_is_read_at_one_day_and_never_added_up_over_several(made_up):
    days = ("2024-06-30", "2025-06-30")
    tables = made_up(filed_models_by_city=[
        {"period": day, "place": "chengdu", "models": n, "models_by_seat": 1, "source": "s"}
        for day, n in zip(days, (2, 5))
    ])  # fmt: skip
    name = "filed-models-by-city"
    assert tables.counted(name, "models", "chengdu", [days[0]]).bounds == (2, math.inf)  # at least
    assert tables.counted(name, "models_by_seat", "chengdu").bounds == (1, 1)
    assert tables.counted(name, "models", "chengdu").low == 5  # the latest
    assert tables.counted(name, "models", "mianyang").bounds == (0, math.inf)
    with pytest.raises(ValueError, match="ask for one day, not 2"):
        tables.counted(name, "models", "chengdu", days)
