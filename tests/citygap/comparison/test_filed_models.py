"""The panel of the filing lists: by hand on a small one, and recomputed on the book's own."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict

import pytest
from scipy import stats

from citygap.comparison import filed_models as panel
from citygap.data.tables import DATA, NoObservation, book
from citygap.quantity.quantity import NotComparable
from tests.small_tables import observed

FIRST, LAST = "2024-03-28", "2026-08-31"


def entries(table, column, rows):
    return {table: [
        {"period": day, "place": place, column: n, "source": "s"} for day, place, n in rows
    ]}  # fmt: skip


@pytest.fixture
def small(made_up):
    """Two days: of six models four of Beijing's; then of twenty, ten, two and two at a tie."""
    return made_up(
        **entries("filed_models_by_place", "models", [
            ("2024-06-30", "beijing", 4), ("2024-06-30", "sichuan", 2),
            ("2025-06-30", "beijing", 10), ("2025-06-30", "sichuan", 2),
            ("2025-06-30", "chongqing", 2), ("2025-06-30", "central_enterprises", 6),
        ]),
        **entries("registered_apps_by_place", "apps", [("2025-06-30", "beijing", 3)]),
        **entries("filed_models_by_city", "models", [
            ("2025-06-30", "beijing", 10), ("2025-06-30", "chengdu", 1),
            ("2025-06-30", "sichuan", 1), ("2025-06-30", "chongqing", 2),
            ("2025-06-30", "central_enterprises", 6),
        ]),
        observations=[observed("china", "gdp_census5", "2024", "1000.000", unit="1e8 CNY"),
                      observed("chongqing", "gdp_census5", "2024", "50.000", unit="1e8 CNY"),
                      observed("china", "resident_population", "2024", "200.000"),
                      observed("chongqing", "resident_population", "2024", "5.000")],
    )  # fmt: skip


def test_a_place_without_an_entry_has_an_exact_zero_on_its_day(small):
    q = panel.count("chongqing", "2024-06-30")
    assert (q.bounds, q.place, q.period) == ((0, 0), "chongqing", "2024-06-30")
    with pytest.raises(NoObservation):
        panel.count("chongqing", "2024-07-01")


def test_the_table_of_counts_has_every_place_on_every_day_the_largest_first(small):
    table = panel.counts()
    assert list(table.columns) == ["2024-06-30", "2025-06-30"]
    assert list(table.index) == ["beijing", "central_enterprises", "chongqing", "sichuan"]
    assert table.map(lambda q: q.low).to_numpy().tolist() == [[4, 10], [0, 6], [0, 2], [2, 2]]


def test_shares_are_of_the_nation_with_its_central_enterprises(small):
    assert panel.nation("2025-06-30").bounds == (20, 20)
    shares = panel.shares()
    assert shares.loc["beijing", "2024-06-30"].bounds == pytest.approx((100 * 4 / 6,) * 2)
    assert shares.loc["beijing", "2025-06-30"].bounds == pytest.approx((50, 50))
    one = panel.share("chongqing", "2025-06-30")
    assert one.bounds == pytest.approx((10, 10)) and (one.unit, one.place) == ("%", "chongqing")


def test_what_is_new_between_two_days_is_the_difference(small):
    new = panel.flow("2024-06-30", "2025-06-30")
    assert {p: q.low for p, q in new.items()} == {
        "beijing": 6, "central_enterprises": 6, "chongqing": 2, "sichuan": 0,
    }  # fmt: skip
    assert new["beijing"].period == "2024-06-30/2025-06-30"
    shares = panel.flow_shares("2024-06-30", "2025-06-30")
    assert shares["beijing"].bounds == pytest.approx((100 * 6 / 14,) * 2)
    assert panel.flow("", "2024-06-30")["beijing"].bounds == (4, 4)
    with pytest.raises(ValueError, match="nothing is filed after"):
        panel.flow("2025-06-30", "2024-06-30")


def test_ties_share_their_ranks_and_central_enterprises_have_none(small):
    ranks = panel.ranks("2025-06-30")
    assert "central_enterprises" not in ranks.index
    assert ranks.loc["chongqing", ["first", "last", "tied"]].tolist() == [2, 3, 2]
    assert ranks.loc["beijing", ["first", "last", "tied"]].tolist() == [1, 1, 1]


def test_what_a_place_would_have_at_its_share_in_output(small):
    weight = panel.weight_in_output("chongqing")
    assert weight.bounds == pytest.approx((0.05, 0.05), rel=1e-4)
    assert panel.weight_in_residents("chongqing").middle == pytest.approx(0.025, rel=1e-3)
    with pytest.raises(NoObservation):
        panel.weight_in_residents("sichuan")
    q = panel.expected(weight, "2025-06-30")
    assert q.bounds == pytest.approx((1, 1), rel=1e-4) and q.unit == "count"
    table = panel.series()
    assert table.loc["2025-06-30", "expected"].bounds == pytest.approx((1, 1), rel=1e-4)
    assert table.loc["2024-06-30", "count"].bounds == (0, 0)
    assert table.loc["2024-06-30", "by_chance"].high == pytest.approx(3.689, abs=1e-3)


def test_a_city_has_at_least_its_own_and_at_most_those_whose_city_is_unknown(small):
    assert panel.in_cities(["chengdu"], "2025-06-30").bounds == (1, 2)
    assert panel.in_cities(["mianyang"], "2025-06-30").bounds == (0, 1)
    assert panel.in_cities(["beijing"], "2025-06-30").bounds == (10, 10)
    # those without a city may be one city's or the other's: they count once
    assert panel.in_cities(["chengdu", "mianyang", "beijing"], "2025-06-30").bounds == (11, 12)
    found = panel.share_of_cities("2025-06-30", ["chengdu", "beijing"])
    assert found.bounds == pytest.approx((55, 60)) and "city is not known" in found.caveat
    # a city outside the list of a province without doubtful models has none
    assert panel.in_cities(["nanjing"], "2025-06-30").bounds == (0, 0)


