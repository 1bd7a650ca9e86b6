"""The book for programs: every file is of its schema, and everything in the book is there once."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from jsonschema import Draft202012Validator

from citygap.data.tables import book
from citygap.notebook import in_english
from citygap.quantity.quantity import exactly, read
from press import api as programs
from press.api import SCHEMA, VERSION, api_page, caveats, index, listed, llms, prose
from press.book_metadata import record
from press.data_pages.site import Site
from tests.chapter_pages import chapter_pages

KINDS = ("indicators", "observations", "sources", "places", "figures", "numbers", "corrections",
         "texts", "tables", "claims")  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> dict:
    return programs.schema()


@pytest.fixture(scope="module")
def api(html) -> dict[str, dict]:
    """The files of the built book, by kind."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8"))
            for path in (html / "api").glob("*.json") if path.name != SCHEMA.name}  # fmt: skip


def items(api: dict, kind: str) -> dict[str, dict]:
    """Entries of a file by key; no key stands twice."""
    found = api[kind]["items"]
    keys = Counter(item["id"] for item in found)
    assert keys.most_common(1)[0][1] == 1, keys.most_common(3)
    return {item["id"]: item for item in found}


# ------------------------------------------------------------------------------- the schema


def test_the_schema_is_one_and_tells_each_field(schema):
    Draft202012Validator.check_schema(schema)
    for kind in (*KINDS, "index"):
        told = schema["$defs"][kind]
        assert told["description"].endswith(".")
        fields = told["properties"].get("items", {}).get("items", told)["properties"]
        assert all(field.get("description") or "$ref" in field or "const" in field
                   for field in fields.values()), kind  # fmt: skip


@pytest.mark.parametrize("damage", [
    {"kind": "shoes"}, {"edition": "first"}, {"items": [{"id": "a"}]}, {"more": 1},
    {"schema": "new"},
])  # fmt: skip
def test_the_schema_refuses_what_is_not_of_it(schema, damage):
    sound = json.loads(listed("corrections", "2026.1", []))
    check = Draft202012Validator(schema)
    assert check.is_valid(sound)
    assert not check.is_valid(sound | damage)


@pytest.mark.book
def test_every_file_of_the_book_is_of_the_schema(api, schema):
    assert set(api) == {*KINDS, "index"}
    check = Draft202012Validator(schema)
    for kind, told in api.items():
        faults = [f"{fault.json_path}: {fault.message[:100]}" for fault in check.iter_errors(told)]
        assert not faults, (kind, faults[:3])
        assert (told["kind"], told["schema"], told["edition"]) == (kind, VERSION, record().edition)


# ----------------------------------------------------------------------------- completeness


@pytest.mark.book
def test_every_row_of_every_table_is_there_once_as_printed(api):
    listing = {name: items(api, name) for name in ("observations", "indicators", "places")}
    listing["corrections"] = items(api, "corrections")
    for name, table in items(api, "tables").items():
        listing[name] = {row["id"]: row for row in table["rows"]}
        assert len(listing[name]) == len(table["rows"]), name
    assert set(items(api, "claims")) == set(book.table("claims")["claim"])
    assert set(listing) == {each["name"] for each in book.package["resources"]} - {"claims", "copies"}
    for resource in book.package["resources"]:
        rows = book.table(resource["name"]).to_dict("records")
        if resource["name"] in ("claims", "copies"):  # they have forms of their own
            continue
        found = listing[resource["name"]]
        assert len(found) == len(rows)
        for row in rows:
            key = "/".join(row[column] for column in resource["schema"]["primaryKey"])
            assert row.items() <= found[key].items(), key
    assert set(items(api, "sources")) == set(book.sources)


@pytest.mark.book
def test_bounds_are_those_of_the_reading_rules(api):
    for key, row in items(api, "observations").items():
        q = next(q for q in book.readings(row["place"], row["indicator"], row["period"])
                 if q.rows == (key,))  # fmt: skip
        assert (row["low"], row["high"]) == tuple(map(prose.end, q.bounds)), key
        assert row["bounds_unit"] == q.unit == book.indicator(row["indicator"])["unit"]


@pytest.mark.book
def test_every_bound_number_of_the_pages_is_there_once_as_shown(api, html):
    """Read off the written pages, not off what the numbers were collected from."""
    shown, sentences = {}, {}
    tag = re.compile(r'<data class="quantity"[^>]*?\bdata-key="([^"]+)"[^>]*>([^<]*)')
    for path in chapter_pages(html):
        text = path.read_text(encoding="utf-8")
        for key, words in tag.findall(text):
            name = f"chapters/{path.stem}#n-{key}"
            shown.setdefault(name, words)
            assert f'id="n-{key}"' in text
            sentences[name] = sentences.get(name, 0) + 1
    found = items(api, "numbers")
    assert len(shown) > 250 and set(found) == set(shown)
    for name, number in found.items():
        assert number["shown"] == shown[name]
        assert 1 <= len(number["sentences"]) <= sentences[name], name
        assert all(number["shown"] in sentence for sentence in number["sentences"]), name


