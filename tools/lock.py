"""``python -m press lock``: renew the lists of packages, from the ranges in pyproject.toml.

- ``requirements.lock``: what the book is built with, and JupyterLab.
- ``requirements-all.lock``: the same versions, and what every other command and the tests use.
- ``requirements.txt``: the versions of the first without hashes, and the project itself in editable
  mode, which pip refuses in a list that has hashes.

All hold one version of each package for Python 3.11 to 3.13 and any platform, as new as the ranges
allow.  Out of scope: raising the ranges, which a person does; installing (``tools/venv.py``).
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from press import LOCK, LOCK_ALL, PYPROJECT, REQUIREMENTS, ROOT
from tools import venv

OLDEST_PYTHON = "3.11"
BY_HAND = """\
# What the book is built with, and the book: pip install -r requirements.txt, in this folder.
# The versions of requirements.lock, whose hashes pip would not take together with the last line.
# Made from pyproject.toml; renew with: make lock
"""
HEADS = {
    LOCK: """\
# What the book is built with, for Python 3.11 to 3.13: exact versions and their hashes.
# Made from pyproject.toml; renew with: make lock
""",
    LOCK_ALL: """\
# What every command and the tests use: the versions of requirements.lock, and tools.
# Install with: pip install --no-deps -r requirements-all.lock (pyproject.toml says why)
# Made from pyproject.toml; renew with: make lock
""",
}


def lock() -> int:
    """Resolve the newest versions and write all three files."""
    for path in (*HEADS, REQUIREMENTS):
        path.unlink(missing_ok=True)  # else uv keeps the versions that stand in it
    _resolve(LOCK)
    _resolve(LOCK_ALL, "--all-extras", "--constraints", LOCK.name)
    REQUIREMENTS.write_text(by_hand(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def by_hand(locked: str) -> str:
    """The text of requirements.txt, which pip takes by hand, for the text of requirements.lock."""
    pins = re.findall(r"^([^\s#].*?)(?: \\)?$", locked, re.M)
    return BY_HAND + "\n".join([*pins, "-e .", ""])


def _resolve(path: Path, *options: str) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", PYPROJECT.name, *options]
    command += ["--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes"]
    # One version for every Python, so that all readers print the same figures.
    command += ["--fork-strategy", "fewest", "--no-header", "--no-annotate", "--quiet"]
    made = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, env=venv.as_pip())
    path.write_text(HEADS[path] + made.stdout, encoding="utf-8")
    pins = sum("==" in line for line in made.stdout.splitlines())
    print(f"{path.name}: {pins} packages")
