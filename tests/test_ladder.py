"""The ladder, AI against the rest, movement, houses and funds, against values worked by hand."""

from __future__ import annotations

import pytest

from citygap import capital, charts, funds, houses, ladder, movement, rest
from citygap.answers import Answer
from citygap.quantity import exactly, read
from citygap.tables import NoObservation, book


def test_a_complete_list_has_exact_measures():
    found = ladder.step("AI unicorns, 2022", ladder.ALL_UNICORNS)  # 10, 4, 4 and 2 of 20
    assert found["hhi"].middle == pytest.approx((100 + 16 + 16 + 4) / 400)
    assert found["effective"].middle == pytest.approx(400 / 136)
    assert found["cr4"].middle == pytest.approx(100)
    # 2 (1*2 + 2*4 + 3*4 + 4*10) / (4 * 20) - 5/4
    assert found["gini"].middle == pytest.approx(2 * 62 / 80 - 1.25)


def test_the_four_largest_where_three_are_published():
    shares = [exactly(s) for s in (0.4, 0.2, 0.1)]
    assert ladder.four_bounds(shares).bounds == pytest.approx((0.7, 0.8))  # the fourth: 0 to 0.1
    nearly_all = [exactly(s) for s in (0.5, 0.3, 0.15)]
    assert ladder.four_bounds(nearly_all).bounds == pytest.approx((0.95, 1.0))  # 0.05 is left
    many = [exactly(s) for s in (0.3, 0.2, 0.1, 0.1, 0.1)]
    assert ladder.four_bounds(many).bounds == pytest.approx((0.7, 0.7))


def test_a_tally_whose_total_is_in_doubt_is_as_wide_as_the_doubt():
    found = ladder.step("AI money to 2020", ladder.OTHERS)["hhi"]
    # over 2,037 the three have at least 0.36, 0.15 and 0.09; over 2,378 the rest may be dust
    low = (735 / 2378) ** 2 + (305 / 2378) ** 2 + (183 / 2378) ** 2
    high = (745 / 2037) ** 2 + (307 / 2037) ** 2 + (185 / 2037) ** 2
    assert low * 0.98 < found.low < low * 1.02 and found.high > high


def test_provinces_are_the_thirty_one_of_the_mainland():
    assert ladder.provinces() == 31


def test_without_the_giant_its_city_keeps_what_its_other_unicorns_are_worth():
    # Beijing's 196 less about 180 (175 to 185) is 11 to 21; its nine others are worth 9 at least
    rest_ = [7, 5, 6]
    ends = [sum(v * v for v in (x, *rest_)) / (x + 18) ** 2 for x in (10.5, 21.5)]
    found = ladder.without_giant()["hhi"]
    assert found.low == pytest.approx(min(ends), rel=0.03)
    assert found.high == pytest.approx(max(ends), rel=0.03)
    assert ladder.GIANT_AS_LISTED in found.caveat and "axios2020" in found.sources


def test_without_the_city_of_the_giant_there_is_nothing_to_measure():
    with book.leaving_out(lambda row: row.get("place") == "beijing"), pytest.raises(NoObservation):
        ladder.without_giant()


def test_an_unknown_rung_is_named():
    with pytest.raises(NoObservation, match="AI wishes"):
        ladder.step("AI wishes")


def test_every_row_of_the_figure_is_one_rung():
    shown = ladder.panels()
    rows = [mark.row for mark in shown["effective"]]
    assert len(rows) == len(set(rows)) and set(ladder.breaks()) & set(rows)
    assert charts.measures("fig-x", "L.", shown, titles={"effective": "a", "cr4": "b"}).alt.startswith(
        "L. AI firms, 2018, a: China 5.64"
    )


# ------------------------------------------------------------------------------------ the rest


def test_five_largest_of_the_list_of_deals():
    # Beijing 412, Shanghai 174, Shenzhen 154, Hangzhou 69, Nanjing 28 of 985
    assert rest.ai_deals().middle == pytest.approx(100 * 837 / 985)


def test_the_american_index_holds_the_published_shares():
    shares = [33.2, 10.99, 16.25, 11.5, 8.62, 2.42, 2.28, 2.04, 1.55, 1.52, 1.37]
    known = sum((s / 100) ** 2 for s in shares)
    assert known * 0.995 < rest.us_index().low < known and rest.us_index().high < known * 1.02


def test_movement_tells_up_down_and_open():
    shift = charts.Shift("r", "beijing", exactly(40, "%"), exactly(39, "%"))
    assert (shift.rose, shift.fell) == (Answer.NO, Answer.YES)
    wide = charts.Shift("r", "beijing", read("40", "about", "%"), read("40", "over", "%"))
    assert movement.tally([shift, wide]) == (0, 1, 1)


def test_a_series_that_lost_a_date_is_left_out():
    whole = len(movement.in_china())
    with book.leaving_out(lambda row: row["source"] == "github2026d"):
        assert len(movement.in_china()) == whole - 2


def test_rank_correlation_by_hand():
    part = lambda **of: {k: exactly(v, "count") for k, v in of.items()}  # noqa: E731
    assert movement.rank_correlation(part(a=3, b=2, c=1), part(a=30, b=20, c=10)).middle == (
        pytest.approx(1)
    )
    assert movement.rank_correlation(part(a=3, b=2, c=1), part(a=1, b=2, c=3)).middle == (
        pytest.approx(-1)
    )
    # d is absent from the first list: ranks 3, 2, 1 become 4, 3, 2, 1 against 4, 3, 1, 2
    found = movement.rank_correlation(part(a=9, b=5, c=2), part(a=9, b=5, c=1, d=2))
    assert found.middle == pytest.approx(1 - 6 * 2 / (4 * 15))


