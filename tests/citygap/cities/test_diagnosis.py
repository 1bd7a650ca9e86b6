"""The diagnosis of any city is that of Chongqing with another city in its place."""

from __future__ import annotations

import math

import pytest

from citygap import front_page
from citygap.cities import diagnosis
from citygap.comparison import comparable_counts, filed_models
from citygap.data.tables import book
from citygap.gap import tables
from citygap.quantity.quantity import reading_rules

CITIES = diagnosis.main_cities()


@pytest.fixture(scope="module")
def base() -> diagnosis.Known:
    return diagnosis.known()


@pytest.fixture(scope="module")
def all_of_them(base) -> dict[str, diagnosis.Diagnosis]:
    return {place: diagnosis.diagnosis(place, base) for place in CITIES}


def test_there_are_fourteen_main_cities_chongqing_first():
    assert len(CITIES) == 14 and CITIES[0] == "chongqing"


def test_the_multiples_of_chongqing_are_those_of_the_chapter(all_of_them):
    marks = comparable_counts.multiples(diagnosis.PEERS + diagnosis.HEADS)
    assert len(marks) > 50
    found = {(c.yardstick.label, c.place): c for c in all_of_them["chongqing"].comparisons}
    for mark in marks:
        own = found[mark.row, mark.place]
        assert own.quantity.bounds == mark.quantity.bounds, mark
        assert own.mark.hollow == mark.hollow, mark


def test_the_span_of_the_head_cities_is_that_of_the_chapter(all_of_them):
    marks = comparable_counts.multiples(diagnosis.PEERS + diagnosis.HEADS)
    assert all_of_them["chongqing"].heads.bounds == comparable_counts.span(marks, diagnosis.HEADS).bounds


def test_two_cities_see_one_another_upside_down(all_of_them):
    compared = 0
    for comparison in all_of_them["chongqing"].comparisons:
        back = all_of_them[comparison.place].of(comparison.yardstick.key, "chongqing")
        if comparison.limit or comparison.weak or comparison.quantity.low == 0:
            continue
        assert back is not None and not back.limit
        low, high = comparison.quantity.bounds
        assert back.quantity.low == pytest.approx(1 / high)
        assert back.quantity.high == pytest.approx(1 / low)
        compared += 1
    assert compared > 50


def test_a_province_gives_at_most_for_its_city_and_at_least_as_a_base(all_of_them):
    at_most = all_of_them["chongqing"].of("filings", "chengdu")
    assert (at_most.limit, at_most.text[:8]) == ("at most", "at most ")
    at_least = all_of_them["chengdu"].of("filings", "chongqing")
    assert (at_least.limit, at_least.text[:9]) == ("at least", "at least ")


def test_two_provinces_say_nothing_of_their_cities(all_of_them):
    assert all_of_them["chengdu"].of("filings", "xian") is None
    assert all_of_them["nanjing"].of("filings", "suzhou") is None  # of one province
    assert all_of_them["beijing"].of("filings", "shanghai") is not None


def test_what_a_complete_list_lacks_is_absent_and_never_a_divisor(all_of_them):
    found = all_of_them["chongqing"]
    assert "Notable models 2023-26" in found.absent
    assert not [c for c in found.comparisons if c.yardstick.key == "models"]
    assert all(math.isfinite(c.quantity.low) for d in all_of_them.values() for c in d.comparisons)


def test_every_yardstick_is_known_or_named_as_not_known(all_of_them):
    for found in all_of_them.values():
        labels = [yardstick.label for yardstick in diagnosis.YARDSTICKS]
        known = [diagnosis.YARDSTICK[key].label for key in found.own]
        assert sorted(known + list(found.unknown)) == sorted(labels), found.place


def test_growth_is_that_of_the_plan_and_only_where_there_is_one(all_of_them):
    (growth,) = all_of_them["chongqing"].growth
    assert growth.quantity == growth.path.growth and growth.of == 9
    assert growth.ranks[0] <= growth.ranks[1] <= 9
    assert all_of_them["xian"].growth == ()


