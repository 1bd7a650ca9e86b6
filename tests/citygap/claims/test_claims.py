"""Every claim has a rule or a reason, every verdict follows from rows, and a change is explained.

``tests/citygap/claims/verdicts.csv`` records the verdicts with their evidence.  When data change a verdict,
:func:`test_the_verdicts_are_those_recorded` names the claim, the old and the new verdict and the
rows that did it.  A change that is meant is recorded with::

    python -m tests.citygap.claims.test_claims
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import pandas as pd
import pytest

from citygap.claims import COMMENTARY, RULES, Outcome, Part, Role, Witness, judge, judge_all, weigh
from citygap.claims import ledger as printing
from citygap.claims.criteria import agrees, told
from citygap.claims.dates import span
from citygap.claims.evidence_tables import evidence_key
from citygap.data.corrections import Registers
from citygap.data.row_keys import parse
from citygap.data.tables import Tables, book
from citygap.gap import tables as gap_tables
from citygap.quantity.quantity import read
from citygap.quantity.three_valued import Answer

RECORD = Path(__file__).with_name("verdicts.csv")
COLUMNS = ("claim", "verdict", "stance", "rows", "says")
RULE_MODULES = ("gap", "head_cities", "capital", "local_firms", "plans", "pillars")
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
           "source": "hami-government-2025", "confidence": "high", **cells}
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


def copied(table: str, where: dict, **cells: str) -> tuple[str, Edit]:
    """Add copies of the rows that fit, with other cells."""
    def edit(frame: pd.DataFrame) -> pd.DataFrame:
        return pd.concat([frame, frame[_chosen(frame, where)].assign(**cells)])

    return table, edit


def only(claim: str, part: str, stance: str = "supports", **cells: str) -> tuple[str, Edit]:
    """One sound statement on a part of a claim, and no other."""
    row = {"claim": claim, "part": part, "stance": stance, "what": f"a new source {stance} {part}",
           "source": "hami-government-2025", "confidence": "high", "period": "2025-12", **cells}  # fmt: skip

    def edit(frame: pd.DataFrame) -> pd.DataFrame:
        others = frame[(frame["claim"] != claim) | (frame["part"] != part)]
        return pd.concat([others, pd.DataFrame([row])]).fillna("")

    return "evidence", edit


def told_both(claim: str, *parts: str) -> dict[str, list]:
    """Both ways of a claim that rests on statements: all its parts said, or one of them denied."""
    return {"for": [only(claim, part) for part in parts], "against": [only(claim, parts[0], "contradicts")]}


def contrasted(claim: str, own: str, *others: str) -> dict[str, list]:
    """Both ways of a contrast: it is so, and another has what is said to be the one's own."""
    so = [only(claim, city) for city in (own, *others)]
    return {"for": [*so, *(only(claim, f"{city}_too", "contradicts") for city in others)],
            "against": [*so, only(claim, f"{others[0]}_too")]}  # fmt: skip


INDEPENDENT = {"source": "chongqing-commission-economy-information-2025", "confidence": "medium"}
OWN_CORE = obs("chongqing", "ai_core_scale", "2024", **INDEPENDENT)
RANKED = put("rankings", {"source": COMMENTARY}, source="tmtpost-2024", confidence="medium")
ALL_CORE = [
    OWN_CORE,
    obs("shanghai", "ai_above_scale", "2024", indicator="ai_core_scale"),
    obs("shenzhen", "ai_industry_scale", "2023", indicator="ai_core_scale", period="2024"),
    copied("observations", {"place": "beijing", "indicator": "ai_core_scale", "period": "2024",
                            "source": "national-business-daily-2026"}, place="guangzhou"),
]  # fmt: skip
AS_SHENZHEN = [
    copied("observations", {"place": "guangdong", "indicator": indicator}, place="shenzhen")
    for indicator in ("electronics_industry_revenue", "hightech_manufacturing_revenue")
]


def deals(power: float) -> list:
    """Deals of two years, the new ones going with a power of those of the first year."""
    first = (("beijing", 14), ("shanghai", 8), ("hangzhou", 3), ("shenzhen", 2),
             ("guangzhou", 1), ("nanjing", 1), ("qingdao", 1), ("suzhou", 1))  # fmt: skip
    return [
        *(put("ai-deals-by-city", {"period": "2014", "place": place}, deals=str(round(n**power)))
          for place, n in first),
        *(drop("ai-deals-by-city", period=str(year)) for year in range(2015, 2019)),
        put("claims", {"claim": ["C35", "C50"]}, period="2014"),  # as if the sentence spoke of that year
    ]  # fmt: skip


def moved(place: str, city: str) -> dict[str, list]:
    sound = put("seats", {"place": place}, confidence="high")
    return {"for": [sound], "against": [sound, put("seats", {"place": place}, city=city)]}


#: Rows of grade D, as if a sound page had them.
SOUND_STAFF = [put("observations", {"place": "qianli_zhijia"}, confidence="medium")]
SOUND_SHARE = [put("observations", {"indicator": "ai_talent_share_industry"}, confidence="medium", period="2024"),
               put("evidence", {"claim": "C21"}, confidence="medium")]  # fmt: skip


NO_RULES = [obs("beijing", "standards_secretariats", "2022", value="5"),
            obs("chongqing", "standards_secretariats", "2022", value="90", bound="exact")]  # fmt: skip


def small(place: str, *indicators: str) -> list:
    """A place with next to nothing on some counts."""
    return [put("observations", {"place": place, "indicator": i}, value="1") for i in indicators]


#: What the data house counted by September, as if counted to the end of the ten months.
TO_OCTOBER = put("observations", {"indicator": ["vc_companies_itjuzi_narrow", "vc_amount_itjuzi_narrow"]},
                 as_of="2025-10-31")  # fmt: skip
