"""Every figure has its card: what was drawn, where it comes from, how to cite it."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from playwright.sync_api import expect

from citygap import charts
from citygap.charts import Mark
from citygap.data.tables import book
from citygap.notebook import expressions
from press.citing.source_line import in_words
from press.extensions import figure_cards
from press.extensions.figure_directive import number_front_page

CHAPTERS = re.compile(r"```\{glue:figure\} (\S+)\n:name: (\S+)")
GROUP = '<div class="figure-card" role="group"'


def chart(**changes):
    from dataclasses import replace

    mark = Mark("core scale", "chongqing", book.observe("chongqing", "ai_core_scale", "2024"))
    drawn = charts.forest("fig-t", "A test.", [mark], xlabel="1e8 CNY", log=False)
    return replace(drawn, code="show(...)", **changes)


def card(drawn=None, caption="What it shows. And more.", number=(2, 1), html=None) -> figure_cards.Card:
    """The card of a figure on a page of its own."""
    content = drawn._repr_html_() if drawn else html
    figure = nodes.figure("", nodes.container("", nodes.raw("", content, format="html")),
                          ids=["fig-t"])  # fmt: skip
    if caption:
        figure += nodes.caption("", "", nodes.Text(caption))
    numbers = {"chapters/x": {"figure": {"fig-t": number}}} if number else {}
    return figure_cards.Card.of(figure, "fig-t", "chapters/x", small_app(numbers))


def small_app(numbers: dict) -> SimpleNamespace:
    """As much of Sphinx as a card asks for."""
    return SimpleNamespace(
        env=SimpleNamespace(toc_fignumbers=numbers, titles={}),
        config=SimpleNamespace(root_doc="chapters/index"),
        srcdir=Path(__file__).resolve().parents[3],
    )


def test_the_card_says_what_the_figure_rests_on():
    told = card(chart()).metadata()
    assert told["number"] == "2.1" and told["title"] == "What it shows."
    assert told["citation"].startswith("The authors. (2026). Figure 2.1: What it shows. In A Bridge")
    assert [i["key"] for i in told["indicators"]] == ["ai_core_scale"]
    assert told["indicators"][0]["scope"] == "core" and told["indicators"][0]["leaves_out"]
    assert [s["key"] for s in told["sources"]] == ["yuqian-consulting-2025"]
    assert told["sources"][0]["url"] == ""  # read in a copy that the book names and does not link
    assert told["rows"][0]["reread"]["outcome"] == "right"
    assert told["code"] == {"file": "chapters/x.md", "cell": "show(...)"}
    assert list(told["columns"]) == [*charts.COLUMNS, "licence"] and told["licence"]


def test_the_values_for_download_are_the_marks():
    rows = list(csv.DictReader(io.StringIO(card(chart()).given["csv"])))
    assert len(rows) == 1
    assert (rows[0]["low"], rows[0]["high"], rows[0]["value"]) == ("170.5", "171.5", "171")
    assert rows[0]["rows"] == "chongqing/ai_core_scale/2024/yuqian-consulting-2025"
    assert rows[0]["licence"] == "CC-BY-4.0"


def test_an_open_side_is_an_empty_cell():
    from citygap.comparison.comparable_counts import at_least

    nine = at_least("chengdu", "ai_industry_scale", "2024-01/2024-09")
    drawn = charts.forest("fig-o", "L.", [Mark("r", "chengdu", nine)], xlabel="x", log=False)
    row = next(csv.DictReader(io.StringIO(drawn.csv())))
    assert row["high"] == "" and float(row["low"]) == nine.low


def test_the_block_is_taken_out_of_the_page():
    figure = nodes.figure("", nodes.raw("", chart()._repr_html_(), format="html"), ids=["fig-t"])
    figure += nodes.caption("", "", nodes.Text("C."))
    app = small_app({"chapters/x": {"figure": {"fig-t": (1,)}}})
    figure_cards.Card.of(figure, "fig-t", "chapters/x", app)
    left = figure.astext()
    assert "figure-payload" not in left and "figure-values" not in left and "<svg" in left


def test_the_picture_for_a_phone_stands_behind_the_other():
    figure = nodes.figure("", nodes.raw("", chart()._repr_html_(), format="html"), ids=["fig-t"])
    figure += nodes.caption("", "", nodes.Text("C."))
    told = figure_cards.Card.of(
        figure, "fig-t", "chapters/x", small_app({"chapters/x": {"figure": {"fig-t": (1,)}}})
    )
    shown = figure.astext()
    wide, narrow = (shown.index(start) for start in ('<svg class="figure"', '<svg class="figure narrow"'))
    assert wide < narrow and '<div class="figure-frame two-widths">' in shown
    assert "narrow" not in told.svg, "the picture for download is the wide one"


def test_one_line_names_sources_as_a_person_does_the_licence_and_the_downloads():
    html = card(chart()).html()
    line = re.sub(r"<[^>]+>", "", html[html.index('<p class="figure-line">') :].partition("</p>")[0])
    assert re.match(r"Source: Yuqian Consulting 2025\. Chart: this book, CC BY 4\.0\.\s+Download\s+CSV", line), line
    assert "yuqian-consulting-2025" not in line and 'href="https://creativecommons.org/licenses/by/4.0/"' in html
    assert html.index("figure-line") < html.index("<details")


def test_a_line_of_sources_names_each_body_and_year_once_and_few():
    assert in_words(["Bureau 2024", "Bureau 2024"]) == "Source: Bureau 2024"
    many = [f"Bureau {year}" for year in range(2019, 2025)]
    assert in_words(many) == "Sources: Bureau 2019; Bureau 2020; Bureau 2021; and 3 more"
    assert in_words(many[:4]).endswith("; Bureau 2022"), "one more is named as soon as counted"
    assert in_words([], ["claims", "places"]) == "Source: this book's table of claims and table of places"


def test_figures_of_the_front_page_are_numbered_from_0_1():
    numbers = {"front": {"figure": {"fig-a": (1,), "fig-b": (2,)}}, "one": {"figure": {"fig-c": (1, 1)}}}
    app = SimpleNamespace(config=SimpleNamespace(root_doc="front"))
    for _ in range(2):  # Sphinx may number, or leave what it had
        assert number_front_page(app, SimpleNamespace(toc_fignumbers=numbers)) == []
        assert numbers["front"]["figure"] == {"fig-a": (0, 1), "fig-b": (0, 2)}
    assert numbers["one"]["figure"] == {"fig-c": (1, 1)}
    plain = {"front": {"figure": {"fig-a": (1,)}}}
    number_front_page(app, SimpleNamespace(toc_fignumbers=plain))
    assert plain["front"]["figure"] == {"fig-a": (1,)}, "a book without numbered chapters"


@pytest.mark.parametrize(
    ("missing", "given"),
    [
        ("a caption", {"drawn": chart, "caption": ""}),
        ("a number", {"drawn": chart, "number": None}),
        ("a source", {"drawn": lambda: chart(sources=())}),
        ("an alternative text", {"drawn": lambda: chart(alt="")}),
        ("the code that drew it", {"drawn": lambda: chart().__class__(**{
            **chart().__dict__, "code": ""})}),
        ("values", {"drawn": lambda: chart(data=chart().data.iloc[:0])}),
        ("a picture", {"drawn": lambda: chart(png=b"")}),
        ("it has no values", {"drawn": None, "html": "<svg></svg>"}),
        ("'nobody1999' is no source", {"drawn": lambda: chart(sources=("nobody1999",))}),
        ("is no key of a row", {"drawn": lambda: chart(rows=("chongqing",))}),
    ],
)  # fmt: skip
def test_an_incomplete_card_is_refused_and_says_what_is_missing(missing, given):
    drawn = given["drawn"]() if given["drawn"] else None
    rest = {key: value for key, value in given.items() if key != "drawn"}
    with pytest.raises(figure_cards.Incomplete, match=re.escape(missing)):
        card(drawn, **rest)


def test_nothing_from_data_reaches_the_card_unescaped():
    bad = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>'
    html = card(chart(caveats=(bad,)), caption=bad + ".").html()
    assert "<img" not in html and "<script>" not in html and "&lt;img" in html
    assert "</script>" not in chart(caveats=(bad,)).payload()


def test_columns_that_are_not_described_are_refused():
    import pandas as pd

    from citygap.charts import style

    figure, _ = style.canvas(1.0)
    with pytest.raises(ValueError, match="fig-u: say what these columns hold.*'b'"):
        charts.make(figure, "fig-u", "A.", pd.DataFrame({"a": [1], "b": [2]}), {"a": "one"})


def test_the_code_of_a_bound_name_is_the_expression_of_the_cell():
    cell = "table = counts(2)\nbind(a=core / 2,\n     table=table)\ncheck(c=1 < 3)"
    assert expressions(cell) == {"a": "core / 2", "table": "counts(2)"}
    assert expressions(cell, "check") == {"c": "1 < 3"}
    assert expressions("bind(**tally, a=1)") == {"**": "tally", "a": "1"}
    assert expressions("%matplotlib inline") == {}


# ------------------------------------------------------------------------------- the built book


def drawn_figures(root: Path) -> list[tuple[str, str]]:
    """Chapter and name of every figure of the book."""
    return [
        (path.stem, name)
        for path in sorted((root / "chapters").glob("*.md"))
        if path.stem != "run-it-and-change-it"  # whose figure is an example
        for _, name in CHAPTERS.findall(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.book
def test_every_figure_of_the_book_has_its_card_and_its_files(root, html):
    found = drawn_figures(root)
    assert len(found) >= 20
    for chapter, name in found:
        page = (html / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")
        after = page[page.index(f'id="{name}"') :]
        assert GROUP in after[: after.index("</figure>") + 400], f"{chapter}: {name} has no card"
        files = html / "_static" / "figures" / chapter
        told = json.loads((files / f"{name}.json").read_text(encoding="utf-8"))
        assert told["edition"] and told["caption"] and told["alternative_text"]
        assert told["sources"] or told["tables"]
        rows = list(csv.reader(io.StringIO((files / f"{name}.csv").read_text(encoding="utf-8"))))
        assert rows[0] == list(told["columns"]) and len(rows) > 1
        ElementTree.parse(files / f"{name}.svg")
        head = (files / f"{name}.png").read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">I", head[16:20])[0] > 1000


@pytest.mark.book
def test_the_table_and_the_alternative_text_hold_the_values_of_the_file(root, html):
    for chapter, name in drawn_figures(root):
        files = html / "_static" / "figures" / chapter
        told = json.loads((files / f"{name}.json").read_text(encoding="utf-8"))
        if "value" not in told["columns"]:
            continue
        for row in csv.DictReader(io.StringIO((files / f"{name}.csv").read_text("utf-8"))):
            assert row["value"] in told["alternative_text"], f"{chapter}: {name}: {row['row']}"


@pytest.mark.book
@pytest.mark.parametrize("width", [1280, 390])
def test_a_card_opens_by_keyboard_and_its_downloads_are_there(open_page, html, width):
    page = open_page("chapters/gap-diagnosis.html", width)
    group = page.locator(".figure-card").first
    for name in ("Values", "Sources", "Cite"):
        summary = group.locator("summary", has_text=name)
        summary.focus()
        page.keyboard.press("Enter")
        assert summary.evaluate("s => s.parentElement.open")
    assert group.locator("table").is_visible() and group.locator(".cite-forms").is_visible()
    for link in group.locator(".figure-downloads a, .cite-forms a").all():
        address = link.evaluate("a => a.href")
        assert Path(address.removeprefix("file://")).is_file(), address
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.errors == [] and page.outside == []


@pytest.mark.book
def test_without_scripts_a_card_still_opens(open_page):
    page = open_page("chapters/gap-diagnosis.html", java_script_enabled=False)
    summary = page.locator(".figure-card summary", has_text="Cite").first
    summary.click()
    expect(page.locator(".figure-card .cite-forms").first).to_be_visible()


def test_a_card_has_the_figure_to_ask_and_nothing_in_it_ends_the_block():
    told = str(card(chart()).html())
    block = re.search(r'<script type="application/json" class="explore-given">(.*?)</script>', told, re.S)[1]
    assert json.loads(block)["spec"]["data"]["values"][0]["name"] == "Chongqing" and "<" not in block
    drawn = chart(view={"by": "row", "focus": None, "choices": [{"key": "</script>", "name": "<b>", "ink": ""}] * 2, "spec": {}})
    told = str(card(drawn).html())
    assert "<b>" not in told and told.count("</script>") == 1 and "&lt;b&gt;" in told
    assert "figure-explore" not in str(card(chart(view=None)).html())
