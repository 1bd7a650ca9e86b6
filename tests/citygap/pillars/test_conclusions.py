"""The conclusions on the four moves turn with made-up rows, and miss what is not there."""

from __future__ import annotations

import pandas as pd
import pytest

from citygap.measures import sensitivity
from citygap.pillars import conclusions as pt
from citygap.pillars import plan_themes
from citygap.quantity.quantity import exactly, reading_rules
from citygap.quantity.three_valued import Answer
from tests.made_up import sharp, use

BY_NAME = {each.statement.split(":")[0]: each for each in pt.CONCLUSIONS}
EVERY = {"pace", "themes", "power", "asean", "science", "tools", "workshops", "aims"}


def answer(key: str) -> str:
    return sensitivity.outcome(BY_NAME[key], sensitivity.AS_READ)


@pytest.fixture(autouse=True)
def points():
    with sharp():
        yield


def test_every_conclusion_is_tested_here():
    assert set(BY_NAME) == EVERY and len(pt.CONCLUSIONS) == len(EVERY)


def test_with_no_rows_at_all_every_conclusion_has_no_data(monkeypatch):
    use(monkeypatch)
    assert {key: answer(key) for key in EVERY} == dict.fromkeys(EVERY, "no data")


# The aim needs 20 % a year (1.2 cubed is 1.728); the nation grew by this much in the year after its
# series broke, and as much was stated for the year of the break.
AIM = "chongqing, ai_core_scale, 2027, 172.8"
LEVELS = """
chongqing, ai_core_scale, 2024, 100
china, ai_industry_growth, 2024, {stated}
china, ai_core_scale, 2024, 1000
china, ai_core_scale, 2025, {end}"""


@pytest.mark.parametrize(
    ("stated", "end", "told"),
    [(30, 1100, "yes"), (30, 1300, "yes"), (10, 1100, "no"), (10, 1300, "no")],
)
def test_the_aim_against_the_nations_growth(monkeypatch, stated, end, told):
    use(monkeypatch, targets=AIM, observations=LEVELS.format(stated=stated, end=end))
    assert answer("pace") == told


def test_words_wide_enough_leave_the_aim_open(monkeypatch):
    use(monkeypatch, targets=AIM, observations=LEVELS.format(stated="21, about", end=1216))
    assert answer("pace") == "yes"
    with reading_rules(width=2):
        assert answer("pace") == "cannot tell"


COUNTED = """
chongqing, digital_workshops, 2021-07, 100
chongqing, digital_workshops, 2022-08, {later}"""


@pytest.mark.parametrize(
    ("later", "aim", "told"),
    [
        (200, 400, "yes"),  # doubled in 13 months; to double again in 64 and a half
        (120, 960, "no"),  # a fifth more in 13 months; eightfold in 64 and a half
    ],
)
def test_workshops_are_counted_without_a_forecast(monkeypatch, later, aim, told):
    use(monkeypatch, targets=f"chongqing, digital_workshops, 2027, {aim}",
        observations=COUNTED.format(later=later))
    assert answer("workshops") == told


def test_the_forecast_of_workshops_speaks_if_there_is_one(monkeypatch):
    # 100 to 400 in two and a half years, and 400 to 960 in four: less than was seen
    use(monkeypatch, targets="chongqing, digital_workshops, 2027, 960", observations=COUNTED.format(later=120)
        + "\nchongqing, digital_workshops, 2023, 400, expected")
    assert answer("workshops") == "yes"
    (without,) = [choice for choice in pt.CHOICES if choice.name == "without forecasts"]
    assert sensitivity.outcome(BY_NAME["workshops"], without) == "no"


@pytest.mark.parametrize(
    ("aims", "told"),
    [
        (["Labs", "Parks", "gdp"], "yes"),
        (["Labs", "gdp"], "no"),  # half is not most
        (["Labs", "gdp", "rd_expenditure"], "no"),
    ],
)
def test_most_aims_are_counted_by_nothing(monkeypatch, aims, told):
    use(monkeypatch, targets="\n".join(f"chongqing, {aim}, 2027, 10" for aim in aims))
    assert answer("aims") == told


PLANS = f"{plan_themes.AI_PLUS}, chongqing\nB, beijing\nS, shanghai"


