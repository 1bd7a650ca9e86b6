"""The report on any city from Python, in the words of its page::

    >>> from citygap.cities.report import report
    >>> report("Chengdu")          # or "chengdu", or "成都"

It has the front page's finding for the city, its distance to the leaders, its best and its worst
yardstick, what its plan asks, and what is not known of it.  A notebook shows it as a page; ``values``
is the table behind it, ``markdown()`` the text to hand on.  Inside ``in_language("zh")`` all of it is
in Chinese.

The computation is that of ``citygap.cities.diagnosis``.  :func:`sentences` words what it comes to,
for this report and for the place pages alike; each prints numbers and names in its own way
(:class:`Plain`).  A sentence stands whole in each language: the Chinese is in ``citygap/words/zh.csv``,
under the English template.

Out of scope: the figures of a city one by one (its place page, ``diagnosis.figures``).
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, cached_property

import pandas as pd

from citygap.catch_up import scenarios
from citygap.charts.table import Table
from citygap.cities import diagnosis
from citygap.cities.diagnosis import Comparison, Diagnosis
from citygap.comparison import filed_models
from citygap.comparison.comparable_counts import at_most
from citygap.data.tables import Tables, book
from citygap.data.works import references
from citygap.quantity import chinese
from citygap.quantity.english import CHINESE_SCALE, in_english
from citygap.quantity.formatting import BRIEF_DIGITS
from citygap.quantity.quantity import CONFIDENCE, Quantity
from citygap.quantity.three_valued import Answer
from citygap.words import CHINESE, MIME, in_language, say, speaking, template

#: Years over which a lead in growth is asked.
YEARS = 10
#: Columns of the table of values.
COLUMNS = ("Part", "What is counted", "Place", "Value", "Lower bound", "Upper bound", "Unit", "Period",
           "Definition", "Limit", "Confidence", "Sources")  # fmt: skip
SHARES, OWN, LEADER, MULTIPLE, GROWTH = (
    "Share of China", "The city itself", "Leader over the city", "Other city over the city", "Growth a year",
)  # fmt: skip
BY_CHANCE, STATED = "Leader over the city, by chance", "Growth, as stated"
NO_FIGURE = "no figure found"


def report(city: str) -> Report:
    """The report on a city of ``places.csv``, named in English or Chinese or by its key.

    Raises LookupError for a place that is no city there, and says which are.
    """
    place = key_of(city)
    return Report(place, diagnosis.diagnosis(place))


def key_of(city: str, tables: Tables = book) -> str:
    """The key of a city by any of its names, upper or lower case.

    Raises LookupError as :func:`report` does.
    """
    asked = city.strip().casefold()
    names = {name.casefold(): place for place in reversed(diagnosis.cities(tables))
             for name in (place, *(tables.name(place, tag) for tag in ("en", "hans", "hant"))) if name}  # fmt: skip
    if asked in names:
        return names[asked]
    near = get_close_matches(asked, names, 1)
    meant = f": did you mean {tables.name(names[near[0]])}?" if near else "."
    known = ", ".join(map(tables.name, diagnosis.main_cities(tables)))
    raise LookupError(f"{city!r} is no city of places.csv{meant} Main cities are {known}")


# ------------------------------------------------------------------------------------ sentences


@dataclass(frozen=True)
class Times:
    """A quantity that a sentence calls times or a share of another: 2.1倍, or 38% below one; with what
    ``chance`` leaves open, where a count behind it is small."""

    quantity: Quantity
    chance: Quantity | None = None


@dataclass(frozen=True)
class Drawn:
    """A share with what ``chance`` leaves open in it."""

    quantity: Quantity
    chance: Quantity | None = None


@dataclass(frozen=True)
class City:
    """A city in a sentence, by its key."""

    place: str


@dataclass(frozen=True)
class Indicator:
    """An indicator in a sentence, by its key."""

    key: str


@dataclass(frozen=True)
class Reading:
    """A figure of an indicator in a list, with its period."""

    indicator: str
    quantity: Quantity


@dataclass(frozen=True)
class Listed:
    """A yardstick in a sentence, by its key."""

    key: str


@dataclass(frozen=True)
class Labels:
    """Labels of yardsticks, or cities by their keys, in a list."""

    labels: tuple[object, ...]


@dataclass(frozen=True)
class Sentence:
    """A whole sentence with slots, and what stands in them."""

    template: str
    given: Mapping[str, object] = field(default_factory=dict)

    def told(self, print_: Plain) -> str:
        """The sentence in the language that is spoken, its slots printed by ``print_``."""
        return print_.frame(template(self.template)).format(**{key: print_(one) for key, one in self.given.items()})

    @property
    def quantities(self) -> list[Quantity]:
        """The numbers in it that carry sources, in order."""
        given = (each for one in self.given.values() for each in (one.labels if isinstance(one, Labels) else (one,)))
        found = (one.quantity if isinstance(one, Times | Drawn | Reading) else one for one in given)
        return [one for one in found if isinstance(one, Quantity)]

    @property
    def confidence(self) -> str:
        """That of the weakest number in it; empty without any."""
        return max((q.confidence for q in self.quantities), key=CONFIDENCE.index, default="")


class Plain:
    """Prints what stands in sentences, as plain text; a page prints HTML instead."""

    def __call__(self, one: object) -> str:
        """One thing of a slot."""
        if isinstance(one, Times | Drawn):
            number = self.times if isinstance(one, Times) else self.number
            if one.chance is None:
                return number(one.quantity)
            return self.filled("{number} (by chance {chance})", number=number(one.quantity), chance=number(one.chance))
        if isinstance(one, Reading):
            when = chinese.when(one.quantity.period) if speaking() == CHINESE else one.quantity.period.replace("/", " to ")
            return self.filled("{indicator}, {period}: {value}", indicator=self.indicator(one.indicator),
                               period=self.words(when), value=self.number(one.quantity))  # fmt: skip
        if isinstance(one, Listed):
            return self.words(diagnosis.YARDSTICK[one.key].label)
        if isinstance(one, Quantity):
            return self.number(one)
        if isinstance(one, City):
            return self.name(one.place)
        if isinstance(one, Indicator):
            return self.indicator(one.key)
        if isinstance(one, Labels):
            return self.joined([self(each) for each in one.labels])
        return self.words(str(one))

    def frame(self, text: str) -> str:
        """The sentence around the slots."""
        return text

    def filled(self, text: str, **slots: str) -> str:
        """A part of a sentence, with what is already printed in its slots."""
        return self.frame(template(text)).format(**slots)

    def times(self, q: Quantity) -> str:
        """How many times another: in Chinese with 倍, or in per cent below one."""
        bare = speaking() != CHINESE or chinese.in_chinese(q).endswith("%")
        return self.number(q) if bare else self.number(q) + "倍"

    def number(self, q: Quantity) -> str:
        """A number with its words and its unit."""
        if speaking() == CHINESE:
            return chinese.in_chinese(q)
        return in_english(q) + " yuan" * (CHINESE_SCALE.match(q.unit) is not None and "CNY" in q.unit)

    def name(self, place: str) -> str:
        """A city."""
        return book.name(place, "hans" if speaking() == CHINESE else "en") or book.name(place)

    def indicator(self, key: str) -> str:
        """An indicator."""
        return book.indicator(key)["name_hans" if speaking() == CHINESE else "name_en"]

    def words(self, text: str) -> str:
        """A label, a date, a number of no quantity."""
        return label(text)

    def joined(self, said: Sequence[str]) -> str:
        """A list."""
        return ("；" if speaking() == CHINESE else "; ").join(said)


def label(text: str) -> str:
    """The label of a yardstick in a sentence or a table, without the signs of its figure."""
    return _word(text.rstrip("*\u2020"), speaking()).replace("\n", "")


@cache
def _word(text: str, language: str) -> str:
    """A text of the catalogue in a language, looked up once."""
    with in_language(language):
        return say(text)


def own_shown(own: Quantity) -> Quantity:
    """A city's own value: open below where its province stands for it."""
    return at_most(own) if diagnosis.stands_for_city(own) else own


