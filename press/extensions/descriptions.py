"""One sentence for each page: what stands under its title where the page is shared or found.

A chapter has its first takeaway or the first sentence of its answer, as computed; a page without an answer that of its
first figure's caption, or of its first paragraph.  A data page has a sentence of its own.

Out of scope: where the sentences are printed (``press.extensions.opengraph``).
"""

from __future__ import annotations

import re
import textwrap
from docutils import nodes

from press.languages.printed import now, say
from press.node_text import plain
from press.subject import subject

LONGEST = 200
ALONE = 80  # an answer as long as this can be understood without its question
ANSWER, SUMMARY = "Answer.", ("In short", "要点")  # a paragraph, or the line above the takeaways
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\u201c\"])|(?<=[。！？])(?![”』」）])")
OWN = {
    "index": "All tables and indicators behind the book, a page each, made from the data.",
    "sources": "Every source that the book reads, with its address, the day it was read and its rows.",
    "corrections": "Figures that contradict one another, figures that were mended, rows read again.",
    "api": "What the book says as JSON for programs: files, fields, examples in Python and the shell.",
    "headlines": "The numbers that the book leads with, and what each of them rests on.",
}

#: Pages that are neither chapters nor data.
HELPERS = {
    "search": "Search the book in English or Chinese: chapters, figures, places, sources.",
    "genindex": "The terms of the book's glossary, in order, each with the place that explains it.",
}


def of_chapter(doctree: nodes.document) -> str:
    """The sentence of a page that is made of a chapter; empty for a page without text."""
    paragraphs = list(doctree.findall(nodes.paragraph))
    question = ""
    for at, paragraph in enumerate(paragraphs, start=1):
        words = without_citations(paragraph)
        if words in SUMMARY and paragraphs[at:]:
            words = f"{ANSWER} {without_citations(paragraphs[at])}"
        if words.startswith(ANSWER):
            answer = short(words.removeprefix(ANSWER), sentences=1)
            if len(answer) < ALONE and question:  # "Both." says nothing without it
                return short(f"{question} {answer}")
            return answer
        question = words if words.endswith(("?", "？")) else ""
    captions = [each for each in doctree.findall(nodes.caption) if plain(each)]
    if captions:
        return short(without_citations(captions[0]))
    return short(without_citations(paragraphs[0]), sentences=1) if paragraphs else ""


def without_citations(node: nodes.Node) -> str:
    copy = node.deepcopy()
    for cited in list(copy.findall(nodes.inline)):
        if "bibtex-citation" in cited["classes"]:
            cited.parent.remove(cited)
    return re.sub(r"\s+([.,;:])", r"\1", plain(copy))


def short(words: str, sentences: int = 2) -> str:
    """As many of the first ``sentences`` as have room; of the first, its beginning if it is long."""
    first, *rest = [one for one in SENTENCE.split(" ".join(words.split())) if one] or [""]
    for more in rest[: sentences - 1]:
        if len(first) + 1 + len(more) <= LONGEST:
            first = f"{first} {more}"
    if now().code == "zh":  # which has no blanks to break at
        return first if len(first) <= LONGEST // 2 else f"{first[: LONGEST // 2]}\u2026\u2026"
    return textwrap.shorten(first, LONGEST, placeholder=" \u2026")


def of_data_page(page: str, title: str) -> str:
    """The sentence of a data page, by its name without ``data/``; the tables must be there."""
    from citygap.data.tables import book

    from press.data_pages.wording import plain as told

    kind, _, key = page.partition("/")
    if page in OWN:
        return say(OWN[page])
    if kind == "indicators":
        definition = told(book.indicator(key)["definition"])
        return short(f"{_sentence(definition)}{_blank()}{say('Every published figure, with its source.')}")
    if kind == "tables":
        found = next(r for r in book.package["resources"] if r["name"] == key)
        return short(f"{_sentence(told(found['description']))}{_blank()}{say('Columns, rows, download.')}", sentences=3)
    return short(subject().description(key, title))


def _sentence(words: str) -> str:
    words = words.strip()
    return words if words.endswith((".", "!", "?", "。")) else f"{words}{say('.')}"


def _blank() -> str:
    return "" if now().code == "zh" else " "
