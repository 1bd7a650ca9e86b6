"""The finding of the book in one picture, for the front page and for the README.

Out of scope: all other figures, which their chapters draw.
"""

from __future__ import annotations

from citygap import charts
from citygap.charts import Chart, Mark
from citygap.yardsticks import HEADS, multiples

CITIES = ("chengdu", *HEADS)


def marks() -> list[Mark]:
    """Chengdu and the head cities as multiples of Chongqing, weak comparisons left out."""
    return [mark for mark in multiples(CITIES) if not mark.hollow]


def finding() -> Chart:
    """The figure ``fig-finding``."""
    lead = "Cities as multiples of Chongqing on a logarithmic axis."
    return charts.forest("fig-finding", lead, marks(), xlabel="times Chongqing", reference=1)
