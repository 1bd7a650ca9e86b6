"""Publishing: the branch that keeps editions, and the workflows that run on a server.

What may write runs no package; all actions are pinned; what is said elsewhere is never run.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml

from press import ROOT, deterministic_archives
from press.editions import gh_pages, git_commands
from press.editions.gh_pages import NotKept
from press.editions.git_commands import GitFailed
from tools import venv

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"^ *(?:- )?uses: (actions/[\w-]+@[0-9a-f]{40}) # v\d+\.\d+\.\d+$")
MAY_WRITE = {("edition.yml", "release"): {"contents"}, ("dev.yml", "deploy"): {"pages", "id-token"},
             ("edition.yml", "publish"): {"actions"}}  # fmt: skip


# -------------------------------------------------------------------------------- the branch


def git(folder: Path, *arguments: str) -> str:
    return git_commands.git(folder, "-c", "user.name=The authors", "-c", "user.email=a@book.example", *arguments)


def edition(site: Path, name: str, words: str = "words") -> Path:
    """An edition in a site, with names and bytes that git's settings might change."""
    folder = site / name
    for file, content in (("edition.json", f'{{"version": "{name}"}}'), ("chapters/重 庆.html", words),
                          ("_static/a.txt", "one\r\ntwo\r\n"), (".gitattributes", "* text eol=lf\n"),
                          ("x.ipynb", "{}"), ("_build/y", "")):  # fmt: skip
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(content.encode())
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def clones(tmp_path) -> tuple[Path, Path]:
    """Two clones of a repository, in which editions are ignored as in this one."""
    server, one, two = (tmp_path / name for name in ("server", "one", "two"))
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(server)], check=True)
    subprocess.run(["git", "clone", "-q", str(server), str(one)], check=True, capture_output=True)
    (one / ".gitignore").write_text("/site/\n*.ipynb\n_build\n")
    (one / ".gitattributes").write_text("* text=auto eol=lf\n")
    git(one, "add", ".")
    git(one, "commit", "-qm", "A book")
    git(one, "push", "-q", "origin", "HEAD:main")
    subprocess.run(["git", "clone", "-q", str(server), str(two)], check=True)
    return one, two


def push(clone: Path) -> None:
    git(clone, "push", "-q", "origin", gh_pages.BRANCH)


def test_what_was_kept_comes_back_byte_for_byte(clones, capsys):
    one, two = clones
    assert gh_pages.restore(two) == 0 and "nothing" in capsys.readouterr().out
    published = content(edition(one / "site", "2026.1"))
    assert len(published) == 6
    (one / "site/index.html").touch()
    assert gh_pages.keep(root=one) == 0 and "git push origin gh-pages" in capsys.readouterr().out
    push(one)
    assert git_commands.changed(one) == [] and git(one, "log", "-1", "--format=%an %s", "gh-pages") == (
        "The authors The site with 2026.1")  # fmt: skip
    assert gh_pages.restore(two) == 0
    assert content(two / "site/2026.1") == published
    assert "2026.1" in capsys.readouterr().out and not (two / "site/index.html").exists()
    assert git_commands.changed(two) == [] and git(two, "branch", "--show-current") == "main"


def test_keeping_the_same_again_makes_no_commit(clones):
    one, _ = clones
    edition(one / "site", "2026.1")
    gh_pages.commit(one, one / "site")
    before = git(one, "rev-parse", "gh-pages")
    assert gh_pages.commit(one, one / "site") == ["2026.1"] and git(one, "rev-parse", "gh-pages") == before


