"""The tables of the chapter: one function a section, each cell a quantity or a word.

Rows are places or short words, columns years or short words; an empty cell has no figure.  What the
prose says, the figures draw and the analyst sees are cells of these tables.

Out of scope: whether a statement holds (``conclusions``), marks of figures (``figures``).
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from citygap.comparison import growth_rates
from citygap.comparison.target_paths import path_of
from citygap.data.tables import book
from citygap.measures import gap
from citygap.pillars import compute_cost, domestic_shares, four_moves, plan_themes, targets
from citygap.quantity.quantity import Quantity, billions, in_three_digits, shown
from citygap.quantity.three_valued import Answer

ELEVEN_MONTHS = "2025-01/2025-11"
#: Intelligent computing capacity of a whole place: the last period known.
COMPUTE = {
    "shanghai": "2026-01",
    "qingyang": "2025",
    "anhui": "2025-06-30",
    "nanjing": "2026-01-04",
    "karamay": "2024",
    "shenzhen": "2024-12",
}
DISPATCHABLE = "compute_dispatchable"
DISPATCHED = "what a city can dispatch, over what stands in a place"
WIDER_NET = "the press conference may count more kinds of firms than the plan"
#: Growth of electronics in 2025, as each communique states it: of two cities and three provinces.
ELECTRONICS = ("beijing", "zhejiang", "jiangsu", "sichuan", "chongqing")
#: Trade with ASEAN of parts of a year: ten months of 2021, eleven of 2023, half of 2024.
PARTS_OF_YEARS = {
    "chongqing-10m": "2021-01/2021-10",
    "sichuan-10m": "2021-01/2021-10",
    "guangxi-11m": "2023-01/2023-11",
    "guangxi-half": "2024H1",
    "sichuan-half": "2024H1",
}
RESEARCH = ("chongqing", "china", "shaanxi", "hubei", "sichuan")


def vehicles() -> pd.DataFrame:
    """New-energy vehicles made, by place and year, and over the same eleven months of 2025."""
    years = {"chongqing": ("2022", "2023", "2024", "2025"), "shanghai": ("2021", "2022", "2023"),
             "xian": ("2021", "2022", "2023"), "hefei": ()}  # fmt: skip
    found = {place: {year: book.observe(place, "nev_output", year).to("1e4 count") for year in of}
             for place, of in years.items()}  # fmt: skip
    for place in ("chongqing", "shanghai", "hefei"):
        found[place]["2025-11m"] = book.observe(place, "nev_output", ELEVEN_MONTHS)
    return _frame(found)


def electronics() -> pd.Series:
    """Growth of value added of electronics manufacturing in 2025, by place, in percent."""
    what = "electronics_manufacturing_va_growth"
    return pd.Series({place: book.observe(place, what, "2025") for place in ELECTRONICS})


def clusters() -> pd.Series:
    """What else is counted of the move into the factories, of the city and of one firm there."""
    workshops = four_moves.WORKSHOPS
    return pd.Series({
        "workshops": book.observe("chongqing", workshops, "2023-05"),
        "workshops-aim": book.target("chongqing", workshops, "2027"),
        "cars-aim": book.target("chongqing", "nev_output", "2024"),
        "shenzhen-by-seat": book.observe("shenzhen", "nev_output_legal_entity", "2024"),
        "parts": book.observe("chongqing", "nev_supply_chain_components", "2026-01"),
        "parts-missing": book.observe("chongqing", "nev_components_missing", "2023"),
        "robots": book.observe("seres", "seres_factory_robots", "2025"),
        "partners": book.observe("seres", "seres_brain_partners", "2025"),
    })  # fmt: skip


def compute() -> pd.Series:
    """Intelligent computing capacity by place in PFLOPS, and what Chongqing aims at, largest first.

    Of Chongqing it is what the city can dispatch, which may stand elsewhere.
    """
    own = {"chongqing": book.observe("chongqing", DISPATCHABLE, "2025"),
           "chongqing-aim": book.target("chongqing", DISPATCHABLE, "2027")}  # fmt: skip
    others = {place: book.observe(place, "compute_intelligent", period).to("PFLOPS")
              for place, period in COMPUTE.items()}  # fmt: skip
    return pd.Series(dict(sorted((own | others).items(), key=lambda pair: -pair[1].low)))


def compute_part(place: str) -> Quantity:
    """What Chongqing can dispatch, as printed, over the capacity of another place, in percent."""
    found = compute()
    own = found["chongqing"]
    printed = replace(own, low=own.middle, high=own.middle)
    return printed.ratio(found[place], because=DISPATCHED).to("%")


def power() -> pd.Series:
    """The line from Hami, prices of electricity, and what the model of cost makes of them."""
    line, half = "hami_chongqing_uhvdc", compute_cost.half_price()
    lower, upper = compute_cost.loads()
    return pd.Series({
        "line": shown(book.observe(line, "line_electricity_a_year", "2025"), "1e9 kWh"),
        "delivered": shown(book.observe(line, "line_electricity_delivered", "2026-01"), "1e9 kWh"),
        "price": compute_cost.known_price(),
        "other-price": compute_cost.weak_price(),
        "half": half,
        "saving": compute_cost.saving(half),
        "idling": compute_cost.idling(),
        "lower-load": lower,
        "upper-load": upper,
        "life": compute_cost.LIFE,
    })  # fmt: skip


def asean() -> pd.Series:
    """Trade with ASEAN in billion yuan a year, its growth and shares, and the corridor's boxes."""
    years = {year: book.observe("chongqing", "trade_with_asean", year)
             for year in ("2019", "2020", "2022", "2025")}  # fmt: skip
    boxes = {year: book.observe("new_land_sea_corridor", "rail_sea_containers", year)
             for year in ("2019", "2025")}  # fmt: skip
    bought, sold = (book.observe("chongqing", of, "2020")
                    for of in ("imports_from_asean", "exports_to_asean"))  # fmt: skip
    chips = book.observe("chongqing", "ic_imports_from_asean", "2020")
    parts = {name: in_three_digits(billions(book.observe(name.split("-")[0], "trade_with_asean", period)))
             for name, period in PARTS_OF_YEARS.items()}  # fmt: skip
    processing, trade = (book.observe("chongqing", of, "2019-01/2019-09")
                         for of in ("processing_trade", "foreign_trade"))  # fmt: skip
    rate = book.observe("chongqing", "trade_with_asean_growth", "2025")
    between = gap.monotone(lambda trade, percent: trade / (1 + percent / 100), [years["2025"]], [rate],
                           unit=years["2025"].unit, scope=years["2025"].scope, made_by="trade of 2024 by growth")
    years["2024"] = replace(between, period="2024")
    return pd.Series({
        **{year: in_three_digits(billions(trade)) for year, trade in years.items()},
        **parts,
        "sichuan-times": parts["sichuan-10m"] / parts["chongqing-10m"],
        "growth": four_moves.trade_growth("trade_with_asean"),
        "all-trade-growth": four_moves.trade_growth("foreign_trade"),
        "boxes": boxes["2025"] / boxes["2019"],
        "share": four_moves.asean_share(),
        "inward": bought.ratio(sold, because="imports over exports"),
        "chips": chips.ratio(bought, because="a part of imports").to("%"),
        "processing": processing.ratio(trade, because="a part of trade").to("%"),
        "platforms": book.observe("guangxi", "national_asean_ai_platforms", "2026-03"),
    })  # fmt: skip


