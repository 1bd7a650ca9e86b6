"""``make bench``: how long the book takes, beside plain ``jupyter-book build .`` on the same tree.

Both are measured in one run, by turns, so that whatever else the machine does hits them alike; the
table gives medians, and ratios to be held against the targets.  Everything happens in copies of the
tree in a folder of its own: the working tree's ``_build`` is not touched.

==================  ==============================================================================
cold                nothing built before; the plain build with its cache off
cached              the results of all code are there, all pages are written
prose               a word of one chapter is changed, everything else is there
floor               all chapters' code as one plain script, divided by the cores, and Sphinx alone
work                seconds that all processes together kept a core busy: what is left of a
                    measurement on a machine that others use as well
==================  ==============================================================================

``tools.bench_growth`` measures ten times the chapters and a hundred times the observations.

Out of scope: what the times are spent on (a profiler says that).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from press import CONFIG, ROOT
from press.execution.runner import workers
from tools import bench_growth
from tools.bench_growth import copy

PROSE = "chapters/glossary.md"  # has no code: what is measured is reading and writing


SCRIPT = """
import os, sys
os.chdir("chapters")
os.environ["MPLBACKEND"] = "agg"
import jupytext
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
for name in sys.argv[1:]:
    for cell in jupytext.read(name + ".md").cells:
        if cell.cell_type == "code" and "skip-execution" not in cell.metadata.get("tags", []):
            shell.run_cell(cell.source, store_history=True).raise_error()
"""

LOADING = """
import sys, time
sys.path.insert(0, ".")
from citygap.data.tables import Tables
started = time.perf_counter()
tables = Tables()
for resource in tables.package["resources"]:
    tables.table(resource["name"])
tables.sources
print(time.perf_counter() - started)
"""
#: Times the checks of plausibility, once all tables are read.
ASKING = """
import sys, time
sys.path.insert(0, ".")
from citygap.data.plausibility import questions
from citygap.data.tables import book
questions.check(book)
start = time.perf_counter()
questions.check(book)
print(time.perf_counter() - start)
"""
IMPORTING = """
import sys, time
sys.path.insert(0, ".")
started = time.perf_counter()
{code}
print(time.perf_counter() - started)
"""
ANALYSIS = "import citygap.data.tables, citygap.measures.gap, citygap.measures.concentration, citygap.catch_up.scenarios, citygap.notebook"
PLOTTING = (
    ANALYSIS + "\nfrom citygap import charts; from citygap.charts import style\n"
    "for name in charts.__all__: getattr(charts, name)\nstyle.use()"
)

#: What is held against a target: name, target.
TARGETS = {
    "cold": 0.40, "cached": 1.0, "prose": 1.0, "floor": 1.8,
    "loading all tables": 0.150, "asking whether figures are plausible": 0.1,
    "importing the analysis": 0.35, "importing plotting": 1.0,
}  # fmt: skip


def bench(times: int = 5, grow: bool = True) -> int:
    """Measure and print the table; 0 if all targets are met, else 1."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = Path(scratch)
        taken = measure(folder, times)
        lines = [*against(taken), "", *(bench_growth.table(folder) if grow else ())]
    print(f"\n{workers()} cores, {times} times each, medians in seconds, least to most in brackets\n")
    print("\n".join(lines))
    return 0 if not any("MISSED" in line for line in lines) else 1


