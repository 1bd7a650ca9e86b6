"""Editions: three of a very small book, made from tags and visited in a browser.

The book has this repository's press and settings and a few pages of text.  Its first edition has
the pages start, money and plans; in the second, money is called capital; in the third, plans is
gone.
"""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from threading import Thread

import pytest
import yaml
from playwright.sync_api import expect

from press import ROOT, book_metadata, edition_register, site_files
from press.editions import build_edition, git_commands
from press.editions.pages import switcher
from press.serve import serve
from tests.myst_header import HEADER
from tests.press.build.test_build import BIB, press
from tests.press.postprocess.test_accessibility import violations

ADDRESS = "https://book.example/ai-gap/"
PAGES = {
    "start": "# Start\n\n{doc}`money` and {doc}`plans` follow.\n",
    "money": "# Money\n\nA page on money.\n\n## A place\n\nWords.\n",
    "plans": "# Plans\n\nA page on plans.\n",
}
CHANGES = "# Changes\n\n## 2026.3\n\nThree is gone.\n\n## 2026.2\n\nTwo has another name.\n\n## 2026.1\n\nThe first.\n"


def git(folder: Path, *arguments: str) -> str:
    return git_commands.git(folder, *arguments)


def write_chapters(folder: Path, pages: dict[str, str]) -> None:
    chapters = folder / "chapters"
    for path in chapters.glob("*.md"):
        path.unlink()
    for name, text in pages.items():
        (chapters / f"{name}.md").write_text(HEADER + text, encoding="utf-8")
    rest = "".join(f"  - file: chapters/{name}\n" for name in pages if name != "start")
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: chapters/start\nchapters:\n{rest}")


def commit(folder: Path, words: str = "A change") -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", words)


def begin(folder: Path, version: str = "2026.1.dev") -> None:
    """A repository with nothing but a record and a list of changes."""
    folder.mkdir(exist_ok=True)
    for name in ("CITATION.cff", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    book_metadata.set_version(folder, version, "2026-11-22")
    (folder / "CHANGELOG.md").write_text(CHANGES)
    (folder / ".gitignore").write_text("/_build/\n/site/\n__pycache__/\n")
    (folder / "_config.yml").write_text('html:\n  baseurl: ""\n')
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "config", "user.name", "The authors")
    git(folder, "config", "user.email", "authors@book.example")
    commit(folder, "A book")


def write_book(folder: Path) -> None:
    """The small book, in a repository of its own."""
    for name in ("press", "citygap", "citypages"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "citygap" / "data" / "validate.py").open("a") as validate:
        validate.write("\n\ndef check():\n    return []  # there are none\n")
    (folder / "chapters").mkdir()
    (folder / "data").mkdir()
    (folder / "data" / "sources.bib").write_text(BIB)
    for name in ("typed.yml", "absences.yml"):
        (folder / "chapters" / name).write_text("[]\n")
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
def book(once) -> Path:
    """The small book with three editions, a fourth in work, and its site.  Not to be changed."""
    return once("editions", lambda parent: make_editions(parent / "book")) / "book"


def make_editions(folder: Path) -> None:
    """Write that book, make its editions and its site."""
    folder.mkdir()
    write_book(folder)
    make_edition(folder, "2026.1")
    (folder / "chapters" / "_renamed.yml").write_text("chapters/money: chapters/capital\n")
    pages = {
        "start": PAGES["start"].replace("money", "capital"),
        "capital": PAGES["money"],
        "plans": PAGES["plans"],
    }
    write_chapters(folder, pages)
    commit(folder, "Money is called capital")
    make_edition(folder, "2026.2")
    write_chapters(folder, {"start": "# Start\n\nNow {doc}`capital`.\n", "capital": PAGES["money"]})
    commit(folder, "Plans is gone")
    refused = press(folder, "edition", "2026.3", "--check", "true")
    assert refused.returncode == 1, refused.stdout
    assert "has chapters/plans, which is no longer there" in refused.stdout
    with (folder / "chapters" / "_renamed.yml").open("a") as names:
        names.write("chapters/plans: null\n")
    commit(folder, "It has no other name")
    make_edition(folder, "2026.3")
    write_chapters(
        folder,
        {
            "start": "# Start\n\nNow {doc}`capital`.\n",
            "capital": PAGES["money"],
            "ledger": "# Ledger\n\nNew.\n",
        },
    )
    # As in a fresh clone, the first is not there, nor is its tag: it is built from its commit once more.
    (folder / "site" / "2026.1").rename(folder.parent / "2026.1")
    tag = git(folder, "rev-parse", "refs/tags/2026.1")
    git(folder, "tag", "--delete", "2026.1")
    done = press(folder, "site")
    assert done.returncode == 0, done.stdout + done.stderr
    git(folder, "update-ref", "refs/tags/2026.1", tag)


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
        page.on(
            "console",
            lambda said: said.type == "error" and faults.append(f"{page.url}: {said.text}"),
        )
        page.goto(url, wait_until="load")
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
    follow(page, page.locator("#edition li a", has_text=name).first)


