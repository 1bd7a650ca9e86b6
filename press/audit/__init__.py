"""No figure in the book's text is typed by hand: each is bound to a computation or declared.

:func:`audit` reads the prose, captions and tables of every chapter and reports each figure that
somebody typed, with file and line.  The remedy is to bind it::

    bind(deals=capital.top_share(...))      # in a cell;  {glue}`deals` in the prose
    bind(widens=says("widens", a > b))      # a phrase that fails the build when a > b no longer

or, if it states no data (a date, a name, a section's number), to declare it with a reason in
``press/typed.yml``.  A declaration that nothing in the book needs is reported too.

The build audits before any chapter runs; ``python -m press audit`` audits alone.

- ``prose``: what of a chapter is read, and on which line it stands
- ``figures``: what counts as a figure
- ``permits``: what may be typed
- ``cells``: literals that code puts on the page

Out of scope: text that functions of ``citygap`` make (labels in figures and tables), and whether
what is bound is right (``tests``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from press import CHAPTERS, ROOT
from press.audit import permits
from press.audit.cells import phrases, typed
from press.audit.figures import BOUND, UNREAD, figures
from press.audit.prose import Cell, Passage, Reader, settings, substitutions

AROUND = 28  # characters shown on each side of a figure


@dataclass(frozen=True)
class Problem:
    """One figure typed by hand, or one fault of the list of what may be; line 0 if not known."""

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}: line {self.line}" if self.line else self.file
        return f"{place}: {self.message} - {self.remedy}"


def audit(root: Path = ROOT) -> list[Problem]:
    """Every figure typed in the chapters of the book at ``root``, and every stale permission."""
    try:
        allowed = permits.load(root)
    except permits.ListError as error:
        return [Problem(permits.FILE, 0, str(error), "mend the list, then audit again")]
    reader, used = Reader.of_book(root), set()
    problems = [
        problem
        for path in sorted((root / CHAPTERS.relative_to(ROOT)).rglob("*.md"))
        for problem in _chapter(path, root, reader, allowed, used)
    ]
    problems += _settings(root)
    problems += [
        Problem(permits.FILE, 0, f"{permit.words!r} permits nothing that the book types",
                "remove it")
        for permit in allowed
        if permit not in used
    ]  # fmt: skip
    return problems


def _chapter(path, root, reader, allowed, used) -> list[Problem]:
    """Problems of one chapter; the permissions that it needs are added to ``used``."""
    file = path.relative_to(root).as_posix()
    parts = list(reader.read(path.read_text(encoding="utf-8")))
    cells = [part for part in parts if isinstance(part, Cell)]
    passages = [(part, figures(part.text)) for part in parts if isinstance(part, Passage)]
    passages += [(part, _with_digits(part.text)) for part in phrases(cells)]
    problems = [
        Problem(file, literal.line, f"typed figure '{literal.words}' in code, {literal.way}",
                "compute it from the tables")
        for literal in typed(cells)
    ]  # fmt: skip
    for part, found in passages:
        spans = [(permit, permit.spans(part.text, path.stem)) for permit in allowed if found]
        for start, end in found:
            by = {p for p, places in spans if any(a <= start and end <= b for a, b in places)}
            used |= by
            if not by:
                problems.append(_problem(file, part.line(start), part.text, start, end))
    return sorted(problems, key=lambda problem: problem.line)


def _with_digits(text: str) -> list[tuple[int, int]]:
    """Figures of a checked phrase that its comparison cannot vouch for."""
    return [(a, b) for a, b in figures(text) if any(map(str.isdigit, text[a:b]))]


def _settings(root: Path) -> list[Problem]:
    """Problems of the substitutions that ``_config.yml`` makes known to all chapters."""
    path = root / "_config.yml"
    if not settings(root):
        return []
    return [
        _problem(path.name, part.line(start), part.text, start, end)
        for part in substitutions(path.read_text(encoding="utf-8"), 1)
        for start, end in figures(part.text)
    ]


def _problem(file: str, line: int, text: str, start: int, end: int) -> Problem:
    figure = _flat(text[start:end])
    around = _flat(text[max(start - AROUND, 0) : end + AROUND])
    before, after = "…" * (start > AROUND), "…" * (end + AROUND < len(text))
    return Problem(
        file,
        line,
        f"typed figure '{figure}' in \"{before}{around}{after}\"",
        f"bind it, {{glue}}`key`, or declare it in {permits.FILE} with a reason",
    )


def _flat(text: str) -> str:
    return " ".join(text.replace(BOUND, "{}").replace(UNREAD, "[]").split())


def report(root: Path = ROOT) -> int:
    """``python -m press audit``: print every problem; 1 if there is one."""
    problems = audit(root)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} to mend, listed above.")
        return 1
    print(f"Every figure in the text is computed or declared in {permits.FILE}.")
    return 0
