"""The four moves as chains: how far the evidence reaches from a plan to an effect on AI.

Each move is asked five questions, each answered by rows of the tables:

========= =====================================================================
aim       what number does a plan of the city ask for?
stands    how much of it was last counted?
grew      how many times the earlier count is that?
use       is a price, a use or a customer published?
effect    is anything published that ties it to the city's AI?
========= =====================================================================

An empty cell says that nothing was found, and a new row fills it.  Out of scope: whether the moves
are wise.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from citygap.data.tables import book, known
from citygap.quantity.quantity import Quantity
from citygap.quantity.three_valued import Answer

STEPS = ("aim", "stands", "grew", "use", "effect")
#: What a price, a use or a delay would be published as, at either end of the route from Xinjiang.
ROUTE_USE = tuple(
    (place, indicator)
    for place in ("hami_chongqing_network", "yiwu_county", "xinjiang", "chongqing")
    for indicator in ("datacentre_electricity_price", "compute_centre_utilisation",
                      "inter_hub_ip_latency_mean")
)  # fmt: skip


@dataclass(frozen=True)
class Move:
    """Where the tables would answer the questions on one move: places, indicators, periods.

    ``use`` and ``effect`` name what would do; some indicators have no row for any place so far.
    ``said`` are the parts of claims under which pages tell of an effect (``evidence.csv``).
    """

    aim: tuple[str, str] | None
    stands: tuple[str, str, str]
    grew: tuple[str, str, str, str]
    use: tuple[tuple[str, str], ...]
    effect: tuple[str, ...]
    said: tuple[tuple[str, str], ...] = ()


MOVES = {
    "clusters": Move(
        ("digital_workshops", "2027"),
        ("chongqing", "digital_workshops", "2022-08"),
        ("chongqing", "digital_workshops", "2021-07", "2022-08"),
        (("seres", "seres_brain_partners"),),
        ("ai_application_rate_manufacturing", "ai_manufacturing_growth",
         "ai_manufacturing_value_added"),
    ),
    "compute": Move(
        ("compute_dispatchable", "2027"),
        ("chongqing", "compute_dispatchable", "2025"),
        ("yiwu_county", "compute_one_centre", "2024-04", "2025-01"),
        ROUTE_USE,
        ("compute_used_from_other_regions", "compute_price_change"),
        (("C72", "outcome"),),
    ),
    "asean": Move(
        None,
        ("chongqing", "trade_with_asean", "2025"),
        ("chongqing", "trade_with_asean", "2019", "2025"),
        (("chongqing", "national_asean_ai_platforms"),),
        ("ai_exports_to_asean", "ai_services_to_asean"),
    ),
    "science": Move(
        ("rd_intensity", "2025"),
        ("chongqing", "rd_intensity", "2023"),
        ("chongqing", "rd_expenditure", "2020", "2023"),
        (("jialing_river_laboratory", "ai_contracts_of_laboratories"),),
        ("ai_results_of_laboratories", "ai_contracts_of_laboratories"),
        (("C103", "uses"),),
    ),
}  # fmt: skip


def table() -> pd.DataFrame:
    """What was found of each move, a row a move, a column a step; None where nothing was."""
    return pd.DataFrame([_row(move) for move in MOVES.values()], index=list(MOVES), dtype=object)


def nothing(step: str, *moves: str) -> Answer:
    """Whether no figure was found at a step, for these moves or for all; one that a page gives in
    passing (``evidence.csv``) is a figure of an effect too."""
    asked = list(moves or MOVES)
    found = table().loc[asked, step].notna().any()
    if step == "effect":
        found = found or any(row["unit"] for move in asked for row in effects_said(move))
    return Answer.of(not found, bool(found))


def effects_said(move: str) -> list[dict[str, str]]:
    """What pages say for or against an effect of a move, with or without a figure."""
    return [
        row
        for claim, part in MOVES[move].said
        for row in book.rows("evidence", claim=claim, part=part)
        if row["stance"] != "context"
    ]


def told_without_number(move: str) -> Answer:
    """Whether pages tell of an effect of a move, and none of them gives a figure."""
    rows = effects_said(move)
    without = bool(rows) and not any(row["unit"] for row in rows)
    return Answer.of(without, not without)


def _row(move: Move) -> dict[str, Quantity | None]:
    place, indicator, first, last = move.grew
    return {
        "aim": known(lambda: move.aim and book.target("chongqing", *move.aim)),
        "stands": known(lambda: book.observe(*move.stands)),
        "grew": known(
            lambda: book.observe(place, indicator, last) / book.observe(place, indicator, first)
        ),
        "use": _first(move.use),
        "effect": _first(("chongqing", of) for of in move.effect),
    }


def _first(asked) -> Quantity | None:
    return next((q for place, of in asked for q in book.readings(place, of)), None)
