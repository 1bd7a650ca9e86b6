"""Run a chapter's cells in this process and collect what it hands to its page, without drawing."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

import jupytext
import myst_nb
import pytest

from citygap import charts, data_overview, notebook

#: The functions of ``citygap.charts`` that draw a chart.
DRAWING = [
    name
    for name in charts.__all__
    if inspect.isfunction(function := getattr(charts, name))
    and function.__annotations__.get("return") == "Chart"
    and name not in ("finish", "make")
]  # fmt: skip

CHAPTERS = Path(__file__).resolve().parent.parent / "chapters"


@dataclass
class Drawn:
    """What stands in for a chart: its name and the marks that it would show."""

    name: str
    marks: tuple = ()
    code: str = ""


def _drawn(name, lead, *parts, **options):
    marks = [part for part in parts if isinstance(part, (list, tuple))]
    for part in parts:  # panels take their marks in groups
        if isinstance(part, dict) and all(isinstance(group, list) for group in part.values()):
            marks.append([mark for group in part.values() for mark in group])
    return Drawn(name, tuple(marks[-1]) if marks else ())


def run(chapter: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Everything that ``chapter`` glues, by name: quantities, counts, phrases and drawn marks."""
    glued: dict[str, object] = {}
    for name in DRAWING:
        monkeypatch.setattr(charts, name, _drawn)
    monkeypatch.setattr(data_overview, "coverage", lambda: Drawn("fig-coverage"))
    monkeypatch.setattr(
        myst_nb, "glue",
        lambda key, value, display=True: glued.update({key: getattr(value, "value", value)}),
    )
    if hasattr(notebook, "says"):
        monkeypatch.setattr(notebook, "says", lambda text, answer: text)
    monkeypatch.chdir(CHAPTERS)
    monkeypatch.syspath_prepend(str(CHAPTERS.parent))
    scope: dict[str, object] = {}
    for cell in code_of(chapter):
        exec(cell, scope)
    return glued


@cache
def code_of(chapter: str) -> list[CodeType]:
    """A chapter's cells of code, compiled."""
    cells = jupytext.read(CHAPTERS / f"{chapter}.md").cells
    return [compile(c.source, f"{chapter}.md", "exec") for c in cells if c.cell_type == "code"]
