"""The four moves as chains: how far the evidence reaches from a plan to an effect on AI.

Each move is asked five questions, each answered by rows of the tables:

========= =====================================================================
asked     does a plan of the city, as far as it was seen, aim at it in numbers?
exists    does something stand that the move needs?
grows     was that more at the later of two dates?
used      is a price, a use or a customer published?
effect    is anything published that ties it to the city's AI?
========= =====================================================================

Levels: 2 yes; 1 in part (named without a number, or known of one firm); 0 nothing found.  Nothing
found is a statement about what was found, and a new row changes the picture.

Out of scope: whether the moves are wise.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from citygap import emphasis
from citygap.answers import Answer
from citygap.quantity import Quantity
from citygap.tables import NoObservation, book

STEPS = ("asked\nfor", "exists", "grows", "use or price\nknown", "effect on\nAI known")
WORDS = {2: "shown by figures or events", 1: "in part", 0: "nothing found"}

#: Indicators of Chongqing whose observation would show an effect on its AI.  Some have none in any
#: place so far; a row under such a key fills the cell.
WOULD_SHOW = {
    "AI in the clusters": (
        "ai_application_rate_manufacturing", "ai_manufacturing_growth",
        "ai_manufacturing_value_added",
    ),
    "Compute from Xinjiang": ("compute_used_from_other_regions", "compute_price"),
    "ASEAN": ("ai_exports_to_asean", "ai_services_to_asean"),
    "Applied science": ("ai_results_of_laboratories", "ai_contracts_of_laboratories"),
}


class Found:
    """What was read on the way: quantities, and the tables without quantities."""

    def __init__(self) -> None:
        self.quantities: list[Quantity] = []

    def figure(self, place: str, *indicators: str) -> bool:
        """Whether any observation of these indicators is known for the place."""
        seen = [q for of in indicators for q in book.readings(place, of)]
        self.quantities += seen[:1]
        return bool(seen)

    def aim(self, place: str, indicator: str) -> bool:
        """Whether a numeric aim is known."""
        try:
            self.quantities.append(book.target(place, indicator))
        except NoObservation:
            return False
        return True

    def grew(self, place: str, indicator: str, first: str, last: str) -> bool:
        """Whether the later figure is the larger one for certain."""
        try:
            pair = [book.observe(place, indicator, period) for period in (first, last)]
        except NoObservation:
            return False
        self.quantities += pair
        return (pair[1] > pair[0]) is Answer.YES


def event(*keys: str) -> bool:
    """Whether an event is in the tables."""
    return bool(set(keys) & set(book.table("events")["event"]))


def named(theme: str) -> int:
    """1 if the AI+ plan names a theme, as far as it was seen."""
    return min(1, emphasis.weights("plan", emphasis.AI_PLUS).get(theme, 0))


def _level(yes: bool, part: bool = False) -> int:
    return 2 if yes else 1 if part else 0


def _clusters(f: Found) -> list[int]:
    return [
        _level(f.aim("chongqing", "digital_workshops")),
        _level(f.figure("chongqing", "digital_workshops")),
        _level(f.grew("chongqing", "digital_workshops", "2021-07", "2023-05")),
        _level(False, f.figure("seres", "seres_brain_partners")),
        _level(f.figure("chongqing", *WOULD_SHOW["AI in the clusters"])),
    ]  # fmt: skip


def _compute(f: Found) -> list[int]:
    return [
        _level(f.aim("chongqing", "compute_intelligent"), bool(named("compute_hub"))),
        _level(event("hami_chongqing_uhvdc_commissioned", "hami_chongqing_network_opened")),
        _level(f.grew("yiwu_county", "compute_one_centre", "2024-04", "2025-01")),
        _level(any(f.figure(place, "datacentre_electricity_price", "compute_centre_utilisation",
                            "inter_hub_ip_latency_mean")
                   for place in ("hami_chongqing_network", "yiwu_county", "xinjiang",
                                 "chongqing"))),
        _level(f.figure("chongqing", *WOULD_SHOW["Compute from Xinjiang"])),
    ]  # fmt: skip


def _asean(f: Found) -> list[int]:
    return [
        _level(f.aim("chongqing", "trade_with_asean"), bool(named("intl_rules_governance"))),
        _level(event("china_singapore_data_channel_operating")),
        _level(f.grew("chongqing", "trade_with_asean", "2019", "2025")),
        _level(f.figure("chongqing", "national_asean_ai_platforms")),
        _level(f.figure("chongqing", *WOULD_SHOW["ASEAN"])),
    ]


def _science(f: Found) -> list[int]:
    return [
        _level(f.aim("chongqing", "rd_intensity")),
        _level(event("jialing_laboratory_unveiled", "jialing_laboratory_listed")),
        _level(f.grew("chongqing", "rd_expenditure", "2022", "2024")),
        _level(f.figure("jialing_river_laboratory", *WOULD_SHOW["Applied science"])),
        _level(f.figure("chongqing", *WOULD_SHOW["Applied science"])),
    ]


MOVES: dict[str, Callable[[Found], list[int]]] = {
    "AI in the clusters": _clusters,
    "Compute from Xinjiang": _compute,
    "ASEAN": _asean,
    "Applied science": _science,
}


def chains() -> tuple[pd.DataFrame, list[Quantity]]:
    """Levels of every move and step, and the quantities that they rest on."""
    found = Found()
    table = pd.DataFrame([of(found) for of in MOVES.values()], index=list(MOVES), columns=STEPS)
    return table, found.quantities