def test_filed_and_registered_are_never_added_up(small):
    with pytest.raises(NotComparable):
        apps = panel.count("beijing", "2025-06-30", panel.REGISTERED)
        panel.count("beijing", "2025-06-30") + apps


def test_no_multiple_of_nothing(small):
    with pytest.raises(ValueError, match="chongqing has no entry on 2024-06-30"):
        panel.multiple("beijing", "2024-06-30")
    assert panel.multiple("beijing", "2025-06-30").bounds == pytest.approx((5, 5))


# ------------------------------------------------- the book's own, recomputed from the file


def read(name, column):
    """Counts of a file by day and place, without the book's code."""
    found = defaultdict(dict)
    with (DATA / "distributions" / name).open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[row["period"]][row["place"]] = int(row[column])
    return found


@pytest.fixture(scope="module")
def filed():
    return read("filed_models_by_place.csv", "models")


def test_lists_only_grow_and_add_up_to_their_last_running_number(filed):
    last = [117, 188, 252, 302, 346, 439, 538, 611, 748, 796, 868, 988, 1105]
    assert [sum(filed[day].values()) for day in sorted(filed)] == last
    apps = read("registered_apps_by_place.csv", "apps")
    for lists in (filed, apps):
        days = sorted(lists)
        for before, after in zip(days, days[1:]):
            assert all(lists[after].get(p, 0) >= n for p, n in lists[before].items())


def test_cities_and_the_unplaced_add_up_to_their_province(filed):
    with (DATA / "distributions" / "filed_models_by_city.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert all(int(row["models_by_seat"]) <= int(row["models"]) for row in rows)
    for day, by_place in filed.items():
        found = Counter()
        for row in rows:
            if row["period"] == day:
                place = row["place"]
                home = place if place == panel.NO_PLACE else book.province(place)
                found[home] += int(row["models"])
        assert dict(found) == by_place, day


def test_what_other_rows_of_the_book_count_on_these_days_agrees(filed):
    """Rows that count the same lists, and the national counts that agencies printed."""
    seen = 0
    for row in book.rows("observations", indicator="models_filed"):
        if row["period"] in filed and (row["source"] == "cac-2026c" or row["place"] == "china"):
            of = filed[row["period"]]
            n = sum(of.values()) if row["place"] == "china" else of.get(row["place"], 0)
            assert int(row["value"]) == n, row
            seen += 1
    assert seen > 70


def test_headlines_of_the_panel(filed):
    """The shares and ranks that chapters print, by plain arithmetic on the file."""
    for day, of in filed.items():
        whole = sum(of.values())
        for place in ("beijing", "chongqing", "sichuan"):
            share = panel.share(place, day)
            assert share.bounds == pytest.approx((100 * of.get(place, 0) / whole,) * 2)
    assert panel.share("beijing", FIRST).middle == pytest.approx(43.6, abs=0.05)
    assert panel.share("beijing", LAST).middle == pytest.approx(26.6, abs=0.05)
    assert panel.share("chongqing", FIRST).middle == pytest.approx(1.7, abs=0.05)
    assert panel.share("chongqing", LAST).middle == pytest.approx(0.9, abs=0.05)
    assert panel.share_of_cities(FIRST).low == pytest.approx(100 * 99 / 117)
    assert panel.share_of_cities(LAST).low == pytest.approx(100 * 728 / 1105)
    lowest = min(panel.days(), key=lambda day: panel.share("chongqing", day).low)
    assert lowest == "2025-11-01"


@pytest.mark.parametrize(("day", "first", "last"), [
    (FIRST, 5, 9), ("2025-11-01", 16, 17), (LAST, 11, 13),
])  # fmt: skip
def test_the_ranks_of_chongqing_by_sorting(filed, day, first, last):
    of = {place: n for place, n in filed[day].items() if place != panel.NO_PLACE}
    order = sorted(of.values(), reverse=True)
    own = of["chongqing"]
    assert (order.index(own) + 1, len(order) - order[::-1].index(own)) == (first, last)
    row = panel.ranks(day).loc["chongqing"]
    assert (row["first"], row["last"]) == (first, last)


def test_intervals_of_the_panel_by_quantiles(filed):
    n, of = filed[LAST]["chongqing"], sum(filed[LAST].values())
    assert panel.count_by_chance("chongqing", LAST).bounds == pytest.approx(
        (stats.chi2.ppf(0.025, 2 * n) / 2, stats.chi2.ppf(0.975, 2 * n + 2) / 2))
    assert panel.share_by_chance("chongqing", LAST).bounds == pytest.approx(
        (100 * stats.beta.ppf(0.025, n, of - n + 1), 100 * stats.beta.ppf(0.975, n + 1, of - n)))
    a = filed[LAST]["sichuan"]
    low, high = stats.beta.ppf(0.025, a, n + 1), stats.beta.ppf(0.975, a + 1, n)
    assert panel.multiple_by_chance("sichuan", LAST).bounds == pytest.approx(
        (low / (1 - low), high / (1 - high)))
    # the share in output lies above the whole interval on the last day
    share, weight = panel.share_by_chance("chongqing", LAST), panel.weight_in_output("chongqing")
    assert share.high / 100 < weight.low
