"""The pages of a further language: which there are, what they say, where their links lead."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from markupsafe import Markup

from press.languages import printed, results, twins, typography
from press.languages.alternates import led_home
from press.languages.printed import Language, say

ROOT = Path(__file__).resolve().parents[3]
SLOT = re.compile(r"\{\w+\}")


@pytest.fixture
def chinese(monkeypatch):
    """Chinese is printed."""
    monkeypatch.setattr(printed, "_now", Language("zh", "zh-Hans", "中文", "zh_CN"))


def said() -> dict[str, set[str]]:
    """Every text that the press says, as it stands in the code, with the files that say it."""
    from babel.messages.extract import extract_from_file

    found: dict[str, set[str]] = {}
    kinds = {".py": "python", ".js": "javascript", ".html": "jinja2.ext:babel_extract"}
    for folder in ("press", "citypages"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix not in kinds or path.suffix == ".js" and path.parent.name != "static":
                continue  # among scripts, those of the site, which have words of their own
            options = {"newstyle_gettext": "true"} if path.suffix == ".html" else {}
            for _, words, *_ in extract_from_file(kinds[path.suffix], str(path), {"say": None, "_": None}, options=options):
                words = words[0] if isinstance(words, tuple) else words
                if words:
                    found.setdefault(words, set()).add(path.suffix)
    return found


def test_the_catalogue_has_all_that_the_press_says_with_the_same_slots():
    known = {message.id: message for message in printed.messages("zh")}
    found = said()
    assert len(found) > 50
    assert set(found) <= set(known), set(found) - set(known)
    for words, message in known.items():
        assert set(SLOT.findall(words)) == set(SLOT.findall(message.string)), words
    for words, kinds in found.items():
        if ".js" in kinds:
            assert any(file.endswith(".js") for file, _ in known[words].locations), f"{words}: for scripts"


def test_a_text_is_said_in_the_language_that_is_printed(chinese, monkeypatch):
    assert say("Figure {number}", number="1.2") == "图1.2"
    assert say("what no catalogue has") == "what no catalogue has"
    link = say("They are listed in {link}.", link=Markup("<a>x</a>"))
    assert isinstance(link, Markup) and link == "见<a>x</a>。"
    assert "&lt;b&gt;" in say(". {publisher}, {date} ", publisher=Markup("A"), date="<b>"), "escaped beside HTML"
    monkeypatch.setattr(printed, "_now", printed.FIRST)
    assert say("Figure {number}", number="1.2") == "Figure 1.2"


def book(root: Path, *pages: str) -> Path:
    """A book of two chapters, with twins of some of its pages."""
    (root / "chapters" / "zh").mkdir(parents=True)
    (root / "_toc.yml").write_text("format: jb-book\nroot: chapters/index\nchapters:\n"
                                   "- file: chapters/one\n- file: chapters/two\n")  # fmt: skip
    for name in ("index", "one", "two"):
        (root / "chapters" / f"{name}.md").write_text(f"# {name}\n")
    for name in pages:
        (root / "chapters" / "zh" / f"{name}.md").write_text(f"# {name}\n")
    return root


def test_the_contents_are_those_of_the_first_language_without_pages_that_have_no_twin(tmp_path):
    root = book(tmp_path, "index", "two")
    assert twins.pages("zh", root) == ["chapters/index", "chapters/two"]
    assert twins.contents("zh", root)["chapters"] == [{"file": "chapters/two"}]


def test_without_a_first_page_a_language_has_no_pages(tmp_path):
    assert twins.pages("zh", book(tmp_path, "two")) == []


def test_a_link_to_what_the_first_language_alone_has_leads_there_and_says_so(tmp_path, chinese):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "one.html").touch()
    page = ('<a href="one.html">1</a><a class="x" href="two.html#y">2</a><a href="../data/index.html">3</a>'
            '<a href="https://example.org/a.html">4</a><a href="../../data/api.html">5</a>')  # fmt: skip
    assert led_home(page, tmp_path / "chapters" / "here.html", tmp_path) == (
        '<a href="one.html">1</a><a class="x" href="../../chapters/two.html#y" hreflang="en">2</a>'
        '<a href="../../data/index.html" hreflang="en">3</a><a href="https://example.org/a.html">4</a>'
        '<a href="../../data/api.html" hreflang="en">5</a>'
    )


@pytest.mark.parametrize(("source", "joined"), [
    (("一行\n又一行",), "一行又一行"),
    (("一行", "\n", "又一行"), "一行又一行"),
    (("GDP\nand R&D",), "GDP and R&D"),
    (("共 3\n家",), "共 3家"),
])  # fmt: skip
def test_a_line_break_is_a_blank_between_latin_words_alone(source, joined):
    document = new_document("page")
    document += nodes.paragraph("", "", *map(nodes.Text, source))
    typography.join_lines(None, document)
    assert document.astext() == joined


def test_what_the_theme_says_by_the_way_is_said_in_chinese(chinese):
    page = '<nav aria-label="Page"><a title="Link to this heading" data-title="Page"></a></nav>'
    assert typography.in_language(page) == page.replace('"Page"><a', '"本页"><a').replace("Link to this heading", "本节链接")


def test_a_cell_is_called_by_what_it_binds_or_by_its_last_expression():
    assert results.names_of("rows = f()\ncheck(a=b)\nbind(counts=rows, **more())") == ["counts"]
    assert results.names_of('ranks.table( ["x"] )') == ["ranks.table(['x'])"]
    assert results.names_of("show(picture())") == [] and results.names_of("%magic") == []
    assert results.normal('ranks.table( ["x"] )') == "ranks.table(['x'])"


def test_headings_are_called_as_on_the_page_of_the_first_language():
    source = "# The gap\n\n```{code-cell}\n# no heading\n```\n\n## A {term}`core <x>`?\n\n## Limits\n\n## Limits\n"
    assert results.Printed("", source, "zh").headings() == ["the-gap", "a-core", "limits", ""]


def test_a_result_in_the_language_stands_before_the_one_in_the_first():
    made = results.Printed("", "", "zh")
    both = {"text/plain": "x", "text/html": "<b>x</b>", "application/x-zh-html": "<b>甲</b>"}
    assert made._in_language(both)["text/html"] == "<b>甲</b>"
    assert made._in_language({"text/html": "<b>x</b>"})["text/html"] == "<b>x</b>"


def test_an_address_leads_to_the_first_language_unless_the_page_is_there(chinese, monkeypatch):
    monkeypatch.setattr(twins, "_there", lambda code: frozenset({"chapters/one"}))
    assert twins.at_home("chapters/one.html#a") == "chapters/one.html#a"
    assert twins.at_home("data/sources.html#k") == "data/sources.html#k", "which each language has"
    assert twins.at_home("data/places/chengdu.html#gaps") == "data/places/chengdu.html#gaps"
    assert twins.at_home("data/api.html") == "../data/api.html"
    assert twins.at_home("chapters/two.html") == "../chapters/two.html"
    monkeypatch.setattr(printed, "_now", printed.FIRST)
    assert twins.at_home("data/places/xian.html") == "data/places/xian.html"


def test_settings_of_a_language_keep_those_of_the_first(tmp_path):
    given = {"record": {"title": "书", "author": "编写组"}, "theme": {"search_bar_text": "查找"}}
    first = {"press_languages": {"zh": given}, "html_theme_options": {"a": 1}, "extensions": ["press"], "nitpicky": True}
    made = twins.settings(first, Language("zh", "zh-Hans", "中文", "zh_CN"), tmp_path)
    assert made["language"] == "zh_CN" and made["html_title"] == "书" and made["nitpicky"]
    assert made["html_theme_options"] == {"a": 1, "search_bar_text": "查找"}
    assert first["html_theme_options"] == {"a": 1} and first["extensions"] == ["press"]
    assert Path(made["external_toc_path"]).is_file()
    assert SimpleNamespace(**made).press_language == "zh"