def measure(folder: Path, times: int) -> dict[str, list[float]]:
    """Seconds of everything that is measured, by name, as often as asked."""
    forced, kept, ours = (copy(folder / name) for name in ("forced", "kept", "ours"))
    config = forced / CONFIG.relative_to(ROOT)
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("execute_notebooks: cache", "execute_notebooks: force"))
    book = str(Path(sys.executable).with_name("jupyter-book"))
    plain, press = [book, "build", "."], [sys.executable, "-m", "press", "build"]
    taken: dict[str, list[float]] = {}

    def timed(name: str, command: list[str], where: Path, prepare: Callable[[], None]) -> None:
        prepare()
        seconds, work = run(command, where)
        taken.setdefault(name, []).append(seconds)
        taken.setdefault(f"{name}, work", []).append(work)
        print(f"{name} {seconds:.1f} ({work:.1f} of work)", flush=True)

    run(plain, kept)  # fills its cache
    code = [page.stem for page in sorted((ours / "chapters").glob("*.md"))
            if "{code-cell}" in page.read_text(encoding="utf-8") and page.stem != "run-it-and-change-it"]  # fmt: skip
    for turn in range(times):
        timed("plain cold", plain, forced, lambda: clear(forced))
        timed("ours cold", press, ours, lambda: clear(ours))
        timed("plain cached", plain, kept, lambda: clear(kept, but=".jupyter_cache"))
        timed("ours cached", press, ours, lambda: clear(ours, but=".jupyter_cache"))
        timed("plain prose", plain, kept, lambda turn=turn: word(kept, turn))
        timed("ours prose", press, ours, lambda turn=turn: word(ours, turn))
        timed("script", [sys.executable, "-c", SCRIPT, *code], ours, lambda: None)
        for name, text in {
            "loading all tables": LOADING,
            "asking whether figures are plausible": ASKING,
            "importing the analysis": IMPORTING.format(code=ANALYSIS),
            "importing plotting": IMPORTING.format(code=PLOTTING),
        }.items():
            taken.setdefault(name, []).append(float(said([sys.executable, "-c", text], ours)))
    return taken


def against(taken: dict[str, list[float]]) -> list[str]:
    """Lines of the table: what was measured, and the ratios with their targets."""
    lines = [f"{name:26} {spread(seconds)}" for name, seconds in taken.items()]
    middle = {name: median(seconds) for name, seconds in taken.items()}
    floor = middle["script"] / workers() + middle["plain cached"]
    lines += [f"{'floor':26} {floor:8.2f}", ""]
    found = {name: middle[f"ours {name}"] / middle[f"plain {name}"]
             for name in ("cold", "cached", "prose")}  # fmt: skip
    found["floor"] = middle["ours cold"] / floor
    for name in ("cold", "cached", "prose"):
        value = middle[f"ours {name}, work"] / middle[f"plain {name}, work"]
        lines.append(f"{name + ', ours / plain, work':26} {value:8.3f}")
    for name, target in TARGETS.items():
        ratio = name in found
        value = found[name] if ratio else middle[name]
        what = f"{name}, ours / " + ("floor" if name == "floor" else "plain") if ratio else name
        verdict = "met" if value <= target else "MISSED"
        lines.append(f"{what:26} {value:8.3f}   at most {target:<6} {verdict}")
    return lines


def spread(seconds: list[float]) -> str:
    """Median, least and most."""
    return f"{median(seconds):8.2f}   [{min(seconds):.2f} .. {max(seconds):.2f}]"


def clear(folder: Path, but: str = "") -> None:
    """Remove what was built, apart from one entry of ``_build``."""
    for path in (folder / "_build").glob("*"):
        if path.name != but:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def word(folder: Path, turn: int) -> None:
    """Change a word of prose, to another one each time."""
    page = folder / PROSE
    text = page.read_text(encoding="utf-8").rpartition("\n% ")[0] or page.read_text(encoding="utf-8")
    page.write_text(f"{text.rstrip()}\n\n% {'again ' * (turn + 1)}\n", encoding="utf-8")


def run(command: list[str], where: Path) -> tuple[float, float]:
    """Seconds that a command takes, and seconds of work on all cores.

    Raises RuntimeError with what it said if it fails.
    """
    before, started = os.times(), time.perf_counter()
    said(command, where)
    seconds, after = time.perf_counter() - started, os.times()
    work = after.children_user + after.children_system
    return seconds, work - before.children_user - before.children_system


def said(command: list[str], where: Path) -> str:
    """What a command prints.  Raises RuntimeError if it fails."""
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, env=os.environ)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)[:200]} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout
