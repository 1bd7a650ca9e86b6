"""What changed between two editions is found and told, on small made-up editions."""

from __future__ import annotations

import csv
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from press import edition_diff, urls
from press.edition_diff import render, summary, text_diff
from press.edition_diff.read_edition import NoEdition
from tests.small_editions import (
    PAGE,
    claim,
    correction,
    edition,
    figure,
    number,
    observation,
    text,
)
from tests.small_editions import (
    write as write_json,
)

OLD, NEW = "2026.1", "2026.2"
CHENGDU, XIAN = "chengdu/firms/2025/paper2025", "xian/firms/2025/paper2025"
CHECK = Draft202012Validator(json.loads(edition_diff.SCHEMA.read_text(encoding="utf-8")))
COUNTS = ("numbers", "others", "verdicts", "figures", "passages", "rows")
HOSTILE = '<script>alert(1)</script>"\'&<img src=x onerror=alert(1)>'


def told(site: Path, after=lambda files: None, before=lambda files: None, **more) -> tuple[dict, str]:
    """What was found between two editions, and the page that says it."""
    edition(site, OLD, before)
    edition(site, NEW, after)
    path = edition_diff.write(site, OLD, NEW, **more)
    assert path == site / "changes" / OLD / NEW / "index.html"
    found = json.loads(path.with_name("changes.json").read_text(encoding="utf-8"))
    assert not [fault.message for fault in CHECK.iter_errors(found)]
    return found, path.read_text(encoding="utf-8")


def visible(page: str) -> str:
    """The words of a page, without its style."""
    body = page.rpartition("</style>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def chapter(page: str, name: str = PAGE) -> str:
    """The part of a page that is on one chapter."""
    return page.partition(f'<h2 id="{name}">')[2].partition("<h2 ")[0]


# --------------------------------------------------------------------------------- nothing


def test_the_schema_is_one():
    Draft202012Validator.check_schema(CHECK.schema)
    assert not CHECK.is_valid({"kind": "changes"})


def test_that_nothing_changed_is_said(tmp_path):
    found, page = told(tmp_path)
    assert not any(found[kind] for kind in ("pages", "rows", "claims", "numbers", "figures", "texts"))
    assert "Nothing changed between edition 2026.1 and edition 2026.2" in visible(page)
    assert "Nothing changed in this chapter." in chapter(page)
    assert "Nothing changed in: Size; Ledger." in visible(page).replace(" ;", ";").replace(" .", ".")


# ------------------------------------------------------------------------------------ rows


def test_a_row_that_was_corrected_has_both_values_its_source_and_the_reason(tmp_path):
    def after(files):
        files["observations"][0] = observation("chengdu", "130")
        files["corrections"].append(correction(CHENGDU, "value", "120", "130", "A misprint."))

    found, page = told(tmp_path, after)
    (row,) = found["rows"]
    assert (row["change"], row["id"], row["source"]) == ("changed", CHENGDU, "paper2025")
    assert row["columns"] == [{"column": "value", "old": "120", "new": "130",
                               "reason": "A misprint.", "effect": "One number moved."}]  # fmt: skip
    assert row["numbers"] == [f"{PAGE}#n-times"] and row["claims"] == ["C01"]
    words = visible(page)
    for part in ("Chengdu, AI firms, 2025", "120 130", "Why: A misprint. One number moved.",
                 "A paper", "1 number in the text", "the verdict on C01"):  # fmt: skip
        assert part in words, part
    assert f'href="#row-observations-{CHENGDU.replace("/", "-")}"' in chapter(page)


def test_of_many_rows_those_are_shown_that_bear_something_and_the_file_has_all(tmp_path):
    def after(files):
        files["observations"][0] = observation("chengdu", "130")
        files["observations"] += [observation("wuhan", "9", f"paper{n}") for n in range(1900, 1970)]

    found, page = told(tmp_path, after)
    assert len(found["rows"]) == 71
    assert page.count('<li class="entry" id="row-') == 1 and "70 further rows in the file" in visible(page)
    with (tmp_path / "changes" / OLD / NEW / render.ROWS).open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["row"] for line in lines} == {row["id"] for row in found["rows"]}
    changed = [line for line in lines if line["change"] == "changed"]
    assert [(line["column"], line["before"], line["after"]) for line in changed] == [("value", "120", "130")]


