"""The chart functions of the book: quantities in, one inline figure out.

Every function takes :class:`Mark` objects (a quantity, the place it is about and the row or line
it belongs to) and gives a :class:`Chart`, which prints itself in a notebook or, glued, on a page.
What is drawn, what the alternative text says, what the table under the figure lists and what its
card gives for download are the same quantities.

How bounds are drawn: a band from low to high; a marker in its middle; a hollow marker for a
forecast, a target or a figure on another scope; an arrow where a side is open.

A chart's module, and matplotlib with it, is imported when the chart is first asked for: analysis
that only speaks of :class:`Mark` starts without.

``marks`` (what is drawn), ``drawing`` (pieces), ``finished`` (the figure and its values), and one
module a kind of chart, whose functions are named here.

Out of scope: statistics, and the words of captions.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

#: What each module gives.
GIVES = {
    "answers": "answers",
    "bands": "band",
    "finished": "Chart COLUMNS finish make values_of",
    "forest": "forest",
    "histories": "histories",
    "levels": "levels",
    "lines": "lines",
    "lorenz": "lorenz_curves",
    "marks": "Mark both_names hollow place_name year_of",
    "matrix": "matrix",
    "measures": "measures",
    "panels": "panels",
    "parities": "parities",
    "profiles": "profiles",
    "ranking": "ranking",
    "ranks": "ranks",
    "regions": "region",
    "seating": "seating",
    "shares": "shares",
    "shifts": "Shift shifts",
    "stack": "stack",
    "stacked": "stacked",
}
HOME = {name: module for module, names in GIVES.items() for name in names.split()}

__all__ = [
    "COLUMNS", "Chart", "Mark", "Shift", "answers", "band", "both_names", "finish", "forest",
    "histories", "hollow", "levels", "lines", "lorenz_curves", "make", "matrix", "measures",
    "panels", "parities", "place_name", "profiles", "ranking", "ranks", "region", "seating",
    "shares", "shifts", "stack", "stacked", "values_of", "year_of",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import what is asked for, the first time."""
    if name not in HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{HOME[name]}"), name)
    globals()[name] = found
    return found


class _Charts(ModuleType):
    """A module in which ``stack`` is the function, whoever imports the module of that name."""

    def __setattr__(self, name: str, value: object) -> None:
        if isinstance(value, ModuleType) and HOME.get(name) == name:
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Charts
