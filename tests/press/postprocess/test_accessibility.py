"""Pages that everybody can read: axe-core, the keyboard, language, narrow screens."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import expect

from press.postprocess.language import EAST, HAS_HAN, VOID, marked
from press.postprocess.theme_repairs import repaired

CHAPTERS = (
    "index", "gap-diagnosis", "head-city-advantages", "capital-concentration", "strategy-pillars",
    "catch-up-scenarios", "claim-ledger", "methods", "data", "run-it-and-change-it", "glossary",
)
#: One data page of each kind; with ALL_PAGES set, the test reads every page of the book.
SAMPLE = (
    "index.html", "search.html", "genindex.html", "404.html", "data/index.html",
    "data/headlines.html", "data/places/beijing.html", "data/tables/places.html",
    "data/indicators/gdp.html",
)
#: Rules that axe-core leaves off, and Lighthouse or WCAG 2.2 asks for.
ALSO = ("label-content-name-mismatch", "target-size", "td-has-header", "table-fake-caption")
TAB_STOPS = """
() => [...document.querySelectorAll('.output.text_html')].every(e => e.scrollWidth <= e.clientWidth || e.tabIndex === 0)
"""
RUN = """
async ([also, only]) => {
  const rules = Object.fromEntries(also.map(rule => [rule, {enabled: true}]));
  const options = only.length ? {runOnly: only} : {rules};
  const found = await axe.run(document, {resultTypes: ['violations'], ...options});
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}`));
}
"""


def pages(html: Path) -> list[str]:
    """Every page of the book, by its address."""
    found = [path.relative_to(html).as_posix() for path in html.rglob("*.html")]
    return sorted(name for name in found if not name.startswith(("_static/", "_sources/")))


def chosen(html: Path) -> list[str]:
    """The chapters and the sample, or all pages."""
    if os.environ.get("ALL_PAGES"):
        return pages(html)
    wanted = [*SAMPLE, *(f"chapters/{name}.html" for name in CHAPTERS)]
    return [name for name in wanted if (html / name).is_file()]


def themed(opened, theme: str) -> None:
    """Turn a page light or dark, as its own switch does, and let nothing fade."""
    opened.evaluate(
        "t => { document.documentElement.dataset.theme = document.documentElement.dataset.mode = t;"
        " const s = document.createElement('style');"
        " s.textContent = '* {transition: none !important; animation: none !important}';"
        " document.head.append(s); }",
        theme,
    )


def violations(opened, axe: str) -> list[str]:
    """What axe-core finds on an open page: by all rules in the light, by those of colour in the dark.

    The strokes within a figure are taken out first: it is one picture with one name, and they are
    most of what a chapter holds.
    """
    opened.evaluate(axe)  # no script tag: the page's policy lets none in
    opened.evaluate("document.querySelectorAll('svg.figure > *').forEach(e => e.remove())")
    found = []
    for theme, only in (("light", []), ("dark", ["color-contrast", "link-in-text-block"])):
        themed(opened, theme)
        found += [f"{theme} {fault}" for fault in opened.evaluate(RUN, [ALSO, only])]
    return found


# ------------------------------------------------------------------------------------------- axe


@pytest.mark.book
@pytest.mark.parametrize(("name", "width"), [
    ("chapters/methods.html", 1280), ("data/indicators/gdp.html", 390), ("search.html", 390),
    pytest.param("data/places/beijing.html", 1280, marks=pytest.mark.slow),
])  # fmt: skip
def test_axe_finds_nothing_on_a_page(open_page, axe, name, width):
    assert faults_on([name], width, open_page, axe) == {}


@pytest.mark.book
@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.long)])
@pytest.mark.parametrize("part", range(4))
def test_axe_finds_nothing(html, open_page, axe, width, part):
    """On all chapters and a page of each kind."""
    assert faults_on(chosen(html)[part::4], width, open_page, axe) == {}


def faults_on(names: list[str], width: int, open_page, axe: str) -> dict[str, list[str]]:
    """The first faults of each page, in both themes."""
    faults = {}
    for name in names:
        opened = open_page(name, width)
        opened.wait_for_load_state("load")
        if name == "index.html":
            opened.wait_for_url("**/chapters/index.html")
        found = violations(opened, axe)
        if found:
            faults[f"{name} {width}"] = found[:5]
        opened.context.close()
    return faults


@pytest.mark.book
@pytest.mark.parametrize("name", [
    "methods", *(pytest.param(name, marks=pytest.mark.slow) for name in ("gap-diagnosis", "claim-ledger"))
])  # fmt: skip
def test_axe_finds_nothing_in_what_opens(open_page, axe, name):
    """Folds, code and the card of a number are open."""
    opened = open_page(f"chapters/{name}.html", 390)
    opened.wait_for_load_state("load")
    opened.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    opened.locator("data.quantity").first.click()
    opened.locator(".quantity-card").wait_for()
    opened.wait_for_function(TAB_STOPS)  # which the theme sets a moment after a table has come
    assert violations(opened, axe) == []


# -------------------------------------------------------------------------------------- keyboard

FOCUSED = """
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const labels = (at.getAttribute('aria-labelledby') || '').split(' ').filter(Boolean);
  const name = at.getAttribute('aria-label') || at.innerText || at.title || at.placeholder
    || labels.map(id => document.getElementById(id)?.innerText).join(' ')
    || (at.labels && [...at.labels].map(l => l.innerText).join(' ')) || '';
  return {
    what: at.tagName + '.' + at.className + '#' + at.id, name: name.trim(),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, colour: style.outlineColor,
    seen: style.visibility === 'visible' && box.width > 0 && box.height > 0 && box.right > 0
      && box.left < innerWidth,
  };
}
"""


@pytest.mark.book
@pytest.mark.parametrize(("name", "width", "theme"), [
    pytest.param("chapters/catch-up-scenarios", 1280, "light", marks=pytest.mark.slow),
    pytest.param("chapters/claim-ledger", 390, "dark", marks=pytest.mark.slow),
    ("data/indicators/gdp", 1280, "dark"),
])  # fmt: skip
def test_tab_leads_through_a_page_with_a_visible_ring(open_page, name, width, theme):
    opened = open_page(f"{name}.html", width)
    opened.wait_for_load_state("load")
    themed(opened, theme)
    stops, faults = [], []
    for _ in range(90):
        opened.keyboard.press("Tab")
        stop = opened.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop["what"])
        faults += [f"{stop['what']}: {fault}" for fault, is_so in (
            ("no name", not stop["name"]), ("no ring", not stop["ring"]), ("not seen", not stop["seen"]),
        ) if is_so]  # fmt: skip
    assert sorted(set(faults)) == []
    assert len(stops) > 40
    assert all(a != b or "quantity" in a for a, b in zip(stops, stops[1:]) if "#" in a and not
               a.endswith("#")), "focus is trapped"


@pytest.mark.book
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_ring_stands_out_from_page_surface_and_code(open_page, theme):
    from coloraide import Color

    opened = open_page("chapters/methods.html")
    themed(opened, theme)
    ring, *grounds = opened.evaluate(
        "() => ['--focus', '--pst-color-background', '--pst-color-surface'].map(name => {"
        " const e = document.createElement('i'); e.style.color = `var(${name})`;"
        " document.body.append(e); return getComputedStyle(e).color; })"
    )
    assert all(Color(ring).contrast(ground) >= 3 for ground in grounds), (ring, grounds)


@pytest.mark.book
def test_the_skip_link_is_first_and_leads_to_the_text(open_page):
    opened = open_page("chapters/gap-diagnosis.html")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.innerText") == "Skip to main content"
    opened.keyboard.press("Enter")
    opened.wait_for_function("location.hash === '#main-content'")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.book
def test_the_side_bars_open_and_close_by_keyboard(open_page):
    opened = open_page("chapters/gap-diagnosis.html", 390)
    opened.wait_for_load_state("load")
    for kind in ("primary", "secondary"):
        toggle = opened.locator(f".{kind}-toggle:visible").first
        toggle.focus()
        opened.keyboard.press("Enter")
        dialog = opened.locator(f"#pst-{kind}-sidebar-modal[open]")
        dialog.wait_for()
        assert dialog.evaluate("d => d.contains(document.activeElement)"), kind
        opened.keyboard.press("Escape")
        dialog.wait_for(state="hidden")


@pytest.mark.book
def test_buttons_of_the_bar_keep_the_focus_when_pressed_by_keyboard(open_page):
    opened = open_page("chapters/methods.html")
    opened.wait_for_load_state("load")
    for kind in ("primary-toggle", "theme-switch-button"):
        button = opened.locator(f".{kind}:visible").first
        button.focus()
        opened.keyboard.press("Enter")
        opened.wait_for_function("kind => document.activeElement.classList.contains(kind)", arg=kind)
    opened.locator("#pst-primary-sidebar").wait_for(state="hidden")  # it slides away


# ------------------------------------------------------------------------------------------ code


@pytest.mark.book
def test_one_switch_shows_all_code_and_is_remembered(open_page):
    opened = open_page("chapters/gap-diagnosis.html")
    switch = opened.get_by_role("button", name="Show code", exact=True)
    switch.wait_for()
    folds = opened.locator("details.hide.above-input")
    open_folds = opened.locator("details.hide.above-input[open]")
    assert folds.count() > 3 and open_folds.count() == 0
    switch.focus()
    opened.keyboard.press("Enter")
    expect(open_folds).to_have_count(folds.count())
    expect(opened.locator("#code-switch")).to_have_attribute("aria-pressed", "true")
    opened.reload()
    opened.wait_for_load_state("load")
    expect(open_folds).to_have_count(folds.count())
    opened.get_by_role("button", name="Show code", exact=True).press("Space")
    expect(open_folds).to_have_count(0)
    assert opened.outside == [] and opened.errors == []


@pytest.mark.book
def test_every_cell_can_be_copied_by_keyboard(open_page):
    opened = open_page("chapters/gap-diagnosis.html")
    opened.wait_for_load_state("load")
    opened.get_by_role("button", name="Show code", exact=True).press("Enter")
    buttons = opened.get_by_role("button", name="Copy to clipboard", exact=True)
    assert buttons.count() == opened.locator("div.highlight pre").count() > 3
    buttons.first.focus()
    opened.keyboard.press("Tab")
    opened.keyboard.press("Shift+Tab")
    opened.wait_for_function("getComputedStyle(document.activeElement).opacity === '1'")
    opened.keyboard.press("Enter")
    opened.get_by_text("Code copied", exact=True).wait_for(state="attached")


@pytest.mark.book
def test_without_scripts_code_opens_cell_by_cell(open_page):
    opened = open_page("chapters/gap-diagnosis.html", java_script_enabled=False)
    assert not opened.locator("#code-switch").is_visible()
    opened.locator("details.hide.above-input > summary").first.click()
    expect(opened.locator("details.hide.above-input .highlight").first).to_be_visible()


# ------------------------------------------------------------------------------- narrow, and tables


@pytest.mark.book
@pytest.mark.slow
def test_no_page_scrolls_sideways_on_a_phone(html, chromium):
    """Each folder's first page is opened; the others are put into its frame, which is the same."""
    context = chromium.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    opened, wide, folder, seen = context.new_page(), {}, None, 0
    for name in pages(html):
        text = (html / name).read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in text:
            continue  # leads on
        article = re.search(r"<article class=\"bd-article\">.*</article>", text, re.S)
        at = name.rpartition("/")[0]
        if at != folder or not at.startswith("data/") or article is None:
            opened.goto(f"{html.as_uri()}/{name}", wait_until="load")
            folder = at
        else:
            opened.evaluate("h => { document.querySelector('article.bd-article').outerHTML = h }",
                            article[0])  # fmt: skip
        width = opened.evaluate("document.documentElement.scrollWidth")
        seen += 1
        if width > 390:
            wide[name] = width
    context.close()
    assert wide == {} and seen > 100


@pytest.mark.book
def test_every_table_has_heads_with_a_scope_and_a_name(html):
    faults = []
    for name in pages(html):
        text = (html / name).read_text(encoding="utf-8")
        for table in re.findall(r"<table\b.*?</table>", text, re.S):
            if "indextable" in table[:80] or 'role="presentation"' in table[:200]:
                continue
            heads = re.findall(r"<th\b[^>]*>", table)
            if not heads or not all("scope=" in head for head in heads):
                faults.append(f"{name}: a head without scope in {table[:60]}")
            if "<caption" not in table and "aria-label" not in table[: table.index(">")]:
                before = text[: text.index(table)][-160:]
                if 'aria-label="' not in before:
                    faults.append(f"{name}: no name: {table[:60]}")
    assert faults == []


# -------------------------------------------------------------------------------------- language


class Unmarked(HTMLParser):
    """Collects Chinese that stands outside an element marked as Chinese or Japanese."""

    def __init__(self):
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            here = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attributes).get("lang") or here))

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        names = [name for name, _ in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag):]

    def handle_data(self, data):
        name, lang = self.open[-1] if self.open else ("", "")
        if name not in ("script", "style") and HAS_HAN.search(data) and not lang.startswith(EAST):
            self.found.append(data.strip()[:60])


def unmarked(text: str) -> list[str]:
    """Pieces of an HTML text whose Chinese is not marked."""
    parser = Unmarked()
    parser.feed(text)
    return parser.found


@pytest.mark.book
@pytest.mark.slow  # a thousand pages
def test_chinese_on_every_page_is_marked_as_chinese(html):
    faults, marks = {}, 0
    for name in pages(html):
        text = (html / name).read_text(encoding="utf-8")
        marks += text.count('lang="zh-Hans"')
        if HAS_HAN.search(text) and (found := unmarked(text)):
            faults[name] = found[:3]
    assert faults == {} and marks > 1000


@pytest.mark.book
def test_chinese_that_scripts_add_is_marked(open_page):
    opened = open_page("chapters/catch-up-scenarios.html")
    opened.wait_for_load_state("load")
    assert opened.locator("option[lang|=zh]").count() >= 9
    opened.evaluate("document.querySelector('main').append('重慶, and its paper')")
    assert opened.locator("main > span[lang]").evaluate_all("all => all.map(s => [s.lang, s.textContent])") \
        == [["zh", "重慶"]]


@pytest.mark.parametrize(("given", "expected"), [
    ("<p>Chongqing (重庆), 2024</p>", '<p>Chongqing (<span lang="zh-Hans">重庆</span>), 2024</p>'),
    ("<p>廣州</p>", '<p><span lang="zh-Hant">廣州</span></p>'),
    ("<p>龜鱉</p>", '<p><span lang="zh">龜鱉</span></p>'),
    ('<b lang="zh-Hans">重庆</b>', '<b lang="zh-Hans">重庆</b>'),
    ('<p title="重庆 > x">a</p>', '<p title="重庆 > x">a</p>'),
    ("<script>重庆</script><!-- 重庆 -->", "<script>重庆</script><!-- 重庆 -->"),
    ("<option>Wuhan 武汉</option>", '<option lang="zh-Hans">Wuhan 武汉</option>'),
    ("<svg><text>武汉</text></svg>", '<svg><text><tspan lang="zh-Hans">武汉</tspan></text></svg>'),
    ('<p lang="ja">重庆<br>重庆</p>重庆', '<p lang="ja">重庆<br>重庆</p><span lang="zh-Hans">重庆</span>'),
])  # fmt: skip
def test_marking(given, expected):
    assert marked(given) == expected and marked(expected) == expected


@pytest.mark.book
def test_marking_and_mending_change_no_word_and_no_number(html):
    """A page that went through both again is the same: nothing is marked or wrapped twice."""
    for name in CHAPTERS:
        path = html / "chapters" / f"{name}.html"
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert marked(repaired(text)) == text, name