def test_a_reason_is_that_of_the_same_value_and_without_one_that_is_said(tmp_path):
    def after(files):
        files["observations"][0] = observation("chengdu", "140")
        files["corrections"].append(correction(CHENGDU, "value", "120", "130", "An older one."))

    found, page = told(tmp_path, after)
    assert found["rows"][0]["columns"][0]["reason"] == ""
    assert "No reason is registered." in visible(page) and "An older one." not in page


def test_rows_added_and_taken_out_are_shown_as_printed(tmp_path):
    def after(files):
        del files["observations"][1]
        files["observations"].append(observation("wuhan", "90", bound="over"))
        files["corrections"].append(correction(XIAN, "", "60", "", "A copy of another page."))

    found, page = told(tmp_path, after)
    assert [(row["change"], row["id"]) for row in found["rows"]] == [
        ("removed", XIAN), ("added", "wuhan/firms/2025/paper2025"),
    ]  # fmt: skip
    assert found["rows"][0]["reason"] == "A copy of another page."
    assert found["rows"][0]["old"]["value"] == "60" and found["rows"][1]["new"]["value"] == "90"
    words = visible(page)
    assert "60" in words and "over 90" in words and "A copy of another page." in words
    assert found["summary"]["rows"] == {"added": 1, "removed": 1}
    assert found["registers"]["corrections"] == {"added": 1, "removed": 0}


def test_a_row_that_is_read_otherwise_changed_though_it_is_printed_the_same(tmp_path):
    def after(files):
        files["observations"][0] |= {"low": 119.5, "high": 120.5}

    found, page = told(tmp_path, after)
    assert [cell["column"] for cell in found["rows"][0]["columns"]] == ["low", "high"]
    assert "lower bound, as read" in visible(page)


def test_rows_of_every_other_table_count_too(tmp_path):
    def after(files):
        files["tables"][0]["rows"] = [{"id": "P2", "plan": "P2"}]
        files["sources"][0]["title"] = "Another title"

    found, _ = told(tmp_path, after)
    assert sorted((row["table"], row["change"]) for row in found["rows"]) == [
        ("plans", "added"), ("plans", "removed"), ("sources", "changed"),
    ]  # fmt: skip


# ---------------------------------------------------------------- numbers, verdicts, figures


def test_a_number_that_moved_has_its_sentence_and_links_to_both_editions(tmp_path):
    def after(files):
        files["numbers"][0] = number("times", "2.2")
        files["texts"][0] = text(PAGE, "Chengdu has 2.2 times the firms.\nThat is much.")

    found, page = told(tmp_path, after)
    (moved,) = found["numbers"]
    assert (moved["change"], moved["old"]["shown"], moved["new"]["shown"]) == ("moved", "2.0", "2.2")
    here = chapter(page)
    assert "<del>2.0</del> <ins>2.2</ins>" in here and "Chengdu has <del>2.0</del><ins>2.2</ins> times" in here
    for version in (OLD, NEW):
        assert f'href="../../../{version}/{PAGE}.html#n-times"' in here
    assert found["texts"][0]["blocks"][0]["only_numbers"]
    assert found["summary"]["texts"]["passages"] == 0, "the sentence moved only in its number"


def test_bounds_that_moved_count_though_the_same_is_shown(tmp_path):
    found, page = told(tmp_path, lambda files: files["numbers"][0].update(range="1.9 to 2.0"))
    assert found["numbers"][0]["change"] == "moved"
    assert "bounds 2.0 1.9 to 2.0" in visible(chapter(page))


def test_a_number_on_other_rows_numbers_that_came_and_that_went(tmp_path):
    def after(files):
        files["numbers"] = [number("times", "2.0", rows=[XIAN]), number("new", "7")]

    found, page = told(tmp_path, after, lambda files: files["numbers"].append(number("old", "5")))
    assert {each["id"].partition("#n-")[2]: each["change"] for each in found["numbers"]} == {
        "times": "rests otherwise", "new": "added", "old": "removed",
    }  # fmt: skip
    words = visible(chapter(page))
    assert f"no longer on {CHENGDU} ; now on {XIAN}" in words
    assert "New numbers 7" in words and "Numbers no longer there 5" in words


