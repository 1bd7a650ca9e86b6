"""Sphinx extension: pages that everybody can read, by eye, by ear and by keyboard.

When all pages are written, each is read once more as text and

- the theme's markup is mended where a screen reader would be misled (``repairs``);
- what is Chinese is marked as such (``language``);
- a chapter with folded code gets one switch for all of it (``press/static/code.js``).

The focus ring, the size of what is touched and the colours of code are ``press/static/access.css``.

Out of scope: the words of alternative texts (``citygap.charts``) and the palette (``citygap.style``).
"""

from __future__ import annotations

from pathlib import Path

from press import crowd
from press.access.language import marked
from press.access.repairs import repaired

CSS, SCRIPTS = "access.css", ("code.js", "language.js")
BUILDERS = ("html", "dirhtml")


def setup(app) -> dict:
    """Called by Sphinx."""
    app.add_css_file(CSS, priority=900)  # after the style sheets of the book: the ring wins
    for script in SCRIPTS:
        app.add_js_file(script, loading_method="defer")
    app.connect("build-finished", finish, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def finish(app, exception) -> None:
    """Mend and mark every page, once they are written."""
    if exception is not None or app.builder.name not in BUILDERS:
        return
    found = sorted(Path(app.outdir).rglob("*.html"))
    pages = [p for p in found if "_static" not in p.parts and "_sources" not in p.parts]
    crowd.each(mend, pages)


def mend(path: Path) -> None:
    """Mend and mark one page."""
    before = path.read_text(encoding="utf-8")
    after = marked(repaired(before))
    if after != before:
        path.write_text(after, encoding="utf-8")
