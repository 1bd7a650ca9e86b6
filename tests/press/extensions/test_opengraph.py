"""How pages name themselves, with and without an address of the site."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from html import unescape
from pathlib import Path
from threading import Thread

import pytest
import yaml
from docutils import nodes
from PIL import Image
from playwright.sync_api import expect

from press import ROOT, book_metadata, site_files, urls
from press.editions import versions
from press.extensions import descriptions, opengraph_cards
from press.serve import serve
from press.urls import folder
from press.write import last_modified
from tests.press.build.test_build import press, write_book
from tests.chapter_pages import chapter_pages

ADDRESS = "https://book.example/ai-gap/"
REPOSITORY = "https://github.com/authors/book"
CHANGES = """\
# Changes

## 2026.2 (2026-12-24)

- A second edition, with *more* data.

## 2026.1 (2026-11-22)

The first edition.
"""
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)" />')
PROPERTY = re.compile(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)" />')


def address_set() -> bool:
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    return bool(settings["html"]["baseurl"])


def properties(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in PROPERTY.findall(page)}


def pages(html: Path) -> list[Path]:
    return [*chapter_pages(html), *sorted((html / "data").rglob("*.html"))]


def git(folder: Path, *arguments: str, date: str = "") -> None:
    moments = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@a.example", "-C", str(folder)]
    subprocess.run([*command, *arguments], check=True, env={**os.environ, **moments})


@pytest.fixture(scope="session")
def published(once) -> Path:
    """The built small book of a site with an address and a repository.  Not to be changed."""
    return once("published", publish) / "_build" / "html"


def publish(folder: Path) -> None:
    """Write that book and build it."""
    write_book(folder)
    settings = (folder / "_config.yml").read_text(encoding="utf-8")
    settings = re.sub(r'baseurl: ""', f"baseurl: {ADDRESS.rstrip('/')}", settings)
    settings = re.sub(r'repository_url: ""', f"repository_url: {REPOSITORY}", settings)
    (folder / "_config.yml").write_text(settings, encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    shutil.copy(ROOT / "CITATION.cff", folder)
    shutil.copytree(ROOT / "citygap" / "fonts", folder / "citygap" / "fonts")
    git(folder, "init", "-q")
    for file, date in (("chapters/one.md", "2026-03-01T23:30:00-0300"), (".", "2026-04-05T12:00Z")):
        git(folder, "add", file)
        git(folder, "commit", "-qm", "A change", date=date)
    done = press(folder)
    assert done.returncode == 0, done.stdout + done.stderr


# ------------------------------------------------------------------ the book as it is set


@pytest.mark.book
def test_every_page_has_a_title_and_a_sentence(html):
    seen: dict[str, Path] = {}
    for path in pages(html):
        page = path.read_text(encoding="utf-8")
        found = DESCRIPTION.findall(page)
        assert len(found) == 1, path
        words = unescape(found[0])
        assert 20 <= len(words) <= descriptions.LONGEST, (path, words)
        assert not re.search(r"[<>{}`*]|\s\.|\(\)", words), (path, words)
        assert len(re.findall("<title>[^<]+</title>", page)) == 1
        given = properties(page)
        assert given["og:description"] == words and given["og:title"] and given["og:site_name"]
        seen.setdefault(words, path)
    chapters = [path for path in seen.values() if path.parent.name == "chapters"]
    assert len(chapters) == len(chapter_pages(html))


@pytest.mark.book
def test_the_sentence_of_a_chapter_is_its_first_takeaway_as_computed(html):
    page = (html / "chapters" / "gap-diagnosis.html").read_text(encoding="utf-8")
    words = unescape(DESCRIPTION.search(page)[1])
    answer = re.search(r"<strong>In short</strong></p>\s*<ul[^>]*>\s*<li>(.*?)</li>", page, re.S)[1]
    plain = " ".join(unescape(re.sub(r"<[^>]+>", "", answer)).split())
    assert plain.startswith(words.rstrip(" …"))
    number = re.search(r'data-key="opening/models-share"[^>]*>([^<]+)', page)[1]
    assert f"holds {number} of" in words


@pytest.mark.book
@pytest.mark.skipif(address_set(), reason="the site has an address")
def test_without_an_address_nothing_points_to_a_host(html):
    for path in [*pages(html), html / "index.html"]:
        head = path.read_text(encoding="utf-8").partition("</head>")[0]
        assert not re.search(r'rel="canonical"|og:url|og:image|application/atom', head), path
        assert not re.search(r'<meta[^>]+content="https?:', head), path
        assert "twitter:card\" content=\"summary\"" in head


@pytest.mark.book
def test_the_footer_names_edition_and_day(html):
    known = last_modified.dates()
    for path in pages(html):
        page = path.read_text(encoding="utf-8")
        name = path.relative_to(html).with_suffix("").as_posix()
        foot = page[page.index('<footer class="bd-footer-content">') :]
        assert f"Edition {book_metadata.record().edition}." in foot, path
        date = last_modified.of_page(name, known)
        assert re.findall(r'last changed on <time datetime="([\d-]+)">\1</time>', foot) == (
            [date] if date else []
        ), path


@pytest.mark.book
def test_prev_next_and_the_contents_of_the_page_are_there(html):
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    names = [Path(toc["root"]).name, *(Path(each["file"]).name for each in toc["chapters"])]
    for before, name, after in zip([None, *names], names, [*names[1:], None], strict=False):
        page = (html / "chapters" / f"{name}.html").read_text(encoding="utf-8")
        for side, other in (("left-prev", before), ("right-next", after)):
            found = re.findall(rf'<a class="{side}"\s+href="([^"]+)"', page)
            assert found == ([f"{other}.html"] if other else [])
        sections = re.findall(r"^## ", (ROOT / "chapters" / f"{name}.md").read_text(), re.M)
        contents = page.partition('<div id="pst-secondary-sidebar"')[2].partition("<footer")[0]
        assert contents.count("toc-h2 nav-item") == len(sections), name


@pytest.mark.book
@pytest.mark.skipif(address_set(), reason="links start below the path of the site's address")
@pytest.mark.parametrize("path", ["/none", "/chapters/none.html", "/a/b/c/d.html"])
def test_an_address_that_leads_nowhere_has_a_page_at_any_depth(path, html, chromium, monkeypatch):
    monkeypatch.setattr(serve, "HTML", html)
    with serve.server() as running:
        Thread(target=running.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{running.server_port}"
        page = chromium.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        assert page.goto(root + path).status == 404
        assert {url for url in asked if "favicon" not in url} == {root + path}
        page.fill("input[name=q]", "bedrock")
        page.click("button")
        expect(page).to_have_url(f"{root}/search.html?q=bedrock")
        page.goto(root + path)
        page.click("text=Gap diagnosis")
        expect(page).to_have_url(f"{root}/chapters/gap-diagnosis.html")
        page.close()
        running.shutdown()


# ------------------------------------------------------------- a small book with an address


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one", "two"])
def test_with_an_address_a_page_gives_its_own(published, name):
    page = (published / "chapters" / f"{name}.html").read_text(encoding="utf-8")
    own = f"{ADDRESS}latest/chapters/{name}.html"
    assert re.findall(r'<link rel="canonical" href="([^"]+)"', page) == [own]
    given = properties(page)
    assert given["og:url"] == own and given["twitter:card"] == "summary_large_image"
    picture = given["og:image"]
    place = f"{ADDRESS}{folder(book_metadata.record().edition)}/"
    assert picture.startswith(place) and given["og:image:alt"]
    with Image.open(published / picture.removeprefix(place)) as found:
        assert found.format == "PNG" and found.size == (1200, 630)
        assert found.size == (int(given["og:image:width"]), int(given["og:image:height"]))
        assert len(found.getcolors(1 << 20)) > 2  # something is drawn
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert f'href="{ADDRESS}atom.xml"' in page


@pytest.mark.slow
def test_a_published_page_is_cited_by_its_permanent_address(published):
    page = (published / "chapters" / "one.html").read_text(encoding="utf-8")
    stays = f"{ADDRESS}{urls.permanent('/', book_metadata.record().version, 'chapters/one')[1:]}"
    assert f'<meta name="citation_public_url" content="{stays}" />' in page
    fold = page[page.index('<details class="cite"') :].partition("</details>")[0]
    assert fold.count(stays) == 3
    said = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1]
    assert f'"url":"{stays}"' in said
    for end in (".bib", ".biblatex.bib", ".ris", ".json"):
        file = published / "_static" / "cite" / "chapters-one" / f"one{end}"
        assert stays in file.read_text(encoding="utf-8")



@pytest.mark.slow
def test_the_leading_page_gives_the_address_of_the_first(published):
    lead = (published / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<link rel="canonical" href="([^"]+)"', lead) == [f"{ADDRESS}latest/chapters/one.html"]
    place = f"{ADDRESS}{folder(book_metadata.record().edition)}/"
    assert properties(lead)["og:image"] == f"{place}_static/share/one.png"


@pytest.mark.slow
def test_files_of_a_whole_site_are_none_of_a_book(published):
    for name in ("sitemap.xml", "atom.xml", "robots.txt", "404.html"):
        assert not (published / name).exists()


@pytest.mark.slow
def test_the_sitemap_lists_every_page_with_its_day(published, tmp_path):
    told = json.loads((published / "edition.json").read_text())["pages"]
    dated = {name: page["changed"] for name, page in told.items() if page["changed"]}
    site_files.write_sitemap(tmp_path, ADDRESS, dated)
    site_files.write_robots(tmp_path, ADDRESS)
    top = ElementTree.parse(tmp_path / "sitemap.xml").getroot()
    space = {"m": site_files.MAP}
    assert top.tag == f"{{{site_files.MAP}}}urlset"
    found = {url.findtext("m:loc", None, space): url.findtext("m:lastmod", None, space) for url in top}
    # 23:30 west of Greenwich is the next day in UTC
    assert found == {
        f"{ADDRESS}latest/chapters/one.html": "2026-03-02",
        f"{ADDRESS}latest/chapters/two.html": "2026-04-05",
    }
    robots = (tmp_path / "robots.txt").read_text()
    assert robots.splitlines()[-1] == f"Sitemap: {ADDRESS}sitemap.xml" and "Disallow" not in robots


@pytest.mark.slow
def test_the_feed_has_an_entry_an_edition(published, tmp_path):
    site_files.write_feed(tmp_path, ADDRESS, published.parent.parent, ["2026.1", "2026.2"])
    feed = ElementTree.parse(tmp_path / "atom.xml").getroot()
    space = {"a": site_files.ATOM}
    assert feed.tag == f"{{{site_files.ATOM}}}feed"
    assert feed.findtext("a:updated", None, space) == "2026-12-24T00:00:00Z"
    assert feed.findtext("a:title", None, space) == book_metadata.record().title
    assert feed.find("a:link[@rel='self']", space).get("href") == f"{ADDRESS}atom.xml"
    entries = feed.findall("a:entry", space)
    titles = [entry.findtext("a:title", None, space) for entry in entries]
    assert titles == ["Edition 2026.2", "Edition 2026.1"]
    ids = [entry.findtext("a:id", None, space) for entry in entries]
    assert ids == ["tag:book.example,2026-12-24:2026.2", "tag:book.example,2026-11-22:2026.1"]
    assert "<em>more</em>" in entries[0].findtext("a:content", None, space)
    links = [entry.find("a:link", space).get("href") for entry in entries]
    assert links == [f"{ADDRESS}2026.2/index.html", f"{ADDRESS}2026.1/index.html"]
    site_files.write_feed(tmp_path, ADDRESS, published.parent.parent, ["2026.1"])
    feed = ElementTree.parse(tmp_path / "atom.xml").getroot()
    assert [each.text for each in feed.findall("a:entry/a:title", space)] == ["Edition 2026.1"]


def test_the_page_for_lost_readers_starts_below_the_sites_path():
    page = site_files.missing(ADDRESS, "A & B", "en", [("One", "chapters/one")], within="latest/")
    links = re.findall(r'(?:href|action)="([^"]+)"', page)
    links.remove("data:,")  # no icon to ask for
    assert links == ["/ai-gap/index.html", "/ai-gap/latest/search.html",
                     "/ai-gap/latest/chapters/one.html"]  # fmt: skip
    assert "A &amp; B" in page and "<script" not in page


@pytest.mark.slow
def test_with_a_repository_chapters_can_be_launched(published):
    page = (published / "chapters" / "one.html").read_text(encoding="utf-8")
    version = book_metadata.record().edition
    tag = "main" if versions.is_unreleased(version) else version
    assert f"https://mybinder.org/v2/gh/authors/book/{tag}?urlpath=lab/tree/chapters/one.md" in page
    notebook = f"authors/book/blob/gh-pages/{folder(version)}/downloads/one.ipynb"
    assert f"https://colab.research.google.com/github/{notebook}" in page
    assert (published / "downloads" / "one.ipynb").is_file()
    assert REPOSITORY in (published / "downloads" / "one.ipynb").read_text()
    fetched = re.findall(r'<img[^>]+src="([^"]+)"', page)
    assert not any(url.startswith("http") for url in fetched)


# --------------------------------------------------------------------------- its parts


def chapter(*paragraphs: str) -> nodes.document:
    from docutils.utils import new_document

    document = new_document("x")
    for words in paragraphs:
        paragraph = nodes.paragraph()
        for part in re.split(r"(<.*?>.*?</.*?>|\(K, 2024\))", words):
            if part.startswith("<"):
                paragraph += nodes.raw("", part, format="html")
            elif part.startswith("(K"):
                paragraph += nodes.inline("", part, classes=["bibtex-citation"])
            else:
                paragraph += nodes.Text(part)
        document += paragraph
    return document


LONG = "The head cities stand where no one else does on every count that treats them alike"


@pytest.mark.parametrize(
    "paragraphs, sentence",
    [
        (["What?", f"Answer.\n{LONG}, at <data>6 to 83</data> times (K, 2024). More."],
         f"{LONG}, at 6 to 83 times."),
        (["Are they?", "Answer. Both. More."], "Are they? Both."),
        (["No answer here. More."], "No answer here."),
        ([], ""),
    ],
)  # fmt: skip
def test_a_sentence_is_the_first_of_the_answer(paragraphs, sentence):
    assert descriptions.of_chapter(chapter(*paragraphs)) == sentence


def test_a_long_sentence_ends_at_a_word():
    short = descriptions.short(" ".join(["word"] * 90) + ".")
    assert len(short) <= descriptions.LONGEST and short.endswith("word \u2026")


def test_dates_are_those_of_commits(tmp_path):
    root = tmp_path / "book"
    (root / "chapters").mkdir(parents=True)
    (root / "data").mkdir()
    git(tmp_path, "init", "-q", str(root))
    for file, date in (("chapters/a.md", "2026-01-01"), ("data/t.csv", "2026-02-02"),
                       ("chapters/b.md", "2026-03-03"), ("chapters/a.md", "2026-04-04")):  # fmt: skip
        (root / file).write_text(date)
        git(root, "add", ".")
        git(root, "commit", "-qm", "A change", date=f"{date}T12:00Z")
    (root / "chapters" / "b.md").write_text("not committed")
    known = last_modified.dates(root)
    assert known == {
        "chapters/a.md": "2026-04-04", "data/t.csv": "2026-02-02", "chapters/b.md": "2026-03-03",
    }  # fmt: skip
    assert last_modified.of_page("data/places/x", known) == "2026-02-02"
    assert last_modified.of_page("chapters/none", known) == ""
    before = last_modified.digest(root)
    git(root, "commit", "-qam", "b", date="2026-05-05T12:00Z")
    assert last_modified.digest(root) != before
    git(tmp_path, "clone", "-q", "--depth", "1", root.as_uri(), str(tmp_path / "shallow"))
    assert last_modified.dates(tmp_path / "shallow") == {}
    assert last_modified.dates(root / "chapters") == {}  # a folder of another repository


def test_without_a_repository_or_git_there_are_no_dates(tmp_path, monkeypatch):
    (tmp_path / "chapters").mkdir()
    assert last_modified.dates(tmp_path) == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert last_modified.dates(ROOT) == {}


def test_the_changes_give_every_edition_a_day():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    listed = site_files.editions(text)
    out = text[text.index(f"## {listed[0][0]}") :]  # without one in work, which has no day
    assert site_files.editions(f"## 2030.1\n\nNot out.\n\n{out}") == listed
    record = book_metadata.record()
    last = record.version
    if versions.is_unreleased(last):
        assert versions.following(listed[0][0]) == last
    else:
        assert listed[0][:2] == (last, record.date)
    with pytest.raises(site_files.NoDate, match="edition 2026.3 has no day"):
        site_files.editions("## 2026.4\n\n## 2026.3\n\nWords.\n")


def test_a_picture_is_the_same_every_time_and_holds_its_words():
    words = "Beijing (北京) stands far above Chongqing (重庆) on every count " * 3
    one, two = (opengraph_cards.draw("A title", words, None, "The book") for _ in range(2))
    assert one.tobytes() == two.tobytes() and one.size == opengraph_cards.SIZE
    # nothing runs over the right or the lower margin
    right = one.crop((1200 - opengraph_cards.MARGIN + 5, 20, 1200, 630))
    assert right.getcolors() == [(right.width * right.height, (255, 255, 255))]
    below = one.crop((0, 615, 1200, 630))
    assert below.getcolors() == [(below.width * below.height, (255, 255, 255))]


@pytest.mark.book
def test_the_font_of_pictures_has_every_sign(html):
    from fontTools.ttLib import TTFont

    from press import FONTS

    signs = set(TTFont(next(FONTS.glob("*.ttf"))).getBestCmap())
    for path in chapter_pages(html):
        given = properties(path.read_text(encoding="utf-8"))
        words = (given["og:title"] + given["og:description"]).translate(opengraph_cards.NARROW)
        assert {ord(sign) for sign in words} <= signs, path
