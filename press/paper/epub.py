"""``python -m press epub``: the book for e-readers, one EPUB 3 file.

It is packed from the built pages (``press.paper.manuscript``), not by Sphinx's own builder: that one
would read every chapter anew with other settings, and its pages would hold the same scripts, cards
and drawings that have to be taken out for paper.  An EPUB is a zip of pages with a list of them;
both are short enough to be written here.  The same book gives the same bytes.

Figures are PNG, which every reader shows, with alternative text.  The font of Chinese labels is
enclosed, for readers that have none.

Out of scope: what readers' programs make of it (they choose type and margins).
"""

from __future__ import annotations

import io
import posixpath
import re
import uuid
import zipfile
from html import escape
from pathlib import Path

from press import FONTS
from press.citations import Record, record
from press.paper import volume
from press.paper.manuscript import Chapter, Manuscript, read, settled, source_entry
from press.paper.site import address

STYLE = Path(__file__).with_name("epub.css")
FONT = FONTS / "NotoSansSC-subset.ttf"
SOURCES = "sources"
LANGUAGE = "en"

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
<head><meta charset="UTF-8"/><title>{title}</title><link rel="stylesheet" type="text/css" href="epub.css"/></head>
<body{kind}>{body}</body>
</html>
"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{metadata}
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""