#: For each rule the data that turn it for and against its claim; nothing where it is so today.
WAYS: dict[str, dict[str, list]] = {
    "C01": {"for": [], "against": [plan("CQ_AIPLUS_2025", date="2025-06-13")]},
    "C02": told_both("C02", "goal"),
    "C03": {"for": [], "against": [obs("chongqing", "industrial_output_above_scale", "2023", value="0.9")]},
    "C05": {"for": [OWN_CORE],
            "against": [obs("chongqing", "ai_core_scale", "2024", value="300", **INDEPENDENT)]},
    "C06": {"for": ALL_CORE,
            "against": [*ALL_CORE, obs("chongqing", "ai_core_scale", "2024", value="900", **INDEPENDENT)]},
    "C07": {"for": [OWN_CORE, obs("chengdu", "ai_industry_scale", "2024-01/2024-09",
                                  indicator="ai_core_scale", period="2024", value="1026")],
            "against": [OWN_CORE, obs("chengdu", "ai_industry_scale", "2024-01/2024-09",
                                      indicator="ai_core_scale", period="2024", value="300")]},
    "C08": {"for": [put("rankings", {"source": "china-services-info-2024"}, source="beijing-commission-development-reform-2024a")],
            "against": [put("rankings", {"source": COMMENTARY}, source="china-services-info-2024")]},
    "C09": {"for": [RANKED], "against": [RANKED, put("rankings", {"rank": "13"}, rank="20")]},
    "C10": {"for": [RANKED], "against": [RANKED, put("rankings", {"rank": "8", "place": "chengdu"}, rank="4")]},
    "C11": {"for": [RANKED], "against": [RANKED, put("rankings", {"rank": "13"}, rank="4")]},
    "C12": {"for": [RANKED], "against": [RANKED, put("rankings", {"tier": "top 3"}, tier="top 20")]},
    "C14": {"for": [only("C14", "market"), only("C14", "for_ai")], "against": NO_RULES},
    "C15": {"for": [], "against": [put("observations", {"place": "beijing", "period": "2025",
                                                        "bound": "expected"}, value="5000")]},
    "C16": {"for": [], "against": [obs("beijing", "models_filed", "2025-11-29", value="180")]},
    "C17": moved("cambricon", "shanghai"),
    "C18": moved("baidu", "hangzhou"),
    "C20": {"for": [], "against": [obs("shanghai", "ai_above_scale", "2024", value="3800")]},
    "C21": {"for": SOUND_SHARE, "against": [*SOUND_SHARE, obs("shanghai", "ai_talent_share_industry", "2024", value="20"),
                                   put("evidence", {"claim": "C21"}, value="20")]},
    "C22": moved("agibot", "beijing"),
    "C23": {"for": [put("seats", {"place": "moore_threads"}, city="shanghai")], "against": []},
    "C24": moved("stepfun", "beijing"),
    "C25": {"for": [obs("shenzhen", "ai_industry_scale", "2024", **INDEPENDENT)],
            "against": [obs("shenzhen", "ai_industry_scale", "2024", value="2000", **INDEPENDENT)]},
    "C26": {"for": [obs("shenzhen", "ai_firms_related", "2025", period="2024")],
            "against": [obs("shenzhen", "ai_firms_related", "2025", period="2024", value="900")]},
    "C27": {"for": [put("evidence", {"claim": "C27"}, period="2024")],
            "against": [put("evidence", {"claim": "C27"}, period="2024", value="5")]},
    "C28": moved("ubtech", "hangzhou"),
    "C30": {"for": [], "against": [obs("nvidia", "market_capitalisation", "2025-10-29", value="4.5")]},
    "C31": {"for": [TO_OCTOBER], "against": [put("observations", {"indicator": "vc_companies_itjuzi_narrow"}, value="900")]},
    "C32": {"for": [], "against": [TO_OCTOBER, put("observations", {"indicator": "vc_amount_itjuzi_narrow"}, value="500")]},
    "C33": {"for": [put("rankings", {"ranking": "szaiia_funding_2024"}, edition="2025")],
            "against": [put("rankings", {"ranking": "szaiia_funding_2024", "place": "hangzhou"}, rank="9"),
                        put("rankings", {"ranking": "szaiia_funding_2024"}, edition="2025")]},
    "C34": {"for": [obs("zero2ipo_top5", "vc_amount_share_zero2ipo", "2024", period="2025")],
            "against": [obs("zero2ipo_top5", "vc_amount_share_zero2ipo", "2024", period="2025", value="40")]},
    "C35": {"for": deals(3), "against": deals(0)},
    "C36": told_both("C36", "barrier"),
    "C37": {"for": [event("changan_tianshu_driving_model", "2025-01-09")], "against": [event("changan_tianshu_2_plan", "2024-12-09"),
                                   event("changan_tianshu_brand", "2024-12-05")]},
    "C38": {"for": [*SOUND_STAFF, only("C39", "moved")], "against": [*SOUND_STAFF, put("observations", {"place": "qianli_zhijia"}, value="1000")]},
    "C39": told_both("C39", "moved"),
    "C40": {"for": [], "against": [event("qianli_zhijia_agreement", "2024-03-03"),
                                   event("qianli_zhijia_running", "2024-08-06")]},
    "C41": {"for": [], "against": [event("jialing_laboratory_listed", "2024-11")]},
    "C42": told_both("C42", "field"),
    "C43": told_both("C43", "supplier", "inspection", "firm"),
    "C44": told_both("C44", "membership"),
    "C45": {"for": [only("C45", "geely"), only("C45", "led")], "against": [only("C45", "changan", "contradicts"), only("C45", "geely", "contradicts")]},
    "C46": told_both("C46", "linkage"),
    "C47": {"for": [only("C47", "clusters")], "against": [obs("chongqing", "secondary_value_added", "2022", value="1000")]},
    "C49": told_both("C49", "chongqing"),
    "C50": {"for": deals(3), "against": [plan("CN_AIPLUS_2025", date="2026-08-21")]},
    "C51": {"for": [], "against": [plan("BJ_AIPLUS_2024", date="2024-09-26")]},
    "C52": told_both("C52", "rules"),
    "C53": told_both("C53", "aim"),
    "C54": {"for": [], "against": [event("shenzhen_pioneer_programme", "2024-12-30")]},
    "C55": told_both("C55", "devices", "power"),
    "C56": {"for": [], "against": [plan("SH_MOSU_2024", date="2025-01-20")]},
    "C57": told_both("C57", "cluster", "chain"),
    "C58": {"for": [], "against": [plan("CQ_AIPLUS_2025", date="2024-01-13")]},
    "C59": told_both("C59", "goal"),
    "C61": told_both("C61", "science_race", "general_models_race", "consumption_race"),
    "C62": {"for": [put("emphasis", {"plan": "CQ_AIPLUS_2025", "theme": "ai_manufacturing"}, weight="2")],
            "against": [only("C62", "section", "contradicts")]},
    "C63": told_both("C63", "plan_text"),
    "C64": contrasted("C64", "chongqing", "shanghai", "shenzhen"),
    "C65": told_both("C65", "plan_text"),
    "C66": told_both("C66", "clusters"),
    "C67": told_both("C67", "dispatch"),
    "C69": told_both("C69", "aim"),
    "C71": told_both("C71", "position", "serves"),
    "C72": told_both("C72", "aim", "around"),
    "C73": told_both("C73", "plan_text"),
    "C74": contrasted("C74", "chongqing", "beijing", "shanghai", "shenzhen"),
    "C75": told_both("C75", "tie"),
    "C76": told_both("C76", "market", "aim"),
    "C77": told_both("C77", "paradigm"),
    "C78": told_both("C78", "disciplines"),
    "C79": told_both("C79", "full_stack"),
    "C80": told_both("C80", "laboratories", "paradigms"),
    "C81": {"for": [say("C81", "whole_shanghai"), say("C81", "whole_shenzhen")],
            "against": [put("evidence", {"claim": "C81", "part": "field_beijing", "value": "weather"},
                            value="energy")]},
    "C84": {"for": [put("filed-models-by-place", {"place": "shanghai", "period": "2025-11-01"}, models="900")],
            "against": [put("filed-models-by-place", {"place": "zhejiang", "period": "2025-11-01"},
                                       models="999")]},
    "C85": {"for": [say("C85", "ai_standards")], "against": NO_RULES},
    "C86": {"for": [say("C86", "ai_source"), say("C86", "command")], "against": small("beijing", "technology_contracts_sold", "conference_papers")},
    "C87": {"for": [only("C87", "chain")], "against": [only("C87", "chain", "contradicts")]},
    "C88": {"for": [only("C88", "base")], "against": small("shanghai", "openrank_developers", "incubator_investment")},
    "C89": {"for": [*AS_SHENZHEN, only("C89", "loop")], "against": [only("C89", "loop", "contradicts")]},
    "C90": {"for": [TO_OCTOBER], "against": [put("observations", {"indicator": "vc_companies_itjuzi_narrow"}, value="900")]},
    "C95": told_both("C95", "history"),
    "C98": {"for": [], "against": [obs("chongqing", "secondary_value_added", "2022", value="1000")]},
    "C99": told_both("C99", "scenarios"),
    "C101": told_both("C101", "reshaping"),
    "C102": told_both("C102", "purpose"),
    "C103": told_both("C103", "uses"),
}  # fmt: skip
#: Rules that can find their figures not comparable, and where they do.
MIXED = ("C06",)
NOT_TESTABLE = [row["claim"] for row in book.table("claims").to_dict("records")
                if row["testable"] == "no"]  # fmt: skip


