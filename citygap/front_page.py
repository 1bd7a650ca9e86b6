"""What the front page says: the finding with its picture, and the numbers of the five findings.

Out of scope: everything that a chapter computes itself.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from citygap import charts
from citygap.capital import distributions
from citygap.charts import Chart, Mark
from citygap.comparison import filed_models, growth_rates, target_paths
from citygap.comparison.comparable_counts import DEAL_YEARS, FOCUS
from citygap.data.tables import book
from citygap.gap.conclusions import near
from citygap.gap.tables import AI, ALL_FIELDS, THINGS, core_scale
from citygap.measures import gap
from citygap.measures.counting_intervals import share_interval
from citygap.quantity.quantity import Quantity
from citygap.quantity.three_valued import Answer

LAST = filed_models.days()[-1]
FIRST = filed_models.days()[0]
#: What Chongqing holds of China, and how a figure calls it.
LABELS = {
    "output": "Output 2024",
    "electronics": "Electronics revenue 2023",
    "industry": "Industry and construction 2023",
    "research": "Research spending 2023",
    "papers": "Conference papers 2022",
    "contracts": "Technology contracts sold 2023",
    "algorithms": "Algorithms filed to July 2025",
    "applications": "AI applications registered to August 2026",
    "models": "AI models filed to August 2026",
}


def shares() -> pd.Series:
    """Chongqing's shares of China, in percent, as counted; the labels are those of :data:`LABELS`."""
    applications = filed_models.share(FOCUS, LAST, filed_models.REGISTERED)
    counted = {key: THINGS[key].share(FOCUS) for key in LABELS if key in THINGS}
    return pd.Series({**counted, "applications": applications}, name="share of China")[list(LABELS)]


def shares_by_chance() -> pd.Series:
    """The shares that rest on small counts, with what chance leaves open, in percent."""
    algorithms = THINGS["algorithms"]
    found = {
        "algorithms": share_interval(algorithms.part(FOCUS), algorithms.whole()).to("%"),
        "applications": filed_models.share_by_chance(FOCUS, LAST, filed_models.REGISTERED),
        "models": filed_models.share_by_chance(FOCUS, LAST),
    }
    return pd.Series(found, name="share of China")


def makes_its_share() -> Answer:
    """Whether Chongqing's share of China's industry and construction is within a tenth of its share of
    output, both of one year and one census, and its share of electronics no less."""
    held = shares()
    output = gap.share(*(book.observe(place, "gdp", "2023") for place in (FOCUS, "china"))).to("%")
    return near(held["industry"] / output, 1) & (held["electronics"] >= held["output"])


def files_less_than_its_share() -> Answer:
    """Whether Chongqing's share of filed models is below its share of output, chance allowed for."""
    return shares_by_chance()["models"] < shares()["output"]


def picture(name: str = "fig-finding") -> Chart:
    """Chongqing's shares of China beside its share of output, as a figure called ``name``."""
    held, chance = shares(), shares_by_chance()
    line = f"its share of output, {held['output'].period}: {held['output'].brief()}"
    marks = [Mark(LABELS[key], FOCUS, held[key], chance=chance.get(key)) for key in held.index[1:]]
    return charts.forest(
        name, "Chongqing's share of China, row by row.", marks, xlabel="share of China, %",
        reference=held["output"].middle, reference_label=line, log=False,
        labels=True, groups={LABELS["electronics"]: ALL_FIELDS, LABELS["algorithms"]: AI},
    )  # fmt: skip


def findings() -> pd.Series:
    """The numbers of the five findings, by key."""
    deals = (*distributions.DEALS, DEAL_YEARS)
    found = {
        "models": filed_models.share(FOCUS, LAST),
        "electronics": THINGS["electronics"].share(FOCUS),
        "beijing": filed_models.multiple("beijing", LAST),
        "by_chance": filed_models.multiple_by_chance("beijing", LAST),
        "beijing_then": filed_models.share("beijing", FIRST),
        "beijing_now": filed_models.share("beijing", LAST),
        "deals": distributions.top_share(*deals),
        "core": core_scale(),
        "growth": growth_rates.observed(FOCUS),
        "plan": target_paths.path_of(FOCUS).growth,
    }
    return pd.Series(found)


def sure(of: Mapping[str, Quantity]) -> pd.Series:
    """How sure each of some numbers is: the confidence of the weakest row that it rests on."""
    return pd.Series({key: value.confidence for key, value in of.items()})
