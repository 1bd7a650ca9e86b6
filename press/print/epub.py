"""``python -m press epub``: the book for e-readers, one EPUB 3 file.

It is made from the built pages (``press.print.clean_html``), not by Sphinx's own builder: that one
would read every chapter anew with other settings, and its pages would hold the same scripts, cards
and drawings that have to be taken out for paper.  pandoc cuts the chapters into files, writes the
contents and packs them.  The same book gives the same bytes.

Figures are PNG, which every reader shows, with alternative text.  The font of Chinese labels is
enclosed, for readers that have none.

Out of scope: what readers' programs make of it (they choose type and margins).
"""

from __future__ import annotations

import calendar
import json
import os
import re
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

from bs4 import BeautifulSoup
from markupsafe import Markup

from press import FONTS
from press.book_metadata import Record, in_language, record
from press.languages.printed import say
from press.print import layout
from press.print.clean_html import FRONT, Manuscript, read, settled, source_entry
from press.subject import subject
from press.templating import render

STYLE = Path(__file__).with_name("epub.css")
FONT = FONTS / "NotoSansSC-subset.ttf"


def pack(html: Path, out: Path) -> None:
    import pypandoc

    script, book = read(html, FRONT), in_language(record())
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for chapter in script.chapters:
            (folder / chapter.name).mkdir()
            for figure in chapter.figures:
                _lighter(figure.png, folder / chapter.name / figure.png.name)
        _draw_cover(book, folder / "cover.png")
        (folder / "book.html").write_text(for_pandoc(_text(script, book)), encoding="utf-8")
        (folder / "record.json").write_text(json.dumps(described(book)), encoding="utf-8")
        day = calendar.timegm(time.strptime(book.date, "%Y-%m-%d"))
        subprocess.run(
            [pypandoc.get_pandoc_path(), "book.html", "--from=html", "--to=epub3", "--metadata-file=record.json",
             "--split-level=1", "--toc", "--toc-depth=2", "--epub-cover-image=cover.png",
             *(f"--css={sheet}" for sheet in (STYLE, *subject().print_sheets("epub"))),
             f"--epub-embed-font={FONT}", f"--output={out.resolve()}"],
            cwd=folder, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(day)},
        )  # fmt: skip


def described(book: Record) -> dict:
    """What the file says of itself, under pandoc's names."""
    # A name for this edition that stays the same however often it is made.
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{book.title}, edition {book.edition}").urn
    title, subtitle = layout.halves(book.title)
    return {
        "title": [{"type": "main", "text": title}, {"type": "subtitle", "text": subtitle}],
        "identifier": identifier, "lang": book.language, "author": book.author,
        "publisher": book.author, "date": book.date, "rights": say(layout.LICENCE),
        "description": say("Edition {version}", version=book.edition), "toc-title": say("Contents"),
        "accessModes": ["textual", "visual"], "accessModeSufficient": ["textual"],
    }  # fmt: skip


def _text(script: Manuscript, book: Record) -> str:
    """All chapters as one HTML file, with the sources of the figures at its end."""
    sources = {f"source--{key}": source_entry(source) for key, source in script.sources.items()}
    there = {to for chapter in script.chapters for to in chapter.ids} | set(sources)
    text = render(
        "print/epub.html",
        book=book,
        licence=say(layout.LICENCE),
        on_paper=say(layout.ON_PAPER),
        chapters=script.chapters,
        named=layout.named,
        html_of=layout.html_of,
        sources=Markup(layout.in_order(sources.values())),
    )
    text = settled(str(text), lambda to: f"#{to}" if to in there else "", book.online)
    return layout.PICTURE.sub(r'src="\1/\2.png"', text)


def for_pandoc(text: str) -> str:
    """HTML of which pandoc keeps every class and anchor: it drops those of paragraphs and terms, and
    gives an anchor to a heading."""
    soup = BeautifulSoup(text, "html.parser")
    for section in soup.find_all("section"):
        heading = section.find(re.compile("^h[1-6]$"), recursive=False)
        if heading:
            heading["id"] = section["id"]
        elif section.get("id"):
            section.insert(0, soup.new_tag("span", attrs={"id": section["id"]}))
        section.unwrap()
    for article in soup.find_all("article"):
        article.name = "div"
    for paragraph in soup.select("p[class], p[id]"):
        paragraph.wrap(soup.new_tag("div", attrs=paragraph.attrs))
        paragraph.attrs = {}
    for term in soup.select("dt[id], td[id], th[id], tr[id], dl[id], dd[id]"):
        place = term.find(["th", "td"]) if term.name == "tr" else term
        place.insert(0, soup.new_tag("span", attrs={"id": term.attrs.pop("id")}))
    return str(soup)


def _lighter(file: Path, out: Path) -> None:
    """A picture with a white ground, which dark pages need, and a palette: a third of the bytes."""
    from PIL import Image

    picture = Image.open(file).convert("RGBA")
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture)
    ground.convert("RGB").quantize(128).save(out)


def _draw_cover(book: Record, out: Path) -> None:
    """The cover as a PNG, 1,200 by 1,600 pixels."""
    import textwrap

    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    title, subtitle = layout.halves(book.title)
    if book.language.startswith("zh"):  # no spaces to break lines at
        widths = (8, 16, 50, 60)
    else:
        widths = (16, 34, 50, 60)
    edition = say("Edition {version}", version=book.edition)
    figure = Figure(figsize=(6, 8), dpi=200, facecolor="#ffffff")
    band = figure.add_axes((0, 0, 0.07, 1), facecolor="#134f86")
    band.set(xticks=[], yticks=[])
    band.spines[:].set_visible(False)
    for (y, words, size, colour), width in zip((
        (0.80, title, 34, "#14181e"), (0.53, subtitle, 17, "#39434c"),
        (0.34, book.author, 13, "#14181e"), (0.30, edition, 11, "#39434c"),
    ), widths):  # fmt: skip
        figure.text(0.15, y, textwrap.fill(words, width), size=size, color=colour, va="top", linespacing=1.2,
                    fontproperties=FontProperties(fname=FONT, size=size))  # fmt: skip
    figure.savefig(out, metadata={"Software": None})
