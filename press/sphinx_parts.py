"""The press as one extension of Sphinx: its parts, each with a ``setup`` of its own, in one list.

``_config.yml`` names ``press`` alone, which loads them.  Where two parts answer the same event with
the same priority, the one that stands first here is asked first.

Out of scope: what a book's own package adds (``press.subject``).
"""

from __future__ import annotations

from importlib import import_module

PARTS = (
    "press.build.inputs",  # only the pages that _toc.yml names are read
    "press.execution.cache_key",  # changed data never leave an old number on a page
    "press.postprocess.pipeline",  # what happens to finished pages, and their looks for everybody
    "press.citing",  # the book and its parts can be cited
    "press.api",  # the book for programs
    "press.data_pages",  # a page for each table, indicator and source
    "press.downloads.downloads",  # chapters as notebooks, with what they run on
    "press.editions.pages.page_banner",  # what pages say of editions
    "press.extensions.figure_directive",  # the card under every figure
    "press.extensions.bound_numbers",  # what stands behind a number
    "press.extensions.previews",  # what a link leads to
    "press.extensions.bibliography_style",  # how sources are cited and listed
    "press.languages.alternates",  # the same page in another language
    "press.search.search",  # in English and Chinese, offline
    "press.extensions.opengraph",  # how a page names itself to search engines and messengers
)


def setup(app) -> dict:
    """Load all parts but those that ``press_without`` names."""
    app.add_config_value("press_without", [], "env")
    app.add_config_value("press_name", "book", "env")  # which press.book_metadata reads
    app.add_config_value("press_languages", {}, "env")  # further ones, press.languages
    app.add_config_value("press_language", "", "env")  # the one that is printed, of these
    app.add_config_value("press_changes_told", "", "env")  # the page that tells them, in words
    app.connect("config-inited", _other_forms)
    for part in PARTS:
        if part not in app.config.press_without:
            import_module(part).setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _other_forms(app, config) -> None:
    """A result may come in a further language too (``press.languages.results``), in a form of its own
    that MyST-NB passes over with a warning."""
    form = "mystnb.unknown_mime_type"
    if form not in config.suppress_warnings:
        config.suppress_warnings = [*config.suppress_warnings, form]
