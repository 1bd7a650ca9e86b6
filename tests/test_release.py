"""Making an edition: what is refused, what is taken back, and the parts of it.

The repositories of these tests hold a record and a list of changes, and no press.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from test_build import change
from test_editions import begin, commit, git

from press import addresses, sitefiles
from press.editions import (
    building,
    record,
    release,
    renamed,
    repository,
    switcher,
    verify,
    versions,
)
from press.editions import site as sites
from press.editions.building import Different, NotBuilt

# -------------------------------------------------------------------------------- what is refused


@pytest.fixture
def repo(tmp_path) -> Path:
    """A repository with a record and a list of changes, and the edition 2026.1."""
    folder = tmp_path / "repo"
    begin(folder, "2026.2.dev")
    git(folder, "tag", "--annotate", "2026.1", "--message", "x")
    return folder


def state(folder: Path) -> tuple:
    site = folder / "site"
    there = {
        path.relative_to(folder): path.is_file() and path.read_bytes() for path in site.rglob("*")
    }
    return (repository.head(folder), git(folder, "tag"), git(folder, "status", "--porcelain"),
            git(folder, "worktree", "list"), there, site.exists())  # fmt: skip


@pytest.fixture
def built(monkeypatch):
    """Instead of a build, a file that says of which tag it was made."""

    def built_from(root, tag, place):
        place.mkdir(parents=True)
        (place / "index.html").write_text(git(root, "show", f"{tag}:CITATION.cff"))
        return place

    monkeypatch.setattr(building, "built_from", built_from)


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
    def fails(root, tag, place):
        place.mkdir()
        (place / "half.html").touch()
        raise NotBuilt("2026.2 could not be built")

    monkeypatch.setattr(building, "built_from", fails)
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
    write = record.set_version

    def fails(root, version, date):
        changed = write(root, version, date)
        if version.endswith(".dev"):
            raise OSError("no space left")
        return changed

    monkeypatch.setattr(record, "set_version", fails)
    assert release.edition("2026.2", "true", root=repo) == 1
    assert state(repo) == before


def test_what_somebody_changes_meanwhile_is_kept(repo, capsys):
    before = repository.head(repo)
    assert release.edition("2026.2", "touch note.md", root=repo) == 1
    assert "changed while the tests ran (note.md)" in capsys.readouterr().out
    assert (repo / "note.md").is_file() and repository.head(repo) == before


def test_a_folder_with_something_else_is_never_overwritten(repo, built, capsys):
    place = repo / "site" / "2026.2"
    place.mkdir(parents=True)
    (place / "index.html").write_text("another")
    before = state(repo)
    assert release.edition("2026.2", "true", root=repo) == 1
    assert (
        "site/2026.2 holds something else than the tag gives (index.html)"
        in capsys.readouterr().out
    )
    assert state(repo) == before


def test_an_edition_is_made(repo, built):
    assert release.edition("2026.2", "true", root=repo) == 0
    assert 'version: "2026.2"' in (repo / "site" / "2026.2" / "index.html").read_text().replace(
        "'", '"'
    ) or ("version: 2026.2" in (repo / "site" / "2026.2" / "index.html").read_text())
    assert git(repo, "log", "--format=%s", "-2").splitlines() == [
        "Work on 2026.3.dev begins",
        "Edition 2026.2",
    ]
    assert repository.changed(repo) == [] and record.version(repo) == "2026.3.dev"
    day = sitefiles.editions(
        git(repo, "show", "2026.2:CHANGELOG.md")
        .replace("## 2026.3\n", "## 2026.3 (2027-01-01)\n")
        .replace("## 2026.1\n", "## 2026.1 (2026-11-22)\n")
    )[1][1]
    assert day == record.date(repo)


def test_a_shallow_clone_cannot_serve(repo, tmp_path, capsys):
    commit_count = git(repo, "rev-list", "--count", "HEAD")
    (repo / "more.md").touch()
    commit(repo)
    assert int(commit_count) >= 1
    git(tmp_path, "clone", "--quiet", "--depth", "1", repo.as_uri(), str(tmp_path / "shallow"))
    assert release.edition("2026.2", "true", root=tmp_path / "shallow") == 1
    assert sites.site(tmp_path / "shallow") == 1
    assert capsys.readouterr().out.count("git fetch --unshallow --tags") == 2


def test_a_folder_without_git_cannot_serve(tmp_path, capsys):
    assert sites.site(tmp_path) == 1
    assert "editions are tags of a git repository" in capsys.readouterr().out


def test_changes_are_written_for_each_pair_and_outdated_ones_go(tmp_path, monkeypatch, capsys):
    class NoEdition(LookupError):
        pass

    def write(site, old, new, renamed):
        if old == "2026.1":
            raise NoEdition("there is no api/index.json")
        (site / "changes" / old / addresses.folder(new)).mkdir(parents=True)

    told = SimpleNamespace(FOLDER="changes", NoEdition=NoEdition, write=write)
    monkeypatch.setattr(sites, "changes", told)
    (tmp_path / "changes" / "2026.1" / "dev").mkdir(parents=True)
    those = [held("2026.1", ["a"], {}), held("2026.2", ["a"], {}), held("2026.3.dev", ["a"], {})]
    assert sites.write_changes(tmp_path, those) == {("2026.2", "dev")}
    assert [path.name for path in tmp_path.glob("changes/*/*")] == ["dev"]
    assert capsys.readouterr().out.count("there is no api/index.json") == 2


def test_a_folder_without_a_tag_is_no_edition(repo, capsys):
    (repo / "site" / "2025.1").mkdir(parents=True)
    assert sites.site(repo) == 1
    assert "site/2025.1 has no tag 2025.1" in capsys.readouterr().out


def test_an_old_edition_is_built_with_its_own_packages(tmp_path, monkeypatch):
    (tmp_path / "Makefile").write_text("book:\n\techo of its own > made\n")
    building.build(tmp_path, "2026.1", own=True)
    assert (tmp_path / "made").read_text() == "of its own\n"


def test_an_edition_that_was_touched_is_found(repo, built, monkeypatch, capsys):
    for name in ("2026.1", "latest"):
        (repo / "site" / name).mkdir(parents=True)
        (repo / "site" / name / "index.html").write_text(git(repo, "show", "2026.1:CITATION.cff"))
    assert verify.verify(root=repo) == 0
    (repo / "site" / "2026.1" / "index.html").write_text("another")
    assert verify.verify(root=repo) == 1
    said = capsys.readouterr().out
    assert "2026.1: differs from its tag\n  index.html" in said and "latest/ is no copy" in said


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
    found = renamed.faults(moved, {"a", "b"})
    assert found and words in found[0] and found[0].startswith(renamed.FILE)
    assert renamed.faults({"x": "y", "y": "a"}, {"a"}) == []  # renamed twice


@pytest.mark.parametrize("text", ["- a\n", "a: [b]\n", "a: b: c\n"])
def test_a_list_of_names_that_is_none_is_a_sentence(tmp_path, text):
    (tmp_path / "chapters").mkdir()
    assert renamed.read(tmp_path) == {}
    (tmp_path / renamed.FILE).write_text("a: b\nc: null\n")
    assert renamed.read(tmp_path) == {"a": "b"} and set(renamed.listed(tmp_path)) == {"a", "c"}
    (tmp_path / renamed.FILE).write_text(text)
    with pytest.raises(renamed.BadList, match=r"_renamed.yml:(\d+:)? write a line"):
        renamed.read(tmp_path)


def test_an_edition_in_its_place_stays(tmp_path):
    for name, text in (("place", "a"), ("same", "a"), ("other", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(text)
    assert building.put(tmp_path / "same", tmp_path / "place") is False
    with pytest.raises(Different, match="an edition that is out never changes"):
        building.put(tmp_path / "other", tmp_path / "place")
    assert (tmp_path / "place" / "index.html").read_text() == "a"


def test_the_record_of_this_book_can_be_set(tmp_path):
    begin(tmp_path / "a", "2026.7")
    assert (
        record.version(tmp_path / "a") == "2026.7" and record.date(tmp_path / "a") == "2026-11-22"
    )
    assert 'version = "2026.7"' in (tmp_path / "a" / "pyproject.toml").read_text()
    assert record.set_version(tmp_path / "a", "2026.7", "2026-11-22") == []


def test_git_is_not_led_elsewhere(repo, monkeypatch):
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert repository.editions(repo) == ["2026.1"]


def test_what_programs_read_of_the_newest_stands_at_the_root_too(repo):
    git(repo, "tag", "--annotate", "2026.2", "--message", "x")
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
    assert building.files(site / "api") == {"index.json", "editions.json"}
    assert (site / "api" / "index.json").read_text() == "2026.2"
    assert (site / "llms.txt").read_text() == "of 2026.2\n"
    told = json.loads((site / "api" / "editions.json").read_text())["editions"]
    assert [(each["version"], each["api"], each["pages"]) for each in told] == [
        ("2026.2", "2026.2/api/", 2),
        ("2026.1", "2026.1/api/", 1),
    ]
