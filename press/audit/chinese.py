"""What Chinese pages do not say: patterns of wrong wording, and the pages that hold them.

The patterns stand in ``chapters/zh/wording.yml``, each with what to say instead.  They are sought in
what a reader meets on a built page: text, captions, alternative texts; not in code, addresses,
references, and what is marked as another language.

Out of scope: whether a page says the same as its English twin (``tests/book/test_chinese_pages.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from bs4 import BeautifulSoup, Tag

from press import CHAPTERS, HTML, ROOT

FILE = CHAPTERS / "zh" / "wording.yml"
#: What no rule reads: code, addresses, lists of references and of what is cited, other languages.
UNREAD = ("script, style, code, pre, svg, kbd, .citation, .cite, .cite-forms, .figure-sources, .figure-values, "
          ".gbt, .of-work, .source > h3, a.external, .address, .figure-paper, .figure-line, .caption-number, .bibtex-citation, .headerlink, [lang|=en], .edition, #edition, nav, header, .bd-header-article, footer, "
          ".bd-sidebar-primary, .bd-sidebar-secondary, details.behind, .claim")  # fmt: skip
BLOCKS = ("p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "summary", *(f"h{n}" for n in range(1, 7)))
AROUND = 12
HAN = re.compile(r"[一-鿿]")
#: Between a place and its number an alternative text has a blank, where the reader's voice pauses.
LISTED = re.compile(r"(?<=[一-鿿）]) (?=[\d-])")


@dataclass(frozen=True)
class Found:
    page: str
    words: str
    say: str
    warns: bool = False

    def __str__(self) -> str:
        return f"{self.page}: “{self.words}”：{self.say}"


def rules(file: Path = FILE) -> list[dict]:
    """The patterns, each with what to say instead (``say``) and whether it only ``warns``."""
    given = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [{**rule, "finds": re.compile(rule["finds"])} for rule in given]


def texts(page: str) -> Iterator[str]:
    """What a reader meets on a page, block by block, and the texts that stand for pictures."""
    soup = BeautifulSoup(page, "html.parser")
    article = soup.select_one("article") or soup
    for picture in article.select("img[alt], svg[aria-label]"):
        read_aloud = picture.get("alt") or picture.get("aria-label") or ""
        yield LISTED.sub("", read_aloud)
    for unread in article.select(UNREAD):
        unread.extract()
    for block in article.find_all(BLOCKS):
        yield _own(block)


def _own(block: Tag) -> str:
    """The words of a block without those of the blocks in it."""
    words = []
    for child in block.children:
        if isinstance(child, Tag):
            words.append("\n" if child.name in BLOCKS or child.find(BLOCKS) else child.get_text())
        else:
            words.append(str(child))
    return "".join(words).strip()


def faults(page: str, name: str = "", known: list[dict] | None = None) -> list[Found]:
    found = []
    for words in texts(page):
        for rule in known or rules():
            for match in rule["finds"].finditer(words):
                around = words[max(match.start() - AROUND, 0) : match.end() + AROUND].replace("\n", " ")
                found.append(Found(name, around, str(rule["say"]), rule.get("warns", False)))
    for slanted in BeautifulSoup(page, "html.parser").select("article :is(i, em)"):
        if HAN.search(slanted.get_text()) and not slanted.find_parent(class_="citation") \
                and not slanted.find_parent(class_="cite-forms"):  # fmt: skip
            found.append(Found(name, slanted.get_text()[:30], "汉字不用斜体：改用引号或调整语序"))
    return found


def of_book(html: Path = HTML) -> list[Found]:
    """What the rules find on the Chinese pages of a built book; nothing if it has none."""
    known = rules() if FILE.is_file() else []
    return [one for path in sorted((html / "zh" / "chapters").glob("*.html"))
            for one in faults(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
                              if path.is_relative_to(ROOT) else path.name, known)]  # fmt: skip
