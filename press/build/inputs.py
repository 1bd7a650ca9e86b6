"""Sphinx extension: the files that people write, looked at before anything is made of them.

- :func:`faults`: each can be read as text in UTF-8, and each chapter's code is in Python.  One that
  cannot is a line with file, line and remedy, not an error of the library that met it first.
- The table of contents is the list of pages.  What else lies in ``chapters/`` (drafts, scratch
  notebooks, the notebook that Jupytext keeps beside a chapter, what editors and systems leave) is
  neither run nor read; :func:`left_over` names what might be a page that somebody forgot to list.

Plain ``jupyter-book build .`` has both by ``_config.yml``, which loads this extension.

Out of scope: what the files say (``citygap.data.tables`` for tables, ``press.audit`` for prose).
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from sphinx.errors import ConfigError

from press import CHAPTERS, CONFIG, ROOT, TOC
from press.build.diagnostics import Trouble
from press.execution.digests import NOT_THE_BOOK
from press.languages.printed import codes, file_of

#: Files of these kinds are text that somebody writes.
TEXT = {".bib", ".cff", ".css", ".csv", ".ipynb", ".js", ".json", ".md", ".py", ".toml", ".txt",
        ".yaml", ".yml"}  # fmt: skip
PAGES = (".md", ".ipynb")  # in this order, should a page have both
NEEDED = (CONFIG, TOC)
NEVER_EMPTY = {CONFIG.name, TOC.name, "CITATION.cff"}
KERNEL = "python3"  # of the environment that builds, whichever name JupyterLab wrote into a chapter
FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*$", re.S | re.M)
CODE_CELL = re.compile(r"^`{3,}\{code-cell\}[ \t]*(\S*)", re.M)
#: How kernels and lexers of Python are named; what a conda environment is called may be anything.
PYTHON = re.compile(r"(?:i?python\d*|py\d*)$", re.I)
#: How Jupyter names the kernels of other languages, for a chapter that names no language.
OTHERS = re.compile(r"(?:ir|julia|bash|deno|sas|stata|octave|matlab|scala|java|ruby|rust|cling|xeus-cling)"
                    r"(?:[-_.\d].*)?$", re.I)  # fmt: skip


def setup(app) -> None:
    app.connect("config-inited", only_pages)


def only_pages(app, config) -> None:
    """Let Sphinx see the files of the pages, and nothing else.

    Raises ConfigError, in words for people, if a file cannot be read.
    """
    root = Path(app.srcdir)
    if found := faults(root):
        raise ConfigError("\n".join(map(str, found)))
    if files := pages(root):
        config.include_patterns = [_literally(path.relative_to(root).as_posix()) for path in files]


def names(root: Path = ROOT) -> list[str]:
    """Names of the pages in the table of contents, in reading order; none if it cannot be read,
    which Sphinx will say better."""
    from sphinx_external_toc.parsing import parse_toc_yaml

    from press.build.progress import reading_order

    try:
        listed = reading_order(parse_toc_yaml(root / TOC.relative_to(ROOT)))
    except Exception:
        return []
    return [re.sub(rf"(?:{'|'.join(map(re.escape, PAGES))})$", "", name) for name in listed]


def pages(root: Path = ROOT) -> list[Path]:
    """Files of the pages that the table of contents names and that are there, in its order."""
    found = ([root / f"{name}{suffix}" for suffix in PAGES] for name in names(root))
    return [path for paths in found for path in [p for p in paths if os.path.lexists(p)][:1]]


def twins(root: Path = ROOT) -> list[Path]:
    """Files of these pages in further languages (``press.languages``)."""
    found = (file_of(name, code, root) for code in codes(root) for name in names(root))
    return [path for path in found if os.path.lexists(path)]


def chapters(root: Path = ROOT) -> list[Path]:
    """Those of the pages that are written in Markdown; without a table of contents, all there are."""
    if names(root):
        return [path for path in pages(root) if path.suffix == ".md"]
    folder = root / CHAPTERS.relative_to(ROOT)
    return [path for path in sorted(folder.rglob("*.md")) if not _left_behind(path, folder)]


def left_over(root: Path = ROOT) -> list[Trouble]:
    """A line for each file of ``chapters/`` that looks like a page and that no contents name."""
    known, folder = pages(root), root / CHAPTERS.relative_to(ROOT)
    if not known:
        return []
    pages_without_suffix = {path.with_suffix("") for path in [*known, *twins(root)]}
    return [
        Trouble(path.relative_to(root).as_posix(), 0,
                f"not in {TOC.name}, so no page and not run: to print it, add the line "
                f"'- file: {path.relative_to(root).with_suffix('').as_posix()}' there")
        for path in sorted(folder.rglob("*"))
        if path.suffix in PAGES and path.is_file() and not _left_behind(path, folder)
        and path.with_suffix("") not in pages_without_suffix
    ]  # fmt: skip


def faults(root: Path = ROOT) -> list[Trouble]:
    """What cannot be read of what people write in the book at ``root``, each in a line."""
    found = [
        Trouble(path.name, 0, "the file is missing: restore it")
        for path in (root / needed.relative_to(ROOT) for needed in NEEDED)
        if not os.path.lexists(path)
    ]
    for path in _texts(root):
        found += unreadable(path, path.relative_to(root).as_posix())
    found = found or contents_faults(root)
    if not found:
        for path in chapters(root):
            found += foreign_code(path, path.relative_to(root).as_posix())
        for path in twins(root):
            found += code_of_twin(path, path.relative_to(root).as_posix())
    return found


def contents_faults(root: Path) -> list[Trouble]:
    """Why the table of contents is none, or which of its pages are not there; or nothing."""
    from sphinx_external_toc.parsing import parse_toc_yaml

    try:
        parse_toc_yaml(root / TOC.relative_to(ROOT))
    except Exception as error:  # of YAML, or of what stands in it
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or " ".join(str(error).split())
        return [Trouble(TOC.name, mark.line + 1 if mark else 0, f"no table of contents: {why}: correct the "
                        "line, or restore the file")]  # fmt: skip
    lines = (root / TOC.relative_to(ROOT)).read_text(encoding="utf-8").splitlines()
    there = {path.relative_to(root).with_suffix("").as_posix() for path in pages(root)}
    return [
        Trouble(TOC.name, next((n for n, line in enumerate(lines, start=1) if name in line), 0),
                f"there is no page {name}: correct the name, or restore the file")
        for name in names(root) if name not in there
    ]  # fmt: skip


def unreadable(path: Path, name: str) -> list[Trouble]:
    """Why ``path``, which people know as ``name``, cannot be read as text in UTF-8; or nothing."""
    if path.is_dir():
        return [Trouble(name, 0, "a folder where a file belongs: move it away, and restore the file")]
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return [Trouble(name, 0, "a link to a file that is not there: restore the file")]
    except OSError as error:
        return [Trouble(name, 0, f"cannot be read ({error.strerror}): give yourself the right to, "
                        f"chmod u+r {name}")]  # fmt: skip
    if _is_utf16(content):
        return [_not_utf8(name, content, 0)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [_not_utf8(name, content, error.start)]
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return [Trouble(name, line, "a NUL byte, which no text has: delete it, or restore the file")]
    if not text.strip() and (path.suffix == ".md" or name in NEVER_EMPTY):
        return [Trouble(name, 0, "the file is empty: restore it, or write it")]
    return []


def _is_utf16(content: bytes) -> bool:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return marked or content.count(b"\0") * 4 > len(content)  # every other byte of Latin letters


def _not_utf8(name: str, content: bytes, at: int) -> Trouble:
    return Trouble(name, content.count(b"\n", 0, at) + 1,
                   f"not UTF-8 at byte {at + 1} of the file, but {encoding(content)} as it seems: save it "
                   "with encoding UTF-8")  # fmt: skip


def encoding(content: bytes) -> str:
    """The encoding that bytes which are no UTF-8 seem to be in."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content:
        return "UTF-16"
    for name, words in (("gb2312", "GBK"), ("big5", "Big5"), ("gb18030", "GBK")):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if re.search(r"[\u4e00-\u9fff]{2}", text):  # an accented letter looks like a lone one
            return words
    return "Windows-1252 or Latin-1"