def multiple(each: Comparison) -> str:
    """A multiple in a table whose head says of what, to two significant digits like all on the page."""
    q = each.shown
    said = q.brief() if math.isfinite(q.low) and math.isfinite(q.high) else q.text(BRIEF_DIGITS)
    return chinese.printed(said, between="～") if speaking() == CHINESE else said


def day(date: str) -> str:
    """A day in words."""
    return references.day(date, speaking())


def sentences(found: Diagnosis) -> Iterator[Sentence]:
    """What a diagnosis comes to, one sentence each; nothing is concluded where too little is known."""
    city = City(found.place)
    thin = found.thin
    if thin:
        yield Sentence(
            "Too little is published about {city} for a conclusion: {counted} of {of} yardsticks count it, and "
            "{least} are the least that one rests on.",
            {"city": city, "counted": len(found.counted), "of": len(diagnosis.YARDSTICKS), "least": diagnosis.LEAST},
        )
    yield from _finding(found, city)
    if not thin:
        yield from _distance(found, city)
        yield from _best_and_worst(found, city)
    gdp = found.of("gdp", diagnosis.FOCUS)
    if gdp is not None:
        yield Sentence("Chongqing's GDP in 2025 was {times} times {city}'s.", {"times": Times(gdp.quantity), "city": city})
    yield from _growth(found, city)
    yield from _missing(found, city)
    if found.doubtful:
        yield Sentence("The figures of {city} come from pages of unknown origin or private accounts (grade D) in: "
                       "{yardsticks}.", {"city": city, "yardsticks": Labels(tuple(map(Listed, found.doubtful)))})  # fmt: skip