def research() -> pd.DataFrame:
    """Research and development over gross domestic product, by place and year, in percent.

    As first released by one publisher; two cities of 2022 by their own, and Chongqing's aim.
    """
    found = {place: {year: four_moves.intensity(place, year) for year in four_moves.COMMUNIQUES}
             for place in RESEARCH}  # fmt: skip
    cities = {p: {"2022": book.observe(p, "rd_intensity", "2022")} for p in ("chengdu", "xian")}
    aim = {"aim": book.target("chongqing", "rd_intensity", "2025")}
    spent, output = (book.observe("chongqing", what, "2024") for what in ("rd_expenditure", "gdp_census5"))
    latest = {"2024": spent.ratio(output, because="spending over output, both as first released").to("%")}
    return _frame({**found, **cities, "chongqing": found["chongqing"] | latest | aim})


def pace() -> pd.Series:
    """Growth a year of the AI industry: what Chongqing's aim needs, what was seen, in percent."""
    path = path_of("chongqing")
    return pd.Series({
        "start": billions(path.start),
        "end": billions(path.end),
        "needed": path.growth,
        "stated": growth_rates.observed("chongqing"),
        "china": four_moves.national_growth(),
    })  # fmt: skip


def adoption() -> pd.Series:
    """Aims for the use of new-generation terminals and agents by 2027, in percent."""
    places = ("chongqing", "china", "shaanxi", "anhui", "sichuan")
    return pd.Series({p: book.target(p, "smart_terminal_adoption", "2027") for p in places})


