"""Figures say what they show, come out the same, and are legible in light and dark."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from citygap import charts
from citygap.charts import Mark, style, year_of
from citygap.charts.axes import spread
from citygap.charts.marks import number
from citygap.charts.plots.line_plot import _kept_in
from citygap.charts.table import Table
from citygap.data.tables import book
from citygap.quantity.quantity import Quantity, read


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


@pytest.mark.slow
@pytest.mark.parametrize("way", [math.inf, -math.inf])
def test_another_processor_draws_the_same_bytes(monkeypatch, way):
    """Logarithms and powers differ between processors in their last digits."""

    def drawn():
        grown = [np.exp(k / 7) for k in range(len(marks()))]
        many = [
            replace(mark, quantity=replace(mark.quantity, low=mark.quantity.low * by, high=mark.quantity.high * by))
            for mark, by in zip(marks(), grown, strict=True)
        ]
        made = charts.forest("fig-test", "A test.", many, xlabel="number", log=True)
        return made.svg, made.csv(), json.loads(made.payload())["view"]

    before = drawn()
    for name in ("log", "log10", "log2", "exp"):
        exact = getattr(np, name)
        monkeypatch.setattr(np, name, lambda *given, exact=exact, **named: np.nextafter(exact(*given, **named), way))
    assert np.log10(100) != 2
    assert drawn() == before


def test_ids_that_nothing_refers_to_are_left_out():
    svg = style.tidied('<g id="a"><path id="h" d="M 1.23456 2"/><use href="#h" x="0.999999"/></g>', "fig-x")
    assert svg == '<g><path id="fig-x-0" d="M 1.23 2"/><use href="#fig-x-0" x="1"/></g>'


@pytest.mark.slow
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
    assert "currentColor" in svg and "var(--figure-grid" in svg and "var(--figure-chongqing" in svg
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
    from tools.readme_figure import FILE, drawn

    assert FILE.read_text(encoding="utf-8") == drawn(), "renew it with: make picture"


def test_a_bar_tells_its_value_and_a_pale_tip_what_is_left_open():
    known, open_ = (Mark(p, p, Quantity(50, high, "count")) for p, high in (("beijing", 50), ("hefei", 80)))
    drawn = charts.bars("fig-bar", "L.", [known, open_], xlabel="n")
    assert drawn.alt == "L. beijing: Beijing 50; hefei: Hefei 50 to 80."
    alone = charts.bars("fig-bar", "L.", [known, replace(open_, quantity=known.quantity)], xlabel="n")
    assert drawn.svg.count("opacity") > alone.svg.count("opacity")


def test_a_table_prints_quantities_with_their_cards_and_the_named_cell_in_bold():
    frame = pd.DataFrame([{"What": "<a>", "Year": "2024", "Beijing": Quantity(5, 5, "count")}])
    html = Table(frame, "c", [("<a>", "2024", "Beijing")])._repr_html_()
    assert "<strong><data" in html and html.count("<strong>") == 1
    assert "&lt;a&gt;" in html and "<a>" not in html


# ---------------------------------------------------------------------------------- bars and shares


def part(row: str, place: str, share: str) -> Mark:
    return Mark(row, place, read(share, "exact", "%", period="2018"))


def test_a_sliver_of_chongqing_is_seen_and_the_others_are_grey():
    drawn = [part("deals", "beijing", "42"), part("deals", "chongqing", "0.1")]
    svg = charts.share_bars("fig-x", "L.", drawn, xlabel="%").svg
    assert style.CHONGQING in svg and style.HEAD not in svg
    many = [part("deals", place, "10") for place in ("beijing", "shanghai", "wuhan", "xian", "hefei")]
    with pytest.raises(ValueError, match="fig-x: 5 places"):
        charts.share_bars("fig-x", "L.", many, xlabel="%")


def test_bars_end_at_their_value_and_a_row_without_a_number_says_so():
    drawn = [Mark("a", "hangzhou", read("10", "over", "count"), True), Mark("b", "chongqing", read("20", "exact", "count"))]
    chart = charts.bars("fig-x", "L.", drawn, xlabel="n", none={"c": "none found"})
    assert chart.alt == "L. a: Hangzhou over 10; b: Chongqing 20; c: none found."
    assert style.CHONGQING in chart.svg and style.HEAD in chart.svg


def test_a_line_may_take_the_second_colour_and_keeps_its_place():
    marks = [Mark("all", "china", read(v, "exact", "count", period=y)) for v, y in (("3", "2018"), ("4", "2019"))]
    plain = charts.lines("fig-x", "L.", marks, ylabel="n")
    lent = charts.lines("fig-x", "L.", marks, ylabel="n", like={"all": "second"})
    assert style.SECOND in lent.svg and style.SECOND not in plain.svg
    assert lent.alt == plain.alt and set(lent.data["place"]) == {"china"}


SMALL = read("10", "exact", "count")


def test_what_chance_leaves_open_is_told_beside_the_value():
    chance = Quantity(4.8, 18.4, "count")
    mark = Mark("Models", "chongqing", SMALL, False, chance)
    chart = charts.forest("fig-c", "L.", [mark], xlabel="n", log=False, most=15)
    assert f"Chongqing 10 ({chance.brief()} by chance)" in chart.alt
    assert (chart.data["chance_low"][0], chart.data["chance_high"][0]) == chance.bounds
    assert mark.ends == (4.8, 18.4) and (chart.data["low"][0], chart.data["high"][0]) == SMALL.bounds


def test_a_line_with_chance_has_a_band_and_its_values():
    days = ("2024-06-30", "2025-06-30")
    chance = Quantity(1, 20, "count")
    line = [Mark("Models", "chongqing", replace(SMALL, period=day), False, chance) for day in days]
    assert charts.lines("fig-b", "L.", line, ylabel="n").svg != charts.lines(
        "fig-b", "L.", [replace(mark, chance=None) for mark in line], ylabel="n").svg  # fmt: skip


def test_named_places_stand_beside_their_marks_with_a_line_of_reference():
    given = [Mark("r", place, read(n, "exact", "count")) for place, n in (("beijing", "9"), ("wuhan", "3"))]
    plain = charts.forest("fig-n", "L.", given, xlabel="n")
    named = charts.forest("fig-n", "L.", given, xlabel="n", named=["beijing"], reference_label="Chongqing", reference=1)
    assert plain.svg != named.svg and list(plain.data["value"]) == list(named.data["value"])
def test_named_places_stand_beside_their_marks_and_one_has_the_second_colour():
    plain, one, two = (charts.forest("fig-n", "L.", marks(), xlabel="n", named=named)
                       for named in ((), "beijing", ["beijing", "chengdu"]))  # fmt: skip
    assert style.SECOND in one.svg and style.SECOND not in plain.svg + two.svg
    assert two.svg.count("<use") > one.svg.count("<use") > 0
    assert plain.alt == one.alt == two.alt


def test_things_that_would_overlap_are_pushed_apart_about_where_they_were():
    assert spread([0, 100], [10, 10]) == [0, 100]
    assert spread([50, 50], [10, 10], gap=2) == pytest.approx([44, 56])
    found = spread([30, 0, 1, 2], [10, 10, 10, 10], gap=0)
    assert found == pytest.approx([30, -9, 1, 11])
    assert spread([], []) == []


def test_names_at_the_ends_of_lines_stay_between_the_axis_and_the_top():
    found = _kept_in([-1, 4, 99, 101], [10] * 4, floor=0, top=100)
    assert found == [5, 15, 85, 95]
    assert _kept_in([20, 50], [10, 10], floor=0, top=100) == [20, 50]


def test_a_long_published_number_is_shortened_beside_its_mark_and_a_count_is_not():
    assert number(read("22.501", "exact", "1e9 CNY")) == "22.5" and number(read("12.9", "exact", "%")) == "12.9%"
    assert number(read("12613", "exact", "count")) == "12,613"
    assert number(read("22.501", "over", "1e9 CNY")) == "over 22.501", "the publisher's words stay"


def test_other_places_are_named_once_in_the_row_that_has_most_of_them():
    given = [Mark(row, place, read(n, "exact", "count")) for row, place, n in (
        ("r", "beijing", "9"), ("r", "wuhan", "3"), ("s", "beijing", "8"), ("s", "wuhan", "4"), ("s", "xian", "2"))]  # fmt: skip
    with_two = charts.forest("fig-n", "L.", given, xlabel="n", named=["beijing"])
    with_one = charts.forest("fig-n", "L.", given[:-1], xlabel="n", named=["beijing"])
    assert drawn(with_two.narrow)[1] > drawn(with_one.narrow)[1], "names below the last row have room above the axis"
    assert with_two.svg.count("<use") > with_one.svg.count("<use")


def test_heads_stand_above_the_rows_of_their_groups():
    plain, grouped = (charts.forest("fig-g", "L.", marks(), xlabel="n", groups=groups) for groups in (None, {"deals": "money"}))
    assert style.MUTED in grouped.svg and drawn(grouped.svg)[1] > drawn(plain.svg)[1]
    assert drawn(grouped.narrow)[1] > drawn(plain.narrow)[1] and grouped.alt == plain.alt


def test_the_last_number_of_a_line_stands_behind_its_name_and_an_axis_may_start_above_zero():
    line = [Mark("all", "china", read(v, "exact", "%", period=y)) for v, y in (("92", "2018"), ("94", "2019"))]
    plain = charts.lines("fig-x", "L.", line, ylabel="n")
    told = charts.lines("fig-x", "L.", line, ylabel="n", values=True, least=90)
    ends = [[each["end"] for each in c.view["spec"]["data"]["values"] if "end" in each] for c in (plain, told)]
    assert ends == [["all"], ["all 94%"]]
    assert '"domainMin": 90' in json.dumps(told.view) and "domainMin" not in json.dumps(plain.view)


# ------------------------------------------------------------------------------- the narrow picture


def drawn(svg: str) -> tuple[float, float]:
    """Width and height of a picture, in points."""
    return tuple(float(v) for v in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())


def test_a_chart_has_a_narrow_picture_for_a_phone():
    chart = forest()
    wide, narrow = (drawn(svg)[0] for svg in (chart.svg, chart.narrow))
    assert narrow == pytest.approx(328 * 0.75) and narrow < wide
    assert f'aria-label="{chart.alt}"' in chart.narrow
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (chart.svg, chart.narrow)]
    assert ids[0] and ids[1] and not ids[0] & ids[1]


def test_no_word_of_the_narrow_picture_is_smaller_than_eleven_pixels():
    # A letter's outline is scaled from 100 units; the page shows the picture in 328 pixels.
    sizes = [float(scale) for scale in re.findall(r"scale\(([\d.]+) -[\d.]+\)", forest().narrow)]
    assert sizes and min(sizes) * 100 / 0.75 >= 11
    assert style.size(7) == 7
    with style.narrowly():
        assert style.size(7) == style.LEAST and style.size(9) / 0.75 == pytest.approx(13)
    assert not style.narrow()


def test_names_of_rows_stand_on_lines_of_their_own_in_the_narrow_picture():
    long = [Mark("Industry and construction of the whole municipality in 2023", "chongqing",
                 read("6", "exact", "count"))]  # fmt: skip
    short = [replace(long[0], row="Industry")]
    heights = [drawn(charts.forest("fig-h", "L.", each, xlabel="n", log=False).narrow)[1]
               for each in (long, short)]  # fmt: skip
    assert heights[0] > heights[1]
