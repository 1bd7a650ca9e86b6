"""BibTeX is read as reference managers write it, printed right, and published without what is private."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from pathlib import Path

import latexcodec  # noqa: F401  which registers the codec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.backends.plaintext import Backend
from pybtex.database import Entry, parse_string
from pybtex.plugin import find_plugin, register_plugin
from sphinxcontrib.bibtex.style.template import names

from citygap.data import bibtex
from citygap.data.bibliography import source_faults
from citygap.data.bibtex import FIELDS, Source, published, read_sources, write_sources
from citygap.data.io import DATA, DataError
from citygap.data.tables import book
from citygap.data.works import references
from press.extensions import bibliography_style

CORPUS = Path(__file__).with_name("bibliographies")
FILES = sorted(CORPUS.glob("*.bib"))

#: What is read of the files of the corpus: of each entry what is hard to read of it.
READ = {
    "wang_computing_2024": {
        "type": "article", "author": "王小明, 李华", "date": "2024-04", "month": "April", "pages": "99–123",
        "title": "35% of firms compute in the West: A study of R&D, US$25 billion and C<1",
        "url": "https://example.org/a_b?x=1%202&y=~z#top", "doi": "10.1000/xyz_12", "journal": "Journal of AI Policy",
    },
    "noauthor_plan_2026": {"author": "Ministry of Industry and Information Technology", "date": "2026-01"},
    "muller_report_2021": {"author": "Müller, Jörg and García, María", "institution": "Institut für Städte"},
    "ministryPlan2026": {
        "type": "online", "title": "The Plan of 35% More", "year": "2026", "date": "2026-01-15",
        "author": "Ministry of Industry and Information Technology and National Data Administration",
    },
    "nedaAttachment2003": {
        "title": "Measuring Évolution, Štep by Štep: “Revealed”", "journal": "Europhysics Letters", "year": "2003",
        "author": "Néda, Zoltán and García, María and Øre, Kåre",
    },
    "liCities2020": {"type": "phdthesis", "school": "重庆大学", "address": "重庆", "author": "李华", "year": "2020"},
    "epochModels2025": {"type": "dataset", "title": "Notable AI Models", "author": "Epoch AI"},
    "Balassa1965": {
        "title": "Trade Liberalisation and “Revealed” Comparative Advantage", "author": "Balassa, Bela",
        "journal": "The Manchester School, Series 2", "year": "1965", "month": "May 1", "date": "1965-05",
    },
    "Theil1967": {"type": "book", "publisher": "Example Press", "address": "Amsterdam", "year": "1967"},
    "RN12": {
        "title": "A title that is wrapped over two lines_with %, # and more", "doi": "10.1000/abc_def",
        "url": "https://example.org/x_y_z", "author": "Smith, John and van der Berg, Anna and Jones, Jr., Bob and others",
    },
    "RN13": {"type": "inproceedings", "booktitle": "Proceedings", "title": "One line"},
}  # fmt: skip
#: What none of it may hold once it is published.
PRIVATE = ("/home/me", "/Users/me", "Users", "Zotero", "myself", "read twice", "StaticGroup", "keywords", "abstract",
           "file", "timestamp", "owner", "bdsk", "annot")  # fmt: skip


def corpus() -> dict[str, Source]:
    return {key: entry for path in FILES for key, entry in read_sources(path).items()}


def one(tmp_path: Path, text: str) -> list[str]:
    """What is said of a file."""
    path = tmp_path / "data" / "sources.bib"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    try:
        return list(map(str, source_faults(read_sources(path), path)))
    except DataError as error:
        return list(map(str, error.problems))


def test_what_reference_managers_write_is_read():
    found = corpus()
    assert set(found) == set(READ)
    for key, expected in READ.items():
        assert {field: found[key].get(field) for field in expected} == expected, key
        assert not set(found[key]) - FIELDS - {"type"}, key


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_reference_managers_write_needs_no_change(path):
    told = [problem.message for problem in source_faults(read_sources(path), path)]
    assert told == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_line_of_each_field_is_known(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    for key, entry in read_sources(path).items():
        assert key in lines[entry.lines["type"] - 1]
        for field in set(entry.lines) - {"type"}:
            written = [field, *(old for old, new in (*bibtex.ALIASES.items(), ("institution", "school")) if new == field)]
            assert any(name in lines[entry.lines[field] - 1].lower() for name in written), (key, field)


def test_an_independent_reader_finds_what_is_published():
    """pybtex's own parser, its data model and latexcodec, none of our reading between."""
    for sources in (corpus(), read_sources(DATA / "sources.bib")):
        found = parse_string(write_sources(sources), "bibtex").entries
        assert list(found) == list(sources)
        for key, entry in found.items():
            plain = {field: value if field == "url" else unlatex(value) for field, value in entry.fields.items()}
            expected = {f: v for f, v in sources[key].items() if f not in ("type", "author", "editor")}
            assert plain == expected and entry.type == sources[key]["type"], key
            for role, people in entry.persons.items():
                whole = unlatex(" ".join(" ".join((*p.prelast_names, *p.last_names, *p.lineage_names, *p.first_names,
                                                   *p.middle_names)) for p in people))  # fmt: skip
                letters = re.sub(r"\W|\band\b", "", sources[key][role])
                assert re.sub(r"\W|\band\b", "", whole) == letters, key


