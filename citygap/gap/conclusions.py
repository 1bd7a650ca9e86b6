"""The comparisons that the chapter's words rest on, each for a table of ``tables``.

Every function answers yes, no or cannot tell; those whose names begin with ``of_`` give the answers of a section by the
keys that its words name.

Out of scope: the words (the chapter) and the verdicts on claims (``citygap.claims``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from citygap.comparison import filed_models, province_statistics as statistics
from citygap.comparison.comparable_counts import FOCUS
from citygap.data.tables import book
from citygap.gap import rankings
from citygap.gap.tables import NINE, core_scale, sixth_by_chance
from citygap.quantity.quantity import Quantity, exactly
from citygap.quantity.three_valued import Answer, every

#: From how many times on a distance is one of order of magnitude.
MAGNITUDE = 10
#: "About a sixth", "about its share" is within a tenth of it.
NEAR = 0.1
FIRST = 10  # the length of a house's list
AI = ("models", "algorithms", "open_list")  # rows of ``tables.multiples`` that count AI
FILED_OR_LISTED = (*AI, "unicorns")  # rows of ``tables.shares_of_china`` beside output


def of_opening(shares: pd.DataFrame, ratios: pd.Series) -> dict[str, Answer]:
    """Answers for the takeaways."""
    return {
        "close": near_output(shares, ["industry", "research"]),
        "fits": holds_a_sixth(ratios["printed"]),
        "counted": third_to_over_half(ratios["counted"]),
        "alone": core_rests_on_one_source(),
    }


def of_shares(shares: pd.DataFrame, electronics: pd.Series) -> dict[str, Answer]:
    """Answers for the shares of China, and for the growth of electronics."""
    return {
        "heavier": shares.loc["electronics", FOCUS] > shares.loc["output", FOCUS],
        "ahead_of_both": statistics.ahead("electronics", FOCUS, ["beijing", "shanghai"]),
        "shrank": shrank_alone(electronics),
        "lighter": below_output(shares, ["papers", "contracts"]),
        "fewer": below_output(shares, FILED_OR_LISTED),
        "nearest": nearest_to_output(shares, "core", FILED_OR_LISTED),
    }


def of_filed(models: pd.DataFrame, around: pd.DataFrame) -> dict[str, Answer]:
    """Answers for Chongqing's filed models and its neighbours'."""
    return {
        "below": always_below(models),
        "surely": beyond_chance(models.loc["2025-06-30":]),
        "level": both_sides(around),
        "sichuan": only_sichuan_by_chance(around),
    }


def of_multiples(times: pd.DataFrame, chance: pd.DataFrame) -> dict[str, Answer]:
    """Answers for the cities as multiples of Chongqing, and for what chance leaves of them."""
    return {
        "tens": ahead(times, ["beijing", "shanghai"], MAGNITUDE),
        "sure_ten": surely_tenfold_alone(chance, "models", "beijing"),
        "fives": ahead(times, ["shenzhen", "hangzhou"], 5),
        "output": output_below(times, 3),
        "smaller": times.loc["output", "hangzhou"] < 1,
    }


def of_sixth() -> dict[str, Answer]:
    """Answers for the sixth beyond those of the takeaways."""
    return {
        "mixes": sixth_mixes_definitions(),
        "open": every(map(holds_a_sixth, sixth_by_chance().values())),
    }


def of_ranks() -> dict[str, Answer | bool]:
    """Answers for the published lists."""
    return {
        "most": below_on_most_lists("chengdu"),
        "left": left_first_ten(),
    }


def below_output(shares: pd.DataFrame, things: Sequence[str]) -> Answer:
    """Whether Chongqing's share of each thing is smaller than its share of output."""
    return every(shares.loc[thing, FOCUS] < shares.loc["output", FOCUS] for thing in things)


def shrank_alone(growth: pd.Series) -> Answer:
    """Whether electronics shrank in Chongqing and grew in each other place."""
    return every(q < 0 if place == FOCUS else q > 0 for place, q in growth.items())


def nearest_to_output(shares: pd.DataFrame, thing: str, others: Sequence[str]) -> Answer:
    """Whether its share of one thing is below that of output and above that of every other thing."""
    own = shares.loc[thing, FOCUS]
    above = every(own > shares.loc[other, FOCUS] for other in others)
    return below_output(shares, [thing]) & above


def near_output(shares: pd.DataFrame, things: Sequence[str]) -> Answer:
    """Whether its share of each thing is within a tenth of its share of output."""
    ratios = [shares.loc[thing, FOCUS] / shares.loc["output", FOCUS] for thing in things]
    return every(near(ratio, 1) for ratio in ratios)


def always_below(models: pd.DataFrame) -> Answer:
    """Whether fewer models were filed on every day than Chongqing's share of output would give."""
    return every(row["count"] < row.expected for _, row in models.iterrows())


def lowest_on(models: pd.DataFrame, day: str) -> Answer:
    """Whether the share of filed models was lowest on a day."""
    shares = models["share"]
    return every(shares[day] < share for other, share in shares.items() if other != day)


