"""How much of the tools of manufacturing China makes itself: domestic shares, by kind and year.

Sources print a domestic share, a share of named foreign makers, or a share of imports.  The last
two leave a domestic share of *at most* the rest, since makers that were not named may be foreign
too.  All are shares of the national market; none is of Chongqing.

Out of scope: what a share means for a factory.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from citygap.data.tables import book
from citygap.quantity.quantity import Quantity
from citygap.quantity.three_valued import Answer, every

SIDE_BY_SIDE = "shares of different markets, set side by side"
FROM_FOREIGN = "the rest after named foreign makers or imports, an upper limit of the domestic share"


@dataclass(frozen=True)
class Tool:
    """One kind of tool: its label, and the indicator and year of a published share."""

    label: str
    indicator: str
    year: str
    designs: bool = False  # it designs or senses, rather than manages, runs or computes

    @property
    def foreign(self) -> bool:
        """Whether the published share is that of foreign makers or imports."""
        return self.indicator.startswith(("foreign_", "import_"))

    @property
    def share(self) -> Quantity:
        """Domestic share in percent; open below where only the foreign part is published."""
        q = book.observe("china", self.indicator, self.year)
        if not self.foreign:
            return q
        rest = (1 - q).to("%").noting(FROM_FOREIGN)
        return replace(rest, low=-math.inf, high=min(rest.high, 100.0), published="",
                       period=self.year, place="china")  # fmt: skip


#: From software that manages to tools that design and sense.
TOOLS = (
    Tool("management software", "domestic_share_management_software", "2019"),
    Tool("production control", "domestic_share_production_control_software", "2019"),
    Tool("operation, maintenance", "domestic_share_om_software", "2019"),
    Tool("AI chips", "domestic_share_ai_chips", "2025"),
    Tool("chip design (EDA)", "domestic_share_eda", "2025", True),
    Tool("design software, all", "domestic_share_rd_design_software", "2019", True),
    Tool("drawing (CAD)", "foreign_share_cad", "2021", True),
    Tool("simulation (CAE)", "foreign_share_cae", "2021", True),
    Tool("sensors, better ones", "import_share_sensors", "2015", True),
    Tool("sensors of cars", "import_share_sensors_automotive", "2020", True),
)


def divided() -> Answer:
    """Whether every tool that designs or senses is less domestic than every other tool."""
    return every(
        one.share.minus(other.share, because=SIDE_BY_SIDE) < 0
        for one in TOOLS if one.designs
        for other in TOOLS if not other.designs
    )  # fmt: skip
