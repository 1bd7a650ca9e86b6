"""The numbers audit: what it catches, what it lets pass, and that the book passes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.chapter_runner import run

from citygap.notebook import check
from citygap.quantity.quantity import read
from citygap.quantity.three_valued import Answer, every
from press.audit import audit, permits, report

ROOT = Path(__file__).resolve().parents[3]
HEAD = """\
---
jupytext:
  text_representation:
    format_version: 0.13
kernelspec:
  name: python3
---

# Chapter

"""
FIRST = HEAD.count("\n") + 1  # line on which the text of a test begins

ARGUMENT = (
    "gap-diagnosis", "head-city-advantages", "capital-concentration", "strategy-pillars",
)  # fmt: skip

#: Name: the text, the line of it that holds the figure (from 1), and the figure.
PLANTED = {
    # digits
    "a count": ("The list holds 784 firms.", 1, "784"),
    "a separator": ("There are 4,500 firms.", 1, "4,500"),
    "a decimal": ("The index is 0.24.", 1, "0.24"),
    "a percentage": ("It took 82% of the deals.", 1, "82%"),
    "a percentage with a space": ("It took 17.1 % of the deals.", 1, "17.1 %"),
    "a range": ("It took 23-30 of them.", 1, "23-30"),
    "a range with a dash": ("It took 23–30 % of them.", 1, "23–30 %"),
    "a sum in scale words": ("They raised 80 billion yuan.", 1, "80 billion"),
    "a sum in dollars": ("It cost $5.", 1, "$5"),
    "a multiple with x": ("Beijing is 3x as large.", 1, "3x"),
    "a multiple with a sign": ("Beijing is 3× as large.", 1, "3×"),
    "an ordinal in digits": ("Chongqing came 13th.", 1, "13th"),
    "a year as a quantity": ("The list holds 2018 firms.", 1, "2018"),
    "a year with a separator": ("A list of 2,018 cities.", 1, "2,018"),
    "a year that is no year": ("In 2024 models of the list it is absent.", 1, "2024"),
    "a year beyond the calendar": ("The total of 1850 was reached.", 1, "1850"),
    "a superscript": ("An area of 5 km².", 1, "5"),
    "a fraction sign": ("About ½ of the firms.", 1, "½"),
    "digits of another width": ("They raised ８００ yuan.", 1, "８００"),
    "an entity": ("They raised &#56;0 yuan.", 1, "80"),
    "a figure split by emphasis": ("They raised **8**00 yuan.", 1, "800"),
    "digits after a bound number": ("They raised {glue}`core`0 yuan.", 1, "0"),
    "a name with a number that nobody declared": ("It runs on the H100.", 1, "H100"),
    # English
    "a number word": ("It has seven laboratories.", 1, "seven"),
    "one as a count": ("It rests on one source.", 1, "one"),
    "a capital": ("Two thirds are gone.", 1, "Two thirds"),
    "tens and ones": ("It has twenty-one parks.", 1, "twenty-one"),
    "a dozen": ("A dozen firms left.", 1, "dozen"),
    "hundreds": ("Hundreds of firms left.", 1, "Hundreds"),
    "tens of thousands": ("Tens of thousands came.", 1, "Tens of thousands"),
    "millions": ("It has millions of residents.", 1, "millions"),
    "a scale without a number": ("It is a billion apart.", 1, "billion"),
    "a sixth": ("Chongqing stands at a sixth.", 1, "sixth"),
    "half": ("Half of the deals went east.", 1, "Half"),
    "three quarters": ("It took three quarters of the money.", 1, "three quarters"),
    "three quarters over two lines": ("It took three\nquarters of the money.", 1, "three quarters"),
    "a third": ("A third of the talent works there.", 1, "third"),
    "twice": ("Chengdu has twice as many.", 1, "twice"),
    "double": ("Revenue doubled.", 1, "doubled"),
    "tenfold": ("It rose tenfold.", 1, "tenfold"),
    "an order of magnitude": ("The gap is an order of\nmagnitude wide.", 1, "order of magnitude"),
    "a rank": ("Chongqing is first in trade.", 1, "first"),
    "a decade": ("It will take a decade.", 1, "decade"),
    "a trio": ("A trio of cities leads.", 1, "trio"),
    # Chinese
    "hundred millions": ("规模八百亿元。", 1, "八百亿元"),
    "tenths": ("占全国三成。", 1, "三成"),
    "multiples": ("是成都的两倍。", 1, "两倍"),
    "a Chinese fraction": ("只有成都的六分之一。", 1, "六分之一"),
    "a Chinese percentage": ("占百分之五。", 1, "百分之五"),
    "a discount": ("打八折。", 1, "八折"),
    "one half": ("一半的企业。", 1, "一半"),
    "thousands of firms": ("上千家企业。", 1, "上千"),
    "a Chinese rank": ("全国第三。", 1, "第三"),
    "digits with a Chinese unit": ("规模171亿元。", 1, "171"),
    # places
    "the second line of a paragraph": ("Much is known.\nIt took 82%.\nSo it seems.", 2, "82%"),
    "a line after inline code over two lines": ("Run `a\nb` and\nget 82%.", 3, "82%"),
    "a line after a link over two lines": ("See [the\nlist](x.md 'a\ntitle') of 82%.", 3, "82%"),
    "a line after a role over two lines": ("See {cite}`a,\nb` and\nget 82%.", 3, "82%"),
    "a heading": ("Text.\n\n## The 82% question", 3, "82%"),
    "a list item": ("- one another\n- took 82%\n", 2, "82%"),
    "a nested list item": ("1. A list:\n   - item\n   - took 82%\n", 3, "82%"),
    "a table's head": ("| city | 82% |\n|---|---|\n| a | b |\n", 1, "82%"),
    "a table's cell": ("| a | b |\n|---|---|\n| c | d |\n| e | **82%** |\n", 4, "82%"),
    "a quotation": ("> It took\n> 82%.\n", 2, "82%"),
    "a link's text": ("See [the 82%](x.md).", 1, "82%"),
    "a link's title": ("See [this](x.md 'it took 82%').", 1, "82%"),
    "a footnote": ("Text[^a].\n\n[^a]: It took 82%.\n", 3, "82%"),
    "a definition": ("Share\n: It took 82%.\n", 2, "82%"),
    "a caption": ("```{glue:figure} fig-a\n:name: fig-a\n\n**It took 82%.**\n```", 4, "82%"),
    "a caption's third line": ("```{glue:figure} f\n:name: f\n\nA.\nB.\nIn 82%.\n```", 6, "82%"),
    "the caption of a picture": ("```{figure} a9.png\n:width: 80%\n\nIt took 82%.\n```", 4, "82%"),
    "an alternative text": ("```{image} a.png\n:width: 80%\n:alt: It took 82%\n```", 3, "82%"),
    "a caption in a cell's options": (
        "```{code-cell} ipython3\n---\nmystnb:\n  figure:\n    caption: |\n      Here:\n"
        "      took 82%\n---\nf(5)\n```", 7, "82%"),
    "an inline picture": ("See ![it took 82%](a9.png).", 1, "82%"),
    "an admonition": ("```{note}\nIt took 82%.\n```", 2, "82%"),
    "an admonition's title": ("```{admonition} It took 82%\nText.\n```", 1, "82%"),
    "an admonition of colons": (":::{warning}\n:class: a9\n\nIt took 82%.\n:::", 4, "82%"),
    "a tab in a tab set": ("````{tab-set}\n```{tab-item} A\nIt took 82%.\n```\n````", 3, "82%"),
    "an unknown directive": ("```{poster} It took 82%\n```", 1, "82%"),
    "a list table": ("```{list-table}\n* - city\n  - 82%\n```", 3, "82%"),
    "HTML": ("<div>\n<p>It took 82%.</p>\n</div>", 2, "82%"),
    "inline HTML": ("It took <b>82</b> firms.", 1, "82"),
    "an attribute that is shown": ("<img src='a9.png'\n alt='it took 82%'>", 2, "82%"),
    "raw HTML": ("```{raw} html\n<p>It took 82%.</p>\n```", 2, "82%"),
    "an abbreviation": ("The {abbr}`HHI (82 of them)` counts.", 1, "82"),
    "a reference's own text": ("See {doc}`the 82 cities <methods>`.", 1, "82"),
    "a formula without letters": ("It is {math}`82`.", 1, "82"),
    "an expression": ("It is {{ '82 firms' }}.", 1, "82"),
    # code that puts a typed figure on the page
    "a bound literal": ("```{code-cell} ipython3\nx = f()\nbind(a=800)\n```", 3, "800"),
    "a bound text": ("```{code-cell} ipython3\nbind(a='over 800')\n```", 2, "'over 800'"),
    "a literal by a detour": ("```{code-cell} ipython3\nn = 800\nbind(a=n)\n```", 3, "800"),
    "a literal made a quantity": ("```{code-cell} ipython3\nbind(a=exactly(5))\n```", 2, "5"),
    "a phrase that nothing checks": (
        "```{code-cell} ipython3\n:tags: [a]\n\ncheck(\n  a=True)\n```", 5, "True"),
    "digits in a checked phrase": (
        "They are {check}`over 800 firms <a>`.", 1, "800"),
    "printed words": ("```{code-cell} ipython3\nf(q, published='over 8')\n```", 2, "'over 8'"),
}  # fmt: skip

INNOCENT = {
    "a bound number": "It took {glue}`share` of the deals.",
    "a bound number's unit": "A core industry of {glue}`core` billion yuan.",
    "a bound number's unit in two words": "It counted {glue}`wide` hundred million yuan.",
    "a bound number's unit behind markup": "It is {glue}`a` to {glue}`b` **billion** yuan.",
    "a bound number's Chinese unit": "规模{glue}`core`亿元。",
    "a formatted bound number": "It is {glue:text}`core:.0f`.",
    "inline code": "Run `f(5, 82)` now.",
    "fenced code": "```python\nx = 82\n```",
    "indented code": "Text:\n\n    x = 82\n",
    "a code cell": "```{code-cell} ipython3\nx = 82  # half of it\n```",
    "a cell that steers a computation": "```{code-cell} ipython3\nbind(a=f(82, years=5))\n```",
    "a cell that counts": "```{code-cell} py\nbind(a=len(x))\ncheck(b=n > 2)\n```",
    "a code block": "```{code-block} python\nx = 82\n```",
    "a comment": "% 82 firms\n\nText.",
    "an HTML comment": "<!-- 82 firms -->\n\nText.",
    "an HTML attribute": "<p id='a82'>Text.</p>",
    "a target": "(part-82)=\n## Part\n",
    "a citation": "So it is {cite}`yuqian-consulting-2025,it-juzi-2018`.",
    "a reference": "See {numref}`fig-82` and {doc}`chapter-9`.",
    "a reference with a text": "See {doc}`the methods <chapter-9>`.",
    "an address": "See https://example.org/2025/82 for more.",
    "a link's target": "See [the list](https://example.org/82 'the list').",
    "a figure's key and options": "```{glue:figure} fig-82\n:width: 50%\n\nText.\n```",
    "an admonition's options": "```{note}\n:class: tip-82\n\nText.\n```",
    "a formula": "It is {math}`x^2 / 3`.",
    "the numbers of a list": "1. Text.\n2. Text.\n10. Text.",
    "a year": "In 2024 Beijing led.",
    "a span of years": "Of the deals of 2013 to 2018 most went east.",
    "a year after its month": "In December 2025 a plan appeared.",
    "a date": "It was right for 29 November 2025.",
    "the end of a year": "Firms that existed at the end of 2018.",
    "a year that owns": "That is Zhejiang's 2020 figure.",
    "the name of the clusters": "The 33618 clusters count.",
    "the name of a measure": "The Gini coefficient and the Herfindahl index.",
    "a pronoun": "No one knows, and they differ from one another.",
    "a pronoun after an article": "An exact figure over a bounded one, and the national one.",
    "a pronoun before a verb": "So sure one can be, one may say.",
    "idiom": "At first sight a third party, on the one hand, had second-hand news.",
    "words that hold number words": "Someone with weight is often alone, in tents at headquarters.",
    "comparison": "It has more than most, several times, many, both, a few, none.",
    "a power in a unit": "The city has more km² and the park more m².",
    "Chinese names": "重庆、成都、四川、三亚、万州、百度、千里、两江新区、九龙坡、三峡、亿元。",
    "a plan's name in Chinese": "人工智能+行动方案",
}  # fmt: skip


@pytest.fixture
def planted(tmp_path):
    """A book of one chapter under this book's settings and permissions, audited."""
    for name in ("_config.yml", permits.FILE):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "chapters").mkdir(exist_ok=True)

    def problems(text: str) -> list:
        (tmp_path / "chapters" / "x.md").write_text(HEAD + text + "\n", encoding="utf-8")
        return [p for p in audit(tmp_path) if p.file == "chapters/x.md"]

    return problems


