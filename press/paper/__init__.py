"""The book on paper: ``python -m press pdf`` and ``python -m press epub``.

Both are made from the pages in ``_build/html``, which are built first if need be; no chapter runs
for them.  ``manuscript`` reads the pages, ``volume`` lays them out, ``browser`` and ``pdf`` print
them, ``epub`` packs them, and ``links`` puts links to what was made on the pages.
"""

from __future__ import annotations

import time
from collections.abc import Container
from pathlib import Path

from press import EPUB, HTML, PDF, shown
from press.extras import need

NAME = "chongqing-ai-gap"
FRONT = "In short"  # what the first page is called where a cover bears the title of the book


def make_pdf() -> int:
    """Print the book and its chapters; 0, or 1 after saying what is missing."""
    from press.build import build

    need("paper")
    if build():
        return 1
    from press.paper import browser, links

    started = time.monotonic()
    try:
        pages = print_all(HTML, PDF)
    except browser.NoBrowser as missing:
        print(missing)
        return 1
    links.put()
    file = PDF / f"{NAME}.pdf"
    print(f"{shown(file)}: {pages[NAME]} pages, {_size(file)}")
    print(
        f"{shown(PDF / 'chapters')}: {len(pages) - 1} files. Printed in {time.monotonic() - started:.0f} s"
    )
    return 0


def print_all(html: Path, out: Path, only: Container[str] | None = None) -> dict[str, int]:
    """Print the book in ``html`` (named NAME) and each chapter to ``out``, or ``only`` some of them.

    Gives the number of pages of each file.  Raises browser.NoBrowser.
    """
    from press.citations import record
    from press.paper import browser
    from press.paper.manuscript import read
    from press.paper.pdf import print_book, print_chapter
    from press.paper.site import address

    script, book, site = read(html, FRONT), record(), address()
    pages = {}
    with browser.press() as page:
        if only is None or NAME in only:
            pages[NAME] = print_book(page, script, book, html, site, out / f"{NAME}.pdf")
        for chapter in script.chapters:
            if only is None or chapter.name in only:
                file = out / "chapters" / f"{chapter.name}.pdf"
                pages[chapter.name] = print_chapter(
                    page, script, chapter.name, book, html, site, file
                )
    return pages


def make_epub() -> int:
    """Make the EPUB; 0, or 1 if the book could not be built."""
    from press.build import build

    if build():
        return 1
    from press.paper import links
    from press.paper.epub import pack

    started = time.monotonic()
    file = EPUB / f"{NAME}.epub"
    pack(HTML, file)
    links.put()
    print(f"{shown(file)}: {_size(file)}, made in {time.monotonic() - started:.0f} s")
    return 0


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1e6:.1f} MB"
