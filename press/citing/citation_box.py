"""How a page offers its citations: folds that work without scripts, and files.

A chapter and each of its figures have a fold with the citation in three styles and links to files
for reference managers, ``_static/cite/<page>/<part>.bib`` and its like.  All that ``cite.js`` adds,
copying, and citing a claim or a number, it reads from ``_static/cite/<page>.js``, fetched when it
is first asked for; a script, since a page opened from a disk may load one and may not fetch data.
Numbers there share one citation, to be filled with the key and the words of each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import Markup

from press.book_metadata import Record
from press.citing import citable, export_formats, styles
from press.citing.citable import Part
from press.languages.printed import say
from press.templating import render
from press.urls import UNRELEASED
from press.write import fingerprinted_files

FOLDER = "_static/cite"
#: Forms for reference managers: how readers call them, and how their files end.
FILES = {
    "bibtex": ("BibTeX", ".bib"),
    "biblatex": ("BibLaTeX", ".biblatex.bib"),
    "ris": ("RIS", ".ris"),
    "csl": ("CSL-JSON", ".json"),
}
NAMES = {key: name for key, (name, _) in (styles.STYLES | FILES).items()}
KEY, WORDS = "\ue011", "\ue012"  # what stands for a number's key and words
FILL = "document.dispatchEvent(new CustomEvent('citations', { detail: "
END = " }));\n"
AHEAD = "This is not an edition, and its pages change; cite one that is out where you can."


class Citer:
    def __init__(self, book: Record, front: str, titles: Mapping[str, str]):
        self.book = book
        self.pages = {
            page: citable.front(page, book) if page == front else citable.chapter(page, title)
            for page, title in titles.items()
        }
        self.pages.setdefault(front, citable.front(front, book))
        self.reports: dict[str, Part] = {}  # by the names of their pages
        chapters = [part for page, part in sorted(self.pages.items()) if page != front]
        self.styles = styles.Styles(book, self.pages[front], chapters)

    def of(self, part: Part) -> dict[str, str]:
        """A part in every form; those for people with the marks of ``press.citing.styles``."""
        item = citable.item(part, self.book)
        return self.styles.of(part) | {
            form: getattr(export_formats, form)(item) for form in FILES
        }

    def sentence(self, part: Part) -> str:
        return styles.plain(self.styles.of(part)[styles.order()[0]])

    # -- what stands on a page

    def box(self, part: Part, up: str, script: str = "") -> Markup:
        """The citations of a part; ``up`` leads from its page to the root of the book.

        With a ``script``, the address of the page's own, they are the control of the page: a fold.
        """
        return render(
            "citing/box.html",
            part=part,
            said=self.of(part),
            styles=styles,
            files=FILES,
            folder=f"{up}{FOLDER}/{_stem(part)}",
            identity=citable.identity(part, self.book),
            ahead=self._ahead,
            script=script,
        )

    def link(self, part: Part) -> Markup:
        """What leads from the top of a page to its fold."""
        words = say("Cite this {kind}", kind=say(part.kind))
        return Markup('<p class="cite-link"><a href="#cite">{}</a></p>').format(words)

    @property
    def _ahead(self) -> str:
        return say(AHEAD) if self.book.version.endswith(UNRELEASED) else ""

    # -- what is written

    def write_files(self, out: Path, part: Part) -> None:
        """Write the files of a part for reference managers."""
        folder = out / FOLDER / _stem(part)
        folder.mkdir(parents=True, exist_ok=True)
        said = self.of(part)
        for form, (_, end) in FILES.items():
            (folder / f"{part.key}{end}").write_text(said[form], encoding="utf-8")

    def write_script(
        self, out: Path, page: str, listed: Iterable[Part], numbers: Mapping[str, str]
    ) -> str:
        """Write the script of a page; its address from the root of the book.

        ``listed`` are its chapter, figures and claims, ``numbers`` the words of each by its key.
        """
        said = {
            "names": {form: NAMES[form] for form in (*styles.order(), *FILES)},
            "files": {form: end for form, (_, end) in FILES.items()},
            "ahead": self._ahead,
            "parts": {part.key: self._told(part) for part in listed},
            "number": self._told(citable.number(page, KEY, WORDS)),
            "numbers": {key: spelled(words) for key, words in numbers.items()},
        }
        script = f"{FILL}{json.dumps(said, ensure_ascii=False, separators=(',', ':'))}{END}"
        return fingerprinted_files.write(out, f"{FOLDER}/{page.replace('/', '-')}.js", script)

    def _told(self, part: Part) -> dict[str, object]:
        identity, said = citable.identity(part, self.book), self.of(part)
        return {"what": part.label or part.name, "id": identity, "forms": {form: said[form] for form in (*styles.order(), *FILES)}}


def spelled(words: str) -> list:
    """The words of a number, and how they are spelled in the forms that spell them otherwise."""
    words = " ".join(words.split())
    ways = {
        "apa": styles.typeset(words, quoted=False),
        "chicago": styles.typeset(words, quoted=True),
        "gbt": styles.typeset(words, quoted=False),
        "bibtex": export_formats.tex(words),
        "biblatex": export_formats.tex(words),
        "ris": words,
        "csl": json.dumps(words, ensure_ascii=False)[1:-1],
    }
    return [words, {form: way for form, way in ways.items() if way != words}]


def _stem(part: Part) -> str:
    return part.page.replace("/", "-")
