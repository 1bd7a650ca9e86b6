"""The explorer: the page says what Python says, to the last digit, by keyboard and without scripts."""

from __future__ import annotations

import itertools
import json
import math
import re
from functools import cache
from shutil import copyfile

import pytest

from citygap import words
from citygap.catch_up import scenarios
from citygap.cities import explorer
from citygap.comparison import growth_rates, target_paths
from citygap.data.tables import NoObservation, book
from citygap.quantity.quantity import read
from citygap.quantity.three_valued import Answer
from press.languages import printed
from tests.press.postprocess.test_accessibility import violations
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
    if (fields[name].value !== value) throw Error(name + ' has no ' + value);
    fields[name].dispatchEvent(new Event('change', {bubbles: true}));
  }
  return cases.map(([yardstick, follower, leader, ours, theirs, scope, words, until]) => {
    pick('yardstick', yardstick);
    pick('follower', follower);
    pick('leader', leader);
    Object.entries({scope, words, until}).forEach(([name, value]) => pick(name, value));
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
BOOK = [next(iter(choices)) for _, choices in explorer.DIALS.values()]
#: The book's choices, and each other choice of one dial beside them.
DIALS = [BOOK] + [
    [*BOOK[:n], key, *BOOK[n + 1:]] for n, (_, choices) in enumerate(explorer.DIALS.values()) for key in list(choices)[1:]
]  # fmt: skip


@pytest.fixture(scope="module", params=[words.ENGLISH, pytest.param(words.CHINESE, marks=pytest.mark.slow)])
def page(chromium, root, tmp_path_factory, request):
    """The explorer on a page of its own, opened from a file under a strict security policy, while
    Python speaks the same language."""
    folder = tmp_path_factory.mktemp("explorer")
    for name in ("explorer.js", "explorer.css"):
        text = (root / "citypages" / "static" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "explore").mkdir()
    copyfile(FILE, folder / "explore" / FILE.name)
    with words.in_language(request.param):
        tag = "en" if request.param == words.ENGLISH else "zh-Hans"
        told = printed.catalogue(request.param) if request.param != words.ENGLISH else {}
        (folder / "words.js").write_text(f"window.bookWords = {json.dumps(dict(told))};", encoding="utf-8")
        (folder / "page.html").write_text(
            f'<!DOCTYPE html><html lang="{tag}"><head><meta charset="utf-8"><meta '
            "http-equiv=\"Content-Security-Policy\" content=\"script-src 'self' file:\">"
            '<link rel="stylesheet" href="explorer.css"></head><body>'
            f'{explorer.Explorer()._repr_html_()}<script src="words.js"></script>'
            '<script src="explorer.js"></script></body></html>',
            encoding="utf-8",
        )
    opened = chromium.new_page()
    opened.errors = []
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.goto((folder / "page.html").as_uri())
    opened.language = request.param
    yield opened
    assert opened.errors == []
    opened.close()


@cache
def growths(yardstick: str, place: str, scope: str = BOOK[0], width: str = BOOK[1]) -> dict:
    """The growths that can be chosen, by their keys."""
    with explorer.under(scope, width):
        return {key: rate for key, _, rate in explorer.presets(yardstick, place)}


def said(case) -> list[str]:
    """What Python says of a case, in the order in which the page tells it."""
    yardstick, follower, leader, *rates = case[:5]
    scope, width, until = case[5:]
    rates = [growths(yardstick, place, scope, width).get(rate, rate) for place, rate in zip((follower, leader), rates)]
    with explorer.under(scope, width):
        last = math.inf if until == explorer.FOR_GOOD else float(until)
        found = explorer.result(follower, leader, yardstick, *rates, last)
    return [found.multiple, found.parity, "|".join(found.needed), "|".join(found.left)]


def compare(page, cases) -> None:
    cases = [case + BOOK[len(case) - 5:] for case in cases]
    differ = []
    with words.in_language(page.language):
        for case, theirs in zip(cases, page.evaluate(DRIVE, cases)):
            if (ours := said(case)) != theirs:
                differ.append((case, ours, theirs))
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
        rates = {place: growths(key, place) for place in explorer.offered(key)}
        cases += [
            [key, follower, leader, ours, theirs]
            for follower, leader in itertools.permutations(rates, 2)
            for ours, theirs in itertools.product(rates[follower], rates[leader])
            if "chongqing" in (follower, leader)
        ]
    assert len(cases) > 500
    compare(page, cases)


@pytest.mark.parametrize("dials", DIALS[1:], ids="-".join)
def test_the_page_says_what_python_says_at_every_dial(page, dials):
    places = [*explorer.offered("scale")]
    compare(page, [
        [key, follower, leader, ours, theirs, *dials]
        for key in (("scale",) if explorer.CORE in dials else ("scale", "high_tech", "firms"))
        for follower, leader in itertools.permutations(places, 2) if "chongqing" in (follower, leader)
        and {follower, leader} <= set(explorer.offered(key))
        for ours, theirs in (("plan", "seen"), ("still", "plan"), ("fastest", "plan"), (21.0, 30.0), (80.0, 20.0))
        if isinstance(ours, float) or ours in growths(key, follower) and theirs in growths(key, leader)
    ])  # fmt: skip


@pytest.mark.slow
def test_the_page_says_what_python_says_on_the_whole_grid_of_dials(page):
    every = [list(choices) for _, choices in explorer.DIALS.values()]
    compare(page, [
        ["scale", "chongqing", leader, ours, theirs, *dials]
        for dials in itertools.product(*every)
        for leader in scenarios.RIVALS
        for ours, theirs in itertools.product([*growths("scale", "chongqing"), 47.5], [*growths("scale", leader), 12.5])
    ])  # fmt: skip


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
    refused = "-100"
    page.fill("#explorer-leader-growth", "")
    assert refused in page.inner_text(".explorer-said")
    assert page.get_attribute("#explorer-leader-growth", "aria-invalid") == "true"
    page.fill("#explorer-leader-growth", "-100")
    assert refused in page.inner_text(".explorer-said")
    page.fill("#explorer-leader-growth", "5")
    page.locator(".explorer-picture").scroll_into_view_if_needed()
    page.locator(".explorer-picture svg").wait_for()
    assert page.locator(".explorer-picture svg").count() == 1


def test_a_link_keeps_the_case(chromium, page):
    compare(page, [["scale", "chengdu", "beijing", 12.5, "seen-2024-25-core", "core", "2", "2035"]])
    before, link = page.inner_text(".explorer-facts"), page.locator(".explorer-link")
    again = chromium.new_page()
    again.goto(link.evaluate("link => link.href"))
    assert again.inner_text(".explorer-facts") == before and "leader-growth=seen-2024-25-core" in again.url
    form = "form => [...form.elements].map(field => [field.name, field.value])"
    assert again.eval_on_selector(".explorer-form", form) == page.eval_on_selector(".explorer-form", form)
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
    kinds = {place: [*growths("scale", place)] for place in explorer.offered("scale")}
    assert kinds["chongqing"] == ["plan", "seen", "fastest", "still"]
    assert kinds["chengdu"] == ["plan", "seen", "seen-2020-stated", "seen-2025-stated", "fastest", "still"]
    assert all({"fastest", "still"} <= set(each) for each in kinds.values()), "the same kinds for both sides"
    assert growths("scale", "chengdu")["plan"] == growth_rates.planned("chengdu")
    assert [*growths("firms", "chengdu")] == ["still"]


def test_the_figure_of_parities_can_be_set_on_the_dials():
    names = {scenarios.PLANS: ("plan", "plan"), scenarios.SEEN: ("plan", "seen"), scenarios.STILL: ("plan", "still"),
             scenarios.FASTEST: ("fastest", "plan")}  # fmt: skip
    assert list(names) == list(scenarios.SCENARIOS)
    for case in scenarios.cases():
        ours, theirs = names[case.scenario]
        if case.parity is None:
            assert theirs not in growths("scale", case.place)
        else:
            assert said(["scale", "chongqing", case.place, ours, theirs, *BOOK])[1] == case.parity.text()


def test_a_pace_that_ends_leaves_a_parity_or_none():
    rates = [growth_rates.planned(place) for place in ("suzhou", "chongqing")]
    found = scenarios.parity("suzhou", *rates)
    assert scenarios.lasting(found, math.inf) == found and math.isfinite(found.latest)
    assert scenarios.lasting(found, found.latest) == found
    assert scenarios.lasting(found, found.earliest).answer is Answer.CANNOT_TELL
    assert scenarios.lasting(found, found.earliest - 1).text() == "never"


def test_the_first_end_of_a_pace_is_that_of_the_plan():
    assert list(explorer.DIALS["until"][1])[1] == target_paths.path_of("chongqing").until
    assert list(explorer.DIALS["until"][1])[2:] == [str(year) for year in scenarios.HORIZONS]


def test_numbers_on_the_page_cannot_end_the_script(monkeypatch):
    monkeypatch.setitem(explorer.NOTES, "gdp", "</script><b>")
    text = explorer.Explorer()._repr_html_()
    block = re.search(r'class="explorer-data">(.*?)</script>', text, re.S)[1]
    assert json.loads(block)["yardsticks"]["gdp"]["note"] == "</script><b>"


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
    for _ in range(13):
        order.append(opened.evaluate("document.activeElement.id"))
        opened.keyboard.press("Tab")
    assert order == [
        "explorer-yardstick",
        *(f"explorer-{side}{part}" for side in ("follower", "leader")
          for part in ("", "-from", "-growth", "-growth-slide")),
        *(f"explorer-{dial}" for dial in explorer.DIALS), "",
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


ENGLISH = re.compile(r"[A-Za-z]+")


@pytest.mark.book
def test_the_explorer_of_the_chinese_page_says_nothing_in_english(open_page):
    opened = open_page(f"zh/{PAGE}")
    opened.locator(".explorer-picture").scroll_into_view_if_needed()
    opened.locator(".explorer-picture svg text").first.wait_for()
    for yardstick in explorer.STARTS:
        opened.select_option("#explorer-yardstick", yardstick)
        for ours, theirs in ((9, 5), (5, 9), (900, 1)):
            opened.fill("#explorer-follower-growth", str(ours))
            opened.fill("#explorer-leader-growth", str(theirs))
            opened.select_option("#explorer-until", {9: "always", 5: "2035", 900: "2027"}[ours])
            told = opened.eval_on_selector(".explorer", """root => [
                ...[...root.querySelectorAll('*')].filter(node => !node.closest('script, .explorer-paper')).flatMap(node =>
                    [...node.childNodes].filter(part => part.nodeType === Node.TEXT_NODE).map(part => part.textContent)),
                ...[...root.querySelectorAll('[aria-label], [title], [placeholder], [aria-roledescription]')]
                    .filter(node => !node.parentNode.closest('[role=img]')).flatMap(node =>  // an image is one
                    ['aria-label', 'title', 'placeholder', 'aria-roledescription'].map(name => node.getAttribute(name) || ''))]""")
            assert len([each for each in told if each.strip()]) > 100
            assert {word for each in told for word in ENGLISH.findall(each)} <= {"AI", "GDP"}
    assert opened.errors == [] and opened.outside == []


@pytest.mark.book
def test_the_way_back_leads_to_the_books_choices(open_page):
    opened = open_page(PAGE)
    before, address = opened.inner_text(".explorer-facts"), opened.locator(".explorer-link").get_attribute("href")
    opened.select_option("#explorer-words", "5")
    opened.select_option("#explorer-leader", "beijing")
    assert opened.inner_text(".explorer-facts") != before
    opened.get_by_role("button", name="Back to the book's choices").click()
    assert opened.inner_text(".explorer-facts") == before
    assert opened.locator(".explorer-link").get_attribute("href") == address
    marked = "form => [...form.querySelectorAll('select')].filter(s => s.selectedOptions[0].text.includes(\"book's choice\")).map(s => s.name)"
    assert opened.eval_on_selector(".explorer-form", marked) == ["follower-from", "leader-from", *explorer.DIALS]


@pytest.mark.book
@pytest.mark.parametrize("page", [PAGE, f"zh/{PAGE}"])
def test_axe_finds_nothing_in_it(open_page, axe, page):
    opened = open_page(page, width=390)
    opened.locator(".explorer-picture").scroll_into_view_if_needed()
    opened.locator(".explorer-picture svg text").first.wait_for()
    assert violations(opened, axe) == []


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
