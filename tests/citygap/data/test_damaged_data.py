"""Damaged data: each kind of damage to each table is one sentence with its place and remedy.

The tables and their columns come from ``datapackage.json``, so that a new table is covered by
itself; Hypothesis chooses row, column and what is written there.  Some damage does no harm by
design: a byte-order mark, CRLF, quotes around every cell.  Formulas are refused rather than
rewritten in downloads, which are the tables themselves (``data/README.md``).
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citygap.claims.ledger import Ledger
from citygap.claims.registry import judge_all
from citygap.data import validate
from citygap.data.bibtex import read_sources
from citygap.data.cell_rules import FORMULA, NUMBER, OF_TIME
from citygap.data.io import DATA, PACKAGE, SEPARATORS, DataError, read_rows
from citygap.data.tables import Tables
from press import data_pages

RESOURCES = json.loads((DATA / PACKAGE).read_text(encoding="utf-8"))["resources"]
CALM = settings(
    max_examples=2, deadline=None, database=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
KEYS_OF_OTHERS = {
    (f["reference"]["resource"] or r["name"], f["reference"]["fields"])
    for r in RESOURCES for f in r["schema"].get("foreignKeys", [])
}  # fmt: skip


@dataclass
class Sheet:
    """A table, to be damaged."""

    resource: dict
    header: list[str]
    body: list[list[str]]
    named: str = ""  # column of the fault
    row: int = 0
    says: str = ""
    content: bytes | None = None

    def columns(self, wanted=lambda column: True) -> list[str]:
        return [f["name"] for f in self.resource["schema"]["fields"] if wanted(f)]

    def put(self, draw, columns: list[str], text: str, says: str, rows=None) -> bool:
        """Write ``text`` into a cell of one of ``columns``; False if there is none."""
        if not columns or rows == []:
            return False
        self.named, self.says = draw(st.sampled_from(columns)), says
        self.row = draw(st.sampled_from(rows) if rows else st.integers(2, len(self.body) + 1))
        self.body[self.row - 2][self.header.index(self.named)] = text
        return True

    def all(self, row: int, named: str, says: str) -> bool:
        self.row, self.named, self.says = row, named, says
        return True

    def bytes(self, **how) -> bytes:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n", **how).writerows([self.header, *self.body])
        return out.getvalue().encode()


def is_number(column: dict) -> bool:
    return column["type"] in ("number", "integer")


def is_text(column: dict) -> bool:
    return not is_number(column)


def is_free(column: dict) -> bool:
    return is_text(column) and not {"pattern", "enum"} & set(column.get("constraints", {}))


def is_of_time(column: dict) -> bool:
    return bool(OF_TIME.match(column.get("constraints", {}).get("pattern", "")))


# ------------------------------------------------------------------------------------- the damage


def missing_column(draw, sheet):
    at = draw(st.integers(0, len(sheet.header) - 1))
    gone = sheet.header.pop(at)
    for row in sheet.body:
        row.pop(at)
    return sheet.all(1, gone, "the column is missing")


def renamed_column(draw, sheet):
    at = draw(st.integers(0, len(sheet.header) - 1))
    old, sheet.header[at] = sheet.header[at], draw(st.sampled_from(["xyz", "=1+1", "<b>", "\0"]))
    return sheet.all(1, old, "the column is called")


def extra_column(draw, sheet):
    sheet.header.append("surplus")
    for row in sheet.body:
        row.append("x")
    return sheet.all(1, "surplus", "unknown column")


def column_twice(draw, sheet):
    at = draw(st.integers(0, len(sheet.header) - 1))
    for row in [sheet.header, *sheet.body]:
        row.append(row[at])
    return sheet.all(1, sheet.header[at], "stands twice")


def columns_turned(draw, sheet):
    for row in [sheet.header, *sheet.body]:
        row.reverse()
    return sheet.all(1, sheet.header[0], "out of order")


def wrong_type(draw, sheet):
    text = draw(st.sampled_from(["many", "12,5", "1 000", "0x1F", "1e5", "３５", "٣", "½", "--1"]))
    return sheet.put(draw, sheet.columns(is_number), text, "is not a")


def not_finite(draw, sheet):
    text = draw(st.sampled_from(["nan", "NaN", "inf", "-inf", "Infinity", "1e999", "9" * 400]))
    return sheet.put(draw, sheet.columns(is_number), text, "is not a")


def too_large(draw, sheet):
    return sheet.put(draw, sheet.columns(is_number), "9" * 30, " ")


def negative(draw, sheet):
    if "indicator" in sheet.header and "value" in sheet.header:
        rates = {r[0] for r in rows_of("indicators.csv") if "rate" in r}
        at = sheet.header.index("indicator")
        rows = [n for n, row in enumerate(sheet.body, start=2) if row[at] not in rates]
        return sheet.put(draw, ["value"], "-7", "below 0", rows)
    limited = sheet.columns(lambda c: is_number(c) and c.get("constraints", {}).get("minimum", -1) >= 0)
    return sheet.put(draw, limited, "-7", "is below")


def bound_that_contradicts(draw, sheet):
    if "value_high" in sheet.header:
        at = sheet.header.index("bound")
        rows = [n for n, row in enumerate(sheet.body, start=2) if row[at] != "range"]
        return sheet.put(draw, ["value_high"], "0.1", "a range has two ends", rows)
    if not {"value", "bound"} <= set(sheet.columns(is_text)):
        return False
    at, value = sheet.header.index("bound"), sheet.header.index("value")
    rows = [n for n, row in enumerate(sheet.body, start=2) if not row[value]]
    if rows:
        return sheet.put(draw, ["bound"], "over", "stand together", rows)
    rows = [n for n, row in enumerate(sheet.body, start=2) if row[value].isdigit()]
    return sheet.put(draw, ["bound"], "", "stand together", rows)


def no_time_of_the_calendar(draw, sheet):
    text = draw(st.sampled_from(["2024-13", "2024-02-30", "2025/2020", "0000", "9999", "２０２４"]))
    columns = sheet.columns(lambda c: is_of_time(c))
    return sheet.put(draw, columns, text, "")


def unknown_key(draw, sheet):
    columns = [f["fields"] for f in sheet.resource["schema"].get("foreignKeys", [])]
    columns += [c for c in sheet.header if c == "source"]
    text = draw(st.sampled_from(["no_such_key", "beijin", "NO_SUCH_2024", "C999"]))
    return sheet.put(draw, columns, text, "")


def duplicate_key(draw, sheet):
    keys = sheet.resource["schema"].get("primaryKey", [])
    row = draw(st.integers(0, len(sheet.body) - 1))
    sheet.body.append(list(sheet.body[row]))
    return sheet.all(len(sheet.body) + 1, "+".join(keys), f"same key as row {row + 2}")


def empty_where_needed(draw, sheet):
    needed = sheet.columns(lambda c: c.get("constraints", {}).get("required"))
    return sheet.put(draw, needed, "", "empty")


def blanks(draw, sheet):
    row = draw(st.integers(0, len(sheet.body) - 1))
    name = draw(st.sampled_from(sheet.columns(is_text)))
    text = sheet.body[row][sheet.header.index(name)] or "x"
    space = draw(st.sampled_from([" ", "\u00a0", "\u3000"]))
    return sheet.put(draw, [name], text + space, "blanks around", [row + 2])


def formula(draw, sheet):
    text = draw(st.sampled_from([
        "=1+1", "=HYPERLINK(\"https://e.example\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)",
        "＝1+1", "＋x", "－x", "＠x", "'=1+1", '"=1+1', "-", "+",
    ]))  # fmt: skip
    return sheet.put(draw, sheet.columns(is_text), text, "would run as a formula")


def markup(draw, sheet):
    text = draw(st.sampled_from([
        "<script>alert(1)</script>", "x <img src=x onerror=alert(1)>", "a </td> b", "<!-- x",
        "< b>x", "x &lt;b&gt;", "&#x3c;b", "<svg/onload=alert(1)>", "<?php x", "<Ⅰ <a",
    ]))  # fmt: skip
    return sheet.put(draw, sheet.columns(is_text), text, "markup")


def script_address(draw, sheet):
    text = draw(st.sampled_from([
        "javascript:alert(1)", "[x](JavaScript : alert(1))", "file:///etc/passwd",
        "see data:text/html;base64,x", "vbscript:x",
    ]))  # fmt: skip
    return sheet.put(draw, sheet.columns(is_text), text, "an address that a browser")


def path_in_a_key(draw, sheet):
    keys = [*sheet.resource["schema"].get("primaryKey", []),
            *(f["fields"] for f in sheet.resource["schema"].get("foreignKeys", []))]  # fmt: skip
    text = draw(st.sampled_from(["../x", "..\\x", "/etc/passwd", "x/../../y", "..", "C:\\x"]))
    columns = [c for c in sheet.columns(is_text) if c in keys]
    return sheet.put(draw, columns, text, "")


def unseen_character(draw, sheet):
    sign = draw(st.sampled_from("\x01\x08\x1b\x7f\x85\x9f\u200b\u202e\u2028\u2066\ue000\ufffd"))
    return sheet.put(draw, sheet.columns(is_text), f"a{sign}b", "unseen character")


def nul_byte(draw, sheet):
    return sheet.put(draw, sheet.columns(is_text), "a\0b", "U+0000")


def line_break_in_a_cell(draw, sheet):
    text = draw(st.sampled_from(["a\nb", "a\r\nb", "a\tb"]))
    return sheet.put(draw, sheet.columns(is_text), text, "line break")


def long_cell(draw, sheet):
    text = "x" * draw(st.sampled_from([2001, 60_000, 110_000, 140_000, 1_000_000]))
    return sheet.put(draw, sheet.columns(is_text), text, f"{len(text)} characters in one cell")


def smart_quotes(draw, sheet):
    text = draw(st.sampled_from(["“a b”", "„a“", "«a»", '"a"', "“a”"]))
    return sheet.put(draw, sheet.columns(is_text), text, "quotes around")


def mark_a_cell(draw, sheet) -> None:
    """Put a mark into a text cell, for damage that is done to the bytes."""
    sheet.put(draw, sheet.columns(is_text), "MARK", "")


def wrong_encoding(draw, sheet):
    mark_a_cell(draw, sheet)
    words = draw(st.sampled_from(["重庆".encode("gbk"), "é".encode("latin-1"), b"\xed\xa0\x80"]))
    sheet.content = sheet.bytes().replace(b"MARK", words)
    return sheet.all(sheet.row, sheet.named, "not UTF-8")


def utf_16(draw, sheet):
    sheet.content = sheet.bytes().decode().encode("utf-16")
    return sheet.all(1, "-", "not UTF-8")


def other_separator(draw, sheet):
    sign = draw(st.sampled_from([";", "\t", "|"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    sheet.content = sheet.bytes(delimiter=sign, quoting=quoting)
    return sheet.all(1, "-", f"parted by {SEPARATORS[sign]}, not by commas")


def line_of_excel(draw, sheet):
    sheet.content = b"sep=,\n" + sheet.bytes()
    return sheet.all(1, "-", "a line for Excel alone")


def open_quote(draw, sheet):
    mark_a_cell(draw, sheet)
    sheet.content = sheet.bytes().replace(b"MARK", b'"MARK')
    return sheet.all(sheet.row, sheet.named, "quote")  # closed by the next one, if there is any


def text_after_a_quote(draw, sheet):
    mark_a_cell(draw, sheet)
    sheet.content = sheet.bytes().replace(b"MARK", b'"MARK" x')
    return sheet.all(sheet.row, sheet.named, "text after the quote")


def bare_comma(draw, sheet):
    mark_a_cell(draw, sheet)
    sheet.content = sheet.bytes().replace(b"MARK", b"1,5")
    return sheet.all(sheet.row, sheet.header[-1], "cells where the header has")


def cut_off(draw, sheet):
    sheet.content = sheet.bytes() + sheet.body[0][0].encode()
    return sheet.all(len(sheet.body) + 2, sheet.header[1], "1 cells where the header has")


def blank_line(draw, sheet):
    row = draw(st.integers(0, len(sheet.body)))
    lines = sheet.bytes().split(b"\n")
    sheet.content = b"\n".join([*lines[: row + 1], b"", *lines[row + 1 :]])
    return sheet.all(row + 2, sheet.header[0], "0 cells")


def tail_of_a_spreadsheet(draw, sheet):
    first = len(sheet.body) + 2
    last = first + draw(st.integers(1, 5))
    empty = ["," * (len(sheet.header) - 1)] * (last - first + 1)
    sheet.content = sheet.bytes() + "".join(f"{line}\n" for line in empty).encode()
    return sheet.all(first, sheet.header[0], f"rows {first} to {last} are empty")


def nothing_in_it(draw, sheet):
    sheet.content = draw(st.sampled_from([b"", b"\n", b"\xef\xbb\xbf", b" \r\n"]))
    return sheet.all(1, "-", "the file is empty")


DAMAGE = [
    missing_column, renamed_column, extra_column, column_twice, columns_turned, wrong_type,
    not_finite, too_large, negative, bound_that_contradicts, no_time_of_the_calendar, unknown_key,
    duplicate_key, empty_where_needed, blanks, formula, markup, script_address, path_in_a_key,
    unseen_character, nul_byte, line_break_in_a_cell, long_cell, smart_quotes, wrong_encoding,
    utf_16, other_separator, line_of_excel, open_quote, text_after_a_quote, bare_comma, cut_off,
    blank_line, tail_of_a_spreadsheet, nothing_in_it,
]  # fmt: skip
#: Tables that are damaged in every run of the tests; the others are in those that take long.
OFTEN_CHANGED = ("observations", "claims")
#: Damage that some tables have no column for.
NOT_EVERYWHERE = {
    wrong_type, not_finite, too_large, negative, bound_that_contradicts, no_time_of_the_calendar,
    unknown_key,
}  # fmt: skip


# -------------------------------------------------------------------------------------- the tests


@lru_cache(maxsize=None)
def whole(path: str) -> bytes:
    return (DATA / path).read_bytes()


def rows_of(path: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(whole(path).decode(), newline="")))


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A copy of the data folder, whole again after each test."""
    return shutil.copytree(DATA, tmp_path_factory.mktemp("damaged") / "data")


