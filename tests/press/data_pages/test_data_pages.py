"""The data pages: every row has its place, every link leads somewhere, nothing runs or fetches."""

from __future__ import annotations

import csv
import functools
import html as escaping
import json
import re
import shutil
import time
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from citygap.cities import diagnosis
from citygap.data.corrections import Registers
from citygap.data.tables import DATA, Tables, book
from press import data_pages, data_urls
from press.citing import work_exports
from press.cjk import HAN, marked
from press.data_pages import coverage_plot, indicator_pages
from press.data_pages.site import Page, Site
from press.postprocess import third_party_guard
from press.templating import ENVIRONMENT
from tests.patience import PATIENCE

PAPER = "var(--figure-paper, #fefefe)"  # of the template svg.html
CHAPTERS = frozenset(f"chapters/{path.stem}" for path in (DATA.parent / "chapters").glob("*.md"))
SECONDS = 8  # of one processor, for all pages

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr"}  # fmt: skip
SVG_LEAVES = {"path", "rect", "circle", "polygon"}


class Seen(HTMLParser):
    """Ids, links and open elements of an HTML text; text by the language it is marked with."""

    def __init__(self, source: str):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.stack: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self.unmarked: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("href", "src"):
            if given.get(name):
                self.links.append(given[name])
        if tag not in VOID:
            self.stack.append((tag, given.get("lang") or (self.stack[-1][1] if self.stack else "")))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.stack or self.stack[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self.stack[-1:]}")
        else:
            self.stack.pop()

    def handle_data(self, data):
        tags = [tag for tag, _ in self.stack]
        if "script" in tags or "style" in tags or "title" in tags:
            return
        if re.search(rf"[{HAN}]", data):
            language = self.stack[-1][1] if self.stack else ""
            if not language.startswith(("zh-", "ja")):
                self.unmarked.append(data.strip())


@pytest.fixture(scope="module")
def made() -> dict[str, Page]:
    return {page.name: page for page in data_pages.make(CHAPTERS)}


@pytest.fixture(scope="module")
def seen(made) -> dict[str, Seen]:
    return {name: Seen(page.body) for name, page in made.items()}


# ---------------------------------------------------------------------------------------- pieces


def test_text_from_the_data_is_escaped():
    assert marked('<img src=x onerror="a()"> & more') == (
        "&lt;img src=x onerror=&quot;a()&quot;&gt; &amp; more"
    )


@pytest.mark.parametrize(
    ("words", "tag"),
    [("重庆", "zh-Hans"), ("重慶市", "zh-Hant"), ("北京の生成AIモデル", "ja")],
)
def test_chinese_is_marked_with_its_script(words, tag):
    assert marked(f"in {words}, said").startswith(f'in <span lang="{tag}">{words[0]}')


def test_no_chinese_stands_outside_a_marked_run():
    for words in ("“人工智能第一城”,喊出两年破万亿", "2025年上半年Top50城市", "a 亿元 b 万"):
        assert Seen(f"<p>{marked(words)}</p>").unmarked == []
        assert escaping.unescape(re.sub(r"<[^>]+>", "", marked(words))) == words


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("4500", "over", "1e8 CNY"), "over 450 billion yuan"),
        (("24763.6", "exact", "1e8 CNY"), "2.47636 trillion yuan"),
        (("1380.91", "exact", "1e4 persons"), "13.8091 million people"),
        (("12", "about", "1e8 USD"), "about 1.2 billion US dollars"),
        (("9", "exact", "1e4 t"), "90,000 tonnes"),
        (("2.36", "exact", "%"), "2.36%"),
        (("-0.5", "about", "%"), "about -0.5%"),
        (("12000", "exact", "count"), "12,000"),
    ],
)
def test_a_figure_is_printed_as_its_source_prints_it(row, words):
    assert re.sub(r"<[^>]+>", "", printed(*row)) == words


def printed(value: str, bound: str, unit: str) -> str:
    """A figure as pages print it."""
    return ENVIRONMENT.from_string("{{ printed(value, bound, unit) }}").render(
        Site().given["../"], value=value, bound=bound, unit=unit
    )


