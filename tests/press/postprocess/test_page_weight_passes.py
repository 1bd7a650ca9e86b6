"""What pages are relieved of, and what they keep."""

from __future__ import annotations

import re

import pytest

from press.postprocess import images as pictures
from press.postprocess import pipeline, scripts, stylesheets
from press.postprocess.deferred import folds
from tests.page_files import facts_of, unfolded

SVG = (
    '<svg class="figure" role="img" aria-label="A &quot;line&quot;" viewBox="0 0 10 5" width="10" '
    'height="5" xmlns="http://www.w3.org/2000/svg"><!-- x --><path d="M 1.23456 2.00001 \nL 3 4"/>'
    '<g transform="translate(1.23456 7.6) scale(0.015625)" style="fill: var(--figure-muted, #111111)"/></svg>'
)
FIGURE = f'<figure class="align-default" id="fig-{{}}"><div>{SVG}</div></figure>'
CARD = (
    '<a href="../_static/figures/one/fig-a.json">JSON</a>'
    '<details class="figure-sources"><summary>Sources</summary><p>{}</p></details>'
)
SHEET = """\
@charset "utf-8";
/*! Licence */
/* a note */
@font-face { font-family: "Font Awesome 6 Free"; src: url(../fonts/fa.woff2) }
:root { --figure-text: #000; --figure-muted: #111; --figure-grid: #222; --figure-paper: #fff; --figure-chongqing: #c41; --figure-second: #06a; --figure-head: #567; --figure-other: #789; --idle: 1; --pst-color-text-base: var(--figure-text) }
html[data-theme="dark"] { --figure-muted: #eee; --figure-text: #ddd }
.here, .gone { color: red; background: url(pic.png) }
.gone > a, p.gone:hover { color: blue }
p:not(.gone) { margin: 0 }
.set-by-script { color: green }
.fa-sun::before { content: "x" }
@media print { .gone { color: red } .here { color: black } }
@media screen { .here { animation: turn 1s } }
@keyframes turn { from { top: 0 } to { top: 1px } }
@keyframes idle { from { top: 0 } to { top: 1px } }
"""
HEAD = """\
<head><link rel="preload" as="script" href="../_static/scripts/bootstrap.js" />
<link href="../_static/styles/theme.css?digest=1" rel="stylesheet" />
<link rel="stylesheet" type="text/css" href="../_static/icons.css?v=2" />
<script src="../_static/documentation_options.js?v=1"></script>
<script src="../_static/doctools.js"></script>
<script src="../_static/copybutton.js"></script>
<script src="../searchindex.js"></script>
<script defer src="../_static/scripts/fontawesome.js"></script>
<script defer="defer" src="../_static/light.js"></script>
<script>document.documentElement.dataset.theme = localStorage.getItem("theme") || "";</script>
</head>
"""
FACTS = (
    '<data class="quantity" data-key="one" data-code="a(&quot;b&quot;)" value="1/2" data-low="1"'
    ' data-rows="x\ny" title="1  to 2" data-made-by="gap.share" id="n-one">1 to 2</data>'
    '<data class="quantity" data-key="one" data-code="c()">3</data>'
    '<data class="quantity" data-code="d()">4</data>'
    '<script type="application/json" id="quantity-facts">{"sources":{"a":"Ä\\u003c"}}</script>'
)


@pytest.fixture
def book(tmp_path):
    """A small built book with one page."""
    files = {
        "_static/styles/theme.css": SHEET,
        "_static/icons.css": ".fa-sun { --wide: 1; width: var(--wide) }",
        "_static/documentation_options.js": "const DOCUMENTATION_OPTIONS = {\n  A: 1,\n};",
        "_static/doctools.js": 'x.classList.add("set-by-script")',
        "_static/light.js": "",
        "_static/vendor/fontawesome/a.woff2": "",
        "_static/scripts/fontawesome.js": '".gone"',
        "chapters/one.html": HEAD
        + '<body class="here"><i class="fa-sun"></i>'
        + FIGURE.format("open") + "<h2>A</h2>" + FIGURE.format("a") + CARD.format("B & C") + FACTS,
    }  # fmt: skip
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    pipeline.go_through(tmp_path)
    return tmp_path


@pytest.fixture
def page(book):
    return (book / "chapters/one.html").read_text(encoding="utf-8")


def test_a_page_names_one_sheet_of_what_pages_need_and_one_for_paper(book, page):
    assert re.findall(r'<link[^>]*href="([^"]*)"', page)[0].startswith("../_static/all.css?v=")
    assert page.count("stylesheet") == 2
    css = (book / stylesheets.NAME).read_text(encoding="utf-8")
    assert ".here{" in css and 'url("styles/pic.png")' in css and "/*! Licence*/" in css
    assert "p:not(.gone)" in css and ".set-by-script" in css and "turn 1s" in css
    assert ".fa-sun{" in css and "--figure-muted" in css and "@keyframes turn" in css
    for cut in (".gone >", ".gone:hover", "a note", "fa-sun::before", "Font Awesome", "print",
                "--idle", "keyframes idle", "charset"):
        assert cut not in css
    assert not (book / "_static/styles/theme.css").exists()


def test_rules_for_paper_are_a_sheet_that_holds_up_no_text(book, page):
    assert '<link rel="stylesheet" media="print" href="../_static/paper.css?v=' in page
    paper = (book / stylesheets.PAPER).read_text(encoding="utf-8")
    assert "@media print" in paper and ".here{color: black}" in paper and ".gone" not in paper
    assert "screen" not in paper and ".fa-sun" not in paper


