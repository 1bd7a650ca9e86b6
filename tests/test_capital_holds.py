"""The conclusions on capital turn with made-up rows, and miss what is not there."""

from __future__ import annotations

import pytest
from made_up import sharp, use

from citygap import capital_holds as holds
from citygap import sensitivity
from citygap.answers import Answer
from citygap.tables import NoObservation, book

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

FIRMS = "2018, beijing, 10\n2018, wuhan, 10"
MONEY = "2013, beijing, 6, 6, {money}\n2013, wuhan, 4, 4, 10"


@pytest.mark.parametrize(("money", "answer"), [(90, YES), (15, NO), (10, NO), (5, YES)])
def test_the_ladder_rises_only_if_each_rung_is_above_the_last(monkeypatch, money, answer):
    # firms half and half, deals 6 to 4, money 9 to 1, 6 to 4, half and half, 1 to 2: who holds more does
    # not matter
    use(monkeypatch, ai_firms_by_city=FIRMS, ai_deals_by_city=MONEY.format(money=money))
    assert holds.ladder_rises() is answer


# ------------------------------------------------------------------------------------------ houses

TWO = "china, vc_amount_oecd, 2024, 40\nchina, private_ai_investment_aiindex, 2024, {low}, {word}"


@pytest.mark.parametrize(
    ("low", "word", "answer"),
    [(10, "exact", YES), (20, "exact", NO), (13, "about", OPEN)],
)
def test_houses_differ_by_more_than_three_times(monkeypatch, low, word, answer):
    use(monkeypatch, observations=TWO.format(low=low, word=word))
    with sensitivity.reading_rules(width=2):  # about 13 is read as 12 to 14, 40 over 3 is 13.3
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
    assert holds.proportional_possible() is YES and holds.runaway_excluded() is YES


def test_growth_in_proportion_is_ruled_out_where_the_small_catch_up(monkeypatch):
    # all get the same from the second year on, whatever they have
    rows = "\n".join(f"{year}, c{i}, {10 * i if year == '2013' else 60}, 1, 1"
                     for year in YEARS for i in range(1, 11))
    use(monkeypatch, ai_deals_by_city=rows)
    assert holds.proportional_possible() is NO and holds.runaway_excluded() is YES


def test_a_strong_effect_is_not_excluded_where_the_large_pull_away(monkeypatch):
    # deals of the second year go with the square of those of the first
    rows = "\n".join(f"{year}, c{i}, {i if year == '2013' else i * i}, 1, 1"
                     for year in YEARS[:2] for i in range(1, 11))
    use(monkeypatch, ai_deals_by_city=rows)
    assert holds.runaway_excluded() is NO and holds.proportional_possible() is NO


# ---------------------------------------------------------------------------------------- movement

UP = "2013, beijing, 5, 5, 5\n2013, wuhan, 5, 5, 5\n2018, beijing, 8, 8, 8\n2018, wuhan, 2, 2, 2\n"
DOWN = """
beijing, ai_firms_share_province_xinhua, 2017, 40
beijing, ai_firms_share_province_xinhua, 2018, {last}"""


@pytest.mark.parametrize(("last", "answer"), [("30", YES), ("50", OPEN), ("40", OPEN)])
def test_shares_moved_both_ways_if_one_surely_rose_and_one_surely_fell(monkeypatch, last, answer):
    # the shares of four cities, all there are, cannot be told apart from 100 before and after
    use(monkeypatch, ai_deals_by_city=UP, observations=DOWN.format(last=last))
    assert holds.moved_both_ways() is answer


def test_shares_that_all_fell_did_not_move_both_ways(monkeypatch):
    use(monkeypatch, observations=DOWN.format(last=30))
    assert holds.moved_both_ways() is NO


def test_without_any_series_nothing_moved(monkeypatch):
    use(monkeypatch)
    with pytest.raises(NoObservation, match="no series"):
        holds.moved_both_ways()


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


@pytest.mark.parametrize(("value", "answer"), [(90, YES), (30, NO)])
def test_one_firm_is_taken_out_of_its_city(monkeypatch, value, answer):
    # two firms of Beijing are worth 100 and two other cities 10 each: 0.708; without a firm of 90
    # 10, 10 and 10: 0.333; without one of 30: 70, 10 and 10, 0.63
    use(monkeypatch, observations=f"bytedance, firm_value_round, 2020-12-11, {value}", unicorns_by_city="""
        ai, 2022-03, beijing, 2, 100
        ai, 2022-03, wuhan, 1, 10
        ai, 2022-03, xian, 1, 10""")
    assert holds.one_firm() is answer


# ------------------------------------------------------------------------------------- the choices


def test_with_no_rows_at_all_every_conclusion_has_no_data(monkeypatch):
    use(monkeypatch)
    table, behind = sensitivity.outcomes(holds.CONCLUSIONS, [sensitivity.AS_READ])
    assert dict(zip(table["statement"], table["answer"])) == {
        each.statement: "no data" for each in holds.CONCLUSIONS}
    assert behind == []


def test_a_year_of_deals_is_left_out_and_nothing_else_of_that_year(monkeypatch):
    use(monkeypatch, ai_deals_by_city=UP, ai_firms_by_city="2018, beijing, 10",
        observations="beijing, ai_core_scale, 2018, 9")
    with holds.without_year("2018", "x").under():
        assert book.distribution("ai-deals-by-city", "deals", ["2013"])
        with pytest.raises(NoObservation):
            book.distribution("ai-deals-by-city", "deals", ["2018"])
        assert book.distribution("ai-firms-by-city", "companies")
        assert book.observe("beijing", "ai_core_scale", "2018")
    assert book.distribution("ai-deals-by-city", "deals", ["2018"])


def test_every_choice_has_a_name_of_its_own():
    names = [choice.name for choice in holds.CHOICES]
    assert len(set(names)) == len(names) and holds.SHORT["as\nread"] == names[0]
    statements = [each.statement for each in holds.CONCLUSIONS]
    assert len(set(statements)) == len(statements)
