"""The conclusions on capital turn with made-up rows, and miss what is not there."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import pytest

from citygap.capital import conclusions as holds
from citygap.data.tables import NoObservation
from citygap.quantity.quantity import exactly, reading_rules
from citygap.quantity.three_valued import Answer
from tests.made_up import sharp, use

YES, NO, OPEN = Answer.YES, Answer.NO, Answer.CANNOT_TELL
YEARS = ("2013", "2014", "2015", "2016", "2017", "2018")


@pytest.fixture(autouse=True)
def points():
    with sharp():
        yield


def deals(**shares: tuple[int, int]) -> str:
    """Deals (and money) of each city: the number of the first year, and by how much each year adds."""
    return "\n".join(
        f"{year}, {place}, {first + step * i}, 1, {first + step * i}"
        for place, (first, step) in shares.items() for i, year in enumerate(YEARS))


# ------------------------------------------------------------------------------------------ ladder


def rungs(*four: float) -> pd.DataFrame:
    """The ladder with these shares of the four cities."""
    return pd.DataFrame({"four": [exactly(v, "%") for v in four]}, index=["firms", "deals", "money"], dtype=object)


@pytest.mark.parametrize(("four", "answer"), [((70, 80, 90), YES), ((70, 80, 80), NO), ((80, 70, 90), NO)])
def test_the_ladder_rises_only_if_each_rung_is_above_the_last(four, answer):
    assert holds.ladder_rises(rungs(*four)) is answer


# ------------------------------------------------------------------------------------ five regions


def five(later: float, models: tuple[float, float] = (80, 70), money: float = 97) -> pd.DataFrame:
    """Shares of the five regions: 85 to 90 of deals and 90 to 95 of money on the list."""
    rows = {year: {"deals": exactly(85 + i, "%"), "money": exactly(90 + i, "%")} for i, year in enumerate(YEARS)}
    rows["2018"]["money"] = exactly(money, "%")
    rows["2024"] = {"deals": exactly(later, "%"), "money": exactly(80, "%")}
    rows |= {day: {"models": exactly(v, "%")} for day, v in zip(("2024-03-28", "2026-08-31"), models)}
    return pd.DataFrame.from_dict(rows, orient="index", dtype=object)


@pytest.mark.parametrize(("parts", "answer"), [
    ((85, 86, 87, 86, 87, 88), YES), ((80, 83, 86, 89, 92, 95), NO), ((95, 92, 89, 86, 83, 80), YES),
])  # fmt: skip
def test_a_rise_is_within_chance_unless_its_trend_is_beyond_it(monkeypatch, parts, answer):
    monkeypatch.setattr(holds.tables, "deals_inside", lambda: (list(parts), [100] * 6))
    assert holds.rise_within_chance() is answer


class Range(NamedTuple):
    """What chance leaves open of a share."""

    low: float
    high: float


@pytest.mark.parametrize(("models", "answer"), [((80, 70), YES), ((70, 80), NO), ((70, 70), NO)])
def test_models_spread_if_the_last_share_is_below_the_first(models, answer):
    assert holds.models_spread(five(84, models)) is answer


@pytest.mark.parametrize(("money", "answer"), [(97, YES), (90, NO)])
def test_money_rose_if_it_did_so_each_year(money, answer):
    assert holds.money_rose(five(84, money=money)) is answer


@pytest.mark.parametrize(("last", "answer"), [(5, YES), (15, NO), (20, NO)])
def test_chongqings_share_of_models_fell(last, answer):
    table = pd.DataFrame({"chongqing": [exactly(2, "count"), exactly(last, "count")],
                          "china": [exactly(100, "count"), exactly(500, "count")]},
                         index=["first", "last"], dtype=object)  # fmt: skip
    assert holds.chongqings_share_fell(table) is answer


# ------------------------------------------------------------------------------------------ houses

TWO = "china, vc_amount_oecd, 2024, 40\nchina, private_ai_investment_aiindex, 2024, {low}, {word}"


@pytest.mark.parametrize(
    ("low", "word", "answer"),
    [(8, "exact", YES), (20, "exact", NO), (10, "about", OPEN)],
)
def test_houses_differ_by_more_than_four_times(monkeypatch, low, word, answer):
    use(monkeypatch, observations=TWO.format(low=low, word=word))
    with reading_rules(width=2):  # about 10 is read as 9 to 11, 40 over 4 is 10
        assert holds.houses_differ() is answer


def test_one_house_alone_differs_from_nobody(monkeypatch):
    use(monkeypatch, observations=TWO.splitlines()[0])
    with pytest.raises(NoObservation, match="fewer than two"):
        holds.houses_differ()


def test_a_house_without_a_rate_is_left_out(monkeypatch):
    # 1,000 billion yuan would be the largest by far, but no rate turns it into dollars
    rows = TWO.format(low=20, word="exact") + "\nchina, vc_amount_zero2ipo, 2024, 10000"
    use(monkeypatch, observations=rows)
    assert holds.houses_differ() is NO


# ----------------------------------------------------------------------------------------- Matthew

#: Ten cities of different size that keep their shares.
EVEN = {f"c{i}": (10 * i, 0) for i in range(1, 11)}


def test_growth_in_proportion_is_possible_where_shares_stay(monkeypatch):
    use(monkeypatch, ai_deals_by_city=deals(**EVEN))
    assert holds.in_proportion() is YES and holds.strong_pull_open() is NO
    assert holds.pulls_away_with_a_start() is not NO


def test_growth_in_proportion_is_ruled_out_where_the_small_catch_up(monkeypatch):
    # all get the same from the second year on, whatever they have
    rows = "\n".join(f"{year}, c{i}, {10 * i if year == '2013' else 60}, 1, 1"
                     for year in YEARS for i in range(1, 11))
    use(monkeypatch, ai_deals_by_city=rows)
    assert holds.in_proportion() is NO and holds.strong_pull_open() is NO
    assert holds.pulls_away_with_a_start() is NO and holds.neither_shown_nor_ruled_out() is NO


def test_growth_in_proportion_is_ruled_out_where_the_large_pull_away(monkeypatch):
    # deals of the second year go with the square of those of the first
    rows = "\n".join(f"{year}, c{i}, {i if year == '2013' else i * i}, 1, 1"
                     for year in YEARS[:2] for i in range(1, 11))
    use(monkeypatch, ai_deals_by_city=rows)
    assert holds.pulls_away_with_a_start() is YES and holds.in_proportion() is NO


def test_it_feeds_itself_only_where_the_large_surely_pull_away(monkeypatch):
    rows = "\n".join(f"{year}, c{i}, {i if year == '2013' else i * i}, 1, 1"
                     for year in YEARS[:2] for i in range(1, 11))
    use(monkeypatch, ai_deals_by_city=rows)
    assert holds.feeds_itself() is YES and holds.neither_shown_nor_ruled_out() is NO
    use(monkeypatch, ai_deals_by_city="\n".join(
        f"{year}, c{i}, {10 * i if year == '2013' else 60}, 1, 1" for year in YEARS for i in range(1, 11)))
    assert holds.feeds_itself() is NO


def test_cities_without_a_deal_turn_what_the_list_leaves_open():
    """On the list the test of cities with a deal holds growth in proportion; one deal in advance for
    each, and it does not."""
    assert holds.in_proportion() is YES and holds.pulls_away_with_a_start() is YES
    assert holds.neither_shown_nor_ruled_out() is YES and holds.strong_pull_open() is YES


# ---------------------------------------------------------------------------------- against the rest


@pytest.mark.parametrize(("share", "answer"), [(60, YES), (95, NO)])
def test_ai_deals_are_set_against_all_deals(monkeypatch, share, answer):
    # five of six cities have 90 of 100
    use(monkeypatch, observations=f"vc_top5_cities, vc_all_deals_share_jiamian, 2025H1, {share}",
        ai_deals_by_city=deals(a=(30, 0), b=(20, 0), c=(20, 0), d=(10, 0), e=(10, 0), f=(10, 0)))
    assert holds.above_all_deals() is answer


def test_a_part_drawn_at_random_is_told_from_one_that_is_not(monkeypatch):
    whole = "\n".join(f"all, 2022-03, c{i}, 5, 5" for i in range(10))
    use(monkeypatch, unicorns_by_city=whole + "\nai, 2022-03, c1, 5, 5")
    assert holds.draw_is_common() is NO, "five of fifty in one of ten cities"
    use(monkeypatch, unicorns_by_city=whole + "".join(f"\nai, 2022-03, c{i}, 1, 1" for i in range(5)))
    assert holds.draw_is_common() is YES, "no draw is less concentrated than one a city"


# ------------------------------------------------------------------------------------ public money


def test_a_fund_of_chongqings_own_is_found_wherever_it_stands(monkeypatch):
    use(monkeypatch)
    assert holds.no_ai_fund_in_chongqing() is YES
    use(monkeypatch, observations="chongqing, public_ai_fund_size, 2026-01, 50")
    assert holds.no_ai_fund_in_chongqing() is NO
    use(monkeypatch, targets="chongqing, public_ai_fund_size, 2026-01, 50")
    assert holds.no_ai_fund_in_chongqing() is NO


def test_a_fund_in_the_west_is_found(monkeypatch):
    name = "vc_guidance_regional_fund_size"
    use(monkeypatch, observations=f"yangtze_delta, {name}, 2025-12-22, 471")
    assert holds.none_in_the_west() is YES
    use(monkeypatch, observations=f"chengdu_chongqing, {name}, 2025-12-22, 471")
    assert holds.none_in_the_west() is NO


# ------------------------------------------------------------------------------------- the ranking

RANKED = "szaiia_funding_2024, AI financing project count, {}, {}, ai_rounds"


@pytest.mark.parametrize(("fourth", "answer"), [("hangzhou", YES), ("chongqing", NO)])
def test_the_four_with_the_most_rounds(monkeypatch, fourth, answer):
    order = ("beijing", "shenzhen", "shanghai", fourth, "suzhou")
    use(monkeypatch, rankings="\n".join(RANKED.format(city, rank) for rank, city in enumerate(order, 1)))
    assert holds.same_four_in_2024() is answer
    assert holds.not_among_the_ten() is answer
    assert holds.ranked("ai_rounds") == list(order)
    assert holds.inland_among_the_ten() is NO


def test_a_ranking_of_another_year_is_no_ranking_of_2025():
    assert holds.no_rounds_of_2025() is YES
