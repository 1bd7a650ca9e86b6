"""The sources for reference managers: types, containers, pages and languages as each form has them.

What a reference manager takes from a form was seen by running the import of Zotero on all three.
"""

from __future__ import annotations

import re

import pytest
import rispy
from pybtex.database import parse_string

from citygap.data.tables import book
from press.citing import styles, work_exports
from press.citing.export_formats import tex

ITEMS = {item["id"]: item for item in work_exports.items(book)}
RECORDS = {record["id"]: record for record in rispy.loads(work_exports.ris(book))}
ENTRIES = parse_string(work_exports.bibtex(book), "bibtex").entries
#: Types of BibTeX that Zotero reads; it leaves out every entry of another, such as @dataset.
READ = {"article", "book", "inbook", "incollection", "inproceedings", "mastersthesis", "misc", "online", "phdthesis",
        "report"}  # fmt: skip

#: One work of each kind, as GB/T 7714-2025 prints it.
CITED = {
    "paper": ("hefei-daily-2024", "合肥日报. 生产总值12673.8亿元！合肥发布2023年经济数据[N/OL]. 合肥日报，2024-02-05. {url}."),
    "paper in English": ("qiu-2023", "Qiu Q. Guangdong to establish national hub for the AI industry by 2025[N/OL]. "
                         "China Daily，2023-11-13. {url}."),
    "magazine": ("chongqing-today-2019",
                 "今日重庆. [中新（重庆）战略性互联互通示范项目四周年专题][J/OL]. 今日重庆，2019（11）. {url}."),
    "agency": ("xinhua-2022a", "Xinhua. 162 projects inked under China-Singapore connectivity initiative by 2021"
                               "[EB/OL].（2022-01-18）[2026-12-01]. {url}."),
    "plan": ("chongqing-government-2025", "重庆市人民政府办公厅. 重庆市推动“人工智能+”行动方案：渝府办发〔2025〕60号"
                                          "[EB/OL].（2025-12-13）. {url}."),
    "report of a publisher": ("brookings-metro-2023", "Brookings Metro. Building AI cities: How to spread the benefits "
                              "of an emerging technology across more of America[R/OL]. Brookings Institution，2023. {url}."),
    "data not online": ("cscoheru-2025", "cscoheru（GitHub账户）. [2024年各省市统计公报第二产业增加值][DS].（2025）."),
    "table of a yearbook": ("state-council-census-office-2025", "国务院第五次全国经济普查领导小组办公室. 表1-B-46 "
                            "按地区分组的计算机、通信和其他电子设备制造业主要经济指标[M/OL]//中国经济普查年鉴2023. 2025. {url}."),
    "book": ("moore-1966", "Moore R E. Interval analysis[M]. Englewood Cliffs, New Jersey：Prentice-Hall，1966."),
    "article with a DOI": ("barab-si-albert-1999", "Barabási A-L，Albert R. Emergence of scaling in random networks[J/OL]. "
                           "Science，1999，286（5439）：509-512. DOI:10.1126/science.286.5439.509."),
}  # fmt: skip


@pytest.fixture(scope="module")
def cited() -> dict[str, str]:
    """GB/T 7714-2025 of the works, with the day of reading that their items say."""
    items = [ITEMS[key] for key, _ in CITED.values()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(styles, "_as_gbt_wants", lambda one: one)
        return styles._run("gbt", items)


@pytest.mark.parametrize("kind", CITED)
def test_a_work_of_each_kind_is_cited_as_the_standard_wants(cited, kind):
    key, words = CITED[kind]
    assert styles.plain(cited[key]) == words.format(url=ITEMS[key].get("URL"))


@pytest.mark.parametrize(("key", "fields"), [
    ("hefei-daily-2024", {"type_of_reference": "NEWS", "secondary_title": "合肥日报", "date": "2024/02/05"}),
    ("chongqing-today-2019", {"type_of_reference": "MGZN", "secondary_title": "今日重庆", "number": "11"}),
    ("xinhua-2022a", {"type_of_reference": "ELEC", "access_date": "2026/12/01", "language": "en-US"}),
    ("brookings-metro-2023", {"type_of_reference": "RPRT", "publisher": "Brookings Institution"}),
    ("barab-si-albert-1999", {"type_of_reference": "JOUR", "start_page": "509", "end_page": "512", "volume": "286",
                              "number": "5439", "doi": "10.1126/science.286.5439.509"}),
    ("beijing-daily-2026", {"type_of_reference": "ELEC", "language": "ja-JP"}),
    ("hangzhou-bureau-statistics-2018", {"type_of_reference": "RPRT", "issn": "表12-01", "number": None}),
    ("baidu-2020", {"authors": ["Baidu Inc."]}),  # with its comma it would be a person of the family Baidu
    ("gini-1912", {"authors": ["Gini, Corrado"], "secondary_authors": ["Pizetti, E.", "Salvemini, T."],
                   "place_published": "Rome"}),
])  # fmt: skip
def test_a_record_of_ris_has_the_tags_of_its_type(key, fields):
    record = RECORDS[key]
    assert {name: record.get(name) for name in fields} == fields


def test_every_record_of_ris_is_read_back_whole():
    assert RECORDS.keys() == book.sources.keys()
    kinds = {record["type_of_reference"] for record in RECORDS.values()}
    assert kinds <= {"BOOK", "CHAP", "DATA", "ELEC", "JOUR", "MGZN", "NEWS", "RPRT", "THES"} and len(kinds) > 7
    for key, record in RECORDS.items():
        assert record["title"] == " ".join(ITEMS[key]["title"].split())
        assert not (record["type_of_reference"] in ("RPRT", "DATA") and "secondary_title" in record), key
        assert "end_page" not in record or "–" not in record["start_page"]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in work_exports.ris(book).splitlines() if line)


