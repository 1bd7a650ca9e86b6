"""The card under a figure: what was drawn, what it rests on, how to cite it.

Under the caption stand

- one line: the sources as a person writes them, the licence, and downloads: the values (CSV, XLSX),
  the picture (SVG, PNG) and the description of both (JSON);
- folded, the figure to ask; the values as a table; the sources, definitions and caveats; the citation.

Caption, number and the rest come from the page itself, so a card never says anything else than the
figure above it.

Out of scope: finding the figures of a page (``press.extensions.figure_directive``).
"""

from __future__ import annotations

import base64
import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from markupsafe import Markup

from press import FIGURES, book_metadata, citing, data_urls
from press.citing import citable, source_line
from press.citing.citation_box import Citer
from press.citing.meta_tags import LICENCES
from press.cjk import marked
from press.downloads.workbook import workbook
from press.languages.printed import csv_mark, now, say
from press.node_text import plain
from press.templating import render

FOLDER = FIGURES
#: The files of a figure: how each is called, and what it holds.
FORMATS = {
    "csv": ("CSV", "data"),
    "xlsx": ("XLSX", "data"),
    "svg": ("SVG", "picture"),
    "png": ("PNG", "picture"),
    "json": ("JSON", "description"),
}
LICENCE = "CC BY 4.0 (text, picture and our arrangement; single figures belong to their sources)"
#: What a reader chooses among, by what ``citygap.charts.interactive`` says it is.
LEGENDS = {"place": "Places", "line": "Lines", "row": "Items", "stage": "Parts"}
BLOCK = re.compile(r'<script type="application/json" class="figure-payload">(.*?)</script>', re.S)
PICTURE = re.compile(r"<svg\b.*?</svg>", re.S)
VALUES = re.compile(r'<details class="figure-values">.*?</details>', re.S)


def _with_narrow(shown: str, narrow: str) -> str:
    """The figure with its picture for a phone behind the other; the style sheet shows one."""
    if not narrow:
        return shown
    both = PICTURE.sub(lambda wide: wide[0] + narrow, shown, count=1)
    return both.replace('class="figure-frame"', 'class="figure-frame two-widths"', 1)


def _lead(caption: nodes.caption | None) -> str:
    bold = next(caption.findall(nodes.strong), None) if caption is not None else None
    return plain(bold) if bold is not None else ""


class Incomplete(ValueError):
    """A card cannot be made; the text says what is missing."""


