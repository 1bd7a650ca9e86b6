"""A run of Sphinx for a further language, from the results of the chapters.

Out of scope: running chapters (``press.execution``), and the first run (``press.build.build``).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from press import DOCTREES, NEXT, ROOT
from press.languages import printed, twins
from press.write import sphinx_run, worker_pool


def wanted(overrides: dict, root: Path = ROOT) -> list[printed.Language]:
    """The further languages that have pages; ``overrides`` are Sphinx's settings."""
    given = overrides.get("press_languages") or {}
    return [language for language in printed.languages(given).values() if twins.pages(language.code, root)]


def place(language: printed.Language) -> Path:
    """Where the pages of a language are made, before they are put into the book."""
    return NEXT.with_name(f"{NEXT.name}.{language.code}")


def print_in(
    language: printed.Language, overrides: dict, notebooks: Mapping[str, str], log,
    out: Path | None = None, trees: Path = DOCTREES, every: bool = True,
) -> None:
    """Write the pages of a language to :func:`place`; ``notebooks`` are the executed chapters as
    JSON, by name.  For a process of its own: what is printed afterwards is in this language.

    Pages that somebody is writing go to ``out``, what was read of them to ``trees`` and the code of the
    language; unless ``every``, those alone whose text has changed."""
    if out is None:
        out = place(language)
        shutil.rmtree(out, ignore_errors=True)
    printed.use(language)
    settings = twins.settings(overrides, language)
    trees = trees.with_name(f"{trees.name}.{language.code}")
    # If every page is to be written, all are read anew: they say other things when results change.
    with worker_pool.of(1, log.warnings), sphinx_run.ready(settings, out, trees, log, fresh=every) as app:
        app.executed = notebooks
        app.build(force_all=every)


def put(language: printed.Language, book: Path) -> None:
    target = book / language.code
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    place(language).rename(target)
