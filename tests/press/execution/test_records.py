"""Only what must run, runs: what makes a chapter's results stale, and what does not.

The rules are tried on a book of three chapters, whose code is really run, once; then on this book
itself, by asking which chapters would run if a file were changed, without running any.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from press import RESULTS
from press.build.inputs import names
from press.execution import digests, fork_server, runner
from press.execution.records import FOLDER, Results
from press.execution.runner import Kitchen, chapters, workers
from press.execution.tracing import ABSENT, Now
from tests.patience import PATIENCE, wait_until
from tools.bench_growth import family

ROOT = Path(__file__).resolve().parents[3]

HEAD = """\
---
jupytext:
  text_representation:
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---

# {title}

Some prose.

```{{code-cell}} ipython3
import sys

sys.path.insert(0, "..")
{code}
```
"""
CODE = {
    "tables": "from thing import tables\ntables.read('a')",
    "deep": "from thing import upper\nupper.both()",
    "bare": "import os\nsorted(os.listdir('../data')), os.path.exists('../no')",
    "late": "try:\n    open('../data/later.csv')\nexcept OSError:\n    print('none yet')",
}
FILES = {
    "thing/__init__.py": "",
    "thing/tables.py": "from pathlib import Path\n\n\ndef read(name):\n"
    "    return (Path(__file__).parent.parent / 'data' / f'{name}.csv').read_text()\n",
    "thing/lower.py": "from thing.tables import read\n",
    "thing/upper.py": "from thing import lower\n\n\ndef both():\n"
    "    return lower.read('b') + lower.read('c')\n",
    "thing/aside.py": "",
    "data/a.csv": "a\n",
    "data/b.csv": "b\n",
    "data/c.csv": "c\n",
    "requirements.txt": "thing==1\n",
    "_toc.yml": "format: jb-book\nroot: chapters/tables\nchapters:\n"
    + "".join(f"  - file: chapters/{name}\n" for name in CODE if name != "tables"),
}


@pytest.fixture(scope="session")
def cooked(once) -> Path:
    """A small book whose chapters were run.  Not to be changed."""
    return once("cooked", cook)


def cook(folder: Path) -> None:
    """Write that book and run its chapters."""
    for name, text in {
        **FILES, **{f"chapters/{n}.md": HEAD.format(title=n, code=c) for n, c in CODE.items()}
    }.items():  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    with Kitchen(folder) as kitchen:
        assert {chapter.name.removeprefix("chapters/") for chapter in kitchen.stale} == set(CODE)
        runs = kitchen.run()
    assert len(runs) == len(CODE) and not any(run.failure for run in runs), runs


@pytest.fixture
def book(cooked, tmp_path) -> Path:
    """A copy of it, to be changed, in another folder."""
    return shutil.copytree(cooked, tmp_path / "copy")


def stale(folder: Path) -> set[str]:
    return {chapter.name.removeprefix("chapters/") for chapter in Kitchen(folder).stale}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_changed_runs_nothing_in_another_folder_either(book):
    assert stale(book) == set()


@pytest.mark.parametrize(
    "file, chapters",
    {
        "data/a.csv": {"tables"},
        "data/b.csv": {"deep"},
        "data/c.csv": {"deep"},
        "thing/tables.py": {"tables", "deep"},  # imported by way of two others
        "thing/lower.py": {"deep"},
        "thing/upper.py": {"deep"},
        "thing/aside.py": set(),
        "thing/__init__.py": {"tables", "deep"},
    }.items(),
)
def test_a_changed_file_runs_exactly_the_chapters_that_read_it(book, file, chapters):
    with (book / file).open("a") as text:
        text.write("# changed\n")
    assert stale(book) == chapters


@pytest.mark.parametrize(
    "file, chapters",
    {
        "data/d.csv": {"bare"},  # which lists the folder
        "data/later.csv": {"bare", "late"},  # which looked for it in vain
        "thing/another.py": set(),
        "statistics.py": set(CODE),  # it could be imported instead of Python's own
        "notes.txt": set(),
    }.items(),
)
def test_a_new_file_runs_exactly_the_chapters_that_would_meet_it(book, file, chapters):
    (book / file).write_text("new\n")
    assert stale(book) == chapters


def test_a_removed_table_runs_its_readers(book):
    (book / "data" / "a.csv").unlink()
    assert stale(book) == {"tables", "bare"}
    assert Now(book).of("data/a.csv") == ABSENT


def test_prose_runs_nothing_and_code_its_own_chapter(book):
    chapter = book / "chapters" / "deep.md"
    change(chapter, "Some prose.", "Other prose.\n\n% and a comment")
    assert stale(book) == set()
    change(chapter, "upper.both()", "upper.both()  # all")
    assert stale(book) == {"deep"}


def test_the_locked_environment_runs_everything(book, monkeypatch):
    change(book / "requirements.txt", "thing==1", "thing==2")
    assert stale(book) == set(CODE)
    change(book / "requirements.txt", "thing==2", "thing==1")
    assert stale(book) == set()
    monkeypatch.setattr(digests.os, "listdir", lambda folder: ["thing-3.dist-info"])
    assert digests.environment(book) != digests.environment(ROOT)


@pytest.mark.slow
def test_undone_the_old_results_hold_again(book):
    change(book / "data" / "a.csv", "a", "z")
    with Kitchen(book) as kitchen:
        assert not any(run.failure for run in kitchen.run())
    assert stale(book) == set()
    change(book / "data" / "a.csv", "z", "a")
    assert stale(book) == set()


@pytest.mark.slow
def test_a_file_that_changes_while_a_chapter_runs_does_not_pass_for_read(book):
    change(book / "chapters" / "tables.md", "tables.read('a')",
           "tables.read('a')\nopen('../data/a.csv', 'a').write('more')")  # fmt: skip
    with Kitchen(book) as kitchen:
        kitchen.run()
    assert stale(book) == {"tables"}


def test_a_damaged_record_is_run_again(book):
    for path in (book / RESULTS.relative_to(ROOT) / FOLDER).iterdir():
        path.write_text("{")
    assert stale(book) == set(CODE)


def test_a_chapter_that_takes_too_long_is_stopped_and_named_with_its_cell(book):
    change(book / "chapters" / "late.md", "try:", f"import time; time.sleep({2 * PATIENCE})\ntry:")
    with Kitchen(book) as kitchen:
        (run,) = kitchen.run(limit=2)
    assert run.chapter.path.stem == "late" and run.seconds < PATIENCE
    assert "the chapter took longer than 2 s" in run.failure
    assert "Cell In[1], line 1" in run.failure


@pytest.mark.slow
def test_a_kernel_that_ends_is_named_with_its_cell(book):
    change(book / "chapters" / "bare.md", "import os", "import os; os.kill(os.getpid(), 9)")
    with Kitchen(book) as kitchen:
        (run,) = kitchen.run()
    assert run.chapter.path.stem == "bare" and "the kernel ended in this cell" in run.failure


def test_where_nothing_can_be_forked_chapters_are_left_to_myst_nb(book, monkeypatch):
    change(book / "data" / "a.csv", "a", "z")
    monkeypatch.setattr(runner, "can_fork", lambda: False)
    with Kitchen(book) as kitchen:
        assert kitchen.stale == [] and kitchen.run() == []
        kitchen.put(book / "cache")
    assert not (book / "cache").exists()


@pytest.mark.slow
def test_kernels_end_with_the_process_that_asked_for_them(book):
    """Even if that is killed while a chapter runs."""
    change(book / "chapters" / "late.md", "try:", "import time; time.sleep(10**6)\ntry:")
    code = ("import sys; sys.path.insert(0, sys.argv[1])\nfrom pathlib import Path\n"
            "from press.execution.runner import Kitchen\nKitchen(Path(sys.argv[2])).run()")  # fmt: skip
    process = subprocess.Popen([sys.executable, "-c", code, ROOT, book], stderr=subprocess.DEVNULL)
    kernels = wait_until(lambda: family(process.pid)[3:])  # itself, two servers of Python, and then kernels
    process.kill()
    process.wait()
    wait_until(lambda: not any(map(alive, kernels)), "the end of the kernels")


def test_what_was_compiled_in_the_second_of_a_save_is_not_relied_on(tmp_path):
    """Else the second of two saves within a second would change nothing, if it has the same size."""
    module, code = tmp_path / "module.py", "import module; print(module.X)"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def said() -> str:
        fork_server.remove_compiled(tmp_path)
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment,
                              capture_output=True, text=True)  # fmt: skip
        return done.stdout.strip()

    for number in "12":
        module.write_text(f"X = {number}\n")
        os.utime(module, (4e9, 4e9))  # one second for both, which no slow machine leaves behind
        assert said() == number
    (compiled,) = tmp_path.rglob("*.pyc")
    os.utime(module, (1e9, 1e9))  # it is long over when this is compiled, which is kept
    assert said() == "2"
    fork_server.remove_compiled(tmp_path)
    assert compiled.exists()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_the_number_of_workers_can_be_set(monkeypatch):
    monkeypatch.setenv("PRESS_WORKERS", "7")
    assert workers() == 7
    monkeypatch.setenv("PRESS_WORKERS", "many")
    assert 1 <= workers() <= (os.cpu_count() or 1)


# --------------------------------------------------------------------- this book itself

IMPORTED = """
import json, os, sys
os.chdir("chapters")
found = {}
for name, code in json.load(sys.stdin).items():
    read, write = os.pipe()
    if os.fork() == 0:
        exec(code)
        modules = [m for m in sys.modules if m.startswith("citygap.")]
        os.write(write, json.dumps(modules).encode())
        os._exit(0)
    os.close(write)
    found[name] = json.loads(os.fdopen(read).read())
