"""An edition built from its commit, and put into the site whole.

The files of the commit are built by the press of the commit, in a folder of their own, with the
packages that it locks (``press.editions.build_environment``).  What comes out must be what the
record says (``press.edition_register``).

Out of scope: what a build is (``press.build.build``).
"""

from __future__ import annotations

import filecmp
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from press import BUILD_LEFTOVERS, HTML, ROOT
from press.editions import git_commands

if TYPE_CHECKING:
    from press.edition_register import Edition

#: What a book says of itself, written by ``press.editions.pages.page_banner``.
FACTS = "edition.json"


class NotBuilt(RuntimeError):
    """A book could not be built; the text says which."""


class Different(RuntimeError):
    """An edition that is out differs from the one that was to take its place."""


def built_from(root: Path, edition: Edition, place: Path) -> Path:
    """Build an edition into ``place``, a folder that does not exist yet.

    Raises NotBuilt, Different and GitFailed.
    """
    # Here, since press.editions.gh_pages, which uses the rest, must need no package.
    from press import edition_register
    from press.editions import build_environment

    with git_commands.worktree(root, edition.commit, edition.version) as tree:
        try:
            python = build_environment.python_for(root, tree, edition)
        except build_environment.NoPython as fault:
            raise NotBuilt(str(fault)) from None
        build(tree, edition.version, python)
        copy(tree / HTML.relative_to(ROOT), place)
    named = facts(place).get("version")
    if named != edition.version:
        shutil.rmtree(place)
        raise NotBuilt(f"the book at commit {edition.commit[:10]} calls itself {named or 'nothing'}, "
                       f"not {edition.version}: editions are made by make edition")  # fmt: skip
    different = edition_register.differences(root, edition, place)
    if different:
        shutil.rmtree(place)
        raise Different(f"edition {edition.version}, built here, is not what {edition_register.FILE} records: "
                        f"{some(different)}. Bring it from where it is published: make restore")  # fmt: skip
    return place


def some(names: list[str]) -> str:
    """The first of some names, and how many more there are."""
    return f"{names[0]} and {len(names) - 1} more" if len(names) > 1 else names[0]


def build(tree: Path, name: str, python: str = sys.executable) -> None:
    """Build the book in ``tree`` with a Python.

    Raises NotBuilt, after printing the last that the build said.
    """
    if not (tree / "press").is_dir():  # else Python would run the press that is installed
        raise NotBuilt(f"{name} could not be built: there is no press at its commit")
    done = subprocess.run(
        [python, "-m", "press", "build"], cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding="utf-8", errors="replace", env=git_commands.environment(),
    )  # fmt: skip
    if done.returncode:
        said = [line for line in done.stdout.replace(f"{tree}/", "").splitlines() if line.strip()]
        print(*said[-6:], sep="\n")
        raise NotBuilt(f"{name} could not be built; see above")


def copy(html: Path, place: Path) -> None:
    """Copy a built book, without what its build leaves for the next one."""
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(html, place, ignore=lambda _, names: BUILD_LEFTOVERS.intersection(names),
                    copy_function=shutil.copyfile)  # fmt: skip


def put(new: Path, place: Path) -> bool:
    """Move an edition to its place in one step; whether there was none.

    What is there stays: if it is the same, ``new`` is removed.  Raises Different if it is not.
    """
    if not place.exists():
        new.rename(place)
        return True
    names = differing(new, place)
    if names:
        raise Different(
            f"{place.parent.name}/{place.name} holds something else than its commit gives "
            f"({some(names)}): "
            "an edition that is out never changes. Move that folder away if it was not out"
        )
    shutil.rmtree(new)
    return False


def differing(one: Path, other: Path) -> list[str]:
    """Names of files that only one of two folders has, or that differ, sorted."""
    ones, others = files(one), files(other)
    different = {
        name for name in ones & others
        if not filecmp.cmp(one / name, other / name, shallow=False)
    }  # fmt: skip
    return sorted(different | (ones ^ others))


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def facts(folder: Path) -> dict:
    """What the book in a folder says of itself; empty if it says nothing."""
    try:
        return json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
