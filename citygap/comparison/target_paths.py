"""What the plans ask for: paths from the last observation to the aim, and the growth they need.

A path starts from an observation and ends at a target of the same place and indicator, so both
stand on one scope.  Bounds come from both ends.

Out of scope: whether a plan will be met, and how long parity takes (``gap.parity_year``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citygap.charts import Mark
from citygap.data.tables import book
from citygap.measures import gap
from citygap.quantity.quantity import Answer, Quantity


@dataclass(frozen=True)
class Path:
    """From ``start`` (observed in year ``since``) to ``end`` (aimed at for ``until``)."""

    place: str
    indicator: str
    since: str
    until: str
    plan: str | None = None

    @property
    def start(self) -> Quantity:
        """The observation; if the sources differ, all that they leave open."""
        return book.spread(self.place, self.indicator, self.since)

    @property
    def end(self) -> Quantity:
        """The aim."""
        return book.target(self.place, self.indicator, self.until, self.plan)

    @property
    def years(self) -> int:
        return int(self.until) - int(self.since)

    @property
    def growth(self) -> Quantity:
        """Compound growth a year from start to end, in percent."""
        return gap.required_growth(self.start, self.end, self.years).to("%")


#: AI scale: every plan seen whose aim has an observation of the same place and scope before it.
AI_PATHS = (
    Path("beijing", "ai_core_scale", "2025", "2027"),
    Path("hangzhou", "ai_core_scale", "2024", "2026"),
    Path("guangdong", "ai_core_scale", "2023", "2027"),
    Path("jinan", "ai_core_scale", "2022", "2026"),
    Path("chongqing", "ai_core_scale", "2024", "2027"),
    Path("chengdu", "ai_industry_scale", "2023", "2026"),
    Path("wuhan", "ai_industry_scale", "2024", "2028"),
    Path("sichuan", "ai_industry_scale", "2024", "2027", "SC_AIPLUS_2025"),
    Path("suzhou", "ai_industry_scale", "2024", "2027"),
)
#: The manufacturing pillar: what Chongqing's plans count, with the last observation of each.
FACTORY_PATHS = (
    Path("chongqing", "digital_workshops", "2023", "2027"),
    Path("chongqing", "smart_factories", "2023", "2027"),
    Path("chongqing", "software_info_services_revenue", "2022", "2027"),
    Path("chongqing", "electronics_manufacturing_revenue", "2022", "2027"),
    Path("chongqing", "digital_core_value_added", "2022", "2027"),
)


def path_of(place: str, paths: Sequence[Path] = AI_PATHS) -> Path:
    """The path of a place.  Raises LookupError if there is none."""
    for path in paths:
        if path.place == place:
            return path
    raise LookupError(f"no path for {place}")


def rank_range(place: str, paths: Sequence[Path] = AI_PATHS) -> tuple[int, int]:
    """Best and worst rank of a place by required growth, 1 for the highest, given the bounds."""
    own = path_of(place, paths).growth
    others = [path.growth for path in paths if path.place != place]
    surely = sum((other > own) is Answer.YES for other in others)
    perhaps = sum((other > own) is not Answer.NO for other in others)
    return 1 + surely, 1 + perhaps


def growth_marks(paths: Sequence[Path] = AI_PATHS) -> list[Mark]:
    """The growth that each path needs, highest first, one row a path, labelled with its years."""
    ordered = sorted(paths, key=lambda path: -path.growth.middle)
    return [
        Mark(f"{book.name(path.place)} {path.since}-{path.until[2:]}", path.place, path.growth, True)
        for path in ordered
    ]


def ladder(place: str, indicator: str, since: str, aims: Sequence[str], row: str) -> list[Mark]:
    """A line of one observed start and the aims after it, for ``charts.lines``."""
    marks = [Mark(row, place, book.spread(place, indicator, since))]
    return marks + [Mark(row, place, book.target(place, indicator, aim), True) for aim in aims]
