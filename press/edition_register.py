"""``editions.yml``: the record of all editions that are out.

It is tracked like any other file, so every clone, mirror and archive has it.  Tags are a
convenience: one that names an edition must name the commit that the record gives.

Of each edition the repository keeps besides, in ``editions/``:

- ``<version>.sha256``, every file of its pages with its SHA-256, as ``sha256sum`` writes them, by
  which pages are checked without building anything; the digest of this list stands in the record;
- ``<version>.json.xz``, what a later book is compared with (``press.edition_diff.snapshot``).

The commit of an edition cannot contain its own name, so all this is written by the commit that
begins the next version.  Until then, at the commit of the edition itself, its tag has to do.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import yaml

from press.book_metadata import FILE as RECORD, is_day
from press.editions import git_commands, versions
from press.editions.git_commands import GitFailed
from press.editions.offline import files

FILE = "editions.yml"
FOLDER = "editions"
PATTERNS = {"commit": "[0-9a-f]{40}", "python": r"3\.\d+", "sha256": "[0-9a-f]{64}"}
EXAMPLES = {
    "version": '"2026.1"', "date": "2026-11-26", "commit": "the 40 digits that git rev-parse gives",
    "python": '"3.11"', "sha256": f"the digest of {FOLDER}/<version>.sha256",
    "also": "a list of packages, or []",
}  # fmt: skip
HEAD = """\
# Every edition that is out, the oldest first. `make edition` adds to this file; no entry ever changes.
#
# commit: what the edition is built from. A tag is not needed; one that is there must name the same.
# python: the Python that it is built with; from 3.12 on sums differ in their 16th digit, and so do files.
# sha256: digest of editions/<version>.sha256, which lists every file of its pages with its own digest.
# also:   packages that its build needs and its own list of requirements lacks; the list of its tests
#         locks them.
"""


class BadRegister(ValueError):
    """The record of editions cannot be used; the text says where, and what to do."""


@dataclass(frozen=True)
class Edition:
    """An edition that is out.  ``sha256`` is empty if it is not in the record yet."""

    version: str
    date: str
    commit: str
    python: str
    sha256: str
    also: tuple[str, ...] = ()


def read(root: Path) -> list[Edition]:
    """The editions in the record, the oldest first; none without a record.  Raises BadRegister."""
    path = root / FILE
    if not path.is_file():
        return []
    try:
        # Every value as it is written: 2026.10 is no number, and a day no date.
        given = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or []
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        mark = getattr(fault, "problem_mark", None)
        place = f"{FILE}:{mark.line + 1}" if mark else FILE
        raise BadRegister(f"{place}: it is no YAML in UTF-8; restore it with git checkout -- {FILE}") from None
    if not isinstance(given, list):
        raise BadRegister(f"{FILE}: write a list, an entry for each edition")
    found = [_entry(entry, number) for number, entry in enumerate(given, start=1)]
    for before, after in zip(found, found[1:]):
        if versions.key(before.version) >= versions.key(after.version):
            raise BadRegister(f"{FILE}: {after.version} stands after {before.version}: "
                              "list each edition once, the oldest first")  # fmt: skip
    return found


def _entry(given: object, number: int) -> Edition:
    names = [field.name for field in fields(Edition)]
    if not isinstance(given, dict) or set(given) != set(names):
        wrong = sorted(set(names) ^ set(given if isinstance(given, dict) else ()))
        raise BadRegister(f"{FILE}, entry {number}: give {', '.join(names)}, each once; "
                          f"missing or unknown: {', '.join(wrong)}")  # fmt: skip
    for name, value in given.items():
        if name == "also":
            good = isinstance(value, list) and all(isinstance(each, str) for each in value)
        else:
            good = isinstance(value, str) and _is(name, value)
        if not good:
            raise BadRegister(f"{FILE}, entry {number}: {name} is {value!r}; give {EXAMPLES[name]}")
    return Edition(**{**given, "also": tuple(given["also"])})


def _is(name: str, value: str) -> bool:
    if name == "version":
        return versions.is_edition(value)
    if name == "date":
        return is_day(value)
    return re.fullmatch(PATTERNS[name], value) is not None


def known(root: Path) -> list[Edition]:
    """The editions in the record, and one that a tag names at the commit that is checked out.

    Raises BadRegister if a tag contradicts the record.
    """
    found = {edition.version: edition for edition in read(root)}
    try:
        tags = {tag: git_commands.commit_of(root, tag) for tag in git_commands.tags(root)}
        here = git_commands.head(root) if tags else ""
    except GitFailed:  # no repository, or none with a commit: the record is all there is
        return list(found.values())
    for tag, commit in tags.items():
        if tag in found:
            if commit != found[tag].commit:
                raise BadRegister(
                    f"the tag {tag} names commit {commit[:10]}, {FILE} says {found[tag].commit[:10]}: "
                    f"remove the tag with git tag --delete {tag}"
                )
        elif commit == here:
            found[tag] = Edition(tag, "", commit, "", "")
        elif git_commands.is_ancestor(root, commit, here):
            raise BadRegister(
                f"the tag {tag} names commit {commit[:10]}, {FILE} has no edition {tag}: "
                f"remove the tag with git tag --delete {tag}, or bring back its entry"
            )
        # Else it is an edition that came after what is checked out.
    return sorted(found.values(), key=lambda edition: versions.key(edition.version))


def faults(root: Path) -> list[str]:
    """Where the record contradicts what the repository keeps, as far as no history is needed."""
    try:
        editions = read(root)
    except BadRegister as fault:
        return [str(fault)]
    found = []
    for edition in editions:
        path = listing_of(root, edition.version)
        if not path.is_file():
            found.append(f"{FOLDER}/{path.name} is missing: restore it with git checkout -- {FOLDER}")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != edition.sha256:
            found.append(f"{FOLDER}/{path.name} is not the list that {FILE} records for "
                         f"{edition.version}: restore both with git checkout -- {FILE} {FOLDER}")  # fmt: skip
        kept = f"{FOLDER}/{edition.version}.json.xz"  # of press.edition_diff.snapshot
        if (root / "data" / "datapackage.json").is_file() and not (root / kept).is_file():
            found.append(f"{kept} is missing: restore it with git checkout -- {kept}")
    return found


def contradictions(root: Path) -> list[str]:
    """Where tags or history contradict the record; none where the history is not here."""
    if git_commands.whole(root):
        return []
    try:
        editions = known(root)
    except BadRegister as fault:
        return [str(fault)]
    found = []
    for edition in editions:
        if not edition.sha256:
            continue
        try:
            record = git_commands.git(root, "show", f"{edition.commit}:{RECORD}")
        except GitFailed:
            found.append(f"{FILE}: the history has no commit {edition.commit[:10]} of edition "
                         f"{edition.version} with a {RECORD}: git fetch, or correct the entry")  # fmt: skip
            continue
        said = yaml.load(record, Loader=yaml.BaseLoader)
        for name, field in (("version", "version"), ("date", "date-released")):
            if said.get(field) != getattr(edition, name):
                found.append(f"{FILE}: {name} of edition {edition.version} is {getattr(edition, name)}, "
                             f"{RECORD} at {edition.commit[:10]} says {said.get(field)}")  # fmt: skip
    return found


def add(root: Path, edition: Edition) -> Path:
    """Write a further edition at the end of the record; the path of the record."""
    path = root / FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else HEAD
    told = asdict(edition) | {"also": list(edition.also)}
    entry = yaml.safe_dump([told], sort_keys=False, default_flow_style=None, width=200)
    path.write_text(f"{text}\n{entry}", encoding="utf-8")
    return path


# --------------------------------------------------------------------------- what its pages are


def listing_of(root: Path, version: str) -> Path:
    """Where the repository keeps the list of an edition's files."""
    return root / FOLDER / f"{version}.sha256"


