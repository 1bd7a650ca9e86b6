"""A page is light: what a reader's first look at it makes the browser fetch."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
from tests.chapter_pages import chapter_pages

pytestmark = pytest.mark.book

LIMIT = 350_000  # bytes compressed, of everything that the first view of a chapter fetches
#: Bytes compressed, less those that a server says first: a new connection brings 10 packets of 1,460
#: bytes in its first turn and 20 more in its second, so a chapter of 30 packets takes two, and a sheet
#: of 20 then one.  A turn is 0.15 s on Lighthouse's slow 4G; so the text stands after 0.9 s.
SHEET, TEXT = 20 * 1460 - 400, 30 * 1460 - 400
PACKED = (".png", ".jpg", ".woff2")  # compressed already
CHAPTERS = (
    "index", "gap-diagnosis", "head-city-advantages", "capital-concentration", "strategy-pillars",
    "catch-up-scenarios", "claim-ledger", "methods", "data",
)  # fmt: skip


def file_of(address: str) -> Path:
    return Path(unquote(urlparse(address).path))


def transferred(path: Path) -> int:
    content = path.read_bytes()
    return len(content) if path.suffix in PACKED else len(gzip.compress(content, 6))


@pytest.fixture
def fetched(chromium, html):
    """The files that the first view of a page fetches."""
    contexts = []

    def of(address: str, width: int = 390, height: int = 800, scheme: str = "light") -> set[Path]:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        seen: set[str] = set()
        page.on("request", lambda request: seen.add(request.url))
        page.goto(f"{html.as_uri()}/{address}")  # until all that stands on it is there; asked for idleness
        page.wait_for_load_state("networkidle")  # alone, a busy machine is idle before the style sheet is
        return {file_of(address) for address in seen if not address.startswith("data:")}

    yield of
    for context in contexts:
        context.close()


@pytest.mark.parametrize("chapter", [
    name if name in ("index", "gap-diagnosis", "data") else pytest.param(name, marks=pytest.mark.slow)
    for name in CHAPTERS
])  # fmt: skip
@pytest.mark.parametrize("width, height", [(390, 800), (1280, 900)])
def test_the_first_view_of_a_chapter_is_light(fetched, chapter, width, height):
    files = fetched(f"chapters/{chapter}.html", width, height)
    sizes = {path.name: transferred(path) for path in files}
    assert f"{chapter}.html" in sizes and "all.css" in sizes
    assert sum(sizes.values()) <= LIMIT, sorted(sizes.items(), key=lambda size: -size[1])


def test_the_text_of_a_chapter_comes_in_few_turns(html):
    sizes = {path.stem: transferred(path) for path in chapter_pages(html)}
    del sizes["claim-ledger"]  # the reviews for machines and the evidence of each: one turn more
    assert len(sizes) >= 10 and {n: size for n, size in sizes.items() if size > TEXT} == {}
    assert transferred(html / "_static" / "all.css") <= SHEET


def test_the_search_index_is_fetched_by_the_page_of_results_alone(fetched):
    for address, asked in (("chapters/index.html", False), ("search.html?q=Chengdu", True)):
        names = {path.name for path in fetched(address)}
        assert any(name.startswith("search") and name.endswith(".js") for name in names) == asked


@pytest.mark.parametrize("scheme, other", [("light", "dark"), ("dark", "light")])
def test_only_pictures_of_the_shown_theme_near_the_first_screen_are_fetched(
    fetched, html, scheme, other
):
    page = (html / "chapters" / "gap-diagnosis.html").read_text(encoding="utf-8")
    drawn = re.findall(r'<img class="figure figure-light', page)
    pictures = [path for path in fetched("chapters/gap-diagnosis.html", scheme=scheme)
                if path.suffix == ".svg" and "figures" in path.parts]  # fmt: skip
    assert len(drawn) > len(pictures) > 0
    assert not [path for path in pictures if f".{other}.svg" in path.name]


def test_figures_keep_their_place_and_every_picture_is_there(html):
    many = 0
    for path in chapter_pages(html):
        for tag in re.findall(r'<img class="figure [^>]*>', path.read_text(encoding="utf-8")):
            given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
            assert given["loading"] == "lazy" and len(given["alt"]) > 40
            svg = (path.parent / given["src"]).read_text(encoding="utf-8")
            box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
            drawn = float(box[1]) / float(box[2])
            assert int(given["width"]) / int(given["height"]) == pytest.approx(drawn, rel=0.01)
            many += 1
    assert many > 60


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_have_the_colours_of_the_page(open_page, html, scheme):
    page = open_page("chapters/gap-diagnosis.html", color_scheme=scheme)
    names = ("--pst-color-text-base", "--figure-muted", "--figure-grid", "--figure-paper")
    given = page.evaluate(
        "names => names.map(n => getComputedStyle(document.documentElement).getPropertyValue(n))",
        list(names),
    )
    shown = page.locator("img.figure:visible").first.get_attribute("src")
    assert f".{scheme}.svg" in shown
    svg = (html / "chapters" / shown).read_text(encoding="utf-8")
    for value in given:
        assert value.strip() and f":{value.strip()}" in svg, (value, svg[:400])


def test_sources_of_a_figure_are_there_when_they_are_unfolded(open_page):
    page = open_page("chapters/gap-diagnosis.html")
    fold = page.locator("details.figure-sources").nth(1)
    assert "listed in" in fold.text_content()
    fold.locator("summary").click()
    fold.locator(".reread-count, li").first.wait_for()
    assert "listed in" not in fold.text_content()
    assert fold.locator("a").count() > 0 and not page.errors and not page.outside
    cell = page.locator("details.hide.above-input:has([data-part])").first
    cell.locator("summary").click()
    assert cell.locator("tbody tr").count() > 1 and "listed in" not in cell.text_content()


def test_without_scripts_folds_lead_to_the_description_and_figures_are_shown(open_page, html):
    page = open_page("chapters/gap-diagnosis.html", java_script_enabled=False)
    for fold in ("details.figure-sources", "details.figure-values"):
        link = page.locator(f"{fold} a").first.get_attribute("href")
        assert '"sources"' in (html / "chapters" / link).read_text(encoding="utf-8")
    link = page.locator("details.hide.above-input [data-part] a").first.get_attribute("href")
    assert (html / "chapters" / link).suffix == ".ipynb" and (html / "chapters" / link).is_file()
    first = page.locator("figure img.figure").first
    assert first.is_visible() and first.get_attribute("src").endswith(".light.svg")