@pytest.mark.parametrize(("key", "kind", "fields"), [
    ("hefei-daily-2024", "article", {"journal": "合肥日报", "date": "2024-02-05", "year": "2024", "language": "zh-CN"}),
    ("xinhua-2022a", "online", {"urldate": "2026-12-01", "language": "en-US", "langid": "english"}),
    ("brookings-metro-2023", "report", {"institution": "Brookings Institution", "journal": None}),
    ("hangzhou-bureau-statistics-2018", "report", {"number": "表12-01"}),
    ("wgwang-2024a", "misc", {"organization": "GitHub wgwang/awesome-LLMs-In-China"}),
    ("barab-si-albert-1999", "article", {"pages": "509--512", "url": None, "doi": "10.1126/science.286.5439.509"}),
    ("gini-1912", "incollection", {"booktitle": "Memorie di Metodologica Statistica", "address": "Rome"}),
])  # fmt: skip
def test_an_entry_of_bibtex_has_the_fields_of_its_type(key, kind, fields):
    assert ENTRIES[key].type == kind
    assert {name: ENTRIES[key].fields.get(name) for name in fields} == fields


def test_the_three_forms_say_the_same_of_every_work():
    assert list(ENTRIES) == list(RECORDS) == list(ITEMS) and {entry.type for entry in ENTRIES.values()} <= READ
    for key, item in ITEMS.items():
        bib, record = ENTRIES[key], RECORDS[key]
        assert bib.fields["title"] == f"{{{tex(item['title'])}}}"
        for role, listed in (("author", "authors"), ("editor", "secondary_authors")):
            people = item.get(role, ())
            assert [str(person) for person in bib.persons.get(role, ())] == [
                f"{{{tex(one['literal'])}}}" if "literal" in one else f"{one['family']}, {one['given']}" for one in people], key
            assert record.get(listed, []) == [  # RIS has no sign that keeps a body with a comma whole
                one["literal"].replace(",", "") if "literal" in one else f"{one['family']}, {one['given']}"
                for one in people], key  # fmt: skip
        days = ["-".join(f"{part:02}" for part in day) for day in item.get("issued", {"date-parts": []})["date-parts"]]
        assert (bib.fields.get("date") or bib.fields["year"].replace("n.d.", "")) == "/".join(days), key
        assert (record.get("date") or record.get("year", "")) == (days[0] if days else "").replace("-", "/"), key
        read = ["-".join(f"{part:02}" for part in day) for day in item.get("accessed", {}).get("date-parts", ())]
        assert [bib.fields.get("urldate")] == (read or [None]) == [record.get("access_date", "").replace("/", "-") or None]
        note = item.get("note", "").replace("\n", ". ")
        assert bib.fields.get("note", "") == tex(note) and record.get("notes", []) == [note] * bool(note), key
        for name, tag, field in (("URL", "urls", "url"), ("DOI", "doi", "doi"), ("language", "language", "language")):
            found = record.get(tag)
            assert item.get(name) == bib.fields.get(field) == (found[0] if tag == "urls" and found else found), key


def test_the_note_has_the_title_in_english_where_it_was_read_and_what_is_to_be_known_of_the_work():
    assert ITEMS["anhui-business-daily-2026"]["note"].startswith('Anhui issues its action plan for "AI + everything": a hundred ')
    assert "Read at " in ITEMS["anhui-business-daily-2026"]["note"]
    assert ITEMS["baidu-2020"]["note"].endswith("the cover names the principal executive offices.")


def test_the_number_of_a_page_of_the_web_is_a_line_of_its_note_which_zotero_cites():
    numbered = [item for item in ITEMS.values() if item["type"] == "webpage" and "number" in item]
    assert len(numbered) > 10
    assert all(item["note"].split("\n")[0] == f"Number: {item['number']}" for item in numbered)
    assert not any("\n" in item.get("note", "") for item in ITEMS.values() if item not in numbered)


def test_no_address_is_handed_on_to_which_the_book_does_not_link():
    given = {key: item["URL"] for key, item in ITEMS.items() if "URL" in item}
    assert given and all(map(book.may_link, given.values()))
    assert len(given) < len(ITEMS)


def test_a_day_of_reading_goes_with_an_address():
    assert all("URL" in item for item in ITEMS.values() if "accessed" in item)
    assert sum("URL" not in item for item in ITEMS.values()) > 5