def test_an_edition_on_the_branch_never_changes_and_never_leaves(clones, capsys):
    one, two = clones
    edition(one / "site", "2026.1")
    (one / "site/index.html").touch()
    (one / "site/old.html").touch()
    gh_pages.commit(one, one / "site")
    push(one)
    edition(two / "site", "2026.1", "other words")
    assert gh_pages.keep(root=two) == 1
    assert "edition 2026.1 is not what was published of it" in capsys.readouterr().out
    assert gh_pages.restore(two) == 1 and "move that folder away" in capsys.readouterr().out
    shutil.rmtree(two / "site/2026.1")
    edition(two / "site", "2026.10")
    assert gh_pages.commit(two, two / "site") == ["2026.1", "2026.10"]  # a part of the site
    listed = git(two, "ls-tree", "--name-only", "gh-pages").split()
    assert listed == ["2026.1", "2026.10", "index.html", "old.html"]
    (two / "site/index.html").touch()
    gh_pages.commit(two, two / "site")  # the whole site
    assert git(two, "ls-tree", "--name-only", "gh-pages").split() == ["2026.1", "2026.10", "index.html"]
    assert len(git(two, "log", "--format=%h", "gh-pages").split()) == 3  # what was, stays in the history


def test_an_edition_is_kept_from_the_archive_that_is_released(clones, tmp_path, capsys):
    one, _ = clones
    pages = content(edition(tmp_path, "2026.2"))
    archive = tmp_path / "book-2026.2-html.tar.gz"
    deterministic_archives.tarred(archive, "book-2026.2-html", pages, 86400)
    assert gh_pages.keep(str(archive), one) == 0 and "holds 2026.2" in capsys.readouterr().out
    assert gh_pages.bring(one) == ["2026.2"] and content(one / "site/2026.2") == pages
    deterministic_archives.tarred(archive, "book", {"edition.json": b'{"version": "../x"}'})
    assert gh_pages.keep(str(archive), one) == 1 and "pages of an edition" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x"])
