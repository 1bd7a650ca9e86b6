"""Every claim has a rule or a reason, every verdict follows from rows, and a change is explained.

``tests/verdicts.csv`` records the verdicts with their evidence.  When data change a verdict,
:func:`test_the_verdicts_are_those_recorded` names the claim, the old and the new verdict and the
rows that did it.  A change that is meant is recorded with::

    python -m tests.test_claims
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import pandas as pd
import pytest

from citygap.addresses import parse
from citygap.answers import Answer
from citygap.claims import COMMENTARY, RULES, Outcome, Part, Role, Witness, judge, judge_all, weigh
from citygap.claims import ledger as printing
from citygap.claims.dates import span
from citygap.claims.money import slope
from citygap.claims.parts import agrees, told
from citygap.corrections import Registers
from citygap.quantity import read
from citygap.tables import Tables, book

RECORD = Path(__file__).with_name("verdicts.csv")
COLUMNS = ("claim", "verdict", "stance", "rows", "says")
RULE_MODULES = ("diagnosis", "heads", "money", "industry", "goals", "moves")
CLAIMS = list(book.table("claims")["claim"])


@pytest.fixture(scope="module")
def verdicts():
    return judge_all()


# ------------------------------------------------------------------- altered tables, in memory

Edit = Callable[[pd.DataFrame], pd.DataFrame]


class Altered(Tables):
    """The book's tables with some cells changed."""

    def __init__(self, *edits: tuple[str, Edit]):
        super().__init__(book.folder)
        self.edits = edits

    def _frames(self, name: str) -> pd.DataFrame:
        frame = book._frames(name)
        for table, edit in self.edits:
            if table == name:
                frame = edit(frame.copy())
        return frame


def _chosen(frame: pd.DataFrame, where: dict[str, str | Sequence[str]]) -> pd.Series:
    chosen = pd.Series(True, index=frame.index)
    for column, value in where.items():
        chosen &= frame[column].isin([value] if isinstance(value, str) else list(value))
    assert chosen.any(), f"no row has {where}"
    return chosen


def put(table: str, where: dict, **cells: str) -> tuple[str, Edit]:
    """Change cells of the rows that fit."""

    def edit(frame: pd.DataFrame) -> pd.DataFrame:
        chosen = _chosen(frame, where)
        for column, value in cells.items():
            frame.loc[chosen, column] = value
        return frame

    return table, edit


def drop(table: str, **where) -> tuple[str, Edit]:
    """Leave out the rows that fit."""
    return table, lambda frame: frame[~_chosen(frame, where)]


def say(claim: str, part: str, stance: str = "supports", **cells: str) -> tuple[str, Edit]:
    """Add a statement on a part of a claim, from a sound source."""
    row = {"claim": claim, "part": part, "stance": stance, "what": "a new source says so",
           "source": "hami2025", "confidence": "high", **cells}
    return "evidence", lambda frame: pd.concat([frame, pd.DataFrame([row])]).fillna("")


def obs(place: str, indicator: str, period: str, /, **cells: str) -> tuple[str, Edit]:
    """Change an observation, whatever its source."""
    where = {"place": place, "indicator": indicator, "period": period}
    return put("observations", where, **cells)


def plan(key: str, /, **cells: str) -> tuple[str, Edit]:
    return put("plans", {"plan": key}, **cells)


def event(key: str, date: str) -> tuple[str, Edit]:
    return put("events", {"event": key}, date=date)


def stance(claim: str, part: str, value: str) -> tuple[str, Edit]:
    where = {"claim": claim, "part": part}
    return put("evidence", where, stance=value, what=f"the sources say otherwise on {part}")


INDEPENDENT = {"source": "laoyaoba2025", "confidence": "medium"}
OWN_CORE = obs("chongqing", "ai_core_scale", "2024", **INDEPENDENT)
RANKED = put("rankings", {"source": COMMENTARY}, source="bdsimu2024", confidence="medium")
DEALS = [put("ai-deals-by-city", {"period": str(year), "place": "beijing"}, deals=str(8 * 3**i))
         for i, year in enumerate(range(2013, 2019))]

