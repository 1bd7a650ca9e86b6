"""The picture of a page where it is shared: title, sentence and first figure, 1200 by 630 pixels.

Drawn with Pillow, which matplotlib brings along, in the book's own font, so that Chinese names have
their glyphs and the same page gives the same bytes everywhere.

Out of scope: what the picture says (``press.extensions.descriptions``).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from press import FONTS

SIZE = (1200, 630)
MARGIN, GAP, FOOT = 60, 40, 90
FIGURE = 460  # pixels across at most
NARROW = str.maketrans({"’": "'", "“": '"', "”": '"', "…": "..."})  # the font has them wide
INK, MUTED, PAPER, ACCENT = "#1f2933", "#5b6771", "#ffffff", "#d5490b"  # of citygap.charts.style


def write(path: Path, title: str, sentence: str, figure: Path | None, under: str) -> None:
    """Write the picture to ``path``; ``under`` stands at its foot."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draw(title, sentence, figure, under).save(path, optimize=True)


def draw(title: str, sentence: str, figure: Path | None, under: str) -> Image.Image:
    """The picture; the sentence is set as large as the room allows."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, SIZE[0], 14), fill=ACCENT)
    right = SIZE[0] - MARGIN
    if figure is not None:
        right = _paste(picture, figure) - GAP
    top = _lines(pen, title, MARGIN, MARGIN + 10, right, font(52), INK, stroke=1)
    room = SIZE[1] - FOOT - top - 20
    for size in range(44, 17, -2):
        if len(wrap(sentence, font(size), right - MARGIN)) * size * 1.4 <= room:
            break
    _lines(pen, sentence, MARGIN, top + 20, right, font(size), INK)
    _lines(pen, under, MARGIN, SIZE[1] - FOOT + 35, SIZE[0] - MARGIN, font(22), MUTED)
    return picture


def wrap(words: str, type_: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """``words`` in lines at most ``width`` pixels wide; a word that is wider has its own."""
    lines: list[str] = []
    for word in words.translate(NARROW).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and type_.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=None)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The book's font, ``size`` pixels high."""
    return ImageFont.truetype(next(FONTS.glob("*.ttf")), size, layout_engine=ImageFont.Layout.BASIC)


def _lines(pen, words, left, top, right, type_, colour, stroke=0) -> float:
    """Draw wrapped lines; the height at which they end."""
    for line in wrap(words, type_, right - left):
        pen.text((left, top), line, font=type_, fill=colour, stroke_width=stroke, stroke_fill=colour)
        top += type_.size * 1.4
    return top


def _paste(picture: Image.Image, figure: Path) -> int:
    """Put a figure at the right, as large as there is room for; where it begins."""
    with Image.open(figure) as found:
        shown = found.convert("RGBA")
    room = (FIGURE, SIZE[1] - FOOT - MARGIN)
    scale = min(room[0] / shown.width, room[1] / shown.height)
    shown = shown.resize((round(shown.width * scale), round(shown.height * scale)), Image.LANCZOS)
    left = SIZE[0] - MARGIN - shown.width
    picture.paste(shown, (left, MARGIN + (room[1] - shown.height) // 2), shown)
    return left
