"""The tables of the chapter, one function a section: cells are quantities or counts.

Out of scope: what the tables show (``conclusions``) and what is drawn (the chapter's figures).
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import add

import pandas as pd

from citygap.capital import ai_vs_all_industries as lists
from citygap.capital import distributions, public_funds, vc_providers
from citygap.capital import preferential_attachment as growth_model
from citygap.capital.distributions import DEALS, FIRMS, HEAD_FOUR, MONEY, of_city, top_share
from citygap.charts import Mark
from citygap.comparison import filed_models
from citygap.comparison.comparable_counts import DEAL_YEARS, FOCUS
from citygap.data.tables import book
from citygap.measures import counting_intervals
from citygap.quantity.quantity import Quantity, billions, hull, read

#: Rungs of the ladder: the list, its column, and its years.
LADDER = {"firms": (*FIRMS, None), "deals": (*DEALS, DEAL_YEARS), "money": (*MONEY, DEAL_YEARS)}
LADDER_LABELS = {
    "firms": "firms\n2018",
    "deals": "deals\n2013-18",
    "money": "money\n2013-18",
}
THREE = ("beijing", "shanghai", "shenzhen")
#: The year of the other house.
OTHER_YEAR = "2024"
NINE_MONTHS = "2025-01/2025-09"
BYTEDANCE = ("bytedance", "firm_value_round", "2020-12-11")
OTHER_DATE = "a value of December 2020 set beside a list of March 2022"


def ladder() -> pd.DataFrame:
    """AI firms, deals and money of the list of 2018, shares in percent.

    Columns: each head city, ``four`` together, ``chongqing``, and ``number``, what Chongqing has.
    """
    rows = {}
    for step, (name, column, years) in LADDER.items():
        part = book.distribution(name, column, years)
        rows[step] = {city: of_city(part[city], part) for city in (*HEAD_FOUR, FOCUS)} | {
            "four": top_share(name, column, years), "number": part[FOCUS],
        }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index", dtype=object)


def chongqing() -> pd.Series:
    """Chongqing's deals: what chance leaves open in so few, and its share of China's output."""
    deals = book.counted(*DEALS, FOCUS, DEAL_YEARS)
    return pd.Series({
        "by_chance": counting_intervals.count_interval(deals),
        "output": filed_models.weight_in_output(FOCUS).to("%"),
    }, dtype=object)  # fmt: skip


def ladder_marks() -> list[Mark]:
    """Shares of the ladder as parts of three bars."""
    table = ladder()
    return [
        Mark(LADDER_LABELS[step], city, table.loc[step, city])
        for step in table.index for city in (*HEAD_FOUR, FOCUS)
    ]  # fmt: skip


def other_lists() -> pd.Series:
    """What other lists say of the top: ByteDance among AI unicorns, and 36Kr's tally to 2020."""
    return pd.Series({
        "bytedance": bytedance_in_beijing(),
        "three_on_list": top_share(*MONEY, DEAL_YEARS, THREE),
        "three_36kr": three_by_36kr(),
    }, dtype=object)  # fmt: skip


def bytedance_in_beijing() -> Quantity:
    """Value of ByteDance, by a round of December 2020, in percent of that of Beijing's AI unicorns."""
    value = book.distribution(*distributions.UNICORN_VALUE, [lists.MONTH], list="ai")
    return book.observe(*BYTEDANCE).ratio(value["beijing"], because=OTHER_DATE).to("%")


def three_by_36kr() -> Quantity:
    """Share of Beijing, Shanghai and Shenzhen in AI money to June 2020 by 36Kr, in percent.

    The source leaves open since when it counts, so the whole is either of two national totals.
    """
    name, since = "vc_amount_36kr", ("1998-01/2020-06", "2016-01/2020-06")
    part = reduce(add, (book.observe(city, name, since[0]) for city in THREE))
    return hull(*(part.ratio(book.observe("china", name, start)).to("%") for start in since))


