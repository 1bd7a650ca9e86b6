"""Sphinx extension: how sources are cited and listed.

A citation reads "Balassa (1965)" or "(Xinhua 2025a; Gini 1912)", with bodies in Latin letters.  In
the list of sources the label of an entry is its key in ``data/sources.bib``, which is also what the
``source`` columns of the tables hold: a reader of a table finds its source by eye.  A work that is
recorded with its copies is listed in full: its original, and where it was read.

The entries are those that all of the book reads (``citygap.data.bibtex``), handed to
sphinxcontrib-bibtex in place of its own reading of the file, to which a ``%`` ends a title.

Out of scope: citing the book itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pybtex.database import BibliographyData, Entry, Person
from pybtex.plugin import register_plugin
from pybtex.richtext import HRef, Text
from pybtex.style import FormattedEntry, template
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.names.plain import NameStyle
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.plugin import register_plugin as register_reference_style
from sphinxcontrib.bibtex.style.names.last import LastNameStyle
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from press.languages.printed import now, say
from citygap.data.bibtex import NAMES, Source, escaped, is_eastern, names, read_sources
from citygap.data.io import PACKAGE
from citygap.data.works import references

if TYPE_CHECKING:
    from citygap.data.tables import Tables

#: Fields that an entry of the record of works has in place of those of BibTeX.
PARTS, LINK, WHERE = "x-parts", "x-link", "x-where"


def _round() -> BracketStyle:
    if now().code == "zh":
        return BracketStyle(left="（", right="）", sep="；", sep2="；", last_sep="；")
    return BracketStyle(left="(", right=")", sep="; ", sep2="; ", last_sep="; ")


def _people() -> PersonStyle:
    if now().code == "zh":
        return PersonStyle(style="family_names", sep="、", sep2="、", last_sep="、", other="等")
    return PersonStyle(style="family_names")


def _is_eastern(person: Person) -> bool:
    return bool(person.first_names) and is_eastern(*person.first_names, *person.last_names)


def _in_order(person: Person) -> Text:
    return Text(*person.rich_last_names, *person.rich_first_names)


class WholeNames(NameStyle):
    """Given name and family name, Chinese ones in their own order: 王小明."""

    def format(self, person, abbr=False):
        return _in_order(person) if _is_eastern(person) else super().format(person, abbr)


class FamilyNames(LastNameStyle):
    """The family name; a Chinese one does not tell people apart, and the whole name stands."""

    def format(self, person, abbr=True):
        return _in_order(person) if _is_eastern(person) else super().format(person, abbr)


@template.node
def _authors(children, context, role, sep, sep2, last_sep):
    """Names with the conjunctions of English, or those of Chinese people with commas alone."""
    if all(map(_is_eastern, context["entry"].persons.get(role, []))):
        sep2 = last_sep = sep
    return template.names(role, sep=sep, sep2=sep2, last_sep=last_sep).format_data(context)


@dataclass
class RoundAuthorYear(AuthorYearReferenceStyle):
    """Author and year in round brackets, several separated by semicolons."""

    bracket_parenthetical: BracketStyle = field(default_factory=_round)
    bracket_textual: BracketStyle = field(default_factory=_round)
    bracket_author: BracketStyle = field(default_factory=_round)
    bracket_label: BracketStyle = field(default_factory=_round)
    bracket_year: BracketStyle = field(default_factory=_round)
    person: PersonStyle = field(default_factory=_people)
    author_year_sep: str = field(default_factory=lambda: say(", ") if now().code else " ")


class KeyLabels(BaseLabelStyle):
    """The key of each entry, unique by nature."""

    def format_labels(self, sorted_entries: Iterable) -> Iterator[str]:
        for entry in sorted_entries:
            yield entry.key


class SourceList(PlainStyle):
    """Entries by author, year and title, as pybtex's plain style writes them."""

    default_label_style = KeyLabels
    default_name_style = WholeNames

    def format_entry(self, label, entry, bib_data=None):
        """An entry of the list; one of the record of works is printed from its parts."""
        if PARTS not in entry.fields:
            return super().format_entry(label, entry, bib_data)
        words = Text(_sentences(json.loads(entry.fields[PARTS])))
        if url := entry.fields[LINK]:
            words = Text(words, " ", HRef(url, url), ".")
        for number, (what, url, day) in enumerate(json.loads(entry.fields[WHERE])):
            words = Text(words, "; " if number else " Read at ", what, ", " if url else "",
                         HRef(url, url) if url else "", f", {day}")  # fmt: skip
        return FormattedEntry(entry.key, words if words.endswith(".") else Text(words, "."), label)

    def format_names(self, role, as_sentence=True):
        listed = _authors(role, sep=", ", sep2=" and ", last_sep=", and ")
        return template.sentence[listed] if as_sentence else listed


def _sentences(parts: Iterable[str]) -> str:
    """Parts, each ended by a full stop unless it ends a sentence already."""
    return " ".join(part if part.endswith((".", "?", "!", "？", "！", "…")) else f"{part}." for part in parts)


def hand_over(app) -> None:
    """Give sphinxcontrib-bibtex the entries of its files, read as all of the book reads them.

    Raises DataError.
    """
    files = [(Path(app.confdir) / file).resolve() for file in app.config.bibtex_bibfiles]
    data, read = BibliographyData(), {}
    for file in files:
        sources = read_sources(file)
        tables = None
        if (file.parent / PACKAGE).is_file():
            from citygap.data.tables import Tables  # a book without tables has none of it

            tables = Tables(file.parent)
        data.add_entries((key, _entry(key, source, tables)) for key, source in sources.items())
        read[file] = BibFile(get_mtime(file), dict.fromkeys(sources))
    domain = app.env.get_domain("cite")
    domain.data["bibdata"] = BibData(app.config.bibtex_encoding, read, data)


def _entry(key: str, source: Source, tables: Tables | None) -> Entry:
    """An entry as pybtex prints it, which knows no escaped dollar."""
    if tables and "role" in source:
        fields = {
            "year": references.year(key, source), "title": source["title"],
            LINK: original if tables.may_link(original := source.get("url", "")) else "",
            PARTS: json.dumps(references.parts(key, source)),
            WHERE: json.dumps([
                (what, copy["address"] if copy["address"] != original and tables.may_link(copy["address"]) else "", day)
                for copy in tables.copies.get(key, ()) for what, day in [references.read_at(copy)]
            ]),
        }  # fmt: skip
        author = references.short_author(source, now().code or "en")
        return Entry("misc", fields, {"author": [Person(f"{{{author}}}")]})
    latex = {name: escaped(name, value).replace(r"\$", "$") for name, value in source.latex.items()}
    people = {role: list(map(Person, names(latex.pop(role)))) for role in NAMES if role in latex}
    return Entry({"report": "techreport"}.get(source["type"], source["type"]), latex, people)


def setup(app) -> None:
    """Called by Sphinx; ``_config.yml`` chooses the styles by these names."""
    register_reference_style(
        "sphinxcontrib.bibtex.style.referencing", "round_author_year", RoundAuthorYear
    )
    register_plugin("pybtex.style.names", "family_names", FamilyNames)
    register_plugin("pybtex.style.formatting", "source_list", SourceList)
    app.connect("builder-inited", hand_over, priority=400)  # before sphinxcontrib-bibtex would read