def unlatex(value: str) -> str:
    value = codecs.decode(value, "ulatex").replace(r"\$", "$")
    return value.replace("{", "").replace("}", "")


#: Text as a field may hold it, braces in pairs.
TEXT = st.text(st.sampled_from("aZ é王%&#_$~^'\"@=,()–“<"), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
).filter(lambda text: text and not re.search("''|,,", text))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3))
def test_what_is_published_is_read_as_the_same(tmp_path_factory, titles):
    text = "".join(
        f"@misc{{k{n},\n  title = {{{bibtex.escaped('title', a)} {{{bibtex.escaped('title', b)}}}}},\n}}\n"
        for n, (a, b) in enumerate(titles)
    )
    path = tmp_path_factory.mktemp("read") / "x.bib"
    path.write_text(text, encoding="utf-8")
    found = read_sources(path)
    assert [entry["title"] for entry in found.values()] == [f"{a} {b}" for a, b in titles]
    path.write_text(write_sources(found), encoding="utf-8")
    again = read_sources(path)
    assert again == found and [e.latex for e in again.values()] == [e.latex for e in found.values()]


def test_what_is_private_is_not_published():
    for path in FILES:
        text = published(path).decode()
        assert not [word for word in PRIVATE if word in text], path.name
        assert re.findall(r"^  (\w+) = ", text, re.M), path.name
        assert set(re.findall(r"^  (\w+) = ", text, re.M)) <= FIELDS


def test_other_files_are_published_as_they_are():
    assert published(DATA / "places.csv") == (DATA / "places.csv").read_bytes()


# ------------------------------------------------------------------------------- how names print


def listed(author: str, title: str = "T") -> str:
    """An entry in the list of sources, as text."""
    source = entry_of(author, title)
    formatted = bibliography_style.SourceList().format_entry("k", source)
    return formatted.text.render_as("text")


def entry_of(author: str, title: str = "T") -> Entry:
    latex = {"author": bibtex.unicode(author), "title": bibtex.unicode(title), "year": "2026"}
    entry = bibliography_style._entry("k", Source({"type": "misc"}, latex, {}), None)
    entry.key = "k"
    return entry


def cited(author: str) -> str:
    """The names of a citation in the text."""
    style = bibliography_style.RoundAuthorYear()
    people = names("author", sep=style.person.sep, sep2=style.person.sep2, last_sep=style.person.last_sep)
    return people.format_data({"entry": entry_of(author), "style": style}).render_as("text")


@pytest.fixture(autouse=True, scope="module")
def styles():
    register_plugin("pybtex.style.names", "family_names", bibliography_style.FamilyNames, force=True)
    assert find_plugin("pybtex.style.names", "family_names") is bibliography_style.FamilyNames


NAMES = {
    "{Ministry of Industry and Information Technology}": (
        "Ministry of Industry and Information Technology", "Ministry of Industry and Information Technology"),
    "王, 小明 and 李, 华": ("王小明, 李华", "王小明 and 李华"),
    "王, 小明": ("王小明", "王小明"),
    "{国家统计局}": ("国家统计局", "国家统计局"),
    "国家统计局": ("国家统计局", "国家统计局"),
    "Wang, Xiaoming and Li, Hua": ("Xiaoming Wang and Hua Li", "Wang and Li"),
    "王, 小明 and Li, Hua": ("王小明 and Hua Li", "王小明 and Li"),
    "van der Berg, Anna": ("Anna van der Berg", "van der Berg"),
    r"M{\"u}ller, J{\'o}zsef": ("József Müller", "Müller"),
}  # fmt: skip


@pytest.mark.parametrize("author", NAMES)
def test_names_print_in_their_own_order(author):
    in_list, in_text = NAMES[author]
    assert listed(author).startswith(f"{in_list}. T.")
    assert cited(author).replace("\xa0", " ") == in_text