def _finding(found: Diagnosis, city: City) -> Iterator[Sentence]:
    """The finding of the front page, for this city."""
    output, models = found.share("output").quantity, found.share("models")
    models = Drawn(models.quantity, models.chance)
    given = {"city": city, "output": output, "models": models}
    if output is not None and not found.thin:
        yield Sentence({
            Answer.YES: "{city} holds {output} of China's output and {models} of its filed AI models: less than its "
                        "share of output, even when chance is allowed for.",
            Answer.NO: "{city} holds {output} of China's output and {models} of its filed AI models: no less than its "
                       "share of output, even when chance is allowed for.",
            Answer.CANNOT_TELL: "{city} holds {output} of China's output and {models} of its filed AI models: chance leaves "
                            "open whether that is less or more than its share of output.",
        }[diagnosis.below_output(found)], given)  # fmt: skip
    else:
        yield Sentence("{city} holds {models} of China's filed AI models.", {"city": city, "models": models})
    own = found.own[diagnosis.FILED_TODAY.key][0]
    nation = filed_models.nation(diagnosis.TODAY)
    yield Sentence("By {day} the list had {own} of {nation} models from {city}.",
                   {"day": day(diagnosis.TODAY), "own": own, "nation": nation, "city": city})  # fmt: skip
    beijing = found.of(diagnosis.FILED_TODAY.key, "beijing")
    if beijing is not None:
        yield Sentence("Beijing had filed {times} times as many as {city} by then.",
                       {"times": Times(beijing.quantity, beijing.chance), "city": city})  # fmt: skip


def _distance(found: Diagnosis, city: City) -> Iterator[Sentence]:
    """How far the head cities and Chongqing are."""
    if found.heads is not None:
        yield Sentence(
            "On the lists that count AI city by city ({lists}), the three other head cities stand at {times} times {city}."
            if found.place in diagnosis.HEADS else
            "On the lists that count AI city by city ({lists}), the head cities Beijing, Shanghai, Shenzhen and Hangzhou "
            "stand at {times} times {city}.",
            {"lists": Labels(tuple(map(Listed, found.lists))), "times": Times(found.heads, found.heads_chance), "city": city},
        )  # fmt: skip
        if found.heads.low > 1:
            chance = found.heads_chance
            lead = Drawn(scenarios.faster(found.heads, YEARS),
                         scenarios.faster(chance, YEARS) if chance is not None and chance.low > 1 else None)  # fmt: skip
            yield Sentence("To draw level with them on these lists in ten years, {city} would have to gain {lead} a "
                           "year on their counts.", {"city": city, "lead": lead})  # fmt: skip
    if found.chongqing is not None:
        yield Sentence("On the same lists Chongqing stands at {times} times {city}.",
                       {"times": Times(found.chongqing, found.chongqing_chance), "city": city})  # fmt: skip
    if found.heads is None and found.chongqing is None:
        yield Sentence("No list that counts AI in every city holds {city}.", {"city": city})


