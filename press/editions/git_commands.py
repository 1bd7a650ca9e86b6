"""Git, as far as editions need it.

Out of scope: what the dates of pages are (``press.write.last_modified``).
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from press.editions import versions

#: What git sets for its hooks, and what would make it look elsewhere than in the folder given.
ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


class GitFailed(RuntimeError):
    """Git could not do what was asked; the text is what it said."""


def environment() -> dict[str, str]:
    """The environment without what leads git elsewhere."""
    return {name: value for name, value in os.environ.items() if name not in ELSEWHERE}


def git(root: Path, *arguments: str, given: str = "", **variables: str) -> str:
    """What git prints, without the last line break.  Raises GitFailed.

    It reads ``given``, with ``variables`` in its environment.
    """
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "-c", "core.quotepath=off", *arguments],
            capture_output=True, text=True, input=given,
            env={**environment(), "LC_ALL": "C", **variables},
        )  # fmt: skip
    except OSError:
        raise GitFailed("there is no git here: install it") from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise GitFailed(said[-1] if said else f"git {arguments[0]} failed")
    return done.stdout.rstrip("\n")


def whole(root: Path) -> str:
    """Why the history of ``root`` cannot serve, or nothing."""
    try:
        told = git(root, "rev-parse", "--show-prefix", "--is-shallow-repository").split()
    except GitFailed as fault:
        why = "" if "not a git repository" in str(fault) else f" ({fault})"
        return f"there is no history here{why}: clone the book's repository"
    if told == ["false"]:
        return ""
    if told == ["true"]:
        return "this clone is shallow: fetch the rest with git fetch --unshallow"
    return "this folder is a part of another repository: clone the book's own"


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD")


def tags(root: Path) -> list[str]:
    """Tags that name editions, the oldest first; none in a folder of another repository."""
    if git(root, "rev-parse", "--show-prefix"):
        return []
    found = git(root, "tag", "--list").split()
    return sorted(filter(versions.is_edition, found), key=versions.key)


def is_ancestor(root: Path, older: str, newer: str) -> bool:
    """Whether a commit is part of the history of another."""
    try:
        git(root, "merge-base", "--is-ancestor", older, newer)
    except GitFailed:
        return False
    return True


def commit_of(root: Path, tag: str) -> str:
    return git(root, "rev-parse", f"refs/tags/{tag}^{{commit}}")


def changed(root: Path) -> list[str]:
    """Files that differ from the last commit, and new ones that are not ignored."""
    lines = git(root, "status", "--porcelain", "--untracked-files=all").splitlines()
    return [line[3:] for line in lines]


def pages_of(root: Path, commit: str) -> set[str]:
    """Names of the pages that a commit has among the chapters."""
    names = git(root, "ls-tree", "-r", "--name-only", commit, "--", "chapters/")
    return {name.removesuffix(".md") for name in names.splitlines() if name.endswith(".md")}


@contextmanager
def worktree(root: Path, commit: str, name: str) -> Iterator[Path]:
    """The files of a commit, in a temporary folder called ``name``.  Raises GitFailed."""
    with tempfile.TemporaryDirectory(prefix="edition-") as folder:
        git(root, "worktree", "prune")  # what one that was killed left
        tree = Path(folder).resolve() / name
        try:
            git(root, "worktree", "add", "--quiet", "--detach", str(tree), commit)
        except GitFailed as fault:
            raise GitFailed(f"commit {commit[:10]} of edition {name} cannot be checked out ({fault}): "
                            "git fetch") from None  # fmt: skip
        try:
            yield tree
        finally:
            git(root, "worktree", "remove", "--force", str(tree))
