"""The pages of a further language, and Sphinx's settings for them.

A page is there if ``chapters/<code>/`` holds a file of the name of a page of the first language; the
table of contents is that of the first language without the pages that have no twin.

Out of scope: what stands on them.
"""

from __future__ import annotations

import copy
from functools import lru_cache
from pathlib import Path

import yaml

from press import BUILD, CHAPTERS, ROOT, TOC
from press.build import inputs
from press.languages import printed
from press.languages.printed import Language, file_of
from press.page_names import PLACES

#: Parts of the press that have made what they make in the first run.
ONCE = ["press.api", "press.downloads.downloads"]


def name_of(name: str, code: str) -> str:
    """The name of a page by that of the file of its twin: ``chapters/zh/data`` is ``chapters/data``."""
    folder = CHAPTERS.relative_to(ROOT).as_posix()
    return name.replace(f"{folder}/{code}/", f"{folder}/", 1)


def pages(code: str, root: Path = ROOT) -> list[str]:
    """Names of the pages that have a twin, in reading order; none unless the first page has one."""
    names = inputs.names(root)
    found = [name for name in names if file_of(name, code, root).is_file()]
    return found if names[:1] == found[:1] else []


def printed_languages(root: Path = ROOT) -> list[Language]:
    """The languages in which the book has pages, the first language first."""
    return [printed.FIRST, *(one for code, one in printed.configured(root).items() if pages(code, root))]


def names() -> list[str]:
    """Names of the pages in the language that is printed, in reading order."""
    return pages(printed.now().code) if printed.now().code else inputs.names()


def contents(code: str, root: Path = ROOT) -> dict:
    """The table of contents of a language, in the form of ``_toc.yml``."""
    there = set(pages(code, root))

    def kept(part):
        if isinstance(part, list):
            return [kept(one) for one in part if not (isinstance(one, dict) and one.get("file", "") not in there | {""})]
        if isinstance(part, dict):
            return {key: kept(value) for key, value in part.items()}
        return part

    return kept(yaml.safe_load((root / TOC.relative_to(ROOT)).read_text(encoding="utf-8")))


def in_every_language(page: str) -> bool:
    """Whether a page is made from data in each language of the book: those of the book's subject."""
    return page.startswith(PLACES)


def at_home(address: str) -> str:
    """Where an address from the root of the book leads, from the root of the pages of the language
    that is printed: to its own page if there is one, else to that of the first language."""
    code = printed.now().code
    page = address.partition("#")[0].removesuffix(".html")
    return f"../{address}" if code and page not in _there(code) and not in_every_language(page) else address


@lru_cache(maxsize=None)
def _there(code: str) -> frozenset[str]:
    return frozenset(pages(code))


def settings(first: dict, language: Language, folder: Path = BUILD) -> dict:
    """Sphinx's settings for a language, from those of the ``first``.  Writes the table of contents
    into ``folder``."""
    toc = folder / f"toc.{language.code}.yml"
    toc.write_text(yaml.safe_dump(contents(language.code), allow_unicode=True), encoding="utf-8")
    made = copy.deepcopy(first)
    options = made.setdefault("html_theme_options", {})
    given = made["press_languages"][language.code]
    options |= given.get("theme", {})
    return made | {
        "language": language.sphinx,
        "html_title": given["record"]["title"],
        "external_toc_path": toc.as_posix(),
        "press_language": language.code,
        "press_without": [*made.get("press_without", []), *ONCE],
        "html_copy_source": False,
        "author": given["record"]["author"],
        "extensions": [*made["extensions"], "press.languages.results", "press.languages.typography"],
    }
