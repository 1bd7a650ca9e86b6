"""Uniform counts and rankings, as several rules read them.

A count or a list is uniform if it treats every city alike.  What a list tells of who is on it or
missing from it is read by ``gap.rankings``.

Out of scope: which lists are good.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from citygap.claims.criteria import STANCE, note
from citygap.claims.evidence import figure_item, listing, ranking_item
from citygap.claims.evidence_tables import COUNTS, Witness
from citygap.claims.verdicts import Item, Part
from citygap.gap import rankings
from citygap.measures import counting_intervals
from citygap.quantity.quantity import Quantity
from citygap.quantity.three_valued import Answer

#: Keys of the editions of the ranking that the commentary cites begin so.
THIS_RANKING = "ai_city_competitiveness"
#: Measures that are not of AI.
OTHER_FIELDS = ("science", "research_spending")


def multiples(
    w: Witness, cities: Sequence[str], focus: str = "chongqing"
) -> list[tuple[str, Quantity, tuple[Item, Item]]]:
    """Each city over ``focus`` on every count that has both, as far as chance in small counts lets
    tell, with the label of the count before it and the rows behind it."""
    found = []
    for label in COUNTS:
        own = w.count(label, focus)
        for city in cities:
            other = w.count(label, city)
            if own is not None and other is not None and own.low > 0:
                pair = figure_item(w, other, "context"), figure_item(w, own, "context")
                found.append((label, counting_intervals.ratio_interval(other, own), pair))
    return found


def shares(
    w: Witness, city: str, focus: str = "chongqing"
) -> list[tuple[str, Quantity, tuple[Item, Item]]]:
    """``focus`` over a city on every count that has both."""
    return [(label, 1 / ratio, pair) for label, ratio, pair in multiples(w, [city], focus)]


def named(labels: Iterable[str]) -> str:
    """Which uniform counts are meant, each once: "AI firms of 2018 and AI deals of 2013-18"."""
    return listing(dict.fromkeys(labels))


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


def trails(w: Witness, place: str, rival: str) -> Part:
    """On how many of the lists that tell the two apart ``place`` stands below ``rival``, as a note.

    The lists are those of the chapter, which prints the same numbers.
    """
    found = rankings.deciding(place, rival, w)
    below = sum(answer is Answer.YES for answer, _ in found)
    items = []
    for _, other in found:
        rows = other.rows(w)
        seats = (rival, place, w.province(rival), w.province(place))
        ranked = [r for r in rows if r["rank"] or r["tier"]]
        named = [r for seat in seats for r in ranked if r["place"] == seat]
        items.append(ranking_item((named or rows)[0], "context", w.name((named or rows)[0]["place"])))
    return note(f"behind {w.name(rival)} on {below} of {len(found)} other lists", *items)
