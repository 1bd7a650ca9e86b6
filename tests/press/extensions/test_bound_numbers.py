"""A bound number shows what stands behind it: by pointer, keyboard and touch; plain without."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from docutils import nodes
from playwright.sync_api import expect

from citygap.data.tables import book
from citygap.notebook import Bound
from press.extensions import bound_numbers
from press.extensions.provenance import Behind
from press.postprocess.deferred.facts import ASIDE
from tests.chapter_pages import chapter_pages
from tests.page_files import facts_of

pytestmark = pytest.mark.book
PAGE = "chapters/gap-diagnosis.html"
NUMBER = "#n-core"  # Chongqing's core scale, which rests on the commentary alone


def raw(key: str, row: tuple[str, str, str]) -> nodes.raw:
    return nodes.raw("", Bound(key, book.observe(*row), "one()")._repr_html_(), format="html")


def tree(*parts: nodes.Node) -> nodes.document:
    from docutils.utils import new_document

    document = new_document("x")
    document += nodes.section("", nodes.title("", "T"), *parts)
    return document


NEVER = ("shanghai", "ai_practitioners", "2023")  # no headline: nobody has read it again


def told(docname: str, *parts: nodes.Node) -> list[str]:
    """What is said of a page's numbers."""
    document = tree(*parts)
    facts = bound_numbers.Facts(Behind())
    for _, tag in bound_numbers.numbers(document):
        facts.add(bound_numbers.attributes(tag))
    found = []
    warn = bound_numbers.logger.warning
    bound_numbers.logger.warning = lambda text, location: found.append(text)
    try:
        for node, given in bound_numbers.headlines(document, docname):
            facts.must_be_read_again(node, given)
    finally:
        bound_numbers.logger.warning = warn
    return found


def test_a_headline_on_a_row_that_was_never_read_again_is_refused():
    number = nodes.paragraph("", "", raw("output", NEVER))
    assert told("chapters/x", number.deepcopy()) == [], "no sections, no opening"
    said = told("chapters/x", number, nodes.section("", nodes.title("", "S")))
    assert len(said) == 1 and said[0].startswith("headline 'output' rests on shanghai/ai_practitioners/2023/")
    assert "data/rereadings.csv" in said[0]


def test_below_the_first_section_a_number_is_no_headline_but_on_the_first_page_it_is():
    below = nodes.section("", nodes.title("", "S"), nodes.paragraph("", "", raw("o", NEVER)))
    assert told("chapters/x", below) == []
    assert len(told("chapters/index", below.deepcopy())) == 1


def test_a_headline_on_rows_that_were_read_again_passes():
    number = nodes.paragraph("", "", raw("core", ("chongqing", "ai_core_scale", "2024")))
    section = nodes.section("", nodes.title("", "S"))
    assert told("chapters/x", number, section) == []


def test_only_the_first_appearance_of_a_number_is_its_anchor():
    row = ("chongqing", "ai_core_scale", "2024")
    document = tree(nodes.paragraph("", "", raw("core", row)), nodes.paragraph("", "", raw("core", row)))
    bound_numbers.anchor(document)
    assert "".join(r.astext() for r in document.findall(nodes.raw)).count('id="n-core"') == 1


def test_a_book_without_tables_is_left_alone(tmp_path):
    app = SimpleNamespace(srcdir=tmp_path)
    document = tree(nodes.paragraph("", "", raw("core", ("chongqing", "ai_core_scale", "2024"))))
    before = document.pformat()
    bound_numbers.explain(app, document, "chapters/x")
    assert document.pformat() == before


# ------------------------------------------------------------------------------- in a browser


def card(page):
    return page.locator(".quantity-card")


def test_pointing_at_a_number_opens_its_card_and_leaving_closes_it(open_page):
    page = open_page(PAGE)
    page.locator(NUMBER).hover()
    card(page).wait_for()
    words = card(page).inner_text()
    assert "17.05 to 17.15 billion yuan" in words and "2024" in words and "core" in words
    assert "low" in words and "yuqian-consulting-2025" in words and "none found" in words
    assert "gap-diagnosis/core" in words and "billions(tables.core_scale())" in words
    page.mouse.move(5, 5)
    card(page).wait_for(state="detached")
    assert page.errors == []


