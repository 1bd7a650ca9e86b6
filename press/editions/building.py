"""An edition built from its tag, and put into the site whole.

The files of the tag are built by the press of the tag, in a folder of their own, with the packages
that the tag locks: this Python's if they are the same, else an environment of the tag's own.

Out of scope: what a build is (``press.build``).
"""

from __future__ import annotations

import filecmp
import json
import shutil
import subprocess
import sys
from pathlib import Path

from press import HTML, REQUIREMENTS, ROOT
from press.editions import repository
from press.offline import LEFT_OUT

#: What a book says of itself, written by ``press.editions.pages``.
FACTS = "edition.json"


class NotBuilt(RuntimeError):
    """A book could not be built; the text says which."""


class Different(RuntimeError):
    """An edition that is out differs from the one that was to take its place."""


def built_from(root: Path, tag: str, place: Path) -> Path:
    """Build the edition of a tag into ``place``, a folder that does not exist yet.

    Raises NotBuilt and GitFailed.
    """
    with repository.worktree(root, tag) as tree:
        build(tree, tag, own=_bytes(tree / REQUIREMENTS.name) != _bytes(root / REQUIREMENTS.name))
        copy(tree / HTML.relative_to(ROOT), place)
    named = facts(place).get("version")
    if named != tag:
        shutil.rmtree(place)
        raise NotBuilt(f"the book at the tag {tag} calls itself {named or 'nothing'}: "
                       "editions are tagged by make edition")  # fmt: skip
    return place


def build(tree: Path, name: str, own: bool = False) -> None:
    """Build the book in ``tree``, if asked to with an environment of its ``own``.

    Raises NotBuilt, after printing the last that the build said.
    """
    command = ["make", "book"] if own else [sys.executable, "-m", "press", "build"]
    done = subprocess.run(
        command, cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding="utf-8", errors="replace", env=repository.environment(),
    )  # fmt: skip
    if done.returncode:
        said = [line for line in done.stdout.replace(f"{tree}/", "").splitlines() if line.strip()]
        print(*said[-6:], sep="\n")
        raise NotBuilt(f"{name} could not be built; see above")


def copy(html: Path, place: Path) -> None:
    """Copy a built book, without what its build leaves for the next one."""
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(html, place, ignore=lambda _, names: LEFT_OUT.intersection(names),
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
            f"{place.parent.name}/{place.name} holds something else than the tag gives "
            f"({names[0]}{f' and {len(names) - 1} more' if len(names) > 1 else ''}): "
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
    """Names of all files in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def facts(folder: Path) -> dict:
    """What the book in a folder says of itself; empty if it says nothing."""
    try:
        return json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
