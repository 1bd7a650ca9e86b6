"""A rank is what a list allows, whoever is on it, absent from it, or said to be absent."""

from __future__ import annotations

import math

import pytest

from citygap.data.tables import NoObservation, book
from citygap.gap import rankings
from citygap.gap.rankings import Listing
from citygap.quantity.quantity import Answer

YES, NO = Answer.YES, Answer.NO
LIST = Listing("a", "overall", "List A")
PROVINCES = Listing("b", "overall", "List B", provinces=True)


def row(place: str, rank: object = "", tier: str = "", ranking: str = "a", **more) -> dict:
    return {
        "ranking": ranking, "name_en": f"List {ranking.upper()}", "edition": "2020",
        "dimension": "overall", "place": place, "rank": rank, "tier": tier, **more,
    }  # fmt: skip


THREE = [row("beijing", 1), row("shanghai", 2), row("wuhan", 3)]
NOT_ON_IT = row("chongqing", listed="not listed", source="page", confidence="medium")


def test_a_place_on_a_list_has_its_rank_and_its_row(made_up):
    made_up(rankings=THREE)
    q = LIST.rank("wuhan")
    assert (q.bounds, q.unit, q.place, q.published) == ((3, 3), "rank", "wuhan", "")
    assert q.rows == ("rankings/a/overall/wuhan/s",)


def test_a_place_off_a_list_known_from_the_first_rank_on_stands_below_it(made_up):
    made_up(rankings=THREE)
    q = LIST.rank("chongqing")
    assert q.bounds == (4, math.inf) and q.published == "below rank 3"
    assert len(q.rows) == 3, "the whole list says so"


@pytest.mark.parametrize(
    "rows",
    [
        [row("beijing", 1), row("wuhan", 3)],
        [row("shanghai", 2), row("wuhan", 3)],
        [*THREE, row("hefei", tier="second tier")],
    ],
)
def test_a_list_with_gaps_does_not_tell_where_the_others_stand(made_up, rows):
    made_up(rankings=rows)
    assert LIST.rank("chongqing") is None


def test_a_page_that_says_not_listed_bears_the_list_out_and_makes_no_gap(made_up):
    made_up(rankings=[*THREE, NOT_ON_IT])
    said, unsaid = LIST.rank("chongqing"), LIST.rank("xian")
    assert said.bounds == unsaid.bounds == (4, math.inf)
    assert said.confidence == "medium" and "page" in said.sources
    assert unsaid.confidence == "high" and "page" not in unsaid.sources


def test_not_listed_on_a_list_with_gaps_tells_nothing(made_up):
    made_up(rankings=[row("beijing", 1), row("wuhan", 3), NOT_ON_IT])
    assert LIST.rank("chongqing") is None


@pytest.mark.parametrize(
    ("tier", "bounds"),
    [
        ("top 10", (1, 10)),
        ("top 5 (first tier)", (1, 5)),
        ("top 10 (exact n/a)", (1, 10)),
        ("second tier (6-10)", (6, 10)),
    ],
)
def test_a_tier_leaves_its_ranks_open(made_up, tier, bounds):
    made_up(rankings=[row("hefei", tier=tier)])
    assert LIST.rank("hefei").bounds == bounds


def test_a_tier_without_ranks_tells_nothing(made_up):
    made_up(rankings=[row("hefei", tier="tier 3")])
    assert LIST.rank("hefei") is None


SAME_PLACE = {
    "a rank speaks over a tier": ([("8", ""), ("", "second level (6-10)")], (8, 8)),
    "two ranks both stand": ([("8", ""), ("6", "")], (6, 8)),
    "two tiers both stand": ([("", "top 5"), ("", "top 10")], (1, 10)),
    "a tier without ranks is passed over": ([("", "tier 2"), ("", "top 3")], (1, 3)),
}