@pytest.mark.parametrize("kind", PLANTED)
def test_a_typed_figure_is_caught_on_its_line(planted, kind):
    text, line, figure = PLANTED[kind]
    (problem, *more) = planted(text)
    assert not more, [str(p) for p in more]
    assert problem.line == FIRST + line - 1
    assert f"typed figure '{figure}'" in problem.message


@pytest.mark.parametrize("kind", INNOCENT)
def test_what_is_no_typed_figure_does_not_alarm(planted, kind):
    assert [str(problem) for problem in planted(INNOCENT[kind])] == []


def test_a_problem_says_where_what_and_what_to_do(planted):
    (problem,) = planted("The market took 82% of the deals.")
    assert str(problem) == (
        f"chapters/x.md: line {FIRST}: typed figure '82%' in \"The market took 82% of the deals.\""
        " - bind it, {glue}`key`, or declare it in chapters/typed.yml with a reason"
    )


def test_several_figures_of_a_line_are_all_reported(planted):
    assert len(planted("Of 784 firms, half are in two cities.")) == 3


def test_no_figure_is_typed_by_hand_in_the_book():
    assert [str(problem) for problem in audit(ROOT)] == []


def test_every_bound_number_of_the_book_is_caught_when_it_is_typed(tmp_path):
    shutil.copytree(ROOT / "chapters", tmp_path / "chapters")
    shutil.copy(ROOT / "_config.yml", tmp_path)
    expected = set()
    for path in (tmp_path / "chapters").glob("*.md"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if "{glue}`" in line and "``" not in line and not line.startswith(("#", "bind", " ")):
                lines[number - 1] = re.sub(r"\{glue\}`[^`]+`", "8,317", line)
                expected.add((f"chapters/{path.name}", number))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = {(p.file, p.line) for p in audit(tmp_path) if "8,317" in p.message}
    assert len(expected) > 80 and found == expected


# ------------------------------------------------------------------------------ what may be typed


def write(folder: Path, text: str, typed: str) -> Path:
    for name, content in {"chapters/x.md": text, permits.FILE: typed}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_a_permission_that_nothing_needs_is_reported(tmp_path):
    typed = "- reason: names\n  text: ['33618', H100]\n"
    (problem,) = audit(write(tmp_path, "The 33618 clusters.\n", typed))
    assert str(problem).startswith("chapters/typed.yml: 'H100' permits nothing")
    assert str(problem).endswith("remove it")


def test_a_permission_is_not_used_by_what_is_no_figure(tmp_path):
    typed = "- reason: a word\n  text: clusters\n"
    (problem,) = audit(write(tmp_path, "The clusters.\n", typed))
    assert "'clusters' permits nothing" in problem.message


def test_a_permission_holds_in_its_chapter_only(tmp_path):
    typed = "- reason: a name\n  text: '33618'\n  in: y\n"
    write(tmp_path, "The 33618 clusters.\n", typed)
    assert {p.file for p in audit(tmp_path)} == {"chapters/x.md", "chapters/typed.yml"}
    (tmp_path / "chapters" / "x.md").rename(tmp_path / "chapters" / "y.md")
    assert audit(tmp_path) == []


def test_a_permission_covers_the_whole_figure_or_none_of_it(tmp_path):
    typed = "- reason: a name\n  text: '33618'\n"
    problems = audit(write(tmp_path, "The 33618 clusters make 33618.5 and 33618 million.\n", typed))
    assert len(problems) == 2


def test_a_permission_may_stand_around_a_bound_number_and_over_lines(tmp_path):
    typed = "- reason: a count of counts\n  text: first in {} of\n"
    assert audit(write(tmp_path, "It is first\nin {glue}`n` of them.\n", typed)) == []


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("- text: '33618'\n", "gives no reason"),
        ("- reason: a name\n", "permits nothing - give"),
        ("- reason: a name\n  text: H100\n  in: [index, data]\n", "is no page - name one"),
        ("- reason: a name\n  words: a\n", "unknown key 'words'"),
        ("- reason: all\n  pattern: '.*'\n", "permits everything"),
        ("- reason: a name\n  pattern: '('\n", "is no pattern"),
        ("reason: a name\n", "no list of entries"),
        ("- reason: [\n", "while parsing"),
    ],
)
def test_a_list_that_cannot_be_used_is_reported(tmp_path, typed, complaint):
    (problem,) = audit(write(tmp_path, "Text.\n", typed))
    assert problem.file == permits.FILE and complaint in problem.message