def test_a_card_works_by_keyboard_alone(open_page):
    page = open_page(PAGE)
    page.locator("body").press("Tab")
    page.evaluate("document.querySelector('#n-core').focus({focusVisible: true})")
    card(page).wait_for()
    page.keyboard.press("Enter")
    expect(page.locator(NUMBER)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.quantity-card')"), "into the links"
    links = card(page).locator("a")
    addresses = [link.get_attribute("href") for link in links.all()]
    assert any("sources.html#yuqian-consulting-2025" in a for a in addresses), addresses
    assert any("data/indicators/ai_core_scale.html#" in a for a in addresses), "the row"
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(page.locator(NUMBER)).to_be_focused()  # focus goes back


def test_on_a_phone_a_tap_opens_the_card_within_the_screen(open_page):
    page = open_page(PAGE, 390, has_touch=True, is_mobile=True)
    page.locator(NUMBER).tap()
    card(page).wait_for()
    box = card(page).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= page.viewport_size["height"] + 1
    page.locator(".bd-article h1").tap()
    card(page).wait_for(state="detached")


def test_the_card_of_a_narrow_window_never_widens_the_page(open_page):
    page = open_page(PAGE, 640)
    for number in page.locator("data.quantity").all()[:12]:
        number.hover()
        card(page).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 640
        page.keyboard.press("Escape")


def test_a_checked_phrase_says_that_it_is_checked(open_page):
    page = open_page(PAGE)
    page.locator("span.checked[data-key]").first.click()
    expect(card(page)).to_contain_text("not built unless the data say so")


def test_without_scripts_a_number_is_text_with_a_title(open_page):
    page = open_page(PAGE, java_script_enabled=False)
    number = page.locator(NUMBER)
    assert number.inner_text() == "17.1" and number.get_attribute("role") is None
    assert "confidence low" in number.get_attribute("title")


def test_reporting_a_number_carries_its_key_to_the_form(open_page):
    page = open_page(PAGE)
    page.locator(NUMBER).click()
    card(page).get_by_text("Report this number").click()
    page.wait_for_url("**/corrections.html**")
    text = page.locator("#report-text").input_value()
    assert "Number: gap-diagnosis/core" in text and "The book says: 17.1" in text
    assert "Edition: 20" in text


def test_every_number_of_every_page_can_say_what_it_rests_on(html):
    from html import unescape

    many = 0
    for path in chapter_pages(html):
        page = path.read_text(encoding="utf-8")
        tags = re.findall(r'<data class="quantity"[^>]*>', page)
        if not tags:
            continue
        facts = facts_of(page, html)
        for tag in tags:
            given = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
            if "data-key" not in given:  # in a table that a cell returns: the table says what it is of
                assert given.get("data-rows"), f"{path.name}: {tag[:120]} names no row"
                continue
            aside = facts["numbers"].get(given["data-key"], {})
            given |= {name: aside[told] for name, told in ASIDE.items() if told in aside}
            rows = [key for key in given.get("data-rows", "").split("\n") if key]
            keys = given.get("data-sources", "").split()
            assert set(rows) <= set(facts["rows"]) and set(keys) <= set(facts["sources"]), path
            assert given.get("data-code"), f"{path.name}: {tag[:120]} names no code"
            # A number without rows is a count of the code, or supposed, and then says so.
            supposed = "data-range" in given and not rows
            assert not supposed or given.get("data-caveat"), f"{path.name}: {tag[:120]} names no row"
            many += 1
    assert many >= 200


def test_the_page_of_headlines_lists_them_in_reading_order(html):
    page = (html / "data" / "headlines.html").read_text(encoding="utf-8")
    first, second = page.index("index/finding/models"), page.index("gap-diagnosis/opening/beijing")
    assert first < second and "none found" in page
    assert not re.search(r"\d not yet", page), "a headline was never read again"