# --------------------------------------------------------------------------------- the register


def test_every_claim_has_a_rule_and_every_rule_a_claim():
    assert set(RULES) == set(CLAIMS) and len(CLAIMS) > 90


def test_no_rule_is_without_data_that_turn_it_both_ways():
    assert set(WAYS) | set(NOT_TESTABLE) == set(CLAIMS)
    assert all(set(ways) == {"for", "against"} and any(ways.values()) for ways in WAYS.values())


@pytest.mark.parametrize("claim", WAYS)
def test_data_turn_every_rule_for_and_against_its_claim(claim):
    borne, denied = (judge(claim, Altered(*WAYS[claim][way])) for way in ("for", "against"))
    assert borne.borne_out, borne.reason
    assert denied.outcome is Outcome.CONTRADICTED, denied.reason
    assert borne.reason != denied.reason


@pytest.mark.parametrize("claim", MIXED)
def test_a_comparison_across_definitions_is_not_made(claim, verdicts):
    assert verdicts[claim].outcome is Outcome.NOT_COMPARABLE


def core_of_chengdu(value: str) -> tuple[str, Edit]:
    """A core figure of Chengdu for 2023, beside its industry figure of that year."""
    where = {"place": "chengdu", "indicator": "ai_industry_scale", "period": "2023"}
    return copied("observations", where, indicator="ai_core_scale", value=value)


def test_two_names_are_two_definitions_only_where_the_city_counts_both():
    """A name alone decides nothing: a city that prints a core beside its industry makes them two."""
    today, apart, alike = (judge("C07", Altered(*edits)) for edits in (
        [], [core_of_chengdu("300")], [core_of_chengdu("780")]))  # fmt: skip
    assert today.outcome is alike.outcome is Outcome.UNVERIFIED and "cannot be told" in today.reason
    assert apart.outcome is Outcome.NOT_COMPARABLE and "of another kind (industry)" in apart.reason


