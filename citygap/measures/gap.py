"""How far apart: ratios, shares, growth, years to parity.

Every function takes quantities or plain numbers and returns a quantity with bounds.  Where the
formula rises in some of its arguments and falls in the others, the bounds are its values at the
ends (:func:`monotone`), and so are the tightest there are; plain interval arithmetic would count
an argument that stands twice as two.

Figures of different scope need a reason: ``because`` is kept in the caveat.

Out of scope: several scenarios at once and simulation (``scenarios``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction


from citygap.quantity import interval
from citygap.quantity.formatting import element, whole_years
from citygap.quantity.quantity import Quantity, exactly, merged
from citygap.quantity.three_valued import Answer
from citygap.quantity.units import RATIO, UnitMismatch

#: By how much of itself a floating-point result may be off: a few roundings of 1e-16 each, with
#: room for functions of functions.
ROUNDING = 1e-13

Number = Quantity | float


def monotone(
    f: Callable[..., float],
    increasing: Sequence[Number] = (),
    decreasing: Sequence[Number] = (),
    *,
    unit: str = RATIO,
    scope: str = "",
    made_by: str = "",
) -> Quantity:
    """Tight bounds of a function that rises in some arguments and falls in the others.

    ``f`` takes the values of ``increasing`` and then those of ``decreasing``, as floats in the
    units that they came in, and returns a float; it must cope with infinite ends.  Each argument
    stands once, so the result is exact but for rounding.  The caller vouches for the direction.
    """
    up, down = [_quantity(x) for x in increasing], [_quantity(x) for x in decreasing]
    low = f(*(q.low for q in up), *(q.high for q in down))
    high = f(*(q.high for q in up), *(q.low for q in down))
    return merged(_slackened(low, high), unit, *up, *down, scope=scope, made_by=made_by)


def ratio(a: Number, b: Number, because: str = "") -> Quantity:
    """a / b, of one unit dimension; a reason lets the two differ in scope."""
    return replace(_quantity(a).ratio(b, because=because), made_by="gap.ratio")


def gap(leader: Number, follower: Number, because: str = "") -> Quantity:
    """leader - follower, in the unit of the leader."""
    return replace(_quantity(leader).minus(follower, because=because), made_by="gap.gap")


def shortfall(leader: Number, follower: Number, because: str = "") -> Quantity:
    """1 - follower / leader: which part of the leader's level the follower lacks."""
    missing = 1 - _quantity(follower).ratio(leader, because=because)
    return replace(missing, made_by="gap.shortfall")


def share(part: Number, whole: Number, because: str = "") -> Quantity:
    """part / whole, kept between 0 and 1 since a part cannot exceed its whole.

    Raises ValueError if the figures say that it does: then they do not count one thing.
    """
    found = _quantity(part).ratio(whole, because=because)
    if found.low > 1 or found.high < 0:
        raise ValueError(
            f"a part of {_quantity(part).text()} in a whole of {_quantity(whole).text()} is no "
            "share: the two do not count one thing (use ratio to show that)"
        )
    return replace(found, low=max(found.low, 0.0), high=min(found.high, 1.0), made_by="gap.share")


def share_of_sum(part: Quantity, others: Sequence[Quantity]) -> Quantity:
    """part / (part + others): the share among the units listed, each counted once.

    All must be nonnegative and of one scope.  ValueError if all may be 0.
    """
    part, *others = _comparable(part, *others)
    _nonnegative(part, *others)

    def f(p: float, *rest: float) -> float:
        return 1.0 if math.isinf(p) else p / (p + sum(rest))

    try:
        return monotone(f, [part], others, made_by="gap.share_of_sum")
    except ZeroDivisionError:
        raise ValueError("no share of a sum that may be 0") from None


def location_quotient(
    part_i: Number, part_total: Number, base_i: Number, base_total: Number, because: str = ""
) -> Quantity:
    """(part_i / part_total) / (base_i / base_total): how strong a place is in one thing (AI, say)
    for its weight in another (GDP).  Above 1 it holds more than its weight.

    Definition: regional science standard.  Each argument stands once, so the bounds are tight.
    ``because`` serves a part and a total (or base) of different scope.
    """
    part = _quantity(part_i).ratio(part_total, because=because)
    base = _quantity(base_i).ratio(base_total, because=because)
    return replace(part / base, made_by="gap.location_quotient", coefficient=True)