def test_an_archive_that_leads_elsewhere_is_refused(tmp_path, name):
    deterministic_archives.tarred(tmp_path / "bad.tar.gz", "..", {name: b""})
    with pytest.raises(NotKept, match="no plain file"):
        gh_pages.unpack(tmp_path / "bad.tar.gz", tmp_path / "new")
    with tarfile.open(tmp_path / "link.tar", "w") as packed:
        entry = tarfile.TarInfo("x")
        entry.type, entry.linkname = tarfile.SYMTYPE, name
        packed.addfile(entry)
    with pytest.raises(NotKept, match="no plain file"):
        gh_pages.unpack(tmp_path / "link.tar", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_two_who_kept_at_once_are_told(clones, capsys):
    one, two = clones
    for clone, name in ((one, "2026.1"), (two, "2026.2")):
        edition(clone / "site", name)
        gh_pages.commit(clone, clone / "site")
    push(one)
    assert gh_pages.keep(root=two) == 1 and "each what the other has not" in capsys.readouterr().out
    with pytest.raises(GitFailed):
        push(two)
    git(two, "branch", "-D", "gh-pages")
    assert gh_pages.commit(two, two / "site") == ["2026.1", "2026.2"]
    push(two)
    assert gh_pages.bring(one) == ["2026.2"]  # and its own branch follows
    assert git(one, "rev-parse", "gh-pages") == git(two, "rev-parse", "gh-pages")


def test_without_a_network_what_is_known_has_to_do(clones, capsys):
    one, two = clones
    edition(one / "site", "2026.1")
    gh_pages.commit(one, one / "site")
    push(one)
    git(two, "fetch", "-q")
    (two.parent / "server").rename(two.parent / "gone")
    assert gh_pages.restore(two) == 0 and "was not fetched" in capsys.readouterr().out
    assert (two / "site/2026.1/edition.json").is_file()


def test_nothing_is_kept_of_nothing(clones, capsys):
    one, _ = clones
    assert gh_pages.keep(root=one) == 1 and "make restore site" in capsys.readouterr().out
    assert gh_pages.latest(one) == ""


def test_keeping_runs_on_a_bare_python(clones):
    one, _ = clones
    shutil.copytree(ROOT / "press", one / "press", ignore=shutil.ignore_patterns("__pycache__", "static"))
    edition(one / "site", "2026.1")
    done = subprocess.run([sys.executable, "-S", "-m", "press", "keep"], cwd=one, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# -------------------------------------------------------------------------------- the workflows


def jobs():
    for path in WORKFLOWS:
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items():
            yield pytest.param(path.name, name, job, id=f"{path.stem}-{name}")


def steps():
    for path in WORKFLOWS:
        for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
            yield from job.get("steps", ())


def test_there_is_one_for_tests_one_for_the_site_and_one_for_editions():
    assert [path.stem for path in WORKFLOWS] == ["dev", "edition", "test"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_githubs_own_and_pinned_with_their_version(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    for line in lines:
        own = re.fullmatch(r" *uses: \./\.github/workflows/(\w+)\.yml", line)
        assert own and path.with_name(f"{own[1]}.yml").is_file() or PINNED.match(line), line


def test_an_action_has_one_pin():
    text = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    pins = set(re.findall(r"uses: (actions/[\w-]+)(@\w+ # \S+)", text))
    assert len({name for name, _ in pins}) == len(pins) == 6


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_starts_without_rights_and_never_on_what_a_stranger_proposes(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    started = workflow[True]  # YAML reads the key "on" as a truth
    assert set(started) <= {"push", "pull_request", "workflow_call", "workflow_dispatch"}
    assert "group" in workflow["concurrency"]
    assert "secrets" not in path.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("file, name, job", [*jobs()])
def test_a_job_has_the_rights_that_it_needs_and_a_limit(file, name, job):
    rights = job["permissions"]
    assert {right for right, how in rights.items() if how == "write"} == MAY_WRITE.get((file, name), set())
    assert rights.get("contents", "read") == "read" or (file, name) == ("edition.yml", "release")
    assert "uses" in job or job["timeout-minutes"] <= 60 and job["runs-on"] == "ubuntu-24.04"


@pytest.mark.parametrize("file, name, job", [*jobs()])
def test_what_may_write_installs_nothing(file, name, job):
    if (file, name) in MAY_WRITE:
        run = " ".join(step.get("run", "") for step in job.get("steps", ()))
        assert not re.search(r"\bpip\b|\.ci/|make (?!keep\b)|\bnpm\b|apt", run)
        assert set(re.findall(r"make (\w+)", run)) <= {"keep"}


def test_a_checkout_keeps_no_token_and_has_the_whole_history():
    found = [step for step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert len(found) >= 4
    for step in found:
        assert step["with"]["persist-credentials"] is False and step["with"]["fetch-depth"] == 0


def test_nothing_that_github_fills_in_is_run():
    runs = [step["run"] for step in steps() if "run" in step]
    assert runs and not [run for run in runs if "${{" in run]


def test_workflows_run_what_is_there():
    targets = set(re.findall(r"(?m)^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    runs = "\n".join(step["run"] for step in steps() if "run" in step)
    made = re.findall(r"\bmake (\w+)", runs)
    assert {"restore", "site", "assets", "keep"} == set(made) <= targets
    assert all((ROOT / ".github/workflows" / file).is_file() for file in re.findall(r"gh workflow run (\S+)", runs))
    for script in re.findall(r"\.ci/\w+|press/[\w/]+\.py", runs):
        assert (ROOT / script).is_file(), script
    assert {".ci/run", ".ci/install"} <= set(re.findall(r"\.ci/\w+", runs))
    assert (ROOT / ".ci/run").stat().st_mode & 0o111 and (ROOT / ".ci/install").stat().st_mode & 0o111


def test_every_python_that_the_book_runs_on_is_tested():
    job = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))["jobs"]["test"]
    versions = [tuple(map(int, version.split("."))) for version in job["strategy"]["matrix"]["python"]]
    assert versions == [(3, minor) for minor in range(venv.OLDEST[1], venv.NEWEST[1] + 1)]
    (setup,) = [step for step in job["steps"] if "setup-python" in step.get("uses", "")]
    assert setup["with"]["python-version"] == "${{ matrix.python }}"


def test_makefile_targets_that_write_need_no_installation():
    done = subprocess.run(["make", "--dry-run", "keep", "restore", "ARCHIVE=a b"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and '--archive "a b"' in done.stdout and "venv.py" not in done.stdout


def test_tags_that_start_an_edition_are_those_of_editions():
    (pattern,) = yaml.safe_load((ROOT / ".github/workflows/edition.yml").read_text())[True]["push"]["tags"]
    assert pattern == "[0-9][0-9][0-9][0-9].[0-9]+"  # of GitHub: + is one or more, . is a dot
