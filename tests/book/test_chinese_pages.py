"""The Chinese pages say what their English twins say: the same keys, figures, claims and sources, under
the same headings; and they say it as Chinese pages do (``chapters/zh/wording.yml``)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from press.audit import chinese
from press.languages import twins

ROOT = Path(__file__).resolve().parents[2]
PAGES = [name.rpartition("/")[2] for name in twins.pages("zh", ROOT)]
CODE = re.compile(r"^```\{code-cell\}.*?^```", re.M | re.S)
FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.M | re.S)
KINDS = {
    "glue": re.compile(r"\{glue\}`([^`]+)`"),
    "check": re.compile(r"\{check\}`[^`<]*<([^`>]+)>`"),
    "figure": re.compile(r"^```\{glue:figure\} (\S+)\n:name: (\S+)", re.M),
    "claim": re.compile(r"\{claim\}`{1,2}(?:[^<]*<)?(C\d+)>?`{1,2}"),
    "term": re.compile(r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`"),
}
CITED = re.compile(r"\{cite\}`([^`]+)`")


def text(page: str, folder: str = "") -> str:
    """The source of a page without its code."""
    source = (ROOT / "chapters" / folder / f"{page}.md").read_text(encoding="utf-8")
    return CODE.sub("", FRONT.sub("", source))


def named(source: str) -> dict[str, set]:
    """What a page names, by kind; keys with hyphens, as the page prints them."""
    found = {kind: set(pattern.findall(source)) for kind, pattern in KINDS.items()}
    for kind in ("glue", "check"):
        found[kind] = {key.replace("_", "-") for key in found[kind]}
    found["cite"] = {key.strip() for keys in CITED.findall(source) for key in keys.split(",")}
    return found


def levels(source: str) -> list[int]:
    """The levels of the headings, in order."""
    return [len(marks) for marks in re.findall(r"^(#{1,6}) ", FENCE.sub("", source), re.M)]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_what_its_twin_names(page):
    english, chinese_ = named(text(page)), named(text(page, "zh"))
    chinese_["term"] &= english["term"]  # a Chinese page may explain more of its words
    differ = {kind: {"English alone": sorted(english[kind] - chinese_[kind]),
                     "Chinese alone": sorted(chinese_[kind] - english[kind])}
              for kind in english if english[kind] != chinese_[kind]}  # fmt: skip
    assert not differ, differ


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_headings_of_its_twin(page):
    assert levels(text(page, "zh")) == levels(text(page))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_the_tables_that_its_twin_shows(page):
    cells = re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```", (ROOT / f"chapters/{page}.md").read_text("utf-8"), re.M | re.S)
    shown = sum("hide-input" in cell and "remove-output" not in cell for cell in cells)
    folded = sum("hide-cell" in cell and "bind(" in cell for cell in cells)
    assert len(re.findall(r"^```\{output\} ", text(page, "zh"), re.M)) == shown + folded


@pytest.mark.book
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_worded_as_chinese_pages_are(page, html):
    built = (html / "zh" / "chapters" / f"{page}.html").read_text(encoding="utf-8")
    found = [one for one in chinese.faults(built, page) if not one.warns]
    assert not found, "\n".join(map(str, found))


@pytest.mark.book
@pytest.mark.parametrize("page", PAGES)
def test_headings_have_the_ids_of_the_twin_and_each_leads_to_the_other(page, html):
    built = {code: BeautifulSoup((html / code / "chapters" / f"{page}.html").read_text("utf-8"), "html.parser")
             for code in ("", "zh")}  # fmt: skip
    ids = {code: [section["id"] for section in soup.select("article section[id]")] for code, soup in built.items()}
    assert ids["zh"] == ids[""]
    assert built["zh"].html["lang"] == "zh-Hans"
    for code, other, tag in (("", f"../zh/chapters/{page}.html", "zh-Hans"), ("zh", f"../../chapters/{page}.html", "en")):
        switch = built[code].select_one(f'.article-header-buttons a[hreflang="{tag}"]')
        assert switch["href"] == other
        alternates = {link["hreflang"] for link in built[code].select('link[rel="alternate"][hreflang]')}
        assert alternates >= {"en", "zh-Hans"}


@pytest.mark.book
@pytest.mark.slow
@pytest.mark.long  # all of five hundred pages
def test_every_link_of_a_chinese_page_leads_to_a_file(html):
    dead = []
    for path in sorted((html / "zh").rglob("*.html")):
        for link in BeautifulSoup(path.read_text("utf-8"), "html.parser").select("a[href], link[href], script[src], img[src]"):
            address = (link.get("href") or link.get("src")).partition("#")[0].partition("?")[0]
            if address and ":" not in address and not (path.parent / address).is_file():
                dead.append(f"{path.relative_to(html)}: {address}")
    assert not dead, dead


#: A page of each kind that the data have.
DATA = ["index", "headlines", "indicators/ai_core_scale", "indicators/gdp"]
LARGE = ["sources", "corrections", "tables/indicators", "tables/targets", "tables/rankings",
         "tables/filed-models-by-place"]  # fmt: skip
#: Words of English that stand in no name.
ENGLISH = re.compile(r"\b(the|is|are|was|by|with|from|not|that|which|rows?|page|read again|indicator|unknown(?!-))\b")


@pytest.mark.book
def test_each_page_of_the_data_is_there_in_chinese_too_but_for_programs(html):
    pages = {code: {path.relative_to(html / code).as_posix() for path in (html / code / "data").rglob("*.html")}
             for code in ("", "zh")}  # fmt: skip
    assert pages["zh"] == {page for page in pages[""] if not page.startswith("data/api")} and len(pages["zh"]) > 400


@pytest.mark.book
@pytest.mark.parametrize("page", [*DATA, *(pytest.param(page, marks=[pytest.mark.slow, pytest.mark.long]) for page in LARGE)])
def test_a_page_of_the_data_says_what_its_twin_says_in_chinese(page, html):
    built = {code: BeautifulSoup((html / code / "data" / f"{page}.html").read_text("utf-8"), "html.parser")
             for code in ("", "zh")}  # fmt: skip
    named, rows = ({code: [one[attribute] for one in soup.select(f"article {which}")] for code, soup in built.items()}
                   for which, attribute in (("[id]:not(script)", "id"), ("tr[id], section.source[id]", "id")))  # fmt: skip
    assert named["zh"] == named[""] and rows["zh"] == rows[""]
    up = "../" * (page.count("/") + 1)
    for code, other, tag in (("", f"{up}zh/data/{page}.html", "zh-Hans"), ("zh", f"{up}../data/{page}.html", "en")):
        assert built[code].select_one(f'.article-header-buttons a[hreflang="{tag}"]')["href"] == other
    assert built["zh"].html["lang"] == "zh-Hans"
    article = built["zh"].select_one("article")
    english = [ENGLISH.search(text)[0] + ": " + text for text in said(article) if ENGLISH.search(text)]
    assert english == []
    wrong = [one for one in chinese.faults(str(article)) if not one.warns]
    assert wrong == [], "\n".join(map(str, wrong))


def said(article) -> list[str]:
    """What a page says itself: no keys, addresses, nor what it marks as English."""
    for unread in article.select("code, [lang|=en], a.external, .address, .of-work, .gbt, .source > h3, .headerlink"):
        unread.extract()
    attributes = [one[name] for name in ("aria-label", "title", "data-label") for one in article.select(f"[{name}]")]
    return [*article.stripped_strings, *attributes]


@pytest.mark.book
def test_chinese_pages_lead_to_the_chinese_pages_of_the_data(html):
    led = [(path.name, link["href"]) for path in sorted((html / "zh" / "chapters").glob("*.html"))
           for link in BeautifulSoup(path.read_text("utf-8"), "html.parser").select('article a[href*="data/"][hreflang="en"]')
           if link["href"].endswith(".html")]  # fmt: skip
    assert [one for one in led if "data/places/" not in one[1] and "data/api" not in one[1]] == []


@pytest.mark.parametrize(("said", "fault"), [
    ("北京比重庆多3.5倍", "多N倍"),
    ("规模为17.1billion元", "单位"),
    ("增长20至22%", "百分号"),
    ("截止目前", "截至"),
    ("重庆 AI 产业", "空格"),
])  # fmt: skip
def test_wrong_wording_is_found_and_right_wording_is_not(said, fault):
    found = chinese.faults(f"<article><p>{said}</p></article>")
    assert any(fault in one.say for one in found)
    right = "北京是重庆的3.5倍，规模为171亿元，增长20%至22%，截至2025年底，重庆AI产业"
    assert not chinese.faults(f"<article><p>{right}</p></article>")


@pytest.mark.book
def test_values_of_figures_open_in_excel_with_their_chinese(html):
    files = sorted((html / "zh" / "_static" / "figures").rglob("*.csv"))
    assert len(files) > 30
    assert not [file.name for file in files if not file.read_bytes().startswith("\ufeff".encode())]
    english = (html / "_static" / "figures").rglob("*.csv")
    assert not [file.name for file in english if file.read_bytes().startswith("\ufeff".encode())]