def growth(start: Number, end: Number, years: float, because: str = "") -> Quantity:
    """(end / start) ** (1 / years) - 1: compound growth a year, as a ratio.

    Both nonnegative and of one unit dimension; ``years`` above 0.  A start that may be 0 leaves
    growth without an upper bound.  Raises ValueError for values below 0 or no years.
    """
    return _growth(start, end, years, because, "gap.growth")


def required_growth(base: Number, target: Number, years: float, because: str = "") -> Quantity:
    """Compound growth a year that takes ``base`` to ``target`` in so many years, as a ratio."""
    return _growth(base, target, years, because, "gap.required_growth")


def _growth(start: Number, end: Number, years: float, because: str, made_by: str) -> Quantity:
    if not (math.isfinite(years) and years > 0):
        raise ValueError(f"growth over {years!r} years: give a number above 0")
    _nonnegative(_quantity(start), _quantity(end))
    times = _quantity(end).ratio(start, because=because)
    power = 1 if years == 1 else 1 / years
    factor = interval.power(times.bounds, power)
    if power != 1:
        factor = _slackened(*factor)  # 1 / years was rounded
    return merged(interval.subtract(factor, (1.0, 1.0)), RATIO, times, made_by=made_by)


def project(base: Number, growth: Number, years: float) -> Quantity:
    """base * (1 + growth) ** years, a forecast in the unit and scope of the base.

    ``base`` is nonnegative, ``growth`` a ratio or percentage a year, not below -1; ``years`` not
    below 0.  The period is that of the base and the number of years.
    """
    start, g = _quantity(base), _rate(growth)
    if not (math.isfinite(years) and years >= 0):
        raise ValueError(f"a projection over {years!r} years: give a number not below 0")
    _nonnegative(start)

    def f(b: float, rate: float) -> float:
        factor = (1 + rate) ** years
        return 0.0 if 0 in (b, factor) else b * factor

    found = monotone(
        f, [start, g], unit=start.unit, scope=start.scope, made_by="gap.project"
    )
    period = f"{start.period} and {years:g} years on" if start.period else ""
    return replace(found, low=max(found.low, 0.0), period=period, forecast=True)


# ---------------------------------------------------------------------------------------- parity


@dataclass(frozen=True)
class Parity:
    """When the follower draws level with the leader, if both keep their growth.

    ``answer``: YES, in finite time whatever the true values; NO, never; CANNOT_TELL, the bounds
    allow both.  ``earliest`` and ``latest`` are moments of the calendar, infinite for never.
    ``basis`` is the leader's level over the follower's, with everything that it rests on.
    """

    answer: Answer
    earliest: float
    latest: float
    start: float
    basis: Quantity

    @property
    def year(self) -> Quantity | None:
        """The moment as a quantity in unit ``year``; None if never."""
        return self._as("year", 0.0)

    @property
    def years(self) -> Quantity | None:
        """Years from the start; None if never."""
        return self._as("years", self.start)

    def _as(self, unit: str, since: float) -> Quantity | None:
        if self.answer is Answer.NO:
            return None
        return replace(
            self.basis, low=self.earliest - since, high=self.latest - since, unit=unit, scope=""
        )

    def text(self) -> str:
        """ "2031 to 2035", "never", "level in 2024", "cannot tell: from 2031 or never"."""
        if self.answer is Answer.NO:
            return "never"
        if self.latest == self.start:
            return f"level in {math.floor(self.start)}"
        if self.answer is Answer.CANNOT_TELL:
            return f"cannot tell: from {whole_years(self.earliest, math.inf)[0]:.0f} or never"
        return self.year.text()  # type: ignore[union-attr]

    def __str__(self) -> str:
        return self.text()

    def html(self) -> str:
        """A ``<data>`` element like that of a quantity."""
        shown = self.year or replace(self.basis, unit="year")
        return element(
            shown, self.text(), (self.earliest, self.latest), shown.title(f"Parity: {self.text()}")
        )

    def _repr_html_(self) -> str:
        return self.html()


