"""Filed and notable models: shares bounded by what is published on other days, by hand."""

from __future__ import annotations

import pytest

from citygap import models
from citygap.quantity import NotComparable
from citygap.tables import NoObservation
from small_tables import observed


def filed(place, day, value, **more):
    return observed(place, "models_filed", day, value, **more)


def registered(place, day, value):
    return observed(place, "models_registered", day, value)


@pytest.fixture
def filings(made_up, monkeypatch):
    monkeypatch.setattr(models, "NATIONAL_DAYS", ("2025-01-31", "2025-06-30", "2025-12-31"))
    return made_up(observations=[
        filed("china", "2025-06-30", 400), filed("china", "2025-01-31", 200),
        filed("china", "2025-12-31", 800), filed("beijing", "2025-06-30", 100),
        filed("beijing", "2025-09-15", 200), filed("beijing", "2026-02-01", 300),
    ])  # fmt: skip


def test_filings_of_a_place_come_in_the_order_of_the_days_asked_for(filings):
    found = models.filed("beijing", ("2025-06-30", "2025-09-15"))
    assert [q.bounds for q in found] == [(100, 100), (200, 200)]
    with pytest.raises(NoObservation):
        models.filed("beijing")


def test_the_national_count_on_another_day_lies_between_its_neighbours(filings):
    assert models.filed_in_china("2025-06-30").bounds == (400, 400)
    assert models.filed_in_china("2025-09-15").bounds == (400, 800)


@pytest.mark.parametrize("day", ["2025-01-30", "2026-01-01"])
def test_outside_the_published_days_there_is_no_national_count(filings, day):
    with pytest.raises(LookupError, match=day):
        models.filed_in_china(day)


def test_a_share_is_in_percent_and_bounded_by_both_neighbours(filings):
    assert models.share_of_filed("beijing", "2025-06-30").bounds == pytest.approx((25, 25))
    q = models.share_of_filed("beijing", "2025-09-15")
    assert q.bounds == pytest.approx((25, 50)) and q.unit == "%"
    with pytest.raises(LookupError):
        models.share_of_filed("beijing", "2026-02-01")
    with pytest.raises(NoObservation):
        models.share_of_filed("wuhan", "2025-06-30")


def test_the_last_national_count_caps_a_share_of_registrations_and_gives_no_floor(made_up):
    made_up(observations=[
        registered("china", "2025-12-31", 400), registered("china", "2024-12-31", 100),
        registered("china", "2026-06-30", 900), registered("beijing", "2026-01-08", 100),
    ])  # fmt: skip
    q = models.registered_at_most("beijing", "2026-01-08")
    assert q.high == pytest.approx(25) and q.low == float("-inf") and q.unit == "%"
    # the true share, if China had 900 by then
    assert 100 * 100 / 900 in q


def test_without_a_national_count_before_the_day_there_is_no_cap(made_up):
    made_up(observations=[registered("china", "2025-12-31", 400), registered("beijing", "2025-06", 9)])
    with pytest.raises(LookupError, match="no national count of registrations before 2025-06"):
        models.registered_at_most("beijing", "2025-06")


def test_a_national_count_of_a_whole_year_or_month_is_one_of_its_end(made_up):
    # counts only grow: those of the end of 2025 and of June would cap a day of June too high
    made_up(observations=[
        registered("china", "2024-12-31", 100), registered("china", "2025", 400),
        registered("china", "2025-06", 200), registered("beijing", "2025-06-10", 50),
    ])  # fmt: skip
    assert models.registered_at_most("beijing", "2025-06-10").high == pytest.approx(50)


def test_filed_and_registered_are_two_things(made_up):
    made = made_up(observations=[filed("beijing", "2025-06-30", 1),
                                 registered("china", "2025-06-30", 2)])
    with pytest.raises(NotComparable):
        models.gap.share(made.observe("beijing", "models_filed"),
                         made.observe("china", "models_registered"))


def test_a_share_of_algorithms_is_the_plain_ratio(made_up):
    made_up(observations=[observed(p, "algorithm_filings", models.FILINGS, v)
                          for p, v in (("beijing", 1000), ("china", 4000))])
    assert models.share_of_algorithms("beijing").bounds == pytest.approx((25, 25))


def notable_rows():
    return [{"period": "2024", "place": "beijing", "models": 3, "source": "s"},
            {"period": "2024", "place": "hangzhou", "models": 1, "source": "s"},
            {"period": "2025", "place": "beijing", "models": 5, "source": "s"}]


def test_a_city_without_a_notable_model_has_an_exact_zero_and_its_year(made_up):
    made_up(notable_models_by_city=notable_rows())
    q = models.notable("hangzhou", "2025")
    assert q.bounds == (0, 0) and q.period == "2025" and q.place == "hangzhou"
    assert models.notable("beijing", "2025").bounds == (5, 5)
    with pytest.raises(NoObservation):
        models.notable("beijing", "2023")


def test_notable_marks_are_one_line_a_city_over_whole_years(made_up):
    made_up(notable_models_by_city=notable_rows())
    found = [(m.row, m.quantity.period, m.quantity.low)
             for m in models.notable_marks(["beijing", "hangzhou"], 2024, 2025)]
    assert found == [("Beijing", "2024", 3), ("Beijing", "2025", 5),
                     ("Hangzhou", "2024", 1), ("Hangzhou", "2025", 0)]


def world(country, year, count):
    return {"period": year, "place": country, "models": count, "source": "s"}


def test_a_country_has_its_share_of_all_that_were_counted(made_up):
    made_up(notable_models_by_country=[
        world("china", "2024", 15), world("united_states", "2024", 40), world("france", "2024", 5),
        world("china", "2023", 99),
    ])  # fmt: skip
    q = models.of_world("china", "2024")
    assert q.bounds == pytest.approx((25, 25))
    assert (q.unit, q.period, q.place) == ("%", "2024", "china")
    assert models.of_world("germany", "2024").bounds == (0, 0)
    with pytest.raises(NoObservation):
        models.of_world("china", "2022")


def test_marks_of_filings_are_hollow_where_they_are_registrations():
    found = models.filed_marks()
    assert {m.row: m.hollow for m in found} == {
        row: indicator != "models_filed" for row, _, indicator, _ in models.LINES
    }
    for row, _, _, days in models.LINES:
        line = [m.quantity for m in found if m.row == row]
        assert [q.period for q in line] == list(days)
        assert all(later.high >= earlier.low for earlier, later in zip(line, line[1:])), "they only grow"


def test_shares_of_filings_stay_between_nothing_and_all():
    for mark in models.share_marks():
        assert mark.quantity.unit == "%" and mark.high <= 100, mark.row
        assert mark.low >= 0 or mark.low == float("-inf")
