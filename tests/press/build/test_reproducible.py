"""The same tree gives the same book, to the byte, wherever and by whomever it is built."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from press.write.last_modified import dates
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[3]
MADE = shutil.ignore_patterns("_build", "site", ".venv", "__pycache__", ".pytest_cache", ".hypothesis",
                              ".ruff_cache")  # fmt: skip
#: As unlike the environment of ``make book`` here as it can be.
ELSEWHERE = {
    "LC_ALL": "C",
    "LANG": "zh_CN.UTF-8",
    "LANGUAGE": "zh_CN",
    "TZ": "Asia/Kathmandu",
    "PYTHONHASHSEED": "4711",
    "PRESS_WORKERS": "1",
    "SOURCE_DATE_EPOCH": "1780000000",  # another day of the year that the copyright names
    "USER": "somebody",
    "COLUMNS": "50",
}


def contents(folder: Path) -> dict[str, str]:
    """Digest of each file, by name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.book
@pytest.mark.slow
@pytest.mark.long
def test_a_clean_build_elsewhere_is_the_same_to_the_byte(html, tmp_path):
    """In a folder with blanks and Chinese in its name, one chapter at a time, in another time zone
    and locale, with another order of sets, and files that only their owner may read."""
    copy = tmp_path / "另一个 folder" / "book"
    shutil.copytree(ROOT, copy, ignore=MADE, symlinks=True)
    assert dates(copy) == dates(ROOT), "the copy has the same history"
    done = subprocess.run(
        [sys.executable, "-m", "press", "build"], cwd=copy, env={**os.environ, **ELSEWHERE},
        umask=0o077, capture_output=True, text=True, encoding="utf-8", timeout=6 * PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    here, there = contents(html), contents(copy / "_build" / "html")
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
    assert len(here) > 400


@pytest.mark.book
def test_no_file_of_the_book_names_the_folder_it_was_built_in(html):
    """Nor the temporary folders through which chapters were run."""
    marks = [str(ROOT).encode(), b"/ipykernel_", os.path.expanduser("~").encode() + b"/"]
    marks = [mark for mark in marks if len(mark) > 6]
    named = {
        path.relative_to(html).as_posix()
        for path in html.rglob("*")
        if path.is_file() and any(mark in path.read_bytes() for mark in marks)
    }
    assert named == set()
