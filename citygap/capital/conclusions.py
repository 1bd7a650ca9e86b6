"""What the chapter says of capital, as questions with three answers; the ledger reads them too.

Out of scope: the words around them (the chapter) and the tables themselves (``tables``).
"""

from __future__ import annotations

import pandas as pd

from citygap.capital import ai_vs_all_industries, public_funds, tables, vc_providers
from citygap.capital import preferential_attachment as growth_model
from citygap.capital.distributions import HEAD_FOUR
from citygap.capital.public_funds import FUND
from citygap.comparison.comparable_counts import DEAL_YEARS, FOCUS
from citygap.data.tables import NoObservation, Tables, book
from citygap.measures import counting_intervals
from citygap.measures.absence import held, lists_with
from citygap.quantity.three_valued import Answer, every

TIMES = 4  # how far apart the largest and the smallest total of 2024 are called
RARE = 5  # per cent: as seldom as that, and chance is no explanation
RISE = 1.96  # standard deviations: the same of a rise or a fall
RANKING = "szaiia_funding_2024"


def _nothing(rows: list[str]) -> Answer:
    """Whether a query found no row."""
    return Answer.of(not rows, bool(rows))


# ------------------------------------------------------------------------------------- the ladder


def ladder_rises(table: pd.DataFrame) -> Answer:
    """Whether the four cities' share rises from firms to deals to money."""
    four = table["four"]
    return (four["firms"] < four["deals"]) & (four["deals"] < four["money"])


def only_list() -> Answer:
    """Whether one list alone counts deals by city."""
    return _nothing([name for name in lists_with("deals") if name != "ai-deals-by-city"])


def no_later_money_in_chongqing() -> Answer:
    """Whether no count of AI venture money names Chongqing after the list."""
    kinds = ["ai_vc_amount", "ai_funding_ever", "ai_funding_registry"]
    return _nothing(held(place=FOCUS, concept=kinds, after=DEAL_YEARS[-1]))


# --------------------------------------------------------------------------------- five regions


def rise_within_chance() -> Answer:
    """Whether chance may explain the rise of the five regions' share of deals on the list."""
    within = counting_intervals.trend(*tables.deals_inside()) <= RISE
    return Answer.of(within, not within)


def money_rose(table: pd.DataFrame) -> Answer:
    """Whether the share of money rose in each year of the list from 2015 on."""
    years = [year for year in DEAL_YEARS if year >= "2015"]
    money = table["money"]
    return every(money[after] > money[before] for before, after in zip(years, years[1:]))


def models_spread(table: pd.DataFrame) -> Answer:
    """Whether the five regions' share of filed models is lower on the last day than on the first."""
    models = table["models"].dropna()
    return models.iloc[-1] < models.iloc[0]


def chongqings_share_fell(table: pd.DataFrame) -> Answer:
    """Whether Chongqing's share of filed models is lower on the last day than on the first."""
    first, last = (table.loc[day, "chongqing"] / table.loc[day, "china"] for day in ("first", "last"))
    return last < first


def on_five_regions(table: pd.DataFrame, models: pd.DataFrame) -> dict[str, Answer]:
    """The answers of the section on the five regions, by the keys of its words."""
    return {
        "flat": rise_within_chance(),
        "rose": money_rose(table),
        "spread": models_spread(table),
        "fell": chongqings_share_fell(models),
    }


# --------------------------------------------------------------------------------------- growth


def in_proportion(tables: Tables | None = None) -> Answer:
    """Whether growth in proportion lies within what the list leaves open among cities with a deal."""
    found = growth_model.seen(growth_model.history(tables=tables))
    return Answer.of(1 in found, 1 not in found)


def feeds_itself(tables: Tables | None = None) -> Answer:
    """Whether the large surely pull away (an exponent above 1), or surely do not, however cities
    without a deal are treated."""
    return growth_model.either_way(growth_model.history(tables=tables)) > 1


