"""The break-even of computing against values worked by hand."""

from __future__ import annotations

import pytest

from citygap import compute_cost as cost
from citygap.quantity import UnitMismatch, exactly
from citygap.tables import NoObservation, book


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
    # "about 145 kW" leaves 140 open, "about 559" 564
    assert found.low == pytest.approx(0.1 * 140 / 180 * 1.42, rel=0.01)
    assert found.high == pytest.approx(0.1 * 560 / 299.5 * 1.42, rel=0.02)


def test_the_most_loss_is_the_saving_over_capital_of_an_hour():
    d = 0.1
    kind = d * 560 / 299.5 * 1.42 / (216_000 / (8760 * 8))
    harsh = d * 140 / 180 * 1.42 / (216_000 / (8760 * 3))
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


def test_the_break_even_price_is_the_inverse_of_the_most_loss():
    loss = exactly(30, "%")
    found = cost.break_even_price(loss)
    for end in found.bounds:
        most = cost.most_loss(cost.price(end)).to("ratio")
        assert most.low - 1e-12 <= 0.3 <= most.high + 1e-12
    assert found.unit == "CNY/kWh"


def test_the_share_of_electricity_counts_power_and_machines_alone():
    # the dearest bill over the cheapest centre: every figure at the end that its digits leave open
    bill = 0.365 * 564 / (384 * 0.7795) * 1.425
    centre = 10.75e8 / 5050 / (8760 * 8)
    found = cost.electricity_share(cost.only_price()).to("ratio")
    assert found.high == pytest.approx(bill / (bill + centre), rel=1e-3)


def test_falling_from_thirty_to_twenty_loses_a_third():
    assert 100 / 3 in cost.loss_between_reported_loads()


def test_a_years_electricity_of_a_capacity():
    q = exactly(1, "EFLOPS")
    found = cost.electricity_of(q)
    assert found.low == pytest.approx(1000 * 140 / 180 * 1.42 * 8760 / 1e8, rel=0.01)
    with pytest.raises(UnitMismatch):
        cost.electricity_of(exactly(1, "km"))


def test_nothing_is_free_at_no_difference():
    assert cost.most_loss(cost.steps(0.4)[0]).bounds == (0, 0)
    assert [q.middle for q in cost.steps(0.4, 3)] == pytest.approx([0, 0.2, 0.4])


def test_the_table_names_what_was_not_found():
    known = dict(zip(cost.inputs().frame["Term"], cost.inputs().frame["Known"]))
    assert [term for term, value in known.items() if value == "not found"] == [
        "Price difference of electricity", "Life of the machines", "Network",
    ]  # fmt: skip


def test_without_its_source_there_is_no_model():
    with book.leaving_out(lambda row: row["source"] == "epium2025"):
        with pytest.raises(NoObservation):
            cost.most_loss(cost.price(0.1))
