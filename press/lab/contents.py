"""Chapters as JupyterLab opens and saves them.

A chapter's file has no outputs.  If the last build's results still hold (``press.execution.records``), its
cells get them, so that text and figures are complete before anything runs.  If a table or the code
changed since, the cells stay empty, and no old number is shown.

A chapter is saved as it was but for what was changed: no outputs, no name of somebody's kernel, and
no file beside it.
"""

from __future__ import annotations

import re
from pathlib import Path

import jupytext
from jupyter_client.kernelspec import get_kernel_spec
import nbformat

from press import RESULTS, ROOT
from press.build import inputs
from press.execution.records import Results
from press.execution.runner import chapters

HEADER = re.compile(r"\A---\n.*?^---\n", re.M | re.S)
#: The options of a cell, and the empty line that Jupytext puts under them.
OPTIONS = re.compile(r"^(```\{code-cell\}.*\n(?::.*\n)+)\n", re.M)


def extend(contents) -> None:
    """Let Jupyter's manager of files, which is Jupytext's, open and save chapters as told above."""
    get, save = contents.get, contents.save

    def chapter(path: str) -> Path | None:
        """The chapter's file, if there is one at a path of the server."""
        file = Path(contents._get_os_path(path)).resolve()
        return file if file.is_file() and file.suffix == ".md" and file.is_relative_to(ROOT) else None

    async def opened(path, content=True, **options):
        model = await get(path, content=content, **options)
        if content and model["type"] == "notebook" and (file := chapter(path)):
            try:
                fill(model["content"], file.relative_to(ROOT).with_suffix("").as_posix())
            except Exception:  # the chapter opens in any case; its cells give what is missing
                contents.log.warning("%s opens without results", path, exc_info=True)
        return model

    async def saved(model, path=""):
        if model["type"] == "notebook" and model.get("content") and (file := chapter(path)):
            text = as_before(nbformat.from_dict(model["content"]), file.read_text(encoding="utf-8"))
            model = {"type": "file", "format": "text", "content": text}
        return await save(model, path)

    contents.get, contents.save = opened, saved


def as_before(notebook, before: str) -> str:
    """A notebook as MyST text, with the header and the style of the text that it was before."""
    text = jupytext.writes(notebook, fmt="md:myst")
    header = HEADER.match(before)
    body = HEADER.sub("", text).lstrip("\n")
    return (f"{header[0]}\n" if header else "") + OPTIONS.sub(r"\1", body)


def fill(notebook, name: str, root: Path = ROOT) -> None:
    """Give a notebook what it needs to read like the page ``name``, such as "chapters/methods".

    These are the outputs of its cells, if they hold, and under ``book`` of its metadata, which are
    not saved, the titles of all pages and the number of its chapter.
    """
    names = inputs.names(root)
    if name not in names:
        return
    notebook.metadata["book"] = {
        "chapter": names.index(name),
        "titles": {Path(each).name: title(root / f"{each}.md") for each in names},
    }
    # Else JupyterLab asks for a kernel, or notes the one it started, and the chapter counts as changed.
    kernel = get_kernel_spec("python3")
    notebook.metadata["kernelspec"] = {
        "display_name": kernel.display_name, "language": kernel.language, "name": "python3"
    }  # fmt: skip
    for chapter in chapters(root, [name]):
        record = Results(root, root / RESULTS.relative_to(ROOT)).holding(name, chapter.code)
        if record is None:
            return
        run = nbformat.reads(record.notebook, nbformat.NO_CONVERT)
        notebook.metadata["language_info"] = run.metadata["language_info"]
        for cell, done in zip(code_cells(notebook), code_cells(run), strict=True):
            cell.outputs = done.outputs
            cell.metadata["trusted"] = True  # made by this book's own build, on this machine


def code_cells(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def title(page: Path) -> str:
    """A page's first heading; without one, its name."""
    lines = page.read_text(encoding="utf-8-sig").splitlines() if page.is_file() else []
    return next((line[2:].strip() for line in lines if line.startswith("# ")), page.stem)
