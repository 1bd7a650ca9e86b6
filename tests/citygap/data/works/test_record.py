"""Works, their copies and the hosts of these hold together, and a work is named as a person writes it."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from citygap.data.io import DATA
from citygap.data.tables import Tables, book
from citygap.data.validate import check
from citygap.data.works import record, references


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the book's data."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def change(data: Path, table: str, row: int, **cells: str) -> None:
    """Set cells of a row of a table; the header is row 1."""
    path = data / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        lines = list(csv.reader(handle))
    for column, value in cells.items():
        lines[row - 1][lines[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(lines)


def number_of(table: str, **cells: str) -> int:
    """Number of the first row with these cells."""
    return next(number for number, row in enumerate(book.rows(table), start=2)
                if all(row[name] == value for name, value in cells.items()))  # fmt: skip


COPY, ORIGINAL = number_of("copies", relation="copy"), number_of("copies", relation="original")
BARE = number_of("hosts", reason="a bare number of the network, without a name of a publisher")


@pytest.mark.parametrize(("table", "row", "cells", "message", "remedy"), [
    ("copies", COPY, {"address": "https://unheard.example/a"}, "'unheard.example' was not looked at", "hosts.csv"),
    ("copies", COPY, {"address": "page 7"}, "not a web address", "leave the cell empty"),
    ("copies", COPY, {"read_on": "1999-01-01"}, "before the work was published", "correct the day"),
    ("copies", COPY, {"relation": "mirror"}, "mirror", "original"),
    ("copies", ORIGINAL, {"names_original": "false"}, "does not name itself", "is a copy"),
    ("hosts", BARE, {"link": "true"}, "is a number, not a name", "write false"),
])  # fmt: skip
def test_a_fault_is_named_with_file_row_column_and_remedy(data, table, row, cells, message, remedy):
    change(data, table, row, **cells)
    (fault,) = map(str, check(data))
    assert fault.startswith(f"data/{table}.csv: row {row}, column {next(iter(cells))}: ")
    assert message in fault and remedy in fault


def test_rows_on_a_work_that_was_read_nowhere_are_a_fault(data):
    path = data / "copies.csv"
    kept = [line for line in path.read_text("utf-8").splitlines(keepends=True) if not line.startswith("it-juzi-2018,")]
    path.write_text("".join(kept), encoding="utf-8")
    (fault,) = map(str, check(data))
    assert "rows rest on it-juzi-2018, which was read nowhere" in fault


def test_a_page_links_to_the_original_or_else_to_a_copy_that_may_be_linked():
    linked = 0
    for key, work in book.sources.items():
        address = book.link(key)
        read = [copy["address"] for copy in book.copies.get(key, ())]
        assert address in ("", work.get("url", ""), *read)
        if book.may_link(work.get("url", "")):
            assert address == work["url"]
        if address:
            linked += 1
            assert {"host": record.host(address), "link": "true"}.items() <= hosts()[record.host(address)].items()
    assert 200 < linked < len(book.sources), "some may be linked, some may not"


def hosts() -> dict[str, dict[str, str]]:
    return {row["host"]: row for row in book.rows("hosts")}


def test_numbers_staging_servers_and_mirrors_are_not_linked():
    refused = [row for row in hosts().values() if row["link"] == "false"]
    assert len(refused) > 100 and all(row["reason"] for row in hosts().values())
    assert not book.may_link("http://119.23.250.19/page") and not book.may_link("https://staging.reportify.cn/1")
    assert not book.may_link("https://never.looked.at/") and not book.may_link("")


def test_every_host_that_is_listed_is_used_by_a_source_or_a_page(root):
    used = {record.host(copy["address"]) for copies in book.copies.values() for copy in copies}
    used |= {record.host(work.get("url", "")) for work in book.sources.values()}
    pages = "".join(page.read_text("utf-8") for page in [*(root / "chapters").glob("*.md"), root / "README.md"])
    assert [host for host in hosts() if host not in used and host not in pages and host not in OWN] == []


#: Hosts to which the book's own pages lead: licences, permanent addresses, code.
OWN = ("creativecommons.org", "doi.org", "github.com")


@pytest.mark.slow
@pytest.mark.book
def test_no_page_links_to_a_host_that_is_not_listed(html):
    from bs4 import BeautifulSoup, SoupStrainer

    links, known = SoupStrainer("a", href=True), hosts()
    found = {}
    for page in html.rglob("*.html"):
        for link in BeautifulSoup(page.read_text("utf-8"), "lxml", parse_only=links).find_all("a"):
            if link["href"].startswith(("http:", "https:")):
                found.setdefault(record.host(link["href"]), page.name)
    refused = {host: page for host, page in found.items() if known.get(host, {}).get("link") != "true"}
    assert len(found) > 50 and refused == {}, "add the host to data/hosts.csv, or name it without a link"


def test_a_folder_without_copies_has_no_grades_and_links_everywhere(tmp_path, root):
    plain = Tables(root / "tests" / "press" / "second_book" / "book" / "data")
    assert set(plain.grades.values()) == {""} and plain.may_link("https://example.org/")
    assert {plain.confidence(key) for key in plain.sources} == {"medium"}


@pytest.mark.parametrize(("date", "words"), [
    ("2025-12-13", "13 December 2025"), ("2025-12", "December 2025"), ("2025", "2025"), ("n.d.", "n.d."),
    ("2025-01-01/2025-06-30", "1 January 2025 to 30 June 2025"),
])  # fmt: skip
def test_a_date_is_said_in_words(date, words):
    assert references.day(date) == words


def test_a_work_is_named_in_latin_letters_with_its_title_translated():
    work = {"author": "新华社", "author_en": "Xinhua", "title": "重庆", "title_en": "Chongqing", "year": "2025",
            "date": "2025-02-03", "journal": "新华网", "journal_en": "Xinhuanet"}  # fmt: skip
    assert references.short("xinhua-2025b", work) == "Xinhua 2025b"
    assert references.parts("xinhua-2025b", work) == [
        "Xinhua", "2025b", "重庆 [Chongqing]", "Xinhuanet", "3 February 2025"]  # fmt: skip
    assert references.short("a-nd", {"shortauthor": "A", "year": "n.d."}) == "A n.d."
    assert references.short("a-ndc", {"shortauthor": "A", "year": "n.d."}) == "A n.d.-c"
    assert references.title({"title": "[描述]", "title_en": "[Description]"}) == "[Description]"


def test_every_source_of_the_book_is_named_in_latin_letters():
    for key, work in book.sources.items():
        assert not any("\u3400" <= sign <= "\u9fff" for sign in references.short(key, work)), key
    names = [references.short(key, work) for key, work in book.sources.items()]
    assert len(names) == len(set(names)), "author and year tell works apart"


def test_chinese_pages_name_a_work_as_it_names_itself():
    work = {"author": "{新华社}", "author_en": "Xinhua", "title": "重庆", "title_en": "Chongqing", "year": "2025",
            "date": "2025-02-03"}  # fmt: skip
    assert references.short("xinhua-2025b", work, "zh") == "新华社，2025b"
    assert references.short_author(work | {"author": "{国家统计局} and {财政部}"}, "zh") == "国家统计局、财政部"
    assert references.short_author(work | {"author": "王, 小明"}, "zh") == "王小明"
    assert references.short("unknown-nd", {"year": "n.d."}, "zh") == "作者不详，日期不详"
    assert references.title(work, "zh") == "重庆" and references.published(work, "zh") == "2025年2月3日"
    assert all("\u3400" <= references.short_author(book.sources[key], "zh")[0] <= "\u9fff"
               for key in ("nbs-2025", "chongqing-government-2025"))  # fmt: skip


def test_a_page_that_is_the_original_of_one_work_is_no_copy_of_another(data):
    original = book.rows("copies")[ORIGINAL - 2]
    change(data, "copies", COPY, address=original["address"])
    (fault,) = map(str, check(data))
    assert fault.startswith(f"data/copies.csv: row {COPY}, column relation: ")
    assert f"is the original of {original['source']}" in fault and "leave this out" in fault


def test_no_work_is_entered_twice():
    """Two of one title and kind by one first author are one work, read twice."""
    works = [
        (re.sub(r"[\W_]+", "", work["title"]), work.get("kind"), work["author"].split(" and ")[0])
        for work in book.sources.values() if work.get("author")
    ]  # fmt: skip
    assert [work for work, times in Counter(works).items() if times > 1] == []