#: For each claim a change of data, and the verdict that it must lead to.
TURNS: dict[str, tuple[list, Outcome]] = {
    "C01": ([plan("CQ_AIPLUS_2025", date="2025-06-13")], Outcome.CONTRADICTED),
    "C02": ([plan("CQ_AIPLUS_2025", goal="Build AI")], Outcome.UNVERIFIED),
    "C03": ([obs("chongqing", "industrial_output_above_scale", "2023", value="0.9")],
            Outcome.CONTRADICTED),
    "C05": ([OWN_CORE], Outcome.SUPPORTED),
    "C06": ([OWN_CORE, obs("shanghai", "ai_above_scale", "2024", indicator="ai_core_scale")],
            Outcome.CONTRADICTED),
    "C07": ([OWN_CORE], Outcome.CAVEAT),
    "C08": ([put("rankings", {"source": "chinaservicesinf2024"}, source="zkreport2024")],
            Outcome.SUPPORTED),
    "C09": ([RANKED], Outcome.SUPPORTED),
    "C10": ([RANKED], Outcome.SUPPORTED),
    "C11": ([drop("rankings", ranking="idc_2019"),
             drop("observations", place="shaanxi", indicator="algorithm_filings")],
            Outcome.SUPPORTED),
    "C12": ([RANKED], Outcome.SUPPORTED),
    "C14": ([put("ai-firms-by-city", {"place": "beijing"}, companies="1")], Outcome.CONTRADICTED),
    "C15": ([put("observations", {"place": "beijing", "period": "2025", "bound": "expected"},
                 value="5000")], Outcome.CONTRADICTED),
    "C16": ([obs("beijing", "models_filed", "2025-11-29", value="180")], Outcome.CONTRADICTED),
    "C17": ([put("seats", {"place": "cambricon"}, city="shanghai")], Outcome.CONTRADICTED),
    "C18": ([put("seats", {"place": "baidu"}, city="hangzhou")], Outcome.CONTRADICTED),
    "C20": ([obs("shanghai", "ai_above_scale", "2024", value="3800")], Outcome.CONTRADICTED),
    "C21": ([obs("shanghai", "ai_talent_share_industry", "2021", value="20"),
             put("evidence", {"claim": "C21"}, value="20")], Outcome.CONTRADICTED),
    "C22": ([put("seats", {"place": "agibot"}, city="beijing")], Outcome.CONTRADICTED),
    "C23": ([put("seats", {"place": "moore_threads"}, city="shanghai")], Outcome.SUPPORTED),
    "C24": ([put("seats", {"place": "stepfun"}, city="beijing")], Outcome.CONTRADICTED),
    "C25": ([obs("shenzhen", "ai_industry_scale", "2024", **INDEPENDENT)], Outcome.SUPPORTED),
    "C26": ([obs("shenzhen", "ai_firms_related", "2025", value="900")], Outcome.CONTRADICTED),
    "C27": ([put("evidence", {"claim": "C27"}, value="5"),
             put("ai-firms-by-city", {"place": "shenzhen"}, companies="10"),
             obs("shenzhen", "ai_firms_itjuzi", "2021-03", value="10")], Outcome.CONTRADICTED),
    "C28": ([put("seats", {"place": "ubtech"}, city="hangzhou")], Outcome.CONTRADICTED),
    "C30": ([obs("nvidia", "market_capitalisation", "2025-10-29", value="4.5")],
            Outcome.CONTRADICTED),
    "C31": ([put("observations", {"indicator": "vc_companies_itjuzi_narrow"}, value="500")],
            Outcome.CONTRADICTED),
    "C32": ([put("observations", {"indicator": "vc_amount_itjuzi_narrow"}, value="500")],
            Outcome.CONTRADICTED),
    "C33": ([put("rankings", {"ranking": "szaiia_funding_2024"}, edition="2025")],
            Outcome.SUPPORTED),
    "C34": ([obs("zero2ipo_top5", "vc_amount_share_zero2ipo", "2024", value="40")],
            Outcome.CONTRADICTED),
    "C35": (DEALS, Outcome.CAVEAT),
    "C36": ([say("C36", "barrier")], Outcome.SUPPORTED),
    "C37": ([event("changan_tianshu_2_plan", "2024-12-09"),
             event("changan_tianshu_brand", "2024-12-05")], Outcome.CONTRADICTED),
    "C38": ([put("observations", {"place": "qianli_zhijia"}, value="1000")], Outcome.CONTRADICTED),
    "C39": ([stance("C39", "moved", "supports")], Outcome.SUPPORTED),
    "C40": ([event("qianli_zhijia_founded", "2025-08-20")], Outcome.SUPPORTED),
    "C41": ([event("jialing_laboratory_listed", "2024-11")], Outcome.CONTRADICTED),
    "C42": ([stance("C42", "field", "contradicts")], Outcome.CONTRADICTED),
    "C43": ([say("C43", "supplier")], Outcome.CAVEAT),
    "C44": ([say("C44", "membership", "contradicts")], Outcome.CONTRADICTED),
    "C45": ([say("C45", "niches")], Outcome.SUPPORTED),
    "C46": ([stance("C46", "ecosystem", "contradicts")], Outcome.CONTRADICTED),
    "C47": ([obs("chongqing", "clusters_33618_trillion", "2023", value="5")],
            Outcome.CONTRADICTED),
    "C48": ([put("evidence", {"claim": "C48", "part": "dependence", "period": "2024"}, value="10")],
            Outcome.CONTRADICTED),
    "C49": ([obs("china", "domestic_share_rd_design_software", "2019", value="80")],
            Outcome.UNVERIFIED),
    "C50": ([plan("CN_AIPLUS_2025", date="2026-08-21")], Outcome.CONTRADICTED),
    "C51": ([plan("BJ_AIPLUS_2024", date="2024-09-26")], Outcome.CONTRADICTED),
    "C52": ([plan("BJ_AIPLUS_2024", goal="Build AI")], Outcome.UNVERIFIED),
    "C53": ([stance("C53", "wording", "supports")], Outcome.SUPPORTED),
    "C54": ([event("shenzhen_pioneer_programme", "2024-12-30")], Outcome.CONTRADICTED),
    "C55": ([drop("emphasis", plan="SZ_TERMINAL_2025", theme="terminals")], Outcome.UNVERIFIED),
    "C56": ([plan("SH_MOSU_2024", date="2025-01-20")], Outcome.CONTRADICTED),
    "C57": ([stance("C57", "cluster", "contradicts")], Outcome.CONTRADICTED),
    "C58": ([plan("CQ_AIPLUS_2025", date="2024-01-13")], Outcome.CONTRADICTED),
    "C59": ([plan("CQ_AIPLUS_2025", goal="Build AI")], Outcome.UNVERIFIED),
    "C60": ([plan("BJ_AIPLUS_2024", goal="Build AI")], Outcome.UNVERIFIED),
    "C61": ([stance("C61", part, "supports") for part in ("science", "general_models",
                                                          "consumption")], Outcome.SUPPORTED),
    "C62": ([put("emphasis", {"plan": "CQ_AIPLUS_2025", "theme": "ai_manufacturing"}, weight="2")],
            Outcome.SUPPORTED),
    "C63": ([say("C63", "plan_text")], Outcome.SUPPORTED),
    "C64": ([put("emphasis", {"plan": "CQ_AIPLUS_2025", "theme": "ai_manufacturing"}, weight="2"),
             put("emphasis", {"plan": "SH_MOSU_2024", "theme": "ai_manufacturing"}, weight="1")],
            Outcome.SUPPORTED),
    "C65": ([say("C65", "plan_text")], Outcome.SUPPORTED),
    "C66": ([put("emphasis", {"plan": "SH_MOSU_2024", "theme": "compute_hub"}, weight="1")],
            Outcome.UNVERIFIED),
    "C67": ([stance("C67", "dispatch", "contradicts")], Outcome.CONTRADICTED),
    "C68": ([drop("events", event="xinjiang_compute_power_pilots"),
             stance("C68", "links", "context")], Outcome.UNVERIFIED),
    "C69": ([drop("events", event="chongqing_data_centre_cluster")], Outcome.UNVERIFIED),
    "C71": ([stance("C71", "position", "contradicts")], Outcome.CONTRADICTED),
    "C72": ([drop("evidence", claim="C72", source="lgjyuntun2025")], Outcome.SUPPORTED),
    "C73": ([say("C73", "plan_text")], Outcome.SUPPORTED),
    "C74": ([drop("emphasis", plan="BJ_AIPLUS_2024", theme="intl_rules_governance")],
            Outcome.UNVERIFIED),
    "C75": ([say("C75", "tie")], Outcome.SUPPORTED),
    "C77": ([drop("events", event="beijing_ai4s_plan")], Outcome.UNVERIFIED),
    "C78": ([say("C78", "disciplines")], Outcome.SUPPORTED),
    "C79": ([plan("SZ_PIONEER_2024", goal="Build AI")], Outcome.UNVERIFIED),
    "C80": ([stance("C80", "laboratories", "contradicts")], Outcome.CONTRADICTED),
    "C81": ([put("evidence", {"claim": "C81", "part": "field_beijing"}, value="finance")],
            Outcome.SUPPORTED),
}  # fmt: skip
NOT_TESTABLE = [row["claim"] for row in book.table("claims").to_dict("records")
                if row["testable"] == "no"]  # fmt: skip