@pytest.mark.parametrize("claim, part", [
    ("C45", "led"), ("C47", "clusters"), ("C52", "rules"), ("C55", "power"), ("C57", "chain"),
    ("C88", "base"),
])  # fmt: skip
def test_a_clause_that_says_which_thing_is_meant_is_never_said_in_passing(claim, part):
    """Nothing known of it leaves the claim open, a denial contradicts it."""
    others = {"C45": ["geely"], "C55": ["devices"], "C57": ["cluster"]}.get(claim, [])
    known = [only(claim, each) for each in others]
    silent = put("evidence", {"claim": claim, "part": part}, stance="context")
    open_, denied = (Altered(*known, *more) for more in (
        [silent] if book.rows("evidence", claim=claim, part=part) else [], [only(claim, part, "contradicts")]))
    assert judge(claim, open_).outcome is Outcome.UNVERIFIED
    assert judge(claim, denied).outcome is Outcome.CONTRADICTED


@pytest.mark.parametrize("claim, missing", [("C31", "not to October"), ("C33", "for 2025"), ("C34", "of 2025")])
def test_a_figure_of_another_period_decides_nothing(claim, missing):
    verdict = judge(claim)
    assert verdict.outcome is Outcome.UNVERIFIED and missing in verdict.reason


def test_a_count_of_fewer_months_neither_bears_out_nor_denies_more():
    few = put("observations", {"indicator": "vc_companies_itjuzi_narrow"}, value="500")
    assert judge("C31", Altered(few)).outcome is Outcome.UNVERIFIED


def test_a_rank_of_another_year_does_not_bear_out_that_of_the_year():
    today, of_year = judge("C27"), judge("C27", Altered(*WAYS["C27"]["for"]))
    assert today.outcome is Outcome.UNVERIFIED and "no list or paper of 2024" in today.reason.lower()
    assert of_year.traced and "1 of 1 lists and papers of 2024" in of_year.reason


@pytest.mark.parametrize("claim, period, counts", [
    ("C27", "2024", True), ("C27", "2024-12-31", True), ("C27", "2025", False), ("C27", "2023", False),
    ("C31", "2025-01/2025-09", True), ("C31", "2024", False),  # (a) a year of its own
    ("C58", "2025-11-01", True), ("C58", "2022", True), ("C58", "2021", False), ("C58", "2013 to 2018", False),
    ("C58", "2026-01", False),  # (b) a state told without a year
])  # fmt: skip
def test_the_rule_on_age_is_one_for_all_claims(claim, period, counts):
    assert Witness(book).of_its_time(claim, period) is counts


def test_no_verdict_rests_on_a_figure_of_another_time(verdicts):
    witness = Witness(book)
    for claim, verdict in verdicts.items():
        for item in (*verdict.evidence_for, *verdict.evidence_against):
            for key in item.rows:
                table, period = key.partition("/")[0], ""
                if table in ("plans", "events", "emphasis", "seats", "rankings"):
                    continue
                if table == "evidence":
                    rows = [r for r in book.rows("evidence", claim=claim) if evidence_key(r) == key]
                    period = rows[0]["period"] if rows and rows[0]["unit"] else ""
                else:
                    period = parse(key).period.strip("-")
                assert not period or witness.of_its_time(claim, period) or claim == "C84", (claim, key)


def test_old_counts_are_told_beside_and_do_not_weaken_or_bear_out():
    today = judge("C58")
    assert {key.split("/")[0] for key in today.rests_on} == {"filed-models-by-place", "shenzhen", "plans"}
    assert any("ai-firms-by-city" in row for item in today.context for row in item.rows)
    few = put("ai-firms-by-city", {"place": "shenzhen"}, companies="1")
    assert judge("C58", Altered(few)).outcome is today.outcome is Outcome.CAVEAT


def test_growth_needs_both_ends():
    """A list that ends before the time of the claim says nothing of it; one that reaches it does."""
    ends = put("claims", {"claim": ["C35", "C50"]}, period="")
    for claim in ("C35", "C50"):
        late, early = (judge(claim, Altered(*deals(3), *more)) for more in ([], [ends]))
        assert late.borne_out and early.outcome is Outcome.UNVERIFIED
        assert "ends later than 2014" in early.reason


#: A mark that ends a clause.
CLAUSE = re.compile("[，。；：……]")


def of_one_clause(rows: Sequence[dict[str, str]]) -> list[tuple[str, str]]:
    """Claims cut from one clause that have two periods, though neither sentence names a year."""
    found = []
    for n, one in enumerate(rows):
        for other in rows[n + 1:]:
            cut = [set(filter(None, CLAUSE.split(row["sentence_hans"]))) for row in (one, other)]
            named = [re.findall(r"\d{4}(?=年)", row["sentence_hans"]) for row in (one, other)]
            if cut[0] & cut[1] and one["period"] != other["period"] and named[0] == named[1]:
                found.append((one["claim"], other["claim"]))
    return found


def test_claims_of_one_clause_have_one_period():
    rows = book.rows("claims")
    assert of_one_clause(rows) == []
    turned = [row | {"period": "2025"} if row["claim"] == "C27" else row for row in rows]
    assert of_one_clause(turned) == [("C26", "C27")]
    said = [row | {"sentence_hans": "2025年，" + row["sentence_hans"]} if row["claim"] == "C27" else row for row in turned]
    assert of_one_clause(said) == [], "the sentence itself says otherwise"


