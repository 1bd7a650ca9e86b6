"""Sphinx extension: what a reader takes along to run a chapter.

The theme's download menu of a chapter has its source (``.md``), and here gets the chapter as a
notebook (``press.downloads.notebooks``) and the archive that the notebook imports from
(``press.downloads.notebook_archive``); both are in ``downloads/`` of the built book.  If the
repository's address is set (``press.site_settings``), a menu to launch the chapter on Binder and
Colab stands beside it.

A page without code has no notebook.
"""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.util import logging

from press import book_metadata, site_settings
from press.downloads import notebook_archive
from press.downloads.notebooks import NotPlain, Printed, notebook, value

logger = logging.getLogger(__name__)

FOLDER = "downloads"
NEEDED = ("matplotlib", "myst-nb", "numpy", "pandas", "seaborn")  # by the cells, of requirements.txt
# The theme's template has no place for this attribute, without which a browser shows a notebook and
# a source as text; it writes the address as it stands, between double quotes.
SAVED = '" download="'

HEAD = """\
> This notebook is the chapter *{title}* of *{book}*, edition {edition}{where}.
> Numbers in the text are those of the edition, with their bounds in square brackets where the words leave them open; the cells compute them again from the tables.
>
> To run it, unpack `{name}.zip`, which is offered beside this file, in the folder where this file lies, run `pip install -r {name}/requirements.txt`, and then all cells.
> Text CC BY 4.0, code MIT."""  # noqa: E501
SETUP = """\
import sys
from pathlib import Path

name = "{name}"  # the folder in {name}.zip, unpacked beside this notebook
here = Path.cwd()
places = [here / name, here / name / name, here, *here.parents]
home = next((place for place in places if (place / "citygap" / "data" / "tables.py").is_file()), None)
{colab}if home is None:
    raise ModuleNotFoundError(f"citygap was not found: unpack {{name}}.zip in the folder {{here}}")
sys.path.insert(0, str(home))"""
ON_COLAB = """\
if home is None and "google.colab" in sys.modules:  # a machine that has nothing yet
    import subprocess

    subprocess.run(["git", "clone", "-q", "--depth", "1", "-b", "{branch}", "{url}", name], check=True)
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", {needed}], check=True)
    home = here / name
"""  # noqa: E501


def setup(app) -> None:
    app.add_config_value("press_site_branch", "gh-pages", "html")
    app.connect("doctree-resolved", collect)
    app.connect("html-page-context", offer, priority=502)  # after the theme made its menu
    app.connect("build-finished", write)


def is_notebook(app, page: str) -> bool:
    return "kernelspec" in app.env.metadata.get(page, {})


def edition(app) -> str:
    """The edition of the book; empty for a book without a record, which offers no downloads."""
    root = Path(app.srcdir)
    return book_metadata.record(root).edition if book_metadata.is_there(root) else ""


def archive_name(app) -> str:
    return notebook_archive.name(book_metadata.record(Path(app.srcdir)))


def collect(app, doctree: nodes.document, docname: str) -> None:
    """Keep what the page prints for its citations and its list of sources."""
    if not hasattr(app, "printed_of"):
        app.printed_of = {}
    cited = [n.astext() for n in doctree.findall(nodes.inline) if "bibtex-citation" in n["classes"]]
    listed = [
        f"`{entry[0].astext()}` {' '.join(part.astext() for part in entry[1:])}"
        for entry in doctree.findall(nodes.citation)
    ]
    app.printed_of[docname] = (cited, listed)