print(json.dumps(found))
"""


@pytest.fixture(scope="session")
def reads(html) -> dict[str, set[str]]:
    """What each chapter of this book read, from its records."""
    results = Results(ROOT, RESULTS)
    found = {}
    for chapter in chapters(ROOT, names(ROOT)):
        record = results.holding(chapter.name, chapter.code)
        assert record, f"{chapter.name} has no results that hold; build the book"
        found[chapter.name] = set(record.reads)
    return found


@pytest.mark.slow
@pytest.mark.book
def test_a_module_runs_exactly_the_chapters_that_import_it(reads):
    """Compared with what their import statements alone bring in, in a fresh process."""
    code = {
        chapter.name: "\n".join(
            line
            for cell in chapter.notebook.cells
            if cell.cell_type == "code"
            for line in cell.source.splitlines()
            if line.startswith(("import ", "from ", "sys.path"))
        )
        for chapter in chapters(ROOT, names(ROOT))
    }
    done = subprocess.run([sys.executable, "-c", IMPORTED], input=json.dumps(code), cwd=ROOT,
                          capture_output=True, text=True, check=True)  # fmt: skip
    imported = json.loads(done.stdout)
    for module in ("measures.gap", "catch_up.tables", "head_cities.uniform_counts",
                   "pillars.four_moves", "capital.distributions"):  # fmt: skip
        expected = {name for name, modules in imported.items() if f"citygap.{module}" in modules}
        assert 0 < len(expected) < len(reads)
        assert {name for name, read in reads.items() if f"citygap/{module.replace('.', '/')}.py" in read} == expected


@pytest.mark.book
def test_a_table_runs_the_chapters_that_read_it_and_no_chapter_reads_all_but_the_one_on_data(reads):
    tables = {f"data/{resource['path']}" for resource in
              json.loads((ROOT / "data" / "datapackage.json").read_text())["resources"]}  # fmt: skip
    assert tables <= reads["chapters/data"], "it lists all tables"
    others = {name: read & tables for name, read in reads.items() if name != "chapters/data"}
    assert all(read < tables for read in others.values())
    assert "data/plans.csv" not in reads["chapters/methods"]
    assert "data/observations.csv" in reads["chapters/gap-diagnosis"]
    assert not any("data/rereadings.csv" in read for read in others.values())


@pytest.mark.book
def test_in_this_book_a_changed_table_runs_its_readers_only(reads, tmp_path):
    copy = tmp_path / "book"
    for name in ("chapters", "citygap", "citypages", "data", "editions", "press", "tools"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("requirements.txt", "requirements-all.lock", "_toc.yml"):
        shutil.copy(ROOT / name, copy / name)
    shutil.copytree(RESULTS / FOLDER, copy / RESULTS.relative_to(ROOT) / FOLDER)
    assert Kitchen(copy).stale == []
    for table in ("rankings", "plans", "emphasis"):
        with (copy / "data" / f"{table}.csv").open("a") as file:
            file.write("\n")
        expected = {name for name, read in reads.items() if f"data/{table}.csv" in read}
        assert {chapter.name for chapter in Kitchen(copy).stale} == expected
        shutil.copy(ROOT / "data" / f"{table}.csv", copy / "data")
