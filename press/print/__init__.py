"""The book on paper: ``python -m press pdf`` and ``python -m press epub``.

Both are made from the pages in ``_build/html``, which are built first if need be; no chapter runs
for them.  ``clean_html`` reads the pages, ``layout`` lays them out, ``browser`` and ``pdf`` print
them, ``epub`` packs them, ``docx`` makes the brief one that can be edited, and ``links`` puts links
to what was made on the pages.
"""

from __future__ import annotations

import time
from collections.abc import Container
from pathlib import Path

from press import EPUB, HTML, PDF, book_metadata, shown
from press.languages.printed import Language, printing
from press.languages.twins import printed_languages
from press.print.clean_html import FRONT

NAME = book_metadata.name()


def make_pdf() -> int:
    """Print the book and its chapters; 0, or 1 after saying what is missing."""
    from press.build.build import build

    if build():
        return 1
    from press.print import browser, links

    started = time.monotonic()
    try:
        pages = print_all(HTML, PDF)
    except browser.NoBrowser as missing:
        print(missing)
        return 1
    links.put()
    whole = [file for file in sorted(PDF.glob("*.pdf")) if file.stem in pages]
    for file in whole:
        print(f"{shown(file)}: {pages[file.stem]} pages, {_size(file)}")
    print(
        f"{shown(PDF / 'chapters')}: {len(pages) - len(whole)} files. Printed in {time.monotonic() - started:.0f} s"
    )
    return 0


def print_all(html: Path, out: Path, only: Container[str] | None = None) -> dict[str, int]:
    """Print the book in ``html`` (named NAME) and each chapter to ``out``, or ``only`` some of them,
    in each language; the names of files in further ones end in ``-zh``, their code.  The brief is
    also written as a DOCX.

    Gives the number of pages of each file.  Raises browser.NoBrowser.
    """
    from press.book_metadata import in_language, record
    from press.print import browser, docx
    from press.print.clean_html import BRIEF, read
    from press.print.pdf import print_book, print_chapter

    pages = {}
    with browser.press() as page:
        for language in printed_languages():
            with printing(language):
                end = ending(language)
                script, book = read(html, FRONT), in_language(record())
                if only is None or f"{NAME}{end}" in only:
                    file = out / f"{NAME}{end}.pdf"
                    pages[file.stem] = print_book(page, script, book, html, book.online, file)
                for chapter in script.chapters:
                    if only is None or f"{chapter.name}{end}" in only:
                        file = out / "chapters" / f"{chapter.name}{end}.pdf"
                        pages[file.stem] = print_chapter(
                            page, script, chapter.name, book, html, book.online, file
                        )
                        if chapter.name == BRIEF:
                            docx.pack(chapter, book, html, file.with_suffix(".docx"))
    return pages


def ending(language: Language) -> str:
    """What the names of files in a language end with: nothing in the first, ``-zh`` in Chinese."""
    return f"-{language.code}" if language.code else ""


def make_epub() -> int:
    """Make the EPUB; 0, or 1 if the book could not be built."""
    from press.build.build import build

    if build():
        return 1
    from press.print import links
    from press.print.epub import pack

    started = time.monotonic()
    for language in printed_languages():
        file = EPUB / f"{NAME}{ending(language)}.epub"
        with printing(language):
            pack(HTML, file)
        print(f"{shown(file)}: {_size(file)}, made in {time.monotonic() - started:.0f} s")
    links.put()
    return 0


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1e6:.1f} MB"