def strong_pull_open() -> Answer:
    """Whether one treatment of cities without a deal leaves a strong pull open."""
    found = growth_model.either_way(growth_model.history())
    return Answer.of(growth_model.STRONG in found, growth_model.STRONG not in found)


def pulls_away_with_a_start() -> Answer:
    """Whether the large surely pull away if each city is given one deal in advance."""
    return growth_model.with_a_start(growth_model.history()) > 1


def neither_shown_nor_ruled_out() -> Answer:
    """Whether the list leaves open growth in proportion as well as exponents above 1."""
    found = growth_model.either_way(growth_model.history())
    return Answer.of(found.low <= 1 < found.high, found.low > 1 or found.high <= 1)


def money_leaves_all_open() -> Answer:
    """Whether money allows catching up, growth in proportion and a strong pull."""
    found = growth_model.seen(growth_model.history(tables.MONEY[1]))
    return Answer.of(found.low < 1 and growth_model.STRONG in found, growth_model.STRONG not in found)


def on_growth() -> dict[str, Answer]:
    """The answers of the section on growth, by the keys of its words."""
    return {
        "strong_open": strong_pull_open(),
        "possible": in_proportion(),
        "pull_away": pulls_away_with_a_start(),
        "undecided": neither_shown_nor_ruled_out(),
        "money_open": money_leaves_all_open(),
    }


# --------------------------------------------------------------------------------- other business


def above_all_deals(tables: Tables | None = None) -> Answer:
    """Whether the five largest hold more of AI deals than of all deals, on lists that differ."""
    ai, rest = ai_vs_all_industries.ai_deals(tables), ai_vs_all_industries.all_deals(tables)
    return ai_vs_all_industries.more(ai, rest) > 1


def draw_is_common(tables: Tables | None = None) -> Answer:
    """Whether random parts of all unicorns are often as concentrated as the AI unicorns: if so,
    the one list that has both for one date does not show that AI is exceptional."""
    return ai_vs_all_industries.drawn_by_luck(tables) > RARE / 100


# ------------------------------------------------------------------------------------ public money


def no_ai_fund_in_chongqing() -> Answer:
    """Whether the tables hold no fund for AI alone of Chongqing's, announced or registered."""
    known = held(place=FOCUS, indicator=FUND)
    return _nothing([*known, *held("targets", place=FOCUS, indicator=FUND)])


def largest_fund(table: pd.DataFrame) -> Answer:
    """Whether Chongqing's industry fund is the largest of all cities' funds in the figure."""
    own = table["all"][FOCUS]
    others = [fund.size() for fund in (*public_funds.FOR_AI, *public_funds.MIXED)
              if fund.place != FOCUS]  # fmt: skip
    return every(own >= q.across(own.scope, because=public_funds.FIELDS) for q in others)


def same_fund(one: str, other: str) -> Answer:
    """Whether the funds of two cities for AI alone are of one size."""
    sizes = {fund.place: fund.size().bounds for fund in public_funds.FOR_AI}
    return Answer.of(sizes[one] == sizes[other], sizes[one] != sizes[other])


def registered_alone(place: str) -> Answer:
    """Whether of the funds of cities for AI alone one is registered and all others are announced."""
    registered = [fund.place for fund in public_funds.FOR_AI if not fund.announced]
    return Answer.of(registered == [place], registered != [place])


def largest_are_coastal() -> Answer:
    """Whether the three cities with the largest funds for AI alone are Hangzhou, Tianjin and Suzhou,
    which lie on the coast or near it."""
    order = sorted(public_funds.FOR_AI, key=lambda fund: -fund.size().middle)
    same = {fund.place for fund in order[:3]} == {"hangzhou", "tianjin", "suzhou"}
    return Answer.of(same, not same)


def none_in_the_west() -> Answer:
    """Whether the state's regional guidance funds of the tables all lie in three coastal regions."""
    rows = held(indicator="vc_guidance_regional_fund_size")
    return _nothing([row for row in rows if not row.startswith(public_funds.STATE_REGIONS)])