def test_a_verdict_that_turned_has_both_reasons(tmp_path):
    def after(files):
        files["claims"] = [claim("C01", "contradicted"), claim("C02", "unverified")]

    found, page = told(tmp_path, after)
    assert [(each["id"], each["change"]) for each in found["claims"]] == [
        ("C01", "turned"), ("C02", "added"),
    ]  # fmt: skip
    words = visible(page)
    assert "supported contradicted" in words
    assert "Before: It is supported." in words and "Now: It is contradicted." in words
    assert 'href="#claim-C01"' in chapter(page)
    assert "Verdicts: 1 turned; 1 new." in words


def test_a_figure_is_shown_before_and_after_from_the_files_of_the_editions(tmp_path):
    def after(files):
        files["figures"] = [figure(tmp_path / NEW, "fig-size", "city,firms\nChengdu,130\n")]

    found, page = told(tmp_path, after)
    (changed,) = found["figures"]
    assert changed["what"] == ["values", "picture"]
    assert changed["values"] == {"head": ["city", "firms"], "old": [["Chengdu", "120"]],
                                 "new": [["Chengdu", "130"]]}  # fmt: skip
    sources = re.findall(r'<img src="([^"]+)"', chapter(page))
    assert sources == [f"../../../{v}/_static/figures/size/fig-size.svg" for v in (OLD, NEW)]
    folder = tmp_path / "changes" / OLD / NEW
    assert all((folder / source).is_file() for source in sources)


@pytest.mark.parametrize(
    "lines, was, now, words, silent",
    [  # what stays is not told, and a line is named by words, not by a number
        ("row,city,value,low\nGDP,Xi'an,%s\nGDP,Wuhan,4,3\n", "1,0", "2,1",
         "GDP, Xi&#x27;an: value 1 2", "Wuhan"),
        ("city,scale,firms\nWuhan,%s\nHefei,4,3\n", "2,5", "3,6",
         "Wuhan: scale 2 3 ; firms 5 6", "Hefei"),
    ],
)  # fmt: skip
def test_of_the_lines_of_a_figures_data_only_what_differs_is_told(
    tmp_path, lines, was, now, words, silent
):
    old, new = lines % was, lines % now
    _, page = told(
        tmp_path,
        lambda files: files.update(figures=[figure(tmp_path / NEW, "fig-size", new)]),
        lambda files: files.update(figures=[figure(tmp_path / OLD, "fig-size", old)]),
    )
    said = visible(chapter(page))
    assert f"1 line of its data {words}" in said and silent not in said


def test_sentences_that_are_the_same_are_left_out(tmp_path):
    old = "One.\nTwo.\nThree.\nFour.\nFive."
    _, page = told(
        tmp_path,
        lambda files: files["texts"].__setitem__(0, text(PAGE, old.replace("Three.", "Three more."))),
        lambda files: files["texts"].__setitem__(0, text(PAGE, old)),
    )
    assert visible(chapter(page)).endswith("\u2026 Three more . \u2026")


def test_a_verdict_that_rests_on_a_row_of_another_table_is_named_with_it(tmp_path):
    def evidence(value: str):
        def change(files):
            row = {"id": "C01/size/paper2025//7", "claim": "C01", "what": value}
            files["tables"].append({"id": "evidence", "title": "", "page": "", "rows": [row]})
            files["claims"][0]["rests_on"] = ["plans/P1", "evidence/C01/size/paper2025/7"]
            files["tables"][0]["rows"][0]["goal"] = value

        return change

    found, _ = told(tmp_path, evidence("b"), evidence("a"))
    assert {row["table"]: row["claims"] for row in found["rows"]} == {
        "plans": ["C01"], "evidence": ["C01"],
    }  # fmt: skip


def test_a_figure_with_another_caption_alone_is_not_drawn(tmp_path):
    found, page = told(
        tmp_path, lambda files: files["figures"][0].update(caption="Far ahead. A dot a city.")
    )
    assert found["figures"][0]["what"] == ["caption"]
    assert "<img" not in chapter(page)
    assert "A <del>bar</del><ins>dot</ins> a city." in chapter(page)


# ----------------------------------------------------------------------------- text and pages


