"""Citations: their words, style by style, and what other programs read from their files."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
from bs4 import BeautifulSoup
from pybtex.database import parse_string

from press import book_metadata
from press.book_metadata import Author
from press.citing import citable, citation_box, export_formats, styles
from tests.chapter_pages import chapter_pages
from tests.page_files import citations_in, filled

SITE = "https://book.example/"
BOOK = replace(book_metadata.record(), title="A Bridge on Its Own Bedrock: Chongqing's AI gap, measured",
               authors=(Author("The authors"),), version="2026.1", date="2026-11-22", doi="",
               site="")  # fmt: skip
ONLINE = replace(BOOK, site=SITE)
FULL = replace(ONLINE, doi="10.5281/zenodo.123456", version="2026.2.dev", date="2026-12-01",
               authors=(Author(family="Li", given="Wei Min"), Author(family="Meier", given="Anna")))  # fmt: skip
TITLES = {
    "chapters/index": "unused, the first page is the book",
    "chapters/head-city-advantages": "Head-city advantages",
    "chapters/asked": "Will it close?",
}
HOSTILE = (
    "</script><script>alert(1)</script>\r\nER  - \nTY  - BOOK } {\\input{x} 100% & \"b\" 'c' #_~^ $x$ "
    "<i>d</i> ]]> @book{x, 重庆"
)


def citer(book) -> citation_box.Citer:
    return citation_box.Citer(book, "chapters/index", TITLES)


def chapter(name: str) -> citable.Part:
    return citable.chapter(f"chapters/{name}", TITLES[f"chapters/{name}"])


FRONT = citable.front("chapters/index", BOOK)
FIGURE = citable.figure("chapters/gap-diagnosis", "2.1", 'The city\'s "AI+" plan is late.', "fig-plan")
CLAIM = citable.named("chapters/claim-ledger", "Claim", "C07", "Chengdu is ahead")
NUMBER = citable.number("chapters/gap-diagnosis", "firms-beijing", "20.4 to 22.1%")


# ------------------------------------------------------------------------------ words of the styles

TITLE = "A Bridge on Its Own Bedrock: Chongqing’s AI gap, measured"
HEADLINE = "A Bridge on Its Own Bedrock: Chongqing’s AI Gap, Measured"
AT = f"{SITE}2026.1/chapters/"

#: Italics stand between asterisks.
GOLDEN = [
    # APA 7: a book's title is in italics and in sentence case, the edition in brackets after it.
    (BOOK, "apa", FRONT, f"The authors. (2026). *{TITLE}* (2026.1 ed.)."),
    # The address comes last and without a full stop.
    (ONLINE, "apa", FRONT, f"The authors. (2026). *{TITLE}* (2026.1 ed.). {AT}index.html"),
    # The part upright, then "In" and the book in italics.
    (BOOK, "apa", chapter("head-city-advantages"),
     f"The authors. (2026). Head-city advantages. In *{TITLE}* (2026.1 ed.)."),
    # A title that ends with a question mark has no full stop after it.
    (BOOK, "apa", chapter("asked"), f"The authors. (2026). Will it close? In *{TITLE}* (2026.1 ed.)."),
    (ONLINE, "apa", FIGURE, f"The authors. (2026). Figure 2.1: The city’s “AI+” plan is late. In *{TITLE}* "
     f"(2026.1 ed.). {AT}gap-diagnosis.html#fig-plan"),
    (ONLINE, "apa", CLAIM, f"The authors. (2026). Claim C07: Chengdu is ahead. In *{TITLE}* (2026.1 ed.). "
     f"{AT}claim-ledger.html#C07"),
    (ONLINE, "apa", NUMBER, "The authors. (2026). Number gap-diagnosis/firms-beijing: 20.4 to 22.1%. In "
     f"*{TITLE}* (2026.1 ed.). {AT}gap-diagnosis.html#n-firms-beijing"),
    # Persons: family name and initials, an ampersand; with a DOI no other address.
    (FULL, "apa", FIGURE, "Li, W. M., & Meier, A. (2026). Figure 2.1: The city’s “AI+” plan is late. In "
     f"*{TITLE}* (version 2026.2.dev). https://doi.org/10.5281/zenodo.123456"),

    # Chicago (18th): the year after the name; titles in headline style, also after a hyphen.
    (BOOK, "chicago", FRONT, f"The authors. 2026. *{HEADLINE}*. 2026.1 ed."),
    # A part in quotation marks, the full stop within them; the edition after the book.
    (BOOK, "chicago", chapter("head-city-advantages"),
     f"The authors. 2026. “Head-City Advantages.” In *{HEADLINE}*, 2026.1 ed."),
    (BOOK, "chicago", chapter("asked"), f"The authors. 2026. “Will It Close?” In *{HEADLINE}*, 2026.1 ed."),
    # Marks within quotation marks are single; a caption is a sentence and keeps its capitals.
    (ONLINE, "chicago", FIGURE, "The authors. 2026. “Figure 2.1: The city’s ‘AI+’ plan is late.” In "
     f"*{HEADLINE}*, 2026.1 ed. {AT}gap-diagnosis.html#fig-plan."),
    (ONLINE, "chicago", NUMBER, "The authors. 2026. “Number gap-diagnosis/firms-beijing: 20.4 to 22.1%.” In "
     f"*{HEADLINE}*, 2026.1 ed. {AT}gap-diagnosis.html#n-firms-beijing."),
    # Persons: first names in full, only the first author inverted.
    (FULL, "chicago", CLAIM, f"Li, Wei Min, and Anna Meier. 2026. “Claim C07: Chengdu is ahead.” In *{HEADLINE}*, "
     "version 2026.2.dev. https://doi.org/10.5281/zenodo.123456."),

    # GB/T 7714-2025: names as they are written, [M] for a monograph, edition, year.
    (BOOK, "gbt", FRONT, f"The authors. {TITLE}[M]. 2026.1 ed. 2026."),
    # [M/OL] for one that is online, and its address; the day of reading is for pages that change.
    (ONLINE, "gbt", FRONT, f"The authors. {TITLE}[M/OL]. 2026.1 ed. 2026. {AT}index.html."),
    # A part stands before //, the authors of the whole and the whole after it.
    (BOOK, "gbt", chapter("head-city-advantages"),
     f"The authors. Head-city advantages[M]//The authors. {TITLE}. 2026.1 ed. 2026."),
    (ONLINE, "gbt", FIGURE, f"The authors. Figure 2.1: The city’s “AI+” plan is late[M/OL]//The authors. {TITLE}. "
     f"2026.1 ed. 2026. {AT}gap-diagnosis.html#fig-plan."),
    # Persons: initials without full stops, a wide comma between two; the DOI comes last.
    (FULL, "gbt", CLAIM, f"Li W M，Meier A. Claim C07: Chengdu is ahead[M/OL]//Li W M，Meier A. {TITLE}. "
     f"version 2026.2.dev. 2026. {SITE}dev/chapters/claim-ledger.html#C07. DOI:10.5281/zenodo.123456."),
]  # fmt: skip


@pytest.mark.parametrize(("book", "style", "part", "words"), GOLDEN)
def test_a_citation_reads_as_its_style_wants(book, style, part, words):
    said = citer(book).of(part)[style]
    asterisks = said.replace(styles.ON, "*").replace(styles.OFF, "*")
    assert asterisks.replace(styles.READ, styles.UNREAD) == words


def test_each_part_stands_alone_in_its_list():
    """No 2026a and 2026b, which are of a list with both."""
    one = citer(ONLINE)
    for part in (FRONT, chapter("asked"), FIGURE, CLAIM):
        for style in ("apa", "chicago", "gbt"):
            assert not re.search(r"2026[a-z]", one.of(part)[style])


# -------------------------------------------------------------------- files, and who reads them


def by_pandoc(text: str, form: str) -> list[dict]:
    """What pandoc reads from a list of references."""
    done = subprocess.run([styles.pandoc(), f"--from={form}", "--to=csljson"], input=text,
                          capture_output=True, text=True, encoding="utf-8", check=True)  # fmt: skip
    assert not done.stderr, done.stderr
    return json.loads(done.stdout)


def straight(words: str) -> str:
    """Words without what programs set by themselves: curly marks, no-break spaces, kept capitals."""
    words = re.sub(r"</?span[^>]*>", "", words)
    return " ".join(words.translate(str.maketrans("‘’“”", "''\"\"")).split())


def agree(item: dict, read: dict, form: str) -> None:
    """That another program reads from a form what stands in the item."""
    fields = ["id", "title", "container-title", "author", "URL", "DOI", "issued", "edition", "type"]
    if form == "bibtex":  # which knows no days, and whose styles add the word "edition"
        item = item | {"edition": item["edition"].removesuffix(" ed.")}
        item["issued"] = {"date-parts": [item["issued"]["date-parts"][0][:2]]}
    for field in fields:
        wanted, found = item.get(field), read.get(field)
        if field in ("title", "container-title"):
            wanted, found = straight(wanted or ""), straight(found or "")
        assert found == wanted, (form, field, item["id"])


def check_all(items: list[dict]) -> None:
    """Round trips of many items through programs that have nothing to do with ours."""
    for form in ("bibtex", "biblatex"):
        text = "".join(getattr(export_formats, form)(item) for item in items)
        found = {one["id"]: one for one in by_pandoc(text, form)}
        entries = parse_string(text, "bibtex").entries
        assert set(found) == set(entries) == {item["id"] for item in items}
        for item in items:
            agree(item, found[item["id"]], form)
            entry = entries[item["id"]]
            assert entry.fields["title"] == f"{{{export_formats.tex(item['title'])}}}"
            people = [str(person) for person in entry.persons["author"]]
            assert people == [f"{{{one['literal']}}}" if "literal" in one
                              else f"{one['family']}, {one['given']}" for one in item["author"]]  # fmt: skip
    text = "\n".join(export_formats.ris(item) for item in items)
    for item, read in zip(items, rispy.loads(text), strict=True):
        assert read["type_of_reference"] == ("BOOK" if item["type"] == "book" else "CHAP")
        assert read["id"] == item["id"] and read["title"] == item["title"]
        assert read.get("secondary_title") == item.get("container-title")
        assert read["edition"] == item["edition"]
        assert read["urls" if "urls" in read else "id"] == ([item["URL"]] if "URL" in item else item["id"])
        assert read.get("doi") == item.get("DOI")
        day = item["issued"]["date-parts"][0]
        assert (read["year"], read["date"]) == (f"{day[0]}", "/".join(f"{n:02}" for n in day))
        assert len(read["authors"]) == len(item["author"])
    for one, read in zip(items, by_pandoc(text, "ris"), strict=True):
        assert straight(read["title"]) == straight(one["title"])
        assert read.get("URL") == one.get("URL") and read.get("DOI") == one.get("DOI")
    for item, read in zip(items, by_pandoc(json.dumps(items), "csljson"), strict=True):
        agree(item, read, "csl")


@pytest.mark.parametrize("book", [BOOK, ONLINE, FULL], ids=["today", "online", "full"])
def test_files_are_read_back_by_other_programs(book):
    listed = (citable.front("chapters/index", book), chapter("asked"), FIGURE, CLAIM, NUMBER)
    check_all([citable.item(part, book) for part in listed])


@pytest.fixture(scope="module")
def scripts(html) -> dict[str, dict]:
    """What the script of each page of the built book says."""
    found = {path.stem: citations_in(path.read_text(encoding="utf-8"))
             for path in sorted((html / citation_box.FOLDER).glob("*.js"))}  # fmt: skip
    assert len(found) >= 11
    return found


@pytest.fixture(scope="module")
def built(html) -> citation_box.Citer:
    """What cites the built book."""
    titles = {}
    for path in chapter_pages(html):
        text = path.read_text(encoding="utf-8")
        titles[f"chapters/{path.stem}"] = re.search(r'name="DC.title" content="([^"]*)"', text)[1]
    return citation_box.Citer(book_metadata.record(), "chapters/index", titles)


@pytest.mark.book
def test_every_chapter_figure_claim_and_number_of_the_book_is_read_back(scripts, html):
    items = []
    for name, said in scripts.items():
        told = [one["forms"] for one in said["parts"].values()]
        told += [filled(said["number"], key, said["numbers"][key]) for key in said["numbers"]]
        for one in told:
            (item,) = json.loads(one["csl"])
            assert one["bibtex"] == export_formats.bibtex(item) and one["ris"] == export_formats.ris(item), name
            assert one["biblatex"] == export_formats.biblatex(item) and one["csl"] == export_formats.csl(item), name
            items.append(item)
    drawn = sum(text.count('<div class="figure-card"') for text in texts(html).values())
    claims_ = sum(text.count('<article class="claim"') for text in texts(html).values())
    anchored = sum(len(said["numbers"]) for said in scripts.values())
    assert drawn > 25 and claims_ > 80 and anchored > 250
    reports = sum(name.startswith(REPORT) for name in scripts)
    assert reports > 30
    assert len(items) == len({item["id"] for item in items}) == len(texts(html)) + reports + drawn + claims_ + anchored
    check_all(items)


REPORT = "data-places-"  # how the files of reports on cities begin


def texts(html: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in chapter_pages(html)}


@pytest.mark.book
def test_a_number_filled_in_is_what_the_processor_would_say(scripts, built):
    many = 0
    for name, said in scripts.items():
        page = name.replace("-", "/", 1)
        for key, spelling in said["numbers"].items():
            assert filled(said["number"], key, spelling) == built.of(
                citable.number(page, key, spelling[0])
            )
            many += 1
    assert many > 250


@pytest.mark.book
def test_addresses_of_citations_lead_somewhere(scripts, html):
    for name, said in scripts.items():
        page = name.replace("-", "/", 2 if name.startswith(REPORT) else 1)
        text = (html / f"{page}.html").read_text(encoding="utf-8")
        for key in [*said["parts"], *(f"n-{key}" for key in said["numbers"])]:
            assert key == Path(page).name or f'id="{key}"' in text, (name, key)


@pytest.mark.book
def test_each_fold_shows_three_styles_and_leads_to_four_files(html, scripts):
    for name, text in texts(html).items():
        page = BeautifulSoup(text, "html.parser")
        folds = page.select(".cite-forms")
        assert len(folds) == 1 + len(page.select(".figure-card"))
        assert len(page.select("details.cite")) == 1
        for fold in folds:
            said = scripts[f"chapters-{name}"]["parts"][fold["data-part"]]["forms"]
            rows = {row.dt.get_text(): row.dd for row in fold.select("dl > div")}
            assert list(rows) == list(citation_box.NAMES.values())
            for form, label in citation_box.NAMES.items():
                link = rows[label].a
                if link is None:
                    assert rows[label].get_text() == styles.plain(said[form])
                else:
                    file = html / "chapters" / link["href"]
                    assert file.read_text(encoding="utf-8") == said[form]
                    assert link["download"].startswith("chongqing-ai-gap-")


# ---------------------------------------------------------------------------------- hostile words


def test_hostile_words_are_words_in_every_form(tmp_path):
    one = citer(ONLINE)
    part = citable.figure("chapters/gap-diagnosis", "2.1", HOSTILE, "fig-x")
    item = citable.item(part, ONLINE)
    assert "\n" not in item["title"] and "\r" not in item["title"]
    for form in ("bibtex", "biblatex"):
        text = getattr(export_formats, form)(item)
        (entry,) = parse_string(text, "bibtex").entries.values()
        assert entry.fields["booktitle"] and "\\input{x" not in text
        (read,) = by_pandoc(text, form)
        # pandoc leaves out the words that stand for braces, and reads the rest as it was
        bare = re.sub(r"[{}\s]", "", straight(item["title"]))
        assert re.sub(r"[{}\s]", "", straight(read["title"])) == bare
    (read,) = rispy.loads(export_formats.ris(item))
    assert read["title"] == item["title"] and read["type_of_reference"] == "CHAP"
    (read,) = json.loads(export_formats.csl(item))
    assert read["title"] == item["title"]
    page = BeautifulSoup(one.box(part, "../"), "html.parser")
    assert not page.select("script, dd > i:not(:only-of-type)") and len(page.select("dl > div")) == 7
    for row, style in zip(page.select("dl > div"), styles.STYLES, strict=False):
        assert row.dd.get_text() == styles.plain(one.of(part)[style])
        assert "alert(1)" in row.dd.get_text()
    address = one.write_script(tmp_path, "chapters/x", [part], {"n": HOSTILE})
    script = (tmp_path / address.partition("?")[0]).read_text(encoding="utf-8")
    assert script.count("\n") == 1 and script.endswith(citation_box.END)
    said = citations_in(script)
    direct = filled(said["number"], "n", said["numbers"]["n"])
    assert direct == one.of(citable.number("chapters/x", "n", HOSTILE))


def test_a_hostile_title_of_the_book_stays_a_title():
    book = replace(ONLINE, title=" ".join(HOSTILE.split()))
    one = citation_box.Citer(book, "chapters/index", {"chapters/a": HOSTILE})
    for part in (citable.front("chapters/index", book), citable.chapter("chapters/a", HOSTILE), FIGURE):
        for style in styles.STYLES:
            words = one.of(part)[style].lower()
            assert "alert(1)" in words and "<script>" in words and "100%" in words
        page = BeautifulSoup(one.box(part, "../"), "html.parser")
        assert not page.select("script")


def test_what_cannot_be_cited_is_refused():
    with pytest.raises(ValueError, match="'song' is nothing that can be cited"):
        citable.Part("song", "La la", "chapters/x")


def test_without_pandoc_the_fault_says_what_to_install(monkeypatch, tmp_path):
    import pypandoc

    monkeypatch.setattr(pypandoc, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(styles.NoStyle, match="install pypandoc-binary, as make install does"):
        styles.pandoc()
