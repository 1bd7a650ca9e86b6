"""Do the strong get stronger?  The exponent of growth, and worlds simulated to compare it with.

A year's deals go to cities.  If each of them picks a city with a probability that rises with the
deals that the city already has, p_i ~ stock_i ** b, then

- b = 1: growth is proportional, every share stays as it is but for luck;
- b > 1: the larger a city, the faster its share grows (the Matthew effect in the strict sense);
- b < 1: the smaller catch up.

:func:`exponent` finds b by maximum likelihood; the year's total is taken as given, so that only
who gets the deals counts.  Cities without a stock have no place in the formula: the deals that
open one are left out and counted by :func:`entries`.  :func:`resampled` draws cities anew
(bootstrap), :func:`simulate` lets the years run again under a chosen b, or with shares that never
change.  The last matters: where shares are fixed there is no feedback, and b comes out near 1 too.

Arrays have the shape (..., years, cities): any number of histories at once, one in the tables.

Sources: Barabasi and Albert (1999) for the model, Jeong, Neda and Barabasi (2003) for measuring it
from who gets what is new.  Out of scope: why a city is strong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from citygap.capital import DEALS
from citygap.quantity import RATIO, Quantity, merged
from citygap.tables import NoObservation, book
from citygap.yardsticks import DEAL_YEARS

SEED = 20260101
DRAWS = 2000
CHOSEN = "chosen for the comparison, not measured"
#: Exponents of the simulated worlds: below, at and above proportional growth.
WEAKER, PROPORTIONAL, STRONGER = 0.8, 1.0, 1.2
LEVEL = (2.5, 97.5)  # percentiles that hold 95 in 100 draws
STEPS, CLOSE = 60, 1e-10  # of Newton's method


@dataclass(frozen=True)
class History:
    """Deals (or money) by year and city, shape (years, cities), and the quantities behind them."""

    years: tuple[str, ...]
    cities: tuple[str, ...]
    flows: np.ndarray
    behind: tuple[Quantity, ...]

    @property
    def stock(self) -> np.ndarray:
        """What each city had at the end of each year but the last, shape (years - 1, cities)."""
        return self.flows.cumsum(axis=0)[:-1]

    @property
    def new(self) -> np.ndarray:
        """What each city got in each year but the first."""
        return self.flows[1:]


def history(column: str = DEALS[1], since: str = DEAL_YEARS[0]) -> History:
    """The list's deals (or the column ``amount_1e8_cny``) by year and city.

    ``since`` leaves out earlier years.  Raises NoObservation if fewer than two years are left.
    """
    by_year = {}
    for year in DEAL_YEARS:
        try:
            by_year[year] = book.distribution(DEALS[0], column, [year])
        except NoObservation:
            continue
    kept = [year for year in by_year if year >= since]
    if len(kept) < 2:
        raise NoObservation(f"no two years of {column} since {since}")
    cities = sorted({place for year in kept for place in by_year[year]})
    flows = np.zeros((len(kept), len(cities)))
    for row, year in enumerate(kept):
        for place, q in by_year[year].items():
            flows[row, cities.index(place)] = q.middle
    behind = tuple(q for year in kept for q in by_year[year].values())
    return History(tuple(kept), tuple(cities), flows, behind)


def exponent(new: np.ndarray, stock: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """The exponent b of each history, shape (...); ``new`` and ``stock`` are (..., years, cities).

    The likelihood is that of a multinomial for each year, over the cities with a stock; it has one
    peak, found by Newton's method.  ``weights`` (..., cities) count a city several times or not at
    all.  NaN where the stocks do not differ, or where no b is best (all went to the largest city).
    """
    held = stock > 0
    size = np.log(np.where(held, stock, 1.0))
    w = 1.0 if weights is None else weights[..., None, :]
    got = np.where(held, new, 0.0) * w
    total = got.sum(axis=-1)
    aimed = (got * size).sum(axis=(-1, -2))
    b = np.ones(np.broadcast_shapes(got.shape, size.shape)[:-2])
    for _ in range(STEPS):
        pull = np.where(held, np.exp(b[..., None, None] * size), 0.0) * w
        whole = pull.sum(axis=-1, keepdims=True)
        chance = pull / np.where(whole > 0, whole, 1.0)
        mean = (chance * size).sum(axis=-1)
        spread = (chance * size**2).sum(axis=-1) - mean**2
        slope = aimed - (total * mean).sum(axis=-1)
        curve = (total * spread).sum(axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = np.clip(slope / curve, -0.5, 0.5)
        b = b + step
        if not (np.abs(step) > CLOSE).any():
            break
    return np.where(np.abs(step) <= CLOSE, b, np.nan)


def log_log(new: np.ndarray, stock: np.ndarray) -> float:
    """The cruder exponent: least squares of ln(new) on ln(stock), a constant for each year.

    Cities that got nothing have no logarithm and fall out, which favours the small ones that did
    well; it is given for comparison only.
    """
    both = (stock > 0) & (new > 0)
    x, y = np.log(np.where(both, stock, 1.0)), np.log(np.where(both, new, 1.0))
    n = np.maximum(both.sum(axis=-1, keepdims=True), 1)
    x = np.where(both, x - (x * both).sum(axis=-1, keepdims=True) / n, 0.0)
    y = np.where(both, y - (y * both).sum(axis=-1, keepdims=True) / n, 0.0)
    return float((x * y).sum() / (x**2).sum())


def entries(new: np.ndarray, stock: np.ndarray) -> tuple[float, float]:
    """What went to cities without a stock, and all there was."""
    return float(new[stock == 0].sum()), float(new.sum())


def resampled(
    new: np.ndarray, stock: np.ndarray, draws: int = DRAWS, seed: int = SEED
) -> np.ndarray:
    """Exponents of ``draws`` samples of the cities, drawn with replacement, shape (draws,).

    A city is drawn with all its years, so that what is peculiar to it counts as one piece of
    evidence and not as one for each deal.  Draws that leave nothing to compare are dropped.
    """
    n = new.shape[-1]
    times = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws)
    found = exponent(new, stock, times.astype(float))
    return found[np.isfinite(found)]


def simulate(
    first: np.ndarray,
    totals: Sequence[float],
    b: float = PROPORTIONAL,
    *,
    fixed: np.ndarray | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> np.ndarray:
    """Histories in which every deal picks its city, shape (draws, years, cities).

    They start with ``first``, the deals of the first year (cities,); ``totals`` are the deals of
    the years after it.  A city is picked with a probability of its stock to the power ``b``, or,
    if ``fixed`` is given, with these probabilities in every year, whatever its stock.
    """
    random = np.random.default_rng(seed)
    flows = np.zeros((draws, len(totals) + 1, len(first)))
    flows[:, 0] = first
    stock = flows[:, 0].copy()
    for year, total in enumerate(totals, start=1):
        if fixed is None:
            pull = np.where(stock > 0, np.where(stock > 0, stock, 1.0) ** b, 0.0)
        else:
            pull = np.broadcast_to(fixed, stock.shape)
        chance = pull / pull.sum(axis=-1, keepdims=True)
        flows[:, year] = random.multinomial(int(total), chance)
        stock += flows[:, year]
    return flows


def index(flows: np.ndarray) -> np.ndarray:
    """Herfindahl index of each year, shape (..., years) from (..., years, cities)."""
    part = flows / flows.sum(axis=-1, keepdims=True)
    return (part**2).sum(axis=-1)


# ----------------------------------------------------------------------------------- on the list


@dataclass(frozen=True)
class World:
    """A way in which the years may have run: 95 in 100 exponents and last indices lie in these."""

    label: str
    exponent: Quantity
    index: Quantity


def ends(values: np.ndarray, of: History, caveat: str) -> Quantity:
    """The middle 95 in 100 of ``values``, with the provenance of the history."""
    low, high = np.percentile(values, LEVEL)
    return merged((low, high), RATIO, *of.behind, made_by="matthew.ends").noting(caveat)


def seen(of: History) -> Quantity:
    """The exponent of the list, with the bounds that drawing its cities anew leaves open."""
    caveat = f"95 in 100 of {DRAWS:,} samples of the cities, drawn with replacement"
    return ends(resampled(of.new, of.stock), of, caveat)


def best(of: History) -> Quantity:
    """The exponent of the list as it stands."""
    return _exact(float(exponent(of.new, of.stock)), of)


def crude(of: History) -> Quantity:
    """The exponent by :func:`log_log`."""
    return _exact(log_log(of.new, of.stock), of)


def last_index(of: History) -> Quantity:
    """The Herfindahl index of the last year."""
    return _exact(float(index(of.flows)[-1]), of)


def world(label: str, of: History, b: float = PROPORTIONAL, *, keep_shares: bool = False) -> World:
    """A simulated world that starts as the list does and has its number of deals in each year.

    With ``keep_shares`` each city keeps the share that it has over all years: no feedback at all.
    """
    whole = of.flows.sum(axis=0)
    runs = simulate(
        of.flows[0], of.flows[1:].sum(axis=-1), b, fixed=whole / whole.sum() if keep_shares else None
    )
    caveat = f"95 in 100 of {DRAWS:,} simulated runs"
    found = exponent(runs[:, 1:], runs.cumsum(axis=1)[:, :-1])
    return World(
        label, ends(found[np.isfinite(found)], of, caveat), ends(index(runs)[:, -1], of, caveat)
    )


def worlds(of: History) -> list[World]:
    """What was seen is compared with these: no feedback, proportional, weaker, stronger."""
    return [
        world("each city keeps its share", of, keep_shares=True),
        world(f"proportional growth ({PROPORTIONAL:g})", of, PROPORTIONAL),
        world(f"the small catch up ({WEAKER:g})", of, WEAKER),
        world(f"the large pull away ({STRONGER:g})", of, STRONGER),
    ]


def _exact(value: float, of: History) -> Quantity:
    if not np.isfinite(value):
        raise NoObservation("the list leaves no exponent: its cities do not differ")
    return merged((value, value), RATIO, *of.behind, made_by="matthew")