def test_ties_do_not_cost_a_place_its_lead():
    assert movement.years_leading(["beijing"]) == 6
    assert movement.years_leading(capital.HEAD_FOUR) == 6  # 2013: Shenzhen and Changzhou have 2


def test_the_worlds_index_is_open_by_what_is_not_in_the_tables():
    q = movement.world_index("2024")
    world, parts = 217.021, [148.345, 13.876, 5.691, 4.248, 4.941, 5.136, 5.227, 1.353]
    low = sum((p / world) ** 2 for p in parts)
    assert q.low == pytest.approx(low, rel=1e-3)
    assert q.high == pytest.approx(low + (1 - sum(parts) / world) ** 2, rel=1e-2)


# ------------------------------------------------------------------------------- houses and funds


def test_yuan_become_dollars_at_the_span_of_the_rates():
    found = houses.in_dollars(book.observe("china", "vc_amount_itjuzi_wide_2026", "2024"))
    assert found.unit == "1e9 USD" and houses.AT_RATE in found.caveat
    assert found.low == pytest.approx(121.802 / 7.2807, rel=1e-4)
    assert found.high == pytest.approx(121.802 / 7.0881, rel=1e-4)


def test_a_total_from_three_regions_keeps_the_reason():
    assert 649.3 / 0.775 in houses.ccid() and houses.FROM_PARTS in houses.ccid().caveat


def test_totals_of_one_year_are_ordered_and_the_doubtful_are_hollow():
    marks = houses.of_2024()
    assert [mark.middle for mark in marks] == sorted((m.middle for m in marks), reverse=True)
    assert {mark.row.split(",")[0] for mark in marks if mark.hollow} == {"OECD.AI", "CSET"}


def test_a_fund_with_other_fields_says_so_and_is_hollow():
    for fund in funds.MIXED:
        assert fund.mark().hollow and funds.FIELDS in fund.mark().quantity.caveat
    assert not funds.NATION.mark().hollow
    assert funds.state_regions().middle == pytest.approx(471 + 296.46 + 450.5)


# ---------------------------------------------------------------------------- charts and capital


def test_a_rank_size_exponent_covers_its_standard_errors():
    part = {f"p{i}": exactly(100 / (i + 0.5), "count") for i in range(30)}  # Zipf's law itself
    found = capital.tail(part)
    error = (2 / 20) ** 0.5
    assert found.bounds == pytest.approx((1 - 1.96 * error, 1 + 1.96 * error))


def test_places_without_anything_count_as_zeros():
    part = {"a": exactly(3, "count"), "b": exactly(1, "count")}
    assert capital.over_all(part, ["a", "x", "b"]).tolist() == [3, 0, 1]
    # 0, 1, 3: 2 (1*0 + 2*1 + 3*3) / (3 * 4) - 4/3
    found = capital.summary_over(part, ["a", "x", "b"], ladder.concentration.gini)
    assert found.middle == pytest.approx(22 / 12 - 4 / 3)


def test_a_shift_shows_both_dates_and_an_open_one_has_no_arrow():
    first = read("40", "exact", "%", period="2018", place="beijing")
    told = charts.Shift("up", "beijing", first, read("50", "exact", "%", period="2020"))
    open_ = charts.Shift("open", "beijing", first, read("40", "about", "%", period="2020"))
    chart = charts.shifts("fig-x", "L.", [told, open_], xlabel="%", most=100)
    assert "up, 2018: Beijing 40%; up, 2020: Beijing 50%" in chart.alt
    assert list(chart.data["hollow"]) == ["yes", "no", "yes", "no"]
    alone = charts.shifts("fig-x", "L.", [open_], xlabel="%", most=100)
    assert chart.svg.count("patch") > alone.svg.count("patch"), "the arrow is missing"


def test_a_line_may_borrow_a_colour_and_keeps_its_place():
    marks = [charts.Mark("all", "china", read(v, "exact", "count", period=y))
             for v, y in (("3", "2018"), ("4", "2019"))]  # fmt: skip
    plain = charts.lines("fig-x", "L.", marks, ylabel="n")
    lent = charts.lines("fig-x", "L.", marks, ylabel="n", like={"all": "beijing"})
    assert "#0077bb" in lent.svg and "#0077bb" not in plain.svg
    assert lent.alt == plain.alt and set(lent.data["place"]) == {"china"}


def test_the_largest_places_are_those_of_one_list():
    def reading(place: str, source: str):
        return read("3", "exact", "count", place=place, sources=[source])

    one = [reading("a", "x"), reading("b", "x")]
    assert ladder.of_one_list([*one, reading("c", "y")]) == one
    assert ladder.of_one_list([]) == []


def test_the_widest_ratio_of_totals_rests_on_all_of_them():
    totals = [
        read(value, "exact", "1e9 USD", period="2024", rows=[value]) for value in ("10", "40", "20")
    ]
    found = houses.widest(totals)
    assert 4 in found and set(found.rows) == {"10", "20", "40"} and found.made_by == "houses.widest"
