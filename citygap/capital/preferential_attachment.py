"""Do the strong get stronger?  The exponent of growth of the list of deals.

A year's deals go to cities.  If each of them picks a city with a probability that rises with the
deals that the city already has, p_i ~ stock_i ** b, then

- b = 1: growth is proportional, every share stays as it is but for chance;
- b > 1: the larger a city, the faster its share grows (the Matthew effect in the strict sense);
- b < 1: the smaller catch up.

:func:`exponent` finds b by maximum likelihood; the year's total is taken as given, so that only
who gets the deals counts.  Cities without a stock have no place in the formula: :func:`seen` speaks
of the others alone, and :func:`with_a_start` gives every city of the list one deal in advance;
:func:`either_way` holds both.  :func:`resampled` draws cities anew
(bootstrap).  Where every city simply keeps its share there is no feedback, and b
comes out near 1 too: the exponent cannot tell the two apart.

Sources: Barabasi and Albert (1999) for the model, Jeong, Neda and Barabasi (2003) for measuring it
from who gets what is new.  Out of scope: why a city is strong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from citygap.capital.distributions import DEALS
from citygap.comparison.comparable_counts import DEAL_YEARS
from citygap.data.tables import NoObservation, Tables, book
from citygap.quantity.quantity import RATIO, Quantity, exactly, hull, merged

SEED = 20260101
DRAWS = 2000
#: An exponent that would be a strong pull: twice the deals draw 2.3 times as many new ones.
STRONG = 1.2
CHOSEN = "chosen for the comparison, not measured"
#: Deals that each city is given in advance, so that those without any have a place in the formula.
START = 1.0
GIVEN = "each city is given one deal in advance, so that those without any count too"
LEVEL = (2.5, 97.5)  # percentiles that hold 95 in 100 samples
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


def history(
    column: str = DEALS[1], since: str = DEAL_YEARS[0], tables: Tables | None = None
) -> History:
    """The list's deals (or the column ``amount_1e8_cny``) by year and city.

    ``since`` leaves out earlier years.  Raises NoObservation if fewer than two years are left.
    """
    tables = book if tables is None else tables
    by_year = {}
    for year in DEAL_YEARS:
        try:
            by_year[year] = tables.distribution(DEALS[0], column, [year])
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


def seen(of: History) -> Quantity:
    """The exponent of the list, with the bounds that drawing its cities anew leaves open.

    Raises NoObservation where the cities do not differ.
    """
    return _sampled(of, 0.0, "preferential_attachment.seen")


def with_a_start(of: History) -> Quantity:
    """The same where each city has :data:`START` deals in advance, so that none is left out."""
    return _sampled(of, START, "preferential_attachment.with_a_start").noting(GIVEN)


def either_way(of: History) -> Quantity:
    """What both treatments of cities without a deal leave open."""
    return replace(hull(seen(of), with_a_start(of)), coefficient=True)


def newcomers(of: History) -> Quantity:
    """New deals that went to cities which had none before, in percent of all new deals."""
    share = 100 * of.new[of.stock == 0].sum() / of.new.sum()
    return merged((share, share), "%", *of.behind, made_by="preferential_attachment.newcomers")


def _sampled(of: History, start: float, made_by: str) -> Quantity:
    low, high = _middle_of_samples(of.flows.tobytes(), of.flows.shape, start)
    caveat = f"95 in 100 of {DRAWS:,} samples of the cities, drawn with replacement"
    found = merged((low, high), RATIO, *of.behind, made_by=made_by).noting(caveat)
    return replace(found, coefficient=True)


@lru_cache(maxsize=64)
def _middle_of_samples(flows: bytes, shape: tuple[int, int], start: float) -> tuple[float, float]:
    """The middle 95 in 100 of the resampled exponents; a list is drawn once, however often asked."""
    found = np.frombuffer(flows).reshape(shape)
    samples = resampled(found[1:], found.cumsum(axis=0)[:-1] + start)
    if not len(samples):
        raise NoObservation("the list leaves no exponent: its cities do not differ")
    low, high = np.percentile(samples, LEVEL)
    return float(low), float(high)


def best(of: History) -> Quantity:
    """The exponent of the list as it stands.  Raises NoObservation where cities do not differ."""
    value = float(exponent(of.new, of.stock))
    if not np.isfinite(value):
        raise NoObservation("the list leaves no exponent: its cities do not differ")
    found = merged((value, value), RATIO, *of.behind, made_by="preferential_attachment.best")
    return replace(found, coefficient=True)


def strong() -> Quantity:
    """The exponent that is called a strong pull."""
    return exactly(STRONG, caveat=CHOSEN, coefficient=True)


def pull_of_twice() -> Quantity:
    """How many times as many new deals twice the stock would draw at the strong exponent."""
    return exactly(2**STRONG, caveat=CHOSEN)