def test_a_table_names_its_columns_in_every_cell_for_narrow_screens(made):
    for name in ("data/indicators/gdp", "data/places/xian", "data/corrections", "data/api", "data/headlines"):
        for table in re.findall(r'<table class="data-table [^"]*" role="table">.*?</table>', made[name].body, re.S):
            heads = re.findall(r'role="columnheader">(.*?)</th>', table)
            for row in re.findall(r'<tr role="row"(?: id="[^"]*")?><th scope="row" role="rowheader">.*?</tr>', table, re.S):
                assert re.findall(r'data-label="([^"]*)"', row) == heads[1:], name


# ------------------------------------------------------------------------------------- addresses


def test_every_row_that_a_quantity_rests_on_has_an_address_on_a_page(seen):
    keys = []
    for row in book.table("observations").to_dict("records"):
        keys.append("/".join((row["place"], row["indicator"], row["period"], row["source"])))
    for row in book.table("targets").to_dict("records"):
        name = row["indicator"] or row["name_en"]
        q = book.target(row["place"], name, row["period"], row["plan"])
        keys += q.rows
    for name, column, periods in (
        ("ai-firms-by-city", "companies", None), ("ai-deals-by-city", "deals", None),
        ("notable-models-by-country", "models", None), ("unicorns-by-city", "companies", None),
    ):  # fmt: skip
        for q in book.distribution(name, column, periods).values():
            keys += q.rows
    assert len(keys) > 1500
    for key in keys:
        page, _, anchor = data_urls.row_address(key).partition("#")
        assert anchor in seen[page.removesuffix(".html")].ids, key


def test_a_zero_of_a_complete_list_leads_to_its_table():
    zero = book.counted("notable-models-by-city", "models", "chongqing")
    assert data_urls.row_address(zero.rows[0]) == "data/tables/notable-models-by-city.html"


def test_text_that_is_no_key_has_no_address():
    with pytest.raises(ValueError, match="no key of a row"):
        data_urls.row_address("chongqing/gdp")


def test_an_anchor_holds_no_sign_that_an_address_would_not_take():
    assert data_urls.row_anchor("a_b", "../2020-12", "x:y") == "a_b-..-2020-12-x-y"


# --------------------------------------------------------------------------------------- the pages


def test_there_is_a_page_for_each_table_indicator_and_main_city(made):
    names = set(made)
    assert {f"data/tables/{r['name']}" for r in book.package["resources"]} <= names
    assert {f"data/indicators/{key}" for key in book.table("indicators")["indicator"]} <= names
    assert {f"data/places/{place}" for place in diagnosis.main_cities()} <= names
    assert {"data/index", "data/sources", "data/corrections"} <= names
    assert {name.removeprefix("data/") for name in names} == data_pages.known_pages()


def test_elements_are_closed_and_no_id_stands_twice(seen):
    for name, page in seen.items():
        assert page.faults == [] and page.stack == [], name
        assert len(set(page.ids)) == len(page.ids), name


def test_chinese_is_marked_on_every_page(seen):
    assert {name: page.unmarked[:2] for name, page in seen.items() if page.unmarked} == {}


def test_every_page_has_one_heading_and_words_for_the_search(made):
    for name, page in made.items():
        assert page.body.count("<h1>") == 1, name
        assert page.title and page.words, name


def test_every_observation_shows_figure_source_and_confidence(made):
    for row in book.table("observations").to_dict("records")[::7]:
        page = made[f"data/indicators/{row['indicator']}"].body
        anchor = data_urls.row_anchor(row["place"], row["period"], row["source"])
        line = re.search(rf'<tr role="row" id="{re.escape(anchor)}">(.*?)</tr>', page, re.S)[1]
        assert printed(row["value"], row["bound"], row["unit"]) in line
        assert f"sources.html#{data_urls.slug(row['source'])}" in line
        assert f'class="confidence {row["confidence"]}"' in line
        assert marked(row["note"]) in line