def workshops() -> pd.DataFrame:
    """Growth a year of digital workshops that the aim needs and that was seen, in percent."""
    growths = {"counted": four_moves.counted_growth(), "forecast": four_moves.forecast_growth()}
    return pd.DataFrame(growths, index=["needed", "seen"]).T


def aims() -> pd.DataFrame:
    """How many aims there are by what can be followed: Chongqing's, and those of all plans."""
    found = {"chongqing": targets.aims("chongqing"), "all": targets.aims()}
    counts = {who: {"aims": len(of), **targets.by_stage(of)} for who, of in found.items()}
    return pd.DataFrame(counts).T.fillna(0).astype(int)


def ai_aims() -> pd.Series:
    """What Chongqing's plans for AI aim at: adoption of smart terminals and agents in percent, sizes of
    industries in billion yuan."""
    adoption = [book.target("chongqing", "smart_terminal_adoption", year, "CQ_AIPLUS_2025") for year in ("2026", "2027")]
    sizes = {"core": ("ai_core_scale", "2027"), "related": ("ai_related_scale", "2027"),
             "smart": ("Scale of the core industries of the smart economy", "2030")}  # fmt: skip
    found = {name: billions(book.target("chongqing", *aim)) for name, aim in sizes.items()}
    return pd.Series({"adoption-2026": adoption[0], "adoption-2027": adoption[1], **found}, dtype=object)


def judged() -> pd.Series:
    """How many aims of cities were due by the end of 2025, and what came of them."""
    due = targets.of_cities()
    came = targets.judged(due)
    return pd.Series({
        "due": len(due),
        "met": len(came[Answer.YES]),
        "missed": len(came[Answer.NO]),
        "open": len(came[Answer.CANNOT_TELL]),
    })  # fmt: skip


def missed() -> pd.DataFrame:
    """The aims that were missed: what was asked for and what came, by indicator."""
    found = targets.judged(targets.of_cities())[Answer.NO]
    rows = {aim.thing: {"asked": aim.quantity, "came": aim.outcome} for aim in found}
    return _frame(rows)


def software() -> pd.Series:
    """Chongqing's aim for software revenue in 2025 and what a press conference gives for it; since the
    net may be wider, the one does not judge the other."""
    (aim,) = (aim for aim in targets.aims("chongqing") if aim.thing == "Software revenue")
    came = book.observe("chongqing", "software_info_industry_revenue", "2025")
    asked = aim.quantity.across(came.scope, because=WIDER_NET)
    return pd.Series({"asked": billions(asked), "came": billions(came)})


def future_factories() -> pd.Series:
    """Aims for future factories by 2027 in two plans of the city, and how many were built."""
    what = ("chongqing", "future_factories")
    return pd.Series({
        "old": book.target(*what, "2027", "CQ_DIGITAL_2023"),
        "new": book.target(*what, "2027", "CQ_AIMFG_2025"),
        "built": book.observe(*what, "2025"),
    })  # fmt: skip


def themes() -> pd.DataFrame:
    """How much room the four moves have in the plans seen: a section, named, or not seen."""
    columns = {"chongqing": ("plan", plan_themes.AI_PLUS), "chongqing-all": ("place", "chongqing"),
               **{place: ("place", place) for place in plan_themes.OTHERS}}  # fmt: skip
    seen = {name: plan_themes.weights(*where) for name, where in columns.items()}
    return pd.DataFrame({
        name: {move: plan_themes.WORDS[weights.get(theme, 0)]
               for move, theme in plan_themes.MOVES.items()}
        for name, weights in seen.items()
    })  # fmt: skip


def tools() -> pd.Series:
    """Domestic share of the Chinese market by kind of tool, in percent, largest first."""
    found = {tool.indicator: tool.share for tool in domestic_shares.TOOLS}
    return pd.Series(dict(sorted(found.items(), key=lambda pair: -_end(pair[1]))))


def _frame(rows: dict[str, dict[str, Quantity]]) -> pd.DataFrame:
    columns = sorted({column for cells in rows.values() for column in cells})
    table = pd.DataFrame.from_dict(rows, orient="index", dtype=object)
    return table.reindex(columns=columns)


def _end(q: Quantity) -> float:
    return q.high if q.low == float("-inf") else q.middle