def pack(html: Path, out: Path) -> None:
    """Write the book built in ``html`` to ``out``."""
    from press.paper import FRONT

    script, book = read(html, FRONT), record()
    pages = _pages(script, book)
    pictures = {
        f"figures/{chapter.name}/{figure.png.name}": _lighter(figure.png)
        for chapter in script.chapters
        for figure in chapter.figures
    }
    pictures["cover.png"] = _cover_picture(book)
    files = {name: text.encode("utf-8") for name, text in pages.items()}
    files |= {"epub.css": STYLE.read_bytes(), FONT.name: FONT.read_bytes(), **pictures}
    files["package.opf"] = _package(script, book, list(files)).encode("utf-8")

    out.parent.mkdir(parents=True, exist_ok=True)
    day = tuple(int(part) for part in volume.released().split("-"))
    with zipfile.ZipFile(out, "w") as archive:

        def add(name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
            archive.writestr(zipfile.ZipInfo(name, (*day, 0, 0, 0)), content, how, 9)

        add("mimetype", b"application/epub+zip", zipfile.ZIP_STORED)  # first, and as it is
        add("META-INF/container.xml", CONTAINER.encode())
        for name, content in files.items():
            add(
                f"book/{name}",
                content,
                zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED,
            )


def _pages(script: Manuscript, book: Record) -> dict[str, str]:
    """All pages by name."""
    listed = {to: chapter.name for chapter in script.chapters for to in chapter.ids}
    sources = {f"source--{key}": source_entry(source) for key, source in script.sources.items()}
    listed |= dict.fromkeys(sources, SOURCES)

    def place(to: str) -> str:
        return f"{listed[to]}.xhtml#{to}" if to in listed else ""

    def page(title: str, body: str, kind: str = "") -> str:
        body = settled(body, place, address())
        return PAGE.format(title=escape(title), body=body, kind=f' class="{kind}"' if kind else "")

    title, _, subtitle = book.title.partition(": ")
    made = {
        "cover.xhtml": page(
            book.title, f'<img class="cover" src="cover.png" alt="{escape(book.title)}"/>', "cover"
        ),
        "title.xhtml": page(
            book.title,
            f'<h1 class="title">{escape(title)}</h1><p class="subtitle">{escape(subtitle)}</p>'
            f"<p>{escape(book.author)}</p><p>Edition {escape(book.edition)}, {volume.released()}</p>"
            f'<p class="licence">{volume.LICENCE}</p><p class="licence">{volume.ON_PAPER}</p>'
            '<p class="licence">Chinese type: Noto Sans SC, SIL Open Font License 1.1.</p>',
            "title",
        ),
        "nav.xhtml": page("Contents", _contents(script)),
    }
    for chapter in script.chapters:
        number = f'<span class="number">{chapter.number}</span> ' if chapter.number else ""
        body = volume.PICTURE.sub(r'src="figures/\1/\2.png"', chapter.html)
        made[f"{chapter.name}.xhtml"] = page(
            chapter.title,
            f'<section id="{chapter.name}"><h1>{number}{escape(chapter.title)}</h1>{body}</section>',
        )
    entries = sorted(sources.values(), key=lambda entry: re.sub(r"<[^>]*>|\W", "", entry).lower())
    made[f"{SOURCES}.xhtml"] = page(
        "Sources of the figures", f"<h1>Sources of the figures</h1>{''.join(entries)}"
    )
    return made


def _contents(script: Manuscript) -> str:
    def entry(chapter: Chapter) -> str:
        name = volume.named(chapter)
        inner = "".join(
            f'<li><a href="{chapter.name}.xhtml#{anchor}">{escape(words)}</a></li>'
            for anchor, words in chapter.sections
        )
        return f'<li><a href="{chapter.name}.xhtml">{escape(name)}</a>{f"<ol>{inner}</ol>" if inner else ""}</li>'

    figures = "".join(
        f'<li><a href="{chapter.name}.xhtml#{f.anchor}">{f.number} {escape(f.title)}</a></li>'
        for chapter in script.chapters
        for f in chapter.figures
    )
    chapters = "".join(map(entry, script.chapters))
    first = script.chapters[0].name
    return (
        f'<nav epub:type="toc" id="toc"><h1>Contents</h1><ol>{chapters}'
        f'<li><a href="{SOURCES}.xhtml">Sources of the figures</a></li></ol></nav>'
        f'<nav epub:type="loi" id="figures"><h1>Figures</h1><ol>{figures}</ol></nav>'
        '<nav epub:type="landmarks" hidden=""><h1>Landmarks</h1><ol>'
        '<li><a epub:type="toc" href="nav.xhtml#toc">Contents</a></li>'
        f'<li><a epub:type="bodymatter" href="{first}.xhtml">Text</a></li></ol></nav>'
    )


def _package(script: Manuscript, book: Record, files: list[str]) -> str:
    """The list of all files, with the record of the book."""
    # A name for this edition that stays the same however often it is made.
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{book.title}, edition {book.edition}").urn
    day = volume.released()
    metadata = [
        f'<dc:identifier id="id">{identifier}</dc:identifier>',
        f"<dc:title>{escape(book.title)}</dc:title>",
        f"<dc:language>{LANGUAGE}</dc:language>",
        f"<dc:creator>{escape(book.author)}</dc:creator>",
        f"<dc:publisher>{escape(book.author)}</dc:publisher>",
        f"<dc:date>{day}</dc:date>",
        f"<dc:rights>{escape(volume.LICENCE)}</dc:rights>",
        f"<dc:description>Edition {escape(book.edition)}</dc:description>",
        f'<meta property="dcterms:modified">{day}T00:00:00Z</meta>',
        '<meta property="schema:accessMode">textual</meta>',
        '<meta property="schema:accessMode">visual</meta>',
        '<meta property="schema:accessModeSufficient">textual</meta>',
        '<meta property="schema:accessibilityFeature">alternativeText</meta>',
        '<meta property="schema:accessibilityFeature">tableOfContents</meta>',
        '<meta property="schema:accessibilityFeature">structuralNavigation</meta>',
        '<meta property="schema:accessibilityHazard">none</meta>',
        '<meta name="cover" content="f-cover-png"/>',
    ]
    kinds = {
        ".xhtml": "application/xhtml+xml",
        ".css": "text/css",
        ".png": "image/png",
        ".ttf": "font/ttf",
    }
    properties = {"nav.xhtml": ' properties="nav"', "cover.png": ' properties="cover-image"'}
    manifest = [
        f'<item id="{_id(name)}" href="{name}" media-type="{kinds[posixpath.splitext(name)[1]]}"{properties.get(name, "")}/>'
        for name in files
    ]
    order = [
        "cover.xhtml",
        "title.xhtml",
        "nav.xhtml",
        *(f"{c.name}.xhtml" for c in script.chapters),
        f"{SOURCES}.xhtml",
    ]
    spine = [f'<itemref idref="{_id(name)}"/>' for name in order]
    return PACKAGE.format(
        metadata="\n".join(metadata), manifest="\n".join(manifest), spine="\n".join(spine)
    )


def _id(name: str) -> str:
    return "f-" + re.sub(r"[^\w-]", "-", name)


def _lighter(file: Path) -> bytes:
    """A picture with a white ground, which dark pages need, and a palette: a third of the bytes."""
    from PIL import Image

    picture = Image.open(file).convert("RGBA")
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture)
    buffer = io.BytesIO()
    ground.convert("RGB").quantize(128).save(buffer, "PNG")
    return buffer.getvalue()


def _cover_picture(book: Record) -> bytes:
    """The cover as a PNG, 1,200 by 1,600 pixels."""
    import textwrap

    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    title, _, subtitle = book.title.partition(": ")
    figure = Figure(figsize=(6, 8), dpi=200, facecolor="#ffffff")
    band = figure.add_axes((0, 0, 0.07, 1), facecolor="#134f86")
    band.set(xticks=[], yticks=[])
    band.spines[:].set_visible(False)

    def put(y: float, words: str, size: float, colour: str, width: int) -> None:
        figure.text(0.15, y, textwrap.fill(words, width), size=size, color=colour, va="top", linespacing=1.2,
                    fontproperties=FontProperties(fname=FONT, size=size))  # fmt: skip

    put(0.80, title, 34, "#14181e", 16)
    put(0.53, subtitle, 17, "#39434c", 34)
    put(0.34, book.author, 13, "#14181e", 50)
    put(0.30, f"Edition {book.edition}", 11, "#39434c", 60)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()
