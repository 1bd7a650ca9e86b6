"""How time and memory grow: more chapters, more observations, more cities.

- *Chapters*: copies of the book's own, whose code differs in a comment, so that each must
  run.  Time and memory of running them all (``press.execution.runner``); memory is that of all
  processes together, what they share counted once, where the system tells.
- *Observations*: made-up rows, in a copy of ``data/``: every row again, from made-up sources.  Time
  of reading all tables and of asking for each figure once, and the memory of that process.
- *Reports*: a year of growth, made up: cities that are not, each with figures of twenty years, in a
  copy of ``data/``.  Time and memory of the report on each of them, text, tables and download.

The work grows by the factor; the cost of one chapter or row is to stay the same or fall.

Out of scope: pages (their number follows the indicators, not the observations).
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

from press import ROOT

CHAPTERS = (1, 3, 10)
OBSERVATIONS = (1, 10, 100)
CITIES = (30, 100, 300)
YEARS = 20  # of figures that each has
SLACK = 1.15  # of the cost of one, for what a machine does besides

RUN = """
import sys
sys.path.insert(0, ".")
from press.execution.runner import Kitchen
with Kitchen() as kitchen:
    runs = kitchen.run(limit=900)
failed = [run.failure for run in runs if run.failure]
assert not failed, failed
print(len(runs))
"""
ASK = """
import resource, sys, time
sys.path.insert(0, ".")
import citygap.measures.gap, citygap.data.tables
started = time.process_time()
tables = citygap.data.tables.Tables()
for resource_ in tables.package["resources"]:
    tables.table(resource_["name"])
asked = {(row["place"], row["indicator"], row["period"]) for row in tables.rows("observations")}
for place, indicator, period in sorted(asked):
    tables.observe(place, indicator, period)
print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""