def parity_year(
    leader: Number,
    follower: Number,
    growth_leader: Number,
    growth_follower: Number,
    start: float,
    because: str = "",
) -> Parity:
    """When two compounding series meet: start + ln(L/F) / ln((1 + g_F) / (1 + g_L)).

    ``leader`` and ``follower`` are levels at ``start`` (a year of the calendar), positive or with
    a bound of 0, of one unit dimension and, but for a reason, one scope; growths are ratios or
    percentages a year, not below -1.  Never, if the follower is behind and does not grow faster.
    A follower that is level at the start has parity then.

    The bounds are those of all levels and growths inside the inputs.
    """
    _nonnegative(_quantity(leader), _quantity(follower))
    lead = _quantity(leader).ratio(follower, because=because)
    g_l, g_f = _rate(growth_leader), _rate(growth_follower)
    if -1 in (g_l.high, g_f.high):
        raise ValueError("a growth of -100% leaves nothing to compare")
    distance = interval.logarithm(lead.bounds)
    closing = monotone(_log_growth, [g_f], [g_l]).bounds
    rates = (g_l, g_f) if lead.high > 1 else ()  # one that is not behind has parity at any growth
    basis = merged(lead.bounds, RATIO, lead, *rates, made_by="gap.parity_year")
    basis = replace(basis, forecast=True)

    soonest = _over(distance[0], closing[1])
    latest = _over(distance[1], closing[0])
    if math.isinf(soonest):
        answer = Answer.NO
    else:
        answer = Answer.CANNOT_TELL if math.isinf(latest) else Answer.YES
    low, high = _slackened(soonest, latest)
    return Parity(answer, start + low, start + high, start, basis)


def _log_growth(follower: float, leader: float) -> float:
    """ln((1 + g_F) / (1 + g_L)), with its limits at -1 and without bound."""
    if follower == -1 or leader == math.inf:
        return -math.inf
    if leader == -1 or follower == math.inf:
        return math.inf
    # The quotient is exact, so that its logarithm has the right sign however near the two are.
    times = (1 + Fraction(follower)) / (1 + Fraction(leader))
    return math.log1p(times - 1) if Fraction(1, 2) < times < 2 else math.log(times)


def _over(distance: float, speed: float) -> float:
    """Time for a distance: none if it is not above 0, infinite if it is never covered."""
    if distance <= 0:
        return 0.0
    if speed <= 0 or math.isinf(distance):
        return math.inf
    return distance / speed


# ---------------------------------------------------------------------------------------- inside


def _quantity(x: Number) -> Quantity:
    return x if isinstance(x, Quantity) else exactly(x)


def _rate(x: Number) -> Quantity:
    """A growth as a plain ratio, not below -1."""
    q = _quantity(x)
    if not q.pure:
        raise UnitMismatch(f"a growth is a ratio or a percentage a year, not in {q.unit!r}")
    q = q.to(RATIO)
    if q.low < -1:
        raise ValueError(f"a growth of {q.text(percent=True)} would leave less than nothing")
    return q


def _nonnegative(*quantities: Quantity) -> None:
    for q in quantities:
        if q.low < 0:
            raise ValueError(f"{q.text()} may be below 0, where this measure has no meaning")


def _comparable(first: Number, *others: Quantity, because: str = "") -> list[Quantity]:
    """All in the unit and on the scope of the first.  NotComparable, UnitMismatch."""
    first = _quantity(first)
    brought = [first._brought(q, because) for q in others]
    return [first, *(first._pair(q, "set beside one another")[1] for q in brought)]


def _slackened(low: float, high: float) -> tuple[float, float]:
    """The bounds with room for rounding."""
    return _slack(low, -1), _slack(high, 1)


def _slack(x: float, side: int) -> float:
    return x if math.isinf(x) or x == 0 else x + side * ROUNDING * abs(x)
