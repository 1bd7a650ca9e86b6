"""``python -m press lock``: renew requirements.txt and requirements-test.txt.

Both hold one version of each package with its hashes, for Python 3.11 to 3.13 and any platform,
resolved from the ranges in pyproject.toml as new as they allow.  The test list has the book's
versions and the tests' tools.  Out of scope: raising the ranges, which a person does.
"""

from __future__ import annotations

import subprocess
import sys

from press import PYPROJECT, REQUIREMENTS, REQUIREMENTS_TEST, ROOT
from press.extras import need

OLDEST_PYTHON = "3.11"
HEADS = {
    REQUIREMENTS: """\
# What the book is built with, for Python 3.11 to 3.13: exact versions and their hashes.
# Made from pyproject.toml; renew with: make lock
""",
    REQUIREMENTS_TEST: """\
# What the book is built and tested with: the versions of requirements.txt and the tests' tools.
# Install with: pip install --no-deps -r requirements-test.txt (pyproject.toml says why)
# Made from pyproject.toml; renew with: make lock
""",
}


def lock() -> int:
    """Resolve the newest versions and write both files."""
    need("lock")
    for path in HEADS:
        path.unlink(missing_ok=True)  # else uv keeps the versions that stand in it
    _resolve(REQUIREMENTS)
    _resolve(REQUIREMENTS_TEST, "--extra", "test", "--constraints", REQUIREMENTS.name)
    return 0


def _resolve(path, *options: str) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", PYPROJECT.name, *options]
    command += ["--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes"]
    # One version for every Python, so that all readers print the same figures.
    command += ["--fork-strategy", "fewest", "--no-header", "--no-annotate", "--quiet"]
    made = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    path.write_text(HEADS[path] + made.stdout, encoding="utf-8")
    pins = sum("==" in line for line in made.stdout.splitlines())
    print(f"{path.name}: {pins} packages")