def _best_and_worst(found: Diagnosis, city: City) -> Iterator[Sentence]:
    """On which yardstick the city is nearest to the leader, and on which farthest behind."""
    order = found.ordered_leads()
    if first := [lead for lead in order if lead.leaders == (found.place,)]:
        yield Sentence("{city} leads the main cities in: {yardsticks}.",
                       {"city": city, "yardsticks": Labels(tuple(Listed(lead.yardstick.key) for lead in first))})  # fmt: skip
    behind = [lead for lead in order if lead.leaders != (found.place,)]
    if behind and not first:
        near = behind[0]
        yield _told_of(
            near, [lead for lead in behind[1:] if lead.open.low <= near.open.high], city,
            "Best yardstick: {yardstick}, where the leader, {leader}, stands at {times} times {city}.",
            "Best yardstick: {yardstick}, where the leader, {leader}, stands at {times} times {city}; bounds and chance "
            "leave open whether it is as near in: {others}.",
        )  # fmt: skip
    if none := [lead for lead in found.leads if found.own[lead.yardstick.key][0].high == 0]:
        yield Sentence("Worst yardstick: {yardsticks}; the complete list holds nothing of {city}.",
                       {"city": city, "yardsticks": Labels(tuple(Listed(lead.yardstick.key) for lead in none))})  # fmt: skip
    if behind and (first or len(behind) > 1):
        far = behind[-1]
        yield _told_of(
            far, [lead for lead in behind[:-1] if lead.open.high >= far.open.low], city,
            "Of those that count {city}, it is worst in: {yardstick}, where the leader, {leader}, stands at {times} "
            "times {city}." if none else
            "Worst yardstick: {yardstick}, where the leader, {leader}, stands at {times} times {city}.",
            "Of those that count {city}, it is worst in: {yardstick}, where the leader, {leader}, stands at {times} "
            "times {city}; bounds and chance leave open whether it is as far in: {others}." if none else
            "Worst yardstick: {yardstick}, where the leader, {leader}, stands at {times} times {city}; bounds and chance "
            "leave open whether it is as far in: {others}.",
        )  # fmt: skip


def _told_of(lead, level: Sequence, city: City, alone: str, with_others: str) -> Sentence:
    given = {"yardstick": Listed(lead.yardstick.key), "leader": Labels(tuple(map(City, lead.leaders))),
             "times": Times(lead.multiple, lead.chance), "city": city}  # fmt: skip
    if not level:
        return Sentence(alone, given)
    return Sentence(with_others, given | {"others": Labels(tuple(Listed(each.yardstick.key) for each in level))})


def _growth(found: Diagnosis, city: City) -> Iterator[Sentence]:
    """What its plan asks, and what was seen."""
    for each in found.growth:
        yield Sentence(
            "{city}'s plan for {indicator} needs growth of {growth} a year from {since} to {until}, number {rank} from the "
            "top of {of} plans.",
            {"city": city, "indicator": Indicator(each.path.indicator), "growth": each.quantity, "since": each.path.since,
             "until": each.path.until, "rank": each.rank, "of": each.of},
        )  # fmt: skip
    if not found.growth:
        yield Sentence("No plan of {city} was found whose aim for AI has an observation of the same scope before it, "
                       "so no growth can be asked of it.", {"city": city})  # fmt: skip
    if found.seen is None:
        yield Sentence("No two neighbouring years of {city}'s AI industry were found on one definition, so no growth "
                       "can be computed.", {"city": city})  # fmt: skip
    else:
        yield Sentence("Between neighbouring years of one definition {city}'s AI industry grew by {growth} a year, by "
                       "series and year.", {"city": city, "growth": found.seen})  # fmt: skip
    if found.stated:
        readings = Labels(tuple(Reading(*each) for each in found.stated))
        yield Sentence("Growth of {city}'s AI as its sources state it, not computed here: {readings}.",
                       {"city": city, "readings": readings})  # fmt: skip