def test_a_passage_is_compared_word_by_word(tmp_path):
    def after(files):
        files["texts"][0] = text(PAGE, "Chengdu has 2.0 times the firms.\nThat is not much.", "More.")

    found, page = told(tmp_path, after)
    (section,) = found["texts"]
    assert section["change"] == "changed" and len(section["blocks"]) == 2
    here = chapter(page)
    assert "That is <ins>not </ins>much." in here and "<ins>More.</ins>" in here
    assert found["summary"]["texts"] == {"passages": 2, "sections": 1}


def test_a_year_in_a_citation_is_no_bound_number(tmp_path):
    """It is told as text, even on a page on which a number moved."""

    def after(files):
        files["numbers"][0] = number("times", "2.2")
        files["texts"][0] = text(PAGE, "Chengdu has 2.2 times the firms.", "So says (Wu, 2026).")

    def before(files):
        files["texts"][0] = text(PAGE, "Chengdu has 2.0 times the firms.", "So says (Wu, 2025).")

    found, page = told(tmp_path, after, before)
    assert [block["only_numbers"] for block in found["texts"][0]["blocks"]] == [True, False]
    assert "(Wu, <del>2025</del><ins>2026</ins>)" in chapter(page)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("a b c", "a d c", [["=", "a "], ["-", "b"], ["+", "d"], ["=", " c"]]),
        ("重庆领先", "成都领先", [["-", "重庆"], ["+", "成都"], ["=", "领先"]]),
        ("is 1,200 now", "is 1,300 now", [["=", "is "], ["-", "1,200"], ["+", "1,300"], ["=", " now"]]),
        ("one two", "three four", [["-", "one two"], ["+", "three four"]]),
        ("", "new", [["+", "new"]]),
        ("gone", "", [["-", "gone"]]),
    ],
)
def test_words_numbers_and_chinese_characters_are_what_is_compared(old, new, pieces):
    assert text_diff.words(old, new) == pieces
    assert "".join(words for sign, words in pieces if sign != "+") == old
    assert "".join(words for sign, words in pieces if sign != "-") == new


@pytest.mark.parametrize(
    ("old", "new", "only"),
    [
        ("at 6 to 83 times", "at 6 to 85 times", True),
        ("at 20.6 times", "at least 20.6% times", True),
        ("at 6 times", "near 6 times", False),
        ("6", "7", False),
    ],
)
def test_a_text_that_differs_in_numbers_alone_is_known(old, new, only):
    assert text_diff.only_numbers(text_diff.words(old, new)) is only


def test_a_section_with_another_heading_is_the_same_section(tmp_path):
    blocks = ("One. \nTwo.", "Three.")
    found, page = told(
        tmp_path,
        lambda files: files["texts"].__setitem__(0, text(PAGE, *blocks, title="Extent", anchor="extent")),
        lambda files: files["texts"].__setitem__(0, text(PAGE, *blocks)),
    )
    assert [section["change"] for section in found["texts"]] == ["renamed"]
    assert "<del>Size</del> <ins>Extent</ins>" in chapter(page)
    assert found["pages"][0]["change"] == "retitled"


@pytest.mark.parametrize("given", [None, {PAGE: "chapters/extent"}])
def test_a_page_that_was_renamed_keeps_its_numbers_and_both_its_anchors(tmp_path, given):
    told_, moved = "Chengdu has 2.0 times the firms.\nThat is much.", "chapters/extent"
    if given:
        told_ = "Nothing of the old words is left."

    def after(files):
        files["texts"][0] = text(moved, told_)
        files["numbers"] = [number("times", "2.2", moved)]
        files["figures"][0]["page"] = f"{moved}.html"

    found, page = told(tmp_path, after, renamed=given)
    assert [(each["change"], each["old"], each["new"]) for each in found["pages"]] == [
        ("renamed", PAGE, moved)
    ]
    assert [each["change"] for each in found["numbers"]] == ["moved"]
    assert not found["figures"]
    assert f'<span id="{PAGE}">' in page and f'<h2 id="{moved}">' in page
    assert f'href="../../../{OLD}/{PAGE}.html#n-times"' in page