def five_regions() -> pd.DataFrame:
    """Share of Beijing, Shanghai, Shenzhen, Jiangsu and Zhejiang in the nation, in percent.

    ``deals`` and ``money`` of the list, by year to 2018, and of Zero2IPO for 2024; ``models`` filed
    by the days of the filing lists.
    """
    inside = distributions.in_five_regions()
    rows: dict[str, dict[str, Quantity]] = {}
    for year in DEAL_YEARS:
        rows[year] = {
            "deals": replace(top_share(*DEALS, [year], inside), period=year),
            "money": replace(top_share(*MONEY, [year], inside), period=year),
        }
    rows[OTHER_YEAR] = {
        "deals": book.observe("zero2ipo_top5", "vc_deals_share_zero2ipo", OTHER_YEAR),
        "money": book.observe("zero2ipo_top5", "vc_amount_share_zero2ipo", OTHER_YEAR),
    }
    for day in filed_models.days():
        rows[day] = {"models": filed_models.share_of_cities(day, inside)}
    return pd.DataFrame.from_dict(rows, orient="index", dtype=object)


def deals_inside() -> tuple[list[float], list[float]]:
    """Deals of the five regions, and all, in each year of the list."""
    inside = set(distributions.in_five_regions())
    years = [book.distribution(*DEALS, [year]) for year in DEAL_YEARS]
    parts = [sum(q.middle for place, q in found.items() if place in inside) for found in years]
    return parts, [sum(q.middle for q in found.values()) for found in years]


def chongqings_models() -> pd.DataFrame:
    """Filed models in Chongqing and in the nation on the first and the last day of the lists."""
    first, *_, last = filed_models.days()
    return pd.DataFrame({
        "chongqing": [filed_models.count(FOCUS, day) for day in (first, last)],
        "china": [filed_models.nation(day) for day in (first, last)],
    }, index=["first", "last"], dtype=object)  # fmt: skip


#: Lines of the figure of the five regions: those that its title names, and the others in grey.
FIVE_COLOURS = dict.fromkeys(("deals", "deals, Zero2IPO", "filed models"), "second") | dict.fromkeys(
    ("money", "money, Zero2IPO"), "other")
FIVE_LEAD = "The share of five places in AI deals, AI money and filed models over time."


def five_regions_marks() -> list[Mark]:
    """Lines of :func:`five_regions`: the two houses stand apart and are never joined."""
    table = five_regions()
    marks = []
    for column, label in (("money", "money"), ("deals", "deals"), ("models", "filed models")):
        for period, q in table[column].dropna().items():
            house = ", Zero2IPO" if period == OTHER_YEAR else ""
            marks.append(Mark(f"{label}{house}", "china", q))
    return marks


def growth() -> pd.Series:
    """Exponents of growth of the list, with the bounds of drawing its cities anew."""
    deals = growth_model.history()
    late = growth_model.history(since="2015")
    money = growth_model.history(MONEY[1])
    return pd.Series({
        "best": growth_model.best(deals),
        "deals": growth_model.seen(deals),
        "start": growth_model.with_a_start(deals),
        "newcomers": growth_model.newcomers(deals),
        "late": growth_model.seen(late),
        "money": growth_model.seen(money),
        "strong": growth_model.strong(),
        "twice": growth_model.pull_of_twice(),
    }, dtype=object)  # fmt: skip


def growth_marks() -> list[Mark]:
    """The exponents as rows of a figure."""
    table = growth()
    rows = {"deals": "AI deals", "start": "AI deals, one given\nto each city", "late": "AI deals,\n2015-18 alone", "money": "AI money\n(estimated)"}
    return [Mark(label, "china", table[key]) for key, label in rows.items()]


