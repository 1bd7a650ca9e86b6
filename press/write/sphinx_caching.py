"""What Sphinx, the theme and the bibliography do again for every page, done once.

A few of their functions are replaced, while ``make book`` runs, by ones that remember what they
gave.  The pages are the same to the byte as those of plain ``jupyter-book build .``, which does
without (a test compares them); a function that has moved in a later version is left as it is, which
only costs time.

- the checksums of scripts and styles, which stand in every page;
- the plug-ins of the bibliography, which are looked for in all installed packages, for every link;
- the table of contents at the side of the data pages, and which parts of the theme are empty there:
  all data pages of one folder have the same;
- the settings of an empty document, which are put together from a dozen modules.

Python looks for garbage less often meanwhile.

Out of scope: what is slow in the book's own extensions, which is mended where it is.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from press.page_names import PREFIX


@contextmanager
def remembering() -> Iterator[None]:
    """Inside a ``with`` block the functions remember."""
    undo = []

    def replace(module: str, name: str, make) -> None:
        try:
            owner = importlib.import_module(module)
            old = getattr(owner, name)
        except (ImportError, AttributeError):
            return
        setattr(owner, name, make(old))
        undo.append((owner, name, old))

    replace("sphinx.builders.html", "_file_checksum", lru_cache(maxsize=None))
    replace("pybtex.plugin", "_load_entry_point", lru_cache(maxsize=None))
    replace("pydata_sphinx_theme.toctree", "add_toctree_functions", _same_contents)
    replace("pydata_sphinx_theme.utils", "_update_and_remove_templates", _same_parts)
    replace("docutils.frontend", "get_default_settings", _same_settings)
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)  # trees of documents grow large, and little of them is garbage
    try:
        yield
    finally:
        gc.set_threshold(*before)
        for owner, name, old in undo:
            setattr(owner, name, old)


def _folder(pagename: str, doctree: object) -> str | None:
    """The folder of a data page, whose pages have all but their text in common."""
    if doctree is None and pagename.startswith(PREFIX):
        return pagename.rpartition("/")[0]
    return None


def _same_contents(old):
    """The theme's table of contents, once a folder of data pages."""
    known: dict[tuple, object] = {}

    def add_toctree_functions(app, pagename, templatename, context, doctree):
        old(app, pagename, templatename, context, doctree)
        folder = _folder(pagename, doctree)
        make = context.get("generate_toctree_html")
        if folder is None or make is None:
            return

        def generate_toctree_html(*arguments, **options):
            key = (folder, arguments, tuple(sorted(options.items())))
            if key not in known:
                known[key] = make(*arguments, **options)
            return known[key]

        context["generate_toctree_html"] = generate_toctree_html

    return add_toctree_functions


def _same_parts(old):
    """Which parts of the theme print anything, once a folder of data pages."""
    known: dict[tuple, list[str]] = {}

    def _update_and_remove_templates(app, context, templates, section, *rest, **options):
        page = context["pagename"]
        folder = _folder(page, None if page not in app.env.found_docs else page)
        if folder is None:
            return old(app, context, templates, section, *rest, **options)
        key = (folder, section, templates if isinstance(templates, str) else tuple(templates))
        if key not in known:
            known[key] = old(app, context, templates, section, *rest, **options)
        return list(known[key])

    return _update_and_remove_templates


def _same_settings(old):
    """docutils' settings, as a new copy of those that were made first."""
    known: dict[tuple, object] = {}

    def get_default_settings(*components):
        if components not in known:
            known[components] = old(*components)
        return known[components].copy()

    return get_default_settings
