"""Rows of quantities in panels one above the other, on one axis, with what cannot be compared named.

Out of scope: one panel (``forest``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import seaborn as sns

from citygap import style
from citygap.charts.drawing import draw_mark, limits, log_axis, row_axis
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark, place_name

ROW, HEAD = 0.33, 0.6  # inches of a row, and of what stands around a panel


def panels(
    name: str,
    lead: str,
    groups: Mapping[str, Sequence[Mark]],
    *,
    xlabel: str,
    reference: float | None = None,
    missing: Mapping[str, Sequence[str]] | None = None,
) -> Chart:
    """One panel a group, all on one logarithmic axis; rows stand in the order of the first marks.

    ``missing`` names, by row, the places that cannot be compared there; each panel prints those
    that it shows elsewhere in grey under the name of the row.
    """
    every = [mark for group in groups.values() for mark in group]
    rows = list(dict.fromkeys([*(mark.row for mark in every), *(missing or {})]))
    figure, all_axes = style.canvas(
        0.3 + len(groups) * (HEAD + ROW * len(rows)), rows=len(groups), sharex=True, squeeze=False
    )
    ends = limits(every, True, [reference] if reference else [])
    for axes, (title, marks) in zip(all_axes[:, 0], groups.items(), strict=True):
        axes.set_xscale("log")
        axes.set_xlim(*ends)
        row_axis(axes, rows)
        axes.grid(axis="y", visible=True, alpha=0.5)
        axes.set_title(title, loc="left", fontsize=9, fontweight="normal", pad=20)
        if reference is not None:
            axes.axvline(reference, color=style.MUTED, linewidth=1.1, zorder=1)
        places = list(dict.fromkeys(mark.place for mark in marks))
        for mark in marks:
            draw_mark(axes, mark, rows.index(mark.row))
        _unknown(axes, rows, places, missing or {})
        log_axis(axes.xaxis)
        sns.despine(ax=axes, left=True)
        _key(axes, places)
    all_axes[-1, 0].set_xlabel(xlabel)
    return finish(figure, name, lead, every)


def _key(axes, places: Sequence[str]) -> None:
    """The places of a panel above it, with their markers."""
    for place in places:
        axes.plot([], [], marker=style.marker(place), color=style.colour(place), linestyle="none",
                  markersize=6.5, label=place_name(place))
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(places), borderaxespad=0.1,
                handletextpad=0.1, columnspacing=0.9)


def _unknown(
    axes, rows: Sequence[str], places: Sequence[str], missing: Mapping[str, Sequence[str]]
) -> None:
    """Under the name of a row, the places of the panel that cannot be compared there."""
    for label, row in zip(axes.get_yticklabels(), rows, strict=True):
        names = [place_name(place) for place in places if place in missing.get(row, ())]
        if names:
            everyone = len(names) == len(places)
            words = "no comparison" if everyone else f"not known: {', '.join(names)}"
            label.set_verticalalignment("bottom")
            axes.annotate(words, (0, rows.index(row)), xytext=(-4, -1),
                          xycoords=("axes fraction", "data"), textcoords="offset points",
                          ha="right", va="top", fontsize=7, color=style.MUTED)