# --------------------------------------------------------------------------------- the register


def test_every_claim_has_a_rule_and_every_rule_a_claim():
    assert set(RULES) == set(CLAIMS) and len(CLAIMS) == 82


def test_every_claim_that_is_testable_is_turned_below():
    assert set(TURNS) | set(NOT_TESTABLE) == set(CLAIMS)


@pytest.mark.parametrize("claim", sorted(TURNS))
def test_other_data_turn_the_verdict(claim, verdicts):
    edits, expected = TURNS[claim]
    turned = judge(claim, Altered(*edits))
    assert verdicts[claim].outcome is not expected, "the change proves nothing"
    assert turned.outcome is expected, turned.reason
    assert turned.reason != verdicts[claim].reason


@pytest.mark.parametrize("claim", NOT_TESTABLE)
def test_what_is_not_testable_says_why_and_turns_if_it_becomes_so(claim, verdicts):
    assert verdicts[claim].outcome is Outcome.NOT_TESTABLE and len(verdicts[claim].reason) > 15
    turned = judge(claim, Altered(put("claims", {"claim": claim}, testable="yes")))
    assert turned.outcome is Outcome.UNVERIFIED and "no rule" in turned.reason


def test_no_verdict_is_without_a_reason_and_what_is_decided_has_evidence(verdicts):
    decided = set(Outcome) - {Outcome.UNVERIFIED, Outcome.NOT_TESTABLE}
    for claim, verdict in verdicts.items():
        assert re.fullmatch(r"[A-Z0-9].+\.", verdict.reason), claim
        if verdict.outcome in decided:
            assert verdict.rests_on, f"{claim} is {verdict.outcome} and rests on nothing"
        if verdict.outcome in (Outcome.CONTRADICTED, Outcome.NOT_COMPARABLE):
            assert verdict.evidence_against, claim


