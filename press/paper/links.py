"""Links from the pages to what was printed of them.

``make pdf`` and ``make epub`` copy their files to ``_build/html/pdf`` and put a line under the title
of each page that has one.  A new book has no such line until they are made again: a page never
leads to the print of an older one.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from press import EPUB, HTML, PDF, swap
from press.build import of_now, stamp
from press.citing.tags import with_pdf
from press.paper.manuscript import pages

FOLDER = "pdf"
LINE = re.compile(r'\n?<p class="page-paper">.*?</p>', re.S)
TITLE = re.compile(r'(<article\b[^>]*class="bd-article"[^>]*>.*?</h1>)', re.S)


def put(html: Path = HTML, pdf: Path = PDF, epub: Path = EPUB) -> None:
    """Copy what was made to the pages in ``html``, and link it there."""
    folder = html / FOLDER
    folder.mkdir(exist_ok=True)
    newest = (html / "index.html").stat().st_mtime
    made = [*pdf.glob("*.pdf"), *pdf.glob("chapters/*.pdf"), *epub.glob("*.epub")]
    made = [
        file for file in made if file.stat().st_mtime >= newest
    ]  # of this book, not of an earlier
    for file in made:
        shutil.copyfile(file, folder / file.name)
    whole = [file for file in made if file.parent in (pdf, epub)]
    for number, page in enumerate(pages()):
        path = html / f"{page}.html"
        up = "../" * page.count("/")
        own = [file for file in made if file.parent == pdf / "chapters" and file.stem == path.stem]
        links = [_link(up, file, "This chapter as PDF") for file in own if number]
        links += [
            _link(up, file, f"The book as {file.suffix[1:].upper()}")
            for file in whole
            if not number
        ]
        text = LINE.sub("", path.read_text(encoding="utf-8"))
        if links:
            line = f'\n<p class="page-paper">{" · ".join(links)}</p>'
            text = TITLE.sub(lambda match: match[1] + line, text, count=1)
        printed = [file.name for file in (whole if not number else own) if file.suffix == ".pdf"]
        text = with_pdf(text, FOLDER, printed[0] if printed else "")
        swap.write(path, text)
    if html == HTML:
        stamp(of_now())


def _link(up: str, file: Path, words: str) -> str:
    size = f"{file.stat().st_size / 1e6:.1f} MB"
    return f'<a class="reference download" href="{up}{FOLDER}/{file.name}" download>{words}</a> ({size})'
