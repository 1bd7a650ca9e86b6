"""Sphinx extension: the book's search, offline and in two scripts.

Sphinx's own search is used: its index is a script, so that it works from a folder on disk too.
Three things are added.

- Chinese.  A run of Chinese characters is indexed as its pairs; a query of two characters or more
  must match in all its pairs, and that of a single character matches every pair that holds it.  No
  dictionary is needed, and a part of a compound is found (算力 in 智能算力规模).  Chinese in the
  title of a part is read from the title itself: to index it as well would double the index.
- Parts of pages.  A section, figure, term of the glossary and source is an entry of its own,
  named ``page#anchor`` (``press.search.search_index``): a result leads there and says what it is.
- The page of results shows no excerpts, which Sphinx would fetch: a browser refuses that from disk.

``press/static/search.js`` reads the entries; only the page of results loads it.

Out of scope: what the data pages are found by (``press.data_pages``), and when the index loads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import IO

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder
from sphinx.search.en import SearchEnglish

from press.search.search_index import Part, data_parts, parts
from press.write import parallel_pages, worker_pool

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORDS = re.compile(rf"[{HAN}]+|[^\W{HAN}]+")
IS_HAN = re.compile(rf"[{HAN}]+")
SCRIPT, STYLE = "search.js", "search.css"


def setup(app) -> None:
    """Called by Sphinx; ``_config.yml`` chooses the language: ``html_search_language: en_hans``."""
    app.add_search_language(EnglishAndChinese)
    app.add_builder(Builder, override=True)
    app.connect("html-collect-pages", feed_data)
    app.connect("html-page-context", equip)


class EnglishAndChinese(SearchEnglish):
    """English as Sphinx indexes it, and Chinese in pairs of characters."""

    lang = "en_hans"
    language_name = "English and Chinese"
    js_splitter_code = (
        "var splitQuery = (query) => [...query.matchAll("
        rf"/[{HAN}]+|(?:(?![{HAN}])[\p{{Letter}}\p{{Number}}_])+/gu)]"
        rf".flatMap(([word]) => /[{HAN}]/.test(word) && word.length > 1"
        " ? [...word].slice(1).map((_, i) => word.slice(i, i + 2)) : [word]);"
    )

    def __init__(self, options: dict) -> None:
        super().__init__(options)
        self.stems: dict[str, str] = {}

    def split(self, input: str) -> list[str]:
        """Words of a text; of a run of Chinese its pairs, of a lone character itself."""
        found = []
        for word in WORDS.findall(input):
            if len(word) > 1 and IS_HAN.match(word):
                found += (word[i : i + 2] for i in range(len(word) - 1))
            else:
                found.append(word)
        return found

    def stem(self, word: str) -> str:
        """Stem of a word; Chinese has none to look for.  Kept, since all parts of a book share words."""
        if word not in self.stems:
            self.stems[word] = word if IS_HAN.match(word) else super().stem(word)
        return self.stems[word]

    def word_filter(self, word: str) -> bool:
        """Whether a word is indexed: plain numbers are not, for Sphinx seeks none."""
        return not re.fullmatch(r"[\d_]*", word) and super().word_filter(word)


class Index(IndexBuilder):
    """Sphinx's index, in which the parts of a page are entries of their own."""

    def feed(self, docname: str, filename: str, title: str, doctree: nodes.document) -> None:
        """Take in a page; those that have one document tree part by part."""
        if docname not in self.env.found_docs:
            super().feed(docname, filename, title, doctree)
            return
        for part in parts(self.env, docname, title, doctree):
            self.feed_part(docname, filename, part)

    def feed_part(self, docname: str, filename: str, part: Part) -> None:
        title = nodes.title("", IS_HAN.sub(" ", part.words_of_title))
        document = new_document(docname)
        document += nodes.section("", title, nodes.paragraph("", part.text))
        for entry in part.entries:
            document += addnodes.index(entries=[("single", entry, "", "main", None)])
        name = f"{docname}#{part.anchor}" if part.anchor else docname
        super().feed(name, "" if part.anchor else filename, part.title, document)
        if part.anchor:
            self._all_titles[name] = []  # they would double the entries

    def prune(self, docnames: Iterable[str]) -> None:
        """Forget all pages but these, and their parts."""
        kept = set(docnames)
        names = [name for name in self._titles if name.partition("#")[0] in kept]
        super().prune(names)
        self._index_entries = {n: e for n, e in self._index_entries.items() if n in set(names)}


class Format:
    """The format of the index: Sphinx's, without escapes and blanks."""

    PREFIX, SUFFIX = "Search.setIndex(", ")"

    def dump(self, data: dict, stream: IO[str]) -> None:
        words = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        stream.write(self.PREFIX + words + self.SUFFIX)

    def load(self, stream: IO[str]) -> dict:
        """Read it again.  Raises ValueError for what is no index."""
        return json.loads(stream.read().removeprefix(self.PREFIX).removesuffix(self.SUFFIX))


class Builder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder, with the index of this book."""

    name = "html"
    indexer_format = Format()

    def prepare_writing(self, docnames: set[str]) -> None:
        """Called by Sphinx before it writes pages."""
        super().prepare_writing(docnames)
        if self.indexer is None:
            return
        config = self.config
        language = config.html_search_language or config.language
        self.indexer = Index(
            self.env, language, config.html_search_options, config.html_search_scorer
        )
        self.load_indexer(docnames)

    def gen_pages_from_extensions(self) -> None:
        """Called by Sphinx to write the pages that extensions make."""
        if worker_pool.size() > 1:
            parallel_pages.write(self)
        else:
            super().gen_pages_from_extensions()


def feed_data(app) -> Iterator[tuple]:
    """Index the parts of the data pages; makes no page itself.

    Sphinx asks for pages extension by extension, so the data pages themselves were indexed before.
    """
    indexer = getattr(app.builder, "indexer", None)
    if isinstance(indexer, Index):
        for page, part in data_parts(app):
            indexer.feed_part(page, f"{page}.html", part)
    yield from ()


def equip(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    if pagename == "search":
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")