@pytest.mark.book
def test_every_figure_is_there_once_with_files_of_the_digest(api, html):
    drawn = {
        name for path in chapter_pages(html)
        for name in re.findall(r'<figure\b[^>]*\bid="([^"]+)"', path.read_text("utf-8"))
    }
    found = items(api, "figures")
    assert len(drawn) > 25 and set(found) == drawn
    for figure in found.values():
        assert set(figure["files"]) == {"csv", "xlsx", "svg", "png", "json"}
        for file in figure["files"].values():
            data = (html / file["path"]).read_bytes()
            assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"])


@pytest.mark.book
def test_every_chapter_has_its_text_and_every_section_its_words(api, html):
    found = items(api, "texts")
    assert {f"{path.stem}" for path in chapter_pages(html)} == {
        key.rpartition("/")[2] for key in found
    }
    for key, page in found.items():
        text = (html / page["page"]).read_text("utf-8")
        assert (html / page["markdown"]).read_text("utf-8").startswith(f"# {page['title']}\n")
        assert page["sections"][0]["level"] == 1
        assert all(f'id="{section["anchor"]}"' in text for section in page["sections"]), key
        assert any(section["blocks"] for section in page["sections"])


@pytest.mark.book
def test_every_page_and_anchor_that_is_named_is_there(api, html):
    ids: dict[str, set[str]] = {}
    named = [item["page"] for kind in KINDS for item in api[kind]["items"] if item.get("page")]
    named += [f"{item['page']}#{item['anchor']}" for kind in ("claims", "numbers", "figures")
              for item in api[kind]["items"]]  # fmt: skip
    assert len(named) > 3000
    for address in dict.fromkeys(named):
        page, _, anchor = address.partition("#")
        if page not in ids:
            ids[page] = set(re.findall(r'\bid="([^"]+)"', (html / page).read_text("utf-8")))
        assert not anchor or anchor in ids[page], address


@pytest.mark.book
def test_keys_that_are_named_lead_to_entries(api):
    sources, indicators = items(api, "sources"), items(api, "indicators")
    rows = set(items(api, "observations"))
    for item in [*api["numbers"]["items"], *api["figures"]["items"]]:
        assert set(item["sources"]) <= set(sources), item["id"]
        for key in item["rows"]:
            parts = key.split("/")
            if len(parts) == 4 and parts[1] in indicators:
                assert key in rows, key
    assert {row["source"] for row in api["observations"]["items"]} <= set(sources)


@pytest.mark.book
def test_the_index_names_every_file_with_size_and_digest(api, html):
    told = api["index"]
    assert [each["file"] for each in told["files"]] == [f"api/{kind}.json" for kind in KINDS]
    for each in told["files"]:
        data = (html / each["file"]).read_bytes()
        assert each["bytes"] == len(data) < 1_500_000
        assert each["sha256"] == hashlib.sha256(data).hexdigest()
        assert each["items"] == len(json.loads(data)["items"])
    pages = {path.relative_to(html).with_suffix("").as_posix()
             for path in [*chapter_pages(html), *(html / "data").rglob("*.html")]}  # fmt: skip
    assert {page["id"] for page in told["pages"]} == pages
    for path in ("documentation", "described_by"):
        assert (html / told[path]).is_file()


# ------------------------------------------------------------------------------------ prose


def page(*blocks: nodes.Node) -> nodes.document:
    """A page with a title and one section of blocks."""
    document = new_document("made up", get_default_settings())
    section = nodes.section("", nodes.title("", "Size"), *blocks, ids=["size"])
    document += section
    return document


def bound(key: str, quantity, words: str | None = None) -> nodes.raw:
    """A bound number as a page has it."""
    made = quantity.html(words).replace("<data ", f'<data data-key="{key}" ', 1)
    made = made.replace(f'<data data-key="{key}" class="quantity"',
                        f'<data class="quantity" data-key="{key}"')  # fmt: skip
    return nodes.raw("", made, format="html")


def test_a_number_stands_in_its_sentence_and_has_its_bounds():
    q = read("4500", "over", "1e8 CNY", rows=["a/b/2025/c"], sources=["c"])
    paragraph = nodes.paragraph("", "", nodes.Text("First words.\nIt is "), bound("core", q),
                                nodes.Text(" here.\nLast."))  # fmt: skip
    found = prose.read(page(paragraph), "chapters/size", {})
    number = found.numbers["core"]
    assert number["sentences"] == [f"It is {q.text()} here."]
    assert (number["low"], number["high"]) == q.bounds
    assert number["rows"] == ["a/b/2025/c"] and number["section"] == "size"
    assert found.sections[0].blocks == [f"First words.\nIt is {q.text()} here.\nLast."]
    printed = prose.read(page(nodes.paragraph("", "", nodes.Text("It is "), bound("core", q, in_english(q)))),
                         "chapters/size", {})  # fmt: skip
    assert "It is over 450 billion [450 to 460]" in printed.markdown()