REPORT = """
import resource, sys, time
sys.path.insert(0, ".")
from citygap.cities import diagnosis, report
started = time.process_time()
base = diagnosis.known()
for place in diagnosis.with_page():
    if place.startswith("made_up"):
        shown = report.Report(place, diagnosis.diagnosis(place, base))
        shown.markdown(), shown.values, len(diagnosis.figures(place))
print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""

OTHERS = shutil.ignore_patterns("_build", "__pycache__", ".*", "site")  # which no build looks at


def table(folder: Path) -> list[str]:
    """Lines of the table, from measurements in copies under ``folder``."""
    lines = [f"{'growth':26} {'seconds':>8} {'each':>10} {'MiB':>8}"]
    for kind, factors, measure in (
        ("chapters", CHAPTERS, chapters), ("observations", OBSERVATIONS, observations),
        ("rows of cities", CITIES, reports),
    ):  # fmt: skip
        first = 0.0
        for factor in factors:
            number, seconds, memory = measure(folder / f"{kind}-{factor}", factor)
            each = seconds / number
            first = first or each
            verdict = "met" if each <= first * SLACK else "MISSED"
            lines.append(f"{number:>8} {kind:17} {seconds:8.2f} {each:10.5f} {memory:8.0f}"
                         f"   {'' if factor == factors[0] else 'each no dearer: ' + verdict}")  # fmt: skip
            print(lines[-1], flush=True)
            shutil.rmtree(folder / f"{kind}-{factor}")
    return lines


def chapters(folder: Path, factor: int) -> tuple[int, float, float]:
    """Run ``factor`` copies of each chapter: how many ran, seconds, MiB at most."""
    copy(folder)
    toc = (folder / "_toc.yml").read_text(encoding="utf-8")
    for page in sorted((folder / "chapters").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        for number in range(2, factor + 1):
            name = f"{page.stem}-{number}"
            other = text.replace("import sys\n", f"import sys  # {number}\n", 1)
            page.with_name(f"{name}.md").write_text(other, encoding="utf-8")
            toc += f"  - file: chapters/{name}\n"
    (folder / "_toc.yml").write_text(toc, encoding="utf-8")
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", RUN], cwd=folder, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # fmt: skip
    with watching(process.pid) as most:
        printed = process.communicate()[0]
    if process.returncode:
        raise RuntimeError(f"copies of the chapters could not be run in {folder}")
    return int(printed.split()[-1]), time.perf_counter() - started, most()


def observations(folder: Path, factor: int) -> tuple[int, float, float]:
    """Read ``factor`` times the observations: how many rows, seconds, MiB at most."""
    shutil.copytree(ROOT / "citygap", folder / "citygap")
    shutil.copytree(ROOT / "data", folder / "data")
    path = folder / "data" / "observations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    period, source = header.index("period"), header.index("source")
    made = list(made_up(rows, period, source, factor))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *made])
    done = subprocess.run([sys.executable, "-c", ASK], cwd=folder, capture_output=True, text=True,
                          check=True)  # fmt: skip
    seconds, memory = map(float, done.stdout.split())
    return len(made), seconds, memory


def reports(folder: Path, cities: int) -> tuple[int, float, float]:
    """The reports on so many made-up cities: how many rows they have, seconds, MiB at most."""
    shutil.copytree(ROOT / "citygap", folder / "citygap")
    shutil.copytree(ROOT / "data", folder / "data")
    keys = [f"made_up_{number}" for number in range(cities)]
    _append(folder / "data" / "places.csv", [
        {"place": key, "kind": "city", "name_en": key, "name_hans": key, "name_hant": key, "province": "sichuan",
         "role": "other"} for key in keys
    ])  # fmt: skip
    rows = [
        {"place": key, "indicator": indicator, "period": str(period - back), "value": str(1000 + number), "unit": unit,
         "bound": "exact", "source": "nbs-2024b"}
        for number, key in enumerate(keys) for back in range(YEARS)
        for indicator, period, unit in (("gdp_census5", 2025, "1e8 CNY"), ("rd_expenditure", 2022, "1e8 CNY"),
                                        ("high_tech_firms", 2024, "count"))
    ]  # fmt: skip
    _append(folder / "data" / "observations.csv", rows)
    done = subprocess.run([sys.executable, "-c", REPORT], cwd=folder, capture_output=True, text=True,
                          check=True)  # fmt: skip
    seconds, memory = map(float, done.stdout.split())
    return len(rows), seconds, memory


def _append(path: Path, rows: list[dict[str, str]]) -> None:
    """Add rows to a table; columns that they leave out are empty."""
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerows(rows)


def made_up(rows: list[list[str]], period: int, source: int, factor: int) -> Iterator[list[str]]:
    """The rows, and each again in other years and from sources that there are not."""
    yield from rows
    for number in range(1, factor):
        for row in rows:
            again = row.copy()
            again[period], again[source] = str(2100 + number), f"{row[source]}_{number}"
            yield again


class watching:
    """While a ``with`` block lasts, the memory of a process and its descendants is looked at."""

    def __init__(self, pid: int, every: float = 0.3):
        self._pid, self._every = pid, every
        self._most, self._end = 0.0, Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self):
        self._thread.start()
        return lambda: self._most

    def __exit__(self, *_) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.wait(self._every):
            self._most = max(self._most, sum(map(share, family(self._pid))))


def family(pid: int) -> list[int]:
    """A process and its descendants; empty where the system does not tell."""
    parents: dict[int, int] = {}
    for entry in os.listdir("/proc") if os.path.isdir("/proc") else ():
        try:
            text = Path(f"/proc/{entry}/stat").read_text() if entry.isdigit() else ""
        except OSError:
            continue
        if text:
            parents[int(entry)] = int(text.rpartition(")")[2].split()[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def share(pid: int) -> float:
    """MiB of a process, its part of what it shares with others."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def copy(folder: Path) -> Path:
    """A copy of the tree, without what was built and without its history."""
    return Path(shutil.copytree(ROOT, folder, ignore=OTHERS))
