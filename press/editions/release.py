"""``make edition VERSION=2026.2``: from the checks to the tag and the folder in the site.

1. Nothing is begun unless the files are committed, the version is new and later than every edition,
   and ``CHANGELOG.md`` has its section.
2. Version and day are written and committed; the tests run on exactly what will be the edition.
3. A tag is set, and the edition built from its commit, in a folder of its own, and moved into ``site/``.
4. The version that comes next is written, with ``.dev``, and the edition put into the record
   (``press.edition_register``); both are committed.

If any of it fails, tag and commits are taken back, ``site/`` is as before, and one line says what
to do.  What somebody changed meanwhile in other files is kept.

Out of scope: the rest of the site (``press.editions.assemble``), and sending the tag anywhere.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from os import environ
from pathlib import Path

from press import ROOT, api, book_metadata, site_files
from press.execution import digests
from press.edition_diff import snapshot
from press.edition_diff.read_edition import NoEdition, of_site
from press.editions import build_edition, git_commands, versions
from press import edition_register
from press.editions.pages import redirects
from press.editions.build_edition import Different, NotBuilt
from press.edition_register import BadRegister, Edition
from press.editions.git_commands import GitFailed, git
from press.editions.assemble import SITE

CHECK = ("make", "test", "test-slow")


class Refused(RuntimeError):
    """The edition is not made; the text says why, and what to do."""


def edition(version: str, check: str = "", root: Path = ROOT) -> int:
    """The command: make an edition; 1 after one line that says what to do.

    ``check`` is run instead of ``make test test-slow``.
    """
    try:
        make(root, version, shlex.split(check) or CHECK)
    except (Refused, NotBuilt, Different, GitFailed, BadRegister, NoEdition, ValueError, OSError) as fault:
        print(f"No edition was made: {fault}")
        return 1
    except KeyboardInterrupt:
        print("No edition was made: it was broken off; nothing is left of it")
        return 1
    print(f"Edition {version} is in {SITE}/{version}/ and has a tag. Now: make site, then "
          f"git push --follow-tags (which releases it, if this is on GitHub) or make assets VERSION={version}")  # fmt: skip
    return 0


def make(root: Path, version: str, check: Sequence[str]) -> None:
    """Make an edition of the book at ``root``.  Raises Refused and others, see above."""
    day, dated = ready(root, version)
    before = git_commands.head(root)
    folder = root / SITE
    with ExitStack() as undo:
        took = _Taken(root, before)
        undo.callback(took.back)
        took.write(lambda: _write(root, version, day, dated), f"Edition {version}")
        run(check, root)
        dirty = git_commands.changed(root)
        if dirty or git_commands.head(root) != took.commits[-1]:
            raise Refused(f"something was changed while the tests ran ({_some(dirty)}): try again")
        git(root, "tag", "--annotate", version, "--message", f"Edition {version}")
        undo.callback(_quietly, root, "tag", "--delete", version)
        print(f"Building edition {version} from its commit ...", flush=True)
        if not folder.exists():
            folder.mkdir()
            undo.callback(_remove_empty, folder)
        new = folder / f".new-{version}"
        undo.callback(shutil.rmtree, new, ignore_errors=True)
        made = Edition(version, day, took.commits[-1], digests.python_version().removeprefix("python"), "")
        build_edition.built_from(root, made, new)
        if build_edition.put(new, folder / version):
            undo.callback(shutil.rmtree, folder / version, ignore_errors=True)
        following = versions.following(version)
        took.write(lambda: [*book_metadata.set_version(root, following, day), *enter(root, made, folder)],
                   f"Work on {following} begins")  # fmt: skip
        undo.pop_all()


def enter(root: Path, edition: Edition, site: Path) -> list[Path]:
    """Put an edition that lies in the site into the record; the files written.  Raises NoEdition."""
    listed = edition_register.listing(site / edition.version)
    path = edition_register.listing_of(root, edition.version)
    path.parent.mkdir(exist_ok=True)
    path.write_text(listed, encoding="utf-8")
    written = [edition_register.add(root, replace(edition, sha256=edition_register.digest(listed))), path]
    if not (site / edition.version / api.FOLDER).is_dir():
        return written  # a book without tables has nothing that could be compared
    kept = snapshot.path_of(root, edition.version)
    snapshot.write(of_site(site, edition.version), kept)
    return [*written, kept]


def ready(root: Path, version: str) -> tuple[str, bool]:
    """The day of the edition, and whether the list of changes has it.  Raises Refused."""
    if not versions.is_edition(version):
        raise Refused(f"{version!r} is no version; give one such as 2026.2: "
                      "make edition VERSION=2026.2")  # fmt: skip
    obstacle = git_commands.whole(root)
    if obstacle:
        raise Refused(obstacle)
    dirty = git_commands.changed(root)
    if dirty:
        raise Refused(f"there are changes that are not committed ({_some(dirty)}): commit them")
    out = edition_register.known(root)
    last = out[-1] if out else None
    if version in (edition.version for edition in out):
        raise Refused(f"edition {version} is out; the next is "
                      f"{versions.following(last.version).removesuffix('.dev')}")  # fmt: skip
    if last and versions.key(version) < versions.key(last.version):
        raise Refused(f"{version} is before {last.version}, which is out; give a later one, such as "
                      f"{versions.following(last.version).removesuffix('.dev')}")  # fmt: skip
    if last and not last.sha256:
        raise Refused(f"edition {last.version} is not in {edition_register.FILE} yet: check out the commit after it")
    if last:
        here = {path.relative_to(root).with_suffix("").as_posix()
                for path in (root / "chapters").rglob("*.md")}  # fmt: skip
        lost = sorted(git_commands.pages_of(root, last.commit) - here - set(redirects.listed(root)))
        if lost:
            raise Refused(
                f"{last.version} has {_some(lost)}, which is no longer there: write in {redirects.FILE} "
                f"what it is called now, or null if it is gone ({lost[0]}: null)"
            )
    return _day(root, version)


def run(check: Sequence[str], root: Path) -> None:
    """Run the tests.  Raises Refused if they fail."""
    print(f"Running {shlex.join(check)} ...", flush=True)
    if subprocess.call(check, cwd=root, env=git_commands.environment()):
        raise Refused(f"{shlex.join(check)} failed: mend what it says above, commit, and try again")


class _Taken:
    """The commits made, and how to take them back."""

    def __init__(self, root: Path, before: str):
        self.root, self.before = root, before
        self.commits = [before]

    def write(self, change, message: str) -> None:
        """Change files and commit them; if nothing changes, there is no commit."""
        others = set(git_commands.changed(self.root))
        try:
            files = [str(path.relative_to(self.root)) for path in change()]
            if files:
                git(self.root, "add", "--", *files)
                git(self.root, "commit", "--quiet", "--message", message, "--", *files)
        except BaseException:
            for name in set(git_commands.changed(self.root)) - others:  # written here
                self._restore(name)
            raise
        self.commits.append(git_commands.head(self.root))

    def _restore(self, name: str) -> None:
        """Bring a file back to what the last commit has, which may be nothing."""
        if git(self.root, "ls-tree", "--name-only", self.commits[-1], "--", name):
            _quietly(self.root, "checkout", "--quiet", self.commits[-1], "--", name)
        else:
            _quietly(self.root, "rm", "--quiet", "--cached", "--ignore-unmatch", "--", name)
            (self.root / name).unlink(missing_ok=True)
            _remove_empty((self.root / name).parent)

    def back(self) -> None:
        """Go back to where the work began, and keep what somebody changed meanwhile."""
        if git_commands.head(self.root) not in self.commits:
            print(f"Somebody has committed since: take the edition's commit out by hand "
                  f"(git log {self.before[:10]}..)")  # fmt: skip
        else:
            _quietly(self.root, "reset", "--quiet", "--keep", self.before)


def _write(root: Path, version: str, day: str, dated: bool) -> list[Path]:
    changed = book_metadata.set_version(root, version, day)
    if dated:
        return changed
    path = root / site_files.CHANGES
    text = path.read_text(encoding="utf-8")
    new = re.sub(rf"(?m)^## {re.escape(version)} *$", f"## {version} ({day})", text, count=1)
    path.write_text(new, encoding="utf-8")
    return [*changed, path]


def _day(root: Path, version: str) -> tuple[str, bool]:
    path = root / site_files.CHANGES
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for match in site_files.EDITION.finditer(text):
        if match[1] == version:
            epoch = environ.get("SOURCE_DATE_EPOCH")
            today = time.strftime("%Y-%m-%d", time.gmtime(int(epoch) if epoch else None))
            return match[2] or today, bool(match[2])
    raise Refused(f"{site_files.CHANGES} has no section ## {version}: write what is new in it")


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _quietly(root: Path, *arguments: str) -> None:
    try:
        git(root, *arguments)
    except GitFailed as fault:
        print(f"Taking the edition back, git {arguments[0]} failed: {fault}")


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
