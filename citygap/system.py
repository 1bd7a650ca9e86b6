"""A system or points: do all counts order the cities alike, and is the same city first on all?

A lead that is a system predicts one order of the cities whatever is counted; leads at points
predict an order that changes with what is counted.  The rows are those of ``advantage``.

Bounded figures leave some orders open.  Every ranking that the bounds allow is tried, ties
included, and what is computed is the range over them.

Out of scope: why the order is what it is.  Lists that share a source or a method are not
independent witnesses, and nothing here weighs them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, combinations_with_replacement, product

import numpy as np
import pandas as pd

from citygap.advantage import COUNT, Row
from citygap.charts import Mark
from citygap.claims.lists import rank_of
from citygap.describe import Table
from citygap.page import every
from citygap.quantity import Answer, Quantity, merged
from citygap.tables import NoObservation
from citygap.units import RATIO
from citygap.yardsticks import Yardstick

#: More rankings than this are not tried; the bounds of a row are then too wide to say anything.
MOST_TRIED = 20_000
PER_OUTPUT = "a count per trillion yuan of output"


def first(row: Mapping[str, Quantity]) -> str | None:
    """The place that is surely first; None if the bounds or a tie leave it open."""
    for place, own in row.items():
        if all(other == place or (own > q) is Answer.YES for other, q in row.items()):
            return place
    return None


def firsts(table: Sequence[Row]) -> dict[str | None, int]:
    """On how many rows each place is surely first; under None, those that are undecided."""
    found: dict[str | None, int] = {}
    for _, row in table:
        found[first(row)] = found.get(first(row), 0) + 1
    return found


def mostly_first(table: Sequence[Row], place: str, share: float) -> Answer:
    """Whether ``place`` is first on at least ``share`` of the rows.  NoObservation without rows."""
    if not table:
        raise NoObservation("no count covers the cities")
    tally, needed = firsts(table), share * len(table)
    surely = tally.get(place, 0)
    return Answer.of(surely >= needed, surely + tally.get(None, 0) < needed)


def in_order(row: Mapping[str, Quantity], order: Sequence[str]) -> Answer:
    """Whether no place of ``order`` has less than the one that follows it; ties keep it.

    Raises ValueError for fewer than two places.
    """
    return every(row[a] >= row[b] for a, b in zip(order, order[1:]))


def following(table: Sequence[Row], order: Sequence[str], answer: Answer = Answer.YES) -> list[Row]:
    """The rows for which :func:`in_order` gives ``answer``."""
    return [(count, row) for count, row in table if in_order(row, order) is answer]


def of_kinds(table: Sequence[Row], *kinds: str) -> list[Row]:
    """The rows that count things of these kinds."""
    return [(count, row) for count, row in table if count.kind in kinds]


def keeps(table: Sequence[Row], order: Sequence[str]) -> Answer:
    """Whether no row surely breaks ``order``, and at least one surely follows it.

    NoObservation without rows.
    """
    if not table:
        raise NoObservation("no count covers the cities")
    found = [in_order(row, order) for _, row in table]
    return Answer.of(Answer.YES in found and Answer.NO not in found, Answer.NO in found)


def values(
    counts: Sequence[Yardstick], places: Sequence[str]
) -> tuple[list[Mark], dict[tuple[str, str], float]]:
    """Every count of every place as ``charts.matrix`` draws them: marks, and a shade for the known.

    The shade is the part of the largest known city figure; a province stands for its city as a
    limit, unshaded; what is not counted has no shade.  A figure that is open above counts by its
    floor.  Raises NoObservation for a count that no place has.
    """
    found, shade = [], {}
    for count in counts:
        known = {p: v for p in places if (v := count.value(p)) is not None}
        if not known:
            raise NoObservation(f"{count.label}: not known of {', '.join(places)}")
        tops = [q.low if math.isinf(q.high) else q.high for q, weak in known.values() if not weak]
        top = max(tops, default=0)
        for place in places:
            q, weak = known.get(place) or (next(iter(known.values()))[0], True)
            if place not in known:
                q = replace(q, low=-math.inf, high=math.inf, place=place, published="", rows=(),
                            sources=(), caveat="")
            elif weak:
                q = replace(q, low=-math.inf, published="")
            mark = Mark(count.label, place, q, weak)
            found.append(mark)
            if place in known:
                shade[count.label, place] = 0.0 if weak or not top else mark.middle / top
    return found, shade


def ranks(table: Sequence[Row]) -> list[Mark]:
    """Rank of each place on each row, 1 for the most, from the best to the worst possible one."""
    found = []
    for count, row in table:
        for place, own in row.items():
            best, worst = rank_of(dict(row), place)
            others = (q for other, q in row.items() if other != place)  # any can change a rank
            q = merged((best, worst), "rank", own, *others, made_by="system.ranks")
            found.append(Mark(count.label, place, q, best != worst))
    return found


def possible_ranks(row: Mapping[str, Quantity]) -> np.ndarray:
    """Every ranking that the bounds allow, one a line, in the order of the places of ``row``.

    Equal figures share the mean of their ranks.  Raises ValueError if there are too many.
    """
    known = _closed(row.values())
    open_ = [  # bounds that only touch leave open whether there is a tie
        q for q in known
        if any(Answer.CANNOT_TELL in (q > other, q < other) for other in known if other is not q)
    ]
    ends = sorted({end for q in open_ for end in q.bounds})
    # Within a gap between two ends, so many points are enough to put all unknowns in any order.
    inner = [
        low + (high - low) * step / (len(open_) + 1)
        for low, high in zip(ends, ends[1:])
        for step in range(1, len(open_) + 1)
    ]
    grid = {*ends, *inner}
    choices = [[v for v in grid if v in q] if q in open_ else [q.middle] for q in known]
    if np.prod([len(c) for c in choices], dtype=float) > MOST_TRIED:
        raise ValueError(f"more than {MOST_TRIED:,} ways to rank {', '.join(row)}")
    ranked = pd.DataFrame(list(product(*choices))).rank(axis=1, ascending=False)
    return ranked.drop_duplicates().to_numpy()


def _closed(quantities: Iterable[Quantity]) -> list[Quantity]:
    """The same with a missing bound just outside all others: ranks tell no more of it."""
    known = list(quantities)
    ends = [end for q in known for end in q.bounds if math.isfinite(end)]
    low, high = min(ends, default=0) - 1, max(ends, default=0) + 1
    return [replace(q, low=max(q.low, low), high=min(q.high, high)) for q in known]


def correlation(one: Mapping[str, Quantity], other: Mapping[str, Quantity]) -> Quantity:
    """Spearman's rank correlation of two rows over the same places, -1 to 1, with its bounds.

    1: both put the places in one order; 0: the orders have nothing in common; -1: reversed.
    Raises ValueError if the rows are of different places, or one of them may be all ties.
    """
    return _correlation(one, other, possible_ranks(one), possible_ranks(other))


def _correlation(
    one: Mapping[str, Quantity], other: Mapping[str, Quantity], a: np.ndarray, b: np.ndarray
) -> Quantity:
    """The same with the possible rankings of the two rows at hand."""
    if list(one) != list(other):
        raise ValueError(f"a correlation over {list(one)} and {list(other)}: give the same places")
    ways = pd.DataFrame(np.vstack([a, b])).T
    found = ways.corr(method="spearman").to_numpy()[: len(a), len(a) :]
    if np.isnan(found).any():
        raise ValueError("a row may be all ties: no order to compare")
    pair = max(found.min(), -1.0), min(found.max(), 1.0)
    return merged(pair, RATIO, *one.values(), *other.values(), made_by="system.correlation")


def correlations(table: Sequence[Row]) -> dict[tuple[str, str], Quantity]:
    """The correlation of every pair of rows, by the keys of their counts."""
    ways = [possible_ranks(row) for _, row in table]
    return {
        (table[i][0].key, table[j][0].key): _correlation(table[i][1], table[j][1], ways[i], ways[j])
        for i, j in combinations(range(len(table)), 2)
    }


def between(
    found: Mapping[tuple[str, str], Quantity], one: str, other: str
) -> list[Quantity]:
    """Those of :func:`correlations` whose counts are of these two kinds."""
    pair = sorted((one, other))
    return [q for keys, q in found.items() if sorted(COUNT[k].kind for k in keys) == pair]


def span(found: Iterable[Quantity]) -> Quantity:
    """From the lowest possible to the highest possible of several numbers.

    Raises NoObservation without any.
    """
    known = list(found)
    if not known:
        raise NoObservation("no numbers to span")
    pair = min(q.low for q in known), max(q.high for q in known)
    return merged(pair, known[0].unit, *known, made_by="system.span")


def by_kinds(heads: Sequence[Row], more: Sequence[Row], kinds: Sequence[str]) -> Table:
    """Rank correlations of counts of two kinds, over the head cities and over more cities.

    Each cell is the range over all pairs of counts of the two kinds.
    """
    near, far = correlations(heads), correlations(more)
    lines = []
    for one, other in combinations_with_replacement(kinds, 2):
        cells = [between(found, one, other) for found in (near, far)]
        if cells[0]:
            name = one if one == other else f"{one} and {other}"
            lines.append((name, *(span(c).text() if c else "no such pair" for c in cells)))
    head = ["Counts of", "Four head cities", "All nine cities"]
    return Table(pd.DataFrame(lines, columns=head), "Rank correlation, lowest to highest")


def per_output(table: Sequence[Row], output: Callable[[str], Quantity]) -> list[Row]:
    """The same rows per trillion yuan of output; ``output`` gives that of a place.

    What ``output`` raises for a place without it is raised here.
    """
    size = {place: output(place).to("1e12 CNY") for _, row in table for place in row}
    return [
        (count, {p: q.ratio(size[p], because=PER_OUTPUT) for p, q in row.items()})
        for count, row in table
    ]
