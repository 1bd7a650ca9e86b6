"""What the chapter on the four moves concludes, each as a comparison, and the choices of reading.

A function answers yes, no or cannot tell from the tables as they are read when it is called.
Out of scope: working them out under every choice (``sensitivity``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd

from citygap.comparison import filed_models
from citygap.data.tables import NoObservation, book
from citygap.measures import sensitivity
from citygap.measures.absence import held
from citygap.measures.sensitivity import USUAL, Choice, Conclusion, without_place
from citygap.pillars import (
    compute_cost,
    domestic_shares,
    four_moves,
    plan_themes,
    results_chain,
    tables,
    targets,
)
from citygap.quantity.quantity import Quantity
from citygap.quantity.three_valued import Answer, every


def slower_than_china() -> Answer:
    """Whether the AI aim needs less growth than China's AI industry had in 2024, as stated."""
    return four_moves.aim_growth() < four_moves.national_growth()


def each_stands() -> Answer:
    """Whether something was counted of every move, and more of it at the later of two dates."""
    found = results_chain.table()
    return every([*found["stands"].notna(), *(grew > 1 for grew in found["grew"])])


def cars_multiplied(times: float) -> Answer:
    """Whether Chongqing made more than so many times the vehicles of 2022 in 2025."""
    own = tables.vehicles().loc["chongqing"]
    return own["2025"] / own["2022"] > times


def made_more_in_same_months(place: str) -> Answer:
    """Whether a place made more vehicles than Chongqing over the same eleven months of 2025."""
    months = tables.vehicles()["2025-11m"]
    return months[place] > months["chongqing"]


def compute_to_multiply(times: float) -> Answer:
    """Whether the aim for dispatchable compute is more than so many times what was counted."""
    found = tables.compute()
    return found["chongqing-aim"] / found["chongqing"] > times


def at_most_a_quarter_of(place: str) -> Answer:
    """Whether what Chongqing can dispatch is at most a quarter of a place's capacity."""
    return tables.compute_part(place) <= 1 / 4


def karamay_exceeds_named_centres() -> Answer:
    """Whether Karamay alone had more compute than the floor that Xinjiang's planners print."""
    named = book.observe("xinjiang", "compute_named_centres", "2025-10").to("PFLOPS")
    floor = replace(named, high=named.low, published="")
    return tables.compute()["karamay"].ratio(floor, because="both of one region") > 1


def idling_costs(times: float) -> Answer:
    """Whether idling costs more than so many times what half of the known price saves."""
    found = tables.power()
    return found["idling"] / found["saving"] > times


def power_is_little() -> Answer:
    """Whether power cheaper by half of the known price makes up for less of the use than is lost
    between the ends of the load reported, whether machines draw power in use alone or always."""
    loss = compute_cost.most_loss(compute_cost.half_price())
    return loss < compute_cost.loss_between_reported_loads()


def asean_slower() -> Answer:
    """Whether trade with ASEAN grew more slowly than all trade of the city, 2019 to 2025."""
    return four_moves.trade_growth("trade_with_asean") < four_moves.trade_growth("foreign_trade")


def asean_fell_between() -> Answer:
    """Whether trade with ASEAN was smaller in 2024, by the growth stated since, than in 2022."""
    trade = tables.asean()
    return trade["2024"] < trade["2022"]


def asean_supplies() -> Answer:
    """Whether in 2020 Chongqing bought more of ASEAN than it sold, and over half of it circuits."""
    found = tables.asean()
    return (found["inward"] > 1) & (found["chips"] > 0.5)


def research_below(place: str = "china", year: str = "2023") -> Answer:
    """Whether research takes less of Chongqing's output than of another place's."""
    return four_moves.intensity("chongqing", year) < four_moves.intensity(place, year)


def research_passed(other: str) -> Answer:
    """Whether research took less of Chongqing's output than of another place's in the first year
    of the communiques, and more in the last."""
    first, *_, last = four_moves.COMMUNIQUES
    ahead = four_moves.intensity("chongqing", last) > four_moves.intensity(other, last)
    return research_below(other, first) & ahead


def research_between(lower: str, upper: str, year: str = "2023") -> Answer:
    """Whether research takes more of Chongqing's output than of one place's, and less than of
    another's."""
    above = four_moves.intensity("chongqing", year) > four_moves.intensity(lower, year)
    return above & research_below(upper, year)


def sichuan_traded_more() -> Answer:
    """Whether Sichuan traded more with ASEAN than Chongqing over the same ten months of 2021."""
    found = tables.asean()
    return found["sichuan-10m"] > found["chongqing-10m"]


def sichuan_has_twice_the_output() -> Answer:
    """Whether Sichuan's output is twice Chongqing's, to a twentieth."""
    times = filed_models.output_multiple("sichuan")
    return (times > 1.9) & (times < 2.1)


def trades_more_for_its_output() -> Answer:
    """Whether Sichuan is less ahead of Chongqing in trade with ASEAN than in output."""
    return tables.asean()["sichuan-times"] < filed_models.output_multiple("sichuan")


def processing_over_half() -> Answer:
    """Whether more than half of Chongqing's trade was processing in the first months of 2019."""
    return tables.asean()["processing"] > 0.5


