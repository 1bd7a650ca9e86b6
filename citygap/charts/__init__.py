"""The chart functions of the book: quantities in, one inline figure out.

Every function takes :class:`Mark` objects (a quantity, the place it is about and the row or line
it belongs to) and gives a :class:`Chart`, which prints itself in a notebook or, glued, on a page.
What is drawn, what the alternative text says, what the table under the figure lists and what its
card gives for download are the same quantities.

How bounds are drawn: a band from low to high; a marker in its middle; a hollow marker for a
forecast, a target or a figure on another scope; an arrow where a side is open.  Chongqing is an
orange diamond, other places are grey circles that labels tell apart (``style``).

Each function draws for a page and for a phone, 328 pixels wide, and both in English and in Chinese,
with the words of ``citygap.words``.

A chart's module, and matplotlib with it, is imported when the chart is first asked for: analysis
that only speaks of :class:`Mark` starts without.

``marks`` (what is drawn), ``axes`` (pieces), ``chart`` (the figure and its values), ``plots``
(marks on axes) and ``grids`` (rows and columns), one module a kind of chart, whose functions are
named here.

Out of scope: statistics, and the words of captions.
"""

from __future__ import annotations

import importlib

#: What each module gives.
GIVES = {
    "plots.bar_plot": "bars",
    "chart": "Chart COLUMNS finish in_all_forms make told values_of",
    "plots.forest_plot": "forest",
    "plots.line_plot": "lines",
    "marks": "Mark both_names hollow place_name year_of",
    "grids.parity_table": "parities",
    "plots.share_bars": "share_bars",
    "plots.stacked_count": "stack",
}
HOME = {name: module for module, names in GIVES.items() for name in names.split()}

__all__ = [
    "COLUMNS", "Chart", "Mark", "bars", "both_names", "finish", "forest", "hollow", "in_all_forms",
    "lines", "make", "parities", "place_name", "share_bars", "stack", "told", "values_of", "year_of",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import what is asked for, the first time."""
    if name not in HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{HOME[name]}"), name)
    globals()[name] = found
    return found
