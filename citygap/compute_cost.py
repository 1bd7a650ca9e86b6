"""What cheaper electricity is worth to computing, and what it can pay for: a break-even model.

The cost of one PFLOPS-hour that is used, in yuan::

    c = p * k * e  +  K / (H * L * u)  +  n

========= ================================================= =================================
symbol    what                                              known?
========= ================================================= =================================
p         price of electricity, yuan a kilowatt-hour        not for Hami, not for Chongqing
k         power of a PFLOPS, kilowatts                      of two machines
e         power usage effectiveness, total over computing   national average
K         capital of a PFLOPS, yuan                         the cheapest centre found
H, L      hours in a year; life of the machines, years      life not known: a range
u         share of the time in use                          of underused centres, as a range
n         network, yuan a PFLOPS-hour                       not known
========= ================================================= =================================

No price is assumed.  Two places are compared, alike but for the price of electricity, and the
model is asked what a difference d of that price can pay for:

- a network up to ``d * k * e`` yuan a PFLOPS-hour (:func:`saving`);
- a loss of use.  If a machine draws power only in use, the loss at which the saving is gone is
  ``u r / (1 + u r)`` of the use, with ``r = d k e H L / K``; if it draws power all the time, it is
  ``d k e / (p k e + K / (H L))`` of it.  Both are below r (:func:`most_loss`), whatever u, p.

K is the lowest capital cost that was found, and every cost that electricity does not touch (staff,
land, interest, network) is left out; both make r larger, that is kinder to cheap electricity.

Source: arithmetic of average cost.  Out of scope: what a tariff is, and training against serving.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from citygap.describe import Table
from citygap.gap import monotone
from citygap.quantity import Quantity, exactly, hull
from citygap.tables import book

HOURS = 8760.0  # in a year
SYSTEMS = ("gb200_nvl72", "cloudmatrix_384")
CENTRE = ("tianyu_yiling_ai_centre", "2024-07")
SUPPOSED = "a supposed price, not a published one"
#: Life of the machines, which no source gives: wide on purpose.
LIFE = Quantity(3, 8, "years", published="3 to 8", caveat="the life of the machines is not published: a wide range")
PER_PFLOPS = "capital of a whole centre over its planned capacity, whose precision is not stated"
AT_FULL_LOAD = "power at full load over peak computing power at half precision"
PRICE_UNIT, COST_UNIT = "CNY/kWh", "CNY/PFLOPS-hour"


def system_pflops(system: str) -> Quantity:
    """Peak computing power of a system, its accelerators together, in PFLOPS."""
    one = book.observe(system, "accelerator_compute").to("PFLOPS")
    many = book.observe(system, "system_accelerators")
    return monotone(lambda a, n: a * n, [one, many], unit="PFLOPS", scope="one system",
                    made_by="compute_cost.system_pflops")  # fmt: skip


def power(system: str) -> Quantity:
    """Kilowatts that a PFLOPS of a system draws at full load."""
    drawn = book.observe(system, "system_power")
    found = monotone(lambda kw, pf: kw / pf, [drawn], [system_pflops(system)], unit="kW/PFLOPS",
                     made_by="compute_cost.power")  # fmt: skip
    return found.noting(AT_FULL_LOAD)


def powers() -> Quantity:
    """Kilowatts a PFLOPS over the machines whose power is known: k."""
    return hull(*(power(system) for system in SYSTEMS))


def effectiveness() -> Quantity:
    """Power usage effectiveness, the national average: e."""
    return book.observe("china", "pue")


def capital() -> Quantity:
    """Yuan a PFLOPS of the cheapest centre found: K."""
    place, period = CENTRE
    spent = book.observe(place, "compute_centre_investment", period).to("CNY")
    size = book.observe(place, "compute_one_centre", period).to("PFLOPS")
    found = monotone(lambda yuan, pf: yuan / pf, [spent], [size], unit="CNY/PFLOPS",
                     made_by="compute_cost.capital")  # fmt: skip
    return found.noting(PER_PFLOPS)


def price(yuan: float) -> Quantity:
    """A supposed price, or difference of prices, in yuan a kilowatt-hour."""
    return exactly(yuan, PRICE_UNIT, caveat=SUPPOSED)


def saving(difference: Quantity) -> Quantity:
    """What a difference of price saves, in yuan a PFLOPS-hour used: d k e.

    So much, and no more, may the network cost.
    """
    return monotone(lambda d, k, e: d * k * e, [difference, powers(), effectiveness()],
                    unit=COST_UNIT, made_by="compute_cost.saving")  # fmt: skip


def capital_hour(life: Quantity = LIFE) -> Quantity:
    """Capital of a PFLOPS-hour at full use, in yuan: K / (H L)."""
    return monotone(lambda k, years: k / (HOURS * years), [capital()], [life], unit=COST_UNIT,
                    made_by="compute_cost.capital_hour")  # fmt: skip


def most_loss(difference: Quantity, life: Quantity = LIFE) -> Quantity:
    """Upper limit of the loss of use that a difference of price pays for, in percent of the use.

    r = d k e H L / K; the bounds are those of machine, life and centre.
    """
    found = monotone(lambda d, k, e, years, yuan: d * k * e * HOURS * years / yuan,
                     [difference, powers(), effectiveness(), life], [capital()],
                     made_by="compute_cost.most_loss")  # fmt: skip
    return found.to("%")


def electricity_share(tariff: Quantity, life: Quantity = LIFE) -> Quantity:
    """Electricity over electricity and capital at full use, in percent."""

    def f(p: float, k: float, e: float, years: float, yuan: float) -> float:
        bill = p * k * e
        return bill / (bill + yuan / (HOURS * years))

    found = monotone(f, [tariff, powers(), effectiveness(), life], [capital()],
                     made_by="compute_cost.electricity_share")  # fmt: skip
    return found.to("%")


def break_even_price(loss: Quantity, life: Quantity = LIFE) -> Quantity:
    """The difference of price below which a loss of use costs more than electricity saves.

    Inverse of :func:`most_loss`: d = x K / (k e H L) yuan a kilowatt-hour for a loss x of the use.
    """
    return monotone(lambda x, yuan, k, e, years: x * yuan / (k * e * HOURS * years),
                    [loss.to("ratio"), capital()], [powers(), effectiveness(), life],
                    unit=PRICE_UNIT, made_by="compute_cost.break_even_price")  # fmt: skip


def loss_between_reported_loads() -> Quantity:
    """From the upper to the lower end of the load of underused centres, in percent of the use."""
    low, high = (book.observe("china", f"datacentre_load_{end}") for end in ("lower", "upper"))
    return (1 - low.ratio(high, because="two ends of one range")).to("%")


def only_price() -> Quantity:
    """The one price of electricity for data centres that was found (Zhongwei, 2020)."""
    return book.observe("zhongwei", "datacentre_electricity_price", "2020")


def electricity_of(capacity: Quantity) -> Quantity:
    """Electricity a year of so much computing at full load, in hundred million kWh."""
    return monotone(lambda pf, k, e: pf * k * e * HOURS / 1e8,
                    [capacity.to("PFLOPS"), powers(), effectiveness()], unit="1e8 kWh",
                    scope="a year at full load", made_by="compute_cost.electricity_of")  # fmt: skip


def steps(most: float, count: int = 9) -> list[Quantity]:
    """Supposed differences of price from 0 to ``most`` yuan, for the axis of the figure."""
    return [price(most * i / (count - 1)) for i in range(count)]


def inputs() -> Table:
    """What the model takes in, what is known of it, and how it is treated."""
    tariff = only_price()
    loads = [book.observe("china", f"datacentre_load_{end}") for end in ("lower", "upper")]
    rows = [
        ("Price difference of electricity", "not found", "what is asked"),
        ("Price of electricity", f"{tariff} yuan a kWh in Zhongwei, {tariff.period}",
         "to set a scale only"),
        ("Power of a PFLOPS", " and ".join(f"{power(s)}" for s in SYSTEMS) + " kW", "range"),
        ("Power usage effectiveness", f"{effectiveness()}, national average", "for both places"),
        ("Capital of a PFLOPS", f"{_thousands(capital())} thousand yuan", "the cheapest found"),
        ("Life of the machines", "not found", f"{LIFE} years"),
        ("Time in use", f"{loads[0]} to {loads[1]} in underused centres", "loss asked for"),
        ("Network", "not found", "what is asked"),
    ]
    return Table(pd.DataFrame(rows, columns=["Term", "Known", "In the model"]),
                 "What the cost of computing depends on")  # fmt: skip


def _thousands(q: Quantity) -> str:
    return replace(q, low=q.low / 1000, high=q.high / 1000, published="").text()