def test_every_row_that_a_verdict_rests_on_stands_in_the_tables(verdicts):
    for claim, verdict in verdicts.items():
        for item in verdict.evidence:
            assert item.sources and set(item.sources) <= set(book.sources), claim
            assert COMMENTARY not in item.sources, f"{claim} is its own evidence"
            for row in item.rows:
                assert _exists(row), f"{claim}: {row}"


def _exists(key: str) -> bool:
    """Whether a key leads to a row of a table."""
    table, _, rest = key.partition("/")
    first = rest.split("/")
    keys = {"plans": ["plan"], "events": ["event"], "emphasis": ["plan", "theme"],
            "seats": ["place", "city", "basis", "source"], "evidence": ["claim", "part", "source"],
            "rankings": ["ranking", "dimension", "place", "source"]}  # fmt: skip
    if table in keys:
        frame = book.table(table)
        for column, value in zip(keys[table], first, strict=False):
            frame = frame[frame[column] == value]
        return len(frame) > 0
    if table.endswith("-by-city"):
        place, period = first[:2]
        frame = book.table(table)
        known = (frame["place"] == place) & (frame["period"] == period)
        return period == "-" or bool(known.any())
    cells = ("place", "indicator", "period", "source")
    for r in book.table("observations").to_dict("records"):
        if "/".join(r[cell] for cell in cells) == key:
            return True
    for r in book.table("targets").to_dict("records"):
        aim = [r["place"], r["indicator"] or r["name_en"], r["period"], r["plan"], r["source"]]
        if "/".join(aim) == key:
            return True
    return False