def test_every_permission_of_the_book_gives_a_reason_of_its_own():
    found = permits.load(ROOT)
    assert all(len(permit.reason) > 5 for permit in found)
    words = [(permit.words, permit.chapter) for permit in found]
    assert len(set(words)) == len(words)


def test_substitutions_are_read_where_they_are_given(tmp_path):
    head = "---\nmyst:\n  substitutions:\n    size: 80 billion\n---\n\nIt is {{ size }}.\n"
    (problem,) = audit(write(tmp_path, head, ""))
    assert (problem.line, "'80 billion'" in problem.message) == (4, True)
    write(tmp_path, "It is {{ size }}.\n", "")
    config = "parse:\n  myst_substitutions:\n    size: 80 billion\n"
    (tmp_path / "_config.yml").write_text(config, encoding="utf-8")
    (problem,) = audit(tmp_path)
    assert (problem.file, problem.line) == ("_config.yml", 3)


def test_the_command_reports_and_fails(tmp_path, capsys):
    assert report(write(tmp_path, "It took 82%.\n", "")) == 1
    said = capsys.readouterr().out
    assert said.startswith("chapters/x.md: line 1: typed figure '82%'") and "1 to mend" in said
    assert report(write(tmp_path, "It took {glue}`share`.\n", "")) == 0


