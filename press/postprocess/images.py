"""A figure below a page's opening is a file, fetched when the reader comes near it.

Nine figures with their letters drawn as outlines are two thirds of a chapter, and all of them would
come before its first word can be shown.  As ``<img loading="lazy">`` each comes when it is wanted,
stays vector, is kept by the browser, and works from a disk and without scripts; width and height
leave its place open, so that nothing jumps.  A figure in the page's opening stays in the page: it
is seen at once, and a file would be one more wait.

A figure that has a narrow picture for phones offers it in a ``<picture>``: of the two widths as of
the two shades the browser fetches one.  In the page's opening both stand in the page, where they
share most of their letters and so little weight.

A picture in a file cannot see the page's colours.  So there are two, light and dark, of which the
style sheet (``light.css``) shows one; what is not shown is not fetched.  Both have the alternative
text; a reader meets the one that is shown.  In letters and lines nothing is lost against a figure
in the page: matplotlib draws letters as outlines, which could not be selected there either.

Out of scope: drawing (``citygap.charts.style``), and the card with its downloads
(``press.extensions.figure_cards``).
"""

from __future__ import annotations

import re
from pathlib import Path

from press import FIGURES as FOLDER

FIGURE = re.compile(
    r'(<figure\b[^>]*\bid="([^"]+)"[^>]*>(?:(?!</figure>).)*?)(<svg class="figure".*?</svg>)'
    r'(<svg class="figure narrow".*?</svg>)?', re.S
)  # fmt: skip
PHONE = "screen and (max-width: 480px)"  # as book.css has it
HEAD = re.compile(
    r'<svg class="figure(?: narrow)?" role="img" aria-label="([^"]*)"([^>]*?) width="([\d.]+)" '
    r'height="([\d.]+)"([^>]*)>'
)
OPENING_ENDS = "<h2"
SHADES = ("light", "dark")
CLASSES = {"figure-light", "figure-dark", "dark-light"}  # that pages get here
INK = "--pst-color-text-base"  # what the page gives a figure for currentColor
ROLES = ("muted", "grid", "paper", "chongqing", "second", "head", "other")
NEEDED = (INK, *(f"--figure-{role}" for role in ROLES))
WIDTH = 620  # of a figure on a wide screen, as book.css has it

RULE = re.compile(r"^([^{}@/]+)\{([^{}]*)\}", re.M)
MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")  # of paper, or of a narrow screen
VARIABLE = re.compile(r"(--[\w-]+):\s*([^;]+?)\s*(?:;|$)")
BOTH = {":root", "html"}


def shades(sheet: str) -> dict[str, str]:
    """The style that a picture of each shade begins with, from the variables of the style sheet.

    Raises ValueError if a variable has no value there.
    """
    styles = {}
    for shade in SHADES:
        holders = BOTH | {f"html[data-theme={quote}{shade}{quote}]" for quote in ("", '"')}
        values: dict[str, str] = {}
        for selectors, inner in RULE.findall(MEDIA.sub("", sheet)):
            if holders & {selector.strip() for selector in selectors.split(",")}:
                values.update(VARIABLE.findall(inner))
        found = {name: resolved(values, name) for name in NEEDED}
        rest = "".join(f"{name}:{found[name]};" for name in NEEDED if name != INK)
        styles[shade] = f"<style>svg{{color:{found[INK]};{rest}}}</style>"
    return styles


def resolved(values: dict[str, str], name: str) -> str:
    """The value of a variable, through those that it names.  Raises ValueError."""
    value = values.get(name)
    if value is None:
        raise ValueError(f"no style sheet gives {name} a value, which figures are drawn with")
    inner = re.fullmatch(r"var\((--[\w-]+)\)", value)
    return resolved(values, inner[1]) if inner else value


def aside(text: str, path: Path, folder: Path, styles: dict[str, str]) -> str:
    """The page with figures below its opening as files."""
    opening = text.find(OPENING_ENDS)
    if opening < 0:
        return text
    up = "../" * (len(path.relative_to(folder).parts) - 1)

    def changed(match: re.Match) -> str:
        before, name, svg, narrow = match.groups()
        head = HEAD.match(svg)
        if match.start() < opening or not head:
            return before + smaller(svg) + smaller(narrow or "") if head else match[0]
        place = f"{FOLDER}/{path.stem}"
        (folder / place).mkdir(parents=True, exist_ok=True)
        for drawn, width in ((svg, ""), (narrow, ".narrow")):
            for shade in SHADES if drawn else ():
                file = folder / place / f"{name}{width}.{shade}.svg"
                file.write_text(picture(drawn, styles[shade]), encoding="utf-8")
        alt, width, height = head[1], float(head[3]), float(head[4])
        shown = {
            shade: f'<img class="figure figure-{shade} dark-light" src="{up}{place}/{name}.{shade}.svg" '
            f'alt="{alt}" width="{WIDTH}" height="{WIDTH * height / width:.0f}" loading="lazy" '
            'decoding="async">'
            for shade in SHADES
        }
        if narrow:
            slim = HEAD.match(narrow)
            for shade, image in shown.items():
                shown[shade] = (
                    f'<picture><source media="{PHONE}" srcset="{up}{place}/{name}.narrow.{shade}.svg" '
                    f'width="{float(slim[3]):.0f}" height="{float(slim[4]):.0f}">{image}</picture>'
                )
        return before + "".join(shown.values())

    return FIGURE.sub(changed, text)


def picture(svg: str, style: str) -> str:
    """A figure of a page as the text of a file of its own, in one shade."""
    head = HEAD.match(svg)
    bare = f'<svg{head[2]} width="{head[3]}" height="{head[4]}"{head[5]}>'
    return f"{bare}{style}{smaller(svg[head.end() :])}\n"


def smaller(svg: str) -> str:
    """The same picture in fewer characters.

    matplotlib gives places to a millionth of a point; a hundredth is less than a screen can show.
    Scales, and the outlines of letters that they act on, are left as they are.
    """
    svg = re.sub(r"<!--.*?-->\n?", "", svg, flags=re.S)
    svg = re.sub(r'\b(d|x|y|width|height)="([^"]*)"', _rounded, svg)
    return re.sub(r"translate\(([^)]*)\)", lambda m: f"translate({_short(m[1])})", svg)


def _rounded(match: re.Match) -> str:
    return f'{match[1]}="{_short(match[2])}"'


def _short(numbers: str) -> str:
    """The numbers in a text with two decimals at most."""
    return re.sub(r"-?\d+\.\d+(?![\de])", lambda m: f"{round(float(m[0]), 2):g}", numbers).replace(
        "\n", " "
    )
