"""What chapters' code gave, kept under all that it rested on.

A *record* is one run of one chapter: its code, what it read (``press.execution.tracing``) with the
digest of each, the environment, and the notebook with its results.  A record holds as long as every
digest is still the same, so that

- a changed table makes stale the chapters that read it, and no other;
- a change in a module, those that import it, directly or not;
- a word of prose, none.

Records that do not hold are kept for a while: when a change is undone, they hold again.

Out of scope: running (``press.execution.runner``), and the cache of MyST-NB, which is filled from
here.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from press.execution.digests import environment
from press.execution.tracing import Now

KEEP = 3  # records of one chapter: today's, and those to go back to
FOLDER = "chapters"  # within the folder of results


@dataclass(frozen=True)
class Record:
    """One run of a chapter: what it rested on, the results, and how many seconds it took."""

    chapter: str
    environment: str
    reads: dict[str, str]
    seconds: float
    notebook: str


class Results:
    def __init__(self, root: Path, folder: Path):
        self._folder = folder / FOLDER
        self.now = Now(root)
        self.environment = environment(root)

    def holding(self, chapter: str, code: str) -> Record | None:
        """The record of a chapter's code that still holds, if there is one."""
        for record in self._records(chapter, code):
            if record.environment == self.environment and not self.now.stale(record.reads):
                return record
        return None

    def seconds(self, chapter: str) -> float:
        """How long the chapter took when it ran last, with whichever code; 0 if it never did."""
        paths = self._paths(f"{_name(chapter)}-*.json")
        record = _read(paths[0]) if paths else None
        return record.seconds if record else 0.0

    def keep(self, chapter: str, code: str, reads: set[str], seconds: float, notebook: str) -> Record:
        """Keep one run, as of now."""
        record = Record(chapter, self.environment, self.now.all(reads), round(seconds, 3), notebook)
        rests_on = json.dumps([record.environment, record.reads], sort_keys=True)
        key = hashlib.sha256(rests_on.encode()).hexdigest()[:16]
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{_name(chapter)}-{code}-{key}.json"
        part = path.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(asdict(record)), encoding="utf-8")
        part.replace(path)
        for old in self._paths(f"{_name(chapter)}-*.json")[KEEP:]:
            old.unlink(missing_ok=True)
        return record

    def _records(self, chapter: str, code: str) -> list[Record]:
        read = (_read(path) for path in self._paths(f"{_name(chapter)}-{code}-*.json"))
        return [record for record in read if record is not None]

    def _paths(self, pattern: str) -> list[Path]:
        return sorted(
            self._folder.glob(pattern), key=lambda path: path.stat().st_mtime_ns, reverse=True
        )


def _name(chapter: str) -> str:
    return hashlib.sha256(chapter.encode()).hexdigest()[:12]


def _read(path: Path) -> Record | None:
    """The record of a file; nothing if it cannot be read, which only means to run again."""
    try:
        return Record(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
