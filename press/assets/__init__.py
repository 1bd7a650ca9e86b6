"""``make assets``: what is released of an edition, in ``_build/assets/<version>/``.

- the pages as they lie on the site (``-html.tar.gz``), and to be read from a disk (``-offline.zip``);
- the book as PDF and EPUB;
- the tables as a data package of their own (``-data.zip``; Frictionless);
- ``MANIFEST.json`` (``press.assets.manifest``), what the edition was made from, and ``SHA256SUMS``,
  against which ``sha256sum`` checks a download.

Beside the folder, ``<version>.md`` holds the notes of the release.

Without a version the assets are those of the book in ``_build/html``, which is built first if need
be.  With one they are those of the edition in ``site/``, made in a folder of their own from the
files of its commit, with its press: its pages are taken as they are, never built again.

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
import time
from pathlib import Path

from citygap.data.bibtex import published
from press import BUILD, HTML, ROOT, book_metadata, deterministic_archives, edition_register, shown
from press.assets import manifest
from press.build import atomic_swap
from press.edition_register import BadRegister
from press.editions import build_edition, build_environment, git_commands
from press.editions.build_environment import NoPython
from press.editions.git_commands import GitFailed
from press.urls import SITE

ASSETS = BUILD / "assets"
NAME = book_metadata.name()
#: Beside the tables in the data package, from the top of the repository.
WITH_DATA = ("CITATION.cff", "LICENSE", "LICENSE-TEXT-AND-DATA.md")


class NoAssets(RuntimeError):
    """The assets cannot be made; the text says why, and what to do."""


def assets(version: str = "", html: str = "", out: str = "") -> int:
    """The command; 1 after a line that says what to do.

    ``html`` and ``out`` are for one press that asks another: pages elsewhere, and a place elsewhere.
    """
    from press.print.browser import NoBrowser

    started = time.monotonic()
    try:
        if version:
            made = of_edition(ROOT, version)
        else:
            if not html:
                from press.build.build import build

                if build():
                    return 1
            made = of_book(Path(html or HTML).resolve(), ROOT, Path(out or ASSETS).resolve())
    except (NoAssets, NoBrowser, GitFailed, BadRegister, NoPython, build_edition.NotBuilt) as fault:
        print(f"No assets were made: {fault}")
        return 1
    if not out:
        for path in sorted(made.iterdir()):
            print(f"{shown(path)}: {path.stat().st_size / 1e6:.1f} MB")
        print(f"Made in {time.monotonic() - started:.0f} s. Check them there with: {manifest.CHECK}")
    return 0


def of_edition(root: Path, version: str) -> Path:
    """Make the assets of an edition in the site; their folder.  Raises NoAssets and others."""
    pages = root / SITE / version
    edition = next((each for each in edition_register.known(root) if each.version == version), None)
    if edition is None:
        raise NoAssets(f"there is no edition {version!r} in {edition_register.FILE}")
    if not pages.is_dir():
        raise NoAssets(f"edition {version} is not in {SITE}/ yet: make restore site")
    out = root / ASSETS.relative_to(ROOT)
    with git_commands.worktree(root, edition.commit, version) as tree:
        if not (tree / "press" / "assets").is_dir():
            raise NoAssets(f"the press of edition {version} cannot make any yet")
        python = build_environment.python_for(root, tree, edition, everything=True)
        _run(tree, [python, "-m", "press", "assets", "--html", str(pages), "--out", str(out)])
    return out / version


def _run(tree: Path, command: list[str]) -> None:
    if subprocess.run(command, cwd=tree, env=git_commands.environment()).returncode:
        raise NoAssets("see above")


def of_book(html: Path, root: Path, out: Path) -> Path:
    """Print and pack the book in ``html``; the folder in ``out`` with its assets.

    Raises NoAssets, and NoBrowser of ``press.print.browser``.
    """
    from press import print as paper
    from press.print import epub

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
    from press.assets import notes
    from press.editions import offline

    book = book_metadata.record(root)
    named = build_edition.facts(html).get("version")
    if named != book.version:
        raise NoAssets(f"the pages call themselves {named or 'nothing'}, the record {book.version}")
    epoch, stem = moment(book), f"{NAME}-{book.version}"
    new = _empty(out / f".new-{book.version}")
    pages, data = offline.files(html), data_package(root)
    deterministic_archives.tarred(new / f"{stem}-html.tar.gz", f"{stem}-html", pages, epoch)
    deterministic_archives.zipped(new / f"{stem}-offline.zip", offline.FOLDER, pages, epoch)
    deterministic_archives.zipped(new / f"{stem}-data.zip", f"{stem}-data", data, epoch)
    shutil.copyfile(pdf, new / f"{stem}.pdf")
    shutil.copyfile(epub, new / f"{stem}.epub")
    made = {path.name: path for path in new.iterdir()}
    text = manifest.manifest(root, book, epoch, made, {"pages": pages, "data": data})
    (new / manifest.NAME).write_text(text, encoding="utf-8")
    (new / manifest.SUMS).write_text(edition_register.listing(new), encoding="utf-8")
    place = out / book.version
    atomic_swap.put(new, place)
    notes.write(root, place, out / f"{book.version}.md")
    return place


def data_package(root: Path) -> deterministic_archives.Content:
    """The files of the data package: ``data/`` as it is published, and the licences."""
    from press.execution.digests import files_of

    data = root / "data"
    content = {path.relative_to(data).as_posix(): published(path) for path in files_of(data)}
    return content | {name: root / name for name in WITH_DATA}


def moment(book: book_metadata.Record) -> int:
    """What archives call the time of their files: ``SOURCE_DATE_EPOCH``, or the day of the version."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given) if given else calendar.timegm(time.strptime(book.date, "%Y-%m-%d"))


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