def test_a_period_is_that_of_the_sentence():
    """A year that the sentence names, and none after the commentary; an old year only if it is named."""
    for row in book.rows("claims"):
        years = re.findall(r"\d{4}", row["period"])
        assert len(set(years)) <= 1 and all(year <= "2025" for year in years), row["claim"]
        for year in re.findall(r"\d{4}(?=年)", row["sentence_hans"]):
            assert year in years, row["claim"]


def test_a_first_showing_before_the_year_leaves_the_year_open():
    assert judge("C37").outcome is Outcome.UNVERIFIED and "October 2024" in judge("C37").reason


def test_where_nothing_was_looked_for_no_source_is_said_to_be_wanting():
    """A search is claimed only with its day; else the pages that were read are all that is spoken of."""
    days = {row["claim"]: row["looked"] for row in book.rows("claims")}
    for claim, verdict in judge_all().items():
        wanting = "no independent source was found that" in verdict.reason.lower()
        assert not wanting or days[claim], claim
    blind = judge("C95", Altered(put("claims", {"claim": "C95"}, looked="")))
    assert "no page that was read for the tables says that" in blind.reason.lower()
    assert "looked for on 1 December 2026" in judge("C95").reason


def test_a_date_is_told_once_as_exactly_as_known():
    """Two copies of one edition, one with the day and one with the month alone."""
    assert judge("C08").reason == "The edition found is of 18 June 2024."
    other = judge("C08", Altered(put("rankings", {"source": "china-services-info-2024"}, source="tmtpost-2024")))
    assert re.fullmatch(r"The edition found is of (\d+ )?June 2024\.", other.reason)


#: Reasons that count lists, editions, firms or fields, whose years stand in the evidence.
OF_NO_ONE_YEAR = {"C11", "C27", "C45", "C52", "C81"}


def test_a_reason_that_quotes_a_figure_says_of_when_it_is(verdicts):
    undated = {claim for claim, verdict in verdicts.items() for text in verdict.reasons
               if re.search(r"\d", text) and not re.search(r"\b(?:19|20)\d\d\b|-\d\d\b", text)}  # fmt: skip
    assert undated == OF_NO_ONE_YEAR
    assert "80% on 28 March 2024 to 61% on 1 November 2025" in verdicts["C84"].reason


def test_evidence_names_the_day_of_a_figure_out_of_a_list_of_several(verdicts):
    of_a_day = [item for verdict in verdicts.values() for item in verdict.evidence
                if len(item.rows) == 1 and (row := item.rows[0].split("/"))[0] == "filed-models-by-place"
                and str(span(row[2])) not in item.text]  # fmt: skip
    assert of_a_day == []


def test_the_aims_of_a_plan_bear_their_unit(verdicts):
    aims = {item.text.split(": ", 1)[1] for claim in ("C07", "C67") for item in verdicts[claim].context
            if ": " in item.text and ("plan" in item.text or "programme" in item.text)}  # fmt: skip
    assert aims == {"AI industry scale, 2024: 100 billion yuan", "AI (core) industry scale, 2026: 170 billion yuan",
                    "Greater-Bay-Area compute dispatch scale, 2024: 30,000 petaflops"}  # fmt: skip


def test_of_several_claims_in_one_sentence_each_says_by_what_it_is_judged(verdicts):
    sentences = {row["claim"]: row["sentence_hans"].rstrip("。") for row in book.rows("claims")}
    shared = {claim for claim, own in sentences.items() for other, text in sentences.items()
              if claim != other and (own in text or text in own)}  # fmt: skip
    assert {"C23", "C85", "C86"} <= shared
    assert {claim for claim, verdict in verdicts.items() if verdict.judged_by} == shared
    page = printing.Ledger(verdicts=verdicts).part()._repr_html_()
    assert page.count("Judged here: ") == len(shared)
    assert "Judged here: Beijing commands the rules. Judged by the seats of" in page


def test_ledger_and_chapter_count_the_same_lists():
    ranks = gap_tables.ranks()
    for name, rival in (("Chengdu", "chengdu"), ("Xi'an", "xian")):
        said = f"behind {name} on {ranks[rival]} of {ranks[f'{rival}_of']} other lists"
        assert said in judge("C11").reason


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


def test_no_verdict_rests_on_a_page_of_low_confidence(verdicts):
    """What counts is decided once, for statements, figures, events, seats, lists and plans alike."""
    weak = [
        (claim, item.rows)
        for claim, verdict in verdicts.items()
        for item in (*verdict.evidence_for, *verdict.evidence_against)
        if "low" in {item.confidence, *map(book.confidence, item.sources)}
    ]
    assert weak == []


@pytest.mark.parametrize("claim, table, where", [
    ("C40", "events", {"event": "qianli_zhijia_running"}),
    ("C41", "events", {"event": "jialing_laboratory_listed"}),
    ("C58", "filed-models-by-place", {}),
])  # fmt: skip
def test_a_row_that_sinks_to_low_confidence_no_longer_speaks(claim, table, where, monkeypatch):
    """Its key leaves what the verdict rests on."""
    rows = book.rows(table, **where)
    source = rows[0]["source"]
    real = Tables.confidence
    monkeypatch.setattr(Tables, "confidence", lambda self, key: "low" if key == source else real(self, key))
    sunk = [put(table, where, confidence="low")] if "confidence" in rows[0] else []
    turned = judge(claim, Altered(*sunk))
    assert not any(source in item.sources for item in (*turned.evidence_for, *turned.evidence_against))


