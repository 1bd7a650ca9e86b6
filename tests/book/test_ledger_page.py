"""The ledger's page in a browser: the filter by keyboard, on a narrow screen, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from citygap.data.tables import book

pytestmark = pytest.mark.book
ALL = len(book.table("claims"))
SHOWN = "document.querySelectorAll('.claim:not([hidden])').length"


def opened(chromium, html, hash_: str = "", **options):
    page = chromium.new_context(bypass_csp=True, **options).new_page()
    page.goto((html / "chapters" / "claim-ledger.html").as_uri() + hash_)
    return page


def test_without_scripts_every_claim_is_shown_and_no_dead_control(chromium, html):
    page = opened(chromium, html, java_script_enabled=False)
    assert page.locator(".claim:visible").count() == ALL
    assert page.locator("#ledger-filter").is_hidden()
    assert page.locator("#C07 .verdict").is_visible()


def test_the_filter_works_by_keyboard_alone(chromium, html):
    page = opened(chromium, html)
    page.locator("#ledger-chapter").focus()
    page.keyboard.type("Cap")
    page.keyboard.press("Tab")
    expect(page.locator("#ledger-verdict")).to_be_focused()
    page.keyboard.type("Unv")
    expect(page.locator("#ledger-verdict")).to_have_value("unverified")
    shown = page.locator(".claim:visible")
    kept = {(c.get_attribute("data-chapter"), c.get_attribute("data-verdict")) for c in shown.all()}
    assert kept == {("capital-concentration", "unverified")}
    assert page.locator("#ledger-count").inner_text() == f"{shown.count()} of {ALL} claims"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function(f"{SHOWN} === {ALL}")
    expect(page.locator("#ledger-count")).to_have_text(f"{ALL} of {ALL} claims")


def test_a_link_to_a_claim_shows_it_whatever_the_filter(chromium, html):
    page = opened(chromium, html, "?verdict=contradicted#C05")
    page.wait_for_function(f"{SHOWN} === {ALL}")
    assert page.locator("#C05").is_visible()
    page.select_option("#ledger-verdict", "supported")
    expect(page.locator("#C05")).to_be_hidden()
    page.evaluate("location.hash = '#C06'")
    page.wait_for_function("!document.getElementById('C06').hidden")


def test_a_filtered_ledger_can_be_linked_to_and_nonsense_is_ignored(chromium, html):
    page = opened(chromium, html, "?chapter=strategy-pillars&verdict=unverified")
    assert 0 < page.locator(".claim:visible").count() < ALL
    page = opened(chromium, html, "?chapter=nowhere")
    assert page.locator(".claim:visible").count() == ALL


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_runs_over_the_edge_of_a_narrow_screen(chromium, html, width):
    page = opened(chromium, html, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('.claim-evidence').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
