"""``python -m press pdf``: the whole book as one PDF, and each chapter as one of its own.

The book is printed twice: the first print tells on which page each heading and figure stands, the
second has these numbers in its contents.  Then the record of the book (authors, licence, day of
the edition) is written into the file.

Out of scope: what is printed (``press.paper.manuscript``) and how (``press.paper.volume``).
"""

from __future__ import annotations

import io
from pathlib import Path

from press.citations import Record
from press.paper import browser, volume
from press.paper.manuscript import Manuscript

NUMBERED = """pages => {
  for (const mark of document.querySelectorAll("[data-of]")) mark.textContent = pages[mark.dataset.of] ?? "";
}"""
ROUNDS = 4  # prints until the contents agree with the pages


def print_book(page, script: Manuscript, record: Record, html: Path, site: str, out: Path) -> int:
    """Write the whole book to ``out``; its number of pages."""
    _load(page, volume.book(script, record, html, site), out)
    said: dict[str, int] = {}
    for _ in range(ROUNDS):
        content = browser.printed(page)
        pages = page_numbers(content)
        if pages == said:
            return _write(content, record.title, record, out)
        page.evaluate(NUMBERED, pages)
        said = pages
    raise RuntimeError("the contents of the book do not come to rest: its pages move with each print")


def print_chapter(page, script: Manuscript, name: str, record: Record, html: Path, site: str, out: Path) -> int:
    """Write the chapter called ``name`` to ``out``; its number of pages."""
    chapter = next(chapter for chapter in script.chapters if chapter.name == name)
    _load(page, volume.single(script, chapter, record, html, site), out)
    return _write(browser.printed(page), f"{chapter.title}. {record.title}", record, out)


def page_numbers(content: bytes) -> dict[str, int]:
    """On which page, from 1, each anchor stands that something leads to."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    found = {}
    for name, place in reader.named_destinations.items():
        found[name.lstrip("/")] = reader.get_destination_page_number(place) + 1
    return found


def _load(page, text: str, out: Path) -> None:
    """Open a volume; its HTML lies beside the PDF while it is printed."""
    out.parent.mkdir(parents=True, exist_ok=True)
    file = out.with_suffix(".html")
    file.write_text(text, encoding="utf-8")
    try:
        browser.load(page, file)
    finally:
        file.unlink()


def _write(content: bytes, title: str, record: Record, out: Path) -> int:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(content))
    day = volume.released().replace("-", "")
    writer.metadata = {
        "/Title": title,
        "/Author": record.author,
        "/Subject": f"Edition {record.edition}. {volume.LICENCE}",
        "/CreationDate": f"D:{day}000000Z",
        "/ModDate": f"D:{day}000000Z",
    }
    writer.page_mode = "/UseOutlines"
    writer.create_viewer_preferences().display_doctitle = True
    writer.write(out)
    return len(writer.pages)
