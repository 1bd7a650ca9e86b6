"""The house style of the figures: colours, type, and an SVG that fits its page.

A figure is drawn once and printed inside the page, so that it follows the page's theme: the ink
colours below are replaced by CSS (``currentColor`` and custom properties), which has a palette for
light and one for dark.  Text is drawn as outlines, so that a reader without Chinese fonts sees what
we saw.

Out of scope: what is drawn (``charts``) and captions (the chapters).
"""

from __future__ import annotations

import html
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import matplotlib

matplotlib.use("Agg", force=False)  # figures are files: no screen is needed

import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.text import Text


FONT = Path(__file__).parent.parent / "fonts" / "NotoSansSC-subset.ttf"
WIDTH = 5.4  # inches of the picture for a page or for paper, 620 pixels wide on a screen
NARROW = 328 * 0.75 / 72  # inches of the picture for a phone: 328 pixels, four of which are 3 points
LARGER = 13 / 12  # type of the narrow picture over that of the other: labels of 13 pixels
TITLE = 46  # letters of the axis's name above the narrow picture, in a line
LEAST = 11 * 0.75  # points: no word of the narrow picture is smaller
PNG_DPI = 220  # 1188 pixels across: sharp on a slide, about 60 kB

INK, MUTED, GRID, PAPER = "#1f2933", "#5b6771", "#e4e7eb", "#fefefe"
#: Roles of what is drawn.  Chongqing's colour is used for nothing else; ``SECOND`` is the one place
#: (or thing) that a figure's title names besides; all others are grey and told apart by labels.
CHONGQING, SECOND, HEAD, OTHER = "#c2410c", "#0b6e99", "#52606d", "#7b8794"
#: In the text of a picture: what refers to an id, an id, what holds coordinates, more digits than are seen.
REFERENCE = re.compile(r'(?:href="#|url\(#)([^")]+)')
ID = re.compile(r' id="([^"]*)"')
COORDINATES = re.compile(r' (?:d|x|y|width|height)="[^"]*"|translate\([^)]*\)')
LONG = re.compile(r"-?\d+\.\d{3,}")
#: What the page puts in place of each colour: book.css has them for light and for dark.
CSS = {
    INK: "currentColor",
    MUTED: f"var(--figure-muted, {MUTED})",
    GRID: f"var(--figure-grid, {GRID})",
    PAPER: f"var(--figure-paper, {PAPER})",
    CHONGQING: f"var(--figure-chongqing, {CHONGQING})",
    SECOND: f"var(--figure-second, {SECOND})",
    HEAD: f"var(--figure-head, {HEAD})",
    OTHER: f"var(--figure-other, {OTHER})",
}
FOCUS = "chongqing"
#: Box under words that lines may cross.
UNDER = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.6}
TINT = 0.25  # of a colour: what bounds leave open


def colour(place: str, second: str = "") -> str:
    """Colour of a place.

    Orange is Chongqing, text colour the nation; head cities (and the provinces that stand for them)
    are a darker grey than all others.  ``second`` is the place that takes the second colour, as
    does the word "second" for what is no place.
    """
    if place == FOCUS:
        return CHONGQING
    if place == "china":
        return INK
    if place in (second, "second") and place:
        return SECOND
    return HEAD if place in head_places() else OTHER


def painted(place: str) -> str:
    """Colour of a place as a page writes it: by name, so that it follows light and dark."""
    return CSS[colour(place)]


def marker(place: str) -> str:
    """Marker of a place, in matplotlib's code: a diamond for Chongqing, else a circle."""
    return "D" if place == FOCUS else "o"


@cache
def head_places() -> frozenset[str]:
    """Keys of the head cities and of their provinces."""
    from citygap.data.tables import book  # here: the style alone needs no data

    places = book.table("places")
    heads = places[places["role"] == "head"]
    return frozenset({*heads["place"], *heads["province"]})


_narrow: ContextVar[bool] = ContextVar("narrow", default=False)


def narrow() -> bool:
    """Whether the picture being drawn is the narrow one, for a phone."""
    return _narrow.get()


@contextmanager
def narrowly() -> Iterator[None]:
    """Within it, what is drawn is drawn narrow."""
    token = _narrow.set(True)
    try:
        yield
    finally:
        _narrow.reset(token)


def size(points: float) -> float:
    """Size of type that is so many points in the wide picture."""
    return max(LARGER * points, LEAST) if narrow() else points


