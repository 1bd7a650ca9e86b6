"""What changed since each edition, in the book itself: the pages, the link to them, the search."""

from __future__ import annotations

import csv
import re
from urllib.parse import quote

import lxml.html
import pytest

from citygap.data.tables import book as tables
from press import ROOT, book_metadata, edition_register
from press.edition_diff import compare, render, snapshot, summary, translate
from press.edition_diff.read_edition import Edition, NoEdition, of_pages, of_site
from press.editions.pages import since
from press.languages import handed_on, printed
from tests.press.search.test_search_and_previews import results
from tests.small_editions import edition as made_up_edition
from tests.small_editions import observation

book = pytest.mark.book


# ------------------------------------------------------------------------- what is kept of an edition


def test_what_is_kept_compares_like_the_pages_it_was_made_of(tmp_path):
    def after(files):
        files["observations"][0] = observation("chengdu", "140")
        files["numbers"][0]["shown"] = "3.0"
        files["claims"][0]["verdict"] = "refuted"

    made_up_edition(tmp_path, "2026.1")
    made_up_edition(tmp_path, "2026.2", after)
    old, new = (of_site(tmp_path, version) for version in ("2026.1", "2026.2"))
    snapshot.write(old, snapshot.path_of(tmp_path, "2026.1"))
    kept = snapshot.of(tmp_path, "2026.1")
    whole = compare.compare(old, new)
    found = compare.compare(kept, new)
    assert [each["change"] for each in found["rows"]] == ["changed"]
    assert found["numbers"] and found["claims"]
    for each in whole["figures"]:
        each["old"].update(picture="", shades={})  # pictures are not kept
    assert found == whole


