"""One file of HTML to be printed: the whole book, or one chapter.

A volume has a cover (the book) or a head (a chapter), contents, chapters, and at its end the
sources that it cites and has not listed yet.  The page numbers of the contents are left open: only
who has printed it knows them (``press.paper.pdf``).

Chromium numbers pages and prints running heads by itself: each chapter has pages of a name of its
own (``page: c-gap-diagnosis``), whose margins say what is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from press import FONTS
from press.citations import Record, record
from press.paper.manuscript import Chapter, Manuscript, settled, source_entry

STYLE = Path(__file__).with_name("paper.css")
LICENCE = "Text and arrangement of the data: CC BY 4.0. Code: MIT. Single figures belong to their sources."
ON_PAPER = (
    "Every number in this book is computed from the tables of its data and printed with its bounds. "
    "In the pages for the screen each number opens a card that says what it rests on, and the code of every "
    "figure can be read; on paper the numbers stand alone. Under each figure its sources are named by "
    "their keys, which lead to the lists of sources at the end."
)
PICTURE = re.compile(r'src="([\w-]+)/([\w-]+)"')


def book(script: Manuscript, record: Record, html: Path, site: str) -> str:
    """The whole book as HTML."""
    body = [_cover(record, site), _contents(script.chapters)]
    body += [_chapter(chapter) for chapter in script.chapters]
    listed = {to for chapter in script.chapters for to in chapter.ids}
    body.append(_sources(script, script.chapters, listed, "Sources of the figures"))
    return _page(record.title, record, script.chapters, "".join(body), html, site)


def single(script: Manuscript, chapter: Chapter, record: Record, html: Path, site: str) -> str:
    """One chapter as HTML."""
    head = (
        f'<p class="of-book"><b>{escape(record.title)}</b><br>{escape(record.author)}, '
        f"edition {escape(record.edition)}, {escape(record.year)}. {LICENCE}</p>"
    )
    body = _chapter(chapter, head) + _sources(script, [chapter], chapter.ids, "Sources")
    return _page(f"{chapter.title}. {record.title}", record, [chapter], body, html, site, "single")


def released() -> str:
    """The day on which this edition was released, as a date (``2026-11-22``)."""
    return record().date


def fonts() -> dict[tuple[str, str, str], Path]:
    """Files of the fonts by family, weight and style."""
    import font_source_sans_pro
    import font_source_serif_pro
    import matplotlib

    faces = {("Regular", "400", "normal"), ("It", "400", "italic"), ("Semibold", "600", "normal"),
             ("SemiboldIt", "600", "italic")}  # fmt: skip
    found = {}
    for family, package in (("Sans", font_source_sans_pro), ("Serif", font_source_serif_pro)):
        folder = Path(package.__file__).parent / "files"
        for face, weight, style in faces:
            found[f"Paper {family}", weight, style] = folder / f"Source{family}Pro-{face}.ttf"
    found["Paper Chinese", "100 900", "normal"] = FONTS / "NotoSansSC-subset.ttf"
    mono = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSansMono.ttf"
    found["Paper Mono", "400", "normal"] = mono
    return found


def _page(title: str, record: Record, chapters: Sequence[Chapter], body: str, html: Path, site: str,
          kind: str = "whole") -> str:  # fmt: skip
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{file.as_uri()}"); }}\n'
        for (family, weight, style), file in fonts().items()
    )
    pages = "".join(
        f"@page c-{chapter.name} {{ @top-right {{ content: {_css(named(chapter))}; }} }}\n"
        for chapter in chapters
    )
    heads = f"@page {{ @top-left {{ content: {_css(record.title.split(':')[0])}; }} }}\n"
    ids = set(re.findall(r'\bid="([^"]+)"', body))
    body = settled(body, lambda to: f"#{to}" if to in ids else "", site)
    figures = (html / "_static" / "figures").as_uri()
    body = PICTURE.sub(rf'src="{figures}/\1/\2.svg"', body)
    style = faces + heads + pages + STYLE.read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>\n{style}</style></head>\n<body class='{kind}'>{body}</body></html>\n"
    )


def _cover(record: Record, site: str) -> str:
    title, _, subtitle = record.title.partition(": ")
    year, month, day = released().split("-")
    months = "January February March April May June July August September October November December"
    date = f"{int(day)} {months.split()[int(month) - 1]} {year}"
    online = f'<p>Online: <a class="external" href="{site}/">{escape(site)}</a></p>' if site else ""
    return (
        '<section class="cover"><div class="cover-band"></div>'
        f'<p class="cover-title">{escape(title)}</p><p class="cover-subtitle">{escape(subtitle)}</p>'
        f'<p class="cover-author">{escape(record.author)}</p>'
        f'<p class="cover-edition">Edition {escape(record.edition)}<br>{date}</p>'
        f'<div class="cover-foot"><p>{LICENCE}</p>{online}</div></section>'
    )


def _contents(chapters: Sequence[Chapter]) -> str:
    def line(anchor: str, words: str, kind: str, number: str = "") -> str:
        return (
            f'<li class="{kind}"><a href="#{anchor}"><span class="entry"><span class="number">{number}</span>'
            f'{escape(words)}</span><span class="dots"></span><span class="page" data-of="{anchor}">'
            "000</span></a></li>"
        )

    lines, figures = [], []
    for chapter in chapters:
        lines.append(line(chapter.name, chapter.title, "of-chapter", chapter.number))
        lines += [line(anchor, words, "of-section") for anchor, words in chapter.sections]
        figures += [
            line(f.anchor, f.title.rstrip("."), "of-figure", f.number) for f in chapter.figures
        ]
    lines.append(line("sources", "Sources of the figures", "of-chapter"))
    return (
        '<section class="contents" id="contents"><h1>Contents</h1>'
        f'<ul class="toc">{"".join(lines)}</ul></section>'
        f'<section class="contents" id="figures"><h1>Figures</h1><ul class="toc">{"".join(figures)}</ul>'
        f'<p class="on-paper">{ON_PAPER}</p></section>'
    )


def _chapter(chapter: Chapter, head: str = "") -> str:
    number = f'<span class="number">{chapter.number}</span>' if chapter.number else ""
    return (
        f'<section class="chapter" id="{chapter.name}" style="page: c-{chapter.name}">{head}'
        f"<h1>{number}{escape(chapter.title)}</h1>{chapter.html}</section>"
    )


def _sources(script: Manuscript, chapters: Sequence[Chapter], listed: set[str], title: str) -> str:
    """The sources that the chapters lead to and that do not stand in them."""
    wanted = {to for chapter in chapters for to in chapter.links} - listed
    entries = {script.cited[to]: to for to in wanted if to in script.cited}
    of_figures = [source for key, source in script.sources.items() if f"source--{key}" in wanted]
    entries |= {source_entry(source): source["key"] for source in of_figures}
    if not entries:
        return ""
    body = "".join(sorted(entries, key=lambda entry: re.sub(r"<[^>]*>|\W", "", entry).lower()))
    return (
        f'<section class="chapter" id="sources" style="page: c-sources"><h1>{title}</h1>'
        f'<div class="citation-list">{body}</div></section>'
    )


def named(chapter: Chapter) -> str:
    """Number and title of a chapter."""
    return f"{chapter.number}  {chapter.title}" if chapter.number else chapter.title


def _css(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
