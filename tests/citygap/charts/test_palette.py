"""The palette: Chongqing has a colour of its own, all others are told apart by labels.

Distances are CIEDE2000, seen as with protanopia, deuteranopia and tritanopia (Machado, Oliveira and
Fernandes 2009, severity 1) and with all three kinds of cones.  About 2.3 is just noticeable side by
side; 5 and more is told apart at a distance.
"""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from coloraide import Color

from citygap.charts import style
from citygap.charts.plots.share_bars import GREYS, REST
from citygap.charts.plots.stacked_count import FILLS as STAGES
from citygap.data.tables import book

LEAST = 6.0  # with any kind of vision
LEAST_NORMAL = 8.0
VISIONS = ("", "protan", "deutan", "tritan")
PAPERS = {"light": ("#ffffff",), "dark": ("#121212", "#14181e")}
MARKS = ("chongqing", "second", "head", "other")
WORDS = ("muted",)


def palette(root, shade: str) -> dict[str, str]:
    """The colours that the style sheet gives figures, by role."""
    sheet = (root / "press" / "static" / "book.css").read_text(encoding="utf-8")
    opening = ":root {" if shade == "light" else 'html[data-theme="dark"] {'
    block = sheet[sheet.index(opening) :].partition("}")[0]
    return dict(re.findall(r"--figure-([a-z]+): (#[0-9a-f]{6});", block))


def seen(colour: str, vision: str) -> Color:
    """A colour as a reader with this kind of vision sees it."""
    return Color(colour).filter(vision, method="machado", severity=1) if vision else Color(colour)


def closest(colours, vision: str) -> tuple[float, str, str]:
    """The two colours that are hardest to tell apart, and their distance."""
    pairs = combinations(dict.fromkeys(colours), 2)
    return min((seen(a, vision).delta_e(seen(b, vision), method="2000"), a, b) for a, b in pairs)


SETS = {
    "parts": lambda root: [fill for fill, _ in GREYS] + [REST, style.CHONGQING],
    "stages": lambda root: [fill for fill in STAGES if fill != "none"],
    "light": lambda root: [palette(root, "light")[role] for role in MARKS],
    "dark": lambda root: [palette(root, "dark")[role] for role in MARKS],
}


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", SETS)
def test_colours_of_a_picture_are_told_apart(root, name, vision):
    colours = SETS[name](root)
    assert len(set(colours)) >= 2
    distance, *pair = closest(colours, vision)
    assert distance >= (LEAST if vision else LEAST_NORMAL), (pair, round(distance, 1))


def test_the_measure_finds_two_colours_that_the_colour_blind_confuse():
    # Chengdu and Beijing as they once were: apart for most, not without the red cones.
    assert closest(["#8a63c4", "#0077bb"], "")[0] > 20 > 5 > closest(["#8a63c4", "#0077bb"], "protan")[0]


@pytest.mark.parametrize("shade", PAPERS)
@pytest.mark.parametrize("role", [*MARKS, *WORDS])
def test_marks_and_words_stand_out_from_the_paper_in_the_light_and_in_the_dark(root, role, shade):
    least = 4.5 if role in WORDS else 3
    for paper in PAPERS[shade]:
        assert Color(palette(root, shade)[role]).contrast(paper) >= least, paper


def test_the_colours_of_files_are_those_of_the_light_page(root):
    given = palette(root, "light")
    named = {css[len("var(--figure-") :].partition(",")[0]: ink for ink, css in style.CSS.items() if "var" in css}
    del named["paper"], given["paper"]  # a shade off white, so that it can be told from white
    assert named == given
    assert set(palette(root, "dark")) == {*given, "paper"}


def test_no_place_but_chongqing_is_orange_or_a_diamond():
    places = [place for place in book.table("places")["place"] if place != "chongqing"]
    assert style.colour("chongqing") == style.CHONGQING and style.marker("chongqing") == "D"
    assert {style.colour(place) for place in places} == {style.HEAD, style.OTHER, style.INK}
    assert {style.marker(place) for place in places} == {"o"}
    assert style.colour("beijing") == style.colour("guangdong") == style.HEAD
    assert style.colour("chengdu") == style.colour("sichuan") == style.OTHER
    assert style.colour("china") == style.INK


def test_the_place_that_a_title_names_has_the_second_colour():
    assert style.colour("beijing", "beijing") == style.colour("second") == style.SECOND
    assert style.colour("chongqing", "chongqing") == style.CHONGQING
    assert style.colour("", "") == style.OTHER