@pytest.mark.parametrize("title, printed", {
    "35% of firms": "35% of firms", "{35% of firms}": "35% of firms", r"35\% \& 1": "35% & 1",
    r"A \$5 and a \$6 \_ \# {OLS}": "A $5 and a $6 _ # OLS", r"{\textasciitilde}5": "~5",
}.items())  # fmt: skip
def test_a_title_prints_whole_in_the_list(title, printed):
    assert f". {printed}. 2026" in listed("{Body}", title)


def test_the_entries_of_the_book_can_all_be_listed():
    style, plain = bibliography_style.SourceList(), Backend()  # made once, which pybtex does for every text
    for key, source in read_sources(DATA / "sources.bib").items():
        entry = bibliography_style._entry(key, source, book)
        entry.key = key
        text = style.format_entry(key, entry).text.render(plain)
        assert "\\" not in text and "{" not in text, key
        assert references.short_author(source) in str(entry.persons["author"][0]), key
        assert references.title(source).rstrip(".?!") in text, key


# ------------------------------------------------------------------------------------- what is told

GOOD = {"title": "{T}", "author": "{Body}", "year": "{2024}"}
FAULTS = {
    "a body for a person": ({"author": "{Ministry of Industry and Information Technology}"}, "author",
                            "write author = {{Ministry of Industry and Information Technology}}"),
    "a short body": ({"author": "{World Bank}"}, "author", "write author = {{World Bank}}"),
    "a body among persons": ({"author": "{Smith, John and Ministry of Finance}"}, "author", "write {Ministry of Finance}"),
    "half a body": ({"author": "{Procter and Gamble}"}, "author", "write author = {{Procter and Gamble}}"),
    "a body and its place": ({"author": "{Ministry of Finance, China}"}, "author", "write {Ministry of Finance, China}"),
    "a body as editor": ({"editor": "{Chongqing Bureau of Statistics}"}, "editor", "write editor = {{Chongqing Bureau"),
    "a Chinese name without comma": ({"author": "{王 小明}"}, "author", "write 王, 小明"),
    "names with semicolons": ({"author": "{Wang, X.; Li, H.}"}, "author", "put and between two names"),
    "names with commas": ({"author": "{Smith, John, Doe, Jane}"}, "author", "put and between two names"),
    "a year of three digits": ({"year": "{202}", "date": "{2024-07-01}"}, "year", "'202' is no year"),
    "a year against the date": ({"year": "{2023}", "date": "{2024-07-01}"}, "year", "the year is 2023, and the date 2024-07-01"),
    "no year against a date": ({"year": "{n.d.}", "date": "{2024-07-01}"}, "year", "the year is n.d., and the date"),
    "a year to come": ({"year": "{2099}"}, "year", "2099 has not come yet"),
    "a date to come": ({"year": "{2099}", "date": "{2099-01-01}"}, "date", "2099-01-01 has not come yet"),
    "a day of reading to come": ({"urldate": "{2099-01-01}"}, "urldate", "has not come yet"),
    "read before published": ({"date": "{2024-07-01}", "urldate": "{2024-06-30}"}, "urldate", "before it was published"),
    "no day of reading": ({"url": "{https://example.org/}"}, "urldate", "add the day on which you read"),
    "a month of reading": ({"urldate": "{2024-08}"}, "urldate", "no single day"),
    "a path": ({"note": "{see /home/me/x.pdf}"}, "note", "a path of your computer"),
    "a path of Windows": ({"note": r"{see C:\Users\me\x.pdf}"}, "note", "a path of your computer"),
    "a file address": ({"note": "{see file:///x.pdf}"}, "note", "open from disk"),
    "a link": ({"note": r"{\href{javascript:alert(1)}{x}}"}, "note", "a LaTeX command"),
    "mathematics": ({"note": "{H$_2$O}"}, "note", "a LaTeX command"),
    "markup by commands": ({"note": r"{{\textless}img src=x onerror=alert(1){\textgreater}}"}, "note", "markup"),
    "an unknown word": ({"month": "april"}, "month", "'april' stands for no text - put the value in braces"),
    "no journal": ({"type": "article"}, "journal", "the field is missing"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_with_its_place_and_remedy(tmp_path, fault):
    changed, field, words = FAULTS[fault]
    fields = GOOD | changed
    kind = fields.pop("type", "misc")
    lines = [f"@{kind}{{key,", *(f"  {name} = {value}," for name, value in fields.items()), "}", ""]
    (told,) = one(tmp_path, "\n".join(lines))
    row = list(fields).index(field) + 2 if field in fields else 1
    assert told.startswith(f"data/sources.bib: row {row}, column key {field}: "), told
    assert words in told and re.search(r" - \S", told) and len(told) < 400, told


BROKEN = {
    "no comma": ("@misc{k,\n  title = {T}\n  year = 2024,\n}", 3, "cannot read 'year = 2024,'"),
    "an entry not closed": ("@misc{k,\n  title = {T},\n\n@misc{l,\n  title = {T},\n}\n", 1, "not closed"),
    "the last not closed": ("@misc{k,\n  title = {T},\n", 1, "not closed"),
    "a brace not closed": ("@misc{k,\n  title = {T},\n  note = {x,\n}\n", 3, "braces do not match"),
    "a brace too many": ("@misc{k,\n  title = {T}},\n  note = {x},\n}\n", 3, "braces do not match"),
    "a key in two cases": ("@misc{k, title = {T}, author = {{B}}, year = 2024}\n@misc{K, title = {T}}", 2, "key stands twice"),
    "a field twice": ("@misc{k,\n title = {T},\n TITLE = {T}\n}", 3, "field stands twice"),
    "a comment not closed": ("@comment{x\n@misc{k, title = {T}}", 1, "not closed"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_no_bibtex_is_told_with_its_line(tmp_path, case):
    text, row, words = BROKEN[case]
    (told,) = one(tmp_path, text)
    assert told.startswith(f"data/sources.bib: row {row}, column ") and words in told and " - " in told, told


@pytest.mark.parametrize("author", [
    "Bank, John", "Press, William H.", "Smith, Jr., Bob", "Ludwig van Beethoven", "Reuters", "O'Neil, Jim", "王小明",
    "de la Fuente, Ana and others", "{Body One} and {Body Two}", "36Kr",
])  # fmt: skip
def test_a_person_is_not_taken_for_a_body(tmp_path, author):
    assert one(tmp_path, f"@misc{{k, title = {{T}}, author = {{{author}}}, year = 2024}}") == []


# ------------------------------------------------------------------------------------------- cache


def test_what_was_read_is_kept_and_only_while_it_holds(tmp_path, monkeypatch):
    data = tmp_path / "data"
    data.mkdir()
    path = data / "sources.bib"
    monkeypatch.setattr(bibtex, "DATA", data)
    monkeypatch.setattr(bibtex, "CACHE", tmp_path / "_build" / "sources.json")
    path.write_text("@misc{k, title = {One}}", encoding="utf-8")
    first = read_sources(path)
    assert bibtex.CACHE.is_file() and [*bibtex.CACHE.parent.iterdir()] == [bibtex.CACHE]
    with monkeypatch.context() as patch:
        patch.setattr(bibtex, "_parsed", None)  # it is not called
        again = read_sources(path)
    assert again == first and again["k"].latex == first["k"].latex and again["k"].lines == first["k"].lines
    again["k"]["title"] = "changed"
    assert read_sources(path) == first
    path.write_text("@misc{k, title = {Two}}", encoding="utf-8")
    assert read_sources(path)["k"]["title"] == "Two"
    for damage in ("", "{", bibtex.CACHE.read_text(encoding="utf-8")[:-9], "\0"):
        bibtex.CACHE.write_text(damage, encoding="utf-8")
        assert read_sources(path)["k"]["title"] == "Two"


def test_a_place_that_cannot_be_written_to_does_no_harm(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(bibtex, "CACHE", tmp_path / "file" / "sources.json")
    assert read_sources(DATA / "sources.bib")


# ------------------------------------------------------------------------------------ the built book


@pytest.mark.book
def test_nothing_built_holds_what_is_private(html):
    """The published entries are those fields alone, in every archive, and in the list for reference managers."""
    made = (html / "_static" / "data" / "sources.bib").read_text(encoding="utf-8")
    assert set(re.findall(r"^  (\S+) = ", made, re.M)) <= FIELDS | {"language"}
    texts = {"sources.bib": published(DATA / "sources.bib").decode()}
    for path in html.rglob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith("sources.bib"):
                    texts[f"{path.name}/{name}"] = io.TextIOWrapper(archive.open(name), "utf-8").read()
    assert len(texts) > 1
    for name, text in texts.items():
        assert set(re.findall(r"^  (\S+) = ", text, re.M)) <= FIELDS, name
        assert text == texts["sources.bib"], name
    for file in (html / "api" / "sources.json", html / "data" / "sources.html"):
        assert "annote" not in file.read_text(encoding="utf-8"), file.name