def listing(folder: Path) -> str:
    """Every file of built pages with its SHA-256, sorted by the bytes of its name.

    In ``folder``, ``sha256sum --check`` reads it.
    """
    found = {name: hashlib.sha256(path.read_bytes()).hexdigest()
             for name, path in files(folder).items()}  # fmt: skip
    return "".join(f"{found[name]}  {name}\n" for name in sorted(found, key=str.encode))


def digest(listed: str) -> str:
    """The digest of a list, which stands in the record."""
    return hashlib.sha256(listed.encode()).hexdigest()


def differing(one: str, other: str) -> list[str]:
    """Names of files that only one of two lists has, or of which they have another digest."""
    first, second = _by_name(one), _by_name(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def _by_name(listed: str) -> Mapping[str, str]:
    return {line[66:]: line[:64] for line in listed.splitlines()}


def differences(root: Path, edition: Edition, folder: Path) -> list[str]:
    """Files in ``folder`` that are not as the record has them; empty if all are, or it has none."""
    if not edition.sha256:
        return []
    now = listing(folder)
    if digest(now) == edition.sha256:
        return []
    path = listing_of(root, edition.version)
    kept = path.read_text(encoding="utf-8") if path.is_file() else ""
    if digest(kept) != edition.sha256:
        return [f"(which files differ is not known: {FOLDER}/{path.name} is missing or was changed)"]
    return differing(now, kept)