def guangxi_trades(times: float) -> Answer:
    """Whether eleven months of Guangxi's trade with ASEAN are more than so many times the largest
    year of Chongqing's that is held."""
    found = tables.asean()
    return found["guangxi-11m"] / found["2025"] > times


def own_tools() -> list[str]:
    """Keys of the domestic shares of tools that are held for Chongqing itself."""
    return held(place="chongqing", indicator=[tool.indicator for tool in domestic_shares.TOOLS])


def adoption_highest() -> Answer:
    """Whether Chongqing's aim for the use of terminals and agents is the highest that was seen."""
    found = tables.adoption()
    return every(found["chongqing"] > other for other in found.drop("chongqing"))


def workshops_easy() -> Answer:
    """Whether the workshop aim needs less growth than was seen up to the last figure."""
    needed, seen = four_moves.latest_growth()
    return needed < seen


def workshops_slower() -> Answer:
    """Whether the workshop aim needs less growth than was seen, from either of the two figures."""
    return every(row["needed"] < row["seen"] for _, row in tables.workshops().iterrows())


def aims_mostly_uncounted() -> bool:
    """Whether no figure found counts most aims.  Raises NoObservation if no aim is left."""
    aims = targets.aims()
    if not aims:
        raise NoObservation("no aim is left")
    return 2 * targets.by_stage(aims)["alone"] > len(aims)


def nearly_half_uncounted() -> bool:
    """Whether no figure found counts between four tenths and half of Chongqing's aims."""
    aims = targets.aims("chongqing")
    return 0.4 < targets.by_stage(aims)["alone"] / len(aims) < 0.5


def only_missed(*things: str) -> bool:
    """Whether the aims that were missed are these of Chongqing, and no others."""
    missed = targets.judged(targets.of_cities())[Answer.NO]
    return [(aim.place, aim.thing) for aim in missed] == [("chongqing", thing) for thing in things]


def most_looked_at(place: str = "chongqing") -> Answer:
    """Whether more figures of a place than of any other city are in the tables."""
    cities = {row["place"] for row in book.rows("places", kind="city")}
    found = Counter(row["place"] for row in book.rows("observations") if row["place"] in cities)
    most = max(found, key=found.__getitem__)
    return Answer.of(most == place, most != place)


def passed(asked: Quantity, came: Quantity) -> Answer:
    """Whether a figure is at least the number aimed at."""
    return came >= replace(asked, high=asked.low, published="")


def themes_shared(least: int = plan_themes.NAMED) -> bool:
    """Whether no theme of the plan, with this weight, was seen there alone.

    Raises NoObservation if no theme of the plan is left.
    """
    if not plan_themes.themes("plan", plan_themes.AI_PLUS, least):
        raise NoObservation("no theme of the plan is left")
    return not plan_themes.apart(least=least)


def goal_shared() -> bool:
    """Whether Beijing's plan of 2024 was read to aim at an application highland too."""
    return bool(held("evidence", claim="C52", part="goal", stance="supports"))


def first_native_city() -> bool:
    """Whether that plan was read to have Beijing be first to build an AI-native city."""
    rows = book.rows("evidence", claim="C52", part="goal")
    return any("率先建设AI原生城市" in row["quote_hans"] for row in rows)


def label_came_later() -> bool:
    """Whether a plan after that one was read to have the label of the first city of AI."""
    return bool(held("evidence", claim="C53", part="label"))


def others_paired() -> bool:
    """Whether Xinjiang's planners pair its compute with other cities than Chongqing too."""
    return bool(held("events", event="xinjiang_compute_power_pilots"))


def fields_shared() -> bool:
    """Whether materials and life science are fields of Beijing's plan of 2024 too."""
    return plan_themes.shared_fields() >= {"materials", "life"}


#: Words of each conclusion in the table of what holds.
CONCLUSIONS = (
    Conclusion("pace: the AI aim needs less growth than China had", slower_than_china),
    Conclusion("themes: none of the plan is seen there alone", themes_shared),
    Conclusion("power: cheap power does not make up for idle machines", power_is_little),
    Conclusion("asean: trade grew more slowly than all trade", asean_slower),
    Conclusion("science: less of output than China spends", research_below),
    Conclusion("tools: those that design are least Chinese", domestic_shares.divided),
    Conclusion("workshops: the aim needs less growth than was seen", workshops_easy),
    Conclusion("aims: most are counted by no figure found", aims_mostly_uncounted),
)  # fmt: skip
CHOICES = (
    *USUAL,
    Choice("without forecasts", lambda: book.leaving_out(lambda row: row.get("bound") == "expected")),
    without_place("shanghai", "without Shanghai"),
)  # fmt: skip


def checked() -> pd.DataFrame:
    """How many readings of the tables leave data for each conclusion, and in how many it holds."""
    found, _ = sensitivity.outcomes(CONCLUSIONS, CHOICES)
    by = found[found["answer"] != "no data"].groupby("statement", sort=False)["answer"]
    table = pd.DataFrame({"readings": by.size(), "holds": by.agg(lambda told: (told == "yes").sum())})
    return table.set_axis([statement.split(":")[0] for statement in table.index])


def firm(*names: str) -> bool:
    """Whether these conclusions hold under every choice that leaves data for them."""
    found = checked().loc[list(names)]
    return bool((found["readings"] == found["holds"]).all())
