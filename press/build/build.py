"""``python -m press build``: the book, or a sentence saying what to mend.

1. Each file that people write can be read (``press.build.inputs``).  If nothing changed since the
   last good book, there is nothing more to do.
2. The tables are checked, and the text for figures typed by hand, before any chapter runs.
3. The chapters run whose code, tables or modules have changed (``press.execution.runner``).  All
   that fail are reported, not only the first.
4. Jupyter Book's settings and Sphinx make the pages in a folder of their own.  Every warning is
   a failure: an unknown citation, a reference that leads nowhere.
5. A good book takes the place of the old one, whole (``press.build.atomic_swap``); after a failure
   the old one stays.

One build is at work at a time (``press.build.build_lock``).

Pages are always written all, because a change of one page may break a reference on another;
what is kept between builds is what takes time, the results of the code and the parsed pages.
The network is not used.

Out of scope: what makes results stale (``press.execution.records``), and other formats than HTML.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import shutil
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from press import BUILD, CONFIG, DOCTREES, HTML, LOG, NEXT, ROOT, STAMP, TOC
from press import shown
from press.build import atomic_swap, inputs
from press.execution import cache_key
from press.languages import handed_on, second_run
from press.write import last_modified, sphinx_run, worker_pool
from press.build.machine_faults import advice, of_the_machine
from press.build.build_lock import NAME as LOCK, alone
from press.execution.digests import book_digest
from press.execution.runner import LIMIT, Kitchen, workers
from press.build.progress import Log, Progress, chapter_done
from press.build.diagnostics import Trouble, read, roots

SHOWN = 20  # faults printed; the rest are counted


class SettingsError(ValueError):
    """``_config.yml`` cannot be used; the text says where and why."""


def build(everything: bool = False) -> int:
    """Build the book; 0 if ``_build/html`` holds it, 1 after printing what to mend.

    ``everything`` forgets what earlier builds kept, apart from the last good book.  Another build
    at work in this checkout is waited for.
    """
    started = time.monotonic()
    try:
        with alone(BUILD):
            atomic_swap.recover(HTML)
            return _build(everything, started)
    except KeyboardInterrupt:
        print(f"\nStopped.{_kept()}")
        return 130
    except (OSError, MemoryError) as error:
        print(f"\n{advice(error) or _sentence(error)}.{_kept()}")
        return 1


def _build(everything: bool, started: float) -> int:
    if everything:
        forget()
    if faults := inputs.faults(ROOT):
        _print_some(faults)
        print(f"Nothing was made: fix {_count(len(faults), 'fault')} first, listed above.{_kept()}")
        return 1
    for remark in inputs.left_over(ROOT):
        print(remark)
    made_of = of_now()
    if not everything and is_current(made_of):
        print("Nothing has changed since the last good book.")
        return _ready(started)
    # Which no schema here needs, and which takes two seconds to import.
    sys.modules.setdefault("rfc3987_syntax", None)
    with closing(Log(LOG)) as log, Kitchen() as kitchen:
        kitchen.warm(log.file)
        faults = check_record() or check_data() or check_text()
        if faults:
            _print_some(faults)
            print(f"No chapter was run: mend {_count(len(faults), 'fault')} first, listed above.")
            return 1
        broken_off = atomic_swap.begin(BUILD)
        if broken_off:
            shutil.rmtree(DOCTREES, ignore_errors=True)
        troubles = make_pages(log, kitchen)
    if troubles and broken_off:
        print("\nThe build before was broken off; what it left is not used ...")
        forget()
        with closing(Log(LOG)) as log, Kitchen() as kitchen:
            troubles = make_pages(log, kitchen)
    atomic_swap.end(BUILD)
    if troubles:
        _report(troubles)
        return 1
    atomic_swap.put(NEXT, HTML)
    stamp(made_of)
    return _ready(started)


def of_now() -> str:
    """What a book would be made of now: all its files, and the dates that its pages print."""
    return f"{book_digest()} {last_modified.digest()}"


def stamp(made_of: str) -> None:
    """Note that ``_build/html``, as it is now, is the book that these files make."""
    atomic_swap.write(STAMP, json.dumps({"made_of": made_of, "html": _listing(HTML)}))


def is_current(made_of: str) -> bool:
    """Whether ``_build/html`` is, untouched, the book that these files make."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return stamp == {"made_of": made_of, "html": _listing(HTML)}


