"""Sphinx extension: how sources are cited and listed.

A citation reads "Balassa (1965)" or "(Balassa, 1965; Gini, 1912)".  In the list of sources the
label of an entry is its key in ``data/sources.bib``, which is also what the ``source`` columns of
the tables hold: a reader of a table finds its source by eye.

Out of scope: citing the book itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.labels import BaseLabelStyle
from sphinxcontrib.bibtex.plugin import register_plugin as register_reference_style
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle


def _round() -> BracketStyle:
    return BracketStyle(left="(", right=")", sep="; ", sep2="; ", last_sep="; ")


@dataclass
class RoundAuthorYear(AuthorYearReferenceStyle):
    """Author and year in round brackets, several separated by semicolons."""

    bracket_parenthetical: BracketStyle = field(default_factory=_round)
    bracket_textual: BracketStyle = field(default_factory=_round)
    bracket_author: BracketStyle = field(default_factory=_round)
    bracket_label: BracketStyle = field(default_factory=_round)
    bracket_year: BracketStyle = field(default_factory=_round)


class KeyLabels(BaseLabelStyle):
    """The key of each entry, unique by nature."""

    def format_labels(self, sorted_entries: Iterable) -> Iterator[str]:
        """Labels of the entries, in their order."""
        for entry in sorted_entries:
            yield entry.key


class SourceList(PlainStyle):
    """Entries by author, year and title, as pybtex's plain style writes them."""

    default_label_style = KeyLabels


def setup(app) -> dict:
    """Called by Sphinx; ``_config.yml`` chooses the styles by these names."""
    register_reference_style(
        "sphinxcontrib.bibtex.style.referencing", "round_author_year", RoundAuthorYear
    )
    register_plugin("pybtex.style.formatting", "source_list", SourceList)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
