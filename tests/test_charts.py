"""Figures say what they show, come out the same, and are legible in light and dark."""

from __future__ import annotations

import re

import pytest

from citygap import charts, style
from citygap.charts import Mark, year_of
from citygap.quantity import read
from citygap.tables import book

WHITE, NIGHT = "#ffffff", "#14181e"


def marks() -> list[Mark]:
    return [
        Mark("firms", "chongqing", read("6", "exact", "count", period="2018")),
        Mark("firms", "beijing", read("265", "exact", "count", period="2018")),
        Mark("deals", "beijing", read("400", "over", "count", period="2018")),
        Mark("deals", "chengdu", read("9", "at_least", "count", period="2018"), True),
    ]


def forest(name="fig-test") -> charts.Chart:
    return charts.forest(name, "A test.", marks(), xlabel="number", reference=1)


def test_the_same_figure_comes_out_the_same():
    assert forest().svg == forest().svg


def test_two_figures_on_a_page_share_no_id():
    ids = [re.findall(r'\bid="([^"]+)"', forest(name).svg) for name in ("fig-a", "fig-b")]
    assert ids[0] and not set(ids[0]) & set(ids[1])
    for name, found in zip(("fig-a", "fig-b"), ids):
        assert len(found) == len(set(found))
        svg = forest(name).svg
        targets = set(re.findall(r'href="#([^"]+)"', svg)) | set(re.findall(r"url\(#([^)]+)\)", svg))
        assert targets <= set(found), "a reference leads nowhere"


def test_the_alternative_text_gives_the_values():
    alt = forest().alt
    assert alt == (
        "A test. firms: Chongqing 6, Beijing 265; deals: Beijing over 400, Chengdu at least 9."
    )
    assert f'aria-label="{alt}"' in forest().svg


def test_the_table_under_a_figure_lists_what_was_drawn():
    table = forest().shown()
    assert list(table["Value"]) == ["6", "265", "over 400", "at least 9"]
    assert list(table["High"])[-1] == "open"


def test_nothing_from_data_reaches_the_page_unescaped():
    bad = [Mark('<b>"x"</b>', "chongqing", read("6", "exact", "count"))]
    html = charts.forest("fig-x", "L.", bad, xlabel="n", log=False)._repr_html_()
    assert "<b>" not in html and "&lt;b&gt;" in html


def test_ink_follows_the_theme_of_the_page():
    svg = forest().svg
    assert "currentColor" in svg and "var(--figure-grid" in svg
    for ink in style.CSS:
        assert f"fill: {ink}" not in svg and f"stroke: {ink}" not in svg


def test_chinese_labels_are_drawn():
    labelled = [Mark(charts.both_names("chongqing"), "chongqing", read("6", "exact", "count"))]
    chart = charts.forest("fig-zh", "L.", labelled, xlabel="n", log=False)
    assert "重庆" in chart.alt


def test_a_missing_glyph_is_an_error_that_names_the_figure():
    labelled = [Mark("\u12a0", "chongqing", read("6", "exact", "count"))]
    with pytest.raises(ValueError, match="figure fig-odd: Glyph .* make font"):
        charts.forest("fig-odd", "L.", labelled, xlabel="n", log=False)


def luminance(colour: str) -> float:
    """Relative luminance of a colour, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, WCAG 2.2: 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("place", [*style.COLOURS, "elsewhere"])
def test_marks_stand_out_on_white_and_on_night(place):
    assert contrast(style.colour(place), WHITE) >= 3
    assert contrast(style.colour(place), NIGHT) >= 3


def test_every_place_with_a_colour_has_a_marker_of_its_own():
    assert set(style.COLOURS) == set(style.MARKERS)
    assert len(set(style.MARKERS.values())) == len(style.MARKERS)


@pytest.mark.parametrize(
    ("period", "year"),
    [("2024", 2024.5), ("2025H1", 2025.25), ("2024Q4", 2024.875), ("2025-01/2025-09", 2025.375),
     ("2023/2024", 2024.0), ("2024-06", 2024 + 5.5 / 12)],
)
def test_periods_have_a_place_on_the_axis_of_years(period, year):
    assert year_of(period) == pytest.approx(year)


def test_an_open_start_has_no_place_on_the_axis():
    with pytest.raises(ValueError, match="has no start"):
        year_of("../2020-12")


def test_lines_are_named_at_their_ends_and_plans_are_dashed():
    line = [Mark("Chengdu", "chengdu", book.observe("chengdu", "ai_industry_scale", "2023")),
            Mark("Chengdu", "chengdu", book.target("chengdu", "ai_industry_scale", "2024"), True)]
    svg = charts.lines("fig-l", "L.", line, ylabel="y").svg
    assert "stroke-dasharray" in svg


def test_the_picture_of_the_readme_shows_the_present_data():
    from press.picture import FILE, drawn

    assert FILE.read_text(encoding="utf-8") == drawn(), "renew it with: make picture"
