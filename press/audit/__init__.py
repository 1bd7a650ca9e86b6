"""No figure in the book's text is typed by hand: each is bound to a computation or declared.

:func:`audit` reads the prose, captions and tables of every chapter and reports each figure that
somebody typed, with file and line.  The remedy is to bind it::

    bind(deals=capital.top_share(...))      # in a cell;  {glue}`deals` in the prose
    check(widens=a > b)                     # {check}`widens <widens>`, which fails the build when a > b no longer

or, if it states no data (a date, a name, a section's number), to declare it with a reason in
``chapters/typed.yml``.  A declaration that nothing in the book needs is reported too.

The build audits before any chapter runs; ``python -m press audit`` audits alone.

- ``prose``: what of a chapter is read, and on which line it stands
- ``figure_directive``: what counts as a figure
- ``permits``: what may be typed
- ``cells``: literals that code puts on the page
- ``absence``: statements that something was not found, which are bound to a query in the same way

Out of scope: text that functions of ``citygap`` make (labels in figures and tables), and whether
what is bound is right (``tests``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from press import ROOT
from press.audit import absence, permits
from press.audit.cells import typed
from press.audit.typed_numbers import BOUND, UNREAD, figures
from press.audit.prose import Cell, Passage, Reader, settings, substitutions
from press.build import inputs

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
    allowed = {}
    typed_in = {path: path.with_name("typed.yml").relative_to(root).as_posix() for path in inputs.twins(root)}
    for file in (permits.FILE, absence.FILE, *dict.fromkeys(typed_in.values())):
        try:
            allowed[file] = permits.load(root, file)
        except permits.ListError as error:
            return [Problem(file, 0, str(error), "fix the list, then audit again")]
    reader, used = Reader.of_book(root), set()
    problems = []
    for path in sorted(inputs.chapters(root)):
        problems += _chapter(path, root, reader, allowed[permits.FILE], used)
        problems += _absences(path, root, reader, allowed[absence.FILE], used)
    for path, file in typed_in.items():  # further languages, each with a list of its own
        problems += _chapter(path, root, reader, allowed[file], used, file)
    problems += _settings(root)
    problems += [
        Problem(file, 0, f"{permit.words!r} permits nothing that the book types", "remove it")
        for file, listed in allowed.items()
        for permit in listed
        if (file, permit) not in used
    ]
    return problems


def _absences(path, root, reader, allowed, used) -> list[Problem]:
    """Statements of one chapter that something was not found and that no query stands behind."""
    file, problems = path.relative_to(root).as_posix(), []
    text = path.read_text(encoding="utf-8").replace("{check}`", "{glue}`")  # words that rest on a query
    for part in reader.read(text):
        if not isinstance(part, Passage):
            continue
        found = absence.absences(part.text)
        spans = [(permit, permit.spans(part.text, path.stem)) for permit in allowed if found]
        for start, end in found:
            by = {p for p, places in spans if any(a < end and start < b for a, b in places)}
            used |= {(absence.FILE, permit) for permit in by}
            if not by:
                problems.append(Problem(
                    file, part.line(start),
                    f"'{_flat(part.text[start:end])}' says that something was not found, unchecked",
                    f"check it, {{check}}`words <key>` with check(key=absent(held(...))), or declare it in "
                    f"{absence.FILE} with a reason",
                ))  # fmt: skip
    return problems


def _chapter(path, root, reader, allowed, used, permitted_in=permits.FILE) -> list[Problem]:
    """Problems of one chapter; the permissions of the list ``permitted_in`` that it needs are added to
    ``used``."""
    file = path.relative_to(root).as_posix()
    parts = list(reader.read(path.read_text(encoding="utf-8-sig")))
    cells = [part for part in parts if isinstance(part, Cell)]
    passages = [(part, figures(part.text)) for part in parts if isinstance(part, Passage)]
    problems = [
        Problem(file, literal.line, f"typed figure '{literal.words}' in code, {literal.way}",
                "compute it from the tables")
        for literal in typed(cells)
    ]  # fmt: skip
    for part, found in passages:
        spans = [(permit, permit.spans(part.text, path.stem)) for permit in allowed if found]
        for start, end in found:
            by = {p for p, places in spans if any(a <= start and end <= b for a, b in places)}
            used |= {(permitted_in, permit) for permit in by}
            if not by:
                problems.append(_problem(file, part.line(start), part.text, start, end, permitted_in))
    return sorted(problems, key=lambda problem: problem.line)


def _settings(root: Path) -> list[Problem]:
    """Problems of the substitutions that ``_config.yml`` makes known to all chapters."""
    path = root / "_config.yml"
    if not settings(root):
        return []
    return [
        _problem(path.name, part.line(start), part.text, start, end)
        for part in substitutions(path.read_text(encoding="utf-8-sig"), 1)
        for start, end in figures(part.text)
    ]


def _problem(
    file: str, line: int, text: str, start: int, end: int, permitted_in: str = permits.FILE
) -> Problem:
    figure = _flat(text[start:end])
    around = _flat(text[max(start - AROUND, 0) : end + AROUND])
    before, after = "…" * (start > AROUND), "…" * (end + AROUND < len(text))
    return Problem(
        file,
        line,
        f"typed figure '{figure}' in \"{before}{around}{after}\"",
        f"bind it, {{glue}}`key`, or declare it in {permitted_in} with a reason",
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