def test_shares_of_industry_stay_on_one_basis():
    """A share of 2024 stands on another census and says nothing of a fall since 2022."""
    rests = judge("C47").rests_on
    assert {key.split("/")[2] for key in rests} == {"2022", "2023"}
    assert {key.split("/")[1] for key in rests} == {"secondary_value_added", "gdp"}
    risen = judge("C47", Altered(obs("chongqing", "secondary_value_added", "2023", value="12500")))
    assert "share fell" in judge("C47").reason and "share fell" not in risen.reason
    gone = judge("C47", Altered(drop("observations", place="chongqing", indicator="gdp", period="2023")))
    assert "no later share on the same basis" in gone.reason


def test_a_count_that_chance_could_explain_makes_nobody_weaker():
    """Three times as many of so few firms is no surely larger rate."""
    few = obs("shenzhen", "models_filed", "2025-11-01", value="9")
    assert judge("C58", Altered(few)).outcome is Outcome.UNVERIFIED


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
    if table.endswith(("-by-city", "-by-place")):
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


# ----------------------------------------------------------------------- sentences and chapters

HAN = re.compile(r"[\u4e00-\u9fff]")
#: Characters that only traditional Chinese has and that are frequent enough to show a slip.
TRADITIONAL = set("這為對來東產業競賽進國個們開發從實際與關鍵機構數據")
#: Longest quote of one claim, so that no claim becomes a reprint.
SHORT = 90


@pytest.mark.parametrize("row", book.table("claims").to_dict("records"), ids=lambda row: row["claim"])
def test_every_claim_has_a_short_sentence_in_simplified_chinese(row):
    sentence = row["sentence_hans"]
    assert len(HAN.findall(sentence)) >= 4 and len(sentence) <= SHORT
    assert not set(sentence) & TRADITIONAL
    assert not re.search(r"[,:;()]|(?<![A-Za-z])\s", sentence), "marks are full-width"
    assert re.fullmatch(r"C\d{2,3}", row["claim"]) and not HAN.search(row["paraphrase_en"])


def test_keys_of_plans_and_sources_in_a_claim_are_known():
    plans = {row["plan"] for row in book.rows("plans")}
    for table in ("claims", "evidence"):
        for row in book.rows(table):
            assert set(filter(None, row["document"].split("; "))) <= plans, row
    for row in book.rows("claims"):
        assert set(filter(None, row["traced_to"].split("; "))) <= set(book.sources), row["claim"]


def test_every_claim_is_linked_from_the_chapter_that_discusses_it(root):
    unlinked = [
        row["claim"]
        for row in book.rows("claims")
        if not re.search(
            rf"\{{claim\}}`+[^\n]*?(?<![C\d]){row['claim']}(?!\d)",
            (root / "chapters" / f"{row['chapter']}.md").read_text(encoding="utf-8"),
        )
    ]
    assert unlinked == []


# ------------------------------------------------------------------------------------ what counts


def _row(claim: str, **cells: str) -> dict[str, str]:
    return {"claim": claim, "part": "any", "stance": "supports", "period": "2025-06", "document": "",
            "source": "hami-government-2025", "confidence": "medium", **cells}  # fmt: skip


@pytest.mark.parametrize(
    "claim, cells, counts",
    [
        ("C80", {}, True),
        ("C80", {"confidence": "low"}, False),
        ("C80", {"period": "2026-01"}, False),
        ("C80", {"period": "2025-12-31"}, True),
        ("C80", {"period": ""}, True),
        ("C80", {"document": "CQ_AIPLUS_2025"}, True),
        ("C80", {"document": "CQ_DIGITAL_2023"}, False),
        ("C67", {"document": "CQ_DIGITAL_2023"}, True),  # this claim names no plan
        ("C81", {"document": "SH_MOSU_2024"}, True),  # this one names four
    ],
)
def test_what_counts_is_decided_once(claim, cells, counts):
    assert Witness(book).admits(_row(claim, **cells)) is counts


def test_what_was_so_earlier_does_not_say_how_it_ended():
    witness = Witness(book)
    assert not witness.admits(_row("C39", period="2025-09-11"), since="2025-12")
    assert not witness.admits(_row("C39", period=""), since="2025-12")
    assert witness.admits(_row("C39", period="2025-12-30"), since="2025-12")


def test_of_equal_pages_the_later_speaks():
    def answered(*rows):
        return told(Witness(Altered(*rows)), "C72", "aim", "it is").answer

    earlier = say("C72", "aim", period="2025-03")
    later = say("C72", "aim", "contradicts", period="2025-09")
    assert answered(earlier, later) is Answer.NO
    assert answered(say("C72", "aim", period="2025-10"), later) is Answer.YES
    assert answered(say("C72", "aim", period="2025"), later) is Answer.CANNOT_TELL
    assert answered(say("C72", "aim"), later) is Answer.CANNOT_TELL


def test_what_its_likely_source_bears_out_is_traced_and_another_source_confirms_it(verdicts):
    assert verdicts["C15"].traced and verdicts["C15"].borne_out
    assert verdicts["C16"].traced, "lists that leave room for a number do not give it"
    assert not judge("C16", Altered(put("claims", {"claim": "C16"}, traced_to=""))).traced
    confirmed = put("claims", {"claim": "C15"}, traced_to="")
    assert not judge("C15", Altered(confirmed)).traced
    assert not any(v.traced for v in verdicts.values() if not v.borne_out)


# ------------------------------------------------------------------------------ one for contrasts


@pytest.mark.parametrize(
    "rows, outcome",
    [
        ([], Outcome.UNVERIFIED),
        ([only("C64", "chongqing"), only("C64", "shanghai"), only("C64", "shenzhen")], Outcome.UNVERIFIED),
        ([only("C64", "chongqing", "contradicts")], Outcome.CONTRADICTED),
        ([only("C64", "shenzhen", "contradicts")], Outcome.CONTRADICTED),
    ],
)
def test_a_contrast_needs_both_sides_and_that_no_other_has_it_too(rows, outcome):
    assert judge("C64", Altered(*rows)).outcome is outcome