def follow(page, link) -> None:
    """Click on a link and wait for the page that it leads to, with all that scripts add."""
    with page.expect_navigation(wait_until="load"):
        link.click()


# ------------------------------------------------------------------------- what make edition leaves


@pytest.mark.slow
def test_each_edition_has_a_tag_a_commit_and_a_version_after_it(book):
    assert git_commands.tags(book) == ["2026.1", "2026.2", "2026.3"]
    recorded = edition_register.known(book)
    assert [edition.version for edition in recorded] == ["2026.1", "2026.2", "2026.3"]
    assert edition_register.faults(book) == edition_register.contradictions(book) == []
    for edition, after in (("2026.1", "2026.2.dev"), ("2026.3", "2026.4.dev")):
        assert git(book, "cat-file", "-t", f"refs/tags/{edition}") == "tag"  # annotated
        for name in ("CITATION.cff", "pyproject.toml"):
            text = git(book, "show", f"{edition}:{name}")
            assert re.search(rf'^version\s*[:=]\s*["\']?{edition}["\']?(?: #.*)?$', text, re.M), name
        assert re.search(
            rf"^## {edition} \(\d{{4}}-\d\d-\d\d\)$",
            git(book, "show", f"{edition}:CHANGELOG.md"),
            re.M,
        )
        following = git(book, "log", "--format=%H", "--reverse", f"{edition}..HEAD").split()[0]
        assert after in git(book, "show", f"{following}:CITATION.cff")
    assert 'version: "2026.4.dev"' in (book / "CITATION.cff").read_text(encoding="utf-8")


@pytest.mark.slow
def test_an_edition_built_from_its_commit_is_the_same_to_the_byte(book, site):
    names = build_edition.files(site / "2026.1")
    assert {"index.html", "chapters/start.html", "edition.json", "_static/all.css"} <= names
    assert build_edition.differing(book.parent / "2026.1", site / "2026.1") == []


@pytest.mark.slow
def test_without_its_history_a_book_is_built_and_one_line_says_what_it_lacks(book, tmp_path):
    git(book, "archive", "--output", str(tmp_path / "archive.tar"), "2026.3")
    shutil.unpack_archive(tmp_path / "archive.tar", tmp_path / "archive")
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--branch", "2026.3", book.as_uri(), str(tmp_path / "shallow"))
    for name, words in (("archive", "there is no history here"), ("shallow", "this clone is shallow")):
        done = press(tmp_path / name)
        assert done.returncode == 0, done.stdout + done.stderr
        assert sum(words in line for line in done.stdout.splitlines()) == 1
        done = press(tmp_path / name, "site")
        assert done.returncode == 1 and done.stdout.count("\n") == 1 and words in done.stdout


@pytest.mark.slow
def test_latest_is_a_copy_and_no_edition_was_touched(site):
    assert build_edition.differing(site / "2026.3", site / "latest") == []
    assert {path.name for path in site.iterdir() if path.is_dir()} >= {
        "2026.1",
        "2026.2",
        "2026.3",
        "dev",
        "latest",
    }
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
    assert re.findall(r'<link rel="canonical" href="([^"]+)"', page) == [
        f"{ADDRESS}latest/chapters/start.html"
    ]
    assert f'<meta property="og:url" content="{ADDRESS}latest/chapters/start.html" />' in page
    own = "2026.3" if folder == "latest" else folder
    picture = re.search(r'property="og:image" content="([^"]+)"', page)[1]
    assert (
        picture.startswith(f"{ADDRESS}{own}/") and (site / picture.removeprefix(ADDRESS)).is_file()
    )
    assert ('name="robots" content="noindex"' in page) == (folder == "dev")


@pytest.mark.slow
def test_sitemap_robots_and_feed_stand_at_the_root_alone(site):
    space = {"m": site_files.MAP, "a": site_files.ATOM}
    listed = ElementTree.parse(site / "sitemap.xml").getroot().findall("m:url/m:loc", space)
    assert [loc.text for loc in listed] == [
        f"{ADDRESS}latest/chapters/{name}.html" for name in ("capital", "start")
    ]
    feed = ElementTree.parse(site / "atom.xml").getroot().findall("a:entry/a:link", space)
    assert [link.get("href") for link in feed] == [
        f"{ADDRESS}2026.{n}/index.html" for n in (3, 2, 1)
    ]
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
    assert banner(page).startswith(
        "You read edition 2026.1; there is a newer one. This page in edition 2026.3."
    )
    follow(page, page.locator("#bd-header-version-warning a").first)
    expect(page).to_have_url(f"{address}2026.3/chapters/capital.html#a-place")  # by its new name
    assert page.locator("article h1").inner_text() == "Money" and banner(page) == ""


