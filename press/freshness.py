"""Sphinx extension: changed data, code or fonts never leave an old number on a page.

jupyter-cache keeps what a chapter's code gave under a key made of that code alone, so a changed
table would go unnoticed.  Here the folder of that cache is named by a digest of all that the code
rests on (``press.digest.results_digest``).  When anything of it changes, the folder is a new one
and every chapter runs again; when it changes back, the old results are found again.  The folder's
name is part of Sphinx's environment, so pages are read afresh as well.

It works for plain ``jupyter-book build .`` too, which loads it by ``_config.yml``.

Out of scope: results that rest on the network, the clock or files elsewhere (chapters have none),
and which chapter uses which table (all of them run again).
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from press import RESULTS, ROOT
from press.digest import results_digest

KEEP = 2  # folders: today's, and the one to go back to when a change is undone


def setup(app) -> dict:
    """Called by Sphinx."""
    app.connect("config-inited", place_results)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def place_results(app, config) -> None:
    """Point MyST-NB to the results that belong to the files as they are now."""
    root = Path(app.srcdir)
    results = root / RESULTS.relative_to(ROOT)
    folder = results / results_digest(root)[:16]
    folder.mkdir(parents=True, exist_ok=True)
    os.utime(folder)
    config.nb_execution_cache_path = str(folder)
    remove_old(results)


def remove_old(results: Path, keep: int = KEEP) -> None:
    """Remove all but the ``keep`` folders of ``results`` that were used last."""
    folders = sorted(
        (path for path in results.iterdir() if path.is_dir()),
        key=lambda path: path.stat().st_mtime_ns,
        reverse=True,
    )
    for folder in folders[keep:]:
        shutil.rmtree(folder, ignore_errors=True)