def test_a_page_has_the_scripts_it_needs_and_none_holds_up_its_text(book, page):
    assert "<script>const DOCUMENTATION_OPTIONS = { A: 1, };</script>" in page
    assert '<script defer src="../_static/doctools.js"></script>' in page
    assert '<script defer="defer" src="../_static/light.js"></script>' in page
    for gone in ("copybutton", "searchindex", "fontawesome", "preload"):
        assert gone not in page
    assert scripts.AT_ONCE in page
    assert not (book / "_static/vendor/fontawesome").exists()


def test_a_number_keeps_in_the_page_what_it_says_and_what_the_file_does_not_tell(page):
    assert re.findall("<data [^>]*>", page) == [
        '<data class="quantity" data-key="one" value="1/2" data-low="1" title="1  to 2" id="n-one">',
        '<data class="quantity" data-key="one" data-code="c()">',
        '<data class="quantity" data-code="d()">',
    ]


@pytest.mark.parametrize(
    "script, with_it, without",
    [
        ("togglebutton.js", '<div class="admonition dropdown">', '<a class="sidebar-toggle dropdown">'),
        ("togglebutton.js", '<div class="note toggle">', '<a class="dropdown toggle-x">'),
        ("copybutton.js", '<div class="highlight-python notranslate"><div class="highlight">', "<pre>"),
        ("searchindex.js", '<div id="search-results">', '<dialog id="pst-search-dialog">'),
        ("popover.js", '<data class="quantity">', '<span class="quantity-card">'),
        ("popover.js", '<a class="reference internal" href="#fig-a">', '<a class="reference internal" href="#a">'),
    ],
)
def test_a_script_is_kept_where_its_mark_is(tmp_path, script, with_it, without):
    tag = f'<script src="{script}?v=1"></script>'
    assert script in scripts.only_needed(tag + with_it, tmp_path)
    assert script not in scripts.only_needed(tag + without, tmp_path)


def test_the_opening_s_figure_stays_and_others_become_two_files(book, page):
    assert page.count("<svg") == 1 and page.index("<svg") < page.index("<h2>")
    images = re.findall(r"<img [^>]*>", page)
    assert len(images) == 2
    for image, shade, muted, ink in zip(images, pictures.SHADES, ("#111", "#eee"), ("#000", "#ddd")):
        assert 'alt="A &quot;line&quot;" width="620" height="310" loading="lazy"' in image
        name = f"_static/figures/one/fig-a.{shade}.svg"
        assert f'src="../{name}"' in image
        svg = (book / name).read_text(encoding="utf-8")
        assert f"color:{ink};--figure-muted:{muted};" in svg and "<!--" not in svg
        assert 'd="M 1.23 2  L 3 4"' in svg and "translate(1.23 7.6) scale(0.015625)" in svg


def test_a_phone_is_offered_the_narrow_picture_of_a_figure(tmp_path):
    narrow = SVG.replace('class="figure"', 'class="figure narrow"').replace("0 0 10 5", "0 0 5 10")
    narrow = re.sub(r'width="10" \n?height="5"', 'width="5" height="10"', narrow)
    page = "".join(f.replace("</svg>", f"</svg>{narrow}") for f in (
        FIGURE.format("open") + "<h2>A</h2>", FIGURE.format("a"),
    ))
    styles = dict.fromkeys(pictures.SHADES, "<style></style>")
    told = pictures.aside(page, tmp_path / "chapters" / "one.html", tmp_path, styles)
    assert told.count("<svg") == 2 and told.index('<svg class="figure narrow"') < told.index("<h2>")
    sources = re.findall(r"<picture><source ([^>]*)><img [^>]*></picture>", told)
    assert len(sources) == 2
    for source, shade in zip(sources, pictures.SHADES):
        name = f"_static/figures/one/fig-a.narrow.{shade}.svg"
        assert f'media="screen and (max-width: 480px)" srcset="../{name}" width="5" height="10"' in source
        assert 'viewBox="0 0 5 10"' in (tmp_path / name).read_text(encoding="utf-8")
        assert (tmp_path / name.replace(".narrow", "")).is_file()


def test_facts_and_folds_are_files_and_can_be_read_back(book, page):
    assert "Ä" not in page and "B & C" not in page
    assert facts_of(page, book) == {
        "sources": {"a": "Ä<"},
        "numbers": {"one": {"code": 'a("b")', "rows": "x\ny", "madeBy": "gap.share"}},
    }
    assert CARD.format("B & C") in unfolded(page, book)
    assert 'the <a href="../_static/figures/one/fig-a.json">' not in page
    assert 'listed in <a href="../_static/figures/one/fig-a.json">' in page


def test_a_second_going_through_changes_nothing(book, page):
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    pipeline.go_through(book)
    assert before == {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}


def test_a_colour_that_no_sheet_gives_is_named():
    with pytest.raises(ValueError, match="--figure-grid"):
        pictures.shades(":root{--pst-color-text-base:#000;--figure-muted:#111}")


def test_an_import_is_followed_and_one_with_conditions_refused():
    rule = stylesheets.tinycss2.parse_stylesheet('@import "../basic.css"; @import "a.css" print;')
    rules = [node for node in rule if node.type == "at-rule"]
    assert stylesheets.imported(rules[0]) == "../basic.css"
    with pytest.raises(ValueError, match="conditions"):
        stylesheets.imported(rules[1])


def test_a_figure_to_ask_comes_with_the_folds_and_stays_out_of_sight_without_scripts(tmp_path):
    asked = '<details class="figure-explore" hidden><summary>Explore</summary><div class="explore">{}</div>\n</details>'
    whole = CARD.format("B") + asked.format('<script type="application/json">{"a": "\\u003c"}</script>')
    left = folds.aside(whole, tmp_path / "chapters" / "one.html", tmp_path)
    assert '<details class="figure-explore" data-part="1" hidden><summary>Explore</summary></details>' in left
    assert unfolded(left, tmp_path) == whole