@pytest.mark.parametrize(
    ("seen", "themes", "chapters"),
    [
        (f"{plan_themes.AI_PLUS}, data, 2\nB, data, 2", "yes", "yes"),
        (f"{plan_themes.AI_PLUS}, data, 2\nB, data, 1", "yes", "no"),
        (f"{plan_themes.AI_PLUS}, data, 2\nB, cars, 2", "no", "no"),
        (f"{plan_themes.AI_PLUS}, data, 1\nB, data, 2", "yes", "no data"),  # no chapter of its own
        (f"{plan_themes.AI_PLUS}, data, 2\n{plan_themes.AI_PLUS}, cars, 2\nB, data, 2\nS, cars, 2", "yes", "yes"),
        ("B, data, 2", "no data", "no data"),
    ],
)
def test_themes_are_shared_if_some_other_place_has_each(monkeypatch, seen, themes, chapters):
    use(monkeypatch, plans=PLANS, emphasis=seen)
    strict = sensitivity.Conclusion("strict", lambda: pt.themes_shared(plan_themes.CHAPTER))
    assert (answer("themes"), sensitivity.outcome(strict, sensitivity.AS_READ)) == (themes, chapters)


# A centre of 1,000 PFLOPS for so many hundred million yuan; machines of 1,000 PFLOPS that draw 1,000 kW.
POWER = """
tianyu_yiling_ai_centre, compute_centre_investment, 2024-07, {money}
tianyu_yiling_ai_centre, compute_one_centre, 2024-07, 1000
gb200_nvl72, accelerator_compute, 2024, 1000000
gb200_nvl72, system_accelerators, 2024, 1
gb200_nvl72, system_power, 2024, 1000
cloudmatrix_384, accelerator_compute, 2024, 1000000
cloudmatrix_384, system_accelerators, 2024, 1
cloudmatrix_384, system_power, 2024, 1000
china, pue, 2024, 1.5
china, datacentre_load_lower, 2024, 20
china, datacentre_load_upper, 2024, 40
zhongwei, datacentre_electricity_price, 2020, 0.4
"""


@pytest.mark.parametrize(
    ("money", "told"),
    # half of 0.4 yuan * 1 kW * 1.5 * 8,760 hours * 3 to 8 years is 7,884 to 21,024 yuan a PFLOPS, of
    # 100,000, 30,000 and 10,000; a fall of the load from 40 to 20 percent is half of the use
    [("1", "yes"), ("0.3", "cannot tell"), ("0.1", "no")],
)
def test_cheap_power_against_idle_machines(monkeypatch, money, told):
    use(monkeypatch, observations=POWER.format(money=money))
    assert answer("power") == told


TRADE = """
chongqing, trade_with_asean, 2019, 100
chongqing, trade_with_asean, 2025, {asean}
chongqing, foreign_trade, 2019, 1000
chongqing, foreign_trade, 2025, 2000"""


@pytest.mark.parametrize(("asean", "told"), [(150, "yes"), (200, "cannot tell"), (300, "no")])
def test_trade_with_asean_against_all_trade(monkeypatch, asean, told):
    use(monkeypatch, observations=TRADE.format(asean=asean))
    assert answer("asean") == told


@pytest.mark.parametrize(("own", "told"), [(2.0, "yes"), (2.5, "cannot tell"), (2.6, "no")])
def test_research_is_compared_in_one_year(monkeypatch, own, told):
    rows = "china, rd_intensity, 2023, 2.5, exact, nbs-2024c\nchongqing, rd_intensity, {}, {}, exact, {}"
    use(monkeypatch, observations=rows.format(2023, own, "nbs-2024c"))
    assert answer("science") == told
    use(monkeypatch, observations=rows.format(2022, own, "nbs-2023"))
    assert answer("science") == "no data"


# ------------------------------------------------------------------------ what holds, on the tables


def test_no_conclusion_rests_on_a_forecast():
    (without,) = [choice for choice in pt.CHOICES if choice.name == "without forecasts"]
    found = {name: sensitivity.outcome(each, without) for name, each in BY_NAME.items()}
    assert found["workshops"] == "yes" and set(found.values()) <= {"yes", "no data"}


def test_a_reading_without_data_is_not_counted():
    found = pt.checked()
    assert set(found.index) == EVERY and (found["readings"] <= len(pt.CHOICES)).all()
    assert found.loc["pace", "readings"] < len(pt.CHOICES), "its start is of low confidence"
    assert pt.firm("themes", "asean", "workshops") and not pt.firm("pace")


# ---------------------------------------------------------------------------- words of the chapter


@pytest.mark.parametrize(("own", "told"), [(29_000, "yes"), (40_000, "no"), (60_000, "no")])
def test_the_aim_for_compute_and_the_part_of_a_place(monkeypatch, own, told):
    found = {"chongqing": own, "chongqing-aim": 90_000, "x": 100_000}
    monkeypatch.setattr(pt.tables, "compute", lambda: {k: exactly(v, "PFLOPS") for k, v in found.items()})
    assert str(pt.compute_to_multiply(3)) == told
    assert pt.tables.compute_part("x").middle == pytest.approx(own / 1000)
    assert str(pt.at_most_a_quarter_of("x")) == ("yes" if own <= 25_000 else "no")


