"""Figures to ask: each main figure has one, which says what its table of values says, and no more."""

from __future__ import annotations

import csv
import json
import math
import re
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import expect
from tests.chapter_pages import chapter_pages
from tests.press.postprocess.test_accessibility import violations

from tests.page_files import unfolded

pytestmark = pytest.mark.book

#: Figures that are counted otherwise than in marks, cells or stages, and those whose cells are words.
NOT_ASKED, WORDS = {"fig-coverage"}, {"fig-parity", "fig-elsewhere"}
PAGE, FIGURE = "chapters/gap-diagnosis.html", "fig-yardsticks"


def cards(folder: Path):
    """Name, card and values as a file of each figure on the pages of the chapters in ``folder``."""
    for path in chapter_pages(folder):
        text = unfolded(path.read_text(encoding="utf-8"), folder)
        for card in re.findall(r'<div class="figure-card".*?<p class="figure-paper">', text, re.S):
            found = re.search(r'href="(?:\.\./)*(_static/figures/[^"]*/([^"/]+))\.csv"', card)
            yield found[2], lxml.html.fromstring(card), folder / f"{found[1]}.csv"


@pytest.mark.parametrize("language", ["", "zh"])
def test_every_figure_can_be_asked_for_what_its_values_say_to_the_last_digit(html, language):
    asked = {}
    for name, card, file in cards(html / language):
        block = card.find_class("explore-given")
        if not block:
            assert name in NOT_ASKED, f"{name} has no Explore"
            continue
        given = json.loads(block[0].text_content())
        drawn = given["spec"]["data"]["values"]
        table = [[cell.text_content() for cell in row] for row in card.find_class("figure-table")[0].iter("tr")][1:]
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines))[1:]
        assert [each["n"] for each in drawn] == list(range(len(table))) and len(rows) == len(table)
        for each, cells, row in zip(drawn, table, rows):
            if given["by"] == "stage":
                assert [each["row"], each["name"], each["value"]] == cells[:3] == row[:3]
                continue
            if name in WORDS:
                assert [each["who"], each["name"], each["row"], each["value"]] == row[:4] and cells[:3] == row[1:4]
                continue
            assert [each["row"], each["name"], each["value"]] == cells[:3] == [row[0], row[2], row[3]]
            for side, said in zip(("low", "high", "chance_low", "chance_high"), row[4:8]):
                assert each.get(side, math.nan) == float(said) if said else side not in each, (name, each)
            shown = [f"{each[side]:.4g}" if side in each else None for side in ("low", "high")]
            assert all(one in (None, cell) for one, cell in zip(shown, cells[3:5]))
        asked[name] = len(drawn)
    assert WORDS <= set(asked) and len(asked) >= 30 and sum(asked.values()) > 400


@pytest.fixture
def opened(open_page):
    """Called with a page, shows the figure to ask on it."""

    def of(page: str = PAGE, name: str = FIGURE, **options):
        page = open_page(page, **options)
        fold = page.locator(f"#{name} ~ .figure-card .figure-explore").first
        fold.locator("summary").click()
        fold.locator(".explore[data-on=drawn]").wait_for()
        return page, fold

    return of


def marks(fold):
    return fold.locator(".explore-picture [tabindex]")


def told(fold) -> dict[str, str]:
    """What the page says of the mark that was pointed at."""
    return dict(fold.locator(".explore-told > div").evaluate_all(
        "lines => lines.map(line => [line.firstChild.textContent, line.lastChild.textContent])"
    ))  # fmt: skip


def test_nothing_of_it_is_fetched_until_it_is_asked_for_and_then_from_the_book_alone(open_page):
    seen: list[str] = []
    page = open_page(PAGE, bypass_csp=False)
    page.on("request", lambda request: seen.append(request.url))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    assert page.locator("script[src*='explore/']").count() == 0
    fold = page.locator(".figure-explore").first
    fold.locator("summary").click()
    fold.locator(".explore[data-on=drawn]").wait_for()
    names = {url.rpartition("/")[2].partition("?")[0] for url in seen}
    assert {name for name in names if not name.endswith(".svg")} == {"chapters-gap-diagnosis.sources.js", "vega.js", "explore.js", "explore.css"}
    assert said == [] and page.errors == [] and page.outside == []


