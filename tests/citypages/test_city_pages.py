"""Pages of cities: the report as computed, in both languages, and what else the tables have."""

from __future__ import annotations

import csv
import io
import re

import pytest
from bs4 import BeautifulSoup

from citygap.cities import diagnosis, report
from citygap.data.tables import book
from citypages import city_pages
from press.audit import chinese
from press.data_pages.site import Site
from press.languages import printed
from press.languages.printed import Language

CHAPTERS = frozenset(f"chapters/{name}" for name in ("claim-ledger", "gap-diagnosis", "catch-up-scenarios"))
SOME = ("chongqing", "chengdu", "hangzhou", "jinan", "qingyang")
#: What a Chinese page may have in Latin letters: units, and names that have no Chinese.
UNIT = re.compile(r"[PET]FLOPS|Tbps|PUE|CSV|Markdown|Python")


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, object]]:
    """Some pages of cities and the choice, by language and key."""
    found: dict[str, dict[str, object]] = {}
    base = diagnosis.known()
    for code, language in (("en", printed.FIRST), ("zh", Language("zh", "zh-Hans", "中文", "zh_CN"))):
        with printed.printing(language):
            site = Site(chapters=CHAPTERS)
            found[code] = {place: city_pages.page(site, place, diagnosis.diagnosis(place, base)) for place in SOME}
            found[code]["index"] = city_pages.choice(site)
    return found


def numbers(body: str) -> list[str]:
    return re.findall(r'<data [^>]*\bvalue="([^"]*)"', body)


def test_a_city_page_says_its_names_figures_ranks_targets_and_claims(made):
    page = made["en"]["chongqing"].body
    assert '<span lang="zh-Hans">重庆</span>' in page and '<span lang="zh-Hant">重慶</span>' in page
    for anchor in ("diagnosis", "shares", "gaps", "sources", "figures", "lists", "ranks", "plans", "targets", "claims"):
        assert f'<section id="{anchor}">' in page, anchor
    claimed = re.findall(r">?(C\d+)(?:</a>)?: ", page)
    assert claimed == [row["claim"] for row in diagnosis.claims_naming("chongqing")]


def test_the_report_on_a_page_is_the_computed_one(made):
    for place in ("chongqing", "hangzhou", "jinan"):
        found = diagnosis.diagnosis(place)
        page = BeautifulSoup(made["en"][place].body, "html.parser")
        told = [re.sub(r" (high|medium|low)$", "", item.get_text()) for item in page.select("ul.answer > li")]
        assert told == report.Report(place, found).sentences
        cells = page.get_text(" ")
        for comparison in found.comparisons[::9]:
            assert comparison.quantity.high == 0 or report.multiple(comparison) in cells


def test_best_worst_and_sources_stand_in_the_first_list_and_the_table(made):
    page = BeautifulSoup(made["en"]["hangzhou"].body, "html.parser")
    told = page.select_one("ul.answer").get_text()
    assert "Best yardstick: " in told and "Worst yardstick: " in told
    rows = page.select("#gaps table.data-table tbody tr")
    assert len([row for row in rows if row.select('a[href*="sources.html#"]')]) >= 8
    assert page.select('#sources a[href*="sources.html#"]')


def test_the_lists_are_named_and_lead_to_their_figures(made):
    page = BeautifulSoup(made["en"]["hangzhou"].body, "html.parser")
    told = next(item for item in page.select("ul.answer > li") if "head cities stand" in item.get_text())
    named = {a.get_text(): a["href"].rpartition("/")[2] for a in told.select("a")}
    assert named["AI deals 2013-18"] == "ai-deals-by-city.html" and len(named) == 4
    heads = [row.select_one("th a") for row in page.select("#gaps table.data-table:not(.plain) tbody tr")]
    assert len(heads) == len(diagnosis.YARDSTICKS) and all(heads)