def foreign_code(path: Path, name: str) -> list[Trouble]:
    """Why the code of a chapter cannot be run here: it is in another language than Python.

    The kernel's own name counts only where no language is named: JupyterLab writes the name of
    whichever environment a chapter was last opened in.
    """
    text = path.read_text(encoding="utf-8-sig")
    cells = list(CODE_CELL.finditer(text))
    front = FRONT.match(text)
    if not cells or not front:
        return []
    try:
        given = yaml.safe_load(front[1])
    except yaml.YAMLError:
        return []  # Sphinx names the line
    given = given if isinstance(given, dict) else {}
    spec, info = given.get("kernelspec") or {}, given.get("language_info") or {}
    spec, info = (each if isinstance(each, dict) else {} for each in (spec, info))
    language = str(spec.get("language") or info.get("name") or "")
    kernel = str(spec.get("name") or "")
    if language and PYTHON.match(language):
        return []
    if not language and OTHERS.match(kernel):
        language = kernel
    if not language:
        lexers = [cell[1] for cell in cells if cell[1] and not PYTHON.match(cell[1])]
        language = lexers[0] if lexers else ""
    if not language:
        return []
    line = next((number for number, words in enumerate(text.splitlines(), start=1)
                 if re.match(r"\s*kernelspec:", words)), 1)  # fmt: skip
    return [Trouble(name, line, f"the kernel {kernel or language!r} runs {language}, and the book runs "
                    "Python alone: write the code in Python and set kernelspec: {name: python3, "
                    "language: python, display_name: Python 3}")]  # fmt: skip


