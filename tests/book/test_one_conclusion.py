"""Pages do not disagree: chapter and ledger read one function, and what is promised of rows is true."""

from __future__ import annotations

import json
import re

import pytest

from citygap.capital import ai_vs_all_industries, conclusions, vc_providers
from citygap.claims import Outcome, judge
from citygap.comparison import growth_rates
from citygap.data.corrections import Registers, changed
from citygap.data.io import read_rows
from citygap.data.row_keys import parse
from citygap.data.tables import book
from citygap.data.works.grades import CONFIDENCE, GRADES, ROLES, grade
from citygap.notebook import expressions
from citygap.pillars import tables
from citygap.pillars.compute_cost import known_price, prices
from citygap.quantity.quantity import exactly
from citygap.quantity.three_valued import Answer
from press import book_metadata
from press.api import CAVEATS
from press.data_pages.site import Site

# ------------------------------------------------------------------------- chapter and ledger


@pytest.fixture(scope="module")
def bound(root):
    """Expressions that a chapter binds, by key."""

    def of(chapter: str) -> dict[str, str]:
        text = (root / "chapters" / f"{chapter}.md").read_text(encoding="utf-8")
        cells = re.findall(r"```\{code-cell\}[^\n]*\n(.*?)```", text, re.S)
        found: dict[str, str] = {}
        for cell in cells:
            code = re.sub(r"(?m)^:.*\n", "", cell)
            found |= expressions(code) | expressions(code, "check")
        return found

    return of


@pytest.mark.parametrize(
    "chapter, key, reads",
    [
        ("capital-concentration", "not_shown", "conclusions.draw_is_common()"),
        ("capital-concentration", "common", "conclusions.draw_is_common()"),
        ("capital-concentration", "above", "conclusions.above_all_deals()"),
        ("capital-concentration", "provisional", "conclusions.oecd_is_provisional()"),
        ("gap-diagnosis", "unmoved", "firm_verdicts.are("),
        ("index", "below", "growth_rates.below_plan()"),
        ("strategy-pillars", "below_need", "growth_rates.below_plan()"),
        ("strategy-pillars", "slower", "conclusions.slower_than_china()"),
        ("strategy-pillars", "pace", "tables.pace()"),
        ("catch-up-scenarios", "below_plan", "growth_rates.below_plan()"),
    ],
)
def test_a_conclusion_of_several_pages_is_computed_once(bound, chapter, key, reads):
    assert reads in bound(chapter)[key]


@pytest.mark.parametrize("share, often, words", [(1.0, Answer.NO, "is surely"), (40.0, Answer.YES, "is not surely")])
def test_extremely_concentrated_is_judged_by_what_the_chapter_says(monkeypatch, share, often, words):
    monkeypatch.setattr(ai_vs_all_industries, "drawn_by_luck", lambda tables=None: exactly(share, "%"))
    assert conclusions.draw_is_common() is often
    verdict = judge("C34")
    assert words in verdict.reason and verdict.outcome is Outcome.UNVERIFIED, "the share is of another year"


@pytest.mark.parametrize("claim", ["C31"])
def test_the_ten_months_are_judged_by_what_the_chapter_says(monkeypatch, claim):
    real = vc_providers.within_months
    assert "not to October" in judge(claim).reason
    monkeypatch.setattr(vc_providers, "within_months", lambda *a: (real(*a)[0], Answer.YES))
    assert "not to October" not in judge(claim).reason


def test_the_founding_is_dated_as_its_own_evidence_says():
    (row,) = book.rows("events", event="qianli_zhijia_founded")
    (notice,) = book.rows("events", event="qianli_zhijia_agreement")
    assert row["date"] >= notice["date"][: len(row["date"])], "founded before it was agreed"
    assert row["date"][:4] in row["note"].split(" is right")[0][-4:]
    assert "after its agreement of 3 March 2025" in judge("C40").reason


def test_the_pace_of_the_ai_aim_is_that_of_the_scenarios():
    assert tables.pace()["stated"] == growth_rates.observed("chongqing")
    assert tables.pace()["stated"].confidence == "medium"  # "a copied report" in the prose
    assert tables.pace()["needed"] == growth_rates.planned("chongqing")