def offer(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Put the notebook and the archive into the page's download menu, and the launch menu beside."""
    if app.builder.name != "html" or not is_notebook(app, pagename) or not edition(app):
        return
    buttons = context.get("header_buttons", [])
    menu = next((b for b in buttons if b.get("label") == "download-buttons"), None)
    if menu is None:
        return
    file = f"{FOLDER}/{Path(pagename).name}.ipynb"
    archive = f"{FOLDER}/{archive_name(app)}.zip"
    at = 1 + next(i for i, b in enumerate(menu["buttons"]) if b["label"] == "download-source-button")
    menu["buttons"][at:at] = [
        _link(context["pathto"](file, 1), ".ipynb", "Download this chapter as a notebook",
              "fas fa-code", "download-notebook-button"),
        _link(context["pathto"](archive, 1), ".zip", "Download the data and code that it runs on",
              "fas fa-file", "download-archive-button"),
    ]  # fmt: skip
    for button in menu["buttons"]:
        if button["type"] == "link":
            button["url"] += SAVED
    launch = [
        _link(url, name, f"Launch on {name}", icon, f"launch-{name.lower()}-button")
        for name, url, icon in (
            ("Binder", site_settings.binder(app.config, pagename, edition(app)), "_static/images/logo_binder.svg"),
            ("Colab", site_settings.colab(app.config, file, edition(app)), "_static/images/logo_colab.png"),
        )
        if url
    ]
    if launch:
        group = {"type": "group", "buttons": launch, "tooltip": "Run this chapter elsewhere",
                 "icon": "fas fa-rocket", "label": "launch-buttons"}  # fmt: skip
        buttons.insert(buttons.index(menu), group)


def _link(url: str, text: str, tooltip: str, icon: str, label: str) -> dict[str, str]:
    return {"type": "link", "url": url, "text": text, "tooltip": tooltip, "icon": icon,
            "label": label}  # fmt: skip


def write(app, exception) -> None:
    """Write the notebooks and the archive, once all pages are written."""
    if exception is not None or app.builder.name != "html" or not edition(app):
        return
    root, out = Path(app.srcdir), Path(app.outdir) / FOLDER
    out.mkdir(exist_ok=True)
    chapters: dict[str, bytes] = {}
    for page in sorted(app.env.found_docs):
        source = Path(app.env.doc2path(page))
        chapters[source.name] = source.read_bytes()
        if not is_notebook(app, page):
            continue
        try:
            text = as_notebook(app, page)
        except NotPlain as fault:
            logger.warning(f"no notebook can be made of it: {fault}", location=page)
            continue
        chapters[f"{source.stem}.ipynb"] = text.encode()
        (out / f"{source.stem}.ipynb").write_text(text, encoding="utf-8")
    notebook_archive.write(out / f"{archive_name(app)}.zip", root, chapters)


def as_notebook(app, page: str) -> str:
    """The notebook of a page, as JSON.  Raises NotPlain."""
    name = archive_name(app)
    address = site_settings.book(app.config, edition(app))
    printed = what_is_printed(app, page, address)
    head = HEAD.format(
        title=printed.titles[page], book=book_metadata.record(Path(app.srcdir)).title, name=name,
        edition=edition(app), where=f", [online]({address}{page}.html)" if address else "",
    )  # fmt: skip
    source = Path(app.env.doc2path(page)).read_text(encoding="utf-8-sig")
    url, revision = site_settings.repository(app.config)[0], site_settings.revision(app.config, edition(app))
    code = setup_cell(name, url, revision, root=Path(app.srcdir))
    made = notebook(source, printed, Path(page).name, head, code)
    return nbformat.writes(made, version=4) + "\n"


def setup_cell(name: str, url: str, branch: str, root: Path) -> str:
    """Code of the cell that finds the unpacked archive; on Colab it fetches the repository."""
    colab = ""
    if url:
        pins = [pin for pin in _pins(root / "requirements.txt") if pin.split("==")[0] in NEEDED]
        needed = ", ".join(f'"{pin}"' for pin in pins)
        colab = ON_COLAB.format(url=url, branch=branch, needed=needed)
    return SETUP.format(name=name, colab=colab)


def _pins(requirements: Path) -> list[str]:
    lines = requirements.read_text(encoding="utf-8").splitlines()
    return [line.split()[0] for line in lines if "==" in line]


def what_is_printed(app, page: str, address: str) -> Printed:
    """What the page prints for the roles and directives of its source."""
    glued = glued_by(Path(app.env.mystnb_config.output_folder) / f"{page}.glue.json")
    label = app.config.numfig_format["figure"]
    cited, listed = app.printed_of[page]
    return Printed(
        values={key: value(output["data"]) for key, output in glued.items()},
        figures={
            name: label % ".".join(map(str, number))
            for numbers in app.env.toc_fignumbers.values()
            for name, number in numbers.get("figure", {}).items()
        },
        titles={name: title.astext() for name, title in app.env.titles.items()},
        citations=cited,
        sources=listed,
        sections={
            name: title for name, (_, _, title) in app.env.get_domain("std").labels.items()
        },
        address=address,
    )


def glued_by(file: Path) -> dict[str, dict]:
    """What the cells of a chapter handed to its page, as MyST-NB keeps it; empty if nothing."""
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
