"""The panel of the filing lists: every place on every day that a list covers, as pandas tables.

The lists of the Cyberspace Administration are complete, so a place without a filing has an exact
zero, shares are exact, and a day's order is known with its ties.  What the lists do not say is how
often a place files: as a measure of that, a count of ten is a draw, and the functions whose names
end in ``by_chance`` give the exact intervals of ``counting_intervals``.

Filed models (bei'an) and registered applications (dengji) are two procedures: each is a
:class:`Register` of its own, and they are never added up.  A filing names a legal seat, which need
not be the place of work.  Central enterprises are listed apart, under no place: they are part of
the nation and of every share's whole, and have no rank among places.

Tables are pandas objects whose cells are quantities; rows are places, columns are days.

Out of scope: figures that cities publish of themselves, on other days (``ai_models``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import pandas as pd

from citygap.comparison.roles import FOCUS, HEADS
from citygap.data.tables import book
from citygap.measures import counting_intervals, gap
from citygap.quantity.quantity import Quantity, merged

#: Firms that the lists put under a ministry-level commission instead of a place.
NO_PLACE = "central_enterprises"
#: The five cities with the most filed models, four of which the commentary calls the head.
HEAD_CITIES = (*HEADS, "guangzhou")

CITY_UNKNOWN = "the upper end counts all models of the province whose city is not known"


@dataclass(frozen=True)
class Register:
    """A complete list by place: the table that holds it and the column that counts."""

    table: str
    column: str


FILED = Register("filed-models-by-place", "models")
REGISTERED = Register("registered-apps-by-place", "apps")
BY_CITY = Register("filed-models-by-city", "models")
BY_SEAT = Register("filed-models-by-city", "models_by_seat")


def days(register: Register = FILED) -> list[str]:
    """The days that the lists reach, from the first to the last."""
    return sorted({row["period"] for row in book.rows(register.table)})


def count(place: str, day: str, register: Register = FILED) -> Quantity:
    """What one place has on a day, all lists together; an exact zero without an entry.

    Raises NoObservation for a day on which no list ends.
    """
    return replace(book.counted(register.table, register.column, place, [day]), period=day)


def counts(of: Sequence[str] | None = None, register: Register = FILED) -> pd.DataFrame:
    """Counts of every place on the days ``of`` (all, if not given): rows places, columns days.

    Rows go by the last day, the largest first; central enterprises stand among them.
    """
    columns = days(register) if of is None else list(of)
    places = sorted({row["place"] for row in book.rows(register.table)})
    table = pd.DataFrame(
        {day: _column(day, places, register) for day in columns},
        index=pd.Index(places, name="place"), columns=pd.Index(columns, name="day"), dtype=object,
    )  # fmt: skip
    order = sorted(places, key=lambda place: (-table.loc[place, columns[-1]].low, place))
    return table.loc[order]


def _column(day: str, places: Sequence[str], register: Register) -> dict[str, Quantity]:
    """Counts of ``places`` on one day; the zeros of a complete list are asked for one by one."""
    found = book.distribution(register.table, register.column, [day])
    return {place: found.get(place) or count(place, day, register) for place in places}


def nation(day: str, register: Register = FILED) -> Quantity:
    """What the whole nation has on a day: the sum of all places and central enterprises."""
    found = book.distribution(register.table, register.column, [day])
    return replace(reduce(add, found.values()), place="china", period=day)


def shares(of: Sequence[str] | None = None, register: Register = FILED) -> pd.DataFrame:
    """Share of every place in the nation, in percent: rows places, columns days."""
    table = counts(of, register)
    wholes = {day: nation(day, register) for day in table.columns}
    return table.apply(lambda column: column.map(
        lambda q: replace(gap.share(q, wholes[column.name]).to("%"), place=q.place, period=q.period)
    ))  # fmt: skip


def share(place: str, day: str, register: Register = FILED) -> Quantity:
    """Share of one place in the nation on a day, in percent."""
    found = gap.share(count(place, day, register), nation(day, register)).to("%")
    return replace(found, place=place, period=day)


def flow(since: str, until: str, register: Register = FILED) -> pd.Series:
    """New entries of every place after the day ``since`` and up to the day ``until``.

    The lists only grow, so what is new is the difference of two counts.  ``since`` may be empty for
    all from the first entry on.  Raises ValueError for days in the wrong order.
    """
    if since >= until:
        raise ValueError(f"nothing is filed after {since} and up to {until}")
    last = counts([until], register)[until]
    if not since:
        return last.rename(f"up to {until}")
    before = {place: count(place, since, register) for place in last.index}
    new = {
        place: merged(
            (q.low - before[place].low, q.high - before[place].high), q.unit, q, before[place],
            scope=q.scope, made_by="filed_models.flow",
        ) for place, q in last.items()
    }  # fmt: skip
    span = f"{since}/{until}"
    found = {place: replace(q, place=place, period=span) for place, q in new.items()}
    order = sorted(found, key=lambda place: (-found[place].low, place))
    return pd.Series(found, dtype=object).loc[order].rename(span).rename_axis("place")


def flow_shares(since: str, until: str, register: Register = FILED) -> pd.Series:
    """Share of every place in the new entries between two days, in percent; see :func:`flow`."""
    new = flow(since, until, register)
    whole = reduce(add, new)
    return new.map(lambda q: replace(gap.share(q, whole).to("%"), place=q.place, period=q.period))


def ranks(day: str, register: Register = FILED) -> pd.DataFrame:
    """Place in the order of a day: ``count``, ``first`` and ``last`` rank, ``tied`` places.

    Places with one count share the ranks from first to last; only places are ranked, so central
    enterprises are left out.  A rank of a small count turns on one entry.
    """
    table = counts([day], register)[day].drop(NO_PLACE, errors="ignore")
    numbers = table.map(lambda q: q.low)
    first = numbers.map(lambda n: 1 + int((numbers > n).sum()))
    last = numbers.map(lambda n: int((numbers >= n).sum()))
    return pd.DataFrame({"count": table, "first": first, "last": last, "tied": last - first + 1})


def weight_in_output(place: str, year: str = "2024") -> Quantity:
    """Share of a place in China's gross domestic product of a year, as a ratio.

    On the basis of the fifth economic census.  Raises NoObservation if either is not known.
    """
    part, whole = (book.observe(p, "gdp_census5", year) for p in (place, "china"))
    return gap.share(part, whole)


def output_multiple(place: str, year: str = "2024", base: str = FOCUS) -> Quantity:
    """Gross domestic product of a place over another's in one year, on the same basis as above.

    Raises NoObservation if either is not known.
    """
    own, other = (book.observe(p, "gdp_census5", year) for p in (place, base))
    return own / other


def weight_in_residents(place: str, year: str = "2024") -> Quantity:
    """Share of a place in China's residents at the end of a year, as a ratio.

    Raises NoObservation if either is not known.
    """
    part, whole = (book.observe(p, "resident_population", year) for p in (place, "china"))
    return gap.share(part, whole)


def expected(weight: Quantity, day: str, register: Register = FILED) -> Quantity:
    """What a place would have on a day if it had as large a share in it as ``weight``, a ratio."""
    return replace(nation(day, register) * weight, period=day)


def series(place: str = FOCUS, register: Register = FILED) -> pd.DataFrame:
    """One place on all days: count with its interval of chance, national count, share, expected.

    ``expected`` is the count at the place's share in output (:func:`weight_in_output`).
    """
    columns = days(register)
    weight = weight_in_output(place)
    return pd.DataFrame({
        "count": [count(place, day, register) for day in columns],
        "by_chance": [count_by_chance(place, day, register) for day in columns],
        "nation": [nation(day, register) for day in columns],
        "share": [share(place, day, register) for day in columns],
        "expected": [expected(weight, day, register) for day in columns],
    }, index=pd.Index(columns, name="day"), dtype=object)  # fmt: skip


# ---------------------------------------------------------------------------------- by chance


def count_by_chance(place: str, day: str, register: Register = FILED) -> Quantity:
    """What chance leaves open in the count of a place; see ``counting_intervals``."""
    return counting_intervals.count_interval(count(place, day, register))


def share_by_chance(place: str, day: str, register: Register = FILED) -> Quantity:
    """What chance leaves open in the share of a place, in percent."""
    part, whole = count(place, day, register), nation(day, register)
    return replace(counting_intervals.share_interval(part, whole).to("%"), place=place, period=day)


def multiple(place: str, day: str, focus: str = FOCUS, register: Register = FILED) -> Quantity:
    """Count of a place as a multiple of that of ``focus``, a pure number.

    Raises ValueError where ``focus`` has none.
    """
    own = count(focus, day, register)
    if own.low == 0:
        raise ValueError(f"{focus} has no entry on {day}, so nothing is a multiple of it")
    return replace(count(place, day, register).ratio(own), place=place, period=day)


def multiple_by_chance(
    place: str, day: str, focus: str = FOCUS, register: Register = FILED
) -> Quantity:
    """What chance leaves open in :func:`multiple`."""
    pair = count(place, day, register), count(focus, day, register)
    return replace(counting_intervals.ratio_interval(*pair), place=place, period=day)


# ------------------------------------------------------------------------------------ by city


def in_cities(cities: Sequence[str], day: str) -> Quantity:
    """Filed models of one or several cities together: bounds of definition.

    At least those whose city is known; at most those and the ones of the cities' provinces whose
    city could not be told.
    """
    known = book.distribution(BY_CITY.table, BY_CITY.column, [day])
    provinces = {book.province(city) for city in cities} - set(cities)
    sure = [known[city] for city in cities if city in known]
    perhaps = [known[province] for province in sorted(provinces) if province in known]
    low = sum(q.low for q in sure)
    of = sure + perhaps or list(known.values())
    high = low + sum(q.low for q in perhaps)
    made_by = "filed_models.in_cities"
    found = merged((low, high), of[0].unit, *of, scope=of[0].scope, made_by=made_by)
    if perhaps:
        found = found.noting(CITY_UNKNOWN)
    return replace(found, place=cities[0] if len(cities) == 1 else "", period=day)


def by_city(day: str) -> pd.DataFrame:
    """Every city with a filed model: ``count`` with its bounds, and how many ``by_seat``.

    ``by_seat`` are those whose city was supplied from the known seat of the firm.
    """
    known = book.distribution(BY_CITY.table, BY_CITY.column, [day])
    kinds = {row["place"]: row["kind"] for row in book.rows("places")}
    cities = [place for place in known if kinds[place] == "city"]
    order = sorted(cities, key=lambda city: (-known[city].low, city))
    return pd.DataFrame({
        "count": [in_cities([city], day) for city in order],
        "by_seat": [count(city, day, BY_SEAT) for city in order],
    }, index=pd.Index(order, name="place"), dtype=object)  # fmt: skip


def share_of_cities(day: str, cities: Sequence[str] = HEAD_CITIES) -> Quantity:
    """Share of cities together in the nation, in percent: at least, and at most (definition)."""
    found = in_cities(cities, day)
    known = book.distribution(BY_CITY.table, BY_CITY.column, [day])
    whole = sum(q.low for q in known.values())
    pair = 100 * found.low / whole, 100 * found.high / whole
    made_by = "filed_models.share_of_cities"
    return replace(merged(pair, "%", found, *known.values(), made_by=made_by), period=day)
