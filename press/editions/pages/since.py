"""What changed since each edition, in the book itself: ``changes/index.html`` and a page an edition.

A page of a book knows no other edition.  What the repository keeps of them
(``press.edition_diff.snapshot``) is compared with the book as it is built, so every page can say
what changed since the one that a reader cited, wherever the book lies; ``changed.html`` is the
link, in the foot of every page.  A site says it besides between any two of its editions
(``press.edition_diff``).

The run of the first language compares, and hands on what it found to those of others
(``press.languages.handed_on``), which tell it in their own words (``press.edition_diff.translate``).

A book without a record of editions, or without tables, has none of this.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from press import api, book_metadata, urls
from press.languages import handed_on
from press.languages.printed import now, say
from press.write import worker_pool
from press.edition_diff import snapshot
from press.edition_diff.read_edition import Edition, NoEdition
from press.data_pages import TEMPLATE, keep_in_index, known_pages
from press.page_names import CHANGES, has_data
from press.editions import versions
from press import edition_register
from press.search.search_index import Part
from press.templating import render

FOLDER = CHANGES.removesuffix("/")
INDEX = f"{FOLDER}/index"
CSS = "changes.css"
FOOT = "changed.html"
THEMES = ["author.html", "copyright.html", "last-updated.html", "extra-footer.html"]  # in the foot


def earlier(root: Path) -> list[str]:
    """Editions that the book at ``root`` can be compared with, the newest first.  Raises BadRegister."""
    if not has_data(root):
        return []
    own = book_metadata.version(root).removesuffix(urls.UNRELEASED)
    kept = [edition.version for edition in edition_register.read(root)
            if snapshot.path_of(root, edition.version).is_file()]  # fmt: skip
    if versions.is_edition(own):
        kept = [version for version in kept if versions.key(version) < versions.key(own)]
    return kept[::-1]


def place(app, config) -> None:
    """Give the link its place in the foot of every page."""
    config.html_theme_options.setdefault("footer_content_items", [FOOT, *THEMES])


def offer(app, pagename: str, context: dict) -> None:
    """Tell a page of the newest edition before this book."""
    if not hasattr(app, "editions_before"):
        app.editions_before = earlier(Path(app.srcdir))
    context["editions_before"] = app.editions_before if app.builder.name == "html" else []
    context["changes_page"] = INDEX
    if pagename.startswith(f"{FOLDER}/"):
        app.add_css_file(CSS)


def collect(app) -> Iterator[tuple[str, dict, str]]:
    """The pages, as Sphinx wants them: name, context, template."""
    root = Path(app.srcdir)
    before = earlier(root) if app.builder.name == "html" else []
    if not before:
        return
    # Here, so that a book without tables needs none of what reads them.
    from press.edition_diff import compare, render as pages, summary, translate

    handed = handed_on.take(app) if now().code else {}
    if handed is None:  # the run of the first language broke off
        return
    new, summaries, written = built(app), {}, []

    def compared(version: str) -> tuple[dict, list[str], Markup]:
        try:
            old = snapshot.of(root, version)
        except NoEdition as fault:
            raise edition_register.BadRegister(str(fault)) from None
        file = Path(app.outdir, FOLDER, f"{version}.csv")
        if now().code:
            found, address = translate.translated(handed[version], new), f"../../{FOLDER}/{file.name}"
        else:
            found, address = compare.compare(old, new), file.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(pages.rows_csv(found, old, new), encoding="utf-8")
        return found, list(summary.sentences(found)), pages.inside(found, old, new, address)

    made = dict(zip(before, worker_pool.each(compared, before), strict=True))
    handed_on.give(app, {version: found for version, (found, *_) in made.items()})
    for version, (_, told, body) in made.items():
        summaries[version] = told
        title, name = say("What changed since edition {version}", version=version), f"{FOLDER}/{version}"
        yield name, context(app, title, summaries, version, body), TEMPLATE
        written.append(name)
        seek(app, name, title, version)
    title = say("What changed since earlier editions")
    yield INDEX, context(app, title, summaries), TEMPLATE
    seek(app, INDEX, title, *before)
    keep_in_index(app, [*written, INDEX])


def context(app, title: str, summaries: dict[str, list[str]], version: str = "", body: str = "") -> dict:
    """What the theme's template is filled with: the page on ``version``, or that on all of them."""
    told_on = app.config.press_changes_told
    made = render("edition_diff/since.html", title=title, summaries=summaries, version=version, body=body, own_words=own_words(),
                  told_on=told_on if told_on in app.env.found_docs else "")  # fmt: skip
    return {"title": title, "body": str(made), "meta": {}}


def own_words() -> str:
    """What a reader of another language must know of the words below; nothing in the first."""
    return "" if not now().code else say(
        "What is kept of an earlier edition is in English: passages that were altered stand in English, all else in this language."
    )  # fmt: skip


def seek(app, name: str, title: str, *editions: str) -> None:
    feed = getattr(getattr(app.builder, "indexer", None), "feed_part", None)
    if feed:
        words = say("Changes: what is new, what has changed, corrections and differences between editions")
        entries = [f"{words} {version}" for version in editions
                   for words in (say("changes since"), say("changed since"), say("edition"))]  # fmt: skip
        feed(name, f"{name}.html", Part("", title, words, tuple(entries)))


def built(app) -> Edition:
    """The book that is being built, once its chapters are written: its changes are told on pages of its
    own, which show no pictures, since these stand on theirs."""
    from citygap import words  # only here: a book without tables has none

    read, made = api.read(app)
    pages = {page.page: page.title for page in read} | {f"data/{name}": "" for name in sorted(known_pages())}
    told = {"edition": book_metadata.version(Path(app.srcdir)), "title": app.config.html_title}
    def entries(kind: str) -> list[dict]:
        with words.in_language(now().code or words.ENGLISH):
            return made[kind]()

    return Edition(told, pages, entries, up="../", folder=Path(app.outdir),
                   has=lambda path: path.removesuffix(".html") in pages)  # fmt: skip
