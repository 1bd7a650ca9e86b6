"""Sphinx extension of a further language's run: what its pages print of the chapters' results.

The roles of numbers and checked words, and figures, read the results of the chapter of the same
name; what a cell handed over in this language too (``application/x-zh-html``) is printed, else what
it has in the first.  ``{output}`` prints what a cell of the chapter shows: a table, or what else its
last expression gives.

A reference to a page that has no twin leads to the page of the first language.

Out of scope: the roles themselves (``press.extensions.bound_numbers``).
"""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace

import nbformat
from docutils import nodes
from sphinx.project import Project
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from press.build import inputs
from press.build.diagnostics import meant
from press.extensions.bound_numbers import attributes
from press.languages import printed, twins
from press.languages.printed import say
from press.subject import subject

logger = logging.getLogger(__name__)

#: How a cell hands over its HTML in another language than the first, by the language's code.
MIME = "application/x-{}-html"
HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$", re.M)
FENCED = re.compile(r"^(`{3,}|~{3,}|:{3,}).*?^\1", re.M | re.S)
CELL = re.compile(r"(<t[hd]\b[^>]*>)([^<]+)(</t[hd]>)")
LETTERS = re.compile(r"[A-Za-z]{2}")


def setup(app) -> dict:
    app.add_directive("output", Output)
    app.handed_over = lambda page: (Renderer(), of(app, page).glued)  # asked by press.extensions.bound_numbers
    app.connect("config-inited", only_twins, priority=900)  # after press.build.inputs
    app.connect("builder-inited", name_pages, priority=100)
    app.connect("doctree-read", name_headings, priority=100)  # before contents are gathered
    app.connect("missing-reference", lead_to_first)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Twins(Project):
    """The files of a language, under the names of the pages of the first."""

    def path2doc(self, filename) -> str | None:
        name = super().path2doc(filename)
        return twins.name_of(name, printed.now().code) if name else name


def only_twins(app, config) -> None:
    """Let Sphinx see the pages of the language, and nothing else."""
    root, code = Path(app.srcdir), config.press_language
    files = (printed.file_of(name, code, root) for name in twins.pages(code, root))
    config.include_patterns = [path.relative_to(root).as_posix() for path in files]


def name_pages(app) -> None:
    app.project = app.env.project = Twins(app.srcdir, app.config.source_suffix)
    app.printed = {}


class Printed:
    def __init__(self, notebook: str, source: str, code: str):
        self.cells = nbformat.reads(notebook, nbformat.NO_CONVERT).cells if notebook else []
        self.source = source
        self.mime = MIME.format(code)

    @cached_property
    def glued(self) -> dict[str, Mapping]:
        """What the chapter's cells handed to the page, by key, in this language."""
        from myst_nb.ext.glue import extract_glue_data_cell

        found = {}
        for cell in self.cells:
            if cell.cell_type == "code":
                for key, output in extract_glue_data_cell(cell):  # which takes it out of the cell
                    cell.metadata.setdefault("keys", []).append(key)
                    found[key] = output | {"data": self._in_language(output["data"])}
        return found

    def _in_language(self, data: Mapping[str, str]) -> dict[str, str]:
        """A bundle of MIME types with its HTML in this language, if there is one."""
        shown = {name: data[name] for name in ("text/plain", "text/html") if name in data}
        return shown | ({"text/html": data[self.mime]} if self.mime in data else {})

    def cell(self, what: str):
        """The cell whose last expression is ``what``, or that binds this name; None if there is none."""
        self.glued
        sought = normal(what)
        for cell in self.cells:
            if cell.cell_type == "code" and sought in names_of(cell.source):
                return cell
        return None

    @property
    def shown(self) -> list[str]:
        """What each cell that shows something can be called."""
        return [name for cell in self.cells if cell.cell_type == "code" for name in names_of(cell.source)]

    def headings(self) -> list[str]:
        """The ids of the headings of the page in the first language, in order."""
        found, used = [], set()
        for _, words in HEADING.findall(FENCED.sub("", self.source)):
            name = nodes.make_id(re.sub(r"\{[\w:-]+\}`([^`<]*)(?:<[^>]*>)?`", r"\1", words))
            found.append(name if name and name not in used else "")
            used.add(name)
        return found


def of(app, page: str) -> Printed:
    if page not in app.printed:
        source = Path(app.srcdir) / f"{page}.md"
        notebook = getattr(app, "executed", {}).get(page, "")
        app.printed[page] = Printed(notebook, source.read_text(encoding="utf-8-sig"), app.config.press_language)
    return app.printed[page]


class Renderer:
    """As much of MyST-NB's renderer as its roles use to print HTML."""

    config = SimpleNamespace(cell_metadata_key="render")

    def render_mime_type(self, data) -> list[nodes.Node]:
        if data.mime_type != "text/html":
            return []
        return [nodes.raw("", data.content, format="html", classes=["output", "text_html"])]

    render_mime_type_inline = render_mime_type


def normal(expression: str) -> str:
    """An expression as Python prints it, or the text itself."""
    try:
        return ast.unparse(ast.parse(expression.strip(), mode="eval"))
    except SyntaxError:
        return expression.strip()


