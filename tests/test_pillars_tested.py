"""The conclusions on the four moves turn with made-up rows, and miss what is not there."""

from __future__ import annotations

import pytest
from made_up import sharp, use

from citygap import emphasis, sensitivity
from citygap import pillars_tested as pt
from citygap.quantity import reading_rules

BY_STATEMENT = {each.statement.split(":")[0] if each.statement not in (pt.THEMES, pt.CHAPTERS)
                else each.statement: each for each in pt.CONCLUSIONS}  # fmt: skip
EVERY = {"AI aim", pt.THEMES, "Power", "ASEAN", "Science", "Workshops", "Aims", pt.CHAPTERS}


def answer(key: str) -> str:
    return sensitivity.outcome(BY_STATEMENT[key], sensitivity.AS_READ)


@pytest.fixture(autouse=True)
def points():
    with sharp():
        yield


def test_every_conclusion_is_tested_here():
    assert set(BY_STATEMENT) == EVERY and len(pt.CONCLUSIONS) == len(EVERY)


def test_with_no_rows_at_all_every_conclusion_has_no_data(monkeypatch):
    use(monkeypatch)
    assert {key: answer(key) for key in EVERY} == dict.fromkeys(EVERY, "no data")


# The aim needs 20 % a year (1.2 cubed is 1.728); the nation grew by this much over three years.
AIM = "chongqing, ai_core_scale, 2027, 172.8"
LEVELS = """
chongqing, ai_core_scale, 2024, 100
china, ai_core_scale, 2022, 1000
china, ai_core_scale, 2025, {end}"""


@pytest.mark.parametrize(("end", "told"), [(2197, "yes"), (1331, "no")])  # 30 % and 10 %
def test_the_aim_against_the_nations_growth(monkeypatch, end, told):
    use(monkeypatch, targets=AIM, observations=LEVELS.format(end=end))
    assert answer("AI aim") == told


def test_words_wide_enough_leave_the_aim_open(monkeypatch):
    use(monkeypatch, targets=AIM, observations=LEVELS.format(end="1800, about"))  # 21.6 %
    with reading_rules(width=2):
        assert answer("AI aim") == "cannot tell"


COUNTED = """
chongqing, digital_workshops, 2021-07, 100
chongqing, digital_workshops, 2023-05, {may}"""


@pytest.mark.parametrize(
    ("may", "aim", "told"),
    [
        (200, 400, "yes"),  # doubled in 22 months; to double again in 55 and a half
        (120, 960, "no"),  # a fifth more in 22 months; eightfold in 55 and a half
    ],
)
def test_workshops_are_counted_without_a_forecast(monkeypatch, may, aim, told):
    use(monkeypatch, targets=f"chongqing, digital_workshops, 2027, {aim}",
        observations=COUNTED.format(may=may))
    assert answer("Workshops") == told


def test_the_forecast_of_workshops_speaks_if_there_is_one(monkeypatch):
    # 100 to 400 in two and a half years, and 400 to 960 in four: less than was seen
    use(monkeypatch, targets="chongqing, digital_workshops, 2027, 960", observations=COUNTED.format(may=120)
        + "\nchongqing, digital_workshops, 2023, 400, expected")
    assert answer("Workshops") == "yes"
    (without,) = [choice for choice in pt.CHOICES if choice.name == "no\nforecast"]
    assert sensitivity.outcome(BY_STATEMENT["Workshops"], without) == "no"


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
    assert answer("Aims") == told


PLANS = f"{emphasis.AI_PLUS}, chongqing\nB, beijing\nS, shanghai"


@pytest.mark.parametrize(
    ("seen", "themes", "chapters"),
    [
        (f"{emphasis.AI_PLUS}, data, 2\nB, data, 2", "yes", "yes"),
        (f"{emphasis.AI_PLUS}, data, 2\nB, data, 1", "yes", "no"),
        (f"{emphasis.AI_PLUS}, data, 2\nB, cars, 2", "no", "no"),
        (f"{emphasis.AI_PLUS}, data, 1\nB, data, 2", "yes", "no data"),  # no chapter of its own
        (f"{emphasis.AI_PLUS}, data, 2\n{emphasis.AI_PLUS}, cars, 2\nB, data, 2\nS, cars, 2", "yes", "yes"),
        ("B, data, 2", "no data", "no data"),
    ],
)
def test_themes_are_shared_if_some_other_place_has_each(monkeypatch, seen, themes, chapters):
    use(monkeypatch, plans=PLANS, emphasis=seen)
    assert (answer(pt.THEMES), answer(pt.CHAPTERS)) == (themes, chapters)


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
    assert answer("Power") == told


TRADE = """
chongqing, trade_with_asean, 2019, 100
chongqing, trade_with_asean, 2025, {asean}
chongqing, foreign_trade, 2019, 1000
chongqing, foreign_trade, 2025, 2000"""


@pytest.mark.parametrize(("asean", "told"), [(150, "yes"), (200, "cannot tell"), (300, "no")])
def test_trade_with_asean_against_all_trade(monkeypatch, asean, told):
    use(monkeypatch, observations=TRADE.format(asean=asean))
    assert answer("ASEAN") == told


@pytest.mark.parametrize(("own", "told"), [(2.0, "yes"), (2.5, "cannot tell"), (2.6, "no")])
def test_research_is_compared_in_one_year(monkeypatch, own, told):
    rows = f"china, rd_intensity, 2022, 2.5\nchongqing, rd_intensity, {{year}}, {own}"
    use(monkeypatch, observations=rows.format(year="2022"))
    assert answer("Science") == told
    use(monkeypatch, observations=rows.format(year="2023"))
    assert answer("Science") == "no data"


def test_choices_have_short_names_and_end_with_two_of_their_own():
    names = [choice.name for choice in pt.CHOICES]
    assert names[: len(pt.SHORT)] == list(pt.SHORT) and len(set(names)) == len(names)
    assert names[len(pt.SHORT):] == ["no\nforecast", "no\nShanghai"]