def test_a_ceiling_says_of_what_and_a_missing_figure_what_comes_nearest(made):
    rows = {row.th.get_text(): row for row in BeautifulSoup(made["en"]["hangzhou"].body, "html.parser").select(
        "#gaps table.data-table:not(.plain) tbody tr")}  # fmt: skip
    assert "at most 409all of Zhejiang" in rows["Algorithm filings 2025"].get_text()
    assert rows["Filed models, Mar. 2025"].td.get_text() == "27 to 31"
    assert "no figure foundResearch and development expenditure: 2017, 40 billion yuan" in rows["R&D expenditure 2022"].get_text()
    assert "of Chengdu only a floor is known" in rows["AI core scale 2024 †"].get_text()
    chinese_ = BeautifulSoup(made["zh"]["hangzhou"].body, "html.parser").select_one("#gaps").get_text()
    assert "口径：产业规模" in made["zh"]["chengdu"].body
    assert "至多409个浙江全省" in chinese_ and "成都只知下限" in chinese_


def test_small_counts_have_what_chance_leaves_open_beside_them(made):
    page = BeautifulSoup(made["en"]["hangzhou"].body, "html.parser")
    deals = next(row for row in page.select("#gaps tbody tr") if row.th.get_text() == "AI deals 2013-18")
    assert re.search(r"6\.0by chance 4\.6 to 7\.9", deals.get_text())
    assert "within chance: Hangzhou" in page.select_one("#gaps").get_text()
    assert page.select_one("#gaps .wide").get_text().count("‡") > 3


def test_the_page_has_one_vocabulary_of_grades_and_says_what_it_means(made):
    page = BeautifulSoup(made["en"]["hangzhou"].body, "html.parser")
    told = page.select_one("#diagnosis > p.scope")
    assert [word.get_text() for word in told.select(".confidence")] == ["high", "medium", "low"]
    assert "grades A and B" in told.get_text()
    assert {word.get_text() for word in page.select(".confidence")} == {"high", "medium", "low"}


def test_no_english_page_counts_in_hundred_millions(made):
    for place in SOME:
        assert not re.search("hundred million|(?<!per )ten thousand (yuan|people)", made["en"][place].body), place
    assert "亿元" in made["zh"]["chengdu"].body
    counted = BeautifulSoup(made["zh"]["chengdu"].body, "html.parser").get_text()
    assert all(re.search(rf"\d万?{word}(\n|$)", counted) for word in ("家", "辆", "个", "款", "起"))


def test_a_thin_page_says_what_is_missing_and_draws_no_conclusion(made):
    page = BeautifulSoup(made["en"]["qingyang"].body, "html.parser")
    told = page.select_one("ul.answer").get_text()
    assert told.strip().startswith("Too little is published about Qingyang")
    assert "No figure of Qingyang was found for: GDP 2025" in told and "yardstick:" not in told
    assert len(page.select("#gaps .none")) == 7  # the list by city counts none of it: an exact 0


def test_both_languages_have_the_same_numbers_sections_and_links_in_the_same_order(made):
    for place in (*SOME, "index"):
        english, chinese_ = (BeautifulSoup(made[code][place].body, "html.parser") for code in ("en", "zh"))
        assert numbers(str(english)) == numbers(str(chinese_)), place
        for what in ("section[id]", "a[href]", "tr"):
            count = [len(soup.select(what)) for soup in (english, chinese_)]
            assert count[0] == count[1] and (count[0] or place == "index"), (place, what)
        assert [s["id"] for s in english.select("section")] == [s["id"] for s in chinese_.select("section")]


def test_a_chinese_page_has_no_english_word_outside_names(made):
    names = {row[column] for table in ("rankings", "indicators", "targets", "plans", "events")
             for row in book.rows(table) for column in ("name_hans", "scope_hans", "title_hans", "edition") if row.get(column)}
    names |= {row["sentence_hans"] for row in book.rows("claims")} | {"开源开发者OpenRank影响力"}
    for place, page in made["zh"].items():
        soup = BeautifulSoup(page.body, "html.parser")
        for unread in soup.select('code, [lang="en"], a[href*="sources.html"]'):
            unread.extract()
        left = [text.strip() for text in soup.find_all(string=re.compile("[A-Za-z]{3}"))
                if re.search("[A-Za-z]{3}", UNIT.sub("", text)) and not any(name in text or text.strip() in name for name in names)]
        assert not left, (place, left)
        titles = [e.get(name, "") for e in soup.select("[aria-label], [data-label]") for name in ("aria-label", "data-label")]
        assert not [one for one in titles if re.search("[A-Za-z]{3}", UNIT.sub("", one))], place