NAMED = "xinjiang, compute_named_centres, 2025-10, 10000, over"


@pytest.mark.parametrize(("own", "told"), [(17_000, "yes"), (9_000, "no")])
def test_karamay_against_the_floor_of_its_region(monkeypatch, own, told):
    use(monkeypatch, observations=NAMED)
    monkeypatch.setattr(pt.tables, "compute", lambda: {"karamay": exactly(own, "PFLOPS")})
    assert str(pt.karamay_exceeds_named_centres()) == told


@pytest.mark.parametrize(("own", "told"), [(100, "yes"), (130, "no")])
def test_vehicles_over_the_same_months(monkeypatch, own, told):
    months = pd.DataFrame({"2025-11m": {"chongqing": exactly(own, "count"), "x": exactly(120, "count")}})
    monkeypatch.setattr(pt.tables, "vehicles", lambda: months)
    assert str(pt.made_more_in_same_months("x")) == told


@pytest.mark.parametrize(("own", "share", "told"), [(9, 0.6, "yes"), (11, 0.4, "no")])
def test_parts_of_trade(monkeypatch, own, share, told):
    found = {"chongqing-10m": exactly(own, "CNY"), "sichuan-10m": exactly(10, "CNY"), "processing": exactly(share, "ratio")}
    monkeypatch.setattr(pt.tables, "asean", lambda: found)
    assert str(pt.sichuan_traded_more()) == str(pt.processing_over_half()) == told


@pytest.mark.parametrize(("trade", "output", "told"), [(1.4, 200, ("yes", "yes")), (2.5, 230, ("no", "no"))])
def test_trade_is_weighed_against_output(monkeypatch, trade, output, told):
    use(monkeypatch, observations=f"""
        chongqing, gdp_census5, 2024, 100
        sichuan, gdp_census5, 2024, {output}""")
    monkeypatch.setattr(pt.tables, "asean", lambda: {"sichuan-times": exactly(trade, "ratio")})
    assert (str(pt.sichuan_has_twice_the_output()), str(pt.trades_more_for_its_output())) == told


def test_what_was_read_of_the_plans_of_beijing():
    assert pt.first_native_city() and pt.label_came_later() and pt.goal_shared()


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [(2.1, 2.3, "yes"), (2.3, 2.3, "no"), (2.1, 2.1, "no"), (2.3, 2.1, "no")],
)
def test_research_passes_a_place_from_below(monkeypatch, first, last, told):
    own = {"2020": first, "2023": last}
    monkeypatch.setattr(
        pt.four_moves, "intensity",
        lambda place, year: exactly(own[year] if place == "chongqing" else 2.2, "%"),
    )  # fmt: skip
    assert str(pt.research_passed("x")) == told


@pytest.mark.parametrize(("named", "told"), [("materials life drugs", True), ("materials drugs", False)])
def test_fields_of_science_that_beijing_names_too(monkeypatch, named, told):
    rows = [f"C81, field_chongqing, context, x, 2025, {field}" for field in ("materials", "life", "energy")]
    rows += [f"C81, field_beijing, context, x, 2024, {field}" for field in named.split()]
    use(monkeypatch, evidence="\n".join(rows))
    assert pt.fields_shared() is told


@pytest.mark.parametrize(
    ("own", "told"), [(2.2, "yes"), (2.1, "no"), (2.6, "no"), (2.5, "no")]
)
def test_research_between_two_places(monkeypatch, own, told):
    shares = {"chongqing": own, "sichuan": 2.1, "china": 2.5}
    monkeypatch.setattr(pt.four_moves, "intensity", lambda place, year: exactly(shares[place], "%"))
    assert str(pt.research_between("sichuan", "china")) == told


def test_the_aims_that_were_missed_are_named_in_full():
    assert pt.only_missed("industrial_va_growth", "nev_output")
    assert not pt.only_missed("nev_output") and not pt.only_missed()


def test_the_city_most_looked_at_and_a_number_that_is_passed():
    assert pt.most_looked_at() is Answer.YES and pt.most_looked_at("beijing") is Answer.NO
    five, four = exactly(5, "1e9 CNY"), exactly(4, "1e9 CNY")
    assert pt.passed(five, five) is Answer.YES and pt.passed(five, four) is Answer.NO