@dataclass(frozen=True)
class Card:
    """A figure with all that its card says.  ``up`` leads from its page to the root of the book."""

    name: str
    page: str
    number: str
    caption: str
    svg: str
    values: str  # the table, as HTML
    given: dict  # the block of JSON
    behind: object
    citer: Citer
    lead: str = ""

    @classmethod
    def of(cls, figure: nodes.figure, name: str, docname: str, app) -> Card:
        """The card of a figure, whose block of JSON is taken out of the page.

        Raises Incomplete, naming what is missing.
        """
        from citygap.charts.style import standalone
        from press.extensions.provenance import Behind

        raw = next((r for r in figure.findall(nodes.raw) if BLOCK.search(r.astext())), None)
        if raw is None:
            raise Incomplete("it has no values; hand it over with show(...) of citygap.notebook")
        source = raw.astext()
        given = json.loads(BLOCK.search(source)[1])
        picture, values = PICTURE.search(source), VALUES.search(source)
        shown = _with_narrow(BLOCK.sub("", VALUES.sub("", source)), given.get("narrow", ""))
        raw.replace_self(nodes.raw("", shown, format="html", classes=raw["classes"]))
        caption = next(figure.findall(nodes.caption), None)
        numbers = app.env.toc_fignumbers.get(docname, {}).get("figure", {}).get(name)
        card = cls(
            name=name,
            page=docname,
            number=".".join(map(str, numbers or ())),
            caption=plain(caption) if caption is not None else "",
            svg=standalone(picture[0]) if picture else "",
            values=values[0] if values else "",
            given=given,
            behind=Behind(),
            citer=citing.citer(app),
            lead=_lead(caption) if now().code else "",
        )
        card.check()
        return card

    def check(self) -> None:
        """Raise Incomplete unless every part of the card is there."""
        missing = [
            what
            for what, has in (
                ("a picture", self.svg and self.given["png"]),
                ("a caption", self.caption),
                ("a number", self.number),
                ("an alternative text", self.given["alt"]),
                ("values", self.values and self.given["csv"].count("\n") > 1),
                ("a source", self.given["sources"] or self.given["tables"]),
                ("the code that drew it", self.given["code"]),
            )
            if not has
        ]
        if missing:
            raise Incomplete(f"its card lacks {', '.join(missing)}")
        try:
            self.metadata()
        except LookupError as unknown:
            raise Incomplete(f"its card cannot say what stands behind it: {unknown}") from None

    # -- what it says

    @property
    def part(self) -> str:
        return say("Figure {number}", number=self.number)

    @property
    def part_within(self) -> str:
        return say("figure {number}", number=self.number)

    @property
    def book(self) -> book_metadata.Record:
        return self.citer.book

    @property
    def title(self) -> str:
        """The first sentence of the caption, or what leads it in bold without a full stop, as Chinese has it."""
        return self.lead or re.split(r"(?<=[.!?])\s", self.caption, maxsplit=1)[0]

    @property
    def sources(self) -> list[dict[str, str]]:
        return [self.behind.source(key) for key in self.given["sources"]]

    @property
    def definitions(self) -> list[dict[str, str]]:
        return self.behind.definitions(self.given["rows"])

    def metadata(self) -> dict:
        """The description of the figure, for the JSON file.  Raises LookupError."""
        return {
            "figure": self.name,
            "number": self.number,
            "title": self.title,
            "caption": self.caption,
            "alternative_text": self.given["alt"],
            "page": f"{self.page}.html#{self.name}",
            "book": self.book.title,
            "author": self.book.author,
            "edition": self.book.edition,
            "citation": self.citation,
            "licence": LICENCE,
            "files": {form: f"{self.name}.{form}" for form in FORMATS},
            "columns": self.given["columns"],
            "indicators": self.definitions,
            "caveats": self.given["caveats"],
            "sources": self.sources,
            "tables": self.given["tables"],
            "rows": [
                {"key": key, "page": self.behind.address(key), "reread": self.behind.reread(key)}
                for key in self.given["rows"]
            ],
            "code": {"file": f"{self.page}.md", "cell": self.given["code"]},
        }

    @property
    def citation(self) -> str:
        return self.citer.sentence(self.cited)

    @property
    def cited(self) -> citable.Part:
        """The figure as a part of the book that can be cited."""
        return citable.figure(self.page, self.number, self.title, self.name)

    # -- what is written

    def write(self, out: Path) -> None:
        """Write the files for download below the folder of the built book."""
        folder = out / FOLDER / Path(self.page).name
        folder.mkdir(parents=True, exist_ok=True)
        described = json.dumps(self.metadata(), ensure_ascii=False, indent=1) + "\n"
        content = {
            "csv": (csv_mark() + self.given["csv"]).encode(),
            "xlsx": self.workbook(),
            "svg": self.svg.encode(),
            "png": base64.b64decode(self.given["png"]),
            "json": described.encode(),
        }
        for form, data in content.items():
            (folder / f"{self.name}.{form}").write_bytes(data)

    def workbook(self) -> bytes:
        """The values as a workbook, whose second sheet says what they are."""
        columns, *rows = csv.reader(self.given["csv"].splitlines(keepends=True))
        about = [
            (say("Title"), f"{self.number} {self.caption}"),
            (say("Sources"), self.source_line),
            *((say("Caveat"), caveat) for caveat in self.given["caveats"]),
            (say("Licence"), say(LICENCE)),
            (say("Cite"), self.citation),
            *self.given["columns"].items(),
        ]
        return workbook(columns, rows, about, self.book.date)

    def html(self) -> str:
        up = "../" * self.page.count("/")
        folder = f"{FOLDER}/{Path(self.page).name}"
        return str(render("figure_card.html", card=self, up=up, folder=folder, formats=FORMATS,
                          licence=say(LICENCE)))  # fmt: skip

    def explored(self, up: str) -> Markup:
        """The figure to ask, which a script draws when it is unfolded; nothing for a figure that is none."""
        if not self.given.get("view"):
            return Markup("")
        return render("explore.html", card=self, view=self.given["view"], up=up, LEGENDS=LEGENDS,
                      place_page=data_urls.place_page)  # fmt: skip

    @property
    def view_told(self) -> Markup:
        """What the script needs, as JSON that may stand in a page."""
        told = json.dumps(self.given["view"], ensure_ascii=False, separators=(",", ":"))
        return Markup(told.replace("<", "\\u003c"))

    @property
    def values_shown(self) -> Markup:
        """The table of values, which ``citygap.charts`` wrote as HTML."""
        return Markup(self.values)

    @property
    def source_line(self) -> str:
        """The sources as a person writes them, for the line under the figure."""
        return source_line.in_words([one["short"] for one in self.sources], self.given["tables"])

    @property
    def licence(self) -> str:
        return self.book.text_licence.replace("CC-BY-", "CC BY ")

    @property
    def licence_url(self) -> str:
        return LICENCES.get(self.book.text_licence, "")

    @property
    def reread_told(self) -> Markup:
        """How many of the rows were read again at their source, and how many with which outcome."""
        rows = self.given["rows"]
        found = self.behind.outcomes(rows)
        again = len(rows) - found.pop("not yet", 0)
        outcomes = Markup(say(", ")).join(
            Markup("{} {}").format(many, marked(say(outcome))) for outcome, many in found.most_common()
        )
        return say(
            "{rows} of the data; {again} read again at the source{outcomes}.",
            rows=Markup(say("{number} rows", number=f"{len(rows):,}") if rows[1:] else say("1 row")), again=again,
            outcomes=say(": {outcomes}", outcomes=outcomes) if outcomes else "",
        )

    @property
    def on_paper(self) -> str:
        """What is printed of the card: the sources and the citation."""
        names = (source["short"] for source in self.sources)
        return f"{source_line.rests_on(names, self.given['tables'])} {self.citation}".strip()
