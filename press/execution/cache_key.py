"""Sphinx extension: changed data, code or fonts never leave an old number on a page.

jupyter-cache keeps what a chapter's code gave under a key made of that code alone, so a changed
table would go unnoticed.  Here the folder of that cache is named by a digest of all that the code
rests on (``press.execution.digests.results_digest``).  When anything of it changes, the folder is a
new one and every chapter runs again; when it changes back, the old results are found again.  The
folder's name is part of Sphinx's environment, so pages are read afresh as well.

Sphinx reads a page again if its file is younger than the last reading.  A file that is saved while
it is read is not, nor is an older one that is put back; so what was read is compared as well.

That is the rule of plain ``jupyter-book build .``, which loads it by ``_config.yml``.  ``make
book`` knows better which chapter reads which table (``press.execution.records``), and puts what
still holds into the new folder before Sphinx looks there.

Out of scope: results that rest on the network, the clock or files elsewhere (chapters have none).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from press import RESULTS, ROOT
from press.execution.digests import results_digest
from press.execution.records import FOLDER

KEEP = 2  # folders: today's, and the one to go back to when a change is undone


def setup(app) -> None:
    app.connect("config-inited", place_results)
    app.connect("source-read", note_source, priority=0)  # before anything changes the text
    app.connect("env-get-outdated", changed_sources)


def place_results(app, config) -> None:
    """Point MyST-NB to the results that belong to the files as they are now."""
    config.nb_execution_cache_path = str(folder(Path(app.srcdir)))


def note_source(app, docname: str, source: list[str]) -> None:
    _sources(app.env)[docname] = _digest(source[0])


def changed_sources(app, env, added: set, changed: set, removed: set) -> list[str]:
    """Pages whose file holds another text than the one that was read."""
    found = []
    for name in env.found_docs - added - changed:
        try:
            now = _digest(Path(env.doc2path(name)).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeError):
            now = ""  # Sphinx says what is wrong with it
        if now != _sources(env).get(name):
            found.append(name)
    return found


def _sources(env) -> dict[str, str]:
    """Digests of the texts that were read, by page; kept with the environment."""
    if not hasattr(env, "source_digests"):
        env.source_digests = {}
    return env.source_digests


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def folder(root: Path) -> Path:
    """The folder of results that belongs to the files as they are now; others become older."""
    results = root / RESULTS.relative_to(ROOT)
    found = results / results_digest(root)[:16]
    found.mkdir(parents=True, exist_ok=True)
    os.utime(found)
    remove_old(results)
    return found


def remove_old(results: Path, keep: int = KEEP) -> None:
    """Remove all but the ``keep`` folders of ``results`` that were used last."""
    folders = sorted(
        (path for path in results.iterdir() if path.is_dir() and path.name != FOLDER),
        key=lambda path: path.stat().st_mtime_ns,
        reverse=True,
    )
    for folder in folders[keep:]:
        shutil.rmtree(folder, ignore_errors=True)