# ------------------------------------------------------------------------------- checked phrases


def glued(monkeypatch, **answers) -> dict:
    """What ``check`` hands to the page."""
    found = {}
    monkeypatch.setattr("myst_nb.glue", lambda key, value, display: found.update({key: value}))
    check(**answers)
    return found


def test_number_words_of_checked_words_pass(tmp_path):
    assert report(write(tmp_path, "They are {check}`two of three in all <a>`.\n", "")) == 0


def test_an_answer_goes_to_the_page_under_its_name(monkeypatch):
    ours, theirs = read("171", "exact", "1e8 CNY"), read("800", "over", "1e8 CNY")
    found = glued(monkeypatch, far_ahead=theirs > ours, two=len("ab") == 2)
    assert [repr(found[key]) for key in ("far-ahead", "two")] == ["yes", "yes"]
    assert 'data-key="far-ahead"' in found["far-ahead"]._repr_html_()


@pytest.mark.parametrize("answer", [Answer.NO, Answer.CANNOT_TELL, False])
def test_a_notebook_says_which_words_no_longer_hold(answer, monkeypatch, capsys):
    assert repr(glued(monkeypatch, widens=answer)["widens"]) in ("no", "cannot tell")
    assert "'widens' no longer hold" in capsys.readouterr().out


@pytest.mark.parametrize("answer", ["yes", 1, None, 0.5])
def test_words_rest_on_a_comparison_and_on_nothing_else(answer, monkeypatch):
    with pytest.raises(TypeError, match="widens"):
        glued(monkeypatch, widens=answer)


def test_every_comparison_must_answer_yes():
    yes, no, open_ = Answer.YES, Answer.NO, Answer.CANNOT_TELL
    assert every([yes, True]) is yes
    assert every(answer for answer in (yes, open_)) is open_
    assert every([open_, no]) is no and every([yes, False]) is no
    with pytest.raises(ValueError, match="nothing was compared"):
        every([])


@pytest.mark.parametrize("name", ARGUMENT)
def test_each_argument_chapter_prints_what_it_checks(root, monkeypatch, name):
    text = (root / "chapters" / f"{name}.md").read_text(encoding="utf-8")
    printed = {key.replace("_", "-") for key in re.findall(r"\{check\}`[^`]*<([^<>]*)>`", text)}
    checked = {key for key, value in run(name, monkeypatch).items() if isinstance(value, Answer)}
    assert len(checked) >= 5 and checked == printed
