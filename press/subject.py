"""What the press asks a book about its own subject.

The press prints any book with chapters and described tables.  A book whose pages say more (a page
for each city, verdicts on claims) has a package of its own for that, a Sphinx extension which
``_config.yml`` names beside ``press`` in ``sphinx.local_extensions``.  What that package gives as
``SUBJECT`` is a :class:`Subject` which answers what its book has; :func:`subject` finds it.  A book
without such a package has the answers that stand here: nothing.

Out of scope: what Sphinx itself asks an extension for (roles, scripts, style sheets).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import yaml

from press import CONFIG, ROOT


class Subject:
    """A book that has chapters and tables, and nothing else."""

    #: Tables whose rows stand on a chapter, each under its key.  By the column of other tables that
    #: holds such a key, which is also the role of Sphinx that links to it: table and chapter.
    on_chapters: Mapping[str, tuple[str, str]] = {}
    #: What must be known before what this package lists is used, a sentence each.
    caveats: tuple[str, ...] = ()
    #: Selectors of what stands on screens alone, and is not printed.
    on_screen: tuple[str, ...] = ()
    #: Pages that the side bar leads to below the chapters, by their names, and their words there.
    in_sidebar: Mapping[str, str] = {}
    #: Modules worth importing while the last chapters run.
    modules: tuple[str, ...] = ()

    def chapter_of(self, table: str) -> str:
        """Name of the chapter on which the rows of a table stand; empty for all other tables."""
        return dict(self.on_chapters.values()).get(table, "")

    def faults(self) -> list:
        """What is wrong with the book's own tables (:class:`citygap.data.io.Problem`), looked at
        once they are sound."""
        return []

    def chinese(self, english: str) -> str | None:
        """Words that code of the book prints in a table, in Chinese; None if its catalogue lacks them.
        A book without a catalogue leaves them as they are."""
        return english

    # -- pages of places

    def places(self, tables) -> tuple[str, ...]:
        """Keys of the places that have a page of their own, ``data/places/<key>``, in every language."""
        return ()

    def pages(self, site) -> Iterator:
        """These pages, in the language that is printed, and ``data/places/index``, the choice of one
        (:class:`press.data_pages.site.Page`)."""
        yield from ()

    def description(self, place: str, title: str) -> str:
        """One sentence on the page of a place, or of ``index``, for search engines and messengers."""
        return title

    def entries(self, tables) -> Iterator[tuple[str, object]]:
        """What the search finds of these pages: the name of a page, and a
        :class:`press.search.search_index.Part` of it."""
        yield from ()

    # -- what has a name of its own on a chapter

    def named_parts(self, source: str) -> tuple[str, list]:
        """HTML of a chapter without what has a name of its own there, and these parts, for the
        search (:class:`press.search.search_index.Part`)."""
        return source, []

    def citable_parts(self, doctree, page: str) -> Iterator:
        """The same of a whole page, for citations (:class:`press.citing.citable.Part`)."""
        yield from ()

    def linked_data(self, page, doctree) -> list[dict]:
        """What schema.org is told of it, for a :class:`press.citing.meta_tags.Page`."""
        return []

    def previews(self) -> Iterator[tuple[str, list[str]]]:
        """What a link to such a part shows: its address, then head, words and perhaps a remark."""
        yield from ()

    def print_sheets(self, kind: str) -> tuple[Path, ...]:
        """Style sheets of it for the printed book (``paper``), or for e-readers (``epub``)."""
        return ()

    # -- the book for programs

    def lists(self) -> dict[str, Callable[[], Iterable[dict]]]:
        """What further files of ``api/`` list, by their names without ``.json``."""
        return {}

    def schema(self) -> dict[str, dict]:
        """How they are described in JSON Schema, by the same names."""
        return {}


@lru_cache(maxsize=None)
def subject(root: Path = ROOT) -> Subject:
    """The subject of the book at ``root``, by its settings."""
    for name in own_extensions(root):
        if found := getattr(import_module(name), "SUBJECT", None):
            return found
    return Subject()


def own_extensions(root: Path = ROOT) -> list[str]:
    """The book's own extensions of Sphinx, besides ``press``; none if its settings cannot be read,
    which the build says in its own words."""
    try:
        settings = yaml.safe_load((root / CONFIG.relative_to(ROOT)).read_text(encoding="utf-8"))
        return [name for name in settings["sphinx"]["local_extensions"] if name != "press"]
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
        return []