def test_the_price_that_sets_the_scale_is_not_called_the_only_one():
    assert len(prices()) > 1 and known_price() in prices()
    assert {q.confidence for q in prices() if q != known_price()} == {"low"}


def test_a_page_that_never_says_core_carries_no_core_figure():
    assert not book.readings("shenzhen", "ai_core_scale")
    told = [row for row in book.rows("rereadings") if "never core" in row["note"]]
    assert told and all(row["indicator"] != "ai_core_scale" for row in told)


# ------------------------------------------------------------------ what is promised of the rows

WITH_GRADES = ("observations", "evidence", "events", "seats", "rankings", "targets")


def test_one_definition_of_grades_is_printed_everywhere(root):
    words = ". ".join(f"*{letter}*: {page}" for letter, page in GRADES.items())
    for name in ("data/README.md", "chapters/glossary.md", "chapters/run-it-and-change-it.md"):
        text = " ".join((root / name).read_text("utf-8").split())
        assert words in text, name
    assert any(GRADES["D"] in caveat for caveat in CAVEATS)
    assert set(Site().given["../"]["grades"]) == set(CONFIDENCE.values())


def test_confidence_is_computed_and_typed_nowhere():
    assert {r["name"] for r in book.package["resources"] if r.get("graded")} == set(WITH_GRADES)
    for resource in book.package["resources"]:
        header, _ = read_rows(book.folder / resource["path"])
        assert "confidence" not in header, resource["name"]
    for table in WITH_GRADES:
        for row in book.rows(table):
            assert row["confidence"] == CONFIDENCE[book.grades[row["source"]]], (table, row)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("relation, names, best", [
    ("original", "true", "ABBDD"), ("copy", "true", "CCCDD"), ("copy", "false", "DDDDD"),
    ("compilation", "true", "CCCDD"), ("compilation", "false", "DDDDD"),
])  # fmt: skip
def test_the_grade_follows_from_the_record(role, relation, names, best):
    work = {"role": role, "author": "Bureau"}
    copy = {"relation": relation, "names_original": names}
    assert grade(work, [copy]) == dict(zip(ROLES, best, strict=True))[role]
    assert grade({"role": role}, [copy]) in ("D", dict(zip(ROLES, best, strict=True))[role])


def test_the_best_page_that_was_read_decides_and_one_that_was_not_read_has_no_grade():
    work = {"role": "press", "author": "Agency"}
    nameless, named, own = ({"relation": relation, "names_original": names} for relation, names in (
        ("copy", "false"), ("copy", "true"), ("original", "true")))  # fmt: skip
    assert [grade(work, read) for read in ([nameless], [nameless, named], [named, own], [])] == ["D", "C", "B", ""]
    assert grade({"role": "press"}, [named]) == "D", "a copy that names its original needs an author"


def test_no_row_rests_on_a_work_that_was_not_read():
    without = {key for key, letter in book.grades.items() if not letter}
    assert without, "works that are only referred to"
    for resource in book.package["resources"]:
        if any(field["name"] == "source" for field in resource["schema"]["fields"]):
            assert without.isdisjoint(row["source"] for row in book.rows(resource["name"]))


@pytest.mark.book
def test_a_headline_that_rests_on_a_low_row_says_so(html):
    """In the block of text in which it stands; blocks are those of the page for programs."""
    numbers = json.loads((html / "api" / "numbers.json").read_text("utf-8"))["items"]
    pages = {page["page"]: page for page in json.loads(
        (html / "api" / "texts.json").read_text("utf-8"))["items"]}  # fmt: skip
    told = re.compile("low (?:confidence|standing|quality)|grade D|commentary|unknown origin|self-media")
    checked = 0
    for number in numbers:
        sections = pages[number["page"]]["sections"]
        front = number["page"] == "chapters/index.html"
        if number["confidence"] != "low" or not front and number["section"] != sections[0]["anchor"]:
            continue
        leading = sections if front else sections[:1]  # a chapter repeats a headline further down
        for sentence in number["sentences"]:
            blocks = [block for part in leading for block in part["blocks"] if sentence in block]
            opening = [block for block in sections[0]["blocks"] if block.startswith("How sure")]
            sure = any(re.search(r"\blow on\b", block) for block in opening)  # a chapter says it once for its takeaways
            assert sure or all(told.search(block) for block in blocks), (
                f"{number['id']} rests on a source of grade D: {sentence!r}. Rest it on a better row, find a better "
                "page of the source (data/copies.csv), or say in the sentence that it is of low confidence."
            )
            checked += len(blocks)
    assert checked > 2