def test_an_indicator_links_the_other_scopes_of_its_concept_with_a_warning(made):
    page = made["data/indicators/ai_core_scale"].body
    assert "Not comparable with other scopes" in page and "are not comparable" in page
    others = [key for key, row in Site().indicators.items() if row["concept"] == "ai_scale"]
    assert len(others) > 3
    for key in others:
        assert key == "ai_core_scale" or f'indicators/{key}.html"' in page


def test_one_reading_of_several_is_said_to_speak(made):
    page = made["data/indicators/ai_core_scale"].body
    speaks = book.observe("beijing", "ai_core_scale", "2024").sources[0]
    rows = re.findall(r'<tr role="row" id="(beijing-2024-[^"]+)">(.*?)</tr>', page, re.S)
    assert len(rows) > 2
    assert [key for key, line in rows if ">speaks<" in line] == [f"beijing-2024-{speaks}"]


def test_contradictions_and_re_readings_stand_with_their_row(made):
    registers = Registers()
    assert registers.contradictions and registers.rereadings
    for found in registers.contradictions:
        page = made[f"data/indicators/{found['indicator']}"].body
        assert page.count("Contradicts</span>") >= 2
    observations = {(r["place"], r["indicator"], r["period"], r["source"])
                    for r in Site().observations}
    for latest, *_ in registers.rereadings.values():
        key = (latest["place"], latest["indicator"], latest["period"], latest["source"])
        if key in observations:
            page = made[f"data/indicators/{latest['indicator']}"].body
            anchor = data_urls.row_anchor(key[0], key[2], key[3])
            line = re.search(rf'id="{re.escape(anchor)}">(.*?)</tr>', page, re.S)[1]
            assert f"Read again {latest['date']}: {latest['outcome']}" in line


def test_every_source_lists_every_row_that_rests_on_it(made):
    page = made["data/sources"].body
    entries = dict(re.findall(r'<section class="source[^"]*" id="([^"]+)">(.*?)</section>', page, re.S))
    assert set(entries) == {data_urls.slug(key) for key in book.sources}
    for row in book.table("observations").to_dict("records")[::5]:
        address = data_urls.observation_address(
            row["place"], row["indicator"], row["period"], row["source"]
        ).removeprefix("data/")
        assert f'"../data/{address}"' in entries[data_urls.slug(row["source"])]


# -------------------------------------------------------------------------------- what is hostile