def _missing(found: Diagnosis, city: City) -> Iterator[Sentence]:
    """What is not known of the city."""
    if found.absent and (found.thin or not found.leads):
        yield Sentence("Complete lists hold nothing of {city}: {yardsticks}.",
                       {"city": city, "yardsticks": Labels(found.absent)})  # fmt: skip
    of_province = [diagnosis.YARDSTICK[key].label for key, (q, _) in found.own.items() if diagnosis.stands_for_city(q)]
    if of_province:
        yield Sentence("Only the province of {city} is counted, and is its upper limit, in: {yardsticks}.",
                       {"city": city, "yardsticks": Labels(tuple(of_province))})  # fmt: skip
    for key, readings in found.nearest.items():
        yield Sentence("{yardstick}: none found for {city}; nearest to it, of another year or by another definition: "
                       "{readings}.", {"yardstick": Listed(key), "city": city,
                                       "readings": Labels(tuple(Reading(*each) for each in readings))})  # fmt: skip
    nearest = [diagnosis.YARDSTICK[key].label for key in found.nearest]
    if unknown := tuple(label for label in found.unknown if label not in nearest):
        yield Sentence("No figure of {city} was found for: {yardsticks}.",
                       {"city": city, "yardsticks": Labels(unknown)})  # fmt: skip
    unshared = tuple(share.label for share in found.shares if share.quantity is None)
    if unshared:
        yield Sentence("{city}'s share of China is not known for: {things}.", {"city": city, "things": Labels(unshared)})


