"""The branch ``gh-pages``: where editions are kept as they were published.

``keep`` commits ``site/`` to the branch, or the pages of one edition from the archive that is
released of it.  An edition that is on the branch never changes and never leaves it: one that
differs is refused, one that is not in ``site/`` stays.  ``restore`` brings the editions of the
branch back into ``site/``, so that ``make site`` builds none of them again.

Neither checks the branch out, and neither sends anything: ``git push origin gh-pages`` does.

Nothing is imported here that has to be installed: a job that may write runs no package.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from press import ROOT
from press.editions import build_edition, git_commands, versions
from press.editions.git_commands import GitFailed, git
from press.urls import SITE

BRANCH = "gh-pages"
REMOTE = "origin"
LOCAL, FETCHED = f"refs/heads/{BRANCH}", f"refs/remotes/{REMOTE}/{BRANCH}"
Entries = dict[str, str]  # "040000 tree 4b825dc" by name


class NotKept(RuntimeError):
    """The branch and the site do not agree; the text says where, and what to do."""


def restore(root: Path = ROOT) -> int:
    """The command: bring editions back; 1 after one line that says what to do."""
    try:
        brought = bring(root)
    except (NotKept, GitFailed, OSError) as fault:
        print(f"Editions were not restored: {fault}")
        return 1
    print(f"From the branch {BRANCH} into {SITE}/: {', '.join(brought) or 'nothing that was not there'}")
    return 0


def keep(archive: str = "", root: Path = ROOT) -> int:
    """The command: commit to the branch; 1 after one line that says what to do."""
    try:
        if archive:
            with tempfile.TemporaryDirectory(prefix="edition-") as folder:
                held = commit(root, _edition(Path(archive), Path(folder)))
        else:
            held = commit(root, root / SITE)
    except (NotKept, GitFailed, OSError, tarfile.TarError) as fault:
        print(f"Nothing was kept: {fault}")
        return 1
    print(f"The branch {BRANCH} holds {', '.join(held)}. Now: git push {REMOTE} {BRANCH}")
    return 0


def bring(root: Path) -> list[str]:
    """Bring editions that are missing in the site back; their names.  Raises NotKept, GitFailed."""
    fetch(root)
    branch = latest(root)
    brought = []
    site = root / SITE
    site.mkdir(exist_ok=True)
    for name, entry in _editions(entries(root, branch)).items():
        place, new = site / name, site / f".new-{name}"
        if not place.exists():
            shutil.rmtree(new, ignore_errors=True)
            check_out(root, f"{branch}:{name}", new)
            new.rename(place)
            brought.append(name)
        if f"040000 tree {tree(root, place)}" != entry:
            raise NotKept(f"{SITE}/{name} is not what was published of it, which is on the branch "
                          f"{BRANCH}: move that folder away")  # fmt: skip
    return brought


def commit(root: Path, site: Path) -> list[str]:
    """Commit a site to the branch; the editions that it holds now.  Raises NotKept, GitFailed.

    One without a first page is a part: what it has not stays as it is on the branch.
    """
    fetch(root)
    branch = latest(root)
    before = entries(root, branch)
    put = entries(root, tree(root, site)) if site.is_dir() else {}
    put = {name: entry for name, entry in put.items() if not name.startswith(".new-")}
    if not _editions(put):
        raise NotKept(f"there is no edition in {SITE}/: make restore site")
    for name, entry in _editions(before).items():
        if put.setdefault(name, entry) != entry:
            raise NotKept(f"edition {name} is not what was published of it, which is on the branch "
                          f"{BRANCH}: an edition never changes")  # fmt: skip
    after = put if (site / "index.html").is_file() else {**before, **put}
    held = sorted(_editions(after), key=versions.key)
    if after != before:
        lines = "".join(f"{entry}\t{name}\0" for name, entry in sorted(after.items()))
        made = git(root, "mktree", "-z", given=lines)
        # By whoever made what is checked out, then: a machine that only releases has no name.
        name, address, day = git(root, "log", "-1", "--format=%an%x00%ae%x00%aI").split("\0")
        variables = {
            f"GIT_{role}_{part}": value
            for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", name), ("EMAIL", address), ("DATE", day))
        }
        parent = ("-p", branch) if branch else ()
        words = f"The site with {', '.join(held)}"
        new = git(root, "commit-tree", made, *parent, "-m", words, **variables)
        git(root, "update-ref", LOCAL, new)
    elif not _commit(root, LOCAL):
        git(root, "update-ref", LOCAL, branch)
    return held


def fetch(root: Path) -> None:
    """Ask the remote for the branch; if that fails, what is known of it here has to do."""
    if REMOTE not in git(root, "remote").split():
        return
    try:
        git(root, "fetch", "--quiet", REMOTE, f"+{LOCAL}:{FETCHED}", GIT_TERMINAL_PROMPT="0")
    except GitFailed as fault:
        if _commit(root, FETCHED):
            print(f"{BRANCH} was not fetched ({fault}): what this clone knows of it is used")


def latest(root: Path) -> str:
    """The commit of the branch, here or as fetched, that holds the other; empty if there is none.

    Raises NotKept if neither does.
    """
    here, there = _commit(root, LOCAL), _commit(root, FETCHED)
    if not (here and there) or here == there:
        return here or there
    for newer, older in ((here, there), (there, here)):
        try:
            git(root, "merge-base", "--is-ancestor", older, newer)
        except GitFailed:
            continue
        if newer == there:
            git(root, "update-ref", LOCAL, there)
        return newer
    raise NotKept(f"{BRANCH} here and at {REMOTE} have each what the other has not: remove the one "
                  f"here with git branch -D {BRANCH}, if it was never pushed")  # fmt: skip


def entries(root: Path, tree: str) -> Entries:
    """What is at the top of a tree or commit; nothing of none."""
    listed = git(root, "ls-tree", "-z", tree).split("\0") if tree else []
    return {line.partition("\t")[2]: line.partition("\t")[0] for line in listed if line}


def tree(root: Path, folder: Path) -> str:
    """The name that git gives to all of a folder, which it then has, byte for byte.

    ``git add`` would heed settings and files that say how lines are to end.
    """
    names = sorted(build_edition.files(folder))
    paths = "".join(f"{folder / name}\n" for name in names)
    made = git(root, "hash-object", "-w", "--no-filters", "--stdin-paths", given=paths).split()
    lines = "".join(f"100644 {blob}\t{name}\0" for blob, name in zip(made, names, strict=True))
    with tempfile.TemporaryDirectory(prefix="index-") as scratch:
        index = {"GIT_INDEX_FILE": str(Path(scratch) / "index")}
        git(root, "update-index", "-z", "--index-info", given=lines, **index)
        return git(root, "write-tree", **index)


def check_out(root: Path, tree: str, folder: Path) -> None:
    """Write the files of a tree into a folder, byte for byte.  Raises NotKept, GitFailed."""
    listed = [line.split("\t", 1) for line in git(root, "ls-tree", "-r", "-z", tree).split("\0") if line]
    wanted = "".join(f"{entry.split()[2]}\n" for entry, _ in listed)
    done = subprocess.run(["git", "-C", str(root), "cat-file", "--batch"], input=wanted.encode(),
                          capture_output=True, env=git_commands.environment(), check=True)  # fmt: skip
    said = io.BytesIO(done.stdout)
    for entry, name in listed:
        size = int(said.readline().split()[2])
        place = _within(folder, name, plain=entry.startswith("100644 blob "))
        place.write_bytes(said.read(size))
        said.read(1)


def unpack(packed: Path, folder: Path) -> None:
    """Unpack the plain files of a tar into a folder.  Raises NotKept if one is to lie elsewhere."""
    with tarfile.open(packed) as archive:
        for member in archive:
            if not member.isdir():
                place = _within(folder, member.name, member.isfile())
                with archive.extractfile(member) as file:
                    place.write_bytes(file.read())


def _within(folder: Path, name: str, plain: bool) -> Path:
    parts = PurePosixPath(name).parts
    if not plain or ".." in parts or name.startswith("/"):
        raise NotKept(f"{name!r} is no plain file of a site")
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _edition(archive: Path, folder: Path) -> Path:
    """A site with the one edition of an archive."""
    unpack(archive, folder / "unpacked")
    inside = [*(folder / "unpacked").iterdir()]
    name = build_edition.facts(inside[0]).get("version", "") if len(inside) == 1 else ""
    if not versions.is_edition(name):
        raise NotKept(f"{archive.name} does not hold the pages of an edition")
    site = folder / SITE
    site.mkdir()
    inside[0].rename(site / name)
    return site


def _editions(found: Mapping[str, str]) -> Entries:
    return {name: entry for name, entry in found.items() if versions.is_edition(name)}


def _commit(root: Path, ref: str) -> str:
    try:
        return git(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    except GitFailed:
        return ""
