"""How much of China's AI a city holds for its weight in the economy.

A location quotient sets a city's share of the nation in one thing against its share of output:
above 1 it holds more than its weight.  Every count here has a national total on its own scope,
and is weighed by output of its own years on one census basis.

Filings are counted by province, so there the provinces are weighed: the quotient of a province is
no limit of its city's, and marks of it are hollow.

Out of scope: multiples of one city by another without weights (``yardsticks``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from citygap import gap
from citygap import yardsticks as y
from citygap.charts import Mark
from citygap.quantity import Answer, Quantity
from citygap.tables import NoObservation, book

CHINA = "china"
PROVINCE = "the province is weighed, with its own output"
TOTAL_OTHERWISE = "the national figure may be counted otherwise than the city's"
WEIGHED = "a count per unit of another"


@dataclass(frozen=True)
class Share:
    """A thing counted for cities and for China.

    ``part`` and ``whole`` give the two figures, ``output`` the indicator and year of the output
    that weighs them; ``province`` weighs the province of a city, ``doubtful`` marks are hollow.

    Every method raises NoObservation if a figure is missing; shares raise ValueError if a place
    surely has more than China.
    """

    key: str
    label: str
    part: Callable[[str], Quantity]
    whole: Callable[[], Quantity]
    output: tuple[str, str] = ("gdp_census5", "2024")
    province: bool = False
    doubtful: bool = False

    def seat(self, place: str) -> str:
        """The place that is counted: the city, or its province."""
        return book.province(place) if self.province else place

    def of_output(self, place: str) -> Quantity:
        """Share of the place in China's output, in percent."""
        return gap.share(*(book.observe(p, *self.output) for p in (self.seat(place), CHINA))).to("%")

    def share(self, place: str) -> Quantity:
        """Share of the place in China's count, in percent."""
        part = self.part(self.seat(place))
        return gap.share(part, self.whole(), TOTAL_OTHERWISE if self.doubtful else "").to("%")

    def quotient(self, place: str) -> Quantity:
        """Location quotient of the place."""
        seat = self.seat(place)
        found = gap.location_quotient(
            self.part(seat), self.whole(), book.observe(seat, *self.output),
            book.observe(CHINA, *self.output), TOTAL_OTHERWISE if self.doubtful else "",
        )
        return found.noting(PROVINCE) if seat != place else found

    def at_weight(self, place: str) -> Quantity:
        """What the place would hold at its weight in output; of things counted, whole ones."""
        found = self.whole() * self.of_output(place).to("ratio")
        if found.unit != "count":
            return found
        return replace(found, low=math.floor(found.low), high=math.ceil(found.high))


def summed(name: str, column: str, periods: Sequence[str] | None = None, **where: str):
    """A reader of the total of a complete distribution."""
    return lambda: sum(book.distribution(name, column, periods, **where).values())


UNICORNS = ("unicorns-by-city", "companies", ["2024-12"])
#: Output of 2023 is the latest on the old census basis, and weighs the lists up to 2018: no year
#: nearer to them is known for every city and China.
OLD = ("gdp", "2023")

SHARES = (
    Share("core", "AI core scale 2024\u2020", y.core_2024,
          lambda: book.observe(CHINA, "ai_core_scale", "2024"), doubtful=True),
    Share("filings", "Algorithm filings 2025*", y.observed("algorithm_filings", y.FILINGS),
          lambda: book.observe(CHINA, "algorithm_filings", y.FILINGS), province=True),
    Share("filed", "Filed models 2025*", y.observed("models_filed", y.FILED),
          lambda: book.observe(CHINA, "models_filed", y.FILED), province=True),
    Share("unicorns", "Unicorns, all 2024", y.listed(*UNICORNS, list="all"),
          summed(*UNICORNS, list="all")),
    Share("community", "Models on a list 2024", y.observed("models_listed_community", "2024-11-30"),
          lambda: book.observe(CHINA, "models_listed_community", "2024-11-30")),
    Share("firms", "AI firms on a list 2018", y.listed("ai-firms-by-city", "companies"),
          summed("ai-firms-by-city", "companies"), OLD),
    Share("deals", "AI deals 2013-18", y.listed("ai-deals-by-city", "deals", y.DEAL_YEARS),
          summed("ai-deals-by-city", "deals", y.DEAL_YEARS), OLD),
)
SHARE = {share.key: share for share in SHARES}


def research(place: str) -> Quantity:
    """Research intensity of 2022 over China's, which is the quotient of research spending."""
    return book.observe(place, "rd_intensity", "2022") / book.observe(CHINA, "rd_intensity", "2022")


def marks(places: Sequence[str]) -> list[Mark]:
    """Location quotients, one mark a count and place where both figures are known.

    A quotient that may be 0 is left out, since the axis is one of ratios.
    """
    found = [
        Mark("R&D spending 2022", place, q)
        for place in places
        if (q := _known(research, place)) is not None
    ]
    for share in SHARES:
        for place in places:
            q = _known(share.quotient, place)
            if q is not None and q.low > 0:
                found.append(Mark(share.label, place, q, share.doubtful or share.seat(place) != place))
    return found


def _known(reader: Callable[[str], Quantity], place: str) -> Quantity | None:
    try:
        return reader(place)
    except NoObservation:
        return None


def per(place: str, key: str, indicator: str, period: str, focus: str = y.FOCUS) -> Quantity:
    """A count per unit of a base (residents, industrial output) as a multiple of the focus city's.

    ``key`` is one of :data:`SHARES`; the base is that of the place counted.  Raises NoObservation
    if a figure is missing, ZeroDivisionError if the focus city has none.
    """
    share = SHARE[key]
    seat, own = share.seat(place), share.seat(focus)
    counts = share.part(seat).ratio(share.part(own), because=WEIGHED if share.doubtful else "")
    return counts / (book.observe(seat, indicator, period) / book.observe(own, indicator, period))


def lighter(place: str, keys: Sequence[str] = tuple(SHARE)) -> Answer:
    """Whether a place holds less than its weight on every count; those without data are left out."""
    answers = [q < 1 for key in keys if (q := _known(SHARE[key].quotient, place)) is not None]
    if not answers:
        raise NoObservation(f"no count of {place} can be weighed")
    found = answers[0]
    for answer in answers[1:]:
        found = found & answer
    return found