def test_pages_that_came_and_went_are_told(tmp_path):
    def after(files):
        files["texts"] = [files["texts"][1], text("chapters/money", "Money.", title="Money")]
        files["numbers"] = files["figures"] = []

    found, page = told(tmp_path, after)
    assert {(each["change"], each["old"] or each["new"]) for each in found["pages"]} == {
        ("added", "chapters/money"), ("removed", PAGE),
    }  # fmt: skip
    assert "Edition 2026.2 has no such page." in chapter(page)
    assert "The page is new in edition 2026.2." in chapter(page, "chapters/money")
    assert found["numbers"][0]["change"] == found["figures"][0]["change"] == "removed"


def test_the_counts_of_a_chapter_are_its_own(tmp_path):
    def after(files):
        files["numbers"][0] = number("times", "2.2")
        files["claims"][0] = claim("C01", "unverified")
        files["observations"][0] = observation("chengdu", "130")

    found, _ = told(tmp_path, after)
    size, ledger = found["by_page"]
    assert {kind: size[kind] for kind in COUNTS} == {
        "numbers": 1, "others": 0, "figures": 0, "verdicts": 1, "passages": 0, "rows": 1,
    }  # fmt: skip
    assert not any(ledger[kind] for kind in COUNTS)


# ------------------------------------------------------------------------- safe, same, wrong