def names_of(cell: str) -> list[str]:
    """What a cell's output can be called: the names that it binds, and its last expression where that
    shows something."""
    try:
        tree = ast.parse(cell)
    except SyntaxError:
        return []
    called = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [keyword.arg for call in called if getattr(call.func, "id", "") == "bind"
             for keyword in call.keywords if keyword.arg]  # fmt: skip
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr) and getattr(getattr(last.value, "func", None), "id", "") not in ("show", "check", "bind"):
        found.append(ast.unparse(last.value))
    return found


class Output(SphinxDirective):
    """What a cell of the chapter shows, open or folded as on the page of the first language."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        printed_of = of(self.env.app, self.env.docname)
        cell = printed_of.cell(self.arguments[0])
        if cell is None:
            known = printed_of.shown
            logger.warning(
                f"no cell of the chapter binds or ends with {self.arguments[0]!r}: "
                f"{meant(self.arguments[0], known)}write one of {', '.join(known) or 'none'}",
                location=self.get_location(),
            )
            return []
        folded = "hide-cell" in cell.metadata.get("tags", []) or "hide-output" in cell.metadata.get("tags", [])
        keys = cell.metadata.get("keys", [])
        shown = self.table_of(printed_of, keys) if keys and folded else self.output_of(cell)
        if folded:
            shown = (f'<details class="behind"><summary>{html.escape(say("The data behind this"))}</summary>'
                     f"{shown}</details>")  # fmt: skip
        return [nodes.raw("", shown, format="html", classes=["output", "text_html"])]

    def output_of(self, cell) -> str:
        """The HTML that a cell gave, its words in the language of the page."""
        mime, found = MIME.format(self.config.press_language), []
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if mime in data:
                found.append(data[mime])
            elif "text/html" in data:
                found.append(CELL.sub(self.in_language, data["text/html"]))
        return "".join(found)

    def in_language(self, cell: re.Match) -> str:
        """A cell of a table, its words looked up in the catalogue of the book's subject."""
        words = html.unescape(cell[2]).strip()
        told = subject().chinese(words)
        if told is None and LETTERS.search(words):
            logger.warning(f"the catalogue lacks {words!r}", location=self.get_location())
        return f"{cell[1]}{html.escape(told or words, quote=False)}{cell[3]}"

    def table_of(self, printed_of: Printed, keys: list[str]) -> str:
        """A table of what a cell bound: each value with its bounds, period, scope and sources."""
        rows = []
        for key in keys:
            shown = printed_of.glued[key]["data"].get("text/html", "")
            if 'class="checked"' in shown:
                continue
            given = attributes(shown)
            words = re.sub(r"<[^>]*>", "", shown)
            told = [given.get(f"data-{name}", "") for name in ("published", "range", "period", "scope", "sources")]
            rows.append((html.escape(key), words, *(html.escape(one) for one in told)))
        heads = ["Key", "Value", "As printed", "Bounds", "Period", "Scope", "Sources"]
        kept = [at for at, _ in enumerate(heads) if any(row[at] for row in rows)]
        head = "".join(f'<th scope="col">{html.escape(say(heads[at]))}</th>' for at in kept)
        body = "".join(
            "<tr>" + "".join(f'<th scope="row">{row[at]}</th>' if not at else f"<td>{row[at]}</td>" for at in kept)
            + "</tr>" for row in rows
        )  # fmt: skip
        label = html.escape(say("Data of this section"))
        return (f'<div class="table-frame" tabindex="0" role="group" aria-label="{label}"><table aria-label="{label}">'
                f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>")  # fmt: skip


def name_headings(app, doctree: nodes.document) -> None:
    """Give each heading the id that it has on the page of the first language: by order."""
    names = of(app, app.env.docname).headings()
    sections = list(doctree.findall(nodes.section))
    if len(names) != len(sections):
        return  # a test says so
    renamed = {}
    taken = {one for node in doctree.findall(nodes.Element) for one in node.get("ids", ())}
    for section, name in zip(sections, names, strict=True):
        old = section["ids"][0]
        if name and name not in taken:
            renamed[old] = name
            section["ids"][0] = name
    for reference in doctree.findall(nodes.reference):
        if reference.get("refid") in renamed:
            reference["refid"] = renamed[reference["refid"]]


def lead_to_first(app, env, node: nodes.Element, inner: nodes.Element) -> nodes.reference | None:
    """A link to a page, or to a term of the glossary, that this language lacks: to the page of the
    first language.  ``press.languages.alternates`` completes its address."""
    kind, target = node.get("reftype"), node.get("reftarget", "")
    here = node.get("refdoc", "")
    root = Path(app.srcdir)
    if kind == "doc":
        page = target.lstrip("/") if target.startswith("/") else f"{here.rpartition('/')[0]}/{target}"
        if page not in inputs.names(root) or page in env.found_docs:
            return None
        title = HEADING.search((root / f"{page}.md").read_text(encoding="utf-8-sig"))
        words = inner if node.get("refexplicit") else nodes.inline("", title[2], classes=["doc"])
        return nodes.reference("", "", words, internal=True, refuri=app.builder.get_relative_uri(here, page))
    if kind == "term" and "chapters/glossary" not in env.found_docs:
        uri = app.builder.get_relative_uri(here, "chapters/glossary")
        anchor = nodes.make_id(f"term-{target}")
        return nodes.reference("", "", inner, internal=True, refuri=f"{uri}#{anchor}")
    return None