def code_of_twin(path: Path, name: str) -> list[Trouble]:
    """The first cell of a page in a further language, which is text alone; or nothing."""
    text = path.read_text(encoding="utf-8-sig")
    cell = CODE_CELL.search(text)
    return [Trouble(name, text.count("\n", 0, cell.start()) + 1, "a code cell, on a page that prints the results "
                    "of another: delete it, and print what the cell shows with {output}")] if cell else []  # fmt: skip


def use_own_kernel(notebook) -> None:
    """Let a notebook name the kernel of the environment that builds, as MyST-NB does (``_config.yml``:
    ``nb_kernel_rgx_aliases``)."""
    if notebook.metadata.get("kernelspec", {}).get("name"):
        notebook.metadata["kernelspec"]["name"] = KERNEL


def _texts(root: Path) -> Iterator[Path]:
    """All that people write: every text file of the book; of ``chapters/``, the pages alone."""
    folder = root / CHAPTERS.relative_to(ROOT)
    listed = [*pages(root), *twins(root)]
    for top in sorted(root.iterdir()):
        if top.name in NOT_THE_BOOK or top.name.startswith("."):
            continue
        inside = top.rglob("*") if top.is_dir() and top.suffix not in TEXT else [top]
        for path in sorted(inside):
            if path.suffix not in TEXT or _left_behind(path, root):
                continue
            if path.suffix in PAGES and path.is_relative_to(folder) and path not in listed:
                continue
            yield path


def _left_behind(path: Path, folder: Path) -> bool:
    """Whether an editor, Jupyter, Python or a Mac left ``path`` behind, below ``folder``."""
    parts = path.relative_to(folder).parts
    return any(
        part.startswith((".", "#")) or part == "__pycache__" or part.endswith("~")
        for part in parts
    )


def _literally(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)
