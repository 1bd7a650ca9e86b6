"""A run of Sphinx over the book's files, for pages in the first language, in another, and while writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from press import ROOT
from press.write import sphinx_caching

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@contextmanager
def ready(overrides: dict, out: Path, trees: Path, log, fresh: bool = False) -> Iterator[Sphinx]:
    """Sphinx, ready to write pages to ``out``, inside a ``with`` block; unless it is to start ``fresh``,
    from what is in ``trees``.  What it says goes to ``log``."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    with sphinx_caching.remembering(), patch_docutils(None), docutils_namespace():
        yield Sphinx(
            srcdir=ROOT, confdir=None, outdir=out, doctreedir=trees, buildername="html", confoverrides=overrides,
            status=log.status, warning=log.warning, freshenv=fresh, warningiserror=True, keep_going=True,
        )  # fmt: skip
