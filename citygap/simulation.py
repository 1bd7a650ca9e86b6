"""A great many draws of what the published figures allow: when, if ever, the distance closes.

Each draw takes a level for both cities from inside their bounds (evenly on a logarithmic scale), a
factor by which the leader's wider definition may exceed a core one, and a growth for each: first
one of the published growths, then a value evenly from inside its bounds.  Draws are independent of
one another, and both cities keep their growth for good.

What comes out is a share of draws, not a probability: the figures say what is possible, and not
how likely it is.  The even spread inside bounds and the independence are conventions of ours.

The distance in a year t is ln(L / F) + (t - start) ln((1 + g_L) / (1 + g_F)), a sum of independent
terms; so the share of each term in its variance is its first-order Sobol index, and the shares add
up to 1 (Saltelli et al. 2008 define the index).

Out of scope: single cases with exact bounds (``scenarios``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from citygap import growths, scenarios
from citygap.charts import Mark
from citygap.quantity import Quantity, exactly, merged
from citygap.tables import book
from citygap.yardsticks import FOCUS

DRAWS, SEED = 100_000, 2026
BATCHES = 20
#: How many standard errors of the simulation the printed bounds reach to either side.
ERRORS = 3
#: What is left of equal growths, or of no spread, by rounding alone.
ROUNDING = 1e-12
NOT_A_CHANCE = "a share of draws from what the published figures allow, not a probability"
#: Windows of a parity year: the last year of each, and its words.
WINDOWS = ((2030, "by 2030"), (2035, "2031 to 2035"), (2050, "2036 to 2050"), (math.inf, "after 2050"))
NEVER = "never"
#: The terms of the distance.
LEVEL, SCOPE, OWN_LEVEL, GROWTH, OWN_GROWTH = (
    "its level", "its definition", "Chongqing's level", "its growth", "Chongqing's growth")
TERMS = (OWN_GROWTH, GROWTH, SCOPE, LEVEL, OWN_LEVEL)


@dataclass(frozen=True)
class Inputs:
    """What is drawn from: levels, the factor of the leader's definition (1 if it is core), and
    groups of growths, of which one group, then one growth of it is picked evenly."""

    leader: Quantity
    follower: Quantity
    scope: Quantity
    growth_leader: Sequence[Sequence[Quantity]]
    growth_follower: Sequence[Sequence[Quantity]]

    @property
    def all(self) -> list[Quantity]:
        """Every quantity that is drawn from."""
        rates = [q for groups in (self.growth_leader, self.growth_follower)
                 for group in groups for q in group]
        return [self.leader, self.follower, self.scope, *rates]


@dataclass(frozen=True)
class Simulation:
    """The draws: ``terms`` holds, for each of :data:`TERMS`, an array of shape (draws,).

    Levels and definition are terms of ln(L / F); growths are logarithmic rates a year, the
    follower's with a minus, so that all terms add up to the distance.
    """

    inputs: Inputs
    start: int
    terms: dict[str, np.ndarray]

    @cached_property
    def distance(self) -> np.ndarray:
        """ln(L / F) at the start, shape (draws,)."""
        return self.terms[LEVEL] + self.terms[SCOPE] + self.terms[OWN_LEVEL]

    @cached_property
    def years(self) -> np.ndarray:
        """Years from the start to parity, shape (draws,): 0 if level, infinite if never."""
        closing = -(self.terms[GROWTH] + self.terms[OWN_GROWTH])
        with np.errstate(divide="ignore", invalid="ignore"):
            time = self.distance / np.where(closing > ROUNDING, closing, 0)
        return np.where(self.distance <= 0, 0.0, time)

    def never(self) -> Quantity:
        """Share of the draws in which parity never comes, in percent."""
        return self._share(np.isinf(self.years))

    def within(self, after: float, until: float) -> Quantity:
        """Share of the draws with parity after the one year and up to the other, in percent.

        A year lasts to its end: parity in the course of 2030 is parity by 2030.
        """
        moment = self.start + self.years
        early = moment < after + 1 if math.isfinite(after) else np.zeros(len(moment), bool)
        late = moment < until + 1 if math.isfinite(until) else np.isfinite(moment)
        return self._share(late & ~early)

    def by(self, year: float) -> Quantity:
        """Share of the draws with parity by the end of a year, in percent."""
        return self.within(-math.inf, year)

    def variance_shares(self, year: int) -> dict[str, Quantity]:
        """Which part of the variance of the distance in ``year`` each term has, in percent.

        0 for every term where nothing varies.
        """
        n = year - self.start
        parts = {key: (n if key in (GROWTH, OWN_GROWTH) else 1) * term
                 for key, term in self.terms.items()}

        def share(key: str) -> Callable[[slice], float]:
            def of(part: slice) -> float:
                spread = {each: float(np.var(term[part])) for each, term in parts.items()}
                total = sum(spread.values())
                return 100 * spread[key] / total if total > ROUNDING**2 else 0.0
            return of

        return {key: self._batched(share(key)) for key in parts}

    def _share(self, hit: np.ndarray) -> Quantity:
        return self._batched(lambda part: 100 * float(np.mean(hit[part])))

    def _batched(self, statistic: Callable[[slice], float]) -> Quantity:
        """A statistic of the draws in percent, with the error of the simulation from batches."""
        size = len(self.terms[LEVEL]) // BATCHES
        found = np.array([statistic(slice(i * size, (i + 1) * size)) for i in range(BATCHES)])
        error = ERRORS * float(found.std(ddof=1)) / math.sqrt(BATCHES)
        middle = float(found.mean())
        bounds = max(0.0, middle - error), min(100.0, middle + error)
        q = merged(bounds, "%", *self.inputs.all, made_by="simulation.simulate")
        return replace(q, forecast=True, caveat=NOT_A_CHANCE)


def simulate(inputs: Inputs, draws: int = DRAWS, seed: int = SEED,
             start: int = scenarios.START) -> Simulation:
    """Draw levels, definition and growths.  The same seed gives the same draws.

    Raises ValueError for a level that may be 0 or has no bound, a growth of -100 % or without a
    bound, no growth at all, or fewer draws than batches; NotComparable for two scopes.
    """
    if draws < BATCHES:
        raise ValueError(f"{draws} draws: give {BATCHES} or more")
    rng = np.random.default_rng(seed)
    for q in (inputs.leader, inputs.scope, inputs.follower):
        _must_be_positive(q)
    inputs.leader / inputs.follower  # raises NotComparable for two scopes without a reason
    follower = inputs.follower.to(inputs.leader.unit)
    return Simulation(inputs, start, {
        LEVEL: _logarithms(inputs.leader, draws, rng),
        SCOPE: -_logarithms(inputs.scope, draws, rng),
        OWN_LEVEL: -_logarithms(follower, draws, rng),
        GROWTH: _rates(inputs.growth_leader, draws, rng),
        OWN_GROWTH: -_rates(inputs.growth_follower, draws, rng),
    })


def _must_be_positive(q: Quantity) -> None:
    if not (q.low > 0 and math.isfinite(q.high)):
        raise ValueError(f"cannot draw from {q.text()}: it may be 0, or has no bound")


def _logarithms(q: Quantity, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Logarithms spread evenly between the bounds, shape (draws,)."""
    return rng.uniform(math.log(q.low), math.log(q.high), draws)