@pytest.mark.parametrize("case", SAME_PLACE)
@pytest.mark.parametrize("turned", [False, True])
def test_two_sources_on_one_place_give_one_rank_in_any_order(made_up, case, turned):
    given, bounds = SAME_PLACE[case]
    rows = [row("hefei", *pair, source=f"s{n}") for n, pair in enumerate(given)]
    made_up(rankings=rows[::-1] if turned else rows)
    q = LIST.rank("hefei")
    assert q.bounds == bounds and set(q.sources) == {"s0", "s1"}


def test_a_second_row_of_a_ranked_place_makes_no_gap(made_up):
    made_up(rankings=[*THREE, row("wuhan", tier="top 3", source="other")])
    assert LIST.rank("chongqing").bounds == (4, math.inf)


def test_a_list_of_provinces_places_a_city_by_its_own_and_says_so(made_up):
    made_up(rankings=[row("anhui", 1, ranking="b"), row("chongqing", 2, ranking="b")])
    hefei, chongqing = PROVINCES.rank("hefei"), PROVINCES.rank("chongqing")
    assert hefei.bounds == (1, 1) and rankings.BY_PROVINCE in hefei.caveat
    assert chongqing.bounds == (2, 2) and not chongqing.caveat


def test_confidence_is_the_worst_of_what_a_rank_rests_on(made_up):
    made_up(rankings=[row("beijing", 1), row("shanghai", 2, confidence="low")])
    assert [LIST.rank(p).confidence for p in ("beijing", "xian")] == ["high", "low"]


def test_a_list_without_rows_is_an_error_and_no_rank(made_up):
    made_up(rankings=THREE)
    with pytest.raises(NoObservation, match="no rows of ranking b"):
        PROVINCES.rank("wuhan")


@pytest.fixture
def two_lists(made_up, monkeypatch):
    monkeypatch.setattr(rankings, "LISTINGS", (LIST, PROVINCES, Listing("c", "overall", "List C")))
    weak = [row("anhui", 1, ranking="b"), row("hubei", 2, ranking="b")]
    made_up(rankings=[*THREE, *weak])


def test_behind_counts_the_lists_that_decide_and_passes_over_the_others(two_lists):
    # list A: Hefei is below rank 3; list B: its province is before Wuhan's; list C has no rows
    assert rankings.behind("hefei", "wuhan") == [YES, NO]
    assert rankings.behind("wuhan", "hefei") == [NO, YES]
    assert rankings.behind("beijing", "shanghai") == [NO]  # both below rank 2 of list B


def test_two_places_that_no_list_tells_apart_are_an_error(two_lists):
    with pytest.raises(NoObservation, match="no list tells xian from chongqing"):
        rankings.behind("xian", "chongqing")


def test_placed_are_the_lists_that_name_a_place(monkeypatch, made_up):
    monkeypatch.setattr(rankings, "LISTINGS", (LIST, PROVINCES))
    made_up(rankings=[*THREE, NOT_ON_IT, row("chongqing", tier="top 10", ranking="b")])
    assert rankings.placed("wuhan") == [LIST]
    assert rankings.placed("chongqing") == [PROVINCES]


def test_the_table_gives_every_list_in_words(monkeypatch, made_up):
    monkeypatch.setattr(rankings, "LISTINGS", (LIST, PROVINCES))
    made_up(rankings=[*THREE, row("hubei", 1, ranking="b"), row("hebei", 3, ranking="b")])
    frame = rankings.table(["beijing", "wuhan", "chongqing"]).frame
    assert list(frame["List"]) == ["List A", "List B"]
    # Beijing is not on list B, which has a gap: nothing is told rather than guessed
    assert list(frame["Beijing"]) == ["1", "not told"]
    assert list(frame["Chongqing"]) == ["below rank 3", "not told"]


def test_every_list_of_the_book_has_rows_and_places_somebody():
    for listing in rankings.LISTINGS:
        assert any(listing.rank(r["place"]) is not None for r in listing.rows()), listing.label


def test_a_ranking_of_one_english_name_has_one_chinese_name():
    """By the first the second is found, so that of two the edition of another year would be printed."""
    names = {(row["name_en"], row["name_hans"]) for row in book.rows("rankings")}
    assert len({english for english, _ in names}) == len(names)
