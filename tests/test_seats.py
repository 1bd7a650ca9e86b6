"""The seat that speaks for a firm is that of the best page, in any order of the rows."""

from __future__ import annotations

import pytest

from citygap import seats
from citygap.claims.witness import COMMENTARY
from citygap.tables import book


def seat(city, basis="head office", confidence="high", source="s", firm="baidu"):
    return {"place": firm, "city": city, "basis": basis, "confidence": confidence, "source": source}


CASES = {
    "standing before basis": ([seat("beijing", "reported location"),
                               seat("shanghai", "registered office", "medium")], "beijing"),
    "a registered office before a head office": ([seat("beijing"),
                                                  seat("shanghai", "registered office")], "shanghai"),
    "a head office before a name": ([seat("beijing", "legal name"), seat("shanghai")], "shanghai"),
    "a name before a report": ([seat("beijing", "reported location"),
                                seat("shanghai", "legal name")], "shanghai"),
    "a listing venue is no seat": ([seat("beijing", "listing venue"),
                                    seat("shanghai", "reported location", "low")], "shanghai"),
    "another office is no seat": ([seat("beijing", "other office"),
                                   seat("shanghai", "legal name", "low")], "shanghai"),
    "the commentary is not its own witness": ([seat("beijing", source=COMMENTARY),
                                               seat("shanghai", confidence="low")], "shanghai"),
    "of two equal pages always the same one": ([seat("beijing", source="a"),
                                                seat("shanghai", source="b")], "shanghai"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("turned", [False, True])
def test_who_speaks(made_up, case, turned):
    rows, city = CASES[case]
    made_up(seats=rows[::-1] if turned else rows)
    assert seats.best_seat("baidu")["city"] == city


@pytest.mark.parametrize(
    "rows", [[], [seat("beijing", "listing venue")], [seat("beijing", source=COMMENTARY)],
             [seat("beijing", firm="tencent")]],
)  # fmt: skip
def test_without_a_page_there_is_no_seat(made_up, rows):
    made_up(seats=rows)
    with pytest.raises(LookupError, match="no page gives a seat of baidu"):
        seats.best_seat("baidu")


def claim(key, value):
    return {"claim": key, "value": value}


@pytest.fixture
def three(made_up, monkeypatch):
    monkeypatch.setattr(seats, "LAYERS", (
        ("chips", "cambricon", "X1"), ("models", "baidu", "X1"), ("platforms", "tencent", "X2"),
    ))  # fmt: skip
    made_up(
        claims=[claim("X1", "Beijing"), claim("X2", "Shenzhen")],
        seats=[seat("beijing", firm="cambricon"), seat("shanghai", firm="baidu"),
               seat("shenzhen", "legal name", "medium", firm="tencent")],
    )  # fmt: skip


def test_the_table_sets_what_is_said_beside_what_is_found(three):
    found = seats.table()
    assert list(found.columns) == list(seats.COLUMNS)
    assert found[["said", "found"]].to_numpy().tolist() == [
        ["beijing", "beijing"], ["beijing", "shanghai"], ["shenzhen", "shenzhen"],
    ]  # fmt: skip


def test_only_a_firm_found_in_another_city_is_misplaced(three):
    assert seats.misplaced() == [book.name("baidu")]


@pytest.mark.parametrize("given", [[], [claim("X1", "Atlantis")], [claim("X1", "China")]])
def test_a_claim_that_names_no_city_says_no_seat(made_up, given):
    made_up(claims=given)
    with pytest.raises(LookupError, match="X1"):
        seats.said_seat("X1")


def test_every_firm_of_the_book_is_placed_by_a_claim_that_names_a_city():
    for _, firm, key in seats.LAYERS:
        assert seats.said_seat(key), firm
