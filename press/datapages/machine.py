"""The page on the book for programs: which files there are, what their fields hold, two examples.

Everything is read off the schema (``press/api/schema.json``), so that page and files agree.

Out of scope: the files (``press.api``).
"""

from __future__ import annotations

import json

from citygap import addresses
from press.api import CAVEATS, FOLDER, SCHEMA
from press.datapages.markup import (
    Page,
    Row,
    Site,
    bullets,
    code,
    link,
    paragraph,
    section,
    table,
    text,
)

NAME = "data/api"
TITLE = "The book for programs"
PYTHON = """\
import json
from pathlib import Path

book = Path("chongqing-ai-gap")  # the unpacked edition
rows = json.loads((book / "api/observations.json").read_text("utf-8"))["items"]
for row in rows:
    if (row["indicator"], row["place"]) == ("ai_core_scale", "chongqing"):
        print(row["id"], row["bound"], row["value"], row["low"], row["high"])"""
SHELL = """\
# every number that the first page shows, with its bounds (needs jq)
jq -r '.items[] | select(.page == "chapters/index.html") | [.shown, .range, .id] | @tsv' \\
  chongqing-ai-gap/api/numbers.json"""


def page(site: Site) -> Page:
    """The page."""
    frame = site.frame(NAME)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    up = "../" * NAME.count("/")
    kinds = [kind for kind, told in schema["$defs"].items() if "kind" in told.get("properties", ())]
    parts = [
        frame.trail((addresses.OVERVIEW, "Data pages")),
        f"<h1>{TITLE}</h1>",
        paragraph(
            "What the book says can be read by programs: each file below is JSON, in UTF-8, and says "
            f"its edition. {link(f'{up}{FOLDER}/schema.json', code('schema.json'))} describes every "
            f"field (JSON Schema); {link(f'{up}llms.txt', code('llms.txt'))} leads language models "
            "to the same, and to each chapter as Markdown."
        ),
        paragraph(
            "Paths and pages are from the root of the edition. A key is made of what a row is about, "
            "so that it stays the same from edition to edition."
        ),
        section("caveats", "Before a number is used",
                bullets(text(caveat) for caveat in CAVEATS)),
        section("files", "Files", _files(kinds, schema, up)),
        section("examples", "Examples", paragraph("In Python:"), _block(PYTHON),
                paragraph("In the shell:"), _block(SHELL)),
        section("fields", "Fields", *(_fields(kind, schema) for kind in kinds if kind != "index")),
    ]  # fmt: skip
    return Page(NAME, TITLE, "".join(parts), "api json schema machine programs llms.txt download")


def _files(kinds: list[str], schema: dict, up: str) -> str:
    return bullets(
        link(f"{up}{FOLDER}/{kind}.json", code(f"{kind}.json"))
        + f": {text(schema['$defs'][kind]['description'])}"
        for kind in kinds
    )


def _fields(kind: str, schema: dict) -> str:
    """The fields of the entries of one file."""
    fields = schema["$defs"][kind]["properties"]["items"]["items"]["properties"]
    rows = [
        Row((code(name), text(told.get("description", "")), text(_type(told))))
        for name, told in fields.items()
    ]
    caption = f"Fields of an entry of {code(f'{kind}.json')}"
    return section(f"fields-{kind}", code(f"{kind}.json"),
                   table(("Field", "What it holds", "Type"), rows, caption), level=3)  # fmt: skip


def _type(told: dict) -> str:
    """The type of a field in words."""
    if "oneOf" in told:
        return "object, or null"
    if told["type"] == "array":
        return f"list of {told['items'].get('type', 'object')}s"
    found = told["type"]
    words = found if isinstance(found, str) else ", or ".join(found)
    return words + (": " + ", ".join(told["enum"]) if "enum" in told else "")


def _block(words: str) -> str:
    """Code in a frame that scrolls."""
    return f'<div class="highlight notranslate"><pre tabindex="0">{text(words)}</pre></div>'
