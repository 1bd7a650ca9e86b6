"""The Python, with its packages, that an edition is built with.

These are the packages that the edition's own list locks, and those that the record names besides
(``also``), as its longer list locks them.  If this Python has these, it serves; else an environment
with them is made by ``tools/venv.py`` and kept in ``.venv-editions/``, one for each list and
version of Python.

Out of scope: the environment of the book itself (``tools.venv``).
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from press import ROOT
from press.edition_register import FILE, Edition
from press.editions.git_commands import environment as variables
from press.execution.digests import python_version

FOLDER = ".venv-editions"
#: What a book is built with, and the longer list of all that its commands and tests use: the first
#: pair that an edition has.
LISTS = (("requirements.lock", "requirements-all.lock"), ("requirements.txt", "requirements-test.txt"))
LOCKED = re.compile(r"^(?P<name>[\w.-]+)==[^\\\n]*(?:\\\n[^\\\n]*)*", re.M)


class NoPython(RuntimeError):
    """An edition cannot be built here; the text says what is lacking."""


def python_for(root: Path, tree: Path, edition: Edition, everything: bool = False) -> str:
    """The Python that builds the files of an edition in ``tree``.  Raises NoPython.

    With ``everything`` it has the packages of the longer list, with which releases are made.
    """
    here = python_version().removeprefix("python")
    wanted = edition.python or here
    name, needed = requirements(tree, edition, everything)
    if wanted == here and installed(needed):
        return sys.executable
    python = sys.executable if wanted == here else find(wanted)
    if not python:
        raise NoPython(f"edition {edition.version} is built with Python {wanted}, which is not here: install it, "
                       "or bring the pages from where they are published: make restore")  # fmt: skip
    key = hashlib.sha256(f"{wanted}\n{needed}".encode()).hexdigest()[:16]
    home = root / FOLDER / key
    home.mkdir(parents=True, exist_ok=True)
    (home / name).write_text(needed, encoding="utf-8")
    if not (home / "tools").exists():  # venv.py installs into the folder above the one it lies in
        (home / "tools").symlink_to(ROOT / "tools")
    made = subprocess.run([python, str(home / "tools" / "venv.py"), name],
                          env=variables())  # fmt: skip
    if made.returncode:
        raise NoPython(f"the packages of edition {edition.version} could not be installed; see above")
    return str(home / ".venv" / "bin" / "python")


def requirements(tree: Path, edition: Edition, everything: bool = False) -> tuple[str, str]:
    """Name and text of the locked list of all that an edition is built with.  Raises NoPython."""
    short, long = next((pair for pair in LISTS if (tree / pair[0]).is_file()), LISTS[-1])
    text, locked = (path.read_text(encoding="utf-8") if (path := tree / name).is_file() else ""
                    for name in (short, long))  # fmt: skip
    if everything:
        return long, locked
    blocks = {match["name"]: match[0] for match in LOCKED.finditer(locked)}
    for name in edition.also:
        if name not in blocks:
            raise NoPython(f"{FILE}: {name}, which edition {edition.version} needs also, "
                           f"is not locked in its {long}")  # fmt: skip
        text += f"\n{blocks[name]}\n"
    return short, text


def installed(locked: str) -> bool:
    """Whether this Python has every package of a list, in the version that it names."""
    for line in LOCKED.finditer(locked):
        needed = Requirement(line[0].partition("\\")[0].strip())
        if needed.marker and not needed.marker.evaluate():
            continue
        try:
            if not needed.specifier.contains(metadata.version(needed.name), prereleases=True):
                return False
        except metadata.PackageNotFoundError:
            return False
    return True


def find(version: str) -> str:
    """A Python of this version on this machine; empty if there is none."""
    path = shutil.which(f"python{version}")
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    told = path and subprocess.run([path, "-c", code], capture_output=True, text=True).stdout.strip()
    return path if told == version else ""
