"""Sphinx extension: pages that weigh little and show their text at once.

When all pages are written, each is gone through once more:

- ``styles``: one style sheet for all pages, without the rules that no page needs;
- ``scripts``: only those that the page needs, none of which holds up its text;
- ``pictures``: a figure below the opening is a file, fetched when the reader comes near it;
- ``facts`` and ``folds``: what stands behind numbers, and the sources of figures, are files,
  fetched when the first is asked for.

Everything works from a disk as well (``file://``), where a page may load scripts, styles and
pictures, but may not fetch data; and without scripts.  Pages that were gone through in an earlier
build and did not change are left as they are.

Out of scope: PDF and EPUB, which other builders make; icons (``press.icons``).
"""

from __future__ import annotations

from pathlib import Path

from press import crowd
from press.light import facts, folds, pictures, scripts, styles

LATE = 900  # after extensions that add to the pages


def setup(app) -> dict:
    """Called by Sphinx."""
    app.connect("config-inited", follow_the_system)
    app.connect("build-finished", finish, priority=LATE)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def follow_the_system(app, config) -> None:
    """Light or dark as the reader's system is, unless chosen; unset, the theme logs an error."""
    config.html_context.setdefault("default_mode", "auto")


def finish(app, exception) -> None:
    """Go through the pages, once they are written."""
    if exception is None and app.builder.name == "html":
        lighten(Path(app.outdir))


def lighten(folder: Path) -> None:
    """Go through all pages of the built book in ``folder``."""
    texts = {path: path.read_text(encoding="utf-8") for path in pages(folder)}
    sheet = styles.Sheet(folder, {*pictures.CLASSES, *pictures.NEEDED})
    for path, text in texts.items():
        sheet.read(path, text)
    sheet.write()
    shades = pictures.shades((folder / styles.NAME).read_text(encoding="utf-8"))

    def lighter(path: Path) -> None:
        text = texts[path]
        changed = sheet.link(path, text)
        changed = facts.aside(changed, path, folder)
        changed = folds.aside(changed, path, folder)
        changed = pictures.aside(changed, path, folder, shades)
        changed = scripts.only_needed(changed, folder)
        if changed != text:
            path.write_text(changed, encoding="utf-8")

    crowd.each(lighter, list(texts))
    scripts.clear(folder)


def pages(folder: Path) -> list[Path]:
    """The pages of the book; files of ``_static`` are none."""
    return [
        path
        for path in sorted(folder.rglob("*.html"))
        if not path.relative_to(folder).parts[0].startswith("_")
    ]
