"""In what each head city is strongest: revealed comparative advantage, and whether a type holds.

A count is turned into shares of the head cities in their own total, so that a long list weighs no
more than a short one.  Counts of one kind (firms, money, robots, models) are averaged, so that a
kind with many lists weighs no more than one with few.  The advantage of a city in a kind is its
average share in that kind over its average share in all kinds: above 1, it is stronger there than
it is as a rule.  Where the shares of every kind add up to 1, this is the index of Balassa (1965),
which ``gap.balassa`` computes for a plain matrix.

A type is the kind in which a city is surely strongest; it is stable if no single count that is
dropped changes it.

Out of scope: who is ahead in absolute numbers (``system``), and causes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from citygap import gap
from citygap.charts import Mark
from citygap.page import billions
from citygap.quantity import Answer, Quantity, hull
from citygap.tables import NoObservation
from citygap.yardsticks import DEAL_YEARS, FILINGS, HEADS, RECENT_YEARS, Yardstick, listed, observed


@dataclass(frozen=True)
class Count(Yardstick):
    """A count of AI that treats all head cities alike, and the ``kind`` of thing that it counts."""

    kind: str = ""


def in_billions(reader: Callable[[str], Quantity]) -> Callable[[str], Quantity]:
    """The same reader in billions of yuan, the unit of the page."""
    return lambda place: billions(reader(place))


#: Every count of AI in the data that covers the four head cities on one scope.  Where only the
#: province is counted, it bounds its city from above.
COUNTS = (
    Count("firms", "Firms on a list, 2018", listed("ai-firms-by-city", "companies"), kind="firms"),
    Count("survey", "Firms in a survey, 2020, %", observed("ai_firms_share_city_cngai", "2020"),
          kind="firms"),
    Count("database", "Firms in a database, 2021", observed("ai_firms_itjuzi", "2021-03"),
          kind="firms"),
    Count("deals", "Deals, 2013-18", listed("ai-deals-by-city", "deals", DEAL_YEARS), kind="money"),
    Count("raised", "Raised 2013-18, bn yuan",
          in_billions(listed("ai-deals-by-city", "amount_1e8_cny", DEAL_YEARS)), kind="money"),
    Count("unicorns", "AI unicorns, 2022",
          listed("unicorns-by-city", "companies", ["2022-03"], list="ai"), kind="money"),
    Count("rounds", "Funding rounds, 2024", observed("vc_deals_szaiia", "2024"), kind="money"),
    Count("funding", "Raised 2024, bn yuan", in_billions(observed("vc_amount_szaiia", "2024")),
          kind="money"),
    Count("robots", "Humanoid firms, early 2025", observed("vc_companies_humanoid", "2025Q1"),
          kind="robots"),
    Count("community", "Models on a list, 2024", observed("models_listed_community", "2024-11-30"),
          kind="models"),
    Count("notable", "Notable models, 2023-26",
          listed("notable-models-by-city", "models", RECENT_YEARS), kind="models"),
    Count("filed", "Filed models, 2025*", observed("models_filed", "2025-03-31"), True,
          kind="models"),
    Count("algorithms", "Filed algorithms, 2025*", observed("algorithm_filings", FILINGS), True,
          kind="models"),
)
#: The size of the economy, to set beside them; no count of AI.
OUTPUT = Yardstick("output", "Output 2025, bn yuan", in_billions(observed("gdp_census5", "2025")))
COUNT = {count.key: count for count in COUNTS}
KINDS = tuple(dict.fromkeys(count.kind for count in COUNTS))

#: A count by its label, and what each place has on it.
Row = tuple[Count, Mapping[str, Quantity]]


def rows(
    counts: Sequence[Count] = COUNTS, places: Sequence[str] = HEADS, provinces: bool = False
) -> list[Row]:
    """The counts that cover all ``places``, read once, with the quantities of the places.

    With ``provinces``, a city of which only the province is counted has from none to all of it;
    without, such counts are left out.  So is a count of which a row was left out (``leaving_out``).
    """
    found = []
    for count in counts:
        values = {place: count.value(place) for place in places}
        if any(v is None or (v[1] and not provinces) for v in values.values()):
            continue
        row = {p: replace(q, low=0, place=p) if weak else q for p, (q, weak) in values.items()}
        found.append((count, row))
    return found


def advantage(table: Sequence[Row], city: str, kind: str) -> Quantity:
    """Advantage of ``city`` in ``kind`` over the rows of ``table``, as a ratio with tight bounds.

    It rises with what the city has in the kind and with what the others have elsewhere, and falls
    with the reverse.  Raises NoObservation for a kind without a count.
    """
    if all(count.kind != kind for count, _ in table):
        raise NoObservation(f"no count of {kind}")
    cells = [(i, place) for i, (_, row) in enumerate(table) for place in row]
    rises = [(place == city) == (table[i][0].kind == kind) for i, place in cells]
    order = [c for c, up in zip(cells, rises) if up] + [c for c, up in zip(cells, rises) if not up]
    known = [table[i][1][place] for i, place in order]

    def f(*values: float) -> float:
        plain: list[dict[str, float]] = [{} for _ in table]
        for (i, place), value in zip(order, values):
            plain[i][place] = value
        return _advantage([(count.kind, row) for (count, _), row in zip(table, plain)], city, kind)

    found = gap.monotone(f, known[: sum(rises)], known[sum(rises) :])
    return replace(found, place=city, made_by="advantage.advantage")


def _advantage(table: Sequence[tuple[str, Mapping[str, float]]], city: str, kind: str) -> float:
    """The advantage from plain numbers: kind and places of each count."""
    shares: dict[str, list[float]] = {}
    for own, row in table:
        shares.setdefault(own, []).append(row[city] / sum(row.values()))
    means = {own: sum(values) / len(values) for own, values in shares.items()}
    return means[kind] / (sum(means.values()) / len(means))


def type_of(table: Sequence[Row], city: str) -> str | None:
    """The kind in which ``city`` is surely strongest; None if the bounds leave it open."""
    kinds = dict.fromkeys(count.kind for count, _ in table)
    found = {kind: advantage(table, city, kind) for kind in kinds}
    for kind, own in found.items():
        if all(other == kind or (own > q) is Answer.YES for other, q in found.items()):
            return kind
    return None


def types_without_one(table: Sequence[Row], city: str) -> dict[str, str | None]:
    """The type of ``city`` if one count is dropped, by the key of that count."""
    return {
        dropped.key: type_of([row for row in table if row[0] is not dropped], city)
        for dropped, _ in table
    }


def stable(table: Sequence[Row], city: str) -> bool:
    """Whether ``city`` has a type, and the same one whichever single count is dropped."""
    own = type_of(table, city)
    return own is not None and set(types_without_one(table, city).values()) == {own}


def has_type(table: Sequence[Row], city: str, kind: str) -> bool:
    """Whether ``city`` has this type, and stably.  NoObservation if fewer than two kinds or not
    ``kind`` are counted, so that there is nothing to tell it from."""
    kinds = {count.kind for count, _ in table}
    if len(kinds) < 2 or kind not in kinds:
        raise NoObservation(f"no counts to tell {kind} from other kinds")
    return type_of(table, city) == kind and stable(table, city)


def spread(table: Sequence[Row], city: str, kind: str) -> Quantity:
    """Smallest to largest advantage over the whole table and every table with one count dropped.

    Raises NoObservation for a kind without a count.
    """
    ways = [table, *([row for row in table if row[0] is not out] for out, _ in table)]
    with_kind = [way for way in ways if any(count.kind == kind for count, _ in way)]
    if not with_kind:
        raise NoObservation(f"no count of {kind}")
    return hull(*(advantage(way, city, kind) for way in with_kind))


def marks(table: Sequence[Row], places: Sequence[str] = HEADS) -> list[Mark]:
    """The spread of every city in every kind that the table counts, one mark a city and kind."""
    counted = {count.kind for count, _ in table}
    kinds = [kind for kind in KINDS if kind in counted]
    return [Mark(kind, place, spread(table, place, kind)) for place in places for kind in kinds]
