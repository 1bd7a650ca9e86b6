"""Links from the pages to what was printed of them.

``make pdf`` and ``make epub`` copy their files to ``_build/html/pdf``, those of further languages
to ``_build/html/zh/pdf``, and put a line under the title
of each page that has one.  A new book has no such line until they are made again: a page never
leads to the print of an older one.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from press import EPUB, HTML, PDF
from press.build import atomic_swap
from press.build.build import of_now, stamp
from press.citing.meta_tags import with_pdf
from press.languages.printed import printing, say
from press.languages.twins import names, printed_languages

FOLDER = "pdf"
CHAPTERS = "chapters"  # the folder of prints of single ones
LINE = re.compile(r'\n?<p class="page-paper">.*?</p>', re.S)
TITLE = re.compile(r'(<article\b[^>]*class="bd-article"[^>]*>.*?</h1>)', re.S)


def put(html: Path = HTML, pdf: Path = PDF, epub: Path = EPUB) -> None:
    """Copy what was made to the pages in ``html``, and link it there."""
    newest = (html / "index.html").stat().st_mtime
    made = [*pdf.glob("*.pdf"), *pdf.glob("chapters/*.*"), *epub.glob("*.epub")]
    made = [
        file for file in made if file.stat().st_mtime >= newest
    ]  # of this book, not of an earlier
    languages = printed_languages()
    ends = tuple(f"-{one.code}" for one in languages if one.code)
    for language in languages:
        end = f"-{language.code}" if language.code else ""
        own = [file for file in made if (file.stem.endswith(end) if end else not file.stem.endswith(ends))]
        with printing(language):
            _put(html / language.folder, own, end)
    if html == HTML:
        stamp(of_now())


def _put(html: Path, made: list[Path], end: str) -> None:
    """Do so for the pages of the language that is printed, of which the files' names have an ``end``."""
    folder = html / FOLDER
    folder.mkdir(exist_ok=True)
    for file in made:
        shutil.copyfile(file, folder / file.name)
    whole = [file for file in made if file.parent.name != CHAPTERS]
    for number, page in enumerate(names()):
        path = html / f"{page}.html"
        up = "../" * page.count("/")
        own = [file for file in made if file not in whole and file.stem == f"{path.stem}{end}"]
        links = [_link(up, file, say("This chapter as {kind}", kind=file.suffix[1:].upper()))
                 for file in own if number]  # fmt: skip
        links += [
            _link(up, file, say("The book as {kind}", kind=file.suffix[1:].upper()))
            for file in whole
            if not number
        ]
        text = LINE.sub("", path.read_text(encoding="utf-8"))
        if links:
            line = f'\n<p class="page-paper">{" · ".join(links)}</p>'
            text = TITLE.sub(lambda match: match[1] + line, text, count=1)
        printed = [file.name for file in (whole if not number else own) if file.suffix == ".pdf"]
        text = with_pdf(text, FOLDER, printed[0] if printed else "")
        atomic_swap.write(path, text)


def _link(up: str, file: Path, words: str) -> str:
    size = say(" ({size} MB)", size=f"{file.stat().st_size / 1e6:.1f}")
    return f'<a class="reference download" href="{up}{FOLDER}/{file.name}" download>{words}</a>{size}'