def test_a_chinese_page_is_worded_as_chinese_pages_are(made):
    """In what the report itself says; below it stand titles as their publishers wrote them."""
    for place in ("chengdu", "qingyang", "index"):
        soup = BeautifulSoup(made["zh"][place].body, "html.parser")
        told = "".join(map(str, soup.select("h1, h2, ul.answer, #gaps > p, #gaps > ul, #gaps caption, #main, #others > p")))
        found = [one for one in chinese.faults(told, place) if not one.warns]
        assert "。" in told and not found, "\n".join(map(str, found))


def test_what_is_taken_along_is_the_report_in_the_language_of_the_page(made):
    for code, head in (("en", "Part"), ("zh", "部分")):
        files = made[code]["chengdu"].files
        assert sorted(files) == ["places/chengdu.csv", "places/chengdu.md"]
        text = files["places/chengdu.csv"]
        assert text.startswith(city_pages.BYTE_ORDER_MARK)
        rows = list(csv.reader(io.StringIO(text.removeprefix(city_pages.BYTE_ORDER_MARK))))
        assert rows[0][0] == head and len(rows) > 80 and {len(row) for row in rows} == {len(report.COLUMNS)}
        assert files["places/chengdu.md"].startswith("# Chengdu 成都\n")
        assert 'href="../../_static/data/places/chengdu.csv"' in made[code]["chengdu"].body


@pytest.mark.book
def test_every_page_has_its_twin_its_citation_and_its_files(html):
    keys = ["index", *diagnosis.with_page()]
    for folder, other, order in (("", "../../zh/", ["APA 7", "Chicago"]), ("zh/", "../../../", ["GB/T 7714-2025", "APA 7"])):
        at = html / folder / "data" / "places"
        assert sorted(path.stem for path in at.glob("*.html")) == sorted(keys)
        for key in keys[:4] + keys[-1:]:
            page = BeautifulSoup((at / f"{key}.html").read_text("utf-8"), "html.parser")
            switch = page.select_one(".article-header-buttons a[hreflang]")["href"]
            assert switch == f"{other}data/places/{key}.html"
            assert {link["hreflang"] for link in page.select("link[rel=alternate][hreflang]")} >= {"en", "zh-Hans"}
            if key != "index":
                cited = [name.get_text() for name in page.select("details.cite dt")]
                assert cited[:2] == order and "GB/T 7714-2025" in cited
                assert page.select_one("h1 + p.cite-link a")["href"] == "#cite" and page.select_one("details#cite")
                for link in page.select("a.download-data, details.cite a[download]"):
                    assert (at / link["href"]).is_file(), link["href"]
            assert page.select(".bd-sidebar-primary .beside a"), key
        front = BeautifulSoup((html / folder / "chapters" / "index.html").read_text("utf-8"), "html.parser")
        first = front.select_one('article a[href="../data/places/index.html"]')
        assert not [h2 for h2 in first.find_all_previous("h2") if h2.find_parent("article")], "the front page leads to the choice before its first section"
        assert front.select('.bd-sidebar-primary a[href="../data/places/index.html"]')


def test_the_choice_has_the_main_cities_first_then_the_others_by_province(made):
    page = BeautifulSoup(made["en"]["index"].body, "html.parser")
    main = [a["href"].rpartition("/")[2] for a in page.select("#main a[href*=places]")]
    assert main == [f"{place}.html" for place in diagnosis.main_cities()]
    others = {a["href"].rpartition("/")[2].removesuffix(".html") for a in page.select("#others a[href*=places]")}
    assert others == set(diagnosis.with_page()) - set(diagnosis.main_cities())
    assert "Shandong: Jinan, Qingdao" in page.select_one("#others").get_text()
    assert "山东：济南，青岛" in BeautifulSoup(made["zh"]["index"].body, "html.parser").select_one("#others").get_text()