# ------------------------------------------------------------------------- the commentary is mute


def test_what_the_commentary_alone_says_decides_nothing(verdicts):
    tables = ["observations", "rankings"]
    gone = [(name, lambda frame: frame[frame["source"] != COMMENTARY]) for name in tables]
    without = judge_all(Altered(*gone))
    assert {c: v.outcome for c, v in without.items()} == {c: v.outcome for c, v in verdicts.items()}
    assert all(len(Witness(book).rows(name, source=COMMENTARY)) == 0 for name in tables)


def test_a_page_of_low_standing_supports_nothing_by_itself():
    low = put("observations", {"place": "beijing", "indicator": "models_filed"}, confidence="low")
    turned = judge("C16", Altered(low))
    assert turned.outcome is Outcome.UNVERIFIED and "low standing" in turned.reason
    seats = put("seats", {"place": "agibot"}, confidence="low")
    assert judge("C22", Altered(seats)).outcome is Outcome.UNVERIFIED


def test_a_row_that_is_gone_leaves_its_claim_unverified():
    gone = drop("observations", place="china", indicator="domestic_share_rd_design_software")
    turned = judge("C49", Altered(gone))
    assert turned.outcome is Outcome.UNVERIFIED and "missing" in turned.reason


def test_equals_that_differ_leave_the_question_open_and_the_better_page_speaks():
    witness = Witness(Altered(say("C44", "membership"), say("C44", "membership", "contradicts")))
    assert told(witness, "C44", "membership", "it is").answer is Answer.CANNOT_TELL
    weaker = say("C44", "membership", "contradicts", confidence="medium")
    witness = Witness(Altered(say("C44", "membership"), weaker))
    assert told(witness, "C44", "membership", "it is").answer is Answer.YES


# ------------------------------------------------------------------------------- no typed verdict


@pytest.mark.parametrize("module", RULE_MODULES)
def test_no_rule_names_an_outcome_or_types_an_answer(root, module):
    text = (root / "citygap" / "claims" / f"{module}.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Name) and node.id == "Outcome"), f"line {node.lineno}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert node.value not in {str(o) for o in Outcome}, f"line {node.lineno}"
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Answer":
            if node.attr == "of":
                call = parents[node]
                certain = [a for a in call.args if isinstance(a, ast.Constant) and a.value is True]
                assert not certain, f"an answer is typed in line {node.lineno}"
                fixed = all(isinstance(a, ast.Constant) for a in call.args)
                assert not fixed or _under_condition(node, parents), f"line {node.lineno}"
            else:
                assert _compared(node, parents), f"an answer is typed in line {node.lineno}"


def _under_condition(node: ast.AST, parents: dict) -> bool:
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.If | ast.IfExp):
            return True
        if isinstance(node, ast.FunctionDef):
            return False
    return False


