"""The chart functions of the book: quantities in, one inline figure out.

Every function takes :class:`Mark` objects (a quantity, the place it is about and the row or line
it belongs to) and gives a :class:`Chart`, which prints itself in a notebook or, glued, on a page.
What is drawn, what the alternative text says, what the table under the figure lists and what its
card gives for download are the same quantities.

How bounds are drawn: a band from low to high; a marker in its middle; a hollow marker for a
forecast, a target or a figure on another scope; an arrow where a side is open.

``marks`` (what is drawn), ``drawing`` (pieces), ``finished`` (the figure and its values), and one
module a kind of chart, whose functions are named here.

Out of scope: statistics, and the words of captions.
"""

from citygap.charts.answers import answers
from citygap.charts.bands import band
from citygap.charts.finished import Chart, COLUMNS, finish, make, values_of
from citygap.charts.forest import forest
from citygap.charts.histories import histories
from citygap.charts.levels import levels
from citygap.charts.lines import lines
from citygap.charts.lorenz import lorenz_curves
from citygap.charts.marks import Mark, both_names, hollow, place_name, year_of
from citygap.charts.matrix import matrix
from citygap.charts.measures import measures
from citygap.charts.panels import panels
from citygap.charts.parities import parities
from citygap.charts.profiles import profiles
from citygap.charts.ranking import ranking
from citygap.charts.ranks import ranks
from citygap.charts.regions import region
from citygap.charts.seating import seating
from citygap.charts.shares import shares
from citygap.charts.shifts import Shift, shifts
from citygap.charts.stack import stack
from citygap.charts.stacked import stacked

__all__ = [
    "COLUMNS", "Chart", "Mark", "Shift", "answers", "band", "both_names", "finish", "forest",
    "histories", "hollow", "levels", "lines", "lorenz_curves", "make", "matrix", "measures",
    "panels", "parities", "place_name", "profiles", "ranking", "ranks", "region", "seating",
    "shares", "shifts", "stack", "stacked", "values_of", "year_of",
]  # fmt: skip