def funds() -> pd.DataFrame:
    """Announced and registered public funds in billion yuan: ``ai`` alone, ``all`` with AI among
    the fields."""
    found = {fund.place: {"ai": fund.size()} for fund in public_funds.FOR_AI}
    found |= {fund.place: {"all": fund.size()} for fund in public_funds.MIXED}
    found[FOCUS]["subscribed"] = first_stage()
    found["china"] = {"ai": public_funds.NATION.size(), "all": billions(state_fund())}
    found["coast"] = {"all": billions(public_funds.state_regions())}
    return pd.DataFrame.from_dict(found, orient="index", dtype=object)


def first_stage() -> Quantity:
    """What was subscribed to Chongqing's industry fund at the start, in billion yuan."""
    name = "public_industry_fund_first_stage"
    return book.observe(FOCUS, name, "2023-05-19").to("1e9 CNY")


def state_fund() -> Quantity:
    """What the Ministry of Finance puts into the national venture guidance fund."""
    return book.observe("china", "vc_guidance_state_contribution", "2025-12-26")


FUND_LEAD = "Public funds for AI alone, by city."
#: The row of the figure without a fund.
NO_FUND = {"Chongqing": "none found"}


def fund_marks() -> list[Mark]:
    """Funds of cities for AI alone as bars; hollow: announced, not registered."""
    return [
        Mark(f"{book.name(fund.place)}, {fund.period[:4]}", fund.place, fund.size(), fund.announced)
        for fund in public_funds.FOR_AI
    ]


def ten_months() -> pd.Series:
    """The commentary's figures for ten months of 2025, and what houses published for the year."""
    claims = book.table("claims").set_index("claim")
    claimed = {
        key: read(claims.value[key], claims.bound[key], unit, confidence="low",
                  sources=[claims.source[key]], rows=[f"claims/{key}"])
        for key, unit in (("C31", "count"), ("C32", "1e8 CNY"))
    }  # fmt: skip
    return pd.Series({
        "claimed_firms": claimed["C31"],
        "claimed_money": billions(claimed["C32"]),
        "firms": book.observe("china", "vc_companies_itjuzi_narrow", NINE_MONTHS),
        "money": billions(book.observe("china", "vc_amount_itjuzi_narrow", NINE_MONTHS)),
        "wide_money": billions(book.observe("china", "vc_amount_itjuzi_wide_2026", "2025")),
        "nvidia": book.observe("nvidia", "market_capitalisation", "2025-10-29"),
    }, dtype=object)  # fmt: skip


def houses() -> pd.Series:
    """China's AI venture money of 2024 in billion dollars by house, the largest first."""
    found = {house: of() for house, of in vc_providers.HOUSES_OF_2024.items()}
    order = sorted(found, key=lambda house: -found[house].middle)
    return pd.Series({house: found[house] for house in order}, dtype=object)


def house_marks() -> list[Mark]:
    """The houses as rows of a figure; what is provisional or a projection says so."""
    named = {
        house: ", ".join(filter(None, (house, vc_providers.standing(q))))
        for house, q in houses().items()
    }
    return [Mark(named[house], "china", q) for house, q in houses().items()]


def all_industries() -> pd.DataFrame:
    """Share of the five largest cities in AI and in all industries, in percent.

    ``unicorns`` and their ``value`` stand on one list of one date; ``deals`` on two lists.
    """
    return pd.DataFrame({
        "ai": [lists.unicorns("ai"), lists.unicorn_value("ai"), lists.ai_deals()],
        "all": [lists.unicorns("all"), lists.unicorn_value("all"), lists.all_deals()],
    }, index=["unicorns", "value", "deals"], dtype=object)  # fmt: skip


def all_industries_marks() -> list[Mark]:
    """The pairs that stand on one list of one date, as bars."""
    table = all_industries()
    rows = {
        ("unicorns", "ai"): "AI unicorns", ("unicorns", "all"): "all unicorns",
        ("value", "ai"): "AI unicorns' value", ("value", "all"): "all unicorns' value",
    }  # fmt: skip
    return [Mark(label, "china", table.loc[at]) for at, label in rows.items()]
