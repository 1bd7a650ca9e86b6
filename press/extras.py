"""Tools that only a few commands need: installed from pyproject.toml's ranges when they do."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version

from packaging.requirements import Requirement

from press import PYPROJECT


def need(extra: str) -> None:
    """Install the optional dependencies called ``extra`` into this Python, if not there yet.

    Ends the program with a sentence if pip cannot; pip has said why.
    """
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    ranges = project["optional-dependencies"][extra]
    if all(map(is_there, ranges)):
        return
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if subprocess.call([*pip, *ranges]):
        sys.exit(f"This needs {' and '.join(ranges)}, which pip could not install.")


def is_there(words: str) -> bool:
    """Whether a requirement such as ``uv >=0.8,<1`` is installed."""
    wanted = Requirement(words)
    try:
        return wanted.specifier.contains(version(wanted.name), prereleases=True)
    except PackageNotFoundError:
        return False