def _rates(groups: Sequence[Sequence[Quantity]], draws: int, rng: np.random.Generator) -> np.ndarray:
    """ln(1 + g) a year: a group, a growth of it, a value inside its bounds; shape (draws,).

    Growths are taken in the order of their bounds, so that the order of rows draws nothing else.
    """
    groups = [[q.to("ratio").bounds for q in group] for group in groups if group]
    if not groups:
        raise ValueError("no growth to draw from")
    low, high, weight = np.array(
        sorted((*bounds, 1 / len(groups) / len(group)) for group in groups for bounds in group)
    ).T
    if not (np.isfinite(low).all() and np.isfinite(high).all() and (low > -1).all()):
        raise ValueError("cannot draw a growth without bounds, or one that leaves nothing")
    which = np.searchsorted(np.cumsum(weight)[:-1], rng.random(draws), side="right")
    return np.log1p(low[which] + (high - low)[which] * rng.random(draws))


# ---------------------------------------------------------------------------------------- the book


def inputs(leader: str, follower: str = FOCUS) -> Inputs:
    """What the published figures allow for two cities."""
    factor = scenarios.wider_definition() if leader in scenarios.WIDER else exactly(1)
    return Inputs(
        scenarios.scale(leader)[0], scenarios.scale(follower)[0], factor,
        growths.sources_of(leader), growths.sources_of(follower),
    )


def of(leader: str, draws: int = DRAWS, seed: int = SEED) -> Simulation:
    """The simulation of Chongqing against one rival."""
    return simulate(inputs(leader), draws, seed)


def window_marks(found: dict[str, Simulation]) -> list[Mark]:
    """Shares of the draws by window of the parity year, one row a rival; :data:`NEVER` last."""
    marks = []
    for place, simulation in found.items():
        after = -math.inf
        for until, words in WINDOWS:
            marks.append(Mark(book.name(place), words, simulation.within(after, until)))
            after = until
        marks.append(Mark(book.name(place), NEVER, simulation.never()))
    return marks


def driver_marks(found: dict[str, Simulation], year: int) -> list[Mark]:
    """Shares of the terms in the variance of the distance in a year, one row a rival."""
    return [
        Mark(book.name(place), term, simulation.variance_shares(year)[term])
        for place, simulation in found.items()
        for term in TERMS
    ]
