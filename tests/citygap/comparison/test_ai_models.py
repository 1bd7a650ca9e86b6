"""Filed and notable models: shares bounded by what is published on other days, by hand."""

from __future__ import annotations

import pytest

from citygap.comparison import ai_models
from citygap.data.tables import NoObservation
from citygap.quantity.quantity import NotComparable
from tests.small_tables import observed


def filed(place, day, value, **more):
    return observed(place, "models_filed", day, value, **more)


def registered(place, day, value):
    return observed(place, "models_registered", day, value)


@pytest.fixture
def filings(made_up, monkeypatch):
    monkeypatch.setattr(ai_models, "NATIONAL_DAYS", ("2025-01-31", "2025-06-30", "2025-12-31"))
    return made_up(observations=[
        filed("china", "2025-06-30", 400), filed("china", "2025-01-31", 200),
        filed("china", "2025-12-31", 800), filed("beijing", "2025-06-30", 100),
        filed("beijing", "2025-09-15", 200), filed("beijing", "2026-02-01", 300),
    ])  # fmt: skip


def test_filings_of_a_place_come_in_the_order_of_the_days_asked_for(filings):
    found = ai_models.filed("beijing", ("2025-06-30", "2025-09-15"))
    assert [q.bounds for q in found] == [(100, 100), (200, 200)]
    with pytest.raises(NoObservation):
        ai_models.filed("beijing")


def test_the_national_count_on_another_day_lies_between_its_neighbours(filings):
    assert ai_models.filed_in_china("2025-06-30").bounds == (400, 400)
    assert ai_models.filed_in_china("2025-09-15").bounds == (400, 800)


@pytest.mark.parametrize("day", ["2025-01-30", "2026-01-01"])
def test_outside_the_published_days_there_is_no_national_count(filings, day):
    with pytest.raises(LookupError, match=day):
        ai_models.filed_in_china(day)


def test_a_share_is_in_percent_and_bounded_by_both_neighbours(filings):
    assert ai_models.share_of_filed("beijing", "2025-06-30").bounds == pytest.approx((25, 25))
    q = ai_models.share_of_filed("beijing", "2025-09-15")
    assert q.bounds == pytest.approx((25, 50)) and q.unit == "%"
    with pytest.raises(LookupError):
        ai_models.share_of_filed("beijing", "2026-02-01")
    with pytest.raises(NoObservation):
        ai_models.share_of_filed("wuhan", "2025-06-30")


def test_filed_and_registered_are_two_things(made_up):
    made = made_up(observations=[filed("beijing", "2025-06-30", 1),
                                 registered("china", "2025-06-30", 2)])
    with pytest.raises(NotComparable):
        ai_models.gap.share(made.observe("beijing", "models_filed"),
                         made.observe("china", "models_registered"))


def test_a_share_of_algorithms_is_the_plain_ratio(made_up):
    made_up(observations=[observed(p, "algorithm_filings", ai_models.FILINGS, v)
                          for p, v in (("beijing", 1000), ("china", 4000))])
    assert ai_models.share_of_algorithms("beijing").bounds == pytest.approx((25, 25))


def notable_rows():
    return [{"period": "2024", "place": "beijing", "models": 3, "source": "s"},
            {"period": "2024", "place": "hangzhou", "models": 1, "source": "s"},
            {"period": "2025", "place": "beijing", "models": 5, "source": "s"}]


def test_a_city_without_a_notable_model_has_an_exact_zero_and_its_year(made_up):
    made_up(notable_models_by_city=notable_rows())
    q = ai_models.notable("hangzhou", "2025")
    assert q.bounds == (0, 0) and q.period == "2025" and q.place == "hangzhou"
    assert ai_models.notable("beijing", "2025").bounds == (5, 5)
    with pytest.raises(NoObservation):
        ai_models.notable("beijing", "2023")
