"""The explorer: the page says what Python says, to the last digit, by keyboard and without scripts."""

from __future__ import annotations

import itertools
import json
import re
from shutil import copyfile

import pytest

from citygap.catch_up import scenarios
from citygap.cities import explorer
from citygap.comparison import growth_rates
from citygap.data.tables import NoObservation, book
from citygap.quantity.quantity import read
from tools.vega import FILE

RATES = (-30.0, 0.0, 0.1, 4.86, 21.0, 21.001, 57.4, 250.0)
#: Sets a case in the form as a reader would, and reads what the page says.
DRIVE = """
(cases) => {
  const root = document.querySelector('.explorer'), form = root.querySelector('form');
  const fields = form.elements;
  function pick(name, value) {
    if (fields[name].value === value) return;
    fields[name].value = value;
    fields[name].dispatchEvent(new Event('change', {bubbles: true}));
  }
  return cases.map(([yardstick, follower, leader, ours, theirs]) => {
    pick('yardstick', yardstick);
    pick('follower', follower);
    pick('leader', leader);
    [['follower', ours], ['leader', theirs]].forEach(([side, rate]) => {
      if (typeof rate === 'string') { pick(side + '-from', rate); return; }
      fields[side + '-rate'].value = rate;
      fields[side + '-rate'].dispatchEvent(new Event('input', {bubbles: true}));
    });
    const d = root.dataset;
    return [d.multiple, d.parity, d.needed, d.left];
  });
}
"""


@pytest.fixture(scope="module")
def page(chromium, root, tmp_path_factory):
    """The explorer on a page of its own, opened from a file under a strict security policy."""
    folder = tmp_path_factory.mktemp("explorer")
    for name in ("explorer.js", "explorer.css"):
        text = (root / "citypages" / "static" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "explore").mkdir()
    copyfile(FILE, folder / "explore" / FILE.name)
    (folder / "page.html").write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta '
        "http-equiv=\"Content-Security-Policy\" content=\"script-src 'self' file:\">"
        '<link rel="stylesheet" href="explorer.css"></head><body>'
        f'{explorer.Explorer()._repr_html_()}<script src="explorer.js"></script></body></html>',
        encoding="utf-8",
    )
    opened = chromium.new_page()
    opened.errors = []
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.goto((folder / "page.html").as_uri())
    yield opened
    assert opened.errors == []
    opened.close()


def said(case) -> list[str]:
    """What Python says of a case, in the order in which the page tells it."""
    yardstick, follower, leader, *rates = case
    rates = [
        list(explorer.presets(yardstick, place))[int(rate)][1] if isinstance(rate, str) else rate
        for place, rate in zip((follower, leader), rates)
    ]
    found = explorer.result(follower, leader, yardstick, *rates)
    return [found.multiple, found.parity, "|".join(found.needed), "|".join(found.left)]


def compare(page, cases) -> None:
    differ = [
        (case, ours, theirs)
        for case, theirs in zip(cases, page.evaluate(DRIVE, cases))
        if (ours := said(case)) != theirs
    ]
    assert not differ, f"{len(differ)} of {len(cases)}, first: {differ[:3]}"


@pytest.mark.slow  # a thousand cases; those of every published growth are tried always
def test_the_page_says_what_python_says_on_every_yardstick_and_rate(page):
    cases = [
        [key, follower, leader, ours, theirs]
        for key in explorer.STARTS
        for follower, leader in [("chongqing", "chengdu"), ("shenzhen", "chongqing"),
                                 ("chongqing", "beijing"), ("tianjin", "shanghai")]
        if {follower, leader} <= set(explorer.offered(key))
        for ours, theirs in itertools.product(RATES, RATES)
    ]  # fmt: skip
    assert len(cases) > 1000
    compare(page, cases)


@pytest.mark.slow
def test_the_page_says_what_python_says_for_every_pair_of_cities(page):
    cases = [
        [key, follower, leader, 33.3, 12.5]
        for key in explorer.STARTS
        for follower, leader in itertools.permutations(explorer.offered(key), 2)
    ]
    assert len(cases) > 700
    compare(page, cases)


def test_the_page_says_what_python_says_for_every_published_growth(page):
    cases = []
    for key in explorer.STARTS:
        count = {place: len(list(explorer.presets(key, place))) for place in explorer.offered(key)}
        cases += [
            [key, follower, leader, str(i), str(j)]
            for follower, leader in itertools.permutations(count, 2)
            for i in range(count[follower])
            for j in range(count[leader])
        ]
    assert len(cases) > 100
    compare(page, cases)


def test_odd_rates_get_one_answer_too(page):
    cases = [
        ["scale", "chongqing", "chengdu", 30.0, 29.99999],  # a very late parity
        ["scale", "chongqing", "chengdu", 30.0, 29.999999999],
        ["gdp", "chongqing", "beijing", -99.9, -99.99],
        ["gdp", "xian", "shanghai", 1e-9, 0.0],
        ["firms", "chongqing", "hefei", 10.0, 10.0],  # level from the start
        ["deals", "changsha", "beijing", 1e6, -99.0],
        ["scale", "chongqing", "shanghai", 1 / 3, 0.1 + 0.2],
    ]
    compare(page, cases)


def test_a_rate_that_is_none_is_refused_in_words(page):
    page.fill("#explorer-leader-growth", "")
    assert "above -100" in page.inner_text(".explorer-said")
    assert page.get_attribute("#explorer-leader-growth", "aria-invalid") == "true"
    page.fill("#explorer-leader-growth", "-100")
    assert "above -100" in page.inner_text(".explorer-said")
    page.fill("#explorer-leader-growth", "5")
    page.locator(".explorer-picture").scroll_into_view_if_needed()
    page.locator(".explorer-picture svg").wait_for()
    assert page.locator(".explorer-picture svg").count() == 1


