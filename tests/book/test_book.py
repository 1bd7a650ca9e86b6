"""The chapters and the built book keep what is promised to a reader."""

from __future__ import annotations

import html as escaping
import re
import statistics
from pathlib import Path

import pytest
import yaml

from tests.page_files import unfolded

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
    assert "**Answer.**" in head and len(GLUED.findall(head)) >= 4 or in_short(head)
    assert len(FIGURE.findall(text)) >= 3
    assert len(set(GLUED.findall(text))) >= 10
    assert "{cite}" in text


def in_short(head: str) -> bool:
    """Whether an opening has four or five takeaways of at most 105 words, and says how sure they are."""
    points = re.findall(r"^- (.+)$", head, flags=re.M)
    words = re.sub(r"\{\w+\}`([^`<]*)(?:<[^`]*>)?`", r"\1", " ".join(points)).split()
    return "**In short**" in head and "*How sure:*" in head and len(points) in (4, 5) and len(words) <= 105


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_section_says_what_may_be_said_and_what_not(root, chapter):
    text = source(root, chapter)
    if "**In short**" in text:
        assert "\n## So what\n" in text and "\n## Limits\n" in text
        return
    for section in re.split(r"^## ", text, flags=re.M)[1:]:
        assert "**May be said:**" in section and "**May not be said:**" in section, section[:40]


def test_cells_are_short(root):
    """What an analyst reads first: few lines, none wide, and no more hidden than the head."""
    lengths = []
    for chapter in (*CHAPTERS, "index", "claim-ledger", "questions", "methods", "data"):
        text = source(root, chapter)
        found = cells(text)
        lengths += [len([line for line in cell.splitlines() if line.strip()]) for cell in found]
        assert all(len(line) <= 88 for cell in found for line in cell.splitlines()), chapter
        assert text.count(":tags: [remove-cell]") <= 1 and "sys.path" not in text, chapter
    assert statistics.median(lengths) <= 4
    assert sorted(lengths)[int(0.9 * (len(lengths) - 1))] <= 12


def test_the_front_page_gives_five_findings_with_a_number_and_a_badge(root):
    lines = re.findall(r"^\d+\. (.+)$", source(root, "index"), flags=re.M)
    assert len(lines) == 5
    for line in lines:
        said, _, badge = line.partition(" (*")
        assert GLUED.search(said) and badge.startswith("{glue}`sure/")
        words = re.sub(r"\{\w+\}`([^`<]*)(?:<[^`]*>)?`", r"\1", said).split()
        assert len(words) <= 26, line


def page(html: Path, chapter: str) -> str:
    return (html / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")


@pytest.mark.book
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_figure_is_numbered_captioned_and_described(html, chapter):
    text = unfolded(page(html, chapter), html)
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
    assert len(bounded) >= (6 if chapter == "index" else 10)
    for tag in bounded:
        assert "data-sources=" in tag and "title=" in tag


@pytest.mark.book
@pytest.mark.parametrize("chapter", [*CHAPTERS, "index", "methods", "data"])
def test_no_id_stands_twice_on_a_page(html, chapter):
    ids = re.findall(r'\sid="([^"]+)"', page(html, chapter))
    assert sorted({i for i in ids if ids.count(i) > 1}) == []


@pytest.mark.book
def test_the_numbers_of_the_front_page_are_those_of_the_chapters(html):
    def printed(chapter, key):
        found = re.search(rf'<data class="quantity" data-key="{key}"[^>]*>([^<]+)</data>', page(html, chapter))
        return found and found[1]

    assert printed("index", "core") == printed("gap-diagnosis", "core") is not None
    assert printed("index", "finding/models") == printed("gap-diagnosis", "opening/models-share")


def test_the_contents_list_the_promised_pages(root):
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    pages = [toc["root"], *(entry["file"] for entry in toc["chapters"])]
    assert [name.removeprefix("chapters/") for name in pages] == [
        "index", *CHAPTERS, "claim-ledger", "questions", "brief", "what-changed", "methods", "glossary", "data",
        "run-it-and-change-it",
    ]


def test_nothing_reads_outside_the_repository(root):
    for path in [*root.glob("citygap/**/*.py"), *root.glob("press/**/*.py"), *root.glob("citypages/**/*.py"), *root.glob("chapters/*.md")]:
        text = path.read_text(encoding="utf-8")
        assert "../shared" not in text, path
