"""What a reader looks for is found, offline: search, glossary, previews, links to claims."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docutils import nodes
from playwright.sync_api import expect

from press.audit import audit
from press.audit.prose import Reader
from press.extensions import previews
from press.search import search_index
from press.search.search import EnglishAndChinese

HAN = re.compile(r"[\u4e00-\u9fff]+")


# ------------------------------------------------------------------------------- words and parts


def test_chinese_is_split_into_pairs_and_english_into_words():
    split = EnglishAndChinese({}).split
    assert split("智能算力 in AI大模型, 渝") == ["智能", "能算", "算力", "in", "AI", "大模", "模型", "渝"]


def test_plain_numbers_are_not_indexed_and_names_with_digits_are():
    keeps = EnglishAndChinese({}).word_filter
    assert not keeps("2024") and not keeps("0_33")
    assert keeps("c07") and keeps("算力") and not keeps("the")


def test_the_words_of_a_section_leave_out_code_figures_and_sections_in_it():
    section = nodes.section(
        "", nodes.title("", "Weight"), nodes.paragraph("", "heavy"), nodes.literal_block("", "code"),
        nodes.figure("", nodes.caption("", "drawn")), nodes.section("", nodes.title("", "Deeper")),
        nodes.raw("", "<b>bold</b><script>x</script>", format="html"),
    )  # fmt: skip
    assert search_index.text_of(section, whole=False) == "Weight heavy bold"


def test_previews_are_those_that_the_page_links_to_and_none_of_its_own():
    known = {"chapters/ledger.html#C07": ["a"], "chapters/here.html#x": ["b"], "data/s.html#k": ["c"]}
    body = '<a href="ledger.html#C07">1</a><a href="#x">2</a><a class="y" href="../data/s.html#k">3</a>'
    assert previews.on_page(body, "chapters/here.html", known) == {
        "ledger.html#C07": ["a"], "../data/s.html#k": ["c"],
    }  # fmt: skip


# -------------------------------------------------------------------------------- glossary, claims


def test_every_chinese_name_of_the_glossary_stands_in_the_data_or_a_chapter(root):
    files = [*root.glob("data/*.csv"), *root.glob("chapters/*.md")]
    known = "".join(p.read_text(encoding="utf-8") for p in files if p.stem != "glossary")
    text = (root / "chapters" / "glossary.md").read_text(encoding="utf-8")
    names = HAN.findall(text)
    assert len(names) > 12
    assert [name for name in names if name not in known] == []


def test_every_term_has_a_sentence_and_says_where_it_is_used(root):
    text = (root / "chapters" / "glossary.md").read_text(encoding="utf-8")
    body = text.split("```{glossary}\n:sorted:\n\n")[1].split("\n```")[0]
    entries = re.split(r"\n\n(?=\S)", body)
    assert len(entries) > 30
    for entry in entries:
        first, _, where = entry.partition("\n\n")
        assert re.search(r"^  .+\.$", first, re.M), entry
        assert "{doc}`" in where or "{datapage}`" in where, entry


def test_the_audit_reads_the_words_of_a_link_to_a_claim(tmp_path):
    text = "That {claim}``{glue}`one-third` of ten <C07>`` and {claim}`C07`.\n"
    passage, = Reader.of_book(tmp_path).read(text)
    assert "ten" in passage.text and "one-third" not in passage.text and "C07" not in passage.text
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "a.md").write_text(text, "utf-8")
    assert ["ten" in str(fault) for fault in audit(tmp_path)] == [True]


# ------------------------------------------------------------------------------------ in a browser

book = pytest.mark.book


def results(page, query: str) -> list[tuple[str, str]]:
    """Addresses and titles of the results of a search, best first."""
    page.goto(page.url.split("?")[0] + "?q=" + query)
    page.wait_for_function("document.querySelector('.search-summary')?.textContent.length > 0")
    return [
        (link.get_attribute("href"), link.inner_text())
        for link in page.locator("ul.search li a").all()
    ]


@pytest.fixture
def searching(open_page):
    """The page of results, opened from disk."""
    return open_page("search.html")


@book
@pytest.mark.parametrize(
    "query, address, within",
    [
        ("重庆", "data/places/chongqing.html", 1),
        ("重慶", "data/places/chongqing.html", 1),
        ("算力", "chapters/glossary.html#term-intelligent-computing-capacity", 1),
        ("人工智能核心产业", "data/indicators/ai_core_scale.html", 4),
        ("渝", "data/sources.html#securities-daily-2025", 99),
        ("Herfindahl", "chapters/glossary.html#term-Herfindahl-index", 1),
        ("C07", "chapters/claim-ledger.html#C07", 1),
        ("sixth of Chengdu", "chapters/claim-ledger.html#C07", 3),
        ("Figure 2.1", "chapters/head-city-advantages.html#fig-systems", 1),
        ("Wuhan", "data/places/wuhan.html", 1),
        ("yuqian-consulting-2025", "data/sources.html#yuqian-consulting-2025", 1),
        ("33618", "chapters/glossary.html#term-33618", 1),
    ],
)
def test_a_search_from_disk_leads_to_the_right_place(searching, html, query, address, within):
    found = [target for target, _ in results(searching, query)]
    assert address in found[:within], found[:6]
    assert searching.outside == [] and searching.errors == []
    page, _, anchor = address.partition("#")
    assert not anchor or f'id="{anchor}"' in (html / page).read_text(encoding="utf-8")


@book
def test_every_result_must_hold_all_words_and_says_what_it_is(searching):
    found = results(searching, "Hami ASEAN pyramid")
    assert found == []
    (_, title), *_ = results(searching, "C07")
    assert title == "Claim C07: It is only a sixth of Chengdu's"
    assert all(re.match(r"Figure \d", title) for target, title in results(searching, "Lorenz")
               if "#fig-" in target)  # fmt: skip
    results(searching, "重庆")
    assert searching.locator("ul.search span[lang=zh-Hans]").count() > 0


@book
def test_no_entry_of_the_index_leads_nowhere(html):
    import json

    index = json.loads(
        (html / "searchindex.js").read_text("utf-8").removeprefix("Search.setIndex(").removesuffix(")")
    )
    anchors: dict[str, set[str]] = {}
    for name in index["docnames"]:
        page, _, anchor = name.partition("#")
        if page not in anchors:
            text = (html / f"{page}.html").read_text(encoding="utf-8")
            anchors[page] = set(re.findall(r'\bid="([^"]+)"', text))
        assert not anchor or anchor in anchors[page], name
    kinds = [sum(name.startswith(start) for name in index["docnames"]) for start in (
        "chapters/claim-ledger#C", "chapters/glossary#term-", "data/sources#", "data/places/")]
    assert all(kinds), kinds
    assert (html / "searchindex.js").stat().st_size < 600_000


GAP = "chapters/gap-diagnosis.html"
TERM = "a[href='glossary.html#term-location-quotient']"
CLAIM = "a[href='claim-ledger.html#C07']"
FIGURE = "p a[href='#fig-weight']"
CITED = "a.reference.internal[href^='data.html#id']"
CARD = "#preview-card"


@book
@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "link, words",
    [(TERM, "share of national GDP"), (CLAIM, "Claim C07:"), (FIGURE, "Fig. "), (CITED, ". 20")],
)
def test_a_pointed_link_shows_what_it_leads_to(open_page, link, words, theme):
    page = open_page(GAP, color_scheme=theme)
    page.locator(link).first.hover()
    card = page.locator(CARD)
    card.wait_for()
    assert words in card.inner_text()
    assert page.locator(link).first.get_attribute("aria-describedby") == card.get_attribute("id")
    assert page.locator(f"{CARD} svg, {CARD} img").count() == (link == FIGURE)
    card.hover()  # it can be pointed at
    page.wait_for_timeout(500)
    assert card.is_visible()
    page.mouse.move(2, 2)
    card.wait_for(state="detached")
    assert page.errors == [] and page.outside == []


@book
def test_previews_by_keyboard(open_page):
    page = open_page(GAP)
    link = page.locator(TERM).first
    link.evaluate("link => { const all = [...document.querySelectorAll('a[href], [tabindex=\"0\"]')];"
                  " all[all.indexOf(link) - 1].focus() }")  # fmt: skip
    page.keyboard.press("Tab")
    page.locator(CARD).wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(CARD)).to_have_count(0)
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html#term-location-quotient")


@book
def test_on_a_phone_a_tap_follows_the_link_and_a_card_stays_on_the_screen(open_page):
    page = open_page(GAP, width=390, has_touch=True, is_mobile=True)
    page.locator(TERM).first.tap()
    page.wait_for_url("**/glossary.html#term-location-quotient")
    page = open_page(GAP, width=390)
    page.locator(CLAIM).first.hover()
    page.locator(CARD).wait_for()
    box = page.locator(CARD).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 901
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@book
def test_without_scripts_links_are_links(open_page):
    page = open_page(GAP, java_script_enabled=False)
    for link in (TERM, CLAIM, CITED):
        assert page.locator(link).first.is_visible()
    assert page.locator(CITED).first.get_attribute("title")
    assert page.locator(CARD).count() == 0


@book
def test_previews_weigh_little(html, root):
    """Script, style and words of every page, compressed."""
    import gzip

    def weight(text: str) -> int:
        return len(gzip.compress(text.encode()))

    static = sum(weight((root / "press" / "static" / name).read_text("utf-8"))
                 for name in ("popover.js", "cards.css"))  # fmt: skip
    heaviest = 0
    for path in Path(html).rglob("*.html"):
        block = re.search(r'id="preview-facts">(.*?)</script>', path.read_text("utf-8"), re.S)
        heaviest = max(heaviest, weight(block[1]) if block else 0)
    assert 0 < heaviest and static + heaviest < 15_000


@book
def test_a_number_inside_a_link_is_no_button(html, open_page):
    page = open_page("chapters/capital-concentration.html")
    assert page.locator("article a data.quantity").count() > 0
    assert page.locator("article a [role=button]").count() == 0