def forget() -> None:
    """Remove all that builds keep, except the last good book."""
    if BUILD.is_dir():
        for path in BUILD.iterdir():
            if path not in (HTML, BUILD / LOCK, BUILD / atomic_swap.MARK):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def check_record() -> list[object]:
    """Faults of the book's record, of where its version is stated, and of the record of editions."""
    from press import book_metadata, edition_register

    try:
        return [*book_metadata.faults(ROOT), *edition_register.faults(ROOT)]
    except (ValueError, OSError) as error:  # NoRecord among them
        return [str(error)]


def check_data() -> list[object]:
    """Faults of the tables, each a line naming file, row, column and remedy."""
    print("Checking data/ ...", end="", flush=True)
    started = time.monotonic()
    sys.path.insert(0, str(ROOT))
    try:
        from citygap.data.validate import check
        from press.subject import subject

        faults = list(check()) or list(subject().faults())
    except Exception as error:  # whatever it is, a person wants to know where
        faults = list(getattr(error, "problems", [])) or [_sentence(error)]
    print(f" {time.monotonic() - started:.1f} s", flush=True)
    return faults


def check_text() -> list[object]:
    """Figures typed by hand in the chapters, each a line naming file, line and remedy."""
    print("Checking chapters/ ...", end="", flush=True)
    started = time.monotonic()
    try:
        from press.audit import audit

        faults = list(audit())
    except Exception as error:
        faults = [_sentence(error)]
    print(f" {time.monotonic() - started:.1f} s", flush=True)
    return faults


def make_pages(log: Log, kitchen: Kitchen) -> list[Trouble]:
    """Run the chapters and write all pages to ``NEXT``; what went wrong, or nothing."""
    shutil.rmtree(NEXT, ignore_errors=True)
    try:
        with log.standard_error():
            overrides = settings()
            troubles = run_chapters(log, kitchen, overrides)
            if not troubles:
                kitchen.put(cache_key.folder(ROOT))
                _run_sphinx(log, overrides, kitchen.notebooks())
                troubles = read(log.warnings)
    except Exception as error:
        log.status.write(traceback.format_exc())
        troubles = of_the_machine(error, log.reading) or read([*log.warnings, _sentence(error)])
    if troubles:
        # Else the pages that were read with warnings would pass as unchanged next time.
        shutil.rmtree(DOCTREES, ignore_errors=True)
        shutil.rmtree(NEXT, ignore_errors=True)
    return troubles


def run_chapters(log: Log, kitchen: Kitchen, overrides: dict) -> list[Trouble]:
    """Run the chapters that must, with a line for each; those that failed."""
    timeout = overrides.get("nb_execution_timeout") or LIMIT
    runs = kitchen.run(timeout if timeout > 0 else LIMIT,
                       done=lambda run: chapter_done(kitchen.names, run), meanwhile=get_ready)
    runs.sort(key=lambda run: kitchen.names.index(run.chapter.name))
    for run in runs:
        log.status.write(run.failure + "\n" if run.failure else "")
    return read(run.failure for run in runs if run.failure)


def get_ready() -> None:
    """Import what Sphinx will need, while the last chapters leave a core idle."""
    from press.subject import subject

    for name in ("sphinx.application", "sphinx.builders.html", "sphinx_book_theme", "myst_nb.sphinx_",
                 "sphinxcontrib.bibtex", "press.search.search", "press.postprocess.pipeline", *subject().modules):  # fmt: skip
        try:
            importlib.import_module(name)
        except Exception:
            pass  # Sphinx will say it, if it matters


def _run_sphinx(log: Log, overrides: dict, notebooks: dict[str, str]) -> None:
    crew = worker_pool.of(workers(), log.warnings)
    with crew, further_languages(log, overrides, notebooks), sphinx_run.ready(overrides, NEXT, DOCTREES, log) as app:
        progress = Progress(app, log)
        app.build(force_all=True)
        progress.done()


