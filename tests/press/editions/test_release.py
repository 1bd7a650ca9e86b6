"""Making an edition: what is refused, what is taken back, and the parts of it.

The repositories of these tests hold a record and a list of changes, and no press.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from press import ROOT, book_metadata, edition_register, site_files, urls
from press.edition_diff import snapshot
from press.editions import assemble as sites
from press.editions import (
    build_edition,
    build_environment,
    git_commands,
    release,
    verify,
    versions,
)
from press.editions.build_edition import Different, NotBuilt
from press.editions.pages import redirects, switcher
from tests.press.build.test_build import change
from tests.press.editions.test_editions import begin, commit, git

# -------------------------------------------------------------------------------- what is refused


@pytest.fixture
def repo(tmp_path) -> Path:
    """A repository with a record and a list of changes, and the edition 2026.1."""
    folder = tmp_path / "repo"
    begin(folder, "2026.1")
    made = edition_register.Edition("2026.1", "2026-11-22", git_commands.head(folder), "3.11", "")
    pages(folder, made, tmp_path / "pages" / "2026.1")
    release.enter(folder, made, tmp_path / "pages")
    book_metadata.set_version(folder, "2026.2.dev", "2026-11-22")
    commit(folder, "Work on 2026.2.dev begins")
    git(folder, "tag", "--annotate", "2026.1", made.commit, "--message", "x")
    return folder


def pages(root: Path, edition: edition_register.Edition, place: Path) -> Path:
    """Instead of a build, a file that says of which commit it was made."""
    place.mkdir(parents=True)
    (place / "index.html").write_text(git(root, "show", f"{edition.commit}:CITATION.cff"))
    return place


def state(folder: Path) -> tuple:
    site = folder / "site"
    there = {
        path.relative_to(folder): path.is_file() and path.read_bytes() for path in site.rglob("*")
    }
    return (git_commands.head(folder), git(folder, "tag"), git(folder, "status", "--porcelain"),
            git(folder, "worktree", "list"), there, site.exists())  # fmt: skip


@pytest.fixture
def built(monkeypatch):
    """Instead of builds, :func:`pages`."""
    monkeypatch.setattr(build_edition, "built_from", pages)


@pytest.mark.parametrize(
    "version, words",
    [
        ("", "make edition VERSION=2026.2"),
        ("2026.02", "is no version"),
        ("2026.2.dev", "is no version"),
        ("2026.1", "edition 2026.1 is out; the next is 2026.2"),
        ("2025.9", "2025.9 is before 2026.1, which is out"),
        ("2026.4", "CHANGELOG.md has no section ## 2026.4"),
    ],
)
def test_a_version_that_cannot_come_next_is_refused_before_anything_is_done(
    repo, version, words, capsys
):
    before = state(repo)
    assert release.edition(version, "false", root=repo) == 1
    said = capsys.readouterr().out
    assert words in said and said.count("\n") == 1 and "Running" not in said
    assert state(repo) == before


def test_changes_that_are_not_committed_are_named(repo, capsys):
    (repo / "new.md").touch()
    change(repo / "CHANGELOG.md", "gone", "away")
    before = state(repo)
    assert release.edition("2026.2", "true", root=repo) == 1
    said = capsys.readouterr().out
    assert "not committed (CHANGELOG.md, new.md): commit them" in said
    assert state(repo) == before


def test_failing_tests_leave_nothing_and_the_tests_see_the_edition(repo, capsys):
    before = state(repo)
    code = "import pathlib, sys; sys.exit('2026.2\"' in pathlib.Path('pyproject.toml').read_text())"
    assert (
        release.edition(
            "2026.2", f'{sys.executable} -c "{code.replace(chr(34), chr(92) + chr(34))}"', root=repo
        )
        == 1
    )
    assert "failed: mend what it says above" in capsys.readouterr().out
    assert state(repo) == before


def test_a_build_that_fails_leaves_nothing(repo, monkeypatch, capsys):
    def fails(root, edition, place):
        place.mkdir()
        (place / "half.html").touch()
        raise NotBuilt("2026.2 could not be built")

    monkeypatch.setattr(build_edition, "built_from", fails)
    before = state(repo)
    assert release.edition("2026.2", "true", root=repo) == 1
    assert capsys.readouterr().out.endswith("No edition was made: 2026.2 could not be built\n")
    assert state(repo) == before


def test_a_tag_whose_book_cannot_be_built_leaves_no_worktree(repo, monkeypatch, capsys):
    before = state(repo)
    assert release.edition("2026.2", "true", root=repo) == 1  # there is no press in this repository
    assert "could not be built" in capsys.readouterr().out
    assert state(repo) == before


def test_breaking_off_leaves_nothing(repo, monkeypatch, built):
    def broken(*_):
        raise KeyboardInterrupt

    before = state(repo)
    monkeypatch.setattr(release, "run", broken)
    assert release.edition("2026.2", root=repo) == 1
    assert state(repo) == before


def test_a_failure_at_the_very_end_takes_the_edition_out_of_the_site(repo, monkeypatch, built):
    (repo / "site" / "2026.1").mkdir(parents=True)
    before = state(repo)
    write = book_metadata.set_version

    def fails(root, version, date):
        changed = write(root, version, date)
        if version.endswith(".dev"):
            raise OSError("no space left")
        return changed

    monkeypatch.setattr(book_metadata, "set_version", fails)
    assert release.edition("2026.2", "true", root=repo) == 1
    assert state(repo) == before


def test_what_somebody_changes_meanwhile_is_kept(repo, capsys):
    before = git_commands.head(repo)
    assert release.edition("2026.2", "touch note.md", root=repo) == 1
    assert "changed while the tests ran (note.md)" in capsys.readouterr().out
    assert (repo / "note.md").is_file() and git_commands.head(repo) == before


def test_a_folder_with_something_else_is_never_overwritten(repo, built, capsys):
    place = repo / "site" / "2026.2"
    place.mkdir(parents=True)
    (place / "index.html").write_text("another")
    before = state(repo)
    assert release.edition("2026.2", "true", root=repo) == 1
    assert (
        "site/2026.2 holds something else than its commit gives (index.html)"
        in capsys.readouterr().out
    )
    assert state(repo) == before


def test_an_edition_is_made(repo, built):
    assert release.edition("2026.2", "true", root=repo) == 0
    assert 'version: "2026.2"' in (repo / "site" / "2026.2" / "index.html").read_text()
    assert git(repo, "log", "--format=%s", "-2").splitlines() == [
        "Work on 2026.3.dev begins",
        "Edition 2026.2",
    ]
    assert git_commands.changed(repo) == [] and book_metadata.version(repo) == "2026.3.dev"
    first, second = edition_register.known(repo)
    assert second.commit == git(repo, "rev-parse", "HEAD~1") == git_commands.commit_of(repo, "2026.2")
    assert second.version == "2026.2" and second.date == book_metadata.date(repo)
    assert second.sha256 == edition_register.digest(edition_register.listing(repo / "site" / "2026.2"))
    assert edition_register.faults(repo) == edition_register.contradictions(repo) == []
    changed = git(repo, "show", "--format=", "--name-only", "HEAD").split()
    assert {"CITATION.cff", "editions.yml", "editions/2026.2.sha256"} <= set(changed)
    day = site_files.editions(
        git(repo, "show", "2026.2:CHANGELOG.md")
        .replace("## 2026.3\n", "## 2026.3 (2027-01-01)\n")
        .replace("## 2026.1\n", "## 2026.1 (2026-11-22)\n")
    )[1][1]
    assert day == book_metadata.date(repo)


def test_a_shallow_clone_cannot_serve(repo, tmp_path, capsys):
    commit_count = git(repo, "rev-list", "--count", "HEAD")
    (repo / "more.md").touch()
    commit(repo)
    assert int(commit_count) >= 1
    git(tmp_path, "clone", "--quiet", "--depth", "1", repo.as_uri(), str(tmp_path / "shallow"))
    assert release.edition("2026.2", "true", root=tmp_path / "shallow") == 1
    assert sites.site(tmp_path / "shallow") == 1
    said = capsys.readouterr().out
    assert said.count("this clone is shallow: fetch the rest with git fetch --unshallow") == 2
    assert said.splitlines()[1].startswith("site/ lacks 2026.1, to be built from the history, and this clone")
    assert said.count("\n") == 2 and "make book" in said


def test_a_source_archive_says_what_it_lacks_and_checks_what_it_has(repo, built, tmp_path, capsys):
    archive, there = tmp_path / "archive.tar", tmp_path / "there"
    git(repo, "archive", "--output", str(archive), "HEAD")
    shutil.unpack_archive(archive, there)
    assert sites.site(there) == 1
    said = capsys.readouterr().out
    assert said.startswith("site/ lacks 2026.1, to be built from the history, and there is no history here")
    assert said.count("\n") == 1 and "clone the book's repository" in said
    assert edition_register.faults(there) == edition_register.contradictions(there) == []
    (there / "site").mkdir()
    shutil.copytree(tmp_path / "pages" / "2026.1", there / "site" / "2026.1")
    assert verify.verify(root=there) == 0  # what is there is known by the record alone


def test_a_clone_without_tags_builds_the_editions_of_the_record(repo, built, tmp_path, monkeypatch):
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--no-tags", repo.as_uri(), str(clone))
    assert git_commands.tags(clone) == []
    monkeypatch.setattr(sites, "make_dev", lambda root, folder: None)
    monkeypatch.setattr(sites, "tell", lambda root, folder, held: None)
    monkeypatch.setattr(sites, "make_latest", lambda folder, held: None)
    assert sites.site(clone) == 0
    assert build_edition.differing(tmp_path / "pages" / "2026.1", clone / "site" / "2026.1") == []
    (clone / "site" / "2026.1" / "index.html").write_text("another")
    assert sites.site(clone) == 1  # never is what was changed published


def test_an_edition_that_this_machine_does_not_give_is_left_out_of_the_site_and_named(
    repo, built, tmp_path, monkeypatch, capsys
):
    def other_digits(*_):
        raise Different("edition 2026.1, built here, is not what editions.yml records")

    def dev(root, folder):
        shutil.copytree(tmp_path / "pages" / "2026.1", folder / "dev")

    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--no-tags", repo.as_uri(), str(clone))
    monkeypatch.setattr(build_edition, "built_from", other_digits)
    monkeypatch.setattr(sites, "make_dev", dev)
    monkeypatch.setattr(sites, "make_latest", lambda folder, held: None)
    told = []
    monkeypatch.setattr(sites, "tell", lambda root, folder, held: told.extend(each.folder for each in held))
    assert sites.site(clone) == 1
    assert told == ["dev"] and not (clone / "site" / "2026.1").exists()
    said = capsys.readouterr().out.splitlines()
    assert "does not give the bytes of 2026.1" in said[-1] and "make restore site" in said[-1]


def test_a_build_that_gives_other_bytes_than_the_record_is_no_edition(repo, monkeypatch, tmp_path):
    (edition,) = edition_register.read(repo)

    def copy(html, place):
        place.mkdir()
        (place / "edition.json").write_text('{"version": "2026.1"}')

    monkeypatch.setattr(build_edition, "build", lambda *_: None)
    monkeypatch.setattr(build_edition, "copy", copy)
    monkeypatch.setattr(build_environment, "python_for", lambda *_: sys.executable)
    with pytest.raises(Different, match="not what editions.yml records: edition.json and 1 more. .*make restore"):
        build_edition.built_from(repo, edition, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_changes_are_written_for_each_pair_and_outdated_ones_go(tmp_path, monkeypatch, capsys):
    class NoEdition(LookupError):
        pass

    def write(site, old, new, renamed):
        if old == "2026.1":
            raise NoEdition("there is no api/index.json")
        (site / "changes" / old / urls.folder(new)).mkdir(parents=True)

    told = SimpleNamespace(FOLDER="changes", NoEdition=NoEdition, write=write)
    monkeypatch.setattr(sites, "edition_diff", told)
    (tmp_path / "changes" / "2026.1" / "dev").mkdir(parents=True)
    those = [held("2026.1", ["a"], {}), held("2026.2", ["a"], {}), held("2026.3.dev", ["a"], {})]
    assert sites.write_changes(tmp_path, those) == {("2026.2", "dev")}
    assert [path.name for path in tmp_path.glob("changes/*/*")] == ["dev"]
    assert capsys.readouterr().out.count("there is no api/index.json") == 2


def test_a_folder_without_a_tag_is_no_edition(repo, capsys):
    (repo / "site" / "2025.1").mkdir(parents=True)
    assert sites.site(repo) == 1
    assert "site/2025.1 is no edition of editions.yml" in capsys.readouterr().out


# ------------------------------------------------------------------------------- what it is built with


EDITION = edition_register.Edition("2026.1", "2026-11-22", "0" * 40, "", "", ("lxml",))


def test_an_edition_is_built_by_this_python_if_it_has_its_packages(tmp_path, monkeypatch):
    number = metadata.version("numpy")
    (tmp_path / "requirements.txt").write_text(f"numpy=={number} ; python_version > '3' \\\n    --hash=sha256:1\n"
                                               "appnope==1 ; sys_platform == 'nowhere'\n")  # fmt: skip
    (tmp_path / "requirements-test.txt").write_text(
        f"iniconfig==0\nlxml=={metadata.version('lxml')} \\\n    --hash=sha256:2 \\\n    --hash=sha256:3\nxx==1\n")
    assert build_environment.python_for(tmp_path, tmp_path, EDITION) == sys.executable
    _, needed = build_environment.requirements(tmp_path, EDITION)
    assert "sha256:3" in needed and "iniconfig" not in needed and "xx==1" not in needed
    assert build_environment.requirements(tmp_path, EDITION, everything=True)[1].startswith("iniconfig==0")
    (tmp_path / "requirements-test.txt").write_text("")
    with pytest.raises(build_environment.NoPython, match="lxml, which edition 2026.1 needs also, is not locked"):
        build_environment.python_for(tmp_path, tmp_path, EDITION)


def test_else_an_environment_of_its_own_is_made_and_kept(tmp_path, monkeypatch):
    (tmp_path / "requirements.txt").write_text("numpy==0.0.1\n")
    edition = replace(EDITION, also=())
    called = []

    def run(command, **_):
        called.append(command)
        assert Path(command[1]).is_file()  # in a folder whose upper one gets the environment
        assert (Path(command[1]).parent.parent / "requirements.txt").read_text() == "numpy==0.0.1\n"
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(build_environment.subprocess, "run", run)
    python = build_environment.python_for(tmp_path, tmp_path, edition)
    assert python == build_environment.python_for(tmp_path, tmp_path, edition)
    assert Path(python).is_relative_to(tmp_path / build_environment.FOLDER) and called[0][0] == sys.executable
    monkeypatch.setattr(build_environment, "find", lambda version: "")
    with pytest.raises(build_environment.NoPython, match="built with Python 3.2, which is not here"):
        build_environment.python_for(tmp_path, tmp_path, replace(edition, python="3.2"))


# ---------------------------------------------------------------------------------------- the record


@pytest.mark.parametrize("old, new, words", [
    ("version: '2026.1'", "version: 2026", "entry 1: version is '2026'; give \"2026.1\""),
    ("date: '2026-11-22'", "date: 22.11.2026", "entry 1: date is '22.11.2026'; give 2026-11-26"),
    ("commit: ", "commit: x", "entry 1: commit is 'x"),
    ("also: []", "also: lxml", "entry 1: also is 'lxml'; give a list"),
    ("also: []", "", "missing or unknown: also"),
    ("- version", "- {x\n- version", "editions.yml:"),
])  # fmt: skip
def test_a_record_that_cannot_be_used_is_named(repo, old, new, words, capsys):
    change(repo / edition_register.FILE, old, new)
    assert words in edition_register.faults(repo)[0]
    assert sites.site(repo) == 1 and words in capsys.readouterr().out


def test_editions_stand_in_the_record_once_in_their_order(repo):
    (edition,) = edition_register.read(repo)
    edition_register.add(repo, edition)
    with pytest.raises(edition_register.BadRegister, match="2026.1 stands after 2026.1: list each edition once"):
        edition_register.read(repo)


def test_a_tag_that_contradicts_the_record_is_an_error_that_names_both(repo, capsys):
    (edition,) = edition_register.read(repo)
    git(repo, "tag", "--force", "--annotate", "2026.1", "HEAD", "--message", "x")
    words = f"the tag 2026.1 names commit {git_commands.head(repo)[:10]}, editions.yml says {edition.commit[:10]}"
    for command in (lambda: sites.site(repo), lambda: verify.verify(root=repo),
                    lambda: release.edition("2026.2", "true", root=repo)):  # fmt: skip
        assert command() == 1 and words in capsys.readouterr().out
    assert words in edition_register.contradictions(repo)[0]
    git(repo, "tag", "--delete", "2026.1")
    assert edition_register.contradictions(repo) == [] and edition_register.known(repo) == [edition]


def test_only_at_its_own_commit_a_tag_can_be_ahead_of_the_record(repo):
    (edition,) = edition_register.read(repo)
    git(repo, "tag", "2026.2")
    assert [each.version for each in edition_register.known(repo)] == ["2026.1", "2026.2"]
    git(repo, "checkout", "--quiet", edition.commit)  # which knows nothing of what came later
    assert [(each.version, each.sha256) for each in edition_register.known(repo)] == [("2026.1", "")]
    git(repo, "checkout", "--quiet", "main")
    (repo / "more.md").touch()
    commit(repo)
    with pytest.raises(edition_register.BadRegister, match="editions.yml has no edition 2026.2"):
        edition_register.known(repo)


def test_a_record_that_the_history_contradicts_is_named(repo):
    change(repo / edition_register.FILE, "'2026-11-22'", "'2026-11-23'")
    (fault,) = edition_register.contradictions(repo)
    assert "date of edition 2026.1 is 2026-11-23, CITATION.cff at" in fault and "says 2026-11-22" in fault
    git(repo, "tag", "--delete", "2026.1")
    change(repo / edition_register.FILE, edition_register.read(repo)[0].commit, "1" * 40)
    assert "the history has no commit 1111111111 of edition 2026.1" in edition_register.contradictions(repo)[0]
    (repo / "editions" / "2026.1.sha256").write_text("")
    assert "editions/2026.1.sha256 is not the list that editions.yml records" in edition_register.faults(repo)[0]


def test_the_list_of_an_edition_is_one_that_sha256sum_reads(repo, tmp_path):
    if not shutil.which("sha256sum"):
        pytest.skip("there is no sha256sum here")
    command = ["sha256sum", "--check", "--strict", str(edition_register.listing_of(repo, "2026.1"))]
    assert subprocess.run(command, cwd=tmp_path / "pages" / "2026.1", capture_output=True).returncode == 0


def test_the_record_of_this_book_agrees_with_what_is_kept_and_with_the_history():
    assert [edition.version for edition in edition_register.read(ROOT)][:2] == ["2026.1", "2026.2"]
    assert edition_register.faults(ROOT) == edition_register.contradictions(ROOT) == []
    for edition in edition_register.read(ROOT):
        assert snapshot.of(ROOT, edition.version).items("numbers")
        assert "index.html" in edition_register._by_name(edition_register.listing_of(ROOT, edition.version).read_text())


def test_an_edition_that_was_touched_is_found(repo, built, monkeypatch, capsys):
    for name in ("2026.1", "latest"):
        (repo / "site" / name).mkdir(parents=True)
        (repo / "site" / name / "index.html").write_text(git(repo, "show", "2026.1:CITATION.cff"))
    assert verify.verify(root=repo) == 0
    (repo / "site" / "2026.1" / "index.html").write_text("another")
    assert verify.verify(root=repo) == 1
    said = capsys.readouterr().out
    assert "2026.1: identical to editions.yml, sha256 " in said
    assert "2026.1: differs from editions.yml in 1 file\n  index.html" in said and "latest/ is no copy" in said


# ------------------------------------------------------------------------------------------ its parts


def test_editions_are_ordered_by_number():
    assert sorted(["2026.10", "2027.1", "2026.9"], key=versions.key) == [
        "2026.9",
        "2026.10",
        "2027.1",
    ]
    assert versions.following("2026.9") == "2026.10.dev"
    assert not any(map(versions.is_edition, ["2026.0", "v2026.1", "2026.1\n", "2026.1.dev"]))


def held(version: str, pages: list[str], moved: dict[str, str]) -> switcher.Held:
    facts = {"version": version, "date": "2026-01-01", "first": pages[0], "renamed": moved,
             "pages": {name: {"title": name, "changed": ""} for name in pages}}  # fmt: skip
    return switcher.Held("dev" if version.endswith(".dev") else version, facts)


def test_the_newest_is_an_edition_even_if_something_is_in_work():
    both = [held("2026.9", ["a"], {}), held("2026.10", ["a"], {}), held("2026.11.dev", ["a"], {})]
    assert switcher.newest(both).version == "2026.10"
    assert switcher.newest(both[2:]) is None
    listed = switcher.entries(both, "", {("2026.9", "2026.10")})
    assert [entry["url"] for entry in listed] == ["dev/", "2026.10/", "2026.9/"]
    assert listed[-1]["changes"] == ["2026.10"]


@pytest.mark.parametrize(
    "moved, words",
    [
        ({"a": "b"}, "a is a page of this book"),
        ({"x": "y"}, "x leads to y, which is no page"),
        ({"x": "y", "y": "x"}, "which is no page"),
        ({"../x": "a"}, "is no name of a page"),
    ],
)
def test_a_name_that_leads_nowhere_is_named(moved, words):
    found = redirects.faults(moved, {"a", "b"})
    assert found and words in found[0] and found[0].startswith(redirects.FILE)
    assert redirects.faults({"x": "y", "y": "a"}, {"a"}) == []  # renamed twice


@pytest.mark.parametrize("text", ["- a\n", "a: [b]\n", "a: b: c\n"])
def test_a_list_of_names_that_is_none_is_a_sentence(tmp_path, text):
    (tmp_path / "chapters").mkdir()
    assert redirects.read(tmp_path) == {}
    (tmp_path / redirects.FILE).write_text("a: b\nc: null\n")
    assert redirects.read(tmp_path) == {"a": "b"} and set(redirects.listed(tmp_path)) == {"a", "c"}
    (tmp_path / redirects.FILE).write_text(text)
    with pytest.raises(redirects.BadList, match=r"_renamed.yml:(\d+:)? write a line"):
        redirects.read(tmp_path)


def test_an_edition_in_its_place_stays(tmp_path):
    for name, text in (("place", "a"), ("same", "a"), ("other", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(text)
    assert build_edition.put(tmp_path / "same", tmp_path / "place") is False
    with pytest.raises(Different, match="an edition that is out never changes"):
        build_edition.put(tmp_path / "other", tmp_path / "place")
    assert (tmp_path / "place" / "index.html").read_text() == "a"


def test_the_record_of_this_book_can_be_set(tmp_path):
    begin(tmp_path / "a", "2026.7")
    assert (
        book_metadata.version(tmp_path / "a") == "2026.7" and book_metadata.date(tmp_path / "a") == "2026-11-22"
    )
    assert 'version = "2026.7"' in (tmp_path / "a" / "pyproject.toml").read_text()
    assert book_metadata.set_version(tmp_path / "a", "2026.7", "2026-11-22") == []


def test_git_is_not_led_elsewhere(repo, monkeypatch):
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert git_commands.tags(repo) == ["2026.1"]


def test_what_programs_read_of_the_newest_stands_at_the_root_too(repo):
    git(repo, "tag", "--annotate", "2026.2", "--message", "x")  # at the commit that is checked out
    site = repo / "site"
    for name in ("2026.1", "2026.2"):
        (site / name / "api").mkdir(parents=True)
        (site / name / "api" / "index.json").write_text(name)
        (site / name / "llms.txt").write_text(f"of {name}\n")
    (site / "api").mkdir()
    (site / "api" / "gone.json").touch()
    both = [held("2026.1", ["a"], {}), held("2026.2", ["a", "b"], {})]
    for each in both:
        each.facts["title"] = "A book"
    sites.write_api(repo, site, both, both[1], "https://book.example/")
    assert build_edition.files(site / "api") == {"index.json", "editions.json"}
    assert (site / "api" / "index.json").read_text() == "2026.2"
    assert (site / "llms.txt").read_text() == "of 2026.2\n"
    told = json.loads((site / "api" / "editions.json").read_text())["editions"]
    assert [(each["version"], each["api"], each["pages"]) for each in told] == [
        ("2026.2", "2026.2/api/", 2),
        ("2026.1", "2026.1/api/", 1),
    ]
