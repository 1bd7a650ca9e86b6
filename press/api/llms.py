"""``llms.txt``: what a language model should know before it reads or cites the book.

The form is that of https://llmstxt.org: a title, a summary, what must be known, and lists of links.
Links are relative to the edition, or absolute where the site has an address.

Out of scope: the files that it names (``press.api``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NAME = "llms.txt"
LINK = re.compile(r"\]\((?!https?://)")
#: Words after the links of pages; others go without.
OPTIONAL = ("chapters/run-it-and-change-it", "chapters/glossary")


def text(index: dict, summary: str, pages: Sequence) -> str:
    """The file, from the index of the interface, what the book is, and the pages as read."""
    home = index["address"]
    chapters = [page for page in pages if page.page not in OPTIONAL]
    rest = [page for page in pages if page.page in OPTIONAL]
    known = "\n".join(f"- {caveat}" for caveat in index["caveats"])
    files = "\n".join(
        _link(home, each["file"], each["file"].rpartition("/")[2],
              f"{each['holds']} {each['items']} entries.")
        for each in index["files"]
    )  # fmt: skip
    return (
        f"# {_plain(index['title'])}\n\n> {_plain(summary)}\n\n"
        f"Edition {index['edition']}. Cite as: {_plain(index['cite'])} "
        "Name the edition and, for one number, its address: page, then #n- and its key.\n\n"
        f"Licence: {index['licence']['name']} ({index['licence']['covers']}).\n\n"
        f"Before a number is used:\n\n{known}\n"
        "- In the Markdown below, square brackets after a number hold its bounds; a number without "
        "them is exact to the digits shown.\n\n"
        f"## Chapters\n\n{_pages(home, chapters)}\n\n"
        "## Data\n\n"
        + _link(home, "api/index.json", "index.json", "what there is, with sizes and digests") + "\n"
        + _link(home, index["described_by"], "schema.json", "every field, as JSON Schema") + "\n"
        + files + "\n"
        + _link(home, index["documentation"], "The book for programs", "the same for people, with "
                "examples in Python and the shell") + "\n\n"
        f"## Optional\n\n{_pages(home, rest)}\n"
    )  # fmt: skip


def moved(written: str, folder: str) -> str:
    """The same file for a folder above the edition: relative links go through ``folder``."""
    return LINK.sub(f"]({folder.rstrip('/')}/", written)


def _pages(home: str, pages: Sequence) -> str:
    return "\n".join(
        _link(home, f"{page.page}.html.md", page.title, _opening(page)) for page in pages
    )


def _opening(page) -> str:
    blocks = page.sections[0].blocks if page.sections else []
    return blocks[0].split("\n")[0] if blocks else ""


def _link(home: str, path: str, title: str, words: str) -> str:
    after = f": {_plain(words)}" if words else ""
    return f"- [{_plain(title)}]({home}{path}){after}"


def _plain(words: str) -> str:
    """Words in one line that open no link."""
    return " ".join(words.split()).replace("[", "(").replace("]", ")")