def _compared(node: ast.AST, parents: dict) -> bool:
    """Whether an answer is only looked at: in a comparison, a set compared, or a count."""
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.Compare):
            return True
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "count":
            return True
        if not isinstance(node, ast.Set):
            return False
    return False


def test_the_scan_finds_a_typed_answer(tmp_path):
    bad = tmp_path / "citygap" / "claims"
    bad.mkdir(parents=True)
    for line in ("Part(Answer.YES, '')", "Part(Answer.of(True, False), '')", "Outcome.SUPPORTED",
                 "Part(Answer.of(False, False), '')"):  # fmt: skip
        (bad / "bad.py").write_text(f"def rule(w):\n    return {line}\n", encoding="utf-8")
        with pytest.raises(AssertionError, match="line|typed"):
            test_no_rule_names_an_outcome_or_types_an_answer(tmp_path, "bad")


# ---------------------------------------------------------------------------------- how it weighs


def _part(answer: Answer, role: Role = Role.ESSENTIAL) -> Part:
    return Part(answer, "because", (), role)


@pytest.mark.parametrize(
    "parts, outcome",
    [
        ([_part(Answer.YES)], Outcome.SUPPORTED),
        ([_part(Answer.YES), _part(Answer.NO)], Outcome.CONTRADICTED),
        ([_part(Answer.CANNOT_TELL), _part(Answer.NO)], Outcome.CONTRADICTED),
        ([_part(Answer.YES), _part(Answer.CANNOT_TELL)], Outcome.UNVERIFIED),
        ([_part(Answer.YES), _part(Answer.NO, Role.GLOSS)], Outcome.CAVEAT),
        ([_part(Answer.YES), _part(Answer.CANNOT_TELL, Role.GLOSS)], Outcome.CAVEAT),
        ([_part(Answer.YES), _part(Answer.NO, Role.NOTE)], Outcome.SUPPORTED),
        ([_part(Answer.YES), _part(Answer.NO, Role.SCOPE)], Outcome.NOT_COMPARABLE),
        ([_part(Answer.NO, Role.TESTABLE)], Outcome.NOT_TESTABLE),
        ([_part(Answer.YES, Role.GLOSS)], Outcome.UNVERIFIED),
    ],
)
def test_the_parts_weigh_as_described(parts, outcome):
    assert weigh("C99", parts).outcome is outcome


def test_a_verdict_needs_a_reason():
    with pytest.raises(ValueError, match="C99: a verdict without a reason"):
        weigh("C99", [Part(Answer.YES, "")])


@pytest.mark.parametrize(
    "bound, value, unit, observed, width, answer",
    [
        ("over", "4500", "1e8 CNY", ("4500", "over"), 1, Answer.YES),
        ("over", "4500", "1e8 CNY", ("4400", "over"), 1, Answer.CANNOT_TELL),
        ("over", "4500", "1e8 CNY", ("3800", "over"), 1, Answer.NO),
        ("nearly", "800", "count", ("764", "exact"), 1, Answer.NO),
        ("nearly", "800", "count", ("764", "exact"), 5, Answer.YES),
        ("exact", "183", "count", ("183", "exact"), 1, Answer.YES),
        ("exact", "183", "count", ("180", "exact"), 5, Answer.NO),
        ("at_most", "3", "rank", ("3", "exact"), 1, Answer.YES),
    ],
)
def test_a_claimed_figure_agrees_with_another(bound, value, unit, observed, width, answer):
    assert book.series("chongqing", "ai_core_scale")  # reads data/units.csv
    row = {"value": value, "bound": bound}
    found = agrees(row, read(value, bound, unit), read(*observed, unit), width)
    assert found is answer


