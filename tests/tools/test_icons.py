"""Icons: a page names none that the book does not have, and each is drawn."""

from __future__ import annotations

import re

import pytest

from tools.icons import FILE, ICONS, SET_BY_STYLE, Unknown, mask, outlines, sheet

SIZES = {"fa-lg"}  # say how, not what
STYLES = {"fa-solid", "fa-regular", "fa-brands"}


def test_the_sheet_is_what_the_theme_gives_today():
    assert FILE.read_text(encoding="utf-8") == sheet(), "renew it with: make icons"


def test_the_sheet_names_licence_and_source():
    head = FILE.read_text(encoding="utf-8")[:300]
    assert "Font Awesome Free 6." in head and "CC BY 4.0" in head


def test_an_icon_has_its_own_width_and_all_its_names():
    known = outlines('x:{"arrow-up":[384,512,[8593],"f062","M1 2z"],sun:[512,512,["day"],"f185","M3z"]}')
    assert known["arrow-up"] == (384, 512, "M1 2z") and known["day"] == known["sun"]
    assert mask(known, "arrow-up").startswith("--wide: 0.75; ") and "M1 2z" in mask(known, "arrow-up")
    with pytest.raises(Unknown, match="no icon moon"):
        mask(known, "moon")


@pytest.mark.book
def test_every_icon_that_a_page_names_is_in_the_sheet(html):
    css = (html / "_static" / "all.css").read_text(encoding="utf-8")
    named = set()
    for path in html.rglob("*.html"):
        for value in set(re.findall(r'class="([^"]*\bfa-[^"]*)"', path.read_text(encoding="utf-8"))):
            named.update(word for word in value.split() if word.startswith("fa-"))
    for script in html.rglob("*.js"):
        named.update(re.findall(r"\bfa-(?!solid|regular|brands)[a-z][a-z-]+",
                                script.read_text(encoding="utf-8")))  # fmt: skip
    named = {name if name.startswith("fa-") else f"fa-{name}" for name in named} - SIZES - STYLES
    assert len(named) >= 8
    lacking = [name for name in sorted(named) if not re.search(rf"\.{name}\b[^{{}}]*\{{--wide", css)]
    assert not lacking, f"add to ICONS in tools/icons.py, then: make icons ({lacking})"
    assert not list(html.rglob("fa-*.woff2")) and "@font-face" not in css


@pytest.mark.book
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_icon_in_view_is_drawn_in_the_colour_of_its_words(open_page, scheme, width):
    page = open_page("chapters/gap-diagnosis.html", width, color_scheme=scheme)
    found = page.evaluate(
        """() => [...document.querySelectorAll('[class*="fa-"]')].map(icon => {
            const style = getComputedStyle(icon), box = icon.getBoundingClientRect();
            return {name: icon.className, shown: icon.checkVisibility(), wide: box.width,
                    tall: box.height, mask: style.maskImage, paint: style.backgroundColor,
                    words: style.color}; })"""
    )
    shown = [icon for icon in found if icon["shown"]]
    assert len(shown) >= 5
    for icon in shown:
        assert icon["mask"].startswith('url("data:image/svg+xml'), icon
        assert icon["paint"] == icon["words"] and icon["wide"] > 5 and icon["tall"] > 9, icon


def test_icons_set_by_the_theme_s_sheet_are_replaced_too():
    assert {name for name in SET_BY_STYLE.values()} & {"circle-info", "triangle-exclamation"}
    assert len(ICONS) == len(set(ICONS))
