"""The finding of the book in one picture, for the front page and for the README.

Out of scope: all other figures, which their chapters draw.
"""

from __future__ import annotations

from citygap import charts
from citygap.charts import Chart, Mark
from citygap.yardsticks import AI, HEADS, YARDSTICK, multiples

CITIES = ("chengdu", *HEADS)
#: What the yardsticks of the figure measure, by their keys, in its order.
SUBJECTS = {
    "Economy": ("gdp",),
    "Technology": ("high_tech", "rd"),
    "AI": AI,
    "Any field": ("unicorns",),
}


def marks() -> list[Mark]:
    """Chengdu and the head cities as multiples of Chongqing, weak comparisons left out."""
    return [mark for mark in multiples(CITIES) if not mark.hollow]


def finding() -> Chart:
    """The figure ``fig-finding``."""
    lead = "Cities as multiples of Chongqing on a logarithmic axis."
    groups = {
        subject: [YARDSTICK[key].label for key in keys] for subject, keys in SUBJECTS.items()
    }
    return charts.forest("fig-finding", lead, marks(), xlabel="times Chongqing", reference=1,
                         groups=groups)  # fmt: skip