# --------------------------------------------------------------------------------------- report


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
        return [sentence.told(Plain()) for sentence in self.said]

    @cached_property
    def said(self) -> tuple[Sentence, ...]:
        """The same with what stands in their slots."""
        return tuple(sentences(self.found))

    @property
    def shares(self) -> pd.DataFrame:
        """Shares of China, in percent: quantities, and "no figure found" where there is none."""
        rows = [(label(share.label), say(NO_FIGURE) if share.quantity is None else share.quantity)
                for share in self.found.shares]  # fmt: skip
        return pd.DataFrame(rows, columns=[say("What is counted"), say("Share of China")])

    @property
    def gaps(self) -> pd.DataFrame:
        """Each yardstick: the city itself, who leads, and how many times the city the leader is."""
        plain, leads, rows = Plain(), {lead.yardstick.key: lead for lead in self.found.leads}, []
        for yardstick in diagnosis.YARDSTICKS:
            own, lead = self.found.own.get(yardstick.key), leads.get(yardstick.key)
            rows.append((
                label(yardstick.label),
                own_shown(own[0]) if own else say(NO_FIGURE),
                plain(Labels(tuple(map(City, lead.leaders)))) if lead else "",
                lead.shown if lead and lead.multiple is not None else "",
                lead.chance if lead and lead.chance is not None else "",
            ))  # fmt: skip
        columns = ("Yardstick", "The city itself", "Leader", "Leader, times the city", "By chance")
        return pd.DataFrame(rows, columns=[*map(say, columns)])

    @property
    def multiples(self) -> pd.DataFrame:
        """Every other main city as a multiple of this one: yardsticks down, cities across.

        The first column is the city's own value; an empty cell means that one is not counted.
        """
        plain = Plain()
        rows = {key: {plain.name(self.place): plain.number(own_shown(own))} for key, (own, _) in self.found.own.items()}
        for each in self.found.comparisons:
            rows[each.yardstick.key][plain.name(each.place)] = multiple(each)
        named = {label(diagnosis.YARDSTICK[key].label): row for key, row in rows.items()}
        return pd.DataFrame.from_dict(named, orient="index").fillna("").rename_axis(say("Yardstick"))

    @property
    def values(self) -> pd.DataFrame:
        """Every number of the report with its bounds, definition and sources, one a row, in English or
        Chinese; a row without a value says what was not found."""
        return pd.DataFrame(self._values(), columns=[*map(say, COLUMNS)])

    def _values(self) -> Iterator[tuple[str, ...]]:
        found, place = self.found, self.place
        for share in found.shares:
            yield _row(SHARES, share.label, place, share.quantity)
        for yardstick in diagnosis.YARDSTICKS:
            own = found.own.get(yardstick.key)
            limit = diagnosis.AT_MOST if own and diagnosis.stands_for_city(own[0]) else ""
            yield _row(OWN, yardstick.label, place, own[0] if own else None, limit)
        for lead in found.leads:
            if lead.multiple is not None:
                yield _row(LEADER, lead.yardstick.label, lead.leaders, lead.shown)
            if lead.chance is not None:
                yield _row(BY_CHANCE, lead.yardstick.label, lead.leaders, lead.chance)
        for each in found.comparisons:
            yield _row(MULTIPLE, each.yardstick.label, each.place, each.quantity, each.limit)
        for indicator, q in found.stated:
            yield _row(STATED, book.indicator(indicator)["name_en"], place, q)
        for each in found.growth:
            yield _row(GROWTH, book.indicator(each.path.indicator)["name_en"], place, each.quantity)

    @property
    def sources(self) -> list[str]:
        """Keys of the sources behind the report, in the order of its numbers."""
        found = self.found
        quantities: Iterable[Quantity | None] = (
            *(share.quantity for share in found.shares), *(q for q, _ in found.own.values()),
            *(lead.multiple for lead in found.leads), *(each.quantity for each in found.growth),
            *(q for sentence in self.said for q in sentence.quantities),
        )  # fmt: skip
        return list(dict.fromkeys(key for q in quantities if q is not None for key in q.sources))

    def markdown(self, ending: str = "") -> str:
        """The report as Markdown: title, sentences, shares, gaps and sources, then an ``ending``."""
        works = (f"- {references.authors(work, speaking())}. {references.title(work, speaking())}. "
                 f"{references.published(work, speaking())}." for key in self.sources if (work := book.sources.get(key)))
        parts = [f"# {self.title}", "\n".join(f"- {sentence}" for sentence in self.sentences),
                 f"## {say('Share of China')}", _markdown(self.shares), f"## {say('Distance to the leaders')}",
                 _markdown(self.gaps), f"## {say('Sources')}", "\n".join(works), ending]  # fmt: skip
        return "\n\n".join(filter(None, parts)) + "\n"

    def __str__(self) -> str:
        lines = "\n".join(f"- {sentence}" for sentence in self.sentences)
        tables = (_plain(self.shares).to_string(index=False), _plain(self.gaps).to_string(index=False),
                  self.multiples.to_string())  # fmt: skip
        return "\n\n".join((self.title, lines, *tables))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        said = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in self.sentences)
        tables = ((self.shares, "Share of China"), (self.gaps, "Distance to the leaders"),
                  (self.multiples.reset_index(), "Other main cities as multiples of the city"))  # fmt: skip
        shown = "".join(Table(frame, caption)._repr_html_() for frame, caption in tables)
        return f"<h3>{html.escape(self.title)}</h3><ul>{said}</ul>{shown}"

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        with in_language(CHINESE):
            return {MIME: self._repr_html_()}


def _row(part: str, what: str, places: str | tuple[str, ...], q: Quantity | None, limit: str = "") -> tuple[str, ...]:
    plain = Plain()
    named = plain(Labels(tuple(map(City, (places,) if isinstance(places, str) else places))))
    if q is None:
        return label(part), label(what), named, label(NO_FIGURE), *[""] * 8
    zh = speaking() == CHINESE
    low, high = (f"{end:.12g}" if math.isfinite(end) else "" for end in q.bounds)
    unit = chinese.unit_name(q.unit) if zh else q.unit
    period = chinese.when(q.period) if zh else q.period
    return (label(part), label(what), named, plain.number(q), low, high, unit, period, label(q.scope), label(limit),
            label(q.confidence), " ".join(q.sources))  # fmt: skip


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """A table with its quantities in words."""
    return frame.map(lambda cell: Plain().number(cell) if isinstance(cell, Quantity) else cell)


def _markdown(frame: pd.DataFrame) -> str:
    """A table in Markdown."""
    lines = [list(frame.columns), ["---"] * len(frame.columns), *_plain(frame).itertuples(index=False)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
