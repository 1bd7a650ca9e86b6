"""``make assets``: what is released of an edition, in ``_build/assets/<version>/``.

- the pages as they lie on the site (``-html.tar.gz``), and to be read from a disk (``-offline.zip``);
- the book as PDF and EPUB;
- the tables as a data package of their own (``-data.zip``; Frictionless);
- ``MANIFEST.json`` (``press.assets.manifest``) and ``check_edition.py``, with which a reader checks
  a download against it.

Beside the folder, ``<version>.md`` holds the notes of the release.

Without a version the assets are those of the book in ``_build/html``, which is built first if need
be.  With one they are those of the edition in ``site/``, made in a folder of their own from the
files of its tag, with its press: its pages are taken as they are, never built again.

The same tree gives the same files, whenever and wherever, but for the PDF: Chromium writes its fonts
and hatchings in an order that differs from print to print.  The manifest names the one print that is
released.

Out of scope: putting them anywhere (``.github/workflows/edition.yml``).
"""

from __future__ import annotations

import calendar
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from press import BUILD, HTML, REQUIREMENTS, ROOT, packing, record, shown, swap
from press.addresses import SITE
from press.editions import building, repository, versions
from press.editions.repository import GitFailed

ASSETS = BUILD / "assets"
NAME = "chongqing-ai-gap"
CHECK = Path(__file__).with_name("check_edition.py")
#: Beside the tables in the data package, from the top of the repository.
WITH_DATA = ("CITATION.cff", "LICENSE", "LICENSE-TEXT-AND-DATA.md")


class NoAssets(RuntimeError):
    """The assets cannot be made; the text says why, and what to do."""


def assets(version: str = "", html: str = "", out: str = "") -> int:
    """The command; 1 after a line that says what to do.

    ``html`` and ``out`` are for one press that asks another: pages elsewhere, and a place elsewhere.
    """
    from press.paper.browser import NoBrowser

    started = time.monotonic()
    try:
        if version:
            made = of_edition(ROOT, version)
        else:
            if not html:
                from press.build import build

                if build():
                    return 1
            made = of_book(Path(html or HTML).resolve(), ROOT, Path(out or ASSETS).resolve())
    except (NoAssets, NoBrowser, GitFailed, building.NotBuilt) as fault:
        print(f"No assets were made: {fault}")
        return 1
    if not out:
        for path in sorted(made.iterdir()):
            print(f"{shown(path)}: {path.stat().st_size / 1e6:.1f} MB")
        print(f"Made in {time.monotonic() - started:.0f} s. Check them with: "
              f"python {shown(made / CHECK.name)}")  # fmt: skip
    return 0


def of_edition(root: Path, version: str) -> Path:
    """Make the assets of an edition in the site; their folder.  Raises NoAssets and others."""
    pages = root / SITE / version
    if not versions.is_edition(version) or version not in repository.editions(root):
        raise NoAssets(f"there is no edition {version!r}; tags name them")
    if not pages.is_dir():
        raise NoAssets(f"edition {version} is not in {SITE}/ yet: make restore site")
    out = root / ASSETS.relative_to(ROOT)
    with repository.worktree(root, version) as tree:
        if not (tree / "press" / "assets").is_dir():
            raise NoAssets(f"the press of edition {version} cannot make any yet")
        python = sys.executable
        if (tree / REQUIREMENTS.name).read_bytes() != (root / REQUIREMENTS.name).read_bytes():
            _run(tree, ["make", "install"])
            python = str(tree / ".venv" / "bin" / "python")
        _run(tree, [python, "-m", "press", "assets", "--html", str(pages), "--out", str(out)])
    return out / version


def _run(tree: Path, command: list[str]) -> None:
    if subprocess.run(command, cwd=tree, env=repository.environment()).returncode:
        raise NoAssets("see above")


def of_book(html: Path, root: Path, out: Path) -> Path:
    """Print and pack the book in ``html``; the folder in ``out`` with its assets.

    Raises NoAssets, and NoBrowser of ``press.paper.browser``.
    """
    from press import paper
    from press.extras import need
    from press.paper import epub

    need("paper")
    new = _empty(out / ".printed")
    try:
        paper.print_all(html, new, only={paper.NAME})
        epub.pack(html, new / f"{NAME}.epub")
        return write(html, root, out, pdf=new / f"{paper.NAME}.pdf", epub=new / f"{NAME}.epub")
    finally:
        shutil.rmtree(new, ignore_errors=True)


def write(html: Path, root: Path, out: Path, pdf: Path, epub: Path) -> Path:
    """Write all assets of the book in ``html``, of which ``pdf`` and ``epub`` are prints.

    They stand in place only once all are made.  Raises NoAssets.
    """
    from press import offline
    from press.assets import manifest, notes

    book = record.record(root)
    named = building.facts(html).get("version")
    if named != book.version:
        raise NoAssets(f"the pages call themselves {named or 'nothing'}, the record {book.version}")
    epoch, stem = moment(book), f"{NAME}-{book.version}"
    new = _empty(out / f".new-{book.version}")
    pages, data = offline.files(html), data_package(root)
    packing.tarred(new / f"{stem}-html.tar.gz", f"{stem}-html", pages, epoch)
    packing.zipped(new / f"{stem}-offline.zip", offline.FOLDER, pages, epoch)
    packing.zipped(new / f"{stem}-data.zip", f"{stem}-data", data, epoch)
    shutil.copyfile(pdf, new / f"{stem}.pdf")
    shutil.copyfile(epub, new / f"{stem}.epub")
    shutil.copyfile(CHECK, new / CHECK.name)
    archives = {
        f"{stem}-html.tar.gz": (f"{stem}-html", "pages"),
        f"{stem}-offline.zip": (offline.FOLDER, "pages"),
        f"{stem}-data.zip": (f"{stem}-data", "data"),
    }
    made = {path.name: path for path in new.iterdir()}
    text = manifest.manifest(root, book, epoch, made, archives, {"pages": pages, "data": data})
    (new / manifest.NAME).write_text(text, encoding="utf-8")
    place = out / book.version
    swap.put(new, place)
    notes.write(root, place, out / f"{book.version}.md")
    return place


def data_package(root: Path) -> dict[str, Path]:
    """The files of the data package: ``data/`` as it is, and the licences."""
    from press.digest import files_of

    data = root / "data"
    content = {path.relative_to(data).as_posix(): path for path in files_of(data)}
    return content | {name: root / name for name in WITH_DATA}


def moment(book: record.Record) -> int:
    """What archives call the time of their files: ``SOURCE_DATE_EPOCH``, or the day of the version."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given) if given else calendar.timegm(time.strptime(book.date, "%Y-%m-%d"))


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
