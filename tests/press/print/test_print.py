"""The book on paper: what is printed is whole, can be read, and leads where it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from press import book_metadata
from press import print as paper
from press.build import inputs
from press.languages.printed import FIRST, Language, printing
from press.languages.twins import printed_languages
from press.print import browser, clean_html, epub, links

pytestmark = [pytest.mark.book, pytest.mark.slow]  # printing takes half a minute
MILLIMETRE = 72 / 25.4
SIDE, EDGE = 25 * MILLIMETRE, 10 * MILLIMETRE  # no text nearer to the sides, to head and foot
SHORT, CHINESE = "methods", "index-zh"
BRIEFS = ("brief", "brief-zh")


PRINT = """
from pathlib import Path
from press.print import print_all
print_all(Path({html!r}), Path({out!r}), only={only!r})
"""


@pytest.fixture(scope="session")
def prints(html, root, once) -> dict[str, Path]:
    """The whole book and a short chapter, printed once.  Without a Chromium: see ``chromium``.

    In a process of its own, since the browser of the other tests may be running in this one.
    """
    if not any(map(shutil.which, browser.NAMES)):
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("there is no chromium here; .ci/run installs it")

    def print_both(out: Path) -> None:
        code = PRINT.format(html=str(html), out=str(out), only=(paper.NAME, SHORT, CHINESE, *BRIEFS))
        run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr

    out = once("pdf", print_both)
    chapters = {name: out / "chapters" / f"{name}.pdf" for name in (SHORT, CHINESE, *BRIEFS)}
    return {paper.NAME: out / f"{paper.NAME}.pdf"} | chapters


@pytest.fixture(scope="session")
def script(html):
    return clean_html.read(html, clean_html.FRONT)


@pytest.fixture(scope="session")
def packed(html, once) -> Path:
    """The EPUB."""
    return once("epub", lambda folder: epub.pack(html, folder / "book.epub")) / "book.epub"


@pytest.fixture(scope="session")
def chinese() -> Language:
    return printed_languages()[1]


@pytest.fixture(scope="session")
def packed_zh(html, once, chinese) -> Path:
    """The EPUB in Chinese."""
    with printing(chinese):
        return once("epub-zh", lambda folder: epub.pack(html, folder / "book.epub")) / "book.epub"


@pytest.fixture(scope="session")
def read(prints):
    """Of each print, by page: text, boxes of its lines (left, bottom, right, top), size, head and foot."""
    import pypdfium2

    found = {}
    for name, file in prints.items():
        pages = []
        for page in pypdfium2.PdfDocument(file):
            text = page.get_textpage()
            boxes = [text.get_rect(i) for i in range(text.count_rects())]
            width, height = page.get_size()
            head = text.get_text_bounded(0, height - 26 * MILLIMETRE, width, height).strip()
            foot = text.get_text_bounded(0, 0, width, 24 * MILLIMETRE).strip()
            pages.append((text.get_text_range(), boxes, (width, height), head, foot))
        found[name] = pages
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# ------------------------------------------------------------------------------------------- PDF


def test_contents_give_the_pages_on_which_chapters_and_figures_stand(prints, script, read):
    from press.print.pdf import page_numbers

    pages = page_numbers(prints[paper.NAME].read_bytes())
    words = squeezed("".join(text for text, *_ in read[paper.NAME][1 : pages["index"] - 1]))
    for chapter in script.chapters:
        for anchor, title in [(chapter.name, chapter.title), *chapter.sections]:
            assert f"{squeezed(title)}{pages[anchor]}" in words, title
        for figure in chapter.figures:
            assert f"{squeezed(figure.title.rstrip('.'))}{pages[figure.anchor]}" in words, (
                figure.anchor
            )
            caption = squeezed(f"Fig. {figure.number} {figure.title}")
            assert caption in squeezed(read[paper.NAME][pages[figure.anchor] - 1][0]), figure.anchor


def test_every_page_but_the_cover_bears_its_number_and_says_where_one_is(read, script):
    titles = {squeezed(part) for c in script.chapters for part in (c.title, "Contents", "Sources")}
    titles |= {"提要", "来源", "决策参考"}
    for name, pages in read.items():
        for number, (text, _, _, head, foot) in enumerate(pages, 1):
            if name == paper.NAME and number == 1:
                assert book_metadata.record().author in text and "CC BY 4.0" in text and not head
                continue
            assert foot == str(number), f"{name}, page {number}"
            lines = [squeezed(line) for line in head.splitlines()]  # a page may begin that high too
            assert any(line.endswith(title) for line in lines for title in titles), f"{name}, {number}: {head}"


@pytest.mark.parametrize("name", [paper.NAME, SHORT])
def test_bookmarks_lead_to_every_chapter_and_section(prints, script, name):
    import pikepdf

    with pikepdf.open(prints[name]) as pdf, pdf.open_outline() as outline:
        found = [title for item in outline.root for title in titles(item)]
    for chapter in script.chapters:
        if name in (paper.NAME, chapter.name):
            for title in (chapter.title, *(words for _, words in chapter.sections)):
                assert any(squeezed(entry).endswith(squeezed(title)) for entry in found), title


def titles(item) -> list[str]:
    return [item.title, *(title for child in item.children for title in titles(child))]


@pytest.mark.parametrize("name", [paper.NAME, SHORT, CHINESE, *BRIEFS])
def test_no_glyph_is_missing_and_all_fonts_are_enclosed(prints, read, name):
    import pikepdf

    assert all("\ufffd" not in text for text, *_ in read[name])
    with pikepdf.open(prints[name]) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for font in page.resources.get("/Font", {}).values():
                assert font.Subtype == "/Type0", "a drawn font, of a face that had to be made up"
                described = font.DescendantFonts[0].FontDescriptor
                assert "/FontFile2" in described or "/FontFile3" in described, font.BaseFont
                assert font.Encoding == "/Identity-H"
            for operands, operator in pikepdf.parse_content_stream(page, "Tj TJ"):
                shown = operands[0] if str(operator) == "TJ" else operands
                for piece in shown:
                    if isinstance(piece, pikepdf.String):
                        codes = bytes(piece)
                        glyphs = {codes[i : i + 2] for i in range(0, len(codes), 2)}
                        assert b"\0\0" not in glyphs, (
                            f"page {number} shows a glyph that no font has"
                        )


@pytest.mark.parametrize("name", [paper.NAME, SHORT, CHINESE, *BRIEFS])
def test_text_keeps_to_the_page(read, name):
    for number, (_, boxes, (width, height), *_) in enumerate(read[name], 1):
        for left, bottom, right, top in boxes:
            assert left >= SIDE and right <= width - SIDE, (
                f"page {number}: {left:.0f} to {right:.0f}"
            )
            assert bottom >= EDGE and top <= height - EDGE, f"page {number}"


def test_no_page_is_empty_and_none_half_empty_within_a_chapter(prints, script, read):
    from press.print.pdf import page_numbers

    pages = read[paper.NAME]
    starts = page_numbers(prints[paper.NAME].read_bytes())
    last = {starts[anchor] - 1 for anchor in [*(c.name for c in script.chapters), "sources"]} | {
        len(pages)
    }
    last |= {number for number in range(1, starts["index"])}  # the contents
    for number, (text, boxes, (_, height), *_) in enumerate(pages, 1):
        assert len(text) > 120, f"page {number} is all but empty"
        foot = min(bottom for _, bottom, _, _ in boxes if bottom > 24 * MILLIMETRE)
        if number not in last:
            assert foot < height / 2, f"page {number} ends at {foot / height:.0%} of its height"


def test_links_inside_lead_somewhere_and_none_to_this_machine(prints):
    import pikepdf

    with pikepdf.open(prints[paper.NAME]) as pdf:
        places, seen = set(pdf.Root.Dests.keys()), 0
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                if "/Dest" in note:
                    seen += 1
                    assert str(note.Dest) in places
                else:
                    assert re.match(r"https?:|mailto:", str(note.A.URI)), note.A.URI
    assert seen > 1000


def test_the_file_says_what_it_is(prints, chinese):
    import pikepdf

    for name, file in prints.items():
        language = chinese if name.endswith("-zh") else FIRST
        with printing(language):
            record = book_metadata.in_language(book_metadata.record())
        with pikepdf.open(file) as pdf:
            assert (
                record.title in str(pdf.docinfo["/Title"])
                and str(pdf.docinfo["/Author"]) == record.author
            )
            assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == language.tag, name


@pytest.mark.parametrize("name", BRIEFS)
def test_the_brief_takes_two_pages_and_says_how_to_cite_it(read, name):
    pages = read[name]
    assert len(pages) == 2
    assert "GB/T 7714-2025" in pages[1][0] and "APA 7" in pages[1][0]


@pytest.mark.parametrize("name", BRIEFS)
def test_the_brief_can_be_edited_and_holds_its_figure(prints, script, name):
    figure = next(chapter for chapter in script.chapters if chapter.name == "brief").figures[0]
    with zipfile.ZipFile(prints[name].with_suffix(".docx")) as archive:
        text = archive.read("word/document.xml").decode()
        assert 'w:w="11906" w:h="16838"' in text and text.count("<w:sectPr") == 1
        assert any(archive.read(part) == figure.png.read_bytes()
                   for part in archive.namelist() if "/media/" in part) == (name == "brief")
        words = "".join(node.text or "" for node in ElementTree.fromstring(text).iter() if node.tag.endswith("}t"))
    assert ("可信度" if name.endswith("-zh") else "well below") in words and "GB/T 7714-2025" in words


def test_figures_are_described_in_the_file(prints, script):
    import pikepdf

    with pikepdf.open(prints[paper.NAME]) as pdf:
        said = {
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        }
    for chapter in script.chapters:
        for figure in chapter.figures:
            assert figure.alt in said, figure.anchor


def test_without_a_browser_one_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(browser.NoBrowser, match="apt-get install chromium"), browser.press():
        pass


# ------------------------------------------------------------------------------------ manuscript


def test_the_manuscript_has_every_figure_and_claim_and_no_control(script, html):
    for chapter in script.chapters:
        page = (html / "chapters" / f"{chapter.name}.html").read_text(encoding="utf-8")
        assert len(chapter.figures) == len(re.findall(r"<figure\b[^>]*\bid=", page)), chapter.name
        assert page.count('<article class="claim"') == chapter.html.count('<article class="claim"')
        assert not re.search(r"<(?:script|button|select|input|data|details|svg)\b", chapter.html), (
            chapter.name
        )
        assert "data-page" in chapter.html or not chapter.links
    every = [anchor for chapter in script.chapters for anchor in chapter.ids]
    assert len(every) == len(set(every)), "an id stands twice"


def test_a_link_out_of_the_volume_needs_a_site():
    link = '<a class="reference" data-page="data/index.html" data-to="">words</a>'
    assert clean_html.settled(link, lambda to: "", "") == "words"
    there = clean_html.settled(link, lambda to: "", "https://example.org/book")
    assert there == '<a class="reference" href="https://example.org/book/data/index.html">words</a>'


def test_the_explorer_says_where_it_is(script):
    chapter = next(chapter for chapter in script.chapters if chapter.name == "catch-up-scenarios")
    assert "catch-up-scenarios.html" in chapter.html and "explorer stands here" in chapter.html


# ------------------------------------------------------------------------------------------ EPUB


@pytest.mark.slow  # Java, half a minute
@pytest.mark.parametrize("language", ["packed", "packed_zh"])
def test_epubcheck_finds_nothing(language, request):
    packed = request.getfixturevalue(language)
    program = shutil.which("epubcheck")
    if program is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("there is no epubcheck here; .ci/run installs it")
    # Debian's is a jar, which not every system starts by itself.
    jar = Path(program).read_bytes()[:2] == b"PK"
    command = [*(["java", "-jar"] if jar else []), program, str(packed)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "No errors or warnings detected" in run.stdout
    assert not re.search(r"^(?:WARNING|ERROR|FATAL)", run.stdout + run.stderr, re.M)


def test_the_chinese_epub_holds_the_chinese_pages(packed_zh, html, chinese, script):
    with printing(chinese):
        pages = clean_html.read(html, clean_html.FRONT).chapters
        record = book_metadata.in_language(book_metadata.record())
    with zipfile.ZipFile(packed_zh) as archive:
        package, contents = (archive.read(f"EPUB/{name}").decode() for name in ("content.opf", "nav.xhtml"))
    assert f"<dc:language>{chinese.tag}<" in package and record.author in package
    assert all(chapter.title in contents for chapter in pages)
    numbers = {chapter.name: [figure.number for figure in chapter.figures] for chapter in script.chapters}
    assert all([f.number for f in one.figures] == numbers[one.name] for one in pages)


def test_the_epub_holds_the_book_with_its_pictures_described(packed, html, script, tmp_path):
    epub.pack(html, tmp_path / "again.epub")
    assert packed.read_bytes() == (tmp_path / "again.epub").read_bytes()
    with zipfile.ZipFile(packed) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        package = archive.read("EPUB/content.opf").decode()
        pages = {name: archive.read(name).decode() for name in archive.namelist() if "/text/ch" in name}
        assert len(pages) == len(script.chapters) + 2  # how to read them, and the sources
        for chapter, name in zip(script.chapters, sorted(pages)[1:]):
            assert f'<section id="{chapter.name}"' in pages[name]
            images = list(ElementTree.fromstring(pages[name]).iter("{http://www.w3.org/1999/xhtml}img"))
            assert [image.get("alt") for image in images] == [
                figure.alt for figure in chapter.figures
            ]
            for image in images:
                assert archive.getinfo(f"EPUB/{image.get('src').removeprefix('../')}").file_size > 1000
            lost = chapter.ids - set(re.findall(r'\bid="([^"]+)"', pages[name]))
            assert not lost, f"{name}: pandoc dropped the anchors {sorted(lost)[:5]}"
        record = book_metadata.record()
        for part in (
            record.author,
            record.title.split(":")[0],
            "urn:uuid:",
            "<dc:language>en<",
            "schema:accessMode\">visual<",
            "CC BY 4.0",
        ):
            assert part in package
        navigation = archive.read("EPUB/nav.xhtml").decode()
        assert all(f'#{chapter.name}">' in navigation for chapter in script.chapters)
        assert all(f'#{chapter.sections[0][0]}">' in navigation for chapter in script.chapters if chapter.sections)


# ----------------------------------------------------------------------------- pages and their print


def test_on_paper_a_page_is_light_and_shows_no_control(open_page):
    page = open_page("chapters/catch-up-scenarios.html")
    assert page.locator(".figure-paper:visible, .explorer-paper:visible").count() == 0
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.bd-article p:not([class])')).color")
        == "rgb(20, 24, 30)"
    )
    figures = page.locator(".bd-article figure").count()
    assert page.locator(".figure-paper:visible").count() == figures
    assert (
        page.locator(".explorer-paper").is_visible()
        and page.locator(".explorer table").is_visible()
    )
    gone = ".bd-sidebar-primary, .bd-sidebar-secondary, .figure-card details, .figure-downloads, button, .headerlink, .explorer-form"
    shown = [item.get_attribute("class") for item in page.locator(gone).all() if item.is_visible()]
    assert not shown
    line = page.locator("data.quantity").first
    assert line.evaluate("node => getComputedStyle(node).textDecorationLine") == "none"


@pytest.mark.parametrize("chapter", ["gap-diagnosis", "claim-ledger", "data"])
def test_on_paper_nothing_is_wider_than_the_page(open_page, chapter):
    page = open_page(
        f"chapters/{chapter}.html", width=627
    )  # 166 mm: A4 without the margins of print.css
    page.emulate_media(media="print")
    wide = page.evaluate(
        """[...document.querySelectorAll(".bd-article *")].filter(node => !node.closest("svg") && node.offsetParent
           && node.getBoundingClientRect().right > innerWidth + 1).map(node => node.outerHTML.slice(0, 90))"""
    )
    assert not wide


def test_pages_link_to_what_was_printed_of_this_book_only(tmp_path):
    html, pdf, book = tmp_path / "html", tmp_path / "pdf", tmp_path / "epub"
    for page in (folder + name for name in inputs.names() for folder in ("", "zh/")):
        (html / page).parent.mkdir(parents=True, exist_ok=True)
        (html / f"{page}.html").write_text(
            '<article class="bd-article"><h1>Title</h1>text</article>'
        )
    (html / "index.html").write_text("")
    (pdf / "chapters").mkdir(parents=True)
    book.mkdir()
    (book / "book.epub").write_bytes(b"e" * 1000)
    (pdf / "chapters" / "methods.pdf").write_bytes(b"p" * 1_500_000)
    (pdf / "chapters" / "brief-zh.docx").write_bytes(b"d")
    old = pdf / "chapters" / "data.pdf"
    old.write_bytes(b"p")
    os.utime(old, (1, 1))
    links.put(html, pdf, book)
    once = (html / "chapters/methods.html").read_text()
    links.put(html, pdf, book)
    assert (html / "chapters/methods.html").read_text() == once
    assert (
        '</h1>\n<p class="page-paper"><a class="reference download" href="../pdf/methods.pdf"'
        in once
    )
    assert "1.5 MB" in once and (html / "pdf/methods.pdf").is_file()
    assert "page-paper" not in (html / "chapters/data.html").read_text()
    assert not (html / "pdf/data.pdf").exists()
    chinese = (html / "zh/chapters/brief.html").read_text()
    assert 'href="../pdf/brief-zh.docx" download>本章DOCX</a>（0.0MB）' in chinese and (html / "zh/pdf/brief-zh.docx").is_file()
    assert "page-paper" not in (html / "chapters/brief.html").read_text()
    assert "../pdf/book.epub" in (html / "chapters/index.html").read_text()