def test_weights_leave_out_provinces(all_of_them):
    rows = {mark.row for mark in all_of_them["chengdu"].weights}
    assert rows == {"AI firms on a list 2018"}
    by_hand = (265 / book.observe("beijing", "gdp", "2023").middle) / (
        6 / book.observe("chongqing", "gdp", "2023").middle
    )
    beijing = [m for m in all_of_them["chongqing"].weights
               if m.place == "beijing" and m.row == "AI firms on a list 2018"]
    assert beijing[0].quantity.middle == pytest.approx(by_hand, rel=1e-3)


def test_other_reading_rules_give_another_diagnosis():
    with reading_rules(width=5):
        wide = diagnosis.diagnosis("wuhan").of("gdp", "beijing").quantity
    narrow = diagnosis.diagnosis("wuhan").of("gdp", "beijing").quantity
    assert wide.high - wide.low > narrow.high - narrow.low


@pytest.mark.parametrize("place", ["sichuan", "china", "changan", "atlantis"])
def test_what_is_no_city_has_no_diagnosis(place):
    with pytest.raises(ValueError, match="is not one of the cities"):
        diagnosis.diagnosis(place)


def test_the_shares_of_chongqing_are_those_of_the_front_page(all_of_them):
    found = {share.key: share for share in all_of_them["chongqing"].shares}
    ours = {key: found[key].quantity.bounds for key in front_page.shares().index}
    assert ours == {key: q.bounds for key, q in front_page.shares().items()}
    assert found["models"].chance.bounds == front_page.shares_by_chance()["models"].bounds
    assert diagnosis.below_output(all_of_them["chongqing"]) is front_page.files_less_than_its_share()


def test_what_a_share_is_of_is_what_the_chapter_divides(all_of_them):
    table = tables.shares_of_china(("chongqing", "beijing", "chengdu"))
    compared = 0
    for place in table.columns[:3]:
        for share in all_of_them[place].shares:
            theirs = table[place].get(share.key)
            if theirs is not None:
                assert share.quantity.bounds == theirs.bounds, (place, share.key)
                compared += 1
    assert compared > 20
    # The chapter has no filed models of a city; by city they are a part of the same nation.
    models = all_of_them["chengdu"].share("models").quantity
    nation = filed_models.nation(diagnosis.TODAY).middle
    assert models.low == pytest.approx(100 * filed_models.in_cities(["chengdu"], diagnosis.TODAY).low / nation)


def test_the_multiples_of_filed_models_are_those_of_the_chapter(all_of_them):
    times = tables.multiples()
    for city in times.columns:
        ours = all_of_them["chongqing"].of("models_today", city).quantity
        assert ours.bounds == times.loc["models", city].bounds, city


def test_the_leader_is_ahead_of_all_and_its_distance_that_of_the_table(all_of_them):
    seen = 0
    for place, found in all_of_them.items():
        for lead in found.leads:
            if len(lead.leaders) == 1 and lead.leaders != (place,) and lead.multiple is not None:
                own = found.of(lead.yardstick.key, lead.leaders[0])
                assert own.quantity.bounds == lead.multiple.bounds, (place, lead.yardstick.key)
                assert set(own.quantity.sources) == set(lead.multiple.sources)
                seen += 1
            if lead.leaders == (place,) and lead.multiple is not None:
                assert lead.multiple.high < 1
    assert seen > 50


def test_best_and_worst_are_the_ends_of_what_is_comparable(all_of_them):
    order = all_of_them["chengdu"].ordered_leads()
    middles = [lead.multiple.middle for lead in order]
    assert middles == sorted(middles) and len(middles) > 5
    assert not [lead for lead in order if lead.yardstick.doubtful], "each city draws its own line there"


def test_a_city_that_few_lists_count_is_thin(base):
    assert diagnosis.diagnosis("qingyang", base).thin
    jinan = diagnosis.diagnosis("jinan", base)
    assert not jinan.thin and jinan.shares and jinan.share("output").quantity is None
    assert diagnosis.below_output(jinan) is None