def test_a_number_that_stands_twice_is_one_with_both_sentences():
    q = exactly(3, "count")
    blocks = [nodes.paragraph("", "", nodes.Text(words), bound("n", q)) for words in ("A ", "B ", "A ")]
    found = prose.read(page(*blocks), "chapters/size", {})
    assert found.numbers["n"]["sentences"] == ["A 3", "B 3"]


def test_an_open_bound_is_null_and_a_count_is_exact():
    assert [prose.end(x) for x in ("inf", "-inf", "3.0", "0.1", "1e300")] == [None, None, 3, 0.1, 1e300]
    count = nodes.raw("", '<data class="quantity" data-key="n" value="1482">1,482</data>', format="html")
    found = prose.read(page(nodes.paragraph("", "", count)), "chapters/size", {})
    number = found.numbers["n"]
    assert (number["low"], number["high"], number["unit"], number["shown"]) == (1482, 1482, "count", "1,482")


def test_code_and_what_cells_print_are_no_text():
    cell = nodes.container("", nodes.literal_block("", "x = 1"), nb_element="cell_code_source")
    out = nodes.container("", nodes.paragraph("", "printed"), nb_element="cell_code_output")
    block = nodes.literal_block("", "make book\n  here")
    found = prose.read(page(cell, out, block, nodes.paragraph("", "Text.")), "chapters/size", {})
    assert found.sections[0].blocks == ["make book\n  here", "Text."]


def test_what_is_hostile_is_text(schema):
    bad = '<script>alert(1)</script>"\u2028\u0000'
    found = prose.read(page(nodes.paragraph("", bad)), "chapters/size", {})
    item = {"id": "x", "page": "x.html", "title": bad, "markdown": "", "sections": [
        section.told() for section in found.sections]}  # fmt: skip
    told = json.loads(listed("texts", "2026.1", [item]))
    assert Draft202012Validator(schema).is_valid(told)
    assert told["items"][0]["title"] == bad


# ------------------------------------------------------------------------------ for readers


def told_index(address: str = "") -> dict:
    """A small index."""
    files = [{"file": "api/claims.json", "holds": "Claims.", "items": 2, "bytes": 1, "sha256": ""}]
    return index(record(), address, files, [])


def test_llms_txt_is_of_its_form_and_says_what_must_be_known():
    pages = [prose.Reading("chapters/size", "Size [of](x) all")]
    pages[0].sections.append(prose.Section("size", "Size", 1, ["How large?\nLarge."]))
    text = llms.text(told_index(), "What it [is](x).", pages)
    first, _, second = text.split("\n")[:3]
    assert first == f"# {record().title}" and second == "> What it (is)(x)."
    assert re.findall(r"^## (.+)$", text, re.M) == ["Chapters", "Data", "Optional"]
    assert "- [Size (of)(x) all](chapters/size.html.md): How large?" in text
    assert all(caveat in text for caveat in caveats()) and record().edition in text
    moved = llms.moved(text, "2026.1")
    assert "](2026.1/chapters/size.html.md)" in moved and "](2026.1/api/claims.json)" in moved
    away = llms.text(told_index("https://example.org/2026.1/"), "What it is.", pages)
    assert "](https://example.org/2026.1/api/claims.json)" in away
    assert llms.moved(away, "2026.1") == away


@pytest.mark.book
def test_every_link_of_llms_txt_leads_to_a_file(html):
    text = (html / llms.NAME).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 20 and all((html / link).is_file() for link in links)


@pytest.mark.book
def test_the_examples_of_the_page_run(html, tmp_path):
    """The one in Python prints the row that it asks for."""
    import subprocess
    import sys

    page = BeautifulSoup((html / "data" / "api.html").read_text(encoding="utf-8"), "html.parser")
    code, shell = (block.get_text() for block in page.select("#examples pre"))
    (tmp_path / record().name).symlink_to(html)
    done = subprocess.run([sys.executable, "-I", "-c", code], cwd=tmp_path,
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr
    indicator, place = re.search(r'== \("(\w+)", "(\w+)"\)', code).groups()
    rows = [q.rows[0] for q in book.readings(place, indicator)]
    assert rows and sorted(line.split()[0] for line in done.stdout.splitlines()) == sorted(rows)
    assert shell.count("'") % 2 == 0 and f"{record().name}/api/numbers.json" in shell


def test_the_page_for_people_tells_every_file_and_field(schema):
    body = api_page.page(Site()).body
    for kind in KINDS:
        assert f'href="../api/{kind}.json"' in body
        fields = schema["$defs"][kind]["properties"]["items"]["items"]["properties"]
        part = body.partition(f'id="fields-{kind}"')[2].partition("<section")[0]
        assert all(f"<code>{name.replace('_', '_<wbr>')}</code>" in part for name in fields), kind


@pytest.mark.book
def test_nothing_of_the_machine_is_in_it(html, root):
    for path in [*(html / "api").iterdir(), html / llms.NAME, *html.glob("chapters/*.md")]:
        assert str(root) not in path.read_text(encoding="utf-8"), path.name


def test_the_module_names_no_other_place():
    text = json.dumps(programs.schema())
    assert set(re.findall(r"https?://[^\"]+", text)) == {"https://json-schema.org/draft/2020-12/schema"}
