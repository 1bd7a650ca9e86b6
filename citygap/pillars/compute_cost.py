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

from citygap.data.tables import NoObservation, book
from citygap.measures.absence import held
from citygap.measures.gap import monotone
from citygap.quantity.quantity import Quantity, exactly, hull

HOURS = 8760.0  # in a year
SYSTEMS = ("gb200_nvl72", "cloudmatrix_384")
CENTRE = ("tianyu_yiling_ai_centre", "2024-07")
SUPPOSED = "a supposed price, not a published one"
#: Life of the machines, which no source gives: wide on purpose.
LIFE = Quantity(3, 8, "years", published="3 to 8", caveat="the life of the machines is not published: a wide range")
PER_PFLOPS = "capital of a whole centre over its planned capacity, whose precision is not stated"
AT_FULL_LOAD = "power at full load over peak computing power at half precision"
#: Where the power for Chongqing's computing would be used, and Chongqing.
ROUTE = ("xinjiang", "yiwu_county", "hami_chongqing_network", "hami_chongqing_uhvdc", "chongqing")
OF_ROUTE = ("inter_hub_latency", "compute_use", "compute_centre_utilisation", "datacentre_load")
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


def loads() -> tuple[Quantity, Quantity]:
    """Lower and upper end of the load at which many data centres in China are reported to run."""
    return tuple(book.observe("china", f"datacentre_load_{end}") for end in ("lower", "upper"))


def idling(life: Quantity = LIFE) -> Quantity:
    """What the capital of a PFLOPS-hour costs more at the lower than at the upper end of the
    reported load, in yuan: K / (H L) times the difference of 1 / u."""
    low, high = (load.to("ratio") for load in loads())
    return monotone(lambda yuan, up, years, down: yuan / (HOURS * years) * (1 / down - 1 / up),
                    [capital(), high], [life, low], unit=COST_UNIT,
                    made_by="compute_cost.idling")  # fmt: skip


def loss_between_reported_loads() -> Quantity:
    """From the upper to the lower end of the reported load, in percent of the use."""
    low, high = loads()
    return (1 - low.ratio(high, because="two ends of one range")).to("%")


def prices() -> list[Quantity]:
    """Every price of electricity for data centres that the tables hold, by place and period."""
    indicator = "datacentre_electricity_price"
    found = [q for p in book.places_with(indicator) for q in book.readings(p, indicator)]
    return sorted(found, key=lambda q: (q.place, q.period))


def known_price() -> Quantity:
    """The one of these that is not of low confidence.

    Raises NoObservation if there is none, and ValueError if there are several: then the scale of
    the model, which takes one price, must be chosen anew.
    """
    return _one_price([q for q in prices() if q.confidence != "low"])


def weak_price() -> Quantity:
    """The one of these that is of low confidence.  Raises as :func:`known_price` does."""
    return _one_price([q for q in prices() if q.confidence == "low"])


def _one_price(found: list[Quantity]) -> Quantity:
    if not found:
        raise NoObservation("no price of electricity for data centres is left")
    if len(found) > 1:
        raise ValueError(f"{len(found)} prices of one standing: {', '.join(map(str, found))}")
    return found[0]


def half_price() -> Quantity:
    """Half of the known price, as a supposed difference of price."""
    return price(known_price().middle / 2)


def known_of_route() -> list[str]:
    """Keys of the prices, delays and uses that are known of the route from Xinjiang to Chongqing."""
    return held(place=ROUTE, concept=("electricity_price", *OF_ROUTE))


def price_on_route() -> list[str]:
    """Keys of the prices of electricity that are known at either end of the route."""
    return held(place=ROUTE, concept="electricity_price")