@contextmanager
def further_languages(log: Log, overrides: dict, notebooks: dict[str, str]) -> Iterator[None]:
    """Print the book's other languages in processes of their own, while the first is printed inside
    a ``with`` block; then put them beside it.  Where no process can be forked, there are none."""
    wanted = second_run.wanted(overrides) if hasattr(os, "fork") else []
    if wanted:
        get_ready()  # once, for all of them
        handed_on.begin(DOCTREES)
    helpers = [
        worker_pool.Helper(lambda one: second_run.print_in(one, overrides, notebooks, log), [language])
        for language in wanted
    ]
    try:
        yield
    finally:
        if wanted:
            handed_on.end(DOCTREES)
        for helper in helpers:
            helper.result()
        handed_on.clear(DOCTREES)
    for language in wanted:
        second_run.put(language, NEXT)


def settings() -> dict:
    """Sphinx's settings, as Jupyter Book makes them from ``_config.yml``.

    Raises SettingsError, naming the file and, where known, the line, if that cannot be done.
    """
    from jupyter_book.config import get_final_config

    overrides = {
        "external_toc_path": TOC.as_posix(),
        "latex_individualpages": False,
        # A failing cell is a warning like others, so that all that fail are reported at once.
        "nb_execution_raise_on_error": False,
    }
    try:
        return get_final_config(
            user_yaml=CONFIG, cli_config=overrides, sourcedir=ROOT, raise_on_invalid=True
        )[0]
    except Exception as error:
        mark = getattr(error, "problem_mark", None)  # of YAML
        place = f"{shown(CONFIG)}:{mark.line + 1}" if mark else shown(CONFIG)
        raise SettingsError(f"{place}: {getattr(error, 'problem', None) or error}") from None


def _listing(folder: Path) -> str:
    """Digest of names, sizes and times of the files: differs as soon as one is written to."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    stats = [(path.relative_to(folder).as_posix(), path.stat()) for path in files]
    rows = "".join(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n" for name, stat in stats)
    return hashlib.sha256(rows.encode()).hexdigest()


def _sentence(error: BaseException) -> str:
    """The error in one line, after the last place in the project that it passed through."""
    cause = getattr(error, "orig_exc", None) or error  # Sphinx wraps what an extension raises
    where = ""
    if isinstance(cause, SettingsError) or hasattr(cause, "problems"):  # which name their places
        return str(cause)
    if isinstance(cause, SyntaxError) and cause.filename:
        where = f"{shown(cause.filename)}:{cause.lineno}: "
    else:
        for frame in traceback.extract_tb(cause.__traceback__):
            path = Path(frame.filename)
            if path.is_relative_to(ROOT) and not path.is_relative_to(Path(__file__).parent.parent):
                where = f"{shown(path)}:{frame.lineno}: "
    text = " ".join(str(cause).split()).replace(f"{ROOT}/", "")
    return f"{where}{type(cause).__name__}: {text}"


def _report(troubles: list[Trouble]) -> None:
    first = roots(troubles)
    print()
    _print_some(first)
    print(f"The book was not built: {_count(len(first), 'problem')}, listed above.")
    if len(first) < len(troubles):
        rest = _count(len(troubles) - len(first), "further warning")
        print(f"({rest} may follow from that.)")
    print(f"All that Sphinx said is in {shown(LOG)}.{_kept()}")


def _kept() -> str:
    return f" {shown(HTML)} still holds the last good book." if HTML.exists() else ""


def _print_some(things: list) -> None:
    for thing in things[:SHOWN]:
        print(thing)
    if len(things) > SHOWN:
        print(f"... and {len(things) - SHOWN} more")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _ready(started: float) -> int:
    from press.editions import git_commands

    if lacks := git_commands.whole(ROOT):
        print(f"Pages do not say when they last changed, and editions cannot be built, since {lacks}")
    taken = time.monotonic() - started
    print(f"The book is ready in {taken:.1f} s. Open {shown(HTML / 'index.html')} (or: make serve)")
    return 0
