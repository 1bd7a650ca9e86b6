"""Published rankings of places by AI, with the ranks that they leave open.

A rank is a quantity from best to worst place that a list allows.  Who is missing from a list that
is known from its first rank on, or is said to be missing from it, stands below the last one;
*top 10* is anything from 1 to 10, *(6-10)* from 6 to 10.  A rank speaks over a tier; where ranks
of one place differ, all of them stand.
Lists of provinces place a municipality among provinces: there a city is stood for by its own.

Out of scope: which list is good, and lists of which only scattered ranks are known.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from citygap.charts.table import Table
from citygap.data.tables import NoObservation, Tables, book
from citygap.quantity.quantity import Answer, Quantity

COMMENTARYS = "ai_city_competitiveness_commentary"
BY_PROVINCE = "provinces are ranked, and the city's province stands for it"


@dataclass(frozen=True)
class Listing:
    """One edition of a ranking: key, dimension, label for figures, whether provinces are ranked."""

    ranking: str
    dimension: str
    label: str
    provinces: bool = False

    def rows(self, tables: Tables | None = None) -> list[dict[str, str]]:
        """The rows of the edition.  Raises NoObservation if there are none."""
        tables = book if tables is None else tables
        found = tables.rows("rankings", ranking=self.ranking, dimension=self.dimension)
        if not found:
            raise NoObservation(f"no rows of ranking {self.ranking}, {self.dimension}")
        return found

    def rank(self, place: str, tables: Tables | None = None) -> Quantity | None:
        """Best to worst rank of a place; None if the list, known in part, does not tell."""
        tables = book if tables is None else tables
        rows = self.rows(tables)
        seat = tables.province(place) if self.provinces else place
        named = [row for row in rows if row["listed"] != "not listed"]
        own = [row for row in named if row["place"] == seat]
        ends = _ends(own) if own else _below(named)
        if ends is None:
            return None
        behind = own or [row for row in rows if row in named or row["place"] == seat]
        found = Quantity(
            *ends, "rank", scope=f"{rows[0]['name_en']}, {rows[0]['edition']}: {self.dimension}",
            period=rows[0]["edition"], place=place,
            sources=dict.fromkeys(row["source"] for row in behind),
            rows=dict.fromkeys(
                "/".join(["rankings", r["ranking"], r["dimension"], r["place"], r["source"]])
                for r in behind
            ),
            confidence=max((r["confidence"] for r in behind), key=("high", "medium", "low").index),
            published="" if own else f"below rank {ends[0] - 1}",
        )  # fmt: skip
        return found.noting(BY_PROVINCE) if seat != place else found


#: Rankings by AI as a whole, or by one face of it, that place Chongqing or can tell that it is not
#: among the first; in order of time.
LISTINGS = (
    Listing("cngai_2018", "overall, provincial level", "2018 CNGAI, provinces", True),
    Listing("idc_2018", "overall", "2018 IDC and Inspur"),
    Listing("idc_2019", "overall", "2019 IDC and Inspur"),
    Listing("zhongcheng_2019", "expected development", "2019 Zhongcheng"),
    Listing("ici_cn_2020", "overall", "2020 University of Sydney"),
    Listing("idc_2021", "overall", "2021 IDC and Inspur"),
    Listing("aminer_2023", "order among Chinese cities in global top-100 (list order; Chongqing absent)",
            "2023 AMiner"),
    Listing("qcc_2023", "growth potential", "2023 Qichacha, growth"),
    Listing("szaiia_funding_2024", "AI financing amount", "2024 SZAIIA, funding"),
    Listing(COMMENTARYS, "overall", "2024, by the commentary"),
)


def _ends(rows: Sequence[dict[str, str]]) -> tuple[int, float] | None:
    """Best and worst rank by the rows of one place: by its ranks, else by what its tiers allow."""
    ranks = [int(row["rank"]) for row in rows if row["rank"]]
    tiers = [re.search(r"top (\d+)|\((\d+)-(\d+)\)", row["tier"]) for row in rows]
    ends = [(rank, rank) for rank in ranks] or [
        (int(tier[2] or 1), int(tier[1] or tier[3])) for tier in tiers if tier
    ]
    return (min(best for best, _ in ends), max(worst for _, worst in ends)) if ends else None


def _below(rows: Sequence[dict[str, str]]) -> tuple[int, float] | None:
    """Ranks left to a place that a list does not name; None if the list has gaps."""
    ranked = {row["place"] for row in rows if row["rank"]}
    known = {int(row["rank"]) for row in rows if row["rank"]}
    last = max(known, default=0)
    full = known == set(range(1, last + 1)) and ranked == {row["place"] for row in rows}
    return (last + 1, math.inf) if full and last else None


def independent() -> list[Listing]:
    """The lists but for that which the commentary alone gives."""
    return [listing for listing in LISTINGS if listing.ranking != COMMENTARYS]


def deciding(place: str, rival: str, tables: Tables | None = None) -> list[tuple[Answer, Listing]]:
    """Each list that decides whether ``place`` stands below ``rival``, with its answer, yes or no.

    Only independent lists decide.
    """
    found = []
    for listing in independent():
        try:
            own, other = listing.rank(place, tables), listing.rank(rival, tables)
        except NoObservation:
            continue
        if own is not None and other is not None and (own > other) is not Answer.CANNOT_TELL:
            found.append((own > other, listing))
    return found


def behind(place: str, rival: str) -> list[Answer]:
    """On each list that decides it, whether ``place`` stands below ``rival``: yes or no.

    Raises NoObservation if no list decides.
    """
    found = [answer for answer, _ in deciding(place, rival)]
    if not found:
        raise NoObservation(f"no list tells {place} from {rival}")
    return found


def placed(place: str) -> list[Listing]:
    """Lists that name a place."""
    return [
        listing for listing in LISTINGS
        if (q := listing.rank(place)) is not None and math.isfinite(q.high)
    ]


def table(places: Sequence[str]) -> Table:
    """Every list with the ranks that it leaves to each place, in words."""

    def words(listing: Listing, place: str) -> str:
        q = listing.rank(place)
        return "not told" if q is None else q.text()

    rows = [[each.label, *(words(each, place) for place in places)] for each in LISTINGS]
    head = ["List", *(book.name(place) for place in places)]
    return Table(pd.DataFrame(rows, columns=head), "Ranks by AI in published lists")
