"""The diagnosis of any main city from Python, in the words of its page::

    >>> from citygap.cities.report import report
    >>> report("Chengdu")          # or "chengdu", or "成都"

The computation is that of ``citygap.cities.diagnosis``.  :func:`sentences` words what it comes to,
for this report and for the place pages alike; each prints numbers and names in its own way.

Out of scope: the figures of a city one by one (its place page, ``diagnosis.figures``).
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from citygap.catch_up import scenarios
from citygap.charts.table import Table
from citygap.cities import diagnosis
from citygap.cities.diagnosis import Diagnosis
from citygap.comparison import growth_rates
from citygap.data.tables import NoObservation, Tables, book
from citygap.quantity.quantity import Quantity

#: Years over which a lead in growth is asked.
YEARS = 10


def report(city: str) -> Report:
    """The diagnosis of a main city, named in English or Chinese or by its key.

    Raises LookupError for a place that is none of the main cities, and names them.
    """
    place = key_of(city)
    return Report(place, diagnosis.diagnosis(place))


def key_of(city: str, tables: Tables = book) -> str:
    """The key of a main city by any of its names, upper or lower case.

    Raises LookupError as :func:`report` does.
    """
    asked = city.strip().casefold()
    for place in diagnosis.main_cities(tables):
        names = (place, *(tables.name(place, language) for language in ("en", "hans", "hant")))
        if asked in (name.casefold() for name in names):
            return place
    known = ", ".join(tables.name(place) for place in diagnosis.main_cities(tables))
    raise LookupError(f"{city!r} is none of the main cities: {known}")


@dataclass(frozen=True)
class Report:
    """A report that prints itself: as text, and in a notebook as HTML."""

    place: str
    found: Diagnosis = field(repr=False)

    @property
    def title(self) -> str:
        """The city in both languages."""
        return f"{book.name(self.place)} {book.name(self.place, 'hans')}"

    @property
    def sentences(self) -> list[str]:
        """What the comparisons come to, as plain text."""
        return sentences(self.found)

    @property
    def multiples(self) -> pd.DataFrame:
        """Every other main city as a multiple of this one: yardsticks down, cities across.

        The first column is the city's own value; an empty cell means that one is not counted.
        """
        rows = {}
        for key, (own, _) in self.found.own.items():
            label = diagnosis.YARDSTICK[key].label
            upper = f"{diagnosis.AT_MOST} " if diagnosis.stands_for_city(own) else ""
            rows[label] = {book.name(self.place): upper + own.text()}
        for each in self.found.comparisons:
            rows[each.yardstick.label][book.name(each.place)] = each.text
        return pd.DataFrame.from_dict(rows, orient="index").fillna("").rename_axis("yardstick")

    def __str__(self) -> str:
        lines = "\n".join(f"- {sentence}" for sentence in self.sentences)
        return f"{self.title}\n\n{lines}\n\n{self.multiples.to_string()}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        said = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in self.sentences)
        table = Table(self.multiples.reset_index(), f"Cities as multiples of {self.title}")
        return f"<h3>{html.escape(self.title)}</h3><ul>{said}</ul>{table._repr_html_()}"


def sentences(
    found: Diagnosis,
    *,
    name: Callable[[str], str] = book.name,
    number: Callable[[Quantity], str] = str,
    indicator: Callable[[str], str] = lambda key: book.indicator(key)["name_en"],
    label: Callable[[str], str] = str,
) -> list[str]:
    """What a diagnosis comes to, one sentence each; nothing is said where nothing is known.

    ``name``, ``number``, ``indicator`` and ``label`` print a city, a quantity, an indicator and the
    label of a yardstick: plain by default, as HTML for a page.
    """
    city, said = name(found.place), []
    if found.heads is not None:
        heads = [head for head in diagnosis.HEADS if head != found.place]
        who = "the four head cities" if len(heads) == 4 else "the three other head cities"
        said.append(f"On lists that count one thing in every city, {who} stand at "
                    f"{number(found.heads)} times {city}.")
        if found.heads.low > 1:
            lead = scenarios.faster(found.heads, YEARS)
            said.append(f"To draw level with them on these lists in ten years, its counts would have to "
                        f"gain {number(lead)} a year on theirs.")
    if found.chongqing is not None:
        said.append(f"On the same lists Chongqing stands at {number(found.chongqing)} times {city}.")
    gdp = found.of("gdp", diagnosis.FOCUS)
    if gdp is not None:
        said.append(f"Chongqing's GDP in 2025 was {number(gdp.quantity.to('%'))} of {city}'s.")
    if found.heads is None and found.chongqing is None:
        said.append(f"No list that counts AI in every city holds {city}.")
    for each in found.growth:
        path = each.path
        said.append(f"Its plan for {indicator(path.indicator)} needs growth of "
                    f"{number(each.quantity)} a year from {path.since} to {path.until}, "
                    f"number {each.rank} from the top of {each.of} plans.")
    if not found.growth:
        said.append(f"No plan of {city} was found whose aim for AI has an observation of the same "
                    "scope before it, so no growth can be asked of it.")
    said.append(_growth_seen(found.place, number))
    if found.absent:
        said.append(f"A complete list holds nothing of {city}: {_list(found.absent, label)}.")
    if found.unknown:
        said.append(f"Not known of {city}: {_list(found.unknown, label)}.")
    return said


def _growth_seen(place: str, number: Callable[[Quantity], str]) -> str:
    try:
        rate = growth_rates.observed(place)
    except NoObservation:
        return "No growth of its AI industry was seen on one definition."
    return f"Its AI industry was seen to grow by {number(rate)} a year, by series and year."


def _list(labels: Sequence[str], label: Callable[[str], str]) -> str:
    return "; ".join(label(each.rstrip("*\u2020")) for each in labels)
