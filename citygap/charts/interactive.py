"""A chart to ask: the same marks as a specification of Vega-Lite, which a page draws on demand.

:func:`rows`, :func:`shares`, :func:`cells`, :func:`counts` and :func:`over_time` make what the script of the page
(``press/static/explore/explore.js``) needs: ``spec``, whose data are the marks in the order of the
figure's table of values, so that the table's row tells what a mark says; ``choices``, of which a
reader shows some; whether one of them can be in ``focus``; whether the marks are ``multiples`` of
Chongqing's.

Nothing is computed in the page: bounds, middles and words are those of the marks.  A colour is named
as the page's style sheet names it, so that it follows light and dark.  Chongqing is orange; another
place that a reader puts in focus has the second colour.

Out of scope: the pictures that a page shows first (``plots``), the look of the controls (``press``).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from citygap import words
from citygap.charts import style
from citygap.charts.axes import DOUBLED, wrapped
from citygap.charts.marks import Mark, place_name
from citygap.quantity import chinese

Spec = dict[str, object]

LETTERS = 44  # of a row's name in a line
LABEL = 16  # pixels of a line of words
AT_END = 14  # letters in a line of a name at the end of a line
INK, MUTED, GRID, PAPER, ORANGE, SECOND = (
    style.CSS[ink] for ink in (style.INK, style.MUTED, style.GRID, style.PAPER, style.CHONGQING, style.SECOND)
)
LED = "datum.who === focus"
OURS = f"datum.who === '{style.FOCUS}'"
#: The colour of a mark: the focus has the second colour, unless it is Chongqing.
COLOUR = {"value": {"expr": f"{LED} && !({OURS}) ? '{SECOND}' : datum.ink"}}
#: What lies above: the focus.
ORDER = {"field": "led", "type": "quantitative"}
NAMED = "datum.name + ' ' + datum.value"
SAID = {"value": {"expr": "datum.name + ', ' + datum.row + ': ' + datum.value"}}
#: How an axis prints a number; beyond ten thousand Chinese counts in 万 and 亿.
TICK = "format(datum.value, ',~r')"
CHINESE_TICK = (
    "datum.value >= 1e8 ? format(datum.value / 1e8, '~r') + '亿' : "
    "datum.value >= 1e4 ? format(datum.value / 1e4, '~r') + '万' : format(datum.value, '~r')"
)
CONFIG = {
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED, "titleColor": MUTED, "gridColor": GRID, "domainColor": MUTED, "tickColor": MUTED,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 0, "titleLimit": 0,
    },
    "text": {"fill": INK, "fontSize": 13},
    "title": {"color": MUTED, "fontSize": 12, "fontWeight": "normal", "anchor": "start"},
}  # fmt: skip


def datum(number: int, mark: Mark, who: str, ink: str) -> Spec:
    """What is drawn of a mark; ``number`` is its row in the table of values, a side that is open is
    not there."""
    zh = words.speaking() == words.CHINESE
    found = {
        "n": number, "who": who, "name": place_name(mark.place), "row": mark.line, "ink": ink,
        "value": chinese.in_chinese(mark.quantity) if zh else mark.quantity.brief(),
        "at": mark.middle, "low": mark.low, "high": mark.high,
        "hollow": 1 if mark.hollow else None,
    }  # fmt: skip
    if mark.chance:
        found |= {"chance_low": mark.chance.low, "chance_high": mark.chance.high}
    return {key: value for key, value in found.items() if not _nothing(value)}


def _nothing(value: object) -> bool:
    return value is None or isinstance(value, float) and not math.isfinite(value)


def rows(
    marks: Sequence[Mark], *, xlabel: str, log: bool = False, bars: bool = False, reference: float | None = None,
    reference_label: str = "", least: float | None = None, most: float | None = None,
    named: str | Collection[str] = (),
) -> Spec:
    """Marks, or bars from zero, in rows; the options are those of ``forest`` and ``bars``."""
    by_place = len({mark.place for mark in marks}) > 1
    crowd = len({mark.line for mark in marks}) < len(marks)
    data = [
        datum(n, mark, mark.place if by_place else mark.line, style.painted(mark.place))
        | {"head": wrapped(mark.row, LETTERS)}
        for n, mark in enumerate(marks)
    ]
    from_zero = not log and not least and all(mark.ends[0] >= 0 or math.isinf(mark.ends[0]) for mark in marks)
    scale: Spec = {"nice": False, "zero": True}
    if not from_zero:
        scale = {"nice": False, "padding": 14} | ({"type": "log"} if log else {"zero": False})
    scale |= {"domainMin": least} if least else {}
    if most is not None and not log:  # a logarithmic axis would show its marks beyond either end at the end
        scale |= {"domainMax": most, "clamp": True}
    x = {"field": "at", "type": "quantitative", "scale": scale, "axis": number_axis(xlabel, marks if log else ())}
    step, y = _row_axis(data, LABEL * crowd)
    # The name of a place and its value above the mark where places share a row, else the value at its right.
    side = {"expr": "scale('x', datum.at) > width / 2 ? 'right' : 'left'"}
    label = {"align": side, "baseline": "bottom", "dy": -8} if crowd else {"align": "left", "dx": 9}
    text = NAMED if crowd else "datum.value"
    layers = [
        *([_upright(reference, reference_label)] if reference is not None else []),
        *(_bars(x, y) if bars else _points(x, y, crowd, math.inf if log or most is None else most)),
        {
            "transform": [{"filter": f"{LED} || {OURS}"}] if crowd else [],
            "mark": {"type": "text", "aria": False, **label},
            "encoding": {"x": x if crowd else x | {"field": "tip"}, "y": y, "text": {"value": {"expr": text}}},
        },
    ]
    found = _chart(
        data, _choices(data), layers, focus=_first(marks, named) if by_place else "",
        height={"step": step},
        calculated={"tip": "isValid(datum.chance_high) ? max(datum.chance_high, datum.high || datum.at)"
                           " : isValid(datum.high) ? datum.high : datum.at"},
        by="place" if by_place else "row",
    )  # fmt: skip
    return found | {"multiples": crowd and reference == 1}


def _row_axis(data: Sequence[Spec], above: int = 0, below: int = 30) -> tuple[int, Spec]:
    """Height of a row, and rows in the order of the data, each below its name.

    ``above`` pixels are for labels of marks, ``below`` for the marks, in whose middle they stand.
    """
    lines = max(str(each["head"]).count("\n") for each in data) + 1
    step = LABEL * lines + above + below
    axis = {
        "title": None, "domain": False, "ticks": False, "labelAlign": "left", "labelBaseline": "top",
        "labelPadding": 0, "labelExpr": "split(datum.value, '\\n')", "labelColor": INK, "labelFontSize": 13,
        "labelOffset": {"expr": f"2 - bandwidth('y') / 2 + {LABEL} * ({lines} - length(split(datum.value, '\\n')))"},
        "labelLineHeight": LABEL,
    }  # fmt: skip
    return step, {
        "field": "head", "type": "nominal", "sort": None, "axis": axis, "scale": {"paddingInner": 0, "paddingOuter": 0},
        "bandPosition": 1 - below / 2 / step,
    }  # fmt: skip


def number_axis(title: str, log: Sequence[Mark] = ()) -> Spec:
    """An axis of numbers, which the language prints; on a logarithmic one of marks 1, 2, 4, 8, ..."""
    found = {
        "title": title or None, "labelExpr": CHINESE_TICK if words.speaking() == words.CHINESE else TICK,
        "tickCount": 9 if log else 5, "domain": False, "ticks": False, "labelOverlap": True,
    }  # fmt: skip
    ends = [end for mark in log for end in mark.ends if 0 < end < math.inf]
    if ends:
        powers = range(math.floor(math.log10(min(ends))), math.ceil(math.log10(max(ends))) + 1)
        fine = (1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9)
        steps = fine if max(ends) < 5 * min(ends) else (1, 2, 5)
        found["values"] = [float(f"{step}e{power}") for power in powers for step in steps]
        if max(ends) >= DOUBLED * min(ends):
            twos = range(math.floor(math.log2(min(ends))), math.ceil(math.log2(max(ends))) + 1)
            found["values"] = [2.0**power for power in twos]
    return found


def _upright(value: float, label: str) -> Spec:
    line = {"mark": {"type": "rule", "color": MUTED, "aria": False}, "encoding": {"x": {"datum": value}}}
    text = {"type": "text", "text": label, "baseline": "bottom", "dy": -4, "fill": MUTED, "fontSize": 12, "aria": False}
    named = {"mark": text, "encoding": {"x": {"datum": value}, "y": {"value": 0}}}
    return {"data": {"values": [{}]}, "layer": [line, named] if label else [line]}


def _points(x: Spec, y: Spec, crowd: bool, most: float) -> list[Spec]:
    """Bands, lines of chance (in a ``crowd`` of the focus alone), open sides and markers of marks in rows.

    A line of chance that runs beyond ``most`` has no cap there.
    """
    return [
        _mark({"type": "rule", "strokeWidth": 6, "opacity": style.TINT}, x | {"field": "low"}, y,
              only="isValid(datum.low) && isValid(datum.high) && datum.high > datum.low", to="high"),
        *_chance(x, y, f" && {LED}" if crowd else "", most),
        *_open(x, y),
        {"mark": {"type": "point", "size": 75, "opacity": 1, "strokeWidth": 1.6},
         "encoding": {"x": x, "y": y, "order": ORDER, "description": SAID, **_marker()}},
    ]  # fmt: skip


def _marker() -> Spec:
    """Shape and colours: Chongqing is a diamond, what is hollow is empty."""
    return {
        "stroke": COLOUR,
        "fill": {"value": {"expr": f"datum.hollow ? '{PAPER}' : {COLOUR['value']['expr']}"}},
        "shape": {"value": {"expr": f"datum.ink === '{ORANGE}' ? 'diamond' : 'circle'"}},
    }


def _mark(mark: Spec, x: Spec, y: Spec, *, only: str = "", to: str = "", colour: str = "stroke") -> Spec:
    """A layer of marks in the colour of their place that nobody points at."""
    ends = {"x2": {"field": to}} if to else {}
    return {
        "transform": [{"filter": only}] if only else [],
        "mark": {"aria": False, "tooltip": None, **mark},
        "encoding": {"x": x, "y": y, colour: COLOUR, **ends},
    }


def _chance(x: Spec, y: Spec, besides: str, most: float) -> list[Spec]:
    """A thin line with caps: what chance leaves open."""
    only = f"isValid(datum.chance_low){besides}"
    cap = {"type": "point", "shape": "M0,-1V1", "size": 70, "strokeWidth": 1.2, "opacity": 1}
    return [
        _mark({"type": "rule", "strokeWidth": 1.2}, x | {"field": "chance_low"}, y, only=only, to="chance_high"),
        _mark(cap, x | {"field": "chance_low"}, y, only=only),
        _mark(cap, x | {"field": "chance_high"}, y,
              only=only + (f" && datum.chance_high <= {most}" if math.isfinite(most) else "")),
    ]  # fmt: skip


def _open(x: Spec, y: Spec) -> list[Spec]:
    """An arrow to the edge, where a side is open."""
    found = []
    for side, edge, head in (("high", "width", "triangle-right"), ("low", 0, "triangle-left")):
        only = f"!isValid(datum.{side})"
        line = _mark({"type": "rule", "strokeWidth": 1.2, "opacity": 0.8}, x, y, only=only)
        line["encoding"]["x2"] = {"value": edge}
        found += [
            line,
            _mark({"type": "point", "shape": head, "size": 40, "opacity": 0.8, "filled": True}, {"value": edge}, y,
                  only=only, colour="color"),
        ]  # fmt: skip
    return found


def _bars(x: Spec, y: Spec) -> list[Spec]:
    """Bars to the lower bound, over pale ones to the upper one; hollow ones are outlines."""
    size = {"type": "bar", "height": 15, "yOffset": _down(y)}
    fill = {"value": {"expr": f"datum.hollow ? '{PAPER}' : {COLOUR['value']['expr']}"}}
    return [
        {"mark": size | {"opacity": style.TINT, "aria": False},
         "encoding": {"x": x | {"field": "tip"}, "y": y, "color": COLOUR}},
        {"mark": size | {"strokeWidth": 1.2},
         "encoding": {"x": x | {"field": "foot"}, "y": y, "fill": fill, "stroke": COLOUR, "description": SAID}},
    ]  # fmt: skip


def _down(y: Spec) -> Spec:
    """How far a bar, which stands in the middle of its row, is to be moved."""
    return {"expr": f"bandwidth('y') * {y['bandPosition'] - 0.5:.4f}"}


def shares(marks: Sequence[Mark], inks: Mapping[str, str], *, xlabel: str) -> Spec:
    """Bars of 100 percent, cut into places of the colours ``inks``, the focus first."""
    data = [datum(n, mark, mark.place, inks[mark.place]) | {"head": wrapped(mark.row, LETTERS)}
            for n, mark in enumerate(marks)]  # fmt: skip
    x = {"field": "at", "type": "quantitative", "stack": "zero", "scale": {"domain": [0, 100]},
         "axis": number_axis(xlabel) | {"labelExpr": "datum.value + '%'"}}  # fmt: skip
    step, y = _row_axis(data, below=36)
    return _chart(
        data, _choices(data), [
            _stacked(x, y, {"fill": COLOUR}),
            {"transform": [{"filter": LED}],
             "mark": {"type": "text", "align": "right", "dy": -18, "baseline": "bottom", "aria": False},
             "encoding": {"x": {"value": "width"}, "y": y, "text": {"value": {"expr": NAMED}}}},
        ],
        focus=_first(marks, ()), height={"step": step}, by="place",
        calculated={"rank": f"{LED} ? -1 : datum.n"},
    )  # fmt: skip


def _stacked(x: Spec, y: Spec, fill: Spec) -> Spec:
    return {
        "mark": {"type": "bar", "height": 22, "yOffset": _down(y), "stroke": PAPER, "strokeWidth": 0.8},
        "encoding": {"x": x, "y": y, **fill, "order": {"field": "rank", "type": "quantitative"},
                     "detail": {"field": "who"}, "description": SAID},
    }  # fmt: skip


def cells(given: Sequence[tuple[str, str, str, float]], named: str = "") -> Spec:
    """Words in cells: of each the place, its column, what it says and how dark it is, 0 to 1."""
    columns = list(dict.fromkeys(column for _, column, _, _ in given))
    letters = LETTERS // len(columns)
    data = [
        {"n": n, "who": place, "name": place_name(place), "row": column, "head": place_name(place), "value": said,
         "ink": style.painted(place), "column": wrapped(column, letters), "told": wrapped(said, letters + 1), "shade": shade}
        for n, (place, column, said, shade) in enumerate(given)
    ]  # fmt: skip
    lines = max(each["column"].count("\n") for each in data) + 1
    x = {"field": "column", "type": "nominal", "sort": None, "scale": {"paddingInner": 0.03, "paddingOuter": 0},
         "axis": {"title": None, "orient": "top", "domain": False, "ticks": False, "labelAngle": 0, "labelColor": INK,
                  "labelExpr": "split(datum.value, '\\n')", "labelLineHeight": LABEL, "labelBaseline": "top",
                  "labelPadding": LABEL * lines}}  # fmt: skip
    step, y = _row_axis(data, below=42)
    cell = {"type": "rect", "height": 38, "yOffset": _down(y), "fill": GRID, "opacity": {"expr": "0.25 + 0.75 * datum.shade"}}
    text = {"type": "text", "fill": {"expr": f"{LED} ? '{SECOND}' : '{INK}'"}, "lineBreak": "\n", "lineHeight": LABEL,
            "fontSize": 12, "dy": {"expr": f"-{LABEL / 2} * (length(split(datum.told, '\\n')) - 1)"}, "baseline": "middle", "aria": False}
    return _chart(
        data, _choices(data), [
            {"mark": cell, "encoding": {"x": x, "y": {**y, "bandPosition": 0.5}, "description": SAID}},
            {"mark": text, "encoding": {"x": x, "y": y, "text": {"field": "told"}}},
        ],
        focus=named, height={"step": step}, by="place", calculated={},
    )  # fmt: skip


def counts(
    counts: Mapping[str, Mapping[str, int]], stages: Mapping[str, str], inks: Mapping[str, str], *, xlabel: str
) -> Spec:
    """Counts, stacked, a bar a kind; ``inks`` are the colours of the stages."""
    cells = [(kind, stage, parts.get(stage, 0)) for kind, parts in counts.items() for stage in stages]
    data = [
        {"n": n, "who": stage, "name": stages[stage], "row": kind, "head": wrapped(kind, LETTERS), "ink": inks[stage],
         "value": str(count), "at": count, "low": count, "high": count}
        for n, (kind, stage, count) in enumerate(cells)
    ]  # fmt: skip
    x = {"field": "at", "type": "quantitative", "stack": "zero", "axis": number_axis(xlabel)}
    step, y = _row_axis(data, below=36)
    fill = {"fill": {"value": {"expr": "datum.ink"}}, "stroke": {"value": MUTED}}
    return _chart(data, _choices(data), [_stacked(x, y, fill)], focus="", height={"step": step}, by="stage",
                  calculated={"rank": "datum.n"})  # fmt: skip


def over_time(
    marks: Sequence[Mark], looks: Mapping[str, str], ticks: Mapping[float, str], *, ylabel: str, log: bool = False,
    label: Mapping[str, str] | None = None, named: str = "", xlabel: str = "", least: float | None = None,
) -> Spec:
    """Lines over time, one a row, with its name at the end; ``looks`` are the places whose colour the
    rows take, ``ticks`` the words below the axis of years, ``xlabel`` what those are; ``least`` starts
    the other axis."""
    data: list[Spec] = []
    label = label or {}
    for n, mark in enumerate(marks):
        look = looks[mark.row]
        who = look if look == style.FOCUS else mark.line
        data.append(datum(n, mark, who, style.painted(look)) | {"x": mark.year})
    for row in dict.fromkeys(mark.row for mark in marks):
        own = sorted((n for n, mark in enumerate(marks) if mark.row == row), key=lambda n: marks[n].year)
        for before, after in zip(own, own[1:]):
            ahead = marks[before].hollow or marks[after].hollow
            dash = [4, 3] if ahead else [5, 1.5] if looks[row] == "china" else [1, 0]
            data[after] |= {"from": data[before]["x"], "was": data[before]["at"], "dash": dash}
        if own[1:] and all(marks[n].chance for n in own):
            for n in own:
                data[n]["band"] = 1
        if name := label.get(row, row):
            data[own[-1]]["end"] = wrapped(name, AT_END)
    seconds = [each["who"] for each, mark in zip(data, marks) if looks[mark.row] in (named, "second")]
    ours = [each["who"] for each in data if each["who"] == style.FOCUS]
    focus = next(iter([*seconds, *ours]), "")
    x = {"field": "x", "type": "quantitative", "scale": {"zero": False, "nice": False, "padding": 8},
         "axis": {"title": xlabel or None, "grid": False, "values": list(ticks), "labelExpr": "years[datum.value]",
                  "labelOverlap": True, "labelSeparation": 6}}  # fmt: skip
    scale = {"type": "log", "nice": False, "padding": 10} if log else {"zero": min(m.ends[0] for m in marks) >= 0}
    if least is not None:
        scale = {"zero": False, "domainMin": least}
    y = {"field": "at", "type": "quantitative", "scale": scale, "axis": number_axis("", marks if log else ())}
    wide = {"value": {"expr": f"{LED} || {OURS} ? 2.4 : 1.4"}}
    layers = [
        {"transform": [{"filter": "datum.band"}], "mark": {"type": "area", "opacity": style.TINT, "aria": False},
         "encoding": {"x": x, "y": y | {"field": "chance_low"}, "y2": {"field": "chance_high"}, "fill": COLOUR,
                      "detail": {"field": "row"}}},
        {"transform": [{"filter": "isValid(datum.from)"}], "mark": {"type": "rule", "aria": False},
         "encoding": {"x": x | {"field": "from"}, "y": y | {"field": "was"},
                      "x2": {"field": "x"}, "y2": {"field": "at"}, "stroke": COLOUR, "strokeWidth": wide, "strokeDash": {"value": {"expr": "datum.dash"}}}},
        {"transform": [{"filter": "isValid(datum.low) && isValid(datum.high) && datum.high > datum.low"}],
         "mark": {"type": "rule", "strokeWidth": 6, "opacity": style.TINT, "aria": False},
         "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}, "stroke": COLOUR}},
        {"transform": [{"filter": "isValid(datum.chance_low) && !datum.band"}],
         "mark": {"type": "rule", "strokeWidth": 1.2, "aria": False},
         "encoding": {"x": x, "y": y | {"field": "chance_low"}, "y2": {"field": "chance_high"}, "stroke": COLOUR}},
        {"mark": {"type": "point", "size": 36, "opacity": 1, "strokeWidth": 1.4},
         "encoding": {"x": x, "y": y, "order": ORDER, "description": SAID, **_marker()}},
        {"transform": [{"filter": "isValid(datum.end)"}],
         "mark": {"type": "text", "align": "left", "dx": 8, "lineHeight": 15, "aria": False, "clip": False},
         "encoding": {"x": x, "y": y, "text": {"value": {"expr": "split(datum.end, '\\n')"}},
                      "yOffset": {"value": {"expr": "shift[datum.who] || 0"}}}},
    ]  # fmt: skip
    found = _chart(data, _choices(data, "row"), layers, focus=focus, height=260, by="line", calculated={},
                   params={"shift": {}, "years": {f"{year:g}": name for year, name in ticks.items()}})  # fmt: skip
    found["spec"]["title"] = ylabel
    return found


#: How far a name at the end of one of two lines is moved, so that it does not cover the other's.
AWAY = "scale('y', datum.at) - scale('y', datum.rival)"
APART = f"({AWAY} || 0.1 - datum.n) < 0 ? min(0, (-17 - ({AWAY})) / 2) : max(0, (17 - ({AWAY})) / 2)"


def growths() -> Spec:
    """Levels that grow at constant rates, on a logarithmic axis: the specification alone, to whose
    data ``marks`` a script hands, for the first and the last year of each of two places, ``year``,
    ``at``, ``low`` and ``high``, with ``name``, ``ink``, ``dash`` and ``rival``, where the other is.
    ``span`` are the years that are shaded, ``unit`` is printed above."""
    number = number_axis("") | {"values": [float(f"{step}e{power}") for power in range(-9, 16) for step in (1, 2, 5)]}
    if words.speaking() != words.CHINESE:
        number["labelExpr"] = "format(datum.value, datum.value < 1e7 ? ',~r' : '.0e')"
    years = {"title": None, "grid": False, "format": "d", "tickCount": 6, "tickMinStep": 1, "labelOverlap": True}
    x = {"field": "year", "type": "quantitative", "scale": {"zero": False, "nice": False}, "axis": years}
    y = {"field": "at", "type": "quantitative", "scale": {"type": "log", "nice": False, "padding": 8}, "axis": number}
    ink, who = {"value": {"expr": "datum.ink"}}, {"field": "name"}
    layers = [
        {"data": {"values": [{}]},
         "mark": {"type": "rect", "fill": MUTED, "opacity": {"expr": "span[1] > span[0] ? 0.22 : 0"}},
         "encoding": {"x": {"datum": {"expr": "span[0]"}, "type": "quantitative"},
                      "x2": {"datum": {"expr": "span[1]"}}}},
        {"mark": {"type": "area", "opacity": style.TINT},
         "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}, "fill": ink, "detail": who}},
        {"transform": [{"filter": "datum.last"}], "mark": {"type": "rule", "strokeWidth": 2.6},
         "encoding": {"x": x | {"field": "first"}, "y": y | {"field": "was"},
                      "x2": {"field": "year"}, "y2": {"field": "at"}, "stroke": ink, "strokeDash": {"value": {"expr": "datum.dash"}}}},
        {"transform": [{"filter": "datum.last"}], "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 14},
         "encoding": {"x": x, "y": y, "text": {"field": "name"}, "yOffset": {"value": {"expr": APART}}}},
    ]  # fmt: skip
    for layer in layers:
        layer["mark"] |= {"aria": False}  # what the picture says stands in words beside it
    given = {"span": [0, 0], "unit": ""}
    return {
        "width": "container", "height": 300, "autosize": {"type": "fit-x", "contains": "padding", "resize": True},
        "title": {"text": {"expr": "unit"}}, "data": {"name": "marks", "values": []},
        "params": [{"name": name, "value": value} for name, value in given.items()],
        "layer": layers, "config": CONFIG,
    }  # fmt: skip


def _first(marks: Sequence[Mark], named: str | Collection[str]) -> str:
    """The place that is in focus at first: the one that the title names, else Chongqing, else the first named."""
    places = [mark.place for mark in marks]
    wanted = (named, style.FOCUS) if isinstance(named, str) else (style.FOCUS, *named)
    return next((place for place in wanted if place in places), "")


def _choices(data: Sequence[Spec], said: str = "") -> list[Spec]:
    """What a reader chooses among: key, name and colour of each, once."""
    found: dict[object, Spec] = {}
    for each in data:
        name = each["row"] if said or each["who"] == each["row"] else each["name"]
        found.setdefault(each["who"], {"key": each["who"], "name": name, "ink": each["ink"]})
    return list(found.values())


def _chart(
    data: Sequence[Spec], choices: Sequence[Spec], layers: Sequence[Spec], *, focus: str, height: object, by: str,
    calculated: Mapping[str, str], params: Mapping[str, object] | None = None,
) -> Spec:
    """All that the script needs.  Layers see the marks that are chosen, with whether each leads."""
    given = {"focus": focus, "chosen": [each["key"] for each in choices], **(params or {})}
    steps = {"led": f"{LED} ? 2 : {OURS} ? 1 : 0", "foot": "isValid(datum.low) ? datum.low : 0", **calculated}
    return {
        "by": by,
        "choices": list(choices),
        "focus": focus if by in ("place", "line") and choices[1:] else None,
        "spec": {
            "width": "container", "height": height, "autosize": {"type": "fit-x", "contains": "padding"},
            "data": {"name": "marks", "values": list(data)},
            "params": [{"name": name, "value": value} for name, value in given.items()],
            "transform": [{"filter": "indexof(chosen, datum.who) >= 0"},
                          *({"calculate": how, "as": name} for name, how in steps.items())],
            "layer": list(layers),
            "config": CONFIG,
        },
    }  # fmt: skip
