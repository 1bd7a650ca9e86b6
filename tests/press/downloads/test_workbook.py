"""Tables and values of figures are workbooks too, which say the same as their CSV."""

from __future__ import annotations

import csv
import io
import math

import pytest
from openpyxl import load_workbook

from press.downloads.workbook import LONGEST, workbook

ABOUT = [("Title", "What may be"), ("=1+1", "=2+2")]


def read(content: bytes):
    return load_workbook(io.BytesIO(content))


def made(rows: list[list[str]], columns=("place", "value"), day: str = "2026-11-26") -> bytes:
    return workbook(columns, rows, ABOUT, day)


def test_a_column_of_numbers_holds_numbers_and_any_other_holds_text():
    sheet = read(made([["重庆", "3.5"], ["成都", ""], ["北京", "-12"]])).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["place", "value"], ["重庆", 3.5], ["成都", None], ["北京", -12]
    ]  # fmt: skip
    kinds = {cell.data_type for cell in sheet["B"][1:] if cell.value is not None}
    assert kinds == {"n"}


@pytest.mark.parametrize("text", ["007", "12345678901234567", "over 3", "1,5", "2025-01", "1e", "nan", "inf"])
def test_what_excel_would_change_stays_text(text):
    cell = read(made([["a", text], ["b", "1"]])).worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "@SUM(A1)", "=HYPERLINK(\"https://a.example\")", "https://a.example"])
def test_no_text_becomes_a_formula_or_a_link(text):
    book = read(made([[text, text]]))
    for sheet in book.worksheets:
        for row in sheet:
            assert all(cell.data_type == "s" and cell.hyperlink is None for cell in row)
    assert book.worksheets[0]["A2"].value == text


def test_the_head_stays_in_sight_and_can_be_filtered():
    sheet = read(made([["a", "1"]])).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")


def test_the_same_rows_are_the_same_bytes():
    assert made([["a", "1"]]) == made([["a", "1"]])
    assert made([["a", "1"]], day="") == made([["a", "1"]], day="")
    assert made([["a", "1"]]) != made([["a", "2"]])


def test_a_text_that_a_cell_cannot_hold_is_an_error_that_names_row_and_column():
    with pytest.raises(ValueError, match="row 2, column 'value'.*Shorten"):
        made([["a", "1"], ["b", "x" * (LONGEST + 1)]])


def rows_of(path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def same(cell, text: str) -> bool:
    if isinstance(cell, (int, float)):
        return math.isclose(cell, float(text), rel_tol=1e-15)
    return (cell or "") == text


@pytest.mark.slow
@pytest.mark.book
def test_each_table_and_figure_of_the_book_is_a_workbook_that_says_what_its_csv_says(html):
    """In each language; the second sheet says what the file is and its licence."""
    folders = [html / at / "_static" for at in ("", "zh")]
    for folder in folders:
        files = [*folder.glob("data/*.csv"), *folder.glob("data/distributions/*.csv"), *folder.glob("figures/*/*.csv")]
        assert len(files) > 50, folder
        for file in files:
            book = read(file.with_suffix(".xlsx").read_bytes())
            values, about = book.worksheets
            for cells, texts in zip(values.iter_rows(values_only=True), rows_of(file), strict=True):
                assert all(map(same, cells, texts)), (file, cells, texts)
            told = "\n".join(str(cell) for row in about.iter_rows(values_only=True) for cell in row)
            assert "CC BY 4.0" in told or "Creative Commons" in told or "署名 4.0" in told, (file, told[:300])


@pytest.mark.book
def test_files_of_chinese_pages_are_in_chinese(html):
    """Their heads and names are, and the links of Chinese pages lead to them."""
    table = rows_of(html / "zh" / "_static" / "data" / "observations.csv")
    assert {"地区", "指标"} <= set(table[0])
    assert ["重庆"] == [row[0] for row in table[1:] if row[0] == "重庆"][:1]
    page = (html / "zh" / "data" / "tables" / "observations.html").read_text(encoding="utf-8")
    for form in ("csv", "xlsx"):
        assert f'href="../../_static/data/observations.{form}"' in page
    indicators = html / "zh" / "_static" / "data" / "indicators"
    english = html / "_static" / "data" / "indicators"
    assert {file.name for file in indicators.iterdir()} == {file.name for file in english.iterdir()}