@pytest.mark.slow
def test_the_switcher_keeps_the_page_in_both_directions(address, visit):
    page = visit(f"{address}2026.1/chapters/money.html")
    items = page.locator("#edition li").all_text_contents()
    assert [re.match(r"In preparation|Edition 2026\.\d", words)[0] for words in items[:-1]] == [
        "In preparation", "Edition 2026.3", "Edition 2026.2", "Edition 2026.1"]  # fmt: skip
    assert page.locator("#edition [aria-current]").text_content().startswith("Edition 2026.1")
    choose(page, "In preparation")
    expect(page).to_have_url(f"{address}dev/chapters/capital.html")
    choose(page, "Edition 2026.2")
    expect(page).to_have_url(f"{address}2026.2/chapters/capital.html")
    choose(page, "Edition 2026.1")
    expect(page).to_have_url(f"{address}2026.1/chapters/money.html")


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
    expect(page).to_have_url(f"{address}{landed}")  # nothing is left in the address
    assert banner(page).startswith(words)
    page.locator("a", has_text="Back to that page").click()
    expect(page).to_have_url(f"{address}{start}")


@pytest.mark.slow
def test_nobody_can_be_told_by_a_link_what_is_not_true(address, visit):
    for query in (
        "?missing=chapters/start&from=2026.1",
        "?missing=<b>x</b>&from=2026.1",
        "?missing=constructor&from=x",
    ):
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
    expect(page).to_have_url(f"{address}2026.2/chapters/capital.html")
    page = visit(f"{address}editions.html", java_script_enabled=False)
    page.click("text=Edition 2026.2")
    expect(page).to_have_url(f"{address}2026.2/chapters/start.html")


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["2026.2", "2026.3", "latest", "dev"])
def test_an_old_name_leads_to_the_new_one_and_keeps_the_place(address, visit, folder):
    page = visit(f"{address}{folder}/chapters/money.html#a-place")
    expect(page).to_have_url(f"{address}{folder}/chapters/capital.html#a-place")


@pytest.mark.slow
def test_the_page_for_lost_readers_knows_who_has_what_they_seek(address, visit):
    page = visit(f"{address}latest/chapters/plans.html")
    visit.faults[:] = [fault for fault in visit.faults if "404" not in fault]  # the answer itself
    assert "There is no such page" in page.locator("h1").inner_text()
    assert page.locator("#lost li").all_text_contents() == ["Edition 2026.2", "Edition 2026.1"]
    page.locator("#lost a").first.click()
    expect(page).to_have_url(f"{address}2026.2/chapters/plans.html")


@pytest.mark.slow
def test_the_list_opens_and_closes_by_keyboard(address, visit):
    page = visit(f"{address}2026.2/chapters/start.html")
    page.locator("#edition summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#edition ul")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#edition ul")).to_be_hidden()


@pytest.mark.slow
def test_a_site_on_a_disk_works_and_a_book_alone_asks_for_nothing(site, visit, tmp_path):
    page = visit((site / "2026.1" / "chapters" / "money.html").as_uri())
    assert "This page in edition 2026.3" in banner(page)
    choose(page, "Edition 2026.2")
    expect(page).to_have_url((site / "2026.2" / "chapters" / "capital.html").as_uri())
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
    assert (
        "newer one" in banner(page) and page.locator("a", has_text="What has changed").count() == 0
    )


@pytest.mark.slow
def test_switcher_and_banners_are_open_to_everybody(address, visit, axe):
    for place in ("2026.1/chapters/plans.html", "dev/chapters/start.html"):
        page = visit(f"{address}{place}", bypass_csp=True)  # axe-core styles what it looks at
        page.locator("#edition summary").click()
        assert violations(page, axe) == []


# ---------------------------------------------------------------------------------- the book itself


@pytest.mark.book
def test_every_page_of_the_book_names_its_edition_and_can_be_switched(html):
    facts = json.loads((html / "edition.json").read_text(encoding="utf-8"))
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    assert facts["chapters"] == [contents["root"], *(each["file"] for each in contents["chapters"])]
    assert facts["version"] == book_metadata.version()
    for name, page in facts["pages"].items():
        text = (html / f"{name}.html").read_text(encoding="utf-8")
        assert f'<div id="edition" data-version="{facts["version"]}" data-page="{name}">' in text
        assert (
            'id="bd-header-version-warning"' in text and "editions.js" in text
        )  # the theme's slot
        assert page["title"]


def test_what_old_pages_rest_on_stays():
    """Editions that are out keep editions.js and these ids; switcher.js must go on serving them."""
    code = switcher.CODE.read_text(encoding="utf-8")
    assert set(re.findall(r'getElementById\("([^"]+)"\)', code)) <= {
        "edition", "edition-label", "edition-dev", "bd-header-version-warning", "lost"}  # fmt: skip
    assert "switcher.js" in (ROOT / "press" / "static" / "editions.js").read_text()
