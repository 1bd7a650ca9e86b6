"""The built pages as a manuscript: what is left of them on paper.

The PDF and the EPUB are made from the pages of ``_build/html``, not by builders of their own: so
they say what the pages say, no chapter runs twice, and no extension has to know of three formats.
Here each chapter's page is read and cleaned:

- controls, code, cards and what the book's own package shows on screens alone go; what is folded is
  opened;
- bound numbers and checked phrases become plain text;
- a figure becomes the picture that its card offers for download, with alternative text, caption,
  and one line that names its sources and says how to cite it;
- every id gets the chapter's name before it (``gap-diagnosis--fig-sixth``), so that chapters can
  stand in one file; links wait in that form until a volume knows what it holds (:func:`settled`).

Out of scope: the data pages; how a volume looks (``press.print.layout``, ``press.print.epub``).
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import Comment, Tag

from press.citing.source_line import rests_on
from press.languages import printed
from press.languages.printed import say
from press.languages.twins import names
from press.subject import subject
from press.templating import render

GONE = (
    "script, style, template, form, button, input, select, output, nav, iframe, [hidden], .headerlink, "
    ".cell_input, details.hide, details.behind, details.cite, .figure-card, .quantity-card, "
    ".toctree-wrapper, .page-paper, .download-data, .trail, .figure-table"
)
UNWRAPPED = "data, span.output, span.pre, span.std, span.doc, .highlight span, wbr"
KEPT = {
    "id",
    "class",
    "href",
    "src",
    "alt",
    "lang",
    "scope",
    "colspan",
    "rowspan",
    "start",
    "width",
    "height",
}
PICTURE = re.compile(r"<svg\b.*?</svg>", re.S)
LINK = re.compile(r'<a (?:class="([^"]*)" )?data-page="([^"]*)" data-to="([^"]*)">(.*?)</a>', re.S)
FRONT = "In short"  # what the first page is called where a cover bears the title of the book
BRIEF = "brief"  # the chapter that is handed over by itself: two pages, with its citation
IN_VOLUME = re.compile(r"chapters/([\w-]+)\.html")


@dataclass
class Figure:
    """A figure: its anchor in the manuscript, number and first sentence, and its pictures."""

    anchor: str
    number: str
    title: str
    svg: Path
    png: Path
    alt: str


@dataclass
class Chapter:
    """A chapter: its name, number (may be empty), title, HTML, ids, sections and figures."""

    name: str
    number: str
    title: str
    html: str
    ids: set[str]
    sections: list[tuple[str, str]]
    figures: list[Figure]

    @property
    def links(self) -> list[str]:
        """Anchors of the manuscript that the chapter leads to."""
        return [to for _, _, to, _ in LINK.findall(self.html)]


@dataclass
class Manuscript:
    """All chapters in their order, and the sources that they and their figures rest on."""

    chapters: list[Chapter] = field(default_factory=list)
    cited: dict[str, str] = field(default_factory=dict)  # entries of the list of sources, by anchor
    labels: dict[str, str] = field(default_factory=dict)  # anchors of the same, by key
    sources: dict[str, dict] = field(default_factory=dict)  # of figures, by key


def read(html: Path, front_title: str) -> Manuscript:
    """The manuscript of the book built in ``html``, in the language that is printed.

    The first page bears the title of the book, which a cover has already; it is called
    ``front_title``, in that language, instead.  Raises OSError if a page or a figure's file is missing.
    """
    front_title, html = say(front_title), html / printed.now().folder
    found = Manuscript()
    for number, page in enumerate(names()):
        found.chapters.append(_chapter(html, page, found, front_title if number == 0 else ""))
    return found


def settled(html: str, place: Callable[[str], str], site: str) -> str:
    """``html`` with its links made: ``place`` gives the address of an anchor, or nothing.

    What is not in the volume is linked on the book's site; without one it stands as plain text.
    """

    def made(match: re.Match) -> str:
        kind, page, to, words = match.groups()
        address = place(to) or (f"{site}/{page}" if site else "")
        if not address:
            return words
        return f'<a class="{kind or "reference"}" href="{address}">{words}</a>'

    return LINK.sub(made, html)


def _chapter(html: Path, page: str, found: Manuscript, title: str) -> Chapter:
    text = (html / f"{page}.html").read_text(encoding="utf-8")
    # Pictures are taken from their files: parsing them here would cost most of the time.
    text = PICTURE.sub("<svg></svg>", text)
    body = BeautifulSoup(text, "html.parser").find("article", class_="bd-article")
    name = posixpath.basename(page)
    figures = [_figure(html, name, tag, found) for tag in body.find_all("figure", id=True)]
    if name == BRIEF:
        _keep_citations(body)
    _clean(body)
    _rename(body, page, name)
    for entry in body.select(".citation[id]"):
        key = entry.select_one(".label").get_text().strip("[] \n")
        found.labels[key] = entry["id"]
        found.cited[entry["id"]] = str(entry)
    head = body.find("h1")
    number = head.find(class_="section-number")
    number = number.extract().get_text().strip(" .") if number else ""
    title = title or head.get_text().strip()
    head.decompose()
    sections = [
        (tag.parent.get("id", ""), tag.get_text().strip())
        for tag in body.find_all("h2")
        if tag.parent.name == "section"
    ]
    ids = {tag["id"] for tag in body.find_all(id=True)} | {name}
    return Chapter(name, number, title, body.decode_contents(), ids, sections, figures)


def _figure(html: Path, chapter: str, figure: Tag, found: Manuscript) -> Figure:
    """Put the picture and the line of sources in place of what is on the page."""
    name = figure["id"]
    folder = html / "_static" / "figures" / chapter
    about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    for source in about["sources"]:
        found.sources.setdefault(source["key"], source)
    soup = BeautifulSoup("", "html.parser")
    picture = soup.new_tag("img", attrs={"src": f"{chapter}/{name}", "class": "picture"})
    picture["alt"] = about["alternative_text"]
    holder = figure.select_one(".output, .figure-frame") or figure.find(["svg", "img", "picture"])
    holder.replace_with(picture)
    line = soup.new_tag("p", attrs={"class": "figure-paper"})
    short = {source["key"]: source["short"] for source in about["sources"]}
    for part in re.split(r"(\x00[^\x00]+\x00)", rests_on([f"\0{s['key']}\0" for s in about["sources"]],
                                                         about["tables"])):  # fmt: skip
        key = part.strip("\0")
        if part != key:
            link = soup.new_tag("a", attrs={"class": "key", "href": f"source:{key}"})
            link.string = short[key]
            line.append(link)
        else:
            line.append(part)
    line.append(f" {about['citation']}")
    (figure.find("figcaption") or figure).append(line)
    return Figure(f"{chapter}--{name}", about["number"], about["title"], folder / f"{name}.svg",
                  folder / f"{name}.png", about["alternative_text"])  # fmt: skip


def _keep_citations(body: Tag) -> None:
    """Put the ways to cite the page, which a fold holds, at the end of its text."""
    for row in body.select("details.cite dl > div:not([data-form])"):
        line = Tag(name="p", attrs={"class": "cite-line"})
        line.extend([say("{label}: {words}", label=row.dt.get_text(), words=""), *list(row.dd.contents)])
        body.append(line)


def _clean(body: Tag) -> None:
    for tag in body.select(", ".join((GONE, *subject().on_screen))):
        tag.decompose()
    for note in body.find_all(string=lambda text: isinstance(text, Comment)):
        note.extract()
    for tag in body.find_all("svg"):  # an icon: figures have been replaced
        tag.decompose()
    for tag in body.find_all("details"):
        tag.name = "div"
    for tag in body.find_all("summary"):
        tag.name, tag["class"] = "p", "summary"
    for tag in body.find_all("data"):
        tag.name = "span"
    for tag in body.select(UNWRAPPED):
        tag.unwrap()
    for tag in body.select("tbody th, td"):
        if tag.string and re.fullmatch(
            r"[^\s]{18,}", tag.string
        ):  # a file or a key may break after _
            pieces = re.split(r"(?<=[/_])", tag.string)
            tag.clear()
            for piece in pieces:
                tag.append(piece)
                tag.append(Tag(name="wbr", can_be_empty_element=True))
    for tag in body.select("div.cell, div.output, div.cell_output"):
        if not tag.get_text(strip=True) and not tag.find("img"):
            tag.decompose()
        else:
            tag.unwrap()


def _rename(body: Tag, page: str, name: str) -> None:
    """Ids and links in the form of the manuscript; attributes that paper does not need go."""
    folder = printed.now().folder
    page = f"{folder}{page}"
    here = posixpath.dirname(page)
    for tag in body.find_all(True):
        tag.attrs = {key: value for key, value in tag.attrs.items() if key in KEPT}
        if tag.get("id"):
            tag["id"] = f"{name}--{tag['id']}"
        if tag.name == "a" and not re.match(r"https?:|mailto:", tag.get("href", "")):
            href = tag.attrs.pop("href", "")
            if href.startswith("source:"):
                key = href.removeprefix("source:")
                to, target = f"source--{key}", f"{folder}data/sources.html#{key}"
            else:
                path, _, anchor = href.partition("#")
                path = posixpath.normpath(posixpath.join(here, path)) if path else f"{page}.html"
                target = f"{path}#{anchor}" if anchor else path
                owner = IN_VOLUME.fullmatch(path.removeprefix(folder)) if path.startswith(folder) else None
                to = f"{owner[1]}--{anchor}" if owner and anchor else owner[1] if owner else ""
            kind = " ".join(tag.get("class", []))
            tag.attrs = ({"class": kind} if kind else {}) | {"data-page": target, "data-to": to}


def source_entry(source: dict) -> str:
    """An entry of the list of the figures' sources, as HTML with an anchor."""
    return str(render("print/source.html", **{name: source[name] for name in
                      ("key", "title", "url", "publisher", "date")})).strip()  # fmt: skip
