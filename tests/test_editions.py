"""Editions: three of a very small book, made from tags and visited in a browser; and what is refused.

The book has this repository's press and settings and a few pages of text.  Its first edition has the
pages start, money and plans; in the second, money is called capital; in the third, plans is gone.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
import yaml
from test_access import axe, violations  # noqa: F401  a fixture
from test_build import BIB, HEAD, change, press

from press import ROOT, addresses, serve, sitefiles
from press.editions import building, record, release, renamed, repository, switcher, verify, versions
from press.editions import site as sites
from press.editions.building import Different, NotBuilt
from press.editions.release import Refused

ADDRESS = "https://book.example/ai-gap/"
PAGES = {
    "start": "# Start\n\n{doc}`money` and {doc}`plans` follow.\n",
    "money": "# Money\n\nA page on money.\n\n## A place\n\nWords.\n",
    "plans": "# Plans\n\nA page on plans.\n",
}
CHANGES = "# Changes\n\n## 2026.3\n\nThree is gone.\n\n## 2026.2\n\nTwo has another name.\n\n## 2026.1\n\nThe first.\n"
AS_RECORDED = ("CITATION.cff", "book.yml", ".zenodo.json", "codemeta.json")


def git(folder: Path, *arguments: str) -> str:
    return repository.git(folder, *arguments)


def write_chapters(folder: Path, pages: dict[str, str]) -> None:
    chapters = folder / "chapters"
    for path in chapters.glob("*.md"):
        path.unlink()
    for name, text in pages.items():
        (chapters / f"{name}.md").write_text(HEAD + text, encoding="utf-8")
    rest = "".join(f"  - file: chapters/{name}\n" for name in pages if name != "start")
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: chapters/start\nchapters:\n{rest}")


def commit(folder: Path, words: str = "A change") -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", words)


def begin(folder: Path, version: str = "2026.1.dev") -> None:
    """A repository with nothing but a record and a list of changes."""
    folder.mkdir(exist_ok=True)
    for name in (*AS_RECORDED, "pyproject.toml"):
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, folder / name)
    record.set_version(folder, version, "2026-11-22")
    (folder / "CHANGELOG.md").write_text(CHANGES)
    (folder / ".gitignore").write_text("/_build/\n/site/\n__pycache__/\n")
    (folder / "_config.yml").write_text('html:\n  baseurl: ""\n')
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "config", "user.name", "The authors")
    git(folder, "config", "user.email", "authors@book.example")
    commit(folder, "A book")


def write_book(folder: Path) -> None:
    """The small book, in a repository of its own."""
    for name in ("press", "citygap"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "citygap" / "tables.py").open("a") as tables:
        tables.write("\n\ndef check():\n    return []  # there are none\n")
    (folder / "chapters").mkdir()
    (folder / "data").mkdir()
    (folder / "data" / "sources.bib").write_text(BIB)
    (folder / "press" / "typed.yml").write_text("[]\n")
    shutil.copy(ROOT / "requirements.txt", folder)
    write_chapters(folder, PAGES)
    begin(folder)
    settings = (ROOT / "_config.yml").read_text(encoding="utf-8")
    settings = re.sub(r'baseurl: "[^"]*"', f"baseurl: {ADDRESS}", settings)
    (folder / "_config.yml").write_text(settings, encoding="utf-8")
    commit(folder)


def make_edition(folder: Path, version: str) -> None:
    done = press(folder, "edition", version, "--check", "true")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def book(tmp_path_factory) -> Path:
    """The small book with three editions, a fourth in work, and its site.  Not to be changed."""
    folder = tmp_path_factory.mktemp("editions") / "book"
    folder.mkdir()
    write_book(folder)
    make_edition(folder, "2026.1")
    (folder / "chapters" / "_renamed.yml").write_text("chapters/money: chapters/capital\n")
    pages = {"start": PAGES["start"].replace("money", "capital"), "capital": PAGES["money"], "plans": PAGES["plans"]}
    write_chapters(folder, pages)
    commit(folder, "Money is called capital")
    make_edition(folder, "2026.2")
    write_chapters(folder, {"start": "# Start\n\nNow {doc}`capital`.\n", "capital": PAGES["money"]})
    commit(folder, "Plans is gone")
    make_edition(folder, "2026.3")
    write_chapters(folder, {"start": "# Start\n\nNow {doc}`capital`.\n", "capital": PAGES["money"], "ledger": "# Ledger\n\nNew.\n"})
    # As in a fresh clone, the first is not there: it is built from its tag once more.
    (folder / "site" / "2026.1").rename(folder.parent / "2026.1")
    done = press(folder, "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def site(book) -> Path:
    return book / "site"


@pytest.fixture(scope="session")
def address(site, tmp_path_factory):
    """The site on a host, below the path of its address."""
    host = tmp_path_factory.mktemp("host")
    (host / "ai-gap").symlink_to(site)
    (host / "404.html").symlink_to(site / "404.html")
    with serve.server(folder=host) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/ai-gap/"
        running.shutdown()


@pytest.fixture
def visit(chromium):
    """Open an address; what goes wrong while a page is read is a failure."""
    contexts, faults = [], []

    def opened(url: str, **options):
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda said: said.type == "error" and faults.append(f"{page.url}: {said.text}"))
        page.goto(url, wait_until="load")
        page.wait_for_timeout(400)  # for what the theme slides in
        return page

    opened.faults = faults
    yield opened
    for context in contexts:
        context.close()
    assert not faults


def banner(page) -> str:
    slot = page.locator("#bd-header-version-warning")
    return " ".join(slot.inner_text().split()) if slot.is_visible() else ""


def choose(page, name: str) -> None:
    page.locator("#edition summary").click()
    page.locator("#edition li a", has_text=name).first.click()
    page.wait_for_load_state("load")
    page.wait_for_timeout(400)


# ------------------------------------------------------------------------- what make edition leaves


@pytest.mark.slow
def test_each_edition_has_a_tag_a_commit_and_a_version_after_it(book):
    assert repository.editions(book) == ["2026.1", "2026.2", "2026.3"]
    for edition, after in (("2026.1", "2026.2.dev"), ("2026.3", "2026.4.dev")):
        assert git(book, "cat-file", "-t", f"refs/tags/{edition}") == "tag"  # annotated
        for name in ("CITATION.cff", "pyproject.toml"):
            text = git(book, "show", f"{edition}:{name}")
            assert re.search(rf'^version\s*[:=]\s*["\']?{edition}["\']?$', text, re.M), name
        assert re.search(rf"^## {edition} \(\d{{4}}-\d\d-\d\d\)$", git(book, "show", f"{edition}:CHANGELOG.md"), re.M)
        following = git(book, "log", "--format=%H", "--reverse", f"{edition}..HEAD").split()[0]
        assert after in git(book, "show", f"{following}:CITATION.cff")
    assert record.version(book) == "2026.4.dev"


@pytest.mark.slow
def test_an_edition_built_from_its_tag_is_the_same_to_the_byte(book, site):
    names = building.files(site / "2026.1")
    assert {"index.html", "chapters/start.html", "edition.json", "_static/all.css"} <= names
    assert building.differing(book.parent / "2026.1", site / "2026.1") == []


@pytest.mark.slow
def test_latest_is_a_copy_and_no_edition_was_touched(site):
    assert building.differing(site / "2026.3", site / "latest") == []
    assert {path.name for path in site.iterdir() if path.is_dir()} >= {"2026.1", "2026.2", "2026.3", "dev", "latest"}
    assert [path.name for path in site.glob(".*")] == [".nojekyll"]  # nothing half made
    assert (site / "2026.1" / "chapters" / "plans.html").is_file()
    assert not (site / "2026.3" / "chapters" / "plans.html").exists()
    assert (site / "dev" / "chapters" / "ledger.html").is_file()


@pytest.mark.slow
def test_no_page_holds_a_path_of_the_machine(book, site):
    for path in site.rglob("*"):
        if path.is_file():
            assert str(book.parent).encode() not in path.read_bytes(), path


# --------------------------------------------------------------------------------- files of the site


@pytest.mark.slow
def test_the_switcher_has_the_themes_format(site):
    listed = json.loads((site / "switcher.json").read_text())
    assert [entry["version"] for entry in listed] == ["2026.4.dev", "2026.3", "2026.2", "2026.1"]
    assert [entry["version"] for entry in listed if entry.get("preferred")] == ["2026.3"]
    assert all(entry["url"] == f"{ADDRESS}{entry['folder']}/" and entry["name"] for entry in listed)
    newest = listed[1]
    assert newest["lacks"] == ["chapters/ledger", "chapters/money", "chapters/plans"]
    assert newest["renamed"] == {"chapters/money": "chapters/capital"}


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["2026.1", "2026.3", "latest", "dev"])
def test_search_engines_are_led_to_the_newest(site, folder):
    page = (site / folder / "chapters" / "start.html").read_text(encoding="utf-8")
    assert re.findall(r'<link rel="canonical" href="([^"]+)"', page) == [f"{ADDRESS}latest/chapters/start.html"]
    assert f'<meta property="og:url" content="{ADDRESS}latest/chapters/start.html" />' in page
    own = "2026.3" if folder == "latest" else folder
    picture = re.search(r'property="og:image" content="([^"]+)"', page)[1]
    assert picture.startswith(f"{ADDRESS}{own}/") and (site / picture.removeprefix(ADDRESS)).is_file()
    assert ('name="robots" content="noindex"' in page) == (folder == "dev")


@pytest.mark.slow
def test_sitemap_robots_and_feed_stand_at_the_root_alone(site):
    space = {"m": sitefiles.MAP, "a": sitefiles.ATOM}
    listed = ElementTree.parse(site / "sitemap.xml").getroot().findall("m:url/m:loc", space)
    assert [loc.text for loc in listed] == [f"{ADDRESS}latest/chapters/{name}.html" for name in ("capital", "start")]
    feed = ElementTree.parse(site / "atom.xml").getroot().findall("a:entry/a:link", space)
    assert [link.get("href") for link in feed] == [f"{ADDRESS}2026.{n}/index.html" for n in (3, 2, 1)]
    urls = [loc.text for loc in listed] + [link.get("href") for link in feed]
    assert all((site / url.removeprefix(ADDRESS)).is_file() for url in urls)
    assert (site / "robots.txt").read_text().endswith(f"Sitemap: {ADDRESS}sitemap.xml\n")
    for name in ("sitemap.xml", "atom.xml", "robots.txt", "404.html"):
        assert [path.parent for path in site.rglob(name)] == [site]


@pytest.mark.slow
def test_programs_find_all_editions(book, site):
    told = json.loads((site / "api" / "editions.json").read_text())["editions"]
    assert [entry["version"] for entry in told] == ["2026.3", "2026.2", "2026.1"]
    assert [entry["newest"] for entry in told] == [True, False, False]
    for entry in told:
        assert entry["address"] == f"{ADDRESS}{entry['version']}/chapters/start.html"
        assert (site / entry["path"] / "index.html").is_file()
        assert entry["commit"] == git(book, "rev-list", "-n1", entry["version"])


# ------------------------------------------------------------------------------------- in a browser


@pytest.mark.slow
def test_the_root_opens_the_newest(address, visit):
    page = visit(address)
    page.wait_for_url("**/latest/chapters/start.html")
    assert page.locator("#edition summary").inner_text() == "Edition 2026.3"
    assert banner(page) == ""


@pytest.mark.slow
def test_an_old_page_tells_of_the_newest_and_leads_to_the_same_page(address, visit):
    page = visit(f"{address}2026.1/chapters/money.html#a-place")
    assert banner(page).startswith("You read edition 2026.1; there is a newer one. This page in edition 2026.3.")
    page.locator("#bd-header-version-warning a").first.click()
    page.wait_for_load_state("load")
    assert page.url == f"{address}2026.3/chapters/capital.html#a-place"  # by its new name
    assert page.locator("article h1").inner_text() == "Money" and banner(page) == ""


@pytest.mark.slow
def test_the_switcher_keeps_the_page_in_both_directions(address, visit):
    page = visit(f"{address}2026.1/chapters/money.html")
    items = page.locator("#edition li").all_text_contents()
    assert [re.match(r"In preparation|Edition 2026\.\d", words)[0] for words in items[:-1]] == [
        "In preparation", "Edition 2026.3", "Edition 2026.2", "Edition 2026.1"]  # fmt: skip
    assert page.locator("#edition [aria-current]").text_content().startswith("Edition 2026.1")
    choose(page, "In preparation")
    assert page.url == f"{address}dev/chapters/capital.html"
    choose(page, "Edition 2026.2")
    assert page.url == f"{address}2026.2/chapters/capital.html"
    choose(page, "Edition 2026.1")
    assert page.url == f"{address}2026.1/chapters/money.html"


@pytest.mark.slow
@pytest.mark.parametrize(
    "start, name, landed, words",
    [
        ("2026.1/chapters/plans.html", "Edition 2026.3", "2026.3/chapters/start.html",
         "The page Plans of edition 2026.1 is not part of edition 2026.3; this is its first page."),
        ("dev/chapters/ledger.html", "Edition 2026.1", "2026.1/chapters/start.html",
         "The page Ledger of the one in preparation is not part of edition 2026.1; this is its first page."),
    ],
)  # fmt: skip
def test_a_page_that_is_not_there_is_said_so(address, visit, start, name, landed, words):
    page = visit(f"{address}{start}")
    choose(page, name)
    assert page.url == f"{address}{landed}"  # nothing is left in the address
    assert banner(page).startswith(words)
    page.locator("a", has_text="Back to that page").click()
    page.wait_for_load_state("load")
    assert page.url == f"{address}{start}"


@pytest.mark.slow
def test_nobody_can_be_told_by_a_link_what_is_not_true(address, visit):
    for query in ("?missing=chapters/start&from=2026.1", "?missing=<b>x</b>&from=2026.1", "?missing=constructor&from=x"):
        page = visit(f"{address}2026.3/chapters/start.html{query}")
        assert banner(page) == ""


@pytest.mark.slow
def test_a_page_in_work_says_so_without_scripts_too(address, visit):
    page = visit(f"{address}dev/chapters/start.html")
    words = page.locator(".bd-header-announcement").inner_text()
    assert "not yet an edition" in words and "This page in edition 2026.3" in words
    page = visit(f"{address}dev/chapters/start.html", java_script_enabled=False)
    assert "not yet an edition" in page.locator(".bd-header-announcement").inner_text()
    assert page.locator("#edition-label").inner_text() == "Not yet an edition (2026.4.dev)"


@pytest.mark.slow
def test_without_scripts_the_edition_stands_in_the_page_and_links_lead_on(address, visit):
    page = visit(f"{address}2026.1/chapters/money.html", java_script_enabled=False)
    assert page.locator("#edition-label").inner_text() == "Edition 2026.1"
    assert page.locator("#edition-all").get_attribute("href") == f"{ADDRESS}editions.html"
    page = visit(f"{address}2026.2/chapters/money.html", java_script_enabled=False)
    assert page.url == f"{address}2026.2/chapters/capital.html"
    page = visit(f"{address}editions.html", java_script_enabled=False)
    page.click("text=Edition 2026.2")
    assert page.url == f"{address}2026.2/chapters/start.html"


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["2026.2", "2026.3", "latest", "dev"])
def test_an_old_name_leads_to_the_new_one_and_keeps_the_place(address, visit, folder):
    page = visit(f"{address}{folder}/chapters/money.html#a-place")
    assert page.url == f"{address}{folder}/chapters/capital.html#a-place"


@pytest.mark.slow
def test_the_page_for_lost_readers_knows_who_has_what_they_seek(address, visit):
    page = visit(f"{address}latest/chapters/plans.html")
    visit.faults[:] = [fault for fault in visit.faults if "404" not in fault]  # the answer itself
    assert "There is no such page" in page.locator("h1").inner_text()
    assert page.locator("#lost li").all_text_contents() == ["Edition 2026.2", "Edition 2026.1"]
    page.locator("#lost a").first.click()
    assert page.url == f"{address}2026.2/chapters/plans.html"


@pytest.mark.slow
def test_the_list_opens_and_closes_by_keyboard(address, visit):
    page = visit(f"{address}2026.2/chapters/start.html")
    page.locator("#edition summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#edition ul").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#edition ul").is_visible()


@pytest.mark.slow
def test_a_site_on_a_disk_works_and_a_book_alone_asks_for_nothing(site, visit, tmp_path):
    page = visit((site / "2026.1" / "chapters" / "money.html").as_uri())
    assert "This page in edition 2026.3" in banner(page)
    choose(page, "Edition 2026.2")
    assert page.url == (site / "2026.2" / "chapters" / "capital.html").as_uri()
    alone = shutil.copytree(site / "2026.1", tmp_path / "html")
    asked: list[str] = []
    page = visit((alone / "chapters" / "money.html").as_uri())
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert page.locator("#edition").inner_text().startswith("Edition 2026.1")
    assert page.locator("#edition details").count() == 0 and banner(page) == ""
    assert not any("switcher" in url for url in asked)


@pytest.mark.slow
def test_an_old_page_leads_to_what_changed_since(site, visit, tmp_path):
    copy = shutil.copytree(site, tmp_path / "site")
    everything = [switcher.Held.of(copy, name) for name in switcher.folders(copy)]
    switcher.write(copy, everything, "", {("2026.1", "2026.3"), ("2026.3", "dev")})
    for folder, pair in (("2026.1", "2026.1/2026.3"), ("dev", "2026.3/dev")):
        page = visit((copy / folder / "chapters" / "start.html").as_uri())
        link = page.locator("a", has_text=f"What has changed since {pair.partition('/')[0]}")
        aim = (copy / "changes" / pair / "index.html").as_uri()
        assert link.get_attribute("href") == f"{aim}#chapters/start"
    page = visit((copy / "2026.2" / "chapters" / "start.html").as_uri())
    assert "newer one" in banner(page) and page.locator("a", has_text="What has changed").count() == 0


@pytest.mark.slow
def test_switcher_and_banners_are_open_to_everybody(address, visit, axe):
    for place in ("2026.1/chapters/plans.html", "dev/chapters/start.html"):
        page = visit(f"{address}{place}")
        page.locator("#edition summary").click()
        assert violations(page, axe) == []


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
    there = {path.relative_to(folder): path.is_file() and path.read_bytes() for path in site.rglob("*")}
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
def test_a_version_that_cannot_come_next_is_refused_before_anything_is_done(repo, version, words, capsys):
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
    assert release.edition("2026.2", f'{sys.executable} -c "{code.replace(chr(34), chr(92) + chr(34))}"', root=repo) == 1
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
    assert "site/2026.2 holds something else than the tag gives (index.html)" in capsys.readouterr().out
    assert state(repo) == before


def test_an_edition_is_made(repo, built):
    assert release.edition("2026.2", "true", root=repo) == 0
    assert 'version: "2026.2"' in (repo / "site" / "2026.2" / "index.html").read_text().replace("'", '"') or (
        "version: 2026.2" in (repo / "site" / "2026.2" / "index.html").read_text())
    assert git(repo, "log", "--format=%s", "-2").splitlines() == ["Work on 2026.3.dev begins", "Edition 2026.2"]
    assert repository.changed(repo) == [] and record.version(repo) == "2026.3.dev"
    day = sitefiles.editions(git(repo, "show", "2026.2:CHANGELOG.md").replace("## 2026.3\n", "## 2026.3 (2027-01-01)\n")
                             .replace("## 2026.1\n", "## 2026.1 (2026-11-22)\n"))[1][1]
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
    monkeypatch.setattr("press.changes", told, raising=False)
    monkeypatch.setitem(sys.modules, "press.changes", told)
    (tmp_path / "changes" / "2026.1" / "dev").mkdir(parents=True)
    those = [held("2026.1", ["a"], {}), held("2026.2", ["a"], {}), held("2026.3.dev", ["a"], {})]
    assert sites.write_changes(tmp_path, those) == {("2026.2", "dev")}
    assert [path.name for path in tmp_path.glob("changes/*/*")] == ["dev"]
    assert capsys.readouterr().out.count("there is no api/index.json") == 2


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
    assert sorted(["2026.10", "2027.1", "2026.9"], key=versions.key) == ["2026.9", "2026.10", "2027.1"]
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
    assert record.version(tmp_path / "a") == "2026.7" and record.date(tmp_path / "a") == "2026-11-22"
    assert 'version = "2026.7"' in (tmp_path / "a" / "pyproject.toml").read_text()
    assert record.set_version(tmp_path / "a", "2026.7", "2026-11-22") == []


@pytest.mark.book
def test_every_page_of_the_book_names_its_edition_and_can_be_switched(html):
    facts = json.loads((html / "edition.json").read_text(encoding="utf-8"))
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    assert facts["chapters"] == [contents["root"], *(each["file"] for each in contents["chapters"])]
    assert facts["version"] == record.version()
    for name, page in facts["pages"].items():
        text = (html / f"{name}.html").read_text(encoding="utf-8")
        assert f'<div id="edition" data-version="{facts["version"]}" data-page="{name}">' in text
        assert 'id="bd-header-version-warning"' in text and "editions.js" in text  # the theme's slot
        assert page["title"]


def test_what_old_pages_rest_on_stays():
    """Editions that are out keep editions.js and these ids; switcher.js must go on serving them."""
    code = switcher.CODE.read_text(encoding="utf-8")
    assert set(re.findall(r'getElementById\("([^"]+)"\)', code)) <= {
        "edition", "edition-label", "edition-dev", "bd-header-version-warning", "lost"}  # fmt: skip
    assert "switcher.js" in (ROOT / "press" / "static" / "editions.js").read_text()


def test_git_is_not_led_elsewhere(repo, monkeypatch):
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert repository.editions(repo) == ["2026.1"]
    assert isinstance(subprocess.run(["true"], env=repository.environment()).returncode, int)
