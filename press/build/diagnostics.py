"""What went wrong, as a person needs it: file, line, and one sentence.

Sphinx says it in warnings, a failing cell in a traceback of a hundred lines.  :func:`read` turns
both into :class:`Trouble`; the whole text stays in the log.

Out of scope: faults of the tables (``citygap.data.validate.check`` names them before any chapter
runs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from press import ROOT, TOC, shown

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
WARNING = re.compile(
    r"^(?:(?P<file>[^\n]+?)(?::(?P<line>\d+))?:+ )?(?P<level>WARNING|ERROR|CRITICAL): (?P<text>.*)",
    re.DOTALL,
)
CELL_FAILED = "Executing notebook failed"
# IPython's traceback: "ValueError   Traceback (most recent call last)", then a frame a paragraph.
KIND = re.compile(r"^(\w+) +Traceback \(most recent call last\)", re.M)
IN_CELL = re.compile(r"^\s*Cell In ?\[(\d+)\], line (\d+)", re.M)
IN_FILE = re.compile(r"^\s*File (~?/[^\n]+?\.py):(\d+)", re.M)
ERROR = re.compile(r"^(?:\w+\.)*\w*(?:Error|Exception|Warning|Interrupt)\b.*", re.M)


@dataclass(frozen=True)
class Trouble:
    """One thing to mend: ``file`` relative to the book's root, ``line`` 0 if unknown."""

    file: str
    line: int
    text: str
    cell: bool = False  # a failing cell, from which other warnings may follow

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.text}" if place else self.text


def meant(key: str, known: Iterable[str]) -> str:
    """"did you mean 'C07'? Else ", for a key that is nearly one that is known; else nothing."""
    near = get_close_matches(key, sorted(known), 1, 0.7)
    return f"did you mean {near[0]!r}? Else " if near else ""


def read(records: Iterable[str], root: Path = ROOT) -> list[Trouble]:
    """One :class:`Trouble` for each of Sphinx's warnings (one text each), none twice."""
    found = [_read(COLOUR.sub("", record).strip(), root) for record in records]
    return list(dict.fromkeys(trouble for trouble in found if trouble is not None))


def roots(troubles: list[Trouble]) -> list[Trouble]:
    """Failing cells if there are any: what they did not compute is missed everywhere else."""
    return [trouble for trouble in troubles if trouble.cell] or troubles


def _read(record: str, root: Path) -> Trouble | None:
    if not record:
        return None
    match = WARNING.match(record)
    if match is None:
        return Trouble("", 0, _first_line(record))
    path = Path(match["file"]) if match["file"] else None
    if path is not None and match["text"].startswith(CELL_FAILED):
        return _failed_cell(path, match["text"], root)
    if "[etoc." in match["text"]:  # said of the first page, which _toc.yml stands in for
        path = TOC
    text = match["text"] if len(match["text"]) < 300 else _first_line(match["text"])
    return Trouble(_shown(path, root), int(match["line"] or 0), text)


def _failed_cell(path: Path, text: str, root: Path) -> Trouble:
    """The line of the chapter that failed, the error, and where in the project it was raised."""
    kinds = list(KIND.finditer(text))
    last = text[kinds[-1].start() :] if kinds else text  # of a chain of errors, the last
    line = 0
    if cell := IN_CELL.search(last):
        line = cell_line(path, int(cell[1]), int(cell[2]))
    error = ""
    if kinds:
        sentences = re.findall(rf"^(?:\w+\.)*{kinds[-1][1]}\b(?:: .*)?$", last, re.M)
        error = sentences[-1] if sentences else kinds[-1][1]
    elif sentences := ERROR.findall(last):
        error = sentences[-1]
    files = [(Path(file).expanduser().resolve(), n) for file, n in IN_FILE.findall(last)]
    ours = [
        (file, n) for file, n in files if file.is_relative_to(root) and ".venv" not in str(file)
    ]
    if ours:
        error += f" (raised in {_shown(ours[-1][0], root)}:{ours[-1][1]})"
    return Trouble(_shown(path, root), line, error or _first_line(text), cell=True)


def cell_line(path: Path, number: int, line: int) -> int:
    """Line of the chapter ``path`` at which line ``line`` of its ``number``-th run cell stands.

    0 if the chapter has no such cell.  Cells tagged ``skip-execution`` are not counted, as the
    kernel never saw them.
    """
    from myst_nb.core.read import read_myst_markdown_notebook

    text = path.read_text(encoding="utf-8-sig")
    notebook = read_myst_markdown_notebook(text, add_source_map=True, path=path)
    starts = notebook.metadata["source_map"]
    run = [
        (cell, start)
        for cell, start in zip(notebook.cells, starts, strict=True)
        if cell.cell_type == "code"
        and cell.source.strip()
        and "skip-execution" not in cell.metadata.get("tags", [])
    ]
    if not 1 <= number <= len(run):
        return 0
    cell, start = run[number - 1]
    # `start` is the line of the fence, which options may follow before the code does.
    lines, code = text.splitlines(), cell.source.splitlines()
    for first in range(start, len(lines)):
        if lines[first : first + len(code)] == code:
            return first + line
    return start + line


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else ""


def _shown(path: Path | None, root: Path) -> str:
    if path is None:
        return ""
    path = path if path.is_absolute() else root / path
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else shown(path)