def test_what_is_kept_of_an_edition_is_the_same_each_time(tmp_path):
    made_up_edition(tmp_path, "2026.1")
    paths = [tmp_path / name for name in ("a.xz", "b.xz")]
    for path in paths:
        snapshot.write(of_site(tmp_path, "2026.1"), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_what_cannot_be_read_is_named_with_its_remedy(tmp_path):
    path = snapshot.path_of(tmp_path, "2026.1")
    with pytest.raises(NoEdition, match=r"editions/2026.1.json.xz cannot be read .* git checkout -- editions/"):
        snapshot.of(tmp_path, "2026.1")
    made_up_edition(tmp_path, "2026.2")
    snapshot.write(of_site(tmp_path, "2026.2"), path)
    with pytest.raises(NoEdition, match="is of edition 2026.2"):
        snapshot.of(tmp_path, "2026.1")
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(NoEdition, match="cannot be read"):
        snapshot.of(tmp_path, "2026.1")


def test_a_book_is_compared_with_what_came_before_it(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "editions").mkdir()
    assert since.earlier(tmp_path) == []  # a book without tables
    (tmp_path / "data" / "datapackage.json").touch()
    for version in ("2026.1", "2026.2", "2026.10"):
        made = edition_register.Edition(version, "2026-11-22", "0" * 40, "3.11", "0" * 64)
        edition_register.add(tmp_path, made)
        snapshot.path_of(tmp_path, version).touch()
    for own, before in (("2026.11.dev", ["2026.10", "2026.2", "2026.1"]), ("2026.10", ["2026.2", "2026.1"]),
                        ("2026.1", [])):  # fmt: skip
        monkeypatch.setattr(book_metadata, "version", lambda root, own=own: own)
        assert since.earlier(tmp_path) == before
    snapshot.path_of(tmp_path, "2026.2").unlink()  # which is said before a page is missing
    assert [fault for fault in edition_register.faults(tmp_path) if "json.xz" in fault] == [
        "editions/2026.2.json.xz is missing: restore it with git checkout -- editions/2026.2.json.xz"]  # fmt: skip


def test_what_this_repository_keeps_is_small():
    for edition in edition_register.read(ROOT):
        assert snapshot.path_of(ROOT, edition.version).stat().st_size < 400_000


# ---------------------------------------------------------------------------------- the book itself


@book
def test_every_page_leads_to_what_changed(html):
    newest = since.earlier(ROOT)[0]
    pages = {path.relative_to(html).as_posix(): path.read_text(encoding="utf-8")
             for path in html.rglob("*.html") if not path.relative_to(html).parts[0].startswith("_")}  # fmt: skip
    leads_on = {name for name, text in pages.items() if 'id="edition"' not in text}
    kinds = {"search", "genindex", "data/index", "data/sources", "changes/index", f"changes/{newest}", "chapters/index"}
    assert {f"{name}.html" for name in kinds} <= set(pages) - leads_on
    assert all('http-equiv="refresh"' in pages[name] for name in leads_on)
    for name in set(pages) - leads_on:
        (found,) = re.findall(r'<a id="what-changed-since" href="([^"]*)"[^>]*>([^<]*)</a>', pages[name])
        target = (html / name).parent / (found[0] if found[0] != "#" else name.split("/")[-1])
        own = html / "zh" if name.startswith("zh/") else html
        assert target.resolve() == (own / "changes" / "index.html").resolve(), name
        says = f"{newest}版" if name.startswith("zh/") else f"What changed since edition {newest}"
        assert found[1].startswith(says)


@book
def test_within_two_clicks_a_reader_of_any_edition_knows_what_changed(html):
    index = (html / "changes" / "index.html").read_text(encoding="utf-8")
    new = of_pages(html)
    for version in since.earlier(ROOT):
        assert f'id="since-{version}"' in index and f'href="{version}.html"' in index
        page = (html / "changes" / f"{version}.html").read_text(encoding="utf-8")
        found = compare.compare(snapshot.of(ROOT, version), new)
        assert page.count('<li class="entry" id="claim-') == len(found["claims"])
        with (html / "changes" / f"{version}.csv").open(encoding="utf-8", newline="") as file:
            in_file = {(row["table"], row["row"]) for row in csv.DictReader(file)}
        assert in_file == {(row["table"], row["id"]) for row in found["rows"]}
        assert (f'href="{version}.csv"' in page) == bool(found["rows"])  # of an edition just made nothing differs
        for row in found["rows"]:
            if row["numbers"] or row["claims"]:
                assert f'id="{render.anchor_of(row)}"' in page, row["id"]
        for each in found["numbers"]:
            if each["change"] == "moved":
                assert each["new"]["shown"] in page
        for each in found["by_page"]:
            assert f'id="{each["page"]}"' in page
        for sentence in summary.sentences(found):
            assert sentence in index and sentence in page


@book
def test_the_chinese_pages_tell_the_same_changes_in_chinese(html):
    for version in ("index", *since.earlier(ROOT)):
        pages = {code: (html / code / "changes" / f"{version}.html").read_text(encoding="utf-8") for code in ("", "zh")}
        for code, other in (("", "zh"), ("zh", "")):
            up = "../../" if code else "../zh/"
            assert f'hreflang="{"en" if code else "zh-Hans"}" href="{up}changes/{version}.html"' in pages[code]
        assert '<html lang="zh-Hans"' in pages["zh"]
        ids = {code: re.findall(r'\sid="((?:row-|claim-|fig-|chapters/|since-)[^"]*)"', page) for code, page in pages.items()}
        assert ids["zh"] == ids[""]
        assert pages["zh"].count('<li class="entry"') == pages[""].count('<li class="entry"')
        body = lxml.html.fromstring(pages["zh"]).xpath("//article")[0]
        for part in body.xpath('.//*[@lang="en"] | .//code | .//script'):
            part.drop_tree()
        words = ("Numbers", "Verdicts", "passage", "Why:", "On it rests", "Before:", "unverified", "supported", "taken out")
        assert [word for word in words if word in body.text_content()] == []


def test_what_is_kept_in_english_is_said_in_chinese():
    tables.observe("beijing", "gdp_census5", "2025")  # units are known once a figure was read
    was = {"shown": "about 170", "range": "165 to 175 billion yuan", "unit": "1e9 CNY", "low": 165, "high": 175,
           "scope": "ai_scale: industry", "sentences": ["It is about 170."]}  # fmt: skip
    claim = {"text": "old", "verdict": "unverified", "reason": "No source but the commentary gives this figure; odd."}
    moved = {"id": "page#n-a", "change": "moved", "old": was, "new": was | {"shown": "180"}}
    turned = {"id": "C05", "change": "turned", "old": claim, "new": claim}
    kinds = {
        "numbers": [{"id": "page#n-a", "shown": "1800亿元", "range": "1795亿元～1805亿元", "scope": "产业规模",
                     "sentences": ["前一句。规模为1800亿元。后一句。"]}],
        "claims": [{"id": "C05", "text": "规模为171亿元", "reason": "只见于评论。"}],
        "figures": [], "texts": [],
    }  # fmt: skip
    new = Edition({}, {"page": "页"}, kinds.__getitem__)
    found = {"pages": [], "numbers": [moved], "claims": [turned], "figures": [], "texts": [],
             "by_page": [{"page": "page", "title": "Page"}]}  # fmt: skip
    said = translate.translated(found, new)
    (number,), (verdict,) = said["numbers"], said["claims"]
    assert (number["old"]["shown"], number["old"]["range"]) == ("约1700亿元", "1650亿元～1750亿元")
    assert number["old"]["sentences"] == [] and number["new"]["sentences"] == ["规模为1800亿元。"]
    assert verdict["old"]["verdict"] == "未能核实" and verdict["old"]["text"] == "规模为171亿元"
    assert verdict["old"]["reason"] == claim["reason"], "of which a part has no Chinese: it stays as it was"
    assert verdict["new"]["reason"] == "只见于评论。"
    assert said["by_page"][0]["title"] == "页"
    assert found["numbers"][0]["old"]["shown"] == "about 170", "what was found is left as it is"


def test_a_run_takes_what_the_first_one_hands_on_or_nothing(tmp_path):
    class App:
        doctreedir = tmp_path / "trees"

    assert handed_on.take(App) is None  # outside of a build
    handed_on.give(App, 1)
    assert list(tmp_path.iterdir()) == []
    handed_on.begin(App.doctreedir)
    handed_on.give(App, {"2026.1": [1]})
    handed_on.end(App.doctreedir)
    with printed.printing(printed.Language("zh")):
        App.doctreedir = tmp_path / "trees.zh"
        assert handed_on.take(App) == {"2026.1": [1]}
    App.doctreedir = tmp_path / "trees"
    handed_on.begin(App.doctreedir)
    handed_on.end(App.doctreedir)  # the first run broke off
    assert handed_on.take(App) is None
    handed_on.clear(App.doctreedir)
    assert list(tmp_path.iterdir()) == []


@book
@pytest.mark.parametrize("query, page", [
    ("what changed", "chapters/what-changed.html"), ("what changed since edition", "changes/index.html"), ("changes since 2026.1", "changes/2026.1.html"),
    ("changed since 2026.2", "changes/2026.2.html"), ("corrections between editions", "changes/index.html"),
])  # fmt: skip
def test_search_finds_what_changed(open_page, query, page):
    found = [target for target, _ in results(open_page("search.html"), quote(query))]
    assert page in found[:3], found[:6]


@pytest.mark.slow
@pytest.mark.long
@book
def test_the_pages_work_for_everybody(open_page, axe):
    from tests.press.postprocess.test_accessibility import violations

    for address in ("changes/index.html", "changes/2026.1.html", "zh/changes/index.html", "zh/changes/2026.3.html"):
        page = open_page(address, width=360)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.errors == [] and page.outside == []
    assert violations(page, axe) == [], address  # of the longer one, which holds what both have
