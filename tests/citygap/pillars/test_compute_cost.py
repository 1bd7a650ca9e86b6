"""The break-even of computing against values worked by hand."""

from __future__ import annotations

import pytest

from citygap.data.tables import NoObservation, book
from citygap.pillars import compute_cost as cost


def test_the_power_of_a_system_is_over_its_accelerators_together():
    assert cost.system_pflops("gb200_nvl72").middle == pytest.approx(72 * 2.5, rel=1e-3)
    assert 145 / 180 in cost.power("gb200_nvl72")
    assert 560 / (384 * 0.78) in cost.power("cloudmatrix_384")
    assert cost.powers().unit == "kW/PFLOPS"


def test_an_independent_source_gives_the_larger_system_the_same_power():
    # a news agency prints 300 PFLOPS for the system of 384 accelerators
    assert cost.system_pflops("cloudmatrix_384").middle == pytest.approx(300, rel=0.01)


def test_capital_is_investment_over_planned_capacity():
    assert 10.8e8 / 5000 in cost.capital()
    assert cost.capital().forecast and "precision" in cost.capital().caveat


def test_a_saving_is_price_times_power_times_effectiveness():
    found = cost.saving(cost.price(0.1))
    # 145 kW is printed without a word, "about 559" leaves 564 open
    assert found.low == pytest.approx(0.1 * 145 / 180 * 1.42, rel=0.01)
    assert found.high == pytest.approx(0.1 * 560 / 299.5 * 1.42, rel=0.02)


def test_the_most_loss_is_the_saving_over_capital_of_an_hour():
    d = 0.1
    kind = d * 560 / 299.5 * 1.42 / (216_000 / (8760 * 8))
    harsh = d * 145 / 180 * 1.42 / (216_000 / (8760 * 3))
    found = cost.most_loss(cost.price(d)).to("ratio")
    assert found.low == pytest.approx(harsh, rel=0.03)
    assert found.high == pytest.approx(kind, rel=0.03)


@pytest.mark.parametrize("use", [0.1, 0.3, 0.9, 1.0])
@pytest.mark.parametrize("tariff", [0.2, 0.36, 0.8])
@pytest.mark.parametrize("d", [0.05, 0.2])
def test_the_loss_that_breaks_even_is_below_the_most_loss_however_machines_draw(use, tariff, d):
    k, e, years, capital = 1.87, 1.42, 8, 216_000
    hour = capital / (8760 * years)
    most = d * k * e / hour

    def only_in_use(p: float, u: float) -> float:
        return p * k * e + hour / u

    def always(p: float, u: float) -> float:
        return (p * k * e + hour) / u

    for cost_at in (only_in_use, always):
        kept = use * (1 - most)
        if kept > 0:  # at a loss of r the far place is dearer than the near one
            assert cost_at(tariff - d, kept) > cost_at(tariff, use)
    u_r = use * most
    assert only_in_use(tariff - d, use * (1 - u_r / (1 + u_r))) == pytest.approx(
        only_in_use(tariff, use)
    )
    lost = d * k * e / (tariff * k * e + hour)
    assert always(tariff - d, use * (1 - lost)) == pytest.approx(always(tariff, use))


def test_idling_is_capital_over_the_loads():
    # a cheap centre over a long life, and a dear one over a short one
    found = cost.idling()
    hour = 216_000 / 8760
    assert hour / 8 * (1 / 0.2 - 1 / 0.3) in found and hour / 3 * (1 / 0.2 - 1 / 0.3) in found
    assert found.unit == cost.saving(cost.price(0.1)).unit


def test_nothing_is_saved_at_no_difference():
    assert cost.most_loss(cost.price(0)).bounds == cost.saving(cost.price(0)).bounds == (0, 0)


def test_one_price_of_each_standing_sets_the_scale(monkeypatch):
    assert cost.half_price().middle == pytest.approx(cost.known_price().middle / 2)
    assert cost.weak_price().confidence == "low"
    monkeypatch.setattr(cost, "prices", lambda: [cost.price(0.3), cost.price(0.4)])
    with pytest.raises(ValueError, match="2 prices"):
        cost.known_price()
    with pytest.raises(NoObservation):
        cost.weak_price()


def test_falling_from_thirty_to_twenty_loses_a_third():
    assert 100 / 3 in cost.loss_between_reported_loads()


def test_without_its_source_there_is_no_model():
    with book.leaving_out(lambda row: row["source"] == "epium-2025"):
        with pytest.raises(NoObservation):
            cost.most_loss(cost.price(0.1))
