"""The house style of the figures: colours, type, and an SVG that fits its page.

A figure is drawn once and printed inside the page, so that it follows the page's theme: the ink
colours below are replaced by CSS (``currentColor`` and custom properties), the marks keep theirs,
which are legible on white and on near-black.  Text is drawn as outlines, so that a reader without
Chinese fonts sees what we saw.

Out of scope: what is drawn (``charts``) and captions (the chapters).
"""

from __future__ import annotations

import html
import io
import re
import warnings
from pathlib import Path

import matplotlib

matplotlib.use("Agg", force=False)  # figures are files: no screen is needed

import matplotlib.pyplot as plt
from matplotlib import font_manager

FONT = Path(__file__).parent / "fonts" / "NotoSansSC-subset.ttf"
WIDTH = 5.4  # inches; 9-point type stays readable when a phone shows the figure 360 pixels wide
PNG_DPI = 220  # 1188 pixels across: sharp on a slide, about 60 kB

INK, MUTED, GRID, PAPER = "#1f2933", "#5b6771", "#d3d9de", "#fefefe"
CSS = {
    INK: "currentColor",
    MUTED: "var(--figure-muted, #5b6771)",
    GRID: "var(--figure-grid, #d3d9de)",
    PAPER: "var(--figure-paper, #fefefe)",
}

#: Colours of the places that figures tell apart (3:1 or better on white and on near-black);
#: every one has a marker of its own too, so that colour never carries meaning alone.  Any two are
#: told apart with each of the three colour-vision deficiencies (tests/test_palette.py).
COLOURS = {
    "chongqing": "#d5490b",
    "chengdu": "#9879eb",
    "xian": "#9f9241",
    "wuhan": "#0fa26b",
    "hefei": "#709186",
    "beijing": "#0077bb",
    "shanghai": "#218419",
    "shenzhen": "#87674c",
    "hangzhou": "#c43892",
}
MARKERS = {
    "chongqing": "D",
    "chengdu": "o",
    "xian": "s",
    "wuhan": "v",
    "hefei": "^",
    "beijing": "P",
    "shanghai": "X",
    "shenzhen": "p",
    "hangzhou": "h",
}
OTHER = "#697176"


def colour(place: str) -> str:
    """Colour of a place; grey for all that figures do not tell apart."""
    return COLOURS.get(place, OTHER)


def marker(place: str) -> str:
    """Marker of a place, in matplotlib's code."""
    return MARKERS.get(place, "o")


def use() -> None:
    """Make the house style matplotlib's and seaborn's current one."""
    import seaborn as sns  # here: it takes longer to import than the rest

    fonts = ["DejaVu Sans"]
    if FONT.exists():
        font_manager.fontManager.addfont(FONT)
        fonts.append(font_manager.FontProperties(fname=FONT).get_name())
    sns.set_theme(
        style="white",
        rc={
            "font.family": fonts,
            "font.size": 9,
            "axes.titlesize": 9,
            "axes.labelsize": 9,
            "xtick.labelsize": 8.5,
            "ytick.labelsize": 9,
            "legend.fontsize": 8.5,
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
    """Figure and axes of the house's width; ``height`` in inches."""
    use()
    return plt.subplots(rows, columns, figsize=(WIDTH, height), **options)


def pictures(figure: plt.Figure, name: str, alt: str) -> tuple[str, bytes]:
    """Close ``figure`` and give it as SVG text for a page, and as PNG on white for a slide.

    Raises ValueError as :func:`to_svg` does.
    """
    svg, png = to_svg(figure, name, alt), io.BytesIO()
    figure.savefig(png, format="png", dpi=PNG_DPI, facecolor="white", metadata={"Software": None})
    return svg, png.getvalue()


def to_svg(figure: plt.Figure, name: str, alt: str) -> str:
    """Close ``figure`` and give it as SVG text that can stand in an HTML page.

    ``name`` seeds and prefixes every id, so that two figures on a page share none and the same
    figure comes out the same, byte for byte; ``alt`` is what a screen reader says.
    Raises ValueError if a character has no glyph in the fonts.
    """
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        try:
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
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'href="#', f'href="#{name}-', text)
    text = re.sub(r"url\(#", f"url(#{name}-", text)
    width, height = (float(v) for v in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text).groups())
    head = (
        f'<svg class="figure" role="img" aria-label="{html.escape(alt, quote=True)}" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    )
    body = text[text.index(">") + 1 :]
    return head + re.sub(r"\n\s*", "\n", body).strip()


def standalone(svg: str) -> str:
    """An inline figure as a file of its own: light colours for the page's, on white paper."""
    text = re.sub(r"var\(--[\w-]+, (#[0-9a-f]{6})\)", r"\1", svg).replace("currentColor", INK)
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    paper = f'<rect width="{box[1]}" height="{box[2]}" fill="#ffffff"/>'
    end = text.index(">") + 1
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text[:end]}{paper}{text[end:]}\n'