class Tags(HTMLParser):
    """Which tags a page opens, their attributes and ids."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.names.update(name for name, _ in attrs)
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name in ("href", "src", "srcset")]


def hostile(mark: str):
    """Every text of an edition is an attack."""

    def after(files):
        bad = f"{mark}{HOSTILE}"
        files["observations"][0] |= {"value": bad, "note": bad}
        files["observations"].append(observation("wuhan", "90", note=bad, unit=bad))
        files["places"][0]["name_en"] = bad
        files["sources"][0] |= {"title": bad, "author": bad, "url": f"javascript:{bad}", "date": bad}
        files["numbers"][0] = number("times", bad, unit=bad, scope=bad, sentences=[bad])
        files["claims"][0] = claim("C01", bad, text=bad)
        files["figures"][0] |= {"caption": bad, "alt": bad, "title": bad, "number": bad}
        files["texts"][0] = text(PAGE, bad, title=bad)
        files["corrections"].append(correction(CHENGDU, "value", "120", bad, bad))
        files["tables"][0]["rows"] = [{"id": bad, "plan": bad, "source": "paper2025"}]

    return after


def test_hostile_text_is_text(tmp_path):
    _, page = told(tmp_path, hostile("b"), hostile("a"))
    seen = Tags(page)
    assert not seen.tags & {"script", "iframe", "object", "form"}
    assert not {name for name in seen.names if name.startswith("on")}
    assert not [link for link in seen.links if "javascript:" in link]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_anchors_are_unique_and_every_link_leads_somewhere(tmp_path):
    def after(files):
        hostile("b")(files)
        files["texts"][0] = text(PAGE, "Other words.")

    _, page = told(tmp_path, after)
    seen, folder = Tags(page), tmp_path / "changes" / OLD / NEW
    assert len(seen.ids) == len(set(seen.ids))
    for link in seen.links:
        path, _, anchor = link.partition("#")
        if link.startswith("#"):
            assert anchor in seen.ids, link
        elif link != "data:,":  # no icon to ask for
            assert (folder / path).is_file(), link


def test_chinese_is_marked(tmp_path):
    _, page = told(tmp_path, lambda files: files["texts"].__setitem__(0, text(PAGE, "成都的企业")))
    assert '<ins><span lang="zh-Hans">成都的企业</span></ins>' in page


def test_the_same_editions_give_the_same_bytes(tmp_path):
    told(tmp_path / "a", hostile("b"))
    told(tmp_path / "b", hostile("b"))
    for name in ("index.html", "changes.json"):
        one, other = (tmp_path / site / "changes" / OLD / NEW / name for site in "ab")
        assert one.read_bytes() == other.read_bytes()


def test_an_edition_that_is_not_there_or_not_to_be_read_is_named(tmp_path):
    edition(tmp_path, OLD)
    with pytest.raises(NoEdition, match="no api/index.json in 2026.3/"):
        edition_diff.write(tmp_path, OLD, "2026.3")
    folder = edition(tmp_path, NEW)
    (folder / "api" / "claims.json").write_text("{")
    with pytest.raises(NoEdition, match="2026.2/api/claims.json cannot be read"):
        edition_diff.write(tmp_path, OLD, NEW)
    write_json(folder / "api" / "index.json", {"schema": "7.0", "edition": NEW})
    with pytest.raises(NoEdition, match="of schema 7.0"):
        edition_diff.write(tmp_path, OLD, NEW)
    write_json(folder / "api" / "index.json", {"schema": "1.0", "edition": OLD})
    with pytest.raises(NoEdition, match="2026.2/ of the site calls itself edition 2026.1"):
        edition_diff.write(tmp_path, OLD, NEW)
    assert not (tmp_path / "changes").exists()


def test_what_is_not_yet_an_edition_is_in_dev(tmp_path):
    edition(tmp_path, OLD)
    edition(tmp_path, "2026.2.dev").rename(tmp_path / "dev")
    path = edition_diff.write(tmp_path, OLD, "2026.2.dev")
    assert path.parent == tmp_path / "changes" / OLD / "dev"
    assert "to 2026.2.dev" in path.read_text(encoding="utf-8")
    assert edition_diff.write(tmp_path, OLD, "dev") == path


def test_every_kind_of_change_has_its_sentence(tmp_path):
    found, _ = told(tmp_path, hostile("b"))
    heads = [sentence.partition(":")[0] for sentence in summary.sentences(found)]
    assert heads == ["Data", "Numbers in the text", "Verdicts", "Figures", "Text", "Pages"]


# -------------------------------------------------------------------------- the real thing


@pytest.mark.book
def test_of_the_real_book_only_what_was_touched_is_told(html, tmp_path):
    """The built book against itself with one row, one number, one verdict and one word changed."""
    index = json.loads((html / "api" / "index.json").read_text("utf-8"))
    edition_, site = index["edition"], tmp_path / "site"
    place = urls.folder(edition_)
    site.mkdir()
    (site / place).symlink_to(html)
    shutil.copytree(html / "api", site / "9999.1" / "api")
    files = {path.stem: json.loads(path.read_text("utf-8"))
             for path in (site / "9999.1" / "api").glob("*.json")}  # fmt: skip
    files["index"]["edition"] = "9999.1"
    observed = {each["id"]: each for each in files["observations"]["items"]}
    moved = next(each for each in files["numbers"]["items"] if observed.keys() & set(each["rows"]))
    row = next(observed[key] for key in moved["rows"] if key in observed)
    verdict, words = files["claims"]["items"][3], files["texts"]["items"][2]["sections"][1]
    row["value"], moved["shown"], verdict["verdict"] = "7", "seven", "turned"
    words["blocks"][0] = f"Indeed. {words['blocks'][0]}"
    for kind, told_ in files.items():
        write_json(site / "9999.1" / "api" / f"{kind}.json", told_)
    page = edition_diff.write(site, edition_, "9999.1").read_text("utf-8")
    found = json.loads((site / "changes" / place / "9999.1" / "changes.json").read_text("utf-8"))
    assert not [fault.message for fault in CHECK.iter_errors(found)]
    assert {kind: [each["id"] for each in found[kind]] for kind in
            ("rows", "numbers", "claims", "figures", "pages")} == {
        "rows": [row["id"]], "numbers": [moved["id"]], "claims": [verdict["id"]], "figures": [],
        "pages": [],
    }  # fmt: skip
    assert moved["id"] in found["rows"][0]["numbers"]
    assert [(each["change"], each["new"]["anchor"]) for each in found["texts"]] == [
        ("changed", words["anchor"])
    ]
    assert "<ins>Indeed. </ins>" in page
    assert f'href="../../../{place}/{moved["page"]}#{moved["anchor"]}"' in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone_and_leads_to_a_chapter(chromium, tmp_path, scheme):
    def after(files):
        hostile("b" * 60)(files)
        files["figures"] = [figure(tmp_path / NEW, "fig-size", f"city,firms\n{'x' * 90},130\n")]

    told(tmp_path, after)
    context = chromium.new_context(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append("a dialog"))
    page.goto(f"{(tmp_path / 'changes' / OLD / NEW / 'index.html').as_uri()}#{PAGE}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("Math.abs(document.querySelector(':target').getBoundingClientRect().top)") < 2
    assert not errors
    context.close()
