"""The firms that the commentary names in the head cities: by layer, said seat and found seat.

The commentary's claims say where a firm sits; the table ``seats`` holds what other pages say.
The page of the highest standing speaks, a registered or head office before a name or a report.

Out of scope: where a firm's people work, which no page counts.
"""

from __future__ import annotations

import pandas as pd

from citygap.charts.seating import COLUMNS
from citygap.claims.witness import COMMENTARY
from citygap.tables import CONFIDENCE, book

#: What can speak for a seat, the strongest first.
BASIS = ("registered office", "head office", "legal name", "reported location")
#: What each firm mainly makes, sorted by the authors, and the claim that places it.
LAYERS = (
    ("chips", "cambricon", "C17"),
    ("chips", "moore_threads", "C23"),
    ("models", "baidu", "C18"),
    ("models", "stepfun", "C24"),
    ("platforms", "bytedance", "C18"),
    ("platforms", "tencent", "C28"),
    ("terminals and robots", "huawei", "C28"),
    ("terminals and robots", "ubtech", "C28"),
    ("terminals and robots", "agibot", "C22"),
)


def best_seat(firm: str) -> dict[str, str]:
    """The row of ``seats`` that speaks for a firm.  Raises LookupError if there is none.

    Of pages that weigh the same the key of the source decides, so that the order of rows never does.
    """
    rows = [
        row
        for row in book.table("seats").to_dict("records")
        if row["place"] == firm and row["basis"] in BASIS and row["source"] != COMMENTARY
    ]
    if not rows:
        raise LookupError(f"no page gives a seat of {firm}")
    return max(
        rows, key=lambda r: (CONFIDENCE[r["confidence"]], -BASIS.index(r["basis"]), r["source"])
    )


def said_seat(claim: str) -> str:
    """Key of the city in which a claim of the commentary places its firms.

    Raises LookupError for a claim that is unknown or names no city.
    """
    claims, places = book.table("claims"), book.table("places")
    named = claims.loc[claims["claim"] == claim, "value"]
    city = places.loc[places["name_en"].isin(named) & (places["kind"] == "city"), "place"]
    if city.empty:
        raise LookupError(f"claim {claim} names no city")
    return city.item()


def table() -> pd.DataFrame:
    """Every firm with its layer, its said and its found seat, as ``charts.seating`` draws it."""
    lines = []
    for layer, firm, claim in LAYERS:
        row = best_seat(firm)
        lines.append((layer, book.name(firm), said_seat(claim), row["city"], row["basis"],
                      row["confidence"], row["source"]))
    return pd.DataFrame(lines, columns=list(COLUMNS))


def misplaced() -> list[str]:
    """English names of the firms that were found in another city than the commentary says."""
    found = table()
    return list(found.loc[found["said"] != found["found"], "firm"])
