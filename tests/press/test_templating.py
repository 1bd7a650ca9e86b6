"""Templates: nothing from data becomes markup, and a name that has no value is an error."""

from __future__ import annotations

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError, meta
from markupsafe import Markup

import citypages  # noqa: F401  which has templates of its own
from press import templating
from press.templating import ENVIRONMENT, LOADER, code, counted, render

EVIL = '"\'><img src=x onerror=alert(1)>'
NAMES = sorted(ENVIRONMENT.list_templates())


@pytest.mark.parametrize("source", ["{{ x }}", "{{ x|marked }}", "{{ x|code }}", '<a href="{{ x }}">a</a>'])
def test_what_is_printed_is_escaped(source):
    said = ENVIRONMENT.from_string(source).render(x=EVIL)
    assert "<img" not in said and "&lt;img" in said and said.count('"') in (0, 2)


def test_a_link_leaves_the_book_for_the_web_alone():
    source = '{% from "macros.html" import outside %}{{ outside(address, "words") }}'
    template = ENVIRONMENT.from_string(source)
    assert template.render(address="javascript:alert(1)") == "words"
    assert template.render(address="https://a.org/?a&b") == (
        '<a href="https://a.org/?a&amp;b" class="reference external" rel="noreferrer">words</a>'
    )


def test_a_name_without_a_value_is_an_error():
    with pytest.raises(UndefinedError, match="'title' is undefined|'language' is undefined"):
        render("frame.html")


def test_what_is_rendered_is_html_and_may_stand_in_other_templates():
    said = render("frame.html", language="en", title="A & B", icon="data:,")
    assert isinstance(said, Markup) and "<title>A &amp; B</title>" in said


@pytest.mark.parametrize("name", NAMES)
def test_every_template_can_be_compiled_and_names_others_that_are_there(name):
    source, _, _ = LOADER.get_source(ENVIRONMENT, name)
    try:
        tree = ENVIRONMENT.parse(source)
    except TemplateSyntaxError as fault:
        pytest.fail(f"{name}:{fault.lineno}: {fault.message}")
    assert {other for other in meta.find_referenced_templates(tree)} <= set(NAMES)
    assert "|safe" not in source, "what is HTML is marked as such where it is made"


def test_keys_may_break_and_numbers_have_their_nouns():
    assert code("a_b<") == "<code>a_<wbr>b&lt;</code>"
    assert [counted(n, "row") for n in (0, 1, 1200)] == ["0 rows", "1 row", "1,200 rows"]
    assert counted(2, "entry", "entries") == "2 entries"
    assert templating.is_web("https://a") and not templating.is_web("//a")
