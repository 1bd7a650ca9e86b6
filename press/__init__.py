"""How any book is printed: from ``chapters/`` and ``data/`` to ``_build/html``.

``python -m press`` lists the commands; ``make`` calls them.  Every folder and file that the
press touches is named here, once.

``press`` reads chapters and data.  Of ``citygap`` it may import quantities, tables, ``notebook`` and the
style of figures, and nothing that knows a subject; ``citygap`` never imports ``press``.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CHAPTERS = ROOT / "chapters"
DATA = ROOT / "data"
CITYGAP = ROOT / "citygap"
FONTS = CITYGAP / "fonts"
STATIC = ROOT / "press" / "static"
FIGURES = "_static/figures"  # in the built book: pictures, data and facts of each figure

CONFIG = ROOT / "_config.yml"
TOC = ROOT / "_toc.yml"
PYPROJECT = ROOT / "pyproject.toml"
REQUIREMENTS = ROOT / "requirements.txt"  # made from the next, for pip by hand
LOCK = ROOT / "requirements.lock"
LOCK_ALL = ROOT / "requirements-all.lock"

BUILD = ROOT / "_build"
HTML = BUILD / "html"  # the last good book
NEXT = BUILD / "html.next"  # the book being built; it becomes HTML when it is good
PDF = BUILD / "pdf"  # the book and its chapters, printed
EPUB = BUILD / "epub"
DOCTREES = BUILD / ".doctrees-press"  # not the one of plain jupyter-book, which writes elsewhere
RESULTS = BUILD / ".jupyter_cache"  # what the chapters' code gave, a folder for each digest
LOG = BUILD / "build.log"
OFFLINE = BUILD / "offline.zip"  # the last good book, to be read without a server
STAMP = BUILD / "build.json"  # what the last good book was made of


def shown(path: Path | str) -> str:
    """``path`` as a person in the repository would type it: relative to its root if inside."""
    path = Path(path)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def setup(app) -> dict:
    """Called by Sphinx: the extension ``press`` is all that ``_config.yml`` names of the press."""
    from press import sphinx_parts

    return sphinx_parts.setup(app)

#: What a build leaves in its folder for the next one, and nobody is given.
BUILD_LEFTOVERS = {".buildinfo", ".doctrees"}
