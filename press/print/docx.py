"""The brief as a DOCX, for those who edit what they hand on.  pandoc makes it of the built page.

Figures are PNG with alternative text; pages are A4.  The same page gives the same bytes.

Out of scope: how it looks, which the styles of whoever opens it say.
"""

from __future__ import annotations

import calendar
import os
import re
import subprocess
import time
import zipfile
from pathlib import Path

from press.book_metadata import Record
from press.citing.styles import pandoc
from press.languages import printed
from press.languages.printed import say
from press.print import layout
from press.print.clean_html import Chapter, settled
from press.print.epub import for_pandoc

DOCUMENT = "word/document.xml"
A4 = '<w:pgSz w:w="11906" w:h="16838" /><w:pgMar w:top="1247" w:right="1474" w:bottom="1134" w:left="1474" w:header="720" w:footer="720" w:gutter="0" />'
SECTION = re.compile(r"<w:sectPr\b[^>]*?(?:/>|>(.*?)</w:sectPr>)", re.S)
SIZES = re.compile(r"<w:pg(?:Sz|Mar)\b[^>]*/>")


def pack(chapter: Chapter, book: Record, html: Path, out: Path) -> None:
    """Write a chapter of the book built in ``html`` to ``out``, in the language that is printed."""
    figures = (html / printed.now().folder / "_static" / "figures").resolve()
    text = for_pandoc(settled(chapter.html, lambda to: "", book.online))
    text = layout.PICTURE.sub(rf'src="{figures}/\1/\2.png"', text)
    edition = say("Edition {version}", version=book.edition)
    out.parent.mkdir(parents=True, exist_ok=True)
    day = calendar.timegm(time.strptime(book.date, "%Y-%m-%d"))
    about = {"title": chapter.title, "subtitle": book.title, "author": book.author, "date": edition,
             "lang": printed.now().tag}  # fmt: skip
    subprocess.run(
        [pandoc(), "--from=html", "--to=docx", "--shift-heading-level-by=-1", f"--output={out.resolve()}",
         *(f"--metadata={name}={words}" for name, words in about.items())],
        input=text, encoding="utf-8", check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(day)},
    )  # fmt: skip
    _on_a4(out)


def _on_a4(file: Path) -> None:
    """Give the pages of a DOCX their size, which pandoc leaves to the program that opens it."""
    with zipfile.ZipFile(file) as archive:
        parts = [(part, archive.read(part)) for part in archive.infolist()]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts:
            if part.filename == DOCUMENT:
                words, found = SECTION.subn(_sized, content.decode())
                content = (words if found else words.replace("</w:body>", f"{_sized()}</w:body>")).encode()
            archive.writestr(part, content)


def _sized(match: re.Match | None = None) -> str:
    rest = SIZES.sub("", match[1] or "") if match else ""
    return f"<w:sectPr>{rest}{A4}</w:sectPr>"
