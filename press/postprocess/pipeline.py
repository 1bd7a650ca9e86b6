"""Sphinx extension: what happens to finished pages, one list of functions from text to text.

When all pages are written, each is read once, goes through the list, and is written once.

1. What stands on it (:data:`CONTENT`): the theme's markup is repaired where a screen reader would be
   misled, what is Chinese is marked, and folded code gets one switch (``press/static/code.js``).
2. What it loads (:data:`LOADING`): one style sheet for all pages, without the rules that none needs;
   only the scripts that it needs; figures below the opening, facts behind numbers and sources of
   figures as files, fetched when they are wanted; no blank lines of the theme's templates.
3. What it may load and run: its Content-Security-Policy, which rests on all that stands there.

A page that would fetch anything from a third party, or that its policy would break, is a warning,
hence a failed build.  Everything works from a disk as well (``file://``), where a page may load
scripts, styles and pictures, but may not fetch data; and without scripts.  The same page gives the
same bytes, and pages that went through before are not changed.

The focus ring, the size of what is touched and the colours of code are ``press/static/access.css``.

Out of scope: PDF and EPUB, which are made from these pages; icons (``tools.icons``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinx.util import logging

from press.languages import printed
from press.languages.alternates import led_home
from press.languages.typography import in_language
from press.postprocess import csp, first_page, images, scripts, stylesheets, third_party_guard
from press.postprocess.deferred import facts, folds
from press.postprocess.language import marked
from press.postprocess.theme_repairs import repaired
from press.write import worker_pool

logger = logging.getLogger(__name__)

LATE = 900  # after extensions that add to the pages
CSS, SCRIPTS = "access.css", ("code.js", "language.js")
#: Line breaks and indentation between tags, and what keeps its own: code, scripts, text areas.
KEPT = re.compile(r"<(pre|script|style|textarea)\b.*?</\1>|(\n)\s+", re.S)


@dataclass(frozen=True)
class Place:
    """Where a page is, and what all pages of the book ``folder`` share."""

    path: Path
    folder: Path
    sheet: stylesheets.Sheet
    shades: dict[str, str]


CONTENT: tuple[Callable[[str], str], ...] = (repaired, marked)
LOADING: tuple[Callable[[str, Place], str], ...] = (
    lambda text, at: at.sheet.link(at.path, text),
    lambda text, at: facts.aside(text, at.path, at.folder),
    lambda text, at: folds.aside(text, at.path, at.folder),
    lambda text, at: images.aside(text, at.path, at.folder, at.shades),
    lambda text, at: scripts.only_needed(text, at.folder),
    lambda text, at: in_language(led_home(text, at.path, at.folder)) if printed.now().code else text,
    lambda text, at: KEPT.sub(lambda match: match[2] or match[0], text),
)


def setup(app) -> None:
    app.add_css_file(CSS, priority=900)  # after the style sheets of the book: the ring wins
    for script in SCRIPTS:
        app.add_js_file(script, loading_method="defer")
    app.connect("config-inited", follow_the_system)
    app.connect("env-updated", write_all)
    app.connect("build-finished", finish, priority=LATE)


def follow_the_system(app, config) -> None:
    """Light or dark as the reader's system is, unless chosen; unset, the theme logs an error."""
    config.html_context.setdefault("default_mode", "auto")


def write_all(app, env) -> list[str]:
    """All pages are written whenever one is: what extensions make at the end (notebooks, cards for
    sharing, headlines) rests on all of them, and a change of one may break a reference on another."""
    return sorted(env.found_docs)


def finish(app, exception) -> None:
    """Go through the pages, once they are written."""
    if exception is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    first_page.lead(app)
    for name, faults in go_through(folder).items():
        for fault in faults:
            logger.warning(fault, location=_located(app, name))


def finish_content(app, since: float) -> None:
    """The same for whoever is writing: what stands on the pages that were written ``since`` then."""
    first_page.lead(app)
    for path in pages(Path(app.outdir)):
        if path.stat().st_mtime >= since:
            text = read(path)
            if printed.now().code:
                text = in_language(led_home(text, path, Path(app.outdir)))
            path.write_text(text, encoding="utf-8")
            for fault in third_party_guard.faults(text):
                logger.warning(fault, location=_located(app, path.relative_to(app.outdir).as_posix()))


def go_through(folder: Path) -> dict[str, list[str]]:
    """Go through all pages of the built book in ``folder``; what is wrong with each that has faults,
    by its path there."""
    found = pages(folder)
    texts = dict(zip(found, worker_pool.each(read, found), strict=True))
    sheet = stylesheets.Sheet(folder, {*images.CLASSES, *images.NEEDED})
    for path, text in texts.items():
        sheet.read(path, text)
    sheet.write()
    shades = images.shades((folder / stylesheets.NAME).read_text(encoding="utf-8"))

    def finished(path: Path) -> list[str]:
        text = texts[path]
        for step in LOADING:
            text = step(text, Place(path, folder, sheet, shades))
        text, wrong = csp.with_policy(text)
        path.write_text(text, encoding="utf-8")
        return wrong + third_party_guard.faults(text)

    wrong = worker_pool.each(finished, found)
    scripts.translations_without_eval(folder)
    scripts.clear(folder)
    return {path.relative_to(folder).as_posix(): faults
            for path, faults in zip(found, wrong, strict=True) if faults}  # fmt: skip


def read(path: Path) -> str:
    """The text of a page, with what stands on it repaired and marked."""
    text = path.read_text(encoding="utf-8")
    for step in CONTENT:
        text = step(text)
    return text


def pages(folder: Path) -> Sequence[Path]:
    """The pages of the book; files of ``_static`` are none."""
    return [path for path in sorted(folder.rglob("*.html"))
            if not path.relative_to(folder).parts[0].startswith("_")]  # fmt: skip


def _located(app, name: str) -> str:
    """The chapter that a page is made of, for Sphinx; for other pages their path."""
    docname = name.removesuffix(".html")
    return docname if docname in app.env.found_docs else name