def test_a_statistic_that_lacks_a_place_cannot_tell_who_has_more():
    gone = [drop("observations", place="chongqing", indicator="openrank_developers")]
    turned = judge("C88", Altered(*gone))
    assert turned.outcome is Outcome.UNVERIFIED and "no figure of Chongqing" in turned.reason


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
    gone = drop("observations", place="china", indicator="vc_companies_aiindex", period="2025")
    turned = judge("C31", Altered(gone))
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
    text = (root / "citygap" / "claims" / "rules" / f"{module}.py").read_text(encoding="utf-8")
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
    bad = tmp_path / "citygap" / "claims" / "rules"
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
        ("nearly", "800", "count", ("764", "exact"), 1, Answer.YES),
        ("nearly", "800", "count", ("710", "exact"), 1, Answer.NO),
        ("nearly", "800", "count", ("710", "exact"), 2, Answer.YES),
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


# --------------------------------------------------------------------------------------- the page


@pytest.fixture(scope="module")
def page() -> str:
    return printing.Ledger().part(filtered=True)._repr_html_()


def test_the_page_has_every_claim_once_in_the_order_of_the_argument(page):
    assert re.findall(r'<article class="claim" id="(C\d+)"', page) == CLAIMS


def test_every_claim_on_the_page_has_verdict_reason_and_evidence_with_links(page, verdicts):
    for claim, block in zip(CLAIMS, page.split("<article ")[1:], strict=True):
        verdict = verdicts[claim]
        assert f"</span> {verdict.verdict}</span>" in block and escape(verdict.reason) in block
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
    html = printing.Ledger(Altered(evil)).part(filtered=True)._repr_html_()
    assert "<script" not in html and "&lt;script&gt;" in html.lower()


def test_the_counts_add_up():
    ledger = printing.Ledger()
    assert sum(ledger.tally(apart=None).values()) == len(CLAIMS)
    by_chapter = [ledger.tally(chapter) for chapter in printing.CHAPTERS]
    assert {k: sum(t[k] for t in by_chapter) for k in by_chapter[0]} == ledger.tally()


def test_claims_of_place_and_date_are_counted_apart():
    ledger = printing.Ledger()
    counts = ledger.counts()
    assert (counts.loc["every"] == counts.loc["all"] + counts.loc["place-date"]).all()
    assert counts.loc["every", "all"] == len(CLAIMS) and counts.loc["place-date", "all"] > 10
    more = Altered(put("claims", {"claim": ["C17", "C18"]}, kind="policy"))
    moved_ = printing.Ledger(more).counts()
    assert moved_.loc["all", "all"] == counts.loc["all", "all"] + 2


def test_what_is_traced_is_no_source_of_its_own():
    """What the commentary's own likely source alone bears out is not decided by another, and has a part
    of its own in the picture."""
    ledger, confirmed = printing.Ledger(), printing.Ledger(Altered(put("claims", {"claim": "C15"}, traced_to="")))
    of_heads, then = (each.counts().loc["head-city-advantages"] for each in (ledger, confirmed))
    assert of_heads["traced"] + of_heads["another"] == of_heads["borne-out"] == then["borne-out"]
    assert then["another"] == of_heads["another"] + 1
    shares = [each.decided()["head-city-advantages"] for each in (ledger, confirmed)]
    assert shares[1] - shares[0] == pytest.approx(1 / of_heads["all"])
    counted = printing.summary(ledger).data
    assert counted[counted["stage"] == printing.TRACED_PART]["count"].sum() == ledger.counts().loc["all", "traced"] > 0


def test_chapters_are_compared_by_what_another_source_decides():
    ledger = printing.Ledger()
    assert ledger.few_decided() and ledger.decided_more("strategy-pillars")
    assert not ledger.decided_more("gap-diagnosis", ["strategy-pillars"])
    wrong = [v for v in ledger.claims if ledger.claims[v]["chapter"] == "gap-diagnosis"]
    denied = {c: replace(v, outcome=Outcome.CONTRADICTED) if c in wrong else v for c, v in ledger.verdicts.items()}
    turned = printing.Ledger(verdicts=denied)
    assert not turned.few_decided() and turned.decided_more("gap-diagnosis")
    assert ledger.none_contradicted() and not turned.none_contradicted()


def test_what_a_sound_source_denies_in_passing_is_counted(verdicts):
    """A denial in passing leaves the claim borne out and is told; what is not known is no denial."""
    assert verdicts["C98"].denied_in_passing and not verdicts["C20"].denied_in_passing
    assert not verdicts["C15"].denied_in_passing, "two reports of one paper differ"
    assert judge("C15", Altered(drop("evidence", claim="C15", stance="supports"))).denied_in_passing
    denied = [only("C01", "any")]
    assert not judge("C01", Altered(*denied)).denied_in_passing
    assert verdicts["C67"].outcome is Outcome.CAVEAT and not verdicts["C67"].denied_in_passing
    passing = printing.Ledger().counts().loc["all", "passing"]
    assert passing == sum(v.denied_in_passing for v in verdicts.values()) > 0


def test_the_name_of_a_figure_is_in_passing_unless_the_right_one_lies_outside():
    """Industry and core: C15 stays borne out while the core of the year is near what it says."""
    assert judge("C15").outcome is Outcome.CAVEAT
    core = put("observations", {"place": "beijing", "indicator": "ai_core_scale", "period": "2025"}, value="3000")
    assert judge("C15", Altered(core)).outcome is Outcome.UNVERIFIED, "one report says core, one industry"
    named_otherwise = drop("evidence", claim="C15", stance="supports")
    assert judge("C15", Altered(core, named_otherwise)).outcome is Outcome.CONTRADICTED
    where = {"place": "shanghai", "indicator": "ai_above_scale", "period": "2024"}
    named = copied("observations", where, indicator="ai_industry_scale", value="3000", bound="exact")
    assert judge("C20").outcome is Outcome.CAVEAT and judge("C20", Altered(named)).outcome is not Outcome.CAVEAT