# ------------------------------------------------------------------------------------- brackets

#: A number with its bounds; one after a word of its source ("about 30") is left out.
WORDS = "".join(f"(?<!{word} )" for word in ("about", "expected", "just over", "over", "nearly", "under"))
BRACKETED = re.compile(WORDS + r"(?<![\w.,])(-?\d[\d,]*(?:\.(\d+))?)%? \[(-?[\d,.]+) to (-?[\d,.]+)\]")


@pytest.mark.book
def test_no_number_that_is_exact_to_the_digits_shown_carries_a_bracket(html):
    files = [*html.rglob("*.html.md"), *html.rglob("*.ipynb")]
    assert len(files) > 10
    seen = 0
    for path in files:
        for shown, decimals, low, high in BRACKETED.findall(path.read_text("utf-8")):
            value, *ends = (float(text.replace(",", "")) for text in (shown, low, high))
            half = 0.5 * 10.0 ** -len(decimals)
            seen += 1
            assert any(abs(end - value) > half * 1.000001 for end in ends), (path.name, shown, ends)
    assert seen > 2, "numbers whose words leave their bounds open still carry them"


def test_the_answer_on_citing_says_whether_there_is_a_doi(root):
    none = not book_metadata.record(root).doi
    for name, said in (("questions", "The book has no DOI"), ("zh/questions", "本书没有DOI")):
        assert (said in (root / f"chapters/{name}.md").read_text(encoding="utf-8")) is none


def test_the_tiers_of_33618_are_those_of_the_rows(root):
    tiers = ("trillion", "500bn", "100bn", "new_star")
    found = [f"{book.observe('chongqing', f'clusters_33618_{tier}').middle:g}" for tier in tiers]
    assert "".join(found) == "33618"
    for name in ("glossary", "zh/glossary"):
        entry = (root / f"chapters/{name}.md").read_text(encoding="utf-8").partition("33618\n")[2].partition("\n\n")[0]
        assert re.findall(r"(?<!\d)\d{1,2}(?!\d)", entry) == found


# ------------------------------------------------------------------------------------ re-readings


@pytest.mark.book
def test_every_row_behind_a_figure_was_read_again_at_its_source(html):
    figures = json.loads((html / "api" / "figures.json").read_text(encoding="utf-8"))["items"]
    registers = Registers(book)
    behind = {key for figure in figures for key in figure["rows"]}
    assert len(behind) > 1000
    unread = [key for key in behind if parse(key).period != "-" and registers.reread_row(key) is None]
    assert unread == [], "read these again, and record it in data/rereadings.csv"


@pytest.mark.parametrize("read, faults", [("5", 0), ("6", 1)])
def test_all_figures_of_a_distribution_are_on_record_with_their_sum(made_up, read, faults):
    rows = [{"period": "2020", "place": place, "models": n, "source": "epoch-ai-2026"} for place, n in (("beijing", 3), ("xian", 2))]
    whole = {"place": "china", "indicator": "notable-models-by-city/models", "period": "2020", "source": "epoch-ai-2026",
             "date": "2026-12-01", "outcome": "right", "read_value": read}  # fmt: skip
    tables = made_up(notable_models_by_city=rows, rereadings=[whole])
    assert Registers(tables).reread_row("notable-models-by-city/xian/2020/models")["read_value"] == read
    assert len([key for key, _ in changed(tables) if key.startswith("china/notable")]) == faults
