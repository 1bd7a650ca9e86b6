"""The chapters and the built book keep what is promised to a reader."""

from __future__ import annotations

import html as escaping
import re
from pathlib import Path

import pytest
import yaml

CHAPTERS = (
    "gap-diagnosis", "head-city-advantages", "capital-concentration", "strategy-pillars",
    "catch-up-scenarios",
)
GLUED = re.compile(r"\{glue\}`([^`]+)`")
FIGURE = re.compile(r"```\{glue:figure\} (\S+)\n:name: (\S+)\n\n\*\*")


def source(root: Path, chapter: str) -> str:
    return (root / "chapters" / f"{chapter}.md").read_text(encoding="utf-8")


def cells(text: str) -> list[str]:
    """Code of every cell, without its options."""
    found = re.findall(r"```\{code-cell\} ipython3\n(.*?)```", text, flags=re.S)
    return [re.sub(r"^:tags:.*\n", "", cell).strip() for cell in found]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_has_question_answer_figures_numbers_and_citations(root, chapter):
    text = source(root, chapter)
    head = text[: text.index("\n## ")]
    assert re.search(r"^\*\*.+\?\*\*$", head, flags=re.M), "no question"
    assert "**Answer.**" in head and len(GLUED.findall(head)) >= 4
    assert len(FIGURE.findall(text)) >= 3
    assert len(set(GLUED.findall(text))) >= 10
    assert "{cite}" in text


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_section_says_what_may_be_said_and_what_not(root, chapter):
    for section in re.split(r"^## ", source(root, chapter), flags=re.M)[1:]:
        assert "**May be said:**" in section and "**May not be said:**" in section, section[:40]


@pytest.mark.parametrize("chapter", [*CHAPTERS, "index", "methods", "data"])
def test_cells_are_short(root, chapter):
    lengths = [len(cell.splitlines()) for cell in cells(source(root, chapter))]
    assert max(lengths) <= 15, "a cell of more than 15 lines belongs in citygap"


def test_the_front_page_gives_ten_findings_with_numbers(root):
    lines = re.findall(r"^\d+\. (.+)$", source(root, "index"), flags=re.M)
    assert len(lines) == 10
    assert all(GLUED.search(line) for line in lines)


def page(html: Path, chapter: str) -> str:
    return (html / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")


@pytest.mark.book
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_figure_is_numbered_captioned_and_described(html, chapter):
    text = page(html, chapter)
    figures = re.findall(
        r'<figure class="align-default" id="(fig-[^"]+)">(.*?)</figure>\s*'
        r'<div class="figure-card"[^>]*>(.*?)</table>', text, re.S,
    )  # fmt: skip
    assert len(figures) == text.count('<figure class="align-default"') >= 3
    for name, body, card in figures:
        alt = re.search(r'<svg class="figure" role="img" aria-label="([^"]+)"', body) or re.search(
            r'<img class="figure [^>]*\balt="([^"]+)"', body
        )
        assert alt and len(escaping.unescape(alt[1])) > 60, f"{name}: no alternative text"
        assert re.search(r'class="caption-number">Fig. \d', body), f"{name}: no number"
        assert '<details class="figure-values">' in card and card.count("<tr>") > 1


@pytest.mark.book
@pytest.mark.parametrize("chapter", [*CHAPTERS, "index"])
def test_numbers_on_the_page_carry_their_bounds_and_sources(html, chapter):
    found = re.findall(r'<data class="quantity"[^>]*>', page(html, chapter))
    bounded = [tag for tag in found if "data-low=" in tag]
    assert len(bounded) >= 10
    for tag in bounded:
        assert "data-sources=" in tag and "title=" in tag


@pytest.mark.book
@pytest.mark.parametrize("chapter", [*CHAPTERS, "index", "methods", "data"])
def test_no_id_stands_twice_on_a_page(html, chapter):
    ids = re.findall(r'\sid="([^"]+)"', page(html, chapter))
    assert sorted({i for i in ids if ids.count(i) > 1}) == []


@pytest.mark.book
def test_the_numbers_of_the_front_page_are_those_of_the_chapters(html):
    def printed(chapter, text):
        found = re.search(text + r'.*?<data class="quantity"[^>]*>([^<]+)</data>', page(html, chapter), re.S)
        return found and found[1]

    words = r"head cities(?:</\w+>)*(?: \(.*?\))? stand at"  # a link to the glossary may end between
    front, chapter = printed("index", words), printed("gap-diagnosis", words)
    assert front and front == chapter


def test_the_contents_list_the_promised_pages(root):
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    pages = [toc["root"], *(entry["file"] for entry in toc["chapters"])]
    assert [name.removeprefix("chapters/") for name in pages] == [
        "index", *CHAPTERS, "claim-ledger", "methods", "glossary", "data", "how-to-add-a-figure",
    ]


def test_nothing_reads_outside_the_repository(root):
    for path in [*root.glob("citygap/**/*.py"), *root.glob("press/**/*.py"), *root.glob("chapters/*.md")]:
        text = path.read_text(encoding="utf-8")
        assert "../shared" not in text, path