def test_pages_are_for_main_cities_and_for_those_that_the_tables_name_twice():
    with_page = diagnosis.with_page()
    assert with_page[:14] == CITIES and {"jinan", "qingdao", "qingyang"} <= set(with_page)
    assert set(with_page) < set(diagnosis.cities()) and "sichuan" not in with_page
    assert "hsinchu" not in with_page, "which no list names"


def test_every_figure_of_a_city_is_the_one_that_speaks():
    found = diagnosis.figures("beijing")
    frame = book.table("observations")
    pairs = frame[frame["place"] == "beijing"][["indicator", "period"]].drop_duplicates()
    assert len(found) == len(pairs) > 50
    for figure in found:
        assert figure.quantity == book.observe("beijing", figure.indicator, figure.quantity.period)


def test_claims_that_name_a_city_name_it_as_a_word():
    found = [row["claim"] for row in diagnosis.claims_naming("xian")]
    assert "C10" in found and "C01" not in found


def test_lists_count_a_city_without_an_entry_as_zero():
    found = {(title, column): q for title, column, q in diagnosis.counts("chongqing")}
    models = [q for (title, _), q in found.items() if "models" in title.lower()]
    assert models and models[0].bounds == (0, 0)
    assert found["AI firms by city, 2018", "companies"].middle == 6


def test_a_list_made_on_several_days_is_read_on_the_latest():
    found = {title: q for title, column, q in diagnosis.counts("hangzhou") if column == "companies"}
    assert found["Unicorns by city (all)"].middle == book.counted(
        "unicorns-by-city", "companies", "hangzhou", ["2024-12"], list="all").middle  # fmt: skip


def test_a_city_that_the_list_by_city_counts_is_not_given_the_count_of_its_province(all_of_them):
    chengdu = all_of_them["chengdu"].own["filed"][0]
    assert chengdu.bounds == filed_models.in_cities(["chengdu"], comparable_counts.FILED).bounds == (8, 8)
    assert not diagnosis.stands_for_city(chengdu) and not all_of_them["chengdu"].of("filed", "beijing").limit
    filings = all_of_them["chengdu"].own["filings"][0]  # which no list counts by city
    assert diagnosis.stands_for_city(filings) and filings.place == "sichuan"
    assert all_of_them["chengdu"].of("filings", "beijing").counted == "sichuan"


def test_chance_is_given_for_small_counts_alone(all_of_them):
    hefei = all_of_them["hefei"]
    deals = hefei.of("deals", "beijing")
    assert deals.chance.low < 100 < deals.quantity.middle < deals.chance.high
    assert hefei.of("high_tech", "beijing") is None and hefei.of("high_tech", "shenzhen").chance is None
    assert hefei.of("firms", "chongqing").level and not deals.level
    assert hefei.share("unicorns").chance.high > 3 and hefei.share("output").chance is None
    assert hefei.heads_chance.high > hefei.heads.high and hefei.heads_chance.low < hefei.heads.low
    notable = next(lead for lead in hefei.leads if lead.yardstick.key == "models")
    assert (notable.leaders, notable.near) == (("beijing",), ("hangzhou",))


def test_a_yardstick_says_where_its_figures_stand():
    assert diagnosis.stands_in("firms") == ("table", "ai-firms-by-city")
    assert diagnosis.stands_in("filings") == ("indicator", "algorithm_filings")


def test_what_comes_nearest_is_given_where_a_figure_is_missing_alone(all_of_them):
    assert [indicator for indicator, _ in all_of_them["hefei"].nearest["core"]] == ["ai_industry_scale"]
    assert all_of_them["hefei"].nearest["gdp"][0][1].period == "2024"
    assert not any(key in found.own for found in all_of_them.values() for key in found.nearest)


def test_a_forecast_is_no_growth_that_was_seen(base):
    assert base.seen and not any(rate.forecast for rate in base.seen.values())
    assert base.seen["wuhan"].high < 45, "from 2023 to 2024 alone: 2025 is expected"