@pytest.fixture(scope="module", autouse=True)
def quick():
    """What was found of an undamaged cell or file is found once, not a thousand times."""
    made = lru_cache(maxsize=None)(
        lambda described, is_key: lru_cache(maxsize=None)(CELL_TEST(json.loads(described), is_key))
    )
    read = lru_cache(maxsize=None)(lambda path, content: ROWS(path))
    sources = lru_cache(maxsize=None)(lambda path, content: SOURCES(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validate, "cell_test", lambda f, is_key: made(json.dumps(f), is_key))
        patch.setattr(validate, "read_rows", lambda p: read(p, bytes_of(p)))
        patch.setattr(validate, "read_sources", lambda p: sources(p, bytes_of(p)))
        patch.setattr(validate, "source_faults", faults_of)
        yield


CELL_TEST, ROWS, SOURCES = validate.cell_test, validate.read_rows, validate.read_sources
SOURCE_FAULTS, FOUND = validate.source_faults, {}


def faults_of(sources, path: Path) -> list:
    content = bytes_of(path)
    if content not in FOUND:
        FOUND[content] = SOURCE_FAULTS(sources, path)
    return FOUND[content]


def bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b"\0"


def test_every_table_of_the_folder_is_described():
    described = {resource["path"] for resource in RESOURCES}
    assert {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv")} == described


@pytest.mark.parametrize("resource", [
    pytest.param(each, id=each["name"], marks=[] if each["name"] in OFTEN_CHANGED else pytest.mark.slow)
    for each in RESOURCES
])  # fmt: skip
def test_damage_is_one_sentence_with_its_place_and_remedy(data, resource):
    done = set()
    for damage in DAMAGE:

        @given(st.data())
        @CALM
        def damaged(given_):
            header, *body = rows_of(resource["path"])
            sheet = Sheet(resource, header, body)
            if not damage(given_.draw, sheet):
                assert damage in NOT_EVERYWHERE
                return
            path = data / resource["path"]
            path.write_bytes(sheet.content if sheet.content is not None else sheet.bytes())
            try:
                problems = validate.check(data)
            finally:
                path.write_bytes(whole(resource["path"]))
            told = [str(problem) for problem in problems]
            place = f"data/{resource['path']}: row {sheet.row}, column {sheet.named}: "
            assert told and told[0].startswith(place), (damage.__name__, sheet.row, told[:3])
            assert sheet.says in told[0], (damage.__name__, told[:3])
            assert re.search(r" - \S.+", told[0]), "no remedy"
            assert len(told[0]) < 700 and "\n" not in told[0]
            assert len(told) == 1, (damage.__name__, told[:3])
            done.add(damage)

        damaged()
    assert len(done) >= 24, sorted(set(d.__name__ for d in DAMAGE) - {d.__name__ for d in done})


HARMLESS = {
    "a byte-order mark": lambda content: b"\xef\xbb\xbf" + content,
    "CRLF": lambda content: content.replace(b"\n", b"\r\n"),
    "both, as Excel writes": lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"),
    "no line end at the end": lambda content: content.rstrip(b"\n"),
}


@pytest.mark.parametrize("how", HARMLESS)
def test_what_does_no_harm(data, how):
    paths = [resource["path"] for resource in RESOURCES]
    try:
        for path in [*paths, "sources.bib", PACKAGE]:
            (data / path).write_bytes(HARMLESS[how](whole(path)))
        assert validate.check(data) == []
        for path in paths:
            assert read_rows(data / path) == read_rows(DATA / path), path
        assert read_sources(data / "sources.bib") == read_sources(DATA / "sources.bib")
    finally:
        for path in [*paths, "sources.bib", PACKAGE]:
            (data / path).write_bytes(whole(path))


def test_quotes_around_every_cell_do_no_harm(tmp_path):
    for resource in RESOURCES:
        header, *body = rows_of(resource["path"])
        quoted = tmp_path / "quoted.csv"
        quoted.write_bytes(Sheet(resource, header, body).bytes(quoting=csv.QUOTE_ALL))
        assert read_rows(quoted) == (header, body)


def test_a_cell_of_a_hundred_megabytes_is_named(tmp_path):
    for content in (b"x" * 100_000_000, b'"' + b"x\n" * 5_000_000 + b'"'):
        (tmp_path / "big.csv").write_bytes(b"one,two\n1," + content + b"\n")
        with pytest.raises(DataError) as raised:
            read_rows(tmp_path / "big.csv")
        assert "big.csv: row 2, column two: 1000000" in str(raised.value)
        assert "characters in one cell - at most" in str(raised.value)


# ----------------------------------------------------------------------------- the bibliography

FIRST = "unknown-ndn"
BIB = {
    "a key twice": (lambda t: t + t[t.index("@") : t.index("\n}\n") + 3], "key stands twice"),
    "a field twice": (lambda t: t.replace("  year = {", "  year = {1999},\n  year = {", 1), "field stands twice"),
    "an entry not closed": (lambda t: t.replace("\n}\n", "\n", 1), "not closed"),
    "braces that do not match": (lambda t: t.replace("year = {n.d.}", "year = {n.d.}}", 1), "braces do not match"),
    "no title": (lambda t: re.sub(r"  title = .*\n", "", t, count=1), "title: the field is missing"),
    "another kind": (lambda t: t.replace("@article", "@software", 1), "unknown kind of entry"),
    "a file address": (lambda t: t.replace("{https://", "{file:///", 1), "not a web address"),
    "a script address": (lambda t: t.replace("{https://", "{javascript:alert(1)//", 1), "not a web address"),
    "a data address": (lambda t: t.replace("{https://", "{data:text/html,", 1), "not a web address"),
    "a quote in an address": (lambda t: t.replace("{https://", '{https://x"onclick=', 1), "not a web address"),
    "markup in a title": (lambda t: t.replace("title = {{", "title = {{<script>alert(1)</script>", 1), "markup"),
    "a link in a title": (lambda t: t.replace("title = {{", r"title = {{\href{javascript:x}{y}", 1), "LaTeX command"),
    "a command in a title": (lambda t: t.replace("title = {{", r"title = {{\url{https://e.example}", 1), "LaTeX command"),
    "a formula": (lambda t: t.replace("title = {{", "title = {{=1+1", 1), "formula"),
    "a path in a key": (lambda t: t.replace(FIRST, "../x"), "bad key"),
    "an unseen character": (lambda t: t.replace("title = {{", "title = {{\u202e", 1), "U+202E"),
    "a NUL": (lambda t: t.replace("title = {{", "title = {{\0", 1), "U+0000"),
    "a long field": (lambda t: t.replace("title = {{", "title = {{" + "x" * 1_000_000, 1), "characters in one cell"),
    "a day that is none": (
        lambda t: re.sub(r"date = \{(\d{4})-\d\d-\d\d\}", r"date = {\1-11-31}", t, count=1), "no day of the calendar",
    ),
    "something else": (lambda t: t + "x = {y}\n", "in no entry"),
    "not UTF-8": (lambda t: t.encode("gbk", "replace"), "not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BIB)
def test_damage_to_the_bibliography_is_one_sentence(data, fault):
    make, words = BIB[fault]
    made = make(whole("sources.bib").decode())
    path = data / "sources.bib"
    path.write_bytes(made if isinstance(made, bytes) else made.encode())
    try:
        (problem, *others) = map(str, validate.check(data))
    finally:
        path.write_bytes(whole("sources.bib"))
    assert re.match(r"data/sources\.bib: row \d+, column \S", problem), problem
    assert words in problem and re.search(r" - \S", problem) and len(problem) < 700, problem
    assert fault == "a path in a key" or not others


DESCRIPTION = {
    "no JSON": (lambda t: t[: len(t) // 2], "not JSON"),
    "not UTF-8": (lambda t: t.encode("utf-16"), "not UTF-8"),
    "a list": (lambda t: "[1, 2]", "not a data package"),
    "a table without columns": (lambda t: t.replace('"schema"', '"scheme_"', 1), "not a data package"),
    "a table twice": (lambda t: t.replace('"name": "units"', '"name": "places"', 1), "stands twice"),
    "a path that leaves the folder": (lambda t: t.replace("places.csv", "../places.csv", 1), "no table of the folder"),
    "an absolute path": (lambda t: t.replace('"places.csv"', '"/etc/passwd"', 1), "no table of the folder"),
    "an address": (lambda t: t.replace('"places.csv"', '"https://e.example/x.csv"', 1), "no table of the folder"),
    "a pattern that is none": (lambda t: t.replace("^[a-z][a-z0-9_]*$", "^[a-z", 1), "not a data package"),
    "a key that is no column": (lambda t: t.replace('"primaryKey": [\n     "place"', '"primaryKey": [\n     "p"', 1), "not a data package"),
    "nested without end": (lambda t: "[" * 200_000, "nested too deep"),
}  # fmt: skip


@pytest.mark.parametrize("fault", DESCRIPTION)
def test_damage_to_the_description_is_one_sentence(data, fault):
    make, words = DESCRIPTION[fault]
    old = whole(PACKAGE).decode()
    made = make(old)
    assert made != old
    (data / PACKAGE).write_bytes(made if isinstance(made, bytes) else made.encode())
    try:
        (problem,) = map(str, validate.check(data))
    finally:
        (data / PACKAGE).write_bytes(whole(PACKAGE))
    assert problem.startswith(f"data/{PACKAGE}: row ") and words in problem, problem


def test_files_that_are_gone_are_named(data):
    for path in [*(resource["path"] for resource in RESOURCES), "sources.bib", PACKAGE]:
        (data / path).unlink()
        try:
            (problem,) = validate.check(data)
        finally:
            (data / path).write_bytes(whole(path))
        assert str(problem).startswith(f"data/{path}: ") and "the file is missing" in problem.message


# ------------------------------------------------------------------------------------ what pages do

HOSTILE = "<img src=x onerror=alert(1)>\"'&lt;b&gt;</script><script>alert(2)</script> [x](javascript:alert(3))"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Tables:
    """The book's tables with markup and script in every text that is no key: no check would pass
    them, and pages must not rely on it."""
    folder = shutil.copytree(DATA, tmp_path_factory.mktemp("hostile") / "data")
    touched = set()
    for resource in RESOURCES:
        header, *body = rows_of(resource["path"])
        schema = resource["schema"]
        keys = {*schema.get("primaryKey", []), *(f["fields"] for f in schema.get("foreignKeys", []))}
        if resource["name"] in ("corrections", "contradictions"):
            keys |= {"old", "new", "other_source"}  # cells of other tables
        sheet = Sheet(resource, header, body)
        for name in sheet.columns(lambda column: is_free(column)):
            if name not in keys and name not in NAMES_OF_OTHERS:
                at = header.index(name)
                for row in body:
                    row[at] += HOSTILE if row[at] else ""
                touched.add((resource["name"], name))
        (folder / resource["path"]).write_bytes(sheet.bytes())
    text = (folder / "sources.bib").read_text(encoding="utf-8")
    text = re.sub(r"^(  (?:title|author) = \{+)", lambda m: m[1] + HOSTILE.replace("\\", ""), text, flags=re.M)
    (folder / "sources.bib").write_text(text, encoding="utf-8")
    assert len(touched) > 25
    return Tables(folder)


#: Columns that name something that code looks up.
NAMES_OF_OTHERS = {"source", "unit", "dimension", "about", "subject", "value", "period"}


class Harm(HTMLParser):
    """What a browser would run of a page, and how often the words themselves are shown."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.shown = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found += [f"<{tag} {name}={value}" for name, value in attrs
                       if name.startswith("on") or "javascript:" in (value or "")
                       and name in ("href", "src", "action")]  # fmt: skip
        if tag == "script" and "application/json" not in dict(attrs).values():
            self.found.append("<script>")

    def handle_data(self, data):
        self.shown += data.count("onerror=alert(1)")


@pytest.mark.slow
def test_no_page_carries_markup_from_data(hostile):
    shown = 0
    for page in data_pages.make(tables_of=hostile):
        for html in (page.title if "<" not in page.title else "", page.body):
            seen = Harm(html)
            assert seen.found == [], page.name
            shown += seen.shown
    assert shown > 1000, "the hostile words were not on the pages at all"


def test_no_claim_of_the_ledger_carries_markup_from_data(hostile):
    verdicts = judge_all()
    ledger = Ledger(hostile, verdicts)
    seen = Harm(ledger.part(filtered=True)._repr_html_())
    assert seen.found == [] and seen.shown >= len(verdicts)


@pytest.mark.book
def test_no_download_holds_a_cell_that_a_spreadsheet_would_run(html):
    found = []
    for path in sorted(html.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file), start=1):
                found += [
                    (path.name, number, cell) for cell in row
                    if FORMULA.match(cell) and not NUMBER.fullmatch(cell)
                ]  # fmt: skip
    assert not found, found[:5]