def test_dates_of_differing_precision_are_compared_with_care():
    july, year = span("2024-07"), span("2024")
    assert span("2024-07-26").within(july) is Answer.YES
    assert year.within(july) is Answer.CANNOT_TELL
    assert span("2024-06").before(july) is Answer.YES and july.before(july) is Answer.CANNOT_TELL
    assert span("2024-07-26").days_to(span("2024-07-30")) == (4, 4)
    assert str(july) == "July 2024" and str(span("2024-07-26")) == "26 July 2024"


def test_the_slope_and_its_interval_by_hand():
    low, high = slope([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    assert low == pytest.approx(1) and high == pytest.approx(1)
    low, high = slope([1.0, 2.0, 1.0, 2.0, 1.0, 2.0])
    # slope 3/35; residual sum of squares 1.5 - 17.5 * (3/35)^2; error sqrt(that / 4 / 17.5)
    error = ((1.5 - 17.5 * (3 / 35) ** 2) / 4 / 17.5) ** 0.5
    assert (low, high) == pytest.approx((3 / 35 - 2.776 * error, 3 / 35 + 2.776 * error))


# --------------------------------------------------------------------------------------- the page


@pytest.fixture(scope="module")
def page() -> str:
    return printing.Ledger()._repr_html_()


def test_the_page_has_every_claim_once_in_the_order_of_the_argument(page):
    assert re.findall(r'<article class="claim" id="(C\d\d)"', page) == CLAIMS


def test_every_claim_on_the_page_has_verdict_reason_and_evidence_with_links(page, verdicts):
    for claim, block in zip(CLAIMS, page.split("<article ")[1:], strict=True):
        verdict = verdicts[claim]
        assert f">{verdict.verdict}</span>" in block and escape(verdict.reason) in block
        assert block.count("<li ") == len(verdict.evidence)
        addresses = re.findall(r'<a href="([^"#]+://[^"]*)"', block)
        assert all(url.startswith(("http://", "https://")) for url in addresses)


def test_the_filter_is_of_labelled_form_elements_and_hidden_until_served(page):
    form = page[page.index("<form") : page.index("</form>")]
    assert " hidden>" in form.split("\n")[0][:200]
    for field in re.findall(r'<select id="([^"]+)"', form):
        assert f'<label for="{field}">' in form
    options = set(re.findall(r'<option value="([^"]+)">', form))
    assert options == {key for key, _ in printing.BADGES.values()} | set(printing.CHAPTERS)


def test_what_comes_from_a_table_is_escaped():
    evil = put("evidence", {"claim": "C42"}, what='<script>alert("1")</script>')
    html = printing.Ledger(Altered(evil))._repr_html_()
    assert "<script" not in html and "&lt;script&gt;" in html.lower()


def test_the_counts_add_up():
    ledger = printing.Ledger()
    assert sum(ledger.tally().values()) == 82
    by_chapter = [ledger.tally(chapter) for chapter in printing.CHAPTERS]
    assert {k: sum(t[k] for t in by_chapter) for k in by_chapter[0]} == ledger.tally()


def test_the_picture_shows_the_counts():
    ledger = printing.Ledger()
    chart = printing.summary(ledger)
    assert chart.data["claims"].sum() == 82
    first = ledger.tally("gap-diagnosis")["unverified"]
    assert f"unverified {first}" in chart.alt and "<svg" in chart.svg


@pytest.mark.parametrize("outcome", list(Outcome))
def test_badges_are_legible_on_light_and_dark(outcome, root):
    key, colour = printing.BADGES[outcome]
    for paper in ("#ffffff", "#14181e"):
        assert _contrast(colour, paper) >= 3, (outcome, paper)
    style = (root / "press" / "static" / "ledger.css").read_text(encoding="utf-8")
    assert f".verdict-{key} {{ --verdict: {colour}; }}" in style, "page and picture differ"


def _contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.1)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# ------------------------------------------------------------------------------------- the record


def lines_of(verdicts) -> list[tuple[str, ...]]:
    """The record: one line a row of evidence, or one for a claim without any."""
    found = []
    for claim, verdict in verdicts.items():
        items = [(i.stance, " ".join(i.rows), i.text) for i in verdict.evidence]
        found += [(claim, verdict.verdict, *item) for item in items or [("", "", "")]]
    return found


def changes(before: list[tuple[str, ...]], after: list[tuple[str, ...]]) -> list[str]:
    """What changed of the verdicts, with the rows that did it."""
    found = []
    claims = dict.fromkeys(line[0] for line in [*before, *after])
    for claim in claims:
        old, new = ([line for line in lines if line[0] == claim] for lines in (before, after))
        verdicts_ = [lines[0][1] if lines else "none" for lines in (old, new)]
        if verdicts_[0] == verdicts_[1]:
            continue
        gone = [line[2:] for line in old if line[2:] not in [other[2:] for other in new]]
        come = [line[2:] for line in new if line[2:] not in [other[2:] for other in old]]
        rows = [f"    was {' | '.join(r)}" for r in gone]
        rows += [f"    is  {' | '.join(r)}" for r in come]
        found.append("\n".join([f"{claim}: {verdicts_[0]} -> {verdicts_[1]}", *rows]))
    return found


def recorded() -> list[tuple[str, ...]]:
    with RECORD.open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    assert tuple(header) == COLUMNS
    return [tuple(row) for row in rows]


def test_the_verdicts_are_those_recorded(verdicts):
    found = changes(recorded(), lines_of(verdicts))
    assert not found, "\n" + "\n".join(found) + "\nIf that is meant: python -m tests.test_claims"


def test_a_changed_verdict_names_the_claim_both_verdicts_and_the_row(verdicts):
    turned = judge_all(Altered(put("seats", {"place": "moore_threads"}, city="shanghai")))
    (message,) = changes(lines_of(verdicts), lines_of(turned))
    assert message.startswith("C23: contradicted -> supported\n")
    assert "was against | seats/moore_threads/beijing/registered office/stockstar2025" in message
    assert "is  for | seats/moore_threads/shanghai/registered office/stockstar2025" in message


def test_a_changed_value_is_named_too(verdicts):
    edits, _ = TURNS["C16"]
    (message,) = changes(lines_of(verdicts), lines_of(judge_all(Altered(*edits))))
    assert message.startswith("C16: supported -> contradicted")
    assert "beijing/models_filed/2025-11-29/pk2026" in message and message.count("18") >= 2


# ---------------------------------------------------------------------------- re-readings


def decided_by_data() -> list[tuple[str, str]]:
    """Claim and key of every row of data that decides a verdict which is not unverified."""
    tables = {"observations", "targets"}
    tables |= {r["name"] for r in book.package["resources"] if r["path"].startswith("distributions/")}
    found = []
    for claim, verdict in judge_all(book).items():
        for key in verdict.rests_on if verdict.outcome is not Outcome.UNVERIFIED else ():
            try:
                row = parse(key)
            except ValueError:  # of the plans, events and the like, which hold no figures
                continue
            if row.table in tables and row.period != "-":
                found.append((claim, key))
    return found


def test_every_figure_that_decides_a_verdict_was_read_again_at_its_source():
    registers = Registers(book)
    found = decided_by_data()
    assert len(found) > 100
    unread = [(claim, key) for claim, key in found if registers.reread_row(key) is None]
    assert unread == [], "read these again, and record it in data/rereadings.csv"


def record() -> None:
    """Write the verdicts of today as the recorded ones."""
    with RECORD.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(lines_of(judge_all()))


if __name__ == "__main__":
    record()