def use() -> None:
    """Make the house style matplotlib's and seaborn's current one."""
    import seaborn as sns  # here: it takes longer to import than the rest

    fonts = ["DejaVu Sans"]
    if FONT.exists():
        font_manager.fontManager.addfont(FONT)
        fonts.insert(0, font_manager.FontProperties(fname=FONT).get_name())
    sns.set_theme(
        style="white",
        rc={
            "font.family": fonts,
            "font.size": size(9),
            "axes.titlesize": size(9),
            "axes.labelsize": size(8.5),
            "xtick.labelsize": size(8.5),
            "ytick.labelsize": size(9),
            "legend.fontsize": size(8.5),
            "text.color": INK,
            "axes.labelcolor": INK,
            "axes.edgecolor": MUTED,
            "xtick.color": MUTED,
            "ytick.color": INK,
            "xtick.labelcolor": MUTED,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": GRID,
            "grid.linewidth": 0.7,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.spines.left": False,
            "axes.linewidth": 0.7,
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            "savefig.facecolor": "none",
            "legend.frameon": False,
            "hatch.linewidth": 0.6,
            "lines.solid_capstyle": "round",
            "figure.constrained_layout.use": True,
            "svg.fonttype": "path",
        },
    )


def canvas(height: float, columns: int = 1, rows: int = 1, **options):
    """Figure and axes of the house's width; ``height`` in inches.

    In the narrow picture columns of axes stand one under the other; they are given back in the
    shape that was asked for.
    """
    use()
    if not narrow():
        return plt.subplots(rows, columns, figsize=(WIDTH, height), **options)
    figure, axes = plt.subplots(rows * columns, 1, figsize=(NARROW, height * columns), **options)
    return figure, axes.reshape(rows, columns).squeeze() if rows * columns > 1 else axes


def pictures(figure: plt.Figure, name: str, alt: str) -> tuple[str, bytes]:
    """Close ``figure`` and give it as SVG text for a page, and as PNG on white for a slide.

    Raises ValueError as :func:`to_svg` does.
    """
    svg, png = to_svg(figure, name, alt), io.BytesIO()
    figure.savefig(png, format="png", dpi=PNG_DPI, facecolor="white", metadata={"Software": None})
    return svg, png.getvalue()


def to_svg(figure: plt.Figure, name: str, alt: str) -> str:
    """Close ``figure`` and give it as SVG text that can stand in an HTML page.

    ``name`` begins every id, so that two figures on a page share none and the same figure comes out
    the same, byte for byte; ``alt`` is what a screen reader says.
    Raises ValueError if a character has no glyph in the fonts.
    """
    if narrow():
        for text in figure.findobj(Text):
            text.set_fontsize(max(text.get_fontsize(), LEAST))
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        try:
            lay_out(figure)
            figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        except UserWarning as missing:
            raise ValueError(
                f"figure {name}: {missing} Renew the font with: make font"
            ) from None
    plt.close(figure)
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.S)
    for ink, css in CSS.items():
        text = text.replace(ink, css)
    text = tidied(text, name)
    width, height = (float(v) for v in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text).groups())
    head = (
        f'<svg class="{"figure narrow" if narrow() else "figure"}" role="img" aria-label="{html.escape(alt, quote=True)}" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    )
    body = text[text.index(">") + 1 :]
    return head + re.sub(r"\n\s*", "\n", body).strip()


def tidied(svg: str, name: str) -> str:
    """A picture of matplotlib's with short ids and short coordinates.

    Ids that nothing refers to go, the others are ``name`` and a number; coordinates have two decimals,
    a hundredth of a point.  Both also keep the noise of another processor's last digits out of the
    file: matplotlib makes ids of all digits of what it draws.
    """
    used = {old: f"{name}-{n}" for n, old in enumerate(dict.fromkeys(REFERENCE.findall(svg)))}
    svg = ID.sub(lambda found: f' id="{used[found[1]]}"' if found[1] in used else "", svg)
    svg = REFERENCE.sub(lambda found: found[0].removesuffix(found[1]) + used[found[1]], svg)
    return COORDINATES.sub(lambda found: LONG.sub(_short, found[0]), svg)


def _short(number: re.Match) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def lay_out(figure: plt.Figure) -> None:
    """Put the axes of a finished figure in their places, once and for all that it is saved as.

    As long as a figure has a layout engine, matplotlib draws it twice each time that it is saved.
    """
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        with matplotlib.rc_context({"figure.constrained_layout.use": False}):
            figure.set_layout_engine(None)  # without the setting, for which "none" would be one too


def lay_out_so_far(figure: plt.Figure) -> None:
    """Put the axes of a figure that is being drawn where they stand with what is on it so far, without
    drawing: the places of marks and the sizes of words are then known."""
    figure.get_layout_engine().execute(figure)


def standalone(svg: str) -> str:
    """An inline figure as a file of its own: light colours for the page's, on white paper."""
    text = re.sub(r"var\(--[\w-]+, (#[0-9a-f]{6})\)", r"\1", svg).replace("currentColor", INK)
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    paper = f'<rect width="{box[1]}" height="{box[2]}" fill="#ffffff"/>'
    end = text.index(">") + 1
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text[:end]}{paper}{text[end:]}\n'
