"""Rows of quantities under several measures, side by side.

Out of scope: one measure (``forest``) and change between two dates (``shifts``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace


from citygap import style
from citygap.charts.drawing import draw_mark, limits, log_axis, row_axis
from citygap.charts.finished import Chart, finish
from citygap.charts.marks import Mark


def measures(
    name: str,
    lead: str,
    marks: Mapping[str, Sequence[Mark]],
    *,
    titles: Mapping[str, str],
    log: Sequence[str] = (),
    references: Mapping[str, float] | None = None,
    like: Mapping[str, str] | None = None,
    breaks: Sequence[str] = (),
    starts: Mapping[str, float] | None = None,
    room: float = 0.45,
    row_height: float = 0.27,
) -> Chart:
    """One panel a measure, the same rows in each, one mark a row, its value at its right.

    ``titles`` names each measure above its panel; ``log`` those on a logarithmic axis;
    ``references`` where an upright line stands; ``like`` the place whose colour a row borrows, for
    rows that are about no single place.  ``room`` is the part of a panel's width that is
    kept free for the values.
    """
    import seaborn as sns  # here: it takes longer to import than the rest

    rows = list(dict.fromkeys(mark.row for part in marks.values() for mark in part))
    figure, found = style.canvas(
        0.75 + row_height * len(rows), columns=len(marks), sharey=True, squeeze=False
    )
    for axes, (key, part) in zip(found[0], marks.items()):
        if key in log:
            axes.set_xscale("log")
        line = (references or {}).get(key)
        low, high = limits(part, key in log, [] if line is None else [line])
        low = (starts or {}).get(key, low)
        axes.set_xlim(low, high * (high / low) ** room if key in log else high + room * (high - low))
        row_axis(axes, rows)
        if line is not None:
            axes.axvline(line, color=style.MUTED, linewidth=1.1, zorder=1)
        for row in breaks:
            if row in rows:
                axes.axhline(rows.index(row) - 0.5, color=style.GRID, linewidth=0.9, zorder=1)
        for mark in part:
            y = rows.index(mark.row)
            draw_mark(axes, replace(mark, place=(like or {}).get(mark.row, mark.place)), y, size=5.5)
            axes.annotate(
                mark.quantity.text(), (mark.high, y), xytext=(7, 0), textcoords="offset points",
                va="center", fontsize=8, color=style.INK,
            )  # fmt: skip
        if key in log:
            log_axis(axes.xaxis)
        axes.set_title(titles[key], loc="left", color=style.MUTED, fontsize=8.5)
        sns.despine(ax=axes, left=True)
    flat = [
        replace(mark, row=f"{mark.row.strip()}, {titles[key]}".replace("\n", " "))
        for key, part in marks.items()
        for mark in part
    ]
    return finish(figure, name, lead, flat)