def over_a_year_of_venture_money() -> Answer:
    """Whether Hangzhou's funds exceed all AI venture money of 2024 as Zero2IPO counts it."""
    return public_funds.over_a_year(public_funds.HANGZHOU, vc_providers.zero2ipo()) > 1


def on_funds(table: pd.DataFrame) -> dict[str, Answer]:
    """The answers of the section on public money, by the keys of its words."""
    return {
        "no_fund": no_ai_fund_in_chongqing(),
        "coast": largest_are_coastal(),
        "largest": largest_fund(table),
        "as_large": over_a_year_of_venture_money(),
        "no_outcome": _nothing(held(place="tianjin", concept="public_ai_funds")),
        "none_west": none_in_the_west(),
    }


# --------------------------------------------------------------------------------- houses, months


def counted_to_october() -> Answer:
    """Whether IT Juzi's narrow tag was counted to the end of the commentary's ten months."""
    found = [vc_providers.within_months(tag, *vc_providers.TEN_MONTHS) for tag in vc_providers.NARROW]
    return every(answer for _, answer in found)


def printed_for_ten_months() -> Answer:
    """Whether both of IT Juzi's totals are printed somewhere for the ten months, on whatever page."""
    months = "/".join(vc_providers.TEN_MONTHS)
    printed = all(book.readings("china", tag, months) for tag in vc_providers.NARROW)
    return Answer.of(printed, not printed)


def oecd_is_provisional() -> Answer:
    """Whether the OECD's total of 2024 was drawn up before the year was over."""
    found = vc_providers.standing(vc_providers.oecd()) == "provisional"
    return Answer.of(found, not found)


def houses_differ() -> Answer:
    """Whether the largest total of 2024 is over four times the smallest, of those that are left."""
    totals = [q for of in vc_providers.HOUSES_OF_2024.values() if (q := _known(of)) is not None]
    if len(totals) < 2:
        raise NoObservation("fewer than two totals of 2024 are left")
    return vc_providers.widest(totals) > TIMES


def _known(of):
    try:
        return of()
    except LookupError:
        return None


def ranked(measure: str) -> list[str]:
    """Cities of the ranking of AI funding of 2024 by ``ai_money`` or ``ai_rounds``, the first first."""
    rows = [row for row in book.rows("rankings", ranking=RANKING, measure=measure) if row["rank"]]
    return [row["place"] for row in sorted(rows, key=lambda row: int(row["rank"]))]


def not_among_the_ten() -> Answer:
    """Whether Chongqing is on neither side of the ranking of AI funding of 2024."""
    named = ranked("ai_money") + ranked("ai_rounds")
    return Answer.of(bool(named) and FOCUS not in named, FOCUS in named)


def inland_among_the_ten() -> Answer:
    """Whether Chengdu and Hefei are among the ten cities with the most AI money of 2024."""
    missing = {"chengdu", "hefei"} - set(ranked("ai_money"))
    return Answer.of(not missing, bool(missing))


def no_rounds_of_2025() -> Answer:
    """Whether no table of rounds by city was found for 2025."""
    return _nothing(held("rankings", measure="ai_rounds", edition="2025"))


def same_four_in_2024() -> Answer:
    """Whether the four head cities had the most rounds of 2024 on the ranking."""
    first = ranked("ai_rounds")[: len(HEAD_FOUR)]
    return Answer.of(set(first) == set(HEAD_FOUR), set(first) != set(HEAD_FOUR))


def on_the_ranking() -> dict[str, Answer]:
    """The answers of what is said of rounds by city, by the keys of its words."""
    return {
        "no_rounds": no_rounds_of_2025(),
        "same_four": same_four_in_2024(),
        "inland": inland_among_the_ten(),
        "not_listed": not_among_the_ten(),
    }


def on_the_ten_months() -> dict[str, Answer]:
    """The answers of what is said of the ten months, by the keys of its words."""
    return {"printed": printed_for_ten_months(), "not_reached": ~counted_to_october()}
