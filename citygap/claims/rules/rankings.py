"""Uniform counts and rankings, as several rules read them.

A count or a list is uniform if it treats every city alike.  Who stands on a list is read with
care: a city that is missing from a list whose ranks are all known stands below its last rank; from
a list known in part nothing follows.

Out of scope: which lists are good.
"""

from __future__ import annotations

from collections.abc import Sequence

from citygap.claims.criteria import STANCE, note
from citygap.claims.evidence import figure_item, ranking_item
from citygap.claims.evidence_tables import COUNTS, Witness
from citygap.claims.verdicts import Item, Part
from citygap.measures import counting_intervals
from citygap.quantity.quantity import Quantity
from citygap.quantity.three_valued import Answer

#: Keys of the editions of the ranking that the commentary cites begin so.
THIS_RANKING = "ai_city_competitiveness"
#: Measures of rankings of cities by AI, as a whole or by a count.
OF_CITIES = ("ai_cities", "ai_cities_world", "ai_firms", "ai_money", "ai_rounds")
#: Measures that are not of AI.
OTHER_FIELDS = ("science", "research_spending")


def multiples(
    w: Witness, cities: Sequence[str], focus: str = "chongqing"
) -> list[tuple[Quantity, tuple[Item, Item]]]:
    """Each city over ``focus`` on every count that has both, as far as chance in small counts lets
    tell, with the rows behind it."""
    found = []
    for label in COUNTS:
        own = w.count(label, focus)
        for city in cities:
            other = w.count(label, city)
            if own is not None and other is not None and own.low > 0:
                pair = figure_item(w, other, "context"), figure_item(w, own, "context")
                found.append((counting_intervals.ratio_interval(other, own), pair))
    return found


def shares(
    w: Witness, city: str, focus: str = "chongqing"
) -> list[tuple[Quantity, tuple[Item, Item]]]:
    """``focus`` over a city on every count that has both."""
    return [(1 / ratio, pair) for ratio, pair in multiples(w, [city], focus)]


def placed(w: Witness, place: str, dimension: str, bound: str, rank: int) -> Part:
    """Whether the ranking of the commentary gives a place this rank, by an independent source."""
    rows = [
        r
        for r in w.rows("rankings", place=place, dimension=dimension)
        if r["ranking"].startswith(THIS_RANKING)
        and r["confidence"] != "low"
        and (r["rank"] or r["tier"].startswith("top "))
    ]
    ranks = [int(r["rank"] or r["tier"].removeprefix("top ")) for r in rows]
    right = [r <= rank if bound == "at_most" else r == rank for r in ranks]
    answer = Answer.of(bool(right) and all(right), bool(right) and not all(right))
    of = "" if dimension == "overall" else f" in {dimension}"
    text = (
        f"another source gives {w.name(place)} rank {ranks[0]}{of}"
        if ranks
        else f"no source but the commentary gives {w.name(place)} a rank{of}"
    )
    seen = [r for r in w.rows("rankings") if r["ranking"].startswith(THIS_RANKING)]
    return Part(
        answer,
        text,
        tuple(
            ranking_item(r, STANCE[answer] if r in rows else "context", w.name(r["place"]))
            for r in seen
        ),
    )


def behind(w: Witness, place: str, rival: str) -> Part:
    """Whether the ranking of the commentary has a place behind a rival, by an independent source."""
    own, other = (placed(w, p, "overall", "exact", 0) for p in (place, rival))
    rows = [
        r
        for r in w.rows("rankings", dimension="overall")
        if r["ranking"].startswith(THIS_RANKING)
        and r["confidence"] != "low"
        and r["rank"]
        and r["place"] in (place, rival)
    ]
    known = {p: {int(r["rank"]) for r in rows if r["place"] == p} for p in (place, rival)}
    both = all(known.values())
    answer = Answer.of(
        both and min(known[place]) > max(known[rival]),
        both and max(known[place]) < min(known[rival]),
    )
    text = (
        f"{w.name(rival)} is {min(known[rival])}, {w.name(place)} {min(known[place])}"
        if both
        else next(part.text for part in (own, other) if part.answer is Answer.CANNOT_TELL)
    )
    items = tuple(ranking_item(r, STANCE[answer], w.name(r["place"])) for r in rows)
    return Part(answer, text, items)


def elsewhere(w: Witness, place: str) -> list[Part]:
    """What other rankings of AI say of a place."""
    rows = [
        r
        for r in w.rows("rankings", place=place)
        if r["rank"] and r["measure"] not in OTHER_FIELDS
    ]
    return [note("", ranking_item(r, "context", w.name(place))) for r in rows]


def trails(w: Witness, place: str, rival: str) -> list[tuple[Answer, Item]]:
    """On each uniform list and count, whether ``place`` stands below ``rival``.

    A ranking counts once, a count only where chance does not explain the difference.  Where only
    the province of the rival is counted, that bounds the rival from above.
    """
    found = []
    seen: set[str] = set()
    for ranking, rows in _lists(w):
        ranks = {r["place"]: int(r["rank"]) for r in rows}
        own, other = (_rank(ranks, city) for city in (place, rival))
        answer = Answer.of(own[0] > other[1], own[1] < other[0])
        if ranking in seen or answer is Answer.CANNOT_TELL:
            continue
        seen.add(ranking)
        shown = next((r for r in rows if r["place"] == rival), None) or next(
            r for r in rows if r["place"] == place
        )
        found.append((answer, ranking_item(shown, STANCE[answer], w.name(shown["place"]))))
    for label in COUNTS:
        own, other, most = w.count(label, place), w.count(label, rival), w.ceiling(label, rival)
        if own is None or most is None:
            continue
        more = other is not None and counting_intervals.surely_more(other, own) is Answer.YES
        below = Answer.of(more, counting_intervals.surely_more(own, most) is Answer.YES)
        if below is not Answer.CANNOT_TELL:
            found.append((below, figure_item(w, most, STANCE[below])))
    return found


def _lists(w: Witness) -> list[tuple[str, list[dict[str, str]]]]:
    """Rankings of cities by AI of which all ranks from 1 on are known."""
    grouped: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in w.rows("rankings"):
        if row["rank"] and row["measure"] in OF_CITIES:
            grouped.setdefault((row["ranking"], row["dimension"]), []).append(row)
    return [
        (ranking, rows)
        for (ranking, _), rows in grouped.items()
        if {int(r["rank"]) for r in rows} >= set(range(1, max(int(r["rank"]) for r in rows) + 1))
    ]


def _rank(ranks: dict[str, int], place: str) -> tuple[float, float]:
    """Best and worst rank of a place: below the last one if a complete list leaves it out."""
    last = max(ranks.values())
    return (ranks[place], ranks[place]) if place in ranks else (last + 1, float("inf"))