def test_the_arrow_keys_lead_from_mark_to_mark_and_each_says_its_row(opened):
    page, fold = opened()
    table = page.locator(f"#{FIGURE} ~ .figure-card .figure-values").first
    heads, *rows = table.locator("tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    first = marks(fold).and_(fold.locator('[tabindex="0"]'))
    expect(first).to_have_count(1)
    first.focus()
    for row in rows[:4]:
        found = told(fold)
        assert [found[head] for head in heads[:5]] == row[:5] and found[heads[-1]]
        page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    assert told(fold)[heads[1]] == rows[-1][1]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").endswith(f": {rows[-1][2]}")


def test_places_focus_and_table_follow_the_form(opened):
    page, fold = opened()
    every = marks(fold).count()
    fold.get_by_role("checkbox", name="Beijing").uncheck()
    expect(marks(fold)).not_to_have_count(every)
    left = marks(fold).count()
    assert 0 < left < every
    fold.get_by_label("In focus").select_option("chengdu")
    second = fold.locator('.explore-picture [tabindex][stroke*="--figure-second"]')
    expect(second).to_have_count(fold.locator('.explore-picture [tabindex][aria-label^="Chengdu"]').count())
    assert second.count() >= 4
    fold.get_by_role("radio", name="Table").check()
    assert fold.locator(".explore-table tbody tr").count() == left
    assert fold.locator(".explore-led").count() == second.count()
    assert "Beijing" not in fold.locator(".explore-table").inner_text()
    assert fold.locator(".explore-picture").is_hidden() and page.errors == []


@pytest.mark.parametrize("language", ["", "zh/"])
def test_a_figure_of_multiples_leads_to_those_of_each_other_city(opened, html, language):
    page, fold = opened(f"{language}{PAGE}")
    places = fold.locator("[name=chosen]").evaluate_all("boxes => boxes.map(box => box.value)")
    links = fold.locator(".explore-others a").evaluate_all("links => links.map(link => link.href)")
    assert [link.rpartition("/")[2] for link in links] == [f"{place}.html#multiples" for place in places]
    for place in places:
        assert 'id="multiples"' in (html / language / f"data/places/{place}.html").read_text(encoding="utf-8")
    assert page.locator(".figure-explore").count() > 1
    fold.locator(".explore-others a").first.click()
    page.locator("#multiples svg").wait_for()


def test_cells_of_words_can_be_asked(opened):
    page, fold = opened("chapters/catch-up-scenarios.html", "fig-parity")
    assert fold.get_by_label("In focus").input_value() == "chengdu"
    marks(fold).and_(fold.locator('[tabindex="0"]')).focus()
    first = told(fold)
    page.keyboard.press("ArrowRight")
    assert told(fold)["Name"] == first["Name"] and told(fold)["Scenario"] != first["Scenario"]
    assert first["Answer"] and first["Caveat"] and len(first["Sources"]) > 40, "the sources in full"
    before = marks(fold).count()
    fold.get_by_role("checkbox", name="Suzhou").uncheck()
    expect(marks(fold)).to_have_count(before - 4)


@pytest.mark.slow
@pytest.mark.parametrize(("page", "width"), [
    (PAGE, 390), (f"zh/{PAGE}", 1280),
])  # fmt: skip
def test_axe_finds_nothing_in_an_open_one_and_it_fits(opened, axe, page, width):
    page, fold = opened(page, width=width)
    marks(fold).first.focus()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = fold.locator("svg").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["width"] > min(width, 600) - 80
    assert violations(page, axe) == []


def test_without_scripts_there_is_none(open_page):
    page = open_page(PAGE, java_script_enabled=False)
    folds_ = page.locator(".figure-explore")
    assert folds_.count() >= 4 and not any(fold.is_visible() for fold in folds_.all())


@pytest.mark.slow  # every figure in both languages
@pytest.mark.parametrize("language", ["", "zh"])
def test_every_figure_is_drawn_with_a_mark_for_each_value(open_page, html, language):
    for path in chapter_pages(html / language):
        page = open_page(path.relative_to(html).as_posix(), width=390)
        for fold in page.locator(".figure-explore").all():
            fold.locator("summary").click()
            fold.locator(".explore[data-on=drawn]").wait_for()
            given = json.loads(fold.locator(".explore-given").text_content())
            drawn = marks(fold).evaluate_all("nodes => new Set(nodes.map(node => node.__data__.datum.n)).size")
            assert drawn == len(given["spec"]["data"]["values"]), path.name
        assert page.errors == []
        page.context.close()