def test_a_sibling_plan_does_not_speak_for_the_plan():
    """The second move and all that is said of it are judged by the plan alone."""
    for claim in ("C69", "C72", "C75", "C76"):
        parts = {"C69": ["aim"], "C72": ["aim", "around"], "C75": ["tie"], "C76": ["market", "aim"]}[claim]
        own, sibling = (judge(claim, Altered(*(only(claim, part, document=plan) for part in parts)))
                        for plan in ("CQ_AIPLUS_2025", "CQ_AIMFG_2025"))  # fmt: skip
        assert own.borne_out and sibling.outcome is Outcome.UNVERIFIED, claim


def test_the_silence_of_a_plan_denies_no_aim():
    """Read whole, a plan settles what its list holds (C81), not an aim told in other words (C53)."""
    assert judge("C53").outcome is Outcome.UNVERIFIED and "read whole" in judge("C53").reason
    assert judge("C53", Altered(only("C53", "aim", "contradicts", document="BJ_AIPLUS_2024"))).outcome is Outcome.CONTRADICTED
    gone = drop("evidence", claim="C81", part="whole_beijing")
    whole = [say("C81", "whole_shanghai"), say("C81", "whole_shenzhen")]
    assert judge("C81", Altered(*whole)).borne_out
    assert judge("C81", Altered(*whole, gone)).outcome is Outcome.UNVERIFIED


def test_an_aim_is_no_proof_that_a_thing_is_built():
    assert judge("C66").outcome is Outcome.CAVEAT
    assert judge("C66", Altered(only("C66", "built"))).outcome is Outcome.SUPPORTED
    older = drop("evidence", claim="C66", source="cailian-press-2024")
    assert judge("C66", Altered(older)).outcome is Outcome.UNVERIFIED, "an older plan does not speak for the plan"


def test_later_and_weaker_figures_are_told_beside_the_rank():
    """C98 is judged by the last year that has every city; that Suzhou has passed since is said."""
    assert "Suzhou has passed it" in judge("C98").reason
    less = obs("suzhou", "secondary_value_added_census5", "2024", value="9000")
    turned = judge("C98", Altered(less))
    assert "has passed" not in turned.reason and turned.outcome is judge("C98").outcome


def test_one_comparator_measures_all_sides():
    """C14: every count is set against Chongqing, and the market and AI alone are parts stated as fact."""
    places = {key.split("/")[1 if key.startswith("filed") else 0] for key in judge("C14").rests_on}
    assert places == {"beijing", "shanghai", "shenzhen", "chongqing"}
    for part in ("market", "for_ai"):
        assert judge("C14", Altered(only("C14", "market"), only("C14", "for_ai"), only("C14", part, "contradicts"))
                     ).outcome is Outcome.CONTRADICTED  # fmt: skip
    assert judge("C14", Altered(only("C14", "market"))).outcome is Outcome.UNVERIFIED


def test_the_picture_shows_the_counts():
    ledger = printing.Ledger()
    chart = printing.summary(ledger)
    assert chart.data["count"].sum() == sum(ledger.tally().values())
    another = ledger.counts().loc["gap-diagnosis", "another"]
    assert f"{another} borne out" in chart.alt and "<svg" in chart.svg


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_verdict_is_a_word_with_a_sign_and_no_hue(outcome, root):
    key, sign = printing.BADGES[outcome]
    assert sign in "\u2713\u2715?"
    assert (sign == "\u2715") == (outcome is Outcome.CONTRADICTED)
    sheet = (root / "citypages" / "static" / "ledger.css").read_text(encoding="utf-8")
    assert f".verdict-{key}" not in sheet


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
    assert not found, "\n" + "\n".join(found) + "\nIf that is meant: python -m tests.citygap.claims.test_claims"


def test_a_changed_verdict_names_the_claim_both_verdicts_and_the_row(verdicts):
    turned = judge_all(Altered(put("seats", {"place": "moore_threads"}, city="shanghai")))
    (message,) = changes(lines_of(verdicts), lines_of(turned))
    assert message.startswith("C23: contradicted -> supported\n")
    assert "was against | seats/moore_threads/beijing/registered office/moore-threads-2025a" in message
    assert "is  for | seats/moore_threads/shanghai/registered office/moore-threads-2025a" in message


def test_a_changed_value_is_named_too(verdicts):
    (message,) = changes(lines_of(verdicts), lines_of(judge_all(Altered(*WAYS["C16"]["against"]))))
    assert message.startswith("C16: supported -> contradicted")
    assert "beijing/models_filed/2025-11-29/internews-pakistan-2026" in message and message.count("18") >= 2


# ---------------------------------------------------------------------------- re-readings


def decided_by_data() -> list[tuple[str, str]]:
    """Claim and key of every row of data for or against a claim, decided or open, and of every row of
    a list that is shown with it, in context too."""
    lists = {r["name"] for r in book.package["resources"] if r["path"].startswith("distributions/")}
    found = []
    for claim, verdict in judge_all(book).items():
        for item in verdict.evidence:
            for key in item.rows:
                try:
                    row = parse(key)
                except ValueError:  # of the plans, events and the like, which hold no figures
                    continue
                speaks = item.stance != "context" and row.table in ("observations", "targets")
                if (speaks or row.table in lists) and row.period != "-":
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
