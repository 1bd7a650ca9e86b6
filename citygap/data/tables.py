"""The tables of ``data/`` as quantities, and which published figure speaks.

The one description of the tables is ``data/datapackage.json`` (Frictionless Data Package);
:func:`~citygap.data.validate.check` holds the files against it.  :class:`Tables` turns rows into
:class:`~citygap.quantity.quantity.Quantity`.

A row is addressed as ``place/indicator/period/source``, which is the key of
``observations.csv``.  Two sources for one figure both stay in the table; :data:`VOICE` is the
order in which they are heard.

Out of scope: statistics (``gap``, ``concentration``) and anything about pages.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from collections.abc import Collection, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from citygap import words
from citygap.data.bibtex import Source, read_sources
from citygap.data.io import BIBLIOGRAPHY, DATA, PACKAGE, DataError, Problem, read_package, read_rows
from citygap.data.works import grades, record
from citygap.quantity.quantity import Quantity, Unit, hull, read, register_units

__all__ = [
    "BIBLIOGRAPHY", "DATA", "PACKAGE", "PERIOD", "VOICE", "DataError", "NoObservation", "Problem",
    "Tables", "book", "read_rows",
]

#: A period of data: a year, half, quarter, month, day, or an interval of them, which may be open
#: at its start ("ever until").
MOMENT = r"\d{4}(?:H[12]|Q[1-4]|-\d{2}(?:-\d{2})?)?"
PERIOD = re.compile(rf"^(?:{MOMENT}|(?:{MOMENT}|\.\.)/{MOMENT})$")

#: Who speaks when several rows give one figure, first difference decides: an outcome over a
#: forecast, an official page over a repost over self-media, a later page over an earlier one,
#: an exact figure over a bounded one.
VOICE = ("outcome over forecast", "official over repost", "later over earlier", "exact over bound")
#: Tables whose rows are called by a name in English and in Chinese, and the column of the English one.
NAMED = {"targets": "name_en", "rankings": "name_en", "events": "name_en", "plans": "title_en"}
CONFIDENCE = {"high": 2, "medium": 1, "low": 0}
LISTED = "medium"  # confidence of a complete distribution in a folder without a record of copies
SHARPNESS = {"exact": 3, "about": 2, "over": 1, "nearly": 1, "under": 1, "at_least": 0, "at_most": 0}
COMMENTARY = "yuqian-consulting-2025"
#: Units of what is counted one by one, and the Chinese measure words of complete lists, by their
#: column or else by the list; those of indicators stand in the table of indicators.
COUNTED = ("count", "1e4 count", "1e8 count")
MEASURES = {
    "deals": "起", "companies": "家", "filed-models-by-city": "款", "filed-models-by-place": "款",
    "notable-models-by-city": "个",
}  # fmt: skip


class NoObservation(LookupError):
    """No row gives the figure that was asked for."""


def known(read: Callable[..., Quantity | None], *asked: str) -> Quantity | None:
    """What a reader of the tables gives for what is asked; None where no row gives it."""
    try:
        return read(*asked)
    except NoObservation:
        return None


class Tables:
    """The tables of one data folder.

    Tables are data frames of text as published (numbers too, since the printed digits matter);
    :meth:`observe`, :meth:`readings`, :meth:`series` and :meth:`target` give quantities.
    """

    def __init__(self, folder: Path = DATA):
        self.folder = Path(folder)
        self._left_out: tuple[Callable[[dict[str, str]], bool], ...] = ()
        self._recordings: list[dict[str, Quantity]] = []

    @cached_property
    def package(self) -> dict:
        """The data package descriptor, and with it the description of every column."""
        return read_package(self.folder)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Works by key: author, title, date, url (of the original), kind, role and the like."""
        return read_sources(self.folder / BIBLIOGRAPHY)

    @cached_property
    def copies(self) -> dict[str, list[dict[str, str]]]:
        """Where each work was read: rows of ``copies.csv`` by source, in their order."""
        found: dict[str, list[dict[str, str]]] = {}
        # Whole, whatever is left out elsewhere: what rests on a row does not change its grade.
        for row in self._frames("copies").to_dict("records") if self._has("copies") else ():
            found.setdefault(row["source"], []).append(row)
        return found

    @cached_property
    def grades(self) -> dict[str, str]:
        """The grade of each work (``citygap.data.works.grades``); empty for one that was not read."""
        return {key: grades.grade(work, self.copies.get(key, ())) for key, work in self.sources.items()}

    def confidence(self, source: str) -> str:
        """Confidence of a row that rests on ``source``: its grade in three steps.

        A folder without ``copies.csv`` has no grades, and every source is of medium confidence.
        """
        return grades.CONFIDENCE.get(self.grades.get(source, ""), LISTED)

    def link(self, source: str) -> str:
        """Where a page may lead its reader for a source: its original, or else a page on which it
        was read, if ``hosts.csv`` lets pages link there; empty otherwise."""
        work = self.sources.get(source, {})
        read = [copy["address"] for copy in self.copies.get(source, ())]
        return next((each for each in (work.get("url", ""), *read) if self.may_link(each)), "")

    def may_link(self, address: str) -> bool:
        """Whether a page may link to an address; in a folder without ``hosts.csv``, to every one."""
        if not self._has("hosts"):
            return bool(address)
        return self._linked.get(record.host(address), False)

    @cached_property
    def _linked(self) -> dict[str, bool]:
        return {row["host"]: row["link"] == "true" for row in self._rows("hosts")}

    def _has(self, name: str) -> bool:
        return any(resource["name"] == name for resource in self.package["resources"])

    def table(self, name: str) -> pd.DataFrame:
        """The table ``name`` of the data package as a frame of text; numbers as printed."""
        return self._frame(name).copy()

    def rows(self, name: str, **where: str) -> list[dict[str, str]]:
        """Rows of a table, each a dictionary of text by column: all, or those whose columns have
        the values of ``where``."""
        return [
            row.copy()
            for row in self._rows(name)
            if all(row[column] == value for column, value in where.items())
        ]

    def numbers(self, name: str) -> pd.DataFrame:
        """The table ``name`` with its number columns as floats (empty cells become NaN)."""
        frame = self.table(name)
        for field in self._resource(name)["schema"]["fields"]:
            if field["type"] in ("number", "integer"):
                frame[field["name"]] = pd.to_numeric(frame[field["name"]], errors="coerce")
        return frame

    def name(self, place: str, language: str = "en") -> str:
        """Name of a place; ``language`` is ``en``, ``hans`` or ``hant``."""
        return self._named("places", "place", place, f"name_{language}")

    @cached_property
    def chinese_titles(self) -> dict[str, str]:
        """Names in Chinese by their English: of plans, aims, events and rankings."""
        found = {}
        for table, column in NAMED.items():
            hans = column.replace("_en", "_hans")
            rows = [row for row in self._frames(table).to_dict("records") if row.get(hans)]
            found |= {row[column]: titled(row[hans]) if table == "plans" else row[hans] for row in rows}
        return found

    @cached_property
    def chinese_names(self) -> dict[str, str]:
        """Names in Chinese by their English: of places, indicators and their scopes."""
        found = {}
        for row in self._frames("indicators").to_dict("records"):
            found[row["name_en"]] = row["name_hans"]
            found[f"{row['concept']}: {row['scope']}"] = found[row["scope"]] = row.get("scope_hans", "")
        found |= {row["name_en"]: row["name_hans"] for row in self._frames("places").to_dict("records")}
        return {english: hans for english, hans in found.items() if hans}

    def province(self, place: str) -> str:
        """Province-level unit of a place (itself for a municipality), or an empty text."""
        return self._named("places", "place", place, "province")

    def indicator(self, indicator: str) -> dict[str, str]:
        """Row of ``indicators.csv`` as a dictionary.  Raises KeyError for an unknown one."""
        return self._index("indicators", "indicator")[indicator]

    # -- quantities

    def readings(self, place: str, indicator: str, period: str | None = None) -> list[Quantity]:
        """All published readings of an indicator, best voice first (see :data:`VOICE`).

        Without ``period``, those of every period.  An empty list if there are none.
        """
        rows = [
            row
            for row in self._observations.get((place, indicator), [])
            if period is None or row["period"] == period
        ]
        return [self._quantity(row) for row in sorted(rows, key=self._voice, reverse=True)]

    def observe(self, place: str, indicator: str, period: str | None = None) -> Quantity:
        """The reading that speaks for a place, indicator and period (the latest, if not given).

        Raises :class:`NoObservation`, naming the periods that are known.
        """
        if period is None:
            known = sorted({r["period"] for r in self._observations.get((place, indicator), [])})
            period = known[-1] if known else None
        found = self.readings(place, indicator, period) if period else []
        if not found:
            known = sorted({r["period"] for r in self._observations.get((place, indicator), [])})
            raise NoObservation(
                f"no observation of {indicator} for {place} in {period}; "
                f"known periods: {', '.join(known) or 'none'}"
            )
        return self._record(found[0])

    def spread(self, place: str, indicator: str, period: str) -> Quantity:
        """The hull of all readings of one figure: what the sources together leave open.

        Forecasts, and what was told before the period was over, are left out beside outcomes, and
        low-confidence readings beside better ones.  Raises :class:`NoObservation` without any.
        """
        found = self.readings(place, indicator, period)
        if not found:
            self.observe(place, indicator, period)
        found = [q for q in found if not q.forecast] or found
        found = [q for q in found if not self._before_its_end(q)] or found
        sound = [q for q in found if q.confidence != "low"] or found
        for q in sound:
            self._record(q)
        return hull(*sound)

    def series(self, place: str, indicator: str, years: bool = False) -> list[Quantity]:
        """One quantity a period, in order of time: the reading that speaks for each.

        ``years`` keeps whole years only, so that nine months never follow twelve.
        """
        periods = sorted({r["period"] for r in self._observations.get((place, indicator), [])})
        if years:
            periods = [period for period in periods if re.fullmatch(r"\d{4}", period)]
        return [self.observe(place, indicator, period) for period in periods]

    def _before_its_end(self, q: Quantity) -> bool:
        """Whether a figure of a whole year was told on a day of that year but its last."""
        told = self.as_of(q.rows[0])
        return len(told) == len("2025-12-26") and q.period <= told < f"{q.period}-12-31"

    def as_of(self, key: str) -> str:
        """The date of an observation, by its key; empty if none is given."""
        place, indicator, *period, source = key.split("/")  # a period may hold a stroke
        for row in self._observations.get((place, indicator), []):
            if (row["period"], row["source"]) == ("/".join(period), source):
                return row["as_of"]
        return ""

    def places_with(self, indicator: str, period: str | None = None) -> list[str]:
        """Places with an observation of ``indicator`` (in ``period``), in order of the table."""
        frame = self._frame("observations")
        chosen = frame[frame["indicator"] == indicator]
        if period is not None:
            chosen = chosen[chosen["period"] == period]
        return list(dict.fromkeys(chosen["place"]))

    def distribution(
        self, name: str, column: str, periods: Sequence[str] | None = None, **where: str
    ) -> dict[str, Quantity]:
        """A complete distribution as one quantity a place, summed over ``periods``.

        ``name`` is a table such as ``ai-deals-by-city``; ``where`` keeps the rows whose columns
        have the given values.  A place without a row has none of what is counted, since the
        distributions are complete: :meth:`counted` gives that zero.  A column whose description
        says ``"nature": "stock"`` is read at one day, the latest without ``periods``; ValueError
        for several, since they would count one thing twice.
        """
        if self._field_of(name, column).get("nature") == "stock":
            periods = self._one_day(name, periods, where)
        days = None if periods is None else tuple(periods)
        rows, found = self._summed(name, column, days, tuple(sorted(where.items())))
        if not found:
            raise NoObservation(f"no rows of {name} for {periods or 'any period'} {where or ''}")
        for q in rows if self._recordings else ():
            self._record(q)
        return found.copy()

    def _summed(
        self, name: str, column: str, periods: tuple[str, ...] | None, where: tuple[tuple[str, str], ...]
    ) -> tuple[list[Quantity], dict[str, Quantity]]:
        """The rows of a distribution that are asked for, and their sum by place; added up once, for
        chapters ask for one place after the other."""
        rows, asked = self._rows(name), (name, column, periods, where)
        known = self.__dict__.setdefault("_sums", {})
        if asked in known and known[asked][0] is rows:
            return known[asked][1:]
        title = self._resource(name)["title"]
        field = self._field_of(name, column)
        unit, bound = field.get("unit", "count"), field.get("bound", "exact")
        counted: list[Quantity] = []
        found: dict[str, Quantity] = {}
        for row in rows:
            if periods is not None and row["period"] not in periods:
                continue
            if any(row[key] != value for key, value in where) or not row[column]:
                continue
            q = read(
                row[column], bound, unit, scope=title, period=row["period"],
                place=row["place"], sources=(row["source"],), confidence=self.confidence(row["source"]),
                rows=(f"{name}/{row['place']}/{row['period']}/{column}",),
                countable=unit == "count",
            )
            counted.append(q)
            found[row["place"]] = found[row["place"]] + q if row["place"] in found else q
        known[asked] = rows, counted, found
        return counted, found

    def counted(
        self, name: str, column: str, place: str, periods: Sequence[str] | None = None, **where: str
    ) -> Quantity:
        """What a complete distribution counts for one place; an exact zero if it has no row.

        Where rows are left out, a list that ends earlier is still complete; one that lacks the
        place while it counts others is not, and :class:`NoObservation` is raised; so it is for a
        city where provinces are counted, and for a province where cities are.  Raises LookupError
        for a place that there is not.
        """
        found = self.distribution(name, column, periods, **where)
        if self._left_out:
            self._must_count(name, place, periods, where)
        if place in found:
            return found[place]
        self._must_be_of_a_kind(name, place, found)
        whole = next(iter(found.values()))
        bound = self._field_of(name, column).get("bound", "exact")
        zero = read(
            "0", bound, whole.unit, scope=whole.scope, place=place, sources=whole.sources,
            period=whole.period, confidence=whole.confidence, countable=True,
            rows=(f"{name}/{place}/-/{column}",),
        )
        return self._record(zero)

    def _must_be_of_a_kind(self, name: str, place: str, counted: Collection[str]) -> None:
        """Raise unless a list that counts some places could have counted this one."""
        kinds = self._index("places", "place")
        if place not in kinds:
            near = get_close_matches(place, kinds, 1)
            raise LookupError(f"there is no place {place!r}" + (f": did you mean {near[0]!r}?" if near else ""))
        of_list = {kinds[each]["kind"] for each in counted if each in kinds}
        province = kinds[place]["province"]
        if "province" in of_list and province not in ("", place):
            raise NoObservation(f"{name} counts provinces, so {place} has no count of its own: ask for {province}")
        if kinds[place]["kind"] == "province" and "province" not in of_list:
            raise NoObservation(f"{name} counts cities, so the province {place} has no count of its own")

    def target(
        self, place: str, indicator: str, period: str | None = None, plan: str | None = None
    ) -> Quantity:
        """A numeric aim of a plan as a forecast quantity.

        If several rows fit, the one of the latest plan speaks.  Raises :class:`NoObservation`.
        """
        rows = [
            row
            for row in self._rows("targets")
            if row["place"] == place
            and indicator in (row["indicator"], row["name_en"])
            and (period is None or row["period"] == period)
            and (plan is None or row["plan"] == plan)
        ]
        if not rows:
            raise NoObservation(f"no target of {place} for {indicator} in {period or 'any year'}")
        latest = max(rows, key=lambda row: (row["as_of"], row["plan"]))
        return self._record(self._quantity(latest, target=True))

    def measure_hans(self, q: Quantity) -> str:
        """The measure word that Chinese puts after a count (家, 款, 个), 点 after points of an index; empty
        for what has a unit."""
        if q.unit == "index":
            return "点"
        if q.unit not in COUNTED or not q.rows:
            return ""
        table, second, *_, column = q.rows[0].split("/")
        own = self._index("indicators", "indicator").get(second, {}).get("measure_hans", "")
        return own or MEASURES.get(column) or MEASURES.get(table, "")

    # -- the tables otherwise

    @contextmanager
    def leaving_out(self, without: Callable[[dict[str, str]], bool]) -> Iterator[None]:
        """Inside a ``with`` block, read as if the rows for which ``without`` is true were not there.

        Rows are dictionaries of text as published.  Asked of are the rows of every table that has
        a column ``source``; what was read before keeps its rows.
        """
        before = self._left_out
        self._left_out = (*before, without)
        self._refresh()
        try:
            yield
        finally:
            self._left_out = before
            self._refresh()

    @contextmanager
    def recording(self) -> Iterator[dict[str, Quantity]]:
        """Collect what a ``with`` block reads: the quantity of each row, by the row's key."""
        seen: dict[str, Quantity] = {}
        self._recordings.append(seen)
        try:
            yield seen
        finally:
            self._recordings.remove(seen)

    # -- inside

    def _must_count(self, name: str, place: str, periods, where: dict[str, str]) -> None:
        """Raise NoObservation if a row of the place is left out in a period that others keep."""

        def asked(frame: pd.DataFrame) -> pd.DataFrame:
            for key, value in where.items():
                frame = frame[frame[key] == value]
            return frame if periods is None else frame[frame["period"].isin(periods)]

        whole, kept = asked(self._frames(name)), asked(self._frame(name))
        out = whole[(whole["place"] == place) & ~whole.index.isin(kept.index)]
        if out["period"].isin(kept["period"]).any():
            raise NoObservation(f"a row of {place} is left out of {name}")

    def _refresh(self) -> None:
        self.__dict__.pop("_kept_observations", None)
        self.__dict__.pop("_kept", None)

    def _record(self, q: Quantity) -> Quantity:
        for seen in self._recordings:
            seen.update(dict.fromkeys(q.rows, q))
        return q

    def _frame(self, name: str) -> pd.DataFrame:
        """The rows of a table that are not left out."""
        return self._whole_or_kept(name)[0]

    def _rows(self, name: str) -> list[dict[str, str]]:
        """The same as dictionaries, which are not to be changed."""
        return self._whole_or_kept(name)[1]

    def _whole_or_kept(self, name: str) -> tuple[pd.DataFrame, list[dict[str, str]]]:
        """A table without the rows that are left out, as a frame and as rows.

        Both are made once for each choice of what is left out: pandas takes its time.
        """
        frame = self._frames(name)
        whole = self.__dict__.setdefault("_whole", {})
        if name not in whole or whole[name][0] is not frame:
            whole[name] = frame, frame.to_dict("records")
        if not self._left_out or "source" not in frame:
            return whole[name]
        kept = self.__dict__.setdefault("_kept", {})
        if name not in kept:
            rows = whole[name][1]
            stays = [not any(without({"confidence": self.confidence(row["source"])} | row)
                             for without in self._left_out) for row in rows]  # fmt: skip
            kept[name] = frame[stays], [row for row, stay in zip(rows, stays, strict=True) if stay]
        return kept[name]

    @lru_cache(maxsize=None)
    def _frames(self, name: str) -> pd.DataFrame:
        resource = self._resource(name)
        header, body = read_rows(self.folder / resource["path"])
        frame = pd.DataFrame(body, columns=header, dtype=str)
        if resource.get("graded"):  # its confidence is computed
            at = header.index("source") + 1
            frame.insert(at, "confidence", [self.confidence(each) for each in frame["source"]])
        return frame

    def _resource(self, name: str) -> dict:
        for resource in self.package["resources"]:
            if resource["name"] == name:
                return resource
        raise KeyError(f"no table {name!r} in {PACKAGE}")

    @lru_cache(maxsize=None)
    def _index(self, name: str, key: str) -> dict[str, dict[str, str]]:
        return {row[key]: row for row in self._frames(name).to_dict("records")}

    def _field_of(self, name: str, column: str) -> dict:
        """The description of a column in the data package."""
        for field in self._resource(name)["schema"]["fields"]:
            if field["name"] == column:
                return field
        raise KeyError(f"{name} has no column {column!r}")

    def _one_day(self, name: str, periods: Sequence[str] | None, where: Mapping[str, str]) -> list[str]:
        """The one day at which a stock is read: the one asked for, or the latest of the rows ``where``."""
        if periods is None:
            return sorted({row["period"] for row in self.rows(name, **where)})[-1:]
        if len(set(periods)) > 1:
            raise ValueError(f"{name} counts what there is on a day: ask for one day, not {len(periods)}")
        return list(periods)

    def _named(self, table: str, key: str, value: str, column: str) -> str:
        try:
            return self._index(table, key)[value][column]
        except KeyError:
            raise KeyError(f"{value!r} is not a {key} of data/{table}.csv") from None

    @property
    def _observations(self) -> dict[tuple[str, str], list[dict[str, str]]]:
        """Rows of observations by place and indicator, without those that are left out."""
        return self._kept_observations if self._left_out else self._all_observations

    @cached_property
    def _kept_observations(self) -> dict[tuple[str, str], list[dict[str, str]]]:
        return {
            key: kept
            for key, rows in self._all_observations.items()
            if (kept := [row for row in rows if not any(without(row) for without in self._left_out)])
        }

    @cached_property
    def _all_observations(self) -> dict[tuple[str, str], list[dict[str, str]]]:
        register_units(
            Unit(row["unit"], row["name_en"], row["dimension"], float(row["factor"]),
                 row["countable"] == "true", row.get("name_hans", ""))
            for row in self._frames("units").to_dict("records")
        )
        found: dict[tuple[str, str], list[dict[str, str]]] = {}
        for row in self._frames("observations").to_dict("records"):
            found.setdefault((row["place"], row["indicator"]), []).append(row)
        return found

    def _voice(self, row: dict[str, str]) -> tuple:
        date = row["as_of"] or self.sources.get(row["source"], {}).get("date", "")
        return (
            row["bound"] != "expected",
            CONFIDENCE[row["confidence"]],
            date,
            SHARPNESS.get(row["bound"], 0),
            row["source"],  # a fixed last word, so that the choice never depends on row order
        )

    def _quantity(self, row: dict[str, str], target: bool = False) -> Quantity:
        indicator = self._index("indicators", "indicator").get(row["indicator"])
        scope = f"{indicator['concept']}: {indicator['scope']}" if indicator else row["name_en"]
        unit = self._index("units", "unit")[row["unit"]]
        self._observations  # makes sure that the units are known
        parts = [row["place"], row["indicator"] or row["name_en"], row["period"]]
        q = read(
            row["value"],
            row["bound"],
            row["unit"],
            high=row.get("value_high") or None,
            scope=scope,
            period=row["period"],
            place=row["place"],
            sources=(row["source"],),
            rows=("/".join([*parts, *([row["plan"]] if target else []), row["source"]]),),
            confidence=row["confidence"],
            countable=unit["countable"] == "true",
            nonnegative=not (indicator and indicator["nature"] == "rate"),
            forecast=target or row["bound"] == "expected",
        )
        return q.to(indicator["unit"]) if indicator else q


def titled(title: str) -> str:
    """Title of a plan as Chinese prints it: in 《》, with full-width marks, its number after it."""
    title = re.sub(r"(\d{4})[-–](\d{4}年)", r"\1—\2", title.replace("(", "（").replace(")", "）"))
    title, number = re.fullmatch(r"(.*?)(（[^（）]*号）)?", title).groups()
    return f"《{title.replace('《', '〈').replace('》', '〉')}》{number or ''}"


#: The tables of this book.
book = Tables()


@words.look_up
def _of_tables(text: str) -> str | None:
    """The Chinese for a name that the tables have: of a place, an indicator, a scope."""
    return book.chinese_names.get(text)


@words.look_up_last
def _of_titles(text: str) -> str | None:
    """The same of a plan, an aim, an event or a ranking, each of several words."""
    return book.chinese_titles.get(text) if " " in text else None