def test_a_link_keeps_the_case(chromium, page):
    compare(page, [["gdp", "xian", "shanghai", 12.5, 3.25]])
    before, link = page.inner_text(".explorer-facts"), page.locator(".explorer-link")
    again = chromium.new_page()
    again.goto(link.evaluate("link => link.href"))
    assert again.inner_text(".explorer-facts") == before and "yardstick=gdp" in again.url
    again.close()


# ---------------------------------------------------------------------------------- what is offered


def test_one_case_worked_by_hand():
    # 3 times as far, 30% against 20%: ln 3 / ln(1.3 / 1.2) = 13.73 years after 2018
    found = explorer.result("chongqing", "chengdu", "firms", 30, 20)
    assert (found.multiple, found.parity) == ("3", "2031 to 2032")
    assert found.needed[0] == "31.5%"  # 1.2 * 3 ** (1 / 12) = 1.3150
    assert found.left[0] == "1.15"  # 3 * (1.2 / 1.3) ** 12 = 1.1481


def test_provinces_and_cities_without_an_entry_are_not_offered():
    assert "chengdu" not in explorer.offered("filings")
    assert set(explorer.offered("filings")) == {"chongqing", "beijing", "shanghai", "tianjin"}
    with pytest.raises(NoObservation):
        explorer.level("filings", "chengdu")


def test_growth_is_offered_where_it_was_published():
    words = [words for words, _ in explorer.presets("scale", "chongqing")]
    assert words == ["its plan", "seen 2025, stated"]
    chengdu = dict(explorer.presets("scale", "chengdu"))
    assert chengdu["its plan"] == growth_rates.planned("chengdu") and len(chengdu) == 3
    assert list(explorer.presets("firms", "chengdu")) == []


def test_numbers_on_the_page_cannot_end_the_script(monkeypatch):
    monkeypatch.setitem(explorer.NOTES, "gdp", "</script><b>")
    text = explorer.Explorer()._repr_html_()
    block = re.search(r'class="explorer-data">(.*?)</script>', text, re.S)[1]
    assert json.loads(block)["yardsticks"][-1]["note"] == "</script><b>"


def test_the_static_table_gives_the_cases_of_the_chapter():
    frame = explorer.main_cases().frame
    assert list(frame["City"]) == [book.name(place) for place in scenarios.RIVALS]
    by_name = {case.row: case.text for case in scenarios.cases()}
    first = next(iter(scenarios.SCENARIOS))
    assert frame.iloc[1, 2] == by_name[f"Chengdu: {first}".replace("\n", " ")]


def test_a_quantity_and_a_number_give_the_same_answer():
    rate = read("30", "exact", "%", countable=True)
    assert explorer.result("chongqing", "chengdu", "gdp", rate, 5) == explorer.result(
        "chongqing", "chengdu", "gdp", 30, 5)


# ------------------------------------------------------------------------------------- in the book

PAGE = "chapters/catch-up-scenarios.html"


@pytest.mark.book
def test_without_scripts_the_page_shows_the_main_cases_and_no_dead_control(open_page):
    opened = open_page(PAGE, java_script_enabled=False)
    assert opened.locator(".explorer-cases tbody tr").count() == len(scenarios.RIVALS)
    assert opened.locator(".explorer-cases table").is_visible()
    assert opened.locator(".explorer-form").is_hidden()
    assert opened.locator(".explorer-answer").is_hidden()


@pytest.mark.book
def test_the_explorer_works_by_keyboard_alone_and_asks_nobody(open_page):
    opened = open_page(PAGE)
    opened.locator("#explorer-yardstick").focus()
    before = opened.inner_text(".explorer-said")
    order = []
    for _ in range(9):
        order.append(opened.evaluate("document.activeElement.id"))
        opened.keyboard.press("Tab")
    assert order == [
        "explorer-yardstick",
        *(f"explorer-{side}{part}" for side in ("follower", "leader")
          for part in ("", "-from", "-growth", "-growth-slide")),
    ]  # fmt: skip
    opened.locator("#explorer-follower-growth-slide").focus()
    for _ in range(100):
        opened.keyboard.press("ArrowRight")
    after = opened.inner_text(".explorer-said")
    assert before != after and "draws level" in after
    assert opened.input_value("#explorer-follower-from") == "own"
    assert opened.errors == [] and opened.outside == []


@pytest.mark.book
@pytest.mark.parametrize("width", [320, 390])
def test_the_explorer_fits_a_phone(open_page, width):
    opened = open_page(PAGE, width=width)
    box = opened.locator(".explorer").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    for target in ("#explorer-follower", "#explorer-leader-growth"):
        assert opened.locator(target).bounding_box()["height"] >= 40


@pytest.mark.book
def test_only_the_page_with_the_explorer_loads_its_script(html):
    holding = [
        path.relative_to(html).as_posix()
        for path in html.glob("**/*.html")
        if "explorer.js" in path.read_text(encoding="utf-8")
    ]
    assert [name for name in holding if not name.startswith("zh/")] == [PAGE]
    assert {*holding} <= {PAGE, f"zh/{PAGE}"}


@pytest.mark.book
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_and_words_stand_out_in_both_themes(open_page, theme):
    opened = open_page(PAGE)
    opened.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    opened.locator(".explorer-picture").scroll_into_view_if_needed()
    opened.locator(".explorer-picture svg text").first.wait_for()
    ink, paper = opened.evaluate(
        """() => [getComputedStyle(document.querySelector('.explorer-picture svg text')).fill,
                  getComputedStyle(document.body).backgroundColor]"""
    )
    assert ink != paper
