"""Printing a volume: HTML to PDF, the contents with page numbers, the record of the book inside.

The book is printed twice: the first print tells on which page each heading and figure stands, the
second has these numbers in its contents.  Before that, ``press.print.figure_placement`` sees to
figures that would leave a gap.

Chromium writes pictures that repeat (hatchings) once for each use, and what makes a PDF readable
aloud as text: both are written more tightly here, which leaves a third.

Out of scope: what is printed (``press.print.clean_html``) and how (``press.print.layout``).
"""

from __future__ import annotations

import hashlib
import io
import logging
from pathlib import Path

from press.book_metadata import Record
from press.languages.printed import say
from press.print import browser, figure_placement, layout
from press.print.clean_html import Manuscript

logging.getLogger("pikepdf").setLevel(logging.WARNING)  # it greets at every start

NUMBERED = """pages => {
  for (const mark of document.querySelectorAll("[data-of]")) mark.textContent = pages[mark.dataset.of] ?? "";
}"""
ROUNDS = 4  # prints until the contents agree with the pages


def print_book(page, script: Manuscript, record: Record, html: Path, site: str, out: Path) -> int:
    """Write the whole book to ``out``; its number of pages."""
    _load(page, layout.book(script, record, html, site), out)
    said: dict[str, int] = {}
    for _ in range(ROUNDS):
        content = browser.printed(page)
        pages = page_numbers(content)
        if pages == said:
            return _write(content, record.title, record, out)
        page.evaluate(NUMBERED, pages)
        said = pages
    raise RuntimeError(
        "the contents of the book do not come to rest: its pages move with each print"
    )


def print_chapter(
    page, script: Manuscript, name: str, record: Record, html: Path, site: str, out: Path
) -> int:
    """Write the chapter called ``name`` to ``out``; its number of pages."""
    chapter = next(chapter for chapter in script.chapters if chapter.name == name)
    _load(page, layout.single(script, chapter, record, html, site), out)
    return _write(browser.printed(page), layout.title_of(chapter, record), record, out)


def page_numbers(content: bytes) -> dict[str, int]:
    """On which page, from 1, each anchor stands that something leads to."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        number = {page.objgen: index for index, page in enumerate(pdf.pages, 1)}
        return {name[1:]: number[place[0].objgen] for name, place in pdf.Root.Dests.items()}


def _load(page, text: str, out: Path) -> None:
    """Open a volume; its HTML lies beside the PDF while it is read."""
    out.parent.mkdir(parents=True, exist_ok=True)
    file = out.with_suffix(".html")
    file.write_text(text, encoding="utf-8")
    try:
        browser.load(page, file)
    finally:
        file.unlink()
    figure_placement.settle(page)


def _write(content: bytes, title: str, record: Record, out: Path) -> int:
    import pikepdf

    day = f"D:{record.date.replace('-', '')}000000Z"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _share_pictures(pdf)
        del pdf.docinfo  # of the browser
        for key, words in (
            ("/Title", title),
            ("/Author", record.author),
            ("/Subject", f"{say('Edition {edition}.', edition=record.edition)} {say(layout.LICENCE)}"),
            ("/CreationDate", day),
            ("/ModDate", day),
        ):
            pdf.docinfo[key] = words
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return len(pdf.pages)


def _share_pictures(pdf) -> None:
    """Let all uses of a picture share one copy; masks first, which tell pictures apart."""
    import pikepdf

    for _ in ("masks", "pictures"):
        first: dict[str, object] = {}
        one: dict[tuple[int, int], object] = {}
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
                mask = item.SMask.objgen if "/SMask" in item else None
                words = (
                    f"{item.get('/Width')} {item.get('/Height')} {item.get('/ColorSpace')} {mask}"
                )
                key = hashlib.sha256(item.read_raw_bytes() + words.encode()).hexdigest()
                one[item.objgen] = first.setdefault(key, item)
        for item in pdf.objects:
            if not isinstance(item, (pikepdf.Stream, pikepdf.Dictionary)):
                continue
            if "/SMask" in item and item.SMask.objgen in one:
                item.SMask = one[item.SMask.objgen]
            for name, used in list(item.get("/Resources", {}).get("/XObject", {}).items()):
                if used.objgen in one:
                    item.Resources.XObject[name] = one[used.objgen]