def test_nothing_in_a_table_can_become_markup(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    evil = '"\'><img src=x onerror=alert(1)>'
    planted = 0
    for file, columns in {
        "observations.csv": ["note"], "rankings.csv": ["name_en", "name_hans", "note"],
        "indicators.csv": ["name_en", "name_hans", "scope", "definition", "leaves_out"],
        "places.csv": ["name_en", "name_hans", "name_hant"],
        "targets.csv": ["name_en", "name_hans", "note"], "events.csv": ["name_en"],
        "claims.csv": ["paraphrase_en"], "plans.csv": ["title_en", "title_hans", "issuer"],
        "contradictions.csv": ["reason"], "rereadings.csv": ["note"],
    }.items():  # fmt: skip
        with (folder / file).open(encoding="utf-8", newline="") as handle:
            rows = list(csv.reader(handle))
        for column in columns:
            for row in rows[1:]:
                row[rows[0].index(column)] += evil
                planted += 1
        with (folder / file).open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(rows)
    bib = (folder / "sources.bib").read_text(encoding="utf-8")
    bib = re.sub(r"(title = \{\{)", rf"\g<1>{evil}", bib)
    (folder / "sources.bib").write_text(bib, encoding="utf-8")
    assert planted > 5000
    shown = 0
    for page in data_pages.make(CHAPTERS, Tables(folder)):
        assert "<img" not in page.body, page.name
        shown += page.body.count("&lt;img")
        assert Seen(page.body).faults == [], page.name
    assert shown > 3000


# --------------------------------------------------------------------------------------- pictures


def test_a_picture_of_coverage_has_a_square_for_each_place_and_period():
    rows = [("A", [coverage_plot.Seen("2020"), coverage_plot.Seen("2022", forecast=True)]),
            ("B <&>", [coverage_plot.Seen("2021-01/2021-09")])]  # fmt: skip
    drawn = ElementTree.fromstring(coverage_plot.coverage(rows, 'says "B" & A'))
    squares = drawn.findall("{http://www.w3.org/2000/svg}rect")
    assert len(squares) == 3
    assert sum(s.get("fill") == PAPER for s in squares) == 1, "one forecast is hollow"
    assert drawn.get("aria-label") == 'says "B" & A'


def test_a_period_of_several_years_is_a_bar_from_its_first_year_or_the_edge():
    assert coverage_plot.Seen("2016/2022").years == (2016, 2022)
    assert coverage_plot.Seen("../2020-12").years == (None, 2020)
    drawn = coverage_plot.coverage([("A", [coverage_plot.Seen("2016/2022")])], "x")
    assert 'stroke-width="4"' in drawn


def test_every_picture_is_well_formed_and_says_what_it_shows(made):
    found = 0
    for page in made.values():
        for svg in re.findall(r"<svg.*?</svg>", page.body, re.S):
            drawn = ElementTree.fromstring(svg)
            assert drawn.get("role") == "img" and len(drawn.get("aria-label")) > 30
            found += 1
    assert found >= len(book.table("observations")["indicator"].unique()) + 14


# --------------------------------------------------------------------------------------- the build


@pytest.mark.slow
def test_all_pages_together_are_made_in_a_few_seconds():
    started = time.process_time()
    assert sum(1 for _ in data_pages.make(CHAPTERS)) > 350
    assert time.process_time() - started < SECONDS


def test_a_download_holds_the_rows_of_its_indicator_and_no_other():
    site = Site()
    rows = indicator_pages.Rows(site).of["ai_core_scale"]
    lines = list(csv.DictReader(indicator_pages.download(rows, site).splitlines()))
    assert len(lines) == len(rows) > 10
    assert {line["indicator"] for line in lines} == {"ai_core_scale"}
    assert {"reread", "outcome"} <= set(lines[0])


def test_a_link_to_a_chapter_that_the_book_does_not_have_is_plain_text():
    for page in data_pages.make(frozenset()):
        assert not re.search(r'href="[^"]*chapters/', page.body), page.name
    source = ENVIRONMENT.from_string("{{ chapter('chapters/claim-ledger', 'C07', '#C07') }}")
    assert source.render(Site().given["../"]) == "C07"
    linked = Site(chapters=frozenset({"chapters/claim-ledger"}))
    assert source.render(linked.given["../../"]) == (
        '<a href="../../chapters/claim-ledger.html#C07">C07</a>'
    )


@functools.cache
def parsed(path: Path) -> Seen:
    return Seen(path.read_text(encoding="utf-8"))


@pytest.mark.book
@pytest.mark.slow  # a thousand pages
def test_no_link_or_anchor_of_the_whole_book_is_broken(html):
    broken, checked = [], 0
    for path in sorted(html.rglob("*.html")):
        if path.is_relative_to(html / "_static"):
            continue  # templates of the theme
        if path == html / "404.html":
            continue  # its links start at the server's root
        for link in parsed(path).links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            checked += 1
            if not target.is_file():
                broken.append(f"{path.relative_to(html)}: {link}")
            elif parts.fragment and target.suffix == ".html":
                if unquote(parts.fragment) not in parsed(target).ids:
                    broken.append(f"{path.relative_to(html)}: {link}")
    assert broken == []
    assert checked > 20_000


@pytest.mark.book
def test_a_data_page_fetches_nothing_from_anybody_else(html):
    found = [path for path in html.glob("data/**/*.html")]
    assert len(found) > 350
    for path in found:
        assert third_party_guard.fetched(path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.book
def test_a_data_page_is_a_page_of_the_book(html):
    chapter = (html / "chapters" / "methods.html").read_text(encoding="utf-8")
    for name in ("data/index", "data/indicators/gdp", "data/places/xian", "data/sources"):
        page = (html / f"{name}.html").read_text(encoding="utf-8")
        assert "_static/all.css" in page
        for part in ('class="bd-article"', "theme-switch-button", 'class="bd-links bd-docs-nav"'):
            assert part in page and part in chapter, part


@pytest.mark.book
def test_tables_sources_and_description_can_be_downloaded(html):
    folder = html / "_static" / "data"
    for resource in book.package["resources"]:
        assert (folder / resource["path"]).read_bytes() == (DATA / resource["path"]).read_bytes()
    assert (folder / "datapackage.json").read_bytes() == (DATA / "datapackage.json").read_bytes()
    assert (folder / "sources.bib").read_text(encoding="utf-8") == work_exports.bibtex(book)
    lines = list(csv.DictReader((folder / "indicators" / "gdp.csv").open(encoding="utf-8")))
    assert len(lines) == sum(row["indicator"] == "gdp" for row in Site().observations)


@pytest.mark.book
def test_the_search_of_the_book_knows_the_data_pages(html):
    script = (html / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(script[len("Search.setIndex(") : -1])
    assert "data/indicators/ai_core_scale" in index["docnames"]
    assert sum(name.startswith("data/") for name in index["docnames"]) > 350


def test_every_place_is_an_entry_of_the_search_in_both_scripts():
    from press.search.search_index import data_parts

    said = [f"{part.words_of_title} {part.text}" for _, part in data_parts(SimpleNamespace(srcdir=DATA.parent))]
    places = Site().tables.rows("places")
    for row in places:
        names = {row["name_en"], row["name_hans"], row["name_hant"]} - {""}
        assert any(all(name in words for name in names) for words in said), row["place"]
    assert len(places) > 200


@pytest.mark.book
def test_a_place_known_from_tables_alone_is_found_by_its_names(html):
    script = (html / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(script[len("Search.setIndex(") : -1])

    def found(word: str) -> set[str]:
        kinds = (index["terms"].get(word, []), index["titleterms"].get(word, []))
        numbers = {n for kind in kinds for n in ([kind] if isinstance(kind, int) else kind)}
        numbers |= {n for n, title in enumerate(index["titles"]) if word in title}
        return {index["docnames"][number] for number in numbers}

    for name in ("首尔", "首爾", "seoul"):  # in rankings, and no observation
        assert any(page.startswith("data/tables/") for page in found(name)), name
    for name in ("贵州", "貴州", "guizhou"):
        assert any(page.startswith("data/indicators/") for page in found(name)), name


# -------------------------------------------------------------------------------- in a browser

KINDS = {
    "overview": "data/index.html",
    "table": "data/tables/rankings.html",
    "columns": "data/tables/observations.html",
    "indicator": "data/indicators/private_ai_investment_cset.html",
    "scopes": "data/indicators/ai_core_scale.html",
    "city": "data/places/chengdu.html",
    "focus": "data/places/chongqing.html",
    "sources": "data/sources.html",
    "corrections": "data/corrections.html",
}
ROW = "data/indicators/ai_core_scale.html#chongqing-2024-yuqian-consulting-2025"


@pytest.mark.book
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_its_screen_or_asks_anybody(open_page, kind, width):
    page = open_page(KINDS[kind], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.errors == [] and page.outside == []


@pytest.mark.book
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_the_same_without_scripts(open_page, kind):
    words = "document.querySelector('article').innerText.replace(/\\s+/g, ' ')"
    scripted = open_page(KINDS[kind])
    # The form for a report is of use with scripts alone, and only then there.
    scripted.evaluate("document.querySelectorAll('#report-form').forEach(form => form.remove())")
    with_scripts = scripted.evaluate(words)
    without = open_page(KINDS[kind], java_script_enabled=False)
    shown = " ".join(without.locator("article").inner_text().split())
    assert len(shown) > 300
    assert shown.replace(" ", "") == with_scripts.replace(" ", "")


@pytest.mark.book
def test_an_address_of_a_row_shows_the_row(open_page):
    for width in (1280, 390):
        page = open_page(ROW, width)
        row = page.locator("tr:target")
        assert "171" in row.inner_text()
        box = row.bounding_box()
        assert 0 <= box["y"] < 900, "the row is on the screen"


@pytest.mark.book
def test_a_wide_table_scrolls_by_keyboard_alone(open_page):
    page = open_page("data/places/chengdu.html")
    frame = page.locator(".table-frame.wide")
    for _ in range(200):
        page.keyboard.press("Tab")
        if frame.evaluate("frame => frame === document.activeElement"):
            break
    else:
        pytest.fail("the frame is never reached by Tab")
    before = frame.evaluate("frame => frame.scrollLeft")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("([frame, before]) => frame.scrollLeft > before", arg=[frame.element_handle(), before])


@pytest.mark.book
def test_from_a_row_to_its_source_and_back_by_keyboard(open_page):
    page = open_page(ROW)
    page.locator("tr:target .source-key a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/data/sources.html#yuqian-consulting-2025")
    entry = page.locator("#yuqian-consulting-2025")
    assert entry.bounding_box()["y"] < 900
    folded = entry.locator("summary")
    if folded.count():
        folded.first.focus()
        page.keyboard.press("Enter")
    back = entry.locator("a[href*='ai_core_scale.html#chongqing-2024-yuqian-consulting-2025']")
    back.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ai_core_scale.html#chongqing-2024-yuqian-consulting-2025")


@pytest.mark.book
def test_on_a_phone_a_row_is_a_card_with_the_names_of_its_columns(open_page):
    page = open_page(ROW, 390)
    row = page.locator("tr:target")
    assert row.evaluate("row => getComputedStyle(row).display") == "block"
    label = row.locator("td").first.evaluate("td => getComputedStyle(td, '::before').content")
    assert label == '"Figure"'
    assert row.get_attribute("role") == "row", "still a row for a screen reader"


@pytest.mark.book
def test_text_keeps_its_contrast_in_the_dark(open_page):
    page = open_page(KINDS["scopes"], color_scheme="dark")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    ratios = page.evaluate(CONTRAST)
    assert len(ratios) > 100
    assert min(ratio for ratio, _ in ratios) >= 4.5, sorted(ratios)[:3]


CONTRAST = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const lum = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0.5) return c;
    }
    return [255, 255, 255];
  };
  const parts = ['td *', 'dd', 'dt', 'p', 'th'].map(part => `article ${part}`);
  return [...document.querySelectorAll(parts.join())]
    .filter(e => e.innerText && e.innerText.trim())
    .map(e => {
      const [a, b] = [lum(parse(getComputedStyle(e).color)), lum(ground(e))].sort((x, y) => y - x);
      return [(a + 0.05) / (b + 0.05), e.innerText.slice(0, 30)];
    });
}"""


@pytest.mark.book
def test_the_search_finds_an_indicator(chromium, html):
    """The search reads its index with a script, which browsers run from a server only."""
    from threading import Thread

    from press.serve import serve

    running = serve.server()
    Thread(target=running.serve_forever, daemon=True).start()
    page = chromium.new_page()
    page.goto(f"http://{serve.HOST}:{running.server_port}/search.html?q=ai_core_scale")
    found = page.locator("#search-results a[href*='data/indicators/ai_core_scale.html']")
    found.first.wait_for(timeout=PATIENCE * 1000)
    page.close()
    running.shutdown()
    running.server_close()


@pytest.mark.book
@pytest.mark.parametrize("width", [390, 1280])
def test_entries_out_of_sight_aregiven_room_enough(html, chromium, width):
    """Else an entry that is not laid out yet would lie over the next."""
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(f"file://{html}/data/sources.html")
    said, real = page.evaluate("""() => {
        const entries = [...document.querySelectorAll('section.source')];
        const said = entries.map(e => parseFloat(getComputedStyle(e).containIntrinsicHeight.split(' ')[1]));
        entries.forEach(e => { e.style.contentVisibility = 'visible'; });
        return [said, entries.map(e => e.getBoundingClientRect().height)];
    }""")
    page.close()
    assert len(said) > 600
    assert [(s, r) for s, r in zip(said, real, strict=True) if r > s] == []
    assert sum(said) < 2 * sum(real)  # else the scroll bar would tell nothing
