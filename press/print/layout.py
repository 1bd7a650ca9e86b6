"""One file of HTML to be printed: the whole book, or one chapter.

A volume has a cover (the book) or a head (a chapter), contents, chapters, and at its end the
sources that it cites and has not listed yet.  The page numbers of the contents are left open: only
who has printed it knows them (``press.print.pdf``).

Chromium numbers pages and prints running heads by itself: each chapter has pages of a name of its
own (``page: c-gap-diagnosis``), whose margins say what is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from markupsafe import Markup

from press import BUILD, FONTS
from press.book_metadata import Record
from press.languages import printed
from press.languages.printed import say
from press.print import chinese_type
from press.print.clean_html import BRIEF, Chapter, Manuscript, settled, source_entry
from press.subject import subject
from press.templating import render

STYLE = Path(__file__).with_name("paper.css")
LICENCE = "Text and arrangement of the data: CC BY 4.0. Code: MIT. Single figures belong to their sources."
ON_PAPER = (
    "Every number in this book is computed from the tables of its data and printed with its bounds. "
    "In the pages for the screen each number opens a card that says what it rests on, and the code of every "
    "figure can be read; on paper the numbers stand alone. Under each figure its sources are named by "
    "author and year, which lead to the lists of sources at the end."
)
#: Of Chinese pages: what stands in Chinese type even where Latin type has it, as quotation marks do.
CHINESE = "U+B7, U+2014, U+2018-201D, U+2026, U+3000-9FFF, U+FF00-FFEF"
PICTURE = re.compile(r'src="([\w-]+)/([\w-]+)"')


def book(script: Manuscript, record: Record, html: Path, site: str) -> str:
    listed = {to for chapter in script.chapters for to in chapter.ids}
    sources = _sources(script, script.chapters, listed)
    return _page(record.title, record, script.chapters, sources, html, site, whole=True)


def single(script: Manuscript, chapter: Chapter, record: Record, html: Path, site: str) -> str:
    """One chapter as HTML; the brief without a list of sources, which it leaves to the book."""
    sources = "" if chapter.name == BRIEF else _sources(script, [chapter], chapter.ids)
    return _page(title_of(chapter, record), record, [chapter], sources, html, site, whole=False)


def title_of(chapter: Chapter, record: Record) -> str:
    return f"{chapter.title}{say('. ')}{record.title}"


def fonts(text: str) -> list[tuple[str, str, str, str, Path]]:
    """The fonts of a text: family, weight, style, range of characters (or nothing), and file."""
    import font_source_sans_pro
    import font_source_serif_pro
    import matplotlib

    faces = (("Regular", "400", "normal"), ("It", "400", "italic"), ("Semibold", "600", "normal"),
             ("SemiboldIt", "600", "italic"))  # fmt: skip
    found = []
    for family, package in (("Sans", font_source_sans_pro), ("Serif", font_source_serif_pro)):
        folder = Path(package.__file__).parent / "files"
        for face, weight, style in faces:
            found.append((f"Paper {family}", weight, style, "", folder / f"Source{family}Pro-{face}.ttf"))
    mono = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSansMono.ttf"
    found.append(("Paper Mono", "400", "normal", "", mono))
    if printed.now().code != "zh":
        return [*found, ("Paper Chinese", "100 900", "normal", "", FONTS / "NotoSansSC-subset.ttf")]
    for weight, file in chinese_type.faces(text, BUILD / "type").items():
        found += [(f"Paper {family}", str(weight), "normal", chars, file)
                  for family, chars in (("Chinese", ""), ("Sans", CHINESE), ("Serif", CHINESE))]  # fmt: skip
    return found


def _page(title: str, record: Record, chapters: Sequence[Chapter], sources: str, html: Path, site: str,
          whole: bool) -> str:  # fmt: skip
    pages = "".join(
        f"@page c-{chapter.name} {{ @top-right {{ content: {_css(named(chapter))}; }} }}\n"
        for chapter in chapters
    )
    for name, words in (("contents", say("Contents")), ("c-sources", say("Sources"))):
        pages += f"@page {name} {{ @top-right {{ content: {_css(words)}; }} }}\n"
    heads = f"@page {{ @top-left {{ content: {_css(halves(record.title)[0])}; }} }}\n"
    body = str(render(
        "print/volume.html",
        whole=whole,
        record=record,
        halves=halves,
        day=date.fromisoformat(record.date).strftime(say("%-d %B %Y")),
        chapters=chapters,
        html_of=html_of,
        sources=Markup(sources),
        site=site,
        licence=say(LICENCE),
        on_paper=say(ON_PAPER),
    ))  # fmt: skip
    ids = set(re.findall(r'\bid="([^"]+)"', body))
    body = settled(body, lambda to: f"#{to}" if to in ids else "", site)
    figures = (html / printed.now().folder / "_static" / "figures").as_uri()
    body = PICTURE.sub(rf'src="{figures}/\1/\2.svg"', body)
    sheets = [STYLE, *subject().print_sheets("paper")]
    if [chapter.name for chapter in chapters] == [BRIEF]:
        sheets.append(STYLE.with_name("brief.css"))
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'{f"unicode-range: {chars}; " if chars else ""}src: url("{file.as_uri()}"); }}\n'
        for family, weight, style, chars, file in fonts(title + heads + pages + body)
    )
    style = faces + heads + pages + "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    return render("print/paper.html", language=printed.now().tag, title=title, style=Markup(style),
                  kind="whole" if whole else "single", body=Markup(body))  # fmt: skip


def halves(title: str) -> tuple[str, str]:
    """Title and subtitle of the book, which a colon or a dash parts."""
    title, _, subtitle = re.sub(": |——", "\0", title, count=1).partition("\0")
    return title, subtitle


def html_of(chapter: Chapter) -> Markup:
    return Markup(chapter.html)


def _sources(script: Manuscript, chapters: Sequence[Chapter], listed: set[str]) -> str:
    """The sources that the chapters lead to and that do not stand in them."""
    wanted = {to for chapter in chapters for to in chapter.links} - listed
    entries = {script.cited[to] for to in wanted if to in script.cited}
    entries |= {source_entry(source) for key, source in script.sources.items()
                if f"source--{key}" in wanted}  # fmt: skip
    return in_order(entries)


def in_order(entries: Iterable[str]) -> str:
    """Entries of a list of sources, by their words."""
    return "".join(sorted(entries, key=lambda entry: re.sub(r"<[^>]*>|\W", "", entry).lower()))


def named(chapter: Chapter) -> str:
    return f"{chapter.number}  {chapter.title}" if chapter.number else chapter.title


def _css(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