def fall_within_chance() -> Answer:
    """Whether chance in the small first count may explain that Chongqing's share of filed models fell."""
    first, *_, last = filed_models.days()
    then, now = filed_models.share_by_chance(FOCUS, first), filed_models.share(FOCUS, last)
    return Answer.of(now.middle in then, now.middle not in then)


def beyond_chance(models: pd.DataFrame) -> Answer:
    """Whether chance alone does not explain that, on any of the days."""
    days = [row for _, row in models.iterrows()]
    return every(exactly(day.by_chance.high) < exactly(day.expected.low) for day in days)


def ahead(times: pd.DataFrame, cities: Iterable[str], least: float) -> Answer:
    """Whether each city has at least so many times Chongqing's on every AI count that it has."""
    cells = (times.loc[row, city] for row in AI for city in cities)
    return every(q >= least for q in cells if q is not None)


def surely_tenfold_alone(chance: pd.DataFrame, row: str, city: str) -> Answer:
    """Whether of the small counts one alone is surely ten times Chongqing's, chance allowed for."""
    small = [(count, place) for count in AI if count in chance.index for place in chance.columns]
    alone = [at for at in small if (chance.loc[at] >= MAGNITUDE) is Answer.YES] == [(row, city)]
    return Answer.of(alone, not alone)


def output_below(times: pd.DataFrame, most: float) -> Answer:
    """Whether no city has so many times Chongqing's output, in all or per resident."""
    rows = ("output", "output_per_head")
    return every(q < most for row in rows for q in times.loc[row] if q is not None)


def both_sides(neighbours: pd.DataFrame) -> Answer:
    """Whether Sichuan has filed more models than Chongqing, Hubei as many, Anhui and Shaanxi fewer."""
    times = neighbours["times"]
    level = times["hubei"].same_as(times[FOCUS])
    return (times["sichuan"] > 1) & level & (times["anhui"] < 1) & (times["shaanxi"] < 1)


def only_sichuan_by_chance(neighbours: pd.DataFrame) -> Answer:
    """Whether of the four provinces chance leaves only Sichuan surely ahead, and none behind."""
    others = neighbours["by_chance"].drop([FOCUS, "sichuan"])
    open_ = every(q.low < 1 < q.high for q in others)
    return (neighbours.loc["sichuan", "by_chance"] > 1) & open_


def holds_a_sixth(ratio: Quantity) -> Answer:
    """Whether a range of ratios holds a sixth."""
    return Answer.of(1 / 6 in ratio, 1 / 6 not in ratio)


def third_to_over_half(ratio: Quantity) -> Answer:
    """Whether a range reaches from about a third to somewhat over a half: less than three fifths."""
    low, high = exactly(ratio.low), exactly(ratio.high)
    return near(low, 1 / 3) & (high > 1 / 2) & (high < 0.6)


def sixth_mixes_definitions() -> Answer:
    """Whether Chongqing's and Chengdu's printed sizes stand on two definitions."""
    mixed = core_scale().scope != book.observe(*NINE).scope
    return Answer.of(mixed, not mixed)


def names_of_sizes() -> Answer:
    """Whether the sizes of the AI industries of 2024 bear the names that the text gives: core in three cities,
    large firms in Shanghai, the AI industry in Chengdu and Shenzhen, where no core size is known."""
    core, large, industry = (
        {row["place"] for row in book.rows("observations") if row["indicator"] == size and row["period"][:4] == "2024"}
        for size in ("ai_core_scale", "ai_above_scale", "ai_industry_scale")
    )
    named = {"beijing", "hangzhou", FOCUS} <= core and "shanghai" in large and {"chengdu", "shenzhen"} <= industry
    right = named and not core & {"shanghai", "chengdu", "shenzhen"}
    return Answer.of(right, not right)


def core_rests_on_one_source() -> Answer:
    """Whether a single source prints Chongqing's core AI industry."""
    single = len(book.readings(FOCUS, "ai_core_scale", "2024")) == 1
    return Answer.of(single, not single)


def threefold(effects: Mapping[str, Quantity]) -> Answer:
    """Whether a wider figure is about three times the narrower or more, low confidence aside."""
    sound = [q for q in effects.values() if q.confidence != "low"]
    return every(q > 3 * (1 - NEAR) for q in sound)


def below_on_most_lists(rival: str) -> Answer:
    """Whether Chongqing stands below a rival on more of the lists that tell than not."""
    answers = rankings.behind(FOCUS, rival)
    ayes, noes = (sum(each is told for each in answers) for told in (Answer.YES, Answer.NO))
    return Answer.of(ayes > noes, ayes <= noes)


def left_first_ten(house: str = "idc") -> Answer:
    """Whether a house had Chongqing among its first ten in every edition but the last."""
    ranks = [each.rank(FOCUS) for each in rankings.LISTINGS if each.ranking.startswith(house)]
    return every([*(q.high <= FIRST for q in ranks[:-1]), ranks[-1].low > FIRST])


def near(ratio: Quantity, number: float) -> Answer:
    """Whether a ratio is within a tenth of a number."""
    return (ratio > (1 - NEAR) * number) & (ratio < (1 + NEAR) * number)
