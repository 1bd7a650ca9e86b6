"""Citing in a browser: copying, the dialog for claims and numbers, by keyboard and without scripts."""

from __future__ import annotations

import datetime
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from press.citing import citation_box, styles
from tests.press.postprocess.test_accessibility import violations
from tests.page_files import citations_in, filled

pytestmark = pytest.mark.book
LEDGER, GAP = "chapters/claim-ledger.html", "chapters/gap-diagnosis.html"


def said(html, page: str) -> dict:
    """What the script of a page says."""
    name = page.removesuffix(".html").replace("/", "-")
    return citations_in((html / citation_box.FOLDER / f"{name}.js").read_text(encoding="utf-8"))


def rows(dialog) -> dict[str, str]:
    """The words in the rows of an open dialog, without its buttons."""
    return dialog.evaluate(
        "d => Object.fromEntries([...d.querySelectorAll('dl > div')].map(row => {"
        " const copy = row.querySelector('dd').cloneNode(true);"
        " copy.querySelectorAll('button').forEach(b => b.remove());"
        " return [row.querySelector('dt').textContent, copy.textContent.trim()]; }))"
    )


def pasted(page) -> str:
    """What the clipboard holds, by pasting it."""
    page.evaluate(
        "() => { const t = document.createElement('textarea'); t.id = 'pasted';"
        " (document.querySelector('dialog[open]') || document.body).append(t); t.focus(); }"
    )
    page.keyboard.press("Control+V")
    found = page.evaluate("document.getElementById('pasted').value")
    page.evaluate("document.getElementById('pasted').remove()")
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_a_number_is_cited_by_keyboard(open_page, html, width):
    page = open_page(GAP, width)
    number = page.locator("data.quantity[id]").nth(4)
    key = number.get_attribute("data-key")
    number.focus()
    page.keyboard.press("Enter")
    cite = page.locator(".quantity-cite")
    cite.wait_for()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "quantity-cite":
            break
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.cite-dialog")
    dialog.wait_for()
    found = rows(dialog)
    told = said(html, GAP)
    wanted = filled(told["number"], key, told["numbers"][key])
    assert list(found) == list(citation_box.NAMES.values())
    today = datetime.date.today().isoformat()
    for style, (name, _) in styles.STYLES.items():
        assert found[name] == styles.plain(wanted[style].replace(styles.READ, today))
    assert number.text_content().strip() in found["APA 7"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert dialog.evaluate("d => d.scrollWidth <= d.clientWidth")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(number).to_be_focused()
    assert page.errors == [] and page.outside == []


def test_a_file_of_a_number_is_downloaded_as_other_programs_read_it(open_page, html):
    page = open_page(GAP)
    number = page.locator("data.quantity[id]").nth(2)
    key = number.get_attribute("data-key")
    number.click()
    page.locator(".quantity-cite").click()
    told = said(html, GAP)
    wanted = filled(told["number"], key, told["numbers"][key])
    for form, (name, end) in citation_box.FILES.items():
        row = page.locator(".cite-dialog dl > div", has=page.locator(f"dt:text-is('{name}')"))
        with page.expect_download() as waiting:
            row.locator("a").click()
        file = waiting.value
        assert file.suggested_filename.endswith(f"-gap-diagnosis-n-{key.replace('/', '_')}{end}")
        assert file.path().read_text(encoding="utf-8") == wanted[form]


def test_a_claim_is_cited_and_copied(open_page, html):
    page = open_page(LEDGER)
    assert page.locator(".cite-open").count() == page.locator("article.claim").count() > 80
    page.locator("#C07 .cite-open").click()
    dialog = page.locator("dialog.cite-dialog")
    wanted = said(html, LEDGER)["parts"]["C07"]["forms"]
    today = datetime.date.today().isoformat()
    for name, form in (("APA 7", "apa"), ("BibTeX", "bibtex"), ("CSL-JSON", "csl")):
        dialog.get_by_role("button", name=f"Copy the citation in {name}", exact=True).click()
        expect(dialog.get_by_role("status")).to_have_text("Copied")
        assert pasted(page) == styles.plain(wanted[form].replace(styles.READ, today))
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("#C07 .cite-open")).to_be_focused()
    assert page.errors == []


def test_a_chapter_and_a_figure_are_copied_from_their_folds(open_page, html):
    page = open_page(GAP)
    told = said(html, GAP)["parts"]
    for fold, part in ((page.locator("details.cite"), "gap-diagnosis"),
                       (page.locator("details.figure-cite").first, None)):  # fmt: skip
        fold.locator("summary").click()
        part = part or fold.locator(".cite-forms").get_attribute("data-part")
        for name, form in (("Chicago", "chicago"), ("RIS", "ris")):
            button = fold.get_by_role("button", name=f"Copy the citation in {name}")
            button.click()
            expect(button).to_have_text("Copied")
            assert pasted(page) == styles.plain(told[part]["forms"][form])
    assert page.errors == []


def test_italics_are_copied_too(open_page):
    page = open_page(GAP)
    page.locator("details.cite summary").click()
    button = page.locator("details.cite").get_by_role("button", name="Copy the citation in APA 7")
    button.click()
    expect(button).to_have_text("Copied")
    page.evaluate(
        "() => { const d = document.createElement('div'); d.contentEditable = true; d.id = 'rich';"
        " document.body.append(d); d.focus(); }"
    )
    page.keyboard.press("Control+V")
    assert re.search(r"<i\b[^>]*>A Bridge on Its Own Bedrock", page.inner_html("#rich"))


def test_without_scripts_folds_show_the_words_and_lead_to_files(open_page, html):
    page = open_page(GAP, 390, java_script_enabled=False)
    for fold in (page.locator("details.cite"), page.locator("details.figure-cite").first):
        fold.locator("summary").click()
        assert fold.locator("dl > div").count() == 7 and fold.locator("button").count() == 0
        expect(fold.get_by_text("In A Bridge on Its Own Bedrock").first).to_be_visible()
        for link in fold.locator("a").all():
            assert (html / "chapters" / link.get_attribute("href")).is_file()


def test_citations_are_fetched_when_they_are_asked_for(open_page):
    page = open_page(LEDGER)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert not [url for url in asked if f"{citation_box.FOLDER}/" in url]
    page.locator("#C01 .cite-open").click()
    page.locator("dialog.cite-dialog").wait_for()
    assert len([url for url in asked if f"{citation_box.FOLDER}/" in url]) == 1


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.slow), 390])
def test_axe_finds_nothing_in_the_dialog_and_the_folds(open_page, axe, width):
    page = open_page("chapters/index.html", width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.locator("data.quantity").first.click()
    page.locator(".quantity-cite").click()
    page.locator("dialog.cite-dialog").wait_for()
    assert violations(page, axe) == []


def test_on_paper_there_is_nothing_to_be_used(open_page):
    page = open_page(LEDGER)
    page.emulate_media(media="print")
    assert not page.locator("details.cite").is_visible()
    assert page.locator(".cite-open").first.is_hidden()


def test_the_link_at_the_top_of_a_report_opens_its_citations_with_an_address(chromium, html):
    """Of a book whose settings name no address, the one at which it is read, without query and anchor."""
    page = chromium.new_page()
    page.route("https://book.test/**", lambda route: route.fulfill(path=html / urlsplit(route.request.url).path[1:]))
    page.goto("https://book.test/data/places/chengdu.html?x=1")
    page.click("p.cite-link a")
    expect(page.locator("details#cite[open] dd").first).to_contain_text(re.compile(r"https://\S+/data/places/chengdu\.html(?![?#])"))
    page.close()
