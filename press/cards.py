"""The card under a figure: what was drawn, what it rests on, how to cite it.

Under the caption stand

- downloads: the values (CSV), the picture (SVG, PNG) and the description of both (JSON);
- the values as a table; the sources, definitions and caveats; the citation.

Caption, number and the rest come from the page itself, so a card never says anything else than the
figure above it.

Out of scope: finding the figures of a page (``press.figures``).
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes

from press import FIGURES, citations, citing
from press.citing import parts
from press.citing.shown import Citer
from press.datapages.markup import bullets, code, definitions, link, outside, paragraph, text
from press.words import plain

FOLDER = FIGURES
FORMATS = {"csv": "CSV", "svg": "SVG", "png": "PNG", "json": "JSON"}
WHAT = {"csv": "data", "svg": "picture", "png": "picture", "json": "description"}
LICENCE = "CC BY 4.0 (text, picture and our arrangement; single figures belong to their sources)"
BLOCK = re.compile(r'<script type="application/json" class="figure-payload">(.*?)</script>', re.S)
PICTURE = re.compile(r"<svg\b.*?</svg>", re.S)
VALUES = re.compile(r'<details class="figure-values">.*?</details>', re.S)


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

    @classmethod
    def of(cls, figure: nodes.figure, name: str, docname: str, app) -> Card:
        """The card of a figure, whose block of JSON is taken out of the page.

        Raises Incomplete, naming what is missing.
        """
        from citygap.style import standalone
        from press.provenance import Behind

        raw = next((r for r in figure.findall(nodes.raw) if BLOCK.search(r.astext())), None)
        if raw is None:
            raise Incomplete("it has no values; hand it over with show(...) of citygap.page")
        source = raw.astext()
        given = json.loads(BLOCK.search(source)[1])
        picture, values = PICTURE.search(source), VALUES.search(source)
        shown = BLOCK.sub("", VALUES.sub("", source))
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
        """How the figure is named in a citation."""
        return f"Figure {self.number}"

    @property
    def book(self) -> citations.Record:
        """The record of the book."""
        return self.citer.book

    @property
    def title(self) -> str:
        """The first sentence of the caption."""
        return re.split(r"(?<=[.!?])\s", self.caption, maxsplit=1)[0]

    @property
    def sources(self) -> list[dict[str, str]]:
        """Records of the sources."""
        return [self.behind.source(key) for key in self.given["sources"]]

    @property
    def definitions(self) -> list[dict[str, str]]:
        """What the rows behind the figure count."""
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
        """The figure, cited in one sentence."""
        return self.citer.sentence(self.cited)

    @property
    def cited(self) -> parts.Part:
        """The figure as a part of the book that can be cited."""
        return parts.figure(self.page, self.number, self.title, self.name)

    # -- what is written

    def write(self, out: Path) -> None:
        """Write the files for download below the folder of the built book."""
        folder = out / FOLDER / Path(self.page).name
        folder.mkdir(parents=True, exist_ok=True)
        described = json.dumps(self.metadata(), ensure_ascii=False, indent=1) + "\n"
        content = {
            "csv": self.given["csv"].encode(),
            "svg": self.svg.encode(),
            "png": base64.b64decode(self.given["png"]),
            "json": described.encode(),
        }
        for form, data in content.items():
            (folder / f"{self.name}.{form}").write_bytes(data)

    def html(self) -> str:
        """The card, as HTML."""
        up = "../" * self.page.count("/")
        parts = [
            self.values,
            fold("Sources", self._sources(up)),
            fold("Cite", self._cite(up)),
            self._downloads(up),
            self._paper(),
        ]
        label = f"About {self.part.lower()}"
        return f'<div class="figure-card" role="group" aria-label="{label}">{"".join(parts)}</div>'

    def _sources(self, up: str) -> str:
        read = bullets(
            f"{outside(s['url'], text(s['title']))}. {text(s['publisher'])}, {text(s['date'])} "
            f'<span class="source-key">{link(up + s["page"], code(s["key"]))}</span>'
            for s in self.sources
        )
        tables = bullets(
            "counted over the table " + link(f"{up}data/tables/{t}.html", code(t))
            for t in self.given["tables"]
        )
        return read + tables + self._reread() + self._definitions(up) + self._caveats()

    def _reread(self) -> str:
        """How many of the rows were read again at their source."""
        rows = self.given["rows"]
        if not rows:
            return ""
        found = self.behind.outcomes(rows)
        again = len(rows) - found.pop("not yet", 0)
        outcomes = ", ".join(f"{n} {text(outcome)}" for outcome, n in found.most_common())
        many = f"{len(rows)} row{'s' if len(rows) > 1 else ''} of the data"
        words = f"{many}; {again} read again at the source" + (f": {outcomes}" if outcomes else "")
        return paragraph(f"{words}.", "reread-count")

    def _definitions(self, up: str) -> str:
        return definitions(
            (
                link(up + d["page"], text(d["name"])),
                f'<span class="scope">{text(d["scope"])}</span>. {text(d["definition"])}'
                + (f" {text(d['leaves_out'])}" if d["leaves_out"] else ""),
            )
            for d in self.definitions
        )

    def _caveats(self) -> str:
        return bullets((text(caveat) for caveat in self.given["caveats"]), "caveats")

    def _cite(self, up: str) -> str:
        return self.citer.rows(self.cited, up) + paragraph(f"Licence: {LICENCE}.", "licence")

    def _paper(self) -> str:
        """What is printed of the card (``print.css``): the sources' keys and the citation."""
        keys = (source["key"] for source in self.sources)
        words = f"{citations.rests_on(keys, self.given['tables'])} {self.citation}"
        return paragraph(text(words.strip()), "figure-paper")

    def _downloads(self, up: str) -> str:
        folder = f"{up}{FOLDER}/{Path(self.page).name}/{self.name}"
        links = " ".join(
            link(f"{folder}.{form}", words, download=f"{self.name}.{form}",
                 title=f"Download the {WHAT[form]} of {self.part.lower()} as {words}")
            for form, words in FORMATS.items()
        )  # fmt: skip
        return f'<p class="figure-downloads">Download {links}</p>'


def fold(title: str, inner: str) -> str:
    """A part of the card that opens on demand, with or without scripts."""
    return f'<details class="figure-{title.lower()}"><summary>{title}</summary>{inner}</details>'
